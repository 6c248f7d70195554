"""One value by its place: the least, the greatest, the middle one, or a mean over places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, isfinite
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.aggregation._counted import (
    by_column,
    counted,
    kept_between,
    refuse_infinite,
)
from agencyindex.methods.parameters import are_numbers, demands, numbers
from agencyindex.methods.protocols import FloatArray, Range

HALF_WIDTH = 1e-12
"""How near to one half of the weights is one half: 0.1 + 0.2 against 0.3 is."""


def _ascending(values: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Values of each row in order, gaps last, and the weights that belong to them (0 to a gap)."""
    shares = np.where(np.isnan(values), 0.0, weights)
    # Equal values by weight: so the order of the children cannot matter.
    order = np.lexsort((shares, values), axis=1)
    return np.take_along_axis(values, order, axis=1), np.take_along_axis(shares, order, axis=1)


@attrs.frozen(kw_only=True)
class Minimum:
    r"""The least of the available children: the weakest link.

    Notes
    -----
    .. math:: y = \min_{j \in A} x_j

    :math:`A` holds the available children whose weight is above zero; how great it is does not
    matter.

    References
    ----------
    Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview,
    Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (the limit of weighted means
    of falling order)

    Examples
    --------
    >>> Minimum().aggregate(np.array([[3.0, 4.0], [np.nan, 4.0]]), np.ones(2))
    array([3., 4.])
    """

    name: ClassVar[str] = "minimum"
    formula: ClassVar[str] = r"y = \min_{j \in A} x_j"
    reference: ClassVar[str] = (
        "Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview, "
        "Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (the limit of weighted "
        "means of falling order)"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values have a least one."""
        yield from ()

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return np.asarray(np.fmin.reduce(counted(values, weights), axis=1, initial=np.nan))


@attrs.frozen(kw_only=True)
class Maximum:
    r"""The greatest of the available children.

    Notes
    -----
    .. math:: y = \max_{j \in A} x_j

    :math:`A` holds the available children whose weight is above zero; how great it is does not
    matter.

    References
    ----------
    Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview,
    Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (the limit of weighted means
    of rising order)

    Examples
    --------
    >>> Maximum().aggregate(np.array([[3.0, 4.0], [3.0, np.nan]]), np.ones(2))
    array([4., 3.])
    """

    name: ClassVar[str] = "maximum"
    formula: ClassVar[str] = r"y = \max_{j \in A} x_j"
    reference: ClassVar[str] = (
        "Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview, "
        "Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (the limit of weighted "
        "means of rising order)"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values have a greatest one."""
        yield from ()

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return np.asarray(np.fmax.reduce(counted(values, weights), axis=1, initial=np.nan))


@attrs.frozen(kw_only=True)
class WeightedMedian:
    r"""The value that halves the weights of the available children.

    Notes
    -----
    .. math:: y = \arg\min_z \sum_{j \in A} w_j \, | x_j - z |

    :math:`A` holds the available children. At most half of their weight belongs to values below
    the median and at most half to values above it. Where one value and those below it have exactly
    half of the weight (to 1e-12 of it), every number up to the next value would do, and the median
    is midway between both: our convention, with which equal weights give the usual median.

    References
    ----------
    Koenker and Bassett (1978) Regression quantiles, Econometrica 46(1), 33-50,
    doi:10.2307/1913643 (the median as a minimum of weighted absolute deviations)

    Examples
    --------
    >>> median = WeightedMedian()
    >>> median.aggregate(np.array([[1.0, 2.0, 9.0], [1.0, 2.0, np.nan]]), np.ones(3))
    array([2. , 1.5])
    >>> median.aggregate(np.array([[1.0, 2.0, 9.0]]), np.array([1.0, 1.0, 3.0]))
    array([9.])
    """

    name: ClassVar[str] = "median"
    formula: ClassVar[str] = r"y = \arg\min_z \sum_{j \in A} w_j \, | x_j - z |"
    reference: ClassVar[str] = (
        "Koenker and Bassett (1978) Regression quantiles, Econometrica 46(1), 33-50, "
        "doi:10.2307/1913643 (the median as a minimum of weighted absolute deviations)"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values have a median."""
        yield from ()

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap.

        Raises
        ------
        MethodError
            ``out-of-range`` where a value is infinite.
        """
        table = counted(values, weights)
        refuse_infinite(table, "WeightedMedian")
        if not table.shape[1]:
            return np.full(len(table), np.nan)
        table, shares = _ascending(table, np.asarray(weights, dtype=np.float64))
        below = np.cumsum(shares, axis=1)
        half = below[:, -1:] / 2
        slack = below[:, -1:] * HALF_WIDTH
        first = np.argmax(below >= half - slack, axis=1)[:, None]
        second = np.argmax(below > half + slack, axis=1)[:, None]
        low, high = (np.take_along_axis(table, each, axis=1)[:, 0] for each in (first, second))
        # Halves of each, since a sum could leave the range; the half of the least would be zero.
        return np.where(low == high, low, low / 2 + high / 2)


@attrs.frozen(kw_only=True)
class OrderedWeightedAverage:
    r"""A mean that weighs places, not only children: of the best value, the second best, and on.

    Parameters
    ----------
    weights
        Weight of each place, that of the greatest value first: numbers of at least 0, not all 0,
        as many as there are children. Only their proportions count. ``[0, 0, 1]`` is the minimum
        of three children, ``[1, 0, 0]`` the maximum, equal ones give the mean.

    Notes
    -----
    .. math:: y = \sum_r \bigl( Q(P_r) - Q(P_{r-1}) \bigr) \, x_{(r)}

    :math:`x_{(1)} \ge x_{(2)} \ge \dots` are the values of the available children, :math:`P_r` is
    the share of their weights that the first :math:`r` of them have, and :math:`Q` rises by the
    share of place :math:`r` from :math:`(r - 1) / m` to :math:`r / m`, in straight lines. Where
    the children's weights are equal and none is missing this is Yager's average, and where the
    weights of places are equal it is the weighted mean. Weights of places are so spread over
    however many children are available (our choice for gaps).

    References
    ----------
    Yager (1988) On ordered weighted averaging aggregation operators in multicriteria decision
    making, IEEE Transactions on Systems, Man, and Cybernetics 18(1), 183-190,
    doi:10.1109/21.87068; with weights of children, Torra (1997) The weighted OWA operator,
    International Journal of Intelligent Systems 12(2), 153-166,
    doi:10.1002/(SICI)1098-111X(199702)12:2<153::AID-INT3>3.0.CO;2-P

    Examples
    --------
    >>> worse_half = OrderedWeightedAverage(weights=[0, 0, 1, 1])
    >>> worse_half.aggregate(np.array([[4.0, 1.0, 8.0, 3.0], [4.0, np.nan, 8.0, np.nan]]), np.ones(4))
    array([2., 4.])
    """

    name: ClassVar[str] = "ordered"
    formula: ClassVar[str] = r"y = \sum_r \bigl( Q(P_r) - Q(P_{r-1}) \bigr) \, x_{(r)}"
    reference: ClassVar[str] = (
        "Yager (1988) On ordered weighted averaging aggregation operators in multicriteria "
        "decision making, IEEE Transactions on Systems, Man, and Cybernetics 18(1), 183-190, "
        "doi:10.1109/21.87068; with weights of children, Torra (1997) The weighted OWA operator, "
        "International Journal of Intelligent Systems 12(2), 153-166, "
        "doi:10.1002/(SICI)1098-111X(199702)12:2<153::AID-INT3>3.0.CO;2-P"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    weights: tuple[float, ...] = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("OrderedWeightedAverage") as demand:
            good = are_numbers(self.weights) and all(weight >= 0 for weight in self.weights)
            good = good and any(self.weights) and isfinite(sum(self.weights))
            demand("weights", self.weights, good, "a list of numbers of at least 0, not all 0")

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """The first child beyond those that the weights have a place for."""
        places = len(self.weights)
        if len(attainable) > places:
            yield (
                places,
                f'"weights" has {places} places, and there are {len(attainable)} children.',
            )

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap.

        Raises
        ------
        MethodError
            ``out-of-range`` where a value is infinite.
        """
        table = counted(values, weights)
        refuse_infinite(table, "OrderedWeightedAverage")
        turned, shares = _ascending(-table, np.asarray(weights, dtype=np.float64))
        passed = np.cumsum(shares, axis=1)
        total = passed[:, -1:]
        reached = self._reached(
            np.divide(passed, total, out=np.zeros_like(passed), where=total > 0)
        )
        rises = np.diff(reached, axis=1, prepend=0.0)
        result = by_column(rises * np.where(np.isnan(turned), 0.0, -turned))
        return kept_between(result, table)

    def _reached(self, passed: FloatArray) -> FloatArray:
        """How much of the weights of places the share of children up to a place has."""
        whole = fsum(self.weights)
        steps = np.array([*self.weights, 0.0]) / whole
        sums = np.array([fsum(self.weights[:place]) for place in range(len(steps))]) / whole
        place = passed * len(self.weights)
        floor = np.floor(place).astype(np.intp)
        return np.asarray(sums[floor] + (place - floor) * steps[floor])
