"""Questionnaire documents to the model and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from agencyindex._documents.steps import filled, head
from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Condition, Not
from agencyindex._model.questionnaire import Item, Option, Questionnaire, Section
from agencyindex._model.response import Missing


def questionnaire_from(value: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that a document states."""
    return Questionnaire(
        **filled(value),
        note=value.get("note", ""),
        scales={
            name: _options_from(scale["options"]) for name, scale in value.get("scales", {}).items()
        },
        sections=[
            Section(
                section["id"],
                section.get("title", ""),
                items=[_item_from(item) for item in section["items"]],
            )
            for section in value["sections"]
        ],
    )


def _options_from(values: Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(
        Option(**{**each, "missing": Missing(each["missing"]) if "missing" in each else None})
        for each in values
    )


def _item_from(value: Mapping[str, Any]) -> Item:
    arguments = dict(value)
    if "options" in value:
        arguments["options"] = _options_from(value["options"])
    if "condition" in value:
        arguments["condition"] = condition_from(value["condition"])
    return Item(**arguments)


def condition_from(value: Mapping[str, Any]) -> Condition:
    """The condition that a document states."""
    match value["operator"]:
        case "all":
            return AllOf([condition_from(part) for part in value["of"]])
        case "any":
            return AnyOf([condition_from(part) for part in value["of"]])
        case "not":
            return Not(condition_from(value["of"]))
        case operator:
            wanted = value.get("value")
            plain = tuple(wanted) if isinstance(wanted, list) else wanted
            return Comparison(value["item"], operator, plain)


def questionnaire_document(questionnaire: Questionnaire) -> dict[str, Any]:
    """The document that states a questionnaire."""
    result = head("questionnaire", questionnaire)
    if questionnaire.scales:
        result["scales"] = {
            name: {"options": [_option_document(option) for option in options]}
            for name, options in questionnaire.scales.items()
        }
    result["sections"] = [
        {
            "id": section.id,
            **({"title": section.title} if section.title else {}),
            "items": [_item_document(item) for item in section.items],
        }
        for section in questionnaire.sections
    ]
    return result


def _stated(noun: Any) -> dict[str, Any]:
    """The fields of a noun that are not at their default."""
    return {
        field.name: getattr(noun, field.name)
        for field in attrs.fields(type(noun))
        if getattr(noun, field.name) != field.default
    }


def _option_document(option: Option) -> dict[str, Any]:
    result = _stated(option)
    if option.missing is not None:
        result["missing"] = option.missing.value
    return result


def _item_document(item: Item) -> dict[str, Any]:
    result = _stated(item)
    if item.options:
        result["options"] = [_option_document(option) for option in item.options]
    if item.condition is not None:
        result["condition"] = condition_document(item.condition)
    return result


def condition_document(condition: Condition) -> dict[str, Any]:
    """The document that states a condition."""
    match condition:
        case AllOf(parts):
            return {"operator": "all", "of": [condition_document(part) for part in parts]}
        case AnyOf(parts):
            return {"operator": "any", "of": [condition_document(part) for part in parts]}
        case Not(part):
            return {"operator": "not", "of": condition_document(part)}
        case _:
            return _comparison_document(condition)


def _comparison_document(comparison: Comparison) -> dict[str, Any]:
    value = comparison.value
    result = {"operator": comparison.operator, "item": comparison.item}
    if value is None:
        return result
    return {**result, "value": list(value) if isinstance(value, tuple) else value}
