"""Scores written in every format and read back, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import python_calamine
from tests.tables.forms import told

from agencyindex import Agency, Register, Scores, load, write_scores
from agencyindex._model.definition import Ranking, Rounding, ScoreBands
from agencyindex._model.scores import PublishingRules, ScoredNode
from agencyindex.errors import FileError, ResponseError
from agencyindex.tables import writers

NAN = float("nan")


def made(agencies: tuple[str, ...] = ("=1+1", "b"), *, synthetic: bool = False) -> Scores:
    """Scores of two agencies in an index with one indicator, and one missing."""

    def node(id: str, kind: str) -> ScoredNode:
        parent = None if kind == "index" else "tech"
        return ScoredNode(
            index="tech", id=id, parent=parent, kind=kind, weight=1, lower=-10, upper=10
        )

    bands = ScoreBands(thresholds=[0], closed="upper", labels=[{"sv": "låg", "en": "low"}, "high"])
    rules = PublishingRules(
        rounding=Rounding(where="published", decimals=1), ranking=Ranking(), bands=bands
    )
    count = len(agencies)
    values = np.tile([[-3.5, 0.1 + 0.2], [NAN, NAN]], (count, 1))[:count]
    gaps = np.isnan(values)
    return Scores(
        edition="2020",
        agencies=agencies,
        nodes=(node("tech", "index"), node("rpa", "indicator")),
        values=values,
        coverage=np.where(gaps, 0.0, 1.0),
        answered=np.where(gaps, 0.0, 1.0),
        statuses=np.where(gaps, 3, 0).astype(np.int8),
        causes=np.where(gaps, 1, 0).astype(np.int8),
        rules={"tech": rules},
        synthetic=synthetic,
    )


REGISTER = Register(
    id="r", version="1.0.0", agencies=[Agency("=1+1", name={"sv": "@Ett", "en": "One"})]
)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a csv file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_long_csv(tmp_path: Path):
    """A row for each agency and node; nothing that a spreadsheet would run; floats whole."""
    path = tmp_path / "scores.csv"
    write_scores(made(), path, register=REGISTER, language="sv")
    rows = read(path)
    assert list(rows[0]) == [
        "agency", "name", "index", "node", "kind", "value", "published", "rank",
        "coverage", "answered", "status", "cause", "band",
    ]  # fmt: skip
    assert tuple(rows[0][key] for key in ("agency", "name", "value", "band")) == (
        "'=1+1",
        "'@Ett",
        "-3.5",
        "låg",
    )
    assert tuple(rows[1][key] for key in ("value", "published", "rank", "band")) == (
        "0.30000000000000004",
        "0.3",
        "1.0",
        "",
    )
    assert tuple(
        rows[2][key] for key in ("agency", "name", "value", "rank", "status", "cause")
    ) == ("b", "", "", "", "missing", "not_answered")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_run(tmp_path: Path, start: str):
    """Text that a spreadsheet would take for a formula gets an apostrophe in csv."""
    path = tmp_path / "scores.csv"
    write_scores(made((f"{start}x", "b")), path)
    assert f"'{start}x" == read(path)[0]["agency"]


def test_wide_csv(tmp_path: Path):
    """A row for each agency, with all that is published about each node."""
    path = tmp_path / "scores.csv"
    write_scores(made(synthetic=True), path, layout="wide", register=REGISTER, language="en")
    first, second = read(path)
    assert first == {
        "agency": "'=1+1",
        "name": "One",
        "tech": "-3.5",
        "tech rank": "1.0",
        "tech band": "low",
        "tech coverage": "1.0",
        "tech status": "scored",
        "tech cause": "",
        "tech/rpa": "0.3",
        "tech/rpa rank": "1.0",
        "tech/rpa coverage": "1.0",
        "tech/rpa status": "scored",
        "tech/rpa cause": "",
        "synthetic": "true",
    }
    assert (second["tech"], second["tech rank"], second["tech cause"]) == ("", "", "not_answered")


@pytest.mark.parametrize("layout", ["long", "wide"])
def test_every_format_says_the_same(tmp_path: Path, layout: str):
    """Workbook, parquet and JSON lines hold the same rows, with true numbers and gaps."""
    scores = made(synthetic=True)
    for ending in ("xlsx", "parquet", "jsonl"):
        write_scores(scores, tmp_path / f"scores.{ending}", layout=layout)
    lines = (tmp_path / "scores.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {("=1+1", True), ("b", True)} == {(row["agency"], row["synthetic"]) for row in rows}
    assert rows == pl.read_parquet(tmp_path / "scores.parquet").to_dicts()
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "scores.xlsx"))
    headings, *cells = book.get_sheet_by_index(0).to_python()
    assert list(rows[0]) == headings
    plain = [["" if cell is None else cell for cell in row.values()] for row in rows]
    for expected, found in zip(plain, cells, strict=True):
        short = [float(f"{cell:.15g}") if isinstance(cell, float) else cell for cell in expected]
        assert short == [
            float(f"{cell:.15g}") if isinstance(cell, float) else cell for cell in found
        ]


def test_document(tmp_path: Path):
    """A path that ends in .json gets the scores document."""
    write_scores(made(("a", "b")), tmp_path / "scores.json")
    again = load(tmp_path / "scores.json", Scores)
    assert again.agencies == ("a", "b")
    np.testing.assert_array_equal(made().values, again.values)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_the_same_file_every_time(tmp_path: Path, ending: str):
    """The same scores give the same bytes."""
    for name in ("a", "b"):
        write_scores(made(), tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str):
    """Where writing fails, the old file stays whole and nothing else is left behind."""
    path = tmp_path / f"scores.{ending}"
    write_scores(made(), path)
    before = path.read_bytes()
    replaced = Path.replace

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert [("not-writable", str(path))] == told(
        FileError, lambda: write_scores(made(("c", "d")), path)
    )
    monkeypatch.setattr(Path, "replace", replaced)
    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_stopped_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Also an interruption from outside leaves the old file."""
    path = tmp_path / "scores.csv"
    path.write_text("old")

    def stop(text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(writers, "_quoted", stop)
    with pytest.raises(KeyboardInterrupt):
        write_scores(made(), path)
    assert path.read_text() == "old"
    assert [path] == list(tmp_path.iterdir())


def test_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Unknown endings, layouts and folders are refused, and sheets that are too long."""
    for name in ("scores.pdf", "scores"):
        path = tmp_path / name
        assert [("unknown-format", str(path))] == told(
            FileError, lambda path=path: write_scores(made(), path)
        )
    path = tmp_path / "nowhere" / "scores.csv"
    assert [("not-writable", str(path))] == told(FileError, lambda: write_scores(made(), path))
    assert told(
        ResponseError, lambda: write_scores(made(), tmp_path / "scores.csv", layout="broad")
    ) == [("bad-parameter", "")]
    monkeypatch.setattr(writers, "MOST_ROWS", 3)
    path = tmp_path / "scores.xlsx"
    assert [("not-writable", str(path))] == told(FileError, lambda: write_scores(made(), path))
    assert list(tmp_path.iterdir()) == []


def test_without_agencies(tmp_path: Path):
    """No agencies give a file of headings alone."""
    for ending in ("csv", "xlsx", "parquet", "jsonl"):
        write_scores(made((), synthetic=True), tmp_path / f"scores.{ending}")
    assert read(tmp_path / "scores.csv") == []
    assert pl.read_parquet(tmp_path / "scores.parquet").height == 0
