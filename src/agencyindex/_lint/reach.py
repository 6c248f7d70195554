"""Advice on an index beside its questionnaire: what is never used, reached or told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, isfinite

from agencyindex._documents.ranges import attainable, offered, points_range
from agencyindex._documents.resolve import indicators, resolve, weighted_children
from agencyindex._lint.notes import Notes, Path, asked, branches, nodes
from agencyindex._model.conditions import comparisons
from agencyindex._model.definition import IndexDefinition, Indicator
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex.methods.choices import OptionPoints
from agencyindex.methods.numbers import BandPoints, LinearPoints, Ratio
from agencyindex.methods.protocols import Scoring

WIDER = 2
"""Factor between the ranges of two parts beyond which their weights mislead."""


def check_use(
    questionnaire: Questionnaire, definitions: Sequence[IndexDefinition], notes: Notes
) -> None:
    """Note items that no index uses and no condition looks at."""
    used = {
        comparison.item
        for item in questionnaire
        if item.condition is not None
        for comparison in comparisons(item.condition)
    }
    for definition in definitions:
        used |= {leaf.item for leaf in indicators(definition)}
        used |= {
            each.denominator
            for each in definition.scorings.values()
            if isinstance(each, Ratio) and each.denominator
        }
    mend = "Ask what is used, or give the other indices too."
    for number, section in enumerate(questionnaire.sections):
        if len(section.items) > 1 and not used & {item.id for item in section.items}:
            message = f'No index given scores any item of the section "{section.id}".'
            notes.add("unused-item", ("sections", number), message, mend)
            used |= {item.id for item in section.items}
    for each in asked(questionnaire):
        if each.item.id not in used:
            message = f'No index given scores the item "{each.item.id}", and no condition needs it.'
            notes.add("unused-item", each.path, message, mend)


def check_points(
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    definitions: Sequence[IndexDefinition],
    notes: Notes,
) -> None:
    """Note points that no answer can have, that all have, or that options get unnamed."""
    named = _named(definitions)
    for path, node in nodes(definition):
        if not isinstance(node, Indicator) or node.attribute:
            continue
        scoring = definition.scorings[node.scoring]
        low, high = points_range(node, definition, questionnaire)
        if low == high:
            message = f'Every answer to "{node.item}" is worth {low:.15g}.'
            mend = "Give other points, or leave the item out."
            notes.add("constant-points", (*path, "scoring"), message, mend)
        if isinstance(scoring, OptionPoints):
            options = offered(questionnaire, node)
            _check_options(node, scoring, options, named, path, notes)
        for message in _out_of_reach(scoring, questionnaire[node.item]):
            mend = "Fit the scoring to the item's bounds."
            notes.add("unreachable-points", (*path, "scoring"), message, mend)


def _named(definitions: Sequence[IndexDefinition]) -> dict[str, set[str]]:
    """For each item the options that a points table names."""
    found: dict[str, set[str]] = {}
    for definition in definitions:
        for leaf in indicators(definition):
            scoring = definition.scorings[leaf.scoring]
            if isinstance(scoring, OptionPoints):
                found.setdefault(leaf.item, set()).update(scoring.table)
    return found


def _check_options(
    node: Indicator,
    scoring: OptionPoints,
    options: Sequence[str],
    named: dict[str, set[str]],
    path: Path,
    notes: Notes,
) -> None:
    fewest = min(scoring.table.values())
    if scoring.default is None or scoring.default <= fewest:
        return
    least = next(option for option, points in scoring.table.items() if points == fewest)
    for option in options:
        if option not in named[node.item]:
            message = (
                f'No points table names the option "{option}" of "{node.item}"; it gets the '
                f'default {scoring.default:.15g}, more than "{least}" with {fewest:.15g}.'
            )
            mend = "Name it in the table."
            notes.add("unreachable-option", (*path, "scoring"), message, mend, found=option)


def _out_of_reach(scoring: Scoring, item: Item) -> Iterator[str]:
    """What no number within the item's bounds comes to."""
    low = -inf if item.minimum is None else item.minimum
    high = inf if item.maximum is None else item.maximum
    if isinstance(scoring, LinearPoints):
        worth = (1, 0) if scoring.better == "higher" else (0, 1)
        if high < scoring.upper:
            yield (
                f'"{item.id}" is at most {high:.15g}, and {worth[0]} is reached at '
                f"{scoring.upper:.15g}."
            )
        if low > scoring.lower:
            yield (
                f'"{item.id}" is at least {low:.15g}, and {worth[1]} is reached at '
                f"{scoring.lower:.15g}."
            )
    elif isinstance(scoring, BandPoints):
        edges = (-inf, *scoring.edges, inf)
        for lower, upper, value in zip(edges, edges[1:], scoring.values, strict=False):
            if high < lower:
                yield f'"{item.id}" is at most {high:.15g}, and the band from {lower:.15g} is worth {value:.15g}.'
            elif low >= upper:
                yield f'"{item.id}" is at least {low:.15g}, and the band below {upper:.15g} is worth {value:.15g}.'


def check_ranges(definition: IndexDefinition, questionnaire: Questionnaire, notes: Notes) -> None:
    """Note means whose parts have ranges of different width."""
    resolved = resolve(definition)
    found = attainable(definition, questionnaire)
    for path, node in branches(definition):
        aggregation = resolved[node.id].aggregation
        if aggregation.adds or not aggregation.linear:
            continue
        widths = {
            child.id: found[child.id][1] - found[child.id][0] for child in weighted_children(node)
        }
        known = {name: width for name, width in widths.items() if isfinite(width) and width > 0}
        if len(known) < 2:
            continue
        narrow, wide = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
        if known[wide] > WIDER * known[narrow]:
            message = (
                f'"{wide}" has a range of {known[wide]:.15g}, "{narrow}" one of '
                f"{known[narrow]:.15g}, so that their weights do not say how much they count."
            )
            notes.add("unequal-ranges", path, message, "Normalise the parts to one range.")
