"""Commands, problems and advice, as the package itself states them."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress

from _parts.files import CHECKOUT, write
from agencyindex import errors
from agencyindex._lint import rules
from agencyindex.cli import main


def make() -> None:
    """Write the parts of this file."""
    # The width that argparse wraps at must not depend on the terminal.
    os.environ["COLUMNS"] = "88"
    write("commands", commands())
    write("problems", problems())
    write("advice", advice())


def help_of(*arguments: str) -> str:
    """What the command line prints when it is asked for help."""
    text = io.StringIO()
    with redirect_stdout(text), suppress(SystemExit):
        main([*arguments, "--help"])
    return text.getvalue()


def commands() -> Iterator[str]:
    """The help of each command, as the parser prints it."""
    for name in re.findall(r"^    (\w+)", help_of(), re.MULTILINE):
        yield from (f"## {name}", "", "```text", help_of(name).rstrip(), "```", "")


def case(folder: str, code: str) -> Iterator[str]:
    """What a code is about, and the line that its case prints."""
    yield from (f"## {code}", "")
    path = CHECKOUT / "tests" / folder / f"{code}.json"
    if path.is_file():
        said = json.loads(path.read_text(encoding="utf-8"))
        words = " ".join(part for part in (said["message"], said["mend"]) if part)
        line = "  ".join(part for part in (said["place"], f"{words} [{code}]") if part)
        yield from (said["about"], "", "```text", line, "```", "")


def problems() -> Iterator[str]:
    """Each code of a problem with its case."""
    for code in errors.codes():
        yield from case("problems", code)


def advice() -> Iterator[str]:
    """Each code of advice with its case, its rule and its source."""
    for rule in rules.RULES:
        yield from case("lint", rule.code)
        yield from (f"**When.** {rule.when}", "", f"**What it cannot know.** {rule.blind}", "")
        yield from (f"**Source.** {rule.source}.", "")
