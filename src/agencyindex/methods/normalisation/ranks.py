"""Places among agencies: ranks, Borda points, percentile ranks, and the table they become."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.normalisation import _population as learn
from agencyindex.methods.normalisation._line import demand_scale, mapped, ordered
from agencyindex.methods.parameters import Demand, are_numbers, demands, numbers, refusal, shown
from agencyindex.methods.protocols import FloatArray, Normalisation, Range
from agencyindex.methods.ranking import ranks
from agencyindex.methods.ties import Ties

HANDBOOK = (
    "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (ranking), OECD "
    "Publishing, doi:10.1787/9789264043466-en"
)
COINR = (
    "Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for "
    "developing composite indicators, Journal of Open Source Software 7(78), 4567, "
    "doi:10.21105/joss.04567"
)


def _demand_ties(demand: Demand, ties: object) -> None:
    good = ties in ("smallest", "largest", "average")
    demand("ties", ties, good, '"smallest", "largest" or "average"')


def _among(values: FloatArray, owner: str, ties: Ties) -> FloatArray:
    """The ranks of values among themselves, 1 the lowest; a gap stays one."""
    learn.spanned(values, owner, "order")
    return ranks(values, ties=ties, descending=False)


def _ascending(values: Sequence[float]) -> bool:
    # By numpy, since a table of ranks may have a line for each of many agencies.
    listed = np.array(values)
    return bool((listed[1:] > listed[:-1]).all())


@attrs.frozen(kw_only=True)
class ReferenceTable:
    r"""The scores of values that are listed: no population is needed.

    Parameters
    ----------
    values
        Ascending values, each once.
    scores
        Score of each, as many as the values.

    Notes
    -----
    .. math:: y = s_k + (s_{k+1} - s_k) \frac{x - v_k}{v_{k+1} - v_k}

    where :math:`v_k \le x \le v_{k+1}`. A value of the table gets its score to the bit. That the scores between two entries lie on a
    straight line, and that a value beyond the ends gets the score of the nearer one, is a choice:
    a rank says nothing about agencies that were not ranked.

    References
    ----------
    agencyindex: our own form of ranks once they are learnt

    Examples
    --------
    >>> table = ReferenceTable(values=[10, 20, 40], scores=[1, 2, 3])
    >>> table.normalise(np.array([5.0, 20.0, 30.0, np.nan]))
    array([1. , 2. , 2.5, nan])
    """

    name: ClassVar[str] = "reference_table"
    formula: ClassVar[str] = r"y = s_k + (s_{k+1} - s_k) \frac{x - v_k}{v_{k+1} - v_k}"
    reference: ClassVar[str] = "agencyindex: our own form of ranks once they are learnt"
    learnt: ClassVar[bool] = False

    values: tuple[float, ...] = attrs.field(converter=numbers)
    scores: tuple[float, ...] = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("ReferenceTable") as demand:
            fits = are_numbers(self.values) and bool(self.values)
            fits = fits and _ascending(self.values)
            fits = fits and isfinite(self.values[-1] - self.values[0])
            demand("values", self.values, fits, "ascending finite numbers, at least one")
            if fits:
                count = len(self.values)
                many = are_numbers(self.scores, count)
                many = many and isfinite(max(self.scores) - min(self.scores))
                demand("scores", self.scores, many, f"{count} finite numbers, one for each value")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """Scores; a gap stays one."""
        listed, scores = np.array(self.values), np.array(self.scores)
        if listed.size == 1:
            return np.where(np.isnan(values), np.nan, self.scores[0])
        x: FloatArray = np.clip(np.asarray(values, dtype=np.float64), listed[0], listed[-1])
        below = np.minimum(np.searchsorted(listed, x, side="right"), listed.size - 1) - 1
        lower, upper = listed.take(below), listed.take(below + 1)
        start, end = scores.take(below), scores.take(below + 1)
        result = (end - start) * ((x - lower) / (upper - lower)) + start
        # Rounding can miss the upper score by a bit, and pass it.
        bounded = np.minimum(np.maximum(result, np.minimum(start, end)), np.maximum(start, end))
        return np.where(x == upper, end, bounded)

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest score from one end to the other."""
        low, high = attainable
        between = [
            score
            for value, score in zip(self.values, self.scores, strict=True)
            if low < value < high
        ]
        found = [*self.normalise(np.array(attainable)).tolist(), *between]
        return min(found), max(found)


def _table(values: FloatArray, scores: FloatArray) -> ReferenceTable:
    """Each distinct value with its score, those of one level each for itself."""
    present = ~np.isnan(values)
    # Adding zero turns -0 into 0: which of them comes first depends on the order.
    listed, first = np.unique(np.asarray(values)[present] + 0.0, return_index=True)
    return ReferenceTable(values=listed.tolist(), scores=scores[present][first].tolist())


