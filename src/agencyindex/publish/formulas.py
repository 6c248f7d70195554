"""Every method of an index with its formula, what the symbols stand for, and its source."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

import attrs

from agencyindex._documents.resolve import inner, resolve
from agencyindex._model.definition import IndexDefinition
from agencyindex.publish.blocks import Block, Code, Equation, Heading, Maths, Paragraph, joined
from agencyindex.publish.names import NAMES, in_words
from agencyindex.publish.parameters import SYMBOLS, label
from agencyindex.publish.references import reference_in
from agencyindex.publish.wording import Wording

COMMON = ("a_i", "i", "v", "x", "y", "w_j", "j", "A", r"[\dots]")
"""Symbols that mean the same in all formulas."""


TERMS = {"equal": "w_j = 1", "fixed": "w_j = v_j"}
"""Formulas of weightings in a sum, of those that are shares elsewhere alone."""

EXPLAINED = {
    ("weighting", "equal"): {"m": "number_of_parts"},
    ("weighting", "fixed"): {"v_j": "stated_weight"},
}
"""Symbols that stand for no parameter, by the phrase that says what they are."""


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


def summed(definition: IndexDefinition) -> dict[tuple[str, str], set[bool]]:
    """Of each weighting in force somewhere, whether it is so in sums and whether elsewhere."""
    found: dict[tuple[str, str], set[bool]] = {}
    resolved = resolve(definition)
    for node in inner(definition):
        here = resolved[node.id]
        found.setdefault(("weighting", here.weighting.name), set()).add(here.aggregation.adds)
    return found


def formulas(definition: IndexDefinition, wording: Wording) -> Iterator[Block]:
    """The methods of an index, each once, in the order in which they work."""
    say = wording.say
    yield Paragraph(say("methods_text", *map(Maths, COMMON)))
    adds = summed(definition)
    for (family, name), uses in used(definition).items():
        words = in_words(family, uses[0], wording.spoken)
        yield Heading(3, say("families", wording.family(family), (words, " (", Code(name), ")")))
        shown = list(equations(uses[0], adds.get((family, name), set()), wording))
        yield from shown
        symbols = [
            say("is", Maths(symbol), label(name, parameter, wording.spoken))
            for parameter, symbol in SYMBOLS.get((family, name), {}).items()
            if any(stated(each, parameter) for each in uses)
        ]
        symbols += [
            say("is", Maths(symbol), say(key))
            for symbol, key in EXPLAINED.get((family, name), {}).items()
            if any(isinstance(each, Equation) and symbol in each.tex for each in shown)
        ]
        if symbols:
            yield Paragraph(say("formula_symbols", joined("; ", symbols)))
        yield Paragraph(say("reference", reference_in(uses[0].reference, wording.spoken)))


def equations(strategy: Any, adds: Set[bool], wording: Wording) -> Iterator[Block]:
    """The formula of a method; of a weighting that sums take otherwise than means, both."""
    term = TERMS.get(strategy.name)
    if True not in adds or term is None:
        yield Equation(strategy.formula)
        return
    yield Paragraph(wording.say("in_sum"))
    yield Equation(term)
    if False in adds:
        yield Paragraph(wording.say("elsewhere"))
        yield Equation(strategy.formula)


def stated(strategy: Any, parameter: str) -> bool:
    """Whether a strategy has a parameter by the name that documents use, and it is not None."""
    fields = attrs.fields(type(strategy))
    return any(
        field.alias == parameter and getattr(strategy, field.name) is not None for field in fields
    )
