"""What fitting refuses and records, word by word, and figures of explanations worked out apart."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

import agencyindex as ai
from agencyindex._engine.contributions import shapley_exact, shapley_sampled
from agencyindex.errors import MethodError, Place
from agencyindex.methods.aggregation import ArithmeticMean, GeometricMean, Sum
from agencyindex.methods.normalisation import Goalposts, MinMax

RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
OPTIONS = [{"value": "x"}, {"value": "none", "exclusive": True}, {"value": "y"}]

ITEMS = [
    {"id": "yes", "type": "yes_no"},
    {"id": "many", "type": "multiple_choice", "options": OPTIONS},
    {"id": "cost", "type": "number"},
    {"id": "fte", "type": "number"},
]
QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.0.0",
        "sections": [{"id": "s", "items": ITEMS}],
    },
    ai.Questionnaire,
)
MINMAX = {"method": "minmax", "to": [0, 100], "clip": True}
LINE = {"method": "linear", "lower": 0, "upper": 10, "outside": "clip", "better": "higher"}


def _index(*leaves: tuple[str, dict[str, Any]], **changes: Any) -> ai.IndexDefinition:
    """An index with one indicator, and a scoring of its own, for each item named."""
    document = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(RULES, "exclude"),
        "minimum_coverage": 0,
        "scorings": {f"of_{item}": scoring for item, scoring in leaves},
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": [
            {"id": f"{item}_", "item": item, "scoring": f"of_{item}"} for item, _ in leaves
        ],
    }
    return ai.load(document | changes, ai.IndexDefinition)


def _population(*answers: dict[str, Any], **head: Any) -> ai.Responses:
    listed = [ai.Response(f"a{number}", each) for number, each in enumerate(answers)]
    return ai.Responses.of(QUESTIONNAIRE, listed, **head)


YES = ("yes", {"method": "points", "points": {"yes": 1, "no": 0}})
COST = ("cost", LINE)
MEAN = {"missing": dict.fromkeys(RULES, "mean")}
RATIO = {"method": "ratio", "denominator": "fte", "when_zero": "error"}
TO_LEARN = "This step learns from a population, and none was given."

REFUSALS = [
    (
        MEAN,
        [{}, {"yes": ai.Missing.REFUSED}],
        "empty-population",
        'the missing rule "mean"',
        "None of the 2 agencies has a value.",
        'Give the points that a missing answer counts for, or "exclude".',
    ),
    (
        {"normalisation": MINMAX},
        [{}],
        "empty-population",
        "MinMax",
        "No agency has a value, so there is no range to learn.",
        'Use "goalposts", or answers of more agencies.',
    ),
    (
        {"normalisation": MINMAX},
        [{"yes": "yes"}, {"yes": "yes"}, {}],
        "constant-indicator",
        "MinMax",
        "All 2 agencies have the value 1, so the range is zero.",
        'Give "when_constant", or use "goalposts".',
    ),
]


@pytest.mark.parametrize(
    ("changes", "answers", "code", "method", "message", "mend"), REFUSALS, ids=range(3)
)
def test_fitting_says_what_a_population_lacks(
    changes: Any, answers: Any, code: str, method: str, message: str, mend: str
) -> None:
    """The one problem of fitting has its index, node, step and both sentences."""
    with pytest.raises(MethodError) as caught:
        ai.fit(_index(YES, **changes), _population(*answers))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place == Place(index="i", node="yes_", method=method)
    assert (problem.message, problem.mend) == (message, mend)


def test_freezing_names_every_step_that_learns() -> None:
    """Min-max and the rule "mean" are each told, at their node, with what to do."""
    with pytest.raises(MethodError) as caught:
        ai.freeze(_index(YES, normalisation=MINMAX, **MEAN), QUESTIONNAIRE)
    assert [(each.code, each.place, each.message, each.mend) for each in caught.value.problems] == [
        (
            "needs-population",
            Place(index="i", node="yes_", method=method),
            TO_LEARN,
            "Fit the definition on responses instead.",
        )
        for method in ('the missing rule "mean"', "MinMax")
    ]


def test_fitting_refuses_a_denominator_of_zero_among_the_population() -> None:
    """An answer that cannot be scored is told before anything is learnt from it."""
    population = _population({"cost": 1, "fte": 1}, {"cost": 1, "fte": 0})
    with pytest.raises(MethodError) as caught:
        ai.fit(_index(("cost", RATIO), normalisation=MINMAX), population)
    (problem,) = caught.value.problems
    assert problem.code == "zero-denominator"
    assert problem.place == Place(agency="a1", item="cost", index="i", node="cost_", method="Ratio")


def test_fitting_writes_what_it_learnt_at_each_indicator() -> None:
    """Goalposts and means stand at the indicators, at any depth, and nothing learnt above."""
    inner = {"id": "d", "children": [{"id": "yes_", "item": "yes", "scoring": "of_yes"}]}
    inner |= {"normalisation": MINMAX, "missing": {"refused": "mean", "dont_know": 0.5}}
    outer = {"id": "cost_", "item": "cost", "scoring": "of_cost", "direction": -1}
    index = _index(YES, COST, children=[inner, outer], **MEAN)
    answers = [{"yes": "yes", "cost": 4}, {"yes": "no", "cost": 8}, {"yes": "no"}]
    population = _population(*answers, edition="2031")
    fitted = ai.fit(index, population).definition
    dimension, cost = fitted.children
    leaf = dimension.children[0]
    assert leaf.normalisation == Goalposts(goalposts=(0.0, 1.0), to=(0.0, 100.0), clip=True)
    mean = pytest.approx(1 / 3, rel=1e-15, abs=0)
    assert {reason.value: rule for reason, rule in leaf.missing.items()} == {
        **dict.fromkeys(RULES, mean),
        "dont_know": 0.5,
    }
    assert {reason.value: rule for reason, rule in cost.missing.items()} == dict.fromkeys(
        RULES, pytest.approx(0.6, rel=1e-15, abs=0)
    )
    assert cost.normalisation is None
    assert dimension.normalisation is None
    assert {reason.value: rule for reason, rule in dimension.missing.items()} == {"dont_know": 0.5}
    assert dict(fitted.missing) == {}
    assert fitted.normalisation == index.normalisation
    assert fitted.population == ai.fit(index, population.take([2, 0, 1])).definition.population
    record = fitted.population
    assert (record.agencies, record.edition) == (3, "2031")
    assert record.responses == population.fingerprint()


def test_fitting_keeps_a_declared_normalisation_of_a_dimension() -> None:
    """Only what learns is taken away from a dimension; declared goalposts stay there."""
    declared = {"method": "goalposts", "goalposts": [0, 1], "to": [0, 10], "clip": False}
    inner = {"id": "d", "children": [{"id": "yes_", "item": "yes", "scoring": "of_yes"}]}
    index = _index(YES, children=[inner | {"normalisation": declared}], **MEAN)
    fitted = ai.fit(index, _population({"yes": "yes"}, {"yes": "no"}, {}))
    assert fitted.definition.children[0].normalisation == index.children[0].normalisation
    assert fitted.definition.children[0].children[0].normalisation is None
    scores = ai.score(fitted, ai.Response("z"))
    assert scores.get("z", "i").value == 5.0


def test_fitting_learns_the_same_bits_in_any_order_of_agencies() -> None:
    """The mean is added up by the agencies' ids, so that no order of rows changes it."""
    costs = [0.1, 0.7, 0.3, 1.1, 9.7, 3.3, 0.9]
    population = _population(*({"cost": cost} for cost in costs))
    index = _index(COST, **MEAN)
    found = {
        ai.fit(index, population.take(order)).definition.children[0].missing[ai.Missing.REFUSED]
        for order in list(permutations(range(7)))[::97]
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("scoring", "item", "answers", "ends"),
    [
        ({"method": "share"}, "many", [["x"], ["x", "y"], ["none"]], (0.0, 1.0)),
        ({"method": "share"}, "many", [["x"], ["x", "y"], {}], (0.5, 1.0)),
        ({"method": "count", "weights": {"x": 1, "y": 3}}, "many", [["x"], ["y"]], (1.0, 3.0)),
        (LINE, "cost", [3, 12, ai.Missing.REFUSED], (0.3, 1.0)),
        ({**RATIO, "when_zero": "refused"}, "cost", [8, 2, ai.Missing.REFUSED], (1.0, 4.0)),
    ],
)
def test_fitting_learns_from_what_is_answered(
    scoring: Any, item: str, answers: Any, ends: Any
) -> None:
    """Goalposts are the least and the greatest points of those that have any."""
    given = [{item: each, "fte": 2} if each else {"fte": 2} for each in answers]
    zero = [{item: 8, "fte": 0}] if scoring["method"] == "ratio" else []
    fitted = ai.fit(_index((item, scoring), normalisation=MINMAX), _population(*given, *zero))
    assert fitted.definition.children[0].normalisation == MinMax(to=(0, 100), clip=True).fit(
        np.array(ends), (0.0, 1.0)
    )


