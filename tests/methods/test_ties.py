"""Ties among computed numbers against exact differences, and what they make of levels."""

from __future__ import annotations

import math
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencyindex.errors import MethodError
from agencyindex.methods.normalisation import (
    Ampi,
    Borda,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    MinMax,
    PercentileRank,
    QuantileBands,
    Rank,
    RobustScore,
    ZScore,
)
from agencyindex.methods.ranking import band_positions, ranks
from agencyindex.methods.ties import levels, outermost, ranked
from agencyindex.methods.weighting import (
    CriticWeights,
    EntropyWeights,
    InverseCorrelationWeights,
    InverseDeviationWeights,
    StandardDeviationWeights,
    VariationWeights,
)

GREATEST = 1.7976931348623157e308
SIZES = [0.1, 1.0, 60.0, 1e9, 1e308, GREATEST, 1e-307, 1e-310, 5e-324, 0.0]
RULES = ["smallest", "largest", "average", "dense"]


@st.composite
def beside(draw, sizes=tuple(SIZES), steps=700):
    """A number so many floats from another, of either sign; 256 to 512 of them are still a tie."""
    x = draw(st.sampled_from(sizes))
    away = draw(st.sampled_from([-1, 0, 1, 255, 256, 257, 511, 512, 513]) | st.integers(0, steps))
    found = x + away * math.ulp(x)
    return math.copysign(found if math.isfinite(found) else x, draw(st.sampled_from([-1, 1])))


ANY = beside() | st.floats(allow_nan=False)
CLOSE = beside(sizes=(0.1, 60.0, 1e9), steps=2000)


def tied(x, y):
    if x == y or math.isinf(x) or math.isinf(y):
        return x == y
    return abs(Fraction(x) - Fraction(y)) <= Fraction(max(abs(x), abs(y))) / 2**44


def exact_levels(values):
    """The level of each of some numbers, 0 the lowest, by exact steps from one to the next."""
    found, level = {}, -1
    ordered = sorted(values)
    for below, x in zip([math.nan, *ordered], ordered, strict=False):
        level += not (level >= 0 and tied(below, x))
        found[x] = level
    return [found[x] for x in values]


@given(st.lists(ANY, max_size=12).map(sorted))
def test_a_level_goes_on_while_neighbours_tie(values):
    """Of any floats, great, small and infinite, to the last bit, and nothing overflows aloud."""
    with np.errstate(all="raise"):
        found = levels(np.array(values, dtype=np.float64))
    numbers = exact_levels(values)
    assert found.tolist() == [*(numbers.index(each) for each in sorted({*numbers})), len(values)]


def test_floats_further_apart_than_arithmetic_goes_wrong_are_levels_of_their_own():
    """A chain of ties is one level; a number of 13 digits is not the next one."""
    chain = 1 + np.arange(4.0) * 200 * 2.0**-52
    assert levels(chain).tolist() == [0, 4]
    assert levels(chain[[0, 2, 3]]).tolist() == [0, 1, 3]
    digits = np.array([9.999999999998, 9.999999999999, 10.0])
    assert levels(digits).tolist() == [0, 1, 2, 3]


def test_the_width_of_a_tie_is_that_of_the_larger_and_belongs_to_it():
    """Exactly 2 ** -44 of the larger is still a tie, below zero too; a bit more is none."""
    just = np.array([1 - 2.0**-44, 1.0])
    assert levels(just).tolist() == levels(-just[::-1]).tolist() == [0, 2]
    beyond = just - [2.0**-53, 0]
    assert levels(beyond).tolist() == levels(-beyond[::-1]).tolist() == [0, 1, 2]


