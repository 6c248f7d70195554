"""The median of ascending values, and quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import isfinite

import numpy as np

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


def quantiles(values: FloatArray, shares: Sequence[float]) -> list[float]:
    """Quantiles of values without gaps by linear interpolation (type 7), each rounded once.

    A share counts as the decimal number that stands in the document: 0.55 of 20 steps are 11.

    Examples
    --------
    >>> import numpy as np
    >>> quantiles(np.arange(21.0), [0.55, 0.99]), quantiles(np.array([2.0, 1.0]), [0.25])
    ([11.0, 19.8], [1.25])
    """
    last = values.size - 1
    exact = [_exact(float(share)) for share in shares]
    places = [divmod(share.numerator * last, share.denominator) for share in exact]
    needed = {each for below, _ in places for each in (below, min(below + 1, last))}
    found = np.partition(values, sorted(needed))
    return [
        _between(float(found[below]), float(found[min(below + 1, last)]), part, share.denominator)
        for (below, part), share in zip(places, exact, strict=True)
    ]


@lru_cache
def _exact(share: float) -> Fraction:
    """The share as its shortest decimal number, remembered for the next column."""
    return Fraction(repr(share))


def _between(low: float, high: float, part: int, whole: int) -> float:
    """The number that is so many parts of the whole way from one to the other."""
    # Dividing whole numbers rounds once, and takes a tenth of the time of fractions.
    (a, b), (c, d) = low.as_integer_ratio(), high.as_integer_ratio()
    return (a * d * (whole - part) + c * b * part) / (b * d * whole)
