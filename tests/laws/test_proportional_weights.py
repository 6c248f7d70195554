"""Law: score(D with weights k w) = score(D with weights w) for every k > 0, if no node is a sum."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import nearly, same_bits
from tests.rewriting import rewritten, unrounded, with_stated_weights
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex import Indicator

POWERS = st.integers(-3, 3).map(lambda power: 2.0**power)
FACTORS = st.sampled_from([0.1, 0.3, 3.0, 7.0, 10.0, 100.0])


def _scaled(definition: ai.IndexDefinition, factors: Any) -> ai.IndexDefinition:
    """The definition with the weights below each node multiplied by a factor of its own."""

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            return node
        by = factors()
        weighed = [attrs.evolve(child, weight=child.weight * by) for child in node.children]
        return attrs.evolve(node, children=weighed)

    return rewritten(with_stated_weights(definition), change)


@law
@given(cases(scaled=True), st.data())
def test_powers_of_two_change_not_one_bit(case: Case, data: st.DataObject) -> None:
    """A factor that floating point takes exactly leaves every bit of every figure."""
    definition = _scaled(case.definition, lambda: data.draw(POWERS))
    scores = ai.score(fitted(definition, case.responses), case.responses)
    assert same_bits(scores, ai.score(case.fitted, case.responses))


@law
@given(cases(scaled=True), st.data())
def test_weights_count_only_in_proportion(case: Case, data: st.DataObject) -> None:
    """Any other factor leaves what is missing as it was, and values to 1e-14 of their size."""
    plain = unrounded(case.definition)
    definition = _scaled(plain, lambda: data.draw(FACTORS))
    one, other = (
        ai.score(fitted(each, case.responses), case.responses) for each in (plain, definition)
    )
    assert same_bits(one, other, figures=["statuses", "causes"])
    np.testing.assert_allclose(one.coverage, other.coverage, rtol=0, atol=1e-14)
    np.testing.assert_allclose(one.answered, other.answered, rtol=0, atol=1e-14)
    assert nearly(one, other, plain, case.responses)
