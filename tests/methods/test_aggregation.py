"""Aggregations against exact fractions and logarithms of high precision."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import POSITIVE, SCORES, refused

from agencyindex.methods.aggregation import ArithmeticMean, GeometricMean, Sum

ALL = [Sum(), ArithmeticMean(), GeometricMean(zero="zero"), GeometricMean(zero="error")]


@st.composite
def tables(draw, numbers=SCORES):
    """Values of some agencies with gaps, and weights of which some may be zero."""
    m = draw(st.integers(1, 6))
    weights = draw(st.lists(POSITIVE | st.just(0.0), min_size=m, max_size=m).filter(any))
    cell = numbers | st.just(math.nan)
    rows = draw(st.lists(st.lists(cell, min_size=m, max_size=m), min_size=1, max_size=12))
    return np.array(rows), np.array(weights)


def available(row, weights):
    pairs = zip(row.tolist(), weights.tolist(), strict=True)
    return [(Fraction(x), Fraction(w)) for x, w in pairs if w > 0 and not math.isnan(x)]


@given(tables())
def test_sums_and_means_equal_fractions(table):
    """What is available is summed, or averaged with its weights shared out; else a gap."""
    values, weights = table
    sums, means = (each.aggregate(values, weights).tolist() for each in ALL[:2])
    for row, total, mean in zip(values, sums, means, strict=True):
        parts = available(row, weights)
        if not parts:
            assert math.isnan(total)
            assert math.isnan(mean)
            continue
        exact, weight = sum(w * x for x, w in parts), sum(w for _, w in parts)
        size = sum(abs(w * x) for x, w in parts)
        assert abs(Fraction(total) - exact) <= size * Fraction(1, 10**14)
        assert abs(Fraction(mean) - exact / weight) <= size / weight * Fraction(1, 10**14)
        slack = max(abs(x) for x, _ in parts) * Fraction(1, 10**14)
        assert min(parts)[0] - slack <= Fraction(mean) <= max(parts)[0] + slack


@given(tables(POSITIVE))
def test_geometric_means_equal_high_precision(table):
    """The mean of logarithms comes out to rounding, between the least and the greatest."""
    values, weights = table
    found = GeometricMean(zero="error").aggregate(values, weights).tolist()
    for row, mean in zip(values, found, strict=True):
        parts = available(row, weights)
        if not parts:
            assert math.isnan(mean)
            continue
        with localcontext(prec=40):
            logs = [(Decimal(float(x)).ln(), Decimal(float(w))) for x, w in parts]
            exact = (sum(w * x for x, w in logs) / sum(w for _, w in logs)).exp()
        assert math.isclose(mean, exact, rel_tol=1e-13)
        assert float(min(parts)[0]) * (1 - 1e-13) <= mean <= float(max(parts)[0]) * (1 + 1e-13)


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables(POSITIVE), random=st.randoms())
def test_each_agency_is_aggregated_alone(aggregation, table, random):
    """Neither the size nor the order of a batch changes a bit, nor does its layout."""
    values, weights = table
    found = aggregation.aggregate(values, weights)
    order = random.sample(range(len(values)), len(values))
    assert found[order].tobytes() == aggregation.aggregate(values[order], weights).tobytes()
    alone = [aggregation.aggregate(row[None, :], weights)[0] for row in values]
    assert found.tobytes() == np.array(alone).tobytes()
    columns = np.asfortranarray(np.repeat(values, 50, axis=0))
    assert np.repeat(found, 50).tobytes() == aggregation.aggregate(columns, weights).tobytes()


@pytest.mark.parametrize("aggregation", ALL, ids=repr)
@given(table=tables(POSITIVE))
def test_aggregation_is_after_of_the_sum_of_before(aggregation, table):
    """The whole equals its three parts, as the engine puts them together."""
    values, weights = table
    for row, found in zip(values, aggregation.aggregate(values, weights).tolist(), strict=True):
        total, weight = np.zeros(1), np.zeros(1)
        for x, w in zip(row, weights, strict=True):
            if w > 0 and not np.isnan(x):
                total, weight = total + w * aggregation.before(np.array([x])), weight + w
        if weight[0]:
            assert found == aggregation.after(total, weight)[0]


@pytest.mark.parametrize("aggregation", ALL[1:], ids=repr)
def test_means_of_nothing_are_gaps(aggregation):
    """No weight gives no mean, quietly."""
    assert np.isnan(aggregation.after(np.zeros(2), np.zeros(2))).all()


def test_what_each_aggregation_can_be_told_by():
    """Linear ones let contributions add; a sum counts what is missing as nothing."""
    told = [(each.name, each.linear, each.adds) for each in ALL[:3]]
    expected = [("sum", True, True), ("arithmetic", True, False), ("geometric", False, False)]
    assert expected == told


def test_zero_makes_a_geometric_mean_zero_where_declared():
    """One zero is enough, unless its weight is zero or it is missing."""
    values = np.array([[0.0, 4.0], [9.0, 4.0], [np.nan, 4.0]])
    geometric = GeometricMean(zero="zero")
    expected = [0.0, 6.0, 4.0]
    assert np.allclose(expected, geometric.aggregate(values, np.ones(2)), rtol=1e-15, atol=0)
    weighted = geometric.aggregate(values, np.array([0.0, 1.0]))
    assert np.allclose([4.0, 4.0, 4.0], weighted, rtol=1e-15, atol=0)


def test_geometric_means_refuse_what_is_not_positive():
    """Negative values are always refused, zero where the document says so."""
    with refused("GeometricMean", "not-positive", words="found 0."):
        GeometricMean(zero="error").aggregate(np.array([[0.0, 1.0]]), np.ones(2))
    with refused("GeometricMean", "not-positive", words="found -2."):
        GeometricMean(zero="zero").aggregate(np.array([[-2.0, 1.0]]), np.ones(2))


def test_geometric_means_tell_which_children_do_not_fit():
    """A child that can be negative is a fault, one that can be zero where that is refused."""
    ranges = [(1.0, 2.0), (0.0, 1.0), (-1.0, 1.0), (-math.inf, math.inf)]
    assert [place for place, _ in GeometricMean(zero="error").faults(ranges)] == [1, 2, 3]
    assert [place for place, _ in GeometricMean(zero="zero").faults(ranges)] == [2, 3]
    assert [*Sum().faults(ranges), *ArithmeticMean().faults(ranges)] == []


def test_geometric_means_refuse_other_meanings_of_zero():
    """Zero is a zero or an error."""
    with refused("GeometricMean", "bad-parameter", words='found "skip"'):
        GeometricMean(zero="skip")
