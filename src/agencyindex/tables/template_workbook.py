"""A response sheet as a workbook: drop-down lists, checked numbers, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agencyindex._extras import require
from agencyindex._model.text import in_language
from agencyindex.tables.blank import LONGEST, MARK, Blank, Field
from agencyindex.tables.headings import ANSWERS
from agencyindex.tables.phrases import Wording

ROWS = 500
"""Rows that are made ready where no register says how many are needed."""

MESSAGE, TITLE = 255, 32
"""Characters that a spreadsheet shows beside a cell, and above them."""


def write_workbook(
    blank: Blank, words: Wording, separator: str, path: Path, *, synthetic: bool
) -> None:
    """Write a sheet of answers, one of questions and one of the lists of options."""
    xlsxwriter = require("xlsxwriter", "xlsx", "write spreadsheets")
    workbook = xlsxwriter.Workbook(str(path))
    # The date of creation would make the same sheet a different file each time.
    workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    answers, questions, lists = map(workbook.add_worksheet, (ANSWERS, "questions", "options"))
    _Workbook(workbook, blank, words, separator).write(
        answers, questions, lists, synthetic=synthetic
    )
    workbook.close()


class _Workbook:
    """Writes the three sheets of one workbook."""

    def __init__(self, workbook: Any, blank: Blank, words: Wording, separator: str) -> None:
        self.blank = blank
        self.words = words
        self.phrases = words.phrases
        self.separator = separator
        self.bold = workbook.add_format({"bold": True, "valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        # What is typed into a cell of text stays as it is: 1-2 does not become a day.
        self.text = workbook.add_format({"num_format": "@"})
        self.ranges: dict[tuple[str, ...], str] = {}

    def write(self, answers: Any, questions: Any, lists: Any, *, synthetic: bool) -> None:
        """All three."""
        self.write_lists(lists)
        self.write_questions(questions, synthetic=synthetic)
        self.write_answers(answers)

    def write_lists(self, sheet: Any) -> None:
        """Each list of choices once, a column under the id of the first item that has it."""
        for field in self.blank.fields:
            if field.option is not None or not field.choices or field.choices in self.ranges:
                continue
            column = len(self.ranges)
            _write_text(sheet, 0, column, field.item.id, self.bold)
            for row, choice in enumerate(field.choices, start=1):
                _write_text(sheet, row, column, choice, self.text)
            letters = _letters(column)
            last = len(field.choices) + 1
            self.ranges[field.choices] = f"options!${letters}$2:${letters}${last}"
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(self.ranges) - 1), 28)

    def write_questions(self, sheet: Any, *, synthetic: bool) -> None:
        """What is asked, what the answers are, and when it is asked."""
        asked = self.words.questionnaire
        title = in_language(asked.title, self.words.language) or asked.id
        lines = [f"{title} ({asked.id} {asked.version})", self.phrases["fill"]]
        if synthetic:
            lines.append(self.phrases["synthetic"])
        for row, line in enumerate(lines):
            _write_text(sheet, row, 0, line, self.bold)
        head = len(lines) + 1
        for column, (name, width) in enumerate(
            {
                "section": 20,
                "item": 16,
                "question": 60,
                "options": 44,
                "asked": 32,
                "note": 32,
            }.items()
        ):
            _write_text(sheet, head, column, self.phrases[name], self.bold)
            sheet.set_column(column, column, width, self.wrapped)
        sheet.freeze_panes(head + 1, 2)
        for row, cells in enumerate(self.questions(), start=head + 1):
            for column, cell in enumerate(cells):
                _write_text(sheet, row, column, cell, self.wrapped)

    def questions(self) -> list[list[str]]:
        """The cells of each question."""
        by_item: dict[str, list[Field]] = {}
        for field in self.blank.fields:
            by_item.setdefault(field.item.id, []).append(field)
        language = self.words.language
        return [
            [
                in_language(section.title, language) or section.id,
                item.id,
                in_language(item.text, language),
                self.answers(by_item[item.id]),
                self.words.asked(item),
                in_language(item.note, language),
            ]
            for section in self.words.questionnaire.sections
            for item in section.items
        ]

    def answers(self, fields: Sequence[Field]) -> str:
        """What may be answered, a line for each."""
        lines = [self.how(fields[0])]
        for field in fields:
            lines += [field.option] if field.option is not None else field.choices
        return "\n".join(line for line in lines if line)

    def how(self, field: Field) -> str:
        """What a cell takes, in words."""
        item = field.item
        if item.type == "number":
            unit = in_language(item.unit, self.words.language)
            return self.words.number(item) + (f" ({unit})" if unit else "")
        if field.option is not None:
            return self.phrases["mark"]
        if field.several:
            return self.phrases["several"].format(self.separator)
        return self.phrases["one"]

    def write_answers(self, sheet: Any) -> None:
        """The sheet to fill in; headings and agencies stay in view."""
        leading = len(self.blank.filled)
        for column, (heading, cells) in enumerate(self.blank.columns().items()):
            width = 30 if 0 < column < leading else 16
            sheet.set_column(column, column, width, self.text if column < leading else None)
            _write_text(sheet, 0, column, heading, self.bold)
            for row, cell in enumerate(cells, start=1):
                if cell:
                    _write_text(sheet, row, column, cell, self.text)
        sheet.freeze_panes(1, leading)
        count = len(next(iter(self.blank.filled.values())))
        for field in self.blank.fields:
            self.write_field(
                sheet, field, range(count or ROWS) if field.rows is None else field.rows
            )

    def write_field(self, sheet: Any, field: Field, rows: Sequence[int]) -> None:
        """What the cells of a field take, with the question beside the cell."""
        column = field.column
        if field.item.type != "number":
            for row in rows if field.rows is not None else ():
                sheet.write_blank(row + 1, column, None, self.text)
            if field.rows is None:
                sheet.set_column(column, column, 16, self.text)
        options = self.rule(field, f"{_letters(column)}{rows[0] + 2}") if rows else None
        if options is None:
            return
        about = in_language(field.item.text, self.words.language)
        parts = [about, field.option or "", self.how(field)]
        if field.item.condition is not None:
            parts.append(f"{self.phrases['asked']} {self.words.asked(field.item)}.")
        message = "\n".join(part for part in parts if part)
        refused = self.phrases["refused"].format(self.how(field))
        options |= {
            "input_title": _cut(field.item.id, TITLE),
            "input_message": _cut(message, MESSAGE),
            "error_message": _cut(refused, MESSAGE),
        }
        blocks = _blocks(rows)
        options["other_cells"] = [[top + 1, column, end + 1, column] for top, end in blocks[1:]]
        top, end = blocks[0]
        sheet.data_validation(top + 1, column, end + 1, column, options)

    def rule(self, field: Field, cell: str) -> dict[str, Any]:
        """The rule that a cell is checked by."""
        if field.option is not None:
            return {"validate": "list", "source": [MARK]}
        if field.several:
            return {"validate": "any"}
        if field.item.type != "number":
            return {"validate": "list", "source": f"={self.ranges[field.choices]}"}
        return {"validate": "custom", "value": self.formula(field, cell)}

    def formula(self, field: Field, cell: str) -> str:
        """A formula that holds where the cell has a number as asked for, or one of the choices."""
        item = field.item
        parts = [f"ISNUMBER({cell})"]
        if item.minimum is not None:
            parts.append(f"{cell}>={item.minimum!r}")
        if item.maximum is not None:
            parts.append(f"{cell}<={item.maximum!r}")
        if item.whole:
            parts.append(f"{cell}=INT({cell})")
        number = f"AND({','.join(parts)})" if len(parts) > 1 else parts[0]
        if not field.choices:
            return f"={number}"
        # An error in the numbers' part would hide that a choice was made.
        return f"=OR(IFERROR({number},FALSE),COUNTIF({self.ranges[field.choices]},{cell})>0)"


def _write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    text = text[:LONGEST]
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library would take this for XML of its own; in two pieces it cannot.
        sheet.write_rich_string(row, column, style, text[:2], style, text[2:])
    else:
        sheet.write_string(row, column, text, style)


def _cut(text: str, most: int) -> str:
    """As much of a text as a spreadsheet shows, which counts in units of UTF-16."""
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * most - 6].decode("utf-16-le", "ignore") + "..."


def _blocks(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows as first and last of each run without a gap."""
    blocks: list[tuple[int, int]] = []
    for row in rows:
        if blocks and blocks[-1][1] == row - 1:
            blocks[-1] = blocks[-1][0], row
        else:
            blocks.append((row, row))
    return blocks


def _letters(column: int) -> str:
    """The letters by which a spreadsheet names a column, from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
