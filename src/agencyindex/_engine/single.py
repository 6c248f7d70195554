"""The kernel for one response: plain Python over the same tables, in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf, isnan, nan
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import Column
from agencyindex._engine.leaves import COVERAGE, MISSING, PROPAGATED, SCORED
from agencyindex._engine.plan import Branch, Plan
from agencyindex._engine.refusals import Beyond, refused
from agencyindex.errors import MethodError
from agencyindex.methods.protocols import FloatArray
from agencyindex.methods.rounding import rounded

Figures: TypeAlias = tuple[float, float, float, int, int]
"""Value (NaN where there is none), coverage, answered share, status, cause."""

EVERY_ROW = slice(0, 1)


def run_single(
    plan: Plan, codes: Sequence[int], columns: Mapping[str, Column], beyond: set[Beyond]
) -> dict[int, Figures]:
    """Score one response on one plan.

    Parameters
    ----------
    plan
        The index.
    codes
        Code of the answer to each item, in the order of the questionnaire.
    columns
        Columns of one row for the items whose answers are no look-up.
    beyond
        Is given the nodes whose value no float can hold; it counts as 0 in those above.

    Returns
    -------
    dict
        Figures of the inner nodes, and of the leaves that are no look-up, by position among the
        plan's nodes.
    """
    found: dict[int, Figures] = {}
    stopped: set[int] = set()
    for position in plan.row_wise:
        leaf = plan.leaves[position]
        one = leaf.outcomes(columns, EVERY_ROW)
        value, status = float(one.values[0]), int(one.statuses[0])
        if isinf(value):
            beyond.add(Beyond.at(plan, position, 0))
            value = 0.0
        there, real = float(not isnan(value)), float(status == SCORED)
        found[position] = (value, there, real, status, int(one.causes[0]))
        if one.propagated[0]:
            stopped.add(position)
    for branch in plan.branches:
        try:
            found[branch.column] = _run_branch(branch, plan, codes, found, stopped, beyond)
        except MethodError as error:
            raise refused(plan, branch, error) from None
    return found


def every_figure(plan: Plan, codes: NDArray[np.intp], found: Mapping[int, Figures]) -> FloatArray:
    """Figures of every node, (k, 5): what was found, and the leaves that are look-ups."""
    figures = np.empty((len(plan.nodes), 5))
    figures[plan.coded.columns] = plan.coded.figures[plan.coded.starts + codes[plan.coded.places]]
    figures[list(found)] = list(found.values())
    return figures


def _run_branch(  # noqa: C901 - a call more would cost a tenth of the time
    branch: Branch,
    plan: Plan,
    codes: Sequence[int],
    found: Mapping[int, Figures],
    stopped: set[int],
    beyond: set[Beyond],
) -> Figures:
    total = weight = answered = 0.0
    row: Any
    for nested, places in branch.pairs:
        if len(places) == 3:
            # The usual number, and quicker than a loop.
            first, second, third = places
            row = nested[codes[first]][codes[second]][codes[third]]
        else:
            row = nested
            for place in places:
                row = row[codes[place]]
        terms, there, real = row
        total += terms
        weight += there
        answered += real
    if branch.terms is None:
        return _run_gathered(branch, plan, codes, found, stopped, beyond)
    aggregation = branch.terms
    for column, factor, share in branch.others:
        value, _, part, _, _ = found[column]
        answered += share * part
        if value == value:  # noqa: PLR0124 - the quickest test for NaN
            total += factor * (value if aggregation.linear else float(aggregation.before(value)))
            weight += share
            if branch.unbounded and isinf(total) and aggregation.linear:
                beyond.add(Beyond.at(plan, branch.column, 0))
                total = 0.0
        elif column in stopped:
            total = nan
    coverage = weight / branch.complete
    answered /= branch.complete
    if total != total:  # noqa: PLR0124
        return nan, coverage, answered, MISSING, PROPAGATED
    if weight <= 0 or coverage < branch.minimum_coverage:
        return nan, coverage, answered, MISSING, COVERAGE
    if not aggregation.adds:
        total = total / weight if aggregation.linear else float(aggregation.after(total, weight))
    return _finished(branch, plan, total, beyond), coverage, answered, SCORED, 0


def _finished(branch: Branch, plan: Plan, value: float, beyond: set[Beyond]) -> float:
    """A node's value rescaled, kept to its bounds and rounded."""
    if branch.rescaling is not None:
        with np.errstate(over="ignore"):
            value = float(branch.rescaling.normalise(np.array([value]))[0])
    if branch.unbounded and isinf(value):
        beyond.add(Beyond.at(plan, branch.column, 0))
        value = 0.0
    low, high = branch.bounds
    result = low if value < low else min(value, high)
    if plan.rounds:
        rounding = plan.rules.rounding
        result = float(rounded(np.array([result]), rounding.decimals, rounding.rule)[0])
    return result


def _run_gathered(
    branch: Branch,
    plan: Plan,
    codes: Sequence[int],
    found: Mapping[int, Figures],
    stopped: set[int],
    beyond: set[Beyond],
) -> Figures:
    """A node whose aggregation takes all its children at once."""
    values, weight, answered, stops = [], 0.0, 0.0, False
    for column, _, share in branch.others:
        if column in found:
            value, _, part, _, _ = found[column]
            stops = stops or column in stopped
        else:
            leaf = plan.leaves[column]
            code = codes[leaf.place]
            value, part = float(leaf.table.values[code]), float(leaf.table.statuses[code] == SCORED)
            stops = stops or bool(leaf.table.propagated[code])
        values.append(value)
        answered += share * part
        weight += 0.0 if isnan(value) else share
    coverage, answered = weight / branch.complete, answered / branch.complete
    if stops:
        return nan, coverage, answered, MISSING, PROPAGATED
    weights = np.array([share for *_, share in branch.others])
    with np.errstate(over="ignore"):
        result = float(branch.aggregation.aggregate(np.array([values]), weights)[0])
    if weight <= 0 or coverage < branch.minimum_coverage or isnan(result):
        return nan, coverage, answered, MISSING, COVERAGE
    return _finished(branch, plan, result, beyond), coverage, answered, SCORED, 0
