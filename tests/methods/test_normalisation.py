"""Normalisation against exact fractions, and its bounds, ends and order."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.normalisation import (
    Attainable,
    Constant,
    Goalposts,
    MinMax,
    NoNormalisation,
)

ENDS = st.tuples(SCORES, SCORES).filter(lambda ends: abs(ends[1] - ends[0]) > 1e-3)
VALUES = st.lists(SCORES, min_size=1, max_size=20)
ANYWHERE = (-math.inf, math.inf)


def exact(x, goalposts, to):
    lower, upper, start, end = map(Fraction, (*goalposts, *to))
    return start + (end - start) * (Fraction(x) - lower) / (upper - lower)


@given(VALUES, ENDS, ENDS)
def test_goalposts_equal_the_formula(values, goalposts, to):
    """Without clipping the exact line comes out, to rounding."""
    found = Goalposts(goalposts=goalposts, to=to, clip=False).normalise(np.array(values))
    for x, y in zip(values, found.tolist(), strict=True):
        line = exact(x, goalposts, to)
        largest = max(abs(line), *(abs(Fraction(end)) for end in to))
        assert abs(Fraction(y) - line) <= largest * Fraction(1, 10**14)


@given(VALUES, ENDS, ENDS, st.booleans())
@example([0.1], (0.1, 0.7), (0.3, 0.1), True)
def test_goalposts_hit_both_ends_and_keep_order(values, goalposts, to, clip):
    """Goalposts come out as the ends to the bit, and the line never turns back."""
    normalisation = Goalposts(goalposts=goalposts, to=to, clip=clip)
    assert list(to) == normalisation.normalise(np.array(goalposts)).tolist()
    near = [np.nextafter(post, way) for post in goalposts for way in (-1e9, 1e9)]
    x = np.sort(np.array([*values, *goalposts, *near]))
    found = normalisation.normalise(x)
    falling = (goalposts[1] > goalposts[0]) != (to[1] > to[0])
    assert (np.diff(found) <= 0).all() if falling else (np.diff(found) >= 0).all()
    if clip:
        assert ((found >= min(to)) & (found <= max(to))).all()


@given(VALUES, ENDS, ENDS, st.booleans(), st.randoms())
def test_goalposts_take_each_value_alone(values, goalposts, to, clip, random):
    """Neither the size nor the order of a batch changes a bit, and a gap stays one."""
    normalisation = Goalposts(goalposts=goalposts, to=to, clip=clip)
    together = normalisation.normalise(np.array(values))
    order = list(range(len(values)))
    random.shuffle(order)
    assert together[order].tobytes() == normalisation.normalise(np.array(values)[order]).tobytes()
    alone = [normalisation.normalise(np.array([x]))[0] for x in values]
    assert together.tobytes() == np.array(alone).tobytes()
    assert np.isnan(normalisation.normalise(np.array([np.nan]))).all()


def test_goalposts_keep_whole_numbers_whole():
    """Every whole number of a hundred is itself on a scale to a hundred."""
    percent = Goalposts(goalposts=[0, 100], to=[0, 100], clip=True)
    assert list(range(101)) == percent.normalise(np.arange(101.0)).tolist()


@given(ENDS, ENDS, ENDS, st.booleans())
def test_goalposts_map_a_range(attainable, goalposts, to, clip):
    """The range of results is that of the ends, the lower one first."""
    attainable = tuple(sorted(attainable))
    normalisation = Goalposts(goalposts=goalposts, to=to, clip=clip)
    ends = normalisation.normalise(np.array(attainable)).tolist()
    assert tuple(sorted(ends)) == normalisation.attainable(attainable)


@pytest.mark.parametrize(
    ("goalposts", "clip", "expected"),
    [
        ([0, 1], False, (-math.inf, math.inf)),
        ([1, 0], False, (-math.inf, math.inf)),
        ([0, 1], True, (0.0, 100.0)),
        ([1, 0], True, (0.0, 100.0)),
    ],
)
def test_goalposts_map_an_infinite_range(goalposts, clip, expected):
    """An infinite end stays so, unless it is clipped."""
    normalisation = Goalposts(goalposts=goalposts, to=[0, 100], clip=clip)
    assert expected == normalisation.attainable(ANYWHERE)


def test_goalposts_map_a_range_with_one_end():
    """A range with a lower end only is turned where fewer is better."""
    fewer = Goalposts(goalposts=[10, 0], to=[0, 100], clip=False)
    assert (-math.inf, 100.0) == fewer.attainable((0.0, math.inf))


def test_goalposts_refuse_all_bad_parameters_together():
    """Equal goalposts, a scale of three and a clip that is no truth value are one error."""
    with refused("Goalposts", *["bad-parameter"] * 3, words="found [5, 5]"):
        Goalposts(goalposts=[5, 5], to=[0, 50, 100], clip=1)


@pytest.mark.parametrize("ends", [5, [0, math.inf], ["0", 1], [-1.7e308, 1.7e308], [False, True]])
def test_a_scale_is_two_different_numbers(ends):
    """What is no pair of finite numbers at a finite distance is refused."""
    with refused("Attainable", "bad-parameter", words='"to" must be'):
        Attainable(to=ends)


@given(VALUES)
def test_none_changes_nothing(values):
    """Points and ranges pass as they are."""
    none = NoNormalisation()
    assert values == none.normalise(np.array(values)).tolist()
    assert none.attainable(ANYWHERE) == ANYWHERE


@given(VALUES, SCORES)
def test_constant_is_one_value(values, value):
    """Everybody gets the value, and a gap stays one."""
    constant = Constant(value=value)
    found = constant.normalise(np.array([*values, np.nan]))
    assert [value] * len(values) == found[:-1].tolist()
    assert np.isnan(found[-1])
    assert (value, value) == constant.attainable(ANYWHERE)


def test_constant_refuses_what_is_no_number():
    """The value is a finite number."""
    with refused("Constant", "bad-parameter", words="found nan"):
        Constant(value=math.nan)


@pytest.mark.parametrize(
    "declared",
    [NoNormalisation(), Constant(value=1), Goalposts(goalposts=[0, 1], to=[0, 1], clip=True)],
)
def test_fitting_what_is_declared_changes_nothing(declared):
    """A declared normalisation is its own fit."""
    assert declared is declared.fit(np.array([1.0, 2.0]), (0.0, 9.0))
    assert not declared.learnt


@given(ENDS, ENDS)
def test_attainable_becomes_goalposts(attainable, to):
    """The ends of the attainable points become the ends of the scale, whatever the values."""
    attainable = tuple(sorted(attainable))
    fitted = Attainable(to=to).fit(np.array([]), attainable)
    assert Goalposts(goalposts=attainable, to=to, clip=False) == fitted
    assert tuple(sorted(to)) == Attainable(to=to).attainable(attainable)
    assert tuple(sorted(to)) == fitted.attainable(attainable)


@pytest.mark.parametrize("attainable", [(0.0, math.inf), (-math.inf, 0.0)])
def test_attainable_needs_bounds(attainable):
    """An infinite end cannot be a goalpost."""
    with refused("Attainable", "no-bound", words="inf"):
        Attainable(to=[0, 1]).fit(np.array([1.0]), attainable)


def test_attainable_needs_a_range():
    """Where all answers are worth the same there is no line."""
    with refused("Attainable", "constant-indicator", words="worth 3 points"):
        Attainable(to=[0, 1]).fit(np.array([3.0]), (3.0, 3.0))


def test_attainable_needs_to_be_told_its_range():
    """Values alone do not tell what can be attained."""
    with refused("Attainable", "no-bound", words='Call "fit"'):
        Attainable(to=[0, 1]).normalise(np.array([3.0]))


@given(VALUES, ENDS, st.booleans(), st.randoms())
def test_minmax_equals_the_formula_and_its_frozen_form(values, to, clip, random):
    """On its population it is the textbook formula, its own fit, and blind to the order."""
    assume(max(values) - min(values) > 1e-3)
    minmax = MinMax(to=to, clip=clip)
    fitted = minmax.fit(np.array([*values, np.nan]), ANYWHERE)
    found = minmax.normalise(np.array(values))
    assert found.tobytes() == fitted.normalise(np.array(values)).tobytes()
    assert fitted is fitted.fit(np.array(values), ANYWHERE)
    shuffled = random.sample(values, len(values))
    assert repr(fitted) == repr(minmax.fit(np.array(shuffled), ANYWHERE))
    for x, y in zip(values, found.tolist(), strict=True):
        line = exact(x, (min(values), max(values)), to)
        assert abs(Fraction(y) - line) <= max(map(abs, to)) * 1e-14
    low, high = minmax.attainable(ANYWHERE)
    assert ((found >= low) & (found <= high)).all()


def test_minmax_sees_no_sign_of_zero():
    """Which zero comes first does not change what is learnt."""
    minmax = MinMax(to=[0, 1], clip=True)
    one, other = (minmax.fit(np.array(x), ANYWHERE) for x in ([0.0, -0.0, 1.0], [-0.0, 0.0, 1.0]))
    assert "goalposts=(0.0, 1.0)" in repr(one)
    assert repr(one) == repr(other)


def test_minmax_of_equal_values_needs_a_word():
    """All values equal are an error that counts the agencies, or what the document says."""
    with refused("MinMax", "constant-indicator", words="All 3 agencies have the value 1,"):
        MinMax(to=[0, 1], clip=True).normalise(np.array([1.0, 1.0, 1.0]))
    with refused("MinMax", "constant-indicator", words="The only agency has the value 2.5,"):
        MinMax(to=[0, 1], clip=True).normalise(np.array([2.5, np.nan]))
    told = MinMax(to=[0, 1], clip=True, when_constant=2)
    assert Constant(value=2) == told.fit(np.array([1.0, 1.0]), ANYWHERE)
    assert told.attainable(ANYWHERE) == (0.0, 2.0)


def test_minmax_needs_a_population():
    """Nobody's values teach nothing."""
    with refused("MinMax", "empty-population"):
        MinMax(to=[0, 1], clip=True).normalise(np.array([np.nan]))


def test_minmax_promises_its_scale_only_where_it_clips():
    """Before the fit a clipped scale is known, and an unclipped one is not."""
    assert MinMax(to=[1, 0], clip=True).attainable((3.0, 4.0)) == (0.0, 1.0)
    assert MinMax(to=[0, 1], clip=False).attainable((3.0, 4.0)) == ANYWHERE


def test_minmax_refuses_all_bad_parameters_together():
    """Every bad parameter is named in one error."""
    with refused("MinMax", *["bad-parameter"] * 3, words='found "mean"'):
        MinMax(to=None, clip="yes", when_constant="mean")


def test_a_scale_about_a_half_is_as_wide_as_it_says():
    """Its ends add up to 1, and it is wider than that."""
    minmax = MinMax(to=[-1, 2], clip=False)
    assert minmax.normalise(np.array([0.0, 1.0, 2.0, 4.0])).tolist() == [-1.0, -0.25, 0.5, 2.0]
