"""For every keyword of every schema, a document that it alone refuses."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.documents.keywords import HERE, base, changed, locations, without

import agencyindex as ai
from agencyindex._documents.schemas import KINDS, check_schema, schema, validator_class
from agencyindex.errors import Findings, Problem

# What says which schema a document follows is looked at before the schema itself.
FIRST_OF_ALL = {"/type", "/properties/schema/const", "/required/schema"}


@cache
def _cases(kind: str) -> dict[str, dict[str, Any]]:
    listed = json.loads((HERE / "rejected" / f"{kind}.json").read_text(encoding="utf-8"))
    cases = {case["keyword"]: case for case in listed}
    assert len(cases) == len(listed), "a keyword has two cases"
    return cases


ALL = [(kind, keyword) for kind in KINDS for keyword in _cases(kind)]


def _problems(document: Any, kind: str) -> list[Problem]:
    findings = Findings()
    check_schema(document, kind, None, findings)
    return findings.problems


def _accepts(rules: Any, document: Any) -> bool:
    return bool(validator_class()(rules).is_valid(document))


@pytest.mark.parametrize("kind", KINDS)
def test_every_keyword_has_its_case(kind: str) -> None:
    """No place of a schema without a rejected document, and no document of a place that is gone."""
    assert sorted(_cases(kind)) == sorted(locations(schema(kind)))


@pytest.mark.parametrize(("kind", "keyword"), ALL)
def test_a_keyword_alone_refuses_its_document(kind: str, keyword: str) -> None:
    """One problem is found; without the keyword the schema has nothing against the document."""
    case = _cases(kind)[keyword]
    document = changed(base(kind, case["base"]), case["change"])
    (problem,) = _problems(document, kind)
    assert (problem.code, problem.place.pointer) == (case["code"], case["pointer"])
    if "message" in case:
        assert f"{problem.message} {problem.mend}" == case["message"]
    assert _accepts(without(schema(kind), keyword), document)
    if keyword not in FIRST_OF_ALL:
        assert ai.validate(document) == (problem,)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("keyword", sorted(FIRST_OF_ALL))
def test_documents_without_a_known_schema_say_so(kind: str, keyword: str, tmp_path: Path) -> None:
    """What cannot be told apart by its schema is refused before any keyword is looked at."""
    case = _cases(kind)[keyword]
    document = changed(base(kind, case["base"]), case["change"])
    path = tmp_path / "some.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    (problem,) = ai.validate(path)
    assert problem.code == ("wrong-type" if keyword == "/type" else "unknown-schema")
    assert str(problem.place) == f"some.json#{case['pointer']}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["minimal", "full"])
def test_the_valid_documents_are_valid(kind: str, name: str) -> None:
    """The documents that the rejected ones are made from have no problem."""
    assert ai.validate(base(kind, name)) == ()


def test_the_full_documents_fit_each_other() -> None:
    """Index and responses fit the questionnaire that they name."""
    assert ai.validate(*(base(kind, "full") for kind in KINDS)) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_full_documents_use_every_key(kind: str) -> None:
    """There is no key in a schema that neither the minimal nor the full document has."""
    documents = [base(kind, "minimal"), base(kind, "full")]
    unused = [
        path
        for path in _keys(schema(kind))
        if all(_accepts(_forbidding(schema(kind), path), each) for each in documents)
    ]
    assert unused == []


def _keys(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths of all keys that a schema has rules for, those of conditions left out."""
    if isinstance(node, list):
        return [key for i, each in enumerate(node) for key in _keys(each, (*path, i))]
    if not isinstance(node, dict):
        return []
    own = [(*path, "properties", name) for name in node.get("properties", ())]
    named = "properties" in path[-1:]
    below = [(word, each) for word, each in node.items() if word != "if" or named]
    return own + [key for word, each in below for key in _keys(each, (*path, word))]


def _forbidding(rules: Any, path: tuple[str | int, ...]) -> Any:
    changed_rules = deepcopy(rules)
    node = changed_rules
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = False
    return changed_rules


MISTAKES = {
    "a misspelt method": (
        ["replace", "/aggregation/method", "arithmetik"],
        "unknown-method",
        "/aggregation/method",
        '"arithmetik" is not allowed here. Did you mean "arithmetic"?',
    ),
    "a wrong type": (
        ["replace", "/scorings/line/lower", "0"],
        "wrong-type",
        "/scorings/line/lower",
        '"0" is not a number. Expected: lower bound.',
    ),
    "an extra key": (
        ["add", "/children/0/wieght", 1],
        "unknown-key",
        "/children/0/wieght",
        'The key "wieght" is not known here. Did you mean "weight"?',
    ),
    "a number out of range": (
        ["replace", "/rounding/decimals", 13],
        "out-of-range",
        "/rounding/decimals",
        "13 is above 12. Expected: number of decimals.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_commonest_mistakes_are_told_in_words(mistake: str) -> None:
    """The four commonest mistakes get one problem each, that points at them and mends them."""
    change, code, pointer, words = MISTAKES[mistake]
    (problem,) = ai.validate(changed(base("index", "full"), change))
    assert (problem.code, problem.place.pointer) == (code, pointer)
    assert f"{problem.message} {problem.mend}" == words
