"""The words of the demonstration, in the languages that it speaks."""

from __future__ import annotations

from collections.abc import Mapping

from agencyindex.errors import unknown_language

ENGLISH: Mapping[str, str] = {
    "synthetic": "SYNTHETIC DATA: these agencies and their answers are made up.",
    "reconstruction": (
        "The questionnaire and the indices are our reconstruction of a survey for 2020; its own\n"
        "questions, points and weights are not known to us."
    ),
    "rank": "Rank",
    "agency": "Agency",
    "fte": "FTE",
    "score": "Score",
    "answered": "Answered",
    "coverage": "Coverage",
    "scored": "Scored",
    "index": "Index",
    "small": "Small",
    "large": "Large",
    "mean": "mean",
    "median": "median",
    "top": "{title}: the first {count} of {agencies}",
    "groups": (
        "Small agencies (below {limit} full-time equivalents) against large ones ({limit} and more)"
    ),
    "share": "Mean coverage, and mean share of the weight that was answered",
    "rate": (
        "{answered} of the {asked} agencies that were asked answered ({rate:.0%}). "
        "That {asked} were asked is an assumption."
    ),
    "written": "Written to {folder}:",
    "again": "To score them again, in that folder:",
    "note": (
        "Synthetic data: these agencies and their answers are made up. The indices are our "
        "reconstruction."
    ),
}

SWEDISH: Mapping[str, str] = {
    "synthetic": "SYNTETISKA DATA: myndigheterna och deras svar är påhittade.",
    "reconstruction": (
        "Frågorna och indexen är vår rekonstruktion av en undersökning för 2020; dess egna\n"
        "frågor, poäng och vikter är inte kända för oss."
    ),
    "rank": "Plats",
    "agency": "Myndighet",
    "fte": "Årsarbetskrafter",
    "score": "Värde",
    "answered": "Besvarat",
    "coverage": "Täckning",
    "scored": "Antal",
    "index": "Index",
    "small": "Små",
    "large": "Stora",
    "mean": "medel",
    "median": "median",
    "top": "{title}: de {count} första av {agencies}",
    "groups": (
        "Små myndigheter (under {limit} årsarbetskrafter) mot stora ({limit} årsarbetskrafter "
        "och fler)"
    ),
    "share": "Täckning i medeltal, och andel av vikten som besvarats i medeltal",
    "rate": (
        "{answered} av de {asked} tillfrågade myndigheterna svarade ({rate:.0%}). "
        "Att {asked} tillfrågades är ett antagande."
    ),
    "written": "Skrivet till {folder}:",
    "again": "För att räkna om dem, i den mappen:",
    "note": (
        "Syntetiska data: myndigheterna och deras svar är påhittade. Indexen är vår rekonstruktion."
    ),
}


WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "sv": SWEDISH}


def words(language: str) -> Mapping[str, str]:
    """The words in a language.

    Raises
    ------
    MismatchError
        ``unknown-language`` where the demonstration does not speak it.

    Examples
    --------
    >>> words("sv")["rank"]
    'Plats'
    """
    if language not in WORDS:
        raise unknown_language(language, list(WORDS))
    return WORDS[language]
