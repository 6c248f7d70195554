"""The core agrees with a scorer in exact fractions that shares nothing with it but the nouns."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import Reference, disagreements
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex._model.definition import Rounding


@law
@given(cases())
def test_every_figure_is_that_of_the_reference(case: Case) -> None:
    """Values to 1e-12, shares, statuses and causes of every node, learnt steps included."""
    reference = Reference(case.definition, case.questionnaire, case.responses)
    scores = ai.score(case.fitted, case.responses)
    assert disagreements(reference, scores, case.responses) == []


@law
@given(cases(declared=True))
def test_nothing_that_is_declared_needs_a_population(case: Case) -> None:
    """A frozen index gives the reference's figures, which has learnt from nobody."""
    frozen = ai.freeze(case.definition, case.questionnaire)
    scores = ai.score(frozen, case.responses)
    reference = Reference(case.definition, case.questionnaire)
    assert disagreements(reference, scores, case.responses) == []


@law
@given(cases(asked={"types": ["number"], "min_items": 2}))
def test_numbers_and_ratios_are_those_of_the_reference(case: Case) -> None:
    """So it is where all items are numbers, missing and zero denominators among them."""
    reference = Reference(case.definition, case.questionnaire, case.responses)
    scores = ai.score(case.fitted, case.responses)
    assert disagreements(reference, scores, case.responses) == []


@law
@given(cases(), st.integers(0, 1), st.sampled_from(["half_up", "half_even", "binary"]))
def test_rounding_is_that_of_the_reference(case: Case, decimals: int, rule: Any) -> None:
    """So it is where every level is rounded so coarsely that there are many ties."""
    rounding = Rounding(where="every_level", decimals=decimals, rule=rule)
    definition = attrs.evolve(case.definition, rounding=rounding)
    reference = Reference(definition, case.questionnaire, case.responses)
    scores = ai.score(fitted(definition, case.responses), case.responses)
    assert disagreements(reference, scores, case.responses) == []
