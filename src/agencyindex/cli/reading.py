"""What commands are given: answers, registers, questionnaires, and the language of texts."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import agencyindex as ai
from agencyindex import errors
from agencyindex.errors import FileError, Place, Problem

GUESSED = 50
"""Unknown agencies for which a near name is looked for, as many as are printed."""


def beside(index: str, definition: ai.IndexDefinition) -> Path | None:
    """The file beside an index that is named as its questionnaire's should be, if there is one."""
    path = Path(index).with_name(f"{definition.questionnaire.id}.questionnaire.json")
    try:
        return path if path.is_file() else None
    except OSError:
        # An id may be longer than a file system lets a name be.
        return None


def answers(options: argparse.Namespace, definition: ai.IndexDefinition) -> ai.Responses:
    """The answers, coded against the questionnaire that is given or that is beside the index."""
    wanted = definition.questionnaire
    path = options.questionnaire or beside(options.index[0], definition)
    if path is None:
        message = f"The index names the questionnaire {wanted.id}, which is not beside it."
        mend = "Give it with --questionnaire."
        place = Place(file=f"{wanted.id}.questionnaire.json")
        raise FileError([Problem("file-not-found", place, message, mend)])
    questionnaire = ai.load(path, ai.Questionnaire)
    return _answers(options, options.responses, questionnaire, edition=options.edition)


def previous(options: argparse.Namespace, responses: ai.Responses) -> ai.Responses | None:
    """The answers of the edition before, where they are given."""
    if not options.previous:
        return None
    named = options.previous_edition
    return _answers(options, options.previous, responses.questionnaire, edition=named)


def _answers(
    options: argparse.Namespace, file: str, questionnaire: ai.Questionnaire, *, edition: str
) -> ai.Responses:
    return ai.read_responses(
        file,
        questionnaire,
        edition=edition,
        layout=options.layout,
        agency=options.agency_column,
        item=options.item_column,
        answer=options.answer_column,
        separator=options.separator,
        decimal_comma=options.decimal_comma,
        sheet=options.sheet,
        ignore=options.ignore,
        partial=options.partial,
    )


def register(options: argparse.Namespace) -> ai.Register | None:
    """The agencies that were asked, where they are given."""
    if not options.register:
        return None
    return ai.read_register(options.register, decimal_comma=options.decimal_comma)


def check_asked(responses: ai.Responses, asked: ai.Register | None, file: str) -> None:
    """Refuse answers of agencies that were not asked, if it is known who was."""
    if asked is None:
        return
    ids = [agency.id for agency in asked]
    problems: list[Problem] = []
    for agency in responses.agencies:
        if agency not in asked:
            message = f'The agency "{agency}" is not in the register.'
            guess = errors.did_you_mean(agency, ids, "agencies") if len(problems) < GUESSED else ""
            mend = f"{guess} Correct its id, or add it to the register.".strip()
            place = Place(file=Path(file).name, agency=agency)
            problems.append(Problem("unknown-agency", place, message, mend, found=agency))
    if problems:
        raise errors.ResponseError(problems)


def check_language(
    language: str | None,
    definitions: Iterable[ai.IndexDefinition],
    questionnaire: ai.Questionnaire,
    asked: ai.Register | None,
) -> None:
    """Refuse a language that was asked for and that no text has; one text may well lack it."""
    texts = [*_of_questionnaire(questionnaire), *(agency.name for agency in asked or ())]
    texts += [text for each in definitions for text in _of_index(each)]
    known = list(dict.fromkeys(tag for text in texts if isinstance(text, Mapping) for tag in text))
    # Where no text states a language, all are given as they are.
    if language is not None and known and language not in known:
        raise errors.unknown_language(language, known)


def _of_index(node: Any) -> Iterator[Any]:
    yield node.title
    for child in getattr(node, "children", ()):
        yield from _of_index(child)
    bands = getattr(node, "bands", None)
    if bands is not None:
        yield from bands.labels


def _of_questionnaire(questionnaire: ai.Questionnaire) -> Iterator[Any]:
    yield questionnaire.title
    yield from (section.title for section in questionnaire.sections)
    for item in questionnaire:
        yield item.text
        yield from (option.label for option in questionnaire.options(item.id))
