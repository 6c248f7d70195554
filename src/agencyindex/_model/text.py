"""Text for people, in one language or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

Text: TypeAlias = str | Mapping[str, str]
"""A plain string, or a mapping from language tags such as "sv" to strings."""


def in_language(text: Text, language: str | None = None) -> str:
    """The text in a language, or in the first language that it has.

    Examples
    --------
    >>> in_language({"sv": "Teknologi", "en": "Technology"}, "en")
    'Technology'
    """
    if isinstance(text, str):
        return text
    if language is not None and language in text:
        return text[language]
    return next(iter(text.values()), "")


def languages(texts: Iterable[Text]) -> tuple[str, ...]:
    """The languages that any of the texts has, in the order in which they come.

    Examples
    --------
    >>> languages([{"sv": "Teknologi", "en": "Technology"}, "Digg"])
    ('sv', 'en')
    """
    return tuple(dict.fromkeys(tag for text in texts if not isinstance(text, str) for tag in text))


def all_wordings(text: Text) -> Iterator[str]:
    """Every wording of the text, whatever its language."""
    if isinstance(text, str):
        yield text
    else:
        yield from text.values()
