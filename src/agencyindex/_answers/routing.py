"""Routing applied: what was not asked told from what was not answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from agencyindex._answers.coder import ItemCoder, coders
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
) -> tuple[list[int], dict[int, Any]]:
    """Codes of one response in the order of the items, and the values that are no codes.

    Raises
    ------
    ResponseError
        Where an answer does not fit or an item is unknown; all findings at once.
    """
    answers = response.answers
    codes: list[int] = []
    values: dict[int, Any] = {}
    known: dict[str, tuple[int, Any]] = {}
    findings = Findings()
    seen = 0
    for name, coder in coders(questionnaire).items():
        answer = answers.get(name)
        seen += name in answers
        try:
            code, plain = coder.exact[answer], coder.coded
        except (KeyError, TypeError):
            plain = False
        if not plain:
            place = Place(agency=response.agency, item=name)
            code, values[len(codes)] = coder.code(answer, place, findings)
        if coder.condition is not None or code == NOT_ASKED:
            code = _routed(coder, code, known, Place(agency=response.agency, item=name), findings)
        codes.append(code)
        if coder.awaited:
            known[name] = code, values.get(len(codes) - 1)
    if seen != len(answers):
        for name in answers:
            if name not in questionnaire:
                place = Place(agency=response.agency, item=str(name))
                unknown_item(name, questionnaire, place, findings)
    findings.raise_as(ResponseError)
    return codes, values


def _routed(
    coder: ItemCoder,
    code: int,
    earlier: Mapping[str, tuple[int, Any]],
    place: Place,
    findings: Findings,
) -> int:
    asked = coder.condition is None or bool(coder.condition(earlier.__getitem__))
    if not asked and code == NOT_ANSWERED:
        return NOT_ASKED
    if asked == (code == NOT_ASKED):
        not_asked(place, findings, asked=asked)
    return code
