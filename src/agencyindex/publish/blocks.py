"""A page as a tree of blocks, before it is Markdown, reStructuredText or nodes of Sphinx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from agencyindex.errors import UNPRINTABLE

BREAKS = re.compile("[ \\t-\\r\\x1c-\\x1f\\x85\\u2028\\u2029]+")
"""Runs of spaces and of all that anybody takes for the end of a line."""


@attrs.frozen
class Code:
    """A name or a value as documents have it."""

    text: str


@attrs.frozen
class Maths:
    """A formula in LaTeX, within a line."""

    tex: str


Inline: TypeAlias = str | Code | Maths
Line: TypeAlias = tuple[Inline, ...]


@attrs.frozen
class Heading:
    """The title of what follows; level 1 is that of the page, ``node`` the node it is about."""

    level: int
    line: Line
    node: str | None = None


@attrs.frozen
class Paragraph:
    """Sentences."""

    line: Line


@attrs.frozen
class Listing:
    """Lines with a mark before each."""

    lines: tuple[Line, ...]


@attrs.frozen
class Table:
    """Rows of cells, as many in each as there are heads."""

    heads: Line
    rows: tuple[tuple[Line, ...], ...]


@attrs.frozen
class Equation:
    """A formula in LaTeX that stands alone."""

    tex: str


Block: TypeAlias = Heading | Paragraph | Listing | Table | Equation


def tidy(text: str) -> str:
    r"""A text on one line, without signs that steer a terminal or turn the direction of writing.

    Examples
    --------
    >>> tidy("two\n\nlines")
    'two lines'
    """
    return UNPRINTABLE.sub("\ufffd", BREAKS.sub(" ", text))


def tidied(line: Iterable[Inline]) -> Line:
    r"""A line without empty parts, without spaces at its ends, its plain words in one piece.

    Examples
    --------
    >>> tidied([" a", "\n", "b ", Code(""), Code("c")])
    ('a b ', Code(text='c'))
    """
    parts: list[Inline] = []
    for part in line:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] = BREAKS.sub(" ", parts[-1] + tidy(part))
        elif isinstance(part, str):
            parts.append(tidy(part))
        elif isinstance(part, Maths):
            parts.append(part)
        elif text := tidy(part.text).strip():
            parts.append(Code(text))
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part)


def filled(phrase: str, *parts: Inline | Sequence[Inline]) -> Line:
    """A phrase with its holes, ``{}``, filled in order.

    Examples
    --------
    >>> filled("{} is {}", Code("e_id"), '"Yes"')
    (Code(text='e_id'), ' is ', '"Yes"')
    """
    pieces = phrase.split("{}")
    line: list[Inline] = [pieces[0]]
    for part, piece in zip(parts, pieces[1:], strict=True):
        line += [part] if isinstance(part, Inline) else part
        line.append(piece)
    return tuple(each for each in line if each != "")


def joined(separator: str, lines: Iterable[Sequence[Inline]]) -> Line:
    """Lines made one, with a separator between them.

    Examples
    --------
    >>> joined("; ", [("a",), (Code("b"),)])
    ('a', '; ', Code(text='b'))
    """
    parts: list[Inline] = []
    for line in lines:
        parts += [separator, *line] if parts else line
    return tuple(parts)
