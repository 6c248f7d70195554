"""Answers with one of them changed, and the routing that follows from the change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import agencyindex as ai
from agencyindex import Missing, catalogue
from agencyindex._engine.changes import changed

QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.0.0",
        "sections": [
            {
                "id": "s",
                "items": [
                    {"id": "gate", "type": "yes_no"},
                    {
                        "id": "count",
                        "type": "number",
                        "condition": {"operator": "equals", "item": "gate", "value": "yes"},
                    },
                    {
                        "id": "ways",
                        "type": "multiple_choice",
                        "options": [{"value": "x"}, {"value": "y"}],
                        "condition": {"operator": "greater", "item": "count", "value": 3},
                    },
                ],
            }
        ],
    },
    ai.Questionnaire,
)


def _changed(answers: dict[str, Any], *changes: tuple[str, Any]) -> list[dict[str, Any]]:
    rows = changed(QUESTIONNAIRE, ai.Response("a", answers), changes)
    return [dict(rows.take([row])["a"].answers) for row in range(len(rows))]


def test_a_change_that_closes_questions_drops_their_answers() -> None:
    """What depends on the changed answer, at once or at second hand, was not asked."""
    answers = {"gate": "yes", "count": 5, "ways": ["x", "y"]}
    closed, narrowed = _changed(answers, ("gate", "no"), ("count", 2.0))
    assert closed == {"gate": "no", "count": Missing.NOT_ASKED, "ways": Missing.NOT_ASKED}
    assert narrowed == {"gate": "yes", "count": 2.0, "ways": Missing.NOT_ASKED}


def test_a_change_that_opens_a_question_leaves_it_unanswered() -> None:
    """What comes to be asked has no answer yet."""
    (opened,) = _changed({"gate": "no"}, ("gate", "yes"))
    assert opened == {"gate": "yes", "count": Missing.NOT_ANSWERED, "ways": Missing.NOT_ASKED}


def test_changed_columns_equal_newly_coded_ones() -> None:
    """Row for row, columns are those of the changed response coded from the start."""
    response = ai.Response("a", {"gate": "yes", "count": 4})
    rows = changed(QUESTIONNAIRE, response, [("ways", ("y",)), ("gate", "no")])
    anew = ai.Responses.of(
        QUESTIONNAIRE,
        [
            ai.Response("a", {"gate": "yes", "count": 4, "ways": ["y"]}),
            ai.Response("b", {"gate": "no"}),
        ],
    )
    for name, column in anew.columns.items():
        np.testing.assert_array_equal(rows.columns[name].codes, column.codes)
        if column.values is not None:
            np.testing.assert_array_equal(rows.columns[name].values, column.values)


@pytest.mark.parametrize("name", catalogue.INDICES)
def test_improvements_are_scores_of_the_changed_response(name: str) -> None:
    """With routing, numbers and own rules too, what another answer would give is what it gives."""
    responses = catalogue.responses("digg-2020")
    fitted = ai.freeze(catalogue.index(name), responses.questionnaire)
    for agency in responses.agencies[:3]:
        answers = responses[agency].answers
        asked = {key: each for key, each in answers.items() if each is not Missing.NOT_ASKED}
        explanation = ai.explain(fitted, responses[agency])
        assert explanation.improvements
        for each in explanation.improvements:
            better = ai.Response(agency, asked | {each.item: each.best_answer})
            assert ai.score(fitted, better).get(agency, name).value == each.best_score
