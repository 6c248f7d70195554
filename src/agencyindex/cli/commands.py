"""What each command does: one public call, and what is printed of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import agencyindex as ai
from agencyindex import errors
from agencyindex.cli import notes, printing, reading
from agencyindex.cli.explaining import Wording, print_explanation
from agencyindex.errors import Place, Problem

FINE, FINDINGS = 0, 1
FAULTY = object()
"""Stands for a document that is wrong in itself, which may be the one that is looked for."""


def validate(options: argparse.Namespace) -> int:
    """Check documents, alone and together."""
    found, said = _questionnaires_beside(options.files)
    problems = ai.validate(*options.files, *found)
    if options.json or problems:
        printing.report(problems, as_json=options.json)
    else:
        count = len(options.files)
        print(f"{count} document{'s' if count > 1 else ''}: nothing found wrong")
    if not options.json:
        print("".join(f"{line}\n" for line in said), end="")
    return FINDINGS if problems else FINE


def _questionnaires_beside(files: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The questionnaires of indices that are given without theirs, and what to say of each."""
    given = {file: _loaded(file) for file in files}
    faulty = FAULTY in given.values()
    asked = {(q.id, q.version) for q in given.values() if isinstance(q, ai.Questionnaire)}
    named = {Path(file).absolute() for file in files}
    found: dict[Path, None] = {}
    said = []
    for file, noun in given.items():
        if not isinstance(noun, ai.IndexDefinition):
            continue
        wanted = noun.questionnaire
        if (wanted.id, wanted.version) in asked:
            continue
        path = reading.beside(file, noun)
        beside = None if path is None else _loaded(path)
        if path is not None and path.absolute() not in named:
            found[path] = None
        name, title = Path(file).name, f"{wanted.id} {wanted.version}"
        known = isinstance(beside, ai.Questionnaire) and (beside.id, beside.version)
        if path is not None and known == (wanted.id, wanted.version):
            said.append(f"{name}: checked against {title}, {path.name} beside it")
        else:
            mend = "give that too"
            if faulty or beside is FAULTY:
                mend = "mend what is wrong first"
            said.append(f"{name}: not checked against its questionnaire {title}; {mend}")
    return list(found), said


def _loaded(path: str | Path) -> Any:
    """What a document states, None for answers, `FAULTY` where nothing of it can be used."""
    try:
        return ai.load(path)
    except errors.AgencyIndexError as error:
        answers = {problem.code for problem in error.problems} == {"wrong-kind"}
        return None if answers else FAULTY


def score(options: argparse.Namespace) -> int:
    """Score answers on indices."""
    with progress(["reading", "fitting", "scoring", "writing"]) as steps:
        next(steps)
        definitions = [ai.load(path, ai.IndexDefinition) for path in options.index]
        responses = reading.answers(options, definitions[0])
        register = reading.register(options)
        reading.check_asked(responses, register, options.responses)
        reading.check_language(options.language, definitions, responses.questionnaire, register)
        next(steps)
        known: dict[str, Any] = {
            "register": register,
            "previous": reading.previous(options, responses),
        }
        fitted = _fitted(definitions, responses, known)
        next(steps)
        if len(fitted) == len(definitions):
            scores = ai.score(fitted, responses, register=register)
        else:
            scores = ai.score_population(definitions, responses, **known)
        next(steps)
        if options.output:
            ai.write_scores(scores, options.output, register=register, language=options.language)
    if options.json:
        printing.print_json(ai.document(scores))
    elif not options.output:
        printing.print_indices(scores, register, options.language)
    if options.output:
        notes.wrote(options.output)
    notes.learnt(fitted, len(responses))
    notes.response_rate(responses, register)
    return FINE


def _fitted(
    definitions: Sequence[ai.IndexDefinition], responses: ai.Responses, known: Mapping[str, Any]
) -> list[ai.FittedIndex]:
    """The indices, but for those that no fitted index can state as they compare agencies."""
    fitted = []
    for definition in definitions:
        try:
            fitted.append(ai.fit(definition, responses, **known))
        except errors.MethodError as error:
            if {problem.code for problem in error.problems} != {"not-freezable"}:
                raise
    return fitted


def explain(options: argparse.Namespace) -> int:
    """Explain one agency's score."""
    definition = ai.load(options.index[0], ai.IndexDefinition)
    responses = reading.answers(options, definition)
    register = reading.register(options)
    reading.check_language(options.language, [definition], responses.questionnaire, register)
    if options.agency not in responses:
        message = f'There are no answers of the agency "{options.agency}".'
        place = Place(file=Path(options.responses).name, agency=options.agency)
        mend = errors.did_you_mean(options.agency, responses.agencies, "agencies")
        raise errors.ResponseError([Problem("unknown-agency", place, message, mend)])
    previous = reading.previous(options, responses)
    fitted = ai.fit(definition, responses, register=register, previous=previous)
    explanation = ai.explain(fitted, responses[options.agency], register=register)
    scores = ai.score(fitted, responses, register=register)
    ranked = scores.get(options.agency, definition.id)
    if options.json:
        printing.print_json(printing.plain(explanation) | {"score": printing.plain(ranked)})
    else:
        wording = Wording(definition, responses.questionnaire, register, options.language)
        print_explanation(explanation, scores, wording)
    notes.learnt([fitted], len(responses))
    return FINE


def fit(options: argparse.Namespace) -> int:
    """Write a fitted index."""
    definition = ai.load(options.index[0], ai.IndexDefinition)
    responses = reading.answers(options, definition)
    fitted = ai.fit(
        definition,
        responses,
        register=reading.register(options),
        previous=reading.previous(options, responses),
    )
    ai.dump(fitted, options.output)
    notes.wrote(options.output)
    return FINE


def schema(options: argparse.Namespace) -> int:
    """Print a schema."""
    printing.print_json(ai.schema(options.name))
    return FINE


@contextmanager
def progress(steps: list[str]) -> Iterator[Iterator[str]]:
    """Steps that show themselves on a terminal after a second, where tqdm is installed."""
    if not sys.stderr.isatty():
        yield iter(steps)
        return
    try:
        from tqdm import tqdm  # noqa: PLC0415
    except ImportError:
        yield iter(steps)
        return
    with tqdm(total=len(steps), delay=1, leave=False, file=sys.stderr) as bar:

        def shown() -> Iterator[str]:
            for step in steps:
                bar.set_description(step)
                yield step
                bar.update()

        yield shown()
