"""Figures, rules, conditions and methods in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Condition, Not
from agencyindex._model.definition import MissingRule
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Missing
from agencyindex._model.text import Text, in_language
from agencyindex.methods.gated import Rule
from agencyindex.methods.normalisation import Steps
from agencyindex.methods.numbers import BandPoints
from agencyindex.methods.protocols import Strategy
from agencyindex.publish.blocks import Code, Inline, Line, filled, joined
from agencyindex.publish.names import in_words
from agencyindex.publish.parameters import NAMED, VALUES, label
from agencyindex.publish.phrases import PHRASES

REASONS = frozenset(reason.value for reason in Missing)

START = {"upper": "from", "lower": "above"}
END = {"upper": "until", "lower": "to"}
"""How a class begins and ends at an edge, by the class that a number on the edge belongs to."""

NOWHERE: Mapping[str, Line] = {}

SPANS = {"to": "span", "goalposts": "pair"}
"""Parameters that are two numbers, by the phrase that says them."""


@attrs.frozen
class Class:
    """A class of numbers in words, and what a number in it becomes."""

    words: str
    value: float


class Wording:
    """Says things in a language.

    Parameters
    ----------
    language
        Its tag: phrases are English unless it is Swedish, and texts are in the first language
        that they have where they lack it.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.spoken = "sv" if language.partition("-")[0].lower() == "sv" else "en"
        self.phrases = PHRASES[self.spoken]

    def say(self, key: str, *parts: Inline | Line) -> Line:
        """A phrase with its holes filled."""
        return filled(self.phrases[key], *parts)

    def text(self, text: Text, otherwise: str = "") -> str:
        """A text of a document, or something else where it is empty."""
        return in_language(text, self.language).strip() or otherwise

    def figure(self, number: float) -> str:
        """A number with the digits that it has."""
        return f"{number + 0.0:.15g}".replace(".", self.phrases["point"])

    def percent(self, share: float | Fraction | None) -> str:
        """A share in per cent, of up to two decimals; a share that is still learnt has none."""
        if share is None:
            return self.phrases["learnt"]
        digits = f"{float(100 * share):.2f}".rstrip("0").rstrip(".")
        return self.phrases["percent"].format(digits.replace(".", self.phrases["point"]))

    def weight(self, weight: Fraction | None, *, share: bool) -> str:
        """A weight: in per cent where it is a share, otherwise a number of up to six digits."""
        if weight is None or share:
            return self.percent(weight)
        return f"{float(weight):.6g}".replace(".", self.phrases["point"])

    def classes(self, edges: Sequence[float], closed: Sequence[str]) -> list[str]:
        """The classes between edges, from where to where, with or without the ends.

        Parameters
        ----------
        edges
            Limits between the classes, the lowest first.
        closed
            For each edge, whether a number on it belongs to the ``upper`` or the ``lower`` class.
        """
        say, ends = self.phrases, list(zip(map(self.figure, edges), closed, strict=True))
        above = [say[f"{START[side]}_edge"].format(edge) for edge, side in ends]
        below = [say[f"{END[side]}_edge"].format(edge) for edge, side in ends]
        edge, side = ends[0]
        first = say["below_edge"].format(edge) if side == "upper" else below[0]
        last = say["upwards"].format(above[-1]) if ends[-1][1] == "upper" else above[-1]
        return [first, *map(" ".join, zip(above, below[1:], strict=False)), last]

    def rule(self, rule: MissingRule) -> str:
        """What a missing answer counts as."""
        if isinstance(rule, str):
            return self.phrases[rule]
        return self.phrases["points_rule"].format(self.figure(rule))

    def family(self, family: str) -> str:
        """What a family of methods is called."""
        return self.phrases["scoring_family" if family == "scoring" else family]

    def method(
        self,
        family: str,
        strategy: Strategy,
        *,
        without: frozenset[str] = frozenset(),
        elsewhere: Mapping[str, Line] = NOWHERE,
    ) -> Line:
        """A method by its name, with what its parameters are.

        Parameters
        ----------
        family, strategy
            The method.
        without
            Parameters that are not told.
        elsewhere
            Of parameters that stand elsewhere, where.
        """
        name = in_words(family, strategy, self.spoken)
        head = (name,) if name == strategy.name else (name, " (", Code(strategy.name), ")")
        parts = [
            (
                f"{label(strategy.name, parameter, self.spoken)}: ",
                *(elsewhere.get(parameter) or self.value(parameter, value)),
            )
            for parameter, value in self.parameters(strategy).items()
            if parameter not in without
        ]
        return (*head, "; ", *joined("; ", parts)) if parts else head

    def parameters(self, strategy: Strategy) -> dict[str, Any]:
        """What a method states, by the names of documents; values of classes are with these."""
        kind: Any = type(strategy)
        found = {
            field.alias: value
            for field in attrs.fields(kind)
            if (value := getattr(strategy, field.name)) is not None
        }
        if isinstance(strategy, BandPoints | Steps):
            edges, values = found.pop("edges"), found.pop("values")
            classes = self.classes(edges, found.pop("closed", ("upper",) * len(edges)))
            found["values"] = tuple(map(Class, classes, values))
        return found

    def value(self, parameter: str, value: Any) -> Line:
        """The value of a parameter."""
        if isinstance(value, str) and parameter in NAMED:
            return (Code(value),)
        if isinstance(value, str | bool) and (parameter, value) in VALUES:
            english, swedish = VALUES[parameter, value]
            return (swedish if self.spoken == "sv" else english,)
        if isinstance(value, str):
            return (self.phrases[value],) if value in REASONS else (Code(value),)
        if isinstance(value, bool):
            return (Code(str(value).lower()),)
        if isinstance(value, int | float):
            return (self.figure(value),)
        if isinstance(value, tuple) and parameter in SPANS:
            return self.say(SPANS[parameter], *map(self.figure, value))
        if isinstance(value, Mapping):
            cells = [(Code(str(key)), " ", *self.value("", each)) for key, each in value.items()]
            return ("(", *joined("; ", cells), ")")
        if isinstance(value, tuple | list):
            return ("(", *joined("; ", [self.value(parameter, each) for each in value]), ")")
        if isinstance(value, Class):
            return (f"{value.words}: {self.figure(value.value)}",)
        return self._combination(value) if isinstance(value, Rule) else (str(value),)

    def _combination(self, rule: Rule) -> Line:
        """A rule of a checklist: the options that it asks for, and the points."""
        parts = [
            self.say(key, joined(", ", [(Code(each),) for each in getattr(rule, key)]))
            for key in ("chosen", "not_chosen")
            if getattr(rule, key)
        ]
        points = self.say("points_rule", self.figure(rule.points))
        return (*joined(", ", parts), ": ", *points)


