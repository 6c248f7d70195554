"""Law: fit(fit(D, P), Q) = fit(D, P) for every definition D and populations P and Q."""

from __future__ import annotations

from hypothesis import given
from tests.bits import same_bits
from tests.strategies import Case, cases, law

import agencyindex as ai


@law
@given(cases(answered={"min_size": 2}))
def test_fitting_twice_changes_nothing(case: Case) -> None:
    """What was learnt stays, whoever is the population of a second fit."""
    for population in (case.responses, case.responses.take([0]), case.responses.take([])):
        again = ai.fit(case.fitted.definition, population)
        assert again.definition == case.fitted.definition
        assert ai.fingerprint(again) == ai.fingerprint(case.fitted)
        assert same_bits(ai.score(again, case.responses), ai.score(case.fitted, case.responses))


@law
@given(cases(declared=True))
def test_fitting_what_is_declared_changes_nothing(case: Case) -> None:
    """A definition in which nothing is to be learnt is its own fit, and needs no population."""
    assert case.fitted.definition == case.definition
    frozen = ai.freeze(case.definition, case.questionnaire)
    assert same_bits(ai.score(frozen, case.responses), ai.score(case.fitted, case.responses))
