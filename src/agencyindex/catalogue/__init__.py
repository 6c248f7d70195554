"""The documents that ship with the package, by name."""

from __future__ import annotations

from importlib import resources
from typing import Any

from agencyindex._answers import Responses
from agencyindex._documents.api import load as load_document
from agencyindex._documents.api import read_responses_document
from agencyindex._documents.files import parse_json
from agencyindex._model.agency import Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.errors import DocumentError, Place, Problem, did_you_mean

__all__ = ["index", "names", "questionnaire", "register", "responses"]


def names() -> tuple[str, ...]:
    """The documents that ship, as "name.kind".

    Examples
    --------
    >>> names()[0]
    'demo-2020.questionnaire'
    """
    folder = resources.files(__name__) / "documents"
    return tuple(sorted(entry.name.removesuffix(".json") for entry in folder.iterdir()))


def _value(name: str, kind: str) -> Any:
    wanted = f"{name}.{kind}"
    if wanted not in names():
        offered = [each.removesuffix(f".{kind}") for each in names() if each.endswith(kind)]
        mend = did_you_mean(name, offered, "documents")
        message = f'The catalogue has no {kind} "{name}".'
        raise DocumentError([Problem("file-not-found", Place(), message, mend, found=name)])
    text = (resources.files(__name__) / "documents" / f"{wanted}.json").read_text(encoding="utf-8")
    return parse_json(text, f"{wanted}.json")


def questionnaire(name: str) -> Questionnaire:
    """A questionnaire of the catalogue.

    Examples
    --------
    >>> len(questionnaire("demo-2020"))
    8
    """
    return load_document(_value(name, "questionnaire"), Questionnaire)


def index(name: str) -> IndexDefinition:
    """An index of the catalogue.

    Examples
    --------
    >>> index("technology-demo").questionnaire.id
    'demo-2020'
    """
    return load_document(_value(name, "index"), IndexDefinition)


def register(name: str) -> Register:
    """A register of the catalogue; it says whether it is synthetic.

    Examples
    --------
    >>> register("demo-2020").synthetic
    True
    """
    return load_document(_value(name, "register"), Register)


def responses(name: str) -> Responses:
    """Responses of the catalogue; they say whether they are synthetic.

    Examples
    --------
    >>> len(responses("demo-2020")), responses("demo-2020").synthetic
    (8, True)
    """
    return read_responses_document(_value(name, "responses"), questionnaire(name))
