"""Blocks as nodes of docutils."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes

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


class Builder:
    """Makes nodes for a document of docutils.

    Parameters
    ----------
    document
        The document that they become part of; its ids stay unique.
    index
        Id of the index, with which the ids of its nodes begin.

    Attributes
    ----------
    targets
        Id in the document and title of each node of the index, by the name that it is cited by.
    """

    def __init__(self, document: Any, index: str = "") -> None:
        self.document = document
        self.index = index
        self.targets: dict[str, tuple[str, str]] = {}

    def nodes(self, blocks: Iterable[Block]) -> list[Any]:
        """Nodes in nested sections; the title of the page is that of the page they stand on."""
        found: list[Any] = []
        open_sections: list[tuple[int, Any]] = []
        title: Heading | None = None
        for block in blocks:
            if isinstance(block, Heading) and block.level == 1:
                title = block
                continue
            element = self.section(block) if isinstance(block, Heading) else self.block(block)
            if title is not None:
                self.name(element, title)
                title = None
            while (
                isinstance(block, Heading) and open_sections and open_sections[-1][0] >= block.level
            ):
                open_sections.pop()
            (open_sections[-1][1] if open_sections else found).append(element)
            if isinstance(block, Heading):
                open_sections.append((block.level, element))
        return found

    def section(self, heading: Heading) -> Any:
        """A section with its title, and nothing in it yet."""
        section = nodes.section()
        section += nodes.title("", "", *inlines(heading.line))
        section["names"].append(nodes.fully_normalize_name(section[0].astext()))
        self.name(section, heading)
        self.document.note_implicit_target(section, section)
        return section

    def name(self, element: Any, heading: Heading) -> None:
        """Give an element the id that a citation of its node leads to."""
        if heading.node is None:
            return
        cited = self.index if heading.node == self.index else f"{self.index}/{heading.node}"
        plain = nodes.make_id(f"agencyindex-{cited}")
        id, number = plain, 1
        while id in self.document.ids:
            number += 1
            id = f"{plain}-{number}"
        element["ids"].append(id)
        self.document.set_id(element)
        self.targets[cited] = id, "".join(node.astext() for node in inlines(heading.line))

    def block(self, block: Block) -> Any:
        """The node of a block that is no heading."""
        match block:
            case Paragraph(line):
                return nodes.paragraph("", "", *inlines(line))
            case Listing(lines):
                items = (nodes.list_item("", _paragraph(line)) for line in lines)
                return nodes.bullet_list("", *items)
            case Table(heads, rows):
                return _table([(each,) for each in heads], rows)
            case Equation(tex):
                return nodes.math_block(
                    tex, tex, nowrap=False, **{"no-wrap": False}, number=None, label=None
                )
        raise AssertionError(block)


def _paragraph(line: Line) -> Any:
    return nodes.paragraph("", "", *inlines(line))


def _table(heads: Sequence[Line], rows: Iterable[Sequence[Line]]) -> Any:
    group = nodes.tgroup("", cols=len(heads))
    group += [nodes.colspec("", colwidth=1) for _ in heads]
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["agencyindex"])


def _row(cells: Iterable[Line]) -> Any:
    return nodes.row("", *(nodes.entry("", _paragraph(cell)) for cell in cells))


def inlines(line: Line) -> list[Any]:
    """The nodes of a line."""
    return [_inline(part) for part in tidied(line)]


def _inline(part: Inline) -> Any:
    match part:
        case str():
            return nodes.Text(part)
        case Code(text):
            return nodes.literal(text, text)
        case Maths(tex):
            return nodes.math(tex, tex)
