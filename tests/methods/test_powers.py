"""Harmonic and power means against logarithms of high precision and exact fractions."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import POSITIVE, refused
from tests.methods.tables import available, tables

from agencyindex.methods.aggregation import (
    ArithmeticMean,
    GeometricMean,
    HarmonicMean,
    Maximum,
    Minimum,
    PowerMean,
)

UNIT = 2.0**-52
EXPONENTS = st.floats(-12, 12).filter(lambda p: abs(p) >= 0.01) | st.sampled_from([-1.0, 1.0, 2.0])
SEPARABLE = [
    HarmonicMean(zero="zero"),
    HarmonicMean(zero="error"),
    PowerMean(exponent=-2.5, zero="zero"),
    PowerMean(exponent=0.3, zero="error"),
    PowerMean(exponent=1, zero="error"),
    PowerMean(exponent=2, zero="error"),
]


def slack(exponent, row, weights):
    """Rounding of a logarithm, a product, an exponential, a sum of m terms and the way back."""
    logs = max(abs(math.log(x)) for x, _ in available(row, weights))
    return UNIT * (4 * logs + (6 + 2 * len(weights)) / abs(exponent) + 4)


@given(tables(POSITIVE))
def test_harmonic_means_equal_fractions(table):
    """The weights over the sum of weights by values, to rounding; a row of gaps is one."""
    values, weights = table
    found = HarmonicMean(zero="error").aggregate(values, weights).tolist()
    for row, mean in zip(values, found, strict=True):
        parts = available(row, weights)
        if not parts:
            assert math.isnan(mean)
            continue
        exact = sum(w for _, w in parts) / sum(w / x for x, w in parts)
        assert abs(Fraction(mean) - exact) <= exact * Fraction(UNIT) * (4 + 2 * len(parts))


@given(tables(POSITIVE), EXPONENTS)
def test_power_means_equal_high_precision(table, exponent):
    """The root of the mean of powers comes out to the rounding of its steps."""
    values, weights = table
    found = PowerMean(exponent=exponent, zero="error").aggregate(values, weights).tolist()
    for row, mean in zip(values, found, strict=True):
        parts = available(row, weights)
        if not parts:
            assert math.isnan(mean)
            continue
        with localcontext(prec=50):
            p = Decimal(exponent)
            powers = [((Decimal(float(x)).ln() * p).exp(), Decimal(float(w))) for x, w in parts]
            inner = sum(w * power for power, w in powers) / sum(w for _, w in powers)
            exact = (inner.ln() / p).exp()
        assert math.isclose(mean, exact, rel_tol=slack(exponent, row, weights))


@given(tables(POSITIVE))
def test_powers_of_one_and_minus_one_are_means_with_names(table):
    """Exponent 1 is the arithmetic mean to the bit, -1 the harmonic one to rounding."""
    values, weights = table
    one = PowerMean(exponent=1, zero="error").aggregate(values, weights)
    assert one.tobytes() == ArithmeticMean().aggregate(values, weights).tobytes()
    turned = PowerMean(exponent=-1, zero="error").aggregate(values, weights)
    harmonic = HarmonicMean(zero="error").aggregate(values, weights)
    assert np.allclose(turned, harmonic, rtol=1e-13, atol=0, equal_nan=True)


@given(tables(POSITIVE), EXPONENTS, EXPONENTS)
def test_means_rise_with_the_exponent(table, first, second):
    """Least, harmonic, geometric, arithmetic, greatest; and any power between by its exponent."""
    values, weights = table
    low, high = sorted((first, second))
    ladder = [
        Minimum(),
        PowerMean(exponent=low, zero="error"),
        PowerMean(exponent=high, zero="error"),
        Maximum(),
    ]
    named = [
        Minimum(),
        HarmonicMean(zero="error"),
        GeometricMean(zero="error"),
        ArithmeticMean(),
        Maximum(),
    ]
    for rungs in (ladder, named):
        found = [each.aggregate(values, weights) for each in rungs]
        for less, more in pairwise(found):
            there = ~np.isnan(less)
            # A logarithm up to 14 over an exponent of 0.01 costs up to two thousand units.
            assert (less[there] <= more[there] * (1 + 4000 * UNIT)).all()


@pytest.mark.parametrize("aggregation", SEPARABLE, ids=repr)
@given(table=tables(POSITIVE), power=st.integers(-3, 3))
def test_means_scale_with_their_values(aggregation, table, power):
    """Twice the values give twice the mean."""
    values, weights = table
    scaled = aggregation.aggregate(values * 2.0**power, weights)
    expected = aggregation.aggregate(values, weights) * 2.0**power
    assert np.allclose(expected, scaled, rtol=1e-12, atol=0, equal_nan=True)


@pytest.mark.parametrize("aggregation", SEPARABLE, ids=repr)
@given(table=tables(POSITIVE))
def test_a_term_is_the_same_alone_and_among_others(aggregation, table):
    """Neither the number of values nor their layout in memory changes a bit of a term."""
    whole = np.repeat(np.nan_to_num(table[0], nan=1.0).ravel(), 3)
    together = aggregation.before(whole)
    alone = np.array([float(aggregation.before(x)) for x in whole.tolist()])
    assert together.tobytes() == alone.tobytes()
    for view in (slice(None, None, 3), slice(None, None, -1), slice(1, None)):
        assert together[view].tobytes() == aggregation.before(whole[view]).tobytes()
    assert together[:7].tobytes() == aggregation.before(whole[:7]).tobytes()


@pytest.mark.parametrize("aggregation", SEPARABLE, ids=repr)
@given(table=tables(POSITIVE))
def test_the_whole_is_after_of_the_sum_of_before(aggregation, table):
    """The engine's sum, with a zero for what is missing, gives the same bits."""
    values, weights = table
    for row, found in zip(values, aggregation.aggregate(values, weights).tolist(), strict=True):
        total = weight = 0.0
        for x, w in zip(row.tolist(), weights.tolist(), strict=True):
            if w > 0 and not math.isnan(x):
                total, weight = total + w * float(aggregation.before(x)), weight + w
        if weight:
            assert found == float(aggregation.after(total, weight))


@pytest.mark.parametrize("aggregation", SEPARABLE, ids=repr)
def test_nothing_is_quietly_a_gap(aggregation):
    """No weight gives a gap, and so does a zero that stands in for one, without a warning."""
    assert np.isnan(aggregation.after(np.zeros(2), np.zeros(2))).all()
    with np.errstate(all="raise", divide="ignore"):
        aggregation.after(np.zeros(2), np.ones(2))


@pytest.mark.parametrize(
    "aggregation", [HarmonicMean(zero="zero"), PowerMean(exponent=-0.5, zero="zero")], ids=repr
)
def test_one_zero_makes_the_mean_exactly_zero(aggregation):
    """Of either sign; unless its weight is zero or it is missing."""
    values = np.array([[0.0, 4.0], [-0.0, 4.0], [4.0, 4.0], [np.nan, 4.0], [0.0, 0.0]])
    found = aggregation.aggregate(values, np.ones(2))
    assert found[[0, 1, 4]].tobytes() == np.zeros(3).tobytes()
    assert np.allclose([4.0, 4.0], found[2:4], rtol=1e-15, atol=0)
    unweighted = aggregation.aggregate(values, np.array([0.0, 1.0]))
    assert np.allclose([4.0, 4.0, 4.0, 4.0, 0.0], unweighted, rtol=1e-15, atol=0)


def test_zero_is_a_value_like_others_above_exponent_zero():
    """A positive power of zero is zero, whatever is declared for negative ones."""
    for zero in ("zero", "error"):
        power = PowerMean(exponent=2, zero=zero)
        found = power.aggregate(np.array([[0.0, 2.0], [0.0, 0.0]]), np.array([3.0, 1.0]))
        assert np.allclose([1.0, 0.0], found, rtol=1e-15, atol=0)
        assert list(power.faults([(0.0, 1.0)])) == []


@pytest.mark.parametrize(
    ("exponent", "greatest"), [(2.0, 1e100), (-2.0, 1e100), (0.5, 1e200), (-1.0, 1e200)]
)
def test_powers_reach_as_far_as_is_said(exponent, greatest):
    """Both ends of the range have a mean of themselves, and what lies beyond is refused."""
    power = PowerMean(exponent=exponent, zero="zero")
    for end in (greatest * (1 - 1e-12), (1 + 1e-12) / greatest):
        found = power.aggregate(np.array([[end]]), np.array([0.25]))[0]
        assert math.isclose(found, end, rel_tol=1e-12)
    for beyond in (greatest * 1.01, 0.99 / greatest, math.inf, 5e-324, 1.7e308):
        with refused("PowerMean", "out-of-range"):
            power.aggregate(np.array([[1.0, beyond]]), np.ones(2))


@pytest.mark.parametrize("beyond", [1.01e200, 0.99e-200, math.inf, 5e-324])
def test_harmonic_means_refuse_what_has_no_reciprocal_with_room(beyond):
    """Reciprocals that would overflow or vanish are refused by their value."""
    with refused("HarmonicMean", "out-of-range"):
        HarmonicMean(zero="zero").aggregate(np.array([[1.0, beyond]]), np.ones(2))
    ends = np.array([[1e200], [1e-200]])
    assert np.allclose(
        ends[:, 0], HarmonicMean(zero="zero").aggregate(ends, np.ones(1)), rtol=1e-15, atol=0
    )


def test_one_agency_or_none():
    """No row gives no value, and one child its own value."""
    for each in SEPARABLE:
        assert each.aggregate(np.empty((0, 3)), np.ones(3)).shape == (0,)
        assert np.allclose([7.0], each.aggregate(np.array([[7.0]]), np.array([0.1])), rtol=1e-14)
