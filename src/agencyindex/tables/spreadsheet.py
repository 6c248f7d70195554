"""Tables from spreadsheets in the format of Excel, of which nothing is dropped without a word."""

from __future__ import annotations

import struct
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import Findings, Place, ResponseError, did_you_mean
from agencyindex.tables.cells import text_of
from agencyindex.tables.sheet import Column, Contents, letters, read_sheet
from agencyindex.tables.table import Cells, Table, check_size, encode, refuse
from agencyindex.tables.workbook import (
    Parts,
    Sheet,
    TooLargeError,
    UnfitError,
    read_book,
)

UNREADABLE = (
    UnfitError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    ArithmeticError,
    LookupError,
)
"""What comes of broken archives and XML."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of workbooks of the older kind, and of those with a password."""

LOOKED_AT = 1 << 26
"""Bytes of a file of the older kind in which to look for a password."""

NAMED = 10
"""Ranges of hidden rows that a finding names."""


def read_spreadsheet(
    path: Path,
    file: str,
    sheet: str | None,
    usual: str | None = None,
    ignore: Collection[str] = (),
) -> Table:
    """A table from one sheet; the first row of the sheet holds the headings.

    Parameters
    ----------
    path, file
        The file, and its name as it was given.
    sheet
        Name of the sheet where the user says it.
    usual
        Name of the sheet to take where there are several and the user names none.
    ignore
        Headings of columns that nobody reads, so that nothing about them matters.
    """
    try:
        with Parts(path) as parts:
            book = read_book(parts)
            if sheet is None and usual in {each.name for each in book.sheets if not each.hidden}:
                sheet = usual
            contents = read_sheet(parts, _sheet(book.sheets, sheet, file).part, book)
    except ResponseError:
        raise
    except TooLargeError as error:
        mend = "Take out what is not needed, or save the sheet as .csv."
        raise refuse("too-large", Place(file=file), str(error), mend) from error
    except UNREADABLE as error:
        raise refuse(
            "not-a-table",
            Place(file=file),
            f"The file cannot be read as a spreadsheet: {_reason(path, error)}.",
            "Save it again as .xlsx, without a password.",
        ) from error
    return _table(contents, file, ignore)


def _reason(path: Path, error: BaseException) -> str:
    """Why a file is no workbook: what it is instead, where that can be told."""
    with path.open("rb") as stream:
        data = stream.read(100)
        older = data.startswith(OLE)
        more = stream.read(LOOKED_AT) if older else b""
    if older:
        password = "EncryptedPackage".encode("utf-16-le") in more
        return "it has a password" if password else "it is of the older kind, .xls"
    if b"mimetypeapplication/vnd.oasis.opendocument" in data:
        return "it is an OpenDocument spreadsheet, .ods"
    if isinstance(error, ExpatError):
        return f"its XML is broken, {error}"
    return str(error).rstrip(".") or type(error).__name__


def _sheet(sheets: Sequence[Sheet], wanted: str | None, file: str) -> Sheet:
    names = [sheet.name for sheet in sheets]
    if wanted is not None and wanted in names:
        return sheets[names.index(wanted)]
    place = Place(file=file)
    if wanted is not None:
        message = f'The workbook has no sheet "{wanted}".'
        mend = did_you_mean(wanted, names, "sheets")
        raise refuse("not-a-table", place, message, mend, found=wanted, expected=names)
    if len(sheets) == 1 and sheets[0].hidden:
        message = f'The only sheet, "{names[0]}", is hidden.'
        mend = f'Unhide it, or say that it is meant: sheet="{names[0]}" (for answers --sheet).'
        raise refuse("hidden-cells", place, message, mend, found=names[0])
    if len(sheets) == 1:
        return sheets[0]
    listed = ", ".join(f'"{each.name}"' + " (hidden)" * each.hidden for each in sheets)
    message = f"The workbook has {len(names)} sheets: {listed}."
    if not names:
        message = "The workbook has no sheet with cells."
    raise refuse(
        "not-a-table",
        place,
        message,
        'Say which one: sheet="..." (for answers --sheet).',
        found=names,
    )


def _table(contents: Contents, file: str, ignore: Collection[str]) -> Table:
    headings = _headings(contents, file)
    rows = _filled_rows(contents, len(headings), file)
    check_size(len(rows), len(headings), Place(file=file))
    findings = Findings()
    # What nobody reads may be as it is.
    read = [number for number, name in enumerate(headings, start=1) if name not in ignore]
    review = _Review(contents, headings, file, [1, *rows.tolist()], read, findings)
    review.formulas()
    review.hidden()
    review.merged()
    findings.raise_as(ResponseError)
    columns = tuple(
        _column(contents.columns.get(number, Column()), contents.cells, rows, Place(file=file))
        for number in range(1, len(headings) + 1)
    )
    return Table(file, headings, columns, rows)


