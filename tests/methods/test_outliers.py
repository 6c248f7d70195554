"""Winsorising: exact moments, the rule step by step, and an independent package's numbers."""

from __future__ import annotations

import csv
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.exact import DIGITS
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.protocols import Treatment
from agencyindex.methods.treatment import Clip, NoTreatment, ShiftedLogarithm, Winsorise
from agencyindex.methods.treatment._moments import shape

EPSILON = 2.0**-52
USUAL = {"skewness": 2, "kurtosis": 3.5, "most": 5}
RULE = Winsorise(**USUAL, otherwise="log")
CROWD = [float(x) for x in range(30)]
TAILED = st.lists(
    st.one_of(st.integers(0, 20), st.integers(-(10**4), 10**4)).map(float), min_size=4, max_size=30
)


def moments(values):
    """Skewness and kurtosis with exact sums; None where there are none."""
    count = len(values)
    exact = [Fraction(x) for x in values]
    if count < 4 or len(set(exact)) == 1:
        return None
    mean = sum(exact) / count
    second, third, fourth = (sum((x - mean) ** p for x in exact) for p in (2, 3, 4))
    squared = Fraction(count**2 * (count - 1), (count - 2) ** 2) * third**2 / second**3
    root = DIGITS.sqrt(DIGITS.divide(Decimal(squared.numerator), Decimal(squared.denominator)))
    peak = (count + 1) * (count * fourth / second**2 - 3) + 6
    kurtosis = peak * (count - 1) / ((count - 2) * (count - 3))
    return math.copysign(float(root), third), float(kurtosis)


@given(st.lists(SCORES, min_size=1, max_size=40))
def test_moments_are_the_exact_ones(values):
    """The moments miss by what the rounding of shares of the range comes to, and are blind to order."""
    expected = moments(values)
    found = shape(np.sort(np.array(values)))
    if expected is None:
        assert found == (0.0, 0.0)
        return
    count = len(values)
    # A share of the range is off by two roundings, and the sum of their squares at least 1/2.
    assert abs(found[0] - expected[0]) <= 32 * EPSILON * count * math.sqrt(count) / (count - 2)
    stretch = count * (count + 1) * (count - 1) / ((count - 2) * (count - 3))
    assert abs(found[1] - expected[1]) <= 64 * EPSILON * stretch


@pytest.mark.parametrize("factor", [1e300, -1e300, 1e-300, 0.25])
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_moments_do_not_depend_on_the_unit(factor, offset):
    """Great, tiny and shifted numbers have the same moments, turned where the sign is."""
    x = np.array([1.0, 2.0, 3.0, 5.0, 9.0]) + offset
    skewness, kurtosis = shape(x)
    other = shape(np.sort(x * factor))
    assert other == pytest.approx((math.copysign(skewness, factor), kurtosis), rel=1e-7, abs=0)


@given(TAILED, st.integers(0, 6), st.randoms())
def test_the_rule_stops_at_the_first_step_that_passes(values, most, random):
    """Clipping by exact moments, one value at a time, leads to the same limits."""
    rule = Winsorise(skewness=2, kurtosis=3.5, most=most, otherwise="none")
    close = []

    def odd(found):
        if found is None:
            return False
        close.append(min(abs(abs(found[0]) - 2), abs(found[1] - 3.5)) < 1e-9)
        return abs(found[0]) > 2 and found[1] > 3.5

    ordered, low, high = sorted(values), 0, len(values) - 1
    current, steps = ordered, 0
    while odd(moments(current)) and steps < most:
        low, high = (low + 1, high) if moments(current)[0] < 0 else (low, high - 1)
        if ordered[low] == ordered[high]:
            break
        current = [min(max(x, ordered[low]), ordered[high]) for x in ordered]
        steps += 1
    failed = odd(moments(current))
    assume(not any(close))
    fitted = rule.fit(np.array(random.sample(values, len(values))))
    if failed or not steps:
        assert fitted == NoTreatment()
        return
    lower = ordered[low] if low else None
    upper = ordered[high] if high < len(values) - 1 else None
    assert fitted == Clip(lower=lower, upper=upper)
    assert fitted.treat(np.array(ordered)).tolist() == current


