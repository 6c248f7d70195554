"""Every method of an index with its formula, what the symbols stand for, and its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from agencyindex._documents.resolve import inner, resolve
from agencyindex._model.definition import IndexDefinition
from agencyindex.publish.blocks import Block, Code, Equation, Heading, Maths, Paragraph, joined
from agencyindex.publish.names import NAMES, in_words
from agencyindex.publish.parameters import SYMBOLS, label
from agencyindex.publish.wording import Wording

COMMON = ("a_i", "i", "v", "x", "y", "w_j", "j", "A", r"[\dots]")
"""Symbols that mean the same in all formulas."""


def used(definition: IndexDefinition) -> dict[tuple[str, str], Any]:
    """The methods that are in force somewhere in an index, by family and name."""
    found: dict[str, list[Any]] = {family: [] for family in NAMES}
    found["scoring"] += definition.scorings.values()
    branches = {node.id: node for node in inner(definition)}
    for name, here in resolve(definition).items():
        if name in branches:
            found["weighting"].append(here.weighting)
            found["aggregation"].append(here.aggregation)
            found["normalisation"].append(branches[name].rescaling)
        else:
            imputed = "impute" in here.missing.values()
            found["imputation"] += [here.imputation] if imputed else []
            found["treatment"] += here.treatment
            found["normalisation"].append(here.normalisation)
    return {
        (family, each.name): each
        for family, strategies in found.items()
        for each in strategies
        if each is not None
    }


def formulas(definition: IndexDefinition, wording: Wording) -> Iterator[Block]:
    """The methods of an index, each once, in the order in which they work."""
    say = wording.say
    yield Paragraph(say("methods_text", *map(Maths, COMMON)))
    for (family, name), strategy in used(definition).items():
        words = in_words(family, strategy, wording.spoken)
        yield Heading(3, say("families", wording.family(family), (words, " (", Code(name), ")")))
        yield Equation(strategy.formula)
        fields = {field.alias for field in attrs.fields(type(strategy))}
        symbols = [
            say("is", Maths(symbol), label(name, parameter, wording.spoken))
            for parameter, symbol in SYMBOLS.get((family, name), {}).items()
            if parameter in fields
        ]
        if symbols:
            yield Paragraph(say("formula_symbols", joined("; ", symbols)))
        yield Paragraph(say("reference", strategy.reference))
