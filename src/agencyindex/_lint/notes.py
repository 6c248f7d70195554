"""What the rules share: where they write, and the parts of a document with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from agencyindex._documents.files import pointer
from agencyindex._model.definition import Dimension, IndexDefinition, Node
from agencyindex._model.questionnaire import Item, Option, Questionnaire, Section
from agencyindex.errors import Findings, LintCode, Place

Path: TypeAlias = tuple[str | int, ...]


class Notes:
    """Collects the advice on one document.

    Parameters
    ----------
    file
        Name of the document's file.
    """

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.findings = Findings()

    def add(
        self, code: LintCode, path: Path, message: str, mend: str, *, found: object = None
    ) -> None:
        """Note one piece of advice."""
        place = Place(file=self.file, pointer=pointer(path))
        self.findings.add(code, place, message, mend, found=found)


@attrs.frozen
class Asked:
    """An item with its place."""

    path: Path
    item: Item
    section: Section


def asked(questionnaire: Questionnaire) -> Iterator[Asked]:
    """The items of a questionnaire with their places."""
    for s, section in enumerate(questionnaire.sections):
        for i, item in enumerate(section.items):
            yield Asked(("sections", s, "items", i), item, section)


def offers(questionnaire: Questionnaire) -> Iterator[tuple[Path, Sequence[Option], bool]]:
    """Each list of options once: its place, the options, and whether several may be chosen."""
    several = {item.scale for item in questionnaire if item.type == "multiple_choice"}
    for name, options in questionnaire.scales.items():
        yield ("scales", name, "options"), options, name in several
    for each in asked(questionnaire):
        if each.item.options:
            yield (*each.path, "options"), each.item.options, each.item.type == "multiple_choice"


def nodes(node: IndexDefinition | Dimension, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The nodes below one, with their places, parents first."""
    for number, child in enumerate(node.children):
        here = (*path, "children", number)
        yield here, child
        if isinstance(child, Dimension):
            yield from nodes(child, here)


def branches(definition: IndexDefinition) -> Iterator[tuple[Path, IndexDefinition | Dimension]]:
    """The index and its dimensions, with their places."""
    yield (), definition
    yield from ((path, node) for path, node in nodes(definition) if isinstance(node, Dimension))


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.3g} %"
