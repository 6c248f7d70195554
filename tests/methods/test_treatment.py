"""Transforms, limits and distances against exact and very precise arithmetic."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.exact import DIGITS
from tests.methods.refusals import POSITIVE, SCORES, refused

from agencyindex.methods.protocols import Treatment
from agencyindex.methods.treatment import (
    BoxCox,
    Clip,
    DistanceFrom,
    Logarithm,
    NoTreatment,
    Power,
    QuantileClip,
    ShiftedLogarithm,
    Winsorise,
)

EPSILON = 2.0**-52
INF = math.inf
VALUES = st.lists(SCORES, min_size=1, max_size=20)
ANY = st.floats(allow_nan=False, allow_infinity=False)
EXPONENTS = st.floats(-4, 4).map(lambda x: round(x, 2)).filter(bool)
DECLARED = [
    NoTreatment(),
    Logarithm(plus=2e6),
    Power(exponent=3),
    BoxCox(exponent=0.5),
    ShiftedLogarithm(shift=-2e6, mirrored=False),
    ShiftedLogarithm(shift=2e6, mirrored=True),
    Clip(lower=-1, upper=5),
    DistanceFrom(point=0.5, side="both"),
    DistanceFrom(point=0.5, side="above"),
    DistanceFrom(point=0.5, side="below"),
]
RISING = [*DECLARED[:7], DECLARED[8]]


def logarithm(x):
    """The natural logarithm of a fraction, to 60 digits."""
    return Fraction(DIGITS.ln(DIGITS.divide(Decimal(x.numerator), Decimal(x.denominator))))


def power(x, exponent):
    """A positive fraction raised to a float's own power, to some 50 digits."""
    raised = logarithm(x) * Fraction(exponent)
    return Fraction(
        DIGITS.exp(DIGITS.divide(Decimal(raised.numerator), Decimal(raised.denominator)))
    )


def near(found, exact, slack):
    assert abs(Fraction(found) - exact) <= Fraction(slack)


@pytest.mark.parametrize("strategy", DECLARED, ids=repr)
def test_declared_treatments_are_their_own_fit(strategy):
    """Each offers its protocol, and there is nothing to learn."""
    assert isinstance(strategy, Treatment)
    assert not strategy.learnt
    assert strategy.fit(np.array([1.0, np.nan])) is strategy


@given(st.lists(POSITIVE, min_size=1, max_size=20), st.randoms())
def test_each_value_is_treated_alone(values, random):
    """Neither the size nor the order of a batch changes a bit, and a gap stays one."""
    for strategy in DECLARED:
        together = strategy.treat(np.array([*values, np.nan]))
        assert np.isnan(together[-1])
        assert not np.isnan(together[:-1]).any()
        alone = [strategy.treat(np.array([x]))[0] for x in values]
        assert together[:-1].tobytes() == np.array(alone).tobytes()
        order = random.sample(range(len(values)), len(values))
        assert strategy.treat(np.array(values)[order]).tobytes() == together[order].tobytes()


@given(st.lists(POSITIVE, min_size=2, max_size=20).map(sorted))
def test_treatments_keep_the_order(values):
    """A greater value gets no less, but for the distance below a point."""
    for strategy in RISING:
        steps = np.diff(strategy.treat(np.array(values)))
        assert (steps >= 0).all()
    assert (np.diff(DistanceFrom(point=5, side="below").treat(np.array(values))) <= 0).all()


@pytest.mark.parametrize(
    "strategy", [each for each in DECLARED if each.name != "distance"], ids=repr
)
@given(ends=st.tuples(POSITIVE, POSITIVE).map(sorted), share=st.floats(0, 1))
def test_what_is_attainable_holds_what_is_treated(strategy, ends, share):
    """A value in the range is treated to one between the treated ends, which can be attained."""
    inside = min(max(ends[0] + share * (ends[1] - ends[0]), ends[0]), ends[1])
    low, high = strategy.attainable(tuple(ends))
    assert [low, high] == strategy.treat(np.array(ends)).tolist()
    assert low <= strategy.treat(np.array([inside]))[0] <= high


@given(st.lists(POSITIVE, min_size=1), st.one_of(st.just(0.0), POSITIVE))
def test_a_logarithm_is_the_exact_one(values, plus):
    """One rounding of the sum and one of the logarithm, whose library may miss by one more."""
    found = Logarithm(plus=plus).treat(np.array(values))
    for x, y in zip(values, found.tolist(), strict=True):
        exact = logarithm(Fraction(x) + Fraction(plus))
        near(y, exact, EPSILON * (0.5 + 2 * abs(exact)))


