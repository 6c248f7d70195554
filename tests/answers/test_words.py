"""What a set of responses says of answers that do not fit, and what its fingerprint is of."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from typing import Any

import pytest

import agencyindex as ai
from agencyindex._answers import code_response
from agencyindex.errors import Place, ResponseError

OPTIONS = [{"value": "web"}, {"value": "post"}]
QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.2.0",
        "sections": [
            {
                "id": "s",
                "items": [
                    {"id": "one", "type": "single_choice", "options": OPTIONS},
                    {"id": "many", "type": "multiple_choice", "options": OPTIONS},
                    {"id": "cost", "type": "number"},
                    {
                        "id": "then",
                        "type": "yes_no",
                        "condition": {"operator": "equals", "item": "one", "value": "web"},
                    },
                ],
            }
        ],
    },
    ai.Questionnaire,
)
ASKED = "The answer says that the question was not asked, and by its condition it was."
UNASKED = "There is an answer to a question that was not asked."
CHOICES = ["web", "post"]

REFUSALS: list[tuple[Any, ...]] = [
    (
        {"zebra": 1},
        "unknown-item",
        "zebra",
        'The questionnaire q 1.2.0 has no item "zebra".',
        'The 4 items are "one", "many", "cost", "then".',
        "zebra",
        None,
    ),
    (
        {"costs": 1},
        "unknown-item",
        "costs",
        'The questionnaire q 1.2.0 has no item "costs".',
        'Did you mean "cost"?',
        "costs",
        None,
    ),
    (
        {"one": "web", "then": ai.Missing.NOT_ASKED},
        "not-asked",
        "then",
        ASKED,
        "Give the answer, or leave it empty.",
        None,
        None,
    ),
    (
        {"one": "post", "then": "yes"},
        "not-asked",
        "then",
        UNASKED,
        "Leave it empty, or correct the answer that its condition depends on.",
        None,
        None,
    ),
    (
        {"one": "zebra"},
        "not-an-option",
        "one",
        '"zebra" is not an option.',
        'The 2 options are "web", "post".',
        "zebra",
        CHOICES,
    ),
    (
        {"many": ["web", "posts"]},
        "not-an-option",
        "many",
        '"posts" is not an option.',
        'Did you mean "post"?',
        "posts",
        CHOICES,
    ),
    (
        {"many": ["web", "web"]},
        "duplicate-answer",
        "many",
        '"web" is chosen twice.',
        "Leave one out.",
        "web",
        None,
    ),
    (
        {"cost": "much"},
        "not-a-number",
        "cost",
        '"much" is not a number.',
        "Give a number.",
        "much",
        None,
    ),
]


CODED: dict[bool, Callable[[ai.Response], Any]] = {
    False: lambda response: code_response(QUESTIONNAIRE, response),
    True: lambda response: ai.Responses.of(QUESTIONNAIRE, [ai.Response("a"), response]),
}


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("answers", "code", "item", "message", "mend", "found", "expected"), REFUSALS
)
def test_an_answer_that_does_not_fit_is_told(
    answers: Any,
    code: str,
    item: str,
    message: str,
    mend: str,
    found: Any,
    expected: Any,
    *,
    many: bool,
) -> None:
    """One response and a set of them say the same: code, place, both sentences and values."""
    response = ai.Response("z", answers)
    with pytest.raises(ResponseError) as caught:
        CODED[many](response)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place == Place(agency="z", item=item)
    assert (problem.message, problem.mend) == (message, mend)
    assert (problem.found, problem.expected) == (found, expected)


def _bytes(*texts: str) -> bytes:
    return b"".join(struct.pack(">Q", len(text.encode())) + text.encode() for text in texts)


def test_the_fingerprint_is_of_these_bytes_and_no_others() -> None:
    """Heads, agencies in order, then each item's codes and values, in the order of their ids."""
    listed = [
        ai.Response("b", {"one": "web", "many": ["post"], "cost": 2.5, "then": "no"}),
        ai.Response("å", {"one": "post", "many": ai.Missing.REFUSED}),
    ]
    head = {"edition": "2031", "id": "r", "version": "3.0.0", "synthetic": True}
    responses = ai.Responses.of(QUESTIONNAIRE, listed, **head)
    columns = {name: responses.columns[name].codes.tolist() for name in responses.columns}
    nothing = responses.columns["cost"].values[1]
    expected = hashlib.sha256()
    expected.update(_bytes("r", "3.0.0", "2031", "True", "q", "1.2.0", "b", "å"))
    expected.update(b"cost\0" + struct.pack(">2H", *columns["cost"]))
    expected.update(struct.pack(">2d", 2.5, nothing))
    expected.update(b"many\0" + struct.pack(">2H", *columns["many"]))
    expected.update(struct.pack("4?", False, False, True, False))
    expected.update(b"one\0" + struct.pack(">2H", *columns["one"]))
    expected.update(b"then\0" + struct.pack(">2H", *columns["then"]))
    assert responses.fingerprint() == expected.hexdigest()
    turned = ai.Responses.of(QUESTIONNAIRE, reversed(listed), **head)
    assert turned.fingerprint() == expected.hexdigest()


@pytest.mark.parametrize(
    "other", [{"edition": "2"}, {"id": "s"}, {"version": "2.0.0"}, {"synthetic": True}, {}]
)
def test_every_head_is_in_the_fingerprint(other: dict[str, Any]) -> None:
    """A different edition, id, version or origin is a different fingerprint; the same is not."""
    listed = [ai.Response("a", {"cost": 1})]
    first = ai.Responses.of(QUESTIONNAIRE, listed).fingerprint()
    assert (ai.Responses.of(QUESTIONNAIRE, listed, **other).fingerprint() == first) == (not other)


def test_none_of_the_responses_can_be_taken() -> None:
    """An empty list of positions gives a set of nobody, with every column."""
    responses = ai.Responses.of(QUESTIONNAIRE, [ai.Response("a", {"cost": 1})])
    nobody = responses.take([])
    assert len(nobody) == 0
    assert list(nobody.columns) == ["one", "many", "cost", "then"]
