"""What normalisations learn from a population, whatever its order, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite, isnan

import numpy as np

from agencyindex.errors import MethodError
from agencyindex.methods.columns import by_columns, ends
from agencyindex.methods.moments import means, moments
from agencyindex.methods.normalisation._line import ANYWHERE
from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray, Normalisation
from agencyindex.methods.ties import level


def spanned(values: FloatArray, owner: str, lacking: str) -> tuple[FloatArray, float, float]:
    """The values without gaps, at least one and at finite distances, the least and the greatest.

    Parameters
    ----------
    values
        Numbers (n,), gaps among them.
    owner
        Name of the strategy that learns.
    lacking
        What it cannot learn from nobody, for the message.

    Raises
    ------
    MethodError
        ``empty-population`` where all are gaps, ``not-finite`` where their range is not finite.
    """
    found = np.asarray(values, dtype=np.float64)
    low = float(found.min(initial=inf))
    if isnan(low):
        found = found[~np.isnan(found)]
        low = float(found.min(initial=inf))
    if not found.size:
        message = f"No agency has a value, so there is no {lacking} to learn."
        mend = 'Use "goalposts", or answers of more agencies.'
        raise refusal("empty-population", owner, message, mend)
    # Adding zero turns -0 into 0: which of them comes first depends on the order.
    low, high = low + 0.0, float(found.max()) + 0.0
    if not isfinite(high - low):
        message = f"The values run from {low:g} to {high:g}, which is no finite range."
        mend = "Correct them, or use a greater unit."
        raise refusal("not-finite", owner, message, mend, (low, high))
    return found, low, high


def alike(found: FloatArray, owner: str, lacking: str) -> MethodError:
    """Give the error of a population whose values are all the same, to be raised."""
    low = float(found.min()) + 0.0
    who = f"All {found.size} agencies have" if found.size > 1 else "The only agency has"
    # A method does not know whether its values were turned; the answers say 5 where it has -5.
    sign = " (its sign turned where fewer is better)" if low < 0 else ""
    message = f"{who} the value {shown(low)}{sign}, so the {lacking} is zero."
    mend = 'Give "when_constant", or use "goalposts".'
    return refusal("constant-indicator", owner, message, mend, low)


def standards(
    values: FloatArray, low: FloatArray, high: FloatArray, *, less: int
) -> tuple[FloatArray, FloatArray]:
    """Means and standard deviations of columns (n, m) that run from low to high (m,).

    Parameters
    ----------
    values, low, high
        The columns, and the least and the greatest of each.
    less
        What is taken from n to divide the squares by: 1 as of a sample, 0 as of all there are.

    Examples
    --------
    >>> standards(np.array([[2.0], [4.0], [6.0]]), np.array([2.0]), np.array([6.0]), less=1)
    (array([4.]), array([2.]))
    """
    found = moments(values, low, high)
    deviation = found.size / np.sqrt(found.count - less)
    return np.ldexp(found.mean, found.power), np.ldexp(deviation, found.power)


def centres(values: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Means of columns (n, m) that run from low to high (m,)."""
    found = means(values, low, high)
    return np.asarray(np.ldexp(found.mean, found.power) + 0.0)


def each_alone(
    method: Normalisation,
    values: FloatArray,
    line: Callable[[FloatArray, FloatArray, FloatArray], FloatArray] | None = None,
) -> FloatArray:
    """Normalised values (n,), or of a table (n, m) those of each column, by what is learnt of them.

    Where no column has gaps and none is constant, ``line`` does them at once, from the table, the
    least and the greatest of each column.
    """
    x = np.asarray(values, dtype=np.float64)
    if line is not None and x.ndim == 2 and x.size:
        low, high = (each + 0.0 for each in ends(x))
        with np.errstate(over="ignore", invalid="ignore"):
            regular = ~level(low, high) & np.isfinite(high - low)
        if regular.all():
            return line(x, low, high)
    return by_columns(x, lambda column: method.fit(column, ANYWHERE).normalise(column))
