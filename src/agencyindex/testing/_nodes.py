"""The nodes of an index: each takes what is in force above it, or states its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from math import isfinite
from typing import Any

from hypothesis import strategies as st

import agencyindex as ai
from agencyindex.testing._plain import REASONS, Document, maybe, numbers, texts, two_different
from agencyindex.testing._scorings import scorings

Range = tuple[float, float]

SPANS: tuple[Range, ...] = ((0.0, 100.0), (0.0, 1.0), (1.0, 10.0), (10.0, 60.0))
"""Ranges that the values of a mean may be kept in; a geometric mean needs one."""

LETTERS = st.sampled_from("abyzAZ")
TITLES = maybe({"title": texts("A node"), "source": texts("A source")})
WEIGHTS = (0, 0.1, 0.2, 0.25, 0.3, 0.5, 0.7, 1, 2, 3, 7)


@dataclass(frozen=True)
class Family:
    """What holds for a whole index."""

    declared: bool
    monotone: bool


@dataclass
class Shared:
    """What all nodes of an index refer to, and have added so far."""

    questionnaire: ai.Questionnaire
    family: Family
    scorings: dict[str, Document] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)

    def name_of(self, scoring: Document) -> str:
        """The name of a scoring, an old one where an indicator uses the same already."""
        for name, known in self.scorings.items():
            if known == scoring:
                return name
        name = f"scoring_{len(self.scorings) + 1}"
        self.scorings[name] = scoring
        return name


@dataclass(frozen=True)
class Above:
    """What is in force above a node.

    Parameters
    ----------
    span
        The range that values must keep to; None for any.
    fixed
        Whether the weighting asks for weights.
    normalisation
        The one that may be taken over; None where there is none that keeps to the span.
    imputation
        The one in force; None where there is none.
    missing
        Rule for each reason.
    """

    span: Range | None
    fixed: bool
    normalisation: Document | None
    imputation: Document | None
    missing: Document


@cache
def aggregations(span: Range | None) -> st.SearchStrategy[Document]:
    """Aggregations that keep to a span."""
    choices: list[Document] = [{"method": "arithmetic"}] * 3
    choices += [{"method": name} for name in ("minimum", "maximum", "median")]
    if span is None:
        choices += [{"method": "sum"}] * 3
    else:
        choices.append({"method": "geometric", "zero": "zero"})
        choices.append({"method": "harmonic", "zero": "zero"})
        if span[0] > 0:
            choices += [{"method": "geometric", "zero": "error"}] * 4
    return st.sampled_from(choices)


@cache
def rules(*, declared: bool) -> st.SearchStrategy[Any]:
    """What a missing answer may count as."""
    words = ["exclude", "exclude", "worst", "best", "impute", "propagate"]
    return st.sampled_from(words if declared else [*words, "mean"]) | numbers(-5, 10)


@cache
def imputations(*, declared: bool) -> st.SearchStrategy[Document]:
    """What fills a gap where a rule says so."""
    stated = _step("constant", value=numbers(-5, 10))[1]
    learnt = [_step(name)[1] for name in ("mean", "median", "worst_observed")]
    return stated if declared else st.one_of(stated, *learnt)


@cache
def _clips() -> st.SearchStrategy[Document]:
    return two_different(rising=True).map(
        lambda ends: {"method": "clip", "lower": ends[0], "upper": ends[1]}
    )


@cache
def rescalings(family: Family, span: Range | None) -> st.SearchStrategy[Document]:
    """What a node's own value may be normalised by, so that it keeps to a span."""
    posts = two_different(rising=family.monotone)
    ends = _ends(span, rising=family.monotone)
    return _step("goalposts", goalposts=posts, to=ends, clip=st.just(value=True))[1]


@cache
def _some_rules(*, declared: bool) -> st.SearchStrategy[Document]:
    return maybe(dict.fromkeys(REASONS, rules(declared=declared)))


@cache
def normalisations(
    family: Family, span: Range | None, unfit: tuple[str, ...] = ()
) -> st.SearchStrategy[Document]:
    """Normalisations that keep to a span, but for methods that do not fit the points."""
    ends = _ends(span, rising=family.monotone)
    common: dict[str, st.SearchStrategy[Any]] = {
        "to": ends,
        "clip": st.booleans() if span is None else st.sampled_from([True]),
    }
    posts = two_different(rising=family.monotone)
    constants = numbers() if span is None else st.sampled_from(span)
    choices = [
        _step("none"),
        _step("attainable", to=ends),
        _step("goalposts", goalposts=posts, **common),
        _step("constant", value=constants),
    ]
    choices = [each for each in choices if each[0] not in unfit]
    if not family.declared:
        choices.append(_step("minmax", when_constant=constants, **common))
        choices.append(_step("minmax", **common))
    return st.one_of([strategy for _, strategy in choices])


def _step(method: str, **keys: st.SearchStrategy[Any]) -> tuple[str, st.SearchStrategy[Document]]:
    return method, st.fixed_dictionaries({"method": st.just(method), **keys})


