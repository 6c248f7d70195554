"""Ranks with ties, and bands of scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.protocols import FloatArray

Ties: TypeAlias = Literal["smallest", "largest", "average", "dense"]


def ranks(values: FloatArray, *, ties: Ties, descending: bool) -> FloatArray:
    """Rank values, 1 for the first.

    Parameters
    ----------
    values
        (n,) numbers; NaN is not ranked and stays NaN.
    ties
        Equal values get the ``smallest``, ``largest`` or ``average`` of the ranks that they
        share, or ``dense`` ranks without holes.
    descending
        True where the greatest value is first.

    Examples
    --------
    >>> ranks(np.array([7.0, 9.0, 7.0, np.nan]), ties="smallest", descending=True)
    array([ 2.,  1.,  2., nan])
    """
    result = np.full(len(values), np.nan)
    there = np.flatnonzero(~np.isnan(values))
    keys = -values[there] if descending else values[there]
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    first = last - sizes + 1
    chosen = {
        "smallest": first,
        "largest": last,
        "average": (first + last) / 2,
        "dense": np.arange(1, len(sizes) + 1),
    }[ties]
    result[there] = chosen[group.ravel()]
    return result


def band_positions(
    values: FloatArray, thresholds: Sequence[float], *, upper: bool
) -> NDArray[np.intp]:
    """Position of the band that each value falls in, -1 for NaN.

    Parameters
    ----------
    values
        (n,) numbers.
    thresholds
        Ascending limits between the bands.
    upper
        True where a value on a limit belongs to the band above it.

    Examples
    --------
    >>> band_positions(np.array([40.0, np.nan]), [40.0, 70.0], upper=True)
    array([ 1, -1])
    """
    side: Literal["left", "right"] = "right" if upper else "left"
    found = np.searchsorted(np.array(thresholds), values, side=side)
    return np.where(np.isnan(values), -1, found)
