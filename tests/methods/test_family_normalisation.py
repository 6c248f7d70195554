"""Laws of every registered normalisation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.methods.examples import AGENCIES, of
from tests.methods.populations import COLUMNS, HARD_COLUMNS, near, same, tried

RANGE = (0.0, 500.0)
EXAMPLES = of("normalisation")
DECLARED = [example for example in EXAMPLES if not example.method.learnt]

every = pytest.mark.parametrize("example", EXAMPLES, ids=str)
population = pytest.mark.parametrize("name", COLUMNS)


def ids(values):
    """As many ids as there are values, the first one that of the reference."""
    return [*AGENCIES, *map(str, range(len(values)))][: len(values)]


def fitted(example, values, agencies=None):
    """The declared normalisation of a population."""
    agencies = ids(values) if agencies is None else agencies
    return example.method.fit(values, RANGE, agencies)


@every
@population
def test_a_fit_is_declared_and_its_own_fit(example, name):
    """What was learnt is written out, and nothing is left to learn from anybody else."""
    frozen = fitted(example, COLUMNS[name])
    assert not frozen.learnt
    assert fitted(example, COLUMNS[name]) == frozen
    for other in COLUMNS.values():
        assert frozen.fit(other, RANGE, ids(other)) is frozen


@every
@population
def test_what_is_learnt_gives_its_population_the_same_bits(example, name):
    """Where values alone are enough, normalising is normalising by the fit."""
    values = COLUMNS[name]
    found = tried(lambda: example.method.normalise(values))
    if found is not None:
        assert same(found, fitted(example, values).normalise(values))


@every
@population
def test_the_order_of_agencies_changes_not_one_bit(example, name):
    """Agencies in another order have the same values, from the same parameters."""
    values = COLUMNS[name]
    order = np.random.default_rng(0).permutation(len(values))
    one = fitted(example, values)
    other = fitted(example, values[order], np.array(ids(values))[order].tolist())
    assert one == other
    assert same(one.normalise(values)[order], other.normalise(values[order]))


@every
@population
def test_a_row_alone_has_the_bits_of_the_batch(example, name):
    """A fitted normalisation takes each value by itself, in a batch of any size."""
    frozen = fitted(example, COLUMNS[name])
    later = np.concatenate([*COLUMNS.values(), np.linspace(-3, 700, 300)])
    together = frozen.normalise(later)
    alone = [frozen.normalise(later[row : row + 1]) for row in range(len(later))]
    assert same(together, np.concatenate(alone))
    assert same(together[::3], frozen.normalise(later[::3]))


@every
@population
def test_gaps_stay_and_do_not_count(example, name):
    """A population with gaps gives the others what they have without, and the gaps nothing."""
    values = COLUMNS[name]
    gappy = np.concatenate([values, [math.nan, math.nan]])
    frozen = fitted(example, gappy)
    assert frozen == fitted(example, values)
    found = frozen.normalise(gappy)
    assert np.isnan(found[-2:]).all()
    assert same(found[:-2], frozen.normalise(values))


def _holds(example, change):
    """Whether another population in the place of one gives the same values, on every sample."""
    results = []
    for values in COLUMNS.values():
        other = change(values)
        before = fitted(example, values).normalise(values)
        after = tried(lambda other=other: fitted(example, other).normalise(other))
        results.append(after is not None and near(after[: len(values)], before))
    return all(results)


@every
def test_scale_origin_and_copies_count_where_it_is_so_declared(example):
    """Another unit, another origin, or everybody twice: who does not mind is in the table."""
    found = set()
    if all(_holds(example, lambda x, a=a: a * x) for a in (0.125, 3.0, 1024.0)):
        found.add("scale")
    if all(_holds(example, lambda x, b=b: x + b) for b in (0.5, 1000.0)):
        found.add("shift")
    if all(_holds(example, lambda x, k=k: np.tile(x, k)) for k in (2, 3)):
        found.add("copies")
    assert found == example.laws


@every
@population
def test_more_is_never_less_or_never_more(example, name):
    """Values go one way only, the two values of the population and those about them too."""
    frozen = fitted(example, COLUMNS[name])
    about = [np.nextafter(x, way) for x in COLUMNS[name] for way in (-1e9, 1e9)]
    steps = np.diff(frozen.normalise(np.sort([*about, *COLUMNS[name], *np.linspace(0, 900, 200)])))
    assert (steps >= 0).all() or (steps <= 0).all()


@every
@population
def test_no_value_leaves_what_is_attainable(example, name):
    """Before the fit and after it the range holds what the population can have."""
    frozen = fitted(example, COLUMNS[name])
    found = frozen.normalise(np.array([*RANGE, *COLUMNS[name], *np.linspace(*RANGE, 99)]))
    for method in (example.method, frozen):
        low, high = method.attainable(RANGE)
        assert low <= found.min() <= found.max() <= high


@every
def test_hard_populations_give_values_or_an_error(example):
    """Never is a value lost, and never made; what cannot be done is said."""
    for name, values in HARD_COLUMNS.items():
        frozen = tried(lambda values=values: fitted(example, values))
        direct = tried(lambda values=values: example.method.normalise(values))
        for found in (direct, None if frozen is None else frozen.normalise(values)):
            if found is not None:
                assert found.dtype == np.float64, name
                assert (np.isnan(found) == np.isnan(values)).all(), name
        if frozen is not None and direct is not None:
            assert same(direct, frozen.normalise(values)), name


@every
def test_hard_values_after_an_ordinary_population(example):
    """What comes later may be anything: each value gets one."""
    frozen = fitted(example, COLUMNS["apart"])
    for name, values in HARD_COLUMNS.items():
        assert (np.isnan(frozen.normalise(values)) == np.isnan(values)).all(), name


@pytest.mark.parametrize("example", DECLARED, ids=str)
def test_what_is_declared_takes_anybody(example):
    """A declared method needs no population: the fit of nobody is that of all."""
    assert fitted(example, np.empty(0)) == fitted(example, COLUMNS["apart"])
