"""Checklists against fractions, every choice and a published one; numbers as they are."""

from __future__ import annotations

import csv
import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.errors import MethodError, Place
from agencyindex.methods.gated import GatedPoints, NumberPoints, Rule

OPTIONS = ["a", "b", "c", "d"]
RULES = st.lists(
    st.tuples(st.lists(st.sampled_from([1, -1, 0]), min_size=4, max_size=4), SCORES)
    .filter(lambda drawn: any(drawn[0]))
    .map(
        lambda drawn: {
            "chosen": [o for o, sign in zip(OPTIONS, drawn[0], strict=True) if sign > 0],
            "not_chosen": [o for o, sign in zip(OPTIONS, drawn[0], strict=True) if sign < 0],
            "points": drawn[1],
        }
    ),
    min_size=1,
    max_size=6,
)
EVERY = list(product([False, True], repeat=4))

BAROMETER = GatedPoints(
    rules=[
        {"chosen": ["a"], "points": 5},
        {"chosen": ["a", "b"], "points": 10},
        {"chosen": ["a", "b"], "not_chosen": ["g"], "points": -5},
        *(
            {"chosen": ["a", "b", *later], "points": points}
            for *later, points in [
                ("c", 15),
                ("c", "d", 15),
                ("c", "e", 15),
                ("c", "f", 15),
                ("c", "g", 10),
                ("c", "h", 5),
                ("c", "i", 5),
                ("c", "j", 5),
            ]
        ),
    ]
)


def worth(rules, chosen):
    """The exact points of a choice."""
    held = [
        Fraction(rule["points"])
        for rule in rules
        if set(rule["chosen"]) <= chosen and not set(rule["not_chosen"]) & chosen
    ]
    return sum(held, Fraction(0)), sum(map(abs, held), Fraction(0))


@given(RULES)
def test_gated_adds_the_rules_that_hold(rules):
    """For every choice the points are the exact sum of those rules, to rounding."""
    scoring = GatedPoints(rules=rules)
    found = scoring.points(np.array(EVERY), OPTIONS).tolist()
    for row, points in zip(EVERY, found, strict=True):
        chosen = {option for option, here in zip(OPTIONS, row, strict=True) if here}
        exact, size = worth(rules, chosen)
        assert abs(Fraction(points) - exact) <= size * len(rules) * Fraction(2) ** -53
    assert scoring.attainable(OPTIONS) == (min(found), max(found))
    assert list(scoring.faults(OPTIONS)) == []


@given(RULES, st.permutations(OPTIONS), st.permutations(EVERY))
def test_gated_sees_no_order_of_options_or_agencies(rules, options, rows):
    """How options and agencies are ordered, and who else answers, changes not one bit."""
    scoring = GatedPoints(rules=rules)
    expected = dict(zip(EVERY, scoring.points(np.array(EVERY), OPTIONS).tolist(), strict=True))
    columns = [OPTIONS.index(option) for option in options]
    found = scoring.points(np.array(rows)[:, columns], options).tolist()
    assert found == [expected[row] for row in rows]
    alone = [scoring.points(np.array([row])[:, columns], options).item() for row in rows]
    assert found == alone
    assert scoring.attainable(options) == scoring.attainable(OPTIONS)


def test_a_published_checklist_comes_out(shared_data):
    """All 1,290 assessments of the second Open Data Barometer have the published points."""
    table = shared_data / "published" / "odb2014" / "checklist.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    options = list("abcdefghij")
    chosen = np.array([[row[option] == "1.0" for option in options] for row in rows])
    expected = [float(row["CalculatedScore"]) for row in rows]
    assert len(expected) == 1290
    assert BAROMETER.points(chosen, options).tolist() == expected
    assert BAROMETER.attainable(options) == (0.0, 100.0)


def test_many_options_are_bounded_by_sums():
    """With 16 named options the range is exact, with 17 it is that of all additions or deductions."""
    names = [f"o{number}" for number in range(17)]
    rules = [{"chosen": [name], "points": 1} for name in names]
    rules.append({"chosen": names[:1], "points": -0.5})
    few = [*rules[:16], rules[-1]]
    assert GatedPoints(rules=few).attainable(names[:16]) == (0.0, 15.5)
    assert GatedPoints(rules=rules).attainable(names) == (-0.5, 17.0)


