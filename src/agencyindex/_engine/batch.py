"""The kernel for many agencies: blocks of codes through look-up tables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import ANSWERED, Column, Responses
from agencyindex._engine.leaves import COVERAGE, MISSING, PROPAGATED
from agencyindex._engine.plan import Branch, Chunk, Plan, finished
from agencyindex.methods.protocols import FloatArray
from agencyindex.methods.rounding import rounded

BLOCK = 131072
"""Agencies at a time: enough that two threads seldom wait for each other, few enough for the cache."""


@attrs.frozen(eq=False, kw_only=True)
class Cells:
    """The figures of the kept nodes: (k, n) each, a row for each node."""

    values: FloatArray
    coverage: FloatArray
    answered: FloatArray
    statuses: NDArray[np.int8]
    causes: NDArray[np.int8]

    @classmethod
    def empty(cls, nodes: int, agencies: int) -> Cells:
        """Room for the figures, to be filled."""
        shape = (nodes, agencies)
        return cls(
            values=np.empty(shape),
            coverage=np.empty(shape),
            answered=np.empty(shape),
            statuses=np.zeros(shape, dtype=np.int8),
            causes=np.zeros(shape, dtype=np.int8),
        )


@attrs.frozen(eq=False)
class Block:
    """Some agencies' codes, with what several nodes look up by.

    Parameters
    ----------
    columns, rows
        All answers, and which of them are meant.
    gaps
        Whether anything is missing, by item.
    joints
        Positions in the tables of the chunks seen so far, by their members.
    """

    columns: Mapping[str, Column]
    rows: slice
    gaps: Mapping[str, bool]
    joints: dict[tuple[tuple[str, int], ...], NDArray[np.intp]] = attrs.field(factory=dict)


@attrs.frozen(eq=False)
class Sums:
    """A node in a block: values, answered shares, and where it makes its parent missing."""

    value: FloatArray
    answered: FloatArray | float
    propagated: NDArray[np.bool_] | None = None


def run_batch(plans: list[tuple[Plan, list[int]]], responses: Responses) -> list[Cells]:
    """Score all agencies on all plans, a block at a time.

    Parameters
    ----------
    plans
        Each plan with the positions of the nodes whose figures are kept.
    responses
        Coded answers.
    """
    n = len(responses)
    cells = [Cells.empty(len(kept), n) for _, kept in plans]
    gaps = {
        item: bool((column.codes < ANSWERED).any()) for item, column in responses.columns.items()
    }
    starts = range(0, n, BLOCK)

    def run(start: int) -> None:
        block = Block(responses.columns, slice(start, min(start + BLOCK, n)), gaps)
        for (plan, kept), out in zip(plans, cells, strict=True):
            _run_block(plan, kept, block, out)

    workers = min(len(starts), os.cpu_count() or 1)
    if workers > 1:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(run, starts))
    else:
        for start in starts:
            run(start)
    return cells


def _run_block(
    plan: Plan,
    kept: list[int],
    block: Block,
    out: Cells,
) -> None:
    columns, rows = block.columns, block.rows
    place = {column: position for position, column in enumerate(kept)}
    sums: dict[int, Sums] = {}
    for column, leaf in plan.leaves.items():
        if column not in place and leaf.by_number is None:
            continue
        found = leaf.outcomes(columns[leaf.item].codes[rows], columns, rows)
        real = (found.statuses == 0).astype(np.float64)
        value = found.values
        sums[column] = Sums(value, real, found.propagated)
        if column in place:
            to = place[column]
            out.values[to, rows] = value
            out.coverage[to, rows] = ~np.isnan(value)
            out.answered[to, rows] = real
            out.statuses[to, rows] = found.statuses
            out.causes[to, rows] = found.causes
    for branch in plan.branches:
        sums[branch.column] = _run_branch(branch, plan, block, sums, place, out)


def _run_branch(
    branch: Branch,
    plan: Plan,
    block: Block,
    sums: Mapping[int, Sums],
    place: Mapping[int, int],
    out: Cells,
) -> Sums:
    total: Any = None
    weight: Any = None
    answered: Any = None
    for chunk in branch.chunks:
        terms = _look_up(chunk, block)
        if total is None:
            total, weight, answered = terms
        else:
            total += terms[0]
            weight = weight + terms[1]
            answered = answered + terms[2]
    for column, share in branch.others:
        terms = _term(branch, sums[column], share)
        if total is None:
            total, weight, answered = terms
        else:
            total = total + terms[0]
            weight = weight + terms[1]
            answered = answered + terms[2]
    value, coverage, cause = _finish(branch, total, weight)
    value = np.clip(value, *branch.bounds)
    if plan.rules.rounding.where == "every_level":
        value = rounded(value, plan.rules.rounding.decimals, plan.rules.rounding.rule)
    answered = answered / branch.complete
    if branch.column in place:
        to, rows = place[branch.column], block.rows
        out.values[to, rows] = value
        out.coverage[to, rows] = coverage
        out.answered[to, rows] = answered
        if cause is not None:
            out.causes[to, rows] = cause
            out.statuses[to, rows] = np.where(cause > 0, np.int8(MISSING), np.int8(0))
    return Sums(value, answered)


def _look_up(
    chunk: Chunk, block: Block
) -> tuple[FloatArray, FloatArray | float, FloatArray | float]:
    """Terms, weights of what has a value and weights of what was answered, of a block."""
    joint = block.joints.get(chunk.members)
    if joint is None:
        joint = block.joints[chunk.members] = _joint(chunk, block)
    total = chunk.total.take(joint, mode="clip")
    if not any(block.gaps[item] for item, _ in chunk.members):
        return total, chunk.complete, chunk.complete
    return (
        total,
        chunk.weight.take(joint, mode="clip"),
        chunk.answered.take(joint, mode="clip"),
    )


def _joint(chunk: Chunk, block: Block) -> NDArray[np.intp]:
    """Positions in a chunk's tables; in bytes as long as they fit, as bytes are quickest."""
    (first, reach), *others = chunk.members
    joint: NDArray[Any] = block.columns[first].codes[block.rows]
    for item, size in others:
        reach *= size
        kind = np.uint8 if reach <= 256 else np.uint16
        joint = np.multiply(joint.astype(kind, copy=False), size, dtype=kind)
        joint += block.columns[item].codes[block.rows].astype(kind, copy=False)
    return joint.astype(np.intp)


