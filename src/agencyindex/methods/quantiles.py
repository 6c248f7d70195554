"""Medians and quantiles of ascending values."""

from __future__ import annotations

from fractions import Fraction
from math import floor, isfinite

from agencyindex.methods.protocols import FloatArray


def median(found: FloatArray) -> float:
    """The median of ascending values.

    Examples
    --------
    >>> import numpy as np
    >>> median(np.array([1.0, 2.0, 4.0])), median(np.array([1.5e308, 1.7e308]))
    (2.0, 1.6e+308)
    """
    low, high = float(found[(found.size - 1) // 2]), float(found[found.size // 2])
    return (low + high) / 2 if isfinite(low + high) else low / 2 + high / 2


def quantile(found: FloatArray, share: float) -> float:
    """The quantile of ascending values by linear interpolation (type 7), rounded once.

    The share counts as the decimal number that stands in the document: 0.55 of 20 steps are 11.

    Examples
    --------
    >>> import numpy as np
    >>> quantile(np.arange(21.0), 0.55), quantile(np.array([1.0, 2.0]), 0.25)
    (11.0, 1.25)
    """
    place = Fraction(repr(share)) * (found.size - 1)
    below = floor(place)
    low, high = (
        Fraction(float(each)) for each in (found[below], found[min(below + 1, found.size - 1)])
    )
    return float(low + (place - below) * (high - low))
