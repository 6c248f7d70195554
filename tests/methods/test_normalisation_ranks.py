"""Ranks by counting, and the table that they become."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.normalisation import Borda, PercentileRank, Rank, ReferenceTable

UNIT = Fraction(1, 2**53)
FEW = st.lists(
    st.sampled_from([-2.5, -1.0, -0.0, 0.0, 1e-300, 3.0, 1e300]), min_size=1, max_size=12
)
TIED = FEW | st.lists(SCORES, min_size=1, max_size=12)
ENDS = st.tuples(SCORES, SCORES).filter(lambda ends: abs(ends[1] - ends[0]) > 1e-3)
TIES = {"smallest": "min", "largest": "max", "average": "average"}
ANYWHERE = (-math.inf, math.inf)


def counted(values, ties):
    below = [sum(other < x for other in values) for x in values]
    level = [sum(other == x for other in values) for x in values]
    return [
        {"smallest": b + 1, "largest": b + e, "average": Fraction(2 * b + 1 + e, 2)}[ties]
        for b, e in zip(below, level, strict=True)
    ]


@pytest.mark.parametrize("ties", TIES)
@given(values=TIED)
def test_ranks_count_who_is_below(values, ties):
    """A rank is one more than the number below, or that number with the equals, or their mean."""
    ranks = counted(values, ties)
    assert Rank(ties=ties).normalise(np.array(values)).tolist() == ranks
    assert Borda(ties=ties).normalise(np.array(values)).tolist() == [rank - 1 for rank in ranks]


@pytest.mark.parametrize("ties", TIES)
@given(values=st.lists(st.sampled_from([1.0, 2.0, 3.5, math.nan]), min_size=1, max_size=12))
def test_ranks_are_those_of_pandas(values, ties):
    """Pandas gives equal values the same ranks and shares, and passes over gaps too."""
    assume(not all(map(math.isnan, values)))
    series = pd.Series(values).rank(method=TIES[ties])
    np.testing.assert_array_equal(Rank(ties=ties).normalise(np.array(values)), series)
    share = PercentileRank(ties=ties, of="all", to=[0, 1]).normalise(np.array(values))
    expected = pd.Series(values).rank(method=TIES[ties], pct=True)
    np.testing.assert_allclose(share, expected, rtol=1e-15, atol=0)


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("of", ["others", "all"])
@given(values=TIED, to=ENDS)
def test_percentile_ranks_are_their_formula(values, ties, of, to):
    """The share of the others, or of all, lies on the scale as the exact line says."""
    assume(len(values) > 1 or of == "all")
    found = PercentileRank(ties=ties, of=of, to=to).normalise(np.array(values))
    start, end = map(Fraction, to)
    for rank, y in zip(counted(values, ties), found.tolist(), strict=True):
        share = (
            Fraction(rank - 1, len(values) - 1) if of == "others" else Fraction(rank, len(values))
        )
        size = abs(end - start) * share
        exact = start + (end - start) * share
        assert abs(Fraction(y) - exact) <= (3 * size + abs(exact)) * UNIT * Fraction(101, 100)
    assert min(to) <= found.min() <= found.max() <= max(to)


def test_the_best_and_the_worst_get_the_ends_of_the_scale():
    """Among distinct values the ends come out to the bit, of a falling scale too."""
    values = np.array([0.3, 0.1, 0.2])
    share = PercentileRank(ties="average", of="others", to=[0.7, 0.1])
    assert share.normalise(values).tolist()[:2] == [0.1, 0.7]
    assert share.attainable(ANYWHERE) == (0.1, 0.7)


def test_equal_values_share_a_rank():
    """All agencies alike are no error: they get what the ties say."""
    alike = np.array([2.0, 2.0, 2.0])
    for ties, rank in (("smallest", 1), ("largest", 3), ("average", 2)):
        assert Rank(ties=ties).normalise(alike).tolist() == [rank] * 3
        share = PercentileRank(ties=ties, of="others", to=[0, 1])
        assert share.normalise(alike).tolist() == [(rank - 1) / 2] * 3


def test_one_agency_is_first_and_last_and_has_no_others():
    """Alone an agency has rank 1 and is all of all; of the others it can have no share."""
    alone = np.array([4.0, math.nan])
    assert Rank(ties="average").normalise(alone)[0] == 1
    assert Borda(ties="average").normalise(alone)[0] == 0
    assert PercentileRank(ties="largest", of="all", to=[0, 100]).normalise(alone)[0] == 100
    others = PercentileRank(ties="largest", of="others", to=[0, 100])
    with refused("PercentileRank", "zero-denominator", words="no others"):
        others.normalise(alone)
    with refused("PercentileRank", "zero-denominator", words="the value 0,"):
        others.fit(-alone * 0, ANYWHERE)


def test_before_the_fit_ranks_have_a_lower_bound_only():
    """How far ranks go is known when the agencies are."""
    assert Rank(ties="smallest").attainable((0.0, 1.0)) == (1.0, math.inf)
    assert Borda(ties="smallest").attainable((0.0, 1.0)) == (0.0, math.inf)
    fitted = Rank(ties="smallest").fit(np.array([3.0, 5.0, 5.0]), (0.0, 9.0))
    assert fitted == ReferenceTable(values=[3, 5], scores=[1, 2])
    assert fitted.attainable((0.0, 9.0)) == (1.0, 2.0)


@st.composite
def tables(draw):
    values = draw(st.lists(SCORES.map(lambda x: x + 0.0), min_size=1, max_size=8, unique=True))
    scores = draw(st.lists(SCORES, min_size=len(values), max_size=len(values)))
    return sorted(values), scores


@given(tables(), st.lists(SCORES, max_size=8))
def test_a_table_is_its_formula_between_its_entries(table, values):
    """What is listed gets its score to the bit; between lies the line, beyond the end's score."""
    listed, scores = table
    reference = ReferenceTable(values=listed, scores=scores)
    assert reference.normalise(np.array(listed)).tolist() == scores
    for x, y in zip(values, reference.normalise(np.array(values)).tolist(), strict=True):
        if x <= listed[0] or x >= listed[-1]:
            assert y == (scores[0] if x <= listed[0] else scores[-1])
            continue
        k = max(k for k, value in enumerate(listed) if value <= x)
        start, end, lower, upper = map(Fraction, (*scores[k : k + 2], *listed[k : k + 2]))
        term = (end - start) * (Fraction(x) - lower) / (upper - lower)
        off = (5 * abs(term) + abs(start + term)) * UNIT * Fraction(101, 100)
        assert abs(Fraction(y) - (start + term)) <= off
        assert min(start, end) <= y <= max(start, end)


