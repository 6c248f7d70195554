"""The catalogue's questionnaire, indices and made-up edition, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from _parts.files import write
from agencyindex import Dimension, IndexDefinition, Indicator, catalogue
from agencyindex.catalogue import _structure

LANGUAGES = ("sv", "en")


def make() -> None:
    """Write the parts of this file."""
    write("bases", bases())
    write("indices", (line for name in catalogue.INDICES for line in index_tables(name)))
    write("other_items", other_items())
    write("structure", structure())


def cell(text: Mapping[str, str]) -> str:
    """A text in both languages, as a cell of a table."""
    return " <br> ".join(text[language].replace("|", "/") for language in LANGUAGES)


def bases() -> Iterator[str]:
    """How many items rest on what, by the words that their sources begin with."""
    questionnaire = catalogue.questionnaire("digg-2020")
    heads = [
        tuple(item.source[each].partition(":")[0] for each in LANGUAGES) for item in questionnaire
    ]
    yield from ("| Svenska | English | items |", "|---|---|---|")
    for head in sorted(set(heads), key=heads.index):
        yield f"| {head[0]} | {head[1]} | {heads.count(head)} |"
    yield f"| | all | {len(heads)} |"


def index_tables(name: str) -> Iterator[str]:
    """An index: its note, its dimensions and their weights, its indicators with their items."""
    index = catalogue.index(name)
    questionnaire = catalogue.questionnaire("digg-2020")
    yield from ("### " + " / ".join(index.title[language] for language in LANGUAGES), "")
    for language in LANGUAGES:
        yield from (index.note[language], "")
    yield "| node | title | weight | of the index | where it comes from |"
    yield "|---|---|---|---|---|"
    for node, part in below(index):
        weight = "equal" if node.weight is None else f"{node.weight:g}"
        yield (
            f"| `{node.id}` | {cell(node.title)} | {weight} | {100 * part:.1f} % "
            f"| {cell(node.source)} |"
        )
    yield from ("", "| dimension | item | question | scoring | source of the item |")
    yield "|---|---|---|---|---|"
    for node, leaf in leaves(index):
        item = questionnaire[leaf.item]
        turned = ", reversed" if leaf.direction == -1 else ""
        yield (
            f"| `{node.id}` | `{item.id}` | {cell(item.text)} | `{leaf.scoring}`{turned} "
            f"| {cell(item.source)} |"
        )
    yield ""


def below(node: Any, whole: float = 1.0) -> Iterator[tuple[Any, float]]:
    """Every node below one with its nominal share of the index, parents first."""
    weights = [1.0 if child.weight is None else child.weight for child in node.children]
    for child, weight in zip(node.children, weights, strict=True):
        part = whole * weight / sum(weights)
        yield child, part
        if isinstance(child, Dimension):
            yield from below(child, part)


def leaves(node: IndexDefinition | Dimension) -> Iterator[tuple[Any, Indicator]]:
    """Every indicator below a node, with the node right above it."""
    for child in node.children:
        if isinstance(child, Indicator):
            yield node, child
        else:
            yield from leaves(child)


def other_items() -> Iterator[str]:
    """The items that no index scores."""
    scored = {leaf.item for name in catalogue.INDICES for _, leaf in leaves(catalogue.index(name))}
    yield from ("| item | question | note | source |", "|---|---|---|---|")
    for item in catalogue.questionnaire("digg-2020"):
        if item.id not in scored:
            yield f"| `{item.id}` | {cell(item.text)} | {cell(item.note)} | {cell(item.source)} |"


def structure() -> Iterator[str]:
    """The numbers of the made-up edition's model that its equations leave open."""
    yield from ("| options | shares, from the worst answer to the best |", "|---|---|")
    for name, shares in _structure.SHARES.items():
        yield f"| {name} | {', '.join(f'{each:g}' for each in shares)} |"
    yield from ("", "| item | $h_j$ |", "|---|---|")
    for name, shift in _structure.SHIFTS.items():
        yield f"| `{name}` | {shift:g} |"
    yield from ("", "| item outside the indices | size |", "|---|---|")
    for name, loading in _structure.LOADINGS_BY_ITEM.items():
        yield f"| `{name}` | {loading:g} |"
    for (name, option), loading in _structure.OPTION_LOADINGS.items():
        yield f"| `{name}`, `{option}` | {loading:g} |"
