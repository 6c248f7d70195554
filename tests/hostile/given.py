"""What the hostile tests share: a questionnaire, and what is printed of each refusal.

The words of all cases stand in ``printed/``, one file for each table of cases, to be read as a
whole. ``python -m tests.hostile.given`` writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import agencyindex as ai

QUESTIONNAIRE = ai.Questionnaire(
    id="survey",
    version="1.0.0",
    sections=[
        ai.Section(
            "all",
            items=[
                ai.Item("e_id", "yes_no"),
                ai.Item("level", "single_choice", options=[ai.Option("low"), ai.Option("high")]),
                ai.Item("fte", "number", minimum=0),
                ai.Item(
                    "channels", "multiple_choice", options=[ai.Option("web"), ai.Option("post")]
                ),
            ],
        )
    ],
)

PRINTED = Path(__file__).parent / "printed"
TABLES = ("documents", "texts", "workbooks", "columns", "files")
"""The tables of cases, each in the test of its name."""

Call = Callable[[], object]
"""What is refused; it finds its files in the working folder."""


def printed(call: Call) -> str:
    """What is printed of the error with which a call is refused."""
    try:
        call()
    except ai.AgencyIndexError as error:
        return str(error)
    raise AssertionError("this was not refused")


def expected(table: str) -> Mapping[str, str]:
    """By the name of a case, what is printed of it."""
    text = (PRINTED / f"{table}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^# (.*)\n", text, flags=re.MULTILINE)[1:]
    return {name: words[:-1] for name, words in zip(parts[::2], parts[1::2], strict=True)}


def main() -> None:
    """Write what is printed of each case."""
    PRINTED.mkdir(exist_ok=True)
    start = Path.cwd()
    for table in TABLES:
        cases: Mapping[str, Callable[[], Call]] = import_module(f"tests.hostile.test_{table}").CASES
        lines = []
        for name, made in cases.items():
            with TemporaryDirectory() as folder:
                os.chdir(folder)
                lines.append(f"# {name}\n{printed(made())}\n")
                os.chdir(start)
        (PRINTED / f"{table}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
