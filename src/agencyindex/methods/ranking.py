"""Ranks among agencies, and the class that a score falls in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.parameters import demands
from agencyindex.methods.protocols import FloatArray
from agencyindex.methods.ties import Ties, outermost, ranked


def ranks(
    values: FloatArray,
    *,
    ties: Ties | Literal["dense"],
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

    Notes
    -----
    Values count as equal where they differ by at most 2 ** -44 of the larger in size, and so do
    those that a chain of such steps joins: agencyindex: our own choice. Equal means of other
    numbers can differ by so much once they are computed. Numbers of at most 13 digits are never
    so near to each other. Near zero, what is left of greater numbers is off by more of itself,
    and does not tie.

    Examples
    --------
    >>> scores = np.array([70.0, 90.0, np.nan, 70.0, 50.0])
    >>> ranks(scores, ties="smallest", descending=True)
    array([ 2.,  1., nan,  2.,  4.])
    >>> ranks(scores, ties="average", descending=True)
    array([2.5, 1. , nan, 2.5, 4. ])
    >>> means = np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1]) / 3
    >>> bool(means[0] == means[1]), ranks(means, ties="smallest", descending=True)
    (False, array([1., 1.]))
    """
    with demands("ranks") as demand:
        good = ties in ("smallest", "largest", "average", "dense")
        demand("ties", ties, good, '"smallest", "largest", "average" or "dense"')
    turned = -values if descending else values
    # Gaps come last.
    order = np.argsort(turned)[: np.count_nonzero(~np.isnan(values))]
    result = np.full(len(values), np.nan)
    result[order] = ranked(turned[order], ties)
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

    Notes
    -----
    A value is on a limit where it is within 2 ** -44 of the limit's size from it: agencyindex: our
    own choice, as in `ranks`.

    Examples
    --------
    >>> band_positions(np.array([39.9, 40.0, 80.0, np.nan]), [40, 80], upper=True)
    array([ 0,  1,  2, -1])
    >>> band_positions(np.array([39.9, 40.0, 80.0, np.nan]), [40, 80], upper=False)
    array([ 0,  0,  1, -1])
    >>> band_positions(np.array([59.99999999999999]), [60], upper=True)
    array([1])
    """
    limits = np.array([outermost(each, least=upper) for each in thresholds])
    positions = np.searchsorted(limits, values, side="right" if upper else "left")
    return np.where(np.isnan(values), -1, positions)
