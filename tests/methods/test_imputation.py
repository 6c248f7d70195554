"""Imputations of one value, of a group's and of an agency's own, against exact fractions."""

from __future__ import annotations

import csv
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES, refused

from agencyindex.methods.imputation import (
    AgencyValues,
    ConstantImputation,
    GroupMean,
    GroupMedian,
    GroupValues,
    MeanImputation,
    MedianImputation,
    PreviousEdition,
    WorstObserved,
)
from agencyindex.methods.protocols import Imputation, Peers

EPSILON = Fraction(2) ** -52
VALUES = st.lists(SCORES, min_size=1, max_size=20)
ANY = st.floats(allow_nan=False, allow_infinity=False)
GAPPED = st.lists(st.one_of(SCORES, st.just(math.nan)), min_size=1, max_size=12)
GROUPS = st.sampled_from(["small", "large", "huge", None])
NOBODY = Peers()
EVERY = [
    ConstantImputation(value=1),
    MeanImputation(),
    MedianImputation(),
    WorstObserved(),
    GroupValues(group="size", values={"small": 1}),
    GroupMean(group="size"),
    GroupMedian(group="size"),
    AgencyValues(values={"a": 1}),
    PreviousEdition(),
]
DECLARED = [EVERY[0], EVERY[4], EVERY[7]]


def middle(values):
    ordered = sorted(map(Fraction, values))
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def agree(found, expected):
    assert np.array(found).tobytes() == np.array(expected, dtype=np.float64).tobytes()


@pytest.mark.parametrize("strategy", EVERY, ids=lambda each: each.name)
def test_imputations_offer_their_protocol(strategy):
    """Each is an imputation that freezes, and is declared or learnt."""
    assert isinstance(strategy, Imputation)
    assert strategy.freezes
    assert strategy.learnt == (strategy not in DECLARED)


@given(st.lists(ANY, min_size=1, max_size=20), st.randoms())
def test_the_mean_is_near_the_exact_one(values, random):
    """The mean is exact to two roundings, within the values, and blind to their order."""
    fitted = MeanImputation().fit(np.array([*values, np.nan]), NOBODY, 1)
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    assert abs(Fraction(fitted.value) - exact) <= abs(exact) * EPSILON + Fraction(5e-324)
    assert min(values) <= fitted.value <= max(values)
    shuffled = random.sample(values, len(values))
    assert repr(fitted) == repr(MeanImputation().fit(np.array(shuffled), NOBODY, -1))


@pytest.mark.parametrize(
    "values",
    [
        [5e-324] * 7 + [0.0] * 3,
        [1e300, 3e300, 4e300],
        [2.0**960, 2.0**907, 2.0**-1011, 0.0],
        [2.0**961, 2.0**908, 2.0**-1010, 0.0],
    ],
)
def test_the_mean_of_the_tiniest_and_of_the_greatest_values_is_the_nearest_float(values):
    """What is scaled lest it overflow loses nothing, and what would vanish is not scaled."""
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    assert MeanImputation().fit(np.array(values), NOBODY, 1).value == float(exact)


@given(st.lists(ANY, min_size=1, max_size=20), st.randoms())
def test_the_median_is_near_the_exact_one(values, random):
    """The median is a value or exact to two roundings, and blind to the order."""
    fitted = MedianImputation().fit(np.array([np.nan, *values]), NOBODY, 1)
    exact = middle(values)
    assert abs(Fraction(fitted.value) - exact) <= abs(exact) * EPSILON + Fraction(5e-324)
    shuffled = random.sample(values, len(values))
    assert repr(fitted) == repr(MedianImputation().fit(np.array(shuffled), NOBODY, -1))


@pytest.mark.parametrize("value", [0.1, 1.7e308, -1.7e308, 5e-324, 1e300])
@pytest.mark.parametrize("strategy", [MeanImputation(), MedianImputation(), WorstObserved()])
def test_equal_values_fill_as_they_are(strategy, value):
    """The mean, median and worst of equal values is that value, however many there are."""
    for count in range(1, 50):
        assert strategy.fit(np.full(count, value), NOBODY, 1) == ConstantImputation(value=value)


