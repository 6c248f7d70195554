"""Weightings that are stated for each child, against exact fractions."""

from __future__ import annotations

import csv
import math
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import refused

from agencyindex.methods.protocols import Siblings, Weighting
from agencyindex.methods.weighting import (
    AnalyticHierarchy,
    BudgetAllocation,
    RankOrderCentroid,
    RankReciprocal,
    RankSum,
    RatioWeights,
    ReliabilityWeights,
    SwingWeights,
)

NOBODY = np.empty((0, 0))
NAMES = [f"child-{number}" for number in range(12)]
AMOUNTS = st.integers(0, 10**6) | st.floats(0, 1e300)
POINTS = st.lists(AMOUNTS, min_size=1, max_size=12).filter(any)


def table(numbers):
    return dict(zip(NAMES, numbers, strict=False))


def nearest(shares):
    """The floats nearest to exact shares."""
    return [float(share) for share in shares]


@given(POINTS)
def test_ratio_weights_are_the_nearest_floats_to_the_shares(points):
    """Each child has its exact share of the sum, rounded once, also where the sum overflows."""
    given_ = [Fraction(float(each)) for each in points]
    found = RatioWeights(points=table(points)).weights(NOBODY)
    assert found.tolist() == nearest(each / sum(given_) for each in given_)


@given(st.lists(st.floats(0, 100), max_size=11), st.randoms())
def test_swing_weights_are_shares_of_a_sum_with_a_hundred(points, random):
    """The greatest swing is 100, wherever it stands, and only proportions count."""
    points = [*points, 100.0]
    random.shuffle(points)
    found = SwingWeights(points=table(points)).weights(NOBODY)
    assert found.tolist() == RatioWeights(points=table(points)).weights(NOBODY).tolist()
    assert found[points.index(100.0)] == found.max()


@given(POINTS, st.floats(0, 1))
def test_reliability_weights_are_a_mixture(reliability, share):
    """One part is equal, the other goes by reliability; both ends are the pure ones."""
    quality = [Fraction(float(each)) for each in reliability]
    part, m = Fraction(share), len(quality)
    wanted = nearest((1 - part) / m + part * each / sum(quality) for each in quality)
    found = ReliabilityWeights(reliability=table(reliability), share=share).weights(NOBODY)
    assert found.tolist() == wanted
    equal = ReliabilityWeights(reliability=table(reliability), share=0).weights(NOBODY)
    assert equal.tolist() == [1 / m] * m
    pure = ReliabilityWeights(reliability=table(reliability), share=1).weights(NOBODY)
    assert pure.tolist() == RatioWeights(points=table(reliability)).weights(NOBODY).tolist()


@given(st.lists(st.lists(st.integers(0, 1000), min_size=3, max_size=3), min_size=1, max_size=9))
def test_budgets_are_averaged(cuts):
    """Budgets in tenths of a point, which no float holds exactly, sum to 100 and average."""
    budgets = []
    for cut in cuts:
        ends = [0, *sorted(cut), 1000]
        budgets.append([high - low for low, high in pairwise(ends)])
    given_ = [table([tenths / 10 for tenths in budget]) for budget in budgets]
    wanted = [Fraction(sum(column), 1000 * len(budgets)) for column in zip(*budgets, strict=True)]
    assert BudgetAllocation(budgets=given_).weights(NOBODY).tolist() == nearest(wanted)


def placed(method, m):
    """The weight of each place, as the definition says."""
    places = range(1, m + 1)
    if method is RankSum:
        return [Fraction(2 * (m + 1 - place), m * (m + 1)) for place in places]
    if method is RankReciprocal:
        return [Fraction(1, place) / sum(Fraction(1, k) for k in places) for place in places]
    return [sum(Fraction(1, k) for k in range(place, m + 1)) / m for place in places]


RANKED = [RankSum, RankReciprocal, RankOrderCentroid]


