"""Scorings that fit an item, with the points that answers can be worth."""

from __future__ import annotations

from math import inf
from typing import Any

from hypothesis import strategies as st

import agencyindex as ai
from agencyindex.testing._plain import REASONS, Document, maybe, numbers
from agencyindex.testing._responses import numbers_of

Scored = tuple[Document, float, float]
"""A scoring, and the fewest and the most points of an answer."""


def scorings(questionnaire: ai.Questionnaire, item: ai.Item) -> st.SearchStrategy[Scored]:
    """Scorings that fit an item."""
    values = [option.value for option in questionnaire.substantive(item.id)]
    match item.type:
        case "number":
            return st.one_of(_linear(item), _bands(item), _ratio(questionnaire))
        case "multiple_choice":
            options = questionnaire.substantive(item.id)
            free = [option.value for option in options if not option.exclusive]
            return st.one_of(_count(free), st.just(({"method": "share"}, 0.0, 1.0)))
    ordinal = st.sampled_from(["first", "last"]).map(
        lambda best: ({"method": "ordinal", "best": best}, 0.0, 1.0)
    )
    choices = [_points(values), _binary(values)]
    return st.one_of([*choices, ordinal] if len(values) > 1 else choices)


@st.composite
def _points(draw: st.DrawFn, values: list[str]) -> Scored:
    listed = draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
    table = {value: draw(numbers(-10, 20)) for value in listed}
    scoring: Document = {"method": "points", "points": table}
    worth = list(table.values())
    if len(listed) < len(values) or draw(st.booleans()):
        scoring["default"] = draw(numbers(-10, 20))
    if len(listed) < len(values):
        worth.append(scoring["default"])
    return scoring, min(worth), max(worth)


@st.composite
def _binary(draw: st.DrawFn, values: list[str]) -> Scored:
    ones = draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
    worth = [float(value in ones) for value in values]
    return {"method": "binary", "ones": ones}, min(worth), max(worth)


@st.composite
def _count(draw: st.DrawFn, values: list[str]) -> Scored:
    weights = {value: numbers(-5, 20) for value in values}
    scoring: Document = draw(
        maybe({"weights": st.fixed_dictionaries(weights), "cap": numbers(1, 20)})
    )
    worth = list(scoring.get("weights", dict.fromkeys(values, 1.0)).values())
    cap = scoring.get("cap", inf)
    low, high = (
        sum(each for each in worth if (each > 0) == positive) for positive in (False, True)
    )
    return {"method": "count", **scoring}, min(low, cap), min(high, cap)


@st.composite
def _linear(draw: st.DrawFn, item: ai.Item) -> Scored:
    lower, upper = sorted(draw(st.tuples(numbers_of(item), numbers_of(item))))
    outside = draw(st.sampled_from(["clip", "error"]))
    if outside == "error" or lower == upper:
        lower = -100.0 if item.minimum is None else item.minimum
        upper = max(lower, 100.0) if item.maximum is None else item.maximum
    if lower == upper:
        upper += 1.0
    better = draw(st.sampled_from(["higher", "lower"]))
    scoring: Document = {"method": "linear", "lower": lower, "upper": upper}
    return scoring | {"outside": outside, "better": better}, 0.0, 1.0


@st.composite
def _bands(draw: st.DrawFn, item: ai.Item) -> Scored:
    edges = sorted(draw(st.lists(numbers_of(item), min_size=1, max_size=3, unique=True)))
    count = len(edges) + 1
    values = draw(st.lists(numbers(-10, 20), min_size=count, max_size=count))
    return {"method": "bands", "edges": edges, "values": values}, min(values), max(values)


@st.composite
def _ratio(draw: st.DrawFn, questionnaire: ai.Questionnaire) -> Scored:
    below = draw(st.sampled_from([each for each in questionnaire if each.type == "number"]))
    positive = below.minimum is not None and below.minimum > 0
    choices = ["error", *REASONS] if positive else list(REASONS)
    scoring: dict[str, Any] = {"method": "ratio", "denominator": below.id}
    return scoring | {"when_zero": draw(st.sampled_from(choices))}, -inf, inf
