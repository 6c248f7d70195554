"""Agencies set against each other: how often one is ahead, by how much weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import ClassVar, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.adding import quotient
from agencyindex.methods.aggregation._counted import by_column, counted, kept_between
from agencyindex.methods.columns import by_columns
from agencyindex.methods.parameters import demands, refusal
from agencyindex.methods.protocols import FloatArray, Range
from agencyindex.methods.ranking import ranks

STEPS = 2.0**40
"""Differences of weights are told apart to 1e-12 of their sum: 0.1 + 0.2 and 0.3 are equal."""

LARGEST_BLOCK = 2**20
MOST_AGENCIES = 10
"""So many agencies have 3,628,800 orders, and 1,024 sets to find the best of them by."""


def _levels(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The level of each value among those of its child that counts: of equal ones the same."""
    return by_columns(
        counted(values, weights), lambda column: ranks(column, ties="dense", descending=False)
    )


def _net(rows: FloatArray, table: FloatArray, weights: FloatArray) -> NDArray[np.int64]:
    """By what share of weights each row is ahead of each of the table, less behind, in steps.

    Shares are of the weights of the indicators that both have; without any the result is 0.
    """
    ahead, shared = (np.zeros((len(rows), len(table))) for _ in range(2))
    for column, weight in enumerate(weights.tolist()):
        ours, theirs = rows[:, column, None], table[None, :, column]
        both = ~np.isnan(ours) & ~np.isnan(theirs)
        ahead += weight * ((ours > theirs).astype(np.float64) - (ours < theirs))
        shared += np.where(both, weight, 0.0)
    # Where nothing is shared, nobody is ahead.
    share = ahead / np.where(shared > 0, shared, 1.0)
    return np.rint(share * STEPS).astype(np.int64)