@pytest.mark.parametrize("method", RANKED)
@given(steps=st.lists(st.integers(0, 3), min_size=1, max_size=12), random=st.randoms())
def test_rank_weights_are_the_mean_of_the_places(method, steps, random):
    """Every child has the mean weight of the places that it shares with those tied to it."""
    levels = [sum(steps[: position + 1]) for position in range(len(steps))]
    random.shuffle(levels)
    m = len(levels)
    shares, ranks, wanted = placed(method, m), [], []
    for level in levels:
        above, tied = sum(each < level for each in levels), levels.count(level)
        ranks.append(above + (tied + 1) / 2)
        wanted.append(sum(shares[above : above + tied]) / tied)
    assert sum(wanted) == 1
    found = method(ranks=table(ranks)).weights(NOBODY)
    assert found.tolist() == nearest(wanted)
    if method is RankSum:
        by_rank = [Fraction(2 * (m + 1 - Fraction(rank)), m * (m + 1)) for rank in ranks]
        assert found.tolist() == nearest(by_rank)


@pytest.mark.parametrize(
    "ranks", [[2], [1, 1], [1, 3], [1, 2, 2], [1, 2.5], [0.5, 2], [1, 1, 3], [1.5, 1.5, 2], []]
)
@pytest.mark.parametrize("method", RANKED)
def test_ranks_have_no_gap(method, ranks):
    """What is no ranking with mean ties is refused."""
    with refused(method.__name__, "bad-parameter", words="ties have the mean of their places"):
        method(ranks=table(ranks))


# Saaty (2008) Decision making with the analytic hierarchy process: drinks in the United States.
DRINKS = ["coffee", "wine", "tea", "beer", "soda", "milk", "water"]
CONSUMED = {
    "coffee": {"wine": 9, "tea": 5, "beer": 2, "soda": 1, "milk": 1},
    "tea": {"wine": 3},
    "beer": {"wine": 9, "tea": 3, "milk": 1},
    "soda": {"wine": 9, "tea": 4, "beer": 2, "milk": 2},
    "milk": {"wine": 9, "tea": 3},
    "water": {"coffee": 2, "wine": 9, "tea": 9, "beer": 3, "soda": 2, "milk": 3},
}


def test_drinks_are_weighed_as_published():
    """Saaty's example of drinks has these weights and this consistency."""
    drinks = AnalyticHierarchy(comparisons=CONSUMED)
    found = drinks.weights(NOBODY, Siblings(names=DRINKS)).round(3).tolist()
    assert found == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert round(drinks.consistency(), 3) == 0.022


WEIGHTS = st.lists(st.integers(1, 1000), min_size=1, max_size=9)


@given(WEIGHTS, st.randoms())
def test_consistent_comparisons_give_back_the_weights(weights, random):
    """Quotients of weights have just these weights, in whatever order and direction."""
    comparisons = {NAMES[0]: {}}
    pairs = list(combinations(range(len(weights)), 2))
    random.shuffle(pairs)
    for pair in pairs:
        first, second = random.sample(pair, 2)
        row = comparisons.setdefault(NAMES[first], {})
        row[NAMES[second]] = weights[first] / weights[second]
    hierarchy = AnalyticHierarchy(comparisons=comparisons)
    found = hierarchy.weights(NOBODY, Siblings(names=NAMES[: len(weights)]))
    for weight, share in zip(weights, found.tolist(), strict=True):
        assert math.isclose(share, Fraction(weight, sum(weights)), rel_tol=1e-13)
    assert 0 <= hierarchy.consistency() < 1e-12


@given(st.integers(2, 6), st.data())
def test_the_principal_eigenvector_solves_its_equation(m, data):
    """The matrix times the weights is one multiple of the weights, and nowhere below m."""
    matrix = [[Fraction(1)] * m for _ in range(m)]
    comparisons = {}
    for j, k in combinations(range(m), 2):
        times = data.draw(st.sampled_from([1 / 9, 0.2, 0.5, 1, 2, 3, 9]))
        matrix[j][k], matrix[k][j] = Fraction(times), 1 / Fraction(times)
        comparisons.setdefault(NAMES[j], {})[NAMES[k]] = times
    hierarchy = AnalyticHierarchy(comparisons=comparisons)
    found = hierarchy.weights(NOBODY)
    shares = [Fraction(share) for share in found.tolist()]
    quotients = [
        float(sum(a * w for a, w in zip(row, shares, strict=True)) / own)
        for row, own in zip(matrix, shares, strict=True)
    ]
    assert max(quotients) - min(quotients) <= 1e-11 * max(quotients)
    assert math.isclose(math.fsum(found), 1, rel_tol=1e-15)
    if m > 2:
        random_index = [0.58, 0.90, 1.12, 1.24][m - 3]
        wanted = (quotients[0] - m) / (m - 1) / random_index
        assert math.isclose(hierarchy.consistency(), max(wanted, 0), rel_tol=1e-9, abs_tol=1e-11)