def test_an_endless_sum_is_infinite_without_a_warning():
    """Points beyond the greatest double are infinite, whatever is deducted afterwards."""
    rules = [{"chosen": ["a"], "points": points} for points in (1.5e308, 1.5e308, -1.5e308)]
    scoring = GatedPoints(rules=rules)
    with np.errstate(all="raise"):
        assert scoring.points(np.array([[True]]), ["a"]).tolist() == [math.inf]
    assert scoring.attainable(["a"]) == (0.0, math.inf)


def test_gated_names_options_that_are_not_offered():
    """Each stranger is told once, with a near name, whether it must or must not be chosen."""
    scoring = GatedPoints(
        rules=[
            {"chosen": ["webb"], "not_chosen": ["x"], "points": 1},
            {"chosen": ["webb"], "points": 1},
        ]
    )
    assert list(scoring.faults(["web", "fax"])) == [
        ("unknown-option", 'The item has no option "webb" to score.', 'Did you mean "web"?'),
        (
            "unknown-option",
            'The item has no option "x" to score.',
            'The 2 options are "web", "fax".',
        ),
    ]


def test_a_rule_may_be_given_as_such():
    """A rule and the mapping that a document has are the same."""
    rule = Rule(chosen=["a"], points=1)
    assert GatedPoints(rules=[rule]) == GatedPoints(rules=({"chosen": ["a"], "points": 1},))
    assert (rule.chosen, rule.not_chosen, rule.points) == (("a",), (), 1.0)
    assert Rule(not_chosen=["a"], points=1).chosen == ()


DIFFERENT = "a list of different options"
SOME = 'at least one option where "not_chosen" has none'
OTHER = 'other options than those in "chosen"'


@pytest.mark.parametrize(
    ("given_", "name", "wanted", "shown", "found"),
    [
        ({"chosen": "a", "points": 1}, "chosen", DIFFERENT, '"a"', "a"),
        ({"chosen": [1], "points": 1}, "chosen", DIFFERENT, "[1]", (1,)),
        ({"chosen": [""], "points": 1}, "chosen", DIFFERENT, '[""]', ("",)),
        ({"chosen": ["a", "a"], "points": 1}, "chosen", DIFFERENT, '["a", "a"]', ("a", "a")),
        ({"not_chosen": 5, "points": 1}, "not_chosen", DIFFERENT, "5", 5),
        ({"points": 1}, "chosen", SOME, "[]", ()),
        (
            {"chosen": ["a"], "not_chosen": ["a"], "points": 1},
            "not_chosen",
            OTHER,
            '["a"]',
            ("a",),
        ),
        ({"chosen": ["a"], "points": math.inf}, "points", "a finite number", "inf", math.inf),
    ],
)
def test_a_bad_rule_is_told_by_its_number(given_, name, wanted, shown, found):
    """What a rule must be is told with its place in the list, all bad rules together."""
    with pytest.raises(MethodError) as caught:
        GatedPoints(rules=[{"chosen": ["a"], "points": 1}, given_, given_])
    second, third = caught.value.problems
    assert {second.code, third.code} == {"bad-parameter"}
    assert second.place == Place(method="Rule")
    assert second.message == f'Rule 2: "{name}" must be {wanted}, found {shown}.'
    assert third.message == f'Rule 3: "{name}" must be {wanted}, found {shown}.'
    assert (second.found, second.expected) == (found, wanted)


def test_a_rule_refuses_all_bad_parameters_together():
    """Two lists that are none and points that are no number are one error."""
    with refused("Rule", *["bad-parameter"] * 3, words='"points" must be a finite number'):
        Rule(chosen="ab", not_chosen=5, points="x")


@pytest.mark.parametrize(
    ("rules", "shown", "found"),
    [([], "[]", ()), (5, "5", 5), ([5], "[5]", (5,)), (None, "None", None)],
)
def test_gated_needs_rules(rules, shown, found):
    """No rules, and what is none, are refused by what they are."""
    with pytest.raises(MethodError) as caught:
        GatedPoints(rules=rules)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("bad-parameter", Place(method="GatedPoints"))
    assert problem.message == f'"rules" must be a list of rules, at least one, found {shown}.'
    assert problem.found == found


def test_numbers_stay_as_they_are():
    """A number is its own value, a gap stays one, and nothing bounds it."""
    scoring = NumberPoints()
    found = scoring.points(np.array([1, -2]), [])
    assert found.dtype == np.float64
    assert found.tolist() == [1.0, -2.0]
    assert np.isnan(scoring.points(np.array([np.nan]), [])).all()
    assert scoring.attainable([]) == (-math.inf, math.inf)
    assert list(scoring.faults([])) == []
