"""Means of values that are rounded at every level."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import agencyindex as ai
from agencyindex._engine.closely import CloseMean
from agencyindex.methods.aggregation import ArithmeticMean

TIE = (0.1, 0.11, 0.15, 0.34)
"""Their mean as floats is a last bit above 0.175, which is what one sum gives."""


def _score(rule: str, values: tuple[float | None, ...], **changes: Any) -> float | None:
    names = ["a", "b", "c", "d", "e"][: len(values)]
    items = [{"id": name, "type": "number", "minimum": 0, "maximum": 1} for name in names]
    head = {"id": "q", "version": "1.0.0"}
    asked = {"schema": "agencyindex/questionnaire/1", **head}
    questionnaire = ai.load({**asked, "sections": [{"id": "s", "items": items}]}, ai.Questionnaire)
    reasons = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
    document = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": head,
        "rounding": {"where": "every_level", "decimals": 2, "rule": rule},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(reasons, "exclude"),
        "minimum_coverage": 0,
        "scorings": {"number": {"method": "number"}},
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": [{"id": name, "item": name, "scoring": "number"} for name in names],
    }
    index = ai.load(document | changes, ai.IndexDefinition)
    response = ai.Response("x", dict(zip(names, values, strict=True)))
    fitted = ai.freeze(index, questionnaire)
    single = ai.score(fitted, response).get("x", "i").value
    batch = ai.score(fitted, ai.Responses.of(questionnaire, [response])).get("x", "i").value
    assert single == batch
    return single


def test_a_tie_is_decided_as_in_r() -> None:
    """In binary the close mean decides, with a gap among the values as without."""
    ones, values = np.ones(4), np.array([TIE])
    exact = float(sum(map(Fraction, TIE)) / 4)
    assert CloseMean().aggregate(values, ones)[0] == exact > 0.175
    assert ArithmeticMean().aggregate(values, ones)[0] == 0.175
    assert _score("binary", TIE) == 0.18
    assert _score("binary", (*TIE, None)) == 0.18
    assert _score("binary", (None,) * 4) is None


@pytest.mark.parametrize(
    ("values", "half_up", "half_even"),
    [
        ((0.1, 0.11, 0.12, 0.25), 0.15, 0.14),
        ((0.1, 0.11, 0.16, 0.29), 0.17, 0.16),
        (TIE, 0.18, 0.18),
        ((*TIE, None), 0.18, 0.18),
        ((0.3,), 0.3, 0.3),
    ],
)
def test_decimal_ties_are_ties(
    values: tuple[float | None, ...], half_up: float, half_even: float
) -> None:
    """The mean of decimals is halfway between two where it is so on paper."""
    assert _score("half_up", values) == half_up
    assert _score("half_even", values) == half_even


def test_a_mean_that_is_rounded_only_to_be_published_is_plain() -> None:
    """The raw score is what one sum gives, although it is published in binary."""
    published = {"where": "published", "decimals": 2, "rule": "binary"}
    assert _score("binary", TIE, rounding=published) == 0.175


def test_other_means_are_as_they_are() -> None:
    """Only arithmetic means are worked out so."""
    rest = {"method": "linear", "lower": 0, "upper": 1, "outside": "error", "better": "higher"}
    geometric = {"method": "geometric", "zero": "zero"}
    assert _score("binary", (0.25, 0.64), scorings={"number": rest}, aggregation=geometric) == 0.4


@pytest.mark.parametrize("value", [0.0, 1e308, -1e16])
def test_a_value_alone_is_its_own_mean(value: float) -> None:
    """So are the greatest; a row of gaps is a gap."""
    rows = np.array([[value, np.nan], [0.25, 0.5], [np.nan, np.nan]])
    np.testing.assert_array_equal(CloseMean().aggregate(rows, np.ones(2)), [value, 0.375, np.nan])