@given(VALUES)
def test_the_worst_depends_on_the_direction(values):
    """The worst is the least where more is better, by itself too, else the greatest."""
    gapped = np.array([*values, np.nan])
    assert WorstObserved().fit(gapped, NOBODY, 1).value == min(values)
    assert WorstObserved().fit(gapped, NOBODY, -1).value == max(values)
    agree(WorstObserved().fill(gapped), [*values, min(values) + 0.0])


@pytest.mark.parametrize("strategy", [MeanImputation(), MedianImputation(), WorstObserved()])
def test_no_sign_of_zero_is_learnt(strategy):
    """A zero that is learnt is a plain one, whichever stands first."""
    for direction in (1, -1):
        fitted = [
            strategy.fit(np.array(x), NOBODY, direction) for x in ([-0.0, 0.0], [0.0, -0.0], [-0.0])
        ]
        assert {repr(each) for each in fitted} == {"ConstantImputation(value=0.0)"}


@given(GAPPED, SCORES)
def test_a_constant_fills_gaps_alone(values, constant):
    """Gaps get the constant; what is there, an infinity too, stays to the bit."""
    values = [*values, math.inf, -math.inf, -0.0]
    filled = [constant if math.isnan(value) else value for value in values]
    agree(ConstantImputation(value=constant).fill(np.array(values)), filled)
    alone = [ConstantImputation(value=constant).fill(np.array([value]))[0] for value in values]
    agree(alone, filled)


@given(GAPPED.filter(lambda values: not all(map(math.isnan, values))))
def test_by_itself_a_learnt_imputation_uses_the_values(values):
    """Filling by itself is fitting on the values, where more is better, and then filling."""
    x = np.array(values)
    for strategy in (MeanImputation(), MedianImputation(), WorstObserved()):
        agree(strategy.fill(x), strategy.fit(x, NOBODY, 1).fill(x))
        agree(strategy.fill(x)[~np.isnan(x)], x[~np.isnan(x)])


@pytest.mark.parametrize("strategy", DECLARED, ids=lambda each: each.name)
def test_fitting_what_is_declared_changes_nothing(strategy):
    """A declared imputation is its own fit."""
    assert strategy.fit(np.array([1.0, np.nan]), NOBODY, 1) is strategy


@given(st.lists(st.tuples(SCORES, GROUPS), min_size=1), st.randoms())
def test_groups_learn_from_their_own(pairs, random):
    """The value of a group is the mean or median of its members, in any order of rows."""
    pairs.append((7.5, "small"))
    for strategy, alone in (
        (GroupMean(group="size"), MeanImputation()),
        (GroupMedian(group="size"), MedianImputation()),
    ):
        values, groups = zip(*[*pairs, (math.nan, "empty")], strict=True)
        fitted = strategy.fit(np.array(values), Peers(groups=groups), 1)
        expected = {
            name: alone.fit(np.array([x for x, group in pairs if group == name]), NOBODY, 1).value
            for name in sorted({group for _, group in pairs} - {None})
        }
        assert repr(fitted) == repr(GroupValues(group="size", values=expected))
        values, groups = zip(*random.sample(pairs, len(pairs)), strict=True)
        assert repr(strategy.fit(np.array(values), Peers(groups=groups), -1)) == repr(fitted)


@given(st.lists(st.tuples(st.one_of(SCORES, st.just(math.nan)), GROUPS), min_size=1))
def test_a_gap_gets_the_value_of_its_group(pairs):
    """A gap gets its group's value, and stays one in another group or in none."""
    pairs.append((7.5, "small"))
    stated = {"small": 1.0, "large": 2.0}
    values, groups = zip(*pairs, strict=True)
    x, told = np.array(values), Peers(groups=groups)
    filling = GroupValues(group="size", values=stated)
    expected = [
        stated.get(group, math.nan) if math.isnan(value) else value for value, group in pairs
    ]
    agree(filling.fill(x, told), expected)
    for strategy in (GroupMean(group="size"), GroupMedian(group="size")):
        agree(strategy.fill(x, told), strategy.fit(x, told, 1).fill(x, told))


