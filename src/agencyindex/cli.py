"""The command line: arguments in, text and exit status out; each command is one public call."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import agencyindex as ai
from agencyindex import catalogue, errors
from agencyindex.errors import AgencyIndexError, FileError, Place, Problem

FINE, FINDINGS = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        Words after the command's name; those of the process where left out.

    Returns
    -------
    int
        0 where all is well, 1 where something was found wrong. Wrong usage exits with 2.
    """
    options = _parser().parse_args(arguments)
    try:
        result: int = options.run(options)
    except AgencyIndexError as error:
        _report(error.problems, as_json=getattr(options, "json", False))
        return FINDINGS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="agencyindex",
        description="Composite indices from questionnaire answers of public agencies.",
    )
    parser.add_argument("--version", action="version", version=f"agencyindex {ai.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser(
        "validate", help="check documents, alone and together (agencyindex.validate)"
    )
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="print findings as JSON")
    command.set_defaults(run=_validate)

    command = commands.add_parser("score", help="score answers on indices (agencyindex.score)")
    _add_index(command, several=True)
    _add_responses(command)
    command.add_argument("--register", metavar="FILE", help="the agencies that were asked")
    _add_output(command, ".csv, .xlsx, .parquet, .jsonl or .json")
    command.add_argument("--json", action="store_true", help="print scores as JSON")
    command.set_defaults(run=_score)

    command = commands.add_parser(
        "explain", help="explain one agency's score (agencyindex.explain)"
    )
    command.add_argument("agency", metavar="AGENCY", help="id of the agency")
    _add_index(command, several=False)
    _add_responses(command)
    command.add_argument("--json", action="store_true", help="print the explanation as JSON")
    command.set_defaults(run=_explain)

    command = commands.add_parser("fit", help="fit an index on answers (agencyindex.fit)")
    _add_index(command, several=False)
    _add_responses(command)
    _add_output(command, "the fitted index, a JSON document", required=True)
    command.set_defaults(run=_fit)

    command = commands.add_parser("schema", help="print a JSON Schema (agencyindex.schema)")
    command.add_argument("name", choices=ai.schema_names(), metavar="NAME")
    command.set_defaults(run=_schema)

    command = commands.add_parser("demo", help="score synthetic agencies on a demonstration index")
    command.add_argument("--language", default="en", metavar="TAG", help="en or sv")
    command.set_defaults(run=_demo)
    return parser


def _add_index(command: argparse.ArgumentParser, *, several: bool) -> None:
    command.add_argument(
        "--index",
        metavar="FILE",
        required=True,
        nargs="+" if several else 1,
        help="index documents of one questionnaire" if several else "index document",
    )
    command.add_argument(
        "--questionnaire",
        metavar="FILE",
        help="questionnaire document; by default ID.questionnaire.json beside the index",
    )


def _add_output(command: argparse.ArgumentParser, about: str, *, required: bool = False) -> None:
    command.add_argument("-o", "--output", metavar="FILE", required=required, help=about)


def _add_responses(command: argparse.ArgumentParser) -> None:
    command.add_argument("--responses", metavar="FILE", required=True, help="the answers")
    command.add_argument("--edition", default="", help="name of the round")
    command.add_argument("--layout", choices=("wide", "long"), default="wide")
    for name in ("agency", "item", "answer"):
        command.add_argument(
            f"--{name}-column",
            default=name,
            metavar="HEADING",
            help=f"heading of the {name} column",
        )
    command.add_argument("--separator", default=";", help="between options in one cell")
    command.add_argument("--decimal-comma", action="store_true", help="numbers such as 1 234,5")
    command.add_argument("--sheet", metavar="NAME", help="sheet of a spreadsheet")
    command.add_argument(
        "--ignore", nargs="+", default=(), metavar="HEADING", help="columns to pass over"
    )


def _validate(options: argparse.Namespace) -> int:
    problems = ai.validate(*options.files)
    if options.json or problems:
        _report(problems, as_json=options.json)
    else:
        count = len(options.files)
        print(f"{count} document{'s' if count > 1 else ''}: nothing found wrong")
    return FINDINGS if problems else FINE


def _score(options: argparse.Namespace) -> int:
    with _progress(["reading", "fitting", "scoring", "writing"]) as steps:
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
            ai.write_scores(scores, options.output, register=register)
    if options.json:
        _print_json(ai.document(scores))
    elif not options.output:
        _print_indices(scores, register, "en")
    _print_response_rate(scores, register)
    return FINE


def _explain(options: argparse.Namespace) -> int:
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
        _print_json(_plain(explanation) | {"score": _plain(ranked)})
    else:
        _print_explanation(explanation, ranked, len(responses))
    return FINE


def _fit(options: argparse.Namespace) -> int:
    definition = ai.load(options.index[0], ai.IndexDefinition)
    fitted = ai.fit(definition, _responses(options, definition))
    ai.dump(fitted, options.output)
    return FINE


def _schema(options: argparse.Namespace) -> int:
    _print_json(ai.schema(options.name))
    return FINE