def test_the_usual_cases():
    """No outlier, one above, one below, and as many as may be changed are told apart."""
    assert isinstance(RULE, Treatment)
    assert RULE.learnt
    assert RULE.fit(np.array([*CROWD, np.nan])) == NoTreatment()
    assert RULE.fit(np.array([*CROWD, 900.0, np.nan])) == Clip(upper=29.0)
    assert RULE.fit(np.array([-900.0, *CROWD])) == Clip(lower=0.0)
    treated = RULE.treat(np.array([-900.0, np.nan, *CROWD]))
    assert treated.tolist()[0] == 0.0
    assert np.isnan(treated[1])
    assert treated[2:].tolist() == CROWD
    wide = [*CROWD, *CROWD, *CROWD, *[900.0] * 5]
    assert RULE.fit(np.array(wide)) == Clip(upper=29.0)
    fewer = Winsorise(skewness=2, kurtosis=3.5, most=4, otherwise="log")
    assert fewer.fit(np.array(wide)) == ShiftedLogarithm(shift=-9.0, mirrored=False)


def test_both_ends_may_be_clipped():
    """Where one end is tamed and the skewness points to the other, that one is clipped next."""
    values = [*CROWD, 500.0, -400.0]
    fitted = Winsorise(skewness=0.5, kurtosis=0, most=5, otherwise="error").fit(np.array(values))
    assert fitted == Clip(lower=0.0, upper=29.0)


@pytest.mark.parametrize(
    ("skewness", "kurtosis", "treated"),
    [(2, 3.5, True), (2.9, 7, True), (6, 3.5, False), (2, 40, False)],
)
def test_both_limits_must_be_passed(skewness, kurtosis, treated):
    """Skewness alone, or kurtosis alone, is not enough."""
    values = np.array([*CROWD, 900.0])
    assert shape(values) == pytest.approx((5.5, 30.6), abs=0.2)
    rule = Winsorise(skewness=skewness, kurtosis=kurtosis, most=5, otherwise="none")
    assert (rule.fit(values) != NoTreatment()) is treated


def test_a_limit_that_is_just_reached_is_not_passed():
    """Values with exactly the skewness or the kurtosis of the limit are left alone."""
    values = np.array([*CROWD, 900.0])
    skewness, kurtosis = shape(values)
    less = {"skewness": np.nextafter(skewness, 0), "kurtosis": np.nextafter(kurtosis, 0)}
    for more in ({"skewness": skewness}, {"kurtosis": kurtosis}):
        rule = Winsorise(**less | more, most=1, otherwise="none")
        assert rule.fit(values) == NoTreatment()
    assert Winsorise(**less, most=1, otherwise="none").fit(values) == Clip(upper=29.0)


def test_a_slight_skew_to_the_right_is_clipped_above():
    """It is the sign of the skewness that says which end is clipped, not its size."""
    values = np.array([*CROWD, 45.0])
    assert 0 < shape(values)[0] < 1
    rule = Winsorise(skewness=0, kurtosis=-1, most=1, otherwise="none")
    assert rule.fit(values) == Clip(upper=29.0)
    assert rule.fit(-values[::-1]) == Clip(lower=-29.0)


def test_no_sign_of_zero_is_learnt():
    """A limit of -0 is a plain zero."""
    values = np.array([-900.0, -0.0, *CROWD[1:]])
    assert repr(RULE.fit(values)) == "Clip(lower=0.0, upper=None)"


