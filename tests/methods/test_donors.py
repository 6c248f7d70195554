"""Neighbours against exact distances, and draws by lot against their generator."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import refused

from agencyindex.methods.imputation import HotDeck, NearestNeighbours
from agencyindex.methods.imputation.donors import _place
from agencyindex.methods.protocols import Imputation, Peers

WHOLE = st.integers(-4, 4).map(float)
GAP = st.just(math.nan)
ROWS = st.lists(
    st.tuples(
        st.one_of(WHOLE, GAP),
        st.sampled_from(["small", "large", None]),
        st.lists(st.one_of(WHOLE, GAP), min_size=3, max_size=3),
    ),
    min_size=1,
    max_size=12,
)
ANYWHERE = st.integers(0, 5)


def told(rows, ids):
    values, groups, others = zip(*rows, strict=True)
    return np.array(values), Peers(agencies=ids, groups=groups, others=np.array(others))


def names(count):
    """Ids whose alphabetical order is not that of the numbers."""
    return [str(number) for number in range(7, 7 + count)]


def spans(rows):
    """The range of each column."""
    columns = [
        [x for x in column if not math.isnan(x)]
        for column in zip(*[r[2] for r in rows], strict=True)
    ]
    return [Fraction(max(column) - min(column)) if column else Fraction(0) for column in columns]


def distance(one, other, ranges):
    """The exact Gower distance, None where nothing is shared."""
    parts = [
        abs(Fraction(x) - Fraction(y)) / span if span else Fraction(0)
        for x, y, span in zip(one, other, ranges, strict=True)
        if not (math.isnan(x) or math.isnan(y))
    ]
    return sum(parts, Fraction(0)) / len(parts) if parts else None


@given(ROWS, st.integers(1, 4))
def test_neighbours_are_the_nearest_by_the_exact_distance(rows, count):
    """A gap gets the mean of donors none of which is farther than one left out."""
    rows.append((2.0, None, [0.0, math.nan, 1.0]))
    ids = names(len(rows))
    x, peers = told(rows, ids)
    found = NearestNeighbours(neighbours=count).fill(x, peers)
    ranges = spans(rows)
    for row, (value, _, others) in enumerate(rows):
        if not math.isnan(value):
            assert found[row] == value
            continue
        reached = sorted(
            (far, agency, donor[0])
            for agency, donor in zip(ids, rows, strict=True)
            if not math.isnan(donor[0]) and (far := distance(others, donor[2], ranges)) is not None
        )
        if not reached:
            assert math.isnan(found[row])
            continue
        # Where exact distances tie, rounding may choose; every choice of the tied ones is right.
        last = reached[:count][-1][0]
        sure = [value for far, _, value in reached if far < last]
        tied = [value for far, _, value in reached if far == last]
        open_places = min(count, len(reached)) - len(sure)
        low = sum(sure) + sum(sorted(tied)[:open_places])
        high = sum(sure) + sum(sorted(tied)[::-1][:open_places])
        slack = 1e-14 * (abs(low) + abs(high))
        assert low - slack <= found[row] * min(count, len(reached)) <= high + slack


def test_neighbours_at_the_same_distance_go_by_id():
    """Of donors at the same distance the first ids count, in whatever order the rows stand."""
    others = np.array([[0.0], [1.0], [-1.0], [1.0], [3.0]])
    x = np.array([np.nan, 10.0, 20.0, 40.0, 80.0])
    for ids, one, two in (("eabcd", 10.0, 15.0), ("edcba", 40.0, 30.0), ("ebcad", 40.0, 25.0)):
        peers = Peers(agencies=list(ids), others=others)
        assert NearestNeighbours(neighbours=1).fill(x, peers)[0] == one
        assert NearestNeighbours(neighbours=2).fill(x, peers)[0] == two
    assert NearestNeighbours(neighbours=9).fill(x, peers)[0] == 37.5


def test_many_neighbours_at_the_same_distance_go_by_id():
    """Of a hundred donors, every other one as near as can be, the first ids count."""
    others = np.array([[0.0], *[[0.0], [1.0]] * 50])
    peers = Peers(agencies=[f"{number:03d}" for number in range(101)], others=others)
    x = np.array([np.nan, *range(100)])
    assert NearestNeighbours(neighbours=3).fill(x, peers)[0] == 2.0


def test_what_is_known_may_lie_far_from_zero():
    """Of neighbours two steps and one step away the nearer one counts, however far zero is."""
    others = 2.0**53 + 2 * np.array([[2.0], [0.0], [3.0], [100.0]])
    peers = Peers(agencies=list("abcd"), others=others)
    found = NearestNeighbours(neighbours=1).fill(np.array([np.nan, 1.0, 2.0, 3.0]), peers)
    assert found[0] == 2.0


def test_only_what_both_have_counts():
    """A column that one of two lacks does not count, one without a range is no distance."""
    others = np.array([[0.0, 0.0, 5.0], [np.nan, 1.0, 5.0], [3.0, np.nan, 5.0], [4.0, 4.0, 5.0]])
    peers = Peers(agencies=list("abcd"), others=others)
    nearest = NearestNeighbours(neighbours=1)
    # b: (1/4 + 0)/2, c: (3/4 + 0)/2, d: (1 + 1 + 0)/3.
    assert nearest.fill(np.array([np.nan, 1.0, 2.0, 3.0]), peers)[0] == 1.0
    assert nearest.fill(np.array([np.nan, np.nan, 2.0, 3.0]), peers)[0] == 2.0
    # With the first column alone b shares nothing with a, and is no neighbour.
    narrow = Peers(agencies=list("abcd"), others=others[:, :1])
    assert nearest.fill(np.array([np.nan, 1.0, np.nan, np.nan]), narrow).tolist()[1:2] == [1.0]
    assert np.isnan(nearest.fill(np.array([np.nan, 1.0, np.nan, np.nan]), narrow)[[0, 2, 3]]).all()


def test_neighbours_bear_the_greatest_numbers():
    """Ranges beyond all floats, and tiny ones, are scaled without a warning."""
    others = np.array([[-1.7e308, 5e-324], [1.7e308, 0.0], [-1.6e308, 0.0]])
    peers = Peers(agencies=list("abc"), others=others)
    filled = NearestNeighbours(neighbours=1).fill(np.array([np.nan, 1.0, 2.0]), peers)
    assert filled.tolist() == [2.0, 1.0, 2.0]
    great = NearestNeighbours(neighbours=2).fill(np.array([np.nan, 1.7e308, 1.7e308]), peers)
    assert great[0] == 1.7e308


@given(ROWS, st.randoms(), ANYWHERE, st.integers(1, 3))
def test_donors_do_not_depend_on_the_order_of_rows(rows, random, seed, count):
    """Rows in another order get the same values, to the last bit."""
    rows.append((2.5, "small", [0.0, 0.5, 1.0]))
    ids = names(len(rows))
    pairs = random.sample(list(zip(rows, ids, strict=True)), len(rows))
    for strategy in (
        NearestNeighbours(neighbours=count),
        HotDeck(seed=seed),
        HotDeck(seed=seed, group="size"),
    ):
        one = dict(zip(ids, strategy.fill(*told(rows, ids)).tolist(), strict=True))
        mixed_rows, mixed = zip(*pairs, strict=True)
        other = dict(zip(mixed, strategy.fill(*told(mixed_rows, mixed)).tolist(), strict=True))
        assert {key: repr(value) for key, value in one.items()} == {
            key: repr(value) for key, value in other.items()
        }


@given(ROWS, ANYWHERE, st.booleans())
def test_the_lot_falls_as_the_generator_says(rows, seed, grouped):
    """Each gap in the order of ids takes one draw, which names its donor in the order of ids."""
    rows.append((2.5, "small", [0.0, 0.0, 0.0]))
    ids = names(len(rows))
    x, peers = told(rows, ids)
    found = HotDeck(seed=seed, group="size" if grouped else None).fill(x, peers)
    bits = np.random.PCG64(seed)
    for agency in sorted(ids):
        row = ids.index(agency)
        group = rows[row][1]
        if not math.isnan(x[row]):
            assert found[row] == x[row]
            continue
        draw = Fraction(int(bits.random_raw()), 2**64)
        donors = [
            x[ids.index(other)]
            for other in sorted(ids)
            if not math.isnan(x[ids.index(other)])
            and (not grouped or group == rows[ids.index(other)][1])
        ]
        if grouped and group is None:
            donors = []
        expected = donors[math.floor(draw * len(donors))] if donors else math.nan
        assert repr(float(found[row])) == repr(float(expected))


def test_the_lot_is_fair_and_fixed():
    """A seed gives the same draws for ever, 0 too, others give others, and each donor its share."""
    x = np.array([1.0, 2.0, 3.0, *[np.nan] * 3000])
    peers = Peers(agencies=[f"{number:04d}" for number in range(x.size)])
    drawn = [HotDeck(seed=seed).fill(x, peers)[3:].tolist() for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0][:12] == [2.0, 1.0, 1.0, 1.0, 3.0, 3.0, 2.0, 3.0, 2.0, 3.0, 3.0, 1.0]
    # Four standard deviations of a binomial of 3000 and 1/3.
    assert all(abs(count - 1000) < 104 for count in Counter(drawn[0]).values())


@pytest.mark.parametrize("strategy", [NearestNeighbours(neighbours=1), HotDeck(seed=0)])
def test_what_others_have_cannot_be_frozen(strategy):
    """Both are learnt imputations that refuse to be fitted."""
    assert isinstance(strategy, Imputation)
    assert strategy.learnt
    assert not strategy.freezes
    with refused(type(strategy).__name__, "not-freezable"):
        strategy.fit(np.array([1.0]), Peers(), 1)


@pytest.mark.parametrize("strategy", [NearestNeighbours(neighbours=1), HotDeck(seed=0)])
def test_donors_are_needed_and_finite(strategy):
    """Nobody with a value, and an infinite value, are refused."""
    peers = Peers(agencies=["a", "b"], others=np.zeros((2, 1)))
    owner = type(strategy).__name__
    with refused(owner, "empty-population"):
        strategy.fill(np.array([np.nan, np.nan]), peers)
    with refused(owner, "not-finite", words="is inf"):
        strategy.fill(np.array([np.inf, np.nan]), peers)


def test_what_is_known_of_neighbours_is_finite():
    """An infinite value of another indicator is refused."""
    peers = Peers(agencies=["a", "b"], others=np.array([[1.0], [-np.inf]]))
    with refused("NearestNeighbours", "not-finite", words="is -inf"):
        NearestNeighbours(neighbours=1).fill(np.array([1.0, np.nan]), peers)


def test_neighbours_mix_the_signs_of_zero():
    """The mean of zeros of either sign is a plain zero, whichever stands first."""
    for zeros in ([0.0, -0.0], [-0.0, 0.0]):
        peers = Peers(agencies=["a", "b", "c"], others=np.zeros((3, 1)))
        filled = NearestNeighbours(neighbours=2).fill(np.array([np.nan, *zeros]), peers)
        assert repr(filled.tolist()[0]) == "0.0"


def test_whole_numbers_may_be_written_as_decimals():
    """A whole number is kept as an integer however it was written."""
    assert repr(NearestNeighbours(neighbours=2.0)) == "NearestNeighbours(neighbours=2)"
    assert repr(HotDeck(seed=np.int64(3))) == "HotDeck(seed=3, group=None)"


def test_places_of_draws_are_those_of_whole_numbers():
    """A draw of 64 bits times the donors, over 2 ** 64 and rounded down, for any number of them."""
    random = np.random.default_rng(1)
    ends = np.array([0, 2**64 - 1, 2**63, 2**32], dtype=np.uint64)
    draws = np.append(random.integers(0, 2**64, 500, dtype=np.uint64), ends)
    # The least draws that reach a place: one less in the last bit does not.
    reach = [-(-place * 2**64 // 12345) for place in range(1, 12345, 100)]
    many = np.full(len(reach), 12345)
    assert _place(np.array(reach, dtype=np.uint64), many).tolist() == [*range(1, 12345, 100)]
    below = [draw - 1 for draw in reach]
    assert _place(np.array(below, dtype=np.uint64), many).tolist() == [*range(0, 12344, 100)]
    for most in (2, 1000, 2**31):
        counts = random.integers(0, most, draws.size)
        pairs = zip(draws.tolist(), counts.tolist(), strict=True)
        assert _place(draws, counts).tolist() == [draw * count >> 64 for draw, count in pairs]


@pytest.mark.parametrize("group", [None, "size"])
def test_many_draws_are_those_of_one_after_the_other(group):
    """Of two hundred agencies: each gap has its draw, in the order of ids, from its own deck."""
    random = np.random.default_rng(5)
    x = random.permutation(np.where(np.arange(200) % 3 == 0, np.nan, np.arange(200.0)))
    groups = random.choice(np.array(["small", "large", "own", None], dtype=object), 200).tolist()
    ids = [f"{number:03d}" for number in random.permutation(200)]
    found = HotDeck(seed=9, group=group).fill(x, Peers(agencies=ids, groups=groups))
    bits, expected = np.random.PCG64(9), x.copy()
    order = sorted(range(200), key=ids.__getitem__)
    deck_of = [None if group is None else each for each in groups]
    for row in order:
        if np.isnan(x[row]):
            draw = int(bits.random_raw())
            deck = [
                x[other]
                for other in order
                if not np.isnan(x[other]) and deck_of[other] == deck_of[row]
            ]
            if group is None or groups[row] is not None:
                expected[row] = deck[draw * len(deck) >> 64]
    assert np.array_equal(found, expected, equal_nan=True)
    assert np.isnan(found).any() == (group is not None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5e-324, 5e-324], 5e-324),
        ([5e-324, 1.5e-323], 1e-323),
        ([1.7e308, 1.5e308], 1.6e308),
        ([-1.7e308, -1.5e308], -1.6e308),
        ([-1.7e308, 1.7e308], 0.0),
        ([0.1, 0.1, 0.1], 0.1),
    ],
)
def test_neighbours_of_any_size_have_a_mean(values, expected):
    """Of the least and of the greatest numbers too."""
    peers = Peers(
        agencies=[str(each) for each in range(9)][: len(values) + 1],
        others=np.zeros((len(values) + 1, 1)),
    )
    filled = NearestNeighbours(neighbours=3).fill(np.array([np.nan, *values]), peers)
    assert filled[0] == expected


def test_the_mean_of_equal_neighbours_is_theirs():
    """Rounding takes a sum, over how many there are, beyond them in either direction."""
    for number in np.random.default_rng(3).uniform(-5, 5, 300).tolist():
        x = np.array([np.nan, *[number] * 7])
        peers = Peers(agencies=list("abcdefgh"), others=np.zeros((8, 1)))
        assert NearestNeighbours(neighbours=7).fill(x, peers)[0] == number


def test_the_mean_of_great_neighbours_is_the_nearest_float():
    """Though their sum is beyond all floats."""
    for pair in np.random.default_rng(6).uniform(1e308, 1.7e308, (200, 2)).tolist():
        peers = Peers(agencies=["a", "b", "c"], others=np.zeros((3, 1)))
        filled = NearestNeighbours(neighbours=2).fill(np.array([np.nan, *pair]), peers)
        assert filled[0] == float(sum(map(Fraction, pair)) / 2)
