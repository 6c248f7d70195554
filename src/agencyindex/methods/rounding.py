"""Rounding to decimals: half up and half even on the decimal value, or nearest in binary."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Literal

import numpy as np

from agencyindex.methods.parameters import demands
from agencyindex.methods.protocols import FloatArray
from agencyindex.methods.ties import NEAR

DECIMAL_RULES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}
# The greatest float has 309 digits before the point.
CONTEXT = Context(prec=340)
FEW = 2.0**36
"""Up to so many steps from zero, what is near a tie is nearer to it than to anything else."""
UNCLEAR = 2.0**-50
"""Scaling and the shortest decimal value are each off by half a bit at most (2 ** -53): at eight
times both together no tie can hide. From 2 ** 49 steps up nothing is clear."""
WHOLE = 2.0**52
"""From here up all floats are whole, and so are their shortest decimal values."""


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
        ``half_up`` and ``half_even`` decide a tie on the decimal value: 0.15 is a tie, though its
        binary value is a little less, and so is (15.6 + 63.3) / 2, for which floats give
        39.449999999999996. Ties go away from zero, or to the even digit. ``binary`` takes
        whichever neighbour is nearer by floating-point subtraction, the even digit where both are
        equally near, as R's ``round`` does since version 4.0.0.

    Notes
    -----
    By the decimal rules a value counts as a tie where it is within 2 ** -44 of itself from one,
    since what is computed can be off by so much, and what is meant cannot be so near without being
    one: that is agencyindex: our own choice. From 2 ** 36 steps of the last decimal up, only the
    shortest decimal number that reads back as the float decides. Where floats are no finer than
    the decimals asked for, ``binary`` leaves them as they are.

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
    >>> rounded(np.array([(15.6 + 63.3) / 2]), 1, "half_up")
    array([39.5])
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
    return _by_decimal_value(x, decimals, rule)


def _by_decimal_value(x: FloatArray, decimals: int, rule: str) -> FloatArray:
    power, size = 10.0**decimals, np.abs(x)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = size * power
        below = np.floor(scaled)
        few = scaled < FEW
        near = np.abs(scaled - below - 0.5) <= scaled * np.where(few, NEAR, UNCLEAR)
        from_tie = below + (1.0 if rule == "half_up" else below % 2)
        steps = np.where(near, from_tie, np.rint(scaled))
        result = np.where(size < WHOLE, np.copysign(steps / power, x), x)
    unclear = near & ~few & (size < WHOLE)
    if unclear.any():
        result[unclear] = _by_shortest_decimal(x[unclear], decimals, DECIMAL_RULES[rule])
    return result + 0.0


def _by_shortest_decimal(x: FloatArray, decimals: int, mode: str) -> FloatArray:
    step = Decimal(1).scaleb(-decimals)
    exact = [
        float(Decimal(repr(each)).quantize(step, rounding=mode, context=CONTEXT))
        for each in x.tolist()
    ]
    return np.array(exact)


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