@attrs.frozen(kw_only=True)
class Rank:
    r"""The rank among the agencies of a population, 1 for the lowest value.

    Parameters
    ----------
    ties
        Whether equal values get the ``smallest``, the ``largest`` or the ``average`` of their
        ranks.

    Notes
    -----
    .. math:: y = 1 + |\{i : x_i < x\}|

    So for ``smallest``; ``largest`` is :math:`|\{i : x_i \le x\}|`, ``average`` the mean of both.
    The lowest value has rank 1, so that more is better. Gaps are not counted. Values are equal
    where they differ by at most 2 ** -44 of the larger in size, or a chain of such steps joins
    them: agencyindex: our own choice, since equal results of arithmetic can differ by so much.
    What is left where great numbers cancel each other can differ by more, and does not tie.
    ``fit`` gives a `ReferenceTable`, which says what values get that nobody in the population had.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (ranking), OECD
    Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> Rank(ties="smallest").normalise(np.array([7.0, 5.0, 7.0, np.nan, 9.0]))
    array([ 2.,  1.,  2., nan,  4.])
    >>> Rank(ties="average").fit(np.array([7.0, 5.0, 7.0]), (0.0, 10.0))
    ReferenceTable(values=(5.0, 7.0), scores=(1.0, 2.5))
    """

    name: ClassVar[str] = "rank"
    formula: ClassVar[str] = r"y = 1 + |\{i : x_i < x\}|"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True

    ties: Ties

    def __attrs_post_init__(self) -> None:
        with demands("Rank") as demand:
            _demand_ties(demand, self.ties)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The rank of each value.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range.
        """
        return _table(values, self.normalise(values))

    def normalise(self, values: FloatArray) -> FloatArray:
        """Ranks (n,) or (n, m) among the values of each column; a gap stays one."""
        return by_columns(values, lambda column: _among(column, "Rank", self.ties))

    def attainable(self, attainable: Range) -> Range:
        """From 1 up: how far depends on the number of agencies."""
        return 1.0, inf


@attrs.frozen(kw_only=True)
class Borda:
    r"""How many agencies of a population an agency is ahead of.

    Parameters
    ----------
    ties
        Whether equal values get the ``smallest``, the ``largest`` or the ``average`` of their
        ranks, less 1. With ``smallest`` an agency has a point for each that it beats, with
        ``average`` half a point for each that it equals, as well.

    Notes
    -----
    .. math:: y = r - 1

    :math:`r` is the `Rank`, with its ties. Gaps are not counted. ``fit`` gives a `ReferenceTable`.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> Borda(ties="smallest").normalise(np.array([7.0, 5.0, 7.0, np.nan, 9.0]))
    array([ 1.,  0.,  1., nan,  3.])
    """

    name: ClassVar[str] = "borda"
    formula: ClassVar[str] = r"y = r - 1"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = True

    ties: Ties

    def __attrs_post_init__(self) -> None:
        with demands("Borda") as demand:
            _demand_ties(demand, self.ties)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The rank of each value, less 1.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range.
        """
        return _table(values, self.normalise(values))

    def normalise(self, values: FloatArray) -> FloatArray:
        """Points (n,) or (n, m) among the values of each column; a gap stays one."""
        return by_columns(values, lambda column: _among(column, "Borda", self.ties) - 1)

    def attainable(self, attainable: Range) -> Range:
        """From 0 up: how far depends on the number of agencies."""
        return 0.0, inf


@attrs.frozen(kw_only=True)
class PercentileRank:
    r"""The share of a population that an agency is ahead of, or level with.

    Parameters
    ----------
    ties
        Whether equal values get the ``smallest``, the ``largest`` or the ``average`` of their
        ranks.
    of
        Of whom the share is: of the ``others``, so that the lowest agency has the first end of the
        scale and the highest the second, or of ``all``, the agency itself among them.
    to
        Both ends of the scale, for no share and for the whole.

    Notes
    -----
    .. math:: y = a + (b - a) \frac{r - 1}{n - 1}

    So for ``others``; for ``all`` the share is :math:`r / n`, which with ``largest`` ties is the
    empirical distribution. :math:`r` is the `Rank`, with its ties, n the number of agencies that
    have a value.
    ``fit`` gives a `ReferenceTable`. One agency alone has no others: that is an error.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> share = PercentileRank(ties="smallest", of="others", to=[0, 100])
    >>> share.normalise(np.array([7.0, 5.0, 7.0, np.nan, 9.0, 8.0]))
    array([ 25.,   0.,  25.,  nan, 100.,  75.])
    >>> PercentileRank(ties="largest", of="all", to=[0, 1]).normalise(np.array([7.0, 5.0]))
    array([1. , 0.5])
    """

    name: ClassVar[str] = "percentile_rank"
    formula: ClassVar[str] = r"y = a + (b - a) \frac{r - 1}{n - 1}"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = True

    ties: Ties
    of: Literal["others", "all"]
    to: Range = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("PercentileRank") as demand:
            _demand_ties(demand, self.ties)
            demand("of", self.of, self.of in ("others", "all"), '"others" or "all"')
            demand_scale(demand, "to", self.to)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The share of each value, on the scale.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``zero-denominator`` where one agency has no others.
        """
        return _table(values, self.normalise(values))

    def normalise(self, values: FloatArray) -> FloatArray:
        """Shares (n,) or (n, m) among the values of each column; a gap stays one."""
        return by_columns(values, self._shares)

    def _shares(self, values: FloatArray) -> FloatArray:
        found = _among(values, "PercentileRank", self.ties)
        count = np.count_nonzero(~np.isnan(found))
        if self.of == "others" and count == 1:
            only = float(np.nanmax(values)) + 0.0
            message = f"The only agency has the value {shown(only)}, so there are no others."
            mend = 'Use "of": "all", or answers of more agencies.'
            raise refusal("zero-denominator", "PercentileRank", message, mend, only)
        none = 1.0 if self.of == "others" else 0.0
        return mapped(found, (none, float(count)), self.to)

    def attainable(self, attainable: Range) -> Range:
        """Both ends of the scale, the lower one first."""
        return ordered(self.to)
