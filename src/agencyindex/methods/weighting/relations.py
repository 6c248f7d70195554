"""Weights from how the children go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.adding import total
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._population import (
    correlations,
    shared_out,
    spreads,
)

# Columns that are the same but for rounding are apart by less: a square of 1e-12.
SAME = 1e-24
CLOSE = 0.125
"""Above this one less a correlation has nearly all digits of the correlation."""


def _conflict(first: FloatArray, second: FloatArray) -> float:
    """One less the correlation, exact to the last digits where that is near 1."""
    apart = first - second
    found = total(apart * apart) / 2
    return found if found > SAME else 0.0


def _conflicts(columns: FloatArray) -> FloatArray:
    """One less the correlation of every two children (m, m), from their `units` (n, m)."""
    found = 1 - correlations(columns)
    for j, k in np.argwhere(np.tril(found < CLOSE, -1)).tolist():
        found[j, k] = found[k, j] = _conflict(columns[:, j], columns[:, k])
    return found


@attrs.frozen(kw_only=True)
class CriticWeights:
    r"""Weights by how far agencies lie apart on a child, and how little it goes with the others.

    Values must be complete. They are brought to the range from 0 to 1 first.

    Notes
    -----
    .. math:: w_j = \frac{c_j}{\sum_k c_k}, \quad c_j = s_j \sum_k (1 - r_{jk})

    :math:`s_j` is the standard deviation of :math:`(x_j - \min x_j) / (\max x_j - \min x_j)` and
    :math:`r_{jk}` a correlation. A single child has weight 1, whatever its values.

    References
    ----------
    Diakoulaki, Mavrotas and Papayannakis (1995) Determining objective weights in multiple
    criteria problems: the CRITIC method, Computers and Operations Research 22(7),
    doi:10.1016/0305-0548(94)00059-H

    Examples
    --------
    >>> values = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 5.0], [2.0, 4.0, 9.0]])
    >>> CriticWeights().weights(values).round(3)
    array([0.227, 0.508, 0.265])
    """

    name: ClassVar[str] = "critic"
    formula: ClassVar[str] = r"w_j = \frac{c_j}{\sum_k c_k}, \quad c_j = s_j \sum_k (1 - r_{jk})"
    reference: ClassVar[str] = (
        "Diakoulaki, Mavrotas and Papayannakis (1995) Determining objective weights in multiple "
        "criteria problems: the CRITIC method, Computers and Operations Research 22(7), "
        "doi:10.1016/0305-0548(94)00059-H"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no agencies or gaps, ``constant-indicator`` where
            all values of a child are equal, ``zero-weights`` where all children go fully
            together, ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        columns, _ = spreads("CriticWeights", values, siblings)
        # On the range from 0 to 1, which the unit vector has too, but for its own range.
        deviations = 1 / np.ptp(columns, axis=0)
        conflicts = [fsum(row) for row in _conflicts(columns).tolist()]
        why = "All children go fully together, so there is nothing to share out."
        mend = "Keep one of them, or use stated weights."
        return shared_out("CriticWeights", np.array(conflicts) * deviations, why, mend)


@attrs.frozen(kw_only=True)
class InverseCorrelationWeights:
    r"""Less weight for a child that repeats what the others say.

    Values must be complete.

    Notes
    -----
    .. math:: w_j = \frac{1 / t_j}{\sum_k 1 / t_k}, \quad t_j = \sum_k |r_{jk}|

    The total correlation :math:`t_j` counts the child itself, whose :math:`r_{jj}` is 1, so it is
    never zero. Children without any correlation all have the same weight. A single child has
    weight 1, whatever its values.

    References
    ----------
    agencyindex: our own formula for less weight of correlated indicators, which is advised in
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6, OECD Publishing,
    doi:10.1787/9789264043466-en

    Examples
    --------
    >>> values = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, -1.0], [-1.0, -1.0, 1.0], [-1.0, -1.0, -1.0]])
    >>> InverseCorrelationWeights().weights(values)
    array([0.25, 0.25, 0.5 ])
    """

    name: ClassVar[str] = "inverse_correlation"
    formula: ClassVar[str] = r"w_j = \frac{1 / t_j}{\sum_k 1 / t_k}, \quad t_j = \sum_k |r_{jk}|"
    reference: ClassVar[str] = (
        "agencyindex: our own formula for less weight of correlated indicators, which is advised "
        "in OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6, OECD "
        "Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no agencies or gaps, ``constant-indicator`` where
            all values of a child are equal, ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        columns, _ = spreads("InverseCorrelationWeights", values, siblings)
        totals = [fsum(row) for row in np.abs(correlations(columns)).tolist()]
        inverse = 1 / np.array(totals)
        return np.asarray(inverse / fsum(inverse.tolist()))
