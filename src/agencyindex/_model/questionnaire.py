"""Questionnaires: sections of items, their options and shared answer scales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias, get_args

import attrs

from agencyindex._model.conditions import Condition
from agencyindex._model.response import Missing
from agencyindex._model.text import Text

ItemType: TypeAlias = Literal["single_choice", "multiple_choice", "number", "yes_no"]
ITEM_TYPES: tuple[ItemType, ...] = get_args(ItemType)


@attrs.frozen
class Option:
    """One of the answers that an item offers.

    Parameters
    ----------
    value
        What stands in data.
    label
        What people read, in one language or several.
    missing
        The reason for missing that choosing this option states ("don't know"); None for a
        substantive option.
    exclusive
        Multiple choice: may not be combined with any other ("none of these").

    Examples
    --------
    >>> Option("dk", {"en": "Don't know"}, missing=Missing.DONT_KNOW).missing.value
    'dont_know'
    """

    value: str
    label: Text = ""
    missing: Missing | None = attrs.field(default=None, kw_only=True)
    exclusive: bool = attrs.field(default=False, kw_only=True)


YES_NO_OPTIONS = (
    Option("no", {"en": "No", "sv": "Nej"}),
    Option("yes", {"en": "Yes", "sv": "Ja"}),
)
"""What a yes/no item offers where it declares no options of its own."""


def _options(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(options)


def _items(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(items)


def _sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(sections)


def _scales(scales: Mapping[str, Iterable[Option]]) -> dict[str, tuple[Option, ...]]:
    return {name: tuple(options) for name, options in scales.items()}


@attrs.frozen
class Item:
    """One question.

    Parameters
    ----------
    id
        Identifier, unique in the questionnaire.
    type
        ``single_choice``, ``multiple_choice``, ``number`` or ``yes_no``.
    text
        The question, in one language or several.
    options
        What is offered, in order. A number may offer options that state a reason for missing;
        a yes/no item that declares options declares ``yes`` and ``no`` among them.
    scale
        Id of a shared answer scale, instead of ``options``.
    minimum, maximum
        Bounds of a number, both included; None where there is none.
    whole
        True where a number must be whole.
    unit
        Unit of a number.
    condition
        When the item is asked; None for always.
    source
        Where the question comes from.
    note
        Anything that a reader should know.

    Examples
    --------
    >>> Item("e_id", "yes_no", {"en": "Do your services accept e-identification?"}).type
    'yes_no'
    """

    id: str
    type: ItemType
    text: Text = ""
    options: tuple[Option, ...] = attrs.field(default=(), kw_only=True, converter=_options)
    scale: str | None = attrs.field(default=None, kw_only=True)
    minimum: float | None = attrs.field(default=None, kw_only=True)
    maximum: float | None = attrs.field(default=None, kw_only=True)
    whole: bool = attrs.field(default=False, kw_only=True)
    unit: Text = attrs.field(default="", kw_only=True)
    condition: Condition | None = attrs.field(default=None, kw_only=True)
    source: Text = attrs.field(default="", kw_only=True)
    note: Text = attrs.field(default="", kw_only=True)


@attrs.frozen
class Section:
    """A part of a questionnaire, with its items in the order in which they are asked."""

    id: str
    title: Text = ""
    items: tuple[Item, ...] = attrs.field(default=(), kw_only=True, converter=_items)


@attrs.frozen(kw_only=True)
class Questionnaire:
    """What agencies are asked in a round of the survey.

    Parameters
    ----------
    id, version
        Name and version of the questionnaire as a document.
    sections
        The sections with their items.
    scales
        Shared answer scales: id to options.
    title, note
        For people, in one language or several.
    synthetic
        True where the questionnaire was made up.

    Examples
    --------
    >>> section = Section("all", items=[Item("e_id", "yes_no")])
    >>> questionnaire = Questionnaire(id="q", version="1.0.0", sections=[section])
    >>> [option.value for option in questionnaire.options("e_id")]
    ['no', 'yes']
    """

    id: str
    version: str
    sections: tuple[Section, ...] = attrs.field(converter=_sections)
    scales: Mapping[str, tuple[Option, ...]] = attrs.field(factory=dict, converter=_scales)
    title: Text = ""
    note: Text = ""
    synthetic: bool = False
    _items: dict[str, Item] = attrs.field(init=False, eq=False, repr=False)
    _compiled: dict[str, Any] = attrs.field(init=False, eq=False, repr=False, factory=dict)

    @_items.default
    def _index_items(self) -> dict[str, Item]:
        return {item.id: item for item in self}

    def __iter__(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    def __getitem__(self, item_id: str) -> Item:
        return self._items[item_id]

    def options(self, item_id: str) -> tuple[Option, ...]:
        """What an item offers, whether declared by it, by a shared scale or by its type."""
        item = self._items[item_id]
        if item.scale is not None:
            return self.scales[item.scale]
        if item.type == "yes_no" and not item.options:
            return YES_NO_OPTIONS
        return item.options

    def substantive(self, item_id: str) -> tuple[Option, ...]:
        """The options of an item that are answers, not reasons for missing, in order."""
        return tuple(each for each in self.options(item_id) if each.missing is None)
