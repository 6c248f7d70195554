"""Law: what an explanation says that another answer would give is the score of that answer."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from tests.rewriting import leaves
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex import Missing, Questionnaire, Response
from agencyindex.testing._responses import holds


@law
@given(cases(answered={"max_size": 2}))
def test_would_be_scores_equal_a_real_rescore(case: Case) -> None:
    """The next and the best score of every improvement are those of the changed response."""
    for response in case.responses:
        explained = ai.explain(case.fitted, response)
        for each in explained.improvements:
            for answer, promised in (
                (each.next_answer, each.next_score),
                (each.best_answer, each.best_score),
            ):
                changed = _changed(case.questionnaire, response, each.item, answer)
                many = ai.Responses.of(case.questionnaire, [changed])
                scores = ai.score(case.fitted, many)
                assert scores.get(response.agency, case.definition.id).value == promised


@law
@given(cases(asked={"types": ["single_choice", "yes_no"]}, answered={"max_size": 2}))
def test_no_option_is_overlooked(case: Case) -> None:
    """Of all options of a scored item, the next is the least that gains, the best gains most."""
    for response in case.responses:
        explained = ai.explain(case.fitted, response)
        now = explained.score.value
        found = {each.item: (each.next_score, each.best_score) for each in explained.improvements}
        expected = {} if now is None else _gains(case, response, now)
        assert found == expected


def _gains(case: Case, response: Response, now: float) -> dict[str, tuple[float, float]]:
    """The least and the greatest score above the present one, for each scored item that has any."""
    gains: dict[str, tuple[float, float]] = {}
    scored = {leaf.item for leaf in leaves(case.definition)}
    for item in case.questionnaire:
        if item.id not in scored or response.answers[item.id] is Missing.NOT_ASKED:
            continue
        found = []
        for option in case.questionnaire.substantive(item.id):
            changed = _changed(case.questionnaire, response, item.id, option.value)
            value = ai.score(case.fitted, changed).get(response.agency, case.definition.id).value
            found += [value] if value is not None and value > now else []
        if found:
            gains[item.id] = min(found), max(found)
    return gains


def _changed(questionnaire: Questionnaire, response: Response, item: str, answer: Any) -> Response:
    """The response with one answer changed, asked anew from the first question to the last."""
    sections = ai.document(questionnaire)["sections"]
    conditions = {each["id"]: each.get("condition") for s in sections for each in s["items"]}
    given = {**response.answers, item: answer}
    kept: dict[str, Any] = {}
    for each in questionnaire:
        known = {name: found for name, found in kept.items() if not isinstance(found, Missing)}
        if holds(conditions[each.id], known):
            found = given[each.id]
            kept[each.id] = Missing.NOT_ANSWERED if found is Missing.NOT_ASKED else found
    return Response(response.agency, kept)
