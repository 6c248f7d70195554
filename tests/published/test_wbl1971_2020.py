"""Women, Business and the Law 1971 to 2020: fifty editions of yes and no, reproduced."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import agencyindex as ai

DATA = Path(__file__).parents[1] / "data" / "wbl1971_2020"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def responses(shared_data: Path) -> ai.Responses:
    """The answers of every economy and year, each standing as an agency of its own."""
    rows = _rows(shared_data / "published" / "wbl1971_2020" / "inputs.csv")
    questionnaire = ai.load(DATA / "wbl.questionnaire.json", ai.Questionnaire)
    alone = [{**row, "agency": f"{row['unit']} {row['year']}"} for row in rows]
    return ai.read_responses(alone, questionnaire, ignore=("unit", "year"))


def _wrong(folder: Path, responses: ai.Responses, **steps: Any) -> tuple[int, dict[str, int]]:
    """How many figures there are, and how many of each node are not the published ones."""
    document = ai.document(ai.load(DATA / "wbl.index.json", ai.IndexDefinition))
    index = ai.load({**document, **steps}, ai.IndexDefinition)
    scores = ai.score(ai.freeze(index, responses.questionnaire), responses)
    columns = {node.id.replace("wbl", "WBL"): at for at, node in enumerate(scores.nodes)}
    rows = {agency: at for at, agency in enumerate(scores.agencies)}
    published = scores.published.tolist()
    expected = _rows(folder / "published" / "wbl1971_2020" / "expected.csv")
    wrong: dict[str, int] = {}
    for each in expected:
        row, column = rows[f"{each['unit']} {each['year']}"], columns[each["id"]]
        if published[row][column] != float(each["value"]):
            wrong[each["id"]] = wrong.get(each["id"], 0) + 1
    return len(expected), wrong


def test_every_figure(shared_data: Path, responses: ai.Responses) -> None:
    """76,000 figures of indicators and 9,500 of the index, of 190 economies in 50 years."""
    assert len(responses) == 190 * 50
    assert _wrong(shared_data, responses) == (76_000 + 9_500, {})


def test_ties_go_up(shared_data: Path, responses: ai.Responses) -> None:
    """Half to even would miss 1,371 figures of the index."""
    rounding = {"where": "published", "decimals": 1, "rule": "half_even"}
    assert _wrong(shared_data, responses, rounding=rounding)[1] == {"WBL": 1371}
