"""Questionnaires: items of every type, shared scales, and routing by every operator."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

import agencyindex as ai
from agencyindex.testing._plain import Document, maybe, numbers, texts

TYPES = ("single_choice", "multiple_choice", "number", "yes_no")
VALUES = ("always", "mostly", "often", "rarely", "never", "planned")
STATED = {
    "unsure": "dont_know",
    "secret": "refused",
    "irrelevant": "not_applicable",
    "blank": "not_answered",
}
"""Options that state a reason for missing."""

WORDS = maybe({"text": texts("A question?"), "note": texts("A note")})
CHOSEN = st.lists(st.sampled_from(VALUES), min_size=1, max_size=5, unique=True)
SOME_STATED = st.lists(st.sampled_from(sorted(STATED)), max_size=2, unique=True)
JOINED = ("all", "any", "not", "none", "none", "none")


@st.composite
def _options(draw: st.DrawFn) -> list[Document]:
    """Substantive options and some that state a reason for missing, in any order."""
    return _with_stated(draw, draw(CHOSEN))


def _with_stated(draw: st.DrawFn, values: list[str]) -> list[Document]:
    stated = draw(SOME_STATED)
    options: list[Document] = [{"value": value} for value in values]
    options += [{"value": value, "missing": STATED[value]} for value in stated]
    for option in options:
        if draw(st.booleans()):
            option["label"] = draw(texts(f"Label of {option['value']}"))
    return draw(st.permutations(options)) if stated else options


OPTIONS = _options()


@st.composite
def _number_form(draw: st.DrawFn) -> Document:
    form: Document = draw(maybe({"whole": st.booleans(), "unit": texts("hours")}))
    bounds = st.integers(-20, 20) if form.get("whole") else numbers(-20, 20)
    low, high = sorted((draw(bounds), draw(bounds)))
    if draw(st.booleans()):
        form["minimum"] = float(low)
    if draw(st.booleans()):
        form["maximum"] = high + 5.0
    if stated := _with_stated(draw, []):
        form["options"] = stated
    return form


NUMBERS = _number_form()


def questionnaires(
    *,
    types: Collection[str] = TYPES,
    routing: bool = True,
    min_items: int = 1,
    max_items: int = 6,
) -> st.SearchStrategy[ai.Questionnaire]:
    """Questionnaires that every check accepts.

    Parameters
    ----------
    types
        Item types to choose from.
    routing
        Whether items may have conditions.
    min_items, max_items
        Number of items.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(questionnaires(types=["yes_no"]))
    ... def only_yes_or_no(questionnaire):
    ...     assert {item.type for item in questionnaire} == {"yes_no"}
    >>> only_yes_or_no()
    """
    return _questionnaires(tuple(sorted(types)), min_items, max_items, routing=routing)


@st.composite
def _questionnaires(
    draw: st.DrawFn,
    types: tuple[str, ...],
    min_items: int,
    max_items: int,
    *,
    routing: bool,
) -> ai.Questionnaire:
    names = draw(st.sampled_from([[], ["use"], ["use", "extent"]]))
    scales = {name: draw(OPTIONS) for name in names}
    kinds = st.sampled_from(types)
    items: list[Document] = []
    for number in range(draw(st.integers(min_items, max_items))):
        item: Document = {"id": f"q{number + 1}", "type": draw(kinds)}
        item |= _form(draw, item["type"], scales) | draw(WORDS)
        if routing and items and draw(st.booleans()):
            item["condition"] = _condition(draw, items, scales, depth=2)
        items.append(item)
    cut = draw(st.integers(0, len(items)))
    parts = [part for part in (items[:cut], items[cut:]) if part]
    document: Document = {
        "schema": "agencyindex/questionnaire/1",
        "id": "generated",
        "version": "1.0.0",
        "synthetic": True,
        "scales": {name: {"options": options} for name, options in scales.items()},
        "sections": [{"id": f"s{i + 1}", "items": part} for i, part in enumerate(parts)],
    }
    return ai.load(document, ai.Questionnaire)


def _form(draw: st.DrawFn, kind: str, scales: dict[str, Any]) -> Document:
    """The keys of an item that go with its type."""
    if kind == "number":
        return draw(NUMBERS)
    if kind == "yes_no":
        answers = draw(st.sampled_from([[], ["yes", "no"], ["no", "yes"]]))
        return {"options": _with_stated(draw, answers)} if answers else {}
    if draw(st.booleans()) and scales:
        return {"scale": draw(st.sampled_from(sorted(scales)))}
    options = draw(OPTIONS)
    if kind == "multiple_choice":
        substantive = [option for option in options if "missing" not in option]
        for option in substantive[1:]:
            if draw(st.integers(0, 3)) == 0:
                option["exclusive"] = True
    return {"options": options}


def _condition(
    draw: st.DrawFn, items: list[Document], scales: dict[str, Any], *, depth: int
) -> Document:
    """A condition on the answers to items."""
    joined = draw(st.sampled_from(JOINED)) if depth else "none"
    if joined == "none":
        return draw(_comparisons(draw(st.sampled_from(items)), scales))
    if joined == "not":
        return {"operator": "not", "of": _condition(draw, items, scales, depth=depth - 1)}
    count = draw(st.integers(1, 3))
    parts = [_condition(draw, items, scales, depth=depth - 1) for _ in range(count)]
    return {"operator": joined, "of": parts}


def _comparisons(item: Document, scales: dict[str, Any]) -> st.SearchStrategy[Document]:
    options = item.get("options") or scales.get(item.get("scale", ""), [])
    values: list[str] = [each["value"] for each in options if "missing" not in each]
    if item["type"] == "number":
        named: st.SearchStrategy[Any] = numbers(-20, 20)
    else:
        named = st.sampled_from(values or ["no", "yes"])
    operators = {
        "number": ("less", "at_most", "greater", "at_least", "equals"),
        "multiple_choice": ("includes",),
    }.get(item["type"], ("equals",))

    def compared(operator: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
        keys = {"operator": st.just(operator), "item": st.just(item["id"]), "value": value}
        return st.fixed_dictionaries(keys)

    choices = [compared(operator, named) for operator in operators]
    choices.append(st.just({"operator": "answered", "item": item["id"]}))
    if "equals" in operators:
        choices.append(compared("one_of", st.lists(named, min_size=1, max_size=3)))
    return st.one_of(choices)
