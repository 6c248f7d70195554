"""One sheet of a workbook: its cells, and what else must be known before they are believed."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isinf
from typing import Any

import attrs

from agencyindex.tables.table import MOST_COLUMNS, CellError
from agencyindex.tables.workbook import (
    Attributes,
    Book,
    LocalNames,
    Parts,
    TextCollector,
    UnfitError,
    is_true,
    unescaped,
)

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
MOST_ROWS = 1_048_576
LAST_DAY = 2_958_466
"""Days from the end of 1899 to the end of 9999; from 1904 on there are 1462 less."""


@attrs.frozen
class Area:
    """Cells from one to another, counted from 1, both included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@attrs.define
class Column:
    """The cells of one column that hold something: their rows, and positions in `Contents.cells`."""

    rows: array[int] = attrs.field(factory=lambda: array("I"))
    codes: array[int] = attrs.field(factory=lambda: array("I"))


@attrs.define
class Contents:
    """What a sheet holds, rows and columns counted from 1.

    Parameters
    ----------
    cells
        The different cells.
    columns
        By number, those that hold something.
    hidden_rows, hidden_columns
        Numbers of those that are not shown.
    merged
        Cells that are shown as one.
    formulas
        Row, column and text of formulas without a value.
    """

    cells: list[object] = attrs.field(factory=list)
    columns: dict[int, Column] = attrs.field(factory=lambda: defaultdict(Column))
    hidden_rows: set[int] = attrs.field(factory=set)
    hidden_columns: set[int] = attrs.field(factory=set)
    merged: list[Area] = attrs.field(factory=list)
    formulas: list[tuple[int, int, str]] = attrs.field(factory=list)