@given(st.lists(POSITIVE, min_size=1), SCORES)
def test_a_shifted_logarithm_is_the_exact_one(distances, shift):
    """Above its point, and mirrored below it, the formula comes out to two roundings."""
    for mirrored, sign in ((False, 1), (True, -1)):
        values = [shift + sign * each for each in distances]
        strategy = ShiftedLogarithm(shift=shift, mirrored=mirrored)
        for x, y in zip(values, strategy.treat(np.array(values)).tolist(), strict=True):
            exact = sign * logarithm(sign * (Fraction(x) - Fraction(shift)))
            near(y, exact, EPSILON * (0.5 + 2 * abs(exact)))


@given(st.lists(POSITIVE, min_size=1), EXPONENTS)
def test_a_power_is_the_exact_one(values, exponent):
    """Powers of what is above zero come out to the last bits."""
    found = Power(exponent=exponent).treat(np.array(values))
    for x, y in zip(values, found.tolist(), strict=True):
        exact = power(Fraction(x), exponent)
        near(y, exact, exact * EPSILON * 2)


@given(st.lists(SCORES, min_size=1), st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_whole_powers_take_any_sign(values, exponent):
    """Whole powers of negative values have their sign; zero needs an exponent above zero."""
    values = [x or 1.0 for x in values] if exponent < 0 else values
    found = Power(exponent=exponent).treat(np.array(values))
    for x, y in zip(values, found.tolist(), strict=True):
        exact = Fraction(x) ** exponent
        near(y, exact, abs(exact) * Fraction(EPSILON * 2))


@pytest.mark.parametrize("exponent", [0.25, 0.5, 1, 1.5, 2])
def test_zero_has_a_power_above_zero(exponent):
    """Zero stays zero wherever the exponent is above zero, whole or not."""
    assert Power(exponent=exponent).treat(np.array([0.0])).tolist() == [0.0]


@given(st.lists(POSITIVE, min_size=1), st.one_of(EXPONENTS, st.sampled_from([1e-7, -1e-12])))
def test_a_box_cox_transform_is_the_exact_one(values, exponent):
    """The error is that of the exponent's logarithm, which the exponential stretches by itself."""
    found = BoxCox(exponent=exponent).treat(np.array(values))
    for x, y in zip(values, found.tolist(), strict=True):
        exact = (power(Fraction(x), exponent) - 1) / Fraction(exponent)
        stretch = 1 + abs(Fraction(exponent) * logarithm(Fraction(x)))
        near(y, exact, abs(exact) * stretch * Fraction(EPSILON * 4))


@given(POSITIVE, st.sampled_from([0, 1e-20, -1e-20, 1e-25, -1e-25, 5e-324]))
@example(1.5, 1e-20)
def test_a_box_cox_transform_of_no_exponent_is_the_logarithm(value, exponent):
    """At zero, and where no float can tell the difference, the limit comes out."""
    x = np.array([value])
    assert BoxCox(exponent=exponent).treat(x) == Logarithm(plus=0).treat(x)
    assert BoxCox(exponent=1).treat(x)[0] == pytest.approx(value - 1, rel=1e-13, abs=1e-13)


@given(VALUES, st.one_of(st.none(), SCORES), st.one_of(st.none(), SCORES))
def test_clipped_values_are_the_nearest_within(values, lower, upper):
    """Each value becomes the nearest one between the limits, and that to the bit."""
    assume(lower is not None or upper is not None)
    assume(lower is None or upper is None or lower <= upper)
    low, high = -INF if lower is None else lower, INF if upper is None else upper
    found = Clip(lower=lower, upper=upper).treat(np.array([*values, INF, -INF]))
    assert found.tolist() == [min(max(x, low), high) for x in [*values, INF, -INF]]
    assert Clip(lower=lower, upper=upper).attainable((-INF, INF)) == (low, high)


@pytest.mark.parametrize("clip", [Clip(lower=0), Clip(upper=0), Clip(lower=0, upper=0)])
def test_a_zero_at_a_limit_keeps_its_sign(clip):
    """A value that a limit does not change stays as it is to the bit, a negative zero too."""
    assert [repr(x) for x in clip.treat(np.array([-0.0, 0.0])).tolist()] == ["-0.0", "0.0"]


def test_a_mirrored_logarithm_of_one_is_a_plain_zero():
    """Turning the sign leaves no negative zero."""
    found = ShiftedLogarithm(shift=1, mirrored=True).treat(np.array([0.0]))
    assert repr(found.tolist()) == "[0.0]"


@given(VALUES, SCORES)
def test_distances_are_the_nearest_floats(values, point):
    """Each distance is the exact one, rounded once, and 0 on the side that does not count."""
    x = np.array([*values, point])
    found = {
        side: DistanceFrom(point=point, side=side).treat(x).tolist()
        for side in ("both", "above", "below")
    }
    for row, value in enumerate(x.tolist()):
        apart = Fraction(value) - Fraction(point)
        assert found["both"][row] == float(abs(apart))
        assert found["above"][row] == float(max(apart, 0))
        assert found["below"][row] == float(max(-apart, 0))
        assert {math.copysign(1, each[row]) for each in found.values()} == {1.0}


@given(SCORES, st.tuples(SCORES, SCORES).map(sorted), st.floats(0, 1))
def test_distances_have_their_range(point, ends, share):
    """The range holds every distance, and its ends are attained."""
    inside = min(max(ends[0] + share * (ends[1] - ends[0]), ends[0]), ends[1])
    nearest = min(max(point, ends[0]), ends[1])
    for side in ("both", "above", "below"):
        strategy = DistanceFrom(point=point, side=side)
        low, high = strategy.attainable(tuple(ends))
        attained = strategy.treat(np.array([*ends, nearest, inside])).tolist()
        assert min(attained) == low
        assert max(attained) == high


@pytest.mark.parametrize(
    ("strategy", "attainable", "expected"),
    [
        (NoTreatment(), (0.0, INF), (0.0, INF)),
        (Logarithm(plus=0), (0, 1), (-INF, 0.0)),
        (Logarithm(plus=1), (0.0, INF), (0.0, INF)),
        (Logarithm(plus=1), (-INF, 0.0), (-INF, 0.0)),
        (Logarithm(plus=0), (-2.0, -1.0), (-INF, -INF)),
        (Logarithm(plus=1.7e308), (0.0, 1.7e308), (math.log(1.7e308), INF)),
        (Power(exponent=2), (-INF, INF), (0.0, INF)),
        (Power(exponent=2), (-3, 2), (0.0, 9.0)),
        (Power(exponent=2), (-3.0, -2.0), (4.0, 9.0)),
        (Power(exponent=2), (0.0, 2.0), (0.0, 4.0)),
        (Power(exponent=2), (-3.0, 0.5), (0.0, 9.0)),
        (Power(exponent=2), (0.5, 2.0), (0.25, 4.0)),
        (Power(exponent=3), (-INF, 2.0), (-INF, 8.0)),
        (Power(exponent=3), (-2.0, 0.0), (-8.0, 0.0)),
        (Power(exponent=3), (1e200, INF), (INF, INF)),
        (Power(exponent=0.5), (0.0, INF), (0.0, INF)),
        (Power(exponent=0.5), (-4.0, 4.0), (0.0, 2.0)),
        (Power(exponent=0.5), (-4.0, -1.0), (0.0, 0.0)),
        (Power(exponent=-0.5), (4.0, INF), (0.0, 0.5)),
        (Power(exponent=-0.5), (-1.0, 4.0), (0.5, INF)),
        (Power(exponent=-1), (-1.0, 1.0), (-INF, INF)),
        (Power(exponent=-1), (-INF, INF), (-INF, INF)),
        (Power(exponent=-1), (0.0, 4.0), (0.25, INF)),
        (Power(exponent=-1), (-0.0, 4.0), (0.25, INF)),
        (Power(exponent=-1), (0.0, 0.0), (INF, INF)),
        (Power(exponent=-1), (-4.0, 0.0), (-INF, -0.25)),
        (Power(exponent=-1), (-4.0, -2.0), (-0.5, -0.25)),
        (Power(exponent=-1), (-INF, -2.0), (-0.5, 0.0)),
        (Power(exponent=-2), (-1.0, 2.0), (0.25, INF)),
        (Power(exponent=-2), (-4.0, -2.0), (0.0625, 0.25)),
        (Power(exponent=-2), (-INF, INF), (0.0, INF)),
        (BoxCox(exponent=2), (0, INF), (-0.5, INF)),
        (BoxCox(exponent=2), (-3.0, 1.0), (-0.5, 0.0)),
        (BoxCox(exponent=0), (0.0, INF), (-INF, INF)),
        (BoxCox(exponent=-2), (0.0, INF), (-INF, 0.5)),
        (ShiftedLogarithm(shift=1, mirrored=False), (1, 2), (-INF, 0.0)),
        (ShiftedLogarithm(shift=1, mirrored=False), (-INF, INF), (-INF, INF)),
        (ShiftedLogarithm(shift=1, mirrored=True), (0, 1), (0.0, INF)),
        (ShiftedLogarithm(shift=1, mirrored=True), (-INF, INF), (-INF, INF)),
        (Clip(lower=0), (-INF, INF), (0.0, INF)),
        (Clip(upper=5), (0.0, 9.0), (0.0, 5.0)),
        (DistanceFrom(point=1, side="both"), (-INF, INF), (0.0, INF)),
        (DistanceFrom(point=1, side="both"), (1, 3), (0.0, 2.0)),
        (DistanceFrom(point=1, side="both"), (-1.0, 1.0), (0.0, 2.0)),
        (DistanceFrom(point=1, side="above"), (-INF, 4.0), (0.0, 3.0)),
        (DistanceFrom(point=1, side="above"), (2.0, INF), (1.0, INF)),
        (DistanceFrom(point=1, side="below"), (-INF, 4.0), (0.0, INF)),
        (DistanceFrom(point=1, side="below"), (-4.0, 0.0), (1.0, 5.0)),
        (QuantileClip(lower=0, upper=0.5), (0.0, INF), (0.0, INF)),
        (Winsorise(skewness=2, kurtosis=3.5, most=5, otherwise="none"), (0.0, 9.0), (0.0, 9.0)),
        (Winsorise(skewness=2, kurtosis=3.5, most=5, otherwise="log"), (0.0, 9.0), (-INF, INF)),
    ],
)
def test_ranges_are_mapped_with_care(strategy, attainable, expected):
    """Poles, ends without a bound and turning points are where they belong, as plain zeros."""
    found = strategy.attainable(attainable)
    assert found == expected
    assert all(type(end) is float and repr(end) != "-0.0" for end in found)


@given(
    st.lists(ANY, min_size=1, max_size=20),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.randoms(),
)
def test_quantiles_are_the_nearest_floats(values, shares, random):
    """Each limit is the exact quantile, rounded once, in any order of the values."""
    lower, upper = sorted(shares)
    assume(lower < upper)
    strategy = QuantileClip(lower=lower, upper=upper)
    fitted = strategy.fit(np.array([*values, np.nan]))
    ordered = sorted(map(Fraction, values))
    for share, found in ((lower, fitted.lower), (upper, fitted.upper)):
        place = Fraction(repr(share)) * (len(ordered) - 1)
        below = math.floor(place)
        above = math.ceil(place)
        exact = ordered[below] + (ordered[above] - ordered[below]) * (place - below)
        assert found == float(exact)
    shuffled = random.sample(values, len(values))
    assert repr(strategy.fit(np.array(shuffled))) == repr(fitted)
    assert strategy.treat(np.array(values)).tolist() == fitted.treat(np.array(values)).tolist()


@given(
    st.lists(SCORES, min_size=1),
    st.sampled_from([0, 0.1, 0.25, 0.5]),
    st.sampled_from([0.75, 0.9, 1]),
)
def test_quantiles_are_those_of_numpy(values, lower, upper):
    """The limits are numpy's usual quantiles, to the rounding of those."""
    fitted = QuantileClip(lower=lower, upper=upper).fit(np.array(values))
    slack = 4 * EPSILON * max(map(abs, values))
    expected = np.quantile(np.array(values), [lower, upper])
    assert np.abs(expected - [fitted.lower, fitted.upper]).max() <= slack


def test_treatments_bear_the_greatest_numbers():
    """What no float holds is infinite, and what is too small is zero, without a warning."""
    great = np.array([1.7e308])
    with np.errstate(all="raise"):
        assert Logarithm(plus=1.7e308).treat(great).tolist() == [INF]
        assert Power(exponent=2).treat(great).tolist() == [INF]
        assert Power(exponent=-2).treat(great).tolist() == [0.0]
        assert BoxCox(exponent=2).treat(great).tolist() == [INF]
        assert BoxCox(exponent=1.7e308).treat(np.array([0.5])).tolist() == [-1 / 1.7e308]
        assert ShiftedLogarithm(shift=-1.7e308, mirrored=False).treat(great).tolist() == [INF]
        assert DistanceFrom(point=-1.7e308, side="both").treat(great).tolist() == [INF]
        assert Logarithm(plus=0).treat(np.array([5e-324]))[0] == pytest.approx(-744.44, abs=0.01)


@pytest.mark.parametrize("found", [[0.0, -0.0], [-0.0, 0.0]])
def test_quantiles_have_no_negative_zero(found):
    """A zero that is learnt is a plain one."""
    assert repr(QuantileClip(lower=0, upper=1).fit(np.array(found))) == "Clip(lower=0.0, upper=0.0)"


def test_all_bad_parameters_are_told_together():
    """Every bad parameter of one object is named in one error."""
    with refused("QuantileClip", "bad-parameter", "bad-parameter"):
        QuantileClip(lower=-0.1, upper=1.1)
    with refused("Clip", "bad-parameter", "bad-parameter"):
        Clip(lower="x", upper=INF)
    with refused("Winsorise", *["bad-parameter"] * 4):
        Winsorise(skewness=-1, kurtosis="x", most=1.5, otherwise="clip")
    with refused("DistanceFrom", "bad-parameter", "bad-parameter"):
        DistanceFrom(point=None, side="left")
