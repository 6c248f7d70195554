"""The straight line through two points, and the scale that it leads to."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np

from agencyindex.methods.columns import each_part
from agencyindex.methods.parameters import Demand, are_numbers
from agencyindex.methods.protocols import FloatArray, Numeric, Range

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


def mapped(
    x: FloatArray, goalposts: tuple[Numeric, Numeric], to: Range, out: FloatArray | None = None
) -> FloatArray:
    """The line through both goalposts, which come out as the ends to the bit; it never turns.

    Of a table (n, m) columns may have goalposts of their own (m,), which must all rise.
    """
    (_, upper), (_, end) = goalposts, to
    result = _line(x, goalposts, to, out)
    # The line never turns: where rounding does not miss the far end, nothing passes it either.
    if np.any(_line(np.asarray(upper), goalposts, to) != end):
        _mend(result, x, goalposts, to)
    return result


def _line(
    x: FloatArray, goalposts: tuple[Numeric, Numeric], to: Range, out: FloatArray | None = None
) -> FloatArray:
    (lower, upper), (start, end) = goalposts, to
    if out is None:
        out = np.empty_like(x, shape=np.broadcast_shapes(x.shape, np.shape(lower)))
    with np.errstate(over="ignore"):
        # A whole pass is spared where it would change nothing.
        result = np.subtract(x, lower, out=out) if np.any(lower) else x
        # Multiplying before dividing keeps whole numbers whole: 55 of 100 on a scale to 100 is 55.
        if end - start != 1:
            result = np.multiply(result, end - start, out=out)
        np.divide(result, upper - lower, out=out)
        out += start
    return out


def _mend(result: FloatArray, x: FloatArray, goalposts: tuple[Numeric, Numeric], to: Range) -> None:
    """Set right what rounding made of the far end, which it missed by a bit, and around it."""
    (lower, upper), (start, end) = goalposts, to
    short, past = (np.minimum, np.maximum) if end > start else (np.maximum, np.minimum)
    beyond = x > upper if np.all(upper > lower) else x < upper
    if beyond.any():
        np.copyto(result, np.where(beyond, past(result, end), short(result, end)))
    else:
        short(result, end, out=result)
    np.copyto(result, end, where=x == upper)


def mapped_columns(x: FloatArray, goalposts: tuple[Numeric, Numeric], to: Range) -> FloatArray:
    """A table (n, m) as `mapped`, in parts; a goalpost is that of each column (m,), or of all."""
    lower, upper = (np.broadcast_to(each, x.shape[1:]) for each in goalposts)
    return each_part(x, lambda part, at, out: mapped(part, (lower[at], upper[at]), to, out))


def standard(
    x: FloatArray,
    centre: Numeric,
    spread: Numeric,
    mean: float,
    deviation: float,
    out: FloatArray | None = None,
) -> FloatArray:
    """The line through a centre, a unit of the new scale for each spread."""
    # Multiplying before dividing keeps whole numbers whole.
    with np.errstate(over="ignore"):
        found = np.asarray(np.subtract(x, centre, out=out))
        if deviation != 1:
            found *= deviation
        found /= spread
        found += mean
    return found


def standard_columns(
    x: FloatArray, centre: FloatArray, spread: FloatArray, mean: float, deviation: float
) -> FloatArray:
    """A table (n, m) as `standard`, in parts, with centres and spreads (m,)."""
    return each_part(
        x, lambda part, at, out: standard(part, centre[at], spread[at], mean, deviation, out)
    )


def ordered(ends: Range) -> Range:
    """Both ends, the lower one first."""
    return min(ends), max(ends)
