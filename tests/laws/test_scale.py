"""Law: lower <= score <= upper for every score of an index that promises a scale."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from tests.strategies import Case, cases, law

import agencyindex as ai


@law
@given(cases(scaled=True))
def test_scores_lie_in_the_scale(case: Case) -> None:
    """Neither a score nor its published figure leaves the scale, by as little as a bit."""
    scale = case.definition.scale
    assert scale is not None
    scores = ai.score(case.fitted, case.responses)
    for figures in (scores.values[:, 0], scores.published[:, 0]):
        found = figures[~np.isnan(figures)]
        assert ((scale.lower <= found) & (found <= scale.upper)).all()


@law
@given(cases(answered={"complete": True}, asked={"routing": False}))
def test_values_lie_in_the_attainable_range(case: Case) -> None:
    """With every question answered, each node keeps to its stated range, last bits aside."""
    scores = ai.score(case.fitted, case.responses)
    for column, node in enumerate(scores.nodes):
        found = scores.values[:, column]
        found = found[~np.isnan(found)]
        slack = 1e-14 * np.abs(found)
        assert ((node.lower <= found + slack) & (found - slack <= node.upper)).all(), node


@law
@given(cases())
def test_shares_lie_between_zero_and_one(case: Case) -> None:
    """Coverage and the answered share are shares; no more is answered than has a value."""
    scores = ai.score(case.fitted, case.responses)
    for shares in (scores.coverage, scores.answered):
        assert ((shares >= 0) & (shares <= 1)).all()
