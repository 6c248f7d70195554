"""Rounding against the decimal library, on ties and next to them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencyindex.errors import MethodError, Place
from agencyindex.methods.rounding import rounded

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}
DECIMALS = st.integers(0, 12)
WIDE = Context(prec=400)


def by_decimal(x, decimals, rule):
    """The number by the decimal library, and first the tie that it is nearly, if it is."""
    if not math.isfinite(x):
        return x
    step = Decimal(1).scaleb(-decimals)
    shortest = Decimal(repr(x))
    steps = abs(Fraction(x)) * 10**decimals
    tie = math.floor(steps) + Fraction(1, 2)
    if steps < 2**36 and abs(steps - tie) <= steps / 2**44:
        shortest = (Decimal(2 * math.floor(steps) + 1).scaleb(-decimals) / 2).copy_sign(shortest)
    return float(shortest.quantize(step, rounding=MODES[rule], context=WIDE)) + 0.0


@st.composite
def near_ties(draw):
    """A number of decimals, and a tie at it, or up to three floats beside one."""
    decimals = draw(DECIMALS)
    whole = draw(st.integers(-(10**6), 10**6) | st.integers(-(10**15), 10**15))
    x = float(Decimal(2 * whole + 1).scaleb(-decimals) / 2)
    steps, way = draw(st.integers(0, 3)), draw(st.sampled_from([-math.inf, math.inf]))
    for _ in range(steps):
        x = math.nextafter(x, way)
    return decimals, x


def same(found, expected):
    return np.array(found).tobytes() == np.array(expected).tobytes()


@pytest.mark.parametrize("rule", MODES)
@given(case=near_ties())
def test_ties_are_decided_on_the_decimal_value(rule, case):
    """On a tie and beside it the result is that of the decimal library, to the bit."""
    decimals, x = case
    assert same(rounded(np.array([x]), decimals, rule), [by_decimal(x, decimals, rule)])


@pytest.mark.parametrize("rule", MODES)
@given(x=st.lists(st.floats() | st.floats(-100, 100), max_size=20), decimals=DECIMALS)
def test_any_float_is_rounded_as_a_decimal(rule, x, decimals):
    """All floats, great, small, infinite and none, come out as the decimal library has them."""
    found = rounded(np.array(x, dtype=np.float64), decimals, rule)
    assert all(
        (math.isnan(value) and math.isnan(each)) or same(each, by_decimal(value, decimals, rule))
        for value, each in zip(x, found.tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("x", "decimals", "rule", "expected"),
    [
        (0.15, 1, "half_up", 0.2),
        (0.15, 1, "half_even", 0.2),
        (0.15, 1, "binary", 0.1),
        (0.25, 1, "half_up", 0.3),
        (0.25, 1, "half_even", 0.2),
        (0.25, 1, "binary", 0.2),
        (2.675, 2, "half_up", 2.68),
        (2.5, 0, "binary", 2.0),
        (3.5, 0, "binary", 4.0),
        (-2.5, 0, "half_up", -3.0),
        (0.35, 1, "binary", 0.3),
        (55.55, 1, "half_up", 55.6),
    ],
)
def test_known_cases(x, decimals, rule, expected):
    """Where the three rules part."""
    assert expected == rounded(np.array(x), decimals, rule)


@given(case=near_ties() | st.tuples(DECIMALS, st.floats(-1e4, 1e4)))
def test_binary_takes_the_nearer_neighbour(case):
    """The result is a neighbour with these decimals, and none is nearer beyond a float's bit."""
    decimals, x = case
    found = float(rounded(np.array([x]), decimals, "binary")[0])
    exact = Fraction(x) * 10**decimals
    down, up = math.floor(exact), math.ceil(exact)
    neighbours = {float(Fraction(k, 10**decimals)): k for k in (down, up)}
    if abs(x) * 10**decimals < 2**52:
        assert found in neighbours
        bit = Fraction(math.ulp(x)) * 10**decimals
        assert abs(neighbours[found] - exact) <= min(exact - down, up - exact) + bit
    assert same(-found + 0.0, rounded(np.array([-x]), decimals, "binary")[0])


def test_binary_leaves_floats_that_are_coarser_than_decimals():
    """Great numbers, infinities and gaps pass."""
    x = np.array([2.0**60, -1e300, math.inf, -math.inf, math.nan])
    assert same(x, rounded(x, 12, "binary"))


