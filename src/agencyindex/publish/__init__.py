"""Publishing: the method of an index as a page, from its definition alone.

`methodology` writes it as Markdown or reStructuredText; the extension
`agencyindex.publish.sphinx` sets it among other pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from agencyindex._documents.checks import require_index
from agencyindex._documents.files import write_text
from agencyindex._model.definition import IndexDefinition, Node
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.text import Text, languages
from agencyindex.errors import unknown_language
from agencyindex.methods.parameters import demands
from agencyindex.publish import markdown, restructuredtext
from agencyindex.publish.page import Page
from agencyindex.publish.phrases import PHRASES

__all__ = ["methodology", "write_methodology"]

FORMS = {"markdown": markdown.rendered, "rst": restructuredtext.rendered}


def methodology(
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    *,
    language: str = "en",
    form: Literal["markdown", "rst"] = "markdown",
) -> str:
    """Say how an index comes about: questions, points, weights, every method and its source.

    The page states all that the definition states, and nothing else; what is still to be learnt
    from a population is said to be so.

    Parameters
    ----------
    definition
        The index, or the definition of a fitted one.
    questionnaire
        The questionnaire that it names.
    language
        Tag of the language. Texts of the documents that lack it are in the first one that they
        have. Our own words are Swedish for ``sv`` and English for any other.
    form
        ``markdown``, with formulas as MyST and GitHub have them, or ``rst``.

    Returns
    -------
    str
        The page.

    Raises
    ------
    DocumentError
        Where the definition does not fit the questionnaire.
    MismatchError
        Where neither we nor any text of the two has the language.

    Examples
    --------
    >>> from agencyindex import catalogue
    >>> index, asked = catalogue.index("technology"), catalogue.questionnaire("digg-2020")
    >>> methodology(index, asked, language="sv").splitlines()[0]
    '# Teknologiindex'
    """
    with demands("methodology") as demand:
        demand("form", form, form in FORMS, '"markdown" or "rst"')
    require_index(definition, questionnaire)
    check_language(language, definition, questionnaire)
    return FORMS[form](Page(definition, questionnaire, language).blocks())


def write_methodology(
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    path: str | os.PathLike[str],
    *,
    language: str = "en",
    form: Literal["markdown", "rst"] = "markdown",
) -> None:
    """Write the page of `methodology` to a file, whole or not at all.

    Parameters
    ----------
    definition, questionnaire, language, form
        As in `methodology`.
    path
        Where to write; a file that is there is replaced.

    Raises
    ------
    DocumentError, MismatchError
        As `methodology`; then nothing is written.
    FileError
        Where the file cannot be written.
    """
    write_text(path, methodology(definition, questionnaire, language=language, form=form))


def check_language(language: str, *nouns: IndexDefinition | Questionnaire) -> None:
    """Refuse a language that neither a text nor our own words have."""
    texts = [text for noun in nouns for text in _texts(noun)]
    known = sorted({*languages(texts), *PHRASES})
    if language not in known:
        raise unknown_language(language, known)


def _texts(noun: IndexDefinition | Questionnaire | Node) -> Iterator[Text]:
    """The texts of a document, or of a node, that pages show."""
    yield noun.title
    yield getattr(noun, "note", "")
    yield getattr(noun, "source", "")
    if isinstance(noun, Questionnaire):
        yield from (section.title for section in noun.sections)
        for item in noun:
            yield from (item.text, item.unit, item.source, item.note)
            yield from (option.label for option in noun.options(item.id))
        return
    for child in getattr(noun, "children", ()):
        yield from _texts(child)
    bands = getattr(noun, "bands", None)
    yield from bands.labels if bands is not None else ()
