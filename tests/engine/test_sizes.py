"""Numbers that no float holds are findings, never infinities in a score."""

from __future__ import annotations

from typing import Any

import pytest

import agencyindex as ai
from agencyindex.errors import DocumentError, MethodError

RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
ITEMS = [
    *({"id": name, "type": "yes_no"} for name in "ab"),
    *({"id": name, "type": "number"} for name in ("cost", "fte")),
    {"id": "m", "type": "multiple_choice", "options": [{"value": "x"}, {"value": "y"}]},
]
QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.0.0",
        "sections": [{"id": "s", "items": ITEMS}],
    },
    ai.Questionnaire,
)
HUGE = {"method": "points", "points": {"yes": 1e308, "no": 0}}
BOTH = [{"id": f"{name}_", "item": name, "scoring": "it"} for name in "ab"]


def _index(scoring: dict[str, Any], children: list[dict[str, Any]], **keys: Any) -> Any:
    document = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(RULES, "exclude"),
        "minimum_coverage": 0,
        "scorings": {"it": scoring},
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": children,
    }
    return ai.load(document | keys, ai.IndexDefinition)


@pytest.mark.parametrize("method", ["arithmetic", "sum"])
def test_points_that_add_up_beyond_a_float(method: str) -> None:
    """Two numbers of 1e308 have no sum, so an index that adds them is refused."""
    index = _index(HUGE, BOTH, aggregation={"method": method})
    with pytest.raises(DocumentError) as caught:
        ai.freeze(index, QUESTIONNAIRE)
    assert str(caught.value) == (
        '#  The values of "i" can be beyond 1.8e308. Use smaller points or weights. [not-finite]'
    )


def test_weights_of_options_that_add_up_beyond_a_float() -> None:
    """The same within one indicator, where options are counted."""
    scoring = {"method": "count", "weights": {"x": 1e308, "y": 1e308}}
    index = _index(scoring, [{"id": "m_", "item": "m", "scoring": "it"}])
    with pytest.raises(DocumentError) as caught:
        ai.freeze(index, QUESTIONNAIRE)
    assert [(each.code, each.place.pointer) for each in caught.value.problems] == [
        ("not-finite", "/children/0")
    ]


def test_a_ratio_beyond_a_float() -> None:
    """A quotient that overflows is a finding with its agency, alone and among many."""
    scoring = {"method": "ratio", "denominator": "fte", "when_zero": "refused"}
    index = _index(scoring, [{"id": "r", "item": "cost", "scoring": "it"}])
    fitted = ai.freeze(index, QUESTIONNAIRE)
    response = ai.Response("z", {"cost": 1e308, "fte": 1e-10})
    for given in (response, ai.Responses.of(QUESTIONNAIRE, [response])):
        with pytest.raises(MethodError) as caught:
            ai.score(fitted, given)
        assert str(caught.value) == (
            "agency z, item cost, index i, node r, Ratio  The ratio is beyond 1.8e308. "
            "Correct one of the two numbers. [not-finite]"
        )
