"""Empty response sheets for any questionnaire, in the layout that reads back."""

from __future__ import annotations

import os
from typing import Literal

from agencyindex._documents.checks import check_register
from agencyindex._documents.files import replacing
from agencyindex._documents.questionnaire_checks import check_questionnaire
from agencyindex._model.agency import Register
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.text import languages
from agencyindex.errors import (
    DocumentError,
    FileError,
    Findings,
    Place,
    Problem,
    ResponseError,
    unknown_language,
)
from agencyindex.tables.agencies import CONTROL
from agencyindex.tables.blank import Blank, Composer, Style
from agencyindex.tables.cells import Notation
from agencyindex.tables.headings import AGENCY_NAME
from agencyindex.tables.phrases import EXPLAINED_IN, Wording
from agencyindex.tables.sources import ending, unknown_format
from agencyindex.tables.table import MOST_COLUMNS
from agencyindex.tables.template_workbook import write_workbook
from agencyindex.tables.wide import meaning
from agencyindex.tables.writers import MOST_ROWS, write_csv

FORMATS = (".xlsx", ".csv")


def write_template(
    questionnaire: Questionnaire,
    path: str | os.PathLike[str],
    *,
    register: Register | None = None,
    language: str | None = None,
    layout: Literal["wide", "long"] = "wide",
    options: Literal["column", "cell"] = "column",
    separator: str = ";",
    agency: str = "agency",
) -> None:
    r"""Write an empty response sheet that `read_responses` reads back, whole or not at all.

    Unfilled it reads as not answered, or not asked, for every agency of the register; filled in
    it reads as what was filled in. In a spreadsheet each cell takes what its question allows:
    drop-down lists of the options, numbers within their bounds. A sheet "questions" says what
    is asked and when, and a sheet "options" holds the lists.

    Parameters
    ----------
    questionnaire
        What is asked.
    path
        Where to; the ending tells the format: .xlsx or .csv. A file that is there is replaced.
    register
        The agencies that are asked, a row (in the long layout a block of rows) for each, with
        names in a column "agency name", which reading passes over; None for rows to fill in.
    language
        Of labels, names and explanations, as a tag such as "sv"; None for the first that a text
        has. Explanations are in English or Swedish. An option without a label, or whose label
        would not read back, is offered by its value.
    layout
        ``wide``: a row for each agency and a column for each item. ``long``: a row for each
        agency and item.
    options
        A multiple choice has a ``column`` for each option, to be marked with x (in the long
        layout as many rows as options can be chosen), or all in one ``cell``.
    separator
        Between options in one cell; to be said again when the sheet is read.
    agency
        Heading of the agency's id; to be said again likewise.

    Raises
    ------
    FileError
        Where the ending tells no such format, the sheet is larger than a spreadsheet can hold
        or the file cannot be written; a file that was there is unchanged.
    DocumentError
        Where questionnaire or register make no sense.
    ResponseError
        Where an item has the heading of the agency, or an option cannot be written so that it
        reads back.
    MissingExtraError
        Where the format needs a library that is not installed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from agencyindex import Agency, Item, Questionnaire, Register, Section, read_responses
    >>> items = [Item("e_id", "yes_no"), Item("fte", "number")]
    >>> questionnaire = Questionnaire(id="q", version="1.0.0", sections=[Section("s", items=items)])
    >>> asked = Register(id="r", version="1.0.0", agencies=[Agency("a", name="The First")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "sheet.csv")
    ...     write_template(questionnaire, path, register=asked)
    ...     print(path.read_text().splitlines())
    ...     responses = read_responses(path, questionnaire)
    ['agency,agency name,e_id,fte', 'a,The First,,']
    >>> responses["a"].answers["e_id"]
    <Missing.NOT_ANSWERED: 'not_answered'>
    """
    if ending(path) not in FORMATS:
        raise unknown_format(path, FORMATS)
    style = Style(
        layout=layout,
        options=options,
        notation=Notation(separator=separator),
        language=language,
        agency=agency,
    )
    _check_documents(questionnaire, register)
    _check_language(questionnaire, language)
    _check_style(style, questionnaire)
    findings = Findings()
    blank = Composer(questionnaire, style, findings).compose(register)
    findings.raise_as(ResponseError)
    if ending(path) == ".csv":
        with replacing(path) as temporary:
            write_csv(blank.columns(), temporary)
        return
    _check_size(blank, path)
    synthetic = questionnaire.synthetic or (register is not None and register.synthetic)
    words = Wording(questionnaire, language)
    with replacing(path) as temporary:
        write_workbook(blank, words, separator, temporary, synthetic=synthetic)


def _check_language(questionnaire: Questionnaire, language: str | None) -> None:
    """Refuse a language that was asked for and that neither a text nor the explanations have."""
    labels = [option.label for item in questionnaire for option in questionnaire.options(item.id)]
    known = {*languages([*(item.text for item in questionnaire), *labels]), *EXPLAINED_IN}
    if language is not None and language not in known:
        raise unknown_language(language, sorted(known))


def _check_documents(questionnaire: Questionnaire, register: Register | None) -> None:
    findings = Findings()
    check_questionnaire(questionnaire, None, findings)
    if register is not None:
        check_register(register, None, findings)
    findings.raise_as(DocumentError)


def _check_style(style: Style, questionnaire: Questionnaire) -> None:
    findings = Findings()
    for name, value, known in (
        ("layout", style.layout, ("wide", "long")),
        ("options", style.options, ("column", "cell")),
    ):
        if value not in known:
            mend = f'Pass "{known[0]}" or "{known[1]}".'
            findings.add("bad-parameter", Place(), f'"{value}" is no {name}.', mend, found=value)
    for name, text in (("separator", style.notation.separator), ("agency", style.agency)):
        if not text.strip() or CONTROL.search(text):
            message = f"{text!r} is no {name}: it is empty, or holds a control character."
            findings.add("bad-parameter", Place(), message, "Pass letters or signs.", found=text)
    taken = {AGENCY_NAME, "item", "answer"} if style.layout == "long" else {AGENCY_NAME}
    item = meaning(style.agency, questionnaire)[0] if style.layout == "wide" else None
    if item is not None or style.agency in taken:
        message = f'Two columns would be headed "{style.agency}".'
        mend = 'Pass another agency="..." (--agency-column).'
        findings.add("duplicate-column", Place(item=item), message, mend, found=style.agency)
    findings.raise_as(ResponseError)


def _check_size(blank: Blank, path: str | os.PathLike[str]) -> None:
    columns = blank.columns()
    rows = len(next(iter(columns.values())))
    if len(columns) <= MOST_COLUMNS and rows <= MOST_ROWS:
        return
    message = (
        f"A spreadsheet holds {MOST_ROWS} rows of {MOST_COLUMNS} columns, "
        f"and this sheet has {rows} of {len(columns)}."
    )
    place = Place(file=os.fspath(path))
    raise FileError([Problem("not-writable", place, message, "Write .csv, or fewer agencies.")])
