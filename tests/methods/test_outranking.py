"""Comparisons of agencies against definitions that look at every pair and every order."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.methods.refusals import refused
from tests.methods.tables import available, tables

from agencyindex.methods.aggregation import BordaCount, Copeland, Kemeny, outranking

WHOLE = st.integers(0, 4).map(float)
DECIMAL = st.integers(0, 9).map(lambda tenths: tenths / 10)
FEW = tables(WHOLE, rows=5, weights=WHOLE)
ALL = [Copeland(), BordaCount(ties="smallest"), BordaCount(ties="average"), Kemeny()]


def outranked(first, second, weights):
    """The share of weights on which the first row is above the second, and half of even ones."""
    above = shared = Fraction(0)
    for x, z, w in zip(first, second, map(Fraction, weights), strict=True):
        if not (math.isnan(x) or math.isnan(z)):
            shared += w
            above += w * (Fraction(x > z) + Fraction(x == z) / 2)
    return above / shared if shared else Fraction(1, 2)


def matrix(values, weights):
    rows = [row for row in values.tolist() if available(np.array(row), weights)]
    return [[outranked(a, b, weights.tolist()) for b in rows] for a in rows]


def present(values, weights, found):
    """The results of agencies with a value; the others are gaps."""
    there = [bool(available(row, weights)) for row in values]
    assert np.isnan(found[~np.array(there)]).all()
    return found[there].tolist()


@given(FEW)
def test_copeland_scores_count_pairs_won_less_lost(table):
    """As COINr has it: a share above one half is 1, below it -1, and rows are summed."""
    values, weights = table
    shares = matrix(values, weights)
    expected = [sum((o > Fraction(1, 2)) - (o < Fraction(1, 2)) for o in row) for row in shares]
    assert present(values, weights, Copeland().aggregate(values, weights)) == expected
    assert sum(expected) == 0


@given(FEW)
@settings(max_examples=60)
def test_kemeny_scores_are_means_over_all_best_orders(table):
    """Every order is tried; the best agree with the greatest sum of shares."""
    values, weights = table
    shares = matrix(values, weights)
    count = len(shares)
    worth = {
        order: sum(shares[a][b] for a, b in itertools.combinations(order, 2))
        for order in itertools.permutations(range(count))
    }
    best = [order for order, each in worth.items() if each == max(worth.values())]
    expected = [
        float(Fraction(sum(count - 1 - order.index(agency) for order in best), len(best)))
        for agency in range(count)
    ]
    assert present(values, weights, Kemeny().aggregate(values, weights)) == expected


@pytest.mark.parametrize("ties", ["smallest", "largest", "average"])
@given(table=FEW)
def test_borda_counts_are_weighted_means_of_stretched_ranks(table, ties):
    """A rank less 1 is the number of values below, with all, none or half of the equal ones."""
    values, weights = table
    found = present(values, weights, BordaCount(ties=ties).aggregate(values, weights))
    most = len(found) - 1
    part = {"smallest": Fraction(0), "largest": Fraction(1), "average": Fraction(1, 2)}[ties]
    points = {}
    for column in range(len(weights)):
        there = [x for x in values[:, column].tolist() if not math.isnan(x)]
        for x in there:
            ahead = sum(z < x for z in there) + part * (sum(z == x for z in there) - 1)
            alone = len(there) == 1
            points[column, x] = Fraction(most, 2) if alone else ahead * most / (len(there) - 1)
    rows = [row.tolist() for row in values if available(row, weights)]
    for row, score in zip(rows, found, strict=True):
        parts = [
            (Fraction(w), points[column, x])
            for column, (x, w) in enumerate(zip(row, weights.tolist(), strict=True))
            if w and not math.isnan(x)
        ]
        exact = sum(w * x for w, x in parts) / sum(w for w, _ in parts)
        assert abs(Fraction(score) - exact) <= most * Fraction(1, 10**14)


@given(tables(WHOLE, gaps=False, weights=st.just(1.0)))
def test_borda_counts_without_gaps_are_sums_of_ranks(table):
    """With equal weights the counts of all agencies share out n (n - 1) / 2."""
    values, weights = table
    found = BordaCount(ties="average").aggregate(values, weights)
    n = len(values)
    assert math.isclose(found.sum(), n * (n - 1) / 2, rel_tol=1e-12)
    assert (found >= 0).all()
    assert (found <= n - 1).all()


@pytest.mark.parametrize("aggregation", [Copeland(), Kemeny()], ids=repr)
def test_decimal_weights_balance_as_they_are_written(aggregation):
    """0.1 and 0.2 are as much as 0.3, which floats alone would miss."""
    values = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    even = aggregation.aggregate(values, np.array([0.1, 0.2, 0.3]))
    assert even[0] == even[1]
    uneven = aggregation.aggregate(values, np.array([0.1, 0.2, 0.3 + 1e-9]))
    assert uneven[0] < uneven[1]


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables(WHOLE, rows=7, weights=DECIMAL), random=st.randoms())
def test_comparisons_do_not_depend_on_how_agencies_are_listed(aggregation, table, random):
    """Not to the last bit, ties of best orders included."""
    values, weights = table
    found = aggregation.aggregate(values, weights)
    rows = random.sample(range(len(values)), len(values))
    assert found[rows].tobytes() == aggregation.aggregate(values[rows], weights).tobytes()


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables(WHOLE, rows=7, weights=DECIMAL), random=st.randoms(), power=st.integers(-9, 9))
def test_comparisons_know_no_units_and_no_order_of_children(aggregation, table, random, power):
    """Any rising scale gives the same, and so do other totals of weights."""
    values, weights = table
    found = aggregation.aggregate(values, weights)
    columns = random.sample(range(len(weights)), len(weights))
    scaled = aggregation.aggregate(np.exp(values[:, columns]) - 3, weights[columns] * 2.0**power)
    assert np.allclose(found, scaled, rtol=1e-13, atol=1e-13, equal_nan=True)


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables(WHOLE, rows=6, gaps=False))
def test_who_is_better_everywhere_scores_higher(aggregation, table):
    """An agency above all others on every indicator has the highest score there is."""
    values, weights = table
    values = np.vstack([values, np.full(len(weights), 9.0)])
    found = aggregation.aggregate(values, weights)
    assert found[-1] == found.max() == len(values) - 1
    assert (found[:-1] < found[-1]).all()


def test_blocks_make_no_difference(monkeypatch):
    """Pairs are compared in blocks of agencies, the last of which is smaller."""
    values = np.random.default_rng(7).integers(0, 9, (23, 4)).astype(np.float64)
    values[3] = np.nan
    whole = Copeland().aggregate(values, np.ones(4))
    for size in (1, 22, 100):
        monkeypatch.setattr(outranking, "LARGEST_BLOCK", size)
        assert whole.tobytes() == Copeland().aggregate(values, np.ones(4)).tobytes()


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
def test_comparisons_of_little(aggregation):
    """No agency, no child, one, nothing but gaps, equal ones, infinities, a child of no weight."""
    assert aggregation.aggregate(np.empty((0, 2)), np.ones(2)).shape == (0,)
    childless = aggregation.aggregate(np.empty((2, 0)), np.empty(0))
    assert childless.shape == (2,)
    assert np.isnan(childless).all()
    assert aggregation.aggregate(np.array([[7.0, 1.0]]), np.ones(2)).tolist() == [0.0]
    assert np.isnan(aggregation.aggregate(np.full((2, 2), np.nan), np.ones(2))).all()
    equal = aggregation.aggregate(np.array([[0.0, 1.0], [-0.0, 1.0]]), np.ones(2))
    assert equal[0] == equal[1]
    ends = np.array([[-math.inf], [0.0], [math.inf]])
    assert np.diff(aggregation.aggregate(ends, np.ones(1))).tolist() in ([1.0, 1.0], [2.0, 2.0])
    unweighted = np.array([[9.0, 1.0], [1.0, 2.0], [5.0, np.nan]])
    found = aggregation.aggregate(unweighted, np.array([0.0, 1.0]))
    assert found[0] < found[1]
    assert np.isnan(found[2])


def test_agencies_that_share_nothing_are_even():
    """Two that have no indicator in common draw."""
    values = np.array([[9.0, np.nan], [np.nan, 1.0]])
    assert Copeland().aggregate(values, np.ones(2)).tolist() == [0.0, 0.0]
    assert Kemeny().aggregate(values, np.ones(2)).tolist() == [0.5, 0.5]
    assert BordaCount(ties="average").aggregate(values, np.ones(2)).tolist() == [0.5, 0.5]


def test_shares_are_of_the_weights_of_what_both_have():
    """Three in a circle, each wholly ahead of the next by the one indicator that they share."""
    values = np.array([[2.0, np.nan, 1.0], [1.0, 2.0, np.nan], [np.nan, 1.0, 2.0]])
    weights = np.array([0.1, 0.2, 0.3])
    assert Kemeny().aggregate(values, weights).tolist() == [1.0, 1.0, 1.0]
    assert Copeland().aggregate(values, weights).tolist() == [0.0, 0.0, 0.0]


def test_kemeny_takes_ten_agencies_and_no_more():
    """Agencies without values do not count towards ten."""
    values = np.vstack([np.arange(10.0)[:, None], [[np.nan]]])
    found = Kemeny().aggregate(values, np.ones(1))
    assert found[:10].tolist() == list(range(10))
    with refused("Kemeny", "out-of-range", words="11 have a value"):
        Kemeny().aggregate(np.arange(11.0)[:, None], np.ones(1))


def test_who_compares_says_so():
    """A population is needed, and nothing adds."""
    assert {(each.compares, each.linear, each.adds) for each in ALL} == {(True, False, False)}


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(
    st.lists(
        st.lists(st.integers(0, 3) | st.just(math.nan), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_comparisons_do_not_see_last_bits(aggregation, rows, random):
    """Values that are equal but for the last bits put nobody ahead."""
    whole = np.array(rows, dtype=np.float64)
    bits = [[random.randint(-8, 8) for _ in row] for row in rows]
    moved = whole * (1 + np.array(bits) * 2.0**-52)
    weights = np.array([1.0, 2.0, 0.5])
    expected = aggregation.aggregate(whole, weights)
    assert aggregation.aggregate(moved, weights).tobytes() == expected.tobytes()