@cache
def _ends(span: Range | None, *, rising: bool) -> st.SearchStrategy[list[float]]:
    if span is None:
        return two_different(rising=rising)
    marks = (span[0], (span[0] + span[1]) / 2, span[1])
    pairs = [[a, b] for a in marks for b in marks if a < b or (a > b and not rising)]
    return st.sampled_from(pairs)


def _unfit(points: Range, span: Range | None) -> tuple[str, ...]:
    """Methods that cannot take the points, or not within the span."""
    finite = isfinite(points[0]) and isfinite(points[1])
    within = span is None or span[0] <= points[0] <= points[1] <= span[1]
    unfit = () if finite and points[0] < points[1] else ("attainable",)
    return unfit if within else (*unfit, "none")


def children(draw: st.DrawFn, shared: Shared, above: Above, *, depth: int) -> list[Document]:
    """The children of a node, with weights where the weighting asks for them."""
    nodes = []
    for _ in range(draw(st.integers(1, 4))):
        inner = depth > 1 and draw(st.integers(0, 2)) == 0
        nodes.append(
            _dimension(draw, shared, above, depth) if inner else _indicator(draw, shared, above)
        )
    if above.fixed:
        for node in nodes:
            node["weight"] = draw(st.sampled_from(WEIGHTS))
        if not any(node["weight"] for node in nodes):
            nodes[-1]["weight"] = 1
    return nodes


def _head(draw: st.DrawFn, shared: Shared) -> Document:
    """Id, whose alphabetical order is not the order of the document, and texts."""
    return {"id": f"{draw(LETTERS)}{next(shared.numbers)}", **draw(TITLES)}


@cache
def _dimension_keys(family: Family, span: Range | None) -> st.SearchStrategy[Document]:
    """What a dimension may state of its own."""
    return maybe(
        {
            "weighting": _step("equal")[1] | _step("fixed")[1],
            "aggregation": aggregations(span),
            "imputation": imputations(declared=family.declared),
            "normalisation": normalisations(family, span),
            "rescaling": rescalings(family, span),
            "missing": _some_rules(declared=family.declared),
            "minimum_coverage": st.sampled_from([0, 0.2, 0.5, 0.8, 1]),
        }
    )


def _dimension(draw: st.DrawFn, shared: Shared, above: Above, depth: int) -> Document:
    node = _head(draw, shared)
    if above.span is None and draw(st.booleans()):
        above = replace(above, span=draw(st.sampled_from(SPANS)), normalisation=None)
        node["aggregation"] = draw(aggregations(above.span))
    node |= draw(_dimension_keys(shared.family, above.span))
    below = replace(
        above,
        fixed=node["weighting"]["method"] == "fixed" if "weighting" in node else above.fixed,
        normalisation=node.get("normalisation", above.normalisation),
        imputation=node.get("imputation", above.imputation),
        missing={**above.missing, **node.get("missing", {})},
    )
    node["children"] = children(draw, shared, below, depth=depth - 1)
    return node


def _indicator(draw: st.DrawFn, shared: Shared, above: Above) -> Document:
    node = _head(draw, shared)
    item = draw(st.sampled_from(list(shared.questionnaire)))
    scoring, low, high = draw(scorings(shared.questionnaire, item))
    node |= {"item": item.id, "scoring": shared.name_of(scoring)}
    if draw(st.integers(0, 3)) == 0:
        clip = draw(_clips())
        node["treatment"] = [clip]
        low, high = (min(max(end, clip["lower"]), clip["upper"]) for end in (low, high))
    if draw(st.integers(0, 3)) == 0:
        node["direction"] = -1
        low, high = -high, -low
    unfit = _unfit((low, high), above.span)
    normalisation = above.normalisation
    if normalisation is None or normalisation["method"] in unfit or draw(st.booleans()):
        normalisation = draw(normalisations(shared.family, above.span, unfit))
        node["normalisation"] = normalisation
    own = draw(_some_rules(declared=shared.family.declared)) if draw(st.booleans()) else {}
    leaf = _Leaf((low, high), node.get("direction", 1), normalisation, above)
    for reason, rule in {**above.missing, **own}.items():
        if not leaf.admits(rule):
            own[reason] = draw(st.sampled_from(leaf.safe_rules()))
    if own:
        node["missing"] = own
    return node


@dataclass(frozen=True)
class _Leaf:
    """What decides which missing rules an indicator can have."""

    points: Range
    direction: int
    normalisation: Document
    above: Above

    def admits(self, rule: str | float) -> bool:
        """Whether the rule gives a value, and one that keeps to the span."""
        method, clip = self.normalisation["method"], bool(self.normalisation.get("clip"))
        finite = isfinite(self.points[0]) and isfinite(self.points[1])
        if rule in ("worst", "best"):
            return method in ("constant", "attainable") or clip or (finite and method != "minmax")
        if rule == "impute":
            imputation = self.above.imputation
            return imputation is not None and self.admits(imputation.get("value", "mean"))
        if isinstance(rule, str) or self.above.span is None or clip or method == "constant":
            return True
        return self.points[0] <= self.direction * rule <= self.points[1]

    def safe_rules(self) -> list[str | float]:
        """Rules that every indicator of this kind admits."""
        ends = [self.direction * end for end in self.points if isfinite(end)]
        return ["exclude", "propagate", *ends]
