"""The wide layout: a row for each agency, and a column for each item or option."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import (
    ANSWERED,
    NOT_ANSWERED,
    Column,
    ItemCoder,
    PlaceOf,
    coders,
)
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.errors import Findings, Place, ResponseError, did_you_mean
from agencyindex.tables.agencies import agency_ids
from agencyindex.tables.cells import (
    Notation,
    PlaceAt,
    code_cells,
    flag,
    option_code,
    spread,
    text_of,
)
from agencyindex.tables.headings import (
    AGENCY_NAME,
    duplicate_headings,
    need_column,
    untitled_columns,
)
from agencyindex.tables.table import Numbers, Table

OPTION_HEADING = re.compile(r"([^/\[\]]+)(?:/(.+)|\[(.+)\])")

Coded: TypeAlias = tuple[list[str], dict[str, Column], PlaceOf]
"""Agencies, coded columns, and where each answer stands."""


@attrs.frozen(kw_only=True)
class Names:
    """The headings that a table of answers goes by, those to pass over, and if any may lack."""

    agency: str
    item: str
    answer: str
    ignore: Collection[str]
    partial: bool


def read_wide(
    table: Table,
    questionnaire: Questionnaire,
    names: Names,
    notation: Notation,
    findings: Findings,
) -> Coded:
    """Code a table with a row for each agency."""
    duplicate_headings(table, findings)
    found = need_column(table, names.agency, "agency", findings, "--agency-column")
    agencies = agency_ids(table, names.agency, findings) if found else [""] * len(table.rows)

    def place_of(position: int, item: str) -> Place:
        return table.place(position, agency=agencies[position] or None, item=item or None)

    columns: dict[str, Column] = {}
    for item, headings in _by_item(table, questionnaire, names, findings).items():
        coder = coders(questionnaire)[item]
        if list(headings.values()) == [None]:
            cells = table.column(next(iter(headings)))
            columns[item] = code_cells(coder, cells, notation, _at(place_of, item), findings)
        else:
            columns[item] = _code_options(table, coder, headings, _at(place_of, item), findings)
    if not found:
        findings.raise_as(ResponseError)
    return agencies, columns, place_of


def _at(place_of: PlaceOf, item: str) -> PlaceAt:
    return lambda row: place_of(row, item)


def _by_item(
    table: Table, questionnaire: Questionnaire, names: Names, findings: Findings
) -> dict[str, dict[str, int | None]]:
    """For each item its headings, with the code of the option where they name one."""
    passed = {names.agency, *names.ignore, "", AGENCY_NAME}
    by_item: dict[str, dict[str, int | None]] = {}
    unknown: list[str] = []
    headed: set[str | None] = set()
    for heading in dict.fromkeys(table.headings):
        item, code = meaning(heading, questionnaire)
        headed.add(item)
        if heading in passed:
            continue
        if item is None:
            unknown.append(heading)
        elif code == "unknown":
            _unknown_option(table, heading, coders(questionnaire)[item], findings)
        else:
            by_item.setdefault(item, {})[heading] = code
    long = not by_item and {names.item, names.answer} <= set(unknown)
    for heading in unknown:
        _unknown_column(table, heading, questionnaire, findings, long=long)
    for item, headings in by_item.items():
        _told_twice(table, item, headings, findings)
    if not (names.partial or long):
        _missing_columns(
            table, [each.id for each in questionnaire if each.id not in headed], findings
        )
    untitled_columns(table, findings)
    return by_item


def _missing_columns(table: Table, items: Iterable[str], findings: Findings) -> None:
    """Note items that no column is about, which would be unanswered by all without a word."""
    for item in items:
        findings.add(
            "missing-column",
            Place(file=table.file, item=item),
            "No column has the answers to this item.",
            "Add the column, or say that the table is partial: partial=True (--partial).",
            expected=item,
        )


def meaning(
    heading: str, questionnaire: Questionnaire
) -> tuple[str | None, int | Literal["unknown"] | None]:
    """The item that a heading names, and the code of the option where it names one."""
    if heading in questionnaire:
        return heading, None
    match = OPTION_HEADING.fullmatch(heading)
    if match is None or match[1] not in questionnaire:
        return None, None
    coder = coders(questionnaire)[match[1]]
    if coder.kind != "multiple_choice":
        return None, None
    code = option_code(coder, (match[2] or match[3]).strip())
    return match[1], "unknown" if code is None else code


def _unknown_option(table: Table, heading: str, coder: ItemCoder, findings: Findings) -> None:
    match = OPTION_HEADING.fullmatch(heading)
    assert match is not None
    option = match[2] or match[3]
    findings.add(
        "unknown-option",
        table.place(column=heading, item=coder.item.id),
        f'The item has no option "{option}".',
        did_you_mean(option, [each.value for each in coder.options], "options"),
        found=option,
    )


def _unknown_column(
    table: Table, heading: str, questionnaire: Questionnaire, findings: Findings, *, long: bool
) -> None:
    mend = (
        'This looks like a row for each answer: pass layout="long" (--layout long).'
        if long
        else did_you_mean(heading, [item.id for item in questionnaire], "items")
        + f' To pass it over: ignore=("{heading}",) (--ignore).'
    )
    findings.add(
        "unknown-column",
        table.place(column=heading),
        f'"{heading}" is no item of the questionnaire {questionnaire.id} {questionnaire.version}.',
        mend,
        found=heading,
    )


def _told_twice(
    table: Table, item: str, headings: Mapping[str, int | None], findings: Findings
) -> None:
    """Note an item with two columns, or an option with two."""
    seen: set[int | None] = set()
    for heading, code in headings.items():
        # Two options may state the same reason for missing, each in a column of its own.
        again = code in seen and not (code is not None and code < ANSWERED)
        if again or None in seen or (code is None and seen):
            findings.add(
                "duplicate-column",
                table.place(column=heading, item=item),
                "Another column has the same answers.",
                "Keep one column for the item, or one for each option.",
                found=heading,
            )
        seen.add(code)


def _code_options(
    table: Table,
    coder: ItemCoder,
    headings: Mapping[str, int | None],
    place_at: PlaceAt,
    findings: Findings,
) -> Column:
    """Code a multiple choice item that has a column for each option.

    Where no option is chosen there is no answer: an agency to which none applies has an
    exclusive option to say so, and a blank form looks the same otherwise.
    """
    count = len(table.rows)
    chosen = np.zeros((len(coder.options), count), dtype=bool)
    codes = np.full(count, NOT_ANSWERED, dtype=coder.dtype)
    marks = np.zeros(count, dtype=np.intp)
    alone = np.zeros(count, dtype=bool)
    for heading, code in headings.items():
        if code is None:
            continue
        on = _flags(coder, code, heading, table=table, place_at=place_at, findings=findings)
        marks += on
        if code < ANSWERED:
            codes[on] = code
            alone |= on
        else:
            chosen[code - ANSWERED] |= on
            if coder.exclusive[code - ANSWERED]:
                alone |= on
    codes[chosen.any(axis=0) & (codes == NOT_ANSWERED)] = ANSWERED
    note_combined(np.flatnonzero(alone & (marks > 1)), place_at, findings)
    return Column(codes, chosen)


def note_combined(rows: NDArray[Any], place_at: PlaceAt, findings: Findings) -> None:
    """Note answers in which an option that excludes the others stands beside one."""
    for row in rows:
        findings.add(
            "exclusive-option",
            place_at(int(row)),
            "An option that must stand alone is combined with others.",
            "Keep that option, or the others.",
        )


def _flags(
    coder: ItemCoder,
    code: int,
    heading: str,
    *,
    table: Table,
    place_at: PlaceAt,
    findings: Findings,
) -> NDArray[np.bool_]:
    """Where an option's column says that it is chosen."""
    cells = table.column(heading)
    cells = cells.cells() if isinstance(cells, Numbers) else cells
    chosen = np.zeros(len(cells.distinct), dtype=bool)
    for position in cells.used():
        text = text_of(cells.distinct[position])
        if text is None:
            continue
        said = flag(text)
        chosen[position] = option_code(coder, text) == code if said is None else said
        if said is None and not chosen[position]:
            trial = Findings()
            trial.add(
                "not-an-option",
                Place(),
                f'"{text}" does not say whether the option is chosen.',
                "Write 1 or 0, yes or no, or leave it empty.",
                found=text,
            )
            rows = np.flatnonzero(cells.codes == position)
            spread(trial, rows, lambda row: attrs.evolve(place_at(row), column=heading), findings)
    result: NDArray[np.bool_] = chosen[cells.codes]
    return result
