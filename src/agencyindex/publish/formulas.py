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


def used(definition: IndexDefinition) -> dict[tuple[str, str], list[Any]]:
    """The methods in force somewhere in an index, by family and name, each as often as it is."""
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
    methods: dict[tuple[str, str], list[Any]] = {}
    for family, strategies in found.items():
        for each in strategies:
            if each is not None:
                methods.setdefault((family, each.name), []).append(each)
    return methods


def formulas(definition: IndexDefinition, wording: Wording) -> Iterator[Block]:
    """The methods of an index, each once, in the order in which they work."""
    say = wording.say
    yield Paragraph(say("methods_text", *map(Maths, COMMON)))
    for (family, name), uses in used(definition).items():
        words = in_words(family, uses[0], wording.spoken)
        yield Heading(3, say("families", wording.family(family), (words, " (", Code(name), ")")))
        yield Equation(uses[0].formula)
        symbols = [
            say("is", Maths(symbol), label(name, parameter, wording.spoken))
            for parameter, symbol in SYMBOLS.get((family, name), {}).items()
            if any(stated(each, parameter) for each in uses)
        ]
        if symbols:
            yield Paragraph(say("formula_symbols", joined("; ", symbols)))
        yield Paragraph(say("reference", uses[0].reference))


def stated(strategy: Any, parameter: str) -> bool:
    """Whether a strategy has a parameter by the name that documents use, and it is not None."""
    fields = attrs.fields(type(strategy))
    return any(
        field.alias == parameter and getattr(strategy, field.name) is not None for field in fields
    )
