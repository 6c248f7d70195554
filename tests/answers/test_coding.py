"""How answers are coded: the smallest codes, the quick way, every refusal and every default."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import pytest

import agencyindex as ai
from agencyindex._answers import (
    ANSWERED,
    NOT_ANSWERED,
    NOT_ASKED,
    assemble,
    code_response,
    coders,
    routing,
)
from agencyindex._answers.coder import plain_codes
from agencyindex.errors import Findings, Place, ResponseError

WEB, POST = {"value": "web"}, {"value": "post"}
LABELLED = [{"value": "email", "label": "E-mails"}, POST]
SILENCE = {"value": "unsure", "missing": "dont_know"}
ITEMS: dict[str, dict[str, Any]] = {
    "one": {"type": "single_choice", "options": [WEB, POST]},
    "labelled": {"type": "single_choice", "options": LABELLED},
    "many": {"type": "multiple_choice", "options": [WEB, POST, SILENCE]},
    "alone": {"type": "multiple_choice", "options": [WEB, {**POST, "exclusive": True}]},
    "cost": {"type": "number", "minimum": 2, "maximum": 8},
    "staff": {"type": "number", "whole": True},
    "yes": {"type": "yes_no"},
}


def _asked(*names: str, **more: dict[str, Any]) -> ai.Questionnaire:
    items = [{"id": name} | (more | ITEMS)[name] for name in (*names, *more)]
    head = {"schema": "agencyindex/questionnaire/1", "id": "q", "version": "1.0.0"}
    return ai.load(head | {"sections": [{"id": "s", "items": items}]}, ai.Questionnaire)


ALL = _asked(*ITEMS)
REFUSED: list[tuple[str, Any, tuple[str, str, str], Any, Any]] = [
    (
        "labelled",
        "e-mailss",
        ("not-an-option", '"e-mailss" is not an option.', 'Did you mean "email"?'),
        "e-mailss",
        ["email", "post"],
    ),
    (
        "one",
        "web; zebra",
        ("not-an-option", '"web; zebra" is not an option.', 'The 2 options are "web", "post".'),
        "web; zebra",
        ["web", "post"],
    ),
    (
        "one",
        5,
        ("not-an-option", '"5" is not an option.', 'The 2 options are "web", "post".'),
        5,
        ["web", "post"],
    ),
    (
        "alone",
        ["web", "post"],
        (
            "exclusive-option",
            "An option that must stand alone is combined with others.",
            "Keep that option, or the others.",
        ),
        ["web", "post"],
        None,
    ),
    (
        "cost",
        float("inf"),
        ("not-a-number", "inf is not a finite number.", "Write digits, or leave it empty."),
        "inf",
        None,
    ),
    (
        "cost",
        1.5,
        ("outside-bounds", "1.5 is below 2, the lowest number allowed.", "Correct the number."),
        1.5,
        [2, 8],
    ),
    (
        "cost",
        8.5,
        ("outside-bounds", "8.5 is above 8, the highest number allowed.", "Correct the number."),
        8.5,
        [2, 8],
    ),
    (
        "staff",
        1.5,
        ("not-a-whole-number", "1.5 is not a whole number.", "Round it."),
        1.5,
        None,
    ),
    (
        "yes",
        ["yes"],
        ("not-a-list", "This is a list of answers to a yes_no item.", "Give one answer."),
        "['yes']",
        None,
    ),
]


@pytest.mark.parametrize(("item", "answer", "words", "found", "expected"), REFUSED)
def test_a_refused_answer_is_told_word_by_word(
    item: str, answer: Any, words: tuple[str, str, str], found: Any, expected: Any
) -> None:
    """Code, both sentences, place, what was found and what may stand there."""
    with pytest.raises(ResponseError) as caught:
        code_response(ALL, ai.Response("z", {item: answer}))
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.mend) == words
    assert problem.place == Place(agency="z", item=item)
    assert (problem.found, problem.expected) == (found, expected)


@pytest.mark.parametrize(("options", "kind"), [(251, np.uint8), (252, np.uint16)])
def test_codes_take_one_byte_as_long_as_they_fit(options: int, kind: type) -> None:
    """Codes up to 255 are bytes, and the last option of one more is still told from the rest."""
    values = [{"value": f"o{number}"} for number in range(options)]
    asked = _asked(item={"type": "single_choice", "options": values})
    responses = ai.Responses.of(asked, [ai.Response("a", {"item": f"o{options - 1}"})])
    codes = responses.columns["item"].codes
    assert codes.dtype == kind
    assert codes.tolist() == [ANSWERED + options - 1]
    assert responses["a"].answers["item"] == f"o{options - 1}"


@pytest.mark.parametrize(
    ("item", "kind"), [("cost", np.float64), ("many", np.bool_), ("one", None)]
)
def test_columns_of_nobody_have_the_types_of_any(item: str, kind: Any) -> None:
    """Numbers are float64 and choices are truth values where there is nobody to show it."""
    for listed in ([], [ai.Response("a")]):
        column = ai.Responses.of(ALL, listed).columns[item]
        assert column.codes.dtype == np.uint8
        assert (None if column.values is None else column.values.dtype) == kind


def test_whole_numbers_are_stored_as_floats() -> None:
    """A column of numbers without a point is float64 as every other."""
    column = ai.Responses.of(ALL, [ai.Response("a", {"staff": 3})]).columns["staff"]
    assert column.values is not None
    assert column.values.dtype == np.float64


def test_a_reason_for_missing_chooses_no_option() -> None:
    """An option that states a reason gives that reason, and every other option stays unchosen."""
    column = ai.Responses.of(ALL, [ai.Response("a", {"many": ["unsure"]})]).columns["many"]
    assert column.codes.tolist() == [list(ai.Missing).index(ai.Missing.DONT_KNOW)]
    assert column.values is not None
    assert column.values.tolist() == [[False], [False]]


@pytest.mark.parametrize("option", ["web", "post"])
def test_a_text_alone_is_one_choice_of_many(option: str) -> None:
    """Any option's name, the first one's too, is read as the list of it."""
    responses = ai.Responses.of(ALL, [ai.Response("a", {"many": option})])
    assert responses["a"].answers["many"] == (option,)


def test_minus_zero_is_zero() -> None:
    """The two zeros are one answer, with one fingerprint."""
    texts = {
        ai.Responses.of(ALL, [ai.Response("a", {"staff": zero})]).fingerprint()
        for zero in (0, 0.0, -0.0)
    }
    assert len(texts) == 1


def test_not_asked_is_refused_where_no_condition_stands() -> None:
    """A question to everyone was asked, so that no one can say that it was not."""
    for asked in (_asked("one"), _asked("one", "yes"), ALL):
        with pytest.raises(ResponseError) as caught:
            code_response(asked, ai.Response("z", {"one": ai.Missing.NOT_ASKED}))
        assert [problem.code for problem in caught.value.problems] == ["not-asked"]


@pytest.mark.parametrize("names", [("one",), ("one", "yes"), ("one", "labelled", "yes")])
def test_plain_answers_are_looked_up_and_nothing_else(
    names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether all items are answered or some, and in any order, the slow way is not taken."""
    asked = _asked(*names)
    full = {"one": "post", "labelled": "email", "yes": True}
    answers = {name: full[name] for name in reversed(names)}
    code = {name: coders(asked)[name].exact[answers[name]] for name in names}
    monkeypatch.setattr(routing, "_code_with_care", None)
    assert code_response(asked, ai.Response("a", answers)) == (list(code.values()), {})
    nothing = (NOT_ANSWERED,) * (len(names) - 1)
    some = code_response(asked, ai.Response("a", {"one": "post"}))
    assert some == ([code["one"], *nothing], {})


