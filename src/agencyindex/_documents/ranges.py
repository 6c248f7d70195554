"""Attainable ranges: the lowest and highest value that each node can take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import reduce
from operator import add
from typing import Self

import attrs
import numpy as np

from agencyindex._documents.resolve import (
    Resolved,
    factors,
    resolve,
    weighted_children,
)
from agencyindex._model.definition import (
    Dimension,
    IndexDefinition,
    Indicator,
    MissingRule,
    Node,
    Rounding,
    Scale,
)
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Missing
from agencyindex.errors import MethodError
from agencyindex.methods.normalisation import Attainable
from agencyindex.methods.numbers import Ratio
from agencyindex.methods.protocols import (
    Aggregation,
    Normalisation,
    Range,
    RangedAggregation,
    Treatment,
)
from agencyindex.methods.rounding import rounded

ROUNDING = 2.0**-40
"""Above what the rounding of some thousand sums comes to, in parts of a scale."""


def item_type(indicator: Indicator, questionnaire: Questionnaire) -> str:
    """The type of the item that an indicator scores; an attribute is a number."""
    return "number" if indicator.attribute else questionnaire[indicator.item].type


def offered(questionnaire: Questionnaire, indicator: Indicator) -> list[str]:
    """The options that the scoring of an indicator is given.

    They are the substantive ones and, in multiple choice, not exclusive.
    """
    if indicator.attribute:
        return []
    multiple = questionnaire[indicator.item].type == "multiple_choice"
    return [
        option.value
        for option in questionnaire.substantive(indicator.item)
        if not (multiple and option.exclusive)
    ]


def points_range(
    indicator: Indicator, definition: IndexDefinition, questionnaire: Questionnaire
) -> Range:
    """Attainable points of an indicator, before any other step."""
    scoring = definition.scorings[indicator.scoring]
    return scoring.attainable(offered(questionnaire, indicator))


def turned(indicator: Indicator, treatment: Sequence[Treatment], points: Range) -> Range:
    """The range of treated points, turned so that more is better."""
    low, high = reduce(lambda found, step: step.attainable(found), treatment, points)
    return (low, high) if indicator.direction == 1 else (-high, -low)


@attrs.frozen(kw_only=True)
class Ranges:
    """What the values of every node can be, by its id.

    Parameters
    ----------
    attainable
        Where all its items are answered. A normalisation that is still to be learnt gives the
        range that it promises for any population; an end is infinite where there is no bound.
    unscaled
        The same of inner nodes, before their rescaling.
    bounds
        What no value can leave, whatever is answered and whatever is missing: wider than what is
        attainable where what is missing is left out and the parts of a node have different
        ranges, or where a missing answer is given points that no answer is worth.
    """

    attainable: Mapping[str, Range]
    unscaled: Mapping[str, Range]
    bounds: Mapping[str, Range]


def ranges(definition: IndexDefinition, questionnaire: Questionnaire) -> Ranges:
    """The ranges of every node."""
    answered = _Ranging(definition, questionnaire).whole()
    with_gaps = _Ranging(definition, questionnaire, answered.unscaled).whole()
    return Ranges(attainable=answered.found, unscaled=answered.unscaled, bounds=with_gaps.found)


def attainable(definition: IndexDefinition, questionnaire: Questionnaire) -> dict[str, Range]:
    """What is attainable, as in `Ranges`, by itself."""
    return _Ranging(definition, questionnaire).whole().found


class _Ranging:
    """Ranges from the leaves up; ``open`` holds the nodes that may go without a value.

    Answers may be missing where the ranges are given that nodes have without.
    """

    def __init__(
        self,
        definition: IndexDefinition,
        questionnaire: Questionnaire,
        answered: Mapping[str, Range] | None = None,
    ) -> None:
        self.definition = definition
        self.questionnaire = questionnaire
        self.gaps = answered is not None
        self.resolved = resolve(definition)
        self.found: dict[str, Range] = {}
        self.unscaled: dict[str, Range] = {}
        # What is missing moves no goalposts.
        self.posts = self.unscaled if answered is None else answered
        self.open: set[str] = set()

    def whole(self) -> Self:
        """Itself, with the ranges of all nodes."""
        with np.errstate(over="ignore", invalid="ignore"):
            self.node(self.definition)
        top, scale = self.definition.id, self.definition.scale
        if scale is not None:
            self.found[top] = _snapped(self.found[top], scale)
        return self

    def node(self, node: IndexDefinition | Node) -> None:
        if isinstance(node, Indicator):
            found = self.leaf(node)
        else:
            for child in node.children:
                self.node(child)
            found = self.branch(node)
        self.found[node.id] = _at_every_level(found, self.definition.rounding)

    def leaf(self, node: Indicator) -> Range:
        here = self.resolved[node.id]
        points = points_range(node, self.definition, self.questionnaire)
        normalisation = _with_goalposts(here.normalisation, turned(node, here.treatment, points))
        if self.gaps:
            rules = possible_rules(node, here, self.definition, self.questionnaire)
            points = _with_given(points, rules, here)
            if {"exclude", "propagate", "impute"} & {*rules}:
                self.open.add(node.id)
        assert normalisation is not None
        return normalisation.attainable(turned(node, here.treatment, points))

    def branch(self, node: IndexDefinition | Dimension) -> Range:
        here = self.resolved[node.id]
        counted = weighted_children(node)
        ranges = [self.found[child.id] for child in counted]
        unknown = here.weighting.learnt
        equal = [1.0 / len(counted)] * len(counted)
        weights = equal if unknown else factors(counted, here.aggregation)
        found = _aggregated(ranges, weights, here.aggregation)
        thinned = any(child.id in self.open for child in counted)
        if thinned:
            self.open.add(node.id)
        if thinned or unknown:
            # A weight that is still to be learnt may be the whole of it.
            shares = [1.0] * len(counted) if unknown else weights
            parts = [
                _aggregated([each], [share], here.aggregation)
                for each, share in zip(ranges, shares, strict=True)
            ]
            found = _of_any_part(found, parts, here.aggregation)
        self.unscaled[node.id] = found
        rescaling = _with_goalposts(node.rescaling, self.posts[node.id])
        return found if rescaling is None else rescaling.attainable(found)


def _with_given(points: Range, rules: list[MissingRule], here: Resolved) -> Range:
    """The range of points with those that missing answers are given."""
    given = [float(rule) for rule in rules if not isinstance(rule, str)]
    if "impute" in rules and here.imputation is not None:
        given += here.imputation.attainable(points)
    return min(points[0], *given, math.inf), max(points[1], *given, -math.inf)


def _with_goalposts(normalisation: Normalisation | None, points: Range) -> Normalisation | None:
    """The normalisation as it scores: a missing answer's points may lie beyond the attainable."""
    bounded = -math.inf < points[0] < points[1] < math.inf
    if bounded and isinstance(normalisation, Attainable):
        return normalisation.fit(np.empty(0), points)
    return normalisation