@pytest.mark.parametrize("rule", [*MODES, "binary"])
@given(x=st.lists(st.floats(-1e3, 1e3), max_size=30), decimals=DECIMALS)
def test_rounding_is_done_once_and_for_each_alone(rule, x, decimals):
    """Rounding again changes nothing, nor does the batch; no zero is negative."""
    once = rounded(np.array(x, dtype=np.float64), decimals, rule)
    assert same(once, rounded(once, decimals, rule))
    alone = [rounded(np.array([each]), decimals, rule)[0] for each in x]
    assert same(once, np.array(alone, dtype=np.float64))
    assert not np.signbit(once[once == 0]).any()


@pytest.mark.parametrize("rule", [*MODES, "binary"])
def test_any_shape_is_kept(rule):
    """A table comes out as a table, and what was given is not changed."""
    x = np.array([[0.05, -0.04], [math.nan, 7.0]])
    found = rounded(x, 1, rule)
    assert found.shape == (2, 2)
    assert x[0, 0] == 0.05
    assert same(found[0, 1], 0.0)


DECIMALS_WANTED = "a whole number from 0 to 12"
RULES_WANTED = '"half_up", "half_even" or "binary"'


@pytest.mark.parametrize(
    ("decimals", "rule", "expected"),
    [
        (13, "up", [("decimals", DECIMALS_WANTED, "13", 13), ("rule", RULES_WANTED, '"up"', "up")]),
        (-1, "binary", [("decimals", DECIMALS_WANTED, "-1", -1)]),
        (True, "binary", [("decimals", DECIMALS_WANTED, "True", True)]),
        (1.0, "binary", [("decimals", DECIMALS_WANTED, "1", 1.0)]),
    ],
)
def test_bad_parameters_are_refused_together(decimals, rule, expected):
    """Decimals from 0 to 12 and one of three rules, word by word."""
    with pytest.raises(MethodError) as caught:
        rounded(np.array([1.0]), decimals, rule)
    problems = caught.value.problems
    assert {(each.code, each.place) for each in problems} == {
        ("bad-parameter", Place(method="rounded"))
    }
    assert [(each.message, each.mend, each.expected, each.found) for each in problems] == [
        (f'"{name}" must be {wanted}, found {shown}.', "", wanted, found)
        for name, wanted, shown, found in expected
    ]


@pytest.mark.parametrize("rule", [*MODES, "binary"])
def test_floats_of_half_the_size_are_rounded_as_full_ones(rule):
    """The result is in full floats, whatever came."""
    found = rounded(np.array([0.15, -2.35], dtype=np.float32), 1, rule)
    assert found.dtype == np.float64
    assert found.tolist() == rounded(np.float64(np.float32([0.15, -2.35])), 1, rule).tolist()


@pytest.mark.parametrize(("rule", "expected"), [("half_up", 0.63), ("half_even", 0.62)])
def test_a_decimal_tie_of_many_steps_goes_by_its_rule(rule, expected):
    """Beyond what is near a tie by computing, the rule decides on the shortest decimal."""
    assert [2.0**40 + expected] == rounded(np.array([2.0**40 + 0.625]), 2, rule).tolist()


@pytest.mark.parametrize("rule", [*MODES, "binary"])
def test_the_first_float_without_fractions_stays(rule):
    """From 2 ** 52 up nothing is rounded."""
    assert [2.0**52] == rounded(np.array([2.0**52]), 0, rule).tolist()


@pytest.mark.parametrize("rule", ["half_up", "half_even"])
def test_what_arithmetic_misses_a_tie_by_is_a_tie(rule):
    """Up to 2 ** -44 of a value, on either side; what is farther off goes where it lies."""
    tie = 2.5
    for near in (tie * (1 - 2.0**-45), tie, tie * (1 + 2.0**-45)):
        assert rounded(np.array([near]), 0, rule).tolist() == [3.0 if rule == "half_up" else 2.0]
    assert rounded(np.array([tie * (1 - 2.0**-43)]), 0, rule).tolist() == [2.0]
    assert rounded(np.array([tie * (1 + 2.0**-43)]), 0, rule).tolist() == [3.0]
