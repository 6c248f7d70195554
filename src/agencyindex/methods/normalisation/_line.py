"""The straight line through two points, and the scale that it leads to."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np

from agencyindex.methods.parameters import Demand, are_numbers
from agencyindex.methods.protocols import FloatArray, Range

ANYWHERE: Range = (-inf, inf)
"""The range of what has no bound."""


def demand_scale(demand: Demand, name: str, ends: object) -> None:
    """Demand two different numbers at a distance that a float can hold."""
    good = (
        isinstance(ends, tuple)
        and are_numbers(ends, 2)
        and ends[0] != ends[1]
        and isfinite(ends[1] - ends[0])
    )
    demand(name, ends, good, "a list of two different finite numbers")


def mapped(x: FloatArray, goalposts: Range, to: Range) -> FloatArray:
    """The line through both goalposts, which come out as the ends to the bit; it never turns."""
    (lower, upper), (start, end) = goalposts, to
    # Multiplying before dividing keeps whole numbers whole: 55 of 100 on a scale to 100 is 55.
    with np.errstate(over="ignore"):
        result = np.asarray(x - lower)
        result *= end - start
        result /= upper - lower
        result += start
    # Rounding can miss the far end by a bit, and on a way past it; the near end is exact.
    rising = end > start
    short, past = (np.minimum, np.maximum) if rising else (np.maximum, np.minimum)
    beyond = x > upper if upper > lower else x < upper
    if beyond.any():
        result = np.where(beyond, past(result, end), short(result, end))
    else:
        short(result, end, out=result)
    result[x == upper] = end
    return result


def ordered(ends: Range) -> Range:
    """Both ends, the lower one first."""
    return min(ends), max(ends)