class Conditions:
    """Says in words when an item is asked.

    Parameters
    ----------
    questionnaire
        Whose items they are.
    wording
        The words.
    """

    def __init__(self, questionnaire: Questionnaire, wording: Wording) -> None:
        self.questionnaire = questionnaire
        self.wording = wording

    def asked(self, item: Item) -> Line:
        """When an item is asked."""
        if item.condition is None:
            return self.wording.say("always")
        return self.wording.say("if", self.condition(item.condition))

    def condition(self, condition: Condition) -> Line:
        """A condition; what is joined otherwise than around it stands in brackets."""
        match condition:
            case Comparison():
                return self._comparison(condition)
            case Not(part):
                return self.wording.say("not", self.condition(part))
            case AllOf(parts) | AnyOf(parts):
                word = self.wording.phrases["and" if isinstance(condition, AllOf) else "or"]
                return joined(word, [self._part(part, alone=len(parts) == 1) for part in parts])

    def _part(self, part: Condition, *, alone: bool) -> Line:
        words = self.condition(part)
        several = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
        named = isinstance(part, Comparison) and isinstance(part.value, tuple)
        return ("(", *words, ")") if not alone and (several or named) else words

    def _comparison(self, comparison: Comparison) -> Line:
        item = Code(comparison.item)
        if comparison.value is None:
            return self.wording.say(comparison.operator, item)
        value = comparison.value
        wanted = value if isinstance(value, tuple) else (value,)
        values = [(self._value(comparison.item, each),) for each in wanted]
        return self.wording.say(
            comparison.operator, item, joined(self.wording.phrases["or"], values)
        )

    def _value(self, item: str, value: str | float) -> str:
        if not isinstance(value, str):
            return self.wording.figure(value)
        labels = {each.value: each.label for each in self.questionnaire.options(item)}
        text = self.wording.text(labels.get(value, ""), value)
        return self.wording.phrases["quoted"].format(text)
