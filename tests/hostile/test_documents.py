"""JSON documents that are broken or mean harm: what is printed of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hostile import demo
from tests.hostile.given import QUESTIONNAIRE, Call, expected, own, printed

import agencyindex as ai
from agencyindex._documents.schemas import validator_class

RESPONSES = {
    "schema": "agencyindex/responses/1",
    "id": "r",
    "version": "1.0.0",
    "edition": "2026",
    "questionnaire": {"id": "survey", "version": "1.0.0"},
    "responses": [],
}


def register(agency: str) -> str:
    """A register of one agency, or of several with commas between them."""
    head = '"schema": "agencyindex/register/1", "id": "r", "version": "1.0.0"'
    return f'{{{head}, "agencies": [{agency}]}}'


def with_id(text: str) -> str:
    """A register whose id is this text."""
    return json.dumps(json.loads(register("")) | {"id": text})


def index(**changes: object) -> str:
    """An index, changed."""
    return json.dumps(demo.DOCUMENTS["technology-demo.index"] | changes)


CONTENTS: dict[str, str | bytes] = {
    "empty": "",
    "white space": " \n ",
    "not JSON": "agency;fte",
    "cut off": '{"schema": ',
    "two values": "{} {}",
    "comma at the end": '{"schema": 1,}',
    "NUL bytes": b"\0\0",
    "line break in a text": '{"id": "a\nb"}',
    "latin-1": '{"note": "Övrigt"}'.encode("latin-1"),
    "UTF-16": '{"note": "Övrigt"}'.encode("utf-16"),
    "UTF-32": '{"note": "Övrigt"}'.encode("utf-32"),
    "surrogate as UTF-8": b'{"note": "\xed\xa0\x80"}',
    "half of a pair": register(r'{"id": "a\ud800"}'),
    "half of a pair in a key": register(r'{"id": "a", "attributes": {"\ud800": 1}}'),
    "key twice": '{"id": 1, "a": {"id": 2, "id": 3}, "id": 4}',
    "NaN": register('{"id": "a", "fte": NaN}'),
    "Infinity": register('{"id": "a", "fte": Infinity}'),
    "minus Infinity": register('{"id": "a", "fte": -Infinity}'),
    "1e999": register('{"id": "a", "fte": 1e999}'),
    "number of 5000 digits": register('{"id": "a", "fte": %s}' % ("9" * 5000)),
    "number of 310 digits": register('{"id": "a", "fte": %s}' % ("9" * 310)),
    "number of 300 digits below zero": register('{"id": "a", "fte": -%s}' % ("9" * 300)),
    "lists 10 000 deep": "[" * 10_000 + "]" * 10_000,
    "objects 10 000 deep": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "a million brackets": "[" * 1_000_000,
    "102 deep": register('{"id": "a", "attributes": %s}' % ("[" * 99 + "]" * 99)),
    "text as document": '"x"',
    "number as document": "1",
    "list as document": "[]",
    "null as document": "null",
    "no schema": "{}",
    "wrong schema": '{"schema": "agencyindex/indx/1"}',
    "wrong version of a schema": '{"schema": "agencyindex/index/2"}',
    "schema of another": '{"schema": "https://example.org/"}',
    "schema null": '{"schema": null}',
    "schema a list": '{"schema": ["agencyindex/index/1"]}',
    "long schema": json.dumps({"schema": "x" * 100_000}),
    "unknown key": register('{"id": "a", "naem": "x"}'),
    "key of a megabyte": register('{"id": "a", "%s": 1}' % ("k" * 1_000_000)),
    "key that steers a terminal": register(r'{"id": "a", "\u001b[31m\n\u202e": 1}'),
    "agency twice": register('{"id": "a"}, {"id": "a"}'),
    "successor nobody knows": register('{"id": "a", "successors": ["b"]}'),
    "no such day": register('{"id": "a", "valid_from": "2026-02-30"}'),
    "digits of another script": register('{"id": "a", "valid_from": "٢٠٢٦-01-01"}'),
    "no such language": register('{"id": "a", "name": {"Swedish!": "x"}}'),
    "line break in an agency": register(r'{"id": "a\nb"}'),
    "path as id": with_id("../../etc/passwd"),
    "folder as id": with_id("a/b"),
    "Windows path as id": with_id("a\\b"),
    "hidden file as id": with_id(".ssh"),
    "NUL in an id": with_id("a\0"),
    "line break after an id": with_id("a\n"),
    "path as id of a questionnaire": index(
        questionnaire={"id": "../../etc/passwd", "version": "1.0.0"}
    ),
    "responses": json.dumps(RESPONSES),
}
"""By name, what a file holds that cannot be loaded."""

ANSWERS: dict[str, dict[str, object]] = {
    "unknown item": {"e_idd": "yes"},
    "unknown option": {"level": "hihg"},
    "two answers to a single choice": {"level": ["low", "high"]},
    "number with text": {"fte": "40 %"},
    "text with a number": {"level": 7},
    "truth value as a number": {"fte": True},
    "number below the bounds": {"fte": -1e300},
    "option twice": {"channels": ["web", "web"]},
    "lists in lists": {"channels": [["web"]]},
    "no such reason": {"level": {"missing": "forgot"}},
    "text of a megabyte": {"level": "x" * 1_000_000},
}
"""By name, answers in a responses document that do not fit."""


def load(content: str | bytes) -> Call:
    """Load a document with this content."""
    Path("x.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    return lambda: ai.load("x.json")


def read(answers: dict[str, object], *more: dict[str, object]) -> Call:
    """Read a responses document with these answers."""
    responses = [{"agency": "a", "answers": each} for each in (answers, *more)]
    Path("x.json").write_text(json.dumps(RESPONSES | {"responses": responses}), encoding="utf-8")
    return lambda: ai.read_responses("x.json", QUESTIONNAIRE)


CASES = {
    **{name: lambda each=each: load(each) for name, each in CONTENTS.items()},
    **{name: lambda each=each: read(each) for name, each in ANSWERS.items()},
    "agency that answers twice": lambda: read({}, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_document_says_what_is_wrong(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is refused in the words that stand in printed/documents.txt."""
    monkeypatch.chdir(tmp_path)
    assert own(expected("documents")[name]) == own(printed(CASES[name]()))


