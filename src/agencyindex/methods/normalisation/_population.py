"""What normalisations learn from a population, whatever its order, and what they refuse."""

from __future__ import annotations

from math import frexp, inf, isfinite, isnan, ldexp, sqrt

import numpy as np

from agencyindex.errors import MethodError
from agencyindex.methods.adding import times_power, total
from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray


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


def present(values: FloatArray, owner: str, lacking: str) -> FloatArray:
    """The values without gaps, ascending; otherwise as `spanned`."""
    return np.sort(spanned(values, owner, lacking)[0]) + 0.0


def alike(
    found: FloatArray,
    owner: str,
    lacking: str,
    mend: str = 'Give "when_constant", or use "goalposts".',
) -> MethodError:
    """Give the error of a population whose values are all the same, to be raised."""
    low = float(found[0]) + 0.0
    who = f"All {found.size} agencies have" if found.size > 1 else "The only agency has"
    message = f"{who} the value {shown(low)}, so the {lacking} is zero."
    return refusal("constant-indicator", owner, message, mend, low)


def mean(found: FloatArray) -> float:
    """The mean, whatever the order.

    Examples
    --------
    >>> mean(np.array([0.1, 0.1, 0.1])), mean(np.array([1.5e308, 1.7e308]))
    (0.1, 1.6e+308)
    """
    low, high = float(found.min()), float(found.max())
    scaled, exponent = _scaled(found, max(-low, high))
    return _between(low, ldexp(total(scaled) / found.size, exponent), high)


def moments(found: FloatArray, low: float, high: float) -> tuple[float, float]:
    """The mean and the sample standard deviation of two values or more, whatever their size.

    Examples
    --------
    >>> moments(np.array([2.0, 4.0, 6.0]), 2.0, 6.0)
    (4.0, 2.0)
    >>> moments(np.array([2e-200, 4e-200, 6e-200]), 2e-200, 6e-200)
    (4e-200, 2e-200)
    """
    scaled, exponent = _scaled(found, max(-low, high))
    middle = total(scaled) / found.size
    scaled -= middle
    # The second sum takes back what rounding the mean has added to the first.
    off = total(scaled) ** 2 / found.size
    scaled *= scaled
    spread = ldexp(sqrt((total(scaled) - off) / (found.size - 1)), exponent)
    return _between(low, ldexp(middle, exponent), high), spread


def _between(low: float, middle: float, high: float) -> float:
    """The middle; rounding takes the mean of equal numbers a little beyond them."""
    return min(max(middle, low), high) + 0.0


def _scaled(found: FloatArray, greatest: float) -> tuple[FloatArray, int]:
    """The values between -1 and 1, and the power of two that takes them back."""
    _, exponent = frexp(greatest)
    # In two steps: the power of two that takes the least of all numbers to 1 is itself too great.
    half = exponent // 2
    return times_power(times_power(found, -half), half - exponent), exponent
