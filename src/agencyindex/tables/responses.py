"""Answers from files and data frames, each finding with its row and column."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from agencyindex._answers import Responses, assemble
from agencyindex._documents.api import read_responses_document
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Response
from agencyindex.errors import Findings, Place
from agencyindex.tables.cells import Notation
from agencyindex.tables.headings import ANSWERS
from agencyindex.tables.long import read_long
from agencyindex.tables.sources import Opening, Source, is_document, listed, read_table
from agencyindex.tables.table import refuse
from agencyindex.tables.wide import Names, read_wide


def read_responses(
    source: Source,
    questionnaire: Questionnaire,
    *,
    edition: str = "",
    layout: Literal["wide", "long"] = "wide",
    agency: str = "agency",
    item: str = "item",
    answer: str = "answer",
    separator: str = ";",
    decimal_comma: bool = False,
    delimiter: str | None = None,
    sheet: str | None = None,
    ignore: Collection[str] = (),
    partial: bool = False,
    id: str = "responses",
    version: str = "1.0.0",
    synthetic: bool = False,
) -> Responses:
    r"""Read answers and code them against their questionnaire, all findings at once.

    An answer is an option's value or its label in any language, whatever the case; a yes/no
    item also takes 1, 0, true and false, and any cell the name of a reason for missing, such
    as ``dont_know``. An empty cell is no answer. In lists and numpy arrays NaN is an empty
    cell, in Arrow, which has nulls, it is a finding. In a spreadsheet, formulas count with the
    value that is stored; formulas without one, hidden rows and columns, and merged cells are
    findings.

    Parameters
    ----------
    source
        A path that ends in .csv, .tsv, .txt, .xlsx, .parquet, .jsonl, .ndjson or .json (a
        responses document); a data frame of any library that offers an Arrow stream; a mapping
        of headings to columns; or an iterable of mappings (rows) or of `Response`.
    questionnaire
        What was asked.
    edition
        Name of the round; a responses document states its own.
    layout
        ``wide``: a row for each agency and a column for each item, headed by the item's id;
        multiple choice in one cell, or in a column for each option, headed ``item/option`` or
        ``item[option]``, with yes or no, 1 or 0, x or nothing. ``long``: a row for each answer.
    agency, item, answer
        Headings of the agency's id and, in the long layout, of the item's id and the answer.
    separator
        Between the options of a multiple choice answer in one cell.
    decimal_comma
        True where text has numbers in the Swedish way, "1 234,5"; a point is then refused.
    delimiter
        Of delimited text; by default the one of comma, semicolon and tab by which the first
        row has the agency's column.
    sheet
        Name of the sheet of a spreadsheet that has several; by default the one named
        "answers".
    ignore
        Headings of columns to pass over; a column "agency name" always is.
    partial
        True where a wide table may lack columns: an item without any is then not answered by
        all. Otherwise it is a finding, even where its condition never holds.
    id, version, synthetic
        As in `Responses`.

    Raises
    ------
    FileError
        Where the file cannot be read or its ending tells no format.
    ResponseError
        Where it holds no such table, or answers do not fit the questionnaire; every finding
        has its row (as a spreadsheet counts, the header being row 1), agency and item.
    MissingExtraError
        Where the format needs a library that is not installed.

    Examples
    --------
    >>> from agencyindex import Item, Questionnaire, Section
    >>> items = [Item("e_id", "yes_no"), Item("fte", "number")]
    >>> questionnaire = Questionnaire(id="q", version="1.0.0", sections=[Section("s", items=items)])
    >>> columns = {"agency": ["a", "b"], "e_id": ["Ja", "no"], "fte": [80, None]}
    >>> read_responses(columns, questionnaire)["a"].answers
    {'e_id': 'yes', 'fte': 80.0}
    """
    if layout not in ("wide", "long"):
        raise refuse(
            "bad-parameter", Place(), f'"{layout}" is no layout.', 'Pass "wide" or "long".'
        )
    if not separator:
        message = "The separator is an empty text."
        raise refuse("bad-parameter", Place(), message, 'Pass what stands between options: ";".')
    if is_document(source):
        return read_responses_document(source, questionnaire)
    rows = listed(source)
    named: dict[str, Any] = {
        "edition": edition,
        "id": id,
        "version": version,
        "synthetic": synthetic,
    }
    if isinstance(rows, list) and rows and all(isinstance(row, Response) for row in rows):
        return Responses.of(questionnaire, rows, **named)
    how = Opening(key=agency, delimiter=delimiter, sheet=sheet, usual=ANSWERS, ignore=ignore)
    table = read_table(rows, how)
    findings = Findings()
    read = read_wide if layout == "wide" else read_long
    agencies, columns, place_of = read(
        table,
        questionnaire,
        Names(agency=agency, item=item, answer=answer, ignore=frozenset(ignore), partial=partial),
        Notation(separator=separator, decimal_comma=decimal_comma),
        findings,
    )
    return assemble(questionnaire, agencies, columns, place_of, findings, **named)