def _headings(contents: Contents, file: str) -> tuple[str, ...]:
    """The cells of the first row, up to the last that holds something."""
    first = {
        number: text_of(contents.cells[column.codes[column.rows.index(1)]]) or ""
        for number, column in contents.columns.items()
        if 1 in column.rows
    }
    formulas = {column: formula for row, column, formula in contents.formulas if row == 1}
    width = max([*first, *formulas], default=0)
    if not width:
        raise refuse(
            "not-a-table",
            Place(file=file, row=1),
            "The first row is empty.",
            "Begin with a row of headings.",
        )
    return tuple(first.get(number, "") for number in range(1, width + 1))


def _filled_rows(contents: Contents, width: int, file: str) -> NDArray[np.intp]:
    """The rows below the first that hold something, which must stand under a heading."""
    filled: set[int] = set()
    outside: list[tuple[int, int]] = []
    for number, column in contents.columns.items():
        if number <= width:
            filled.update(column.rows)
        elif column.rows:
            outside.append((min(column.rows), number))
    for row, number, _ in contents.formulas:
        if number <= width:
            filled.add(row)
        else:
            outside.append((row, number))
    if outside:
        row, number = min(outside)
        raise refuse(
            "not-a-table",
            Place(file=file, row=row),
            f"The cell {letters(number)}{row} stands to the right of the last heading.",
            "Give its column a heading, or empty it; a remark belongs on another sheet.",
        )
    return np.array(sorted(filled - {1}), dtype=np.intp)


def _column(column: Column, cells: Sequence[object], rows: NDArray[np.intp], place: Place) -> Cells:
    """The cells of a column in the rows of the table, None where it holds nothing."""
    held = np.array(column.rows, dtype=np.intp)
    below = held != 1
    positions = np.searchsorted(rows, held[below])
    if len(np.unique(positions)) < len(positions) or np.count_nonzero(~below) > 1:
        message = "A cell stands twice in the file."
        raise refuse("not-a-table", place, message, "Open it in a spreadsheet, and save it again.")
    used, codes = np.unique(np.array(column.codes, dtype=np.intp)[below], return_inverse=True)
    known = encode(cells[each] for each in used)
    result = np.full(len(rows), len(known.distinct), dtype=np.int32)
    result[positions] = known.codes[codes]
    return Cells([*known.distinct, None], result)


@attrs.frozen
class _Review:
    """Notes what makes the cells of a table other than they look.

    Parameters
    ----------
    contents, headings, file
        The sheet, its headings, and its file.
    rows
        Numbers of the rows of the table, the header among them.
    read
        Numbers of the columns that are not passed over.
    findings
        Where to note it.
    """

    contents: Contents
    headings: Sequence[str]
    file: str
    rows: Sequence[int]
    read: Sequence[int]
    findings: Findings

    def _place(self, row: int, column: int) -> Place:
        heading = self.headings[column - 1] or letters(column)
        return Place(file=self.file, row=row, column=heading)

    def formulas(self) -> None:
        """Formulas without a value, which would pass for cells that were left empty."""
        read = frozenset(self.read)
        for row, column, formula in self.contents.formulas:
            if column in read:
                written = f' "={formula}"' if formula else ""
                self.findings.add(
                    "formula-without-value",
                    self._place(row, column),
                    f"The formula{written} in cell {letters(column)}{row} was never calculated.",
                    "Open the file in a spreadsheet program, and save it again.",
                    found=formula,
                )

    def hidden(self) -> None:
        """Rows and columns that whoever looks at the sheet does not see."""
        rows = [row for row in self.rows if row in self.contents.hidden_rows]
        if rows:
            only = len(rows) == 1
            self.findings.add(
                "hidden-cells",
                Place(file=self.file, row=rows[0]),
                f"Row{'' if only else 's'} {_ranges(rows)} {'is' if only else 'are'} hidden.",
                f"Unhide {'it' if only else 'them'}, or take a filter off; delete what is no answer.",
                found=rows,
            )
        for column in self.read:
            if column in self.contents.hidden_columns and column in self.contents.columns:
                heading = self.headings[column - 1]
                self.findings.add(
                    "hidden-cells",
                    self._place(1, column),
                    f"Column {letters(column)} is hidden.",
                    f'Unhide it, or pass it over: ignore=("{heading}",) (for answers --ignore).',
                    found=letters(column),
                )

    def merged(self) -> None:
        """Cells that look as if all of them had the value of the first."""
        for area in self.contents.merged:
            across = _any_between(self.read, area.left, area.right)
            if across and _any_between(self.rows, area.top, area.bottom):
                self.findings.add(
                    "merged-cells",
                    Place(file=self.file, row=area.top),
                    f"The cells {area} are merged, and only the first of them has a value.",
                    "Unmerge them, and write the value into each cell that it is meant for.",
                    found=str(area),
                )


def _any_between(numbers: Sequence[int], low: int, high: int) -> bool:
    return bisect_left(numbers, low) < bisect_right(numbers, high)


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers as people list them: "2, 5 to 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = [str(first) if first == last else f"{first} to {last}" for first, last in runs]
    more = [f"{len(parts) - NAMED} more ranges"] if len(parts) > NAMED else []
    return ", ".join([*parts[:NAMED], *more])
