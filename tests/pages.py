"""Runs what a page of the documentation shows, from its top to its end.

In the order of the page, and in one folder:

- a block with a caption that is the name of a file becomes that file;
- in a ``console`` block each line after ``$`` is run and must print what follows it: the command
  ``agencyindex``, ``cat FILE``, and ``echo $?`` for the exit status of the command before;
- the examples of a ``python`` block are run, and share their names with those before them;
- a ``json`` block is JSON, or some keys of an object.
"""

from __future__ import annotations

import doctest
import json
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import attrs

from agencyindex.cli import main

FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<kind>[^`\n]*)\n(?P<body>.*?)^(?P=mark)$", re.MULTILINE | re.DOTALL
)
CAPTION = re.compile(r"^:caption: *(?P<name>\S+\.\w+)$", re.MULTILINE)
OPTIONS = re.compile(r"\A(:\w+:.*\n)+\n?")


@attrs.frozen
class Block:
    """A fenced block: what it is, its content, and the line that it begins on."""

    kind: str
    body: str
    line: int
    file: str | None = None


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for found in FENCE.finditer(text):
        kind = found["kind"].strip()
        line = text.count("\n", 0, found.start("body"))
        options = OPTIONS.match(found["body"]) if kind.startswith("{code-block}") else None
        if options is None:
            yield Block(kind, found["body"], line)
            continue
        caption = CAPTION.search(options[0])
        body = found["body"][options.end() :]
        yield Block(kind.split()[-1], body, line, caption and caption["name"])


def run(page: Path) -> list[str]:
    """Run a page in the current folder; give what did not come out as the page says."""
    globs: dict[str, Any] = {}
    wrong: list[str] = []
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{page.name}:{block.line + 1}"
        if block.file is not None:
            Path(block.file).write_text(block.body, encoding="utf-8")
        elif block.kind == "console":
            wrong += [f"{where}: {each}" for each in _differences(block.body)]
        elif block.kind == "python":
            wrong += _failures(block, page, globs)
        elif block.kind == "json":
            json.loads(f"{{{block.body}}}" if block.body.startswith('"') else block.body)
    return wrong


def _failures(block: Block, page: Path, globs: dict[str, Any]) -> list[str]:
    """What the examples of a block print otherwise than they say."""
    test = doctest.DocTestParser().get_doctest(block.body, globs, page.name, str(page), block.line)
    if not test.examples:
        return [f"{page.name}:{block.line + 1}: no example that runs"]
    said = StringIO()
    doctest.DocTestRunner(verbose=False).run(test, out=said.write, clear_globs=False)
    globs.update(test.globs)
    return [said.getvalue()] if said.getvalue() else []


def _differences(body: str) -> Iterator[str]:
    """The commands of a block that print otherwise than it says."""
    status = 0
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more
        status, printed = _run(shlex.split(command), status)
        if printed.rstrip() != expected.rstrip():
            yield f"{command}\nexpected:\n{expected}\nprinted:\n{printed}"


def _run(words: list[str], before: int) -> tuple[int, str]:
    """Exit status of a command, and all that it prints."""
    match words:
        case ["agencyindex", *arguments]:
            printed = StringIO()
            with redirect_stdout(printed), redirect_stderr(printed):
                status = main(arguments)
            return status, printed.getvalue()
        case ["cat", name]:
            return 0, Path(name).read_text(encoding="utf-8")
        case ["echo", "$?"]:
            return 0, str(before)
    raise ValueError(f"a page may not run {words[0]}")
