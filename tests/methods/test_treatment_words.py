"""Every refusal of every treatment, word by word, and the kind of number that each gives."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from agencyindex.errors import MethodError, Place
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

NUMBER = "a finite number"
SIDES = '"both", "above" or "below"'
SHARE = "a number from 0 to 1"
USUAL = {"skewness": 2, "kurtosis": 3.5, "most": 5, "otherwise": "log"}

PARAMETERS = [
    (Logarithm, {"plus": math.inf}, "plus", NUMBER, "inf", math.inf),
    (Power, {"exponent": 0}, "exponent", "a finite number other than 0", "0", 0.0),
    (Power, {"exponent": "x"}, "exponent", "a finite number other than 0", '"x"', "x"),
    (BoxCox, {"exponent": "x"}, "exponent", NUMBER, '"x"', "x"),
    (ShiftedLogarithm, {"shift": "x", "mirrored": True}, "shift", NUMBER, '"x"', "x"),
    (ShiftedLogarithm, {"shift": 1, "mirrored": 0}, "mirrored", "true or false", "0", 0),
    (Clip, {}, "lower", 'a finite number where "upper" is none', "None", None),
    (Clip, {"lower": "x"}, "lower", NUMBER, '"x"', "x"),
    (Clip, {"upper": "x"}, "upper", NUMBER, '"x"', "x"),
    (Clip, {"lower": 2, "upper": 1}, "upper", 'at least "lower", which is 2', "1", 1.0),
    (QuantileClip, {"lower": -0.1, "upper": 1}, "lower", SHARE, "-0.1", -0.1),
    (QuantileClip, {"lower": 0, "upper": 1.1}, "upper", SHARE, "1.1", 1.1),
    (QuantileClip, {"lower": 0, "upper": "x"}, "upper", SHARE, '"x"', "x"),
    (
        QuantileClip,
        {"lower": 0.5, "upper": 0.5},
        "upper",
        'above "lower", which is 0.5',
        "0.5",
        0.5,
    ),
    (DistanceFrom, {"point": "x", "side": "both"}, "point", NUMBER, '"x"', "x"),
    (DistanceFrom, {"point": 0, "side": "left"}, "side", SIDES, '"left"', "left"),
    (Winsorise, USUAL | {"skewness": -1}, "skewness", "a finite number, at least 0", "-1", -1.0),
    (Winsorise, USUAL | {"skewness": "x"}, "skewness", "a finite number, at least 0", '"x"', "x"),
    (Winsorise, USUAL | {"kurtosis": "x"}, "kurtosis", NUMBER, '"x"', "x"),
    (Winsorise, USUAL | {"most": -1}, "most", "a whole number, at least 0", "-1", -1),
    (
        Winsorise,
        USUAL | {"otherwise": "x"},
        "otherwise",
        'one of "log", "none", "error"',
        '"x"',
        "x",
    ),
]


@pytest.mark.parametrize(("strategy", "given", "name", "wanted", "shown", "found"), PARAMETERS)
def test_a_bad_parameter_is_named_with_what_it_must_be(strategy, given, name, wanted, shown, found):
    """The one problem says the parameter, the demand and the value, in words and as values."""
    with pytest.raises(MethodError) as caught:
        strategy(**given)
    (problem,) = caught.value.problems
    assert problem.code == "bad-parameter"
    assert problem.place == Place(method=strategy.__name__)
    assert problem.message == f'"{name}" must be {wanted}, found {shown}.'
    assert problem.mend == ""
    assert problem.found == found
    assert problem.expected == wanted


INFINITE = "A value of the population is -inf."
CORRECT = "Correct it, or leave it out."
GAP = [math.nan]
BOTH_INFINITE = [math.inf, -math.inf]
LEARN = "Use a treatment that is declared, or answers of more agencies."
NOTHING = "No agency has a value, so there is nothing to learn."
PLUS = 'State a greater "plus", or use another treatment.'
EXPONENT = "State another exponent, or use another treatment."
BEYOND = "Clip the points before, or fit the definition on a population that has such."
RULE = Winsorise(**USUAL)
STRICT = Winsorise(**USUAL | {"otherwise": "error"})
SPIKE = [0.0] * 20 + [8.0]

AT_WORK = [
    (RULE.fit, (GAP,), "empty-population", NOTHING, LEARN, None),
    (QuantileClip(lower=0, upper=1).treat, (GAP,), "empty-population", NOTHING, LEARN, None),
    (RULE.treat, (BOTH_INFINITE,), "not-finite", INFINITE, CORRECT, -math.inf),
    (
        QuantileClip(lower=0, upper=1).fit,
        ([1.0, math.inf],),
        "not-finite",
        "A value of the population is inf.",
        CORRECT,
        math.inf,
    ),
    (
        Logarithm(plus=0).treat,
        ([2.0, 0.0, math.nan],),
        "not-positive",
        "A logarithm needs values above 0, found 0.",
        PLUS,
        0.0,
    ),
    (
        Logarithm(plus=1.5).treat,
        ([-1.5, -math.inf],),
        "not-positive",
        "A logarithm needs values above -1.5, found -inf.",
        PLUS,
        -math.inf,
    ),
    (
        Power(exponent=0.5).treat,
        ([4.0, math.nan, -1.0, -2.5],),
        "not-positive",
        "A power of 0.5 needs values of at least 0, found -2.5.",
        EXPONENT,
        -2.5,
    ),
    (
        Power(exponent=-1).treat,
        ([4.0, -1.0, -0.0],),
        "not-positive",
        "A power of -1 needs values other than 0, found 0.",
        EXPONENT,
        0.0,
    ),
    (
        Power(exponent=-0.5).treat,
        ([0.0, -1.0],),
        "not-positive",
        "A power of -0.5 needs values of at least 0, found -1.",
        EXPONENT,
        -1.0,
    ),
    (
        BoxCox(exponent=2).treat,
        ([1.0, 0.0, -3.5],),
        "not-positive",
        "A Box-Cox transform needs values above 0, found -3.5.",
        "Score to points above zero, or use another treatment.",
        -3.5,
    ),
    (
        BoxCox(exponent=2).treat,
        ([math.nan, 1.0, 0.0],),
        "not-positive",
        "A Box-Cox transform needs values above 0, found 0.",
        "Score to points above zero, or use another treatment.",
        0.0,
    ),
    (
        ShiftedLogarithm(shift=2, mirrored=False).treat,
        ([3.0, math.nan, 2.0, 1.5],),
        "not-positive",
        "The logarithm needs values above 2, found 1.5.",
        BEYOND,
        1.5,
    ),
    (
        ShiftedLogarithm(shift=2, mirrored=True).treat,
        ([1.0, math.nan, 2.0, 2.5],),
        "not-positive",
        "The logarithm needs values below 2, found 2.5.",
        BEYOND,
        2.5,
    ),
    (
        RULE.fit,
        ([-1.7e308] * 20 + [1.7e308],),
        "not-finite",
        "No logarithm can hold values from -1.7e+308 to 1.7e+308.",
        "Correct them: the greatest number is 1.8e+308.",
        (-1.7e308, 1.7e308),
    ),
]


@pytest.mark.parametrize(("work", "given", "code", "message", "mend", "found"), AT_WORK)
def test_a_method_that_cannot_work_says_why(work, given, code, message, mend, found):
    """The one problem of a method at work has its code, both sentences and the value."""
    with pytest.raises(MethodError) as caught:
        work(*(np.array(each) if isinstance(each, list) else each for each in given))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place == Place(method=type(work.__self__).__name__)
    assert (problem.message, problem.mend) == (message, mend)
    assert problem.found == found


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_outliers_that_stay_are_an_error_where_told(kind):
    """The error says how many values might be clipped, and both moments, by doubles always."""
    with pytest.raises(MethodError) as caught:
        STRICT.fit(np.array(SPIKE, dtype=kind))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("out-of-range", Place(method="Winsorise"))
    assert problem.message == (
        "With up to 5 values clipped, the distribution still has outliers: "
        "its skewness is 4.58 and its kurtosis 21."
    )
    assert problem.mend == 'Use "log" or "none" as "otherwise", or clip at stated limits.'
    assert problem.found == pytest.approx((math.sqrt(21), 21.0), rel=1e-14, abs=0)


SINGLE, WHOLE = np.array([0.25, 0.5], dtype=np.float32), np.array([1, 2])
LONG = np.array([0.25, 0.5], dtype=np.longdouble)
EXACT = np.array([Fraction(1, 4), Fraction(1, 2)])
WORKS = [
    *(
        strategy.treat
        for strategy in (
            NoTreatment(),
            Logarithm(plus=0),
            Power(exponent=2),
            BoxCox(exponent=2),
            BoxCox(exponent=0),
            ShiftedLogarithm(shift=0, mirrored=False),
            ShiftedLogarithm(shift=9, mirrored=True),
            Clip(lower=0),
            QuantileClip(lower=0, upper=1),
            DistanceFrom(point=1, side="both"),
            DistanceFrom(point=1, side="above"),
            RULE,
        )
    ),
]


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("values", [SINGLE, WHOLE, LONG, EXACT])
def test_methods_give_doubles_and_leave_what_they_are_given(work, values):
    """Whatever kind of number goes in, a double comes out, and the input is as it was."""
    before = values.copy()
    found = work(values)
    assert found.dtype == np.float64
    assert values.tobytes() == before.tobytes()
    gapped = np.array([1.0, np.nan])
    _ = work(gapped)
    assert np.isnan(gapped).tolist() == [False, True]
