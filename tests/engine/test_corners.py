"""Corners that the laws found, each by an example of its own."""

from __future__ import annotations

from typing import Any

import pytest

import agencyindex as ai
from agencyindex.errors import DocumentError

RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")


def _questionnaire(*items: dict[str, Any]) -> ai.Questionnaire:
    document = {"schema": "agencyindex/questionnaire/1", "id": "q", "version": "1.0.0"}
    return ai.load({**document, "sections": [{"id": "s", "items": list(items)}]}, ai.Questionnaire)


def _index(scorings: dict[str, Any], children: list[Any], **changes: Any) -> ai.IndexDefinition:
    document: dict[str, Any] = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(RULES, "exclude"),
        "minimum_coverage": 0,
        "scorings": scorings,
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": children,
    }
    return ai.load(document | changes, ai.IndexDefinition)


def _leaf(name: str, item: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "item": item, "scoring": "points", **more}


YES_NO = _questionnaire(*({"id": name, "type": "yes_no"} for name in "abc"))


def test_a_sum_of_rounded_values_may_pass_the_sum_of_bounds() -> None:
    """Two values of 0.6, each rounded to 1, add to 2, though 1.2 is the most without rounding."""
    scorings = {"points": {"method": "points", "points": {"yes": 0.6, "no": 0}}}
    rounding = {"where": "every_level", "decimals": 0, "rule": "half_up"}
    children = [_leaf("x", "a"), _leaf("y", "b")]
    index = _index(scorings, children, rounding=rounding, aggregation={"method": "sum"})
    scores = ai.score(ai.freeze(index, YES_NO), ai.Response("z", {"a": True, "b": True}))
    assert scores.get("z", "i").value == 2
    assert (scores.nodes[0].lower, scores.nodes[0].upper) == (0, 2)


def test_points_given_to_a_missing_answer_may_lie_beyond_the_attainable() -> None:
    """Three points where an answer is worth one at most are 300 of 100, for the parent as well."""
    scorings = {"points": {"method": "points", "points": {"yes": 1, "no": 0}}}
    attainable = {"method": "attainable", "to": [0, 100]}
    missing = dict.fromkeys(RULES, 3)
    index = _index(scorings, [_leaf("x", "a")], normalisation=attainable, missing=missing)
    scores = ai.score(ai.freeze(index, YES_NO), ai.Response("z"))
    assert [scores.get("z", "i", node).value for node in ("x", "i")] == [300, 300]


def test_a_ratio_over_what_was_not_asked_has_no_worst() -> None:
    """A denominator that need not be asked makes the rule for "not asked" count."""
    questionnaire = _questionnaire(
        {"id": "a", "type": "number"},
        {
            "id": "b",
            "type": "number",
            "condition": {"operator": "answered", "item": "a"},
        },
    )
    scorings = {"points": {"method": "ratio", "denominator": "b", "when_zero": "refused"}}
    missing = {**dict.fromkeys(RULES, "exclude"), "not_asked": "worst"}
    with pytest.raises(DocumentError) as caught:
        ai.freeze(_index(scorings, [_leaf("x", "a")], missing=missing), questionnaire)
    assert [(p.code, p.place.pointer) for p in caught.value.problems] == [
        ("no-bound", "/children/0")
    ]


def test_of_two_reasons_in_a_ratio_its_own_counts() -> None:
    """The reason for a missing denominator counts only where there is something to divide."""
    questionnaire = _questionnaire({"id": "a", "type": "number"}, {"id": "b", "type": "number"})
    scorings = {"points": {"method": "ratio", "denominator": "b", "when_zero": "refused"}}
    missing = {**dict.fromkeys(RULES, "exclude"), "dont_know": 2, "not_applicable": 4}
    fitted = ai.freeze(_index(scorings, [_leaf("x", "a")], missing=missing), questionnaire)
    unknown, unasked = ai.Missing.DONT_KNOW, ai.Missing.NOT_APPLICABLE
    rows = {"p": (unknown, unasked), "q": (unknown, 5), "r": (6, unasked), "s": (6, 2)}
    listed = [ai.Response(name, dict(zip("ab", row, strict=True))) for name, row in rows.items()]
    together = ai.score(fitted, ai.Responses.of(questionnaire, listed)).column("i", "x")
    alone = [ai.score(fitted, each).get(each.agency, "i", "x").value for each in listed]
    assert together.tolist() == alone == [2, 2, 4, 3]


def test_the_mean_of_equal_points_is_that_number() -> None:
    """Rounding does not take the mean of three times 0.1 beyond 0.1."""
    scorings = {"points": {"method": "points", "points": {"yes": 0.1, "no": 0}}}
    index = _index(scorings, [_leaf("x", "a")], missing=dict.fromkeys(RULES, "mean"))
    listed = [ai.Response(name, {"a": True}) for name in "123"]
    fitted = ai.fit(index, ai.Responses.of(YES_NO, listed))
    assert ai.score(fitted, ai.Response("z")).get("z", "i").value == 0.1


def test_contributions_that_cancel_are_not_lost() -> None:
    """A dimension whose leaves add to zero still has the contributions of both."""
    scorings = {"points": {"method": "points", "points": {"yes": 1, "no": 0}}}
    pair = [_leaf("x", "a"), _leaf("y", "b", direction=-1)]
    index = _index(scorings, [{"id": "d", "children": pair}, _leaf("z", "c")])
    answers = {"a": True, "b": True, "c": True}
    explained = ai.explain(ai.freeze(index, YES_NO), ai.Response("z", answers))
    assert [each.points for each in explained.contributions] == [0.25, -0.25, 0.5]


def test_a_question_that_stays_asked_keeps_its_answer() -> None:
    """What closes one question and thereby keeps another asked leaves that one's answer."""
    is_yes = {"operator": "equals", "item": "a", "value": "yes"}
    unless_b = {"operator": "not", "of": {"operator": "answered", "item": "b"}}
    questionnaire = _questionnaire(
        {"id": "a", "type": "yes_no"},
        {"id": "b", "type": "yes_no", "condition": is_yes},
        {
            "id": "c",
            "type": "yes_no",
            "condition": {"operator": "any", "of": [is_yes, unless_b]},
        },
    )
    scorings = {
        "points": {"method": "points", "points": {"yes": 1, "no": 0}},
        "turned": {"method": "points", "points": {"yes": 0, "no": 1}},
    }
    children = [{**_leaf("x", "a"), "scoring": "turned"}, _leaf("y", "b"), _leaf("z", "c")]
    missing = dict.fromkeys(RULES, 0)
    fitted = ai.freeze(_index(scorings, children, missing=missing), questionnaire)
    answers = {"a": "yes", "b": "no", "c": "yes"}
    improvements = {
        each.item: each for each in ai.explain(fitted, ai.Response("z", answers)).improvements
    }
    changed = ai.Response("z", {"a": "no", "c": "yes"})
    assert ai.score(fitted, changed).get("z", "i").value == 2 / 3
    assert improvements["a"].next_score == 2 / 3
