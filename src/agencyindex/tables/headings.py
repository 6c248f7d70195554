"""The headings of a table: those that must be there, and what is wrong with others."""

from __future__ import annotations

from agencyindex.errors import Findings, did_you_mean
from agencyindex.tables.cells import text_of
from agencyindex.tables.table import AnyCells, Numbers, Table

ANSWERS = "answers"
"""The sheet that holds the answers, where a workbook has several and none is named."""

AGENCY_NAME = "agency name"
"""A column that is passed over; no item can have an id with a space in it."""


def need_column(
    table: Table, heading: str, argument: str, findings: Findings, option: str = ""
) -> bool:
    """Whether the table has a column that nothing goes without; note it where it has not."""
    if heading in table.headings:
        return True
    named = f" ({option})" if option else ""
    findings.add(
        "no-agency-column" if argument == "agency" else "unknown-column",
        table.place(),
        f'There is no column "{heading}".',
        did_you_mean(heading, [each for each in table.headings if each], "columns")
        + f' Head the column so, or pass {argument}="..."{named}.',
        found=list(table.headings),
        expected=heading,
    )
    return False


def duplicate_headings(table: Table, findings: Findings) -> None:
    """Note headings that stand over more than one column."""
    seen: set[str] = set()
    for heading in table.headings:
        if heading and heading in seen:
            findings.add(
                "duplicate-column",
                table.place(column=heading),
                f'Two columns are headed "{heading}".',
                "Keep one of the two.",
                found=heading,
            )
        seen.add(heading)


def untitled_columns(table: Table, findings: Findings) -> None:
    """Note cells below an empty heading, which would be lost without a word."""
    for heading, cells in zip(table.headings, table.columns, strict=True):
        if not heading and _any_filled(cells):
            findings.add(
                "unknown-column",
                table.place(),
                "A column has answers and no heading.",
                "Give it a heading, or empty it.",
            )


def _any_filled(cells: AnyCells) -> bool:
    if isinstance(cells, Numbers):
        return not cells.empty.all()
    return any(text_of(cells.distinct[position]) is not None for position in cells.used())
