"""Methods that other packages bring: one that is installed, and all that can be wrong with one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from tests.plugged import ANSWERS, INDEX, PLAIN, QUESTIONNAIRE, Halved, changed, named

import agencyindex as ai
from agencyindex.errors import DocumentError, MethodError
from agencyindex.methods import protocols, registry

__all__ = ["named"]

PACKAGE = Path(__file__).parent / "plug_in"
SCRIPT = """
import json, sys
import agencyindex as ai
given = json.load(sys.stdin)
questionnaire = ai.load(given["questionnaire"], ai.Questionnaire)
index = ai.load(given["index"], ai.IndexDefinition)
responses = ai.read_responses(given["answers"], questionnaire, edition="2026")
fitted = ai.fit(index, responses)
ai.dump(fitted, "fitted.json")
loaded = ai.load("fitted.json", ai.IndexDefinition)
scores = ai.score(ai.freeze(loaded, questionnaire), responses)
explained = ai.explain(fitted, responses["a"])
print(json.dumps({
    "validate": [str(each) for each in ai.validate(given["questionnaire"], given["index"])],
    "wrong": [[each.code, each.place.pointer, each.message, each.mend]
              for wrong in given["wrong"] for each in ai.validate(wrong)],
    "written": ai.document(fitted),
    "same": [loaded == fitted.definition, ai.fingerprint(loaded) == ai.fingerprint(fitted),
             ai.document(index) == given["index"]],
    "values": scores.column("digital").tolist(),
    "alone": [ai.score(fitted, each).column("digital").tolist() for each in responses],
    "explained": [explained.score.value, explained.baseline,
                  {each.node: each.points for each in explained.contributions}],
}))
"""
WRONG = [
    {"normalisation": {"method": "half_saturation", "half": 0, "top": 100}},
    {"normalisation": {"method": "half_saturation", "half": "20", "top": 100}},
    {"normalisation": {"method": "half_saturation", "half": 20}},
    {"normalisation": {"method": "median_saturation", "top": 100, "half": 20}},
    {"weighting": {"method": "declining", "order": ["many"], "ratio": 0.5}},
    {"aggregation": {"method": "weakest_share", "share": 2}},
    {"aggregation": {"method": "weakest_shares", "share": 1}},
]
FOUND = [
    ["out-of-range", "/normalisation/half", "0 is not above 0.",
     "A number above 0: the value that gets half of the top."],
    ["wrong-type", "/normalisation/half", '"20" is not a number.',
     "A number above 0: the value that gets half of the top."],
    ["missing-key", "/normalisation", 'The key "top" is missing.',
     'Add "top": what the greatest values come near to.'],
    ["unknown-key", "/normalisation/half", 'The key "half" is not known here.',
     'The 2 keys are "method", "top".'],
    ["wrong-children", "/weighting", '"big" does not stand in the order.',
     "Give the children of this node, each once, or another weighting here."],
    ["out-of-range", "/aggregation/share", "2 is above 1.",
     "A number from 0 to 1: how much the weakest child counts beyond its weight."],
    ["unknown-method", "/aggregation/method", '"weakest_shares" is not allowed here.',
     'Did you mean "weakest_share"?'],
]  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a program prints that finds the example package among those installed."""
    folder = tmp_path_factory.mktemp("plug_in")
    run(["-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index",
         "--disable-pip-version-check", "--target", "site", str(PACKAGE)], folder)  # fmt: skip
    given = {
        "questionnaire": QUESTIONNAIRE,
        "index": INDEX,
        "answers": ANSWERS,
        "wrong": [{**INDEX, **each} for each in WRONG],
    }
    return dict(json.loads(run(["-c", SCRIPT], folder, json.dumps(given))))


