"""Commands for those who make a survey: response sheets to fill in, advice on documents."""

from __future__ import annotations

import argparse
from typing import Any

import agencyindex as ai
from agencyindex import errors
from agencyindex.cli import notes, printing, reading
from agencyindex.cli.commands import FINDINGS, FINE


def add_commands(commands: Any) -> None:
    """Add the commands of this file to a parser's."""
    command = commands.add_parser(
        "template", help="write an empty response sheet (agencyindex.write_template)"
    )
    command.add_argument("questionnaire", metavar="QUESTIONNAIRE", help="questionnaire document")
    command.add_argument("-o", "--output", metavar="FILE", required=True, help=".xlsx or .csv")
    command.add_argument("--register", metavar="FILE", help="the agencies that are asked")
    command.add_argument(
        "--decimal-comma", action="store_true", help="numbers of the register such as 1 234,5"
    )
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

    command = commands.add_parser(
        "lint",
        help="advise on documents (agencyindex.lint)",
        description=(
            "Say what is legal and may be unwise in questionnaires and indices. Findings are "
            "advice: a document with findings can be used, and some may be meant. A document "
            "that does not validate gets those findings first. The exit status is 1 where there "
            "are findings."
        ),
    )
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="print findings as JSON")
    command.set_defaults(run=lint)
    _add_methodology(commands)


def _add_methodology(commands: Any) -> None:
    command = commands.add_parser(
        "methodology",
        help="say how an index comes about (agencyindex.publish.methodology)",
        description=(
            "Write the method of an index as a page: every question, option and point, every "
            "weight, and every method with its formula and its source."
        ),
    )
    command.add_argument("index", metavar="INDEX", help="index document")
    command.add_argument("questionnaire", metavar="QUESTIONNAIRE", help="its questionnaire")
    command.add_argument("--language", default="en", metavar="TAG", help="of the page (en)")
    command.add_argument("--form", choices=("markdown", "rst"), default="markdown")
    command.add_argument("-o", "--output", metavar="FILE", help="where to write it")
    command.set_defaults(run=methodology)


def template(options: argparse.Namespace) -> int:
    """Write an empty response sheet."""
    ai.write_template(
        ai.load(options.questionnaire, ai.Questionnaire),
        options.output,
        register=reading.register(options),
        language=options.language,
        layout=options.layout,
        options=options.options,
        separator=options.separator,
        agency=options.agency_column,
    )
    notes.wrote(options.output)
    return FINE


def lint(options: argparse.Namespace) -> int:
    """Print advice on documents, what is wrong with them first."""
    found = ai.lint(*options.files)
    if options.json:
        printing.report(found, as_json=True)
        return FINDINGS if found else FINE
    advice = [each for each in found if each.code in errors.lint_codes()]
    wrong = [each for each in found if each not in advice]
    for problems in (wrong, advice):
        if problems:
            printing.report(problems, as_json=False)
    if not found:
        count = len(options.files)
        print(f"{count} document{'s' if count > 1 else ''}: no advice")
    return FINDINGS if found else FINE


def methodology(options: argparse.Namespace) -> int:
    """Print or write the method of an index as a page."""
    index = ai.load(options.index, ai.IndexDefinition)
    questionnaire = ai.load(options.questionnaire, ai.Questionnaire)
    form = {"language": options.language, "form": options.form}
    if options.output:
        ai.publish.write_methodology(index, questionnaire, options.output, **form)
        notes.wrote(options.output)
    else:
        print(ai.publish.methodology(index, questionnaire, **form), end="")
    return FINE
