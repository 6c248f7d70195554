"""Distances and quotients against exact fractions, and the agency that they are measured by."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.normalisation import (
    CappedGoalposts,
    Constant,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
    Goalposts,
    VectorNormalisation,
)

UNIT = Fraction(1, 2**53)
ANYWHERE = (-math.inf, math.inf)
VALUES = st.lists(SCORES, min_size=1, max_size=12)
ENDS = st.tuples(SCORES, SCORES).filter(lambda ends: abs(ends[1] - ends[0]) > 1e-3)


def check(found, exact):
    """Three roundings on the way from zero to one: a difference, another, and their quotient."""
    for y, line in zip(found.tolist(), exact, strict=True):
        assert abs(Fraction(y) - line) <= abs(line) * 3 * UNIT * Fraction(101, 100)


def shares(values, lower, upper):
    lower, upper = Fraction(lower), Fraction(upper)
    return [(Fraction(x) - lower) / (upper - lower) for x in values]


@given(VALUES)
def test_distance_to_max_is_its_formula(values):
    """One less the distance from the greatest value over the range, and a 1 for the best."""
    low, high = min(values), max(values)
    assume(low < high)
    exact = [1 - (Fraction(high) - Fraction(x)) / (Fraction(high) - Fraction(low)) for x in values]
    found = DistanceToMax().normalise(np.array(values))
    check(found, exact)
    assert found[values.index(high)] == 1
    assert DistanceToMax().fit(np.array(values), ANYWHERE).attainable(ANYWHERE) == ANYWHERE
    assert DistanceToMax().attainable((0.0, 1.0)) == ANYWHERE


@given(VALUES)
def test_fraction_of_max_is_one_division(values):
    """Each value is divided by the greatest, to the nearest double."""
    high = max(values)
    assume(high != 0)
    found = FractionOfMax().normalise(np.array(values))
    assert found.tolist() == [float(Fraction(x) / Fraction(high)) for x in values]


@given(VALUES)
@example([1e-320, 0.0])
@example([2.0**500, 1.0])
@example([1e200, -1e200, 5.0])
def test_vector_normalisation_is_a_part_of_the_length(values):
    """The square is that of an exact fraction to some roundings, and the signs stay."""
    squares = sum(Fraction(x) ** 2 for x in values)
    assume(squares)
    found = VectorNormalisation().normalise(np.array(values))
    assert np.abs(found).max() <= 1
    for x, each in zip(values, found.tolist(), strict=True):
        exact = Fraction(x) ** 2 / squares
        assert abs(Fraction(each) ** 2 - exact) <= exact * Fraction(2) ** -50 + Fraction(2) ** -1074
        assert each * x >= 0


@pytest.mark.parametrize(
    ("attainable", "expected"),
    [
        ((0.0, 5.0), (0.0, math.inf)),
        ((-5.0, 0.0), (-math.inf, 0.0)),
        ((2.0, 8.0), (0.0, 4.0)),
        ((2.0, math.inf), (0.0, math.inf)),
        ((-8.0, -2.0), (-4.0, 0.0)),
        ((-1.0, 5.0), ANYWHERE),
    ],
)
def test_a_length_is_at_least_that_of_the_least_value(attainable, expected):
    """With many agencies it has no bound, so that nobody's part has a lower one than zero."""
    assert VectorNormalisation().attainable(attainable) == expected


def test_a_greatest_value_below_zero_turns_the_fractions():
    """Where fewer is better the best agency has 1, and the others more, as the formula says."""
    assert FractionOfMax().normalise(np.array([-4.0, -2.0, -8.0])).tolist() == [2.0, 1.0, 4.0]


@pytest.mark.parametrize(
    ("attainable", "expected"),
    [
        ((0.0, 5.0), (0.0, math.inf)),
        ((0.0, math.inf), (0.0, math.inf)),
        ((-5.0, 0.0), (0.0, math.inf)),
        ((-math.inf, 0.0), (0.0, math.inf)),
        ((2.0, 8.0), (0.25, 4.0)),
        ((2.0, math.inf), (0.0, math.inf)),
        ((-8.0, -2.0), (0.25, 4.0)),
        ((-math.inf, -2.0), (0.0, math.inf)),
        ((-1.0, 5.0), ANYWHERE),
        (ANYWHERE, ANYWHERE),
    ],
)
def test_quotients_of_one_sign_are_never_below_zero(attainable, expected):
    """What divides has the sign of what is divided where the range has one sign."""
    assert FractionOfMax().attainable(attainable) == expected
    assert DistanceToReference(agency="a", origin="zero").attainable(attainable) == expected
    assert DistanceToReference(agency="a", origin="minimum").attainable(attainable) == ANYWHERE


