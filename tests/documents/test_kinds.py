"""What is told of a document of no kind, and by schemas that say little."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import agencyindex as ai
from agencyindex._documents.schemas import _missing_keys, _note, validator_class
from agencyindex.errors import Findings, Place

NAMES = [f"agencyindex/{kind}/1" for kind in ("questionnaire", "index", "register")]
NAMES += ["agencyindex/responses/1", "agencyindex/scores/1"]
LISTED = "The 5 schemas are " + ", ".join(f'"{name}"' for name in NAMES) + "."


@pytest.mark.parametrize(
    ("document", "code", "place", "message", "mend", "found", "expected"),
    [
        (
            [1],
            "wrong-type",
            Place(file="given.json", pointer=""),
            "A document is an object, and this is a list.",
            "Put it in braces.",
            None,
            None,
        ),
        (
            {"schema": "zebra"},
            "unknown-schema",
            Place(file="given.json", pointer="/schema"),
            'The schema "zebra" is not known.',
            LISTED,
            "zebra",
            NAMES,
        ),
        (
            {},
            "unknown-schema",
            Place(file="given.json", pointer=""),
            'The key "schema" is missing.',
            LISTED,
            None,
            NAMES,
        ),
    ],
)
def test_a_document_of_no_kind_is_told(
    document: Any,
    code: str,
    place: Place,
    message: str,
    mend: str,
    found: object,
    expected: Any,
    tmp_path: Path,
) -> None:
    """What is no object, and what names no schema that there is, with all that there are."""
    path = tmp_path / "given.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    (problem,) = ai.validate(path)
    assert (problem.code, problem.place, problem.message) == (code, place, message)
    assert (problem.mend, problem.found, problem.expected) == (mend, found, expected)


def _told(rules: Any, value: Any) -> list[tuple[str, str]]:
    findings = Findings()
    validator = validator_class()(rules)
    for error in validator.iter_errors(value):
        if error.validator == "required":
            _missing_keys(error, Place(pointer=""), rules, findings)
        else:
            _note(error, Place(pointer=""), findings)
    return [(problem.message, problem.mend) for problem in findings.problems]


MISSING = 'The key "k" is missing.'
SCHEMAS: list[tuple[Any, Any, tuple[str, str]]] = [
    (
        {"pattern": "^a$"},
        "b",
        ('"b" does not have the right form.', "It must match ^a$"),
    ),
    ({"type": "string"}, 5, ("5 is not a text.", "")),
    ({"type": "string", "description": "A b."}, 5, ("5 is not a text.", "A text: a b.")),
    ({"type": "number", "minimum": 0}, -1, ("-1 is below 0.", "A number of at least 0.")),
    ({"exclusiveMaximum": 9}, 9, ("9 is not below 9.", "")),
    (
        {"type": "number", "exclusiveMinimum": 0, "maximum": 9},
        0,
        ("0 is not above 0.", "A number above 0 and of at most 9."),
    ),
    ({"required": ["k"]}, {}, (MISSING, 'Add "k".')),
    ({"required": ["k"], "properties": {}}, {}, (MISSING, 'Add "k".')),
    ({"required": ["k"], "properties": {"k": True}}, {}, (MISSING, 'Add "k".')),
    ({"required": ["k"], "properties": {"k": {}}}, {}, (MISSING, 'Add "k".')),
    (
        {"required": ["k"], "properties": {"k": {"description": "The Key."}}},
        {},
        (MISSING, 'Add "k": the Key.'),
    ),
    (
        {"required": ["k"], "properties": {"k": {"enum": ["a", 1]}}},
        {},
        (MISSING, 'Add "k", one of "a", 1.'),
    ),
    (
        {
            "required": ["k"],
            "properties": {"k": {"$ref": "#/$defs/of"}},
            "$defs": {"of": {"description": "Named."}},
        },
        {},
        (MISSING, 'Add "k": named.'),
    ),
    (
        {"additionalProperties": False},
        {"k": 1},
        ('The key "k" is not known here.', "There are no keys."),
    ),
]


@pytest.mark.parametrize(("rules", "value", "expected"), SCHEMAS)
def test_a_schema_that_says_little_is_told_all_the_same(
    rules: Any, value: Any, expected: tuple[str, str]
) -> None:
    """Where a schema, as that of a plug-in, has no description, the sentence ends before it."""
    assert _told(rules, value) == [expected]


@pytest.mark.parametrize(
    ("listed", "unique"),
    [
        ([1, 1.0], False),
        ([1, True], True),
        ([[1], [1.0]], False),
        ([[1], [True]], True),
        ([[1], [2]], True),
        ([{"a": [1]}, {"a": [1.0]}], False),
        ([{"a": 1}, {"a": 2}], True),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], False),
        ([{"a": 1}, {"b": 1}], True),
        ([[], {}], True),
    ],
)
def test_what_stands_twice_is_the_same_json(listed: list[Any], *, unique: bool) -> None:
    """Numbers by their value, lists by their entries, objects whatever their order."""
    assert validator_class()({"uniqueItems": True}).is_valid(listed) is unique
