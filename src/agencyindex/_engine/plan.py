"""A definition compiled once: look-up tables to add, in one fixed order for every kernel."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, isinf
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._documents.ranges import ranges
from agencyindex._documents.resolve import (
    Resolved,
    attributes_used,
    factors,
    nominal_weight,
    resolve,
    weighted_children,
    whole_weights,
)
from agencyindex._engine.closely import closely
from agencyindex._engine.leaves import SCORED, Leaf, compile_leaf
from agencyindex._model.definition import Dimension, IndexDefinition, Indicator, Node
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.scores import NodeKind, PublishingRules, ScoredNode
from agencyindex.errors import Findings, MethodError, Place
from agencyindex.methods.protocols import (
    Aggregation,
    FloatArray,
    Normalisation,
    Range,
    SeparableAggregation,
)

LARGEST_TABLE = 4096
"""Entries of a joint table; more would leave the processor's nearest cache."""

Member: TypeAlias = tuple[Leaf, float, float]
"""A coded child, what its term is multiplied by, and its weight."""


@attrs.frozen(eq=False, kw_only=True)
class Chunk:
    """Some coded indicators of one node, looked up jointly.

    The joint position is ((first code x size + second code) x size + ...). Each table adds the
    members from left to right, so that it holds, bit for bit, what adding them would give.

    Parameters
    ----------
    members
        Item and number of codes of each member.
    total, weight, answered
        Weighted terms (NaN where a missing answer makes the node missing), weights of what has
        a value, weights of what was answered.
    complete
        Weight of all members.
    nested
        The three tables once more, side by side in lists within lists, one level for each
        member's code, which plain Python reads faster.
    places
        Position of each member's item in the questionnaire.
    """

    members: tuple[tuple[str, int], ...]
    total: FloatArray
    weight: FloatArray
    answered: FloatArray
    complete: float
    nested: list[Any]
    places: tuple[int, ...]


@attrs.frozen(eq=False, kw_only=True)
class Branch:
    """An inner node ready to aggregate: its chunks first, then its other children by id.

    Parameters
    ----------
    column
        Position among the plan's nodes.
    aggregation, minimum_coverage, rescaling
        As resolved.
    terms
        The aggregation, where it is a sum of terms; None where it takes all children at once.
    bounds
        The range that no exact value can leave; a sum in floating point might, by its last bit.
    unbounded
        Whether a child has no such range, so that a sum may be beyond all floats.
    complete
        Weight of all children, added in the order in which the kernels add.
    chunks
        Coded indicators, jointly.
    others
        Position among the plan's nodes of every other child, what its term is multiplied by, and
        its weight. Both are the same, except in a sum: its terms take the stated weights. Where
        there are no terms, these are all the children.
    """

    column: int
    aggregation: Aggregation
    terms: SeparableAggregation | None
    minimum_coverage: float
    rescaling: Normalisation | None
    bounds: Range
    unbounded: bool
    complete: float
    chunks: tuple[Chunk, ...]
    others: tuple[tuple[int, float, float], ...]
    pairs: tuple[tuple[list[Any], tuple[int, ...]], ...] = attrs.field(init=False)
    """Nested tables and places of the chunks, as the kernel for one response reads them."""

    @pairs.default
    def _pairs_of_chunks(self) -> tuple[tuple[list[Any], tuple[int, ...]], ...]:
        return tuple((chunk.nested, chunk.places) for chunk in self.chunks)


@attrs.frozen(eq=False, kw_only=True)
class CodedLeaves:
    """The figures of all leaves that are look-ups, in one table.

    Parameters
    ----------
    columns, places
        Position of each leaf among the nodes, and of its item in the questionnaire.
    starts
        Where the codes of each leaf begin in the table.
    figures
        Value, coverage, answered share, status and cause for each code: (codes, 5).
    """

    columns: NDArray[np.intp]
    places: NDArray[np.intp]
    starts: NDArray[np.intp]
    figures: FloatArray


