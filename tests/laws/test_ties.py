"""Published figures, ranks and classes are those of exact numbers, ties among them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.small import USERS, index, indicator, questionnaire

import agencyindex as ai

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}
NAMES = [f"x{number}" for number in range(6)]
QUESTIONNAIRE = ai.load(questionnaire(*[{**USERS, "id": name} for name in NAMES]), ai.Questionnaire)
TENTHS = st.integers(-1000, 1000).map(lambda tenths: Fraction(tenths, 10))
WEIGHTS = st.sampled_from([Fraction(1), Fraction(2), Fraction("0.15"), Fraction("0.35")])


POSITIVE = st.integers(0, 40).map(lambda tenths: Fraction(tenths, 10))


def _published(exact: Fraction, decimals: int, rule: str) -> float:
    """The exact number rounded, as a float: no tie is in doubt."""
    steps = exact * 10**decimals
    whole = steps.numerator // steps.denominator
    above = steps - whole
    if above == Fraction(1, 2):
        tie = (Decimal(2 * whole + 1) / 2).quantize(Decimal(1), rounding=MODES[rule])
        return float(Fraction(int(tie)) / 10**decimals)
    return float((Fraction(whole) + (above > Fraction(1, 2))) / 10**decimals)


def _score(values: list[Fraction], rule: str, decimals: int, **changes: Any) -> ai.Scores:
    leaves = [indicator(f"of_{name}", name, "number") for name in NAMES[: len(values)]]
    for leaf, weight in zip(leaves, changes.pop("weights", [1] * len(values)), strict=True):
        leaf["weight"] = float(weight)
    document = index(
        {"number": {"method": "number"}},
        *leaves,
        weighting={"method": "fixed"},
        rounding={"where": changes.pop("where", "published"), "decimals": decimals, "rule": rule},
        **changes,
    )
    answers = dict(zip(NAMES, map(float, values), strict=False))
    fitted = ai.freeze(ai.load(document, ai.IndexDefinition), QUESTIONNAIRE)
    return ai.score(fitted, ai.Response("a", answers))


@pytest.mark.parametrize("rule", MODES)
@pytest.mark.parametrize("method", ["arithmetic", "sum"])
@given(
    pairs=st.lists(st.tuples(TENTHS, WEIGHTS), min_size=1, max_size=6), decimals=st.integers(0, 3)
)
def test_a_mean_or_a_sum_is_published_as_exact_numbers_would_be(
    rule: str, method: str, pairs: list[tuple[Fraction, Fraction]], decimals: int
) -> None:
    """Whatever the weights, and however often the exact figure is a tie."""
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    exact = sum((value * weight for value, weight in pairs), Fraction(0))
    if method == "arithmetic":
        exact /= sum(weights)
    scores = _score(values, rule, decimals, weights=weights, aggregation={"method": method})
    assert _published(exact, decimals, rule) == scores.get("a", "i").published


@pytest.mark.parametrize("rule", MODES)
@pytest.mark.parametrize("where", ["published", "every_level"])
@given(value=st.integers(0, 1000).map(lambda hundredths: Fraction(hundredths, 100)))
def test_a_value_on_another_scale_too(rule: str, where: str, value: Fraction) -> None:
    """9.95 of 10 are 99.5 of 100."""
    line = {"method": "goalposts", "goalposts": [0, 10], "to": [0, 100], "clip": True}
    scores = _score([value], rule, 0, where=where, normalisation=line)
    assert _published(value * 10, 0, rule) == scores.get("a", "i").published


@pytest.mark.parametrize("rule", MODES)
@given(values=st.lists(TENTHS, min_size=2, max_size=6))
def test_means_of_rounded_values(rule: str, values: list[Fraction]) -> None:
    """At every level the mean of what is printed is rounded as it is on paper."""
    printed = [Fraction(Decimal(repr(_published(value, 0, rule)))) for value in values]
    scores = _score(values, rule, 0, where="every_level")
    assert (
        _published(sum(printed, Fraction(0)) / len(printed), 0, rule)
        == scores.get("a", "i").published
    )


@st.composite
def _surveys(draw: st.DrawFn) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Answers of some agencies, and weights: the same ones in other places are often as good."""
    weights = draw(st.lists(WEIGHTS, min_size=2, max_size=6))
    row = st.lists(POSITIVE, min_size=len(weights), max_size=len(weights))
    rows = draw(st.lists(row, min_size=1, max_size=3))
    again = [draw(st.permutations(each)) for each in rows for _ in range(2)]
    return [*rows, *again], weights