def _term(
    branch: Branch, child: Sums, share: float
) -> tuple[FloatArray, FloatArray | float, FloatArray | float]:
    """The same for one child that is no look-up."""
    gap = np.isnan(child.value)
    if not gap.any():
        return share * branch.aggregation.before(child.value), share, share * child.answered
    terms = share * branch.aggregation.before(np.where(gap, 1.0, child.value))
    terms[gap] = 0.0
    if child.propagated is not None:
        terms[child.propagated] = np.nan
    return terms, np.where(gap, 0.0, share), share * child.answered


def _finish(
    branch: Branch, total: FloatArray, weight: FloatArray | float
) -> tuple[FloatArray, FloatArray | float, NDArray[np.int8] | None]:
    """Value, coverage and, where any value is missing, the cause of it."""
    coverage = weight / branch.complete
    if isinstance(weight, float):
        value = finished(branch.aggregation, total, weight)
        if not np.isnan(value).any():
            return value, coverage, None
    thin = (coverage < branch.minimum_coverage) | (np.asarray(weight) <= 0)
    thin = np.broadcast_to(thin, total.shape)
    stopped = np.isnan(total)
    gap = thin | stopped
    safe = np.where(gap, 1.0, weight)
    value = finished(branch.aggregation, np.where(gap, 0.0, total), safe)
    value = np.where(gap, np.nan, value)
    cause = np.where(stopped, PROPAGATED, np.where(thin, COVERAGE, 0)).astype(np.int8)
    return value, coverage, cause
