"""Law: an answer worth more points to every indicator that sees it gives no node a lower value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import attrs
from hypothesis import given
from tests.reference import Reference
from tests.rewriting import leaves
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex import Missing, Response

CHOICES = {"types": ("single_choice", "multiple_choice", "yes_no"), "routing": False}
NUMBERS = {"types": ("number",), "routing": False}
FEW = {"min_size": 2, "max_size": 4}


@law
@given(cases(monotone=True, asked=CHOICES, answered=FEW))
def test_better_choices_never_lower_a_score(case: Case) -> None:
    """Every choice of one agency is put in the place of another's, where it is worth more."""
    _check(case)


@law
@given(cases(monotone=True, asked=NUMBERS, answered=FEW))
def test_better_numbers_never_lower_a_score(case: Case) -> None:
    """So is every number, which may be worth more as a number, in a band or in a ratio."""
    _check(case)


def _check(case: Case) -> None:
    for worse, better in _improved(case):
        before, after = (ai.score(case.fitted, response) for response in (worse, better))
        assert before.coverage.tobytes() == after.coverage.tobytes()
        fell = (after.values < before.values)[0]
        assert not fell.any(), before.nodes[int(fell.argmax())]


def _improved(case: Case) -> Iterator[tuple[Response, Response]]:
    """Pairs of responses that differ in one answer, the second one worth no less anywhere."""
    for one, other in permutations(case.responses, 2):
        for item in case.questionnaire:
            changed = attrs.evolve(one, answers={**one.answers, item.id: other.answers[item.id]})
            if all(gain is not None and gain >= 0 for gain in _gains(case, one, changed)):
                yield one, changed


def _gains(case: Case, one: Response, other: Response) -> Iterator[float | None]:
    """Points that each indicator gains; None where there are none to compare."""
    reference = Reference(case.definition, case.questionnaire)
    for leaf in leaves(case.definition):
        answers = [reference.answer(leaf, response) for response in (one, other)]
        if answers[0] != answers[1]:
            if any(isinstance(answer, Missing) for answer in answers):
                yield None
            else:
                points = (reference.points(leaf, answer) for answer in answers)
                low, high = (reference.turned(leaf, each).value for each in points)
                yield high - low
