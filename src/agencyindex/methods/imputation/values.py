"""One value for every gap: stated, or the mean, median or worst of a population."""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.imputation._population import HANDBOOK, population
from agencyindex.methods.moments import mean
from agencyindex.methods.parameters import demands, is_number, number
from agencyindex.methods.protocols import FloatArray, Imputation, Peers, Range
from agencyindex.methods.quantiles import median

NOBODY = Peers()


@attrs.frozen(kw_only=True)
class ConstantImputation:
    r"""A stated value for every gap.

    Parameters
    ----------
    value
        The value, in points: any finite number.

    Notes
    -----
    .. math:: \hat x_i = c

    References
    ----------
    agencyindex: our own (a stated value)

    Examples
    --------
    >>> ConstantImputation(value=0).fill(np.array([3.0, np.nan]))
    array([3., 0.])
    """

    name: ClassVar[str] = "constant"
    formula: ClassVar[str] = r"\hat x_i = c"
    reference: ClassVar[str] = "agencyindex: our own (a stated value)"
    learnt: ClassVar[bool] = False
    freezes: ClassVar[bool] = True

    value: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("ConstantImputation") as demand:
            demand("value", self.value, is_number(self.value), "a finite number")

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """Give itself: there is nothing to learn."""
        return self

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) with the stated one for each gap."""
        x = np.asarray(values, dtype=np.float64)
        return np.where(np.isnan(x), self.value, x)

    def attainable(self, attainable: Range) -> Range:
        """The value alone."""
        return self.value, self.value


@attrs.frozen(kw_only=True)
class MeanImputation:
    r"""The mean of the population for every gap.

    Notes
    -----
    .. math:: \hat x_i = \frac{1}{|A|} \sum_{k \in A} x_k

    :math:`A` are the agencies with a value. ``fit`` gives `ConstantImputation`.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of
    missing data), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> MeanImputation().fill(np.array([1.0, np.nan, 4.0]))
    array([1. , 2.5, 4. ])
    """

    name: ClassVar[str] = "mean"
    formula: ClassVar[str] = r"\hat x_i = \frac{1}{|A|} \sum_{k \in A} x_k"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = True

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The mean of those who have a value, as a constant.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where one is infinite.
        """
        return ConstantImputation(value=mean(population("MeanImputation", values)))

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), each column its own population, with its mean for each gap."""
        return by_columns(values, lambda column: self.fit(column, NOBODY, 1).fill(column))

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable


@attrs.frozen(kw_only=True)
class MedianImputation:
    r"""The median of the population for every gap.

    Notes
    -----
    .. math:: \hat x_i = \operatorname{med}_{k \in A} x_k

    :math:`A` are the agencies with a value; of an even number of them the mean of the two in the
    middle counts. ``fit`` gives `ConstantImputation`.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of
    missing data), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> MedianImputation().fill(np.array([1.0, np.nan, 9.0, 4.0]))
    array([1., 4., 9., 4.])
    """

    name: ClassVar[str] = "median"
    formula: ClassVar[str] = r"\hat x_i = \operatorname{med}_{k \in A} x_k"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = True

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The median of those who have a value, as a constant.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where one is infinite.
        """
        return ConstantImputation(value=median(population("MedianImputation", values)))

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), each column its own population, with its median for each gap."""
        return by_columns(values, lambda column: self.fit(column, NOBODY, 1).fill(column))

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable


@attrs.frozen(kw_only=True)
class WorstObserved:
    r"""The worst value of the population for every gap.

    Notes
    -----
    .. math:: \hat x_i = \min_{k \in A} x_k

    :math:`A` are the agencies with a value. Where fewer is better, the worst is
    :math:`\max_{k \in A} x_k`. ``fit`` gives `ConstantImputation`; ``fill`` by itself takes it
    that more is better.

    References
    ----------
    agencyindex: our own (the least favourable value that somebody has)

    Examples
    --------
    >>> worst = WorstObserved()
    >>> worst.fill(np.array([4.0, np.nan, 2.0]))
    array([4., 2., 2.])
    >>> worst.fit(np.array([4.0, np.nan, 2.0]), Peers(), -1)
    ConstantImputation(value=4.0)
    """

    name: ClassVar[str] = "worst_observed"
    formula: ClassVar[str] = r"\hat x_i = \min_{k \in A} x_k"
    reference: ClassVar[str] = "agencyindex: our own (the least favourable value that somebody has)"
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = True

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The least value where ``direction`` is 1, the greatest where it is -1, as a constant.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where one is infinite.
        """
        present = population("WorstObserved", values)
        worst = np.min(present) if direction > 0 else np.max(present)
        return ConstantImputation(value=float(worst))

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), each column its own population, with the least for each gap."""
        return by_columns(values, lambda column: self.fit(column, NOBODY, 1).fill(column))

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable
