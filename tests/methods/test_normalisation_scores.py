"""Scores around a centre against exact fractions, and what populations teach."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.exact import DIGITS
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.normalisation import Ampi, LinearMap, RobustScore, ZScore
from agencyindex.methods.quantiles import median, quantiles

ANYWHERE = (-math.inf, math.inf)
UNIT = Fraction(1, 2**53)
"""Half the distance of a double near 1 from the next: what one rounding costs, relatively."""

NUMBERS = SCORES.filter(lambda x: x != 0)
POSITIVE = st.floats(1e-3, 1e6).map(lambda x: round(x, 6))
VALUES = st.lists(SCORES, min_size=2, max_size=20)
EIGHTHS = st.integers(-(10**6), 10**6).map(lambda n: n / 8)
COARSE = st.lists(EIGHTHS, min_size=2, max_size=20)
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def root(value):
    found = DIGITS.sqrt(DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator)))
    return Fraction(found)


def mean_of(values):
    return sum(map(Fraction, values)) / len(values)


def deviation_of(values, divisor):
    mean = mean_of(values)
    return root(sum((Fraction(x) - mean) ** 2 for x in values) / divisor)


def median_of(values):
    ordered = sorted(map(Fraction, values))
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def check_line(values, found, line, centre_off=0, spread_off=0):
    """Compare with m + s (x - c) / d, given how far off c (absolutely) and d (relatively) may be.

    Three roundings on the way to the product's quotient, one in the sum.
    """
    centre, spread, mean, deviation = map(Fraction, line)
    for x, y in zip(values, found.tolist(), strict=True):
        term = deviation * (Fraction(x) - centre) / spread
        off = abs(term) * (3 * UNIT + spread_off) + abs(deviation / spread) * centre_off
        off += (abs(term + mean) + off) * UNIT
        assert abs(Fraction(y) - (mean + term)) <= off * Fraction(101, 100)


@given(VALUES, SCORES, NUMBERS, SCORES, NUMBERS)
def test_a_linear_map_is_its_formula(values, centre, spread, mean, deviation):
    """The exact line comes out but for the roundings on the way, and the centre to the bit."""
    line = LinearMap(centre=centre, spread=spread, mean=mean, deviation=deviation)
    check_line(values, line.normalise(np.array(values)), (centre, spread, mean, deviation))
    assert line.normalise(np.array([centre])).tolist() == [mean]


@given(VALUES, SCORES, NUMBERS, SCORES, NUMBERS)
def test_a_linear_map_never_turns(values, centre, spread, mean, deviation):
    """It rises or falls all the way, as the signs of both spreads say."""
    line = LinearMap(centre=centre, spread=spread, mean=mean, deviation=deviation)
    steps = np.diff(line.normalise(np.sort(values)))
    assert (steps >= 0).all() if (spread > 0) == (deviation > 0) else (steps <= 0).all()


def test_a_linear_map_maps_a_range():
    """Ends change places where the line falls, and an infinite one stays infinite."""
    falling = LinearMap(centre=1, spread=-2, mean=10, deviation=4)
    assert falling.attainable((0.0, 3.0)) == (6.0, 12.0)
    assert falling.attainable((0.0, math.inf)) == (-math.inf, 12.0)
    rising = LinearMap(centre=1, spread=2, mean=10, deviation=4)
    assert rising.attainable((-math.inf, 3.0)) == (-math.inf, 14.0)


def test_a_linear_map_keeps_whole_numbers_whole():
    """Of a hundred steps each is a whole number on a scale of a hundred."""
    line = LinearMap(centre=0, spread=100, mean=0, deviation=100)
    assert line.normalise(np.arange(101.0)).tolist() == list(range(101))


@given(st.lists(FINITE, min_size=1, max_size=9), st.decimals(0, 1, places=3))
@example([5e-324, 5e-324], Decimal("0.5"))
@example([1.7e308, 1.7e308], Decimal("0.5"))
def test_median_and_quantiles_are_the_nearest_doubles(values, share):
    """Both round the exact value once."""
    assume(math.isfinite(max(values) - min(values)))
    found = np.sort(values)
    assert median(found) == float(median_of(values))
    place = Fraction(share) * (len(values) - 1)
    below = math.floor(place)
    low, high = Fraction(found[below]), Fraction(found[min(below + 1, len(values) - 1)])
    exact = (1 - (place - below)) * low + (place - below) * high
    assert quantiles(found, [float(share)]) == [float(exact)]
    assert quantiles(found, np.array([float(share)])) == [float(exact)]


@pytest.mark.parametrize(
    ("keys", "less"), [({}, 1), ({"of": "sample"}, 1), ({"of": "population"}, 0)]
)
@given(values=VALUES, mean=SCORES, deviation=POSITIVE)
def test_a_z_score_is_its_formula(keys, less, values, mean, deviation):
    """The mean, the deviation with n - 1 or n and the line are exact but for the roundings."""
    assume(max(values) - min(values) > 1e-3)
    score = ZScore(mean=mean, deviation=deviation, **keys)
    line = (mean_of(values), deviation_of(values, len(values) - less), mean, deviation)
    largest = max(map(abs, map(Fraction, values)))
    found = score.normalise(np.array(values))
    check_line(values, found, line, centre_off=2 * UNIT * largest, spread_off=7 * UNIT)


@given(COARSE, SCORES, POSITIVE)
def test_a_robust_score_is_its_formula(values, mean, deviation):
    """The median, 1.4826 times the median absolute deviation and the line are exact likewise."""
    centre = median_of(values)
    apart = median_of([abs(Fraction(x) - centre) for x in values])
    assume(apart)
    score = RobustScore(mean=mean, deviation=deviation)
    line = (centre, Fraction("1.4826") * apart, mean, deviation)
    check_line(values, score.normalise(np.array(values)), line, spread_off=3 * UNIT)


def test_a_robust_score_does_not_see_how_far_an_outlier_is():
    """The others keep their scores to the bit when the greatest value moves away."""
    score = RobustScore(mean=100, deviation=10)
    near, far = ([3.0, 1.0, 2.0, 5.0, last] for last in (6.0, 6e6))
    found = score.normalise(np.array(near))
    assert found[:4].tobytes() == score.normalise(np.array(far))[:4].tobytes()
    assert found[0] == 100


@given(COARSE, st.none() | EIGHTHS)
def test_the_ampi_scale_is_its_formula(values, centre):
    """With goalposts half a range to both sides it is 60 (x - L) / (U - L) + 70."""
    assume(max(values) > min(values))
    found = Ampi(centre=centre).normalise(np.array(values))
    middle = mean_of(values) if centre is None else Fraction(centre)
    half = (Fraction(max(values)) - Fraction(min(values))) / 2
    lower, upper = middle - half, middle + half
    off = 0 if centre is not None else 2 * UNIT * max(map(abs, map(Fraction, values)))
    check_line(values, found, ((lower + upper) / 2, upper - lower, 100, 60), centre_off=off)
    for x, y in zip(values, found.tolist(), strict=True):
        exact = 60 * (Fraction(x) - lower) / (upper - lower) + 70
        size = 60 * (abs(Fraction(x)) + abs(middle)) / (2 * half) + abs(exact)
        assert abs(Fraction(y) - exact) <= 8 * UNIT * size


@given(COARSE, EIGHTHS)
def test_the_ampi_reference_is_a_hundred_to_the_bit(values, centre):
    """The named value gets 100, and the population spans 60 whatever it is."""
    assume(max(values) > min(values))
    fitted = Ampi(centre=centre).fit(np.array(values), ANYWHERE)
    assert fitted.normalise(np.array([centre])).tolist() == [100.0]
    assert fitted == LinearMap(
        centre=centre, spread=max(values) - min(values), mean=100, deviation=60
    )


def test_a_mean_too_small_for_a_double_is_a_plain_zero():
    """A mean that rounds to zero from below has no sign."""
    fitted = Ampi().fit(np.array([-5e-324, 0.0, 0.0]), ANYWHERE)
    assert repr(fitted.centre) == "0.0"


def test_a_spread_too_small_for_a_double_is_an_error():
    """Where the least of all numbers is the only difference, no deviation can be told."""
    values = np.array([0.0] * 9 + [5e-324])
    for told in (None, 1):
        with refused("ZScore", "constant-indicator", words="deviation is 0"):
            ZScore(mean=0, deviation=1, when_constant=told).normalise(values)


def test_a_majority_alike_has_no_robust_score():
    """More than half with one value are an error even where the document says a constant."""
    for told in (None, 1):
        with refused("RobustScore", "constant-indicator", words="More than half of the 3"):
            RobustScore(mean=0, deviation=1, when_constant=told).normalise(
                np.array([2.0, 2.0, 9.0])
            )


@pytest.mark.parametrize("score", [ZScore(mean=0, deviation=1), Ampi(), Ampi(centre=4)])
def test_scores_promise_no_range(score):
    """Before the fit nothing bounds a score."""
    assert score.attainable((0.0, 1.0)) == ANYWHERE


@pytest.mark.parametrize("count", [100, 101, 1000, 1001])
def test_a_robust_score_needs_no_order(count):
    """Medians of many values in any order are those of the same values in theirs."""
    values = np.random.default_rng(count).normal(0, 1, count)
    method = RobustScore(mean=0, deviation=1)
    assert method.fit(values, ANYWHERE) == method.fit(np.sort(values), ANYWHERE)
    assert method.fit(values, ANYWHERE).centre == median(np.sort(values))
    for share in (0.25, 0.333, 0.9):
        assert quantiles(values, [share]) == quantiles(np.sort(values), [share])
