"""The coder of one item: any form of an answer to a code and a value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any, cast

import attrs
import numpy as np

from agencyindex._answers.codes import ANSWERED, NOT_ANSWERED, NOT_ASKED, REASONS, Column, fold
from agencyindex._answers.conditions import compile_condition
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Answer, Missing
from agencyindex._model.text import all_wordings
from agencyindex.errors import Findings, Place, did_you_mean

MARKS = ";,|/"
"""What people put between several answers."""


class ItemCoder:
    """Turns the answers to one item into codes and values.

    Parameters
    ----------
    questionnaire, item
        The item and the questionnaire that it belongs to.

    Attributes
    ----------
    exact
        Code of every answer that needs no second look.
    plain
        The same where nothing but the answer decides: no condition, no value, no routing.
    empty
        The value that goes with a reason for missing.
    wordings
        Values and labels of all options, those that state a missing too.
    """

    def __init__(self, questionnaire: Questionnaire, item: Item) -> None:
        self.item = item
        self.options = questionnaire.substantive(item.id)
        self.kind = item.type
        self.coded = item.type in ("single_choice", "yes_no")
        self.exclusive = tuple(option.exclusive for option in self.options)
        self.dtype = np.uint8 if ANSWERED + len(self.options) <= 256 else np.uint16
        self.exact: dict[Any, int] = {
            None: NOT_ANSWERED,
            **{reason: code for code, reason in enumerate(REASONS)},
        }
        self._folded: dict[str, int] = {}
        self.wordings: list[str] = []
        positions = {option.value: i for i, option in enumerate(self.options)}
        for option in questionnaire.options(item.id):
            if option.missing is not None:
                code = REASONS.index(option.missing)
            else:
                code = ANSWERED + positions[option.value]
            for wording in (option.value, *all_wordings(option.label)):
                if wording:
                    self._folded.setdefault(fold(wording), code)
                    self.wordings.append(wording)
            if option.missing is not None or self.coded:
                self.exact[option.value] = code
        if item.type == "yes_no":
            self.exact[True] = self.exact["yes"]
            self.exact[False] = self.exact["no"]
        self.condition = (
            None if item.condition is None else compile_condition(item.condition, questionnaire)
        )
        self.plain = (
            {answer: code for answer, code in self.exact.items() if code != NOT_ASKED}
            if self.coded and self.condition is None
            else {}
        )
        self.empty: Any = None
        if self.kind == "number":
            self.empty = np.nan
        elif self.kind == "multiple_choice":
            self.empty = (False,) * len(self.options)

    def plain_code(self, answer: object) -> int | None:
        """The code of an answer that decides it alone; None where more must be looked at."""
        try:
            return self.plain.get(answer)
        except TypeError:
            return None

    def text_code(self, text: str) -> int | None:
        """The code of an option named by its value or by a label; None where it is neither."""
        return self._folded.get(fold(text))

    def mark_between(self, text: str) -> str:
        """The sign between options where a text is nothing but several of them, or ""."""
        for mark in MARKS:
            parts = text.split(mark)
            if len(parts) > 1 and all(self.text_code(part) is not None for part in parts):
                return mark
        return ""

    def choice_problem(self, text: object, place: Place, findings: Findings) -> None:
        """Note that something is none of the options."""
        values = [option.value for option in self.options]
        mend = did_you_mean(text, values, "options")
        if isinstance(text, str) and self.mark_between(text):
            each = "each by itself" if self.kind == "multiple_choice" else "one"
            mend = f"These are several answers; give {each}."
        elif not mend.startswith("Did you mean"):
            near = did_you_mean(text, self.wordings)
            mend = near if near.startswith("Did you mean") else mend
        findings.add(
            "not-an-option",
            place,
            f'"{text}" is not an option.',
            mend,
            found=text,
            expected=values,
        )

    def choices(
        self, answer: Sequence[object], place: Place, findings: Findings
    ) -> tuple[int, tuple[bool, ...]]:
        """Code and chosen options of a multiple choice answer."""
        chosen = [False] * len(self.options)
        reason: int | None = None
        count = 0
        for text in answer:
            code = self.text_code(text) if isinstance(text, str) else None
            count += 1
            if code is None:
                self.choice_problem(text, place, findings)
            elif code < ANSWERED:
                reason = code
            elif chosen[code - ANSWERED]:
                findings.add(
                    "duplicate-answer",
                    place,
                    f'"{text}" is chosen twice.',
                    "Leave one out.",
                    found=text,
                )
            else:
                chosen[code - ANSWERED] = True
        alone = reason is not None or any(
            on and exclusive for on, exclusive in zip(chosen, self.exclusive, strict=True)
        )
        if alone and count > 1:
            findings.add(
                "exclusive-option",
                place,
                "An option that must stand alone is combined with others.",
                "Keep that option, or the others.",
                found=[str(text) for text in answer],
            )
        if reason is not None:
            return reason, (False,) * len(chosen)
        return (ANSWERED if count else NOT_ANSWERED), tuple(chosen)

    def number(self, value: float, place: Place, findings: Findings) -> tuple[int, float]:
        """Code and value of a number, its bounds checked."""
        item = self.item
        low = -np.inf if item.minimum is None else item.minimum
        high = np.inf if item.maximum is None else item.maximum
        if not np.isfinite(value):
            findings.add(
                "not-a-number",
                place,
                f"{value} is not a finite number.",
                "Write digits, or leave it empty.",
                found=str(value),
            )
        elif not low <= value <= high:
            findings.add(
                "outside-bounds",
                place,
                f"{value:.15g} is below {low:.15g}, the lowest number allowed."
                if value < low
                else f"{value:.15g} is above {high:.15g}, the highest number allowed.",
                "Correct the number.",
                found=value,
                expected=[item.minimum, item.maximum],
            )
        elif item.whole and value != int(value):
            findings.add(
                "not-a-whole-number",
                place,
                f"{value:.15g} is not a whole number.",
                "Round it.",
                found=value,
            )
        return ANSWERED, float(value) + 0.0  # -0.0 is the same answer as 0.0

    def code(self, answer: Answer, place: Place, findings: Findings) -> tuple[int, Any]:
        """Code and value of one answer of any form; what does not fit is noted."""
        if isinstance(answer, Missing) or answer is None:
            return self.exact[answer], self.empty
        if isinstance(answer, str):
            known = self.text_code(answer)
            if known is not None and (known < ANSWERED or self.coded):
                return known, self.empty
        if self.kind == "number":
            return self._any_number(answer, place, findings)
        several = isinstance(answer, Collection) and not isinstance(answer, str | Mapping)
        if self.kind == "multiple_choice" and (several or isinstance(answer, str)):
            chosen = [answer] if isinstance(answer, str) else list(cast("Any", answer))
            return self.choices(chosen, place, findings)
        if several:
            message = f"This is a list of answers to a {self.kind} item."
            findings.add("not-a-list", place, message, "Give one answer.", found=str(answer))
        elif self.kind == "yes_no" and answer in (True, False):
            return self.exact[answer], None
        else:
            self.choice_problem(answer, place, findings)
        return NOT_ANSWERED, self.empty

    def _any_number(self, answer: object, place: Place, findings: Findings) -> tuple[int, Any]:
        real = isinstance(answer, int | float | np.integer | np.floating)
        if real and not isinstance(answer, bool):
            return self.number(_as_float(answer), place, findings)
        message = f'"{answer}" is not a number.'
        findings.add("not-a-number", place, message, "Give a number.", found=str(answer))
        return NOT_ANSWERED, self.empty


def _as_float(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return np.inf


def coders(questionnaire: Questionnaire) -> dict[str, ItemCoder]:
    """The coders of a questionnaire's items, made once for each questionnaire."""
    made: dict[str, ItemCoder] | None = questionnaire._compiled.get("coders")
    if made is None:
        made = {item.id: ItemCoder(questionnaire, item) for item in questionnaire}
        questionnaire._compiled["coders"] = made
    return made