VALUES, BASE = np.array([4.0, 9.0, 1.0, 2.5]), np.array([1.0, 1.0, 1.0, 0.5])
WEIGHTS = np.array([1.0, 2.0, 3.0, 0.5])


@pytest.mark.parametrize("by", [Sum(), ArithmeticMean(), GeometricMean(zero="zero")])
def test_exact_contributions_are_the_mean_over_all_orders(by: Any) -> None:
    """Shapley values by subsets equal the gains of each child in every order, averaged."""
    gains = np.zeros(4)
    orders = list(permutations(range(4)))
    for order in orders:
        steps = [BASE.copy()]
        for child in order:
            steps.append(steps[-1].copy())
            steps[-1][child] = VALUES[child]
        worth = by.aggregate(np.array(steps), WEIGHTS)
        gains[list(order)] += np.diff(worth) / len(orders)
    found = shapley_exact(VALUES, BASE, WEIGHTS, by)
    np.testing.assert_allclose(found, gains, rtol=1e-12, atol=1e-14)
    assert found[2] == 0


def test_sampled_contributions_are_near_the_exact_ones() -> None:
    """Two thousand orders sum to the difference, hit the exact values nearly and repeat."""
    by = GeometricMean(zero="zero")
    exact = shapley_exact(VALUES, BASE, WEIGHTS, by)
    found = [
        shapley_sampled(VALUES, BASE, WEIGHTS, by, np.random.default_rng(seed))
        for seed in (1, 1, 2)
    ]
    assert found[0].tobytes() == found[1].tobytes() != found[2].tobytes()
    np.testing.assert_allclose(found[0], exact, atol=0.02)
    whole = np.diff(by.aggregate(np.stack([BASE, VALUES]), WEIGHTS))[0]
    assert found[0].sum() == pytest.approx(whole, rel=1e-12, abs=0)
    assert found[0][2] == 0


IMPROVED = [
    (LINE, 4, (10.0, 1.0, 10.0, 1.0)),
    ({**LINE, "better": "lower", "lower": 1}, 4, (1.0, 1.0, 1.0, 1.0)),
    ({"method": "bands", "edges": [3, 7], "values": [0, 2, 1]}, 2, (7.0, 1.0, 3.0, 2.0)),
    ({"method": "bands", "edges": [3, 7], "values": [5, 2, 1]}, 8, (3.0, 2.0, 2.0, 5.0)),
]


@pytest.mark.parametrize(("scoring", "answer", "expected"), IMPROVED)
def test_a_number_is_improved_by_a_bound_or_by_a_band(
    scoring: Any, answer: float, expected: tuple[float, ...]
) -> None:
    """The next and the best answer are the better bound, an edge, or one below the first edge."""
    fitted = ai.freeze(_index(("cost", scoring)), QUESTIONNAIRE)
    (found,) = ai.explain(fitted, ai.Response("z", {"cost": answer})).improvements
    assert (found.item, found.answer) == ("cost", answer)
    assert (
        found.next_answer,
        found.next_score,
        found.best_answer,
        found.best_score,
    ) == expected
