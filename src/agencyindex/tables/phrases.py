"""The words of a response sheet, in English and Swedish: conditions, bounds, explanations."""

from __future__ import annotations

from collections.abc import Mapping

from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Condition, Not
from agencyindex._model.phrases import IN_ENGLISH, IN_SWEDISH
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.text import in_language

ENGLISH = {
    **IN_ENGLISH,
    "section": "Section",
    "item": "Item",
    "question": "Question",
    "options": "Answers",
    "asked": "Asked",
    "note": "Note",
    "whole": "a whole number",
    "mark": "x where it applies",
    "several": 'one or several, with "{}" between them',
    "one": "one of the list",
    "fill": "Fill in the sheet answers; leave empty what is not asked or not answered.",
    "synthetic": "SYNTHETIC DATA: made up, no real agencies or questions.",
    "refused": "No answer here. Expected: {}.",
}
SWEDISH = {
    **IN_SWEDISH,
    "section": "Avsnitt",
    "item": "Fråga",
    "question": "Frågans lydelse",
    "options": "Svar",
    "asked": "Ställs",
    "note": "Anmärkning",
    "whole": "ett heltal",
    "mark": "x där det stämmer",
    "several": 'ett eller flera, med "{}" emellan',
    "one": "ett i listan",
    "fill": "Fyll i bladet answers; lämna tomt det som inte ställs eller inte besvaras.",
    "synthetic": "SYNTETISKA DATA: påhittade, inga verkliga myndigheter eller frågor.",
    "refused": "Inget svar här. Väntat: {}.",
}


EXPLAINED_IN = ("en", "sv")
"""Languages that the explanations are written in."""


def phrases(language: str | None) -> Mapping[str, str]:
    """The phrases of a language, or the English ones where it has none."""
    return SWEDISH if (language or "").split("-")[0].lower() == "sv" else ENGLISH


class Wording:
    """Says in words what an item takes and when it is asked.

    Parameters
    ----------
    questionnaire
        Whose items they are.
    language
        Of labels and phrases, as a tag; None for the first that a label has, and English.
    """

    def __init__(self, questionnaire: Questionnaire, language: str | None) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.phrases = phrases(language)

    def asked(self, item: Item) -> str:
        """When an item is asked."""
        if item.condition is None:
            return self.phrases["always"]
        return self.phrases["if"].format(self.condition(item.condition))

    def condition(self, condition: Condition) -> str:
        """A condition in words; what is joined otherwise than around it stands in brackets."""
        match condition:
            case Comparison():
                return self._comparison(condition)
            case Not(part):
                return self.phrases["not"].format(self.condition(part))
            case AllOf(parts) | AnyOf(parts):
                word = self.phrases["and" if isinstance(condition, AllOf) else "or"]
                return word.join(self._part(part, alone=len(parts) == 1) for part in parts)

    def _part(self, part: Condition, *, alone: bool) -> str:
        words = self.condition(part)
        several = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
        named = isinstance(part, Comparison) and isinstance(part.value, tuple)
        return f"({words})" if not alone and (several or named) else words

    def _comparison(self, comparison: Comparison) -> str:
        value = comparison.value
        wanted = value if isinstance(value, tuple) else (value,)
        phrase = self.phrases[comparison.operator]
        return self.phrases["or"].join(
            phrase.format(comparison.item, self._value(comparison.item, each)) for each in wanted
        )

    def _value(self, item: str, value: str | float | None) -> str:
        if not isinstance(value, str):
            return "" if value is None else figure(value)
        for option in self.questionnaire.options(item):
            if option.value == value:
                return f'"{in_language(option.label, self.language) or value}"'
        return f'"{value}"'

    def number(self, item: Item) -> str:
        """The numbers that an item takes."""
        kind = self.phrases["whole" if item.whole else "number"]
        low, high = item.minimum, item.maximum
        if low is not None and high is not None:
            return self.phrases["between"].format(kind, figure(low), figure(high))
        if low is not None:
            return self.phrases["above"].format(kind, figure(low))
        return kind if high is None else self.phrases["below"].format(kind, figure(high))


def figure(number: float) -> str:
    """A number as people write it."""
    return f"{number:.15g}"
