"""Advice on languages: texts that lack one that the rest of the document has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from agencyindex._lint.notes import Notes, Path, asked, nodes, offers
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.text import Text

WORDS = 3
"""A plain text of fewer words may be a name, and is left alone."""


def check_translations(noun: Questionnaire | IndexDefinition, notes: Notes) -> None:
    """Note texts that lack a language which the document is written in."""
    texts = list(
        _questionnaire_texts(noun) if isinstance(noun, Questionnaire) else _index_texts(noun)
    )
    maps = [text for _, text in texts if isinstance(text, Mapping)]
    counts = Counter(tag for text in maps for tag, words in text.items() if words.strip())
    main = sorted(tag for tag, count in counts.items() if 2 * count >= len(maps))
    for tag in sorted(set(counts) - set(main)):
        message = f'Of {len(maps)} texts only {counts[tag]} are in "{tag}".'
        mend = "Translate the others as well, or take it out."
        notes.add("missing-translation", (), message, mend, found=tag)
    for path, text in texts:
        _check_text(text, path, main, notes)


def _check_text(text: Text, path: Path, main: list[str], notes: Notes) -> None:
    if isinstance(text, str):
        if len(main) > 1 and len(text.split()) >= WORDS:
            languages = " and ".join(f'"{tag}"' for tag in main)
            message = f"The text is in one language, and others of the document in {languages}."
            notes.add("missing-translation", path, message, "Give it in each.", found=text)
        return
    absent = [tag for tag in main if not text.get(tag, "").strip()]
    if absent:
        languages = " and ".join(f'"{tag}"' for tag in absent)
        message = f"The text lacks {languages}, which others of the document have."
        notes.add("missing-translation", path, message, "Translate it.", found=absent)


def _of(noun: object, path: Path, *names: str) -> Iterator[tuple[Path, Text]]:
    """The texts of a noun that are not empty."""
    for name in names:
        text: Text = getattr(noun, name)
        if text:
            yield (*path, name), text


def _questionnaire_texts(questionnaire: Questionnaire) -> Iterator[tuple[Path, Text]]:
    yield from _of(questionnaire, (), "title", "note")
    for s, section in enumerate(questionnaire.sections):
        yield from _of(section, ("sections", s), "title")
    for each in asked(questionnaire):
        yield from _of(each.item, each.path, "text", "unit", "source", "note")
    for path, options, _ in offers(questionnaire):
        for k, option in enumerate(options):
            yield from _of(option, (*path, k), "label")


def _index_texts(definition: IndexDefinition) -> Iterator[tuple[Path, Text]]:
    yield from _of(definition, (), "title", "note")
    for path, node in nodes(definition):
        yield from _of(node, path, "title", "source")
    if definition.bands is not None:
        for k, label in enumerate(definition.bands.labels):
            yield ("bands", "labels", k), label
