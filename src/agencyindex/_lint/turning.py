"""Advice on normalisations that do not fit values whose sign is turned, or are out of their reach."""

from __future__ import annotations

from math import inf

from agencyindex._documents.ranges import points_range, turned
from agencyindex._documents.resolve import resolve
from agencyindex._lint.notes import Notes, nodes
from agencyindex._model.definition import IndexDefinition, Indicator
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.methods.gated import NumberPoints
from agencyindex.methods.normalisation import DistanceToReference, FractionOfMax
from agencyindex.methods.protocols import Normalisation, Range


def check_lines(definition: IndexDefinition, questionnaire: Questionnaire, notes: Notes) -> None:
    """Note indicators in which whoever is worse gets more."""
    resolved = resolve(definition)
    for path, node in nodes(definition):
        if not isinstance(node, Indicator):
            continue
        here = resolved[node.id]
        assert here.normalisation is not None
        low, high = turned(node, here.treatment, _worth(node, definition, questionnaire))
        negative = low < 0 and (node.direction == -1 or high <= 0)
        if _divides(here.normalisation) and negative:
            message = (
                f'"{here.normalisation.name}" divides the values of "{node.id}" by one that is '
                "below zero: the line falls, and whoever is worse gets more."
            )
            mend = 'Use a line that rises there, such as "minmax" or "goalposts".'
        elif node.direction == -1 and _falls(here.normalisation):
            message = (
                f'Fewer is better in "{node.id}", so its values are turned, and the line of '
                f'"{here.normalisation.name}" turns them back: whoever is worse gets more.'
            )
            mend = "Let the direction turn them, or the line, but not both."
        else:
            continue
        notes.add("falling-line", path, message, mend)


def _worth(node: Indicator, definition: IndexDefinition, questionnaire: Questionnaire) -> Range:
    """What answers can be worth: a number that is taken as it is keeps to its item's bounds."""
    if node.attribute or not isinstance(definition.scorings[node.scoring], NumberPoints):
        return points_range(node, definition, questionnaire)
    item = questionnaire[node.item]
    low = -inf if item.minimum is None else item.minimum
    return low, inf if item.maximum is None else item.maximum


def _divides(normalisation: Normalisation) -> bool:
    """Whether values become parts of one of them."""
    from_zero = isinstance(normalisation, DistanceToReference) and normalisation.origin == "zero"
    return from_zero or isinstance(normalisation, FractionOfMax)


def _falls(normalisation: Normalisation) -> bool:
    """Whether a line is stated with one of its two pairs of ends in falling order."""
    start, end = getattr(normalisation, "goalposts", (0, 1))
    first, last = getattr(normalisation, "to", (0, 1))
    return bool((start < end) != (first < last))
