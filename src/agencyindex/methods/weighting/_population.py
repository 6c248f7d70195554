"""What the weightings that learn from a population share: checks, moments and shares.

Sums over agencies do not depend on their order, and a column whose squares would overflow or
vanish is taken over a power of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import attrs
import numpy as np

from agencyindex.errors import MethodError
from agencyindex.methods.adding import products
from agencyindex.methods.columns import each_part, ends
from agencyindex.methods.moments import Moments, moments
from agencyindex.methods.parameters import refusal
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.ties import level

NOISE = 1e-12
NEGATIVE = ("error", "zero", "keep")


def child(position: int, siblings: Siblings | None) -> str:
    """A child by its id, or by its position where there are no ids."""
    names = () if siblings is None else siblings.names
    return f'child "{names[position]}"' if len(names) else f"child {position + 1}"


def listed(positions: Sequence[int], siblings: Siblings | None) -> str:
    """Several children, as the middle of a sentence has them."""
    return ", ".join(child(position, siblings) for position in positions)


@attrs.frozen(kw_only=True, eq=False)
class Columns:
    """Values (n, m) of at least one agency, and the least and greatest of each child (m,).

    These are gaps where the child has one.
    """

    values: FloatArray
    low: FloatArray
    high: FloatArray

    @classmethod
    def of(cls, values: FloatArray) -> Columns:
        """These values, and what their ends are."""
        low, high = ends(values)
        return cls(values=values, low=low, high=high)

    def moments(self) -> Moments:
        """Means and spreads of columns without gaps; no spread where last bits alone differ."""
        found = moments(self.values, self.low, self.high)
        size = np.where(level(self.low, self.high), 0.0, found.size)
        return attrs.evolve(found, size=size)


def checked(owner: str, values: FloatArray, siblings: Siblings | None) -> Columns:
    """The values (n, m) of at least one agency, none infinite.

    Raises
    ------
    MethodError
        ``empty-population`` where there are no agencies, ``out-of-range`` where a value is
        infinite.
    """
    found = Columns.of(np.asarray(values, dtype=np.float64))
    if not len(found.values):
        message, mend = "There are no agencies to learn from.", "Give answers, or state weights."
        raise refusal("empty-population", owner, message, mend)
    if not np.isfinite([found.low, found.high]).all():
        # Ends that are gaps do not tell whether there is an infinity as well.
        infinite = np.flatnonzero(np.isinf(found.values).any(axis=0)).tolist()
        if infinite:
            message = f"Values are infinite for {listed(infinite, siblings)}."
            raise refusal("out-of-range", owner, message, "Treat or normalise them first.")
    return found


def complete(owner: str, values: FloatArray, siblings: Siblings | None) -> Columns:
    """The values (n, m) without a gap.

    Raises
    ------
    MethodError
        ``empty-population`` where there are no agencies or gaps, ``out-of-range`` where a value
        is infinite.
    """
    found = checked(owner, values, siblings)
    if not np.isnan(found.low).any():
        return found
    gaps = np.isnan(found.values).sum(axis=0).tolist()
    lacking = [
        f"{child(position, siblings)} has gaps for {count} of {len(found.values)}"
        for position, count in enumerate(gaps)
        if count
    ]
    message = f"No agency may have a gap, and {', '.join(lacking)}."
    mend = "Impute them, leave these agencies out, or use weights that take gaps."
    raise refusal("empty-population", owner, message, mend, sum(gaps))


def units(found: FloatArray, spread: Moments) -> FloatArray:
    """The columns (n, m) less their means, over their Euclidean norms."""
    return each_part(
        found,
        lambda part, at, out: np.divide(spread.apart(part, at, out), spread.size[at], out=out),
    )


def spreads(
    owner: str, values: FloatArray, siblings: Siblings | None
) -> tuple[FloatArray, Moments]:
    """The `units` (n, m) of the columns, none of which may be constant, and how these spread.

    Raises
    ------
    MethodError
        ``constant-indicator`` where all values of a child are equal; as `complete` besides.
    """
    found = complete(owner, values, siblings)
    spread = varied(owner, found.moments(), siblings)
    return units(found.values, spread), spread


def varied(owner: str, spread: Moments, siblings: Siblings | None) -> Moments:
    """How the columns spread, none of which may be constant.

    Raises
    ------
    MethodError
        ``constant-indicator`` where all values of a child are equal.
    """
    constant = np.flatnonzero(spread.size == 0).tolist()
    if constant:
        message = f"All agencies have the same value for {listed(constant, siblings)}."
        mend = "Leave it out of this node, or use stated weights."
        value = float(np.ldexp(spread.mean, spread.power)[constant[0]])
        raise refusal("constant-indicator", owner, message, mend, value)
    return spread


def correlations(columns: FloatArray) -> FloatArray:
    """The matrix of Pearson's correlations (m, m) of `units` (n, m)."""
    found = np.clip(products(columns.T), -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return found


def by_sizes(numbers: FloatArray, spread: Moments, sign: int) -> FloatArray:
    """Numbers times (``sign`` 1) or over (-1) the sizes of the columns, but for a common factor."""
    found = numbers * spread.size if sign > 0 else numbers / spread.size
    powers = sign * spread.power
    return np.asarray(np.ldexp(found, powers - powers.max()))


def shared_out(owner: str, found: FloatArray, why: str, mend: str) -> FloatArray:
    """Numbers that are at least 0, over their sum.

    Raises
    ------
    MethodError
        ``zero-weights`` where all are zero.
    """
    total = fsum(found.tolist())
    if total == 0:
        raise refusal("zero-weights", owner, why, mend)
    return np.asarray(found / total)


def noise(found: FloatArray) -> float:
    """What rounding may make of a zero among numbers of one scale."""
    return NOISE * fsum(np.abs(found).tolist())


def cleaned(found: FloatArray) -> FloatArray:
    """Numbers of one scale, where what is within rounding of zero is zero."""
    return np.where(np.abs(found) <= noise(found), 0.0, found)


def cancelled(owner: str, what: str) -> MethodError:
    """The error where numbers cannot be shared out, for their sum is not above zero."""
    message = f"The {what} do not sum to more than zero."
    mend = "Turn or leave out children that go against the others, or use other weights."
    return refusal("zero-weights", owner, message, mend)


def signed(
    owner: str, found: FloatArray, negative: str, what: str, siblings: Siblings | None
) -> FloatArray:
    """Numbers over their sum, where those below zero are refused, set to zero or kept.

    Raises
    ------
    MethodError
        ``out-of-range`` where a number is negative and that is refused, ``zero-weights`` where
        the sum is not above zero.
    """
    least = noise(found)
    below = np.flatnonzero(found < 0).tolist()
    if negative == "zero":
        found = np.maximum(found, 0.0)
    if fsum(found.tolist()) <= least:
        raise cancelled(owner, what)
    if below and negative == "error":
        message = (
            f'The {what} are negative for {listed(below, siblings)}, and "negative" is "error".'
        )
        mend = 'Turn or leave out these children, or set "negative" to "zero" or "keep".'
        raise refusal("out-of-range", owner, message, mend)
    return np.asarray(found / fsum(found.tolist()))
