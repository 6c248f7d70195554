"""The words that the command line takes."""

from __future__ import annotations

import argparse

import agencyindex as ai
from agencyindex.cli import authoring, demonstration
from agencyindex.cli import commands as run

LEARNS = (
    "An index with methods that learn from a population learns from the answers given here, and "
    "what it learnt is said on standard error; to score by what other answers taught it, keep it "
    "with agencyindex fit."
)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; each command's function is its ``run``."""
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
    command.set_defaults(run=run.validate)

    _add_working(commands)

    command = commands.add_parser("schema", help="print a JSON Schema (agencyindex.schema)")
    command.add_argument("name", choices=ai.schema_names(), metavar="NAME")
    command.set_defaults(run=run.schema)

    _add_shipped(commands)
    authoring.add_commands(commands)
    return parser


def _add_working(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands on answers."""
    command = commands.add_parser(
        "score",
        help="score answers on indices (agencyindex.score)",
        description=f"Score answers on indices. {LEARNS}",
    )
    _add_index(command, several=True)
    _add_responses(command)
    _add_register(command)
    _add_language(command)
    _add_output(command, ".csv, .xlsx, .parquet, .jsonl or .json")
    command.add_argument("--json", action="store_true", help="print scores as JSON")
    command.set_defaults(run=run.score)

    command = commands.add_parser(
        "explain",
        help="explain one agency's score (agencyindex.explain)",
        description=f"Explain one agency's score. {LEARNS}",
    )
    command.add_argument("agency", metavar="AGENCY", help="id of the agency")
    _add_index(command, several=False)
    _add_responses(command)
    _add_register(command)
    _add_language(command)
    command.add_argument("--json", action="store_true", help="print the explanation as JSON")
    command.set_defaults(run=run.explain)

    command = commands.add_parser("fit", help="fit an index on answers (agencyindex.fit)")
    _add_index(command, several=False)
    _add_responses(command)
    _add_register(command)
    _add_output(command, "the fitted index, a JSON document", required=True)
    command.set_defaults(run=run.fit)


def _add_shipped(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands on what ships with the package."""
    command = commands.add_parser("catalogue", help="list or export what ships (catalogue.export)")
    command.add_argument("names", nargs="*", metavar="NAME", help="documents; all where left out")
    command.add_argument("-o", "--output", metavar="FOLDER", help="export them into this folder")
    command.add_argument("--json", action="store_true", help="print the list as JSON")
    _add_language(command, "en")
    command.set_defaults(run=demonstration.list_or_export)

    command = commands.add_parser("demo", help="score and explain the catalogue's made-up agencies")
    command.add_argument(
        "-o",
        "--output",
        metavar="FOLDER",
        default="agencyindex-demo",
        help="folder to write to (%(default)s)",
    )
    _add_language(command, "en")
    command.set_defaults(run=demonstration.demo)


def _add_register(command: argparse.ArgumentParser) -> None:
    about = "the agencies that were asked, and the attributes that an index uses"
    command.add_argument("--register", metavar="FILE", help=about)


def _add_language(command: argparse.ArgumentParser, default: str | None = None) -> None:
    about = "of titles and names, such as sv" + (f" ({default})" if default else "")
    command.add_argument("--language", default=default, metavar="TAG", help=about)


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
    about = "answers of the edition before, for an index that imputes from it"
    command.add_argument("--previous", metavar="FILE", help=about)
    command.add_argument("--edition", default="", metavar="NAME", help="name of the round")
    command.add_argument(
        "--previous-edition", default="", metavar="NAME", help="name of the round before"
    )
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
    command.add_argument(
        "--partial", action="store_true", help="items without a column are not answered by all"
    )
