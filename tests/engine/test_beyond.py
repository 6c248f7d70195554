"""Values that no float can hold are told for each agency, whether scored alone or with others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
from tests.documents.small import STAGE, USERS, index, indicator, questionnaire
from tests.engine.own import OwnAggregation

import agencyindex as ai
from agencyindex.errors import MethodError, Place
from agencyindex.methods.parameters import refusal

GREAT = 1.7e308
QUESTIONNAIRE = ai.load(
    questionnaire(USERS, {**USERS, "id": "more"}, {**USERS, "id": "last"}), ai.Questionnaire
)
NUMBER = {"number": {"method": "number"}}
LEAVES = [indicator(f"of_{item}", item, "number") for item in ("users", "more", "last")]
WORDS = (
    "The value is beyond 1.8e308. Correct the numbers that it is made of, or use a greater unit."
)


def found(document: dict[str, Any], *answers: dict[str, Any], nodes: Any) -> list[Any]:
    """What each response comes to, alone and with the others: values, or what is told."""
    fitted = ai.freeze(ai.load(document, ai.IndexDefinition), QUESTIONNAIRE)
    responses = [ai.Response(f"a{number}", each) for number, each in enumerate(answers)]
    told: list[Any] = []
    for group in (responses, ai.Responses.of(QUESTIONNAIRE, responses)):
        if isinstance(group, list):
            each = [_scored(fitted, one, nodes) for one in group]
            told.append([line for lines in each for line in lines])
        else:
            told.append(_scored(fitted, group, nodes))
    return told


def _scored(fitted: ai.FittedIndex, what: Any, nodes: Any) -> list[Any]:
    try:
        scores = ai.score(fitted, what, nodes=nodes)
    except MethodError as error:
        for problem in error.problems:
            assert (problem.code, f"{problem.message} {problem.mend}") == ("not-finite", WORDS)
        return [(each.place.agency, each.place.index, each.place.node) for each in error.problems]
    return [
        (agency, value) for agency, value in zip(scores.agencies, scores.values[:, 0], strict=True)
    ]


@pytest.mark.parametrize("nodes", ["all", "indices"])
@pytest.mark.parametrize("method", ["arithmetic", "sum"])
def test_a_sum(method: str, nodes: str) -> None:
    """Sums of finite numbers that pass the greatest float are told for each agency."""
    document = index(NUMBER, *LEAVES, aggregation={"method": method})
    answers = [
        {"users": GREAT, "more": GREAT, "last": 1},
        {"users": 1, "more": -GREAT, "last": -GREAT},
    ]
    both = [("a0", "i", "i"), ("a1", "i", "i")]
    assert found(document, *answers, nodes=nodes) == [both, both]


@pytest.mark.parametrize("nodes", ["all", "indices"])
def test_signs_that_would_cancel_later(nodes: str) -> None:
    """What passes it on the way is told too: which terms come first is not for chance."""
    # In the order of ids: last, more, users.
    answers = {"last": GREAT, "more": GREAT, "users": -GREAT}
    one = [("a0", "i", "i")]
    assert found(index(NUMBER, *LEAVES), answers, nodes=nodes) == [one, one]


@pytest.mark.parametrize("nodes", ["all", "indices"])
def test_a_node_below_a_clipped_one(nodes: str) -> None:
    """It is told although the node above would clip it."""
    inner = {"id": "inner", "children": LEAVES}
    line = {"method": "goalposts", "goalposts": [0, 10], "to": [0, 100], "clip": True}
    document = index(NUMBER, {**inner, "rescaling": line})
    one = [("a0", "i", "inner")]
    assert found(document, {"users": GREAT, "more": GREAT}, nodes=nodes) == [one, one]


@pytest.mark.parametrize("nodes", ["all", "indices"])
def test_what_a_line_makes_of_a_leaf_and_of_a_node(nodes: str) -> None:
    """A normalisation may pass it as well, of an indicator or of a node."""
    line = {"method": "goalposts", "goalposts": [0, 1], "to": [0, 100], "clip": False}
    leaf = index(NUMBER, {**LEAVES[0], "normalisation": line})
    node = index(NUMBER, LEAVES[0], rescaling=line)
    median = {**node, "aggregation": {"method": "median"}}
    one, other = [("a0", "i", "of_users")], [("a0", "i", "i")]
    assert found(median, {"users": 1e307}, nodes=nodes) == [other, other]
    assert found(leaf, {"users": 1e307}, nodes=nodes) == [one, one]
    assert found(node, {"users": 1e307}, nodes=nodes) == [other, other]


@pytest.mark.parametrize(
    "aggregation",
    [
        {"method": "geometric", "zero": "zero"},
        {"method": "harmonic", "zero": "zero"},
        {"method": "power", "exponent": -1, "zero": "zero"},
    ],
    ids=lambda aggregation: aggregation["method"],
)
def test_a_zero_has_a_mean_whatever_its_terms(aggregation: dict[str, Any]) -> None:
    """The logarithm or the reciprocal of zero is infinite, and the mean is zero."""
    root = {"method": "power", "exponent": 0.5}
    document = index(NUMBER, *LEAVES, treatment=[root], aggregation=aggregation)
    kept = [("a0", 0.0), ("a1", 0.0)]
    answers = [{"users": 0, "more": 9, "last": 4}, {"users": 9, "more": 0, "last": 0}]
    assert found(document, *answers, nodes="all") == [kept, kept]


@pytest.mark.parametrize("method", ["median", "maximum", "minimum"])
def test_an_aggregation_that_adds_nothing_takes_the_greatest_numbers(method: str) -> None:
    """Weights do not matter to what does not multiply by them."""
    leaves = [{**each, "weight": weight} for each, weight in zip(LEAVES, (1, 7, 3), strict=True)]
    document = index(NUMBER, *leaves, weighting={"method": "fixed"}, aggregation={"method": method})
    answers = {"users": GREAT, "more": GREAT, "last": GREAT}
    kept = [("a0", GREAT)]
    assert found(document, answers, nodes="all") == [kept, kept]


def test_what_a_mean_refuses_is_told_of_its_node() -> None:
    """A refusal names the node, whether a response is scored alone or with others."""
    clip = {"method": "clip", "lower": 0, "upper": 1000}
    power = {"method": "power", "exponent": 40, "zero": "zero"}
    inner = {"id": "inner", "children": LEAVES, "aggregation": power}
    document = index(NUMBER, inner, treatment=[clip])
    fitted = ai.freeze(ai.load(document, ai.IndexDefinition), QUESTIONNAIRE)
    response = ai.Response("a", {"last": 1e-9, "more": 1, "users": 1})
    words = (
        "index i, node inner, PowerMean  A power mean takes values from 1e-05 to 1e+05, "
        "found 1e-09. Normalise to another scale, or use another aggregation. [out-of-range]"
    )
    for what in (response, ai.Responses.of(QUESTIONNAIRE, [response])):
        with pytest.raises(MethodError) as caught:
            ai.score(fitted, what)
        assert str(caught.value) == words


def test_a_node_that_stops_has_its_reason() -> None:
    """A node that an answer makes missing is missing for that reason."""
    missing = {**index(NUMBER, *LEAVES)["missing"], "refused": "propagate"}
    document = index(NUMBER, *LEAVES, missing=missing)
    fitted = ai.freeze(ai.load(document, ai.IndexDefinition), QUESTIONNAIRE)
    response = ai.Response("a", {"last": ai.Missing.REFUSED, "more": GREAT, "users": GREAT})
    for what in (response, ai.Responses.of(QUESTIONNAIRE, [response])):
        score = ai.score(fitted, what).get("a", "i")
        assert (score.value, score.status, score.cause) == (None, "missing", "propagated")


def test_what_is_learnt_does_not_mind_a_sum_that_nobody_asked_for() -> None:
    """Fitting needs values of nodes, and not their sum."""
    inner = [{"id": f"in_{each['item']}", "children": [each]} for each in LEAVES]
    document = index(
        NUMBER,
        *inner,
        weighting={"method": "standard_deviation"},
        aggregation={"method": "maximum"},
    )
    answers = [
        ai.Response("a", dict.fromkeys(("users", "more", "last"), GREAT / 2)),
        ai.Response("b", dict.fromkeys(("users", "more", "last"), GREAT / 3)),
    ]
    responses = ai.Responses.of(QUESTIONNAIRE, answers)
    fitted = ai.fit(ai.load(document, ai.IndexDefinition), responses)
    found = ai.score(fitted, responses).values[:, 0]
    np.testing.assert_array_equal(found, [GREAT / 2, GREAT / 3])


def test_what_is_learnt_from_what_no_float_can_hold() -> None:
    """Fitting tells of a node below, under the name of the index."""
    inner = [{"id": "inner", "children": LEAVES}, {"id": "other", "children": LEAVES[:0]}]
    inner[1]["children"] = [{**LEAVES[0], "id": "once_more"}]
    document = index(
        NUMBER,
        *inner,
        weighting={"method": "standard_deviation"},
        aggregation={"method": "maximum"},
    )
    document["children"][0]["weighting"] = {"method": "equal"}
    document["children"][0]["aggregation"] = {"method": "sum"}
    answers = [
        ai.Response("a", dict.fromkeys(("users", "more", "last"), GREAT)),
        ai.Response("b", dict.fromkeys(("users", "more", "last"), 1)),
    ]
    responses = ai.Responses.of(QUESTIONNAIRE, answers)
    with pytest.raises(MethodError) as caught:
        ai.fit(ai.load(document, ai.IndexDefinition), responses)
    assert str(caught.value) == f"agency a, index i, node inner  {WORDS} [not-finite]"


def test_what_a_treatment_refuses_of_the_points_of_an_answer_is_told_of_the_indicator() -> None:
    """No population is needed to know that zero has no logarithm."""
    points = {"method": "points", "points": {"no": 0, "tested": 1}}
    logarithm = {"method": "log", "plus": 0}
    document = index({"it": points}, indicator("a", "stage", "it", treatment=[logarithm]))
    asked = ai.load(questionnaire(STAGE), ai.Questionnaire)
    with pytest.raises(MethodError) as caught:
        ai.freeze(ai.load(document, ai.IndexDefinition), asked)
    assert str(caught.value) == (
        "index i, node a, Logarithm  A logarithm needs values above 0, found 0. "
        'State a greater "plus", or use another treatment. [not-positive]'
    )


@attrs.frozen(kw_only=True)
class Doubled:
    """A rescaling of somebody's own, which says nothing of what it cannot hold."""

    name: ClassVar[str] = "doubled"
    formula: ClassVar[str] = "y = 2 x"
    reference: ClassVar[str] = "made up for this test"
    learnt: ClassVar[bool] = False

    def fit(self, values: Any, attainable: Any, agencies: Sequence[str] = ()) -> Doubled:
        assert len(values) == 0, "what is declared is given nobody's values"
        return self

    def normalise(self, values: Any) -> Any:
        return np.asarray(values) * 2.0

    def attainable(self, attainable: Any) -> Any:
        return attainable[0] * 2, attainable[1] * 2


