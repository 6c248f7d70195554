"""Laws of every registered scoring, imputation and treatment."""

from __future__ import annotations

import math

import attrs
import numpy as np
import pytest
from tests.methods.examples import AGENCIES, OPTIONS, of
from tests.methods.populations import COLUMNS, HARD_COLUMNS, near, same, tried

from agencyindex.methods.numbers import Ratio
from agencyindex.methods.protocols import Peers

SCORINGS, IMPUTATIONS, TREATMENTS = (of(each) for each in ("scoring", "imputation", "treatment"))
FREEZING = [each for each in IMPUTATIONS if each.method.freezes]
DECLARED = [each for each in FREEZING if not each.method.learnt]

scoring = pytest.mark.parametrize("example", SCORINGS, ids=str)
imputation = pytest.mark.parametrize("example", IMPUTATIONS, ids=str)
freezing = pytest.mark.parametrize("example", FREEZING, ids=str)
treatment = pytest.mark.parametrize("example", TREATMENTS, ids=str)
population = pytest.mark.parametrize("name", COLUMNS)


def answers(method):
    """Answers of every kind that a scoring takes, one row or one entry each."""
    if "multiple_choice" in method.item_types:
        chosen = np.arange(2 ** len(OPTIONS))
        return (chosen[:, None] >> np.arange(len(OPTIONS)) & 1).astype(bool)
    if "number" in method.item_types:
        return np.array([*COLUMNS["apart"], *COLUMNS["tied"], 0.0, 500.0, -3.0, 1e300, 5e-324])
    return np.tile(np.arange(len(OPTIONS)), 5)


def scored(method, given):
    """Points; of a ratio those over a denominator of its own."""
    if isinstance(method, Ratio):
        given = np.stack([given, np.linspace(0.5, 7.5, len(given))])
    return method.points(given, OPTIONS)


@scoring
def test_points_lie_in_what_is_attainable(example):
    """Every answer has finite points between the two ends, and both ends are some answer's."""
    assert list(example.method.faults(OPTIONS)) == []
    low, high = example.method.attainable(OPTIONS)
    found = scored(example.method, answers(example.method))
    assert found.dtype == np.float64
    assert np.isfinite(found).all()
    assert low <= found.min() <= found.max() <= high
    assert (found.min(), found.max()) == (low, high) or math.isinf(low)


@scoring
def test_an_answer_alone_has_the_points_of_the_batch(example):
    """Points depend on the answer and on nobody else's."""
    given = answers(example.method)
    together = scored(example.method, given)
    order = np.random.default_rng(0).permutation(len(given))
    if isinstance(example.method, Ratio):
        below = np.linspace(0.5, 7.5, len(given))
        pairs = np.stack([given, below])
        alone = [example.method.points(pairs[:, [row]], ()) for row in range(len(given))]
        assert same(together[order], example.method.points(pairs[:, order], ()))
    else:
        alone = [example.method.points(given[row : row + 1], OPTIONS) for row in range(len(given))]
        assert same(together[order], example.method.points(given[order], OPTIONS))
    assert same(together, np.concatenate(alone))


def peers(values, copies=1):
    """What an imputation may know of agencies: all that any may ask for."""
    count = len(values) // copies
    ids = [*AGENCIES, *map(str, range(count))][:count]
    others = np.array([[k % 5, k * k % 7, np.nan if k == 3 else k] for k in range(count)], float)
    previous = np.array([np.nan if k == 1 else 10.5 * k for k in range(count)])
    groups = [(None, "small", "large", "small")[k % 4] for k in range(count)]
    return Peers(
        agencies=[id + "'" * copy for copy in range(copies) for id in ids],
        groups=groups * copies,
        previous=np.tile(previous, copies),
        others=np.tile(others, (copies, 1)),
    )


def taken(known, order):
    """What is known of agencies in another order, or of some of them."""
    return Peers(
        agencies=[known.agencies[row] for row in order],
        groups=[known.groups[row] for row in order],
        previous=known.previous[order],
        others=known.others[order],
    )


def gappy(name):
    """A population with gaps, but for the fifth agency and those of a size the second."""
    values = COLUMNS[name].copy()
    values[[0, 2, 3][: len(values) - 1]] = math.nan
    return np.concatenate([values, COLUMNS[name][::-1] + 1, [math.nan, math.nan]])


@imputation
@population
def test_only_gaps_are_filled(example, name):
    """Who has a value keeps it, to the bit; a gap gets a finite value or stays one."""
    values = gappy(name)
    found = example.method.fill(values, peers(values))
    here = ~np.isnan(values)
    assert same(found[here], values[here])
    assert not np.isinf(found).any()
    assert np.isfinite(found[~here]).any()
    low, high = example.method.attainable((-1.0, 501.0))
    assert low <= np.nanmin(found[~here]) <= np.nanmax(found[~here]) <= high
    assert same(values, gappy(name))


@freezing
@population
def test_what_is_learnt_fills_its_population_alike(example, name):
    """The fit is declared and its own fit, and gives the population the same bits."""
    values = gappy(name)
    known = peers(values)
    frozen = example.method.fit(values, known, 1)
    assert not frozen.learnt
    assert frozen.fit(values[:3], taken(known, [0, 1, 2]), -1) is frozen
    assert same(frozen.fill(values, known), example.method.fill(values, known))


