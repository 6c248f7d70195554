"""A mean that pays for what is uneven."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.adding import quotient
from agencyindex.methods.aggregation._counted import by_column, counted, refuse_infinite
from agencyindex.methods.parameters import demands, refusal, shown
from agencyindex.methods.protocols import FloatArray, Range


@attrs.frozen(kw_only=True)
class MazziottaPareto:
    r"""The mean less a penalty for uneven values (or with it, where more is worse).

    Parameters
    ----------
    penalty
        ``downward`` takes the penalty off the mean: for an index of which more is better.
        ``upward`` adds it: for an index of which more is worse, such as of poverty.

    Notes
    -----
    .. math:: y = M \mp \frac{S^2}{M}

    :math:`M = \sum_{j \in A} w_j x_j / \sum_{j \in A} w_j` is the mean of the available children
    :math:`A`, :math:`S^2` the mean of :math:`(x_j - M)^2` with the same weights. The penalty is
    the standard deviation times the coefficient of variation. The source weighs all alike.

    Negative values are refused. Where all values are zero so is the result, the limit of ever
    smaller ones. An upward result is never above the greatest value; a downward one can be below
    the least and below zero, and falls where a value rises far above the others.

    On values normalised by ``ampi`` this is the adjusted index, AMPI; on z-scores with mean 100
    and standard deviation 10 the plain one, MPI.

    References
    ----------
    Mazziotta and Pareto (2016) On a generalized non-compensatory composite index for measuring
    socio-economic phenomena, Social Indicators Research 127(3), 983-1003,
    doi:10.1007/s11205-015-0998-2

    Examples
    --------
    >>> index = MazziottaPareto(penalty="downward")
    >>> index.aggregate(np.array([[100.0, 100.0], [80.0, 120.0], [np.nan, 90.0]]), np.ones(2))
    array([100.,  96.,  90.])
    """

    name: ClassVar[str] = "mazziotta_pareto"
    formula: ClassVar[str] = r"y = M \mp \frac{S^2}{M}"
    reference: ClassVar[str] = (
        "Mazziotta and Pareto (2016) On a generalized non-compensatory composite index for "
        "measuring socio-economic phenomena, Social Indicators Research 127(3), 983-1003, "
        "doi:10.1007/s11205-015-0998-2"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    compares: ClassVar[bool] = False

    penalty: Literal["downward", "upward"]

    def __attrs_post_init__(self) -> None:
        with demands("MazziottaPareto") as demand:
            good = self.penalty in ("downward", "upward")
            demand("penalty", self.penalty, good, '"downward" or "upward"')

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative."""
        for position, (low, _) in enumerate(attainable):
            if low < 0:
                yield position, f"Values down to {shown(low)} have no penalty."

    def attainable(self, attainable: Sequence[Range]) -> Range:
        """Between the children's ends; downward as far below the least as that is below the greatest.

        The penalty is at most the distance from the mean to the greatest value, as the variance
        of values from 0 to b is at most M (b - M).
        """
        least, greatest = min(low for low, _ in attainable), max(high for _, high in attainable)
        return (2 * least - greatest, greatest) if self.penalty == "downward" else (least, greatest)

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap.

        Raises
        ------
        MethodError
            ``not-positive`` where a value is negative, ``out-of-range`` where one is infinite.
        """
        table = counted(values, weights)
        refuse_infinite(table, "MazziottaPareto")
        if np.any(table < 0):
            least = float(np.nanmin(table))
            message = f"A penalty needs values of at least zero, found {shown(least)}."
            mend = "Normalise to a scale above zero, or use another aggregation."
            raise refusal("not-positive", "MazziottaPareto", message, mend, least)
        gap = np.isnan(table)
        filled = np.where(gap, 0.0, table)
        # By a power of two, so that squares are neither too great nor too small, to no bit's cost.
        power = np.frexp(filled.max(axis=1, initial=0.0))[1]
        filled = np.ldexp(filled, -power[:, None])
        shares = np.where(gap, 0.0, weights)
        weight = by_column(shares)
        mean = quotient(by_column(shares * filled), weight)
        variance = quotient(by_column(shares * np.square(filled - mean[:, None])), weight)
        penalty = np.divide(variance, mean, out=np.zeros_like(mean), where=mean > 0)
        sign = -1.0 if self.penalty == "downward" else 1.0
        return np.asarray(np.ldexp(mean + sign * penalty, power))
