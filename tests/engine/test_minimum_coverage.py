"""The minimum coverage, decided on the weights as the definition states them."""

from __future__ import annotations

from typing import Any

import pytest

import agencyindex as ai

RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.0.0",
        "sections": [{"id": "s", "items": [{"id": name, "type": "yes_no"} for name in "abc"]}],
    },
    ai.Questionnaire,
)


def _index(weights: tuple[float, ...], minimum: float) -> ai.IndexDefinition:
    document: dict[str, Any] = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(RULES, "exclude"),
        "minimum_coverage": minimum,
        "scorings": {"yes": {"method": "binary", "ones": ["yes"]}},
        "normalisation": {"method": "none"},
        "weighting": {"method": "fixed"},
        "aggregation": {"method": "arithmetic"},
        "children": [
            {"id": f"{name}_", "item": name, "scoring": "yes", "weight": weight}
            for name, weight in zip("abc", weights, strict=True)
        ],
    }
    return ai.load(document, ai.IndexDefinition)


@pytest.mark.parametrize(
    ("weights", "answered", "minimum"),
    [
        ((0.1, 0.2, 0.7), "bc", 0.9),
        ((0.1, 0.2, 0.7), "ac", 0.8),
        ((0.1, 0.35, 0.55), "ab", 0.45),
        ((0.05, 0.35, 0.6), "ab", 0.4),
        ((0.1, 0.3, 0.6), "bc", 0.9),
    ],
)
def test_weights_that_reach_the_minimum_are_enough(
    weights: tuple[float, ...], answered: str, minimum: float
) -> None:
    """Stated weights that add up to the minimum, as 0.2 and 0.7 do to 0.9, give a score."""
    fitted = ai.freeze(_index(weights, minimum), QUESTIONNAIRE)
    single = ai.Response("z", dict.fromkeys(answered, "yes"))
    many = ai.Responses.of(QUESTIONNAIRE, [single])
    for scores in (ai.score(fitted, single), ai.score(fitted, many)):
        cell = scores.get("z", "i")
        assert (cell.value, cell.cause) == (1.0, "")
        assert cell.coverage == pytest.approx(minimum, rel=1e-15, abs=0)
