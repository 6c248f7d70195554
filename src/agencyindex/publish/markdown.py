"""Blocks as Markdown: CommonMark with tables, and mathematics between dollars as MyST has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agencyindex.publish.blocks import (
    Block,
    Code,
    Equation,
    Heading,
    Inline,
    Line,
    Listing,
    Maths,
    Paragraph,
    Table,
    tidied,
)

MARKS = re.compile(r"[\\`*_{}\[\]<>#|$&~^!@]")
"""What means something within a line, in CommonMark or in an extension of MyST."""

OPENERS = re.compile(r"^(?:([!-/:-@\[-`{-~])|(\d+)([.)]))")
"""What means something at the beginning of a line: any punctuation mark, and numbers of a list."""

DEEPEST = 6
"""Levels of headings that there are."""


def rendered(blocks: Iterable[Block]) -> str:
    r"""A page of blocks as Markdown.

    Examples
    --------
    >>> print(rendered([Heading(1, ("1. A*b",)), Paragraph(("see ", Code("x")))]), end="")
    # 1. A\*b
    <BLANKLINE>
    see `x`
    """
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, line):
            yield f"{'#' * min(level, DEEPEST)} {_line(line, opens=False)}"
        case Paragraph(line):
            yield _line(line)
        case Listing(lines):
            yield from (f"- {_line(line)}" for line in lines)
        case Table(heads, rows):
            yield _row((each,) for each in heads)
            yield "|" + " --- |" * len(heads)
            yield from map(_row, rows)
        case Equation(tex):
            yield from ("$$", " ".join(tex.split()), "$$")


def _row(cells: Iterable[Line]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: Line) -> str:
    """A cell: text has its pipes escaped already, and code and mathematics need it here."""
    return _line(cell, opens=False, cell=True)


def _line(line: Line, *, opens: bool = True, cell: bool = False) -> str:
    parts = tidied(line)
    text = "".join(_inline(part, cell=cell) for part in parts)
    if opens and parts and isinstance(parts[0], str):
        return OPENERS.sub(_opener, text)
    return text


def _opener(found: re.Match[str]) -> str:
    mark, digits, end = found.groups()
    if mark is None:
        return rf"{digits}\{end}"
    return mark if mark == "\\" else rf"\{mark}"


def _inline(part: Inline, *, cell: bool) -> str:
    match part:
        case str():
            return escaped(part)
        case Maths(tex):
            return f"${' '.join(tex.split())}$".replace("|", r"\vert ")
        case Code(text):
            return _code(text).replace("|", r"\|") if cell else _code(text)


def escaped(text: str) -> str:
    r"""A text whose signs all mean themselves, within a line.

    Examples
    --------
    >>> print(escaped("2 * 3 <b>"))
    2 \* 3 \<b\>
    """
    return MARKS.sub(lambda mark: rf"\{mark[0]}", text)


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"
