"""Attainable ranges: the lowest and highest value that each node can take."""

from __future__ import annotations

import math

import numpy as np

from agencyindex._documents.resolve import (
    Resolved,
    nominal_weight,
    resolve,
    weighted_children,
)
from agencyindex._model.definition import IndexDefinition, Indicator, MissingRule, Node
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Missing
from agencyindex.methods.protocols import Aggregation, Range


def offered(questionnaire: Questionnaire, item: str) -> list[str]:
    """The options that a scoring of the item is given.

    They are the substantive ones and, in multiple choice, not exclusive.
    """
    multiple = questionnaire[item].type == "multiple_choice"
    return [
        option.value
        for option in questionnaire.substantive(item)
        if not (multiple and option.exclusive)
    ]


def points_range(
    indicator: Indicator, definition: IndexDefinition, questionnaire: Questionnaire
) -> Range:
    """Attainable points of an indicator, turned so that more is better."""
    scoring = definition.scorings[indicator.scoring]
    low, high = scoring.attainable(offered(questionnaire, indicator.item))
    return (low, high) if indicator.direction == 1 else (-high, -low)


def attainable(definition: IndexDefinition, questionnaire: Questionnaire) -> dict[str, Range]:
    """Attainable range of every node where all its items are answered.

    A normalisation that is still to be learnt gives the range that it promises for any
    population; the end of a range is infinite where there is no bound.
    """
    return _ranges(definition, questionnaire, gaps=False)


def bounds(definition: IndexDefinition, questionnaire: Questionnaire) -> dict[str, Range]:
    """The range that no value of a node can leave, whatever is answered and whatever is missing.

    Wider than `attainable` where what is missing is left out and the parts of a node have
    different ranges, or where a missing answer is given points that no answer is worth.
    """
    return _ranges(definition, questionnaire, gaps=True)


def _ranges(
    definition: IndexDefinition, questionnaire: Questionnaire, *, gaps: bool
) -> dict[str, Range]:
    resolved = resolve(definition)
    found: dict[str, Range] = {}
    open_nodes: set[str] = set()

    def leaf(node: Indicator) -> Range:
        here = resolved[node.id]
        points = points_range(node, definition, questionnaire)
        if gaps:
            rules = possible_rules(node, here, questionnaire)
            given = [node.direction * rule for rule in rules if not isinstance(rule, str)]
            points = min(points[0], *given, math.inf), max(points[1], *given, -math.inf)
            if {"exclude", "propagate"} & {rule for rule in rules if isinstance(rule, str)}:
                open_nodes.add(node.id)
        return points if here.normalisation is None else here.normalisation.attainable(points)

    def below(node: IndexDefinition | Node) -> Range:
        if isinstance(node, Indicator):
            found[node.id] = leaf(node)
            return found[node.id]
        for child in node.children:
            below(child)
        counted = weighted_children(node)
        ranges = [found[child.id] for child in counted]
        weights = [nominal_weight(child) for child in counted]
        aggregation = resolved[node.id].aggregation
        found[node.id] = _aggregated(ranges, weights, aggregation)
        if any(child.id in open_nodes for child in counted):
            open_nodes.add(node.id)
            parts = [
                _aggregated([each], [weight], aggregation)
                for each, weight in zip(ranges, weights, strict=True)
            ]
            found[node.id] = _of_any_part(found[node.id], parts, aggregation)
        return found[node.id]

    below(definition)
    return found


def possible_rules(
    indicator: Indicator, resolved: Resolved, questionnaire: Questionnaire
) -> list[MissingRule]:
    """The missing rules that can come to be used; what is always asked is never "not asked"."""
    always = questionnaire[indicator.item].condition is None
    return [
        rule
        for reason, rule in resolved.missing.items()
        if not (always and reason is Missing.NOT_ASKED)
    ]


def _aggregated(ranges: list[Range], weights: list[float], aggregation: Aggregation) -> Range:
    """The ends aggregated by the node's own method; an infinite end stays infinite.

    Ranges that the method cannot take have no aggregate: both ends are then NaN.
    """
    if any(True for _ in aggregation.faults(ranges)):
        return math.nan, math.nan
    ends = []
    for end, infinite in ((0, -math.inf), (1, math.inf)):
        values = np.array([[each[end] for each in ranges]], dtype=np.float64)
        if np.isinf(values).any():
            ends.append(infinite)
        else:
            shares = np.array(weights, dtype=np.float64)
            ends.append(float(aggregation.aggregate(values, shares)[0]))
    return ends[0], ends[1]


def _of_any_part(whole: Range, parts: list[Range], aggregation: Aggregation) -> Range:
    """The range that holds the aggregate of any parts that are left.

    A mean of some parts lies between their least and their greatest; a sum adds what is below
    zero, or above, in the worst and the best case.
    """
    if aggregation.adds:
        return sum(min(low, 0.0) for low, _ in parts), sum(max(high, 0.0) for _, high in parts)
    return min(whole[0], *(low for low, _ in parts)), max(whole[1], *(high for _, high in parts))
