"""Advice on the wording of a questionnaire: two questions in one, repeated and missing ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agencyindex._answers import fold
from agencyindex._lint.notes import Notes, Path, asked
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.text import Text

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
CONJUNCTIONS = "and|or|as well as|and also|och|eller|samt|liksom|såväl som"
VERBS = (
    "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|must|"
    "har|hade|är|kan|kunde|ska|skall|skulle|finns|gör|får|bör|måste"
)
QUESTIONS = (
    "what|which|who|whom|whose|when|where|why|how|to what extent|"
    "vad|vilka|vilken|vilket|vem|vilkas|när|varför|hur|huruvida|i vilken"
)
CLAUSES = re.compile(rf"\b(?:{CONJUNCTIONS})\s+(?:{VERBS}|{QUESTIONS})\b", re.IGNORECASE)
NO_VERBS = (
    "about|after|all|before|beyond|for|from|into|like|near|off|only|over|since|that|through|under|"
    "until|upon|with|within|without|bortom|bör|där|efter|eller|för|inför|när|under|utanför|utöver|"
    "vår|över"
)
BACK = re.compile(
    rf"\b(?:{CONJUNCTIONS})\s+(?!(?:{NO_VERBS})\b)"
    r"(?:[a-z]{3,}\s+(?:it|them)|\w{2,}r\s+(?:(?:upp|ut|in|ned)\s+)?(?:den|det|dem))\b",
    re.IGNORECASE,
)
"""A second verb whose object is what the first was about: "and follows it up"."""
BOTH = re.compile(r"\b(?:both\b[^?.]*?\band|både\b[^?.]*?\boch)\b", re.IGNORECASE)


def wordings(text: Text) -> Iterator[tuple[Path, str]]:
    """Each wording of a text with its place below the text's."""
    if isinstance(text, str):
        yield (), text
    else:
        yield from (((language,), words) for language, words in text.items())


def check_wording(questionnaire: Questionnaire, notes: Notes) -> None:
    """Note questions that are missing, repeated or perhaps two."""
    seen: dict[tuple[str, Path, str], str] = {}
    for each in asked(questionnaire):
        path = (*each.path, "text")
        said = [(below, words) for below, words in wordings(each.item.text) if words.strip()]
        if not said:
            message = f'The item "{each.item.id}" has no question.'
            notes.add("no-question", each.path, message, 'Add "text".')
        repeated = False
        for below, words in said:
            other = seen.setdefault((each.section.id, below, fold(words)), each.item.id)
            if other != each.item.id and not repeated:
                repeated = True
                message = f'The items "{other}" and "{each.item.id}" have the same wording.'
                mend = "Say what sets them apart, or drop one."
                notes.add("duplicate-text", (*path, *below), message, mend, found=words)
        doubled = ((below, sign) for below, words in said if (sign := two_questions(words)))
        for below, sign in list(doubled)[:1]:
            message = f"This may be two questions in one: {sign}."
            mend = "Ask one thing at a time; this is a guess from the wording."
            notes.add("double-question", (*path, *below), message, mend, found=sign)


def two_questions(words: str) -> str:
    """What makes a wording look like two questions; "" where nothing does.

    Examples
    --------
    >>> two_questions("Is there a strategy, and is it followed up?")
    'it says "and is"'
    >>> two_questions("Which technologies and methods are used?")
    ''
    """
    plain = BRACKETS.sub(" ", words)
    if plain.count("?") > 1:
        return f"it has {plain.count('?')} question marks"
    found = CLAUSES.search(plain) or BACK.search(plain)
    if found:
        return f'it says "{" ".join(found[0].split())}"'
    both = BOTH.search(plain)
    if both is None:
        return ""
    first, *_, last = both[0].split()
    return f'it says "{first} ... {last}"'
