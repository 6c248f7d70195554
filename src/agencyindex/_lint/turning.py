"""Advice on normalisations that do not fit values whose sign is turned, or are out of their reach."""

from __future__ import annotations

from math import inf

from agencyindex._documents.ranges import points_range, turned
from agencyindex._documents.resolve import resolve
from agencyindex._lint.notes import Notes, Path, nodes
from agencyindex._model.definition import IndexDefinition, Indicator
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.methods.gated import NumberPoints
from agencyindex.methods.normalisation import (
    Constant,
    DistanceToReference,
    FractionOfMax,
    LinearMap,
    ReferenceTable,
    Steps,
)
from agencyindex.methods.protocols import Normalisation, Range


def check_lines(definition: IndexDefinition, questionnaire: Questionnaire, notes: Notes) -> None:
    """Note indicators in which whoever is worse gets more, or everybody the same."""
    resolved = resolve(definition)
    for path, node in nodes(definition):
        if not isinstance(node, Indicator):
            continue
        here = resolved[node.id]
        assert here.normalisation is not None
        points = _worth(node, definition, questionnaire)
        found = turned(node, here.treatment, points)
        _check_fall(node, here.normalisation, found, path, notes)
        if points[0] < points[1]:
            _check_one_value(node, here.normalisation, points, found, path, notes)


def _check_fall(
    node: Indicator, normalisation: Normalisation, found: Range, path: Path, notes: Notes
) -> None:
    low, high = found
    if _divides(normalisation) and low < 0 and (node.direction == -1 or high <= 0):
        message = (
            f'"{normalisation.name}" divides the values of "{node.id}" by one that can be '
            "below zero: the line then falls, and whoever is worse gets more."
        )
        mend = 'Use a line that rises there, such as "minmax" or "goalposts".'
    elif node.direction == -1 and _falls(normalisation):
        message = (
            f'Fewer is better in "{node.id}", so its values are turned, and the line of '
            f'"{normalisation.name}" turns them back: whoever is worse gets more.'
        )
        mend = "Let the direction turn them, or the line, but not both."
    else:
        return
    notes.add("falling-line", path, message, mend)


def _check_one_value(
    node: Indicator,
    normalisation: Normalisation,
    points: Range,
    found: Range,
    path: Path,
    notes: Notes,
) -> None:
    low, high = normalisation.attainable(found)
    if low != high or isinstance(normalisation, Constant):
        return
    treated = found[0] == found[1]
    # Adding zero turns -0 into 0.
    start, end = (each + 0.0 for each in (points if treated else found))
    mend = f"State the {'treatment' if treated else 'normalisation'} for {start:.15g} to {end:.15g}"
    turns = node.direction == -1 and not treated
    mend += ": fewer is better, so the sign is turned." if turns else "."
    message = f'Whatever is answered, "{node.id}" gets {low + 0.0:.15g}, and so does everybody.'
    notes.add("one-value", path, message, mend, found=low)


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
    """Whether a line, a table of scores or steps are stated so that more gets less."""
    if isinstance(normalisation, LinearMap):
        return (normalisation.spread < 0) != (normalisation.deviation < 0)
    if isinstance(normalisation, ReferenceTable):
        return normalisation.scores[-1] < normalisation.scores[0]
    if isinstance(normalisation, Steps):
        return normalisation.values[-1] < normalisation.values[0]
    start, end = getattr(normalisation, "goalposts", (0, 1))
    first, last = getattr(normalisation, "to", (0, 1))
    return bool((start < end) != (first < last))