def test_a_circle_is_inconsistent():
    """Three children each nine times as important as the next have equal weights, and no sense."""
    circle = AnalyticHierarchy(comparisons={"a": {"b": 9}, "b": {"c": 9}, "c": {"a": 9}})
    assert np.allclose(circle.weights(NOBODY), 1 / 3, rtol=1e-13)
    assert math.isclose(circle.consistency(), (1 + 9 + 1 / 9 - 3) / 2 / 0.58, rel_tol=1e-12)


@pytest.mark.parametrize("count", [11, 12, 13, 14, 15])
def test_consistency_knows_random_indices_up_to_fifteen(count):
    """One comparison that contradicts all others is divided by the index of that many children."""
    index = {11: 1.51, 12: 1.48, 13: 1.56, 14: 1.57, 15: 1.59}[count]
    names = [f"c{number}" for number in range(count)]
    comparisons = {}
    for first, second in combinations(names, 2):
        comparisons.setdefault(first, {})[second] = 1.0
    comparisons["c0"]["c1"] = 4.0
    matrix = np.ones((count, count))
    matrix[0, 1], matrix[1, 0] = 4, 0.25
    root = max(np.linalg.eigvals(matrix).real)
    found = AnalyticHierarchy(comparisons=comparisons).consistency()
    assert math.isclose(found, (root - count) / (count - 1) / index, rel_tol=1e-10)


def test_extreme_comparisons_are_weighed():
    """Comparisons at both ends of what is allowed neither overflow nor vanish."""
    found = AnalyticHierarchy(comparisons={"a": {"b": 1e9, "c": 1}, "b": {"c": 1e-9}})
    assert np.allclose(found.weights(NOBODY), [0.5, 5e-10, 0.5], rtol=1e-9)
    one_way = AnalyticHierarchy(comparisons={"a": {"b": 1e9}, "b": {"c": 1e9}, "c": {"a": 1e9}})
    assert np.allclose(one_way.weights(NOBODY), 1 / 3, rtol=1e-9)


STATED = [
    BudgetAllocation(budgets=[{"a": 50, "b": 30, "c": 20}]),
    RatioWeights(points={"a": 5, "b": 3, "c": 2}),
    SwingWeights(points={"a": 100, "b": 60, "c": 40}),
    ReliabilityWeights(reliability={"a": 5, "b": 3, "c": 2}, share=0.5),
    RankSum(ranks={"a": 1, "b": 2, "c": 3}),
    RankReciprocal(ranks={"a": 1, "b": 2, "c": 3}),
    RankOrderCentroid(ranks={"a": 1, "b": 2, "c": 3}),
    AnalyticHierarchy(comparisons={"a": {"b": 2, "c": 3}, "b": {"c": 2}}),
]


@pytest.mark.parametrize("weighting", STATED, ids=lambda each: each.name)
def test_stated_weights_follow_the_names(weighting):
    """The siblings' names set the order; without names it is the table's; the values are unused."""
    assert isinstance(weighting, Weighting)
    assert not weighting.learnt
    assert not weighting.states
    plain = weighting.weights(NOBODY)
    turned = weighting.weights(np.full((2, 3), np.nan), Siblings(names=["c", "a", "b"]))
    assert turned.tobytes() == plain[[2, 0, 1]].tobytes()
    assert weighting.weights(NOBODY, Siblings()).tobytes() == plain.tobytes()
    assert plain.dtype == np.float64
    assert plain[0] > plain[1] > plain[2] > 0
    assert math.isclose(math.fsum(plain), 1, rel_tol=4e-16)


def test_incise_weighs_its_indicators_by_quality(shared_data):
    """The weights of InCiSE 2019 are two thirds equal and one third by its data quality."""
    with (shared_data / "published/incise2019/structure.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["dqa_sum"]]
    quality = {row["id"]: float(row["dqa_sum"]) for row in rows}
    found = ReliabilityWeights(reliability=quality, share=1 / 3).weights(NOBODY)
    assert len(rows) == 12
    for row, weight in zip(rows, found.tolist(), strict=True):
        assert math.isclose(weight, float(row["weight"]), rel_tol=1e-12), row["id"]