@attrs.frozen(eq=False, kw_only=True)
class Plan:
    """All that scoring needs of one fitted index.

    Parameters
    ----------
    nodes
        Every node, the root first, parents before children.
    leaves
        By position among the nodes.
    branches
        Inner nodes, children before parents; the root is the last.
    row_wise
        Positions of the leaves that are no look-up.
    coded
        The other leaves.
    rules
        Rounding, ranking and bands.
    rounds
        Whether every level is rounded.
    gathered
        Positions of the leaves whose values are needed one by one.
    compares
        Whether agencies are set against each other, so that all must be scored at once.
    numbers, groups
        Attributes of the register that are read as numbers and as groups.
    read
        Keys of the columns that are read row by row.
    """

    nodes: tuple[ScoredNode, ...]
    leaves: dict[int, Leaf]
    branches: tuple[Branch, ...]
    row_wise: tuple[int, ...]
    coded: CodedLeaves
    rules: PublishingRules
    rounds: bool
    gathered: frozenset[int]
    compares: bool
    numbers: frozenset[str]
    groups: frozenset[str]
    read: frozenset[str]

    @property
    def rescalings(self) -> dict[str, Normalisation]:
        """Of the nodes that have one, by id."""
        return {
            self.nodes[branch.column].id: branch.rescaling
            for branch in self.branches
            if branch.rescaling is not None
        }


def compile_plan(definition: IndexDefinition, questionnaire: Questionnaire) -> Plan:
    """Compile a definition in which nothing is left to learn.

    Raises
    ------
    MethodError
        Where a step refuses the points of an answer; all that are refused.
    """
    compiler = _Compiler(definition, questionnaire)
    compiler.visit(definition, None, 1.0)
    compiler.findings.raise_as(MethodError)
    leaves, branches = compiler.leaves, tuple(compiler.branches)
    used = attributes_used(definition)
    row_wise = tuple(column for column, leaf in leaves.items() if not leaf.looked_up)
    gathered = {column for each in branches if each.terms is None for column, *_ in each.others}
    return Plan(
        nodes=tuple(compiler.nodes),
        leaves=leaves,
        branches=branches,
        row_wise=row_wise,
        coded=_coded_leaves(leaves),
        rounds=definition.rounding.where == "every_level",
        gathered=frozenset(gathered & set(leaves)),
        compares=any(branch.aggregation.compares for branch in branches),
        numbers=frozenset(used.numbers),
        groups=frozenset(used.groups),
        read=frozenset(key for column in row_wise for key in leaves[column].rows.keys),
        rules=PublishingRules(
            rounding=definition.rounding, ranking=definition.ranking, bands=definition.bands
        ),
    )


class _Compiler:
    """Nodes from the root down, branches from the leaves up."""

    def __init__(self, definition: IndexDefinition, questionnaire: Questionnaire) -> None:
        self.definition = definition
        self.questionnaire = questionnaire
        self.resolved = resolve(definition)
        self.ranges = ranges(definition, questionnaire)
        self.nodes: list[ScoredNode] = []
        self.leaves: dict[int, Leaf] = {}
        self.branches: list[Branch] = []
        self.findings = Findings()

    def visit(self, node: IndexDefinition | Node, parent: str | None, share: float) -> int:
        """Compile a node and those below it; give its position."""
        column = len(self.nodes)
        limits = self.ranges.attainable[node.id]
        self.nodes.append(_scored_node(self.definition.id, node, parent, share, limits))
        here = self.resolved[node.id]
        if isinstance(node, Indicator):
            try:
                leaf = compile_leaf(node, self.definition, self.questionnaire, here)
                self.leaves[column] = leaf
            except MethodError as error:
                self.findings.note(error, Place(index=self.definition.id, node=node.id))
            return column
        sum_of_weights = fsum(map(nominal_weight, weighted_children(node)))
        columns = {
            child.id: self.visit(child, node.id, nominal_weight(child) / sum_of_weights)
            for child in node.children
        }
        here = closely(here, self.definition.rounding)
        node = self.with_goalposts(node)
        if not self.findings:
            branch = _branch(node, column, columns, self.leaves, here, self.ranges.bounds)
            self.branches.append(branch)
        return column

    def with_goalposts(self, node: IndexDefinition | Dimension) -> IndexDefinition | Dimension:
        """The node with goalposts where its rescaling is of what is attainable."""
        if node.rescaling is None:
            return node
        try:
            rescaling = node.rescaling.fit(np.empty(0), self.ranges.unscaled[node.id])
        except MethodError as error:
            self.findings.note(error, Place(index=self.definition.id, node=node.id))
            return node
        return attrs.evolve(node, rescaling=rescaling)


