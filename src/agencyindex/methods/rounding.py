"""Rounding to decimals: half up and half even on the decimal value, or nearest in binary."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Literal

import numpy as np

from agencyindex.methods.parameters import demands
from agencyindex.methods.protocols import FloatArray

DECIMAL_RULES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}
# The greatest float has 309 digits before the point.
CONTEXT = Context(prec=340)


def rounded(
    values: FloatArray, decimals: int, rule: Literal["half_up", "half_even", "binary"]
) -> FloatArray:
    """Round to a number of decimals.

    Each result is the float nearest to the decimal number that the rule gives, and zero is never
    negative. Gaps and infinities stay.

    Parameters
    ----------
    values
        Numbers, in an array of any shape.
    decimals
        Number of decimals, from 0 to 12.
    rule
        ``half_up`` and ``half_even`` decide a tie on the decimal value, which is the shortest
        that reads back as the same float: 0.15 is a tie, though its binary value is a little
        less. Ties go away from zero, or to the even digit. ``binary`` takes whichever neighbour
        is nearer by floating-point subtraction, the even digit where both are equally near, as
        R's ``round`` does since version 4.0.0.

    Notes
    -----
    Where floats are no finer than the decimals asked for, ``binary`` leaves them as they are.

    References
    ----------
    Mächler, Rounding to Decimal Digits in Binary, vignette of the R package round, CRAN,
    doi:10.32614/CRAN.package.round

    Examples
    --------
    >>> values = np.array([0.15, 0.25, -2.35])
    >>> rounded(values, 1, "half_up")
    array([ 0.2,  0.3, -2.4])
    >>> rounded(values, 1, "half_even")
    array([ 0.2,  0.2, -2.4])
    >>> rounded(values, 1, "binary")
    array([ 0.1,  0.2, -2.4])
    """
    with demands("rounded") as demand:
        whole = isinstance(decimals, int) and not isinstance(decimals, bool)
        good = whole and 0 <= decimals <= 12
        demand("decimals", decimals, good, "a whole number from 0 to 12")
        good = rule in DECIMAL_RULES or rule == "binary"
        demand("rule", rule, good, '"half_up", "half_even" or "binary"')
    x = np.asarray(values, dtype=np.float64)
    if rule == "binary":
        return _nearest_in_binary(x, decimals)
    return _by_decimal_value(x, decimals, DECIMAL_RULES[rule])


def _by_decimal_value(x: FloatArray, decimals: int, mode: str) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = x * 10.0**decimals
        whole = np.rint(scaled)
        # Scaling and the shortest decimal value are each off by half a bit at most (2**-53), so
        # that at eight times both together no tie can hide; from 2**49 up nothing is clear.
        from_tie = np.abs(np.abs(scaled - np.floor(scaled)) - 0.5)
        clear = from_tie > np.abs(scaled) * 2.0**-50
        result = np.where(clear, whole / 10.0**decimals, x)
    # From 2**52 up all floats are whole, and so are their shortest decimal values.
    unclear = ~clear & (np.abs(x) < 2.0**52)
    if unclear.any():
        # Scores take few values, so each tie is worked out once.
        ties, places = np.unique(x[unclear], return_inverse=True)
        step = Decimal(1).scaleb(-decimals)
        exact = [
            float(Decimal(repr(tie)).quantize(step, rounding=mode, context=CONTEXT))
            for tie in ties.tolist()
        ]
        result[unclear] = np.array(exact)[places]
    return result + 0.0


def _nearest_in_binary(x: FloatArray, decimals: int) -> FloatArray:
    power = 10.0**decimals
    size = np.abs(x)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = size * power
        below = np.floor(scaled)
        low, high = below / power, np.ceil(scaled) / power
        down, up = size - low, high - size
        take_low = (down < up) | ((down == up) & (below % 2 == 0))
    nearest = np.where(take_low, low, high)
    return np.where(scaled < 2.0**53, np.copysign(nearest, x), x) + 0.0
