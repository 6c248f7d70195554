"""The kernel for many agencies: blocks of codes through look-up tables."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import ANSWERED, Column
from agencyindex._engine.leaves import COVERAGE, MISSING, PROPAGATED, SCORED
from agencyindex._engine.plan import Branch, Chunk, Plan
from agencyindex._engine.refusals import Beyond, refused
from agencyindex.errors import MethodError
from agencyindex.methods.protocols import FloatArray, SeparableAggregation
from agencyindex.methods.rounding import rounded

BLOCK = 131072
"""Agencies at a time: enough that two threads seldom wait for each other, few enough for the cache."""

Members: TypeAlias = tuple[tuple[str, int], ...]
Weights: TypeAlias = FloatArray | float
"""Sums of weights: an array, or one number where nothing is missing and all agencies share it."""


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
    uses
        How many chunks have the same members, whose positions are then worth keeping.
    beyond
        Positions of nodes and agencies whose value no float can hold; it counts as 0 from there.
    """

    columns: Mapping[str, Column]
    rows: slice
    gaps: Mapping[str, bool]
    uses: Mapping[Members, int]
    beyond: set[tuple[int, int]] = attrs.field(init=False, factory=set)
    _kept: dict[Members, NDArray[Any]] = attrs.field(init=False, factory=dict)
    # Memory that is used again costs no page faults, which would take longer than the sums.
    _positions: NDArray[np.intp] = attrs.field(init=False)
    _found: FloatArray = attrs.field(init=False)

    @_positions.default
    def _room_for_positions(self) -> NDArray[np.intp]:
        return np.empty(self.size, dtype=np.intp)

    @_found.default
    def _room_for_figures(self) -> FloatArray:
        return np.empty(self.size)

    @property
    def size(self) -> int:
        """How many agencies there are."""
        return int(self.rows.stop - self.rows.start)

    def positions(self, members: Members) -> NDArray[np.intp]:
        """Positions in a chunk's tables, good until the next call."""
        joint = self._kept.get(members)
        if joint is None:
            joint = self._joint(members)
            if self.uses[members] > 1:
                self._kept[members] = joint
        np.copyto(self._positions, joint)
        return self._positions

    def _joint(self, members: Members) -> NDArray[Any]:
        """Joint positions in bytes as long as they fit, as bytes are quickest."""
        (first, reach), *others = members
        joint: NDArray[Any] = self.columns[first].codes[self.rows]
        for item, size in others:
            reach *= size
            kind = np.uint8 if reach <= 256 else np.uint16
            joint = np.multiply(joint.astype(kind, copy=False), size, dtype=kind)
            joint += self.columns[item].codes[self.rows].astype(kind, copy=False)
        return joint

    def take_out(self, column: int, value: FloatArray) -> None:
        """Note where a node's value is infinite."""
        beyond = np.flatnonzero(np.isinf(value))
        value[beyond] = 0.0
        self.beyond.update((column, self.rows.start + row) for row in beyond.tolist())

    def look_up(self, table: FloatArray, positions: NDArray[np.intp]) -> FloatArray:
        """Entries of a table, good until the next call."""
        return table.take(positions, out=self._found, mode="clip")


@attrs.frozen(eq=False)
class Sums:
    """A node in a block: values, answered shares, and where it makes its parent missing."""

    value: FloatArray
    answered: Weights
    propagated: NDArray[np.bool_] | None = None


def run_batch(
    plans: Sequence[Plan], columns: Mapping[str, Column], n: int, *, every_node: bool
) -> tuple[dict[str, Any], list[Beyond]]:
    """Score all agencies on all plans, a block at a time.

    Parameters
    ----------
    plans
        The indices.
    columns
        Coded answers, and attributes of the register, of n agencies.
    every_node
        False where only the figures of the roots are kept.

    Returns
    -------
    dict, list
        The figures of `Scores` by name, each (n, k), and where there are none: those of nodes
        above are worth nothing.
    """
    sizes = [len(plan.nodes) if every_node else 1 for plan in plans]
    cells = Cells.empty(sum(sizes), n)
    gaps = {item: bool((column.codes < ANSWERED).any()) for item, column in columns.items()}
    uses = Counter(
        chunk.members for plan in plans for branch in plan.branches for chunk in branch.chunks
    )
    size_of_block = max(n, 1) if any(plan.compares for plan in plans) else BLOCK
    starts = range(0, n, size_of_block)
    beyond: list[Beyond] = []

    def run(start: int) -> None:
        rows = slice(start, min(start + size_of_block, n))
        block = Block(columns, rows, gaps, uses)
        first = 0
        for plan, size in zip(plans, sizes, strict=True):
            _run_block(plan, block, cells, range(first, first + size))
            first += size
            while block.beyond:
                column, row = block.beyond.pop()
                beyond.append(Beyond.at(plan, column, row))

    workers = min(len(starts), os.cpu_count() or 1)
    if workers > 1:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(run, starts))
    else:
        for start in starts:
            run(start)
    return {name: each.T for name, each in attrs.asdict(cells).items()}, sorted(beyond)