@freezing
@population
def test_a_frozen_imputation_fills_each_gap_alone(example, name):
    """Agencies one by one get what they get together, whoever else is there."""
    values = gappy(name)
    known = peers(values)
    frozen = example.method.fit(values, known, 1)
    together = frozen.fill(values, known)
    rows = range(len(values))
    alone = [frozen.fill(values[[row]], taken(known, [row])) for row in rows]
    assert same(together, np.concatenate(alone))


@imputation
@population
def test_the_order_of_agencies_changes_not_one_bit(example, name):
    """Agencies in another order get the same values, those drawn by lot too."""
    values = gappy(name)
    known = peers(values)
    found = example.method.fill(values, known)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(values))
        assert same(example.method.fill(values[order], taken(known, order)), found[order])
        if example.method.freezes:
            frozen = example.method.fit(values, known, -1)
            assert frozen == example.method.fit(values[order], taken(known, order), -1)


@imputation
def test_units_and_copies_count_as_declared(example):
    """Who takes a line of all values along, and who does not mind everybody twice, is declared."""
    lines, copies = [], []
    for values in map(gappy, COLUMNS):
        known = peers(values)
        before = example.method.fill(values, known)
        lines.append(near(example.method.fill(3 * values + 50, known), 3 * before + 50))
        twice = example.method.fill(np.tile(values, 2), peers(np.tile(values, 2), 2))
        copies.append(near(twice, np.tile(before, 2)))
    found = {law for law, holds in (("equivariant", lines), ("copies", copies)) if all(holds)}
    assert found == example.laws


@imputation
def test_hard_populations_are_filled_or_refused(example):
    """A value where there is one, a finite one or a gap where there was a gap, or an error."""
    for name, values in HARD_COLUMNS.items():
        known = attrs.evolve(peers(values), previous=values)
        found = tried(lambda values=values, known=known: example.method.fill(values, known))
        if found is not None:
            here = ~np.isnan(values)
            assert same(found[here], values[here]), name
            assert not np.isinf(found[~here]).any(), name


@imputation
def test_what_is_not_known_is_asked_for(example):
    """Without ids, groups, other values or an edition before, who needs them says so."""
    values = gappy("apart")
    bare = tried(lambda: example.method.fill(values))
    assert bare is None or same(bare, example.method.fill(values, peers(values)))


@treatment
@population
def test_a_treatment_learns_once(example, name):
    """The fit is declared and its own fit, and treats the population with the same bits."""
    values = COLUMNS[name]
    frozen = example.method.fit(values)
    assert not frozen.learnt
    assert frozen.fit(COLUMNS["few"]) is frozen
    assert same(frozen.treat(values), example.method.treat(values))
    with_gaps = np.append(values, [math.nan, math.nan])
    assert example.method.fit(with_gaps) == frozen
    assert same(frozen.treat(with_gaps)[:-2], frozen.treat(values))
    assert np.isnan(frozen.treat(with_gaps)[-2:]).all()


@treatment
@population
def test_no_treatment_hangs_on_the_order(example, name):
    """Agencies in another order, or one by one after the fit, have the same bits."""
    values, order = COLUMNS[name], np.random.default_rng(1).permutation(len(COLUMNS[name]))
    frozen = example.method.fit(values)
    assert example.method.fit(values[order]) == frozen
    later = np.tile(np.append(values, np.linspace(values.min(), values.max(), 17)), 15)
    together = frozen.treat(later)
    assert same(np.concatenate([frozen.treat(later[[row]]) for row in range(19)]), together[:19])
    assert same(frozen.treat(later[::3]), together[::3])


@treatment
def test_scale_origin_and_order_are_kept_as_declared(example):
    """Who takes another unit or origin along, and who keeps the order of values, is declared."""
    scale, shift, rising = [], [], []
    for values in COLUMNS.values():
        before = example.method.treat(values)
        scale.append(near(example.method.treat(3 * values), 3 * before))
        shift.append(near(example.method.treat(values + 100), before + 100))
        frozen = example.method.fit(values)
        ascending = np.sort(np.append(values, np.linspace(values.min(), 500, 99)))
        rising.append((np.diff(frozen.treat(ascending)) >= 0).all())
    laws = {"scale": scale, "shift": shift, "rising": rising}
    assert {law for law, holds in laws.items() if all(holds)} == example.laws


@treatment
@population
def test_treated_values_lie_in_what_is_attainable(example, name):
    """Before the fit and after it the range holds the treated values and has no gap for an end."""
    values = COLUMNS[name]
    ends = float(values.min()), float(values.max())
    frozen = example.method.fit(values)
    inside = np.append(values, np.linspace(*ends, 55))
    for method in (example.method, frozen):
        low, high = method.attainable(ends)
        found = frozen.treat(inside)
        assert low <= found.min() <= found.max() <= high


@treatment
def test_hard_populations_are_treated_or_refused(example):
    """Never is a value lost or made; where no transform can be, an error says so."""
    for name, values in HARD_COLUMNS.items():
        found = tried(lambda values=values: example.method.treat(values))
        if found is not None:
            assert found.dtype == np.float64, name
            assert (np.isnan(found) == np.isnan(values)).all(), name
