"""Cells become answers: text, numbers and truth values coded against one item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from math import isfinite
from typing import Any, TypeAlias, TypeGuard

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import ANSWERED, NOT_ANSWERED, REASONS, Column, ItemCoder, column_of, fold
from agencyindex._model.response import Missing
from agencyindex.errors import Findings, Place
from agencyindex.tables.table import AnyCells, CellError, Numbers

PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
SPACES = "[ \u00a0\u202f\u2009]"
COMMA = re.compile(rf"[+\u2212-]?(?:\d{{1,3}}(?:{SPACES}\d{{3}})+|\d+)(?:,\d+)?", re.ASCII)
WITHIN = re.compile(rf"\D*?(-?\d+(?:{SPACES}\d{{3}})*(?:[.,]\d+)?)\D*", re.ASCII)

TRUE = frozenset({"yes", "y", "true", "1", "ja", "x"})
FALSE = frozenset({"no", "n", "false", "0", "nej"})
REASON_NAMES = {reason.value: reason for reason in Missing}

LISTED = 1000
"""Rows with the same wrong cell in the same column that are listed one by one."""

PlaceAt: TypeAlias = Callable[[int], Place]
"""The place of a cell, from its position in its column."""


@attrs.frozen(kw_only=True)
class Notation:
    """How cells are written.

    Parameters
    ----------
    separator
        Between the options of a multiple choice answer in one cell.
    decimal_comma
        True where text has numbers in the Swedish way: "1 234,5".
    """

    separator: str = ";"
    decimal_comma: bool = False

    def number(self, text: str) -> float | None:
        """The number that a text is, None where it is none."""
        if not self.decimal_comma:
            return float(text) if PLAIN.fullmatch(text) else None
        if COMMA.fullmatch(text) is None:
            return None
        bare = re.sub(SPACES, "", text).replace("\u2212", "-")
        return float(bare.replace(",", "."))

    def mend(self, text: str) -> str:
        """What to write instead of a text that is no number."""
        within = WITHIN.fullmatch(text.replace("\u2212", "-"))
        if within is None:
            return "Write digits, or leave it empty."
        mark, other = (",", ".") if self.decimal_comma else (".", ",")
        written = re.sub(SPACES, "", within[1]).replace(other, mark)
        if other == "," and "," in text:
            return f"Write {written}, or pass decimal_comma=True (--decimal-comma)."
        return f"Write {written}."


def text_of(cell: object) -> str | None:
    """A cell as the text that stands in it, None for an empty one; 3.0 is written "3"."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool | np.bool_):
        return "true" if cell else "false"
    if isinstance(cell, float | np.floating):
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    return str(cell)


def is_plain(cell: object) -> bool:
    """Whether a cell is a text, a number or the like, and no list, object, day, bytes or error."""
    if isinstance(cell, float) and not isfinite(cell):
        return False
    several = isinstance(cell, Iterable) and not isinstance(cell, str)
    return not several and not isinstance(cell, date | time | timedelta | CellError)


def flag(text: str) -> bool | None:
    """Whether a text says yes or no, None where it says neither."""
    folded = fold(text)
    return True if folded in TRUE else False if folded in FALSE else None


def option_code(coder: ItemCoder, text: str) -> int | None:
    """The code of an option, by value or label, or of a reason for missing by its name."""
    code = coder.text_code(text)
    if code is None and text in REASON_NAMES:
        return REASONS.index(REASON_NAMES[text])
    return code


def code_cells(
    coder: ItemCoder, cells: AnyCells, notation: Notation, place_at: PlaceAt, findings: Findings
) -> Column:
    """Code a column of answers to one item; every different cell is read once."""
    if isinstance(cells, Numbers):
        if coder.kind == "number":
            return _code_numbers(coder, cells, place_at, findings)
        cells = cells.cells()
    pairs = [coder.code(None, Place(), findings)] * len(cells.distinct)
    for position in cells.used():
        cell = cells.distinct[position]
        quick = _quick_number(coder, cell, notation)
        if quick is not None:
            pairs[position] = ANSWERED, quick
            continue
        trial = Findings()
        pairs[position] = code_cell(coder, cell, notation, trial)
        if trial:
            spread(trial, np.flatnonzero(cells.codes == position), place_at, findings)
    known = column_of(coder, pairs)
    values = None if known.values is None else known.values[..., cells.codes]
    return Column(known.codes[cells.codes], values)


def _quick_number(coder: ItemCoder, cell: object, notation: Notation) -> float | None:
    """The number of a plain cell with nothing to say about it, as nearly all are."""
    if coder.kind != "number" or not isinstance(cell, str):
        return None
    if (coder.item.options or coder.item.scale) and coder.text_code(cell) is not None:
        return None
    number = notation.number(cell)
    return number + 0.0 if number is not None and _fits(coder, number) else None


def _fits(coder: ItemCoder, number: Any) -> Any:
    """Where numbers, one or an array, keep to the item's bounds."""
    item = coder.item
    fits = abs(number) < np.inf
    if item.minimum is not None:
        fits = fits & (number >= item.minimum)
    if item.maximum is not None:
        fits = fits & (number <= item.maximum)
    if item.whole:
        fits = fits & (number % 1 == 0)
    return fits


