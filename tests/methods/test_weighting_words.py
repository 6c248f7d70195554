"""Every refusal and every fault of the weightings, word by word."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from agencyindex.errors import MethodError, Place
from agencyindex.methods import weighting
from agencyindex.methods.protocols import Siblings, Weighting
from agencyindex.methods.weighting import (
    AnalyticHierarchy,
    BudgetAllocation,
    FactorWeights,
    OptimisedWeights,
    PrincipalComponentWeights,
    RankOrderCentroid,
    RankReciprocal,
    RankSum,
    RatioWeights,
    RegressionWeights,
    ReliabilityWeights,
    SwingWeights,
)

BUDGETS = "a list of tables of children and numbers that are at least 0, one an expert"
NOT_ALL_ZERO = "a table of children and numbers that are at least 0, not all 0"
RANKS = "a table of children and ranks from 1, where ties have the mean of their places"
SWING = "a table of children and numbers from 0 to 100, the greatest of them 100"
TABLES = "a table of tables of children and numbers from 1e-9 to 1e9"
SIGNS = '"error", "zero" or "keep"'
TARGETS = "a table of children and numbers above 0"
EITHER = 'stated where "eigenvalue" is not, and only there'

PARAMETERS = [
    (BudgetAllocation, {"budgets": []}, "budgets", BUDGETS, "[]", ()),
    (BudgetAllocation, {"budgets": 5}, "budgets", BUDGETS, "5", 5),
    (BudgetAllocation, {"budgets": [{}]}, "budgets", BUDGETS, "[{}]", ({},)),
    (
        BudgetAllocation,
        {"budgets": [{"a": 101, "b": -1}]},
        "budgets",
        BUDGETS,
        '[{"a": 101, "b": -1}]',
        ({"a": 101.0, "b": -1.0},),
    ),
    (
        BudgetAllocation,
        {"budgets": [{"a": 33.3, "b": 33.3, "c": 33.3}]},
        "budgets",
        "tables that sum to 100",
        '{"a": 33.3, "b": 33.3, "c": 33.3}',
        {"a": 33.3, "b": 33.3, "c": 33.3},
    ),
    (
        BudgetAllocation,
        {"budgets": [{"a": 60, "b": 40}, {"a": 100}]},
        "budgets",
        "tables of the same children",
        '{"a": 100}',
        {"a": 100.0},
    ),
    (RatioWeights, {"points": {}}, "points", NOT_ALL_ZERO, "{}", {}),
    (RatioWeights, {"points": {"a": 0}}, "points", NOT_ALL_ZERO, '{"a": 0}', {"a": 0.0}),
    (
        RatioWeights,
        {"points": {"a": 1, "b": -1}},
        "points",
        NOT_ALL_ZERO,
        '{"a": 1, "b": -1}',
        {"a": 1.0, "b": -1.0},
    ),
    (RatioWeights, {"points": 5}, "points", NOT_ALL_ZERO, "5", 5),
    (RatioWeights, {"points": {1: 5}}, "points", NOT_ALL_ZERO, "{1: 5}", {1: 5.0}),
    (SwingWeights, {"points": {"a": 99.5}}, "points", SWING, '{"a": 99.5}', {"a": 99.5}),
    (SwingWeights, {"points": {"a": 100.5}}, "points", SWING, '{"a": 100.5}', {"a": 100.5}),
    (SwingWeights, {"points": {}}, "points", SWING, "{}", {}),
    (
        ReliabilityWeights,
        {"reliability": {"a": 0}, "share": 1},
        "reliability",
        NOT_ALL_ZERO,
        '{"a": 0}',
        {"a": 0.0},
    ),
    (
        ReliabilityWeights,
        {"reliability": {"a": 1}, "share": 1.5},
        "share",
        "a number from 0 to 1",
        "1.5",
        1.5,
    ),
    (
        ReliabilityWeights,
        {"reliability": {"a": 1}, "share": -1},
        "share",
        "a number from 0 to 1",
        "-1",
        -1.0,
    ),
    (RankSum, {"ranks": {"a": 2}}, "ranks", RANKS, '{"a": 2}', {"a": 2.0}),
    (RankReciprocal, {"ranks": 5}, "ranks", RANKS, "5", 5),
    (
        RankOrderCentroid,
        {"ranks": {"a": "first"}},
        "ranks",
        RANKS,
        '{"a": "first"}',
        {"a": "first"},
    ),
    (AnalyticHierarchy, {"comparisons": {}}, "comparisons", TABLES, "{}", {}),
    (AnalyticHierarchy, {"comparisons": 5}, "comparisons", TABLES, "5", 5),
    (AnalyticHierarchy, {"comparisons": {"a": 2}}, "comparisons", TABLES, '{"a": 2}', {"a": 2}),
    (AnalyticHierarchy, {"comparisons": {1: {}}}, "comparisons", TABLES, "{1: {}}", {1: {}}),
    (
        AnalyticHierarchy,
        {"comparisons": {"a": {1: 2}}},
        "comparisons",
        TABLES,
        '{"a": {1: 2}}',
        {"a": {1: 2.0}},
    ),
    (
        AnalyticHierarchy,
        {"comparisons": {"a": {"b": 0}}},
        "comparisons",
        TABLES,
        '{"a": {"b": 0}}',
        {"a": {"b": 0.0}},
    ),
    (
        AnalyticHierarchy,
        {"comparisons": {"a": {"b": 1.1e9}}},
        "comparisons",
        TABLES,
        '{"a": {"b": 1100000000}}',
        {"a": {"b": 1.1e9}},
    ),
    (
        AnalyticHierarchy,
        {"comparisons": {"a": {"b": 2, "c": 3}}},
        "comparisons",
        'a table that compares "b" with "c" once',
        "0",
        0,
    ),
    (
        AnalyticHierarchy,
        {"comparisons": {"a": {"b": 2}, "b": {"a": 0.5}}},
        "comparisons",
        'a table that compares "a" with "b" once',
        "2",
        2,
    ),
    (
        AnalyticHierarchy,
        {"comparisons": {"a": {"a": 1, "b": 2}}},
        "comparisons",
        "a table that compares no child with itself",
        '"a"',
        "a",
    ),
    (PrincipalComponentWeights, {"negative": "drop"}, "negative", SIGNS, '"drop"', "drop"),
    (
        FactorWeights,
        {"eigenvalue": -1, "kaiser": True},
        "eigenvalue",
        "a number that is at least 0",
        "-1",
        -1.0,
    ),
    (
        FactorWeights,
        {"share": 0, "kaiser": True},
        "share",
        "a number above 0 and up to 1",
        "0",
        0.0,
    ),
    (
        FactorWeights,
        {"share": 1.1, "kaiser": True},
        "share",
        "a number above 0 and up to 1",
        "1.1",
        1.1,
    ),
    (FactorWeights, {"kaiser": True}, "share", EITHER, "None", None),
    (FactorWeights, {"share": 0.5, "eigenvalue": 1, "kaiser": True}, "share", EITHER, "0.5", 0.5),
    (FactorWeights, {"share": 0.5, "kaiser": 1}, "kaiser", "true or false", "1", 1),
    (
        RegressionWeights,
        {"outcome": "", "negative": "keep"},
        "outcome",
        "the name of an outcome",
        '""',
        "",
    ),
    (RegressionWeights, {"outcome": "o", "negative": 0}, "negative", SIGNS, "0", 0),
    (OptimisedWeights, {"targets": {}}, "targets", TARGETS, "{}", {}),
    (OptimisedWeights, {"targets": {"a": 0}}, "targets", TARGETS, '{"a": 0}', {"a": 0.0}),
    (OptimisedWeights, {"targets": "equal"}, "targets", TARGETS, '"equal"', "equal"),
]


@pytest.mark.parametrize(("strategy", "given", "name", "wanted", "shown", "found"), PARAMETERS)
def test_a_bad_parameter_is_named_with_what_it_must_be(strategy, given, name, wanted, shown, found):
    """The one problem says the parameter, the demand and the value, in words and as values."""
    with pytest.raises(MethodError) as caught:
        strategy(**given)
    (problem,) = caught.value.problems
    assert problem.code == "bad-parameter"
    assert problem.place == Place(method=strategy.__name__)
    assert problem.message == f'"{name}" must be {wanted}, found {shown}.'
    assert problem.mend == ""
    assert problem.found == found
    assert problem.expected == wanted


FIT = "State one for each child, and for nothing else."


def caught_at(work, given):
    with pytest.raises(MethodError) as caught:
        work(*given)
    (problem,) = caught.value.problems
    return problem


STATED = [
    (BudgetAllocation(budgets=[{"a": 60, "c": 40}]), "budget"),
    (RatioWeights(points={"a": 1, "c": 1}), "number of points"),
    (SwingWeights(points={"a": 100, "c": 1}), "number of points"),
    (ReliabilityWeights(reliability={"a": 1, "c": 1}, share=0.5), "reliability"),
    (RankSum(ranks={"a": 1, "c": 2}), "rank"),
    (RankReciprocal(ranks={"a": 1, "c": 2}), "rank"),
    (RankOrderCentroid(ranks={"a": 1, "c": 2}), "rank"),
    (AnalyticHierarchy(comparisons={"a": {"c": 2}}), "comparison"),
    (OptimisedWeights(targets={"a": 1, "c": 2}), "target"),
]


@pytest.mark.parametrize(("method", "what"), STATED)
def test_a_table_that_does_not_fit_the_children_says_so(method, what):
    """Each child that is left out and each key that is no child is one sentence; at work an error."""
    lacking = f'The child "b" has no {what}.'
    extra = f'There is no child "c", and it has a {what}.'
    assert list(method.faults(["a", "b"])) == [lacking, extra]
    assert list(method.faults(["a", "b", "c"])) == [lacking]
    assert list(method.faults(["a"])) == [extra]
    assert list(method.faults(["c", "a"])) == []
    for names, message in ((["a", "b"], lacking), (["a"], extra)):
        values = np.ones((3, 2))
        problem = caught_at(method.weights, (values, Siblings(names=names)))
        assert problem.code == "missing-weight"
        assert problem.place == Place(method=type(method).__name__)
        assert (problem.message, problem.mend, problem.found) == (message, FIT, None)


def test_a_hierarchy_of_too_many_has_no_consistency():
    """Beyond fifteen children there is no random index."""
    names = [f"c{number:02}" for number in range(16)]
    comparisons = {first: dict.fromkeys(names[place + 1 :], 1) for place, first in enumerate(names)}
    hierarchy = AnalyticHierarchy(comparisons=comparisons)
    problem = caught_at(hierarchy.consistency, ())
    assert problem.code == "out-of-range"
    assert problem.place == Place(method="AnalyticHierarchy")
    assert problem.message == "There are random indices for up to 15 children, and these are 16."
    assert problem.mend == "Compare fewer at once: group them."
    assert problem.found == 16
    np.testing.assert_allclose(hierarchy.weights(np.empty((0, 16))), 1 / 16, rtol=1e-13)


@pytest.mark.parametrize("name", weighting.__all__)
def test_weightings_say_where_they_come_from(name):
    """A formula and a reference stand on each class, and its parameters in its docstring."""
    strategy = getattr(weighting, name)
    assert isinstance(object.__new__(strategy), Weighting)
    assert f".. math:: {strategy.formula}\n" in strategy.__doc__
    assert strategy.reference in " ".join(strategy.__doc__.split())
    kinds = ("doi:", "ISBN", "agencyindex: our own")
    assert any(kind in strategy.reference for kind in kinds)
    for field in attrs.fields(strategy):
        assert field.kw_only
        assert field.alias in strategy.__doc__
