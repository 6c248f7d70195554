"""The long layout: a row for each answer, or for each option that was chosen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import (
    ANSWERED,
    NOT_ANSWERED,
    Column,
    ItemCoder,
    coders,
    unknown_item,
)
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.errors import Findings, Place, ResponseError, did_you_mean
from agencyindex.tables.agencies import id_cells
from agencyindex.tables.cells import Notation, code_cells, text_of
from agencyindex.tables.headings import (
    AGENCY_NAME,
    duplicate_headings,
    need_column,
    untitled_columns,
)
from agencyindex.tables.table import (
    AnyCells,
    Cells,
    Numbering,
    Numbers,
    Table,
)
from agencyindex.tables.wide import Coded, Names, note_combined


def read_long(
    table: Table,
    questionnaire: Questionnaire,
    names: Names,
    notation: Notation,
    findings: Findings,
) -> Coded:
    """Code a table with a row for each answer."""
    duplicate_headings(table, findings)
    wanted = {"agency": names.agency, "item": names.item, "answer": names.answer}
    _other_columns(
        table, {*wanted.values(), *names.ignore, "", AGENCY_NAME}, wanted.values(), findings
    )
    untitled_columns(table, findings)
    there = [
        need_column(table, name, key, findings, f"--{key}-column") for key, name in wanted.items()
    ]
    if not all(there):
        findings.raise_as(ResponseError)
    return _Answers(table, questionnaire, names, findings).coded(notation)


def _other_columns(
    table: Table, passed: set[str], wanted: Collection[str], findings: Findings
) -> None:
    for heading in dict.fromkeys(table.headings):
        if heading not in passed:
            findings.add(
                "unknown-column",
                table.place(column=heading),
                f'A table in the long layout has no use for a column "{heading}".',
                did_you_mean(heading, list(wanted), "columns")
                + f' To pass it over: ignore=("{heading}",) (--ignore).',
                found=heading,
            )


class _Answers:
    """The rows of one long table, with the agency and the item of each."""

    def __init__(
        self, table: Table, questionnaire: Questionnaire, names: Names, findings: Findings
    ) -> None:
        self.table, self.questionnaire, self.findings = table, questionnaire, findings
        self.answers = table.column(names.answer)
        self.filled = _filled(self.answers)
        self._number_agencies(id_cells(table, names.agency, findings))
        self._sort_items(table.column(names.item))
        # Where each agency's answer to each item stands; the agency's first row without one.
        self.row_of: dict[str, NDArray[Any]] = {}

    def _number_agencies(self, ids: Cells) -> None:
        """Number the agencies in the order in which they first come."""
        numbering = Numbering()
        used, first = np.unique(ids.codes, return_index=True)
        # Two cells may hold the same id, 3 and "3"; the numbering is by text.
        order = used[np.argsort(first, kind="stable")]
        number_of = np.full(len(ids.distinct), -1, dtype=np.intp)
        for code in order:
            if ids.distinct[code]:
                number_of[code] = numbering[ids.distinct[code]]
        self.agency_of = number_of[ids.codes]
        self.agencies: list[str] = list(numbering)
        for row in np.flatnonzero(self.agency_of < 0):
            self.findings.add(
                "empty-agency", self.table.place(int(row)), "The agency's id is empty.", "Give it."
            )
        named = np.flatnonzero(self.agency_of >= 0)
        self.first = np.full(len(numbering), -1, dtype=np.intp)
        self.first[self.agency_of[named[::-1]]] = named[::-1]

    def _sort_items(self, items: AnyCells) -> None:
        """The rows of each item that hold an answer; note items that are unknown."""
        cells = items.cells() if isinstance(items, Numbers) else items
        self.rows_of: dict[str, NDArray[Any]] = {}
        order = np.argsort(cells.codes, kind="stable")
        ends = np.cumsum(np.bincount(cells.codes, minlength=len(cells.distinct)))
        for cell, rows in zip(cells.distinct, np.split(order, ends[:-1]), strict=True):
            name = text_of(cell) or ""
            if name in self.questionnaire:
                known = rows[self.filled[rows] & (self.agency_of[rows] >= 0)]
                earlier = self.rows_of.get(name, known[:0])
                self.rows_of[name] = np.sort(np.concatenate([earlier, known]))
                continue
            for row in rows if name else rows[self.filled[rows]]:
                unknown_item(name, self.questionnaire, self._place(int(row)), self.findings)

    def _place(self, row: int, item: str = "") -> Place:
        agency = self.agency_of[row]
        name = self.agencies[agency] if agency >= 0 else None
        return self.table.place(row, agency=name, item=item or None)

    def coded(self, notation: Notation) -> Coded:
        """Agencies, coded columns, and where each answer stands."""
        columns = {}
        for item, rows in self.rows_of.items():
            coder = coders(self.questionnaire)[item]
            cells = self.answers.take(rows)

            def place_at(row: int, rows: NDArray[Any] = rows, item: str = item) -> Place:
                return self._place(int(rows[row]), item)

            column = code_cells(coder, cells, notation, place_at, self.findings)
            self._locate(item, rows)
            if coder.kind == "multiple_choice":
                columns[item] = self._united(coder, rows, column)
            else:
                columns[item] = self._single(coder, rows, column)
        return self.agencies, columns, self.place_of

    def _locate(self, item: str, rows: NDArray[Any]) -> None:
        located = self.first.copy()
        located[self.agency_of[rows[::-1]]] = rows[::-1]
        self.row_of[item] = located

    def place_of(self, position: int, item: str) -> Place:
        """The place of an agency's answer to an item."""
        row = self.row_of.get(item, self.first)[position]
        return self._place(int(row), item)

    def _single(self, coder: ItemCoder, rows: NDArray[Any], column: Column) -> Column:
        """The one answer of each agency; note a second."""
        agencies = self.agency_of[rows]
        _, first = np.unique(agencies, return_index=True)
        for row in rows[np.setdiff1d(np.arange(len(rows)), first)]:
            self.findings.add(
                "duplicate-answer",
                self._place(int(row), coder.item.id),
                "The agency has answered this item in a row above.",
                "Keep one of the two.",
            )
        codes = np.full(len(self.agencies), NOT_ANSWERED, dtype=coder.dtype)
        codes[agencies] = column.codes
        if column.values is None:
            return Column(codes)
        values = np.full(len(self.agencies), np.nan)
        values[agencies] = column.values
        return Column(codes, values)

    def _united(self, coder: ItemCoder, rows: NDArray[Any], column: Column) -> Column:
        """The options that an agency chose, from all its rows; note one that comes twice."""
        assert column.values is not None
        agencies, count = self.agency_of[rows], len(self.agencies)
        chosen = np.zeros((len(coder.options), count), dtype=bool)
        alone = np.zeros(count, dtype=bool)
        codes = np.full(count, NOT_ANSWERED, dtype=coder.dtype)
        for option, on in enumerate(column.values):
            self._note_again(coder, coder.options[option].value, rows[on])
            chosen[option, agencies[on]] = True
            if coder.exclusive[option]:
                alone |= chosen[option]
        codes[chosen.any(axis=0)] = ANSWERED
        reason = (column.codes < ANSWERED) & (column.codes != NOT_ANSWERED)
        codes[agencies[reason]] = column.codes[reason]
        alone[agencies[reason]] = True
        several = np.bincount(agencies, minlength=count) > 1
        combined = np.flatnonzero(alone & several)
        note_combined(combined, lambda row: self.place_of(row, coder.item.id), self.findings)
        return Column(codes, chosen)

    def _note_again(self, coder: ItemCoder, option: str, rows: NDArray[Any]) -> None:
        _, first = np.unique(self.agency_of[rows], return_index=True)
        for row in rows[np.setdiff1d(np.arange(len(rows)), first)]:
            self.findings.add(
                "duplicate-answer",
                self._place(int(row), coder.item.id),
                f'"{option}" is chosen twice.',
                "Leave one out.",
                found=option,
            )


def _filled(cells: AnyCells) -> NDArray[np.bool_]:
    if isinstance(cells, Numbers):
        return ~cells.empty
    known = np.array([text_of(cell) is not None for cell in cells.distinct], dtype=bool)
    result: NDArray[np.bool_] = known[cells.codes]
    return result
