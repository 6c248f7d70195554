"""Routing: every operator of a condition, for one response and for columns."""

from __future__ import annotations

from typing import Any

import pytest

import agencyindex as ai
from agencyindex._answers import code_response
from agencyindex.errors import ResponseError


def _questionnaire(condition: dict[str, Any]) -> ai.Questionnaire:
    options = [{"value": "x"}, {"value": "y"}, {"value": "z"}]
    return ai.load(
        {
            "schema": "agencyindex/questionnaire/1",
            "id": "q",
            "version": "1.0.0",
            "sections": [
                {
                    "id": "s",
                    "items": [
                        {"id": "one", "type": "single_choice", "options": options},
                        {"id": "many", "type": "multiple_choice", "options": options},
                        {"id": "number", "type": "number"},
                        {"id": "then", "type": "yes_no", "condition": condition},
                    ],
                }
            ],
        },
        ai.Questionnaire,
    )


ONE = {"operator": "equals", "item": "one", "value": "x"}
FIVE = {"operator": "at_least", "item": "number", "value": 5}

CASES = [
    (ONE, {"one": "x"}, True),
    (ONE, {"one": "y"}, False),
    (ONE, {}, False),
    ({"operator": "one_of", "item": "one", "value": ["x", "z"]}, {"one": "z"}, True),
    ({"operator": "one_of", "item": "one", "value": ["x", "z"]}, {"one": "y"}, False),
    ({"operator": "equals", "item": "number", "value": 5}, {"number": 5.0}, True),
    ({"operator": "one_of", "item": "number", "value": [5, 6]}, {"number": 7}, False),
    ({"operator": "includes", "item": "many", "value": "y"}, {"many": ["x", "y"]}, True),
    ({"operator": "includes", "item": "many", "value": "y"}, {"many": ["x"]}, False),
    ({"operator": "less", "item": "number", "value": 5}, {"number": 5}, False),
    ({"operator": "at_most", "item": "number", "value": 5}, {"number": 5}, True),
    ({"operator": "at_most", "item": "number", "value": 5}, {"number": 4}, True),
    ({"operator": "at_most", "item": "number", "value": 5}, {"number": 6}, False),
    ({"operator": "greater", "item": "number", "value": 5}, {"number": 5}, False),
    (FIVE, {"number": 5}, True),
    (FIVE, {"number": 4}, False),
    (FIVE, {}, False),
    ({"operator": "answered", "item": "one"}, {"one": "y"}, True),
    ({"operator": "answered", "item": "one"}, {"one": ai.Missing.REFUSED}, False),
    ({"operator": "not", "of": ONE}, {}, True),
    ({"operator": "all", "of": [ONE, FIVE]}, {"one": "x", "number": 9}, True),
    ({"operator": "all", "of": [ONE, FIVE]}, {"one": "x", "number": 1}, False),
    ({"operator": "any", "of": [ONE, FIVE]}, {"one": "y", "number": 9}, True),
    ({"operator": "any", "of": [ONE, FIVE]}, {"one": "y"}, False),
]


@pytest.mark.parametrize(("condition", "answers", "asked"), CASES)
def test_an_item_is_asked_where_its_condition_holds(
    condition: dict[str, Any], answers: dict[str, Any], asked: bool
) -> None:
    """What is blank is not answered where asked, and not asked otherwise."""
    responses = ai.Responses.of(_questionnaire(condition), [ai.Response("a", answers)])
    reason = responses["a"].answers["then"]
    assert reason is (ai.Missing.NOT_ANSWERED if asked else ai.Missing.NOT_ASKED)