@pytest.mark.parametrize("ties", RULES)
@given(values=st.lists(ANY | st.just(math.nan), max_size=12), random=st.randoms())
def test_ranks_count_levels_in_any_order(values, ties, random):
    """A rank is that of the level; the order of agencies does not matter, nor does the way up."""
    present = [x for x in values if not math.isnan(x)]
    level = dict(zip(present, exact_levels(present), strict=True))
    whole = [level[x] for x in present]
    for descending in (False, True):
        sign = -1 if descending else 1
        expected = []
        for x in values:
            if math.isnan(x):
                expected.append(x)
                continue
            ahead = [each for each in whole if sign * each < sign * level[x]]
            first, last = len(ahead) + 1, len(ahead) + whole.count(level[x])
            dense = len({*ahead}) + 1
            expected.append(
                {"smallest": first, "largest": last, "average": (first + last) / 2, "dense": dense}[
                    ties
                ]
            )
        given_ = np.array(values, dtype=np.float64)
        found = ranks(given_, ties=ties, descending=descending)
        np.testing.assert_array_equal(found, np.array(expected, dtype=np.float64))
        order = random.sample(range(len(values)), len(values))
        again = ranks(given_[order], ties=ties, descending=descending)
        np.testing.assert_array_equal(again, found[order])


def test_nobody_has_no_rank():
    """Of no values there are no levels and no ranks."""
    assert levels(np.array([])).tolist() == [0]
    assert ranked(np.array([]), "average").tolist() == []
    assert math.isnan(ranks(np.array([math.nan]), ties="dense", descending=False)[0])


def test_equal_means_of_different_numbers_share_a_rank():
    """Sums in another order miss each other by a last bit; what is left near zero stays apart."""
    means = np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1]) / 3
    assert means[0] != means[1]
    for ties in ("smallest", "dense"):
        assert ranks(means, ties=ties, descending=True).tolist() == [1, 1]
    left = np.array([0.1 + 0.2 - 0.3, 0.0])
    assert ranks(left, ties="smallest", descending=True).tolist() == [1, 2]


@given(st.sampled_from([x for x in SIZES if x > 1e-300]), st.booleans(), st.integers(0, 2000))
def test_what_is_within_reach_of_a_limit_is_on_it(size, negative, steps):
    """Within 2 ** -44 of its size, either way; the rounding of that width alone is left open."""
    limit = -size if negative else size
    reach, bit = Fraction(size) / 2**44, Fraction(math.ulp(size))
    for sign in (-1, 1):
        x = limit + sign * steps * math.ulp(size)
        if math.isinf(x) or abs(abs(Fraction(x) - Fraction(limit)) - reach) <= bit:
            continue
        on = outermost(limit, least=True) <= x <= outermost(limit, least=False)
        assert on == (abs(Fraction(x) - Fraction(limit)) < reach)


def test_only_zero_is_on_a_limit_of_zero_and_nothing_infinite_on_any():
    """The reach is a share of the limit, and ends where the floats do."""
    for least in (True, False):
        assert outermost(0.0, least=least) == 0
        for end in (GREATEST, -GREATEST):
            assert abs(outermost(end, least=least)) <= GREATEST
    both = np.array([-math.inf, -GREATEST, GREATEST, math.inf])
    ends = [-GREATEST, GREATEST]
    assert band_positions(both, ends, upper=True).tolist() == [0, 1, 2, 2]
    assert band_positions(both, ends, upper=False).tolist() == [0, 0, 1, 2]


@given(
    st.lists(st.integers(-900, 900), min_size=1, max_size=4, unique=True).map(sorted),
    st.data(),
    st.booleans(),
)
def test_a_score_beside_a_limit_is_classed_as_on_it(whole, data, upper):
    """A last bit or a hundred change nothing; a part in ten million millions does."""
    limits = [each / 10 for each in whole]
    limit = data.draw(st.sampled_from(limits))
    shift = data.draw(
        st.sampled_from([-1e-13, 1e-13, 0, *(k * 2**-52 for k in (-100, -1, 1, 100))])
    )
    x = limit * (1 + shift)
    meant = limit if abs(shift) < 1e-13 else x
    expected = sum(each <= meant if upper else each < meant for each in limits)
    assert band_positions(np.array([x]), limits, upper=upper).tolist() == [expected]


