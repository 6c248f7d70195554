"""One agency's answers with one of them changed: a row for each change, routing applied anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from agencyindex._answers import (
    NOT_ANSWERED,
    NOT_ASKED,
    Column,
    ItemCoder,
    Responses,
    code_response,
    coders,
)
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Answer, Response
from agencyindex.errors import Findings, Place


def changed(
    questionnaire: Questionnaire, response: Response, changes: Sequence[tuple[str, Answer]]
) -> Responses:
    """The answers of one agency, once for each change.

    Where a change closes a question, its answer is dropped; where it opens one, that is not
    answered.

    Parameters
    ----------
    questionnaire, response
        What was asked, and the agency's answers.
    changes
        For each row an item and another answer to it, which fits the item.

    Raises
    ------
    ResponseError
        Where the response does not fit the questionnaire.
    """
    by_item: dict[str, list[tuple[int, Answer]]] = {}
    for row, (item, answer) in enumerate(changes):
        by_item.setdefault(item, []).append((row, answer))
    codes, values = code_response(questionnaire, response)
    columns: dict[str, Column] = {}
    for (name, coder), code in zip(coders(questionnaire).items(), codes, strict=True):
        column = columns[name] = _repeated(coder, code, values.get(name), len(changes))
        for row, answer in by_item.get(name, ()):
            column.codes[row], value = coder.code(answer, Place(), Findings())
            if column.values is not None:
                column.values[..., row] = value
        _route_anew(coder, column, columns)
    return Responses(
        questionnaire=questionnaire,
        edition="",
        agencies=[response.agency] * len(changes),
        columns=columns,
    )


def _repeated(coder: ItemCoder, code: int, value: Any, times: int) -> Column:
    codes = np.full(times, code, dtype=coder.dtype)
    if coder.coded:
        return Column(codes)
    given = np.asarray(coder.empty if value is None else value)
    return Column(codes, np.repeat(given[..., None], times, axis=-1))


def _route_anew(coder: ItemCoder, column: Column, earlier: Mapping[str, Column]) -> None:
    if coder.condition is None:
        return
    asked = coder.condition(lambda item: (earlier[item].codes, earlier[item].values))
    column.codes[asked & (column.codes == NOT_ASKED)] = NOT_ANSWERED
    column.codes[~asked] = NOT_ASKED
    if column.values is not None:
        column.values[..., ~asked] = np.asarray(coder.empty)[..., None]
