"""The command line: exit status, what is printed where, and files whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import agencyindex as ai
from agencyindex._documents.resolve import indicators
from agencyindex.cli import main

DOCUMENTS = Path(str(resources.files("agencyindex.catalogue") / "documents"))
INDEX = str(DOCUMENTS / "technology.index.json")
RESPONSES = str(DOCUMENTS / "digg-2020.responses.json")
REGISTER = str(DOCUMENTS / "digg-2020.register.json")


def test_validate_reports_all_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every finding of every file is reported, as lines or as JSON, and the status says so."""
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"schema": "agencyindex/register/1", "agency": []}', encoding="utf-8")
    assert main(["validate", INDEX]) == 0
    capsys.readouterr()
    assert main(["validate", str(wrong), str(tmp_path / "none.json")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 5
    assert any("[file-not-found]" in line for line in lines)
    assert main(["validate", "--json", str(wrong)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {each["code"] for each in found} == {"missing-key", "unknown-key"}


def test_wrong_usage_exits_with_2() -> None:
    """A command that does not exist, or lacks an argument, is a matter of usage."""
    for arguments in ([], ["scare"], ["score"], ["schema", "none"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2


def test_bad_input_gives_lines_and_no_traceback(tmp_path: Path) -> None:
    """A broken file is a line on standard error."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    command = [sys.executable, "-m", "agencyindex", "score", "--index", str(broken)]
    command += ["--responses", RESPONSES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("broken.json#  This is not JSON")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".json", ".jsonl"])
def test_score_writes_every_format(tmp_path: Path, ending: str) -> None:
    """Scores are written in the format that the file's ending names, and nothing else is left."""
    out = tmp_path / f"scores{ending}"
    arguments = ["score", "--index", INDEX, "--responses", RESPONSES]
    assert main([*arguments, "--register", REGISTER, "-o", str(out)]) == 0
    assert out.stat().st_size > 0
    assert [each.name for each in tmp_path.iterdir()] == [out.name]


def test_an_unknown_format_leaves_the_old_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be written leaves what was there."""
    out = tmp_path / "scores.doc"
    out.write_text("old", encoding="utf-8")
    assert main(["score", "--index", INDEX, "--responses", RESPONSES, "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "old"
    assert "[unknown-format]" in capsys.readouterr().err


def test_score_as_json_is_the_scores_document(capsys: pytest.CaptureFixture[str]) -> None:
    """What a program reads is a document that loads."""
    assert main(["score", "--index", INDEX, "--responses", RESPONSES, "--json"]) == 0
    scores = ai.load(json.loads(capsys.readouterr().out), ai.Scores)
    assert scores.synthetic
    assert scores.get("synthetic-004", "technology").published == 21.1
    assert set(scores.fingerprints) == {"questionnaire", "responses", "index technology"}


def test_explain_prints_why(capsys: pytest.CaptureFixture[str]) -> None:
    """An explanation names the score, the contributions and what would change it."""
    arguments = ["--index", INDEX, "--responses", RESPONSES]
    assert main(["explain", "synthetic-004", *arguments]) == 0
    text = capsys.readouterr().out
    assert text.startswith("synthetic-004: 21.1 in technology, rank 79 of 159")
    assert "What another answer would give" in text
    assert main(["explain", "synthetic-0044", *arguments]) == 1
    assert 'Did you mean "synthetic-044"? [unknown-agency]' in capsys.readouterr().err


def test_explain_says_why_there_is_no_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An agency that refused every question of an index has no score, and the cause is coverage."""
    value = json.loads(Path(RESPONSES).read_text(encoding="utf-8"))
    technologies = [leaf.item for leaf in indicators(ai.load(INDEX, ai.IndexDefinition))]
    refused = {item: {"missing": "refused"} for item in technologies}
    value["responses"] = [{"agency": "silent", "answers": refused}]
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    assert main(["explain", "silent", "--index", INDEX, "--responses", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["score"]["cause"] == "coverage"


def test_fit_writes_a_document_that_scores_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fitted index is an index document, with the figures of the one that it was."""
    fitted = tmp_path / "fitted.json"
    arguments = ["--questionnaire", str(DOCUMENTS / "digg-2020.questionnaire.json")]
    arguments += ["--responses", RESPONSES]
    assert main(["fit", "--index", INDEX, *arguments, "-o", str(fitted)]) == 0
    printed = []
    for index in (INDEX, str(fitted)):
        capsys.readouterr()
        assert main(["score", "--index", index, *arguments]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_schema_prints_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """Each schema is printed as JSON."""
    for name in ai.schema_names():
        assert main(["schema", name]) == 0
        assert json.loads(capsys.readouterr().out)["$id"] == f"agencyindex/{name}/1"
