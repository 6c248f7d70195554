"""Aggregations by place against fractions, by definitions that are slow and plain."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused
from tests.methods.tables import available, tables

from agencyindex.methods.aggregation import (
    ArithmeticMean,
    Maximum,
    Minimum,
    OrderedWeightedAverage,
    WeightedMedian,
)

WHOLE = st.integers(0, 9).map(float)
ALL = [Minimum(), Maximum(), WeightedMedian(), OrderedWeightedAverage(weights=[3, 0, 1, 2, 2, 5])]
PLACES = st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any)


def halved(parts):
    """Every value with at most half of the weight below and above it; midway if there are two."""
    whole = sum(w for _, w in parts)
    middle = {
        x
        for x, _ in parts
        if 2 * sum(w for other, w in parts if other < x) <= whole
        and 2 * sum(w for other, w in parts if other > x) <= whole
    }
    assert 1 <= len(middle) <= 2
    return sum(middle) / len(middle)


def ordered(parts, places):
    """The ordered weighted mean, the curve of places followed in exact steps."""
    whole, top = sum(w for _, w in parts), sum(map(Fraction, places))

    def reached(share):
        position = share * len(places)
        place = min(int(position), len(places) - 1)
        return (
            sum(map(Fraction, places[:place])) + (position - place) * Fraction(places[place])
        ) / top

    total, passed = Fraction(0), Fraction(0)
    for x, w in sorted(parts, reverse=True):
        total += (reached((passed + w) / whole) - reached(passed / whole)) * x
        passed += w
    return total


@given(tables(WHOLE, weights=WHOLE))
def test_least_middle_and_greatest_equal_plain_definitions(table):
    """Exactly, for whole values and weights with many ties; a row of gaps is one."""
    values, weights = table
    found = [each.aggregate(values, weights).tolist() for each in ALL[:3]]
    for row, least, greatest, middle in zip(values, *found, strict=True):
        parts = available(row, weights)
        if not parts:
            assert all(map(math.isnan, (least, greatest, middle)))
            continue
        assert (least, greatest) == (min(parts)[0], max(parts)[0])
        assert middle == halved(parts)


@given(tables())
def test_a_median_makes_weighted_distances_least(table):
    """No value of the row is nearer to all of them together."""
    values, weights = table
    for row, middle in zip(values, WeightedMedian().aggregate(values, weights), strict=True):
        parts = available(row, weights)
        if parts:
            costs = [sum(w * abs(x - z) for x, w in parts) for z, _ in parts]
            cost = sum(w * abs(x - Fraction(middle)) for x, w in parts)
            assert cost <= min(costs) * (1 + Fraction(1, 10**9)) + Fraction(1, 10**9)


@pytest.mark.parametrize("tenths", [(1, 2, 2, 1), (1, 3, 3, 1), (1, 5, 2, 4), (1, 6, 4, 3)])
def test_decimal_weights_are_halved_as_they_are_written(tenths):
    """0.1 and 0.2 have half of the weight beside 0.2 and 0.1, which floats alone would miss."""
    values = np.array([[1.0, 2.0, 4.0, 9.0]])
    weights = np.array(tenths) / 10
    assert WeightedMedian().aggregate(values, weights).tolist() == [3.0]
    assert WeightedMedian().aggregate(values, weights / weights.sum()).tolist() == [3.0]
    assert WeightedMedian().aggregate(values, weights + [0, 0, 0, 1e-9]).tolist() == [4.0]
    assert WeightedMedian().aggregate(values, weights + [1e-9, 0, 0, 0]).tolist() == [2.0]


@pytest.mark.parametrize("first", [1 - 2e-12, 1 + 2e-12])
def test_a_half_is_one_up_to_the_last_bit_of_its_slack(first):
    """What is exactly 1e-12 of the weight off a half still halves it, on either side."""
    weights = np.array([first, 2 - first])
    assert WeightedMedian().aggregate(np.array([[1.0, 3.0]]), weights).tolist() == [2.0]


@given(tables(gaps=False, weights=st.just(1.0)))
def test_a_median_of_equal_weights_is_the_usual_one(table):
    """As numpy works it out, to the rounding of one sum."""
    values, weights = table
    found = WeightedMedian().aggregate(values, weights)
    assert np.allclose(np.median(values, axis=1), found, rtol=1e-15, atol=1e-300)


def test_a_median_of_extremes_is_a_number():
    """The greatest and the least float have middles, and so has a pair of either."""
    greatest = 1.7e308
    values = np.array([[greatest, greatest], [-greatest, greatest], [5e-324, 5e-324]])
    found = WeightedMedian().aggregate(values, np.ones(2)).tolist()
    assert found == [greatest, 0.0, 5e-324]


@given(tables(), PLACES)
def test_ordered_means_follow_the_curve_of_places(table, places):
    """Yager's average with Torra's weights, in fractions."""
    values, weights = table
    found = OrderedWeightedAverage(weights=places).aggregate(values, weights).tolist()
    for row, mean in zip(values, found, strict=True):
        parts = available(row, weights)
        if not parts:
            assert math.isnan(mean)
            continue
        size = max(abs(x) for x, _ in parts)
        # A share is off by its m sums, the curve is as steep as the number of places.
        assert abs(Fraction(mean) - ordered(parts, places)) <= size * Fraction(1, 10**13)


@given(tables(gaps=False, weights=st.just(1.0)), st.data())
def test_ordered_means_of_equal_children_are_yagers(table, data):
    """The greatest value times the first weight, and so on; as many weights as children."""
    values, weights = table
    m = len(weights)
    places = data.draw(st.lists(st.integers(0, 9), min_size=m, max_size=m).filter(any))
    found = OrderedWeightedAverage(weights=places).aggregate(values, weights)
    expected = np.sort(values, axis=1)[:, ::-1] @ np.array(places) / sum(places)
    assert np.allclose(expected, found, rtol=0, atol=1e-13 * np.abs(values).max(initial=1.0))


@given(tables())
def test_equal_places_give_the_weighted_mean(table):
    """Whatever the weights of the children."""
    values, weights = table
    found = OrderedWeightedAverage(weights=[2] * len(weights)).aggregate(values, weights)
    expected = ArithmeticMean().aggregate(values, weights)
    scale = np.nanmax(np.abs(values), initial=1.0)
    assert np.allclose(expected, found, rtol=0, atol=1e-13 * scale, equal_nan=True)


@given(tables(weights=st.just(1.0)))
def test_first_and_last_place_are_the_extremes_with_gaps_too(table):
    """All weight on one end stays there, however many children are missing."""
    values, weights = table
    m = len(weights)
    first = OrderedWeightedAverage(weights=[1] + [0] * (m - 1)).aggregate(values, weights)
    last = OrderedWeightedAverage(weights=[0] * (m - 1) + [1]).aggregate(values, weights)
    assert np.allclose(Maximum().aggregate(values, weights), first, rtol=1e-14, equal_nan=True)
    assert np.allclose(Minimum().aggregate(values, weights), last, rtol=1e-14, equal_nan=True)


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables(SCORES | WHOLE), random=st.randoms())
def test_neither_agencies_nor_children_depend_on_their_order(aggregation, table, random):
    """To the last bit; nor on the size or the layout of a batch."""
    values, weights = table
    found = aggregation.aggregate(values, weights)
    rows = random.sample(range(len(values)), len(values))
    columns = random.sample(range(len(weights)), len(weights))
    mixed = aggregation.aggregate(values[rows][:, columns], weights[columns])
    assert found[rows].tobytes() == mixed.tobytes()
    alone = [aggregation.aggregate(row[None, :], weights)[0] for row in values]
    assert found.tobytes() == np.array(alone).tobytes()
    many = np.asfortranarray(np.repeat(values, 50, axis=0))
    assert np.repeat(found, 50).tobytes() == aggregation.aggregate(many, weights).tobytes()


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables())
def test_places_stay_between_the_extremes(aggregation, table):
    """No result leaves the range of what is available, not by a rounding."""
    values, weights = table
    found = aggregation.aggregate(values, weights)
    least, greatest = (each.aggregate(values, weights) for each in ALL[:2])
    there = ~np.isnan(least)
    assert (least[there] <= found[there]).all()
    assert (found[there] <= greatest[there]).all()
    assert np.isnan(found[~there]).all()


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
def test_places_of_little(aggregation):
    """No agency, no child, one, nothing but gaps, a zero of either sign, a weight of zero."""
    assert aggregation.aggregate(np.empty((0, 2)), np.ones(2)).shape == (0,)
    childless = aggregation.aggregate(np.empty((2, 0)), np.empty(0))
    assert childless.shape == (2,)
    assert np.isnan(childless).all()
    assert aggregation.aggregate(np.array([[7.0]]), np.array([0.5])).tolist() == [7.0]
    assert np.isnan(aggregation.aggregate(np.array([[np.nan, np.nan]]), np.ones(2))).all()
    zeros = [
        aggregation.aggregate(np.array([row]), np.ones(2)) for row in ([0.0, -0.0], [-0.0, 0.0])
    ]
    assert zeros[0].tobytes() == zeros[1].tobytes() == np.zeros(1).tobytes()
    weighted = aggregation.aggregate(np.array([[9.0, 2.0], [9.0, np.nan]]), np.array([0.0, 1.0]))
    assert weighted[0] == 2.0
    assert np.isnan(weighted[1])


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@pytest.mark.parametrize("given_", [(2**24, 1, 2**24), (1, 1, 2**24)])
def test_weights_of_single_precision_add_up_as_doubles(aggregation, given_):
    """Beside 2 ** 24 a weight of 1 counts, which a sum of single floats would lose."""
    values, weights = np.array([[1.0, 2.0, 4.0]]), np.array(given_, dtype=np.float32)
    expected = aggregation.aggregate(values, weights.astype(np.float64))
    assert expected.tobytes() == aggregation.aggregate(values, weights).tobytes()


@pytest.mark.parametrize("aggregation", ALL[2:], ids=repr)
def test_what_is_weighed_must_be_finite(aggregation):
    """An infinite value is refused, unless its weight is zero."""
    values = np.array([[1.0, -math.inf]])
    with refused(type(aggregation).__name__, "out-of-range", words="infinite"):
        aggregation.aggregate(values, np.ones(2))
    assert aggregation.aggregate(values, np.array([1.0, 0.0])).tolist() == [1.0]


def test_equal_values_are_kept_to_the_bit():
    """Shares that sum to a bit more than one do not lift a mean above its values."""
    for places in ([3, 4, 3], [1, 2, 4], [0, 3, 7]):
        found = OrderedWeightedAverage(weights=places).aggregate(np.full((1, 3), 7.0), np.ones(3))
        assert found.tolist() == [7.0]


def test_extremes_may_be_infinite():
    """The least and the greatest only compare."""
    values = np.array([[1.0, -math.inf], [math.inf, 1.0]])
    assert Minimum().aggregate(values, np.ones(2)).tolist() == [-math.inf, 1.0]
    assert Maximum().aggregate(values, np.ones(2)).tolist() == [1.0, math.inf]
