"""International Civil Service Effectiveness Index 2019: rescaled after aggregation, reproduced."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import agencyindex as ai

DATA = Path(__file__).parents[1] / "data" / "incise2019"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def scores(shared_data: Path) -> ai.Scores:
    """The scores of 38 countries, each rescaling learnt from them."""
    questionnaire = ai.load(DATA / "incise-2019.questionnaire.json", ai.Questionnaire)
    responses = ai.read_responses(
        shared_data / "published" / "incise2019" / "inputs.csv",
        questionnaire,
        agency="cc_iso3c",
        edition="2019",
    )
    index = ai.load(DATA / "incise-2019.index.json", ai.IndexDefinition)
    return ai.score(ai.fit(index, responses), responses)


def test_every_indicator_and_the_index(shared_data: Path, scores: ai.Scores) -> None:
    """456 figures of indicators to the last bits, and 38 of the index to a millionth.

    The index's weights come from sums of data quality that are printed with three decimals.
    """
    rows = _rows(shared_data / "published" / "incise2019" / "expected.csv")
    furthest: dict[str, float] = {}
    for row in rows:
        for name, value in row.items():
            if name == "cc_iso3c":
                continue
            node = None if name == "incise_index" else name
            found = scores.get(row["cc_iso3c"], "incise-2019", node).value
            assert found is not None
            furthest[name] = max(abs(found - float(value)), furthest.get(name, 0.0))
            assert round(found, 2) == round(float(value), 2)
    assert len(rows) == 38
    assert 8e-7 < furthest.pop("incise_index") < 9e-7
    assert len(furthest) == 12
    assert max(furthest.values()) < 1e-15


def test_weights_are_those_published(shared_data: Path, scores: ai.Scores) -> None:
    """Two thirds equal and one third by data quality give the weights in the source."""
    published = {
        f"ind_{row['id'].lower()}": float(row["weight"])
        for row in _rows(shared_data / "published" / "incise2019" / "structure.csv")
        if row["parent"] == "INDEX"
    }
    found = {node.id: node.weight for node in scores.nodes if node.kind == "dimension"}
    assert found == pytest.approx(published, rel=1e-14, abs=0)


def test_ranks_are_those_of_the_published_scores(shared_data: Path, scores: ai.Scores) -> None:
    """No two countries change places."""
    rows = _rows(shared_data / "published" / "incise2019" / "expected.csv")
    order = sorted(rows, key=lambda row: -float(row["incise_index"]))
    ranks = [scores.get(row["cc_iso3c"], "incise-2019").rank for row in order]
    assert ranks == list(range(1, 39))