def run(arguments: list[str], folder: Path, given: str = "") -> str:
    """What Python prints, with the packages of a folder beside those that are installed."""
    paths = [str(folder / "site"), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_document_names_methods_of_an_installed_package(installed: dict[str, Any]) -> None:
    """Nothing is wrong with it, and it comes back from the model as it was."""
    assert installed["validate"] == []
    assert installed["same"] == [True, True, True]


def test_parameters_are_checked_by_the_schema_of_the_method(installed: dict[str, Any]) -> None:
    """Each mistake is a finding as it is with our own methods."""
    assert installed["wrong"] == FOUND


def test_what_was_learnt_stands_in_the_document(installed: dict[str, Any]) -> None:
    """Each indicator has the declared method of the package, and each child its weight."""
    big, many = installed["written"]["children"]
    assert big["normalisation"] == {"method": "half_saturation", "half": 10.0, "top": 100.0}
    assert many["normalisation"] == {"method": "half_saturation", "half": 20.0, "top": 100.0}
    assert (big["weight"], many["weight"]) == (0.2, 0.8)
    assert installed["written"]["weighting"] == {"method": "fixed"}


def test_scores_are_those_of_the_formulas(installed: dict[str, Any]) -> None:
    """A hundred times x over x + half, weights 1 to 4, and half of it the weakest part."""
    big, many = (100 * 5 / 15, 100 * 15 / 25), (100 * 10 / 30, 100 * 20 / 40, 100 * 60 / 80)
    a = 0.5 * (0.2 * big[0] + 0.8 * many[0]) + 0.5 * min(big[0], many[0])
    c = 0.5 * (0.2 * big[1] + 0.8 * many[2]) + 0.5 * min(big[1], many[2])
    assert installed["values"] == pytest.approx([a, many[1], c], rel=1e-14, abs=0)
    assert [each for (each,) in installed["alone"]] == installed["values"]


def test_contributions_add_up(installed: dict[str, Any]) -> None:
    """The shares of a mean that is not linear are those of Shapley, from the baseline up."""
    score, baseline, parts = installed["explained"]
    assert score == installed["values"][0]
    assert baseline + sum(parts.values()) == pytest.approx(score, rel=1e-14, abs=0)


class Bare:
    """Nothing that a method must offer."""


@attrs.frozen
class Promised(protocols.Normalisation):
    """The methods of the protocol, which do nothing."""

    name: ClassVar[str] = "mine"
    formula: ClassVar[str] = "y = x"
    reference: ClassVar[str] = "our own"
    schema: ClassVar[Mapping[str, Any]] = {}


@attrs.frozen(kw_only=True)
class Twice(Halved):
    """A parameter more than the schema has."""

    name: ClassVar[str] = "mine"
    more: int = 1


@attrs.frozen
class Still:
    """No parameter, and a schema that has one."""

    name: ClassVar[str] = "mine"
    formula: ClassVar[str] = "y = x / 2"
    reference: ClassVar[str] = "our own"
    schema: ClassVar[Mapping[str, Any]] = Halved.schema
    learnt: ClassVar[bool] = False
    fit = Halved.fit
    normalise = Halved.normalise
    attainable = Halved.attainable


BROKEN = {
    "import": (
        RuntimeError(),
        "importing it fails (ModuleNotFoundError: No module named 'agencyindex.no_such_module')",
    ),
    "a function": (len, "it is no attrs class"),
    "no attrs class": (Bare, "it is no attrs class"),
    "nothing": (
        attrs.frozen(type("Empty", (), {})),
        "it has no name, formula, reference, learnt, fit, normalise, attainable, schema",
    ),
    "the protocol's own": (Promised, "it has no learnt, fit, normalise, attainable"),
    "no schema": (changed(name="mine", schema=None), "it has no schema"),
    "another name": (Halved, 'the class calls itself "halved"'),
    "a text": (
        changed(name="mine", schema="{}"),
        "its schema must be an object with its parameters as properties (times)",
    ),
    "another parameter": (
        changed(name="mine", schema={"properties": {"time": {}}}),
        "its schema must be an object with its parameters as properties (times)",
    ),
    "a parameter too many": (
        changed(name="mine", schema={"properties": {"times": {}, "divisor": {}}}),
        "its schema must be an object with its parameters as properties (times)",
    ),
    "no properties": (
        changed(name="mine", schema={"type": "object"}),
        "its schema must be an object with its parameters as properties (times)",
    ),
    "two parameters": (
        Twice,
        "its schema must be an object with its parameters as properties (more, times)",
    ),
    "no parameters": (
        Still,
        "its schema must be an object with its parameters as properties (none)",
    ),
    "no JSON Schema": (
        changed(name="mine", schema={"properties": {"times": {"type": "whole"}}}),
        "its schema is no JSON Schema at /properties/times/type",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_plug_in_that_cannot_be_used_is_told_of(fault: str, named: Any) -> None:
    """Whoever loads an index is told of the package and of what is wrong with it."""
    brought, words = BROKEN[fault]
    named("normalisation", ("mine", brought))
    (problem,) = ai.validate(PLAIN)
    assert problem.code == "bad-plug-in"
    home = problem.found
    assert problem.message == f'The plug-in "mine" ({home}) cannot be used: {words}.'
    assert problem.mend == "Mend the package that brings it, or uninstall it."
    assert home in {"brought_0:Method", "agencyindex.no_such_module:Method"} or (
        fault == "no JSON Schema" and str(home).endswith(":Changed")
    )
    assert ai.validate(QUESTIONNAIRE) == ()
    with pytest.raises(DocumentError):
        ai.load(PLAIN)


def test_every_plug_in_that_cannot_be_used_is_named(named: Any) -> None:
    """Two that share a name, one that has one of ours, and one that is nothing: three problems."""
    named(
        "normalisation",
        ("mine", changed(name="mine")),
        ("mine", changed(name="mine")),
        ("minmax", changed(name="minmax")),
        ("zero", 0),
    )
    with pytest.raises(MethodError) as caught:
        registry.strategies("normalisation")
    assert [(each.found, each.message.partition(": ")[2]) for each in caught.value.problems] == [
        ("brought_1:Method", "another normalisation has the same name."),
        ("brought_2:Method", "another normalisation has the same name."),
        ("brought_3:Method", "it is no attrs class."),
    ]


def test_what_one_family_brings_is_no_other_familys(named: Any) -> None:
    """A name leads to a method of its own family alone, beside ours."""
    mine = changed(name="mine")
    named("normalisation", ("mine", mine))
    assert registry.strategies("normalisation") == {**registry.NORMALISATIONS, "mine": mine}
    assert registry.strategies("aggregation") == dict(registry.AGGREGATIONS)


PARTS = {
    "$defs": {"count": {"description": "How often.", "type": "integer", "multipleOf": 2}},
    "required": ["times"],
    "properties": {"times": {"$ref": "#/$defs/count"}},
    "not": {"required": ["times"], "properties": {"times": {"const": 8}}},
}
BY_ANY_KEYWORD = {
    "missing": ({}, "missing-key", "", 'The key "times" is missing. Add "times": how often.'),
    "reference": ({"times": "x"}, "wrong-type", "/times",
                  '"x" is not a whole number. A whole number: how often.'),
    "multipleOf": ({"times": 3}, "not-allowed", "/times",
                   '3 does not fit "multipleOf" of the schema. A whole number: how often.'),
    "not": ({"times": 8}, "not-allowed", "", 'an object does not fit "not" of the schema.'),
}  # fmt: skip


@pytest.mark.parametrize("keyword", BY_ANY_KEYWORD)
def test_a_schema_may_use_any_keyword(keyword: str, named: Any) -> None:
    """Keywords that our own schemas do not have, and references to its own parts, work too."""
    named("normalisation", ("mine", changed(name="mine", schema=PARTS)))
    step, code, pointer, words = BY_ANY_KEYWORD[keyword]
    (problem,) = ai.validate({**PLAIN, "normalisation": {"method": "mine", **step}})
    assert (problem.code, problem.place.pointer) == (code, f"/normalisation{pointer}")
    assert f"{problem.message} {problem.mend}".rstrip() == words
    assert ai.validate({**PLAIN, "normalisation": {"method": "mine", "times": 4}}) == ()


TIMES = {"properties": {"times": {}}}
OPEN_ENDS = {"properties": {"times": {"exclusiveMinimum": 0, "exclusiveMaximum": 9}}}
REFUSED = {
    "another key": (TIMES, {"method": "mine", "more": 1}, "unknown-key", "/more",
                    'The key "more" is not known here.', "more"),
    "no method": ({**TIMES, "required": ["times"]}, {}, "missing-key", "",
                  'The key "method" is missing.', None),
    "not above": (OPEN_ENDS, {"method": "mine", "times": 0}, "out-of-range", "/times",
                  "0 is not above 0.", 0),
    "not below": (OPEN_ENDS, {"method": "mine", "times": 9}, "out-of-range", "/times",
                  "9 is not below 9.", 9),
    "a key that none may give": ({"properties": {"times": {"not": {}}}},
                                 {"method": "mine", "times": 1}, "unknown-key", "/times",
                                 'The key "times" does not go with the other keys here.', "times"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_step_is_refused_by_the_schema_of_its_own_method(case: str, named: Any) -> None:
    """One problem says what is wrong and what was found."""
    schema, step, code, pointer, message, found = REFUSED[case]
    named("normalisation", ("mine", changed(name="mine", schema=schema)))
    (problem,) = ai.validate({**PLAIN, "normalisation": step})
    assert (problem.code, problem.place.pointer) == (code, f"/normalisation{pointer}")
    assert (problem.message, problem.found) == (message, found)
    if case == "a key that none may give":
        assert problem.mend == ""


def test_other_methods_are_not_held_to_the_schema_of_a_plug_in(named: Any) -> None:
    """A method of ours is used as before beside one that is brought."""
    named("normalisation", ("mine", changed(name="mine", schema=TIMES)))
    ours = {"method": "goalposts", "goalposts": [0, 10], "to": [0, 100], "clip": True}
    assert ai.validate({**PLAIN, "normalisation": ours}) == ()
