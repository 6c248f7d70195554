"""Means and deviations against exact ones, whatever the size and the order of the values."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.methods.populations import same

from agencyindex.methods.moments import USUAL, joined, lengths, mean, means, moments

UNIT = Fraction(1, 2**53)
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def measured(table):
    """Moments of a table, whose ends are worked out here."""
    return moments(table, table.min(axis=0), table.max(axis=0))


def exact(values):
    """The mean and the sum of squared distances from it."""
    fractions = [Fraction(x) for x in values]
    middle = sum(fractions, Fraction(0)) / len(fractions)
    return middle, sum(((x - middle) ** 2 for x in fractions), Fraction(0))


@given(st.lists(FINITE, min_size=1, max_size=20))
@example([1.0, 1.0 + 2**-52])
@example([1.0, 1.0 + 2**-52, 1.0 + 2**-52])
@example([5e-324, 5e-324, 1e-320])
@example([2.0**399, -(2.0**399), 5e-324])
@example([2.0**400, -(2.0**400), 3.0])
@example([2.0**-401, 2.0**-402, 2.0**-401])
@example([2.0**-402, 2.0**-403, 2.0**-402])
@example([1.0, 2.0**-43, 2.0**-96, 2.0**-43])
@example([1.0, -1.0, 2.0**-150])
@example([1e6, 1e6 + 2**-30, 1e6 + 2**-30])
@example([0.1] * 3)
@example([-1.7e308, -1.7e308, -1.0])
@example([0.0])
def test_moments_are_exact_but_for_a_few_roundings(values):
    """In their power of two, which keeps the values within 1, whatever cancels or overflows."""
    assume(math.isfinite(max(values) - min(values)))
    table = np.array(values)[:, np.newaxis]
    found = measured(table)
    scale = Fraction(2) ** int(found.power[0])
    middle, squares = exact(values)
    largest = max(abs(Fraction(x)) for x in values)
    if abs(math.frexp(largest)[1]) <= USUAL:
        assert scale == 1
    else:
        assert largest <= scale <= 2 * largest
    assert abs(Fraction(float(found.mean[0])) * scale - middle) <= UNIT * largest
    whole = Fraction(float(found.mean[0])) + Fraction(float(found.rest[0]))
    # Halves of what rounding took, to a rounding of that.
    assert abs(whole * scale - middle) <= UNIT**2 * largest * 2
    size = Fraction(float(found.size[0])) * scale
    assert abs(size**2 - squares) <= 8 * UNIT * squares
    assert (found.size[0] == 0) == (min(values) == max(values))
    assert found.count.tolist() == [len(values)]


@given(st.lists(FINITE, min_size=1, max_size=20))
@example([5e-324, 1e-323])
@example([1.7e308, 1.6e308, 1.7e308])
@example([-1.7e308, -1.6e308])
@example([0.1] * 3)
@example([-0.0, -0.0])
def test_a_mean_is_the_nearest_but_for_a_rounding(values):
    """It is within the values, in any order, and never a zero below zero."""
    found = mean(np.array(values))
    largest = max(abs(Fraction(x)) for x in values)
    assert min(values) <= found <= max(values)
    assert abs(Fraction(found) - exact(values)[0]) <= 2 * UNIT * largest + Fraction(5e-324)
    assert mean(np.array(values[::-1])) == found
    assert math.copysign(1, found) > 0 or found < 0


@pytest.mark.parametrize("rows", [1, 2, 159, 17000])
def test_columns_have_the_moments_that_they_have_alone(rows):
    """To the bit, in either layout and in any order of the rows."""
    random = np.random.default_rng(rows)
    # So many columns that a table is gone through in parts.
    table = random.normal(2, 1, (rows, 20)) * 10.0 ** np.resize([0.0, -300, 300, 5, -7], 20)
    table[:, 4] += 1
    found = measured(table)
    order = random.permutation(rows)
    for other in (measured(table[order]), measured(np.asfortranarray(table))):
        for name in ("power", "mean", "rest", "size", "count"):
            assert same(getattr(found, name), getattr(other, name))
    low, high = table.min(axis=0), table.max(axis=0)
    for name in ("power", "mean", "rest", "count"):
        assert same(getattr(means(table, low, high), name), getattr(found, name))
    alone = joined([measured(table[:, [place]]) for place in range(20)])
    for name in ("power", "mean", "rest", "size", "count"):
        assert same(getattr(found, name), getattr(alone, name))


def test_numbers_are_set_apart_from_the_mean_before_rounding():
    """So values next to each other are as far from it as they are."""
    step = 2.0**-52
    table = np.array([[1.0], [1.0 + step], [1.0 + step]])
    found = measured(table)
    both = measured(np.hstack([table * 5, table]))
    apart = both.apart(table, slice(1, 2))[:, 0] * 2.0 ** both.power[1]
    assert same(apart, found.apart(table, slice(None))[:, 0] * 2.0 ** found.power[0])
    assert apart == pytest.approx([-2 / 3 * step, step / 3, step / 3], rel=1e-15, abs=0)
    assert found.scaled(table, slice(None)) is table


def test_the_mean_of_equal_numbers_is_that_number():
    """Rounding takes their sum, over how many there are, beyond them in either direction."""
    beyond = set()
    for number in np.random.default_rng(3).uniform(-5, 5, 300).tolist():
        for many in (3, 7, 49):
            found = measured(np.full((many, 1), number))
            assert float(np.ldexp(found.mean[0], found.power[0])) == mean(np.full(many, number))
            assert mean(np.full(many, number)) == number
            assert (found.size[0], found.rest[0]) == (0, 0)
            beyond.add(np.sign(math.fsum([number] * many) / many - number))
    assert beyond == {-1, 0, 1}


@pytest.mark.parametrize("scale", [1.0, 0.5, -1.0, -0.5])
def test_the_last_digit_decides_what_is_halfway(scale):
    """However far it is below the greatest, beside zeros and among numbers of one sign."""
    for values in ([0.0, 1.0, 2.0**-53, 2.0**-150], [2.0**50, 2.0**-3, 2.0**-50, 2.0**-50]):
        above = np.nextafter(max(values), math.inf)
        table = scale * np.array(values)[:, np.newaxis]
        assert measured(table).mean.tolist() == [scale * above / 4]
    table = scale * np.array([[1.0], [-1.0], [2.0**-150], [0.0]])
    assert measured(table).mean.tolist() == [scale * 2.0**-152]


def test_a_mean_of_zeros_is_no_zero_below_zero():
    """Whichever of both comes first."""
    for zeros in ([-0.0, -0.0], [0.0, -0.0], [-0.0, 0.0]):
        assert math.copysign(1, measured(np.array(zeros)[:, np.newaxis]).mean[0]) == 1
    assert math.copysign(1, mean(np.array([-5e-324, 0.0, 0.0]))) == 1


def test_scales_that_are_no_floats_are_reached_all_the_same():
    """The power of two that takes the least numbers to 1 is itself beyond all floats."""
    table = np.array([[5e-324, 1e308, 3.0], [1e-323, -1e308, 1.0]])
    found = measured(table)
    assert np.abs(found.scaled(table, slice(None))).max(axis=0).tolist() == [
        0.5,
        1e308 / 2.0**1023 / 2,
        3.0,
    ]


@pytest.mark.parametrize("order", ["C", "F"])
def test_lengths_are_square_roots_of_exact_sums(order):
    """To some roundings, on scales of their own, and infinite where no float is as long."""
    random = np.random.default_rng(5)
    scales = 10.0 ** np.array([0, -300, 300, 5, -7, 308])
    table = np.asarray(random.uniform(-1, 1, (20000, 6)) * scales, order=order)
    found = lengths(table, table.min(axis=0), table.max(axis=0)).tolist()
    assert found[-1] == math.inf
    for length, column in zip(found[:-1], table.T.tolist(), strict=False):
        exact = sum(Fraction(x) ** 2 for x in column)
        assert abs(Fraction(length) ** 2 - exact) <= 8 * UNIT * exact
