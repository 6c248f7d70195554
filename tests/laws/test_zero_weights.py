"""Law: score(D + a node of weight 0) = score(D) at every node of D, to the bit."""

from __future__ import annotations

from itertools import count
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.rewriting import rewritten, tidied, with_stated_weights
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex import Indicator


@law
@given(cases(), st.randoms(use_true_random=False))
def test_a_leaf_of_weight_zero_changes_nothing(case: Case, random: st.Random) -> None:
    """Twins of indicators that weigh nothing, anywhere among the children, leave every bit."""
    numbers = count()

    def change(node: Any) -> Any:
        twins = [child for child in getattr(node, "children", ()) if isinstance(child, Indicator)]
        if not twins:
            return node
        name = f"{random.choice('AMmz')}twin{next(numbers)}"
        twin = attrs.evolve(random.choice(twins), id=name, weight=0)
        children = list(node.children)
        children.insert(random.randint(0, len(children)), twin)
        return attrs.evolve(node, children=children)

    definition = rewritten(with_stated_weights(case.definition), change)
    more = ai.score(fitted(definition, case.responses), case.responses)
    assert len(more.nodes) > len(case.definition.children) + 1
    assert same_bits(ai.score(case.fitted, case.responses), more)


@law
@given(cases(), st.randoms(use_true_random=False))
def test_taking_out_what_weighs_nothing_changes_nothing(case: Case, random: st.Random) -> None:
    """Without the nodes of weight zero, whole dimensions among them, the others are the same."""

    def unweighed(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        kept = random.choice([child for child in node.children if child.weight > 0])
        children = [
            child if child is kept or random.random() < 0.6 else attrs.evolve(child, weight=0)
            for child in node.children
        ]
        return attrs.evolve(node, children=children)

    def taken_out(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        return attrs.evolve(node, children=[each for each in node.children if each.weight > 0])

    whole = rewritten(with_stated_weights(case.definition), unweighed)
    part = tidied(rewritten(whole, taken_out))
    scores = ai.score(fitted(whole, case.responses), case.responses)
    assert same_bits(ai.score(fitted(part, case.responses), case.responses), scores)