@given(tables(), ENDS)
def test_a_table_knows_the_scores_of_a_range(table, ends):
    """The extremes over a range are those of its ends and of the entries between."""
    listed, scores = table
    reference = ReferenceTable(values=listed, scores=scores)
    low, high = sorted(ends)
    inside = [x for x in listed if low <= x <= high]
    found = reference.normalise(np.array([low, high, *inside]))
    assert reference.attainable((low, high)) == (found.min(), found.max())
    assert reference.attainable(ANYWHERE) == (min(scores), max(scores))


def test_a_table_of_huge_numbers_does_not_overflow():
    """Far entries with far scores have a line between them all the same."""
    far = 2.0**1022
    table = ReferenceTable(values=[-far, far], scores=[-far, far])
    assert table.normalise(np.array([0.0, far / 2])).tolist() == [0.0, far / 2]


def test_just_below_an_entry_rounding_does_not_pass_its_score():
    """The last double below an entry gets its score at most, though the sum would be above."""
    table = ReferenceTable(values=[-1000, 0.3], scores=[-1000, 0.1])
    below = np.nextafter(0.3, 0)
    assert (0.1 + 1000) * ((below + 1000) / (0.3 + 1000)) - 1000 > 0.1
    assert table.normalise(np.array([below, 0.3])).tolist() == [0.1, 0.1]


def test_the_last_entry_of_a_table_has_its_score_to_the_bit():
    """The line to it may miss that by a rounding, upwards or downwards."""
    random = np.random.default_rng(8)
    missed = 0
    for start, end in random.uniform(-3, 3, (300, 2)).tolist():
        table = ReferenceTable(values=[1, 2], scores=[start, end])
        assert table.normalise(np.array([1.0, 2.0])).tolist() == [start, end]
        missed += (end - start) + start != end
    assert missed
