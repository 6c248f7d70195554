"""For every keyword of every schema, a document that it alone refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema.validators import extend
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
    found = _problems(document, kind) if keyword in FIRST_OF_ALL else ai.validate(document)
    (problem,) = found
    assert (problem.code, problem.place.pointer) == (case["code"], case["pointer"])
    if "message" in case:
        assert f"{problem.message} {problem.mend}" == case["message"]
    assert _accepts(without(schema(kind), keyword), document)


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


BASES = [(kind, name) for kind in KINDS for name in ("minimal", "full")] + [("index", "methods")]


@pytest.mark.parametrize(("kind", "name"), BASES)
def test_the_valid_documents_are_valid(kind: str, name: str) -> None:
    """The documents that the rejected ones are made from have no problem."""
    assert ai.validate(base(kind, name)) == ()


def test_the_full_documents_fit_each_other() -> None:
    """Indices and responses fit the questionnaire that they name."""
    documents = [base(kind, "full") for kind in KINDS]
    assert ai.validate(*documents, base("index", "methods")) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_full_documents_use_every_key(kind: str) -> None:
    """No key of a schema is in none of the valid documents."""
    rules = schema(kind)
    used = _used(rules, [base(kind, name) for each, name in BASES if each == kind])
    assert [path for path, key in _keys(rules) if key not in used] == []


Key: TypeAlias = tuple[int, str]
"""Which of the objects named "properties" a key stands in, by identity, and its name."""


def _used(rules: Any, documents: list[Any]) -> set[Key]:
    """The keys of a schema that documents have, told by a validator that notes what it meets."""
    used: set[Key] = set()
    check = validator_class().VALIDATORS["properties"]

    def properties(validator: Any, named: Any, found: Any, parent: Any) -> Iterator[Any]:
        if isinstance(found, dict):
            used.update((id(named), name) for name in named if name in found)
        yield from check(validator, named, found, parent)

    noting = extend(validator_class(), {"properties": properties})
    for document in documents:
        assert list(noting(rules).iter_errors(document)) == []
    return used


def _keys(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Key]]:
    """Paths of all keys that a schema allows, those of conditions left out."""
    if isinstance(node, list):
        return [key for i, each in enumerate(node) for key in _keys(each, (*path, i))]
    if not isinstance(node, dict):
        return []
    named = "properties" in path[-1:]
    own = [
        ((*path, name), (id(node), name))
        for name, each in (node.items() if named else ())
        if each is True or "not" not in each
    ]
    below = [(word, each) for word, each in node.items() if word != "if" or named]
    return own + [key for word, each in below for key in _keys(each, (*path, word))]


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
        '"0" is not a number. A number: lower bound.',
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
        "13 is above 12. A whole number from 0 to 12: number of decimals.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_commonest_mistakes_are_told_in_words(mistake: str) -> None:
    """The four commonest mistakes get one problem each, that points at them and mends them."""
    change, code, pointer, words = MISTAKES[mistake]
    (problem,) = ai.validate(changed(base("index", "full"), change))
    assert (problem.code, problem.place.pointer) == (code, pointer)
    assert f"{problem.message} {problem.mend}" == words
