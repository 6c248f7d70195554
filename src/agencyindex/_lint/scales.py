"""Advice on answer scales: sides of unequal number, and ranges that overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Literal, TypeAlias

from agencyindex._lint.notes import Notes, Path, offers
from agencyindex._model.questionnaire import Option, Questionnaire
from agencyindex._model.text import all_wordings, in_language

Side: TypeAlias = Literal["favourable", "unfavourable", "neutral"]

NEUTRAL = re.compile(
    r"\b(neither|neutral|undecided|unchanged|no change|average|fair|acceptable|about the same|"
    r"varken|oförändrad?[et]*|godtagbar[ta]*|ungefär lika|både och)\b"
)
NEGATED = re.compile(r"\b(not|no|never|inte|ej|aldrig|icke)\b|n't\b")
FAVOURABLE = re.compile(
    r"\b(agree|satisfied|happy|good|excellent|likely|positive|better|improved|support|favou?rable|"
    r"approve|easy|increased?|"
    r"instämmer|nöjda?|bra|utmärkt|god|sannolikt?|positivt?|bättre|lätt|ökat|ökar)\b"
)
UNFAVOURABLE = re.compile(
    r"\b(disagree|dissatisfied|unsatisfied|unhappy|bad|poor|terrible|unlikely|negative|worse|"
    r"deteriorated|oppose|unfavou?rable|disapprove|difficult|decreased?|"
    r"tar avstånd|missnöjda?|dåligt?|osannolikt?|negativt?|sämre|svårt|minskat|minskar)\b"
)
NUMBER = r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:[.,]\d+)?)"
RANGE = re.compile(rf"\D*?{NUMBER}\s*%?\s*(?:-|\u2013|\u2014|\bto\b|\btill\b)\s*{NUMBER}\D*")


def check_scales(questionnaire: Questionnaire, notes: Notes) -> None:
    """Note lists of options, of which one is chosen, that lean or overlap."""
    for path, options, several in offers(questionnaire):
        substantive = [(k, option) for k, option in enumerate(options) if option.missing is None]
        if not several:
            _check_balance(path, [option for _, option in substantive], notes)
            _check_ranges(path, substantive, notes)


def side(option: Option) -> Side | None:
    """The side of the middle that an option's words put it on, None where they do not say.

    Examples
    --------
    >>> side(Option("1", {"en": "Strongly agree", "sv": "Instämmer helt"}))
    'favourable'
    >>> side(Option("2", "Not satisfied")) is None
    True
    """
    wordings = [each for each in all_wordings(option.label) if each] or [option.value]
    found = {known for each in wordings if (known := _side(each.casefold())) is not None}
    return found.pop() if len(found) == 1 else None


def _side(words: str) -> Side | None:
    if NEUTRAL.search(words):
        return "neutral"
    favourable, unfavourable = FAVOURABLE.search(words), UNFAVOURABLE.search(words)
    if NEGATED.search(words) or bool(favourable) == bool(unfavourable):
        return None
    return "favourable" if favourable else "unfavourable"


def _check_balance(path: Path, options: Sequence[Option], notes: Notes) -> None:
    sides = [side(option) for option in options]
    above, below = sides.count("favourable"), sides.count("unfavourable")
    if None in sides or not above or not below or above == below:
        return
    message = f"The scale has {above} favourable and {below} unfavourable options."
    mend = "Offer as many on either side, or say why not."
    notes.add("unbalanced-scale", path, message, mend, found=[above, below])


def _bounds(option: Option) -> tuple[float, float] | None:
    """The ends of the range that an option's words name."""
    for words in (in_language(option.label), option.value):
        match = RANGE.fullmatch(words)
        if match is not None:
            low, high = (
                float(re.sub("[ \u00a0]", "", each).replace(",", ".")) for each in match.groups()
            )
            return (low, high) if low <= high else None
    return None


def _check_ranges(path: Path, options: Sequence[tuple[int, Option]], notes: Notes) -> None:
    ranges = [(k, option, bounds) for k, option in options if (bounds := _bounds(option))]
    for (_, first, one), (k, second, two) in combinations(ranges, 2):
        low, high = max(one[0], two[0]), min(one[1], two[1])
        if low <= high:
            names = [in_language(each.label) or each.value for each in (first, second)]
            message = f'The number {low:.15g} lies in "{names[0]}" and in "{names[1]}".'
            notes.add("overlapping-options", (*path, k), message, "Let one begin after the other.")
            return