def _at_every_level(found: Range, rounding: Rounding) -> Range:
    """The range of values that are rounded, which may reach beyond that of the values."""
    if rounding.where != "every_level":
        return found
    low, high = rounded(np.array(found), rounding.decimals, rounding.rule).tolist()
    return low, high


def possible_rules(
    indicator: Indicator,
    resolved: Resolved,
    definition: IndexDefinition,
    questionnaire: Questionnaire,
) -> list[MissingRule]:
    """The missing rules that can come to be used; what is always asked is never "not asked"."""
    scoring = definition.scorings[indicator.scoring]
    items = [indicator.item, scoring.denominator if isinstance(scoring, Ratio) else None]
    unasked = isinstance(scoring, Ratio) and scoring.when_zero == Missing.NOT_ASKED.value
    unasked = unasked or any(questionnaire[item].condition is not None for item in items if item)
    return [
        rule
        for reason, rule in resolved.missing.items()
        if unasked or reason is not Missing.NOT_ASKED
    ]


def _aggregated(ranges: list[Range], weights: list[float], aggregation: Aggregation) -> Range:
    """The ends aggregated by the node's own method; an infinite end stays infinite.

    Ranges that the method cannot take have no aggregate: both ends are then NaN. An end that no
    float can hold becomes infinite.
    """
    if any(True for _ in aggregation.faults(ranges)):
        return math.nan, math.nan
    if isinstance(aggregation, RangedAggregation):
        return aggregation.attainable(ranges)
    if not aggregation.monotone:
        return -math.inf, math.inf
    ends = []
    for end, infinite in ((0, -math.inf), (1, math.inf)):
        values = np.array([[each[end] for each in ranges]], dtype=np.float64)
        found = infinite
        if not np.isinf(values).any():
            # Terms beyond all floats on both sides have no sum: the end is beyond them too.
            with suppress(MethodError):
                shares = np.array(weights, dtype=np.float64)
                found = float(aggregation.aggregate(values, shares)[0])
        if not aggregation.adds and math.isfinite(found):
            # Rounding takes the geometric mean of 100 alone a little above 100.
            found = min(max(found, float(values.min())), float(values.max()))
        ends.append(found)
    return ends[0], ends[1]


def _snapped(found: Range, scale: Scale) -> Range:
    """The range, with the ends of the scale where it misses them by rounding alone."""
    slack = ROUNDING * (scale.upper - scale.lower)
    low, high = found
    return (
        float(scale.lower) if abs(low - scale.lower) <= slack else low,
        float(scale.upper) if abs(high - scale.upper) <= slack else high,
    )


def _of_any_part(whole: Range, parts: list[Range], aggregation: Aggregation) -> Range:
    """The range that holds the aggregate of any parts that are left.

    A mean of some parts lies between their least and their greatest; a sum adds what is below
    zero, or above, in the worst and the best case.
    """
    if aggregation.adds:
        lows, highs = [min(low, 0.0) for low, _ in parts], [max(high, 0.0) for _, high in parts]
        return reduce(add, lows), reduce(add, highs)
    return min(whole[0], *(low for low, _ in parts)), max(whole[1], *(high for _, high in parts))
