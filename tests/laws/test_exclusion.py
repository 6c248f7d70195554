"""Law: excluding a missing answer is scoring a definition without that leaf."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import nearly
from tests.rewriting import leaves, rewritten, unrounded, without, without_minimum
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex import Indicator, Missing


@law
@given(cases(), st.randoms(use_true_random=False))
def test_an_excluded_answer_is_a_leaf_less(case: Case, random: st.Random) -> None:
    """Where any coverage is enough, the other nodes have the same values without the leaf."""

    def change(node: Any) -> Any:
        if isinstance(node, Indicator) and random.random() < 0.7:
            return attrs.evolve(node, missing=dict.fromkeys(Missing, "exclude"))
        return node

    definition = rewritten(unrounded(without_minimum(case.fitted.definition)), change)
    scores = ai.score(ai.freeze(definition, case.questionnaire), case.responses)
    for row, agency in enumerate(case.responses.agencies):
        excluded = {
            leaf.id
            for leaf in leaves(definition)
            if scores.get(agency, definition.id, leaf.id).status == "excluded"
        }
        fewer = without(definition, excluded)
        if excluded and fewer is not None:
            alone = case.responses.take([row])
            less = ai.score(ai.freeze(fewer, case.questionnaire), alone)
            assert nearly(less, scores, fewer, alone, rows=[row])


@law
@given(cases())
def test_nothing_left_is_nothing(case: Case) -> None:
    """Where every answer that counts is excluded, there is no score."""
    definition = without_minimum(case.fitted.definition)
    scores = ai.score(ai.freeze(definition, case.questionnaire), case.responses)
    for agency in case.responses.agencies:
        cells = {node.id: scores.get(agency, definition.id, node.id) for node in scores.nodes}
        there = {leaf.id for leaf in leaves(definition) if cells[leaf.id].value is not None}
        left = without(definition, {leaf.id for leaf in leaves(definition)} - there)
        assert left is not None or cells[definition.id].value is None
