"""Scorings of chosen options against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.choices import (
    BinaryPoints,
    CountPoints,
    OptionPoints,
    OrdinalPoints,
    SharePoints,
)

OPTIONS = ["introduced", "tested", "planned", "no"]


def codes(scoring, options):
    return [code for code, _, _ in scoring.faults(options)]


@given(st.dictionaries(st.sampled_from(OPTIONS), SCORES, min_size=1), SCORES)
def test_points_are_the_table_s(table, default):
    """Each option is worth its entry, or the default, and the range is theirs."""
    scoring = OptionPoints(points=table, default=default)
    expected = [table.get(option, default) for option in OPTIONS]
    assert expected == scoring.points(np.arange(4, dtype=np.uint8), OPTIONS).tolist()
    assert (min(expected), max(expected)) == scoring.attainable(OPTIONS)
    assert codes(scoring, OPTIONS) == []


def test_points_take_a_copy():
    """Changing the mapping afterwards does not change the scoring."""
    table = {"yes": 1, "no": 0}
    scoring = OptionPoints(points=table)
    table["yes"] = 5
    assert scoring.table == {"yes": 1.0, "no": 0.0}


def test_points_name_every_fault():
    """A forgotten option and a misspelt one are both found, with a suggestion."""
    scoring = OptionPoints(points={"introduced": 1, "testd": 0.5, "planned": 0, "no": 0})
    faults = list(scoring.faults(OPTIONS))
    assert {"missing-points", "unknown-option"} == {code for code, _, _ in faults}
    assert len(faults) == 2
    messages = {code: (message, mend) for code, message, mend in faults}
    assert '"tested"' in messages["missing-points"][0]
    assert messages["unknown-option"][1] == 'Did you mean "tested"?'


@pytest.mark.parametrize("points", [5, {"a": "1"}, {"a": float("nan")}, {1: 1}, {"a": True}])
def test_points_refuse_what_is_no_table(points):
    """Points that are not finite numbers by option are refused, with a bad default beside."""
    with refused("OptionPoints", "bad-parameter", "bad-parameter", words='"default" must be'):
        OptionPoints(points=points, default=float("inf"))


@given(st.integers(2, 30), st.sampled_from(["first", "last"]))
def test_ordinal_steps_are_even(k, best):
    """The options go from 0 to 1 in equal steps, the best one exactly 1."""
    scoring = OrdinalPoints(best=best)
    options = [f"o{i}" for i in range(k)]
    expected = [float(Fraction(i, k - 1)) for i in range(k)]
    found = scoring.points(np.arange(k, dtype=np.uint8), options).tolist()
    assert (expected if best == "last" else expected[::-1]) == found
    assert scoring.attainable(options) == (0.0, 1.0)
    assert codes(scoring, options) == []


def test_ordinal_needs_two_options():
    """One option alone has no order."""
    assert codes(OrdinalPoints(best="last"), ["only"]) == ["scoring-type"]


def test_ordinal_refuses_other_ends():
    """Only the first or the last option can be best."""
    with refused("OrdinalPoints", "bad-parameter", words='found "highest"'):
        OrdinalPoints(best="highest")


@given(st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True))
def test_binary_is_one_for_named_options(ones):
    """Named options are worth 1 and the others 0."""
    scoring = BinaryPoints(ones=ones)
    expected = [float(option in ones) for option in OPTIONS]
    assert expected == scoring.points(np.arange(4), OPTIONS).tolist()
    assert (min(expected), max(expected)) == scoring.attainable(OPTIONS)
    assert codes(scoring, OPTIONS) == []


def test_binary_finds_unknown_options():
    """A named option that the item lacks is a fault."""
    assert codes(BinaryPoints(ones=["maybe"]), ["yes", "no"]) == ["unknown-option"]


@pytest.mark.parametrize("ones", ["yes", [], [1]])
def test_binary_refuses_what_is_no_list_of_options(ones):
    """A text, an empty list and numbers are refused."""
    with refused("BinaryPoints", "bad-parameter", words='"ones" must be'):
        BinaryPoints(ones=ones)


@st.composite
def chosen(draw):
    """Weights of some options and which of them were chosen by some agencies."""
    weights = draw(st.lists(SCORES, min_size=1, max_size=8))
    rows = st.lists(st.booleans(), min_size=len(weights), max_size=len(weights))
    return weights, np.array(draw(st.lists(rows, min_size=1, max_size=12)))


@given(chosen(), st.none() | st.floats(0.5, 1e6))
def test_count_is_the_capped_sum_of_weights(case, cap):
    """The exact sum comes out, within the attainable range, a row alone as in the batch."""
    weights, matrix = case
    options = [f"o{i}" for i in range(len(weights))]
    scoring = CountPoints(weights=dict(zip(options, weights, strict=True)), cap=cap)
    found = scoring.points(matrix, options)
    low, high = scoring.attainable(options)
    for row, points in zip(matrix, found.tolist(), strict=True):
        exact = sum(Fraction(w) for w, on in zip(weights, row, strict=True) if on)
        exact = exact if cap is None else min(exact, Fraction(cap))
        assert abs(Fraction(points) - exact) <= Fraction(1, 10**8)
        assert low <= points <= high
        assert [points] == scoring.points(row[None, :], options).tolist()
    assert codes(scoring, options) == []


@given(chosen())
def test_plain_counts_and_shares(case):
    """Without weights each option counts one, and the share is that of all options."""
    weights, matrix = case
    k, options = len(weights), [f"o{i}" for i in range(len(weights))]
    counts = [int(row.sum()) for row in matrix]
    assert counts == CountPoints().points(matrix, options).tolist()
    assert (0.0, float(k)) == CountPoints().attainable(options)
    expected = [float(Fraction(count, k)) for count in counts]
    assert expected == SharePoints().points(matrix, options).tolist()
    assert SharePoints().attainable(options) == (0.0, 1.0)
    assert codes(CountPoints(), options) + codes(SharePoints(), options) == []


def test_count_needs_every_weight():
    """An option without a weight and a weight without an option are both found."""
    scoring = CountPoints(weights={"web": 1, "mail": 1})
    assert sorted(codes(scoring, ["web", "desk"])) == ["missing-points", "unknown-option"]


def test_count_refuses_all_bad_parameters_together():
    """Bad weights and a bad cap are one error."""
    with refused("CountPoints", "bad-parameter", "bad-parameter", words="found -inf"):
        CountPoints(weights=[1, 2], cap=float("-inf"))


def test_share_needs_an_option():
    """An item with exclusive options only has no share."""
    assert len(codes(SharePoints(), [])) == 1


def test_the_order_in_which_options_are_offered_changes_no_bit_of_a_count():
    """Weights of 0.1, 0.2 and 0.3 add to the same sum in any order, and it is the highest."""
    scoring = CountPoints(weights={"a": 0.1, "b": 0.2, "c": 0.3})
    everything = np.ones((1, 3), dtype=bool)
    for options in permutations("abc"):
        assert scoring.points(everything, options).tolist() == [0.1 + 0.2 + 0.3]
        assert scoring.attainable(options) == (0.0, 0.1 + 0.2 + 0.3)
