"""How the documentation is built."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

import agencyindex
from agencyindex import Dimension, IndexDefinition, Indicator, catalogue, errors
from agencyindex._lint import rules
from agencyindex.catalogue import _structure
from agencyindex.cli import main
from agencyindex.methods import registry

project = "agencyindex"
author = "The agencyindex founders"
release = agencyindex.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "deflist"]
mathjax_path = "mathjax.js"
html_theme = "furo"
html_title = "agencyindex"
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
exclude_patterns = ["_build", "generated"]
suppress_warnings = ["ref.python"]

HERE = Path(__file__).parent


def write(name: str, lines: list[str]) -> None:
    """Write a part that a page includes; it is made at every build, so that it cannot go stale."""
    folder = HERE / "generated"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.inc").write_text("\n".join(lines) + "\n", encoding="utf-8")


def methods() -> Iterator[str]:
    """The methods by step, from the strategies that compute them."""
    steps = {
        "Scoring": registry.SCORINGS,
        "Normalisation": registry.NORMALISATIONS,
        "Weighting": registry.WEIGHTINGS,
        "Aggregation": registry.AGGREGATIONS,
    }
    for step, strategies in steps.items():
        yield from (f"## {step}", "", "| name | class | formula | source |", "|---|---|---|---|")
        for name, strategy in strategies.items():
            home = f"{strategy.__module__}.{strategy.__name__}"
            formula = strategy.formula.replace("|", r"\vert ")
            link = f"{{py:class}}`{strategy.__name__} <{home}>`"
            yield f"| `{name}` | {link} | ${formula}$ | {strategy.reference} |"
        yield ""


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
    path = HERE.parent / "tests" / folder / f"{code}.json"
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


LANGUAGES = ("sv", "en")


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


# The width that argparse wraps at must not depend on the terminal.
os.environ["COLUMNS"] = "88"
write("methods", list(methods()))
write("commands", list(commands()))
write("problems", list(problems()))
write("bases", list(bases()))
write("indices", [line for name in catalogue.INDICES for line in index_tables(name)])
write("other_items", list(other_items()))
write("structure", list(structure()))
write("advice", list(advice()))
