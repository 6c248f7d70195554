"""The conformance cases, run as their README tells any implementation to run them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias, get_args

import attrs
import pytest
from jsonschema import Draft202012Validator

import agencyindex as ai
from agencyindex._model.conditions import COMPARISON_OPERATORS
from agencyindex._model.definition import MISSING_RULES, Ranking, Rounding, ScoreBands
from agencyindex._model.questionnaire import ItemType
from agencyindex._model.scores import CAUSES, STATUSES
from agencyindex.errors import AgencyIndexError, Problem, codes
from agencyindex.methods.registry import FAMILIES

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "case.schema.json").read_text(encoding="utf-8"))
CASES = {
    f"{path.stem} {number}": case
    for path in sorted(HERE.glob("*.json"))
    if path.name != "case.schema.json"
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
}
WITH_SCORES = [name for name, case in CASES.items() if "scores" in case["expected"]]
WITH_PROBLEMS = [name for name, case in CASES.items() if "problems" in case["expected"]]
NEAR = {"value", "coverage", "answered"}


@pytest.mark.parametrize("name", CASES)
def test_a_case_fits_its_schema(name: str) -> None:
    """What an implementer reads is what the schema of the cases promises."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(CASES[name])


@pytest.mark.parametrize("name", WITH_SCORES)
def test_scores_are_as_expected(name: str) -> None:
    """Every agency, index and node has the figures of the case, and there are no others."""
    case = CASES[name]
    documents = [case["questionnaire"], *case["indices"], case["responses"]]
    documents += [case[key] for key in ("population", "previous", "register") if key in case]
    assert ai.validate(*documents) == ()
    assert _figures(_scored(case)) == _approximately(case["expected"]["scores"], case), case[
        "about"
    ]


@pytest.mark.parametrize("name", [each for each in WITH_SCORES if "together" not in CASES[each]])
def test_single_responses_have_the_same_scores(name: str) -> None:
    """A response that is scored alone has the figures of the case, but for its rank."""
    case = CASES[name]
    fitted, responses, register = _fitted(case)
    for response in responses:
        found = _figures(ai.score(fitted, response, register=register))
        expected = {response.agency: deepcopy(case["expected"]["scores"][response.agency])}
        for figures in _cells(found, expected):
            del figures["rank"]
        assert found == _approximately(expected, case), case["about"]