@given(VALUES, st.data())
def test_distance_to_a_reference_is_its_formula(values, data):
    """The named agency has 1, what the origin says has 0, and the line runs on to both sides."""
    place = data.draw(st.integers(0, len(values) - 1))
    agencies = [f"agency {k}" for k in range(len(values))]
    least = min(values)
    for origin, zero in (("zero", 0.0), ("minimum", least)):
        if values[place] == zero:
            continue
        distance = DistanceToReference(agency=f"agency {place}", origin=origin)
        fitted = distance.fit(np.array(values), (0.0, 1.0), agencies)
        assert fitted == Goalposts(goalposts=[zero, values[place]], to=[0, 1], clip=False)
        found = fitted.normalise(np.array(values))
        assert found[place] == 1
        check(found, shares(values, zero, values[place]))


def test_a_reference_is_found_by_its_id():
    """Order and gaps of the others do not matter, and ids may come as an array."""
    distance = DistanceToReference(agency="b", origin="minimum")
    one = distance.fit(np.array([1.0, 3.0, math.nan]), ANYWHERE, ["a", "b", "c"])
    other = distance.fit(np.array([math.nan, 1.0, 3.0]), ANYWHERE, np.array(["c", "a", "b"]))
    assert one == other == Goalposts(goalposts=[1, 3], to=[0, 1], clip=False)


def test_a_reference_has_no_sign_of_zero():
    """A minimum of -0 is zero in the frozen form."""
    distance = DistanceToReference(agency="b", origin="minimum")
    assert "(0.0, 2.0)" in repr(distance.fit(np.array([-0.0, 2.0]), ANYWHERE, ["a", "b"]))
    minus = DistanceToReference(agency="b", origin="minimum")
    assert "(-2.0, 0.0)" in repr(minus.fit(np.array([-2.0, -0.0]), ANYWHERE, ["a", "b"]))


@given(VALUES, SCORES, st.booleans())
def test_distance_to_a_target_is_its_formula(values, target, cap):
    """The least value has 0, the target 1, and past it there is 1 or more as the cap says."""
    low = min(values)
    assume(max(values) > low)
    assume(target > low)
    distance = DistanceToTarget(target=target, cap=cap)
    exact = shares(values, low, target)
    check(distance.normalise(np.array(values)), [min(each, 1) if cap else each for each in exact])
    later = distance.fit(np.array(values), ANYWHERE).normalise(np.array([low - 1, target]))
    assert later[0] < 0
    assert later[1] == 1


def test_a_target_caps_what_is_attainable():
    """Only the upper end is bounded, by 1 or by what equal values get."""
    assert DistanceToTarget(target=1, cap=True).attainable((0.0, 9.0)) == (-math.inf, 1.0)
    assert DistanceToTarget(target=1, cap=False).attainable((0.0, 9.0)) == ANYWHERE
    told = DistanceToTarget(target=1, cap=True, when_constant=5)
    assert told.attainable((0.0, 9.0)) == (-math.inf, 5.0)
    less = DistanceToTarget(target=1, cap=True, when_constant=-5)
    assert less.attainable((0.0, 9.0)) == (-math.inf, 1.0)


def test_equal_values_are_told_before_a_target_that_is_reached():
    """Equal values beyond the target get what the document says."""
    told = DistanceToTarget(target=1, cap=True, when_constant=1)
    assert told.fit(np.array([3.0, 3.0]), ANYWHERE) == Constant(value=1)
    with refused("DistanceToTarget", "out-of-range", words="has reached the target 1"):
        told.fit(np.array([1.0, 3.0]), ANYWHERE)


@given(VALUES, ENDS, ENDS)
@example([0.1, 0.9], (0.1, 0.7), (0.3, 0.1))
def test_capped_goalposts_differ_from_open_ones_past_the_second_only(values, goalposts, to):
    """Short of the second goalpost they are the open line to the bit; past it they stay there."""
    found = CappedGoalposts(goalposts=goalposts, to=to).normalise(np.array(values))
    line = Goalposts(goalposts=goalposts, to=to, clip=False).normalise(np.array(values))
    rising = goalposts[0] < goalposts[1]
    past = [x > goalposts[1] if rising else x < goalposts[1] for x in values]
    assert found.tolist() == np.where(past, to[1], line).tolist()


@pytest.mark.parametrize(
    ("goalposts", "attainable", "expected"),
    [
        ([0, 10], ANYWHERE, (-math.inf, 1.0)),
        ([10, 0], ANYWHERE, (-math.inf, 1.0)),
        ([0, 10], (-5.0, 20.0), (-0.5, 1.0)),
        ([10, 0], (-5.0, 20.0), (-1.0, 1.0)),
        ([0, 10], (2.0, 5.0), (0.2, 0.5)),
        ([10, 0], (2.0, 5.0), (0.5, 0.8)),
    ],
)
def test_capped_goalposts_map_a_range(goalposts, attainable, expected):
    """The end past the second goalpost is capped, the other runs on."""
    assert CappedGoalposts(goalposts=goalposts, to=[0, 1]).attainable(attainable) == expected
