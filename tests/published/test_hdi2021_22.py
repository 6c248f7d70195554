"""Human Development Index 1990 to 2021: goalposts and a geometric mean, reproduced."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import agencyindex as ai

DATA = Path(__file__).parents[1] / "data" / "hdi2021_22"
YEARS = [str(year) for year in range(1990, 2022)]
WITHHELD = {("RWA", year) for year in YEARS[:5]}
"""Rwanda 1990 to 1994: all four figures are there, and no index is published."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def editions(shared_data: Path) -> dict[str, ai.Responses]:
    """The four figures of each country, an edition for each year."""
    questionnaire = ai.load(DATA / "hdi.questionnaire.json", ai.Questionnaire)
    rows = _rows(shared_data / "published" / "hdi2021_22" / "inputs.csv")
    return {
        year: ai.read_responses(
            [row for row in rows if row["year"] == year],
            questionnaire,
            agency="iso3",
            ignore=("year",),
            edition=year,
        )
        for year in YEARS
    }


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[tuple[str, str], float]:
    """The published figures by country and year."""
    rows = _rows(shared_data / "published" / "hdi2021_22" / "expected.csv")
    return {(row["iso3"], row["year"]): float(row["hdi"]) for row in rows if row["hdi"]}


def _document() -> dict[str, Any]:
    return ai.document(ai.load(DATA / "hdi.index.json", ai.IndexDefinition))


def _score(document: Mapping[str, Any], responses: ai.Responses) -> ai.Scores:
    index = ai.load(document, ai.IndexDefinition)
    return ai.score(ai.freeze(index, responses.questionnaire), responses)


def _figures(
    document: Mapping[str, Any], editions: Mapping[str, ai.Responses]
) -> dict[tuple[str, str], float | None]:
    found: dict[tuple[str, str], float | None] = {}
    for year, responses in editions.items():
        scores = _score(document, responses)
        for agency in scores.agencies:
            found[agency, year] = scores.get(agency, "hdi").published
    return found


def test_every_year(
    editions: dict[str, ai.Responses], expected: dict[tuple[str, str], float]
) -> None:
    """All 5,571 published figures; where one is missing, so is ours, but for Rwanda."""
    assert len(expected) == 5571
    found = {at: value for at, value in _figures(_document(), editions).items() if value}
    assert set(found) - set(expected) == WITHHELD - {("RWA", "1994")}
    assert {at: found[at] for at in expected} == expected


def test_a_life_below_the_goalpost_is_zero(editions: dict[str, ai.Responses]) -> None:
    """Rwanda 1994, with a life expectancy of 14 years, would be worth nothing."""
    assert _score(_document(), editions["1994"]).get("RWA", "hdi").value == 0


def _ranks(shared_data: Path) -> dict[str, float]:
    rows = _rows(shared_data / "published" / "hdi2021_22" / "rank2021.csv")
    return {row["iso3"]: float(row["hdi_rank_2021"]) for row in rows}


def _wrong_ranks(shared_data: Path, document: Mapping[str, Any], responses: ai.Responses) -> int:
    scores = _score(document, responses)
    published = _ranks(shared_data)
    assert len(published) == 191
    return sum(scores.get(agency, "hdi").rank != rank for agency, rank in published.items())


def test_ranks_of_2021(shared_data: Path, editions: dict[str, ai.Responses]) -> None:
    """All 191 ranks, on the published figure; on the raw one 29 would differ."""
    document = _document()
    assert _wrong_ranks(shared_data, document, editions["2021"]) == 0
    raw = {**document, "ranking": {**document["ranking"], "on": "raw"}}
    assert _wrong_ranks(shared_data, raw, editions["2021"]) == 29


def test_an_arithmetic_mean_is_another_index(
    editions: dict[str, ai.Responses], expected: dict[tuple[str, str], float]
) -> None:
    """It misses 4,972 figures."""
    found = _figures({**_document(), "aggregation": {"method": "arithmetic"}}, editions)
    assert sum(found[at] != value for at, value in expected.items()) == 4972


def test_caps_matter(
    editions: dict[str, ai.Responses], expected: dict[tuple[str, str], float]
) -> None:
    """Without the caps 18 figures of 2021 differ."""
    document = _document()
    health, education, income = document["children"]
    free = [health, *education["children"], income]
    for leaf, least in zip(free, (20, 0, 0, 100), strict=True):
        floor = {"method": "clip", "lower": least}
        leaf["treatment"] = [floor, *leaf.get("treatment", ())]
        leaf["normalisation"] = {**leaf["normalisation"], "clip": False}
    del document["scale"]
    found = _figures(document, {"2021": editions["2021"]})
    wrong = [at for at, value in expected.items() if at in found and found[at] != value]
    assert len(wrong) == 18