@pytest.mark.parametrize("name", WITH_PROBLEMS)
def test_problems_are_as_expected(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be scored has the problems of the case, and no others."""
    case = CASES[name]
    monkeypatch.chdir(tmp_path)
    files = case | {key: _written(key, case[key]) for key in ("questionnaire", "responses")}
    files["indices"] = [_written("index", document) for document in case["indices"]]
    problems = ai.validate(files["questionnaire"], *files["indices"], files["responses"])
    found = [_plain(problem) for problem in problems or _at_work(files)]
    expected = [dict(sorted(each.items())) for each in case["expected"]["problems"]]
    assert sorted(found, key=str) == sorted(expected, key=str), case["about"]


Given: TypeAlias = tuple[list[ai.IndexDefinition], ai.Responses, ai.Responses, dict[str, Any]]


def _given(case: dict[str, Any]) -> Given:
    """Indices, responses, the population, and what an index may learn from besides."""
    questionnaire = ai.load(case["questionnaire"], ai.Questionnaire)
    indices = [ai.load(each, ai.IndexDefinition) for each in case["indices"]]
    responses = ai.read_responses(case["responses"], questionnaire)
    read = {
        key: ai.read_responses(case[key], questionnaire)
        for key in ("population", "previous")
        if key in case
    }
    register = ai.load(case["register"], ai.Register) if "register" in case else None
    besides = {"register": register, "previous": read.get("previous")}
    return indices, responses, read.get("population", responses), besides


def _fitted(case: dict[str, Any]) -> tuple[list[ai.FittedIndex], ai.Responses, ai.Register | None]:
    indices, responses, population, besides = _given(case)
    fitted = [ai.fit(each, population, **besides) for each in indices]
    return fitted, responses, besides["register"]


def _scored(case: dict[str, Any]) -> ai.Scores:
    if "together" in case:
        (index,), responses, _, besides = _given(case)
        return ai.score_population(index, responses, **besides)
    fitted, responses, register = _fitted(case)
    return ai.score(fitted, responses, register=register)


def _figures(scores: ai.Scores) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for agency in scores.agencies:
        for node in scores.nodes:
            figures = attrs.asdict(scores.get(agency, node.index, node.id))
            if node.kind != "index" or scores.rules[node.index].bands is None:
                del figures["band"]
            result.setdefault(agency, {}).setdefault(node.index, {})[node.id] = figures
    return result


def _cells(*tables: Any) -> Iterator[dict[str, Any]]:
    for table in tables:
        for indices in table.values():
            for nodes in indices.values():
                yield from nodes.values()


def _approximately(expected: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """What is expected, with room for the last bits of figures that no rule rounds."""
    result = deepcopy(expected)
    unrounded = {each["id"] for each in case["indices"] if each["rounding"]["where"] == "nowhere"}
    for indices in result.values():
        for index, nodes in indices.items():
            loose = {*NEAR, "published"} if index in unrounded else NEAR
            for figures in nodes.values():
                for key in loose:
                    if figures[key] is not None:
                        slack = 0 if figures[key] else 1e-12
                        figures[key] = pytest.approx(figures[key], rel=1e-12, abs=slack)
    return result


def _written(name: str, document: dict[str, Any]) -> Path:
    path = Path(f"{name}.json")
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _at_work(case: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(AgencyIndexError) as caught:
        _scored(case)
    return caught.value.problems


def _plain(problem: Problem) -> dict[str, str]:
    place = problem.place
    found = {"code": problem.code, "document": place.file and place.file.removesuffix(".json")}
    for key in ("pointer", "agency", "item", "index", "node"):
        found[key] = getattr(place, key)
    return {key: value for key, value in sorted(found.items()) if value is not None}


def _parts(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every key in a document with its value, however deep."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield name, each
            yield from _parts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield key, each
            yield from _parts(each, key)


USED = [
    part
    for name in WITH_SCORES
    for part in _parts([CASES[name]["questionnaire"], *CASES[name]["indices"]])
]
STEPS = [family for family in FAMILIES if family != "scoring"]


def _values(key: str) -> set[Any]:
    return {each for name, each in USED if name == key and isinstance(each, str)}


def _choices(noun: type[Any], field: str) -> set[str]:
    """The values that a field's annotation allows."""
    attrs.resolve_types(noun)
    return set(get_args(getattr(attrs.fields(noun), field).type))


@pytest.mark.parametrize("step", STEPS)
def test_every_method_has_a_case(step: str) -> None:
    """Whatever the registry offers for a step is scored in some case."""
    used = [each for name, each in USED if name == step and isinstance(each, dict)]
    assert {each["method"] for each in used} == set(FAMILIES[step])


def test_every_scoring_has_a_case() -> None:
    """Whatever the registry offers as a scoring is scored in some case."""
    listed = [each for name, each in USED if name == "scorings"]
    used = {scoring["method"] for each in listed for scoring in each.values()}
    assert used == set(FAMILIES["scoring"])


def test_every_rule_for_missing_answers_has_a_case() -> None:
    """Every named rule, and a number, is the rule for some reason."""
    reasons = {"not_answered", "dont_know", "refused", "not_applicable", "not_asked"}
    rules = {each for name, each in USED if name in reasons}
    assert {rule for rule in rules if isinstance(rule, str)} == set(MISSING_RULES)
    assert any(isinstance(rule, int | float) for rule in rules)


def test_every_operator_and_type_has_a_case() -> None:
    """Every operator of a condition, every combination and every type of item occurs."""
    assert _values("operator") == {"all", "any", "not", *COMPARISON_OPERATORS}
    assert _values("type") == set(get_args(ItemType))


def test_every_way_of_publishing_has_a_case() -> None:
    """Roundings by place and rule, ties in both directions and both sides of a limit occur."""
    roundings = [each for name, each in USED if name == "rounding"]
    rankings = [each for name, each in USED if name == "ranking"]
    places = _choices(Rounding, "where") - {"nowhere"}
    pairs = {(place, rule) for place in places for rule in _choices(Rounding, "rule")}
    assert {(each["where"], each.get("rule")) for each in roundings} == pairs | {("nowhere", None)}
    ties = {(tie, end) for tie in _choices(Ranking, "ties") for end in _choices(Ranking, "first")}
    assert {(each["ties"], each["first"]) for each in rankings} == ties
    assert {each["on"] for each in rankings} == _choices(Ranking, "on")
    assert _values("closed") == _choices(ScoreBands, "closed")


def test_every_status_and_cause_has_a_case() -> None:
    """Whatever a score may say of what it rests on is expected of some node."""
    expected = list(_cells(*(CASES[name]["expected"]["scores"] for name in WITH_SCORES)))
    assert {each["status"] for each in expected} == set(STATUSES)
    assert {each["cause"] for each in expected} == set(CAUSES)


def test_every_code_has_a_case_here_or_among_the_problems() -> None:
    """A code that no case here expects is provoked by its file in tests/problems."""
    here = {each["code"] for name in WITH_PROBLEMS for each in CASES[name]["expected"]["problems"]}
    there = {path.stem for path in (HERE.parent / "problems").glob("*.json")}
    assert here <= set(codes())
    assert here | there == set(codes())
