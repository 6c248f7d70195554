"""Scores: the values of every node for every agency, with what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._model.definition import Ranking, Rounding, ScoreBands
from agencyindex._model.text import Text
from agencyindex.methods.protocols import FloatArray
from agencyindex.methods.ranking import band_positions, ranks
from agencyindex.methods.rounding import rounded

NodeKind: TypeAlias = Literal["index", "dimension", "indicator"]

STATUSES = ("scored", "imputed", "excluded", "missing")
"""Of a node for an agency: its value comes from answers (or from its children); a missing answer
was given a value by rule; a missing answer was left out; there is no value."""

CAUSES = (
    "",
    "not_answered",
    "dont_know",
    "refused",
    "not_applicable",
    "not_asked",
    "coverage",
    "propagated",
)
"""Why a status is not "scored": the reason for a missing answer, too little coverage of a node,
or a missing part that makes the whole missing."""


@attrs.frozen(kw_only=True)
class ScoredNode:
    """A node whose values stand in a column of `Scores`.

    Parameters
    ----------
    index
        Id of the index.
    id
        Id of the node; the index's own id for its root.
    parent
        Id of the node above, None for the root.
    kind
        ``index``, ``dimension`` or ``indicator``.
    weight
        Nominal share among the siblings, from 0 to 1; 1 for the root.
    lower, upper
        Lowest and highest attainable value; infinite where there is no bound.
    title
        For people.
    """

    index: str
    id: str
    parent: str | None
    kind: NodeKind
    weight: float
    lower: float
    upper: float
    title: Text = ""


@attrs.frozen(kw_only=True)
class PublishingRules:
    """How the figures of one index are published."""

    rounding: Rounding
    ranking: Ranking
    bands: ScoreBands | None = None


@attrs.frozen(kw_only=True)
class Score:
    """One node's value for one agency.

    Parameters
    ----------
    value
        Unrounded (unless the definition rounds at every level), None where missing.
    published
        As the definition publishes it, None where missing.
    rank
        Among the agencies that were scored together, None where missing.
    band
        Name of the class of an index's published score; "" where there is none.
    coverage
        Share of the children's nominal weight that has a value, from 0 to 1.
    answered
        Share of the nominal weight of the indicators below that was answered, from 0 to 1.
    status, cause
        One of `STATUSES` and, unless scored, one of `CAUSES`.
    """

    value: float | None
    published: float | None
    rank: float | None
    band: Text
    coverage: float
    answered: float
    status: str
    cause: str


@attrs.frozen(kw_only=True, eq=False, slots=False)
class Scores:
    """The scores of agencies in one or several indices.

    Parameters
    ----------
    edition
        Edition of the survey.
    agencies
        Ids of the n agencies.
    nodes
        The k nodes, an index's root before its parts.
    values
        (n, k) float64; NaN where there is no value, and then ``causes`` says why.
    coverage, answered
        (n, k) float64 from 0 to 1, as in `Score`.
    statuses, causes
        (n, k) int8, positions in `STATUSES` and `CAUSES`.
    rules
        How each index publishes its figures.
    made_from
        Fingerprints of what made the scores, or functions that give them: "questionnaire",
        "index <id>" for each index, "responses" where there were many, "register" where an
        attribute was read, and "previous" where a population learnt from the edition before.
    title, note
        For people.
    synthetic
        True where answers, agencies or index were made up, or what the index has learnt from.
    id, version
        Name and version of the scores as a document.
    """

    edition: str
    agencies: tuple[str, ...]
    nodes: tuple[ScoredNode, ...]
    values: FloatArray
    coverage: FloatArray
    answered: FloatArray
    statuses: NDArray[np.int8]
    causes: NDArray[np.int8]
    rules: Mapping[str, PublishingRules]
    made_from: Mapping[str, str | Callable[[], str]] = attrs.field(factory=dict)
    title: Text = ""
    note: Text = ""
    synthetic: bool = False
    id: str = "scores"
    version: str = "1.0.0"

    def __len__(self) -> int:
        return len(self.agencies)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each thing that made the scores."""
        return {
            name: each if isinstance(each, str) else each() for name, each in self.made_from.items()
        }

    @cached_property
    def published(self) -> FloatArray:
        """(n, k) float64: values as published, NaN where missing."""
        result = self.values.copy()
        for column, node in enumerate(self.nodes):
            rounding = self.rules[node.index].rounding
            if rounding.where == "published":
                result[:, column] = rounded(
                    self.values[:, column], rounding.decimals, rounding.rule
                )
        return result

    @cached_property
    def ranks(self) -> FloatArray:
        """(n, k) float64: ranks among these agencies, 1 the first, NaN where missing."""
        result = np.empty_like(self.values)
        for column, node in enumerate(self.nodes):
            ranking = self.rules[node.index].ranking
            source = self.values if ranking.on == "raw" else self.published
            result[:, column] = ranks(
                source[:, column],
                ties=ranking.ties,
                descending=ranking.first == "highest",
            )
        return result

    @cached_property
    def _agency_rows(self) -> dict[str, int]:
        return {agency: row for row, agency in enumerate(self.agencies)}

    @cached_property
    def _node_columns(self) -> dict[tuple[str, str], int]:
        return {(node.index, node.id): i for i, node in enumerate(self.nodes)}

    def column(self, index: str, node: str | None = None) -> FloatArray:
        """(n,) unrounded values of an index, or of a node of it."""
        return self.values[:, self._node_columns[index, node or index]]

    def get(self, agency: str, index: str, node: str | None = None) -> Score:
        """One agency's score in an index, or in a node of it.

        Raises
        ------
        KeyError
            Where there is no such agency or node.
        """
        row = self._agency_rows[agency]
        column = self._node_columns[index, node or index]
        missing = bool(np.isnan(self.values[row, column]))
        return Score(
            value=None if missing else float(self.values[row, column]),
            published=None if missing else float(self.published[row, column]),
            rank=None if missing else float(self.ranks[row, column]),
            band=self._band(row, column),
            coverage=float(self.coverage[row, column]),
            answered=float(self.answered[row, column]),
            status=STATUSES[self.statuses[row, column]],
            cause=CAUSES[self.causes[row, column]],
        )

    def _band(self, row: int, column: int) -> Text:
        bands = self.rules[self.nodes[column].index].bands
        if bands is None or self.nodes[column].kind != "index":
            return ""
        position = band_positions(
            self.published[row : row + 1, column],
            bands.thresholds,
            upper=bands.closed == "upper",
        )[0]
        return "" if position < 0 else bands.labels[position]

    def columns(self) -> dict[str, Sequence[Any] | NDArray[Any]]:
        """The scores as a table: a row for each agency and node, ready for any data frame.

        Returns
        -------
        dict
            ``agency``, ``index``, ``node``, ``kind``, ``value``, ``published``, ``rank``,
            ``coverage``, ``answered``, ``status``, ``cause``: sequences of n x k entries,
            all nodes of the first agency first. NaN where there is no value.
        """
        n, k = len(self.agencies), len(self.nodes)
        return {
            "agency": [agency for agency in self.agencies for _ in range(k)],
            "index": [node.index for node in self.nodes] * n,
            "node": [node.id for node in self.nodes] * n,
            "kind": [node.kind for node in self.nodes] * n,
            "value": self.values.ravel(),
            "published": self.published.ravel(),
            "rank": self.ranks.ravel(),
            "coverage": self.coverage.ravel(),
            "answered": self.answered.ravel(),
            "status": [STATUSES[code] for code in self.statuses.ravel()],
            "cause": [CAUSES[code] for code in self.causes.ravel()],
        }

    def roots(self) -> Iterator[ScoredNode]:
        """The nodes that are indices."""
        return (node for node in self.nodes if node.kind == "index")
