"""Commands for those who make a survey: response sheets to fill in."""

from __future__ import annotations

import argparse
from typing import Any

import agencyindex as ai

FINE = 0


def add_commands(commands: Any) -> None:
    """Add the commands of this file to a parser's."""
    command = commands.add_parser(
        "template", help="write an empty response sheet (agencyindex.write_template)"
    )
    command.add_argument("questionnaire", metavar="QUESTIONNAIRE", help="questionnaire document")
    command.add_argument("-o", "--output", metavar="FILE", required=True, help=".xlsx or .csv")
    command.add_argument("--register", metavar="FILE", help="the agencies that are asked")
    command.add_argument("--language", metavar="TAG", help="of labels and explanations")
    command.add_argument("--layout", choices=("wide", "long"), default="wide")
    command.add_argument(
        "--options",
        choices=("column", "cell"),
        default="column",
        help="multiple choice: a column for each option, or all in one cell",
    )
    command.add_argument("--separator", default=";", help="between options in one cell")
    command.add_argument(
        "--agency-column", default="agency", metavar="HEADING", help="heading of the agency column"
    )
    command.set_defaults(run=template)


def template(options: argparse.Namespace) -> int:
    """Write an empty response sheet."""
    ai.write_template(
        ai.load(options.questionnaire, ai.Questionnaire),
        options.output,
        register=ai.read_register(options.register) if options.register else None,
        language=options.language,
        layout=options.layout,
        options=options.options,
        separator=options.separator,
        agency=options.agency_column,
    )
    return FINE
