"""Steps by counting, quantiles by three libraries, and bands around a mean."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.normalisation import MeanBands, QuantileBands, Steps

ANYWHERE = (-math.inf, math.inf)
COARSE = st.integers(-8, 8).map(lambda n: n / 2)
VALUES = st.lists(COARSE | SCORES, min_size=2, max_size=16)
PERCENT = st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True).map(sorted)


@st.composite
def steps(draw):
    edges = sorted(draw(st.lists(COARSE, min_size=1, max_size=6)))
    values = draw(st.lists(SCORES, min_size=len(edges) + 1, max_size=len(edges) + 1))
    sides = st.lists(st.sampled_from(["upper", "lower"]), min_size=len(edges), max_size=len(edges))
    return Steps(edges=edges, values=values, closed=draw(sides))


def counted(given, x):
    """The value of the band that one number falls in, edge by edge."""
    band = 0
    for edge, closed in zip(given.edges, given.closed, strict=True):
        if x > edge or (x == edge and closed == "upper"):
            band += 1
    return given.values[band]


@given(steps(), st.lists(COARSE, min_size=1))
def test_steps_count_the_edges_that_are_passed(given, values):
    """A number on an edge belongs where the edge says, each for itself, and a gap stays one."""
    found = given.normalise(np.array([*values, math.nan]))
    assert found[:-1].tolist() == [counted(given, x) for x in values]
    assert math.isnan(found[-1])
    assert given.normalise(np.array(ANYWHERE)).tolist() == [given.values[0], given.values[-1]]


@given(
    steps(),
    st.data(),
    st.sampled_from([-1e-13, 1e-13, *(bits * 2**-52 for bits in (-100, -1, 1, 100))]),
)
def test_a_number_beside_an_edge_is_taken_for_one_on_it(given, data, shift):
    """A last bit or a hundred change nothing; a part in ten million millions does."""
    edge = data.draw(st.sampled_from(given.edges))
    x = edge * (1 + shift)
    expected = counted(given, edge if abs(shift) < 1e-13 else x)
    assert given.normalise(np.array([x])).tolist() == [expected]
    assert given.attainable((x, x)) == (expected, expected)


def test_equal_edges_make_a_band_for_one_number():
    """Between equal edges lies that number alone, or nothing where both belong to one side."""
    x = np.array([-1e-300, 0.0, 1e-300])
    for closed, expected in (
        (["upper", "lower"], [1, 2, 3]),
        (["upper", "upper"], [1, 3, 3]),
        (["lower", "lower"], [1, 1, 3]),
    ):
        found = Steps(edges=[0, 0], values=[1, 2, 3], closed=closed).normalise(x)
        assert found.tolist() == expected


@pytest.mark.parametrize("count", [255, 256, 257, 600])
def test_there_may_be_any_number_of_bands(count):
    """What lies above all edges gets the last value, however many are passed."""
    edges, values = list(range(count)), list(range(count + 1))
    given = Steps(edges=edges, values=values, closed=["upper"] * count)
    assert given.normalise(np.array([-1.0, 2.5, count])).tolist() == [0.0, 3.0, count]


def test_a_number_of_single_precision_is_compared_as_it_is():
    """The single of a tenth lies above a tenth, and is not rounded to it."""
    given = Steps(edges=[0.1], values=[0, 1], closed=["lower"])
    assert given.normalise(np.array([0.1], dtype=np.float32)).tolist() == [1.0]


@pytest.mark.parametrize(
    ("attainable", "expected"),
    [
        (ANYWHERE, (1.0, 9.0)),
        ((0.0, 9.0), (1.0, 9.0)),
        ((0.0, 1.0), (5.0, 5.0)),
        ((0.0, 2.0), (5.0, 9.0)),
        ((2.5, 4.0), (9.0, 9.0)),
        ((4.0, 5.0), (1.0, 9.0)),
        ((5.0, math.inf), (1.0, 1.0)),
    ],
)
def test_steps_know_the_values_of_a_range(attainable, expected):
    """Only the bands from one end to the other count, the ends where their edges say."""
    given = Steps(edges=[2, 4], values=[5, 9, 1], closed=["upper", "lower"])
    assert given.attainable(attainable) == expected


@given(VALUES, PERCENT)
def test_quantile_bands_are_parted_by_the_quantiles_of_other_libraries(values, percent):
    """The limits are those of NumPy and pandas, and a value on one belongs above it."""
    assume(max(values) > min(values))
    shares = [each / 100 for each in percent]
    bands = QuantileBands(quantiles=shares, values=list(range(len(shares) + 1)))
    fitted = bands.fit(np.array(values), ANYWHERE)
    size = max(map(abs, values))
    np.testing.assert_allclose(fitted.edges, np.quantile(values, shares), rtol=0, atol=1e-14 * size)
    expected = pd.Series(values).quantile(shares)
    np.testing.assert_allclose(fitted.edges, expected, rtol=0, atol=1e-14 * size)
    assert fitted.values == bands.values
    assert set(fitted.closed) == {"upper"}
    ordered = sorted(map(Fraction, values))
    found = bands.normalise(np.array(values)).tolist()
    for x, band in zip(values, found, strict=True):
        limits = []
        for each in percent:
            place = Fraction(each, 100) * (len(values) - 1)
            below = math.floor(place)
            above = ordered[min(below + 1, len(values) - 1)]
            limits.append(ordered[below] + (place - below) * (above - ordered[below]))
        # A limit that no double holds may round onto the value next to it.
        assert band == sum(Fraction(float(limit)) <= Fraction(x) for limit in limits)


@pytest.mark.parametrize("percent", range(5, 100, 5))
def test_a_quantile_that_is_an_agency_s_value_is_that_value(percent):
    """Among 21 agencies each twentieth is one's value, though binary fractions miss it."""
    bands = QuantileBands(quantiles=[percent / 100], values=[0, 1])
    values = np.arange(21.0) / 10
    assert bands.fit(values, ANYWHERE).edges == (values[percent // 5],)
    assert bands.normalise(values).sum() == 21 - percent // 5


def test_ties_may_leave_a_band_empty():
    """Where more than a third have the least value, nobody is in the lowest band."""
    thirds = QuantileBands(quantiles=[0.25, 0.75], values=[0, 50, 100])
    found = thirds.normalise(np.array([1.0, 1.0, 1.0, 2.0, 3.0]))
    assert found.tolist() == [50, 50, 50, 100, 100]


def test_equal_agencies_fall_in_one_quantile_band():
    """A limit that is one's own value is that of all who are level with it."""
    means = np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.3 + 0.1 + 0.2, 0.0, 3.0]) / 3
    assert len({*means.tolist()}) == 4
    for share in (0.25, 0.5, 0.75):
        found = QuantileBands(quantiles=[share], values=[0, 1]).normalise(means)
        assert len({*found[:3].tolist()}) == 1


