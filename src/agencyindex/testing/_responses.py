"""Responses: answers of every form, reasons for missing, routing kept to."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

import agencyindex as ai
from agencyindex.testing._plain import Document

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "answered": lambda found, value: True,  # noqa: ARG005
    "equals": operator.eq,
    "one_of": lambda found, value: found in value,
    "includes": lambda found, value: value in found,
    "less": operator.lt,
    "at_most": operator.le,
    "greater": operator.gt,
    "at_least": operator.ge,
}
NAMES = st.integers(0, 999).map(lambda number: f"agency-{number}")
REASONS = tuple(each for each in ai.Missing if each is not ai.Missing.NOT_ASKED)


def responses(
    questionnaire: ai.Questionnaire,
    *,
    min_size: int = 1,
    max_size: int = 5,
    complete: bool = False,
) -> st.SearchStrategy[ai.Responses]:
    """Responses of several agencies, in any order of their ids.

    Questions that were not asked are left out; of the others some are answered, some are left
    out as well, and for some there is a reason for missing.

    Parameters
    ----------
    questionnaire
        What is asked.
    min_size, max_size
        Number of agencies.
    complete
        Whether every question that is asked has an answer.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> section = ai.Section("all", items=[ai.Item("e_id", "yes_no")])
    >>> questionnaire = ai.Questionnaire(id="q", version="1.0.0", sections=[section])
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(responses(questionnaire, complete=True))
    ... def everybody_answers(found):
    ...     assert all(each.answers["e_id"] in ("yes", "no") for each in found)
    >>> everybody_answers()
    """
    agencies = st.lists(NAMES, min_size=min_size, max_size=max_size, unique=True)
    return agencies.flatmap(lambda names: _answered(questionnaire, names, complete=complete))


@st.composite
def _answered(
    draw: st.DrawFn,
    questionnaire: ai.Questionnaire,
    agencies: list[str],
    *,
    complete: bool,
) -> ai.Responses:
    conditions = _conditions(questionnaire)
    forms = {item.id: _answers(questionnaire, item, complete=complete) for item in questionnaire}
    listed = []
    for agency in agencies:
        answers: dict[str, Any] = {}
        known: dict[str, Any] = {}
        for item in questionnaire:
            if not holds(conditions[item.id], known):
                continue
            answer = draw(forms[item.id])
            if answer is not _LEFT_OUT:
                answers[item.id] = answer
            if (meant := _meant(questionnaire, item, answer)) is not None:
                known[item.id] = meant
        listed.append(ai.Response(agency, answers))
    return ai.Responses.of(questionnaire, listed, edition="generated", synthetic=True)


_LEFT_OUT = object()


def _conditions(questionnaire: ai.Questionnaire) -> dict[str, Document | None]:
    sections = ai.document(questionnaire)["sections"]
    return {item["id"]: item.get("condition") for part in sections for item in part["items"]}


def holds(condition: Document | None, known: Mapping[str, Any]) -> bool:
    """Whether a condition, as documents state it, holds for the answers that are known."""
    match condition:
        case None:
            return True
        case {"operator": "all", "of": parts}:
            return all(holds(part, known) for part in parts)
        case {"operator": "any", "of": parts}:
            return any(holds(part, known) for part in parts)
        case {"operator": "not", "of": part}:
            return not holds(part, known)
    item, compare = condition["item"], COMPARISONS[condition["operator"]]
    return item in known and compare(known[item], condition.get("value"))


def _answers(
    questionnaire: ai.Questionnaire, item: ai.Item, *, complete: bool
) -> st.SearchStrategy[Any]:
    given = _given(questionnaire, item)
    if complete:
        return given
    absent = [_LEFT_OUT, None, *REASONS]
    absent += [each.value for each in questionnaire.options(item.id) if each.missing is not None]
    if item.type == "multiple_choice":
        absent.append(())
    return st.one_of(given, given, given, st.sampled_from(absent))


def _given(questionnaire: ai.Questionnaire, item: ai.Item) -> st.SearchStrategy[Any]:
    """Answers that are answers."""
    options = questionnaire.substantive(item.id)
    values = [option.value for option in options]
    match item.type:
        case "number":
            return numbers_of(item)
        case "yes_no":
            return st.sampled_from([*values, True, False])
        case "single_choice":
            return st.sampled_from(values)
        case _:
            free = [option.value for option in options if not option.exclusive]
            several = st.lists(st.sampled_from(free), min_size=1, unique=True).map(tuple)
            alone = [(option.value,) for option in options if option.exclusive]
            return several | st.sampled_from(alone) if alone else several


def numbers_of(item: ai.Item) -> st.SearchStrategy[float]:
    """Numbers that an item takes, most of them with few digits."""
    low = -50.0 if item.minimum is None else item.minimum
    high = max(low, 50.0) + 5 if item.maximum is None else item.maximum
    return _numbers_between(min(low, high), high, whole=item.whole)


@cache
def _numbers_between(low: float, high: float, *, whole: bool) -> st.SearchStrategy[float]:
    if whole:
        return st.integers(int(low), int(high)).map(float)
    tenths = st.integers(0, 10 * int(high - low)).map(lambda steps: low + steps / 10)
    others = st.integers(0, 997).map(lambda steps: low + (high - low) * steps / 997)
    between = (tenths | others).map(lambda found: min(max(round(found, 6), low), high))
    return between | st.sampled_from([low, high])


def _meant(questionnaire: ai.Questionnaire, item: ai.Item, answer: Any) -> Any:
    """What conditions see of an answer; None where it is missing."""
    if answer is _LEFT_OUT or answer is None or answer == () or isinstance(answer, ai.Missing):
        return None
    if item.type == "yes_no" and isinstance(answer, bool):
        return "yes" if answer else "no"
    substantive = {option.value for option in questionnaire.substantive(item.id)}
    if isinstance(answer, str) and answer not in substantive:
        return None
    return answer
