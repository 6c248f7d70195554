"""Nominal and effective weights of every node, exactly as they are used."""

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
        What its value is weighed by: its share among its siblings or, in a sum, the weight itself;
        None where that is still to be learnt.
    effective
        The product of these down to it; None where one is to be learnt.
    term
        Whether it is a term of a sum, so that its weight is no share.
    whole
        Whether no node above it is a sum, so that its effective weight is its share of the index.
    """

    node: IndexDefinition | Node
    depth: int
    own: Fraction | None
    effective: Fraction | None
    term: bool
    whole: bool


def shares(definition: IndexDefinition) -> dict[str, Share]:
    """The weights of all nodes below the index, parents first, by node id.

    Examples
    --------
    >>> from agencyindex import catalogue
    >>> found = shares(catalogue.index("technology"))
    >>> found["automation"].own, found["robotic_automation"].effective
    (Fraction(2, 9), Fraction(1, 18))
    """
    whole = settled(definition)
    root = Share(whole, 0, own=None, effective=Fraction(1), term=False, whole=True)
    return {share.node.id: share for share in _below(whole, root, resolve(whole))}


def _below(
    node: IndexDefinition | Dimension, above: Share, resolved: Mapping[str, Resolved]
) -> Iterator[Share]:
    here = resolved[node.id]
    term, whole = here.aggregation.adds, above.whole and not here.aggregation.adds
    weights = [Fraction(repr(nominal_weight(child))) for child in node.children]
    divisor = 1 if term else sum(weights)
    for child, weight in zip(node.children, weights, strict=True):
        own = None if here.weighting.learnt else weight / divisor
        effective = None if own is None or above.effective is None else above.effective * own
        share = Share(child, above.depth + 1, own, effective, term, whole)
        yield share
        if isinstance(child, Dimension):
            yield from _below(child, share, resolved)