@attrs.frozen(kw_only=True)
class Copeland:
    r"""How many agencies one is ahead of, less how many are ahead of it.

    Notes
    -----
    .. math:: y_i = \sum_{k \ne i} \operatorname{sgn} ( o_{ik} - o_{ki} )

    :math:`o_{ik}` is the share of the weights of the indicators on which :math:`i` is above
    :math:`k`, and half of that on which they are equal: :math:`i` is ahead where it is above one
    half. Shares are of the weights of the indicators that both have; two agencies without one are
    even. Shares that differ by less than 1e-12 are equal, and values that tie as in `ranks`: to
    2 ** -44 of their size.

    The scores of :math:`n` agencies are whole numbers from :math:`-(n-1)` to :math:`n-1`, and sum
    to zero. They depend on who else is there. COINr's ``a_copeland`` gives the same where nothing
    is missing.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (non-compensatory
    multi-criteria approach), OECD Publishing, doi:10.1787/9789264043466-en; Saari and Merlin
    (1996) The Copeland method I, Economic Theory 8, 51-76, doi:10.1007/BF01212012

    Examples
    --------
    >>> values = np.array([[3.0, 1.0, 5.0], [2.0, 2.0, 4.0], [1.0, 3.0, np.nan]])
    >>> Copeland().aggregate(values, np.ones(3))
    array([ 1., -1.,  0.])
    """

    name: ClassVar[str] = "copeland"
    formula: ClassVar[str] = r"y_i = \sum_{k \ne i} \operatorname{sgn} ( o_{ik} - o_{ki} )"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 "
        "(non-compensatory multi-criteria approach), OECD Publishing, "
        "doi:10.1787/9789264043466-en; Saari and Merlin (1996) The Copeland method I, Economic "
        "Theory 8, 51-76, doi:10.1007/BF01212012"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    compares: ClassVar[bool] = True

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values can be compared."""
        yield from ()

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        table = _levels(values, weights)
        result = np.full(len(table), np.nan)
        available = np.flatnonzero(~np.isnan(table).all(axis=1))
        rest = table[available]
        # In blocks: all pairs of ten thousand agencies would take gigabytes at once.
        size = max(1, LARGEST_BLOCK // max(1, len(rest)))
        for start in range(0, len(rest), size):
            net = _net(rest[start : start + size], rest, weights)
            result[available[start : start + size]] = np.sign(net).sum(axis=1)
        return result


@attrs.frozen(kw_only=True)
class BordaCount:
    r"""The mean of how many agencies one is ahead of on each indicator.

    Parameters
    ----------
    ties
        Equal values all get the ``smallest``, the ``largest`` or the ``average`` of their ranks.

    Notes
    -----
    .. math:: y_i = \frac{\sum_{j \in A_i} w_j \, (r_{ij} - 1) \frac{n - 1}{n_j - 1}}{\sum_{j \in A_i} w_j}

    :math:`r_{ij}` is the rank of the agency on indicator :math:`j` with 1 for the least value,
    :math:`A_i` holds the indicators that it has, :math:`n_j` agencies have indicator :math:`j`
    and :math:`n` have any. Values tie as in `ranks`: to 2 ** -44 of their size. Where nothing is
    missing the fraction is 1, and this is Borda's count.
    That the ranks among few agencies are stretched to those among all, so that an indicator which
    few have is worth as much as any, is our choice; a value that is the only one gets the middle,
    :math:`(n - 1) / 2`. The result is from 0 to :math:`n - 1`, and depends on who else is there.

    References
    ----------
    Young (1974) An axiomatization of Borda's rule, Journal of Economic Theory 9(1), 43-52,
    doi:10.1016/0022-0531(74)90073-8

    Examples
    --------
    >>> values = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 2.0]])
    >>> BordaCount(ties="average").aggregate(values, np.ones(2))
    array([1.  , 1.25, 0.75])
    """

    name: ClassVar[str] = "borda"
    formula: ClassVar[str] = (
        r"y_i = \frac{\sum_{j \in A_i} w_j \, (r_{ij} - 1) \frac{n - 1}{n_j - 1}}"
        r"{\sum_{j \in A_i} w_j}"
    )
    reference: ClassVar[str] = (
        "Young (1974) An axiomatization of Borda's rule, Journal of Economic Theory 9(1), 43-52, "
        "doi:10.1016/0022-0531(74)90073-8"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    compares: ClassVar[bool] = True

    ties: Literal["smallest", "largest", "average"]

    def __attrs_post_init__(self) -> None:
        with demands("BordaCount") as demand:
            good = self.ties in ("smallest", "largest", "average")
            demand("ties", self.ties, good, '"smallest", "largest" or "average"')

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values can be ranked."""
        yield from ()

    def attainable(self, attainable: Sequence[Range]) -> Range:
        """From 0, without an upper bound: it grows with the number of agencies."""
        return 0.0, inf

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        table = counted(values, weights)
        gap = np.isnan(table)
        most = int(np.count_nonzero(~gap.all(axis=1))) - 1
        points = np.full_like(table, np.nan)
        for column in range(table.shape[1]):
            here = ~gap[:, column]
            points[here, column] = self._points(table[here, column], most)
        shares = np.where(gap, 0.0, weights)
        total = by_column(shares * np.where(gap, 0.0, points))
        return kept_between(quotient(total, by_column(shares)), points)

    def _points(self, present: FloatArray, most: int) -> FloatArray:
        """Points of values without gaps, from 0 to the most."""
        if len(present) == 1:
            return np.array([most / 2])
        ahead_of = ranks(present, ties=self.ties, descending=False) - 1
        return np.asarray(ahead_of * most / (len(present) - 1))