@given(st.lists(st.tuples(st.one_of(SCORES, st.just(math.nan))), min_size=1))
def test_the_edition_before_fills_by_agency(before):
    """All values of the edition before are learnt by id, and gaps of those agencies filled."""
    previous = [4.5, *(value for (value,) in before)]
    agencies = [f"a{number}" for number in range(len(previous), 0, -1)]
    told = Peers(agencies=agencies, previous=np.array(previous))
    fitted = PreviousEdition().fit(np.array([]), told, 1)
    known = sorted(zip(agencies, previous, strict=True))
    expected = {agency: value for agency, value in known if not math.isnan(value)}
    assert repr(fitted) == repr(AgencyValues(values=expected))
    gaps = np.full(len(previous), np.nan)
    agree(PreviousEdition().fill(gaps, told), previous)
    mixed = np.array([8.0, *gaps[1:]])
    agree(fitted.fill(mixed, Peers(agencies=agencies)), [8.0, *previous[1:]])
    stranger = Peers(agencies=["stranger"])
    assert np.isnan(fitted.fill(np.array([np.nan]), stranger)).all()


@pytest.mark.parametrize(
    ("strategy", "told"),
    [
        (MeanImputation(), NOBODY),
        (MedianImputation(), NOBODY),
        (WorstObserved(), NOBODY),
        (GroupMean(group="size"), Peers(groups=["a", "a"])),
        (GroupMedian(group="size"), Peers(groups=["a", "a"])),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_is_learnt_is_finite(strategy, told):
    """A population without values, or with an infinite one, teaches nothing."""
    owner = type(strategy).__name__
    with refused(owner, "empty-population"):
        strategy.fit(np.array([np.nan, np.nan]), told, 1)
    for value in (math.inf, -math.inf):
        with refused(owner, "not-finite", words=f"A value of the population is {value}."):
            strategy.fit(np.array([value, 1.0]), told, 1)


def test_all_bad_parameters_are_told_together():
    """A group without a name and a table that is none are one error."""
    with refused("GroupValues", "bad-parameter", "bad-parameter"):
        GroupValues(group="", values={})


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    agencies = [row.pop("uCode") for row in rows]
    columns = {
        name: np.array([float(row[name] or "nan") for row in rows])
        for name in rows[0]
        if not name.endswith(("group", "Name"))
    }
    return agencies, columns, rows


@pytest.mark.parametrize(
    ("strategy", "source", "result"),
    [
        (MeanImputation(), "stage_raw", "imputed_i_mean"),
        (MedianImputation(), "stage_raw", "imputed_i_median"),
        (GroupMean(group="GDPpc_group"), "stage_raw", "imputed_i_mean_grp_GDPpc_group"),
        (GroupMean(group="EurAsia_group"), "stage_denominated", "stage_imputed"),
    ],
    ids=["mean", "median", "group mean", "stage"],
)
def test_an_independent_package_fills_alike(shared_data, strategy, source, result):
    """The indicators of 51 countries get the values that COINr gives them, to 1e-10."""
    folder = shared_data / "oracle" / "asem"
    agencies, before, _ = table(folder / f"{source}.csv")
    same, after, _ = table(folder / f"{result}.csv")
    units, _, rows = table(folder / "unit_meta.csv")
    assert agencies == same
    group_of = dict(zip(units, rows, strict=True))
    group = getattr(strategy, "group", "EurAsia_group")
    told = Peers(agencies=agencies, groups=[group_of[agency][group] for agency in agencies])
    gaps = 0
    for name, values in before.items():
        gaps += np.isnan(values).sum()
        found = strategy.fit(values, told, 1).fill(values, told)
        np.testing.assert_allclose(found, after[name], rtol=1e-10, atol=0)
    assert gaps >= 63