def _coded_leaves(leaves: dict[int, Leaf]) -> CodedLeaves:
    coded = {column: leaf for column, leaf in leaves.items() if leaf.looked_up}
    figures = [np.empty((0, 5))]
    for leaf in coded.values():
        table = leaf.table
        there, real = ~np.isnan(table.values), table.statuses == SCORED
        figures.append(np.stack([table.values, there, real, table.statuses, table.causes], axis=1))
    sizes = [len(part) for part in figures[:-1]]
    return CodedLeaves(
        columns=np.array(list(coded), dtype=np.intp),
        places=np.array([leaf.place for leaf in coded.values()], dtype=np.intp),
        starts=np.cumsum(sizes, dtype=np.intp)[: len(coded)],
        figures=np.concatenate(figures),
    )


def _scored_node(
    index: str, node: IndexDefinition | Node, parent: str | None, share: float, limits: Range
) -> ScoredNode:
    kind: NodeKind = (
        "indicator" if isinstance(node, Indicator) else "dimension" if parent else "index"
    )
    return ScoredNode(
        index=index,
        id=node.id,
        parent=parent,
        kind=kind,
        weight=share,
        lower=limits[0],
        upper=limits[1],
        title=node.title,
    )


def _branch(
    node: IndexDefinition | Dimension,
    column: int,
    columns: dict[str, int],
    leaves: dict[int, Leaf],
    resolved: Resolved,
    limits: Mapping[str, Range],
) -> Branch:
    coded: list[Member] = []
    others: list[tuple[int, float, float]] = []
    children = weighted_children(node)
    weights = whole_weights(children)
    terms = factors(children, resolved.aggregation)
    separable = (
        resolved.aggregation if isinstance(resolved.aggregation, SeparableAggregation) else None
    )
    for child, factor, weight in zip(children, terms, weights, strict=True):
        leaf = leaves.get(columns[child.id])
        if separable is not None and leaf is not None and leaf.looked_up:
            coded.append((leaf, factor, weight))
        else:
            others.append((columns[child.id], factor, weight))
    chunks: tuple[Chunk, ...] = ()
    if separable is not None:
        chunks = tuple(_chunk(members, separable) for members in _groups(coded))
    complete = 0.0
    for weight in (*(chunk.complete for chunk in chunks), *(weight for *_, weight in others)):
        complete += weight
    return Branch(
        column=column,
        aggregation=resolved.aggregation,
        terms=separable,
        minimum_coverage=resolved.minimum_coverage,
        rescaling=node.rescaling,
        bounds=limits[node.id],
        unbounded=any(isinf(end) for child in children for end in limits[child.id]),
        complete=complete,
        chunks=chunks,
        others=tuple(others),
    )


def _groups(coded: list[Member]) -> list[list[Member]]:
    """Consecutive members as long as their joint table stays small."""
    groups: list[list[Member]] = []
    size = LARGEST_TABLE + 1
    for member in coded:
        codes = member[0].codes
        size *= codes
        if size > LARGEST_TABLE:
            groups.append([])
            size = codes
        groups[-1].append(member)
    return groups


def _chunk(members: list[Member], aggregation: SeparableAggregation) -> Chunk:
    total, weight, answered = (np.zeros(1) for _ in range(3))
    complete = 0.0
    for number, (leaf, factor, share) in enumerate(members):
        has_value = ~np.isnan(leaf.table.values)
        terms = factor * aggregation.before(np.where(has_value, leaf.table.values, 1.0))
        terms = np.where(has_value, terms, 0.0)
        terms[leaf.table.propagated] = np.nan
        shares = np.where(has_value, share, 0.0)
        real = np.where(leaf.table.statuses == SCORED, share, 0.0)
        if number == 0:
            total, weight, answered, complete = terms, shares, real, share
        else:
            total, weight, answered = (
                _outer(table, more)
                for table, more in ((total, terms), (weight, shares), (answered, real))
            )
            complete += share
    sizes = [leaf.codes for leaf, *_ in members]
    return Chunk(
        members=tuple((leaf.source, leaf.codes) for leaf, *_ in members),
        total=total,
        weight=weight,
        answered=answered,
        complete=complete,
        nested=np.stack([total, weight, answered], axis=1).reshape(*sizes, 3).tolist(),
        places=tuple(leaf.place for leaf, *_ in members),
    )


def _outer(table: FloatArray, more: FloatArray) -> NDArray[np.float64]:
    return np.add.outer(table, more).ravel()
