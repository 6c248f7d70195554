"""The strategies for users: what they make is valid, and they reach every feature."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.strategies import law

import agencyindex as ai
from agencyindex import Missing, testing
from agencyindex.errors import MissingExtraError
from agencyindex.testing._responses import holds


@law
@given(st.data())
def test_whatever_is_generated_is_valid(data: st.DataObject) -> None:
    """No check has anything to say about generated documents, alone or together."""
    questionnaire = data.draw(testing.questionnaires())
    responses = data.draw(testing.responses(questionnaire))
    family = {name: data.draw(st.booleans()) for name in ("declared", "monotone", "scaled")}
    index = data.draw(testing.indices(questionnaire, **family))
    assert ai.validate(*map(ai.document, (questionnaire, responses, index))) == ()
    assert (index.scale is not None) == family["scaled"]
    if family["declared"]:
        assert ai.freeze(index, questionnaire).definition == index


@law
@given(st.data())
def test_routing_is_kept_to(data: st.DataObject) -> None:
    """An item was asked exactly where its condition holds for the answers that were given."""
    questionnaire = data.draw(testing.questionnaires(min_items=2))
    for response in data.draw(testing.responses(questionnaire)):
        known = {k: each for k, each in response.answers.items() if not isinstance(each, Missing)}
        for item in _items(questionnaire):
            answer = response.answers[item["id"]]
            asked = holds(item.get("condition"), known)
            assert asked == (answer is not Missing.NOT_ASKED)


@law
@given(st.data())
def test_complete_responses_leave_nothing_out(data: st.DataObject) -> None:
    """Where responses are complete, nothing is missing but what was not asked."""
    questionnaire = data.draw(testing.questionnaires())
    for response in data.draw(testing.responses(questionnaire, complete=True)):
        missing = {each for each in response.answers.values() if isinstance(each, Missing)}
        assert missing <= {Missing.NOT_ASKED}


def test_every_feature_is_reached() -> None:
    """Within some hundred questionnaires and indices every method, rule, type and operator comes.

    What a seed draws depends on the modules that are loaded, and so on the tests that ran before:
    what is rare may be left out of one round, and not of ten.
    """
    seen: Counter[str] = Counter()
    missing = list(_wanted())
    for number in range(10):
        seed(number)(_draw)(seen)
        missing = [feature for feature in missing if not seen[feature]]
        if not missing:
            break
    assert missing == []


@settings(
    max_examples=200,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def _draw(seen: Counter[str], data: st.DataObject) -> None:
    questionnaire = data.draw(testing.questionnaires())
    seen.update(_features_asked(questionnaire))
    for response in data.draw(testing.responses(questionnaire)):
        seen.update(f"answer {each.value}" for each in response.answers.values() if _is(each))
    index = data.draw(testing.indices(questionnaire, scaled=data.draw(st.booleans())))
    seen.update(_features_scored(ai.document(index)))


def _is(answer: Any) -> bool:
    return isinstance(answer, Missing)


def _items(questionnaire: ai.Questionnaire) -> Iterator[dict[str, Any]]:
    for section in ai.document(questionnaire)["sections"]:
        yield from section["items"]


def _features_asked(questionnaire: ai.Questionnaire) -> Iterator[str]:
    for item in _items(questionnaire):
        yield f"type {item['type']}"
        yield from (f"item {key}" for key in item)
        if "condition" in item:
            yield from _operators(item["condition"])
        for option in questionnaire.options(item["id"]):
            yield from ["exclusive"] if option.exclusive else []
            yield from [f"option {option.missing.value}"] if option.missing else []


def _operators(condition: dict[str, Any]) -> Iterator[str]:
    yield f"operator {condition['operator']}"
    parts = condition.get("of", [])
    for part in parts if isinstance(parts, list) else [parts]:
        yield from _operators(part)


def _features_scored(index: dict[str, Any]) -> Iterator[str]:
    for step in index["scorings"].values():
        yield f"scoring {step['method']}"
        yield from (f"{step['method']} {key}" for key in step)
    yield f"rounding {index['rounding']['where']}"
    yield f"rounding {index['rounding'].get('rule')}"
    yield from ["bands"] if "bands" in index else []
    yield from _features_of_node(index, 0)


def _features_of_node(node: dict[str, Any], depth: int) -> Iterator[str]:
    yield from (f"treatment {step['method']}" for step in node.get("treatment", ()))
    for key in ("imputation", "normalisation", "weighting", "aggregation", "rescaling"):
        if key in node:
            step = node[key]
            yield f"{key} {step['method']}"
            yield from (f"{step['method']} {k} {v}" for k, v in step.items() if k in _TOLD)
            yield from ["when_constant"] if "when_constant" in step else []
            yield f"{key} at {min(depth, 1)}"
    for rule in node.get("missing", {}).values():
        yield f"rule {rule}" if isinstance(rule, str) else "rule number"
    yield from ["weight 0"] if node.get("weight") == 0 else []
    yield from [f"direction {node['direction']}"] if "direction" in node else []
    yield from ["own minimum"] if depth and "minimum_coverage" in node else []
    for child in node.get("children", ()):
        yield f"depth {depth + 1}"
        yield from _features_of_node(child, depth + 1)


_TOLD = ("clip", "zero")
DRAWN = {
    "scoring": "points ordinal binary count share linear bands ratio",
    "imputation": "constant mean median worst_observed",
    "treatment": "clip",
    "normalisation": "none attainable goalposts constant minmax",
    "weighting": "equal fixed",
    "aggregation": "sum arithmetic geometric harmonic minimum maximum median",
    "rescaling": "goalposts",
}
"""The methods that are drawn: every path of the engine; tests of families see to the others."""


def _wanted() -> Iterator[str]:
    for kind, names in (
        *((family, names.split()) for family, names in DRAWN.items()),
        ("type", ("single_choice", "multiple_choice", "number", "yes_no")),
        ("item", ("scale", "options", "minimum", "maximum", "whole", "condition", "text")),
        ("operator", ("all", "any", "not", "equals", "one_of", "includes", "answered")),
        ("operator", ("less", "at_most", "greater", "at_least")),
        ("answer", [each.value for each in Missing]),
        ("option", [each.value for each in Missing if each is not Missing.NOT_ASKED]),
        ("rule", ("exclude", "worst", "best", "mean", "impute", "propagate", "number")),
        ("rounding", ("nowhere", "published", "every_level", "half_up", "half_even", "binary")),
        ("depth", (1, 2, 3)),
        ("normalisation at", (0, 1)),
        ("weighting at", (0, 1)),
        ("aggregation at", (0, 1)),
        ("imputation at", (0, 1)),
        ("rescaling at", (0, 1)),
        ("goalposts clip", (True, False)),
        ("minmax clip", (True, False)),
        ("geometric zero", ("zero", "error")),
        ("count", ("weights", "cap")),
        ("points", ("default",)),
    ):
        yield from (f"{kind} {name}" for name in names)
    yield from ("exclusive", "bands", "when_constant", "weight 0", "direction -1", "own minimum")


def test_without_hypothesis_the_extra_is_named() -> None:
    """Where hypothesis is not installed, the import says how to install it."""
    here = {name: each for name, each in sys.modules.items() if "agencyindex.testing" in name}
    with patch.dict(sys.modules, {"hypothesis": None}):
        for name in here:
            del sys.modules[name]
        with pytest.raises(MissingExtraError, match=r"agencyindex\[test\]") as caught:
            import_module("agencyindex.testing")
    assert [problem.code for problem in caught.value.problems] == ["missing-extra"]
