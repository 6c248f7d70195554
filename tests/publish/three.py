"""Three numbers, and an index that adds them as they are."""

from __future__ import annotations

from typing import Any

import agencyindex as ai

QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "three",
        "version": "1.0.0",
        "sections": [{"id": "all", "items": [{"id": key, "type": "number"} for key in "abc"]}],
    },
    ai.Questionnaire,
)


def leaf(id: str, weight: float | None = None) -> dict[str, Any]:
    """An indicator that is the answer itself, with its weight where it states one."""
    stated = {} if weight is None else {"weight": weight}
    return {"id": id, "item": id, "scoring": "number", **stated}


def index(children: list[dict[str, Any]], **keys: Any) -> ai.IndexDefinition:
    """An index of answers as they are, which adds them."""
    document = {
        "schema": "agencyindex/index/1",
        "id": "added",
        "version": "1.0.0",
        "questionnaire": {"id": "three", "version": "1.0.0"},
        "rounding": {"where": "published", "decimals": 3, "rule": "half_up"},
        "ranking": {"on": "published", "ties": "smallest", "first": "highest"},
        "missing": {reason.value: "exclude" for reason in ai.Missing},
        "minimum_coverage": 0,
        "scorings": {"number": {"method": "number"}},
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "sum"},
        "children": children,
    }
    return ai.load({**document, **keys}, ai.IndexDefinition)
