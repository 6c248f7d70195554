"""Law: baseline + sum of contributions + rounding = score, to 1e-12 of the absolute terms."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from tests.rewriting import unrounded
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai
from agencyindex._documents.resolve import inner
from agencyindex.methods.aggregation import ArithmeticMean, Sum


@law
@given(cases())
def test_contributions_sum_to_the_score(case: Case) -> None:
    """Whatever the aggregations, what the indicators bring is the whole score."""
    for response in case.responses:
        explained = ai.explain(case.fitted, response)
        parts = [each.points for each in explained.contributions]
        value = explained.score.value
        if value is None:
            assert not any(parts)
            continue
        terms = [explained.baseline, *parts, explained.rounding]
        size = fsum(map(abs, terms))
        assert fsum(terms) == pytest.approx(value, rel=0, abs=1e-12 * size)
        if case.definition.rounding.where != "every_level":
            assert abs(explained.rounding) <= 1e-12 * size


@law
@given(cases())
def test_a_linear_contribution_is_share_times_value(case: Case) -> None:
    """Where every aggregation is linear, a contribution is the effective weight times the value."""
    definition = unrounded(case.definition)
    linear = all(
        node.aggregation in (None, Sum(), ArithmeticMean()) and node.rescaling is None
        for node in inner(definition)
    )
    for response in case.responses if linear else ():
        explained = ai.explain(fitted(definition, case.responses), response)
        for each in explained.contributions:
            expected = 0.0 if each.value is None else each.share * each.value
            if explained.score.value is None:
                expected = 0.0
            assert each.points == pytest.approx(expected, rel=1e-12, abs=0)
