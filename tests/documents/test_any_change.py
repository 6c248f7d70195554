"""Whatever is changed in a document, checking it gives findings and nothing worse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.keywords import base

import agencyindex as ai
from agencyindex._documents.schemas import KINDS

DOCUMENTS = {kind: base(kind, "full") for kind in KINDS}


def _paths(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    if isinstance(value, dict):
        parts: Any = value.items()
    else:
        parts = enumerate(value) if isinstance(value, list) else ()
    for key, each in parts:
        yield from _paths(each, (*at, key))


def _found(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _values(kind: str) -> list[Any]:
    """Every value in a document once, so that what is put in is what may stand elsewhere."""
    texts = {json.dumps(_found(DOCUMENTS[kind], path)) for path in _paths(DOCUMENTS[kind])}
    return [json.loads(text) for text in sorted(texts)]


TOGETHER = ("questionnaire", "index", "responses")
PATHS = {kind: list(_paths(document)) for kind, document in DOCUMENTS.items()}
VALUES = {kind: _values(kind) for kind in KINDS}


@st.composite
def changes(draw: st.DrawFn, kind: str) -> Any:
    """A full document in which one to three things are replaced, repeated or taken out."""
    document = deepcopy(DOCUMENTS[kind])
    for path in draw(st.lists(st.sampled_from(PATHS[kind]), min_size=1, max_size=3)):
        try:
            parent = _found(document, path[:-1])
            match draw(st.sampled_from(["replace", "repeat", "remove"])):
                case "replace":
                    parent[path[-1]] = deepcopy(draw(st.sampled_from(VALUES[kind])))
                case "repeat" if isinstance(parent, list):
                    parent.insert(path[-1], deepcopy(parent[path[-1]]))
                case _:
                    del parent[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    return document


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_changed_document_has_findings_or_a_meaning(kind: str, data: st.DataObject) -> None:
    """Findings point into the document; without any, it loads and comes back as the same noun."""
    document = data.draw(changes(kind))
    wanted = {"questionnaire": TOGETHER, "register": (), "scores": ()}.get(kind, TOGETHER[:1])
    others = [DOCUMENTS[each] for each in wanted if each != kind]
    problems = ai.validate(document, *others)
    for problem in problems:
        if problem.place.pointer is not None and problem.place.item is None:
            assert _points_into(problem.place.pointer, [document, *others])
        assert problem.message.endswith((".", "?"))
    if problems or kind == "responses":
        return
    noun = ai.load(document)
    assert ai.fingerprint(ai.load(ai.document(noun))) == ai.fingerprint(noun)


def _points_into(pointer: str, documents: list[Any]) -> bool:
    """Whether a pointer leads to something in one of the documents."""
    steps = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    return any(_reached(document, steps) for document in documents)


def _reached(value: Any, steps: list[str]) -> bool:
    for step in steps:
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in map(str, value):
            # A key that is no text is a finding too, and stands in its pointer as a text.
            value = next(each for key, each in value.items() if str(key) == step)
        else:
            return False
    return True
