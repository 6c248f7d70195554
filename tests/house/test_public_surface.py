"""The public surface changes on purpose only: names, signatures and fields in a golden file.

``python -m tests.house.test_public_surface`` writes the golden file anew.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import agencyindex as ai
from agencyindex._model.explanation import Contribution, Improvement
from agencyindex._model.scores import PublishingRules, Score, ScoredNode
from agencyindex.methods import parameters, protocols
from agencyindex.methods.registry import FAMILIES

RESULTS = (Score, ScoredNode, PublishingRules, Contribution, Improvement)
"""What public names give; nobody makes them, and their fields are as stable."""

GOLDEN = Path(__file__).parents[1] / "golden" / "public_surface.json"


def _described(value: Any) -> Any:
    if inspect.isclass(value):
        described: dict[str, Any] = {"bases": [base.__name__ for base in value.__bases__]}
        if attrs.has(value):
            described["fields"] = [
                f"{field.alias}: {field.type}"
                for field in attrs.fields(value)
                if not field.name.startswith("_")
            ]
        described["methods"] = {
            name: str(inspect.signature(each))
            for name, each in sorted(vars(value).items())
            if inspect.isfunction(each) and not name.startswith("_")
        }
        return described
    return str(inspect.signature(value)) if callable(value) else type(value).__name__


def _surface() -> dict[str, Any]:
    rooms = (
        "agencyindex",
        "agencyindex.errors",
        "agencyindex.tables",
        "agencyindex.catalogue",
        "agencyindex.publish",
        "agencyindex.testing",
    )
    surface = {
        room: {
            name: _described(getattr(import_module(room), name))
            for name in sorted(import_module(room).__all__)
        }
        for room in rooms
    }
    return {
        **surface,
        "results": {each.__name__: _described(each) for each in RESULTS},
        **{f"methods: {family}": _methods(names) for family, names in FAMILIES.items()},
        **{room.__name__: _own(room) for room in (parameters, protocols)},
    }


def _methods(names: Mapping[str, type[Any]]) -> dict[str, Any]:
    """What each method is called in documents, its class and that class's home."""
    return {
        name: {"class": f"{_home(each)}.{each.__name__}", **_described(each)}
        for name, each in sorted(names.items())
    }


def _home(kind: type[Any]) -> str:
    """The module that users import a class from: the package, where it has one."""
    package = kind.__module__.rpartition(".")[0]
    return kind.__module__ if package == "agencyindex.methods" else package


def _own(room: ModuleType) -> dict[str, Any]:
    """Classes and functions of a module that it does not import."""
    return {
        name: _described(each)
        for name, each in sorted(vars(room).items())
        if getattr(each, "__module__", "") == room.__name__ and not name.startswith("_")
    }


def test_public_surface() -> None:
    """What is public is what the golden file says."""
    assert _surface() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_public_name_has_one_home() -> None:
    """The list of names, their homes and the types are the same list."""
    assert sorted(ai._HOMES) == sorted(ai.__all__)
    for name, home in ai._HOMES.items():
        assert getattr(import_module(f"agencyindex.{home}"), name) is getattr(ai, name)


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(_surface(), indent=2) + "\n", encoding="utf-8")
