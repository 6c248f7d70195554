"""Index documents to the model and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from agencyindex._documents.steps import Path, StepReader, filled, head, step_document
from agencyindex._model.definition import (
    Dimension,
    EditionBefore,
    IndexDefinition,
    Indicator,
    MissingRule,
    Node,
    Population,
    Ranking,
    Reference,
    Rounding,
    Scale,
    ScoreBands,
)
from agencyindex._model.response import Missing
from agencyindex.errors import Findings

STEPS = {
    "imputation": "imputation",
    "treatment": "treatment",
    "normalisation": "normalisation",
    "weighting": "weighting",
    "aggregation": "aggregation",
    "rescaling": "normalisation",
}
"""Keys of steps, and the family that the method of each belongs to."""


def index_from(value: Mapping[str, Any], file: str | None, findings: Findings) -> IndexDefinition:
    """The index that a document states; what methods refuse is noted."""
    steps = StepReader(file, findings)
    given: dict[str, Any] = {
        "scale": Scale,
        "bands": ScoreBands,
        "population": _population_from,
    }
    return IndexDefinition(
        **filled(value),
        note=value.get("note", ""),
        questionnaire=Reference(**value["questionnaire"]),
        rounding=Rounding(**value["rounding"]),
        ranking=Ranking(**value["ranking"]),
        missing=_missing_from(value["missing"]),
        minimum_coverage=value["minimum_coverage"],
        scorings={
            name: steps.make("scoring", step, ("scorings", name))
            for name, step in value["scorings"].items()
        },
        children=_children_from(value["children"], ("children",), steps),
        **{key: make(**value[key]) for key, make in given.items() if key in value},
        **_steps_from(value, (), steps),
    )


def _steps_from(value: Mapping[str, Any], path: Path, steps: StepReader) -> dict[str, Any]:
    return {
        key: [
            steps.make(family, each, (*path, key, number)) for number, each in enumerate(value[key])
        ]
        if key == "treatment"
        else steps.make(family, value[key], (*path, key))
        for key, family in STEPS.items()
        if key in value
    }


def _population_from(**value: Any) -> Population:
    given: dict[str, Any] = {"previous": EditionBefore, "earlier": _population_from}
    made = {key: make(**value[key]) for key, make in given.items() if key in value}
    return Population(**value | made)


def _missing_from(value: Mapping[str, Any]) -> dict[Missing, MissingRule]:
    return {Missing(reason): rule for reason, rule in value.items()}


def _children_from(values: list[Any], path: Path, steps: StepReader) -> list[Node]:
    return [_node_from(each, (*path, i), steps) for i, each in enumerate(values)]


def _node_from(value: Mapping[str, Any], path: Path, steps: StepReader) -> Node:
    plain = {key: each for key, each in value.items() if key not in (*STEPS, "missing", "children")}
    plain.update(_steps_from(value, path, steps))
    plain["missing"] = _missing_from(value.get("missing", {}))
    if "children" in value:
        below = _children_from(value["children"], (*path, "children"), steps)
        return Dimension(children=below, **plain)
    return Indicator(**plain)


def index_document(definition: IndexDefinition) -> dict[str, Any]:
    """The document that states an index."""
    result = head("index", definition)
    result["questionnaire"] = {
        "id": definition.questionnaire.id,
        "version": definition.questionnaire.version,
    }
    if definition.scale is not None:
        result["scale"] = {"lower": definition.scale.lower, "upper": definition.scale.upper}
    result |= publishing_document(definition.rounding, definition.ranking, definition.bands)
    result["missing"] = _missing_document(definition.missing)
    result["minimum_coverage"] = definition.minimum_coverage
    result["scorings"] = {
        name: step_document(scoring) for name, scoring in definition.scorings.items()
    }
    result |= _steps_document(definition)
    result["children"] = [_node_document(child) for child in definition.children]
    if definition.population is not None:
        result["population"] = attrs.asdict(
            definition.population,
            filter=lambda _, value: value is not None and value is not False,
        )
    return result


def publishing_document(
    rounding: Rounding, ranking: Ranking, bands: ScoreBands | None
) -> dict[str, Any]:
    """How figures are published, as documents state it."""
    result: dict[str, Any] = {"rounding": {"where": rounding.where}}
    if rounding.where != "nowhere":
        result["rounding"] |= {"decimals": rounding.decimals, "rule": rounding.rule}
    result["ranking"] = {"on": ranking.on, "ties": ranking.ties, "first": ranking.first}
    if bands is not None:
        result["bands"] = {
            "thresholds": list(bands.thresholds),
            "closed": bands.closed,
            "labels": list(bands.labels),
        }
    return result


def _steps_document(node: IndexDefinition | Node) -> dict[str, Any]:
    stated = {key: getattr(node, key, None) for key in STEPS}
    return {
        key: [step_document(each) for each in step]
        if isinstance(step, tuple)
        else step_document(step)
        for key, step in stated.items()
        if step is not None
    }


def _missing_document(rules: Mapping[Missing, MissingRule]) -> dict[str, Any]:
    return {reason.value: rules[reason] for reason in Missing if reason in rules}


def _node_document(node: Node) -> dict[str, Any]:
    result: dict[str, Any] = {"id": node.id}
    if node.title:
        result["title"] = node.title
    if isinstance(node, Indicator):
        source = {"attribute": node.attribute} if node.attribute else {"item": node.item}
        result |= {**source, "scoring": node.scoring}
        if node.direction != 1:
            result["direction"] = node.direction
    if node.weight is not None:
        result["weight"] = node.weight
    result |= _steps_document(node)
    if node.missing:
        result["missing"] = _missing_document(node.missing)
    if isinstance(node, Dimension) and node.minimum_coverage is not None:
        result["minimum_coverage"] = node.minimum_coverage
    if node.source:
        result["source"] = node.source
    if isinstance(node, Dimension):
        result["children"] = [_node_document(child) for child in node.children]
    return result
