"""Every refusal of a weighting that cannot work with a population, word by word."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.methods.test_weighting_words import FIT, caught_at

from agencyindex.errors import Place
from agencyindex.methods.protocols import Siblings
from agencyindex.methods.weighting import (
    CriticWeights,
    EntropyWeights,
    FactorWeights,
    InverseCorrelationWeights,
    InverseDeviationWeights,
    OptimisedWeights,
    PrincipalComponentWeights,
    RegressionWeights,
    StandardDeviationWeights,
    VariationWeights,
)

SD, CV, ENTROPY, CRITIC = (
    StandardDeviationWeights(),
    VariationWeights(),
    EntropyWeights(),
    CriticWeights(),
)
STRICT = PrincipalComponentWeights(negative="error")
KEEP, ZERO = PrincipalComponentWeights(negative="keep"), PrincipalComponentWeights(negative="zero")
FACTORS = FactorWeights(eigenvalue=1, kaiser=False)
TRUST = RegressionWeights(outcome="trust", negative="error")
PEERS = Siblings(names=["a", "b"])
ABC = Siblings(names=["a", "b", "c"])
GAPS = [[1.0, math.nan], [math.nan, 1.0], [2.0, math.nan]]
IMPUTE = "Impute them, leave these agencies out, or use weights that take gaps."
TREAT = "Treat or normalise them first."
STATE = "Use stated weights."
EQUAL = "All agencies have the same value for every child, so there is nothing to share out."
FLAT = [[1.0, 7.0], [2.0, 7.0]]
LEAVE = "Leave it out of this node, or use stated weights."
AGAINST = "Turn or leave out children that go against the others, or use other weights."
UNTURN = 'Turn or leave out these children, or set "negative" to "zero" or "keep".'
REPEAT = "The children repeat each other: one is a weighted sum of the others."
FEWER = "Leave one out, or use more agencies."
GIVE = "Give it as Siblings(outcome=...)."
MORE = "Use stated weights, or answers of more agencies."
OPPOSED = [[1.0, 4.0], [2.0, 3.0], [3.0, 2.0], [4.0, 1.5]]
CORNERS = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]
THREE = [[1.0, 2.0, 9.0], [2.0, 1.0, 8.0], [3.0, 4.0, 5.0], [4.0, 4.0, 6.0]]
HEXAGON = [[1.0, -1.0, 0.0], [0.0, 1.0, -1.0], [-1.0, 0.0, 1.0]]


def outcome(*numbers, names=("a", "b")):
    return Siblings(names=names, outcome=np.array(numbers))


AT_WORK = [
    (
        SD,
        ([],),
        "empty-population",
        "There are no agencies to learn from.",
        "Give answers, or state weights.",
        None,
    ),
    (
        CRITIC,
        ([],),
        "empty-population",
        "There are no agencies to learn from.",
        "Give answers, or state weights.",
        None,
    ),
    (
        SD,
        ([[1.0, math.inf]], PEERS),
        "out-of-range",
        'Values are infinite for child "b".',
        TREAT,
        None,
    ),
    (
        KEEP,
        ([[-math.inf, math.inf]],),
        "out-of-range",
        "Values are infinite for child 1, child 2.",
        TREAT,
        None,
    ),
    (
        SD,
        (GAPS, PEERS),
        "empty-population",
        'A standard deviation needs two values, and child "b" has 1.',
        MORE,
        1,
    ),
    (
        CV,
        ([[math.nan, 1.0]],),
        "empty-population",
        "A standard deviation needs two values, and child 1 has 0.",
        MORE,
        0,
    ),
    (SD, ([[1.0, 2.0], [1.0, 2.0]],), "zero-weights", EQUAL, STATE, None),
    (CV, ([[1.0, 2.0], [1.0, 2.0]],), "zero-weights", EQUAL, STATE, None),
    (ENTROPY, ([[1.0, 2.0]],), "zero-weights", EQUAL, STATE, None),
    (
        CV,
        ([[1.0, -2.0], [2.0, 1.5]], PEERS),
        "not-positive",
        'A coefficient of variation needs a mean above zero, and child "b" has -0.25.',
        'Normalise to a scale above zero, or use "standard_deviation".',
        -0.25,
    ),
    (
        CV,
        ([[1.0, -2.0], [2.0, 2.0]],),
        "not-positive",
        "A coefficient of variation needs a mean above zero, and child 2 has 0.",
        'Normalise to a scale above zero, or use "standard_deviation".',
        0.0,
    ),
    (
        ENTROPY,
        ([[1.0, -2.5], [2.0, 0.0]], PEERS),
        "not-positive",
        'Parts of a sum need values that are at least zero, and child "b" has -2.5.',
        "Normalise to a scale above zero, or use other weights.",
        -2.5,
    ),
    (
        ENTROPY,
        ([[1.0, -0.0], [2.0, 0.0]],),
        "not-positive",
        "Parts of a sum need values that are not all zero, and child 2 has 0.",
        "Normalise to a scale above zero, or use other weights.",
        0.0,
    ),
    (
        ENTROPY,
        ([[1.0, -0.0], [2.0, -0.0]],),
        "not-positive",
        "Parts of a sum need values that are not all zero, and child 2 has 0.",
        "Normalise to a scale above zero, or use other weights.",
        0.0,
    ),
    (
        ENTROPY,
        (GAPS, PEERS),
        "empty-population",
        'No agency may have a gap, and child "a" has gaps for 1 of 3, child "b" has gaps for 2 of 3.',
        IMPUTE,
        3,
    ),
    (
        CRITIC,
        (GAPS,),
        "empty-population",
        "No agency may have a gap, and child 1 has gaps for 1 of 3, child 2 has gaps for 2 of 3.",
        IMPUTE,
        3,
    ),
    (
        CRITIC,
        (FLAT, PEERS),
        "constant-indicator",
        'All agencies have the same value for child "b".',
        LEAVE,
        7.0,
    ),
    (
        InverseDeviationWeights(),
        ([[1.0, 7.0], [2.0, math.nan], [3.0, 7.0]], PEERS),
        "constant-indicator",
        'All agencies have the same value for child "b".',
        LEAVE,
        7.0,
    ),
    (
        InverseDeviationWeights(),
        ([[0.0, 1.0], [-0.0, 1.0]],),
        "constant-indicator",
        "All agencies have the same value for child 1, child 2.",
        LEAVE,
        0.0,
    ),
    (
        InverseDeviationWeights(),
        (GAPS, PEERS),
        "empty-population",
        'A standard deviation needs two values, and child "b" has 1.',
        MORE,
        1,
    ),
    (
        InverseDeviationWeights(),
        ([[1.0, math.inf]], PEERS),
        "out-of-range",
        'Values are infinite for child "b".',
        TREAT,
        None,
    ),
    (
        InverseCorrelationWeights(),
        ([[1.0, 7.0]],),
        "constant-indicator",
        "All agencies have the same value for child 1, child 2.",
        LEAVE,
        1.0,
    ),
    (
        CRITIC,
        ([[1.0, 3.0], [2.0, 6.0], [0.1, 0.3]],),
        "zero-weights",
        "All children go fully together, so there is nothing to share out.",
        "Keep one of them, or use stated weights.",
        None,
    ),
    (
        STRICT,
        (THREE, ABC),
        "out-of-range",
        'The loadings are negative for child "c", and "negative" is "error".',
        UNTURN,
        None,
    ),
    *(
        (
            method,
            (OPPOSED,),
            "zero-weights",
            "The loadings do not sum to more than zero.",
            AGAINST,
            None,
        )
        for method in (KEEP, ZERO, STRICT)
    ),
    (
        ZERO,
        (CORNERS,),
        "zero-weights",
        "The first two principal components explain the same, so none is the first.",
        "Use other weights.",
        None,
    ),
    (
        FACTORS,
        (CORNERS,),
        "zero-weights",
        "No factor has an eigenvalue above 1.",
        'Lower "eigenvalue", or use "share".',
        1.0,
    ),
    (
        FactorWeights(eigenvalue=1.9, kaiser=True),
        ([[5.0, 7.0], [5.0, -1.0], [-5.0, 1.0], [-5.0, -7.0]],),
        "zero-weights",
        "No factor has an eigenvalue above 1.9.",
        'Lower "eigenvalue", or use "share".',
        pytest.approx(1.6),
    ),
    (
        FactorWeights(eigenvalue=1 - 1e-9, kaiser=True),
        (CORNERS,),
        "zero-weights",
        "No factor has an eigenvalue above 1.",
        'Lower "eigenvalue", or use "share".',
        1.0,
    ),
    (
        FACTORS,
        (HEXAGON,),
        "zero-weights",
        "Every rotation of the factors is as good as any other.",
        "Keep another number of factors.",
        2,
    ),
    (TRUST, (OPPOSED,), "empty-population", 'There is no outcome "trust".', GIVE, None),
    (TRUST, (OPPOSED, PEERS), "empty-population", 'There is no outcome "trust".', GIVE, None),
    (
        TRUST,
        (OPPOSED, outcome(1.0, 2.0, math.inf, 1.0)),
        "out-of-range",
        'The outcome "trust" is infinite.',
        "Treat or leave out this agency.",
        None,
    ),
    (
        TRUST,
        (OPPOSED, outcome(*[math.nan] * 4)),
        "empty-population",
        "There are no agencies to learn from.",
        "Give answers, or state weights.",
        None,
    ),
    (
        TRUST,
        (OPPOSED, outcome(1.0, 2.0, math.nan, math.nan)),
        "empty-population",
        "2 children need more than 2 agencies with an outcome, and these are 2.",
        "Use answers of more agencies, or fewer children.",
        2,
    ),
    (
        TRUST,
        (OPPOSED, outcome(*[5.0] * 4)),
        "constant-indicator",
        'All agencies have the same outcome "trust".',
        "Use another outcome, or stated weights.",
        None,
    ),
    (
        TRUST,
        (CORNERS, outcome(2.0, 4.0, -4.0, -2.0)),
        "out-of-range",
        'The coefficients are negative for child "b", and "negative" is "error".',
        UNTURN,
        None,
    ),
    (
        TRUST,
        (CORNERS, outcome(-3.0, -1.0, 1.0, 3.0)),
        "zero-weights",
        "The coefficients do not sum to more than zero.",
        AGAINST,
        None,
    ),
    (
        TRUST,
        (CORNERS, outcome(1.0, -1.0, -1.0, 1.0)),
        "zero-weights",
        "The coefficients do not sum to more than zero.",
        AGAINST,
        None,
    ),
    (
        TRUST,
        ([[1.0, 2.0], [2.0, 4.0], [4.0, 8.0]], outcome(1.0, 2.0, 1.0)),
        "zero-weights",
        REPEAT,
        FEWER,
        None,
    ),
    (OptimisedWeights(), ([[1.0, 2.0], [2.0, 4.0]],), "zero-weights", REPEAT, FEWER, None),
    (
        OptimisedWeights(targets={"a": 1, "b": 9}),
        ([[1.0, 2.0], [2.0, 3.0], [3.0, 4.5]], PEERS),
        "zero-weights",
        'No weights give the children this importance: they would be negative for child "a".',
        "Turn or leave out these children, or set other targets.",
        None,
    ),
    (
        OptimisedWeights(targets={"a": 1, "c": 9}),
        (OPPOSED, PEERS),
        "missing-weight",
        'The child "b" has no target.',
        FIT,
        None,
    ),
    (
        OptimisedWeights(targets={"a": 1}),
        (OPPOSED,),
        "missing-weight",
        "There are 2 children and 1 targets.",
        FIT,
        1,
    ),
]


@pytest.mark.parametrize(("method", "given", "code", "message", "mend", "found"), AT_WORK)
def test_a_weighting_that_cannot_work_says_why(method, given, code, message, mend, found):
    """The one problem of a weighting at work has its code, both sentences and the value."""
    values = np.array(given[0], dtype=np.float64).reshape(len(given[0]), -1 if given[0] else 2)
    problem = caught_at(method.weights, (values, *given[1:]))
    assert problem.code == code
    assert problem.place == Place(method=type(method).__name__)
    assert (problem.message, problem.mend) == (message, mend)
    assert problem.found == found


COMPLETE = [
    ENTROPY,
    CRITIC,
    InverseCorrelationWeights(),
    KEEP,
    FACTORS,
    TRUST,
    OptimisedWeights(),
]
BESIDE = Siblings(names=["a", "b"], outcome=np.array([1.0, 3.0, 2.0]))
FAULTS = [
    *((each, math.inf, "out-of-range", 'Values are infinite for child "b".') for each in COMPLETE),
    *(
        (
            each,
            math.nan,
            "empty-population",
            'No agency may have a gap, and child "b" has gaps for 1 of 3.',
        )
        for each in COMPLETE
    ),
    *(
        (each, 2.0, "constant-indicator", 'All agencies have the same value for child "b".')
        for each in COMPLETE[1:]
    ),
    *((each, -math.inf, "out-of-range", 'Values are infinite for child "b".') for each in (SD, CV)),
]


@pytest.mark.parametrize(("method", "value", "code", "message"), FAULTS)
def test_a_child_that_cannot_be_used_is_named(method, value, code, message):
    """Whichever weighting is in use, the child is told by its id, and the weighting by its class."""
    values = np.array([[1.0, 2.0], [3.0, value], [5.0, 2.0]])
    problem = caught_at(method.weights, (values, BESIDE))
    assert (problem.code, problem.message) == (code, message)
    assert problem.place == Place(method=type(method).__name__)
