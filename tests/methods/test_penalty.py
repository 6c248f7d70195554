"""The Mazziotta-Pareto index against exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import refused
from tests.methods.tables import available, tables

from agencyindex.methods.aggregation import ArithmeticMean, MazziottaPareto

DOWNWARD, UPWARD = MazziottaPareto(penalty="downward"), MazziottaPareto(penalty="upward")
BOTH = [DOWNWARD, UPWARD]
COUNTS = st.floats(0, 1e6).map(lambda x: round(x, 6))


@given(tables(COUNTS))
def test_the_mean_pays_its_variance_over_itself(table):
    """In fractions; where all is zero there is nothing to pay, and a row of gaps is one."""
    values, weights = table
    found = zip(*(each.aggregate(values, weights).tolist() for each in BOTH), strict=True)
    for row, (down, up) in zip(values, found, strict=True):
        parts = available(row, weights)
        if not parts:
            assert math.isnan(down)
            assert math.isnan(up)
            continue
        whole = sum(w for _, w in parts)
        mean = sum(w * x for x, w in parts) / whole
        variance = sum(w * (x - mean) ** 2 for x, w in parts) / whole
        penalty = variance / mean if mean else Fraction(0)
        # The mean is off by m roundings, and so is each distance from it, beside the greatest.
        slack = max(x for x, _ in parts) * Fraction(1, 10**13)
        assert abs(Fraction(down) - (mean - penalty)) <= slack
        assert abs(Fraction(up) - (mean + penalty)) <= slack


@given(tables(COUNTS))
def test_a_penalty_lies_between_its_bounds(table):
    """Downward is never above the mean; upward never below it, nor above the greatest value."""
    values, weights = table
    mean = ArithmeticMean().aggregate(values, weights)
    down, up = (each.aggregate(values, weights) for each in BOTH)
    there = ~np.isnan(mean)
    greatest = np.max(np.where(weights > 0, np.nan_to_num(values), 0.0), axis=1)
    slack = 1e-13 * greatest[there]
    assert (down[there] <= mean[there] + slack).all()
    assert (mean[there] - slack <= up[there]).all()
    assert (up[there] <= greatest[there] + slack).all()


@pytest.mark.parametrize("aggregation", BOTH, ids=repr)
@given(table=tables(COUNTS), power=st.integers(-900, 900), random=st.randoms())
def test_penalties_scale_with_values_and_know_no_order(aggregation, table, power, random):
    """To the last bit for a power of two however great, and for any order of agencies."""
    values, weights = table
    found = aggregation.aggregate(values, weights)
    scaled = aggregation.aggregate(np.ldexp(values, power), weights)
    assert np.ldexp(found, power).tobytes() == scaled.tobytes()
    rows = random.sample(range(len(values)), len(values))
    assert found[rows].tobytes() == aggregation.aggregate(values[rows], weights).tobytes()
    many = np.asfortranarray(np.repeat(values, 50, axis=0))
    assert np.repeat(found, 50).tobytes() == aggregation.aggregate(many, weights).tobytes()
    columns = random.sample(range(len(weights)), len(weights))
    turned = aggregation.aggregate(values[:, columns], weights[columns])
    slack = 1e-12 * np.nanmax(values, initial=1.0)
    assert np.allclose(found, turned, rtol=0, atol=slack, equal_nan=True)


def test_equal_values_pay_nothing():
    """An even profile keeps its value, of any size that a float can hold."""
    for value in (0.0, 5e-324, 1.0, 100.0, 1.5e308):
        values = np.full((1, 4), value)
        assert [each.aggregate(values, np.ones(4)).tolist() for each in BOTH] == [[value], [value]]


def test_a_penalty_by_hand():
    """80 and 120 have a mean of 100, a variance of 400, and so a penalty of 4."""
    values = np.array([[80.0, 120.0], [np.nan, 90.0], [90.0, 110.0]])
    assert DOWNWARD.aggregate(values, np.ones(2)).tolist() == [96.0, 90.0, 99.0]
    assert UPWARD.aggregate(values, np.ones(2)).tolist() == [104.0, 90.0, 101.0]
    # 3/4 of 80 and 1/4 of 120: mean 90, variance 300.
    weighted = DOWNWARD.aggregate(values, np.array([3.0, 1.0]))
    assert math.isclose(weighted[0], 90 - 300 / 90, rel_tol=1e-15)


@pytest.mark.parametrize("aggregation", BOTH, ids=repr)
@pytest.mark.parametrize("size", [5e-324 * 2**60, 1e-200, 1e200])
def test_a_gap_beside_values_of_any_size_changes_nothing(aggregation, size):
    """Neither great values nor small ones lose their penalty to a child that is missing."""
    values = size * np.array([[1.0, 3.0]])
    alone = aggregation.aggregate(values, np.ones(2))
    beside = aggregation.aggregate(np.array([[*values[0], np.nan]]), np.ones(3))
    assert alone.tobytes() == beside.tobytes()
    assert aggregation.aggregate(np.array([[1.0, 3.0]]), np.ones(2)) * size == pytest.approx(
        alone, rel=1e-14
    )


def test_a_penalty_reaches_from_its_worst_profile_to_the_greatest_value():
    """Downward as far below the least value as the greatest is above it, upward not beyond."""
    children = [(1.0, 9.0), (2.0, 12.0)]
    assert DOWNWARD.attainable(children) == (-10.0, 12.0)
    assert UPWARD.attainable(children) == (1.0, 12.0)


def test_a_downward_penalty_can_fall_below_the_least():
    """One child far above the others lowers the index: that is what uneven means."""
    values = np.array([[0.0, 0.0, 9.0], [1.0, 1.0, 3.0], [1.0, 1.0, 9.0]])
    found = DOWNWARD.aggregate(values, np.ones(3)).tolist()
    assert found[0] == -3.0
    assert found[2] < 1.0 < found[1]


@pytest.mark.parametrize("aggregation", BOTH, ids=repr)
def test_penalties_of_little(aggregation):
    """No agency, no child, nothing but gaps, one child, and what counts for nothing."""
    assert aggregation.aggregate(np.empty((0, 2)), np.ones(2)).shape == (0,)
    childless = aggregation.aggregate(np.empty((2, 0)), np.empty(0))
    assert childless.shape == (2,)
    assert np.isnan(childless).all()
    assert np.isnan(aggregation.aggregate(np.full((1, 2), np.nan), np.ones(2))).all()
    assert aggregation.aggregate(np.array([[7.0]]), np.array([0.1])).tolist() == [7.0]
    assert aggregation.aggregate(np.array([[-7.0, 3.0]]), np.array([0.0, 1.0])).tolist() == [3.0]
    with refused("MazziottaPareto", "not-positive", words="found -7."):
        aggregation.aggregate(np.array([[-7.0, 3.0]]), np.ones(2))
    with refused("MazziottaPareto", "out-of-range", words="infinite"):
        aggregation.aggregate(np.array([[math.inf, 3.0]]), np.ones(2))
