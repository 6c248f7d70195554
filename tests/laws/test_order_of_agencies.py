"""Law: score(D, pi(P)) = pi(score(D, P)) for every order pi of the agencies, to the bit."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.rewriting import rewritten
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex import Indicator, Missing
from agencyindex.methods.aggregation import ArithmeticMean
from agencyindex.methods.choices import OptionPoints
from agencyindex.methods.normalisation import MinMax


@law
@given(cases(answered={"min_size": 2}), st.randoms(use_true_random=False))
def test_the_order_of_agencies_changes_not_one_bit(case: Case, random: st.Random) -> None:
    """Another order of the same agencies is fitted, scored and ranked the same."""
    order = list(range(len(case.responses)))
    random.shuffle(order)
    shuffled = case.responses.take(order)
    again = ai.fit(case.definition, shuffled)
    assert again.definition == case.fitted.definition
    scores, expected = ai.score(again, shuffled), ai.score(case.fitted, case.responses)
    assert scores.agencies == tuple(expected.agencies[row] for row in order)
    assert same_bits(scores, expected, rows=order)
    assert same_bits(scores, expected, rows=order, figures=["published", "ranks"])
    assert scores.fingerprints == expected.fingerprints


@law
@given(
    cases(asked={"types": ["number", "single_choice"]}, answered={"min_size": 5, "max_size": 8}),
    st.randoms(use_true_random=False),
)
def test_what_is_learnt_is_the_same_to_the_bit(case: Case, random: st.Random) -> None:
    """Means and ranges of all indicators, of points that floating point cannot take exactly."""
    awkward = {
        name: OptionPoints(points={value: random.random() for value in scoring.table}, default=0.1)
        if isinstance(scoring, OptionPoints)
        else scoring
        for name, scoring in case.definition.scorings.items()
    }
    learning = MinMax(to=(0, 1), clip=True, when_constant=0)

    def change(node: Any) -> Any:
        if isinstance(node, Indicator):
            rules = dict.fromkeys(Missing, "mean")
            return attrs.evolve(node, normalisation=learning, missing=rules)
        return attrs.evolve(node, aggregation=ArithmeticMean())

    definition = attrs.evolve(rewritten(case.definition, change), scorings=awkward, scale=None)
    order = random.sample(range(len(case.responses)), len(case.responses))
    one, other = (fitted(definition, each) for each in (case.responses, case.responses.take(order)))
    assert one.definition == other.definition
