"""What the codecs share: heads of documents, and steps by their method's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from agencyindex._documents.files import pointer
from agencyindex.errors import Findings, MethodError, Place
from agencyindex.methods.registry import strategies

Path = tuple[str | int, ...]


def filled(value: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that every kind of document has, as arguments of its noun."""
    return {key: value[key] for key in ("id", "version", "title", "synthetic") if key in value}


def head(kind: str, noun: Any) -> dict[str, Any]:
    """The keys that every kind of document has, as its document states them."""
    result: dict[str, Any] = {
        "schema": f"agencyindex/{kind}/1",
        "id": noun.id,
        "version": noun.version,
    }
    for key in ("title", "note", "synthetic"):
        if getattr(noun, key, None):
            result[key] = getattr(noun, key)
    return result


class StepReader:
    """Makes strategies from steps, and notes what their constructors refuse.

    Parameters
    ----------
    file
        Name of the document's file.
    findings
        Where to note it.
    """

    def __init__(self, file: str | None, findings: Findings) -> None:
        self._file = file
        self._findings = findings

    def make(self, family: str, step: Mapping[str, Any], path: Path) -> Any:
        """The strategy that a step names, with its parameters; None where they are refused."""
        parameters = {key: value for key, value in step.items() if key != "method"}
        place = Place(file=self._file, pointer=pointer(path))
        try:
            return strategies(family)[step["method"]](**parameters)
        except MethodError as error:
            for each in error.problems:
                self._findings.problems.append(attrs.evolve(each, place=place))
        except (TypeError, ValueError) as error:
            # The validators of a plug-in raise these; the first argument is what they say.
            said = str(error.args[0] if error.args else type(error).__name__)
            self._findings.add("bad-parameter", place, said, found=dict(parameters))
        return None


def step_document(strategy: Any) -> dict[str, Any]:
    """A strategy as a step: its name and its parameters, those at None or a default left out."""
    result: dict[str, Any] = {"method": strategy.name}
    for field in attrs.fields(type(strategy)):
        value = getattr(strategy, field.name)
        plain = _plain(value)
        if field.init and plain is not None and plain != _plain(field.default):
            result[field.alias] = plain
    return result


def _plain(value: Any) -> Any:
    """A parameter as JSON has it; what has parts of its own is an object."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        # A copy: whoever changes a document must not change what it was made from.
        return {key: _plain(each) for key, each in value.items()}
    if attrs.has(type(value)):
        return {
            field.alias: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))
        }
    return value
