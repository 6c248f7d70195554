"""An index for methods of one's own, and classes and packages that bring some."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import EntryPoint
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest

import agencyindex as ai
from agencyindex._documents import schemas
from agencyindex.methods import registry

QUESTIONNAIRE: Mapping[str, Any] = {
    "schema": "agencyindex/questionnaire/1",
    "id": "survey",
    "version": "1.0.0",
    "sections": [
        {
            "id": "all",
            "items": [
                {"id": "services", "type": "number", "minimum": 0},
                {"id": "staff", "type": "number", "minimum": 0},
            ],
        }
    ],
}
RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
INDEX: Mapping[str, Any] = {
    "schema": "agencyindex/index/1",
    "id": "digital",
    "version": "1.0.0",
    "questionnaire": {"id": "survey", "version": "1.0.0"},
    "rounding": {"where": "nowhere"},
    "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
    "missing": dict.fromkeys(RULES, "exclude"),
    "minimum_coverage": 0,
    "scorings": {"number": {"method": "number"}},
    "normalisation": {"method": "median_saturation", "top": 100},
    "weighting": {"method": "declining", "order": ["many", "big"], "ratio": 0.25},
    "aggregation": {"method": "weakest_share", "share": 0.5},
    "children": [
        {"id": "big", "item": "staff", "scoring": "number"},
        {"id": "many", "item": "services", "scoring": "number"},
    ],
}
PLAIN = {
    **INDEX,
    "normalisation": {"method": "none"},
    "weighting": {"method": "equal"},
    "aggregation": {"method": "arithmetic"},
}
ANSWERS = {"agency": ["a", "b", "c"], "services": [10, 20, 60], "staff": [5, None, 15]}


@attrs.frozen(kw_only=True)
class Halved:
    """Half of the points."""

    name: ClassVar[str] = "halved"
    formula: ClassVar[str] = "y = x / 2"
    reference: ClassVar[str] = "our own"
    schema: ClassVar[Mapping[str, Any]] = {"properties": {"times": {"type": "integer"}}}
    learnt: ClassVar[bool] = False

    times: int = attrs.field(default=1, validator=attrs.validators.ge(0))
    divisor: float = attrs.field(init=False, default=2.0)

    def fit(self, values: Any, attainable: Any, agencies: Any = ()) -> Halved:
        return self

    def normalise(self, values: Any) -> Any:
        return np.asarray(values) / self.divisor**self.times

    def attainable(self, attainable: Any) -> Any:
        low, high = attainable
        return low / self.divisor**self.times, high / self.divisor**self.times


@attrs.frozen(kw_only=True)
class Lengths:
    """Points of a number, by a table and a list."""

    name: ClassVar[str] = "lengths"
    formula: ClassVar[str] = "v = a"
    reference: ClassVar[str] = "our own"
    schema: ClassVar[Mapping[str, Any]] = {"properties": {"table": {}, "steps": {}, "unit": {}}}
    item_types: ClassVar[frozenset[str]] = frozenset({"number"})

    table: Mapping[str, float] = attrs.field(factory=dict)
    steps: Sequence[float] = ()
    unit: float = 1.0

    def faults(self, options: Sequence[str]) -> Iterator[Any]:
        yield from ()

    def attainable(self, options: Sequence[str]) -> Any:
        return -np.inf, np.inf

    def points(self, answers: Any, options: Sequence[str]) -> Any:
        return answers * self.unit


def changed(**attributes: Any) -> type:
    """The class of a normalisation, with some of it replaced."""
    return attrs.frozen(type("Changed", (Halved,), {"__slots__": (), **attributes}))


def definition(**changed: Any) -> ai.IndexDefinition:
    """The plain index with some of its methods replaced by objects."""
    return attrs.evolve(ai.load(PLAIN, ai.IndexDefinition), **changed)


def responses() -> ai.Responses:
    """The answers of three agencies."""
    questionnaire = ai.load(QUESTIONNAIRE, ai.Questionnaire)
    return ai.read_responses(ANSWERS, questionnaire, edition="2026")


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Have packages installed that name these values as methods of one family."""

    def forget() -> None:
        registry.plug_ins.cache_clear()
        schemas._validator.cache_clear()

    def name(family: str, *points: tuple[str, Any]) -> None:
        found = []
        for number, (each, value) in enumerate(points):
            module = f"brought_{number}"
            if isinstance(value, Exception):
                module = "agencyindex.no_such_module"
            else:
                monkeypatch.setitem(sys.modules, module, type(sys)(module))
                monkeypatch.setattr(sys.modules[module], "Method", value, raising=False)
            found.append(EntryPoint(each, f"{module}:Method", f"agencyindex.{family}"))
        monkeypatch.setattr(
            registry, "entry_points", lambda group: [e for e in found if e.group == group]
        )
        forget()

    yield name
    forget()
