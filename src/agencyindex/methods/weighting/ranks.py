"""Weights from an order of importance alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, TypeAlias

import attrs

from agencyindex.methods.parameters import as_table, demands
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._tables import (
    as_weights,
    children,
    is_full_table,
    misfits,
)

Places: TypeAlias = Callable[[int], list[Fraction]]
"""From the number of children to the weight of each place; they sum to 1."""


def _is_ranking(ranks: object) -> bool:
    if not (is_full_table(ranks) and isinstance(ranks, Mapping)):
        return False
    above = 0
    for rank, tied in sorted(Counter(ranks.values()).items()):
        if 2 * rank != 2 * above + tied + 1:
            return False
        above += tied
    return True


def _demand_ranks(owner: str, ranks: object) -> None:
    wanted = "a table of children and ranks from 1, where ties have the mean of their places"
    with demands(owner) as demand:
        demand("ranks", ranks, _is_ranking(ranks), wanted)


def _rank_sum(m: int) -> list[Fraction]:
    return [Fraction(2 * (m + 1 - place), m * (m + 1)) for place in range(1, m + 1)]


def _rank_reciprocal(m: int) -> list[Fraction]:
    parts = [Fraction(1, place) for place in range(1, m + 1)]
    total = sum(parts)
    return [part / total for part in parts]


def _rank_order_centroid(m: int) -> list[Fraction]:
    found = [Fraction(1, m * m)]
    for place in range(m - 1, 0, -1):
        found.append(found[-1] + Fraction(1, m * place))
    return found[::-1]


def _ranked(ranks: Mapping[str, float], names: Sequence[str], places: Places) -> FloatArray:
    by_place, tied = places(len(ranks)), Counter(ranks.values())
    shares = {}
    for rank, count in tied.items():
        first = round(rank - (count - 1) / 2) - 1
        shares[rank] = Fraction(sum(by_place[first : first + count]), count)
    return as_weights(shares[ranks[name]] for name in names)


@attrs.frozen(kw_only=True)
class RankSum:
    r"""Weights that fall by equal steps from rank to rank.

    Parameters
    ----------
    ranks
        A table of children and ranks, from 1 for the most important. Tied children all have the
        mean of the places that they take together: 1, 2.5, 2.5, 4.

    Notes
    -----
    .. math:: w_j = \frac{2 (m + 1 - r_j)}{m (m + 1)}

    Tied children have the same weight, the mean of the weights of their places, which here is
    what the formula gives for the mean rank.

    References
    ----------
    Stillwell, Seaver and Edwards (1981) A comparison of weight approximation techniques in
    multiattribute utility decision making, Organizational Behavior and Human Performance 28(1),
    doi:10.1016/0030-5073(81)90015-5

    Examples
    --------
    >>> import numpy as np
    >>> RankSum(ranks={"a": 1, "b": 3, "c": 2, "d": 4}).weights(np.empty((0, 4)))
    array([0.4, 0.2, 0.3, 0.1])
    """

    name: ClassVar[str] = "rank_sum"
    formula: ClassVar[str] = r"w_j = \frac{2 (m + 1 - r_j)}{m (m + 1)}"
    reference: ClassVar[str] = (
        "Stillwell, Seaver and Edwards (1981) A comparison of weight approximation techniques in "
        "multiattribute utility decision making, Organizational Behavior and Human Performance "
        "28(1), doi:10.1016/0030-5073(81)90015-5"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    ranks: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        _demand_ranks("RankSum", self.ranks)

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without a rank, and ranks of what is no child."""
        yield from misfits(self.ranks, names, "rank")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The weights of the ranks, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the table does not fit the children.
        """
        return _ranked(self.ranks, children(self, self.ranks, siblings), _rank_sum)


@attrs.frozen(kw_only=True)
class RankReciprocal:
    r"""Weights in inverse proportion to the rank.

    Parameters
    ----------
    ranks
        A table of children and ranks, from 1 for the most important. Tied children all have the
        mean of the places that they take together: 1, 2.5, 2.5, 4.

    Notes
    -----
    .. math:: w_j = \frac{1 / r_j}{\sum_{k=1}^{m} 1 / k}

    Tied children have the same weight: the mean of the weights of their places, not the weight
    of their mean place.

    References
    ----------
    Stillwell, Seaver and Edwards (1981) A comparison of weight approximation techniques in
    multiattribute utility decision making, Organizational Behavior and Human Performance 28(1),
    doi:10.1016/0030-5073(81)90015-5; ties: agencyindex: our own

    Examples
    --------
    >>> import numpy as np
    >>> RankReciprocal(ranks={"a": 1, "b": 2}).weights(np.empty((0, 2))).round(4)
    array([0.6667, 0.3333])
    """

    name: ClassVar[str] = "rank_reciprocal"
    formula: ClassVar[str] = r"w_j = \frac{1 / r_j}{\sum_{k=1}^{m} 1 / k}"
    reference: ClassVar[str] = (
        "Stillwell, Seaver and Edwards (1981) A comparison of weight approximation techniques in "
        "multiattribute utility decision making, Organizational Behavior and Human Performance "
        "28(1), doi:10.1016/0030-5073(81)90015-5; ties: agencyindex: our own"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    ranks: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        _demand_ranks("RankReciprocal", self.ranks)

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without a rank, and ranks of what is no child."""
        yield from misfits(self.ranks, names, "rank")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The weights of the ranks, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the table does not fit the children.
        """
        names = children(self, self.ranks, siblings)
        return _ranked(self.ranks, names, _rank_reciprocal)


@attrs.frozen(kw_only=True)
class RankOrderCentroid:
    r"""The mean of all weights that agree with the order of importance.

    Parameters
    ----------
    ranks
        A table of children and ranks, from 1 for the most important. Tied children all have the
        mean of the places that they take together: 1, 2.5, 2.5, 4.

    Notes
    -----
    .. math:: w_j = \frac{1}{m} \sum_{k=r_j}^{m} \frac{1}{k}

    Tied children have the same weight, the mean of the weights of their places.

    References
    ----------
    Barron and Barrett (1996) Decision quality using ranked attribute weights, Management Science
    42(11), doi:10.1287/mnsc.42.11.1515; ties: agencyindex: our own

    Examples
    --------
    >>> import numpy as np
    >>> RankOrderCentroid(ranks={"a": 1, "b": 2}).weights(np.empty((0, 2)))
    array([0.75, 0.25])
    """

    name: ClassVar[str] = "rank_order_centroid"
    formula: ClassVar[str] = r"w_j = \frac{1}{m} \sum_{k=r_j}^{m} \frac{1}{k}"
    reference: ClassVar[str] = (
        "Barron and Barrett (1996) Decision quality using ranked attribute weights, Management "
        "Science 42(11), doi:10.1287/mnsc.42.11.1515; ties: agencyindex: our own"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    ranks: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        _demand_ranks("RankOrderCentroid", self.ranks)

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without a rank, and ranks of what is no child."""
        yield from misfits(self.ranks, names, "rank")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The weights of the ranks, of children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the table does not fit the children.
        """
        names = children(self, self.ranks, siblings)
        return _ranked(self.ranks, names, _rank_order_centroid)
