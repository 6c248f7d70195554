"""Law: the frozen form at x equals the formula of the population, a + (b - a)(x - min)/(max - min)."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.exact import agree
from tests.reference import Reference
from tests.rewriting import leaves, rewritten, unrounded
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex import Indicator, Missing
from agencyindex.methods.aggregation import ArithmeticMean
from agencyindex.methods.normalisation import MinMax

ENDS = st.sampled_from([(0, 100), (100, 0), (-1, 1), (0.5, 2.5)])


@law
@given(cases(answered={"min_size": 2}), ENDS, st.booleans())
def test_learnt_steps_equal_the_formula(case: Case, to: tuple[float, float], clip: bool) -> None:
    """With every indicator by min-max, and the mean for what is missing, values are the formula's."""
    learning = MinMax(to=to, clip=clip, when_constant=to[0])
    rules = dict.fromkeys(Missing, "mean")

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            return attrs.evolve(node, normalisation=learning, missing=rules)
        return attrs.evolve(node, aggregation=ArithmeticMean())

    definition = attrs.evolve(unrounded(rewritten(case.definition, change)), scale=None)
    reference = Reference(definition, case.questionnaire, case.responses)
    scores = ai.score(fitted(definition, case.responses), case.responses)
    for response in case.responses:
        expected = reference.score(response)
        for leaf in leaves(definition):
            found = scores.get(response.agency, definition.id, leaf.id)
            assert agree(expected[leaf.id].number, found.value)


@law
@given(cases())
def test_the_frozen_document_scores_as_the_fitted_index(case: Case) -> None:
    """Written out, read again and frozen without a population, it gives the same bits."""
    written = ai.load(ai.document(case.fitted), ai.IndexDefinition)
    frozen = ai.freeze(written, case.questionnaire)
    assert same_bits(ai.score(frozen, case.responses), ai.score(case.fitted, case.responses))
