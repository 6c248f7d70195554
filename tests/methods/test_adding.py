"""Sums that no order changes: exactly rounded ones, and products of columns by slices."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from tests.methods.populations import same

from agencyindex.methods import adding
from agencyindex.methods.adding import FEW, products, quotient, total
from agencyindex.methods.columns import TALL

RANDOM = np.random.default_rng(53)
MANY_VALUES = {
    "uniform": RANDOM.uniform(1, 5, 3 * TALL + 7),
    "normal": RANDOM.normal(0, 1, TALL + 1),
    "squares": RANDOM.normal(0, 1, 2 * TALL) ** 2,
    "decimals": np.round(RANDOM.uniform(-100, 100, TALL), 1),
    "of all sizes": RANDOM.choice([-1, 1], 5000) * 10.0 ** RANDOM.uniform(-300, 250, 5000),
    "that cancel": np.append(np.tile([1e16, 1.0, -1e16], 900), 2.0**-60),
    "below zero": RANDOM.uniform(-5, -1, TALL),
    "far below zero": np.append(RANDOM.uniform(-2, -1, 5000) * 2.0**100, 1.0),
    "subnormal": 5e-324 * np.arange(1000.0),
    "zero": np.zeros(600),
    "great": np.tile([1e305, -1e305, 3.0], 300),
    "as many as are few": RANDOM.normal(0, 1, FEW),
    "one more": RANDOM.normal(0, 1, FEW + 1),
    "all the greatest of their power": np.full(TALL, 2.0 - 2.0**-52),
    "nobody": np.empty(0),
}


@pytest.mark.parametrize("name", MANY_VALUES)
def test_a_total_is_the_exact_sum_rounded_once(name):
    """As the sum of fractions, whatever the sizes, the number and the order of the values."""
    values = MANY_VALUES[name]
    before = values.copy()
    assert total(values) == math.fsum(values.tolist())
    assert total(values[::-1]) == total(values)
    assert total(np.random.default_rng(0).permutation(values)) == total(values)
    assert total(np.repeat(values, 2)[::2]) == total(values)
    assert same(values, before)


def _exact(columns):
    exact = [[Fraction(x) for x in column.tolist()] for column in columns]
    return [
        [sum((a * b for a, b in zip(j, k, strict=True)), Fraction(0)) for k in exact] for j in exact
    ]


@pytest.mark.parametrize("rows", [1, 2, 159, 1030, 4000])
def test_products_are_those_of_fractions(rows):
    """To a rounding of the norms, on scales apart, for few rows and for many."""
    random = np.random.default_rng(rows)
    columns = [random.normal(place, 1, rows) * 10.0 ** (5 * place - 9) for place in range(3)]
    found, exact = products(columns), _exact(columns)
    for j in range(3):
        for k in range(3):
            size = math.sqrt(exact[j][j] * exact[k][k])
            assert abs(Fraction(float(found[j, k])) - exact[j][k]) <= 2.0**-51 * size
    assert same(found, np.ascontiguousarray(found.T))


def test_two_slices_round_as_they_say(monkeypatch):
    """Where there are so many rows that two slices do, numbers are rounded at 2 ** -44."""
    columns = [np.random.default_rng(5).normal(place, 1, 1500) for place in range(3)]
    three, exact = products(columns), _exact(columns)
    monkeypatch.setattr(adding, "MANY", 1499)
    two = products(columns)
    assert not same(two, three)
    monkeypatch.setattr(adding, "MANY", 1500)
    assert same(products(columns), three)
    for j in range(3):
        for k in range(3):
            steps = [2.0**-44 * 2 * np.abs(columns[place]).max() for place in (j, k)]
            slack = np.abs(columns[j]).sum() * steps[1] + np.abs(columns[k]).sum() * steps[0]
            assert abs(Fraction(float(two[j, k])) - exact[j][k]) <= slack
            assert two[j, k] == pytest.approx(three[j, k], rel=0, abs=1e-13 * 1500)


@pytest.mark.parametrize(
    ("digits", "factor"), [(2.0**-12 + 2.0**-64, 1.0), (2.0**-43, 1.0 + 2.0**-20)]
)
def test_digits_far_below_the_greatest_count(digits, factor):
    """What is left of a product where the greatest cancel is exact to 2 ** -65 of them."""
    found = products([np.array([1.0, -1.0, digits]), np.array([1.0, 1.0, factor])])
    assert found[0, 1] == found[1, 0] == digits * factor


def test_the_greatest_number_may_be_below_zero():
    """A column is measured by its sizes, not by its greatest value."""
    found = products([np.array([1.0, -(2.0**60), 3.0]), np.array([-1.0, -2.0, -4.0])])
    assert found.tolist() == [[2.0**120, 2.0**61], [2.0**61, 21.0]]


@pytest.mark.parametrize("rows", [159, 3000])
def test_the_order_of_rows_changes_no_bit_of_products(rows):
    """Nor do the other columns that are there, or how they lie in memory."""
    random = np.random.default_rng(rows)
    table = random.normal(0, 1, (rows, 5))
    found = products(list(table.T))
    order = random.permutation(rows)
    assert same(products(list(table[order].T)), found)
    assert same(products(list(np.asfortranarray(table).T)), found)
    assert same(products(list(table[:, [4, 1]].T)), np.ascontiguousarray(found[[4, 1]][:, [4, 1]]))


def test_products_of_nothing_are_zero():
    """A column of zeros beside one of great numbers, whose products are what they are."""
    found = products([np.zeros(3), np.full(3, 1e150), np.full(3, 1e-150)])
    assert found[0].tolist() == [0, 0, 0]
    assert found[1, 1] == pytest.approx(3e300, rel=1e-15, abs=0)
    assert found[1, 2] == pytest.approx(3, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (10**30, 4, 2.5e29),
        (5, 10**30, 5e-30),
        (6.0, [2.0, 0.0], [3.0, math.nan]),
        ([6.0, 1.0], 2.0, [3.0, 0.5]),
        ([[1.0], [2.0]], [4.0, 8.0], [[0.25, 0.125], [0.5, 0.25]]),
    ],
)
def test_quotients_are_doubles_of_any_numbers(above, below, expected):
    """Whole numbers beyond 64 bits, one number over many and many over one; over zero a gap."""
    above, below = (np.array(each) if isinstance(each, list) else each for each in (above, below))
    found = quotient(above, below)
    assert found.dtype == np.float64
    assert np.array_equal(found, expected, equal_nan=True)
