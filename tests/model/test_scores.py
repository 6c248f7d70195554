"""Scores: looked up by agency and node, published, ranked and laid out as a table."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.documents.keywords import base

import agencyindex as ai
from agencyindex._model.scores import Scores


@pytest.fixture
def scores() -> Scores:
    """Three agencies, the last without answers, in one index with one indicator."""
    return ai.load(base("scores", "full"), Scores)


def test_a_score_is_looked_up_by_agency_and_node(scores: Scores) -> None:
    """An index's own score carries its band, a node's does not, and a missing one has nothing."""
    assert len(scores) == 3
    assert [node.id for node in scores.roots()] == ["example"]
    found = scores.get("b", "example")
    assert (found.value, found.published, found.rank, found.band) == (0.75, 0.8, 1.0, "high")
    found = scores.get("b", "example", "size")
    assert (found.band, found.status, found.cause) == ("", "imputed", "refused")
    found = scores.get("c", "example")
    assert (found.value, found.published, found.rank, found.band) == (None, None, None, "")


@pytest.mark.parametrize(("agency", "index", "node"), [("z", "example", None), ("a", "size", None)])
def test_what_was_not_scored_is_not_found(
    scores: Scores, agency: str, index: str, node: str | None
) -> None:
    """An unknown agency or node is a key error, not a missing score."""
    with pytest.raises(KeyError):
        scores.get(agency, index, node)


def test_a_column_has_the_raw_values_of_a_node(scores: Scores) -> None:
    """Values of a node by agency, not rounded; without a node those of the index."""
    expected = np.array([0.25, 0.75, np.nan])
    np.testing.assert_array_equal(scores.column("example"), expected)
    np.testing.assert_array_equal(scores.column("example", "size"), expected)


def test_a_table_has_a_row_for_each_agency_and_node(scores: Scores) -> None:
    """All nodes of the first agency come first, and every column is as long as the others."""
    table = scores.columns()
    assert {len(column) for column in table.values()} == {6}
    assert list(table["agency"]) == ["a", "a", "b", "b", "c", "c"]
    assert list(table["node"]) == ["example", "size"] * 3
    assert list(table["kind"]) == ["index", "indicator"] * 3
    assert list(table["cause"]) == ["", "", "", "refused", "not_answered", "not_answered"]
    assert [None if math.isnan(rank) else rank for rank in table["rank"]] == [
        2,
        2,
        1,
        1,
        None,
        None,
    ]


def test_a_fingerprint_is_worked_out_when_it_is_asked_for() -> None:
    """What made the scores may be named by its fingerprint or by a function that gives it."""
    asked: list[str] = []

    def responses() -> str:
        asked.append("responses")
        return "b" * 64

    document = base("scores", "minimal")
    made_from = {"questionnaire": "a" * 64, "responses": responses}
    loaded = ai.load(document, Scores)
    scores = Scores(
        edition="2026",
        agencies=(),
        nodes=loaded.nodes,
        values=loaded.values,
        coverage=loaded.coverage,
        answered=loaded.answered,
        statuses=loaded.statuses,
        causes=loaded.causes,
        rules=loaded.rules,
        made_from=made_from,
    )
    assert asked == []
    assert scores.fingerprints == {"questionnaire": "a" * 64, "responses": "b" * 64}
    assert scores.fingerprints["responses"] == "b" * 64
    assert asked == ["responses"]
