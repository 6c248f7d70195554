"""Rounding to decimals, decided on the decimal value or in binary."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from math import isfinite
from typing import Literal, TypeAlias

import numpy as np

from agencyindex.methods.protocols import FloatArray

Rule: TypeAlias = Literal["half_up", "half_even", "binary"]

NEAR_A_TIE = 1e-6
SAFE = 2.0**40


def rounded(values: FloatArray, decimals: int, rule: Rule) -> FloatArray:
    """Round values to a number of decimals.

    Parameters
    ----------
    values
        (n,) numbers; NaN and infinities stay.
    decimals
        From 0 to 12.
    rule
        ``half_up``: a tie of the decimal value goes away from zero. ``half_even``: to the even
        digit. ``binary``: the nearer of the two neighbours with that many decimals, compared in
        binary, and the even digit where they are equally near (what R's round does since 4.0).
        The decimal value of a float is the shortest decimal that reads back as the same float.

    Examples
    --------
    >>> values = np.array([0.125, 2.675, -0.5])
    >>> rounded(values, 2, "half_up"), rounded(values, 2, "binary")
    (array([ 0.13,  2.68, -0.5 ]), array([ 0.12,  2.67, -0.5 ]))
    """
    power = 10.0**decimals
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = values * power
        whole = np.rint(scaled)
        from_tie = np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5)
        plain = (np.abs(scaled) < SAFE) & (from_tie > NEAR_A_TIE)
        result = np.where(plain, whole / power, values)
    decide = _in_binary if rule == "binary" else _on_the_decimal
    for position in np.flatnonzero(~plain & np.isfinite(values)):
        result[position] = decide(float(values[position]), decimals, rule)
    return result + 0.0


def _on_the_decimal(value: float, decimals: int, rule: Rule) -> float:
    with localcontext() as context:
        context.prec = 400
        how = ROUND_HALF_UP if rule == "half_up" else ROUND_HALF_EVEN
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=how))


def _in_binary(value: float, decimals: int, rule: Rule) -> float:  # noqa: ARG001
    with localcontext() as context:
        context.prec = 400
        unit = Decimal(1).scaleb(-decimals)
        exact = Decimal(value)
        low = (exact / unit).to_integral_value(rounding="ROUND_FLOOR")
        below, above = float(low * unit), float((low + 1) * unit)
    to_below, to_above = value - below, above - value
    if to_below == to_above:
        return below if low % 2 == 0 else above
    nearest = below if to_below < to_above else above
    return nearest if isfinite(nearest) else value