def read_sheet(parts: Parts, part: str, book: Book) -> Contents:
    """What a sheet holds."""
    reader = _Reader(book)
    parts.parse_as_written(part, reader.start, reader.end, reader.text)
    return reader.contents


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA.

    Examples
    --------
    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def position(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of a cell such as "AB12"."""
    match = REFERENCE.fullmatch(reference)
    row, column = 0, 0
    if match is not None:
        row = int(match[2])
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
    if not (1 <= row <= MOST_ROWS and 1 <= column <= MOST_COLUMNS):
        raise UnfitError(f'no sheet has a cell "{reference}"')
    return row, column


def _whole(text: str | None, most: int) -> int:
    if text is None or not re.fullmatch("[0-9]{1,7}", text) or not 1 <= int(text) <= most:
        raise UnfitError(f'no sheet has a row or column "{text}"')
    return int(text)


def _is_zero(text: str | None) -> bool:
    return text is not None and NUMBER.fullmatch(text) is not None and float(text) == 0


class _Columns(dict[str, int]):
    """The numbers of columns by their letters."""

    def __missing__(self, name: str) -> int:
        _, self[name] = position(f"{name}1")
        return self[name]


class _Reader:
    """Follows the XML of a sheet, element by element."""

    __slots__ = (
        "book",
        "column",
        "columns",
        "contents",
        "digits",
        "formula",
        "inline",
        "inside",
        "kind",
        "known",
        "names",
        "row",
        "starts",
        "style",
        "value",
    )

    def __init__(self, book: Book) -> None:
        self.book = book
        self.contents = Contents()
        self.known: dict[tuple[str, str, str], int] = {}
        self.columns = _Columns()
        self.names = LocalNames()
        self.row = self.column = 0
        self.digits = self.kind = self.style = self.value = self.inside = ""
        self.formula: str | None = None
        self.inline: TextCollector | None = None
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "row": self._start_row,
            "f": self._start_formula,
            "is": self._start_inline,
            "col": self._hide_columns,
            "mergeCell": self._merge,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self.inside = name = self.names[name]
        if name == "v":
            return
        if self.inline is not None:
            self.inline.start(name)
        elif name == "c":
            reference = attributes.get("r")
            if reference is None:
                self.column = _whole(str(self.column + 1), MOST_COLUMNS)
            else:
                letters = reference.rstrip("0123456789")
                self.column = self.columns[letters]
                if reference[len(letters) :] != self.digits:
                    raise UnfitError(f'the cell "{reference}" stands in row {self.row}')
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.value = ""
            self.formula = None
        elif name in self.starts:
            self.starts[name](attributes)

    def text(self, piece: str) -> None:
        """A piece of text."""
        if self.inside == "v":
            self.value += piece
        elif self.inline is not None:
            self.inline.text(piece)
        elif self.inside == "f" and self.formula is not None:
            self.formula += piece

    def end(self, name: str) -> None:
        """An element ends."""
        name = self.names[name]
        self.inside = ""
        if name == "c":
            self._end_cell()
        elif self.inline is not None:
            self.inline.end(name)
            if name == "is":
                self.value, self.inline = self.inline.taken(), None

    def _start_formula(self, _: Attributes) -> None:
        self.formula = ""

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self.row = _whole(str(self.row + 1) if number is None else number, MOST_ROWS)
        self.column, self.digits = 0, str(self.row)
        if is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht")):
            self.contents.hidden_rows.add(self.row)

    def _start_inline(self, _: Attributes) -> None:
        self.inline = TextCollector()

    def _hide_columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or _is_zero(attributes.get("width")):
            first = _whole(attributes.get("min"), MOST_COLUMNS)
            last = _whole(attributes.get("max"), MOST_COLUMNS)
            self.contents.hidden_columns.update(range(first, last + 1))

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        rows, columns = zip(position(first), position(last or first), strict=True)
        area = Area(min(rows), min(columns), max(rows), max(columns))
        if (area.top, area.left) != (area.bottom, area.right):
            self.contents.merged.append(area)

    def _end_cell(self) -> None:
        text = self.value
        if self.formula is not None and self._uncalculated(text):
            self.contents.formulas.append((self.row, self.column, self.formula))
        elif text and not text.isspace():
            key = (self.kind, self.style, text)
            code = self.known.get(key)
            if code is None:
                code = self.known[key] = self._new(self._cell(text))
            if code >= 0:
                column = self.contents.columns[self.column]
                column.rows.append(self.row)
                column.codes.append(code)

    def _new(self, cell: object) -> int:
        """The position of a cell that is not known yet; -1 for one of nothing but white space."""
        if isinstance(cell, str) and not cell.strip():
            return -1
        self.contents.cells.append(cell)
        return len(self.contents.cells) - 1

    def _uncalculated(self, text: str) -> bool:
        # A text may be empty. A program that calculates nothing leaves the value out, or
        # writes 0 and asks that the workbook be calculated when it is opened.
        return (not text and self.kind != "str") or (text == "0" and self.book.uncalculated)

    def _cell(self, text: str) -> object:
        match self.kind:
            case "s":
                return self._shared(text)
            case "str" | "inlineStr":
                return unescaped(text) if self.kind == "str" else text
            case "e":
                return CellError(text)
            case "b" if text in ("0", "1", "false", "true"):
                return text in ("1", "true")
            case "n" | "":
                return self._number(text.strip())
            case "d":
                return _day(text)
        raise self._unfit(text)

    def _unfit(self, text: str) -> UnfitError:
        cell = f"{letters(self.column)}{self.row}"
        return UnfitError(f'"{text}" is no value of the kind "{self.kind}", in cell {cell}')

    def _shared(self, text: str) -> str:
        number = int(text) if re.fullmatch("[0-9]{1,9}", text) else len(self.book.texts)
        if number >= len(self.book.texts):
            raise self._unfit(text)
        return self.book.texts[number]

    def _number(self, text: str) -> object:
        if not NUMBER.fullmatch(text) or isinf(float(text)):
            raise self._unfit(text)
        number = float(text)
        style = int(self.style) if re.fullmatch("[0-9]{1,9}", self.style) else 0
        shown = self.book.dates[style] if style < len(self.book.dates) else ""
        return _dated(number, shown, since_1904=self.book.since_1904) if shown else number


def _day(text: str) -> Any:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if "T" in text else moment.date()


def _dated(number: float, shown: str, *, since_1904: bool) -> date | time | timedelta | CellError:
    """What a spreadsheet shows of a number that has the format of a date, time or duration."""
    if not 0 <= number < LAST_DAY - 1462 * since_1904:
        return CellError("########")
    if shown == "duration":
        return timedelta(days=number)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    if number < 60 and not since_1904:
        # Spreadsheets have a 29 February 1900, so that days before it are one less.
        start += timedelta(days=1)
    moment = start + timedelta(milliseconds=round(number * 86_400_000))
    if number < 1:
        return moment.time()
    return moment if number % 1 else moment.date()
