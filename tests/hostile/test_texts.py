"""Delimited text and JSON lines that are broken or mean harm: what is printed of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.given import QUESTIONNAIRE, Call, expected, own, printed

import agencyindex as ai


def read(content: str | bytes, ending: str = "csv", **how: Any) -> Call:
    """Read responses from a file with this content."""
    name = f"answers.{ending}"
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return lambda: ai.read_responses(name, QUESTIONNAIRE, partial=True, **how)


def lines(content: str | bytes) -> Call:
    """Read responses from JSON lines."""
    return read(content, "jsonl")


def long(content: str) -> Call:
    """Read responses from a row for each answer."""
    return read("agency,item,answer\n" + content, layout="long")


def register(content: str, ending: str = "csv") -> Call:
    """Read a register from a file with this content."""
    Path(f"register.{ending}").write_text(content, encoding="utf-8")
    return lambda: ai.read_register(f"register.{ending}")


WIDE = "agency,level,fte\n"
CASES: dict[str, Callable[[], Call]] = {
    "empty": lambda: read(""),
    "white space": lambda: read(" \n"),
    "headings only": lambda: read(WIDE),
    "latin-1": lambda: read(b"agency,level\na,low\nb,h\xf6g\n"),
    "latin-1 after a line break in a cell": lambda: read(b'agency,level\n"a\nb",low\nb,h\xf6g\n'),
    "latin-1 with carriage returns": lambda: read(b"agency,level\ra,low\rb,h\xf6g\r"),
    "UTF-16": lambda: read((WIDE + "a,low,1\n").encode("utf-16")),
    "UTF-16 the other way round": lambda: read(b"\xfe\xff" + WIDE.encode("utf-16-be")),
    "UTF-16 without a mark": lambda: read((WIDE + "a,low,1\n").encode("utf-16-le")),
    "NUL in a cell": lambda: read(WIDE + "a,l\0ow,1\n"),
    "no text at all": lambda: read(bytes(range(256))),
    "quote that is not closed": lambda: read(WIDE + 'a,"low,1\nb,high,2\n'),
    "quote in a heading that is not closed": lambda: read('agency,"level\n' + "a,low\n" * 5000),
    "text after a quote": lambda: read(WIDE + 'a,"low"er,1\n'),
    "too few cells": lambda: read(WIDE + "a,low\nb,high,1\n"),
    "two delimiters": lambda: read("agency,level;fte\na,low;1\n"),
    "other delimiter further down": lambda: read(WIDE + "a;low;1\n"),
    "cell of 200 000 signs": lambda: read(WIDE + f"a,{'x' * 200_000},1\n"),
    "cell of 100 000 signs": lambda: read(WIDE + f"a,{'x' * 100_000},1\n"),
    "heading of 200 000 signs": lambda: read(f"agency,{'x' * 200_000}\na,1\n"),
    "a million columns": lambda: read("agency" + ",x" * 1_000_000 + "\n"),
    "a million columns without a heading": lambda: read("agency" + "," * 1_000_000 + "\n"),
    "unknown agency column": lambda: read("agenyc,level\na,low\n"),
    "unknown item": lambda: read("agency,levle\na,low\n"),
    "column twice": lambda: read("agency,level,level\na,low,high\n"),
    "agency twice": lambda: read(WIDE + "a,low,1\na,high,2\n"),
    "agency without an id": lambda: read(WIDE + ",low,1\n"),
    "line break in an agency": lambda: read(WIDE + '"a\nb",low,1\n'),
    "agency that steers a terminal": lambda: read(WIDE + "\x1b[31ma,low,1\n"),
    "option that steers a terminal": lambda: read(WIDE + "a,\x1b[31mlow,1\n"),
    "unknown option": lambda: read(WIDE + "a,hihg,1\n"),
    "two answers to a single choice": lambda: read(WIDE + "a,low;high,1\n"),
    "number with text": lambda: read(WIDE + "a,low,40 %\n"),
    "number with a comma": lambda: read("agency;fte\na;1 234,5\n"),
    "NaN": lambda: read(WIDE + "a,low,NaN\n"),
    "Infinity": lambda: read(WIDE + "a,low,Infinity\n"),
    "1e999": lambda: read(WIDE + "a,low,1e999\n"),
    "number of 5000 digits": lambda: read(WIDE + f"a,low,{'9' * 5000}\n"),
    "digits of another script": lambda: read(WIDE + "a,low,٣\n"),
    "formula": lambda: read(WIDE + "a,=1+1,=1+1\n"),
    "no delimiter": lambda: read(WIDE, delimiter=""),
    "two signs as a delimiter": lambda: read(WIDE, delimiter=", "),
    "no separator": lambda: read(WIDE, separator=""),
    "long: two answers to a single choice": lambda: long("a,level,low\na,level,high\n"),
    "long: unknown item": lambda: long("a,levle,low\n"),
    "long: number with text": lambda: long("a,fte,many\n"),
    "long: agency without an id": lambda: long(",fte,1\n"),
    "lines: latin-1": lambda: lines(b'{"agency": "a"}\n{"agency": "\xf6"}\n'),
    "lines: UTF-16": lambda: lines('{"agency": "a"}\n{"agency": "b"}\n'.encode("utf-16")),
    "lines: broken ones": lambda: lines('{"agency": "a"\n[1]\n{"agency": NaN}\n{}{}\n'),
    "lines: key twice": lambda: lines('{"agency": "a", "agency": "b"}'),
    "lines: 10 000 deep": lambda: lines('{"agency": "a"}\n' + "[" * 10_000),
    "lines: number of 5000 digits": lambda: lines('{"agency": "a", "fte": %s}' % ("9" * 5000)),
    "lines: carriage returns": lambda: lines('{"agency": "a"}\r{"agency": "b"}'),
    "lines: one of a megabyte": lambda: lines('{"agency": "a", "x": "%s"}' % ("x" * 1_000_000)),
    "lines: each with a key of its own": lambda: lines(
        "".join(f'{{"agency": "{each}", "x{each}": 1}}\n' for each in range(20_000))
    ),
    "lines: key with white space": lambda: lines('{"agency": "a", "agency ": "b"}'),
    "lines: object as an agency": lambda: lines('{"agency": {"id": "a"}}'),
    "lines: list as an agency": lambda: lines('{"agency": ["a"]}'),
    "lines: list as an answer": lambda: lines('{"agency": "a", "level": ["low", "high"]}'),
    "lines: object as an answer": lambda: lines('{"agency": "a", "fte": {"value": 1}}'),
    "lines: no such reason": lambda: lines('{"agency": "a", "level": {"missing": ["refused"]}}'),
    "register: agency twice": lambda: register("id\na\na\n"),
    "register: names of one language twice": lambda: register("id,name_sv,name:sv\na,x,y\n"),
    "register: number with text": lambda: register("id,fte\na,many\n"),
    "register: no such day": lambda: register("id,valid_from\na,2026-02-30\n"),
    "register: NUL": lambda: register("id,name\na,x\0y\n"),
    "register: object as a name": lambda: register('{"id": "a", "name": {"sv": 1}}', "jsonl"),
    "register: list as a name": lambda: register('{"id": "a", "name": ["x"]}', "jsonl"),
    "register: no such ending": lambda: register("id\na\n", "doc"),
}
"""By name, what cannot be read."""


@pytest.mark.parametrize("name", CASES)
def test_broken_text_says_what_is_wrong(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is refused in the words that stand in printed/texts.txt."""
    monkeypatch.chdir(tmp_path)
    assert own(expected("texts")[name]) == own(printed(CASES[name]()))


def test_line_ends_of_any_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line feeds, carriage returns or both end a row."""
    monkeypatch.chdir(tmp_path)
    for end in ("\n", "\r", "\r\n"):
        Path("a.csv").write_bytes(f"agency,fte{end}a,1{end}b,2{end}".encode())
        assert ai.read_responses("a.csv", QUESTIONNAIRE, partial=True).agencies == ("a", "b")


def test_brackets_in_a_text_are_not_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in a text is not nested, and a number may be as small as it likes."""
    monkeypatch.chdir(tmp_path)
    line = '{"id": "a", "ministry": "%s", "fte": -0.0, "x": 1e-999}' % ("[{" * 10_000)
    Path("a.jsonl").write_text(line, encoding="utf-8")
    (agency,) = ai.read_register("a.jsonl")
    assert (len(agency.ministry or ""), agency.fte, agency.attributes) == (20_000, 0.0, {"x": 0.0})
