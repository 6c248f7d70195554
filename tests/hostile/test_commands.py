"""The command line over hostile input: exit status 1, one line for each finding, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.hostile import test_columns, test_documents, test_texts, test_workbooks
from tests.hostile.given import QUESTIONNAIRE, expected, own

import agencyindex as ai
from agencyindex.cli import main

INDEX: dict[str, Any] = {
    "schema": "agencyindex/index/1",
    "id": "i",
    "version": "1.0.0",
    "questionnaire": {"id": "survey", "version": "1.0.0"},
    "rounding": {"where": "nowhere"},
    "minimum_coverage": 0,
    "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
    "missing": dict.fromkeys(
        ("not_answered", "dont_know", "refused", "not_applicable", "not_asked"), 0
    ),
    "scorings": {"yes": {"method": "binary", "ones": ["yes"]}},
    "normalisation": {"method": "none"},
    "weighting": {"method": "equal"},
    "aggregation": {"method": "arithmetic"},
    "children": [{"id": "e_id", "item": "e_id", "scoring": "yes"}],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an index, its questionnaire and an old file of scores."""
    monkeypatch.chdir(tmp_path)
    ai.dump(QUESTIONNAIRE, "survey.questionnaire.json")
    Path("i.index.json").write_text(json.dumps(INDEX), encoding="utf-8")
    Path("scores.csv").write_text("old", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> list[str]:
    """The lines on standard error of a program that ends with status 1 and prints nothing else."""
    command = [sys.executable, "-m", "agencyindex", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


TABLES: Mapping[str, Mapping[str, Any]] = {
    "documents": test_documents.CASES,
    "texts": test_texts.CASES,
    "workbooks": test_workbooks.CASES,
    "columns": test_columns.CASES,
}
SAMPLE = [
    ("documents", "two answers to a single choice", "x.json"),
    ("documents", "number of 5000 digits", "x.json"),
    ("documents", "lists 10 000 deep", "x.json"),
    ("texts", "UTF-16", "answers.csv"),
    ("texts", "quote that is not closed", "answers.csv"),
    ("texts", "option that steers a terminal", "answers.csv"),
    ("texts", "a million columns", "answers.csv"),
    ("texts", "lines: no such reason", "answers.jsonl"),
    ("workbooks", "ten gigabytes unpacked", "answers.xlsx"),
    ("workbooks", "more than it says", "answers.xlsx"),
    ("workbooks", "cell in the farthest corner", "answers.xlsx"),
    ("workbooks", "formula never calculated", "answers.xlsx"),
    ("workbooks", "hidden rows", "answers.xlsx"),
    ("columns", "encrypted", "answers.parquet"),
    ("columns", "text that is not UTF-8", "answers.parquet"),
    ("columns", "more rows than it has", "answers.parquet"),
]
AS_A_PROGRAM = {
    "lists 10 000 deep",
    "option that steers a terminal",
    "cell in the farthest corner",
    "more rows than it has",
}
"""Cases of which a program of its own could die."""


@pytest.mark.parametrize(("table", "name", "file"), SAMPLE)
def test_scoring_what_cannot_be_read(
    table: str, name: str, file: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints what the call prints, and the old scores stay as they were."""
    TABLES[table][name]()
    names = sorted(each.name for each in folder.iterdir())
    options = ["--index", "i.index.json", "--responses", file]
    options += ["--partial", "-o", "scores.csv"]
    assert main(["score", *options]) == 1
    output, errors = capsys.readouterr()
    words = own(expected(table)[name])
    assert (output, f"{words}\n") == ("", own(errors))
    if name in AS_A_PROGRAM:
        assert words.splitlines() == [own(line) for line in run("score", *options)]
    assert Path("scores.csv").read_text(encoding="utf-8") == "old"
    assert names == sorted(each.name for each in folder.iterdir())


def test_validating_many(folder: Path) -> None:
    """Each broken document has its line, the first of them not keeping the others away."""
    for name in ("latin-1", "key twice", "cut off", "key of a megabyte"):
        test_documents.load(test_documents.CONTENTS[name])
        (folder / "x.json").rename(folder / f"{name}.json")
    lines = run("validate", *(each.name for each in folder.glob("*.json")), "none.json")
    assert [line.rpartition(" ")[2] for line in lines] == [
        "[not-json]",
        "[unknown-key]",
        "[duplicate-key]",
        "[duplicate-key]",
        "[not-utf8]",
        "[file-not-found]",
    ]
    assert max(map(len, lines)) < 2000


@pytest.mark.parametrize("id", ["../outside", "a/b", "..", "con/../x", "a\0", "a\n", "", "å"])
def test_an_id_is_no_path(id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A questionnaire that an index names is looked for beside it, and nowhere else."""
    outside = tmp_path.parent / "outside.questionnaire.json"
    outside.write_text("secret", encoding="utf-8")
    changed = INDEX | {"questionnaire": {"id": id, "version": "1.0.0"}}
    Path("i.index.json").write_text(json.dumps(changed), encoding="utf-8")
    Path("a.csv").write_text("agency\na\n", encoding="utf-8")
    assert main(["score", "--index", "i.index.json", "--responses", "a.csv"]) == 1
    words = capsys.readouterr().err
    assert words.startswith("i.index.json#/questionnaire/id  ")
    assert words.endswith("[bad-pattern]\n")
    assert "secret" not in words
    outside.unlink()


@pytest.mark.parametrize("id", ["con", "nul", "a..b", "x" * 300])
def test_an_id_that_some_systems_reserve(id: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Names of devices and long names are ids as any other: the file is just not there."""
    changed = INDEX | {"questionnaire": {"id": id, "version": "1.0.0"}}
    Path("i.index.json").write_text(json.dumps(changed), encoding="utf-8")
    Path("a.csv").write_text("agency\na\n", encoding="utf-8")
    assert main(["score", "--index", "i.index.json", "--responses", "a.csv"]) == 1
    assert capsys.readouterr().err.endswith("Give it with --questionnaire. [file-not-found]\n")


def test_a_language_that_no_text_has() -> None:
    """A language that was asked for and is not there is a finding, not another language."""
    words = 'No text is in the language "xx". The 2 languages are "en", "sv". [unknown-language]'
    assert [words] == run("demo", "--language", "xx")


@pytest.mark.parametrize("output", ["none/scores.csv", "file/scores.csv", "a\ud800.csv"])
def test_an_output_that_cannot_be_written(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be written is a finding, whatever keeps it from it."""
    Path("file").write_text("old", encoding="utf-8")
    Path("a.csv").write_text("agency\na\n", encoding="utf-8")
    options = ["--index", "i.index.json", "--responses", "a.csv", "--partial", "-o", output]
    assert main(["score", *options]) == 1
    assert capsys.readouterr().err.endswith("Choose another folder or name. [not-writable]\n")


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_name_that_is_no_text() -> None:
    """A file whose name is not UTF-8 is reported, as lines and as JSON."""
    name = os.fsdecode(b"\xff.json")
    assert run("validate", name) == [
        "\\udcff.json  There is no such file. Check its name. [file-not-found]"
    ]
    command = [sys.executable, "-m", "agencyindex", "validate", "--json", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)[0]["place"]["file"] == name


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_stream_that_is_not_unicode(encoding: str) -> None:
    """What a console cannot show is escaped, as text and as JSON."""
    Path("a.csv").write_text("agency,e_id\n\u0142\U0001f600,yes\n", encoding="utf-8")
    options = ["score", "--index", "i.index.json", "--responses", "a.csv", "--partial"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    for more in ([], ["--json"]):
        command = [sys.executable, "-m", "agencyindex", *options, *more]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        text = done.stdout.decode(encoding)
        if more:
            assert json.loads(text)["agencies"][0]["agency"] == "\u0142\U0001f600"
        else:
            assert ("\u0142" if encoding == "utf-8" else "\\u0142") in text
