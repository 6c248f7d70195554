"""Blavatnik Index of Public Administration 2024: rounded at every level, reproduced."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import agencyindex as ai

DATA = Path(__file__).parents[1] / "data" / "bipa2024"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def responses(shared_data: Path) -> ai.Responses:
    """The metrics of 120 countries."""
    return ai.read_responses(
        shared_data / "published" / "bipa2024" / "inputs.csv",
        ai.load(DATA / "bipa-2024.questionnaire.json", ai.Questionnaire),
        layout="long",
        agency="cc_iso3c",
        item="id",
        answer="value",
        edition="2024",
    )


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> list[dict[str, str]]:
    """The published figures."""
    return _rows(shared_data / "published" / "bipa2024" / "expected.csv")


def _scores(responses: ai.Responses, **steps: Any) -> ai.Scores:
    document = ai.document(ai.load(DATA / "bipa-2024.index.json", ai.IndexDefinition))
    index = ai.load({**document, **steps}, ai.IndexDefinition)
    return ai.score(ai.freeze(index, responses.questionnaire), responses)


def _of(scores: ai.Scores, row: dict[str, str]) -> Any:
    node = row["id"] if row["id"] != "0" else None
    return scores.get(row["cc_iso3c"], "bipa-2024", node)


def test_every_figure_and_rank(responses: ai.Responses, expected: list[dict[str, str]]) -> None:
    """All 6,098 figures and their ranks, from indicators to the index."""
    scores = _scores(responses)
    count = Counter(row["level"] for row in expected)
    assert count == {"indicator": 3638, "theme": 1860, "domain": 480, "index": 120}
    found = [_of(scores, row) for row in expected]
    wrong = [
        (row["cc_iso3c"], row["id"])
        for row, score in zip(expected, found, strict=True)
        if (score.published, score.rank) != (float(row["value"]), float(row["rank"]))
    ]
    assert wrong == []
    inner = [each for each in scores.nodes if each.kind != "indicator"]
    values = np.array([scores.column("bipa-2024", node.id) for node in inner])
    assert np.isfinite(values).sum() == len(expected)


def test_one_sum_is_not_enough(
    responses: ai.Responses, expected: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With means of one sum each, 43 figures would be off by the last decimal, 12 of the index."""
    monkeypatch.setattr("agencyindex._engine.plan.closely", lambda here, _: here)
    scores = _scores(responses)
    wrong = [row for row in expected if _of(scores, row).published != float(row["value"])]
    assert Counter(row["level"] == "index" for row in wrong) == {True: 12, False: 31}
    away = [abs(_of(scores, row).published - float(row["value"])) for row in wrong]
    assert away == pytest.approx([0.01] * 43)


def test_rounding_where_and_how(responses: ai.Responses, expected: list[dict[str, str]]) -> None:
    """Ties decided on the decimal value lead elsewhere, and so does no rounding at all."""
    tops = [row for row in expected if row["level"] == "index"]
    wrong = {}
    for rule in ("half_up", "half_even"):
        rounding = {"where": "every_level", "decimals": 2, "rule": rule}
        scores = _scores(responses, rounding=rounding)
        wrong[rule] = sum(_of(scores, row).published != float(row["value"]) for row in tops)
    assert wrong == {"half_up": 37, "half_even": 8}
    scores = _scores(responses, rounding={"where": "nowhere"})
    furthest = max(abs(_of(scores, row).value - float(row["value"])) for row in expected)
    assert 0.009 < furthest < 0.0094
