"""Comparing scores: to the bit, or to the last bits of the terms that they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from tests.reference import Reference

import agencyindex as ai

FIGURES = ("values", "coverage", "answered", "statuses", "causes")


def same_bits(
    one: ai.Scores,
    other: ai.Scores,
    *,
    rows: Sequence[int] | None = None,
    nodes: Iterable[str] | None = None,
    figures: Sequence[str] = FIGURES,
) -> bool:
    """Whether all figures of two scores are the same bits, a gap being one whatever its bits.

    Parameters
    ----------
    one, other
        The scores; nodes may stand in any order.
    rows
        Rows of the other that belong to the agencies of the one; all where left out.
    nodes
        Nodes to compare; all of the one where left out.
    figures
        Names of the figures to compare.
    """
    wanted = [node.id for node in one.nodes] if nodes is None else list(nodes)
    here, there = (_columns(each, wanted) for each in (one, other))
    places = slice(None) if rows is None else list(rows)
    return all(
        np.array_equal(
            _bits(getattr(one, name)[:, here]), _bits(getattr(other, name)[places][:, there])
        )
        for name in figures
    )


def _columns(scores: ai.Scores, nodes: Sequence[str]) -> list[int]:
    places = {node.id: column for column, node in enumerate(scores.nodes)}
    return [places[node] for node in nodes]


def _bits(figures: np.ndarray) -> np.ndarray:
    if figures.dtype != np.float64:
        return figures
    return np.where(np.isnan(figures), np.nan, figures).view(np.int64)


def nearly(
    one: ai.Scores,
    other: ai.Scores,
    definition: ai.IndexDefinition,
    responses: ai.Responses,
    *,
    rows: Sequence[int] | None = None,
) -> bool:
    """Whether the values of the one's nodes are the other's, to 1e-14 of their absolute terms.

    Parameters
    ----------
    one, other
        Scores of the same agencies; the other may have more nodes.
    definition, responses
        What the one was made from, by which the reference adds the absolute terms.
    rows
        Rows of the other that belong to the agencies of the one; all where left out.
    """
    reference = Reference(definition, responses.questionnaire, responses)
    there = _columns(other, [node.id for node in one.nodes])
    places = range(len(other)) if rows is None else rows
    for row, response in enumerate(responses):
        figures = reference.score(response)
        for column, node in enumerate(one.nodes):
            here, value = one.values[row, column], other.values[places[row], there[column]]
            number = figures[node.id].number
            slack = 0.0 if number is None else 1e-14 * float(number.size)
            if not (abs(here - value) <= slack or (np.isnan(here) and np.isnan(value))):
                return False
    return True
