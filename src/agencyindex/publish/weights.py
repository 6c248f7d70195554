"""Nominal and effective weights of every node, as exact shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from agencyindex._documents.resolve import Resolved, nominal_weight, resolve, settled
from agencyindex._model.definition import Dimension, IndexDefinition, Node


@attrs.frozen
class Share:
    """How much a node weighs.

    Parameters
    ----------
    node
        The node.
    depth
        How far below the index: 1 for its children.
    own
        Its share among its siblings; None where that is still to be learnt.
    effective
        Its share of the index: the product of the shares down to it; None where one is to be
        learnt.
    """

    node: Node
    depth: int
    own: Fraction | None
    effective: Fraction | None


def shares(definition: IndexDefinition) -> dict[str, Share]:
    """The shares of all nodes below the index, parents first, by node id.

    Examples
    --------
    >>> from agencyindex import catalogue
    >>> found = shares(catalogue.index("technology"))
    >>> found["automation"].own, found["robotic_automation"].effective
    (Fraction(2, 9), Fraction(1, 18))
    """
    whole = settled(definition)
    found = _below(whole, Fraction(1), 1, resolve(whole))
    return {share.node.id: share for share in found}


def _below(
    node: IndexDefinition | Dimension,
    whole: Fraction | None,
    depth: int,
    resolved: Mapping[str, Resolved],
) -> Iterator[Share]:
    learnt = resolved[node.id].weighting.learnt
    weights = [Fraction(repr(nominal_weight(child))) for child in node.children]
    total = sum(weights)
    for child, weight in zip(node.children, weights, strict=True):
        own = None if learnt else weight / total
        effective = None if own is None or whole is None else whole * own
        yield Share(child, depth, own, effective)
        if isinstance(child, Dimension):
            yield from _below(child, effective, depth + 1, resolved)
