"""Registers of agencies from files and data frames."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import attrs
import numpy as np

from agencyindex._documents.api import load
from agencyindex._documents.checks import check_register
from agencyindex._model.agency import Agency, Register
from agencyindex._model.text import Text
from agencyindex.errors import Findings, Place, ResponseError
from agencyindex.tables.agencies import agency_ids
from agencyindex.tables.cells import Notation, is_plain, text_of
from agencyindex.tables.headings import duplicate_headings, need_column, untitled_columns
from agencyindex.tables.sources import Opening, Source, is_document, read_table
from agencyindex.tables.table import CellError, Numbers, Table, refuse

NAME = re.compile(r"name(?:_([a-z]{2})|:([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))")
TEXTS = ("organisation_number", "ministry", "sector")
DAYS = ("valid_from", "valid_to")
KNOWN = ("name", "fte", "successors", *TEXTS, *DAYS)
SWEDISH = {
    "namn": "name",
    "organisationsnummer": "organisation_number",
    "årsarbetskrafter": "fte",
    "departement": "ministry",
    "sektor": "sector",
}
"""Swedish headings of what is known of an agency."""


def read_register(
    source: Source,
    *,
    id: str | None = None,
    version: str = "1.0.0",
    title: Text = "",
    agency: str = "id",
    numbers: Collection[str] = (),
    separator: str = ";",
    decimal_comma: bool = False,
    delimiter: str | None = None,
    sheet: str | None = None,
    ignore: Collection[str] = (),
    synthetic: bool = False,
) -> Register:
    """Read a register of agencies, all findings at once.

    A row is an agency. The columns ``name`` (or ``name_sv``, ``name:en`` for each language),
    ``organisation_number``, ``fte``, ``ministry``, ``sector``, ``valid_from``, ``valid_to`` and
    ``successors`` are what they are in `Agency`, and so are the Swedish headings ``namn``,
    ``organisationsnummer``, ``årsarbetskrafter``, ``departement`` and ``sektor``, whatever the
    case; every other column is an attribute, in text
    unless its cells are numbers or ``numbers`` names it.

    Parameters
    ----------
    source
        As in `read_responses`; a file that ends in .json is a register document, which states
        its own id, version and title.
    id, version, title, synthetic
        As in `Register`; the id is "register" where none is given.
    agency
        Heading of the agency's id.
    numbers
        Headings of attributes whose text is to be read as numbers.
    separator
        Between successors in one cell.
    decimal_comma, delimiter, sheet, ignore
        As in `read_responses`.

    Raises
    ------
    FileError
        Where the file cannot be read or its ending tells no format.
    ResponseError
        Where it holds no such table, or what it says of an agency makes no sense.
    DocumentError
        The same of a register document.
    MissingExtraError
        Where the format needs a library that is not installed.

    Examples
    --------
    >>> columns = {"id": ["202100-6883"], "name_sv": ["Digg"], "fte": [80], "county": ["Västernorrland"]}
    >>> register = read_register(columns)
    >>> register["202100-6883"].fte, register["202100-6883"].attributes["county"]
    (80.0, 'Västernorrland')
    """
    if not separator:
        message = "The separator is an empty text."
        raise refuse("bad-parameter", Place(), message, 'Pass what stands between ids: ";".')
    if is_document(source):
        return load(source, Register)
    how = Opening(key=agency, delimiter=delimiter, sheet=sheet, ignore=ignore)
    table = read_table(source, how)
    findings = Findings()
    duplicate_headings(table, findings)
    untitled_columns(table, findings)
    if not need_column(table, agency, "agency", findings):
        findings.raise_as(ResponseError)
    notation = Notation(separator=separator, decimal_comma=decimal_comma)
    reader = _Reader(table, agency, frozenset(ignore), frozenset(numbers), notation, findings)
    agencies: Any = reader.agencies()
    register = Register(
        id=id or "register", version=version, agencies=agencies, title=title, synthetic=synthetic
    )
    _check(register, table, agency, findings)
    findings.raise_as(ResponseError)
    return register


def _check(register: Register, table: Table, agency: str, findings: Findings) -> None:
    """What makes no sense in a register, placed by row and column."""
    trial = Findings()
    check_register(register, None, trial)
    headings = {_field(heading): heading for heading in table.headings}
    for problem in trial.problems:
        _, _, row, key, *_ = (problem.place.pointer or "").split("/")
        name = register.agencies[int(row)].id
        column = agency if key == "id" else headings.get(key, key)
        place = table.place(int(row), column=column, agency=name or None)
        if problem.code != "duplicate-id" or name:
            findings.problems.append(attrs.evolve(problem, place=place))


@attrs.frozen
class _Reader:
    """Reads the rows of one register."""

    table: Table
    id: str
    ignore: frozenset[str]
    numbers: frozenset[str]
    notation: Notation
    findings: Findings

    def agencies(self) -> list[Agency]:
        """An agency for each row."""
        ids = agency_ids(self.table, self.id, self.findings)
        cells = {
            heading: _listed(column)
            for heading, column in zip(self.table.headings, self.table.columns, strict=True)
            if heading and heading != self.id and heading not in self.ignore
        }
        self._check_names(list(cells))
        for row, each in enumerate(ids):
            if not each:
                place = self.table.place(row)
                self.findings.add("empty-agency", place, "The agency's id is empty.", "Give it.")
        return [
            self._agency(each, row, {heading: column[row] for heading, column in cells.items()})
            for row, each in enumerate(ids)
        ]

    def _check_names(self, headings: list[str]) -> None:
        languages = [heading for heading in headings if NAME.fullmatch(heading)]
        seen: dict[str, str] = {}
        for heading in languages:
            first = seen.setdefault(_language(heading), heading)
            if first != heading:
                self.findings.add(
                    "duplicate-column",
                    self.table.place(column=heading),
                    f'There are names of one language in "{first}" and in "{heading}".',
                    "Keep one of the two.",
                    found=[first, heading],
                )
        fields: dict[str, str] = {}
        for heading in headings:
            field = _field(heading)
            first = fields.setdefault(field, heading)
            if field in KNOWN and first != heading:
                self.findings.add(
                    "duplicate-column",
                    self.table.place(column=heading),
                    f'"{first}" and "{heading}" are headings of the same.',
                    "Keep one of the two.",
                    found=[first, heading],
                )
        if languages and "name" in fields:
            name = fields["name"]
            self.findings.add(
                "duplicate-column",
                self.table.place(column=name),
                f'There are names in "{name}" and in "{languages[0]}".',
                'Head the former by its language, such as "name_sv".',
                found=[name, *languages],
            )

    def _agency(self, id: str, row: int, cells: dict[str, object]) -> Agency:
        known: dict[str, Any] = {}
        names: dict[str, str] = {}
        attributes: dict[str, str | float] = {}
        for heading, cell in cells.items():
            text = text_of(cell)
            if text is None:
                continue
            place = self.table.place(row, column=heading, agency=id or None)
            language, field = _language(heading), _field(heading)
            if self._refused(heading, cell, text, place):
                continue
            if language:
                names[language] = text
            elif field == "name" or field in TEXTS:
                known[field] = text
            elif field == "fte":
                known[field] = self._size(cell, text, place)
            elif field in DAYS:
                known[field] = self._day(cell, text, place)
            elif field == "successors":
                known[field] = self._successors(cell, text)
            else:
                attributes[heading] = self._attribute(cell, text, place)
        if names:
            known["name"] = names
        known["attributes"] = attributes
        return Agency(id, **known)

    def _refused(self, heading: str, cell: object, text: str, place: Place) -> bool:
        """Whether a cell is neither text nor number, nor a day or a list where there may be one."""
        listed = _field(heading) == "successors" and isinstance(cell, list | tuple)
        if is_plain(cell) or isinstance(cell, date) or listed:
            return False
        message, mend = f'"{text}" is neither text nor a number.', "Write a text."
        if isinstance(cell, CellError):
            message, mend = f"{text} is an error of the spreadsheet.", "Correct the formula."
        self.findings.add("wrong-type", place, message, mend, found=text)
        return True

    def _successors(self, cell: object, text: str) -> tuple[str, ...]:
        parts = cell if isinstance(cell, list | tuple) else text.split(self.notation.separator)
        return tuple(name for part in parts if (name := text_of(part)) is not None)

    def _size(self, cell: object, text: str, place: Place) -> float:
        number = self._number(cell, text, place)
        if number < 0:
            self.findings.add("outside-bounds", place, f"{text} is below zero.", "Correct it.")
        return number

    def _attribute(self, cell: object, text: str, place: Place) -> str | float:
        typed = isinstance(cell, int | float | np.number) and not isinstance(cell, bool)
        if typed or place.column in self.numbers:
            return self._number(cell, text, place)
        return text

    def _number(self, cell: object, text: str, place: Place) -> float:
        if isinstance(cell, int | float | np.number) and not isinstance(cell, bool):
            number: float | None = float(cell)
        else:
            number = self.notation.number(text) if isinstance(cell, str) else None
        if number is None or not np.isfinite(number):
            mend = self.notation.mend(text)
            self.findings.add("not-a-number", place, f'"{text}" is not a number.', mend)
            return 0.0
        return number

    def _day(self, cell: object, text: str, place: Place) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        try:
            return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            message = f'"{text}" is no day.'
            self.findings.add("bad-pattern", place, message, "Write it as 2020-01-31.")
            return None


def _field(heading: str) -> str:
    """What of an agency a heading is about: one of what is known, or the heading itself."""
    folded = heading.casefold()
    return folded if folded in KNOWN else SWEDISH.get(folded, heading)


def _language(heading: str) -> str:
    """The language of the names below a heading, "" where it is about something else."""
    match = NAME.fullmatch(heading)
    return (match[1] or match[2]) if match is not None else ""


def _listed(column: Any) -> list[object]:
    """The cells of a column, one after the other."""
    cells = column.cells() if isinstance(column, Numbers) else column
    return [cells.distinct[code] for code in cells.codes.tolist()]