def test_a_questionnaire_is_compiled_once() -> None:
    """The second call gives what the first one made."""
    asked = _asked("one", "yes")
    assert coders(asked) is coders(asked)
    assert plain_codes(asked) is plain_codes(asked)
    assert plain_codes(asked).blank == {"one": None, "yes": None}
    assert [len(table) for table in plain_codes(asked).tables] == [7, 9]


def test_a_set_of_responses_is_named_unless_it_is_told() -> None:
    """The defaults of a set of responses, put together from texts or from columns."""
    for responses in (
        ai.Responses.of(ALL, []),
        assemble(ALL, [], {}, lambda row, item: Place(), Findings()),
    ):
        assert (responses.id, responses.version, responses.edition) == ("responses", "1.0.0", "")
        assert responses.synthetic is False


def test_an_agency_without_a_name_and_one_named_twice_are_told() -> None:
    """Both are told of the agency, not of an item, with what was found."""
    rows: list[tuple[int, str]] = []

    def place_of(row: int, item: str) -> Place:
        rows.append((row, item))
        return Place(file="f", agency="x", item="y", row=row)

    with pytest.raises(ResponseError) as caught:
        assemble(ALL, ["a", "", "a"], {}, place_of, Findings())
    empty, twice = caught.value.problems
    assert rows == [(1, ""), (2, "")]
    assert (empty.code, empty.found) == ("empty-agency", None)
    assert (empty.message, empty.mend) == ("The agency's id is empty.", "Give it.")
    assert empty.place == Place(file="f", row=1)
    assert (twice.code, twice.found) == ("duplicate-agency", "a")
    assert (twice.message, twice.mend) == ('The agency "a" answers twice.', "Keep one of the two.")
    assert twice.place == attrs.evolve(empty.place, agency="a", row=2)


def test_silent_agencies_answered_nothing() -> None:
    """A reason for missing is an answer of a kind; nothing, and what was not asked, is none."""
    condition = {"operator": "equals", "item": "one", "value": "web"}
    asked = _asked("one", "cost", then={"type": "yes_no", "condition": condition})
    listed = [
        ai.Response("nothing"),
        ai.Response("first", {"one": "post"}),
        ai.Response("second", {"cost": 2}),
        ai.Response("refused", {"cost": ai.Missing.REFUSED}),
        ai.Response("last", {"one": "web", "then": "no"}),
    ]
    responses = ai.Responses.of(asked, listed)
    assert responses.columns["then"].codes.tolist()[:2] == [NOT_ASKED, NOT_ASKED]
    assert responses.silent() == ("nothing",)
    assert responses.take([1, 2]).silent() == ()
    assert responses.take([]).silent() == ()


@pytest.mark.parametrize("number", [2, 5.5, 8])
def test_the_lowest_and_the_highest_number_are_answers(number: float) -> None:
    """The bounds of an item are not outside them."""
    responses = ai.Responses.of(_asked("cost"), [ai.Response("a", {"cost": number})])
    assert number == responses["a"].answers["cost"]


def test_who_does_not_answer_chooses_nothing() -> None:
    """No option of a multiple choice is chosen, which the fingerprint counts on."""
    responses = ai.Responses.of(_asked("many"), [ai.Response("a", {})])
    chosen = responses.columns["many"].values
    assert chosen is not None
    assert not chosen.any()
