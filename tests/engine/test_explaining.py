"""Explanations in full: every field of a contribution, and which answers are tried."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.small import index, indicator, questionnaire

import agencyindex as ai
from agencyindex._model.explanation import Contribution

LETTERS = [{"value": value} for value in ("no", "m", "z", "a")]
CHANNELS = [{"value": "web"}, {"value": "post"}, {"value": "desk"}]
ALONE = {"value": "none", "exclusive": True}
ITEMS: dict[str, dict[str, Any]] = {
    "yes": {"type": "yes_no"},
    "also": {"type": "yes_no"},
    "letter": {"type": "single_choice", "options": LETTERS},
    "many": {"type": "multiple_choice", "options": [*CHANNELS, ALONE]},
    "cost": {"type": "number", "minimum": 2, "maximum": 8},
    "staff": {"type": "number", "whole": True},
    "free": {"type": "number"},
}
QUESTIONNAIRE = ai.load(
    questionnaire(*({"id": name} | item for name, item in ITEMS.items())), ai.Questionnaire
)
YES = {"method": "points", "points": {"yes": 4, "no": 1}}
LETTER = {"method": "points", "points": {"no": 0, "m": 2, "z": 2, "a": 2}}
EDGES = {"method": "bands", "edges": [2, 5, 8, 9], "values": [5, 1, 2, 3, 4]}
COUNT = {"method": "count", "weights": {"web": 1, "post": 2, "desk": 3}}


def _fitted(scorings: dict[str, Any], *children: dict[str, Any], **keys: Any) -> ai.FittedIndex:
    return ai.freeze(ai.load(index(scorings, *children, **keys), ai.IndexDefinition), QUESTIONNAIRE)


def _improvements(scoring: Any, item: str, answer: Any) -> list[tuple[Any, ...]]:
    fitted = _fitted({"s": scoring}, indicator("leaf", item, "s"))
    answers = {} if answer is None else {item: answer}
    return [
        (each.answer, each.next_answer, each.next_score, each.best_answer, each.best_score)
        for each in ai.explain(fitted, ai.Response("a", answers)).improvements
    ]


def test_a_contribution_tells_all_of_its_indicator() -> None:
    """Item, title, answer, value, effective weight, points, status and cause of each."""
    inner = {
        "id": "d",
        "weight": 3,
        "weighting": {"method": "equal"},
        "children": [
            indicator("also_", "also", "yes", title="Also"),
            indicator("letter_", "letter", "letter"),
            indicator("worst_", "yes", "yes", missing={"refused": "worst"}),
        ],
    }
    outer = indicator("yes_", "yes", "yes", weight=1, title={"en": "First"})
    fitted = _fitted(
        {"yes": YES, "letter": LETTER}, outer, inner, weighting={"method": "fixed"}, title="All"
    )
    response = ai.Response("a", {"yes": ai.Missing.REFUSED, "also": "yes"})
    found = ai.explain(fitted, response)
    assert (found.agency, found.index, found.baseline) == ("a", "i", 0.0)
    assert found.score == ai.score(fitted, response).get("a", "i")
    assert found.score.value == 2.5
    assert found.rounding == 0
    silent = {"status": "excluded", "value": None, "share": 0.0, "points": 0.0, "title": ""}
    first = silent | {"title": fitted.definition.children[0].title}
    refused, nothing = ai.Missing.REFUSED, ai.Missing.NOT_ANSWERED
    assert found.contributions == (
        Contribution(node="yes_", item="yes", answer=refused, cause="refused", **first),
        Contribution(
            node="also_",
            item="also",
            title="Also",
            answer="yes",
            value=4.0,
            share=0.5,
            points=2.0,
            status="scored",
            cause="",
        ),
        Contribution(node="letter_", item="letter", answer=nothing, cause="not_answered", **silent),
        Contribution(
            node="worst_",
            item="yes",
            title="",
            answer=refused,
            value=1.0,
            share=0.5,
            points=0.5,
            status="imputed",
            cause="refused",
        ),
    )


def test_shares_of_a_sum_are_the_stated_weights() -> None:
    """In a sum the effective weight is the product of the weights themselves."""
    inner = {"id": "d", "weight": 3, "children": [indicator("yes_", "yes", "yes", weight=2)]}
    inner["children"].append(indicator("also_", "also", "yes", weight=5))
    summed = {"aggregation": {"method": "sum"}, "weighting": {"method": "fixed"}}
    fitted = _fitted({"yes": YES}, inner, **summed)
    found = ai.explain(fitted, ai.Response("a", {"yes": "yes"}))
    assert [(each.share, each.points) for each in found.contributions] == [(6, 24), (0, 0)]


def test_a_missing_score_is_explained_by_what_is_missing() -> None:
    """No shares, no points, no improvements; the answers and causes are still told."""
    fitted = _fitted({"yes": YES}, indicator("yes_", "yes", "yes"))
    found = ai.explain(fitted, ai.Response("a"))
    assert (found.score.value, found.baseline, found.rounding) == (None, 0.0, 0.0)
    assert found.improvements == ()
    (only,) = found.contributions
    assert (only.share, only.points, only.cause) == (0.0, 0.0, "not_answered")


def test_rounding_is_told_apart() -> None:
    """Where every level is rounded, contributions and rounding still sum to the score."""
    every = {"where": "every_level", "decimals": 0, "rule": "half_up"}
    thirds = {"method": "points", "points": {"yes": 1, "no": 0}}
    leaves = [indicator("yes_", "yes", "thirds"), indicator("also_", "also", "thirds")]
    fitted = _fitted({"thirds": thirds}, *leaves, rounding=every)
    found = ai.explain(fitted, ai.Response("a", {"yes": "yes", "also": "no"}))
    assert found.score.value == 1.0
    assert sum(each.points for each in found.contributions) == 0.5
    assert found.rounding == 0.5


def test_of_answers_that_bring_the_same_the_first_is_told() -> None:
    """Options stand in the order of the questionnaire, whatever their names."""
    assert _improvements(LETTER, "letter", "no") == [("no", "m", 2.0, "m", 2.0)]


def test_improvements_stand_by_what_they_bring_and_then_by_item() -> None:
    """The greatest gain first; of equal ones the item that comes first by its id."""
    small = {"method": "points", "points": {"yes": 2, "no": 1}}
    leaves = [
        indicator("b", "yes", "yes"),
        indicator("c", "also", "yes"),
        indicator("d", "letter", "letter"),
        indicator("e", "staff", "line"),
    ]
    line = {"method": "linear", "lower": 0, "upper": 40, "outside": "clip", "better": "higher"}
    fitted = _fitted({"yes": small, "letter": LETTER, "line": line}, *leaves)
    answers = {"yes": "no", "also": "no", "letter": "no", "staff": 10}
    found = ai.explain(fitted, ai.Response("a", answers)).improvements
    assert [each.item for each in found] == ["letter", "also", "yes", "staff"]


@pytest.mark.parametrize(
    ("item", "answer", "expected"),
    [
        # Between 2 and 8 no number lies below the first edge, and none above the last but one.
        ("cost", 3, (5.0, 2.0, 8.0, 3.0)),
        ("staff", 3, (5.0, 2.0, 1.0, 5.0)),
        ("free", 5, (8.0, 3.0, 1.0, 5.0)),
    ],
)
def test_numbers_are_tried_within_their_bounds(
    item: str, answer: float, expected: tuple[Any, ...]
) -> None:
    """The edges of bands, one below the first, and nothing that the item does not take."""
    assert _improvements(EDGES, item, answer) == [(answer, *expected)]


@pytest.mark.parametrize(("better", "best"), [("higher", 8.0), ("lower", 2.0)])
def test_a_bound_of_an_item_is_an_answer(better: str, best: float) -> None:
    """Where a scoring is at its best at the least or the greatest number, that is tried."""
    line = {"method": "linear", "lower": 2, "upper": 8, "outside": "clip", "better": better}
    assert _improvements(line, "cost", 5) == [(5, best, 1.0, best, 1.0)]


def test_of_whole_numbers_only_whole_ones_are_tried() -> None:
    """An edge between two whole numbers cannot be answered; a bound that is one can."""
    halves = {"method": "bands", "edges": [2.5, 4, 5.5], "values": [0, 1, 2, 3]}
    assert _improvements(halves, "staff", 3) == [(3, 4.0, 2.0, 4.0, 2.0)]
    assert _improvements(halves, "free", 3) == [(3, 4.0, 2.0, 5.5, 3.0)]
    assert _improvements(halves, "staff", 4) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (["web"], (("web", "post"), 3.0, ("web", "post", "desk"), 6.0)),
        (("desk",), (("web", "desk"), 4.0, ("web", "post", "desk"), 6.0)),
        (frozenset({"post", "web"}), (("web", "post", "desk"), 6.0) * 2),
        (["none"], (("web",), 1.0, ("web", "post", "desk"), 6.0)),
    ],
)
def test_one_more_choice_and_all_of_them_are_tried(answer: Any, expected: Any) -> None:
    """What is chosen stays chosen; an option that must stand alone is left."""
    assert _improvements(COUNT, "many", answer) == [(answer, *expected)]


def test_a_question_that_is_not_answered_can_be() -> None:
    """An item without an answer is improved from "not answered"."""
    fitted = _fitted(
        {"count": COUNT, "yes": YES}, indicator("m", "many", "count"), indicator("y", "yes", "yes")
    )
    (many,) = ai.explain(fitted, ai.Response("a", {"yes": "yes"})).improvements
    assert many.answer is ai.Missing.NOT_ANSWERED
    assert (many.next_answer, many.best_answer) == (("web", "post", "desk"),) * 2
    assert many.best_score == 5.0


def test_a_definition_is_not_explained() -> None:
    """What is not fitted is told, as in scoring."""
    definition = ai.load(index({"yes": YES}, indicator("y", "yes", "yes")), ai.IndexDefinition)
    with pytest.raises(ai.errors.MismatchError) as caught:
        ai.explain(definition, ai.Response("a"))  # type: ignore[arg-type]
    assert [(each.code, each.place.index) for each in caught.value.problems] == [
        ("not-fitted", "i")
    ]
