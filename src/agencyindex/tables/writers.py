"""Columns of text, numbers and truth values written in each format."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from math import isnan
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from agencyindex._extras import require
from agencyindex.errors import FileError, Place, Problem
from agencyindex.tables.table import MOST_COLUMNS

Column: TypeAlias = list[Any] | NDArray[Any]
Columns: TypeAlias = dict[str, Column]
"""From heading to a list of texts or truth values, or an array of numbers, NaN for none."""

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Signs at the beginning of a text that a spreadsheet runs, the full width ones of Asia too."""

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""

MOST_SIGNS = 32_767
"""Signs of a cell of a sheet."""


def write_csv(columns: Columns, path: Path) -> None:
    """Write comma-separated text; a number is written so that reading it gives it back."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(map(_quoted, columns)) + "\n")
        for row in zip(*map(_texts, columns.values()), strict=True):
            stream.write(",".join(row) + "\n")


def _quoted(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula.

    One that has apostrophes before such a sign gets one more, so that taking the first away gives
    back what was written, and no two texts become the same.
    """
    harmless = f"'{text}" if text.lstrip("'").startswith(RUN_BY_SPREADSHEETS) else text
    if any(sign in harmless for sign in ',"\r\n'):
        return '"' + harmless.replace('"', '""') + '"'
    return harmless


def _texts(column: Column) -> Iterator[str]:
    if isinstance(column, np.ndarray):
        return ("" if isnan(number) else repr(number) for number in column.tolist())
    return (_quoted(cell) if isinstance(cell, str) else str(cell).lower() for cell in column)


def _plain(column: Column) -> list[Any]:
    """The cells of a column as plain values, None for a number that is missing."""
    if isinstance(column, np.ndarray):
        return [None if isnan(number) else number for number in column.tolist()]
    return list(column)


def write_lines(columns: Columns, path: Path) -> None:
    """Write an object on each line."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        for row in zip(*map(_plain, columns.values()), strict=True):
            entry = dict(zip(columns, row, strict=True))
            stream.write(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n")


def write_parquet(columns: Columns, path: Path) -> None:
    """Write a parquet file, repeated texts as dictionaries and missing numbers as nulls."""
    arrow = require("pyarrow", "arrow", "write parquet files")
    parquet = require("pyarrow.parquet", "arrow", "write parquet files")
    arrays = {
        heading: arrow.array(column, from_pandas=True)
        if isinstance(column, np.ndarray)
        else arrow.array(column, type=arrow.bool_() if _truths(column) else arrow.string())
        for heading, column in columns.items()
    }
    parquet.write_table(arrow.table(arrays), path)


def _truths(column: Column) -> bool:
    return bool(column) and isinstance(column[0], bool)


def write_xlsx(columns: Columns, path: Path) -> None:
    """Write a workbook of one sheet, headings in bold and kept in view."""
    xlsxwriter = require("xlsxwriter", "xlsx", "write spreadsheets")
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    workbook.use_zip64()
    # The date of creation would make the same scores a different file each time.
    workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    sheet = workbook.add_worksheet("scores")
    sheet.freeze_panes(1, 1)
    bold, upright = workbook.add_format({"bold": True}), workbook.add_format()
    for k, heading in enumerate(columns):
        _write_text(sheet, 0, k, heading, bold)
    for i, row in enumerate(zip(*map(_plain, columns.values()), strict=True), start=1):
        for k, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(i, k, cell)
            elif isinstance(cell, str):
                _write_text(sheet, i, k, cell, upright)
            elif cell is not None:
                sheet.write_number(i, k, cell)
    try:
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] from error


def _write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library would take this for XML of its own; in two pieces it cannot.
        sheet.write_rich_string(row, column, style, text[:2], style, text[2:])
    else:
        sheet.write_string(row, column, text, style)


def check_fit(columns: Columns, path: str | os.PathLike[str]) -> None:
    """Make sure that the rows and columns fit on one sheet, and the texts into cells.

    Raises
    ------
    FileError
        Where they do not; a spreadsheet would lose the rest without a word.
    """
    rows, across = len(columns["agency"]), len(columns)
    longest = max((_length(text) for text in _all_texts(columns)), default=0)
    for count, most, holds, other in (
        (rows, MOST_ROWS, "A sheet holds {} rows", ', or in Python pass layout="wide"'),
        (across, MOST_COLUMNS, "A sheet holds {} columns", ', or in Python pass layout="long"'),
        (longest, MOST_SIGNS, "A cell of a sheet holds {} signs", ""),
    ):
        if count > most:
            message = f"{holds.format(most)}, and these scores have {count}."
            place = Place(file=os.fspath(path))
            mend = f"Write .csv or .parquet{other}."
            raise FileError([Problem("not-writable", place, message, mend)])


def _all_texts(columns: Columns) -> Iterator[str]:
    yield from columns
    for column in columns.values():
        if isinstance(column, list):
            yield from (cell for cell in column if isinstance(cell, str))


def _length(text: str) -> int:
    """Signs as a spreadsheet counts them: one beyond the first 65536 of Unicode is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2
