"""Open Data Maturity 2023: the published points of a real questionnaire, reproduced."""

from __future__ import annotations

import csv
from pathlib import Path

import agencyindex as ai
from agencyindex.cli import main

DATA = Path(__file__).parents[1] / "data" / "odm2023"
QUESTIONNAIRE = DATA / "odm-2023.questionnaire.json"
INDEX = DATA / "odm-2023-points.index.json"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _differences(
    folder: Path, figures: dict[tuple[str, str], float]
) -> tuple[list[tuple[str, str]], list[str]]:
    questions = _rows(folder / "expected_question_scores.csv")
    totals = _rows(folder / "expected_totals.csv")
    assert len(questions) == 5635
    assert len(totals) == 35
    return (
        [
            (row["country"], row["question"])
            for row in questions
            if figures[row["country"], "q" + row["question"]] != float(row["published_score"])
        ],
        [
            row["country"]
            for row in totals
            if figures[row["country"], "odm-2023-points"] != float(row["published_total"])
        ],
    )


def test_points_through_the_api(shared_data: Path) -> None:
    """All question scores and totals but the one manual override of the publisher."""
    folder = shared_data / "published" / "odm2023"
    questionnaire = ai.load(QUESTIONNAIRE, ai.Questionnaire)
    responses = ai.read_responses(
        folder / "answers.csv",
        questionnaire,
        layout="long",
        agency="country",
        item="question",
    )
    fitted = ai.freeze(ai.load(INDEX, ai.IndexDefinition), questionnaire)
    scores = ai.score(fitted, responses)
    table = scores.columns()
    keys = zip(table["agency"], table["node"], strict=True)
    figures = dict(zip(keys, table["value"], strict=True))
    assert _differences(folder, figures) == ([("AL", "10a")], ["AL"])
    assert figures["AL", "q10a"] == 20
    assert {node.id: node.upper for node in scores.nodes if node.parent == "odm-2023-points"} == {
        "Dim1": 640,
        "Dim2": 600,
        "Dim3": 650,
        "Dim4": 650,
    }


def test_points_through_the_command_line(shared_data: Path, tmp_path: Path) -> None:
    """The command writes the same figures."""
    folder = shared_data / "published" / "odm2023"
    out = tmp_path / "scores.csv"
    status = main(
        ["score", "--index", str(INDEX), "--responses", str(folder / "answers.csv")]
        + ["--layout", "long", "--agency-column", "country", "--item-column", "question"]
        + ["-o", str(out)]
    )
    assert status == 0
    figures = {(row["agency"], row["node"]): float(row["value"]) for row in _rows(out)}
    assert _differences(folder, figures) == ([("AL", "10a")], ["AL"])
