"""Definitions changed for the laws: node by node, and kept valid."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from random import Random
from typing import Any

import attrs

from agencyindex import IndexDefinition, Indicator
from agencyindex._model.definition import Rounding
from agencyindex.methods.weighting import EqualWeights, FixedWeights


def rewritten(node: Any, change: Callable[[Any], Any]) -> Any:
    """A node with everything below it changed, and then itself."""
    if not isinstance(node, Indicator):
        node = attrs.evolve(node, children=[rewritten(child, change) for child in node.children])
    return change(node)


def leaves(node: Any) -> Iterator[Indicator]:
    """The indicators at or below a node."""
    if isinstance(node, Indicator):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)


def unrounded(definition: IndexDefinition) -> IndexDefinition:
    """The definition without rounding, which would turn a last bit into a whole step."""
    return attrs.evolve(definition, rounding=Rounding(where="nowhere"))


def without_minimum(definition: IndexDefinition) -> IndexDefinition:
    """The definition in which any coverage is enough."""

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        return attrs.evolve(node, minimum_coverage=0)

    return rewritten(definition, change)


def without(definition: IndexDefinition, dropped: Container[str]) -> IndexDefinition | None:
    """The definition without some indicators, and without nodes in which nothing else counts."""

    def below(node: Any) -> list[Any]:
        kept = []
        for child in node.children:
            if isinstance(child, Indicator):
                kept += [] if child.id in dropped else [child]
            elif children := below(child):
                kept.append(attrs.evolve(child, children=children))
        return kept if any(child.weight != 0 for child in kept) else []

    children = below(definition)
    if not children:
        return None
    return tidied(attrs.evolve(definition, children=children))


def tidied(definition: IndexDefinition) -> IndexDefinition:
    """The definition without scorings that no indicator uses."""
    used = {leaf.scoring for leaf in leaves(definition)}
    scorings = {name: each for name, each in definition.scorings.items() if name in used}
    return attrs.evolve(definition, scorings=scorings)


def with_stated_weights(definition: IndexDefinition) -> IndexDefinition:
    """The definition in which equal weights are stated as 1 each."""

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        if isinstance(node.weighting, EqualWeights):
            node = attrs.evolve(node, weighting=FixedWeights())
        children = [
            child if child.weight is not None else attrs.evolve(child, weight=1.0)
            for child in node.children
        ]
        return attrs.evolve(node, children=children)

    return rewritten(definition, change)


def with_awkward_weights(definition: IndexDefinition, random: Random) -> IndexDefinition:
    """The definition with weights of so many digits that each sum of terms is rounded."""

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        children = [attrs.evolve(child, weight=0.1 + random.random()) for child in node.children]
        return attrs.evolve(node, children=children)

    return rewritten(with_stated_weights(definition), change)
