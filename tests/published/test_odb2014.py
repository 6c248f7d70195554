"""Open Data Barometer 2014: from checklists and raw numbers to scores and ranks, reproduced."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import agencyindex as ai

DATA = Path(__file__).parents[1] / "data" / "odb2014"
COUNTRIES = """
ARE:AE ARG:AR AUT:AT AUS:AU BGD:BD BEL:BE BFA:BF BHR:BH BEN:BJ BRA:BR BWA:BW CAN:CA CHE:CH CHL:CL
CMR:CM CHN:CN COL:CO CRI:CR CZE:CZ DEU:DE DNK:DK ECU:EC EST:EE EGY:EG ESP:ES ETH:ET FIN:FI FRA:FR
GBR:GB GHA:GH GRC:GR HTI:HT HUN:HU IDN:ID IRL:IE ISR:IL IND:IN ISL:IS ITA:IT JAM:JM JOR:JO JPN:JP
KEN:KE KOR:KR KAZ:KZ MAR:MA MLI:ML MMR:MM MUS:MU MWI:MW MEX:MX MYS:MY MOZ:MZ NAM: NGA:NG NLD:NL
NOR:NO NPL:NP NZL:NZ PER:PE PHL:PH PAK:PK POL:PL PRT:PT QAT:QA RUS:RU RWA:RW SAU:SA SWE:SE SGP:SG
SLE:SL SEN:SN THA:TH TUN:TN TUR:TR TZA:TZ UKR:UA UGA:UG USA:US URY:UY VEN:VE VNM:VN YEM:YE ZAF:ZA
ZMB:ZM ZWE:ZW
"""
"""The code of three letters that one file has, and the one of two that the other has; that file
has lost Namibia's, NA."""
COMPONENTS = (
    "Readiness",
    "Readiness_Government",
    "Readiness_Citizens",
    "Readiness_Entrepreneurs",
    "Implementation",
    "Impact",
    "Impact_Political",
    "Impact_Social",
    "Impact_Economic",
)
DATASETS = {
    "Datasets_Innovation": "Datasets_Innovation",
    "Datasets_Social_Policy": "Datasets_Social_Policy",
    "Datasets_Accountability": "Datasets_Accountability",
    "Datasets_Average": "Datasets_Average",
    "Datasets_Normalised": "Implementation",
}
"""Columns of the published file, and the nodes that they are of."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def odb(shared_data: Path) -> Path:
    """The folder of the published files."""
    return shared_data / "published" / "odb2014"


def _checklists(folder: Path) -> list[tuple[str, str, dict[str, str]]]:
    """Country, dataset and row of every checklist."""
    code = {short: long for long, _, short in (pair.partition(":") for pair in COUNTRIES.split())}
    rows = _rows(folder / "checklist.csv")
    return [(code[row["ISO2"]], row["dataset"], row) for row in rows]


@pytest.fixture(scope="module")
def responses(odb: Path) -> ai.Responses:
    """What is true of each dataset, and the other numbers as they are."""
    questionnaire = ai.load(DATA / "odb-2014.questionnaire.json", ai.Questionnaire)
    answers: dict[str, dict[str, Any]] = {
        row["ISO3"]: {name: float(row[name]) for name in row if name in questionnaire}
        for row in _rows(odb / "inputs.csv")
    }
    for country, dataset, row in _checklists(odb):
        chosen = tuple(name for name in "abcdefghij" if row[name] == "1.0")
        answers[country][dataset] = chosen or ("none",)
    each = [ai.Response(country, given) for country, given in answers.items()]
    return ai.Responses.of(questionnaire, each, edition="2014")


def _document() -> dict[str, Any]:
    return ai.document(ai.load(DATA / "odb-2014.index.json", ai.IndexDefinition))


def _score(document: Mapping[str, Any], responses: ai.Responses) -> ai.Scores:
    index = ai.load(document, ai.IndexDefinition)
    return ai.score(ai.fit(index, responses), responses)


@pytest.fixture(scope="module")
def scores(responses: ai.Responses) -> ai.Scores:
    """The figures of every node of the one document."""
    return _score(_document(), responses)


def test_every_checklist(odb: Path, scores: ai.Scores) -> None:
    """1,290 checklists of ten questions, whose points open each other."""
    expected = {
        (country, dataset): float(row["CalculatedScore"])
        for country, dataset, row in _checklists(odb)
    }
    found = {at: scores.get(at[0], "odb-2014", at[1]).value for at in expected}
    assert len(expected) == 86 * 15 == 1290
    assert found == expected
    for row in _rows(odb / "inputs.csv"):
        own = {name[9:]: float(row[name]) for name in row if name.startswith("ODB.2013.D")}
        assert own == {name: expected[row["ISO3"], name] for name in own}


def _furthest(odb: Path, scores: ai.Scores, column: str, node: str) -> float:
    rows = _rows(odb / "expected.csv")
    assert len(rows) == 86
    found = [scores.get(row["ISO3"], "odb-2014", node).value for row in rows]
    pairs = zip(rows, found, strict=True)
    return max(abs(float(row[column]) - value) for row, value in pairs if value is not None)


def test_every_component(odb: Path, scores: ai.Scores) -> None:
    """What the reference year's means and deviations, which are printed, allow."""
    assert _furthest(odb, scores, "ODB-Score", "score") < 6e-11
    for name in COMPONENTS:
        assert _furthest(odb, scores, name, name) < 1e-9
    for column, node in DATASETS.items():
        assert _furthest(odb, scores, column, node) < (1e-9 if "_N" in column else 1e-13)


def test_scores_and_ranks(odb: Path, responses: ai.Responses, scores: ai.Scores) -> None:
    """All 86 scores with two decimals, and all ranks.

    They are on whole points: on the two decimals 35 would differ.
    """
    rows = _rows(odb / "expected.csv")
    published = [scores.get(row["ISO3"], "odb-2014").published for row in rows]
    assert published == [float(row["ODB-Scaled"]) for row in rows]
    whole = {"where": "published", "decimals": 0, "rule": "half_up"}
    ranked = _score({**_document(), "rounding": whole}, responses)
    found = [ranked.get(row["ISO3"], "odb-2014").rank for row in rows]
    assert found == [float(row["ODB-Rank"]) for row in rows]
    finer = [scores.get(row["ISO3"], "odb-2014").rank for row in rows]
    assert sum(a != b for a, b in zip(found, finer, strict=True)) == 35


@pytest.mark.parametrize("name", COMPONENTS)
def test_components_from_0_to_100(odb: Path, responses: ai.Responses, name: str) -> None:
    """Each component, made an index of its own, is published in whole points."""
    document = _document()
    (node,) = (each for each in _nodes(document) if each["id"] == name)
    node.pop("weight", None)
    used = {each["scoring"] for each in _nodes(node) if "scoring" in each}
    document["children"] = [node]
    document["scorings"] = {each: document["scorings"][each] for each in used}
    document["rounding"] = {"where": "published", "decimals": 0, "rule": "half_up"}
    scores = _score(document, responses)
    for row in _rows(odb / "expected.csv"):
        assert scores.get(row["ISO3"], "odb-2014").published == float(row[f"{name}-Scaled"])


def _nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node.get("children", ()) for each in _nodes(child))]
