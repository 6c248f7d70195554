"""Scorings of numbers against exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex._model.response import Missing
from agencyindex.methods.numbers import WHEN_ZERO, BandPoints, LinearPoints, Ratio


@given(SCORES, SCORES, st.lists(SCORES, min_size=1), st.sampled_from(["higher", "lower"]))
def test_linear_is_the_share_of_the_way(lower, upper, answers, better):
    """Clipped points equal the fraction, lie from 0 to 1, rise, and hit both ends exactly."""
    assume(upper - lower > 1e-3)
    scoring = LinearPoints(lower=lower, upper=upper, outside="clip", better=better)
    x = np.array([*sorted(answers), lower, upper, np.nan])
    *points, low_end, high_end, gap = scoring.points(x, []).tolist()
    assert sorted([low_end, high_end]) == [0.0, 1.0]
    assert (1.0 if better == "higher" else 0.0) == high_end
    assert math.isnan(gap)
    assert sorted(points, reverse=better == "lower") == points
    for answer, found in zip(sorted(answers), points, strict=True):
        kept = Fraction(min(max(answer, lower), upper))
        exact = (kept - Fraction(lower)) / (Fraction(upper) - Fraction(lower))
        exact = exact if better == "higher" else 1 - exact
        assert abs(Fraction(found) - exact) <= Fraction(1, 10**15)
    assert scoring.attainable([]) == (0.0, 1.0)
    assert list(scoring.faults([])) == []


def test_linear_tells_what_is_outside():
    """Numbers beyond a bound are told, those on it and gaps are not."""
    scoring = LinearPoints(lower=0, upper=10, outside="error", better="higher")
    found = scoring.outside_range(np.array([-0.1, 0.0, 10.0, 10.1, np.nan]))
    assert found.tolist() == [True, False, False, True, False]


def test_linear_refuses_all_bad_parameters_together():
    """Every bad parameter of one object is named in one error."""
    with refused("LinearPoints", *["bad-parameter"] * 4, words='found "x"'):
        LinearPoints(lower="x", upper=math.inf, outside="drop", better="more")


def test_linear_needs_its_bounds_in_order():
    """An upper bound that is not above the lower one is refused, with both."""
    with refused("LinearPoints", "bad-parameter", words='above "lower", which is 5, found 5'):
        LinearPoints(lower=5, upper=5, outside="clip", better="higher")


@given(
    st.lists(SCORES, min_size=1, max_size=6, unique=True).map(sorted),
    st.lists(SCORES, min_size=1),
    st.data(),
)
def test_bands_are_half_open(edges, answers, data):
    """A number gets the value of the band that begins at or below it."""
    values = data.draw(st.lists(SCORES, min_size=len(edges) + 1, max_size=len(edges) + 1))
    scoring = BandPoints(edges=edges, values=values)
    expected = [values[sum(edge <= x for edge in edges)] for x in answers + edges]
    assert expected == scoring.points(np.array(answers + edges), []).tolist()
    assert np.isnan(scoring.points(np.array([np.nan]), [])).all()
    assert (min(values), max(values)) == scoring.attainable([])
    assert list(scoring.faults([])) == []


@pytest.mark.parametrize(
    ("edges", "values"), [([], [1]), ([2, 1], [1, 2, 3]), ("ab", [1]), ([1], [1]), ([1], 5)]
)
def test_bands_refuse_what_does_not_fit(edges, values):
    """Edges out of order, none at all, and values of the wrong number are refused."""
    with refused("BandPoints", "bad-parameter"):
        BandPoints(edges=edges, values=values)


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1))
def test_ratio_divides(pairs):
    """The quotient is the nearest float, and a gap where the denominator is zero."""
    found = Ratio(denominator="fte", when_zero="error").points(np.array(pairs).T, [])
    for (above, below), points in zip(pairs, found.tolist(), strict=True):
        if below == 0:
            assert math.isnan(points)
        else:
            assert float(Fraction(above) / Fraction(below)) == points


def test_ratio_has_no_bound():
    """Nothing is known about two numbers, and nothing can be wrong with options."""
    scoring = Ratio(denominator="fte", when_zero="refused")
    assert (-math.inf, math.inf) == scoring.attainable([])
    assert list(scoring.faults([])) == []


def test_ratio_refuses_all_bad_parameters_together():
    """No denominator and an unknown meaning of zero are one error."""
    with refused("Ratio", "bad-parameter", "bad-parameter", words='found "zero"'):
        Ratio(denominator="", when_zero="zero")


def test_zero_may_mean_any_reason_for_missing():
    """The meanings of a zero denominator are an error and the reasons of the model."""
    assert ("error", *(reason.value for reason in Missing)) == WHEN_ZERO
