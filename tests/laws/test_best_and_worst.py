"""Law: if every answer is the best there is, the score is the upper end; if the worst, the lower."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from tests.reference import Reference
from tests.rewriting import leaves, unrounded, without
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex import Indicator, Item, Response

CHOICES = {"types": ("single_choice", "multiple_choice", "yes_no"), "routing": False}


@law
@given(cases(monotone=True, declared=True, asked=CHOICES))
def test_best_and_worst_choices_give_the_ends(case: Case) -> None:
    """The best options of every item give the highest score that there is, the worst the lowest."""
    _check_ends(case)


@law
@given(cases(monotone=True, declared=True, asked={"types": ["number"], "routing": False}))
def test_best_and_worst_numbers_give_the_ends(case: Case) -> None:
    """So do the best and the worst numbers that an item takes, ratios aside, which have no best."""
    _check_ends(case)


def _check_ends(case: Case) -> None:
    for end in (0, 1):
        answers, reached = _extreme_answers(case, end)
        others = {leaf.id for leaf in leaves(case.definition)} - reached
        definition = without(unrounded(case.definition), others)
        assume(definition is not None)
        scores = ai.score(ai.freeze(definition, case.questionnaire), Response("a", answers))
        for value, node in zip(scores.values[0], scores.nodes, strict=True):
            wanted = (node.lower, node.upper)[end]
            assert value == pytest.approx(wanted, rel=1e-14, abs=1e-13), node.id


def _extreme_answers(case: Case, end: int) -> tuple[dict[str, Any], set[str]]:
    """An answer to every item, and the indicators that it is the worst or the best for."""
    reference = Reference(case.definition, case.questionnaire)
    answers: dict[str, Any] = {}
    reached: set[str] = set()
    for leaf in leaves(case.definition):
        limits = reference.attainable(leaf)
        scoring = case.definition.scorings[leaf.scoring]
        if limits is None or scoring.name == "ratio":
            continue
        given = [answers[leaf.item]] if leaf.item in answers else []
        for answer in given or _candidates(case, leaf):
            if reference.turned(leaf, reference.points(leaf, answer)).value == limits[end].value:
                answers[leaf.item] = answer
                reached.add(leaf.id)
                break
    return answers, reached


def _candidates(case: Case, leaf: Indicator) -> Iterator[Any]:
    """Answers among which there is a best one."""
    item = case.questionnaire[leaf.item]
    options = [option.value for option in case.questionnaire.substantive(item.id)]
    free = [o.value for o in case.questionnaire.substantive(item.id) if not o.exclusive]
    if item.type == "number":
        yield from _numbers(item, case.definition.scorings[leaf.scoring])
    elif item.type == "multiple_choice":
        for size in range(1, len(free) + 1):
            yield from combinations(free, size)
        yield from ((option,) for option in options if option not in free)
    else:
        yield from options


def _numbers(item: Item, scoring: Any) -> Iterator[float]:
    if scoring.name == "linear":
        marks = [scoring.lower, scoring.upper]
    else:
        marks = [item.minimum, item.maximum, -100.0, 100.0, *scoring.edges]
    for mark in marks:
        low = mark is not None and (item.minimum is None or mark >= item.minimum)
        if low and (item.maximum is None or mark <= item.maximum):
            yield float(mark)