@pytest.mark.parametrize(("condition", "answers", "asked"), CASES)
def test_an_answer_where_nothing_was_asked_is_found(
    condition: dict[str, Any], answers: dict[str, Any], asked: bool
) -> None:
    """An answer to a question that was not asked is a finding, and only there."""
    given = ai.Response("a", answers | {"then": True})
    if asked:
        coded = ai.Responses.of(_questionnaire(condition), [given])
        assert coded["a"].answers["then"] == "yes"
        return
    with pytest.raises(ResponseError) as caught:
        ai.Responses.of(_questionnaire(condition), [given])
    found = [(each.code, str(each.place)) for each in caught.value.problems]
    assert found == [("not-asked", "agency a, item then")]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"one": "w"}, "not-an-option"),
        ({"one": 3}, "not-an-option"),
        ({"one": ["x"]}, "not-a-list"),
        ({"one": (["x"],)}, "not-a-list"),
        ({"many": ["x", "x"]}, "duplicate-answer"),
        ({"many": ["x", 1]}, "not-an-option"),
        ({"number": "5"}, "not-a-number"),
        ({"number": True}, "not-a-number"),
        ({"number": float("inf")}, "not-a-number"),
        ({"number": 10**400}, "not-a-number"),
        ({"numbers": 5}, "unknown-item"),
    ],
)
def test_what_does_not_fit_is_found_with_its_place(answers: dict[str, Any], code: str) -> None:
    """Each misfit has its code and the agency and item where it stands, alone and among many."""
    questionnaire = _questionnaire(ONE)
    response = ai.Response("a", answers)
    (item,) = answers
    for coding in (
        lambda: ai.Responses.of(questionnaire, [response]),
        lambda: code_response(questionnaire, response),
    ):
        with pytest.raises(ResponseError) as caught:
            coding()
        found = [(each.code, str(each.place)) for each in caught.value.problems]
        assert found == [(code, f"agency a, item {item}")]


@pytest.mark.parametrize(
    ("answer", "mend"),
    [
        ("On trail", 'Did you mean "On trial"?'),
        ("Dont know", 'Did you mean "Don\'t know"?'),
        ("y;Introduced", "These are several answers; give one."),
        ("nonsense", 'The 2 options are "x", "y".'),
    ],
)
def test_a_wrong_answer_is_led_to_a_value_or_a_label(answer: str, mend: str) -> None:
    """What a sheet offers is a label, so labels are suggested as well as values."""
    options = [
        ai.Option("x", "On trial"),
        ai.Option("y", "Introduced"),
        ai.Option("dk", "Don't know", missing=ai.Missing.DONT_KNOW),
    ]
    item = ai.Item("one", "single_choice", options=options)
    asked = ai.Questionnaire(id="q", version="1.0.0", sections=[ai.Section("s", items=[item])])
    with pytest.raises(ResponseError) as caught:
        ai.Responses.of(asked, [ai.Response("a", {"one": answer})])
    assert [each.mend for each in caught.value.problems] == [mend]


def test_several_answers_in_one_text_of_a_multiple_choice_are_told_apart() -> None:
    """Of several answers that the item takes, none is asked to be left out."""
    with pytest.raises(ResponseError) as caught:
        ai.Responses.of(_questionnaire(ONE), [ai.Response("a", {"many": ["x,y"]})])
    (found,) = caught.value.problems
    assert found.mend == "These are several answers; give each by itself."


@pytest.mark.parametrize("answer", ["y", "yes", None, True, ai.Missing.REFUSED])
def test_one_item_alone_is_coded_as_in_a_column(answer: Any) -> None:
    """A questionnaire of one item, or of none, has no special way."""
    options = [ai.Option("y"), ai.Option("yes")]
    kind = "yes_no" if answer is True else "single_choice"
    item = ai.Item("one", kind, options=() if answer is True else options)
    asked = ai.Questionnaire(id="q", version="1.0.0", sections=[ai.Section("s", items=[item])])
    response = ai.Response("a", {"one": answer})
    (code,), _ = code_response(asked, response)
    assert code == ai.Responses.of(asked, [response]).columns["one"].codes[0]
    empty = ai.Questionnaire(id="q", version="1.0.0", sections=[])
    assert code_response(empty, ai.Response("a")) == ([], {})
