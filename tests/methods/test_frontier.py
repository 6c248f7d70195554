"""The benefit of the doubt against every corner of its programme, in fractions."""

from __future__ import annotations

import itertools
import math
import sys
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.optimize
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.methods.refusals import refused
from tests.methods.tables import tables

from agencyindex.errors import MethodError, MissingExtraError, Place
from agencyindex.methods.aggregation import BenefitOfTheDoubt

FREE = BenefitOfTheDoubt()
SHARES = BenefitOfTheDoubt(lower=0.1, upper=0.6)
WHOLE = st.integers(0, 9).map(float)
ABOVE = st.integers(1, 9).map(float)


def solved(rows, ends):
    """The point where equations of fractions meet, None where there is no single one."""
    rows = [[*map(Fraction, row), Fraction(end)] for row, end in zip(rows, ends, strict=True)]
    for place in range(len(rows)):
        pivot = next((row for row in rows[place:] if row[place]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        rows = [
            [x - row[place] / pivot[place] * z for x, z in zip(row, pivot, strict=True)]
            for row in rows
        ]
        rows.insert(place, [z / pivot[place] for z in pivot])
    return [row[-1] for row in rows]


def best(case, cases, lower=None, upper=None):
    """The greatest score over all corners: where as many limits as there are weights are met."""
    m = len(case)
    limits = [(list(map(Fraction, row)), Fraction(1)) for row in cases]
    limits += [([Fraction(-(j == k)) for k in range(m)], Fraction(0)) for j in range(m)]
    for bound, sign in ((lower, 1), (upper, -1)):
        for j in range(m) if bound is not None else ():
            row = [sign * Fraction(case[k]) * (bound - (j == k)) for k in range(m)]
            limits.append((row, Fraction(0)))
    scores = [Fraction(0)]
    for chosen in itertools.combinations(limits, m):
        corner = solved(*zip(*chosen, strict=True))
        if corner is not None and all(
            sum(a * v for a, v in zip(row, corner, strict=True)) <= end for row, end in limits
        ):
            scores.append(sum(Fraction(x) * v for x, v in zip(case, corner, strict=True)))
    return float(max(scores))


def small(numbers):
    return st.integers(1, 3).flatmap(
        lambda m: st.lists(st.lists(numbers, min_size=m, max_size=m), min_size=1, max_size=4)
    )


@given(small(WHOLE))
@settings(max_examples=40)
def test_scores_are_the_best_of_all_corners(rows):
    """The optimum of a linear programme is at a corner; all of them are tried exactly."""
    cases = np.unique(rows, axis=0).tolist()
    found = FREE.aggregate(np.array(rows), np.ones(len(rows[0])))
    assert np.allclose([best(row, cases) for row in rows], found, rtol=1e-12, atol=1e-12)


@given(st.lists(st.lists(ABOVE, min_size=3, max_size=3), min_size=1, max_size=3))
@settings(max_examples=15)
def test_bounded_scores_are_the_best_of_all_corners(rows):
    """With shares between a tenth and six tenths of the agency's own score."""
    cases = np.unique(rows, axis=0).tolist()
    found = SHARES.aggregate(np.array(rows), np.ones(3))
    expected = [best(row, cases, Fraction(1, 10), Fraction(6, 10)) for row in rows]
    assert np.allclose(expected, found, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    "doubt", [FREE, BenefitOfTheDoubt(lower=0.05), BenefitOfTheDoubt(upper=0.4)]
)
def test_scores_agree_with_the_programme_as_it_is_written(doubt):
    """Another form of the programme, solved as it stands, for forty agencies."""
    values = np.random.default_rng(3).uniform(1, 100, (40, 4))
    found = doubt.aggregate(values, np.ones(4))
    for row, score in zip(values, found, strict=True):
        low, high = doubt.lower or 0.0, doubt.upper or 1.0
        limits = np.vstack([values, low * np.tile(row, (4, 1)) - np.diag(row)])
        limits = np.vstack([limits, np.diag(row) - high * np.tile(row, (4, 1))])
        ends = np.append(np.ones(40), np.zeros(8))
        plain = scipy.optimize.linprog(-row, A_ub=limits, b_ub=ends, method="highs")
        assert math.isclose(-plain.fun, score, rel_tol=1e-9)


@pytest.mark.parametrize("doubt", [FREE, SHARES], ids=repr)
@given(table=tables(ABOVE, rows=6, gaps=False))
@settings(max_examples=30)
def test_weights_give_the_scores_and_nobody_more_than_one(doubt, table):
    """Each agency's weights multiply its values to its score, within the bounds on shares."""
    values = table[0]
    assume(values.shape[1] > 1 or doubt is FREE)
    scores = doubt.aggregate(values, np.ones(values.shape[1]))
    weights = doubt.agency_weights(values)
    assert np.allclose(scores, (weights * values).sum(axis=1), rtol=1e-12, atol=0)
    assert (weights @ values.T <= 1 + 1e-12).all()
    assert (weights >= 0).all()
    # With bounds on own shares it may be that nobody can have the most.
    assert doubt is SHARES or math.isclose(scores.max(), 1.0, rel_tol=1e-12)
    shares = weights * values / scores[:, None]
    assert (shares >= (doubt.lower or 0.0) - 1e-9).all()
    assert (shares <= (doubt.upper or 1.0) + 1e-9).all()


@given(tables(WHOLE, rows=6, gaps=False), st.randoms())
@settings(max_examples=30)
def test_scores_know_neither_order_nor_units(table, random):
    """Of agencies to the last bit; of children and their units to rounding."""
    values, weights = table[0], np.ones(len(table[1]))
    found = FREE.aggregate(values, weights)
    rows = random.sample(range(len(values)), len(values))
    assert found[rows].tobytes() == FREE.aggregate(values[rows], weights).tobytes()
    columns = random.sample(range(len(weights)), len(weights))
    units = np.array([10.0 ** random.randint(-40, 40) for _ in columns])
    turned = FREE.aggregate(values[:, columns] * units, weights)
    assert np.allclose(found, turned, rtol=1e-10, atol=0)


@pytest.mark.parametrize("doubt", [FREE, SHARES], ids=repr)
def test_scores_of_agencies_far_apart_keep_their_digits(doubt):
    """One that has a part in 1e20 of another's values scores that part, not zero."""
    values = np.array([[4.0, 1.0, 3.0], [1.0, 4.0, 2.0], [1.0, 1.0, 1.0]])
    values = np.vstack([values, values * 1e-20])
    found = doubt.aggregate(values, np.ones(3))
    assert np.allclose(found[:3] * 1e-20, found[3:], rtol=1e-12, atol=0)


def test_a_dear_share_may_be_small_and_not_none():
    """The best shares of the first are 1 and 1000 in 1001: by them the others score alike."""
    values = np.array([[1.0, 1.0], [1000.0, 1.0], [0.0, 2.0]])
    found = FREE.aggregate(values, np.ones(2))
    assert np.allclose([1001 / 2000, 1.0, 1.0], found, rtol=1e-12, atol=0)


def test_scores_of_little():
    """No agency, one, gaps of a whole agency, zeros, equal ones, and children that do not count."""
    assert FREE.aggregate(np.empty((0, 2)), np.ones(2)).shape == (0,)
    assert FREE.agency_weights(np.empty((0, 2))).shape == (0, 2)
    assert FREE.aggregate(np.array([[7.0, 0.0]]), np.ones(2)).tolist() == [1.0]
    assert SHARES.aggregate(np.array([[7.0, 1.0]]), np.ones(2)).tolist() == [1.0]
    values = np.array([[np.nan, np.nan], [2.0, -0.0], [1.0, 0.0], [0.0, 0.0], [1.0, -0.0]])
    found = FREE.aggregate(values, np.ones(2))
    assert np.isnan(found[0])
    assert found[1:].tolist() == [1.0, 0.5, 0.0, 0.5]
    weights = FREE.agency_weights(values)
    assert np.isnan(weights[0]).all()
    assert weights[1:].tolist() == [[0.5, 0.0], [0.5, 0.0], [0.0, 0.0], [0.5, 0.0]]
    ignored = FREE.aggregate(np.array([[-1.0, 4.0], [np.nan, 2.0]]), np.array([0.0, 1.0]))
    assert ignored.tolist() == [1.0, 0.5]


def test_scores_run_from_zero_to_one():
    """Whatever the children reach."""
    assert FREE.attainable([(2.0, 9.0), (0.0, math.inf)]) == (0.0, 1.0)


def test_stated_weights_do_not_count():
    """Each agency has its own."""
    values = np.random.default_rng(5).uniform(1, 9, (6, 3))
    found = [FREE.aggregate(values, np.array(w)) for w in ([1.0, 1.0, 1.0], [0.1, 5.0, 2.0])]
    assert found[0].tobytes() == found[1].tobytes()


def test_bounds_that_leave_one_way_fix_the_shares():
    """Shares of exactly one third each are allowed, and so is no bound at all."""
    third = BenefitOfTheDoubt(lower=1 / 3, upper=1 / 3)
    values = np.array([[1.0, 2.0, 4.0], [2.0, 2.0, 2.0]])
    # By thirds of either score the other agency has (2 + 1 + 1/2) / 3 times as much.
    expected = [3 / 3.5, 3 / 3.5]
    assert np.allclose(expected, third.aggregate(values, np.ones(3)), rtol=1e-12)
    open_ended = BenefitOfTheDoubt(lower=0, upper=1)
    zeros = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert open_ended.aggregate(zeros, np.ones(2)).tolist() == [1.0, 1.0]
    forty_nine = BenefitOfTheDoubt(lower=1 / 49, upper=1 / 49)
    assert forty_nine.aggregate(np.ones((2, 49)), np.ones(49)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(("name", "end"), [("lower", (1 + 1e-9) / 2), ("upper", (1 - 1e-9) / 2)])
def test_bounds_may_miss_the_whole_by_a_billionth(name, end):
    """Two shares that are so much more or less than the whole are taken, and no more of it."""
    values, beyond = np.array([[1.0, 2.0], [2.0, 2.0]]), 1.0 if name == "lower" else 0.0
    found = BenefitOfTheDoubt(**{name: end}).aggregate(values, np.ones(2))
    assert np.allclose([2 / 3, 1.0], found, rtol=1e-6, atol=0)
    with refused("BenefitOfTheDoubt", "out-of-range", words="2 shares of at"):
        BenefitOfTheDoubt(**{name: np.nextafter(end, beyond)}).aggregate(values, np.ones(2))


def test_gaps_are_named_by_their_place():
    """Five of them, and how many more, by row and column of what was given."""
    five = np.array([[np.nan] * 5 + [1.0]])
    named = "(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), counted from 0."
    with refused("BenefitOfTheDoubt", "missing-points", words=named):
        FREE.aggregate(five, np.ones(6))
    values = np.ones((4, 3))
    values[0] = np.nan
    values[1:, [0, 2]] = np.nan
    with refused("BenefitOfTheDoubt", "missing-points", words="(3, 0) and 1 more, counted from 0."):
        FREE.aggregate(values, np.ones(3))
    with refused("BenefitOfTheDoubt", "missing-points", words="at (row, column) (1, 2), (2, 2), ("):
        FREE.aggregate(values, np.array([0.0, 1.0, 1.0]))


@pytest.mark.parametrize("value", [5e-324, 1.1e150, math.inf])
def test_values_whose_quotients_no_float_can_hold_are_refused(value):
    """Both ends of the range still work."""
    with refused("BenefitOfTheDoubt", "out-of-range"):
        FREE.aggregate(np.array([[value, 1.0]]), np.ones(2))
    ends = np.array([[1e150, 1e-150], [1e-150, 1e150], [1e-150, 1e-150]])
    found = FREE.aggregate(ends, np.ones(2))
    assert np.allclose([1.0, 1.0, 2e-300], found, rtol=1e-12, atol=0)


def test_a_solver_that_gives_up_is_not_believed(monkeypatch):
    """Its words are passed on, with its status as what was found."""
    failed = SimpleNamespace(status=4, message="Numerical difficulties.", x=None)
    monkeypatch.setattr(scipy.optimize, "linprog", lambda *_, **__: failed)
    with pytest.raises(MethodError) as caught:
        FREE.aggregate(np.ones((2, 2)), np.ones(2))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("out-of-range", Place(method="BenefitOfTheDoubt"))
    assert problem.message == "The solver found no weights: Numerical difficulties."
    assert problem.mend == "Normalise to another scale, or use another aggregation."
    assert problem.found == 4


def test_shares_that_a_solver_leaves_a_rounding_off_are_mended(monkeypatch):
    """Those below zero are zero, and all sum to one."""
    found = SimpleNamespace(status=0, x=np.array([-0.125, 0.5, 0.25, 1.0]))
    monkeypatch.setattr(scipy.optimize, "linprog", lambda *_, **__: found)
    weights = FREE.agency_weights(np.array([[1.0, 1.0, 1.0]]))
    assert np.allclose([[0.0, 2 / 3, 1 / 3]], weights, rtol=1e-15, atol=0)


@pytest.mark.parametrize("doubt", [FREE, SHARES], ids=repr)
def test_the_solver_is_asked_for_a_number_near_one(doubt, monkeypatch):
    """Its tolerances mean the same on every scale: where one agency is ahead it is exactly 1."""
    answers = []

    def watched(*given, **named):
        answers.append(linprog(*given, **named))
        return answers[-1]

    linprog = scipy.optimize.linprog
    monkeypatch.setattr(scipy.optimize, "linprog", watched)
    values = np.array([[1.0, 1.0, 1.0], [2.0, 3.0, 7.0]]) * np.array([1e-30, 1.0, 1e30])
    doubt.aggregate(values, np.ones(3))
    assert [1.0, 1.0] == pytest.approx([each.fun for each in answers], rel=1e-12, abs=0)


def test_without_scipy_the_extra_is_named(monkeypatch):
    """What to install is said, and what for."""
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    words = "The library scipy is needed to work out the benefit of the doubt, and is not installed"
    with pytest.raises(MissingExtraError, match=rf"{words}\. .*agencyindex\[stats\]"):
        FREE.aggregate(np.ones((2, 2)), np.ones(2))
