"""What can be wrong with an index beside a register: attributes that it lacks, or that are no numbers."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from agencyindex._answers import attribute, no_attribute
from agencyindex._documents.files import pointer
from agencyindex._documents.resolve import attributes_used
from agencyindex._documents.steps import Path
from agencyindex._model.agency import Register
from agencyindex._model.definition import IndexDefinition, Indicator, Node
from agencyindex.errors import Findings, Place, Problem


def check_beside(
    definition: IndexDefinition, register: Register, file: str | None, findings: Findings
) -> None:
    """Note each attribute that an index uses and that a register does not have as it needs it."""
    used = attributes_used(definition)
    for path, name, as_number in _named(definition):
        if name in (used.numbers if as_number else used.groups):
            problem = no_attribute(name, register)
            if problem is None and as_number:
                problem = _text(name, register)
            if problem is not None:
                place = Place(file=file, pointer=pointer(path))
                findings.problems.append(attrs.evolve(problem, place=place))


def _named(definition: IndexDefinition) -> Iterator[tuple[Path, str | None, bool]]:
    """Where attributes can be named, what is named there, and whether it has to be a number."""
    for name, scoring in definition.scorings.items():
        yield ("scorings", name, "attribute"), getattr(scoring, "attribute", None), True
    for path, node in _nodes(definition, ()):
        yield (*path, "attribute"), getattr(node, "attribute", None), True
        for step, key in (("weighting", "outcome"), ("imputation", "group")):
            named = getattr(getattr(node, step, None), key, None)
            yield (*path, step, key), named, step == "weighting"


def _nodes(
    node: IndexDefinition | Node, path: Path
) -> Iterator[tuple[Path, IndexDefinition | Node]]:
    yield path, node
    if not isinstance(node, Indicator):
        for number, child in enumerate(node.children):
            yield from _nodes(child, (*path, "children", number))


def _text(name: str, register: Register) -> Problem | None:
    """What is wrong with the first agency whose attribute is no number."""
    for agency in register:
        value = attribute(agency, name)
        if isinstance(value, str):
            message = (
                f'A number is needed, and "{name}" of the agency "{agency.id}" in the register '
                f'{register.id} is the text "{value}".'
            )
            mend = "Correct the register, or use another attribute."
            return Problem("not-a-number", Place(), message, mend, found=value)
    return None
