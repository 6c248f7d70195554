"""Ranks among agencies, and the class that a score falls in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.parameters import demands
from agencyindex.methods.protocols import FloatArray


def ranks(
    values: FloatArray,
    *,
    ties: Literal["smallest", "largest", "average", "dense"],
    descending: bool,
) -> FloatArray:
    """Rank values; a gap stays one and is not counted.

    Parameters
    ----------
    values
        Numbers (n,).
    ties
        Equal values get the ``smallest``, the ``largest`` or the ``average`` of their ranks, or
        ``dense`` ranks without holes.
    descending
        Whether the greatest value has rank 1.

    Examples
    --------
    >>> scores = np.array([70.0, 90.0, np.nan, 70.0, 50.0])
    >>> ranks(scores, ties="smallest", descending=True)
    array([ 2.,  1., nan,  2.,  4.])
    >>> ranks(scores, ties="average", descending=True)
    array([2.5, 1. , nan, 2.5, 4. ])
    """
    with demands("ranks") as demand:
        good = ties in ("smallest", "largest", "average", "dense")
        demand("ties", ties, good, '"smallest", "largest", "average" or "dense"')
    available = ~np.isnan(values)
    present = -values[available] if descending else values[available]
    _, places, counts = np.unique(present, return_inverse=True, return_counts=True)
    largest = np.cumsum(counts)
    smallest = largest - counts + 1
    by_place = {
        "smallest": smallest,
        "largest": largest,
        "average": (smallest + largest) / 2,
        "dense": np.arange(1, len(counts) + 1),
    }[ties]
    result = np.full(len(values), np.nan)
    result[available] = by_place[places]
    return result


def band_positions(values: FloatArray, thresholds: Sequence[float], *, upper: bool) -> NDArray[Any]:
    """Positions of the bands that values fall in, 0 the lowest, -1 for a gap.

    Parameters
    ----------
    values
        Numbers (n,).
    thresholds
        Ascending limits between the bands, one fewer than there are bands.
    upper
        Whether a value on a limit belongs to the band above it.

    Examples
    --------
    >>> band_positions(np.array([39.9, 40.0, 80.0, np.nan]), [40, 80], upper=True)
    array([ 0,  1,  2, -1])
    >>> band_positions(np.array([39.9, 40.0, 80.0, np.nan]), [40, 80], upper=False)
    array([ 0,  0,  1, -1])
    """
    limits = np.array(thresholds, dtype=np.float64)
    positions = np.searchsorted(limits, values, side="right" if upper else "left")
    return np.where(np.isnan(values), -1, positions)
