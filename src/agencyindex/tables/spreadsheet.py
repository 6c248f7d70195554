"""Tables from spreadsheets in the format of Excel."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from typing import Any

import numpy as np

from agencyindex._extras import require
from agencyindex.errors import Place, did_you_mean
from agencyindex.tables.table import Table, encode, refuse

CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(["'])(.*?)\2""", re.DOTALL)
INSIDE = r"""((?:[^>"']|"[^"]*"|'[^']*')*)"""


def read_spreadsheet(path: Path, file: str, sheet: str | None, usual: str | None = None) -> Table:
    """A table from one sheet; the first row of the sheet holds the headings.

    Parameters
    ----------
    path, file
        The file, and its name as it was given.
    sheet
        Name of the sheet where the user says it.
    usual
        Name of the sheet to take where there are several and the user names none.
    """
    calamine = require("python_calamine", "xlsx", "read spreadsheets")
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        name = _sheet(names, usual if sheet is None and usual in names else sheet, file)
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        errors = dict(_errors(path, name))
    except (calamine.CalamineError, zipfile.BadZipFile, KeyError, RuntimeError) as error:
        raise refuse(
            "not-a-table",
            Place(file=file),
            f"The file cannot be read as a spreadsheet: {error}.",
            "Save it as .xlsx, without a password.",
        ) from error
    return _table(cells, errors, file)


def _sheet(names: Sequence[str], wanted: str | None, file: str) -> str:
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted is None:
        listed = ", ".join(f'"{name}"' for name in names)
        raise refuse(
            "not-a-table",
            Place(file=file),
            f"The workbook has {len(names)} sheets: {listed}.",
            'Say which one: sheet="...".',
            found=list(names),
        )
    if wanted not in names:
        raise refuse(
            "not-a-table",
            Place(file=file),
            f'The workbook has no sheet "{wanted}".',
            did_you_mean(wanted, names, "sheets"),
            found=wanted,
            expected=list(names),
        )
    return wanted


def _table(cells: list[list[Any]], errors: Mapping[tuple[int, int], str], file: str) -> Table:
    # Calamine reads an error such as #N/A as an empty cell, which would pass for "not answered".
    for (row, column), text in errors.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = text
    if not cells or not any(_filled(cell) for cell in cells[0]):
        raise refuse(
            "not-a-table",
            Place(file=file, row=1),
            "The first row is empty.",
            "Begin with a row of headings.",
        )
    width = max(i for i, cell in enumerate(cells[0]) if _filled(cell)) + 1
    kept = [i for i, row in enumerate(cells) if i and any(map(_filled, row))]
    for i in kept:
        if any(map(_filled, cells[i][width:])):
            raise refuse(
                "not-a-table",
                Place(file=file, row=i + 1),
                "The row has cells to the right of the last heading.",
                "Give their column a heading, or empty them.",
            )
    columns = [
        encode(cells[i][column] if _filled(cells[i][column]) else None for i in kept)
        for column in range(width)
    ]
    headings = tuple(str(cell).strip() for cell in cells[0][:width])
    return Table(file, headings, tuple(columns), np.array(kept, dtype=np.intp) + 1)


def _filled(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _errors(path: Path, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Row, column and text of the cells that hold an error, such as #N/A."""
    with zipfile.ZipFile(path) as parts:
        content = _text(parts, _part(parts, sheet))
    if not re.search(r"""\bt\s*=\s*["']e["']""", content):
        return
    for match in CELL.finditer(content):
        attributes = _pairs(match[1])
        if attributes.get("t") == "e" and "r" in attributes:
            text = re.search(r"<(?:\w+:)?v>(.*?)<", match[2] or "")
            yield _position(attributes["r"]), unescape(text[1]) if text else "#ERROR"


def _part(parts: zipfile.ZipFile, sheet: str) -> str:
    """The name within the archive of the part that holds a sheet."""
    book = next(
        target for kind, target in _links(parts, "").values() if kind.endswith("/officeDocument")
    )
    sheets = {each.get("name"): each for each in _attributes(_text(parts, book), "sheet")}
    wanted = next(value for key, value in sheets[sheet].items() if key.endswith(":id"))
    return _links(parts, book)[wanted][1]


def _links(parts: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """By id, the type and the part of what a part is linked to; "" for the whole archive."""
    folder, _, name = part.rpartition("/")
    links = _text(parts, join(folder, "_rels", f"{name}.rels"))
    return {
        each["Id"]: (each["Type"], normpath(join("/", folder, each["Target"])).lstrip("/"))
        for each in _attributes(links, "Relationship")
    }


def _text(parts: zipfile.ZipFile, part: str) -> str:
    return parts.read(part).decode("utf-8", "replace")


def _attributes(content: str, tag: str) -> Iterator[dict[str, str]]:
    for match in re.finditer(rf"<(?:\w+:)?{tag}\b{INSIDE}>", content):
        yield _pairs(match[1])


def _pairs(inside: str) -> dict[str, str]:
    return {name: unescape(value) for name, _, value in ATTRIBUTE.findall(inside)}


def _position(reference: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell such as "AB12"."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1