@attrs.frozen(kw_only=True)
class Kemeny:
    r"""How many agencies are below one in the order that agrees best with all indicators.

    Notes
    -----
    .. math:: \max_{\pi} \sum_{i \text{ above } k \text{ in } \pi} o_{ik}

    :math:`o_{ik}` is the share of the weights of the indicators on which :math:`i` is above
    :math:`k`, and half of that on which they are equal, of the weights of the indicators that both
    have; two agencies without one are even. Shares count to 1e-12, values tie as in `ranks`: to
    2 ** -44 of their size.

    The best order :math:`\pi` is sought exactly, which up to 10 agencies allow. The score is the
    number of agencies below, from 0 to one less than there are. Where several orders are best, it
    is the mean over all of them (our choice): it does not depend on how the agencies are listed,
    and agencies with the same values get the same.

    References
    ----------
    Young and Levenglick (1978) A consistent extension of Condorcet's election principle, SIAM
    Journal on Applied Mathematics 35(2), 285-300, doi:10.1137/0135023

    Examples
    --------
    >>> round_and_round = np.array([[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0], [0.0] * 3])
    >>> Kemeny().aggregate(round_and_round, np.array([1.0, 1.0, 1.0]))
    array([2., 2., 2., 0.])
    >>> Kemeny().aggregate(round_and_round, np.array([3.0, 2.0, 2.0]))
    array([3., 2., 1., 0.])
    """

    name: ClassVar[str] = "kemeny"
    formula: ClassVar[str] = r"\max_{\pi} \sum_{i \text{ above } k \text{ in } \pi} o_{ik}"
    reference: ClassVar[str] = (
        "Young and Levenglick (1978) A consistent extension of Condorcet's election principle, "
        "SIAM Journal on Applied Mathematics 35(2), 285-300, doi:10.1137/0135023"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    compares: ClassVar[bool] = True

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values can be compared."""
        yield from ()

    def attainable(self, attainable: Sequence[Range]) -> Range:
        """From 0, without an upper bound: it grows with the number of agencies."""
        return 0.0, inf

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap.

        Raises
        ------
        MethodError
            ``out-of-range`` where more than 10 agencies have a value.
        """
        table = _levels(values, weights)
        available = ~np.isnan(table).all(axis=1)
        rest = table[available]
        if len(rest) > MOST_AGENCIES:
            message = (
                f"The best order is sought among up to {MOST_AGENCIES} agencies, "
                f"and {len(rest)} have a value."
            )
            mend = 'Use "copeland" or "borda", which take any number.'
            raise refusal("out-of-range", "Kemeny", message, mend, len(rest))
        result = np.full(len(table), np.nan)
        result[available] = _mean_places(_net(rest, rest, weights))
        return result


def _best(options: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The greatest gain, and in how many ways it comes about."""
    gain = max(each for each, _ in options)
    return gain, sum(ways for each, ways in options if each == gain)


def _mean_places(net: NDArray[np.int64]) -> list[float]:
    """How many agencies are below each, as the mean over all best orders.

    A set of agencies stands for all orders that begin with it (Bellman, Held and Karp): the best
    way to it and the best way on do not depend on each other. Whole numbers make ties exact.
    """
    count = len(net)
    members = np.arange(2**count)[:, None] >> np.arange(count) & 1
    # What it brings to put each agency next below each set.
    gains = (members @ net).tolist()
    inside: list[list[int]] = [np.flatnonzero(row).tolist() for row in members]
    outside: list[list[int]] = [np.flatnonzero(row == 0).tolist() for row in members]
    full = 2**count - 1
    to, onward = ([(0, 1)] * (full + 1) for _ in range(2))
    for top in range(1, full + 1):
        before = [(top - (1 << agency), agency) for agency in inside[top]]
        to[top] = _best([(to[rest][0] + gains[rest][each], to[rest][1]) for rest, each in before])
    below = [0] * count
    for top in range(full - 1, -1, -1):
        options = []
        for agency in outside[top]:
            gain, ways = onward[top + (1 << agency)]
            options.append((gain + gains[top][agency], ways))
            if to[top][0] + options[-1][0] == to[full][0]:
                below[agency] += to[top][1] * ways * (len(outside[top]) - 1)
        onward[top] = _best(options)
    return [each / to[full][1] for each in below]