def spread(trial: Findings, rows: NDArray[Any], place_at: PlaceAt, findings: Findings) -> None:
    """Note what was found about one cell at every row that holds it."""
    for problem in trial.problems:
        for row in rows[:LISTED]:
            findings.problems.append(attrs.evolve(problem, place=place_at(int(row))))
        if len(rows) > LISTED:
            last = findings.problems[-1]
            message = f"{last.message} The same in {len(rows) - LISTED} more rows."
            findings.problems[-1] = attrs.evolve(last, message=message)


def code_cell(
    coder: ItemCoder, cell: object, notation: Notation, findings: Findings
) -> tuple[int, Any]:
    """Code and value of one cell; what is wrong is noted without its place."""
    place = Place()
    if isinstance(cell, Missing):
        return coder.code(cell, place, findings)
    reason = cell.get("missing") if isinstance(cell, dict) and len(cell) == 1 else None
    if isinstance(reason, str) and reason in REASON_NAMES:
        return coder.code(Missing(reason), place, findings)
    if isinstance(cell, date | time | CellError):
        return _code_other(coder, cell, findings)
    if _is_list(cell):
        texts = [text for each in cell if (text := text_of(each)) is not None]
        return coder.code(texts or None, place, findings)
    text = text_of(cell)
    if text is None:
        return coder.code(None, place, findings)
    known = option_code(coder, text)
    if known is not None and known < ANSWERED:
        return coder.code(REASONS[known], place, findings)
    if coder.kind == "number":
        return _code_number(coder, cell, text, notation, findings)
    if coder.kind == "multiple_choice" and known is None:
        return _code_several(coder, text, notation, findings)
    if coder.kind == "yes_no" and known is None and flag(text) is not None:
        return coder.code(flag(text), place, findings)
    return coder.code(text, place, findings)


def _code_several(
    coder: ItemCoder, text: str, notation: Notation, findings: Findings
) -> tuple[int, Any]:
    parts = [part.strip() for part in text.split(notation.separator)]
    other = coder.mark_between(text) if len(parts) == 1 else ""
    if not other:
        return coder.code([part for part in parts if part] or None, Place(), findings)
    findings.add(
        "not-an-option",
        Place(),
        f'"{text}" is not an option.',
        f'Several answers are kept apart by "{notation.separator}", and these by "{other}": '
        f'pass separator="{other}" (--separator "{other}").',
        found=text,
        expected=[option.value for option in coder.options],
    )
    return coder.code(None, Place(), findings)


def _is_list(cell: object) -> TypeGuard[Iterable[object]]:
    return isinstance(cell, Iterable) and not isinstance(cell, str | bytes | dict)


def _code_other(
    coder: ItemCoder, cell: date | time | CellError, findings: Findings
) -> tuple[int, Any]:
    """Note a cell that a spreadsheet took for something else than an answer."""
    wrong = isinstance(cell, CellError)
    kind = "the cell as a number" if coder.kind == "number" else "the column as text"
    findings.add(
        "not-a-number" if coder.kind == "number" else "not-an-option",
        Place(),
        f"{cell} is {'an error of the spreadsheet' if wrong else 'a date'}.",
        "Correct the formula, or empty the cell."
        if wrong
        else f"Format {kind}, and write the answer again.",
        found=str(cell),
    )
    return coder.code(None, Place(), findings)


def _code_number(
    coder: ItemCoder, cell: object, text: str, notation: Notation, findings: Findings
) -> tuple[int, Any]:
    place = Place()
    if isinstance(cell, int | float | np.integer | np.floating) and not isinstance(cell, bool):
        return coder.code(
            int(cell) if isinstance(cell, int | np.integer) else float(cell), place, findings
        )
    number = notation.number(text)
    if number is None or not isfinite(number):
        mend = notation.mend(text) if isinstance(cell, str) else "Write digits, or leave it empty."
        findings.add(
            "not-a-number",
            place,
            f'"{text}" is not a number{_bounds(coder)}.',
            mend if number is None else "Write a number below 1.8e308, or leave it empty.",
            found=text,
            expected=[coder.item.minimum, coder.item.maximum],
        )
        return coder.code(None, place, findings)
    return coder.code(number, place, findings)


def _bounds(coder: ItemCoder) -> str:
    low, high = coder.item.minimum, coder.item.maximum
    if low is not None and high is not None:
        return f" from {low:.15g} to {high:.15g}"
    if low is not None:
        return f" of at least {low:.15g}"
    return "" if high is None else f" of at most {high:.15g}"


def _code_numbers(
    coder: ItemCoder, cells: Numbers, place_at: PlaceAt, findings: Findings
) -> Column:
    # Adding zero turns -0.0 into 0.0, which is the same answer.
    values = cells.values.astype(np.float64) + 0.0
    codes: NDArray[Any] = np.full(len(values), ANSWERED, dtype=coder.dtype)
    codes[cells.empty] = NOT_ANSWERED
    _reasons_in_figures(coder, values, codes)
    values[codes < ANSWERED] = np.nan
    for row in np.flatnonzero(~_fits(coder, values) & (codes == ANSWERED)):
        coder.number(float(values[row]), place_at(int(row)), findings)
    return Column(codes, values)


def _reasons_in_figures(coder: ItemCoder, values: NDArray[Any], codes: NDArray[Any]) -> None:
    """Numbers that stand for a reason, such as -99 for "don't know"."""
    for text, code in coder.exact.items():
        if isinstance(text, str) and PLAIN.fullmatch(text):
            codes[(values == float(text)) & (codes == ANSWERED)] = code
