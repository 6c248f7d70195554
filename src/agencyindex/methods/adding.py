"""Sums that do not depend on an order: of terms, of a population, and of products of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from math import frexp, fsum, ldexp

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.columns import CACHED, parts, shaped
from agencyindex.methods.parameters import refusal
from agencyindex.methods.protocols import FloatArray, SeparableAggregation


def added_up(by: SeparableAggregation, values: FloatArray, weights: FloatArray) -> FloatArray:
    """What a separable aggregation gives: values (n, m) with gaps and weights (m,) to (n,).

    A sum that no float can hold is infinite.

    Raises
    ------
    MethodError
        ``not-finite`` where infinities of both signs would be added.
    """
    available = ~np.isnan(values) & (weights > 0)
    total, weight = np.zeros(len(values)), np.zeros(len(values))
    # Column by column: the rounding of a matrix product would depend on the size of the batch.
    for column, share in enumerate(weights.tolist()):
        here = available[:, column]
        terms = np.zeros(len(values))
        chosen = by.before(values[here, column])
        with np.errstate(over="ignore", invalid="ignore"):
            terms[here] = share * chosen
            total += terms
        weight += np.where(here, share, 0.0)
    if np.isnan(total).any():
        message = "Infinite values of both signs have no sum."
        mend = "Correct or clip the values, or use a greater unit."
        raise refusal("not-finite", type(by).__name__, message, mend)
    return np.where(available.any(axis=1), by.after(total, weight), np.nan)


def quotient(total: FloatArray, weight: FloatArray) -> FloatArray:
    """A sum over a sum of weights; a gap where these are zero."""
    total, weight = np.asarray(total, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    result = np.full(np.broadcast_shapes(total.shape, weight.shape), np.nan)
    np.divide(total, weight, out=result, where=weight != 0)
    return result


Rooms = tuple[FloatArray, FloatArray]

USUAL = 500
"""Powers of two that are floats; by others numbers are multiplied more slowly."""
FEW = 512
"""So many numbers `math.fsum` adds as quickly."""

SLICE = 48
"""Bits at a time, so that whole numbers of 64 bits hold the sum of 2 ** 14 slices."""
LEAST = -1074
"""All floats are multiples of two to this power."""

BITS, SLICED = 21, 2**10
"""A slice, and so many rows that the products of two slices add to no more than 2 ** 52."""
MANY = 2**17
"""More rows than these need fewer slices: their rounding errors hardly add."""


def times_power(values: FloatArray, power: int | NDArray[np.int_]) -> FloatArray:
    """Numbers times a power of two, which changes no digit unless it leaves the floats.

    Columns of a table (n, m) may have powers of their own (m,).

    Examples
    --------
    >>> times_power(np.array([3.0, 5e-324]), 2), times_power(np.array([5e-324]), 1074)
    (array([1.2e+001, 2.0e-323]), array([1.]))
    """
    if np.all(np.abs(power) < USUAL):
        return np.asarray(values * np.ldexp(1.0, power))
    return np.asarray(np.ldexp(values, power))


def total(values: FloatArray) -> float:
    """The sum of finite numbers (n,), rounded once: what `math.fsum` gives, but quicker for many.

    Examples
    --------
    >>> total(np.array([1e16, 1.0, -1e16] * 1000))
    1000.0
    """
    if values.size <= FEW:
        return fsum(values.tolist())
    greatest = max(float(values.max()), -float(values.min()))
    if greatest >= 2.0**990:
        return fsum(values.tolist())
    exponents = np.array([frexp(greatest)[1]])
    return fsum(summands(values[:, np.newaxis], exponents, lambda part, _at, _rooms: part)[0])


def summands(
    values: FloatArray,
    exponents: NDArray[np.int_],
    terms: Callable[[FloatArray, slice, Rooms], FloatArray],
    enough: int | None = None,
) -> list[list[float]]:
    """For each column of a table (n, m) a few numbers whose exact sum is that of its terms.

    Terms are cut into slices of 48 bits, whole multiples of a power of two, which are added as
    whole numbers: without rounding, in whatever order.

    Parameters
    ----------
    values
        What terms are made of.
    exponents
        Powers of two (m,), at most 990, that no term of a column is above.
    terms
        Gives terms, all finite, of a part of the table and its columns: the part itself, or the
        first of two arrays of its shape, in which it may work.
    enough
        So many slices hold all digits, or all that matter; without it there are as many as hold
        all.

    Examples
    --------
    >>> values = np.array([[1.0, 1e16], [2.0, 1.0]])
    >>> found = summands(values, np.frexp(values.max(axis=0))[1], lambda part, _at, _rooms: part)
    >>> [fsum(each) for each in found]
    [3.0, 1e+16]
    """
    found: list[list[float]] = []
    # Memory that is used again costs no page faults, which would take longer than the sums.
    room = np.empty((3, min(values.size, CACHED)))
    for columns, stretch in parts(values):
        levels = [_Level.of(exponents[columns])]
        wholes: list[list[NDArray[np.int64]]] = []
        for rows in stretch:
            part = values[rows, columns]
            one, two, three = (shaped(each, part) for each in room)
            slices = _slices(terms(part, columns, (one, two)), levels, enough, (two, three))
            for place, whole in enumerate(slices):
                if place == len(wholes):
                    wholes.append([])
                wholes[place].append(whole)
        pairs = zip(levels, wholes, strict=True)
        found += np.concatenate([level.floats(each) for level, each in pairs]).T.tolist()
    return found


def positive_sums(
    values: FloatArray,
    exponents: NDArray[np.int_],
    terms: Callable[[FloatArray, slice, Rooms], FloatArray],
) -> FloatArray:
    """The sums (m,) of terms that are not negative, as `summands` takes them.

    Two slices hold all of their digits that matter.

    Examples
    --------
    >>> values = np.array([[1.0, 4.0], [2.0, 0.5]])
    >>> positive_sums(values, np.array([2, 3]), lambda part, _at, _rooms: part)
    array([3. , 4.5])
    """
    return np.array([fsum(each) for each in summands(values, exponents, terms, 2)])


@attrs.frozen(eq=False)
class _Level:
    """In a sum with ``great``, the last bits of a float are a number in the units of a slice."""

    units: NDArray[np.int_]
    great: FloatArray
    bits: NDArray[np.int64]

    @classmethod
    def of(cls, exponents: NDArray[np.int_]) -> _Level:
        units = np.maximum(exponents - SLICE, LEAST)
        great = np.ldexp(1.5, units + 52)
        return cls(units, great, great.view(np.int64))

    def floats(self, wholes: Sequence[NDArray[np.int64]]) -> FloatArray:
        """Two numbers (2, m) that add up to numbers in units."""
        whole = np.array(wholes)
        high, low = (whole >> 32).sum(axis=0), (whole & (2**32 - 1)).sum(axis=0)
        return np.array([np.ldexp(high, self.units + 32), np.ldexp(low, self.units)])


def _slices(
    terms: FloatArray, levels: list[_Level], enough: int | None, rooms: Rooms
) -> Iterator[NDArray[np.int64]]:
    """Sums of the slices of some rows, at most 2 ** 14, in units of levels, which grow."""
    for place in count():
        if place == len(levels):
            levels.append(_Level.of(levels[-1].units))
        level = levels[place]
        part = np.add(terms, level.great, out=rooms[place % 2])
        # Beyond 64 bits it comes round again.
        yield part.view(np.int64).sum(axis=0) - len(part) * level.bits
        if place + 1 == enough:
            return
        part -= level.great
        if enough is None and np.array_equal(part, terms):
            return
        terms = np.subtract(terms, part, out=part)


def products(columns: Sequence[FloatArray] | FloatArray) -> FloatArray:
    """The sums of products (m, m) of every two of m columns (n,) of finite numbers.

    Columns are cut into slices of 21 bits, whose products floats add without rounding; so neither
    the order of the rows nor the way in which a library multiplies matrices matters. Three slices
    round a number at 2 ** -66 of the greatest in its column, and two, for many rows, at 2 ** -44.

    Examples
    --------
    >>> products([np.array([1.0, 2.0]), np.array([0.5, -3.0])])
    array([[ 5.  , -5.5 ],
           [-5.5 ,  9.25]])
    """
    many, rows = len(columns), len(columns[0])
    greatest = [max(float(each.max()), -float(each.min())) for each in columns]
    powers = [frexp(each)[1] for each in greatest]
    count = 3 if rows <= MANY else 2
    # Memory that is used again costs no page faults, which would take longer than the sums.
    room = np.empty((count + 1, many * min(rows, SLICED)))
    # Floats add such whole numbers without rounding for up to 2 ** 31 rows.
    high, low = np.zeros((2, 3, many, many))
    for start in range(0, rows, SLICED):
        size = min(SLICED, rows - start)
        rest, *slices = room[:, : many * size].reshape(count + 1, many, size)
        for column, power, into in zip(columns, powers, rest, strict=True):
            into[:] = times_power(column[start : start + size], -power)
        found = _block_products(rest, slices)
        high += found >> 32
        low += found & (2**32 - 1)
    sums = np.zeros((many, many))
    for place in (2, 1, 0):
        whole = np.ldexp(high[place], 32) + low[place]
        sums += np.ldexp(whole, -2 * BITS - place * (BITS + 1))
    return np.asarray(np.ldexp(sums, np.add.outer(powers, powers)))


def _block_products(rest: FloatArray, slices: Sequence[FloatArray]) -> NDArray[np.int64]:
    """Whole products of the slices of some rows (m, k), those of like size together."""
    for place, part in enumerate(slices):
        great = ldexp(1.5, 52 - BITS - place * (BITS + 1))
        np.add(rest, great, out=part)
        np.subtract(part, great, out=part)
        np.subtract(rest, part, out=rest)
    many = len(rest)
    sums = np.zeros((3, many, many), dtype=np.int64)
    for one, other in ((0, 0), (0, 1), (0, 2), (1, 1)):
        if other < len(slices):
            place = one + other
            found = slices[one] @ slices[other].T
            whole = np.ldexp(found, 2 * BITS + place * (BITS + 1)).astype(np.int64)
            sums[place] += whole if one == other else whole + whole.T
    return sums
