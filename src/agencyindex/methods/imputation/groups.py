"""One value for the gaps of each group: stated, or the group's mean or median."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.imputation._population import (
    HANDBOOK,
    by_group,
    groups_of,
    looked_up,
    population,
    with_filled,
)
from agencyindex.methods.moments import mean
from agencyindex.methods.parameters import Demand, as_table, demands, is_table, refusal
from agencyindex.methods.protocols import FloatArray, Imputation, Peers, Range
from agencyindex.methods.quantiles import median


def demand_group(demand: Demand, group: object) -> None:
    """Demand the name of what agencies are grouped by."""
    named = isinstance(group, str) and bool(group)
    demand("group", group, named, "the name of an attribute")


@attrs.frozen(kw_only=True)
class GroupValues:
    r"""A stated value for the gaps of each group of agencies.

    Parameters
    ----------
    group
        Name of the attribute that agencies are grouped by.
    values
        Value of each group, in points; a gap of another group, or of no group, stays one.

    Notes
    -----
    .. math:: \hat x_i = c_{g(i)}

    :math:`g(i)` is the group of agency i.

    References
    ----------
    agencyindex: our own (a stated value for each group)

    Examples
    --------
    >>> filling = GroupValues(group="size", values={"small": 1, "large": 2})
    >>> filling.fill(np.array([np.nan, np.nan, 5.0]), Peers(groups=["large", None, "small"]))
    array([ 2., nan,  5.])
    """

    name: ClassVar[str] = "group_values"
    formula: ClassVar[str] = r"\hat x_i = c_{g(i)}"
    reference: ClassVar[str] = "agencyindex: our own (a stated value for each group)"
    learnt: ClassVar[bool] = False
    freezes: ClassVar[bool] = True

    group: str
    values: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        with demands("GroupValues") as demand:
            demand_group(demand, self.group)
            named = is_table(self.values) and bool(self.values)
            demand("values", self.values, named, "a table of groups and finite numbers")

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """Give itself: there is nothing to learn."""
        return self

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m) with that of its group for each gap.

        Raises
        ------
        MethodError
            ``needs-population`` where the groups of the agencies are not given.
        """
        x = np.asarray(values, dtype=np.float64)
        groups = groups_of("GroupValues", self.group, peers, len(x))
        return with_filled(x, looked_up(self.values, groups))

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest of its values."""
        return min(self.values.values()), max(self.values.values())


def _learnt(
    owner: str,
    group: str,
    of: Callable[[FloatArray], float],
    values: FloatArray,
    peers: Peers | None,
) -> GroupValues:
    """The statistic of each group that somebody with a value belongs to."""
    x = np.asarray(values, dtype=np.float64)
    names, places = by_group(groups_of(owner, group, peers, x.size))
    here = np.flatnonzero(~np.isnan(x) & (places >= 0))
    if not here.size:
        message = f'No agency with a "{group}" has a value, so there is nothing to fill gaps with.'
        mend = 'Use "constant", or answers of more agencies.'
        raise refusal("empty-population", owner, message, mend)
    # All agencies of the first group that has a value, then of the next one.
    here = here[np.argsort(places[here])]
    found, starts = np.unique(places[here], return_index=True)
    parts = zip(found.tolist(), np.split(x[here], starts[1:]), strict=True)
    learnt = {names[place]: of(population(owner, part)) for place, part in parts}
    return GroupValues(group=group, values=learnt)


def _filled(
    owner: str,
    group: str,
    of: Callable[[FloatArray], float],
    values: FloatArray,
    peers: Peers | None,
) -> FloatArray:
    """Values with the statistic of its group for each gap, each column by itself."""
    return by_columns(
        values, lambda column: _learnt(owner, group, of, column, peers).fill(column, peers)
    )


@attrs.frozen(kw_only=True)
class GroupMean:
    r"""The mean of its group for each gap.

    Parameters
    ----------
    group
        Name of the attribute that agencies are grouped by.

    Notes
    -----
    .. math:: \hat x_i = \frac{1}{|A_{g(i)}|} \sum_{k \in A_{g(i)}} x_k

    :math:`A_{g(i)}` are the agencies with a value in the group of agency i. Where nobody in the
    group has one, or the agency has no group, the gap stays. ``fit`` gives `GroupValues`.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of
    missing data), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> sizes = Peers(groups=["small", "small", "small", "large"])
    >>> GroupMean(group="size").fill(np.array([1.0, 4.0, np.nan, 9.0]), sizes)
    array([1. , 4. , 2.5, 9. ])
    """

    name: ClassVar[str] = "group_mean"
    formula: ClassVar[str] = r"\hat x_i = \frac{1}{|A_{g(i)}|} \sum_{k \in A_{g(i)}} x_k"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = True

    group: str

    def __attrs_post_init__(self) -> None:
        with demands("GroupMean") as demand:
            demand_group(demand, self.group)

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The mean of each group in which somebody has a value.

        Raises
        ------
        MethodError
            ``needs-population`` where the groups are not given, ``empty-population`` where no
            agency with a group has a value, ``not-finite`` where one is infinite.
        """
        return _learnt("GroupMean", self.group, mean, values, peers)

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), each column its own population, with its group's mean in gaps."""
        return _filled("GroupMean", self.group, mean, values, peers)

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable


@attrs.frozen(kw_only=True)
class GroupMedian:
    r"""The median of its group for each gap.

    Parameters
    ----------
    group
        Name of the attribute that agencies are grouped by.

    Notes
    -----
    .. math:: \hat x_i = \operatorname{med}_{k \in A_{g(i)}} x_k

    :math:`A_{g(i)}` are the agencies with a value in the group of agency i. Where nobody in the
    group has one, or the agency has no group, the gap stays. ``fit`` gives `GroupValues`.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of
    missing data), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> sizes = Peers(groups=["small", "small", "small", "small"])
    >>> GroupMedian(group="size").fill(np.array([1.0, 4.0, np.nan, 9.0]), sizes)
    array([1., 4., 4., 9.])
    """

    name: ClassVar[str] = "group_median"
    formula: ClassVar[str] = r"\hat x_i = \operatorname{med}_{k \in A_{g(i)}} x_k"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = True

    group: str

    def __attrs_post_init__(self) -> None:
        with demands("GroupMedian") as demand:
            demand_group(demand, self.group)

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The median of each group in which somebody has a value.

        Raises
        ------
        MethodError
            ``needs-population`` where the groups are not given, ``empty-population`` where no
            agency with a group has a value, ``not-finite`` where one is infinite.
        """
        return _learnt("GroupMedian", self.group, median, values, peers)

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), each column its own population, with its group's median in gaps."""
        return _filled("GroupMedian", self.group, median, values, peers)

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable
