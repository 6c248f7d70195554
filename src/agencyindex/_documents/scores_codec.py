"""Scores documents to the model and back."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isinf, isnan, nan
from typing import Any

import numpy as np

from agencyindex._documents.index_codec import publishing_document
from agencyindex._documents.steps import filled, head
from agencyindex._model.definition import Ranking, Rounding, ScoreBands
from agencyindex._model.scores import CAUSES, STATUSES, PublishingRules, ScoredNode, Scores
from agencyindex.errors import Findings, Place


def scores_document(scores: Scores) -> dict[str, Any]:
    """The document that states scores."""
    return {
        **head("scores", scores),
        "edition": scores.edition,
        "fingerprints": dict(sorted(scores.fingerprints.items())),
        "rules": {
            index: publishing_document(each.rounding, each.ranking, each.bands)
            for index, each in scores.rules.items()
        },
        "nodes": [_node_document(node) for node in scores.nodes],
        "agencies": [
            {"agency": agency, "scores": [_cell(scores, row, k) for k in range(len(scores.nodes))]}
            for row, agency in enumerate(scores.agencies)
        ],
    }


def _node_document(node: ScoredNode) -> dict[str, Any]:
    result: dict[str, Any] = {
        "index": node.index,
        "id": node.id,
        "parent": node.parent,
        "kind": node.kind,
        "weight": node.weight,
        "lower": None if isinf(node.lower) else node.lower,
        "upper": None if isinf(node.upper) else node.upper,
    }
    return result | ({"title": node.title} if node.title else {})


def _number(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _cell(scores: Scores, row: int, column: int) -> dict[str, Any]:
    return {
        "value": _number(scores.values[row, column]),
        "published": _number(scores.published[row, column]),
        "rank": _number(scores.ranks[row, column]),
        "coverage": float(scores.coverage[row, column]),
        "answered": float(scores.answered[row, column]),
        "status": STATUSES[scores.statuses[row, column]],
        "cause": CAUSES[scores.causes[row, column]],
    }


def scores_from(value: Mapping[str, Any], file: str | None, findings: Findings) -> Scores | None:
    """The scores that a document states; what is published and ranks follow from its rules."""
    rows = [each["scores"] for each in value["agencies"]]
    if not _complete(value, rows, file, findings):
        return None

    def figures(key: str) -> np.ndarray[Any, Any]:
        found = [[nan if cell[key] is None else cell[key] for cell in row] for row in rows]
        return np.array(found, dtype=np.float64).reshape(len(rows), len(value["nodes"]))

    def codes(key: str, names: tuple[str, ...]) -> np.ndarray[Any, Any]:
        found = [[names.index(cell[key]) for cell in row] for row in rows]
        return np.array(found, dtype=np.int8).reshape(len(rows), len(value["nodes"]))

    return Scores(
        **filled(value),
        note=value.get("note", ""),
        edition=value["edition"],
        agencies=tuple(each["agency"] for each in value["agencies"]),
        nodes=tuple(_node_from(node) for node in value["nodes"]),
        values=figures("value"),
        coverage=figures("coverage"),
        answered=figures("answered"),
        statuses=codes("status", STATUSES),
        causes=codes("cause", CAUSES),
        rules={index: _rules_from(each) for index, each in value["rules"].items()},
        made_from=dict(value["fingerprints"]),
    )


def _complete(
    value: Mapping[str, Any], rows: list[Any], file: str | None, findings: Findings
) -> bool:
    """Whether every agency has a score for each node, and every index its rules."""
    before = len(findings.problems)
    for number, row in enumerate(rows):
        if len(row) != len(value["nodes"]):
            place = Place(file=file, pointer=f"/agencies/{number}/scores")
            message = f"There are {len(row)} scores for {len(value['nodes'])} nodes."
            findings.add("wrong-length", place, message, "Give one for each node, in their order.")
    for index in dict.fromkeys(node["index"] for node in value["nodes"]):
        if index not in value["rules"]:
            place = Place(file=file, pointer="/rules")
            message = f'There are no rules for the index "{index}".'
            findings.add("missing-key", place, message, f'Add "{index}".', expected=index)
    return len(findings.problems) == before


def _rules_from(value: Mapping[str, Any]) -> PublishingRules:
    return PublishingRules(
        rounding=Rounding(**value["rounding"]),
        ranking=Ranking(**value["ranking"]),
        bands=ScoreBands(**value["bands"]) if "bands" in value else None,
    )


def _node_from(value: Mapping[str, Any]) -> ScoredNode:
    lower, upper = value["lower"], value["upper"]
    return ScoredNode(
        **{
            **value,
            "lower": -inf if lower is None else lower,
            "upper": inf if upper is None else upper,
        }
    )
