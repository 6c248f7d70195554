"""Exact contributions: what each indicator brings to the score of a node."""

from __future__ import annotations

from collections.abc import Mapping
from math import factorial, isfinite

import attrs
import numpy as np

from agencyindex._documents.ranges import attainable
from agencyindex._documents.resolve import Resolved, nominal_weight, weighted_children
from agencyindex._model.definition import Dimension, IndexDefinition, Indicator
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.methods.protocols import Aggregation, FloatArray, Normalisation, Range

EXACT_CHILDREN = 12
"""Up to so many available children, Shapley values are computed over every subset."""

SAMPLED_ORDERS = 2000


@attrs.frozen(eq=False)
class Part:
    """A node's value beside its baseline, split over the indicators below it."""

    value: float
    baseline: float
    shares: dict[str, float]


def split(
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    values: Mapping[str, float],
    resolved: Mapping[str, Resolved],
    rescalings: Mapping[str, Normalisation],
    generator: np.random.Generator,
) -> Part | None:
    """Split the root's value; None where it is missing.

    Where every aggregation on the way is linear the baseline is zero and a contribution is the
    product of the effective weights on the path and the indicator's value. Otherwise the
    baseline has every indicator at its worst attainable value (zero where that has no bound),
    and a node that is not linear is split by Shapley values.

    Parameters
    ----------
    definition
        A fitted definition.
    questionnaire
        The questionnaire that its items belong to.
    values
        Value of every node, NaN where missing.
    resolved
        Methods in force at every node.
    rescalings
        As they score, of every node that has one.
    generator
        For nodes with more than twelve available children that are not linear.
    """
    linear = all(here.aggregation.linear for here in resolved.values())
    ranges = {} if linear else attainable(definition, questionnaire)
    return _split(definition, values, ranges, resolved, rescalings, generator)


def _split(
    node: IndexDefinition | Dimension | Indicator,
    values: Mapping[str, float],
    ranges: Mapping[str, Range],
    resolved: Mapping[str, Resolved],
    rescalings: Mapping[str, Normalisation],
    generator: np.random.Generator,
) -> Part | None:
    """Split a node's value; from zero where no ranges are given."""
    value = values[node.id]
    if np.isnan(value):
        return None
    if isinstance(node, Indicator):
        worst = ranges[node.id][0] if ranges else 0.0
        baseline = worst if isfinite(worst) else 0.0
        return Part(value, baseline, {node.id: value - baseline})
    parts: list[Part] = []
    weights: list[float] = []
    for child in weighted_children(node):
        part = _split(child, values, ranges, resolved, rescalings, generator)
        if part is not None:
            parts.append(part)
            weights.append(nominal_weight(child))
    found = _combined(parts, np.array(weights), resolved[node.id].aggregation, generator)
    return _rescaled(found, rescalings[node.id]) if node.id in rescalings else found


def _rescaled(part: Part, rescaling: Normalisation) -> Part:
    """A part of a node whose own value is normalised: the shares keep their proportions."""
    ends = np.array([part.value, part.baseline])
    value, baseline = rescaling.normalise(ends).tolist()
    moved = part.value - part.baseline
    rate = (value - baseline) / moved if moved else 0.0
    return Part(value, baseline, {leaf: rate * share for leaf, share in part.shares.items()})


def _combined(
    parts: list[Part],
    weights: FloatArray,
    aggregation: Aggregation,
    generator: np.random.Generator,
) -> Part:
    here = np.array([part.value for part in parts])
    base = np.array([part.baseline for part in parts])
    whole, baseline = (
        float(aggregation.aggregate(each[None, :], weights)[0]) for each in (here, base)
    )
    if aggregation.linear:
        # By weight, not by part of the gain: where a part's leaves cancel, it gains nothing.
        scale = weights if aggregation.adds else weights / weights.sum()
        return Part(whole, baseline, _scaled(parts, scale.tolist()))
    if len(parts) <= EXACT_CHILDREN:
        gains = shapley_exact(here, base, weights, aggregation)
    else:
        gains = shapley_sampled(here, base, weights, aggregation, generator)
    moved = here - base
    # What has not moved has gained nothing, and shares none of it.
    rates = gains / np.where(moved == 0, 1.0, moved)
    return Part(whole, baseline, _scaled(parts, rates.tolist()))


def _scaled(parts: list[Part], by: list[float]) -> dict[str, float]:
    return {
        leaf: rate * share
        for part, rate in zip(parts, by, strict=True)
        for leaf, share in part.shares.items()
    }


def shapley_exact(
    values: FloatArray, baseline: FloatArray, weights: FloatArray, aggregation: Aggregation
) -> FloatArray:
    """Shapley value of each child: its mean gain over all orders of moving off the baseline.

    Source: Shapley (1953), A value for n-person games, Contributions to the Theory of Games II.
    """
    m = len(values)
    members = (np.arange(2**m)[:, None] >> np.arange(m)) & 1
    worth = aggregation.aggregate(np.where(members == 1, values, baseline), weights)
    size = members.sum(axis=1)
    share = np.array([factorial(s) * factorial(m - s - 1) / factorial(m) for s in range(m)])
    gains = np.empty(m)
    for child in range(m):
        without = np.flatnonzero(members[:, child] == 0)
        gains[child] = np.sum(
            share[size[without]] * (worth[without + (1 << child)] - worth[without])
        )
    return gains


def shapley_sampled(
    values: FloatArray,
    baseline: FloatArray,
    weights: FloatArray,
    aggregation: Aggregation,
    generator: np.random.Generator,
) -> FloatArray:
    """The same over a sample of orders; the gains still sum exactly to the difference.

    Source: Castro, Gomez and Tejada (2009), doi:10.1016/j.cor.2008.04.004.
    """
    m = len(values)
    gains = np.zeros(m)
    for _ in range(SAMPLED_ORDERS):
        order = generator.permutation(m)
        steps = np.tile(baseline, (m + 1, 1))
        for position, child in enumerate(order, start=1):
            steps[position:, child] = values[child]
        gains[order] += np.diff(aggregation.aggregate(steps, weights))
    return gains / SAMPLED_ORDERS
