"""Composite indices from questionnaire answers of public agencies.

A questionnaire and an index are JSON documents. Read the answers, fit the index on a population
(or freeze it where it needs none), score, and explain:

>>> import agencyindex as ai
>>> from agencyindex import catalogue
>>> fitted = ai.freeze(catalogue.index("technology"), catalogue.questionnaire("digg-2020"))
>>> answers = catalogue.responses("digg-2020")
>>> scores = ai.score(fitted, answers)
>>> scores.get("synthetic-004", "technology").published
21.1
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agencyindex._answers import Responses
    from agencyindex._documents.api import document, dump, fingerprint, load, validate
    from agencyindex._documents.schemas import schema, schema_names
    from agencyindex._engine.explain import explain
    from agencyindex._engine.fit import fit, freeze, score_population
    from agencyindex._engine.score import score
    from agencyindex._engine.stages import stages
    from agencyindex._lint import lint
    from agencyindex._model.agency import Agency, Register
    from agencyindex._model.definition import Dimension, IndexDefinition, Indicator
    from agencyindex._model.explanation import Explanation
    from agencyindex._model.fitted import FittedIndex
    from agencyindex._model.questionnaire import Item, Option, Questionnaire, Section
    from agencyindex._model.response import Missing, Response
    from agencyindex._model.scores import Scores
    from agencyindex._model.text import in_language
    from agencyindex.errors import AgencyIndexError
    from agencyindex.tables import (
        read_register,
        read_responses,
        write_scores,
        write_template,
    )

__version__ = "0.1.0.dev0"

_HOMES = {
    "Agency": "_model.agency",
    "AgencyIndexError": "errors",
    "Dimension": "_model.definition",
    "Explanation": "_model.explanation",
    "FittedIndex": "_model.fitted",
    "IndexDefinition": "_model.definition",
    "Indicator": "_model.definition",
    "Item": "_model.questionnaire",
    "Missing": "_model.response",
    "Option": "_model.questionnaire",
    "Questionnaire": "_model.questionnaire",
    "Register": "_model.agency",
    "Response": "_model.response",
    "Responses": "_answers",
    "Scores": "_model.scores",
    "Section": "_model.questionnaire",
    "document": "_documents.api",
    "dump": "_documents.api",
    "explain": "_engine.explain",
    "fingerprint": "_documents.api",
    "fit": "_engine.fit",
    "freeze": "_engine.fit",
    "in_language": "_model.text",
    "lint": "_lint",
    "load": "_documents.api",
    "read_register": "tables",
    "read_responses": "tables",
    "schema": "_documents.schemas",
    "schema_names": "_documents.schemas",
    "score": "_engine.score",
    "score_population": "_engine.fit",
    "stages": "_engine.stages",
    "validate": "_documents.api",
    "write_scores": "tables",
    "write_template": "tables",
}
"""Where each public name lives; a room is loaded when a name of it is first touched."""

_ROOMS = ("catalogue", "errors", "methods", "publish", "tables", "testing")

__all__ = [
    "Agency",
    "AgencyIndexError",
    "Dimension",
    "Explanation",
    "FittedIndex",
    "IndexDefinition",
    "Indicator",
    "Item",
    "Missing",
    "Option",
    "Questionnaire",
    "Register",
    "Response",
    "Responses",
    "Scores",
    "Section",
    "document",
    "dump",
    "explain",
    "fingerprint",
    "fit",
    "freeze",
    "in_language",
    "lint",
    "load",
    "read_register",
    "read_responses",
    "schema",
    "schema_names",
    "score",
    "score_population",
    "stages",
    "validate",
    "write_scores",
    "write_template",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"agencyindex.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        return import_module(f"agencyindex.{name}")
    raise AttributeError(f"module 'agencyindex' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_ROOMS, "__version__"])
