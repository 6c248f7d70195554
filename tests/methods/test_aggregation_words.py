"""Every refusal of the aggregations, word by word, and what they say of children and numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agencyindex.errors import MethodError, Place
from agencyindex.methods.aggregation import (
    BenefitOfTheDoubt,
    BordaCount,
    Copeland,
    HarmonicMean,
    Kemeny,
    Maximum,
    MazziottaPareto,
    Minimum,
    OrderedWeightedAverage,
    PowerMean,
    WeightedMedian,
)

ZERO = '"zero" or "error"'
EXPONENT = "a finite number at least 0.001 from 0"
PLACES = "a list of numbers of at least 0, not all 0"
TIES = '"smallest", "largest" or "average"'
LOWER, UPPER = "a number from 0 to below 1", "a number above 0 up to 1"
HUGE = (1e308, 1e308)

PARAMETERS = [
    (HarmonicMean, {"zero": "one"}, "zero", ZERO, '"one"', "one"),
    (PowerMean, {"exponent": 1, "zero": 0}, "zero", ZERO, "0", 0),
    (PowerMean, {"exponent": 0, "zero": "zero"}, "exponent", EXPONENT, "0", 0.0),
    (PowerMean, {"exponent": -0.0009, "zero": "zero"}, "exponent", EXPONENT, "-0.0009", -0.0009),
    (PowerMean, {"exponent": math.inf, "zero": "zero"}, "exponent", EXPONENT, "inf", math.inf),
    (PowerMean, {"exponent": True, "zero": "zero"}, "exponent", EXPONENT, "True", True),
    (OrderedWeightedAverage, {"weights": []}, "weights", PLACES, "[]", ()),
    (OrderedWeightedAverage, {"weights": 3}, "weights", PLACES, "3", 3),
    (OrderedWeightedAverage, {"weights": [0, 0]}, "weights", PLACES, "[0, 0]", (0.0, 0.0)),
    (OrderedWeightedAverage, {"weights": [2, -1]}, "weights", PLACES, "[2, -1]", (2.0, -1.0)),
    (OrderedWeightedAverage, {"weights": HUGE}, "weights", PLACES, "[1e+308, 1e+308]", HUGE),
    (MazziottaPareto, {"penalty": "up"}, "penalty", '"downward" or "upward"', '"up"', "up"),
    (BordaCount, {"ties": "dense"}, "ties", TIES, '"dense"', "dense"),
    (BenefitOfTheDoubt, {"lower": 1}, "lower", LOWER, "1", 1.0),
    (BenefitOfTheDoubt, {"lower": -0.1}, "lower", LOWER, "-0.1", -0.1),
    (BenefitOfTheDoubt, {"lower": "x"}, "lower", LOWER, '"x"', "x"),
    (BenefitOfTheDoubt, {"upper": 0}, "upper", UPPER, "0", 0.0),
    (BenefitOfTheDoubt, {"upper": 1.1}, "upper", UPPER, "1.1", 1.1),
    (BenefitOfTheDoubt, {"upper": "x"}, "upper", UPPER, '"x"', "x"),
    (
        BenefitOfTheDoubt,
        {"lower": 0.5, "upper": 0.4},
        "upper",
        'at least "lower", which is 0.5',
        "0.4",
        0.4,
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
    assert (problem.found, problem.expected) == (found, wanted)


def test_the_ends_of_parameters_belong_to_them():
    """What is just allowed is allowed."""
    assert PowerMean(exponent=-0.001, zero="zero").exponent == -0.001
    assert BenefitOfTheDoubt(lower=0, upper=1).lower == 0
    assert BenefitOfTheDoubt(lower=0.5, upper=0.5).upper == 0.5
    assert OrderedWeightedAverage(weights=[0, 1]).weights == (0.0, 1.0)


HARMONIC, STRICT = HarmonicMean(zero="zero"), HarmonicMean(zero="error")
SQUARE, ROOT = PowerMean(exponent=2, zero="error"), PowerMean(exponent=-0.5, zero="error")
FREE, SHARES = BenefitOfTheDoubt(), BenefitOfTheDoubt(lower=0.1, upper=0.4)
ABOVE = "Normalise to a scale above zero, or use another aggregation."
OTHER = "Normalise to another scale, or use another aggregation."
INFINITE = "A value is infinite, so it cannot be set against others."
CLIP = "Clip the values when they are normalised."
BOUNDS = 'Change "lower" or "upper", or the number of children.'

AT_WORK = [
    (
        HARMONIC,
        [[1.0, -2.5]],
        "not-positive",
        "A harmonic mean needs values of at least zero, found -2.5.",
        ABOVE,
        -2.5,
    ),
    (
        STRICT,
        [[1.0, 0.0]],
        "not-positive",
        "A harmonic mean needs values above zero, found 0.",
        ABOVE,
        0.0,
    ),
    (
        HARMONIC,
        [[1e-201, 1e-202]],
        "out-of-range",
        "A harmonic mean takes values from 1e-200 to 1e+200, found 1e-201.",
        OTHER,
        1e-201,
    ),
    (
        HARMONIC,
        [[1e-201, 1.0], [5.0, 1.0]],
        "out-of-range",
        "A harmonic mean takes values from 1e-200 to 1e+200, found 1e-201.",
        OTHER,
        1e-201,
    ),
    (
        SQUARE,
        [[0.0, -1.0]],
        "not-positive",
        "A power mean needs values of at least zero, found -1.",
        ABOVE,
        -1.0,
    ),
    (
        ROOT,
        [[1.0, -0.0]],
        "not-positive",
        "A power mean needs values above zero, found 0.",
        ABOVE,
        0.0,
    ),
    (
        SQUARE,
        [[1.0, 1e101]],
        "out-of-range",
        "A power mean takes values from 1e-100 to 1e+100, found 1e+101.",
        OTHER,
        1e101,
    ),
    (WeightedMedian(), [[1.0, math.inf]], "out-of-range", INFINITE, CLIP, math.inf),
    (
        OrderedWeightedAverage(weights=[1, 1]),
        [[1.0, -math.inf]],
        "out-of-range",
        INFINITE,
        CLIP,
        -math.inf,
    ),
    (
        MazziottaPareto(penalty="upward"),
        [[1.0, math.inf]],
        "out-of-range",
        INFINITE,
        CLIP,
        math.inf,
    ),
    (
        MazziottaPareto(penalty="downward"),
        [[1.0, -1.0]],
        "not-positive",
        "A penalty needs values of at least zero, found -1.",
        ABOVE,
        -1.0,
    ),
    (
        Kemeny(),
        [[float(row)] * 2 for row in range(12)],
        "out-of-range",
        "The best order is sought among up to 10 agencies, and 12 have a value.",
        'Use "copeland" or "borda", which take any number.',
        12,
    ),
    (
        FREE,
        [[1.0, math.nan], [2.0, 3.0]],
        "missing-points",
        "Values are missing at (row, column) (0, 1), counted from 0.",
        "Impute them, or leave those children or agencies out.",
        [(0, 1)],
    ),
    (
        FREE,
        [[1.0, -3.0]],
        "not-positive",
        "The benefit of the doubt needs values of at least zero, found -3.",
        ABOVE,
        -3.0,
    ),
    (
        SHARES,
        [[1.0, -0.0]],
        "not-positive",
        "The benefit of the doubt needs values above zero where shares have bounds, found 0.",
        ABOVE,
        0.0,
    ),
    (
        FREE,
        [[1e151, 1e152]],
        "out-of-range",
        "The benefit of the doubt takes 1e-150 to 1e150, found 1e+152.",
        ABOVE,
        1e152,
    ),
    (
        SHARES,
        [[1.0, 1.0]],
        "out-of-range",
        "2 shares of at most 0.4 are less than the whole.",
        BOUNDS,
        2,
    ),
    (
        BenefitOfTheDoubt(lower=0.6),
        [[1.0, 1.0]],
        "out-of-range",
        "2 shares of at least 0.6 are more than the whole.",
        BOUNDS,
        2,
    ),
]


@pytest.mark.parametrize(("by", "values", "code", "message", "mend", "found"), AT_WORK)
def test_an_aggregation_that_cannot_work_says_why(by, values, code, message, mend, found):
    """The one problem at work has its code, both sentences and the value."""
    with pytest.raises(MethodError) as caught:
        by.aggregate(np.array(values), np.ones(2))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place == Place(method=type(by).__name__)
    assert (problem.message, problem.mend) == (message, mend)
    assert problem.found == found


RANGES = [(-1.5, 1.0), (0.0, 1.0), (0.5, 1e150), (1.0, math.inf), (1e-300, 1.0), (1.0, 1e300)]
CAN_BE_ZERO = (1, 'Values can be zero, and "zero" is "error".')


def misfits(first, span):
    """What is said of a child beyond the range of a mean of powers."""
    texts = {2: "0.5 to 1e+150", 4: "1e-300 to 1", 5: "1 to 1e+300"}
    return [
        (position, f"Values from {text} do not fit into {span}.")
        for position, text in texts.items()
        if position in first
    ]


FAULTS = [
    (
        HARMONIC,
        [(0, "Values down to -1.5 have no harmonic mean.")] + misfits({4, 5}, "1e-200 to 1e+200"),
    ),
    (
        STRICT,
        [(0, "Values down to -1.5 have no harmonic mean."), CAN_BE_ZERO]
        + misfits({4, 5}, "1e-200 to 1e+200"),
    ),
    (
        SQUARE,
        [(0, "Values down to -1.5 have no power mean.")] + misfits({2, 4, 5}, "1e-100 to 1e+100"),
    ),
    (
        ROOT,
        [(0, "Values down to -1.5 have no power mean."), CAN_BE_ZERO]
        + misfits({4, 5}, "1e-200 to 1e+200"),
    ),
    (Minimum(), []),
    (Maximum(), []),
    (WeightedMedian(), []),
    (OrderedWeightedAverage(weights=[1] * 6), []),
    (
        OrderedWeightedAverage(weights=[1] * 4),
        [(4, '"weights" has 4 places, and there are 6 children.')],
    ),
    (MazziottaPareto(penalty="upward"), [(0, "Values down to -1.5 have no penalty.")]),
    (Copeland(), []),
    (BordaCount(ties="average"), []),
    (Kemeny(), []),
    (FREE, [(0, "Values down to -1.5 have no benefit of the doubt.")]),
    (
        SHARES,
        [
            (0, "Values down to -1.5 have no benefit of the doubt."),
            (1, "Values can be zero, and shares have bounds."),
        ],
    ),
]


@pytest.mark.parametrize(("by", "expected"), FAULTS)
def test_an_aggregation_says_what_it_cannot_take(by, expected):
    """Each child that can have a value that does not fit is told by its position."""
    assert list(by.faults(RANGES)) == expected


@pytest.mark.parametrize("by", [HARMONIC, STRICT])
def test_the_ends_of_a_span_belong_to_it(by):
    """Children from the least to the greatest value that has a reciprocal fit."""
    assert list(by.faults([(1e-200, 1e200)])) == []


@pytest.mark.parametrize("by", [by for by, _ in FAULTS])
def test_aggregations_give_doubles_and_take_any_numbers(by):
    """Whole numbers and short floats come out as doubles, and what is given stays as it was."""
    for kind in (np.int64, np.float32):
        values, weights = np.array([[2, 1, 3], [1, 1, 1]], dtype=kind), np.ones(3, dtype=kind)
        copies = values.copy(), weights.copy()
        found = by.aggregate(values, weights)
        assert found.dtype == np.float64
        assert found.shape == (2,)
        assert (values == copies[0]).all()
        assert (weights == copies[1]).all()


def test_what_each_aggregation_can_be_told_by():
    """Name, and whether a population is needed; none of them is linear."""
    told = {by.name: by.compares for by, _ in FAULTS}
    comparing = {"copeland", "borda", "kemeny", "benefit_of_the_doubt"}
    alone = {"harmonic", "power", "minimum", "maximum", "median", "ordered", "mazziotta_pareto"}
    assert told == dict.fromkeys(comparing, True) | dict.fromkeys(alone, False)
    assert not any(by.linear or by.adds for by, _ in FAULTS)
