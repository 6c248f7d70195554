"""The column of agency ids: text without control characters, whatever the cells held."""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from agencyindex.errors import Findings, Place
from agencyindex.tables.cells import is_plain, spread, text_of
from agencyindex.tables.table import CellError, Cells, Numbers, Table

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
DISARMED = re.compile("^'(?='*[-=+@\uff1d\uff0b\uff0d\uff20])")
"""An apostrophe that keeps a spreadsheet from running a text; no part of the text."""


def agency_ids(table: Table, heading: str, findings: Findings) -> list[str]:
    """The agency of each row, "" where the cell is empty."""
    cells = id_cells(table, heading, findings)
    return [str(cells.distinct[code]) for code in cells.codes.tolist()]


def id_cells(table: Table, heading: str, findings: Findings) -> Cells:
    """A column of ids, the cells as text; what cannot be an id is noted."""
    cells = table.column(heading)
    cells = cells.cells() if isinstance(cells, Numbers) else cells
    texts = [DISARMED.sub("", text_of(cell) or "") for cell in cells.distinct]
    for position in cells.used():
        trial = Findings()
        _check_id(cells.distinct[position], texts[position], trial)
        if trial:
            rows = np.flatnonzero(cells.codes == position)
            spread(trial, rows, lambda row: table.place(row, column=heading), findings)
    return Cells(texts, cells.codes)


def _check_id(cell: object, text: str, findings: Findings) -> None:
    if not is_plain(cell):
        what = "a date" if isinstance(cell, date) else "no text"
        message = f'"{text}" is {what}.'
        mend = "Format the column as text, and write the id again."
        if isinstance(cell, CellError):
            message, mend = f"{text} is an error of the spreadsheet.", "Correct the formula."
        findings.add("wrong-type", Place(), message, mend, found=text)
    elif CONTROL.search(text):
        message = f"The id {text!r} holds a line break, tab or other control character."
        findings.add("bad-pattern", Place(), message, "Remove it.", found=text)
