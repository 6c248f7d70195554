"""The kernel for one response: plain Python over the same tables, in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan, nan
from typing import Any

import numpy as np

from agencyindex._answers import Column, ItemCoder, column_of
from agencyindex._engine.leaves import COVERAGE, MISSING, PROPAGATED, SCORED
from agencyindex._engine.plan import Branch, Plan, finished
from agencyindex.methods.rounding import rounded

Figures = tuple[float, float, float, int, int]
"""Value (NaN where there is none), coverage, answered share, status, cause."""

EVERY_ROW = slice(0, 1)


def single_columns(
    coders: Mapping[str, ItemCoder], code_of: Mapping[str, int], values: Mapping[str, Any]
) -> dict[str, Column]:
    """Columns of one row, for what is no look-up."""
    return {
        name: column_of(coders[name], [(code_of[name], value)]) for name, value in values.items()
    }


def run_single(
    plan: Plan,
    code_of: Mapping[str, int],
    columns: Mapping[str, Column],
    *,
    every_node: bool,
) -> dict[int, Figures]:
    """Score one response on one plan.

    Parameters
    ----------
    plan
        The index.
    code_of
        Code of the answer to each item.
    columns
        Columns of one row for the items whose answers are no look-up.
    every_node
        False where only the inner nodes' figures are wanted.

    Returns
    -------
    dict
        Figures by position among the plan's nodes.
    """
    found: dict[int, Figures] = {}
    stopped: set[int] = set()
    for position in plan.leaves if every_node else plan.row_wise:
        leaf = plan.leaves[position]
        if leaf.by_number is None:
            code = code_of[leaf.item]
            value, status, cause, stop = leaf.rows[code]
        else:
            one = leaf.outcomes(columns[leaf.item].codes, columns, EVERY_ROW)
            value, status = float(one.values[0]), int(one.statuses[0])
            cause, stop = int(one.causes[0]), bool(one.propagated[0])
        real = 1.0 if status == SCORED else 0.0
        found[position] = (value, 0.0 if isnan(value) else 1.0, real, status, cause)
        if stop:
            stopped.add(position)
    for branch in plan.branches:
        found[branch.column] = _run_branch(branch, plan, code_of, found, stopped)
    return found


def _run_branch(
    branch: Branch,
    plan: Plan,
    code_of: Mapping[str, int],
    found: Mapping[int, Figures],
    stopped: set[int],
) -> Figures:
    total = weight = answered = 0.0
    for chunk in branch.chunks:
        row = chunk.nested
        for item, _ in chunk.members:
            row = row[code_of[item]]
        terms, there, real = row
        total += terms
        weight += there
        answered += real
    linear = branch.aggregation.linear
    for column, share in branch.others:
        value, _, part, _, _ = found[column]
        answered += share * part
        if value == value:  # noqa: PLR0124 - the quickest test for NaN
            total += share * (value if linear else float(branch.aggregation.before(value)))
            weight += share
        elif column in stopped:
            total = nan
    coverage = weight / branch.complete
    answered /= branch.complete
    if isnan(total):
        return nan, coverage, answered, MISSING, PROPAGATED
    if weight <= 0 or coverage < branch.minimum_coverage:
        return nan, coverage, answered, MISSING, COVERAGE
    low, high = branch.bounds
    result = float(finished(branch.aggregation, total, weight))
    result = low if result < low else min(result, high)
    rounding = plan.rules.rounding
    if rounding.where == "every_level":
        result = float(rounded(np.array([result]), rounding.decimals, rounding.rule)[0])
    return result, coverage, answered, SCORED, 0
