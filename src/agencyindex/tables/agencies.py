"""The column of agency ids: text without control characters, whatever the cells held."""

from __future__ import annotations

import re

import numpy as np

from agencyindex.errors import Findings, Place
from agencyindex.tables.cells import spread, text_of
from agencyindex.tables.table import Cells, Numbers, Table

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
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
        if CONTROL.search(texts[position]):
            trial = Findings()
            trial.add(
                "bad-pattern",
                Place(),
                f"The id {texts[position]!r} holds a line break, tab or other control character.",
                "Remove it.",
                found=texts[position],
            )
            rows = np.flatnonzero(cells.codes == position)
            spread(trial, rows, lambda row: table.place(row, column=heading), findings)
    return Cells(texts, cells.codes)
