"""One agency's answers with one of them changed: a row for each change, routing applied anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from agencyindex._answers import NOT_ANSWERED, NOT_ASKED, Column, ItemCoder, Responses, coders
from agencyindex._model.response import Answer
from agencyindex.errors import Findings, Place


def changed(one: Responses, changes: Sequence[tuple[str, Answer]]) -> Responses:
    """The answers of one agency, once for each change.

    Where a change closes a question, its answer is dropped; where it opens one, that is not
    answered.

    Parameters
    ----------
    one
        The agency's answers, and no other's.
    changes
        For each row an item and another answer to it, which fits the item.
    """
    rows = one.take([0] * len(changes))
    by_item: dict[str, list[tuple[int, Answer]]] = {}
    for row, (item, answer) in enumerate(changes):
        by_item.setdefault(item, []).append((row, answer))
    columns: dict[str, Column] = {}
    for name, coder in coders(one.questionnaire).items():
        # `take` has made copies, so that they may be written into.
        column = columns[name] = rows.columns[name]
        for row, answer in by_item.get(name, ()):
            code, value = coder.code(answer, Place(), Findings())
            column.codes[row] = code
            if column.values is not None:
                column.values[..., row] = value
        _route_anew(coder, column, columns)
    return attrs.evolve(rows, columns=columns)


def _route_anew(coder: ItemCoder, column: Column, earlier: Mapping[str, Column]) -> None:
    if coder.condition is None:
        return
    asked = coder.condition(lambda item: (earlier[item].codes, earlier[item].values))
    column.codes[asked & (column.codes == NOT_ASKED)] = NOT_ANSWERED
    column.codes[~asked] = NOT_ASKED
    if column.values is not None:
        column.values[..., ~asked] = coder.empty if coder.kind == "number" else False
