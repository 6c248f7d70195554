"""The public verbs of documents: load, dump, validate."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, overload

import attrs

from agencyindex._answers import Responses
from agencyindex._documents.checks import check_sense
from agencyindex._documents.codec import (
    Document,
    Noun,
    document,
    fingerprint,
    responses_from,
    structure,
)
from agencyindex._documents.files import plain, read_json, write_json
from agencyindex._documents.index_checks import check_against
from agencyindex._documents.register_checks import check_beside
from agencyindex._documents.schemas import check_schema, kind_of
from agencyindex._model.agency import Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Response
from agencyindex.errors import AgencyIndexError, DocumentError, Findings, Place, Problem

__all__ = [
    "document",
    "dump",
    "examine",
    "fingerprint",
    "load",
    "read_responses_document",
    "validate",
]

Source: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]
Kind = TypeVar("Kind", bound=Document)


@overload
def load(source: Source) -> Document: ...
@overload
def load(source: Source, kind: type[Kind]) -> Kind: ...
def load(source: Source, kind: type[Any] | None = None) -> Any:
    """Load a questionnaire, an index, a register or scores, fully checked.

    Parameters
    ----------
    source
        Path of a JSON document, or its value as a mapping.
    kind
        The class that is expected, so that a type checker knows it too; None for any.

    Returns
    -------
    Questionnaire, IndexDefinition, Register or Scores
        What the document states. Responses need their questionnaire: `read_responses`.

    Raises
    ------
    FileError
        Where the file cannot be read.
    DocumentError
        With everything that is wrong with the document.

    Examples
    --------
    >>> import agencyindex as ai
    >>> register = {"schema": "agencyindex/register/1", "id": "r", "version": "1.0.0",
    ...             "agencies": [{"id": "202100-6883"}]}
    >>> ai.load(register, ai.Register).agencies[0].id
    '202100-6883'
    """
    value, file = _value(source)
    findings = Findings()
    noun = _structured(value, file, findings)
    findings.raise_as(DocumentError)
    if isinstance(noun, list):
        raise _wrong_kind(
            file, "These are responses, which need their questionnaire.", "Use read_responses."
        )
    if kind is not None and not isinstance(noun, kind):
        message = f"This is {_name(type(noun))}, and {_name(kind)} was expected."
        raise _wrong_kind(file, message, "Name another document.")
    return noun


def _name(kind: type[Any]) -> str:
    names = {"Questionnaire": "a questionnaire", "IndexDefinition": "an index"}
    return names.get(kind.__name__, "a register" if kind.__name__ == "Register" else "scores")


def _wrong_kind(file: str | None, message: str, mend: str) -> DocumentError:
    return DocumentError(
        [Problem("wrong-kind", Place(file=file, pointer="/schema"), message, mend)]
    )


def _value(source: Source) -> tuple[Any, str | None]:
    if isinstance(source, Mapping):
        return plain(source, None), None
    return read_json(source), Path(source).name


def _structured(value: Any, file: str | None, findings: Findings) -> Any:
    """The noun, or the list of responses, that a document states; None where it states none.

    A noun that makes no sense in itself is given all the same, for what else may be found.
    """
    before = len(findings.problems)
    kind = kind_of(value, file, findings)
    if kind is None:
        return None
    check_schema(value, kind, file, findings)
    if len(findings.problems) > before:
        return None
    if kind == "responses":
        return responses_from(value)
    noun = structure(value, kind, file, findings)
    if len(findings.problems) > before:
        return None
    check_sense(noun, file, findings)
    return noun


def read_responses_document(source: Source, questionnaire: Questionnaire) -> Responses:
    """Read a responses document.

    Raises
    ------
    FileError, DocumentError
        As `load`.
    ResponseError
        Where answers do not fit the questionnaire.
    """
    value, file = _value(source)
    findings = Findings()
    listed = _structured(value, file, findings)
    if listed is not None and not isinstance(listed, list):
        raise _wrong_kind(file, f"This is {_name(type(listed))}, not responses.", "Name another.")
    if listed is not None:
        wanted = value["questionnaire"]
        if (wanted["id"], wanted["version"]) != (questionnaire.id, questionnaire.version):
            message = (
                f"The responses belong to the questionnaire {wanted['id']} {wanted['version']}; "
                f"this one is {questionnaire.id} {questionnaire.version}."
            )
            place = Place(file=file, pointer="/questionnaire")
            findings.add("other-questionnaire", place, message, "Give the one that they name.")
    findings.raise_as(DocumentError)
    responses = Responses.of(
        questionnaire,
        listed or [],
        edition=value["edition"],
        id=value["id"],
        version=value["version"],
        synthetic=value.get("synthetic", False),
        file=file,
    )
    return attrs.evolve(responses, title=value.get("title", ""), note=value.get("note", ""))


def dump(noun: Noun, path: str | os.PathLike[str]) -> None:
    """Write a document, whole or not at all.

    Parameters
    ----------
    noun
        A questionnaire, an index or a fitted one, a register, responses or scores.
    path
        Where to write; a file that is there is replaced.

    Raises
    ------
    FileError
        Where it cannot be written; a file that was there is unchanged.
    """
    write_json(path, document(noun))


def validate(*sources: Source) -> tuple[Problem, ...]:
    """Find everything that is wrong with documents, each alone and together.

    Parameters
    ----------
    *sources
        Paths of JSON documents, or their values. An index or responses are checked against
        their questionnaire where that is among the sources, and the attributes that an index
        uses against every register among them.

    Returns
    -------
    tuple of Problem
        Empty where all is well.

    Examples
    --------
    >>> import agencyindex as ai
    >>> [problem.code for problem in ai.validate({"schema": "agencyindex/register/1"})]
    ['missing-key', 'missing-key', 'missing-key']
    """
    examined = examine(sources)
    return DocumentError([each for own in examined for each in own.findings.problems]).problems


@attrs.frozen(kw_only=True)
class Examined:
    """A document that was checked.

    Parameters
    ----------
    noun
        What it states, a list of responses for responses; None where it states nothing.
    file
        Name of its file.
    findings
        What is wrong with it, alone and beside its questionnaire and registers.
    questionnaire
        Of an index or responses, where that is among the documents and makes sense.
    """

    noun: Any
    file: str | None
    findings: Findings
    questionnaire: Questionnaire | None = None


def examine(sources: Iterable[Source]) -> list[Examined]:
    """Check documents, each alone and beside its questionnaire and registers among them."""
    questionnaires: dict[tuple[str, str], Questionnaire] = {}
    read = [_read(source) for source in sources]
    for each, _ in read:
        if isinstance(each.noun, Questionnaire) and not each.findings:
            questionnaires.setdefault((each.noun.id, each.noun.version), each.noun)
    registers = [
        each.noun for each, _ in read if isinstance(each.noun, Register) and not each.findings
    ]
    examined = []
    for each, value in read:
        found = None
        if isinstance(each.noun, IndexDefinition | list):
            wanted = value["questionnaire"]
            found = questionnaires.get((wanted["id"], wanted["version"]))
        if found is not None:
            _check_together(each.noun, found, each.file, each.findings)
        if isinstance(each.noun, IndexDefinition):
            for register in registers:
                check_beside(each.noun, register, each.file, each.findings)
        examined.append(attrs.evolve(each, questionnaire=found))
    return examined


def _read(source: Source) -> tuple[Examined, Any]:
    """A document with its own findings, and its value."""
    findings = Findings()
    try:
        value, file = _value(source)
    except AgencyIndexError as error:
        findings.problems += error.problems
        return Examined(noun=None, file=None, findings=findings), None
    noun = _structured(value, file, findings)
    return Examined(noun=noun, file=file, findings=findings), value


def _check_together(
    noun: IndexDefinition | list[Response],
    questionnaire: Questionnaire,
    file: str | None,
    findings: Findings,
) -> None:
    if isinstance(noun, IndexDefinition):
        check_against(noun, questionnaire, file, findings)
        return
    try:
        Responses.of(questionnaire, noun, file=file)
    except AgencyIndexError as error:
        findings.problems += error.problems