def test_what_is_neither_skewed_nor_peaked_is_left_alone():
    """Fewer than four values, and equal ones, have no moments to be judged by."""
    strict = Winsorise(skewness=0, kurtosis=-99, most=5, otherwise="error")
    for values in ([3.0], [0.0, 0.0, 9.0], [0.1] * 7, [1.7e308] * 9, [0.0, 0.0, 0.0, 5e-324]):
        assert strict.fit(np.array([*values, np.nan])) == NoTreatment()
    assert strict.fit(np.array([-0.0, 0.0])).treat(np.array([-0.0, 0.0])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("most", [0, 1, 5, 99])
def test_no_step_makes_all_values_equal(most):
    """One among zeros is not clipped away: what happens otherwise does."""
    values = np.array([0.0] * 20 + [8.0])
    given_ = {"skewness": 2, "kurtosis": 3.5, "most": most}
    assert Winsorise(**given_, otherwise="none").fit(values) == NoTreatment()
    above = Winsorise(**given_, otherwise="log").fit(values)
    below = Winsorise(**given_, otherwise="log").fit(-values)
    assert above == ShiftedLogarithm(shift=-0.08, mirrored=False)
    assert below == ShiftedLogarithm(shift=0.08, mirrored=True)
    assert (below.treat(-values) == -above.treat(values)).all()


@given(st.lists(SCORES, min_size=20, max_size=30), st.sampled_from([1, -1]))
def test_the_logarithm_is_shifted_by_a_hundredth_of_the_range(values, sign):
    """The frozen logarithm is the formula on its population, to the rounding of its point."""
    rule = Winsorise(skewness=0, kurtosis=-99, most=0, otherwise="log")
    x = sign * np.array(values)
    low, high = Fraction(x.min()), Fraction(x.max())
    assume(high - low > 1)
    fitted = rule.fit(x)
    assume(isinstance(fitted, ShiftedLogarithm))
    assert fitted.mirrored == (shape(np.sort(x))[0] < 0)
    away = (high - low) / 100
    for value, found in zip(x.tolist(), rule.treat(x).tolist(), strict=True):
        beyond = (high - Fraction(value) if fitted.mirrored else Fraction(value) - low) + away
        assert abs(math.exp(abs(found) - abs(math.log(beyond))) - 1) <= float(
            EPSILON * (4 * max(abs(low), abs(high)) / beyond + 8 + 2 * abs(math.log(beyond)))
        )


def test_the_values_nearest_to_the_point_have_a_logarithm():
    """Where a hundredth of the range is less than a float can tell, the next float serves."""
    close = np.array([1e16] * 20 + [1e16 + 2])
    for values in (close, -close):
        assert np.isfinite(RULE.treat(values)).all()


@pytest.mark.parametrize("values", [[-1.7e308] * 20 + [1.7e308], [1.7e308] * 20 + [-1.7e308]])
def test_no_logarithm_holds_the_whole_world(values):
    """A range beyond all floats is refused, with both ends."""
    with refused("Winsorise", "not-finite", words="No logarithm can hold values from -1.7e+308 to"):
        RULE.fit(np.array(values))


@pytest.mark.parametrize("mirrored", [False, True])
def test_later_values_beyond_the_point_are_refused(mirrored):
    """A frozen logarithm says which value it cannot take, and takes what is just beyond."""
    strategy = ShiftedLogarithm(shift=2, mirrored=mirrored)
    side, worst = ("below", 9.0) if mirrored else ("above", -5.0)
    words = f"The logarithm needs values {side} 2, found {worst:g}."
    with refused("ShiftedLogarithm", "not-positive", words=words):
        strategy.treat(np.array([2.0, worst, np.nan]))
    just = np.nextafter(2.0, -9 if mirrored else 9)
    assert np.isfinite(strategy.treat(np.array([just]))).all()


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name != "uCode"]
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in names}


@pytest.mark.parametrize("source", ["stage_screened", "stage_imputed"])
@pytest.mark.parametrize("result", ["treated_default", "stage_treated"])
def test_an_independent_package_treats_alike(shared_data, source, result):
    """All 49 indicators of 51 countries come out as from COINr's winsorising, to 1e-10."""
    folder = shared_data / "oracle" / "asem"
    before, after = table(folder / f"{source}.csv"), table(folder / f"{result}.csv")
    assert len(before) == 49
    for name, values in before.items():
        fitted = RULE.fit(values)
        np.testing.assert_allclose(fitted.treat(values), after[name], rtol=1e-10, atol=0)


def test_an_independent_package_counts_alike(shared_data):
    """Which indicators pass, their moments before and after, and how many values changed, agree."""
    folder = shared_data / "oracle" / "asem"
    before = table(folder / "stage_screened.csv")
    with (folder / "treated_default_details.csv").open(encoding="utf-8", newline="") as file:
        details = {row["iCode"]: row for row in csv.DictReader(file)}
    assert set(details) == set(before)
    changed = 0
    for name, values in before.items():
        expected, fitted = details[name], RULE.fit(values)
        stated = [float(expected[f"check_SkewKurt0.{key}"]) for key in ("Skew", "Kurt")]
        assert shape(np.sort(values)) == pytest.approx(stated, rel=1e-10, abs=0)
        passes = expected["check_SkewKurt0.Pass"] == "TRUE"
        assert (fitted == NoTreatment()) is passes
        if passes:
            continue
        treated = fitted.treat(values)
        count = int(np.sum(treated != values))
        assert count == int(expected["winsorise.nwin"])
        stated = [float(expected[f"check_SkewKurt1.{key}"]) for key in ("Skew", "Kurt")]
        assert shape(np.sort(treated)) == pytest.approx(stated, rel=1e-10, abs=0)
        changed += 1
    assert changed == 15
