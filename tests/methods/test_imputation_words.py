"""Every refusal of every imputation, word by word, and the kind of number that each gives."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from agencyindex.errors import MethodError, Place
from agencyindex.methods.imputation import (
    AgencyValues,
    ConstantImputation,
    GroupMean,
    GroupMedian,
    GroupValues,
    HotDeck,
    MeanImputation,
    MedianImputation,
    NearestNeighbours,
    PreviousEdition,
    WorstObserved,
)
from agencyindex.methods.protocols import Peers

NUMBER = "a finite number"
GROUP = "the name of an attribute"
GROUPS = "a table of groups and finite numbers"
AGENCIES = "a table of agencies and finite numbers"

PARAMETERS = [
    (ConstantImputation, {"value": "x"}, "value", NUMBER, '"x"', "x"),
    (GroupValues, {"group": 5, "values": {"a": 1}}, "group", GROUP, "5", 5),
    (GroupValues, {"group": "", "values": {"a": 1}}, "group", GROUP, '""', ""),
    (GroupValues, {"group": "g", "values": {}}, "values", GROUPS, "{}", {}),
    (GroupValues, {"group": "g", "values": 5}, "values", GROUPS, "5", 5),
    (GroupMean, {"group": None}, "group", GROUP, "None", None),
    (GroupMedian, {"group": ""}, "group", GROUP, '""', ""),
    (AgencyValues, {"values": {}}, "values", AGENCIES, "{}", {}),
    (AgencyValues, {"values": {"a": "x"}}, "values", AGENCIES, '{"a": "x"}', {"a": "x"}),
    (NearestNeighbours, {"neighbours": 0}, "neighbours", "a whole number, at least 1", "0", 0),
    (
        NearestNeighbours,
        {"neighbours": 1.5},
        "neighbours",
        "a whole number, at least 1",
        "1.5",
        1.5,
    ),
    (HotDeck, {"seed": -1}, "seed", "a whole number, at least 0", "-1", -1),
    (HotDeck, {"seed": True}, "seed", "a whole number, at least 0", "True", True),
    (HotDeck, {"seed": 0, "group": ""}, "group", GROUP, '""', ""),
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


NOBODY = Peers()
PAIR = Peers(agencies=["a", "b"])
EMPTY = "No agency has a value, so there is nothing to fill gaps with."
MORE = 'Use "constant", or answers of more agencies.'
INFINITE = "A value of the population is -inf."
CORRECT = "Correct it, or leave it out."
IDS = "Give them as Peers(agencies=...)."
GIVE_GROUPS = "Give them as Peers(groups=...)."
OTHERS = "The values of other indicators are not given for each agency."
FREEZE = "No number can say what a gap of a new agency would get."
FILL = 'Fill a whole population, or use an imputation that freezes, such as "group_mean".'
NEAREST, DECK = NearestNeighbours(neighbours=1), HotDeck(seed=0)
MEAN, MEDIAN, WORST = MeanImputation(), MedianImputation(), WorstObserved()
STATED = GroupValues(group="size", values={"small": 1})
NEITHER = 'No agency with a "size" has a value, so there is nothing to fill gaps with.'
ONE_GAP = [1.0, math.nan]
GAP = [math.nan]
BOTH_INFINITE = [math.inf, -math.inf]
TABLE = [[1.0], [-math.inf]]

AT_WORK = [
    (MEAN.fill, (GAP,), "empty-population", EMPTY, MORE, None),
    (MEDIAN.fill, (GAP,), "empty-population", EMPTY, MORE, None),
    (WORST.fill, (GAP,), "empty-population", EMPTY, MORE, None),
    (NEAREST.fill, (GAP, NOBODY), "empty-population", EMPTY, MORE, None),
    (DECK.fill, (GAP, NOBODY), "empty-population", EMPTY, MORE, None),
    (MEAN.fill, (BOTH_INFINITE,), "not-finite", INFINITE, CORRECT, -math.inf),
    (
        NEAREST.fill,
        (ONE_GAP, Peers(agencies=["a", "b"], others=np.array(TABLE))),
        "not-finite",
        INFINITE,
        CORRECT,
        -math.inf,
    ),
    (
        GroupMean(group="size").fill,
        ([1.0, 2.0], Peers(groups=[None, None])),
        "empty-population",
        NEITHER,
        MORE,
        None,
    ),
    (
        GroupMedian(group="size").fill,
        (GAP, Peers(groups=["small"])),
        "empty-population",
        NEITHER,
        MORE,
        None,
    ),
    *(
        (
            strategy.fill,
            given,
            "needs-population",
            f'2 values came with {count} groups of "size".',
            GIVE_GROUPS,
            None,
        )
        for strategy in (STATED, GroupMean(group="size"), GroupMedian(group="size"))
        for given, count in [
            ((ONE_GAP,), 0),
            ((ONE_GAP, NOBODY), 0),
            ((ONE_GAP, Peers(groups=["a"])), 1),
        ]
    ),
    (
        HotDeck(seed=0, group="size").fill,
        (ONE_GAP, PAIR),
        "needs-population",
        '2 values came with 0 groups of "size".',
        GIVE_GROUPS,
        None,
    ),
    *(
        (fill, given, "needs-population", f"2 values came with {count} ids of agencies.", IDS, None)
        for fill in (AgencyValues(values={"a": 1}).fill, NEAREST.fill, DECK.fill)
        for given, count in [((ONE_GAP,), 0), ((ONE_GAP, Peers(agencies=["a"])), 1)]
    ),
    *(
        (
            NEAREST.fill,
            (ONE_GAP, told),
            "needs-population",
            OTHERS,
            "Give them as Peers(others=...).",
            None,
        )
        for told in (PAIR, Peers(agencies=["a", "b"], others=np.zeros((1, 1))))
    ),
    *(
        (
            PreviousEdition().fill,
            given,
            "needs-population",
            "The values of the edition before are not given.",
            "Give them as previous=... (--previous).",
            None,
        )
        for given in ((ONE_GAP,), (ONE_GAP, NOBODY))
    ),
    (
        PreviousEdition().fill,
        (ONE_GAP, Peers(previous=np.array([1.0, 2.0]))),
        "needs-population",
        "2 values came with 0 ids of agencies.",
        IDS,
        None,
    ),
    (
        PreviousEdition().fill,
        (ONE_GAP, Peers(agencies=["a", "b"], previous=np.array([math.nan] * 2))),
        "empty-population",
        "No agency had a value in the edition before.",
        'Use "constant".',
        None,
    ),
    (
        PreviousEdition().fill,
        (ONE_GAP, Peers(agencies=["a", "b"], previous=np.array(BOTH_INFINITE))),
        "not-finite",
        INFINITE,
        CORRECT,
        -math.inf,
    ),
    (NEAREST.fit, (ONE_GAP, PAIR, 1), "not-freezable", FREEZE, FILL, None),
    (DECK.fit, (ONE_GAP, PAIR, 1), "not-freezable", FREEZE, FILL, None),
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


SINGLE, WHOLE = np.array([0.25, 0.5], dtype=np.float32), np.array([1, 2])
LONG = np.array([0.25, 0.5], dtype=np.longdouble)
EXACT = np.array([Fraction(1, 4), Fraction(1, 2)])
TOLD = Peers(
    agencies=["a", "b"], groups=["g", "g"], previous=np.array([1.0, 2.0]), others=np.zeros((2, 1))
)
WORKS = [
    *(
        strategy.fill
        for strategy in (
            ConstantImputation(value=1),
            MEAN,
            MEDIAN,
            WORST,
            GroupValues(group="g", values={"g": 1}),
            GroupMean(group="g"),
            GroupMedian(group="g"),
            AgencyValues(values={"a": 1}),
            PreviousEdition(),
            NEAREST,
            DECK,
            HotDeck(seed=0, group="g"),
        )
    ),
]


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("values", [SINGLE, WHOLE, LONG, EXACT])
def test_methods_give_doubles_and_leave_what_they_are_given(work, values):
    """Whatever kind of number goes in, a double comes out, and the input is as it was."""
    before = values.copy()
    found = work(values, TOLD)
    assert found.dtype == np.float64
    assert values.tobytes() == before.tobytes()
    gapped = np.array([1.0, np.nan])
    _ = work(gapped, TOLD)
    assert np.isnan(gapped).tolist() == [False, True]


@pytest.mark.parametrize("work", [PreviousEdition().fill, NEAREST.fill])
def test_what_peers_tell_may_be_any_kind_of_number(work):
    """Exact fractions of the edition before, and of other indicators, count as doubles do."""
    told = np.array([Fraction(1, 2), Fraction(9), Fraction(1)])
    peers = Peers(agencies=["a", "b", "c"], previous=told, others=told[:, None])
    found = work(np.array([np.nan, 4.0, 0.5]), peers)
    assert found.dtype == np.float64
    assert found.tolist() == [0.5, 4.0, 0.5]
