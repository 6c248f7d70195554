"""Blocks as reStructuredText, for docutils and Sphinx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

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

MARKS = re.compile(r"[\\`*_|]|:(?=:)|(?<=:):")
"""What means something within a line; two colons at its end would begin a literal block."""

OPENERS = re.compile(r"^(?:[!-/:-@\[^{}~]|(?:\w|\d+|[ivxlcdm]+)[.)](?: |$))", re.IGNORECASE)
"""What means something at the beginning of a line: punctuation marks, and numbers of a list."""

UNDERLINES = "=-~^\"'+*#:.,;_`!$%&(/<?@["
"""Marks of headings from the first level down."""


def rendered(blocks: Iterable[Block]) -> str:
    r"""A page of blocks as reStructuredText.

    Examples
    --------
    >>> print(rendered([Heading(1, ("1. A*b",)), Paragraph(("see ", Code("x")))]), end="")
    \1. A\*b
    ========
    <BLANKLINE>
    see ``x``
    """
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, line):
            title = _line(line)
            yield title
            yield UNDERLINES[min(level, len(UNDERLINES)) - 1] * _width(title)
        case Paragraph(line):
            yield _line(line)
        case Listing(lines):
            yield from (f"- {_line(line)}" for line in lines)
        case Table(heads, rows):
            yield from (".. list-table::", "   :header-rows: 1", "")
            yield from _row((each,) for each in heads)
            for row in rows:
                yield from _row(row)
        case Equation(tex):
            yield from (".. math::", "", f"   {' '.join(tex.split())}")


def _width(title: str) -> int:
    """How many columns a title takes, those of East Asian signs twice."""
    return max(4, sum(1 + (east_asian_width(sign) in "WF") for sign in title))


def _row(cells: Iterable[Line]) -> Iterator[str]:
    for number, cell in enumerate(cells):
        yield f"   {' ' if number else '*'} - {_line(cell)}".rstrip()


def _line(line: Line) -> str:
    parts = tidied(map(_without_backquotes, tidied(line)))
    text = ""
    for number, part in enumerate(parts):
        # A backslash and a space are nothing, and end what stands before them.
        text += (r"\ " if number and not _apart(parts[number - 1], part) else "") + _inline(part)
    if parts and isinstance(parts[0], str) and OPENERS.match(text):
        return rf"\{text}"
    return text


def _without_backquotes(part: Inline) -> Inline:
    """The part; plain text where it has a backquote, which cannot stand between backquotes."""
    return part.text if isinstance(part, Code) and "`" in part.text else part


def _apart(before: Inline, after: Inline) -> bool:
    """Whether the markup of one of two neighbours is seen without help."""
    if isinstance(after, str):
        return isinstance(before, str) or after[0] in " ).,;"
    if not isinstance(before, str):
        return False
    content = after.tex if isinstance(after, Maths) else after.text
    return before[-1] == " " or (before[-1] == "(" and content[0] != ")")


def _inline(part: Inline) -> str:
    match part:
        case str():
            return escaped(part)
        case Maths(tex):
            return f":math:`{' '.join(tex.split())}`"
        case Code(text):
            return f"``{text}``"


def escaped(text: str) -> str:
    r"""A text whose signs all mean themselves, within a line.

    Examples
    --------
    >>> print(escaped("a_b::"))
    a\_b\:\:
    """
    return MARKS.sub(lambda mark: rf"\{mark[0]}", text)
