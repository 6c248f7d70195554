"""Weights from what experts state for each child: budgets, points, or reliability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

import attrs

from agencyindex.methods.parameters import as_table, demands, is_number, number
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._tables import (
    as_weights,
    children,
    is_full_table,
    misfits,
)

NOT_ALL_ZERO = "a table of children and numbers that are at least 0, not all 0"


def _tables(values: Any) -> Any:
    return tuple(map(as_table, values)) if isinstance(values, tuple | list) else values


def _decimal(value: float) -> Fraction:
    # A document says 33.3: the decimal number is meant, not the float nearest to it.
    return Fraction(repr(value))


def _shares_out(points: object) -> bool:
    return is_full_table(points) and isinstance(points, Mapping) and any(points.values())


def _quotients(points: Mapping[str, float], names: Sequence[str]) -> list[Fraction]:
    total = sum(map(Fraction, points.values()))
    return [Fraction(points[name]) / total for name in names]


@attrs.frozen(kw_only=True)
class BudgetAllocation:
    r"""Each expert shares out 100 points, and a child gets the mean of what they gave it.

    Parameters
    ----------
    budgets
        A table of children and points for each expert. Points are at least 0, every table names
        the same children, and each sums to 100 exactly as the decimal numbers that stand in the
        document: 33.3, 33.3 and 33.4 do, three times 33.3 does not.

    Notes
    -----
    .. math:: w_j = \frac{1}{100 E} \sum_{e=1}^{E} b_{ej}

    :math:`b_{ej}` are the points that expert :math:`e` gave child :math:`j`.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (budget
    allocation), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> import numpy as np
    >>> BudgetAllocation(budgets=[{"a": 70, "b": 30}, {"a": 50, "b": 50}]).weights(np.empty((0, 2)))
    array([0.6, 0.4])
    """

    name: ClassVar[str] = "budget_allocation"
    formula: ClassVar[str] = r"w_j = \frac{1}{100 E} \sum_{e=1}^{E} b_{ej}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (budget "
        "allocation), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    budgets: tuple[Mapping[str, float], ...] = attrs.field(converter=_tables)

    def __attrs_post_init__(self) -> None:
        with demands("BudgetAllocation") as demand:
            fits = isinstance(self.budgets, tuple) and bool(self.budgets)
            fits = fits and all(map(is_full_table, self.budgets))
            wanted = "a list of tables of children and numbers that are at least 0, one an expert"
            demand("budgets", self.budgets, fits, wanted)
            for budget in self.budgets if fits else ():
                whole = sum(map(_decimal, budget.values())) == 100
                demand("budgets", budget, whole, "tables that sum to 100")
                same = budget.keys() == self.budgets[0].keys()
                demand("budgets", budget, same, "tables of the same children")

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without points, and points for what is no child."""
        yield from misfits(self.budgets[0], names, "budget")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The mean budgets, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the tables do not fit the children.
        """
        first, whole = self.budgets[0], 100 * len(self.budgets)
        names = children(self, first, siblings)
        given = (sum(_decimal(each[name]) for each in self.budgets) for name in names)
        return as_weights(Fraction(points) / whole for points in given)


@attrs.frozen(kw_only=True)
class RatioWeights:
    r"""Points in proportion to importance, shared out to sum to 1.

    Parameters
    ----------
    points
        A table of children and points, at least 0 and not all 0. Only their proportions count: a
        child that matters twice as much as another has twice its points.

    Notes
    -----
    .. math:: w_j = \frac{p_j}{\sum_k p_k}

    References
    ----------
    Edwards (1977) How to use multiattribute utility measurement for social decisionmaking, IEEE
    Transactions on Systems, Man, and Cybernetics 7(5), doi:10.1109/TSMC.1977.4309720

    Examples
    --------
    >>> import numpy as np
    >>> RatioWeights(points={"a": 30, "b": 10}).weights(np.empty((0, 2)))
    array([0.75, 0.25])
    """

    name: ClassVar[str] = "ratio"
    formula: ClassVar[str] = r"w_j = \frac{p_j}{\sum_k p_k}"
    reference: ClassVar[str] = (
        "Edwards (1977) How to use multiattribute utility measurement for social decisionmaking, "
        "IEEE Transactions on Systems, Man, and Cybernetics 7(5), doi:10.1109/TSMC.1977.4309720"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    points: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        with demands("RatioWeights") as demand:
            demand("points", self.points, _shares_out(self.points), NOT_ALL_ZERO)

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without points, and points for what is no child."""
        yield from misfits(self.points, names, "number of points")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The points over their sum, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the table does not fit the children.
        """
        names = children(self, self.points, siblings)
        return as_weights(_quotients(self.points, names))


@attrs.frozen(kw_only=True)
class SwingWeights:
    r"""Points for the swing of each child from its worst to its best value, shared out.

    The child whose swing matters most has 100 points, and the others are set against it.

    Parameters
    ----------
    points
        A table of children and points from 0 to 100; the greatest is 100.

    Notes
    -----
    .. math:: w_j = \frac{p_j}{\sum_k p_k}, \quad \max_k p_k = 100

    References
    ----------
    Edwards and Barron (1994) SMARTS and SMARTER: improved simple methods for multiattribute
    utility measurement, Organizational Behavior and Human Decision Processes 60(3),
    doi:10.1006/obhd.1994.1087

    Examples
    --------
    >>> import numpy as np
    >>> SwingWeights(points={"a": 100, "b": 60, "c": 40}).weights(np.empty((0, 3)))
    array([0.5, 0.3, 0.2])
    """

    name: ClassVar[str] = "swing"
    formula: ClassVar[str] = r"w_j = \frac{p_j}{\sum_k p_k}, \quad \max_k p_k = 100"
    reference: ClassVar[str] = (
        "Edwards and Barron (1994) SMARTS and SMARTER: improved simple methods for multiattribute "
        "utility measurement, Organizational Behavior and Human Decision Processes 60(3), "
        "doi:10.1006/obhd.1994.1087"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    points: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        with demands("SwingWeights") as demand:
            fits = is_full_table(self.points) and max(self.points.values()) == 100
            wanted = "a table of children and numbers from 0 to 100, the greatest of them 100"
            demand("points", self.points, fits, wanted)

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without points, and points for what is no child."""
        yield from misfits(self.points, names, "number of points")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The points over their sum, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the table does not fit the children.
        """
        names = children(self, self.points, siblings)
        return as_weights(_quotients(self.points, names))


@attrs.frozen(kw_only=True)
class ReliabilityWeights:
    r"""Equal weights for one part, and weights by the quality of the data for the rest.

    Parameters
    ----------
    reliability
        A table of children and the quality of their data, at least 0 and not all 0. Only the
        proportions count.
    share
        The part, from 0 to 1, that goes by reliability; 0 gives equal weights.

    Notes
    -----
    .. math:: w_j = \frac{1 - s}{m} + s \frac{r_j}{\sum_k r_k}

    InCiSE 2019 has :math:`s = 1/3`.

    References
    ----------
    agencyindex: our own name for what the InCiSE index of 2019 does (its technical report, data
    quality assessment)

    Examples
    --------
    >>> import numpy as np
    >>> by_quality = ReliabilityWeights(reliability={"a": 3, "b": 1}, share=0.5)
    >>> by_quality.weights(np.empty((0, 2)))
    array([0.625, 0.375])
    """

    name: ClassVar[str] = "reliability"
    formula: ClassVar[str] = r"w_j = \frac{1 - s}{m} + s \frac{r_j}{\sum_k r_k}"
    reference: ClassVar[str] = (
        "agencyindex: our own name for what the InCiSE index of 2019 does (its technical report, "
        "data quality assessment)"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    reliability: Mapping[str, float] = attrs.field(converter=as_table)
    share: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("ReliabilityWeights") as demand:
            demand("reliability", self.reliability, _shares_out(self.reliability), NOT_ALL_ZERO)
            fits = is_number(self.share) and 0 <= self.share <= 1
            demand("share", self.share, fits, "a number from 0 to 1")

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without a reliability, and one for what is no child."""
        yield from misfits(self.reliability, names, "reliability")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Both parts together, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the table does not fit the children.
        """
        names = children(self, self.reliability, siblings)
        share, equal = Fraction(self.share), Fraction(1, len(names))
        quotients = _quotients(self.reliability, names)
        return as_weights((1 - share) * equal + share * quotient for quotient in quotients)
