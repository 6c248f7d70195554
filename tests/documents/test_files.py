"""Files and values: JSON read strictly, and anything written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from tests.documents.keywords import base

import agencyindex as ai
from agencyindex._documents import files
from agencyindex.errors import AgencyIndexError, FileError

REGISTER = {"schema": "agencyindex/register/1", "id": "r", "version": "1.0.0", "agencies": []}


def _told(source: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(AgencyIndexError) as caught:
        ai.load(source)
    return [(each.code, str(each.place), each.message) for each in caught.value.problems]


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


DEEP = "Lists and objects are nested more than 100 deep."
TEXTS = {
    "[" * 100_000: [("too-deep", "x.json#", DEEP)],
    "[" * 102 + "]" * 102: [("too-deep", "x.json#", DEEP)],
    '{"a" 1}': [
        (
            "not-json",
            "x.json#",
            "This is not JSON: Expecting ':' delimiter, in line 1, column 6.",
        )
    ],
    '{"a": [NaN, -Infinity, 1e999]}': [
        ("not-finite", f"x.json#/a/{i}", "This is not a number, or one beyond 1.8e308.")
        for i in range(3)
    ],
    '{"a": {"b": 1, "c": 2, "b": 3, "b": 4}, "a/b": {"c": 1, "c": 2}}': [
        ("duplicate-key", "x.json#/a/b", 'The key "b" stands twice in one object.'),
        ("duplicate-key", "x.json#/a~1b/c", 'The key "c" stands twice in one object.'),
    ],
    '{"\\ud800": 1}': [
        (
            "not-utf8",
            "x.json#",
            "The text holds half of a surrogate pair, which is no character.",
        )
    ],
}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30])
def test_a_text_is_strict_json(text: str, tmp_path: Path) -> None:
    """What other readers of JSON would take otherwise is refused, all of it at once."""
    assert _told(_written(tmp_path / "x.json", text)) == TEXTS[text]


def test_whole_numbers_have_no_end_but_that_of_doubles(tmp_path: Path) -> None:
    """A number with 309 digits fits no double, and one with 5000 takes no time to say so."""
    for digits in ("9" * 309, "9" * 5000):
        text = json.dumps(REGISTER).replace("[]", f'[{{"id": "a", "fte": {digits}}}]')
        found = _told(_written(tmp_path / "x.json", text))
        assert [(code, place) for code, place, _ in found] == [
            ("not-finite", "x.json#/agencies/0/fte")
        ]


def test_a_byte_order_mark_is_no_part_of_a_document(tmp_path: Path) -> None:
    """A file that begins with the mark of UTF-8, as spreadsheets write it, is read."""
    path = tmp_path / "x.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(REGISTER).encode())
    assert ai.load(path, ai.Register).id == "r"


VALUES = [
    ({**REGISTER, "note": {1, 2}}, "/note", "set is nothing that JSON has."),
    ({**REGISTER, "note": b"x"}, "/note", "bytes is nothing that JSON has."),
    ({**REGISTER, 5: "x"}, "/5", "The key 5 is not a text."),
    ({**REGISTER, "agencies": [{"id": "a", "fte": object}]}, "/agencies/0/fte", ("type is nothing "
     "that JSON has.")),
]  # fmt: skip


@pytest.mark.parametrize(("value", "pointer", "message"), VALUES)
def test_a_value_is_strict_json(value: dict[Any, Any], pointer: str, message: str) -> None:
    """What a mapping holds that no file could hold is refused where it stands."""
    assert _told(value) == [("wrong-type", f"#{pointer}", message)]


def test_what_is_loaded_is_no_longer_that_which_was_given() -> None:
    """Changing a value after it was loaded changes no noun."""
    value = base("questionnaire", "full")
    noun = ai.load(value, ai.Questionnaire)
    before = ai.fingerprint(noun)
    value["sections"][0]["items"][0]["text"]["en"] = "Changed"
    value["scales"]["stages"]["options"].clear()
    assert ai.fingerprint(noun) == before


def test_tuples_are_lists() -> None:
    """A value may hold tuples where JSON has lists."""
    assert ai.load({**REGISTER, "agencies": ({"id": "a"},)}, ai.Register).agencies[0].id == "a"


def test_a_document_is_an_object_that_names_its_schema(tmp_path: Path) -> None:
    """A list, a text and an object without a schema are no documents."""
    for text, message in (("[]", "a list"), ('"x"', '"x"')):
        found = _told(_written(tmp_path / "x.json", text))
        assert found == [
            ("wrong-type", "x.json#", f"A document is an object, and this is {message}.")
        ]
    assert _told({}) == [("unknown-schema", "#", 'The key "schema" is missing.')]
    found = _told({"schema": ["x"]})
    assert found == [
        ("unknown-schema", "#/schema", "A schema is named by a text, and this is a list.")
    ]


def test_a_long_text_is_shown_in_part() -> None:
    """A message shows enough of a wrong value to find it, and not all of it."""
    ((_, _, message),) = _told({**REGISTER, "agencies": "long " * 40})
    assert message == '"long long long long long long long long long long long l... is not a list.'


def _half_written(path: Path, error: Exception) -> None:
    with files.replacing(path) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise error


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    """A document replaces a file whole, or the old one stays and nothing is left beside it."""
    path = _written(tmp_path / "x.json", "old")
    with pytest.raises(ValueError, match="not JSON compliant"):
        files.write_json(path, {"a": float("nan")})
    assert path.read_text(encoding="utf-8") == "old"
    with pytest.raises(FileError) as caught:
        _half_written(path, OSError(28, "No space left on device"))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("not-writable", str(path))
    assert problem.message == "The file cannot be written: No space left on device."
    assert [each.name for each in tmp_path.iterdir()] == ["x.json"]
    assert path.read_text(encoding="utf-8") == "old"


def test_an_error_that_says_what_is_wrong_passes_as_it_is(tmp_path: Path) -> None:
    """A file error raised while writing is not wrapped in another."""
    raised = FileError([ai.errors.Problem("not-readable", ai.errors.Place(), "It is gone.")])
    with pytest.raises(FileError) as caught:
        _half_written(tmp_path / "x.json", raised)
    assert caught.value is raised


def test_a_written_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """Others may read what is written, as far as the user's mask allows."""
    old = os.umask(0o027)
    try:
        ai.dump(ai.load(REGISTER, ai.Register), tmp_path / "x.json")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "x.json").stat().st_mode) == 0o640


def test_near_the_end_of_the_stack_a_document_is_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the schema library runs out of stack, that is a finding and no crash."""
    condition: dict[str, Any] = {"operator": "answered", "item": "x"}
    for _ in range(60):
        condition = {"operator": "not", "of": condition}
    items = [{"id": "x", "type": "yes_no"}, {"id": "y", "type": "yes_no", "condition": condition}]
    document = base("questionnaire", "minimal") | {"sections": [{"id": "all", "items": items}]}
    assert ai.validate(document) == ()

    class Exhausted:
        def iter_errors(self, _: Any) -> Any:
            raise RecursionError

    monkeypatch.setattr("agencyindex._documents.schemas._validator", lambda _: Exhausted())
    (problem,) = ai.validate(document)
    assert (problem.code, problem.place.pointer, problem.message) == ("too-deep", "", DEEP)
