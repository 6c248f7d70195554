"""A table as it was read: headings, and columns of cells kept as distinct values and codes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import isnan
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import Code, Findings, Place, ResponseError

MOST_COLUMNS = 16_384
"""Columns that a table may have: as many as a sheet of a spreadsheet."""

MOST_CELLS = 1 << 27
"""Cells that a table may have where a small file can state many."""

MOST_WHOLE = 1 << 16
"""Whole numbers within a range of this size are told apart by counting instead of by sorting."""


@attrs.frozen
class CellError:
    """A cell that a spreadsheet shows as an error, such as #N/A."""

    text: str

    def __str__(self) -> str:
        return self.text


@attrs.frozen(eq=False)
class Cells:
    """A column of any cells.

    Parameters
    ----------
    distinct
        The different cells, each once; None for an empty one.
    codes
        (n,) positions in ``distinct``.
    """

    distinct: Sequence[object]
    codes: NDArray[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: NDArray[Any]) -> Cells:
        """The cells at these positions."""
        return Cells(self.distinct, self.codes[rows])

    def used(self) -> NDArray[Any]:
        """The positions in ``distinct`` that a cell has."""
        return np.flatnonzero(np.bincount(self.codes, minlength=len(self.distinct)))


@attrs.frozen(eq=False)
class Numbers:
    """A column of nothing but numbers and empty cells.

    Parameters
    ----------
    values
        (n,) integers or floats; anything where empty.
    empty
        (n,) true where there is no number.
    """

    values: NDArray[Any]
    empty: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: NDArray[Any]) -> Numbers:
        """The cells at these positions."""
        return Numbers(self.values[rows], self.empty[rows])

    def cells(self) -> Cells:
        """The same with each number once."""
        filled = self.values[~self.empty]
        distinct, positions = _distinct(filled)
        codes = np.full(len(self.values), len(distinct), dtype=np.intp)
        codes[~self.empty] = positions
        return Cells([*distinct.tolist(), None], codes)


AnyCells: TypeAlias = Cells | Numbers


def _distinct(filled: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each number once, and the position of every number among them."""
    if filled.dtype.kind in "iu" and len(filled):
        low = int(filled.min())
        if int(filled.max()) - low < MOST_WHOLE and abs(low) < 1 << 62:
            shifted = filled.astype(np.int64) - low
            present = np.flatnonzero(np.bincount(shifted))
            positions = np.zeros(present[-1] + 1, dtype=np.intp)
            positions[present] = np.arange(len(present))
            return present + low, positions[shifted]
    distinct, positions = np.unique(filled, return_inverse=True)
    return distinct, positions


class Numbering(dict[Any, int]):
    """Gives each new key the next number."""

    def __missing__(self, key: Hashable) -> int:
        number = self[key] = len(self)
        return number

    def codes(self, keys: Sequence[Hashable]) -> NDArray[np.int32]:
        """The number of each key."""
        return np.fromiter(map(self.__getitem__, keys), dtype=np.int32, count=len(keys))


def encode(cells: Iterable[object]) -> Cells:
    """A column from cells of any kind: text, numbers, lists, None.

    A NaN is an empty cell: lists and numpy arrays have no other way to leave a number out.
    """
    numbering = Numbering()
    distinct: list[object] = []
    codes: list[int] = []
    for cell in cells:
        code = numbering[_key(cell)]
        if code == len(distinct):
            distinct.append(None if isinstance(cell, float) and isnan(cell) else cell)
        codes.append(code)
    return Cells(distinct, np.array(codes, dtype=np.int32))


def _key(cell: object) -> Hashable:
    """What makes two cells the same: 1, 1.0 and True are equal in Python, and differ here."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return (float, None if isnan(cell) else cell)
    try:
        return (type(cell), hash(cell), cell)
    except TypeError:
        return (type(cell), repr(cell) if isinstance(cell, list | dict | set) else id(cell))


@attrs.frozen(eq=False)
class Table:
    """A table as it was read.

    Parameters
    ----------
    file
        Name of the file as it was given; None for what never was in one.
    headings
        Of the columns, without white space around them.
    columns
        One for each heading, all equally long.
    rows
        (n,) number of each row as a spreadsheet counts, the header being row 1; for JSON lines
        the number of the line.
    """

    file: str | None
    headings: tuple[str, ...]
    columns: tuple[AnyCells, ...]
    rows: NDArray[np.intp]

    def place(self, row: int | None = None, **more: str | None) -> Place:
        """The place of a row, by its position; of the header where none is given."""
        number = 1 if row is None else int(self.rows[row])
        return Place(file=self.file, row=number, **more)

    def column(self, heading: str) -> AnyCells:
        """The first column with a heading."""
        return self.columns[self.headings.index(heading)]


def numbered(count: int, first: int = 2) -> NDArray[np.intp]:
    """Row numbers of a table without empty rows."""
    return np.arange(first, first + count, dtype=np.intp)


def refuse(
    code: Code,
    place: Place,
    message: str,
    mend: str = "",
    *,
    found: object = None,
    expected: object = None,
) -> ResponseError:
    """The error of a source that cannot be read as a table at all."""
    findings = Findings()
    findings.add(code, place, message, mend, found=found, expected=expected)
    return ResponseError(findings.problems)


def check_size(rows: int, columns: int, place: Place, most: int = MOST_CELLS) -> None:
    """Make sure that a table is not larger than what can be meant.

    Raises
    ------
    ResponseError
        Where it has too many columns or cells.
    """
    if columns > MOST_COLUMNS:
        message = f"There are {columns} columns, and no more than {MOST_COLUMNS} are read."
        mend = 'Leave columns out, or give a row for each answer: layout="long" (--layout long).'
        raise refuse("too-large", place, message, mend, found=columns, expected=MOST_COLUMNS)
    if rows * columns > most:
        message = f"{rows} rows of {columns} columns are more than the {most} cells that are read."
        raise refuse(
            "too-large", place, message, "Give fewer rows at a time.", found=rows * columns
        )
