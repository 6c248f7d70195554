"""The demonstration and the catalogue on the command line: what they print and what they write."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import agencyindex as ai
from agencyindex import catalogue
from agencyindex.cli import main

GOLDEN = Path(__file__).parent / "golden"
FILES = [
    "digg-2020.questionnaire.json",
    "digg.index.json",
    "maturity.index.json",
    "collaboration.index.json",
    "technology.index.json",
    "digg-2020.register.json",
    "digg-2020.responses.json",
    "scores.csv",
    "explanations.json",
]


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the demonstration was run as a program, and what it printed."""
    here = tmp_path_factory.mktemp("demonstration")
    command = [sys.executable, "-m", "agencyindex", "demo"]
    done = subprocess.run(
        command, capture_output=True, check=True, cwd=here, text=True, encoding="utf-8"
    )
    assert done.stderr == ""
    return here / "agencyindex-demo", done.stdout


def test_the_summary_is_as_golden(demonstrated: tuple[Path, str]) -> None:
    """What is printed is the golden text, and its first words are that the data are synthetic."""
    _, printed = demonstrated
    assert printed == (GOLDEN / "demo.txt").read_text(encoding="utf-8")
    assert printed.startswith("SYNTHETIC DATA")


def test_the_folder_holds_what_is_listed(demonstrated: tuple[Path, str]) -> None:
    """Every file is there and listed, nothing else is, and documents are those that ship."""
    folder, printed = demonstrated
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    for name in FILES:
        assert f"\n  {name}\n" in printed
    for name in catalogue.names():
        value = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert value == catalogue.document(name)


def test_scores_are_for_all_and_say_synthetic(demonstrated: tuple[Path, str]) -> None:
    """Each agency has a row for each index, and every row says that it is synthetic."""
    folder, printed = demonstrated
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["synthetic"] for row in rows} == {"true"}
    roots = [row for row in rows if row["kind"] == "index"]
    assert len(roots) == 4 * 159
    first = min(
        (row for row in roots if row["index"] == "digg"), key=lambda row: float(row["rank"])
    )
    assert f"1     {first['name']}" in printed


def test_explanations_are_for_all_and_say_synthetic(demonstrated: tuple[Path, str]) -> None:
    """There is one for each agency and index, and it is the score's own."""
    folder, _ = demonstrated
    value = json.loads((folder / "explanations.json").read_text(encoding="utf-8"))
    assert value["synthetic"] is True
    assert set(value["note"]) == {"sv", "en"}
    keys = {(each["index"], each["agency"]) for each in value["explanations"]}
    assert len(value["explanations"]) == len(keys) == 4 * 159
    for each in value["explanations"][::50]:
        total = each["baseline"] + sum(part["points"] for part in each["contributions"])
        assert total == pytest.approx(each["score"]["value"], abs=1e-9)


def test_the_printed_command_scores_again(
    demonstrated: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line, run in the folder, writes the same scores."""
    folder, printed = demonstrated
    before = (folder / "scores.csv").read_bytes()
    program, *arguments = printed.splitlines()[-1].split()
    assert program == "agencyindex"
    monkeypatch.chdir(folder)
    assert main([*arguments[:-1], "again.csv"]) == 0
    again = (folder / "again.csv").read_bytes()
    (folder / "again.csv").unlink()
    assert again == before


def test_group_means_by_hand(demonstrated: tuple[Path, str]) -> None:
    """The printed means of small and large agencies are those of the written scores."""
    folder, printed = demonstrated
    register = ai.read_register(folder / "digg-2020.register.json")
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "index"]
    for title, index in (("Digg index", "digg"), ("Technology index", "technology")):
        figures = []
        for large in (False, True):
            values = sorted(
                float(row["value"])
                for row in rows
                if row["index"] == index and ((register[row["agency"]].fte or 0) >= 200) == large
            )
            half = len(values) // 2
            middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
            figures += [f"{len(values)}", f"{sum(values) / len(values):.1f}", f"{middle:.1f}"]
        lines = [line.split() for line in printed.splitlines() if line.startswith(title)]
        assert [*title.split(), *figures] in lines


def test_the_summary_speaks_swedish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another language, headings, titles and names are in it."""
    monkeypatch.setattr(catalogue, "responses", _few)
    assert main(["demo", "--language", "sv", "-o", str(tmp_path / "ut")]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("SYNTETISKA DATA")
    for words in ("Mognadsindex", "Påhittad myndighet", "Små myndigheter", "Täckning"):
        assert words in printed
    assert "3 av de 175 tillfrågade myndigheterna svarade (2%)" in printed
    for words in ("Maturity", "Made-up", "Agency", "agencies"):
        assert words not in printed


def _few(name: str) -> ai.Responses:
    assert name == "digg-2020"
    return SOME.take([0, 1, 2])


SOME = catalogue.responses("digg-2020")


def test_a_folder_that_cannot_be_written_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the folder's place stops it with a line, and is left."""
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    assert main(["demo", "-o", str(taken)]) == 1
    assert main(["catalogue", "-o", str(taken)]) == 1
    assert capsys.readouterr().err.count("[not-writable]") == 2
    assert taken.read_text(encoding="utf-8") == "mine"


def test_catalogue_lists_what_ships(capsys: pytest.CaptureFixture[str]) -> None:
    """Every document is listed with its version, its title and whether it is synthetic."""
    assert main(["catalogue"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(catalogue.names())
    assert main(["catalogue", "--json", "digg-2020.register"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert listed == {
        "name": "digg-2020.register",
        "schema": "agencyindex/register/1",
        "version": "1.0.0",
        "synthetic": True,
        "title": catalogue.document("digg-2020.register")["title"],
    }


def test_catalogue_exports_and_says_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named documents, or all of them, are written, and each path is printed."""
    out = tmp_path / "out"
    assert main(["catalogue", "digg.index", "-o", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [str(out / "digg.index.json")]
    assert [path.name for path in out.iterdir()] == ["digg.index.json"]
    assert main(["catalogue", "-o", str(out)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(list(out.iterdir())) == 7
    assert ai.validate(*sorted(out.iterdir())) == ()


def test_catalogue_refuses_a_name_that_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown name is a finding, whether it was to be listed or exported."""
    assert main(["catalogue", "digg-index"]) == 1
    assert main(["catalogue", "digg-index", "-o", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.count('Did you mean "digg.index"? [file-not-found]') == 2
    assert list(tmp_path.iterdir()) == []
