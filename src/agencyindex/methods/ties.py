"""Ties among computed numbers: what is as near as arithmetic can be off is the same."""

from __future__ import annotations

from sys import float_info
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.protocols import FloatArray

Ties: TypeAlias = Literal["smallest", "largest", "average"]

NEAR = 2.0**-44
"""What some hundred additions can be off by, of their result."""


def level(low: Any, high: Any) -> Any:
    """Whether numbers, and numbers that are no less, are equal but for what arithmetic is off by.

    Examples
    --------
    >>> bool(level(0.3, 0.1 + 0.2)), bool(level(0.3, 0.31)), level(np.zeros(1), np.ones(1))
    (True, False, array([False]))
    """
    with np.errstate(over="ignore", invalid="ignore"):
        # Dividing is exact, as multiplying near zero is not. What infinities give is no number.
        near = (high - low) / NEAR - np.maximum(high, -low) <= 0
    return near | (low == high)


def levels(found: FloatArray) -> NDArray[np.intp]:
    """Where each level of ascending numbers begins, and where the last one ends.

    Neighbours are of one level where they differ by at most 2 ** -44 of the larger in size.

    Examples
    --------
    >>> levels(np.array([0.3, 0.1 + 0.2, 0.4, np.inf, np.inf]))
    array([0, 2, 3, 5])
    """
    limits = np.ones(found.size + 1, dtype=bool)
    limits[1:-1] = ~level(found[:-1], found[1:])
    return np.flatnonzero(limits)


def ranked(found: FloatArray, ties: Ties | Literal["dense"]) -> FloatArray:
    """The rank of each of ascending numbers, 1 the lowest; those of one level tie.

    Examples
    --------
    >>> ranked(np.array([0.3, 0.1 + 0.2, 0.4]), "average")
    array([1.5, 1.5, 3. ])
    """
    limits = levels(found)
    before, last = limits[:-1], limits[1:]
    by_level: dict[str, NDArray[Any]] = {
        "smallest": before + 1,
        "largest": last,
        "average": (before + last + 1) / 2,
        "dense": np.arange(1, limits.size),
    }
    return np.repeat(by_level[ties].astype(np.float64), last - before)


def outermost(limit: float, *, least: bool) -> float:
    """The ``least`` number that counts as on a limit, or the greatest.

    Those within 2 ** -44 of its size do.

    Examples
    --------
    >>> outermost(60.0, least=True) < 59.99999999999999 < 60.00000000000001 < outermost(
    ...     60.0, least=False
    ... )
    True
    """
    reach = NEAR * abs(limit)
    # What is infinite is on no limit.
    return max(limit - reach, -float_info.max) if least else min(limit + reach, float_info.max)
