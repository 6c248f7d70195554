"""Every problem code, provoked once: its place and its words are part of what we promise."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import agencyindex as ai
from agencyindex import cli
from agencyindex.cli import demonstration
from agencyindex.errors import AgencyIndexError, Problem, codes
from agencyindex.methods import registry

FOLDER = Path(__file__).parent / "problems"
CASES = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


@pytest.mark.parametrize("code", CASES)
def test_a_code_has_its_place_and_its_words(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is given provokes one problem: that code, at that place, in those words."""
    case = json.loads(CASES[code].read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    if case["given"].get("call") == "explain":
        found = [_explained(case["given"])]
    else:
        with monkeypatch.context() as patched:
            for module in case["given"].get("not_installed", ()):
                patched.setitem(sys.modules, module, None)
            found = [_plain(problem) for problem in provoked(case["given"])]
    assert [{key: case[key] for key in ("code", "place", "message", "mend")}] == found


def test_every_code_has_its_case() -> None:
    """No code without a case, and no case of a code that is gone."""
    assert list(CASES) == sorted(codes())


def test_every_case_says_what_it_is_about() -> None:
    """A case has the name of its code and one sentence about it."""
    for code, path in CASES.items():
        case = json.loads(path.read_text(encoding="utf-8"))
        assert set(case) == {"code", "about", "given", "place", "message", "mend"}
        assert case["code"] == code
        assert case["about"].endswith(".")


def _plain(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "place": str(problem.place),
        "message": problem.message,
        "mend": problem.mend,
    }


def provoked(given: Mapping[str, Any]) -> tuple[Problem, ...]:
    """All problems that come of what a case gives."""
    if "documents" in given:
        return ai.validate(*given["documents"])
    with pytest.raises(AgencyIndexError) as caught:
        _call(given)()
    return caught.value.problems


def _call(given: Mapping[str, Any]) -> Callable[[], object]:
    match given:
        case {"text": text, "name": name}:
            Path(name).write_bytes(text.encode(given.get("encoding", "utf-8")))
            return lambda: ai.load(name)
        case {"questionnaire": document, "answers": answers}:
            return lambda: ai.read_responses(_responses(document, answers), ai.load(document))
        case {"questionnaire": document, "table": _} | {"questionnaire": document, "workbook": _}:
            name = _written(given)
            options = given.get("arguments", {})
            return lambda: ai.read_responses(name, ai.load(document), **options)
        case {"plug_in": {"family": family, "name": name, "value": value}}:
            return lambda: _brought(family, EntryPoint(name, value, f"agencyindex.{family}"))
        case {"call": "demo", "language": language}:
            return lambda: demonstration.demo(Namespace(language=language))
        case {"questionnaire": _, "index": _, "call": call}:
            return lambda: _worked(given, call)
        case {"register_table": table}:
            Path("register.csv").write_text(table, encoding="utf-8")
            return lambda: ai.read_register("register.csv")
        case {"folder": name, "call": call}:
            Path(name).mkdir()
            return lambda: _touched(call, name)
        case {"call": call, "name": name}:
            return lambda: _touched(call, name)
    raise AssertionError(f"no such form of a case: {given}")


def _written(given: Mapping[str, Any]) -> str:
    """The name of a file of answers: a text, or a workbook whose formulas have no values."""
    if "table" in given:
        name: str = given.get("name", "answers.csv")
        Path(name).write_text(given["table"] * given.get("times", 1), encoding="utf-8")
        return name
    workbook = given["workbook"]
    with xlsxwriter.Workbook("answers.xlsx") as book:
        sheet = book.add_worksheet()
        for reference, text in workbook["cells"].items():
            sheet.write(reference, text)
        for row in workbook.get("hidden_rows", ()):
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for cells, text in workbook.get("merged", {}).items():
            sheet.merge_range(cells, text)
    return "answers.xlsx"


def _responses(document: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "schema": "agencyindex/responses/1",
        "id": "answers",
        "version": "1.0.0",
        "questionnaire": {"id": document["id"], "version": document["version"]},
        "edition": "2026",
        "responses": [{"agency": name, "answers": each} for name, each in answers.items()],
    }


def _worked(given: Mapping[str, Any], call: str) -> object:
    questionnaire = ai.load(given["questionnaire"], ai.Questionnaire)
    index = ai.load(given["index"], ai.IndexDefinition)
    if call == "freeze":
        return ai.freeze(index, questionnaire)
    document = _responses(given["questionnaire"], given["responses"])
    responses = ai.read_responses(document, questionnaire)
    register = ai.load(given["register"], ai.Register) if "register" in given else None
    if call == "score unfitted":
        return ai.score(index, responses)  # type: ignore[arg-type]
    fitted = ai.fit(index, responses, register=register)
    return ai.score(fitted, responses, register=register) if call == "score" else fitted


def _brought(family: str, point: EntryPoint) -> object:
    """The methods of a family where another package brings one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(registry, "entry_points", lambda **_: [point])
        patched.setattr(registry, "plug_ins", registry.plug_ins.__wrapped__)
        return registry.strategies(family)


def _touched(call: str, name: str) -> object:
    if call == "dump":
        return ai.dump(ai.Register(id="r", version="1.0.0", agencies=[]), name)
    return ai.load(name)


def _explained(given: Mapping[str, Any]) -> dict[str, str]:
    """The finding that the command line reports of an agency that it is to explain."""
    parts = {
        "q.questionnaire.json": given["questionnaire"],
        "i.index.json": given["index"],
        "answers.json": _responses(given["questionnaire"], given["responses"]),
    }
    for name, document in parts.items():
        Path(name).write_text(json.dumps(document), encoding="utf-8")
    files = ["--index", "i.index.json", "--responses", "answers.json"]
    with pytest.MonkeyPatch.context() as patched:
        caught: list[AgencyIndexError] = []
        patched.setattr(cli, "report", lambda problems, **_: caught.extend(problems))
        cli.main(["explain", given["agency"], *files])
    (problem,) = caught
    return _plain(problem)
