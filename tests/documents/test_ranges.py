"""Ranges of nodes: what all answers can give, and what gaps in the answers can."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from tests.documents.small import STAGE, USERS, index, indicator, questionnaire
from tests.plugged import QUESTIONNAIRE, changed, definition

import agencyindex as ai
from agencyindex import Indicator
from agencyindex._documents.ranges import (
    _of_any_part,
    _snapped,
    _with_goalposts,
    attainable,
    possible_rules,
    ranges,
)
from agencyindex._documents.resolve import resolve, weighted_children, whole_weights
from agencyindex._model.definition import Scale
from agencyindex.methods.aggregation import ArithmeticMean, Sum
from agencyindex.methods.normalisation import Attainable, Goalposts

ASKED = ai.load(questionnaire(STAGE, USERS), ai.Questionnaire)
ONE = {"method": "points", "points": {"no": 0, "tested": 1}}
FOUR = {"method": "points", "points": {"no": 2, "tested": 4}}
ALL = [reason.value for reason in ai.Missing]
ATTAINABLE = {"method": "attainable", "to": [0, 100]}


def _load(*children: dict[str, Any], **keys: Any) -> ai.IndexDefinition:
    leaves = children or (indicator("a", "stage", "one"), indicator("b", "stage", "four"))
    known = {"one": ONE, "four": FOUR, **keys.pop("scorings", {})}
    used = {name: each for name, each in known.items() if f"'scoring': '{name}'" in repr(leaves)}
    return ai.load(index(used, *leaves, **keys), ai.IndexDefinition)


def _both(definition: ai.IndexDefinition, node: str = "i") -> tuple[Any, Any]:
    found = ranges(definition, ASKED)
    assert attainable(definition, ASKED) == found.attainable
    return found.attainable[node], found.bounds[node]


def test_a_node_may_have_any_part_of_its_children() -> None:
    """Where answers are left out, one child alone may be the whole of a mean."""
    assert _both(_load()) == ((1, 2.5), (0, 4))
    assert _both(_load(aggregation={"method": "sum"})) == ((2, 5), (0, 5))


def test_a_rescaling_of_what_is_attainable_has_one_pair_of_goalposts() -> None:
    """They are at what can be answered, so that a gap in the answers may lead beyond them."""
    inner = {
        "id": "d",
        "children": [indicator("a", "stage", "one"), indicator("b", "stage", "four")],
        "rescaling": ATTAINABLE,
    }
    definition = _load(inner, rescaling={"method": "attainable", "to": [1, 0]})
    found = ranges(definition, ASKED)
    assert found.unscaled == {"d": (1, 2.5), "i": (0, 100)}
    assert _both(definition, "d") == ((0, 100), pytest.approx((-200 / 3, 200)))
    assert _both(definition) == ((0, 1), pytest.approx((-1, 5 / 3)))


@pytest.mark.parametrize("rule", ["exclude", "propagate", "impute"])
def test_one_gap_is_enough(rule: str) -> None:
    """A child that may be missing, by either rule, changes what its node can be."""
    rules = dict.fromkeys(ALL, 2)
    stops = indicator("a", "stage", "one", missing={"refused": rule})
    imputation = {"method": "constant", "value": 1}
    four = indicator("b", "stage", "four")
    definition = _load(stops, four, missing=rules, imputation=imputation)
    assert _both(definition, "a") == ((0, 1), (0, 2))
    assert _both(definition) == ((1, 2.5), (0, 4))


def test_gaps_deep_below_are_gaps() -> None:
    """A node whose only child may be missing may itself be missing."""
    inner = {"id": "d", "children": [indicator("a", "stage", "one")]}
    outer = {"id": "e", "children": [inner]}
    filled = indicator("b", "stage", "four", missing=dict.fromkeys(ALL, 2))
    assert _both(_load(outer, filled)) == ((1, 2.5), (0, 4))


def test_points_for_missing_answers_widen_only_the_bounds() -> None:
    """Below and above what any answer is worth; where all are given, no part is left out."""
    lower = indicator("a", "stage", "one", missing=dict.fromkeys(ALL, -5))
    upper = indicator("b", "stage", "four", missing=dict.fromkeys(ALL, 9))
    definition = _load(lower, upper)
    assert _both(definition, "a") == ((0, 1), (-5, 1))
    assert _both(definition, "b") == ((2, 4), (2, 9))
    assert _both(definition) == ((1, 2.5), (-1.5, 5))
    within = dict.fromkeys(ALL, "worst")
    assert _both(_load(missing=within)) == ((1, 2.5), (1, 2.5))


def test_what_is_imputed_widens_the_bounds_where_a_rule_asks_for_it() -> None:
    """Beside the points that other reasons give; an imputation that no rule asks for does not."""
    nine = {"method": "constant", "value": 9}
    for rules, bounds in (
        (dict.fromkeys(ALL, -5) | {"refused": "impute"}, (-5, 9)),
        (dict.fromkeys(ALL, "worst"), (0, 1)),
    ):
        leaf = indicator("a", "stage", "one", missing=rules)
        assert _both(_load(leaf, imputation=nine), "a") == ((0, 1), bounds)


LEARNT = {"method": "standard_deviation"}


@pytest.mark.parametrize(("method", "expected"), [("arithmetic", (0, 4)), ("sum", (0, 5))])
def test_a_weight_that_is_still_to_be_learnt_may_be_the_whole(method: str, expected: Any) -> None:
    """A mean may be that of one child alone, and a sum may have all of each child."""
    definition = _load(weighting=LEARNT, aggregation={"method": method})
    assert attainable(definition, ASKED)["i"] == expected


def test_a_mean_by_weights_to_be_learnt_is_no_greater_than_its_parts() -> None:
    """Parts near the greatest float have a mean that a float can hold."""
    great = {"method": "points", "points": {"no": 0, "tested": 1.7e308}}
    leaves = [indicator(name, "stage", "great") for name in "ab"]
    definition = _load(*leaves, scorings={"great": great}, weighting=LEARNT)
    assert attainable(definition, ASKED)["i"] == (0, 1.7e308)


def test_goalposts_of_attainable_points_stay_where_more_is_given() -> None:
    """Points for a missing answer beyond the attainable ones lie beyond the ends of the scale."""
    leaf = indicator("a", "stage", "one", missing=dict.fromkeys(ALL, 2))
    assert _both(_load(leaf, normalisation=ATTAINABLE)) == ((0, 100), (0, 200))


@pytest.mark.parametrize("points", [(-inf, 1.0), (0.0, inf), (1.0, 1.0), (nan, nan)])
def test_no_goalposts_are_made_of_what_is_no_range(points: Any) -> None:
    """An end without a bound, and a range of one number, leave the normalisation as it is."""
    normalisation = Attainable(to=(0, 100))
    assert _with_goalposts(normalisation, points) is normalisation
    assert isinstance(_with_goalposts(normalisation, (0.0, 1.0)), Goalposts)


def test_what_has_no_bound_adds_up_without_a_warning() -> None:
    """Sums and means of infinite ends are infinite; those of both infinities have no end."""
    number = {"number": {"method": "number"}}
    leaves = [indicator(name, "users", "number") for name in "ab"]
    for method in ("sum", "arithmetic"):
        definition = _load(*leaves, scorings=number, aggregation={"method": method})
        assert _both(definition) == ((-inf, inf), (-inf, inf))


def test_a_method_of_ones_own_may_take_infinity_from_infinity() -> None:
    """What it promises is then no number, and numpy warns of nothing."""
    own = changed(attainable=lambda _, ends: tuple((np.array(ends) - ends).tolist()))
    asked = ai.load(QUESTIONNAIRE, ai.Questionnaire)
    assert np.isnan(attainable(definition(normalisation=own()), asked)["big"]).all()


SLACK = 2.0**-40


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((SLACK, 1 - SLACK), (0, 1)),
        ((-SLACK, 1 + SLACK), (0, 1)),
        ((2 * SLACK, 1 - 2 * SLACK), (2 * SLACK, 1 - 2 * SLACK)),
        ((-2 * SLACK, 1 + 2 * SLACK), (-2 * SLACK, 1 + 2 * SLACK)),
    ],
)
def test_ends_that_rounding_moved_are_those_of_the_scale(found: Any, expected: Any) -> None:
    """Up to a part in 2^40 of the scale, each end on its own, and no further."""
    assert _snapped(found, Scale(lower=0, upper=1)) == expected


def test_slack_is_a_part_of_the_length_of_a_scale() -> None:
    """A short scale far from zero has a small slack."""
    scale = Scale(lower=2.0**20, upper=2.0**20 + 1)
    assert _snapped((2.0**20 + 2 * SLACK, scale.upper), scale) == (scale.lower, scale.upper)
    near = (2.0**20 + 2.0**-30, 2.0**20 + 1 - 2.0**-30)
    assert _snapped(near, scale) == near
    assert _snapped((1 + SLACK, 2.0), Scale(lower=1, upper=2)) == (1, 2)


def test_an_index_ends_where_its_scale_does() -> None:
    """The range of the root is snapped to the scale, that of its parts is not."""
    tenth = {"method": "points", "points": {"no": 0, "tested": 0.1}}
    leaves = [indicator(name, "stage", "tenth") for name in "abc"]
    inner = {"id": "d", "aggregation": {"method": "sum"}, "children": leaves}
    definition = _load(inner, scorings={"tenth": tenth}, scale={"lower": 0, "upper": 0.3})
    assert 0.1 + 0.1 + 0.1 != 0.3
    assert attainable(definition, ASKED)["i"] == (0, 0.3)
    assert attainable(definition, ASKED)["d"] == (0, 0.1 + 0.1 + 0.1)


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [(Sum(), (0.0, 3.0)), (ArithmeticMean(), (0.25, 2.0))],
)
def test_any_part_of_what_is_above_zero(aggregation: Any, expected: Any) -> None:
    """A sum without its parts is zero; a mean of any of them lies between the extremes."""
    parts = [(0.25, 1.0), (0.5, 2.0)]
    assert _of_any_part((0.375, 1.5), parts, aggregation) == expected


def test_any_part_of_what_is_below_zero() -> None:
    """A sum takes what is below zero at worst and nothing at best."""
    parts = [(-2.0, -1.0), (-0.75, -0.5)]
    assert _of_any_part((-2.75, -1.5), parts, Sum()) == (-2.75, 0.0)
    assert _of_any_part((-3.0, 0.5), parts, ArithmeticMean()) == (-3.0, 0.5)


def test_what_is_always_asked_is_never_not_asked() -> None:
    """The rule for "not asked" counts where an item, or a denominator, may not be asked."""
    condition = {"operator": "answered", "item": "stage"}
    asked = ai.load(
        questionnaire(STAGE, USERS, {"id": "then", "type": "number", "condition": condition}),
        ai.Questionnaire,
    )

    def ratio(denominator: str, zero: str) -> dict[str, Any]:
        return {"method": "ratio", "denominator": denominator, "when_zero": zero}

    for scoring, item, unasked in (
        ({"method": "number"}, "users", False),
        ({"method": "number"}, "then", True),
        (ratio("users", "refused"), "users", False),
        (ratio("then", "refused"), "users", True),
        (ratio("users", "refused"), "then", True),
        (ratio("users", "not_asked"), "users", True),
        (ratio("users", "error"), "users", False),
    ):
        rules = dict.fromkeys(ALL, "exclude") | {"not_asked": 7}
        leaf = indicator("a", item, "s")
        definition = _load(leaf, scorings={"s": scoring}, missing=rules)
        here = resolve(definition)["a"]
        found = possible_rules(definition.children[0], here, definition, asked)
        assert found == ["exclude"] * 4 + [7] * unasked


def _children(*weights: float) -> list[Indicator]:
    return [Indicator(f"n{i}", item="a", scoring="s", weight=w) for i, w in enumerate(weights)]


def test_children_of_no_weight_do_not_count() -> None:
    """A weight of zero takes a child out of the sums, and ids order the rest."""
    leaves = [
        indicator("b", "stage", "one", weight=1),
        indicator("c", "stage", "four", weight=0),
        indicator("a", "stage", "one", weight=2),
    ]
    definition = _load(*leaves, weighting={"method": "fixed"})
    assert [child.id for child in weighted_children(definition)] == ["a", "b"]


@pytest.mark.parametrize(("last", "whole"), [(0.1, True), (0.2, False)])
def test_whole_weights_add_up_to_what_a_float_holds(last: float, *, whole: bool) -> None:
    """Up to 2^53 in all they are whole numbers; one more and they stay as stated."""
    stated = (900719925474099.1, last)
    expected = [9007199254740991.0, 10 * last] if whole else list(stated)
    assert whole_weights(_children(*stated)) == expected
    total = sum(Fraction(repr(each)) for each in stated) * 10
    assert (total <= 2**53) is whole


def test_ranges_are_numbers_of_python() -> None:
    """Ends are floats of Python, as documents write them."""
    for found in (attainable(_load(), ASKED), ranges(_load(), ASKED).bounds):
        assert not any(isinstance(end, np.floating) for ends in found.values() for end in ends)