@attrs.frozen(kw_only=True)
class Refusing(Doubled):
    """A rescaling that cannot be had for what is attainable."""

    def fit(self, values: Any, attainable: Any, agencies: Sequence[str] = ()) -> Doubled:
        raise refusal("no-bound", "Refusing", "There is no bound.", "Give one.")


def test_a_rescaling_of_ones_own_that_refuses_is_named() -> None:
    """With the index and the node that it stands at."""
    definition = attrs.evolve(
        ai.load(index(NUMBER, LEAVES[0]), ai.IndexDefinition), rescaling=Refusing()
    )
    with pytest.raises(MethodError) as caught:
        ai.freeze(definition, QUESTIONNAIRE)
    (problem,) = caught.value.problems
    assert problem.place == Place(index="i", node="i", method="Refusing")
    assert (problem.code, problem.message) == ("no-bound", "There is no bound.")


@attrs.frozen(kw_only=True)
class DoubleSum(OwnAggregation):
    """An aggregation of somebody's own, likewise."""

    name: ClassVar[str] = "double_sum"
    adds: ClassVar[bool] = True

    def aggregate(self, values: Any, weights: Any) -> Any:
        return np.nansum(values, axis=1) * 2.0


@pytest.mark.parametrize("nodes", ["all", "indices"])
@pytest.mark.parametrize("own", [{"rescaling": Doubled()}, {"aggregation": DoubleSum()}])
def test_what_a_method_of_ones_own_lets_pass(own: dict[str, Any], nodes: str) -> None:
    """Its overflow is told as any other is, and numpy does not warn of it besides."""
    definition = attrs.evolve(ai.load(index(NUMBER, LEAVES[0]), ai.IndexDefinition), **own)
    fitted = ai.freeze(definition, QUESTIONNAIRE)
    fine, beyond = ai.Response("a0", {"users": 3}), ai.Response("a1", {"users": GREAT})
    assert _scored(fitted, fine, nodes) == [("a0", 6.0)]
    for what in (beyond, ai.Responses.of(QUESTIONNAIRE, [fine, beyond])):
        assert _scored(fitted, what, nodes) == [("a1", "i", "i")]