def _run_block(plan: Plan, block: Block, out: Cells, kept: range) -> None:
    """Score a block on one plan, whose first nodes' figures are kept in some rows of cells."""
    sums: dict[int, Sums] = {}
    for column, leaf in plan.leaves.items():
        if column >= len(kept) and leaf.looked_up and column not in plan.gathered:
            continue
        found = leaf.outcomes(block.columns, block.rows)
        if not leaf.looked_up:
            block.take_out(column, found.values)
        real = (found.statuses == SCORED).astype(np.float64)
        sums[column] = Sums(found.values, real, found.propagated)
        if column < len(kept):
            to = kept[column], block.rows
            out.values[to] = found.values
            out.coverage[to] = ~np.isnan(found.values)
            out.answered[to] = real
            out.statuses[to] = found.statuses
            out.causes[to] = found.causes
    for branch in plan.branches:
        room = (kept[branch.column], block.rows) if branch.column < len(kept) else None
        value = np.empty(block.size) if room is None else out.values[room]
        try:
            coverage, answered, cause = _run_branch(branch, block, sums, value)
        except MethodError as error:
            raise refused(plan, branch, error) from None
        if plan.rounds:
            value[:] = rounded(value, plan.rules.rounding.decimals, plan.rules.rounding.rule)
        sums[branch.column] = Sums(value, answered)
        if room is not None:
            out.coverage[room] = coverage
            out.answered[room] = answered
            if cause is not None:
                out.causes[room] = cause
                out.statuses[room] = np.where(cause > 0, np.int8(MISSING), np.int8(SCORED))


def _run_branch(
    branch: Branch, block: Block, sums: Mapping[int, Sums], value: FloatArray
) -> tuple[Weights, Weights, NDArray[np.int8] | None]:
    """Fill in the values of a node; give coverage, answered share and cause of what is missing."""
    value.fill(0.0)
    weight: Weights = 0.0
    answered: Weights = 0.0
    for chunk in branch.chunks:
        positions = block.positions(chunk.members)
        value += block.look_up(chunk.total, positions)
        if _has_gaps(chunk, block):
            weight = _plus(weight, block.look_up(chunk.weight, positions))
            answered = _plus(answered, block.look_up(chunk.answered, positions))
        else:
            weight = _plus(weight, chunk.complete)
            answered = _plus(answered, chunk.complete)
    for column, factor, share in branch.others:
        child = sums[column]
        gap = np.isnan(child.value)
        if branch.terms is not None:
            with np.errstate(over="ignore"):
                value += _terms(branch.terms, child, gap, factor)
            # Terms of other means may be infinite where their value is not: the logarithm of 0.
            if branch.unbounded and branch.terms.linear:
                block.take_out(branch.column, value)
        weight = _plus(weight, np.where(gap, 0.0, share) if gap.any() else share)
        answered = _plus(answered, share * child.answered)
    with np.errstate(over="ignore"):
        lost = _gather(branch, sums, value) if branch.terms is None else None
        coverage, cause = _finish(branch, value, weight, lost)
        if branch.rescaling is not None:
            value[:] = branch.rescaling.normalise(value)
    if branch.unbounded:
        block.take_out(branch.column, value)
    low, high = branch.bounds
    np.maximum(value, low, out=value)
    np.minimum(value, high, out=value)
    return coverage, answered / branch.complete, cause


def _has_gaps(chunk: Chunk, block: Block) -> bool:
    return any(block.gaps[item] for item, _ in chunk.members)


def _plus(total: Weights, more: Weights) -> Weights:
    if isinstance(total, np.ndarray):
        total += more
        return total
    return total + more


def _terms(
    by: SeparableAggregation, child: Sums, gap: NDArray[np.bool_], factor: float
) -> FloatArray:
    """Terms of one child: none where it has a gap, and NaN where it stops the node."""
    if not gap.any():
        return np.asarray(factor * by.before(child.value))
    terms = factor * by.before(np.where(gap, 1.0, child.value))
    terms[gap] = 0.0
    if child.propagated is not None:
        terms[child.propagated] = np.nan
    return np.asarray(terms)


def _gather(
    branch: Branch, sums: Mapping[int, Sums], value: FloatArray
) -> NDArray[np.bool_] | None:
    """Fill in what an aggregation of all children at once gives; NaN where one stops the node.

    Gives where the aggregation finds no value, None where it always does.
    """
    children = [sums[column] for column, *_ in branch.others]
    weights = np.array([share for *_, share in branch.others])
    found = branch.aggregation.aggregate(np.stack([c.value for c in children], axis=1), weights)
    lost = np.isnan(found)
    np.copyto(value, np.where(lost, 0.0, found))
    for child in children:
        if child.propagated is not None:
            value[child.propagated] = np.nan
    return lost if lost.any() else None


def _finish(
    branch: Branch, value: FloatArray, weight: Weights, lost: NDArray[np.bool_] | None
) -> tuple[Weights, NDArray[np.int8] | None]:
    """Turn the sums in ``value`` into values; give coverage and, where any is missing, causes."""
    if not isinstance(weight, np.ndarray) and lost is None:
        _finish_in_place(branch, value, weight)
        return weight / branch.complete, None
    weight = np.broadcast_to(weight, value.shape)
    coverage = weight / branch.complete
    thin = (coverage < branch.minimum_coverage) | (weight <= 0)
    if lost is not None:
        thin |= lost
    stopped = np.isnan(value)
    gap = thin | stopped
    value[gap] = 0.0
    _finish_in_place(branch, value, np.where(gap, 1.0, weight))
    value[gap] = np.nan
    cause = np.where(stopped, PROPAGATED, np.where(thin, COVERAGE, 0)).astype(np.int8)
    return coverage, cause


def _finish_in_place(branch: Branch, value: FloatArray, weight: Weights) -> None:
    if branch.terms is None or branch.terms.adds:
        return
    if branch.terms.linear:
        np.divide(value, weight, out=value)
    else:
        value[:] = branch.terms.after(value, weight)
