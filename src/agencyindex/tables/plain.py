"""Tables from plain Python: columns by heading, rows as mappings, and JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from agencyindex._documents.files import decode, encoding_by_mark, parse_json
from agencyindex.errors import DocumentError, Findings, Place, ResponseError
from agencyindex.tables.arrow import read_series
from agencyindex.tables.table import (
    AnyCells,
    Numbers,
    Table,
    check_size,
    encode,
    numbered,
    refuse,
)


def read_columns(columns: Mapping[str, Any]) -> Table:
    """A table from a mapping of headings to sequences of equal length."""
    cells = [_cells(column) for column in columns.values()]
    lengths = {len(column) for column in cells}
    if len(lengths) > 1:
        raise refuse(
            "not-a-table",
            Place(),
            f"The columns have from {min(lengths)} to {max(lengths)} entries.",
            "Give all columns the same length.",
            found=sorted(lengths),
        )
    headings = tuple(str(heading).strip() for heading in columns)
    return Table(None, headings, tuple(cells), numbered(next(iter(lengths), 0)))


def _cells(column: Any) -> AnyCells:
    if hasattr(column, "__arrow_c_stream__"):
        return read_series(column)
    array = column if isinstance(column, np.ndarray) else None
    if array is not None and array.dtype.kind in "iuf" and array.ndim == 1:
        return Numbers(array, np.isnan(array))
    if isinstance(column, str) or not isinstance(column, Iterable):
        raise refuse(
            "not-a-table",
            Place(),
            f"A column is {column!r} and not a sequence of cells.",
            "Give a mapping of headings to lists, or a list of mappings.",
        )
    return encode(array.tolist() if array is not None else column)


def read_rows(
    rows: Sequence[Mapping[str, Any]], file: str | None, numbers: Sequence[int] | None = None
) -> Table:
    """A table from rows as mappings of heading to cell; what a row leaves out is empty."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    check_size(len(rows), len(headings), Place(file=file))
    columns = tuple(encode(row.get(heading) for row in rows) for heading in headings)
    counted = numbered(len(rows)) if numbers is None else np.array(numbers, dtype=np.intp)
    return Table(file, tuple(str(each).strip() for each in headings), columns, counted)


def read_lines(path: Path, file: str) -> Table:
    """A table from JSON lines, one object a line; a row's number is that of its line."""
    findings = Findings()
    rows: list[Mapping[str, Any]] = []
    numbers: list[int] = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if number == 1 and encoding_by_mark(line):
                # None of the lines that follow would say more.
                _line(line, Place(file=file, row=number), findings)
                break
            if line.strip():
                row = _line(line, Place(file=file, row=number), findings)
                if row is not None:
                    rows.append(row)
                    numbers.append(number)
    findings.raise_as(ResponseError)
    return read_rows(rows, file, numbers)


def _line(line: bytes, place: Place, findings: Findings) -> Mapping[str, Any] | None:
    """The object on one line; None where there is none, which is noted."""
    try:
        row = parse_json(decode(line.rstrip(), place.file), place.file)
    except DocumentError as error:
        for problem in error.problems:
            # The place has the number of the line; within it there is only one.
            message = problem.message.replace(", in line 1, is", " is")
            message = message.replace(" in line 1,", " in")
            findings.problems.append(attrs.evolve(problem, place=place, message=message))
        return None
    if isinstance(row, dict):
        return row
    findings.add(
        "not-a-table",
        place,
        "The line is not an object.",
        'Write {"agency": ..., ...} on each line.',
    )
    return None