@pytest.mark.parametrize("name", sorted(set(CONTENTS) - {"responses"}))
def test_validating_finds_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What loading raises, validating gives as findings, and it never raises."""
    monkeypatch.chdir(tmp_path)
    load(CONTENTS[name])
    words = "\n".join(map(str, ai.validate("x.json")))
    assert own(expected("documents")[name]) == own(words)


def test_fifty_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document may be long, and brackets in a text are not nested."""
    monkeypatch.chdir(tmp_path)
    note = "[{" * 25_000_000
    load(json.dumps(json.loads(register('{"id": "a", "fte": -0.0}')) | {"note": note}))
    loaded = ai.load("x.json", ai.Register)
    assert (loaded.note, loaded["a"].fte) == (note, 0)


@pytest.mark.parametrize(
    ("document", "count"),
    [
        (json.loads(register("")) | {f"x{each}": 1 for each in range(20_000)}, 1000),
        (json.loads(register(", ".join('{"id": "a"}' for _ in range(5000)))), 4999),
        (
            json.loads(
                register(
                    ", ".join(f'{{"id": "a{n}", "successors": ["b{n}"]}}' for n in range(3000))
                )
            ),
            3000,
        ),
        (json.loads(register(f'{{"id": "a", "successors": {list(range(20_000))}}}')), 20_000),
    ],
    ids=["unknown keys", "agencies twice", "unknown successors", "list of numbers"],
)
def test_many_findings_are_found_soon(document: dict[str, object], count: int) -> None:
    """Thousands of findings take time in proportion, where once each was compared with all."""
    assert len(ai.validate(document)) == count


def test_a_key_that_stands_twice_among_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty thousand keys, each twice, are told one by one and printed fifty at a time."""
    monkeypatch.chdir(tmp_path)
    words = printed(load("{" + ",".join(f'"x{each % 20_000}": 1' for each in range(40_000)) + "}"))
    assert words.splitlines()[-1] == "and 19950 more"


@pytest.mark.parametrize(
    ("entries", "unique"),
    [
        ([1, True, "1", None, [1], {"a": 1}], True),
        ([0, False, "", [], {}], True),
        ([1, 1.0], False),
        ([[1, {"a": True}], [1.0, {"a": True}]], False),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], False),
        ([{"a": 1}, {"a": True}], True),
    ],
)
def test_what_stands_twice(entries: list[object], unique: bool) -> None:
    """Numbers are the same by value, objects whatever the order of keys; 1 and true differ."""
    assert unique == validator_class()({"uniqueItems": True}).is_valid(entries)
