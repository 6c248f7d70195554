"""Tables from delimited text: csv, tsv and their Swedish relative with semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from agencyindex._documents.files import encoding_by_mark
from agencyindex.errors import Findings, Place, ResponseError, did_you_mean
from agencyindex.tables.table import Cells, Numbering, Table, check_size, refuse

DELIMITERS = (",", ";", "\t")
BLOCK = 8192
"""Rows that are held as text at a time."""


def read_text(path: Path, file: str, key: str, delimiter: str | None) -> Table:
    """A table from a file of delimited text.

    Parameters
    ----------
    path, file
        The file, and its name as it was given.
    key
        The heading that tells the delimiter.
    delimiter
        The delimiter where the user says it.
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        message = f"{delimiter!r} is no delimiter."
        raise refuse("bad-parameter", Place(), message, "Pass one character, and no quote.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = _header(stream.readline, file, key, delimiter)
            stream.seek(0)
            return _table(csv.reader(stream, delimiter=header, strict=True), file)
    except UnicodeDecodeError as error:
        raise _not_utf8(path, file) from error


def _header(readline: Any, file: str, key: str, delimiter: str | None) -> str:
    """The delimiter: the one by which the first row has the column that is looked for."""
    # A heading may hold a line break within quotes, so that the first line is not the whole row.
    lines = [readline()]
    quotes = lines[0].count('"')
    while quotes % 2 and (more := readline()):
        lines.append(more)
        quotes += more.count('"')
    line = "".join(lines)
    if not line.strip():
        raise refuse(
            "not-a-table",
            Place(file=file, row=1),
            "The first row is empty.",
            "Begin with a row of headings.",
        )
    if delimiter is not None:
        return delimiter
    return _delimiter({each: _split(line, each) for each in DELIMITERS}, file, key)


def _delimiter(split: Mapping[str, list[str]], file: str, key: str) -> str:
    """The delimiter by which the headings hold the one that is looked for."""
    fitting = [each for each, headings in split.items() if key in headings]
    if len(fitting) > 1 and max(len(split[each]) for each in fitting) > 1:
        raise refuse(
            "not-a-table",
            Place(file=file, row=1),
            f'The first row has a column "{key}" by more than one delimiter.',
            'Pass delimiter="," or whichever it is.',
            found=fitting,
        )
    if fitting:
        return fitting[0]
    best = max(split.values(), key=len)
    if not best:
        raise refuse(
            "not-a-table",
            Place(file=file, row=1),
            f"A heading is longer than {csv.field_size_limit()} signs.",
            "Begin with a row of headings.",
        )
    check_size(0, len(best), Place(file=file, row=1))
    raise refuse(
        "no-agency-column",
        Place(file=file, row=1),
        f'There is no column "{key}" by any of the delimiters comma, semicolon and tab.',
        did_you_mean(key, [each for each in best if each], "columns")
        + ' Head the column so, or pass agency="..." (for answers --agency-column).',
        found=best,
        expected=key,
    )


def _split(line: str, delimiter: str) -> list[str]:
    rows = csv.reader(io.StringIO(line, newline=""), delimiter=delimiter)
    try:
        return [heading.strip() for heading in next(rows, [])]
    except csv.Error:
        # By this delimiter a cell is longer than a cell may be.
        return []


def _table(reader: Any, file: str) -> Table:
    records = _records(reader, file)
    headings = tuple(heading.strip() for heading in next(records)[1])
    check_size(0, len(headings), Place(file=file, row=1))
    rows: list[int] = []
    numberings = [Numbering() for _ in headings]
    blocks: list[list[Any]] = [[np.zeros(0, dtype=np.int32)] for _ in headings]
    findings = Findings()
    while block := list(islice(records, BLOCK)):
        kept = [(row, record) for row, record in block if len(record) == len(headings)]
        if len(kept) < len(block):
            _ragged(block, len(headings), file, findings)
        rows.extend(row for row, _ in kept)
        for column, texts in enumerate(zip(*(record for _, record in kept), strict=True)):
            blocks[column].append(numberings[column].codes(texts))
    findings.raise_as(ResponseError)
    columns = [
        Cells(list(numbering), np.concatenate(codes))
        for numbering, codes in zip(numberings, blocks, strict=True)
    ]
    return Table(file, headings, tuple(columns), np.array(rows, dtype=np.intp))


def _ragged(
    block: Sequence[tuple[int, list[str]]], width: int, file: str, findings: Findings
) -> None:
    """Note the rows that do not have as many cells as the header."""
    for row, record in block:
        if len(record) != width:
            findings.add(
                "not-a-table",
                Place(file=file, row=row),
                f"The row has {len(record)} cells, and the header has {width}.",
                "Put cells that hold the delimiter or a line break in double quotes.",
                found=len(record),
                expected=width,
            )


def _records(reader: Any, file: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with their numbers."""
    row = 0
    while True:
        row += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise refuse(
                "not-a-table",
                Place(file=file, row=row),
                f"The row cannot be split into cells: {error}.",
                "Close every double quote, and double those that belong to the text.",
            ) from error
        if record is None:
            return
        if any("\0" in cell for cell in record):
            raise refuse(
                "not-utf8",
                Place(file=file, row=row),
                "The row holds a NUL, which no text has: this is UTF-16, or no text at all.",
                'Save the file as "CSV UTF-8".',
            )
        if row == 1 or "".join(record).strip():
            yield row, record


def _not_utf8(path: Path, file: str) -> ResponseError:
    """The finding at the first row that is not UTF-8."""
    with path.open("rb") as raw:
        other = encoding_by_mark(raw.read(4))
    row, byte = 1, 0
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
        # Rows are told apart by their quotes; their cells, and so the delimiter, do not matter.
        for row, cells in enumerate(csv.reader(stream, delimiter="\0"), start=1):  # noqa: B007
            wrong = [sign for sign in "".join(cells) if "\udc80" <= sign <= "\udcff"]
            if wrong:
                byte = ord(wrong[0]) - 0xDC00
                break
    found = f"it is {other}" if other else f"it holds the byte {byte:#04x}"
    return refuse(
        "not-utf8",
        Place(file=file, row=1 if other else row),
        f"The text is not UTF-8: {found}.",
        'Save the file as "CSV UTF-8".',
        found=other or byte,
    )
