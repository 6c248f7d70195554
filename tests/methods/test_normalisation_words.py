"""Every refusal of the normalisations that learn or come from learning, word by word."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agencyindex.errors import MethodError, Place
from agencyindex.methods.normalisation import (
    Ampi,
    Borda,
    CappedGoalposts,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
    LinearMap,
    MeanBands,
    MinMax,
    PercentileRank,
    QuantileBands,
    Rank,
    ReferenceTable,
    RobustScore,
    Steps,
    VectorNormalisation,
    ZScore,
)

FINITE, OTHER, ABOVE = "a finite number", "a finite number other than 0", "a number above 0"
SCALE = "a list of two different finite numbers"
TIES = '"smallest", "largest" or "average"'
ASCENDING = "ascending finite numbers, at least one"
MAD = "median absolute deviation"
EDGES = "finite numbers, at least one, none below the one before"
SHARES = "ascending numbers above 0 and below 1, at least one"
LINE = {"centre": 0, "spread": 1, "mean": 0, "deviation": 1}
SCORE = {"mean": 0, "deviation": 1}
SHARE = {"ties": "smallest", "of": "all", "to": [0, 1]}
TABLE = {"values": [1, 2], "scores": [3, 4]}
STEPS = {"edges": [1, 2], "values": [1, 2, 3], "closed": ["upper", "lower"]}
THIRDS = {"quantiles": [0.25, 0.75], "values": [1, 2, 3]}
MEAN = {"width": 0.1, "below": -1, "within": 0, "above": 1}
AGENCY = {"agency": "a", "origin": "zero"}
TARGET = {"target": 1, "cap": True}
POSTS = {"goalposts": [0, 1], "to": [0, 1]}

PARAMETERS = [
    (LinearMap, LINE, "centre", "x", FINITE, '"x"'),
    (LinearMap, LINE, "centre", math.inf, FINITE, "inf"),
    (LinearMap, LINE, "mean", None, FINITE, "None"),
    (LinearMap, LINE, "spread", 0, OTHER, "0"),
    (LinearMap, LINE, "spread", "x", OTHER, '"x"'),
    (LinearMap, LINE, "deviation", 0, OTHER, "0"),
    (LinearMap, LINE, "deviation", True, OTHER, "True"),
    *(
        row
        for score in (ZScore, RobustScore)
        for row in (
            (score, SCORE, "mean", "x", FINITE, '"x"'),
            (score, SCORE, "deviation", 0, ABOVE, "0"),
            (score, SCORE, "deviation", -1, ABOVE, "-1"),
            (score, SCORE, "deviation", "x", ABOVE, '"x"'),
            (score, SCORE, "when_constant", "x", FINITE, '"x"'),
        )
    ),
    (ZScore, SCORE, "of", "all", '"sample" or "population"', '"all"'),
    (ZScore, SCORE, "of", None, '"sample" or "population"', "None"),
    (Ampi, {}, "centre", "mean", FINITE, '"mean"'),
    (Ampi, {}, "when_constant", math.nan, FINITE, "nan"),
    (ReferenceTable, TABLE, "values", (), ASCENDING, "[]"),
    (ReferenceTable, TABLE, "values", 5, ASCENDING, "5"),
    (ReferenceTable, TABLE, "values", (1.0, 1.0), ASCENDING, "[1, 1]"),
    (ReferenceTable, TABLE, "values", (1.0, 3.0, 2.0), ASCENDING, "[1, 3, 2]"),
    (ReferenceTable, TABLE, "values", ((1.0, 2.0), 3.0), ASCENDING, "[[1, 2], 3]"),
    (ReferenceTable, TABLE, "values", (-1e308, 1e308), ASCENDING, "[-1e+308, 1e+308]"),
    (ReferenceTable, TABLE, "scores", (1.0,), "2 finite numbers, one for each value", "[1]"),
    (
        ReferenceTable,
        TABLE,
        "scores",
        (-1e308, 1e308),
        "2 finite numbers, one for each value",
        "[-1e+308, 1e+308]",
    ),
    (Rank, {}, "ties", "dense", TIES, '"dense"'),
    (Borda, {}, "ties", None, TIES, "None"),
    (PercentileRank, SHARE, "ties", "min", TIES, '"min"'),
    (PercentileRank, SHARE, "of", "some", '"others" or "all"', '"some"'),
    (PercentileRank, SHARE, "to", (1.0, 1.0), SCALE, "[1, 1]"),
    (CappedGoalposts, POSTS, "goalposts", (2.0, 2.0), SCALE, "[2, 2]"),
    (CappedGoalposts, POSTS, "to", 5, SCALE, "5"),
    (DistanceToMax, {}, "when_constant", "x", FINITE, '"x"'),
    (DistanceToReference, AGENCY, "agency", "", "the id of an agency", '""'),
    (DistanceToReference, AGENCY, "agency", 7, "the id of an agency", "7"),
    (DistanceToReference, AGENCY, "origin", "mean", '"zero" or "minimum"', '"mean"'),
    (DistanceToTarget, TARGET, "target", "x", FINITE, '"x"'),
    (DistanceToTarget, TARGET, "cap", 1, "true or false", "1"),
    (DistanceToTarget, TARGET, "when_constant", "x", FINITE, '"x"'),
    (Steps, STEPS, "edges", (2.0, 1.0), EDGES, "[2, 1]"),
    (Steps, STEPS, "edges", (), EDGES, "[]"),
    (Steps, STEPS, "edges", "ab", EDGES, '"ab"'),
    (Steps, STEPS, "values", (1.0, 2.0), "3 finite numbers, one for each band", "[1, 2]"),
    *(
        (Steps, STEPS, "closed", found, '2 times "upper" or "lower", one for each edge', shown)
        for found, shown in (
            (("upper",), '["upper"]'),
            (("upper", "above"), '["upper", "above"]'),
            ("upper", '"upper"'),
        )
    ),
    (QuantileBands, THIRDS, "quantiles", (0.0, 0.5), SHARES, "[0, 0.5]"),
    (QuantileBands, THIRDS, "quantiles", (0.5, 1.0), SHARES, "[0.5, 1]"),
    (QuantileBands, THIRDS, "quantiles", (0.5, 0.5), SHARES, "[0.5, 0.5]"),
    (QuantileBands, THIRDS, "quantiles", (), SHARES, "[]"),
    (QuantileBands, THIRDS, "quantiles", "ab", SHARES, '"ab"'),
    (QuantileBands, THIRDS, "quantiles", 5, SHARES, "5"),
    (QuantileBands, THIRDS, "values", (1.0,), "3 finite numbers, one for each band", "[1]"),
    (QuantileBands, THIRDS, "when_constant", "x", FINITE, '"x"'),
    (MeanBands, MEAN, "width", 0, ABOVE, "0"),
    (MeanBands, MEAN, "width", "x", ABOVE, '"x"'),
    *((MeanBands, MEAN, name, "x", FINITE, '"x"') for name in ("below", "within", "above")),
]


@pytest.mark.parametrize(("strategy", "others", "name", "found", "wanted", "shown"), PARAMETERS)
def test_a_bad_parameter_is_named_with_what_it_must_be(
    strategy, others, name, found, wanted, shown
):
    """The one problem says the parameter, the demand and the value, in words and as values."""
    with pytest.raises(MethodError) as caught:
        strategy(**others | {name: found})
    (problem,) = caught.value.problems
    assert problem.code == "bad-parameter"
    assert problem.place == Place(method=strategy.__name__)
    assert problem.message == f'"{name}" must be {wanted}, found {shown}.'
    assert (problem.mend, problem.expected) == ("", wanted)
    np.testing.assert_equal(problem.found, found)


def test_all_bad_parameters_are_one_error():
    """What is wrong with one object is told together."""
    for build, count in (
        (lambda: LinearMap(centre="", spread="", mean="", deviation=""), 4),
        (lambda: PercentileRank(ties="", of="", to=""), 3),
        (lambda: ZScore(mean="", deviation="", of="", when_constant=""), 4),
        (lambda: Steps(edges=[1], values=[], closed=[]), 2),
        (lambda: MeanBands(width="", below="", within="", above=""), 4),
        (lambda: DistanceToTarget(target="", cap="", when_constant=""), 3),
    ):
        with pytest.raises(MethodError) as caught:
            build()
        assert len(caught.value.problems) == count


LEARNING = [
    (MinMax(to=[0, 1], clip=True), "range", "range"),
    (ZScore(**SCORE), "mean", "standard deviation"),
    (ZScore(**SCORE, of="population"), "mean", "standard deviation"),
    (RobustScore(**SCORE), "median", MAD),
    (Ampi(), "range", "range"),
    (Rank(ties="smallest"), "order", None),
    (Borda(ties="smallest"), "order", None),
    (PercentileRank(**SHARE), "order", None),
    (DistanceToMax(), "range", "range"),
    (DistanceToTarget(**TARGET), "range", "range"),
    (FractionOfMax(), "greatest value", None),
    (VectorNormalisation(), "length", None),
    (QuantileBands(**THIRDS), "range", "range"),
    (MeanBands(**MEAN), "mean", None),
]
FITTED = [
    row
    for method, lacking, zero in LEARNING
    for row in (
        (
            method,
            [math.nan],
            "empty-population",
            f"No agency has a value, so there is no {lacking} to learn.",
            'Use "goalposts", or answers of more agencies.',
            None,
        ),
        (
            method,
            [1.0, math.inf],
            "not-finite",
            "The values run from 1 to inf, which is no finite range.",
            "Correct them, or use a greater unit.",
            (1.0, math.inf),
        ),
        *(
            (
                method,
                values,
                "constant-indicator",
                f"{who} the value 3, so the {zero} is zero.",
                'Give "when_constant", or use "goalposts".',
                3.0,
            )
            for who, values in (
                ("All 2 agencies have", [3.0, 3.0, math.nan]),
                ("The only agency has", [3.0]),
            )
            if zero
        ),
    )
]
FITTED += [
    (
        DistanceToMax(),
        [-1e308, 1e308],
        "not-finite",
        "The values run from -1e+308 to 1e+308, which is no finite range.",
        "Correct them, or use a greater unit.",
        (-1e308, 1e308),
    ),
    (
        DistanceToMax(),
        [-0.0, -0.0],
        "constant-indicator",
        "All 2 agencies have the value 0, so the range is zero.",
        'Give "when_constant", or use "goalposts".',
        0.0,
    ),
    (
        ZScore(**SCORE),
        [0.0] * 9 + [5e-324],
        "constant-indicator",
        "The values run from 0 to 4.94066e-324, and their standard deviation is 0.",
        "Use a smaller unit.",
        0.0,
    ),
    (
        RobustScore(**SCORE),
        [2.0, 9.0, 2.0, 2.0],
        "constant-indicator",
        f"More than half of the 4 agencies have the value 2, so the {MAD} is zero.",
        'Use "zscore", "minmax" or "rank".',
        2.0,
    ),
    (
        PercentileRank(ties="smallest", of="others", to=[0, 1]),
        [5.0],
        "zero-denominator",
        "The only agency has the value 5, so there are no others.",
        'Use "of": "all", or answers of more agencies.',
        5.0,
    ),
    (
        FractionOfMax(),
        [-3.0, -0.0],
        "zero-denominator",
        "The greatest value is 0, so there are no fractions of it.",
        'Use "minmax" or "goalposts".',
        0.0,
    ),
    (
        VectorNormalisation(),
        [0.0, -0.0],
        "zero-denominator",
        "All values are 0, so their length is 0.",
        'Use "minmax" or "goalposts".',
        0.0,
    ),
    (
        VectorNormalisation(),
        [1.5e308, 1.7e308],
        "not-finite",
        "The values run from 1.5e+308 to 1.7e+308, and their length is not finite.",
        "Correct them, or use a greater unit.",
        (1.5e308, 1.7e308),
    ),
    *(
        (
            DistanceToTarget(**TARGET),
            [low, 3.0],
            "out-of-range",
            f"The least value, {low:g}, has reached the target 1.",
            'Give a target above it, or use "goalposts".',
            low,
        )
        for low in (1.0, 2.5)
    ),
    (
        MeanBands(**MEAN),
        [1.7e308],
        "out-of-range",
        "The band around the mean 1.7e+308 has no finite ends.",
        "Give a smaller width.",
        1.7e308,
    ),
]


@pytest.mark.parametrize(("method", "values", "code", "message", "mend", "found"), FITTED)
def test_a_population_that_teaches_nothing_is_refused(method, values, code, message, mend, found):
    """Fitting and normalising both say what is wrong and how to mend it."""
    for work in (method.normalise, lambda x: method.fit(x, (0.0, 1.0))):
        with pytest.raises(MethodError) as caught:
            work(np.array(values))
        (problem,) = caught.value.problems
        assert problem.code == code
        assert problem.place == Place(method=type(method).__name__)
        assert (problem.message, problem.mend) == (message, mend)
        assert problem.found == found


UNTOLD = 'Values alone do not tell which is that of the agency "a".'
NAMED = [
    ("zero", [1.0], [], "needs-population", UNTOLD, 'Call "fit" with the ids of the agencies.', None),
    ("zero", [1.0], ["b"], "unknown-agency", 'The population has no agency "a".',
     'The only choice is "b".', "a"),
    ("zero", [1.0, 2.0], ["b", "c"], "unknown-agency", 'The population has no agency "a".',
     'The 2 agencies are "b", "c".', "a"),
    ("zero", [math.nan, 2.0], ["a", "b"], "empty-population",
     'The agency "a" has no value, so no distance can be told.', "Name another agency.", "a"),
    ("zero", [-0.0, 2.0], ["a", "b"], "zero-denominator",
     'The agency "a" has the value 0, so its distance is 0.',
     "Name another agency, or another origin.", 0.0),
    ("minimum", [2.0, 3.0], ["a", "b"], "zero-denominator",
     'The agency "a" has the least value, 2, so its distance is 0.',
     "Name another agency, or another origin.", 2.0),
    ("minimum", [2.0, math.inf], ["a", "b"], "not-finite",
     "The values run from 2 to inf, which is no finite range.",
     "Correct them, or use a greater unit.", (2.0, math.inf)),
]  # fmt: skip


@pytest.mark.parametrize(("origin", "values", "ids", "code", "message", "mend", "found"), NAMED)
def test_an_agency_that_measures_nothing_is_refused(
    origin, values, ids, code, message, mend, found
):
    """An agency that is not there, has no value or no distance is told by its id."""
    with pytest.raises(MethodError) as caught:
        DistanceToReference(agency="a", origin=origin).fit(np.array(values), (0.0, 1.0), ids)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place == Place(method="DistanceToReference")
    assert (problem.message, problem.mend, problem.found) == (message, mend, found)


def test_an_agency_that_is_nearly_there_is_offered():
    """The id that was meant is told, not the number of all."""
    with pytest.raises(MethodError) as caught:
        DistanceToReference(agency="north", origin="zero").fit(
            np.array([1.0, 2.0]), (0.0, 1.0), ["norht", "south"]
        )
    assert [each.mend for each in caught.value.problems] == ['Did you mean "norht"?']


def test_values_alone_do_not_tell_whose_they_are():
    """Without the ids a distance to a reference cannot be normalised."""
    with pytest.raises(MethodError) as caught:
        DistanceToReference(agency="a", origin="minimum").normalise(np.array([1.0, 2.0]))
    (problem,) = caught.value.problems
    assert problem.code == "needs-population"
    assert problem.place == Place(method="DistanceToReference")
    assert (problem.message, problem.mend) == (UNTOLD, 'Call "fit" with the ids of the agencies.')
