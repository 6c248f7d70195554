"""What each command does: one public call, and what is printed of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import agencyindex as ai
from agencyindex import errors
from agencyindex.cli import printing
from agencyindex.errors import FileError, Place, Problem

FINE, FINDINGS = 0, 1


def validate(options: argparse.Namespace) -> int:
    """Check documents, alone and together."""
    problems = ai.validate(*options.files)
    if options.json or problems:
        printing.report(problems, as_json=options.json)
    else:
        count = len(options.files)
        print(f"{count} document{'s' if count > 1 else ''}: nothing found wrong")
    return FINDINGS if problems else FINE


def score(options: argparse.Namespace) -> int:
    """Score answers on indices."""
    with progress(["reading", "fitting", "scoring", "writing"]) as steps:
        next(steps)
        definitions = [ai.load(path, ai.IndexDefinition) for path in options.index]
        responses = _responses(options, definitions[0])
        register = ai.read_register(options.register) if options.register else None
        next(steps)
        fitted = [ai.fit(definition, responses) for definition in definitions]
        next(steps)
        scores = ai.score(fitted, responses)
        next(steps)
        if options.output:
            ai.write_scores(scores, options.output, register=register, language=options.language)
    if options.json:
        printing.print_json(ai.document(scores))
    elif not options.output:
        printing.print_indices(scores, register, options.language)
    printing.print_response_rate(scores, register)
    return FINE


def explain(options: argparse.Namespace) -> int:
    """Explain one agency's score."""
    definition = ai.load(options.index[0], ai.IndexDefinition)
    responses = _responses(options, definition)
    if options.agency not in responses:
        message = f'There are no answers of the agency "{options.agency}".'
        place = Place(file=Path(options.responses).name, agency=options.agency)
        mend = errors.did_you_mean(options.agency, responses.agencies, "agencies")
        raise errors.ResponseError([Problem("unknown-agency", place, message, mend)])
    fitted = ai.fit(definition, responses)
    explanation = ai.explain(fitted, responses[options.agency])
    ranked = ai.score(fitted, responses).get(options.agency, definition.id)
    if options.json:
        printing.print_json(printing.plain(explanation) | {"score": printing.plain(ranked)})
    else:
        printing.print_explanation(explanation, ranked, len(responses))
    return FINE


def fit(options: argparse.Namespace) -> int:
    """Write a fitted index."""
    definition = ai.load(options.index[0], ai.IndexDefinition)
    fitted = ai.fit(definition, _responses(options, definition))
    ai.dump(fitted, options.output)
    return FINE


def schema(options: argparse.Namespace) -> int:
    """Print a schema."""
    printing.print_json(ai.schema(options.name))
    return FINE


def _responses(options: argparse.Namespace, definition: ai.IndexDefinition) -> ai.Responses:
    wanted = definition.questionnaire
    path = options.questionnaire
    if path is None:
        path = Path(options.index[0]).with_name(f"{wanted.id}.questionnaire.json")
        try:
            beside = path.is_file()
        except OSError:
            # An id may be longer than a file system lets a name be.
            beside = False
        if not beside:
            message = f"The index names the questionnaire {wanted.id}, which is not beside it."
            mend = "Give it with --questionnaire."
            raise FileError([Problem("file-not-found", Place(file=path.name), message, mend)])
    return ai.read_responses(
        options.responses,
        ai.load(path, ai.Questionnaire),
        edition=options.edition,
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