def _demo(options: argparse.Namespace) -> int:
    fitted = ai.freeze(catalogue.index("technology-demo"), catalogue.questionnaire("demo-2020"))
    register = catalogue.register("demo-2020")
    scores = ai.score(fitted, catalogue.responses("demo-2020"))
    print("SYNTHETIC DATA: these agencies and their answers are made up.\n")
    _print_indices(scores, register, options.language)
    _print_response_rate(scores, register, sys.stdout)
    return FINE


def _responses(options: argparse.Namespace, definition: ai.IndexDefinition) -> ai.Responses:
    wanted = definition.questionnaire
    path = options.questionnaire
    if path is None:
        path = Path(options.index[0]).with_name(f"{wanted.id}.questionnaire.json")
        if not path.is_file():
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
    )


@contextmanager
def _progress(steps: list[str]) -> Iterator[Iterator[str]]:
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


def _report(problems: Iterable[Problem], *, as_json: bool) -> None:
    if as_json:
        _print_json([_plain(problem) for problem in problems])
    else:
        print(AgencyIndexError(list(problems)), file=sys.stderr)


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    """A result as JSON can state it."""
    if isinstance(value, ai.Missing):
        return {"missing": value.value}
    if hasattr(value, "__attrs_attrs__"):
        fields = [field.name for field in value.__attrs_attrs__]
        return {name: _plain(getattr(value, name)) for name in fields}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return (
        value if isinstance(value, (str, int, float, bool, dict)) or value is None else str(value)
    )


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> None:
    """A table whose first columns are flush left, the others flush right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for row in (headings, ["-" * width for width in widths], *rows):
        cells = [
            cell.ljust(width) if number < left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def _print_indices(scores: ai.Scores, register: ai.Register | None, language: str) -> None:
    """For each index a table of agencies, the first rank on top."""
    for root in scores.roots():
        parts = [
            node for node in scores.nodes if node.index == root.index and node.parent == root.id
        ]
        print(ai.in_language(root.title, language) or root.id)
        rows = []
        for agency in _by_rank(scores, root.id):
            score = scores.get(agency, root.id)
            cells = [scores.get(agency, root.id, part.id) for part in parts]
            rows.append(
                [
                    _figure(score.rank),
                    _agency_name(agency, register, language),
                    _figure(score.published, score.cause),
                    *(_figure(cell.published, cell.cause) for cell in cells),
                    f"{score.answered:.0%}",
                ]
            )
        titles = [ai.in_language(part.title, language) or part.id for part in parts]
        _print_table(["Rank", "Agency", "Score", *titles, "Answered"], rows, 2)


def _by_rank(scores: ai.Scores, index: str) -> list[str]:
    ranks = {agency: scores.get(agency, index).rank for agency in scores.agencies}
    return sorted(ranks, key=lambda agency: (ranks[agency] is None, ranks[agency] or 0, agency))


def _figure(value: float | None, cause: str = "") -> str:
    return cause or "-" if value is None else f"{value:.12g}"


def _agency_name(agency: str, register: ai.Register | None, language: str) -> str:
    if register is None or agency not in register:
        return agency
    return ai.in_language(register[agency].name, language) or agency


def _print_response_rate(
    scores: ai.Scores, register: ai.Register | None, stream: Any = None
) -> None:
    if register is not None:
        answered = sum(agency in register for agency in scores.agencies)
        rate = answered / len(register) if len(register) else 0.0
        text = (
            f"\n{answered} of the {len(register)} agencies that were asked answered ({rate:.0%})."
        )
        print(text, file=stream or sys.stderr)


def _print_explanation(explanation: ai.Explanation, score: Any, agencies: int) -> None:
    if score.value is None:
        print(f"{explanation.agency} has no score in {explanation.index}: {score.cause}.")
    else:
        print(
            f"{explanation.agency}: {score.published:.12g} in {explanation.index}, "
            f"rank {_figure(score.rank)} of {agencies}; {score.answered:.0%} answered."
        )
    rows = [
        [
            each.node,
            _answer(each.answer),
            each.status if each.status != "scored" else "",
            _figure(each.value),
            f"{each.share:.4f}",
            f"{each.points:.4f}",
        ]
        for each in explanation.contributions
    ]
    print()
    _print_table(["Indicator", "Answer", "Status", "Value", "Weight", "Points"], rows, 3)
    print(f"\nBaseline {explanation.baseline:.4f}; the points and the baseline sum to the score.")
    if explanation.improvements:
        print("\nWhat another answer would give:\n")
        better = [
            [
                each.item,
                _answer(each.answer),
                _answer(each.next_answer),
                f"{each.next_score:.4f}",
                _answer(each.best_answer),
                f"{each.best_score:.4f}",
            ]
            for each in explanation.improvements
        ]
        _print_table(["Item", "Answer", "Next better", "Score", "Best", "Score"], better, 3)


def _answer(answer: Any) -> str:
    if isinstance(answer, ai.Missing):
        return f"({answer.value})"
    if isinstance(answer, (tuple, list)):
        return ", ".join(answer)
    return f"{answer:.12g}" if isinstance(answer, float) else str(answer)
