"""Every refusal of every strategy, word by word, and the kind of number that each gives."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agencyindex import schema
from agencyindex.errors import MethodError, Place
from agencyindex.methods.aggregation import ArithmeticMean, GeometricMean, Sum
from agencyindex.methods.choices import (
    BinaryPoints,
    CountPoints,
    OptionPoints,
    OrdinalPoints,
    SharePoints,
)
from agencyindex.methods.normalisation import (
    Attainable,
    Constant,
    Goalposts,
    MinMax,
    NoNormalisation,
)
from agencyindex.methods.numbers import BandPoints, LinearPoints, Ratio
from agencyindex.methods.protocols import Siblings
from agencyindex.methods.registry import FAMILIES
from agencyindex.methods.rounding import rounded
from agencyindex.methods.weighting import EqualWeights, FixedWeights

TABLE = "a table of options and finite numbers"
ATTRIBUTE = "the name of an attribute"
SCALE = "a list of two different finite numbers"
BOUNDS = {"lower": 0, "upper": 1, "outside": "clip", "better": "higher"}
WHEN_ZERO = 'one of "error", "not_answered", "dont_know", "refused", "not_applicable", "not_asked"'

PARAMETERS = [
    (OptionPoints, {"points": {}}, "points", TABLE, "{}", {}),
    (
        OptionPoints,
        {"points": {"a": "x", "b": 1}},
        "points",
        TABLE,
        '{"a": "x", "b": 1}',
        {"a": "x", "b": 1.0},
    ),
    (OptionPoints, {"points": {"a": 1}, "default": "x"}, "default", "a finite number", '"x"', "x"),
    (OrdinalPoints, {"best": "top"}, "best", '"first" or "last"', '"top"', "top"),
    (BinaryPoints, {"ones": []}, "ones", "a list of options, at least one", "[]", ()),
    (BinaryPoints, {"ones": "yes"}, "ones", "a list of options, at least one", '"yes"', "yes"),
    (BinaryPoints, {"ones": [1]}, "ones", "a list of options, at least one", "[1]", (1,)),
    (CountPoints, {"weights": {}}, "weights", TABLE, "{}", {}),
    (CountPoints, {"weights": 5}, "weights", TABLE, "5", 5),
    (CountPoints, {"cap": "x"}, "cap", "a finite number", '"x"', "x"),
    (LinearPoints, BOUNDS | {"lower": "x"}, "lower", "a finite number", '"x"', "x"),
    (LinearPoints, BOUNDS | {"upper": math.inf}, "upper", "a finite number", "inf", math.inf),
    (
        LinearPoints,
        BOUNDS | {"lower": -1.5e308, "upper": 1.5e308},
        "upper",
        'above "lower", which is -1.5e+308',
        "1.5e+308",
        1.5e308,
    ),
    (LinearPoints, BOUNDS | {"lower": 1}, "upper", 'above "lower", which is 1', "1", 1.0),
    (LinearPoints, BOUNDS | {"outside": "x"}, "outside", '"clip" or "error"', '"x"', "x"),
    (LinearPoints, BOUNDS | {"better": "x"}, "better", '"higher" or "lower"', '"x"', "x"),
    (
        BandPoints,
        {"edges": [2, 2], "values": [1, 2, 3]},
        "edges",
        "ascending finite numbers, at least one",
        "[2, 2]",
        (2.0, 2.0),
    ),
    (
        BandPoints,
        {"edges": [2], "values": [1]},
        "values",
        "2 finite numbers, one for each band",
        "[1]",
        (1.0,),
    ),
    (
        Ratio,
        {"denominator": 5, "when_zero": "error"},
        "denominator",
        "the id of an item",
        "5",
        5,
    ),
    (Ratio, {"attribute": "", "when_zero": "error"}, "attribute", ATTRIBUTE, '""', ""),
    (Ratio, {"attribute": 5, "when_zero": "error"}, "attribute", ATTRIBUTE, "5", 5),
    (
        Ratio,
        {"denominator": "fte", "attribute": "staff", "when_zero": "error"},
        "denominator",
        'left out beside "attribute"',
        '"fte"',
        "fte",
    ),
    (Ratio, {"denominator": "fte", "when_zero": "x"}, "when_zero", WHEN_ZERO, '"x"', "x"),
    (Goalposts, {"goalposts": [1], "to": [0, 1], "clip": True}, "goalposts", SCALE, "[1]", (1.0,)),
    (Goalposts, {"goalposts": [0, 1], "to": 5, "clip": True}, "to", SCALE, "5", 5),
    (Goalposts, {"goalposts": [0, 1], "to": [0, 1], "clip": 1}, "clip", "true or false", "1", 1),
    (Constant, {"value": "x"}, "value", "a finite number", '"x"', "x"),
    (Attainable, {"to": [1, 1]}, "to", SCALE, "[1, 1]", (1.0, 1.0)),
    (MinMax, {"to": "ab", "clip": True}, "to", SCALE, '"ab"', "ab"),
    (MinMax, {"to": [0, 1], "clip": "no"}, "clip", "true or false", '"no"', "no"),
    (
        MinMax,
        {"to": [0, 1], "clip": True, "when_constant": "x"},
        "when_constant",
        "a finite number",
        '"x"',
        "x",
    ),
    (GeometricMean, {"zero": "one"}, "zero", '"zero" or "error"', '"one"', "one"),
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


WEIGHED = "A weight is at least 0, found -1."
TURN = "Turn a direction with -1, not a weight."
ALL_ZERO = "All weights are zero, so there is nothing to share out."
ABOVE = "Normalise to a scale above zero, or use another aggregation."
NEEDS = "A geometric mean needs values above zero, found "
CONSTANT = 'Give "when_constant", or use "goalposts".'
MINMAX = MinMax(to=[0, 1], clip=True)
ZERO, ERROR = GeometricMean(zero="zero"), GeometricMean(zero="error")
SCALED = Attainable(to=[0, 100])

AT_WORK = [
    (
        FixedWeights().weights,
        ([[0.0]],),
        "missing-weight",
        "No weights are stated.",
        "Give them as Siblings(stated=...).",
        None,
    ),
    (
        FixedWeights().weights,
        ([[0.0]], Siblings(stated=[2.0, -1.0])),
        "out-of-range",
        WEIGHED,
        TURN,
        -1.0,
    ),
    (
        FixedWeights().weights,
        ([[0.0]], Siblings(stated=[0, 0])),
        "zero-weights",
        ALL_ZERO,
        "Give one above zero.",
        None,
    ),
    (ZERO.aggregate, ([[1.0, -2.5]], [1, 1]), "not-positive", f"{NEEDS}-2.5.", ABOVE, -2.5),
    (ERROR.aggregate, ([[1.0], [0.0]], [1]), "not-positive", f"{NEEDS}0.", ABOVE, 0.0),
    (
        SCALED.normalise,
        ([1.0],),
        "no-bound",
        "Values alone do not tell which points can be attained.",
        'Call "fit" with the attainable range first.',
        None,
    ),
    (
        SCALED.fit,
        ([], (0.0, math.inf)),
        "no-bound",
        "The attainable points run from 0 to inf, without a bound.",
        'Use "goalposts", or a scoring with a bound.',
        (0.0, math.inf),
    ),
    (
        SCALED.fit,
        ([], (2.0, 2.0)),
        "constant-indicator",
        "Every answer is worth 2 points, so the range is zero.",
        'Give different points, or use "goalposts".',
        2.0,
    ),
    (
        MINMAX.fit,
        ([math.nan], (0.0, 1.0)),
        "empty-population",
        "No agency has a value, so there is no range to learn.",
        'Use "goalposts", or answers of more agencies.',
        None,
    ),
    (
        MINMAX.fit,
        ([3.0, 3.0, math.nan], (0.0, 5.0)),
        "constant-indicator",
        "All 2 agencies have the value 3, so the range is zero.",
        CONSTANT,
        3.0,
    ),
    (
        MINMAX.fit,
        ([-5.0, -5.0], (-9.0, 0.0)),
        "constant-indicator",
        (
            "All 2 agencies have the value -5 (its sign turned where fewer is better), so the range is "
            "zero."
        ),
        CONSTANT,
        -5.0,
    ),
    (
        MINMAX.normalise,
        ([0.5],),
        "constant-indicator",
        "The only agency has the value 0.5, so the range is zero.",
        CONSTANT,
        0.5,
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


FAULTS = [
    (
        OptionPoints(points={"yes": 1, "nope": 0}),
        ["yes", "no"],
        [
            (
                "unknown-option",
                'The item has no option "nope" to score.',
                'The 2 options are "yes", "no".',
            ),
            ("missing-points", 'The option "no" has no points.', 'Add it, or state "default".'),
        ],
    ),
    (OptionPoints(points={"yes": 1}, default=0), ["yes", "no"], []),
    (
        OrdinalPoints(best="last"),
        ["yes"],
        [
            (
                "scoring-type",
                "An order needs at least 2 options, and the item has 1.",
                "Use a points table.",
            )
        ],
    ),
    (OrdinalPoints(best="last"), ["yes", "no"], []),
    (
        BinaryPoints(ones=["never"]),
        ["yes", "no"],
        [
            (
                "unknown-option",
                'The item has no option "never" to score.',
                'The 2 options are "yes", "no".',
            )
        ],
    ),
    (
        CountPoints(weights={"web": 1, "fax": 1}),
        ["web", "phone"],
        [
            (
                "unknown-option",
                'The item has no option "fax" to score.',
                'The 2 options are "web", "phone".',
            ),
            (
                "missing-points",
                'The option "phone" has no weight.',
                "Add it; 0 where it counts nothing.",
            ),
        ],
    ),
    (CountPoints(), ["web"], []),
    (
        SharePoints(),
        [],
        [("no-options", "Every option of the item is exclusive.", "Offer another.")],
    ),
    (SharePoints(), ["web"], []),
    (LinearPoints(**BOUNDS), [], []),
    (BandPoints(edges=[1], values=[0, 1]), [], []),
    (Ratio(denominator="fte", when_zero="error"), [], []),
]


@pytest.mark.parametrize(("scoring", "options", "expected"), FAULTS)
def test_a_scoring_says_what_does_not_fit_its_options(scoring, options, expected):
    """Each fault has its code, what is wrong and how to mend it."""
    assert list(scoring.faults(options)) == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Sum(), []),
        (ArithmeticMean(), []),
        (ZERO, [(0, "Values down to -1.5 have no geometric mean.")]),
        (
            ERROR,
            [
                (0, "Values down to -1.5 have no geometric mean."),
                (1, 'Values can be zero, and "zero" is "error".'),
            ],
        ),
    ],
)
def test_an_aggregation_says_what_it_cannot_take(by, expected):
    """Each child that can have a value without a mean is told by its position."""
    assert list(by.faults([(-1.5, 1.0), (0.0, 1.0), (0.5, 1.0)])) == expected


SINGLE, WHOLE = np.array([0.25, 0.5], dtype=np.float32), np.array([1, 2])
MANY = np.array([[True, False]])

DOUBLES = [
    (OptionPoints(points={"a": 1, "b": 2}).points, (WHOLE - 1, ["a", "b"])),
    (OrdinalPoints(best="last").points, (SINGLE, ["a", "b"])),
    (BinaryPoints(ones=["a"]).points, (WHOLE - 1, ["a", "b"])),
    (CountPoints().points, (MANY, ["a", "b"])),
    (SharePoints().points, (MANY.astype(np.float32), ["a", "b"])),
    (LinearPoints(**BOUNDS).points, (SINGLE, [])),
    (BandPoints(edges=[1], values=[0, 1]).points, (SINGLE, [])),
    (Ratio(denominator="a", when_zero="error").points, (np.stack([SINGLE, SINGLE]), [])),
    (NoNormalisation().normalise, (WHOLE,)),
    (NoNormalisation().normalise, (SINGLE,)),
    (Goalposts(goalposts=[0, 1], to=[0, 1], clip=False).normalise, (SINGLE,)),
    (Constant(value=1).normalise, (SINGLE,)),
    (MINMAX.normalise, (SINGLE,)),
    (EqualWeights().weights, (np.empty((0, 2)),)),
    (FixedWeights().weights, (np.empty((0, 2)), Siblings(stated=SINGLE))),
    (Sum().aggregate, (SINGLE[None], SINGLE)),
    (ArithmeticMean().aggregate, (SINGLE[None], SINGLE)),
    (ZERO.aggregate, (SINGLE[None], SINGLE)),
]


@pytest.mark.parametrize(("work", "given"), DOUBLES)
def test_methods_give_doubles(work, given):
    """Whatever kind of number goes in, a double comes out."""
    assert work(*given).dtype == np.float64


def test_the_default_is_the_points_of_what_the_table_leaves_out():
    """Without a default an option that is left out is a gap, with one it has those points."""
    gap = OptionPoints(points={"a": 1}).points(np.array([0, 1]), ["a", "b"])
    assert gap[0] == 1
    assert np.isnan(gap[1])
    default = OptionPoints(points={"a": 1}, default=0.5)
    assert default.points(np.array([0, 1]), ["a", "b"]).tolist() == [1.0, 0.5]
    assert default.attainable(["a", "b"]) == (0.5, 1.0)


def test_a_count_of_mixed_weights_has_a_range_below_zero():
    """The range of a count is from the sum of what takes away to the sum of what adds, capped."""
    weights = {"a": 2.0, "b": -3.0, "c": 0.0, "d": 0.5, "e": -0.5}
    assert CountPoints(weights=weights).attainable(list(weights)) == (-3.5, 2.5)
    assert CountPoints(weights=weights, cap=2).attainable(list(weights)) == (-3.5, 2.0)


def test_an_overflowing_ratio_is_infinite_without_a_warning():
    """A quotient beyond the greatest double is infinite, quietly, and one by zero a gap."""
    ratio = Ratio(denominator="fte", when_zero="error")
    with np.errstate(all="raise"):
        found = ratio.points(np.array([[1e308, 1.0], [1e-10, 0.0]]), [])
    assert found[0] == math.inf
    assert np.isnan(found[1])
    assert ratio.attainable([]) == (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("value", "decimals"), [(948252747898793.9, 1), (900719925.4740993, 7), (13341757.013391491, 9)]
)
def test_what_has_no_finer_steps_stays(value, decimals):
    """A number of 2**53 steps or more stays as it is to the bit, of either sign."""
    assert rounded(np.array([value, -value]), decimals, "binary").tolist() == [value, -value]


@pytest.mark.parametrize("greatest", [-0.0, 0.0])
def test_goalposts_have_no_negative_zero(greatest):
    """A zero of a population becomes a plain zero, whatever its sign."""
    high = MINMAX.fit(np.array([-1.0, greatest]), (-1.0, 1.0)).goalposts[1]
    low = MINMAX.fit(np.array([1.0, greatest]), (-1.0, 1.0)).goalposts[0]
    assert [math.copysign(1, high), math.copysign(1, low)] == [1.0, 1.0]


def test_min_max_reaches_what_stands_for_a_constant():
    """What any population may give holds the value for a constant one, above or below."""
    assert MinMax(to=[0, 1], clip=True).attainable((5.0, 6.0)) == (0.0, 1.0)
    assert MinMax(to=[0, 1], clip=True, when_constant=2).attainable((5.0, 6.0)) == (0.0, 2.0)
    assert MinMax(to=[1, 0], clip=True, when_constant=-1).attainable((5.0, 6.0)) == (-1.0, 1.0)
    assert MinMax(to=[0, 1], clip=False).attainable((5.0, 6.0)) == (-math.inf, math.inf)


@pytest.mark.parametrize("family", FAMILIES)
def test_registries_hold_the_methods_by_name(family):
    """A registry gives each method by its name, as the schema lists them, and cannot be changed."""
    registry = FAMILIES[family]
    listed = schema("index")["$defs"][family]["properties"]["method"]["enum"]
    assert list(registry) == listed
    assert all(strategy.name == name for name, strategy in registry.items())
    with pytest.raises(TypeError):
        registry["own"] = None
