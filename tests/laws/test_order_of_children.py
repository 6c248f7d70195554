"""Law: the order of a definition's children changes no figure; sums run by id, so not one bit."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.rewriting import rewritten, with_awkward_weights
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex import Indicator


@law
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_children_changes_not_one_bit(case: Case, random: st.Random) -> None:
    """With the children of every node and the scorings shuffled, every node has its figures."""

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        return attrs.evolve(node, children=random.sample(node.children, len(node.children)))

    definition = with_awkward_weights(case.definition, random)
    shuffled = rewritten(definition, change)
    names = random.sample(list(shuffled.scorings), len(shuffled.scorings))
    shuffled = attrs.evolve(shuffled, scorings={name: shuffled.scorings[name] for name in names})
    one, other = (
        ai.score(fitted(each, case.responses), case.responses) for each in (definition, shuffled)
    )
    assert same_bits(one, other)
