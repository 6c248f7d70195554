"""A response sheet before it is filled in: its columns, its rows, and what each cell takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from agencyindex._answers import ANSWERED, REASONS, ItemCoder, coders
from agencyindex._model.agency import Register
from agencyindex._model.questionnaire import Item, Option, Questionnaire
from agencyindex._model.text import all_wordings, in_language
from agencyindex.errors import Findings, Place
from agencyindex.tables.agencies import CONTROL
from agencyindex.tables.cells import Notation, code_cell
from agencyindex.tables.headings import AGENCY_NAME
from agencyindex.tables.wide import meaning

MARK = "x"
"""What says in a column for one option that it is chosen."""

LONGEST = 32_767
"""Characters that a cell of a spreadsheet can hold."""


@attrs.frozen(kw_only=True)
class Style:
    """How answers are laid out and written.

    Parameters
    ----------
    layout
        ``wide`` or ``long``.
    options
        Whether a multiple choice has a ``column`` (in the long layout a row) for each option,
        or one ``cell``.
    notation
        How several options stand in one cell.
    language
        Of the labels; None for the first that each has.
    agency
        Heading of the agency's id.
    """

    layout: Literal["wide", "long"]
    options: Literal["column", "cell"]
    notation: Notation
    language: str | None
    agency: str


@attrs.frozen(kw_only=True)
class Field:
    """Cells of one column that take the same kind of answer.

    Parameters
    ----------
    item
        What is asked there.
    column
        Position of the column, from 0.
    choices
        What may be written; with a number, what may be written instead of one.
    option
        The option that the column is for, in words; None where it is for the whole item.
    several
        True where several of the choices may stand in one cell.
    rows
        Positions of the rows, from 0; None for every row of the sheet.
    """

    item: Item
    column: int
    choices: tuple[str, ...]
    option: str | None = None
    several: bool = False
    rows: Sequence[int] | None = None


@attrs.frozen(kw_only=True)
class Blank:
    """A sheet to be filled in.

    Parameters
    ----------
    filled
        From heading to the cells that are there from the start.
    open
        Headings of the columns to fill in.
    fields
        What these take.
    """

    filled: Mapping[str, Sequence[str]]
    open: tuple[str, ...]
    fields: tuple[Field, ...]

    def columns(self) -> dict[str, Any]:
        """Every column by its heading, the open ones empty."""
        count = len(next(iter(self.filled.values())))
        return {**self.filled, **{heading: [""] * count for heading in self.open}}


class Composer:
    """Lays out a questionnaire as a sheet in which every choice reads back as what it says.

    Parameters
    ----------
    questionnaire, style
        What is asked, and how the sheet is laid out.
    findings
        Where to note what cannot be written.
    """

    def __init__(self, questionnaire: Questionnaire, style: Style, findings: Findings) -> None:
        self.questionnaire = questionnaire
        self.style = style
        self.findings = findings
        self.coders = coders(questionnaire)

    def compose(self, register: Register | None) -> Blank:
        """The sheet for the agencies of a register, or for any."""
        agencies = [] if register is None else [agency.id for agency in register]
        names = (
            []
            if register is None
            else [in_language(agency.name, self.style.language) for agency in register]
        )
        filled = {self.style.agency: agencies}
        if any(names):
            filled[AGENCY_NAME] = names
        return self._wide(filled) if self.style.layout == "wide" else self._long(filled)

    def _wide(self, filled: dict[str, list[str]]) -> Blank:
        headings: list[str] = []
        fields: list[Field] = []
        for item in self.questionnaire:
            for heading, field in self._columns(item):
                fields.append(attrs.evolve(field, column=len(filled) + len(headings)))
                headings.append(heading)
        return Blank(filled=filled, open=tuple(headings), fields=tuple(fields))

    def _columns(self, item: Item) -> Iterator[tuple[str, Field]]:
        """The columns of one item: heading and field."""
        if item.type == "multiple_choice" and self.style.options == "column":
            for option in self.questionnaire.options(item.id):
                heading = self._heading(item, option)
                words = in_language(option.label, self.style.language) or option.value
                yield heading, Field(item=item, column=0, choices=(MARK,), option=words)
        else:
            several = item.type == "multiple_choice"
            choices = self._choices(item, several=several)
            yield item.id, Field(item=item, column=0, choices=choices, several=several)

    def _long(self, filled: dict[str, list[str]]) -> Blank:
        """A row for each agency and item, or one such block to copy where no agency is known."""
        filled = filled if filled[self.style.agency] else {self.style.agency: [""]}
        cells: dict[str, list[str]] = {heading: [] for heading in (*filled, "item")}
        rows: dict[str, list[int]] = {item.id: [] for item in self.questionnaire}
        for lead in zip(*filled.values(), strict=True):
            for item in self.questionnaire:
                for _ in range(self._rows(item)):
                    rows[item.id].append(len(cells["item"]))
                    for heading, cell in zip(cells, (*lead, item.id), strict=True):
                        cells[heading].append(cell)
        fields = [
            Field(
                item=item,
                column=len(cells),
                choices=self._choices(item, several=self._in_one_cell(item)),
                several=self._in_one_cell(item),
                rows=rows[item.id],
            )
            for item in self.questionnaire
        ]
        return Blank(filled=cells, open=("answer",), fields=tuple(fields))

    def _in_one_cell(self, item: Item) -> bool:
        return item.type == "multiple_choice" and self.style.options == "cell"

    def _rows(self, item: Item) -> int:
        """Rows for the answer of one agency to an item."""
        if item.type != "multiple_choice" or self.style.options == "cell":
            return 1
        options = self.questionnaire.substantive(item.id)
        return max(1, sum(not option.exclusive for option in options))

    def _choices(self, item: Item, *, several: bool) -> tuple[str, ...]:
        return tuple(
            self._choice(item, option, several=several)
            for option in self.questionnaire.options(item.id)
        )

    def _choice(self, item: Item, option: Option, *, several: bool) -> str:
        """The first wording of an option that reads back as the option."""
        coder = self.coders[item.id]
        wanted = _answer(coder, option)
        fitting = [text for text in self._wordings(option) if self._read(coder, text) == wanted]
        separator = self.style.notation.separator
        apart = [text for text in fitting if not several or separator not in text]
        if apart:
            return apart[0]
        place = Place(item=item.id)
        if fitting:
            message = f'The option "{option.value}" holds "{separator}", the separator of options.'
            mend = 'Pass options="column", or another separator.'
            self.findings.add("bad-parameter", place, message, mend, found=separator)
        else:
            message = f"No cell can hold the option {option.value!r} so that it reads back."
            self.findings.add("bad-pattern", place, message, "Reword it.", found=option.value)
        return ""

    def _wordings(self, option: Option) -> Iterator[str]:
        label = in_language(option.label, self.style.language)
        for wording in (label, option.value, *all_wordings(option.label)):
            text = " ".join(wording.split())
            if text and len(text) <= LONGEST and not CONTROL.search(text):
                yield text

    def _read(self, coder: ItemCoder, text: str) -> tuple[int, Any] | None:
        """Code and value of a cell with this text, None where it is refused."""
        findings = Findings()
        found = code_cell(coder, text, self.style.notation, findings)
        return None if findings else found

    def _heading(self, item: Item, option: Option) -> str:
        """The heading of an option's column: by its value, as data have it."""
        code, _ = _answer(self.coders[item.id], option)
        if option.missing is None:
            code += self.coders[item.id].options.index(option)
        for wording in (" ".join(option.value.split()), *self._wordings(option)):
            heading = f"{item.id}/{wording}"
            plain = wording and not CONTROL.search(heading)
            if plain and meaning(heading, self.questionnaire) == (item.id, code):
                return heading
        message = f"No heading can hold the option {option.value!r} so that it reads back."
        place = Place(item=item.id)
        self.findings.add("bad-pattern", place, message, "Reword it.", found=option.value)
        return f"{item.id}/{option.value}"


def _answer(coder: ItemCoder, option: Option) -> tuple[int, Any]:
    """Code and value of the answer that is just this option."""
    if option.missing is not None:
        return REASONS.index(option.missing), coder.empty
    position = coder.options.index(option)
    if coder.kind == "multiple_choice":
        return ANSWERED, tuple(i == position for i in range(len(coder.options)))
    return ANSWERED + position, coder.empty