def _survey(rows: list[list[Fraction]], weights: list[Fraction], **changes: Any) -> ai.Scores:
    leaves = [
        {**indicator(f"of_{name}", name, "number"), "weight": float(weight)}
        for name, weight in zip(NAMES, weights, strict=False)
    ]
    document = index({"number": {"method": "number"}}, *leaves, **changes)
    answers = [
        {"agency": f"a{place}", **dict(zip(NAMES, map(float, row), strict=False))}
        for place, row in enumerate(rows)
    ]
    items = [{**USERS, "id": name} for name in NAMES[: len(weights)]]
    asked = ai.load(questionnaire(*items), ai.Questionnaire)
    responses = ai.read_responses(answers, asked, agency="agency", edition="e")
    return ai.score(ai.fit(ai.load(document, ai.IndexDefinition), responses), responses)


def _means(rows: list[list[Fraction]], weights: list[Fraction]) -> list[Fraction]:
    return [
        sum((x * weight for x, weight in zip(row, weights, strict=True)), Fraction(0))
        / sum(weights)
        for row in rows
    ]


@pytest.mark.parametrize("first", ["highest", "lowest"])
@given(survey=_surveys())
def test_ranks_of_unrounded_means_are_those_of_exact_numbers(
    first: str, survey: tuple[list[list[Fraction]], list[Fraction]]
) -> None:
    """Whoever is level on paper is level, and nobody else."""
    rows, weights = survey
    ranking = {"on": "raw", "ties": "smallest", "first": first}
    scores = _survey(rows, weights, weighting={"method": "fixed"}, ranking=ranking)
    exact = _means(rows, weights)
    expected = [
        1 + sum(other > mean if first == "highest" else other < mean for other in exact)
        for mean in exact
    ]
    assert [scores.get(agency, "i").rank for agency in scores.agencies] == expected


@pytest.mark.parametrize("closed", ["upper", "lower"])
@given(survey=_surveys(), place=st.integers(0, 2))
def test_classes_of_unrounded_means_are_those_of_exact_numbers(
    closed: str, survey: tuple[list[list[Fraction]], list[Fraction]], place: int
) -> None:
    """Whoever stands on a limit on paper, such as another's mean, is in the class that it says."""
    rows, weights = survey
    exact = _means(rows, weights)
    limit = exact[place % len(exact)]
    bands = {"thresholds": [float(limit)], "closed": closed, "labels": ["low", "high"]}
    scores = _survey(rows, weights, weighting={"method": "fixed"}, bands=bands)
    expected = [
        "high" if mean > limit or (mean == limit and closed == "upper") else "low" for mean in exact
    ]
    assert [scores.get(agency, "i").band for agency in scores.agencies] == expected


@given(survey=_surveys())
def test_ranks_that_a_node_is_rescaled_to_are_those_of_exact_numbers(
    survey: tuple[list[list[Fraction]], list[Fraction]],
) -> None:
    """What is ranked may be computed: a mean that is brought to ranks, and frozen so."""
    rows, weights = survey
    rescaling = {"method": "rank", "ties": "average"}
    scores = _survey(rows, weights, weighting={"method": "fixed"}, rescaling=rescaling)
    exact = _means(rows, weights)
    expected = [
        Fraction(2 * sum(other < mean for other in exact) + exact.count(mean) + 1, 2)
        for mean in exact
    ]
    assert [scores.get(agency, "i").value for agency in scores.agencies] == expected
