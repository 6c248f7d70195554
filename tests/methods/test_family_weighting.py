"""Laws of every registered weighting."""

from __future__ import annotations

import math
from itertools import permutations

import attrs
import numpy as np
import pytest
from tests.methods.examples import NAMES, of
from tests.methods.populations import HARD_TABLES, TABLES, near, same, siblings, tried

EXAMPLES = of("weighting")
LEARNT = [example for example in EXAMPLES if example.method.learnt]
BY_NAME = [example for example in EXAMPLES if list(example.method.faults(()))]

every = pytest.mark.parametrize("example", EXAMPLES, ids=str)
learnt = pytest.mark.parametrize("example", LEARNT, ids=str)
population = pytest.mark.parametrize("name", TABLES)


def weighed(example, values, **changes):
    """The weights of a population, with all that a weighting may ask for."""
    known = attrs.evolve(siblings(values), **changes)
    return example.method.weights(values, known)


def weighed_as(example, values, names, **changes):
    """Weights of children of other names."""
    stated = np.arange(1.0, len(names) + 1)
    known = attrs.evolve(siblings(np.ones((1, 3))), names=names, stated=stated, **changes)
    return example.method.weights(values, known)


@every
@population
def test_weights_are_shares(example, name):
    """They sum to 1 and none is below zero, one for each child."""
    found = weighed(example, TABLES[name])
    assert found.dtype == np.float64
    assert found.shape == (3,)
    assert math.fsum(found) == pytest.approx(1, rel=0, abs=1e-15)
    assert (found >= 0).all()


@every
def test_only_who_says_so_gives_negative_weights(example):
    """A child that goes against the others may be refused, or count nothing, or be turned."""
    turned = TABLES["twelve"] * [1, 1, -1] + [0, 0, 500]
    outcome = siblings(TABLES["twelve"]).outcome
    found = tried(lambda: weighed(example, turned, outcome=outcome))
    assert ("signs" in example.laws) == (found is not None and (found < 0).any())
    assert found is None or math.fsum(found) == pytest.approx(1, rel=0, abs=1e-12)


@every
@population
def test_the_order_of_agencies_changes_not_one_bit(example, name):
    """Agencies in another order give the same weights."""
    values = TABLES[name]
    known = siblings(values)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(values))
        other = weighed(example, values[order], outcome=known.outcome[order])
        assert same(other, weighed(example, values))


@every
@population
def test_the_order_of_children_is_that_of_the_weights(example, name):
    """Children in another order have their own weights, whichever of them come first."""
    values, before = TABLES[name], weighed(example, TABLES[name])
    known = siblings(values)
    for order in map(list, permutations(range(3))):
        names = tuple(NAMES[place] for place in order)
        after = weighed(
            example,
            values[:, order],
            names=names,
            stated=known.stated[order],
            outcome=known.outcome,
        )
        assert near(after, before[order])


@learnt
@population
def test_units_count_as_declared(example, name):
    """In other units a child's weight changes by a power of its unit, or not at all."""
    values, before = TABLES[name], weighed(example, TABLES[name])
    outcome = siblings(values).outcome
    units = np.array([2.0, 0.25, 3.0])
    expected = before * units**example.unit
    after = weighed(example, values * units, outcome=outcome)
    assert near(after, expected / expected.sum())
    # In a unit that all share, nothing changes: with a power of two not even a bit.
    assert same(weighed(example, values * 1024, outcome=outcome), before)
    assert near(weighed(example, values * 10, outcome=outcome * 7), before)


@learnt
@population
def test_everybody_twice_changes_nothing(example, name):
    """A population of copies has the weights of the population."""
    values = TABLES[name]
    outcome = siblings(values).outcome
    for count in (2, 3):
        after = weighed(example, np.tile(values, (count, 1)), outcome=np.tile(outcome, count))
        assert near(after, weighed(example, values))


@every
def test_the_origin_counts_where_it_is_so_declared(example):
    """Values with something added to all of a child: only parts of a sum and of a mean mind."""
    results = []
    for values in TABLES.values():
        outcome = siblings(values).outcome
        moved = weighed(example, values + [0.5, 100.0, 7.0], outcome=outcome)
        results.append(near(moved, weighed(example, values)))
    assert all(results) == ("origin" not in example.laws)


@every
def test_gaps_are_refused_or_left_out(example):
    """A gap is refused, or its agency does not count for that child, as declared."""
    values = TABLES["twelve"].copy()
    values[3, 1] = math.nan
    outcome = siblings(TABLES["twelve"]).outcome
    found = tried(lambda: weighed(example, values, outcome=outcome))
    takes = not example.method.learnt or "gaps" in example.laws
    assert (found is not None) == takes
    if takes:
        # A gap is about its child alone, and an agency of gaps is none.
        whole = weighed(example, TABLES["twelve"], outcome=outcome)
        assert found[2] / found[0] == pytest.approx(whole[2] / whole[0], rel=1e-12, abs=0)
        more = np.vstack([TABLES["twelve"], [math.nan] * 3])
        assert same(weighed(example, more, outcome=[*outcome, math.nan]), whole)


@every
def test_one_child_has_all(example):
    """A single child has weight 1, whatever its values."""
    if example in BY_NAME:
        return
    for name in ("one child", "one child, constant"):
        values = HARD_TABLES[name]
        known = attrs.evolve(siblings(TABLES["twelve"]), names=("a",), stated=np.array([2.0]))
        assert same(example.method.weights(values, known), np.ones(1))


@every
def test_hard_populations_give_weights_or_an_error(example):
    """Never is a weight no number; what cannot be done is said."""
    for name, values in HARD_TABLES.items():
        plain = np.nan_to_num(values, nan=1.0, posinf=2.0, neginf=0.0)
        for outcome in (np.arange(len(values)) ** 2.0, plain[:, 0], np.ones(len(values))):
            found = tried(
                lambda values=values, outcome=outcome: weighed_as(
                    example, values, NAMES[: values.shape[1]], outcome=outcome
                )
            )
            if found is not None:
                assert np.isfinite(found).all(), name
                assert math.fsum(found) == pytest.approx(1, rel=0, abs=1e-9), name
                assert (found >= 0).all() or "signs" in example.laws, name


@pytest.mark.parametrize("example", BY_NAME, ids=str)
def test_children_that_are_not_named_are_refused(example):
    """A child more or a child fewer than the parameters name is a fault, and no weight."""
    assert list(example.method.faults(NAMES)) == []
    for names in (NAMES[:2], (*NAMES, "d"), ("a", "b", "d")):
        assert list(example.method.faults(names))
        values = np.array(TABLES["twelve"][:, [0, 1, 2, 0][: len(names)]])
        assert tried(lambda names=names, values=values: weighed_as(example, values, names)) is None
