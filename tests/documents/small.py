"""Small documents to put a mistake into, and what is told about it."""

from __future__ import annotations

from typing import Any

import agencyindex as ai
from agencyindex._model.response import Missing

STAGE = {
    "id": "stage",
    "type": "single_choice",
    "options": [{"value": "no"}, {"value": "tested"}],
}
USERS = {"id": "users", "type": "number"}
POLICY = {"id": "policy", "type": "yes_no"}
POINTS = {"method": "points", "points": {"no": 0, "tested": 1}}
LINE = {"method": "linear", "lower": 0, "upper": 10, "outside": "clip", "better": "higher"}


def questionnaire(*items: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A questionnaire of one section."""
    sections = [{"id": "all", "items": list(items)}]
    head = {"schema": "agencyindex/questionnaire/1", "id": "q", "version": "1.0.0"}
    return {**head, "sections": sections, **keys}


def index(
    scorings: dict[str, Any], *children: dict[str, Any], without: str = "", **keys: Any
) -> dict[str, Any]:
    """An index of the questionnaire, with one key left out where that is asked for."""
    result = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": {reason.value: "exclude" for reason in Missing},
        "minimum_coverage": 0,
        "scorings": scorings,
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": list(children),
        **keys,
    }
    return {key: value for key, value in result.items() if key != without}


def indicator(id: str, item: str, scoring: str, **keys: Any) -> dict[str, Any]:
    """An indicator of an index."""
    return {"id": id, "item": item, "scoring": scoring, **keys}


def told(*documents: Any) -> list[tuple[str, str | None, str]]:
    """Code, place and words of all that is wrong with documents."""
    return [
        (problem.code, problem.place.pointer, f"{problem.message} {problem.mend}".strip())
        for problem in ai.validate(*documents)
    ]
