"""What each node of a definition works by, once inheritance from the nodes above is applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TypeVar

import attrs
import numpy as np

from agencyindex._model.definition import (
    Dimension,
    IndexDefinition,
    Indicator,
    MissingRule,
    Node,
)
from agencyindex._model.response import Missing
from agencyindex.methods.protocols import (
    Aggregation,
    Imputation,
    Normalisation,
    Siblings,
    Treatment,
    Weighting,
)
from agencyindex.methods.weighting import EqualWeights, FixedWeights

Branching = TypeVar("Branching", IndexDefinition, Dimension)

LARGEST_WHOLE = 2**53
"""Up to here every whole number is a float."""


@attrs.frozen(kw_only=True)
class Resolved:
    """The methods and rules in force at one node.

    Parameters
    ----------
    imputation
        Of an indicator here or below; None where no node on the path names one.
    treatment
        The same; none where no node on the path names any.
    normalisation
        The same; None where no node on the path names one.
    weighting, aggregation, minimum_coverage
        Of the node's children.
    missing
        Rule for each reason that a node on the path names.
    """

    imputation: Imputation | None
    treatment: tuple[Treatment, ...]
    normalisation: Normalisation | None
    weighting: Weighting
    aggregation: Aggregation
    minimum_coverage: float
    missing: Mapping[Missing, MissingRule]

    @property
    def imputing(self) -> Imputation | None:
        """The imputation, where a rule for missing answers asks for one."""
        return self.imputation if "impute" in self.missing.values() else None


def resolve(definition: IndexDefinition) -> dict[str, Resolved]:
    """What is in force at every node, by node id; the root has the id of the definition."""
    root = Resolved(
        imputation=definition.imputation,
        treatment=definition.treatment or (),
        normalisation=definition.normalisation,
        weighting=definition.weighting,
        aggregation=definition.aggregation,
        minimum_coverage=definition.minimum_coverage,
        missing=definition.missing,
    )
    found = {definition.id: root}
    for child in definition.children:
        _resolve_below(child, root, found)
    return found


def _resolve_below(node: Node, above: Resolved, found: dict[str, Resolved]) -> None:
    here = attrs.evolve(
        above,
        imputation=node.imputation or above.imputation,
        treatment=above.treatment if node.treatment is None else node.treatment,
        normalisation=node.normalisation or above.normalisation,
        missing={**above.missing, **node.missing},
    )
    if isinstance(node, Dimension):
        if node.minimum_coverage is not None:
            here = attrs.evolve(here, minimum_coverage=node.minimum_coverage)
        here = attrs.evolve(
            here,
            weighting=node.weighting or above.weighting,
            aggregation=node.aggregation or above.aggregation,
        )
        for child in node.children:
            _resolve_below(child, here, found)
    found[node.id] = here


def nominal_weight(child: Node) -> float:
    """The weight of a child among its siblings: as stated, or 1 where weights are equal."""
    return 1.0 if child.weight is None else float(child.weight)


def settled(definition: IndexDefinition) -> IndexDefinition:
    """The definition with weights by name written on the children that they are of."""
    resolved = resolve(definition)

    def rewritten(node: Branching) -> Branching:
        children = [
            child if isinstance(child, Indicator) else rewritten(child) for child in node.children
        ]
        weighting = resolved[node.id].weighting
        if weighting.learnt or weighting.states or isinstance(weighting, EqualWeights):
            return attrs.evolve(node, children=children)
        names = [child.id for child in children]
        found = weighting.weights(np.empty((0, len(names))), Siblings(names=names))
        return with_weights(attrs.evolve(node, children=children), found.tolist())

    return rewritten(definition)


def with_weights(node: Branching, weights: Sequence[float]) -> Branching:
    """A node whose children state these weights."""
    children = [
        attrs.evolve(child, weight=weight)
        for child, weight in zip(node.children, weights, strict=True)
    ]
    return attrs.evolve(node, children=children, weighting=FixedWeights())


def weighted_children(node: IndexDefinition | Dimension) -> list[Node]:
    """The children that count, those with a weight above zero, in the order of their ids.

    The order is canonical, so that the order of a document changes no sum.
    """
    counted = (child for child in node.children if nominal_weight(child) > 0)
    return sorted(counted, key=lambda child: child.id)


def whole_weights(children: Sequence[Node]) -> list[float]:
    """Weights of siblings in proportion: as whole numbers, where they are decimals of few digits.

    Sums of whole numbers are exact, so that what answers the weights 0.2 and 0.7 of 0.1, 0.2 and
    0.7 covers 0.9 of them, which 0.2 + 0.7 in floating point does not.
    """
    stated = [Fraction(repr(nominal_weight(child))) for child in children]
    multiple = lcm(*(weight.denominator for weight in stated))
    whole = [int(weight * multiple) for weight in stated]
    divisor = gcd(*whole)
    if sum(whole) // divisor > LARGEST_WHOLE:
        return [nominal_weight(child) for child in children]
    return [float(weight // divisor) for weight in whole]


def factors(children: Sequence[Node], aggregation: Aggregation) -> list[float]:
    """What the terms of siblings are multiplied by: in a sum the stated weights themselves."""
    if aggregation.adds:
        return [nominal_weight(child) for child in children]
    return whole_weights(children)


@attrs.frozen
class AttributesUsed:
    """Names of the register's attributes that a definition reads as numbers and as groups."""

    numbers: set[str]
    groups: set[str]


def attributes_used(definition: IndexDefinition) -> AttributesUsed:
    """The register's attributes that a definition uses, to score or to learn."""
    resolved = resolve(definition)
    numbers: set[str] = set()
    groups: set[str] = set()
    for leaf in indicators(definition):
        # Where it is unknown there is a finding already.
        scoring = definition.scorings.get(leaf.scoring)
        numbers |= {leaf.attribute, getattr(scoring, "attribute", None) or ""}
        groups.add(getattr(resolved[leaf.id].imputing, "group", None) or "")
    numbers |= {getattr(here.weighting, "outcome", None) or "" for here in resolved.values()}
    return AttributesUsed(numbers - {""}, groups - {""})


def indicators(node: IndexDefinition | Node) -> list[Indicator]:
    """The indicators at or below a node, in document order."""
    if isinstance(node, Indicator):
        return [node]
    return [leaf for child in node.children for leaf in indicators(child)]


def inner(node: IndexDefinition | Dimension) -> Iterator[IndexDefinition | Dimension]:
    """A node and the dimensions below it, in document order."""
    yield node
    for child in node.children:
        if isinstance(child, Dimension):
            yield from inner(child)