@attrs.frozen
class PlainCodes:
    """How one response is coded where nothing but its answers decides.

    Parameters
    ----------
    blank
        No answer to any item.
    tables
        For each item the code of every answer.
    pick
        Takes the answers to all items, in their order.
    """

    blank: dict[str, None]
    tables: list[dict[Any, int]]
    pick: Callable[[Mapping[str, Any]], Any]


def _picker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Any]:
    if len(names) > 1:
        return itemgetter(*names)
    # Of one name it would give the answer itself, and a text is a sequence too.
    return lambda answers: [answers[name] for name in names]


def plain_codes(questionnaire: Questionnaire) -> PlainCodes:
    """The plain codes of a questionnaire, made once for each."""
    made: PlainCodes | None = questionnaire._compiled.get("plain")
    if made is None:
        listed = coders(questionnaire)
        tables = [coder.plain for coder in listed.values()]
        made = PlainCodes(dict.fromkeys(listed), tables, _picker(list(listed)))
        questionnaire._compiled["plain"] = made
    return made


def column_of(coder: ItemCoder, pairs: Sequence[tuple[int, Any]]) -> Column:
    """A column from the codes and values of single answers."""
    codes = np.array([code for code, _ in pairs], dtype=coder.dtype)
    if coder.kind == "number":
        return Column(codes, np.array([value for _, value in pairs], dtype=np.float64))
    if coder.kind == "multiple_choice":
        chosen = np.array([value for _, value in pairs], dtype=bool)
        shaped = chosen.reshape(len(pairs), len(coder.options))
        return Column(codes, np.ascontiguousarray(shaped.T))
    return Column(codes)
