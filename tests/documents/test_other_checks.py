"""What can be wrong with registers and scores, and with nouns that never were documents."""

from __future__ import annotations

import attrs
import pytest
from tests.documents.keywords import base, changed
from tests.documents.small import POINTS, STAGE, index, indicator, questionnaire, told

import agencyindex as ai
from agencyindex._documents.checks import is_organisation_number
from agencyindex.errors import DocumentError

SCORES = {
    "an agency stands twice": (
        ["replace", "/agencies/2/agency", "a"],
        ("duplicate-id", "/agencies/2/agency", 'The agency "a" stands twice. Keep one.'),
    ),
    "a score is missing": (
        ["remove", "/agencies/1/scores/0"],
        (
            "wrong-length",
            "/agencies/1/scores",
            "There are 1 scores for 2 nodes. Give one for each node, in their order.",
        ),
    ),
    "an index has no rules": (
        ["replace", "/nodes/1/index", "another"],
        (
            "missing-key",
            "/rules",
            'There are no rules for the index "another". Add "another".',
        ),
    ),
}
REGISTERS = {
    "a day is in no calendar": (
        ["replace", "/agencies/0/valid_from", "2018-02-30"],
        (
            "bad-pattern",
            "/agencies/0/valid_from",
            '"2018-02-30" is no day of the calendar. Correct it.',
        ),
    ),
    "an agency ends before it begins": (
        ["replace", "/agencies/0/valid_from", "2026-01-01"],
        (
            "date-order",
            "/agencies/0/valid_to",
            "The agency ends on 2025-12-31, before it begins on 2026-01-01. Exchange the two days.",
        ),
    ),
    "an agency succeeds itself": (
        ["replace", "/agencies/0/successors/0", "a"],
        (
            "unknown-successor",
            "/agencies/0/successors/0",
            'The successor "a" is no other agency of the register. The only choice is "b".',
        ),
    ),
    "an agency stands twice": (
        ["add", "/agencies/-", {"id": "b"}],
        ("duplicate-id", "/agencies/2/id", 'The agency "b" stands twice. Keep one.'),
    ),
}


@pytest.mark.parametrize("about", SCORES)
def test_scores_are_complete(about: str) -> None:
    """Every agency once, with a score for every node, and every index with its rules."""
    change, expected = SCORES[about]
    assert told(changed(base("scores", "full"), change)) == [expected]


@pytest.mark.parametrize("about", REGISTERS)
def test_a_register_makes_sense(about: str) -> None:
    """Agencies stand once, on days that exist, and are succeeded by others of the register."""
    change, expected = REGISTERS[about]
    assert told(changed(base("register", "full"), change)) == [expected]


NUMBERS = {
    "2021500000": True,  # a doubled 5 counts as 1
    "202100-6883": True,
    "2021006883": True,
    "202100-6884": False,
    "2021-006883": False,
    "202100--6883": False,
    "20210068": False,
    "121212-1212": False,
    "\u0662021006883": False,
    "": False,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_an_organisation_number_has_its_check_digit(text: str) -> None:
    """Ten digits with a hyphen at its place or without, the third at least 2, the last by Luhn."""
    assert is_organisation_number(text) is NUMBERS[text]


def _responses() -> ai.Responses:
    asked = ai.load(questionnaire(STAGE), ai.Questionnaire)
    return ai.Responses.of(asked, [ai.Response("a", {"stage": "no"})])


def _definition() -> ai.IndexDefinition:
    leaf = indicator("automation", "stage", "adoption")
    return ai.load(index({"adoption": POINTS}, leaf), ai.IndexDefinition)


def test_an_index_that_never_was_a_document_is_checked_before_it_is_fitted() -> None:
    """A definition changed in Python is held to the same rules, before it meets any answer."""
    wrong = attrs.evolve(_definition(), scorings={})
    with pytest.raises(DocumentError) as caught:
        ai.fit(wrong, _responses())
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("unknown-scoring", "#/children/0/scoring")
    assert problem.mend == "There are no scorings."


def test_the_questionnaire_of_responses_is_checked_with_the_index() -> None:
    """What is wrong with the two together is told before anything is learnt."""
    another = attrs.evolve(_definition().questionnaire, id="p")
    renamed = attrs.evolve(_definition(), questionnaire=another)
    with pytest.raises(DocumentError) as caught:
        ai.freeze(renamed, _responses().questionnaire)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("other-questionnaire", "#/questionnaire")
    assert problem.message == ("The index scores the questionnaire p 1.0.0; this one is q 1.0.0.")