@pytest.mark.parametrize("ties", RULES[:3])
@given(values=st.lists(CLOSE, min_size=2, max_size=10))
def test_a_fitted_rank_is_that_of_the_batch_to_the_bit(values, ties):
    """The table lists each value for itself, and the scores of one level are the same."""
    x = np.array(values)
    for method in (
        Rank(ties=ties),
        Borda(ties=ties),
        PercentileRank(ties=ties, of="others", to=[0.3, 0.1]),
        PercentileRank(ties=ties, of="all", to=[1, 100]),
    ):
        found = method.normalise(x)
        table = method.fit(x, (-math.inf, math.inf))
        assert list(table.values) == sorted({*values})
        assert table.normalise(x).tobytes() == found.tobytes()
        levels_of = exact_levels(values)
        scores = {(level, score) for level, score in zip(levels_of, found.tolist(), strict=True)}
        assert len(scores) == len({*levels_of})


SHIFTED = np.array([0.1 + 0.2, 0.3, 0.3])
DRAWN = {"when_constant": 7}


@pytest.mark.parametrize(
    "method",
    [
        MinMax(to=[0, 100], clip=True, **DRAWN),
        DistanceToMax(**DRAWN),
        DistanceToTarget(target=1, cap=False, **DRAWN),
        ZScore(mean=0, deviation=1, **DRAWN),
        RobustScore(mean=0, deviation=1, **DRAWN),
        Ampi(**DRAWN),
        QuantileBands(quantiles=[0.5], values=[0, 1], **DRAWN),
    ],
    ids=str,
)
def test_what_is_equal_but_for_last_bits_is_not_drawn_apart(method):
    """Over a whole scale: a value is given for it, or it is refused; alone and in a table."""
    assert SHIFTED[0] != SHIFTED[1]
    assert method.normalise(SHIFTED).tolist() == [7, 7, 7]
    table = np.column_stack([SHIFTED, [0.3, 0.3000001, 0.3000002]])
    assert method.normalise(table)[:, 0].tolist() == [7, 7, 7]
    assert 7 not in method.normalise(table)[:, 1]
    strict = attrs.evolve(method, when_constant=None)
    for order in (SHIFTED, SHIFTED[::-1]):
        with pytest.raises(MethodError, match=r"All 3 agencies have the value 0\.3,"):
            strict.normalise(order)


def test_what_differs_in_last_bits_alone_does_not_vary_for_weights():
    """A child that is level is as a constant one is, whatever is beside it."""
    table = np.column_stack([SHIFTED, [1.0, 7.0, 3.0]])
    for method in (StandardDeviationWeights(), VariationWeights(), EntropyWeights()):
        assert method.weights(table).tolist() == [0, 1]
        with pytest.raises(MethodError, match="zero-weights"):
            method.weights(np.column_stack([SHIFTED, SHIFTED[::-1]]))
    for method in (InverseDeviationWeights(), CriticWeights(), InverseCorrelationWeights()):
        with pytest.raises(MethodError, match="All agencies have the same value for child 1"):
            method.weights(table)


def test_distances_of_last_bits_are_none():
    """From the median, from an origin and to a target: no scale is made of them."""
    most = np.append(np.tile(SHIFTED, 3), 5.0)
    with pytest.raises(MethodError, match="the median absolute deviation is zero"):
        RobustScore(mean=0, deviation=1).normalise(most)
    values = np.array([0.3, 0.1 + 0.2, 0.9])
    with pytest.raises(MethodError, match="zero-denominator"):
        DistanceToReference(agency="b", origin="minimum").fit(values, (0.0, 1.0), ["a", "b", "c"])
    for target in (0.1 + 0.2, np.nextafter(0.3, 0)):
        method = DistanceToTarget(target=target, cap=False)
        for given_ in (values, np.column_stack([values, values])):
            with pytest.raises(MethodError, match="has reached the target"):
                method.normalise(given_)
