"""Routing applied: what was not asked told from what was not answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import getitem
from typing import Any, TypeAlias

import numpy as np

from agencyindex._answers.coder import ItemCoder, coders, plain_codes
from agencyindex._answers.codes import NOT_ANSWERED, NOT_ASKED, Column
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Response
from agencyindex.errors import Findings, Place, ResponseError, did_you_mean

PlaceOf: TypeAlias = Callable[[int, str], Place]
"""The place of an answer, from its position among the agencies and its item."""


def unknown_item(
    name: object, questionnaire: Questionnaire, place: Place, findings: Findings
) -> None:
    """Note that the questionnaire has no such item."""
    findings.add(
        "unknown-item",
        place,
        f'The questionnaire {questionnaire.id} {questionnaire.version} has no item "{name}".',
        did_you_mean(name, [item.id for item in questionnaire], "items"),
        found=name,
    )


def route(
    coder: ItemCoder,
    column: Column,
    earlier: Mapping[str, Column],
    place_of: PlaceOf,
    findings: Findings,
) -> Column:
    codes = column.codes
    if coder.condition is None:
        asked = np.ones(len(codes), dtype=bool)
    else:
        asked = coder.condition(lambda item: (earlier[item].codes, earlier[item].values))
    blank = codes == NOT_ANSWERED
    unasked = codes == NOT_ASKED
    for row in np.flatnonzero((~asked & ~blank & ~unasked) | (asked & unasked)):
        not_asked(place_of(int(row), coder.item.id), findings, asked=bool(asked[row]))
    result = codes.copy()
    result[~asked & blank] = NOT_ASKED
    return Column(result, column.values)


def not_asked(place: Place, findings: Findings, *, asked: bool) -> None:
    """Note that an answer contradicts the routing."""
    if asked:
        findings.add(
            "not-asked",
            place,
            "The answer says that the question was not asked, and by its condition it was.",
            "Give the answer, or leave it empty.",
        )
    else:
        findings.add(
            "not-asked",
            place,
            "There is an answer to a question that was not asked.",
            "Leave it empty, or correct the answer that its condition depends on.",
        )


def code_response(
    questionnaire: Questionnaire, response: Response
) -> tuple[list[int], dict[str, Any]]:
    """Code of one response's answer to each item in turn, and by item the values that are no codes.

    Raises
    ------
    ResponseError
        Where an answer does not fit or an item is unknown; all findings at once.
    """
    plain = plain_codes(questionnaire)
    answers = response.answers
    try:
        if len(answers) == len(plain.blank):
            return list(map(getitem, plain.tables, plain.pick(answers))), {}
        # In the order of the questionnaire, and as long as it unless there are unknown items.
        answers = {**plain.blank, **answers}
        if len(answers) == len(plain.blank):
            return list(map(getitem, plain.tables, answers.values())), {}
    except (KeyError, TypeError):
        pass
    return _code_with_care(coders(questionnaire), questionnaire, response)


def _code_with_care(
    made: Mapping[str, ItemCoder], questionnaire: Questionnaire, response: Response
) -> tuple[list[int], dict[str, Any]]:
    codes: dict[str, int] = {}
    values: dict[str, Any] = {}
    findings = Findings()
    for name, coder in made.items():
        answer = response.answers.get(name)
        # A place costs more than the coding does, so it is made only where it may be needed.
        known = coder.plain_code(answer)
        if known is not None:
            codes[name] = known
            continue
        place = Place(agency=response.agency, item=name)
        code, value = coder.code(answer, place, findings)
        asked = coder.condition is None or bool(
            coder.condition(lambda item: (codes[item], values.get(item)))
        )
        if not asked and code == NOT_ANSWERED:
            code = NOT_ASKED
        elif asked == (code == NOT_ASKED):
            not_asked(place, findings, asked=asked)
        codes[name] = code
        if not coder.coded:
            values[name] = value
    for name in response.answers:
        if name not in questionnaire:
            place = Place(agency=response.agency, item=str(name))
            unknown_item(name, questionnaire, place, findings)
    findings.raise_as(ResponseError)
    return list(codes.values()), values