def test_quantile_bands_promise_their_values():
    """All bands, and what equal values get, are attainable."""
    assert QuantileBands(quantiles=[0.5], values=[3, 1]).attainable((0.0, 0.0)) == (1.0, 3.0)
    told = QuantileBands(quantiles=[0.5], values=[3, 1], when_constant=0)
    assert told.attainable(ANYWHERE) == (0.0, 3.0)


@given(
    st.lists(st.integers(-1000, 1000), min_size=1, max_size=12),
    st.integers(1, 150),
)
def test_mean_bands_are_their_formula(values, percent):
    """Within is whoever is no further from the mean than the share of its size."""
    mean = Fraction(sum(values), len(values))
    assume(Fraction(float(mean)) == mean)
    bands = MeanBands(width=percent / 100, below=-1, within=0, above=1)
    found = bands.normalise(np.array(values, dtype=float)).tolist()
    for x, band in zip(values, found, strict=True):
        apart = x - mean
        within = abs(apart) <= Fraction(percent, 100) * abs(mean)
        assert band == (0 if within else 1 if apart > 0 else -1)


def test_both_ends_of_a_band_are_within_it():
    """Ten percent of a hundred are 90 and 110 as the document has them, of minus a hundred too."""
    bands = MeanBands(width=0.1, below=5, within=6, above=8)
    values = np.array([90.0, 110.0, 90 * (1 - 1e-13), 110 * (1 + 1e-13), 100.0, 100.0])
    fitted = bands.fit(np.array([100.0]), ANYWHERE)
    assert fitted == Steps(edges=[90, 110], values=[5, 6, 8], closed=["upper", "lower"])
    assert fitted.normalise(values).tolist() == [6, 6, 5, 8, 6, 6]
    minus = bands.fit(np.array([-100.0]), ANYWHERE)
    assert minus.edges == (-110.0, -90.0)
    assert minus.normalise(-values).tolist() == [6, 6, 8, 5, 6, 6]
    wide = MeanBands(width=1.1, below=5, within=6, above=8).fit(np.array([100.0]), ANYWHERE)
    assert wide.edges == (-10.0, 210.0)


def test_around_a_mean_of_zero_only_zero_is_within():
    """The share of nothing is nothing: the band is zero alone."""
    bands = MeanBands(width=0.5, below=-1, within=0, above=1)
    assert bands.normalise(np.array([-1.0, 0.0, 1.0])).tolist() == [-1, 0, 1]
    assert bands.normalise(np.array([0.1, 0.1, 0.1])).tolist() == [0, 0, 0]


def test_mean_bands_promise_their_values():
    """The three values are all there is."""
    assert MeanBands(width=1, below=2, within=9, above=-4).attainable((0.0, 0.0)) == (-4.0, 9.0)


def test_a_band_without_finite_ends_is_an_error():
    """A mean near the greatest double has no band twice its size."""
    with refused("MeanBands", "out-of-range", words="no finite ends"):
        MeanBands(width=1, below=0, within=1, above=2).normalise(np.array([1.7e308]))
