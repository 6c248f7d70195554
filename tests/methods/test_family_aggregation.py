"""Laws of every registered aggregation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.methods.examples import of
from tests.methods.populations import HARD_TABLES, TABLES, WEIGHTS, near, same, tried

from agencyindex.errors import MethodError, Place
from agencyindex.methods import aggregation as agg
from agencyindex.methods.protocols import RangedAggregation, SeparableAggregation

EXAMPLES = of("aggregation")
ALONE = [example for example in EXAMPLES if not example.method.compares]
MONOTONE = [example for example in EXAMPLES if example.method.monotone]
# Few enough agencies for the one method that looks at all their orders.
SAMPLES = {"apart": TABLES["twelve"][:6]}
SAMPLES["tied"] = np.round(TABLES["eight"][:5] / 100) * 100 + 1

every = pytest.mark.parametrize("example", EXAMPLES, ids=str)
alone = pytest.mark.parametrize("example", ALONE, ids=str)
monotone = pytest.mark.parametrize("example", MONOTONE, ids=str)
population = pytest.mark.parametrize("name", SAMPLES)

drawn = pytest.mark.parametrize("seed", range(3))


def some(seed):
    """Two hundred rows of three values above zero, of all sizes, and weights."""
    random = np.random.default_rng(seed)
    rows = 10 ** random.uniform(-2, 3, (200, 3))
    return np.vstack([rows, np.round(rows) + 1]), random.uniform(0.01, 5, 3)


@every
def test_what_is_said_of_a_method_fits_together(example):
    """What adds is linear, what is linear is monotone, and what compares is neither."""
    method = example.method
    assert method.linear or not method.adds
    assert method.monotone or not method.linear
    assert not (method.compares and method.monotone)
    assert not (method.compares and isinstance(method, SeparableAggregation))
    assert not (method.monotone and isinstance(method, RangedAggregation))


@every
@population
def test_the_order_of_agencies_changes_not_one_bit(example, name):
    """Agencies in another order have the same values."""
    values = SAMPLES[name]
    found = example.method.aggregate(values, WEIGHTS)
    for seed in range(2):
        order = np.random.default_rng(seed).permutation(len(values))
        assert same(example.method.aggregate(values[order], WEIGHTS), found[order])


@every
@population
def test_the_order_of_children_changes_nothing(example, name):
    """Children in another order, each with its weight, give the same value."""
    values = SAMPLES[name]
    found = example.method.aggregate(values, WEIGHTS)
    for order in ([2, 1, 0], [1, 2, 0]):
        assert near(example.method.aggregate(values[:, order], WEIGHTS[order]), found)


@alone
@population
def test_a_row_alone_has_the_bits_of_the_batch(example, name):
    """Where agencies are not compared, one by one and in any batch they have the same bits."""
    values = (
        np.tile(SAMPLES[name], (40, 1)) * np.linspace(0.5, 1.5, 40 * len(SAMPLES[name]))[:, None]
    )
    values[::7, 1] = math.nan
    together = example.method.aggregate(values, WEIGHTS)
    single = [example.method.aggregate(values[row : row + 1], WEIGHTS) for row in range(40)]
    assert same(together[:40], np.concatenate(single))
    assert same(together[1::3], example.method.aggregate(values[1::3], WEIGHTS))
    assert same(together, example.method.aggregate(np.asfortranarray(values), WEIGHTS))


@every
@population
def test_a_child_without_weight_is_no_child(example, name):
    """Whatever its values and gaps are, what has weight 0 changes nothing."""
    values = SAMPLES[name]
    for child in (values[:, 0] / 3, np.full(len(values), math.nan), -values[:, 1]):
        wider = np.column_stack([values[:, :1], child, values[:, 1:]])
        found = example.method.aggregate(wider, np.insert(WEIGHTS, 1, 0.0))
        assert near(found, example.method.aggregate(values, WEIGHTS))


@every
@population
def test_an_agency_without_values_is_a_gap_and_nobody(example, name):
    """It has no value itself, and the others have theirs as if it were not there."""
    values = SAMPLES[name]
    found = example.method.aggregate(np.insert(values, 2, math.nan, axis=0), WEIGHTS)
    assert np.isnan(found[2])
    assert same(np.delete(found, 2), example.method.aggregate(values, WEIGHTS))


@alone
@population
def test_a_gap_is_a_child_less(example, name):
    """The value of a row with a gap is that of the children that are left, with their weights."""
    values = SAMPLES[name].copy()
    values[:, 1] = math.nan
    found = example.method.aggregate(values, WEIGHTS)
    assert near(found, example.method.aggregate(values[:, [0, 2]], WEIGHTS[[0, 2]]))


def _holds(example, change, expected=lambda y: y):
    """Whether other values and weights give what is expected of those before, on every sample."""
    for values in SAMPLES.values():
        before = expected(example.method.aggregate(values, WEIGHTS))
        after = tried(lambda values=values: example.method.aggregate(*change(values, WEIGHTS)))
        if after is None or not near(after[: len(values)], before):
            return False
    return True


@every
def test_units_origin_weights_and_copies_count_as_declared(example):
    """Who does not mind another unit, origin, sum of weights or everybody twice is in the table."""
    units, found = np.array([2.0, 0.3, 30.0]), set()
    if all(_holds(example, lambda x, w, a=a: (a * x, w), lambda y, a=a: a * y) for a in (0.3, 7)):
        found.add("scale")
    if _holds(example, lambda x, w: (x + 100, w), lambda y: y + 100):
        found.add("shift")
    if _holds(example, lambda x, w: (x * units, w)):
        found.add("unitless")
    if _holds(example, lambda x, w: (x + 10 * units, w)):
        found.add("originless")
    if _holds(example, lambda x, w: (x, 0.3 * w)) and _holds(example, lambda x, w: (x, w / 6.5)):
        found.add("shares")
    if example.method.compares and _holds(example, lambda x, w: (np.tile(x, (2, 1)), w)):
        found.add("copies")
    assert found == example.laws


@monotone
@drawn
def test_a_greater_child_never_makes_the_value_less(example, seed):
    """By much or by the last bit, but for the rounding of the sum."""
    rows, weights = some(seed)
    before = example.method.aggregate(rows, weights)
    for child in range(3):
        for more in (np.nextafter(rows[:, child], math.inf), rows[::-1, child] + rows[:, child]):
            higher = rows.copy()
            higher[:, child] = more
            assert (example.method.aggregate(higher, weights) >= before * (1 - 1e-14)).all()


@monotone
@drawn
def test_a_mean_lies_between_its_children(example, seed):
    """Neither below the least nor above the greatest, and equal children give what they have."""
    rows, weights = some(seed)
    if example.method.adds:
        weights = weights / math.fsum(weights)
    found = example.method.aggregate(rows, weights)
    assert (found >= rows.min(axis=1) * (1 - 1e-14)).all()
    assert (found <= rows.max(axis=1) * (1 + 1e-14)).all()
    equal = example.method.aggregate(np.tile(rows[:, :1], 3), weights)
    assert equal == pytest.approx(rows[:, 0], rel=1e-14, abs=0)


@drawn
def test_means_are_in_their_order(seed):
    """Minimum, harmonic, geometric, arithmetic, maximum; and powers by their exponents."""
    rows, weights = some(seed)
    chain = [
        agg.Minimum(),
        agg.PowerMean(exponent=-3, zero="error"),
        agg.HarmonicMean(zero="error"),
        agg.PowerMean(exponent=-0.5, zero="error"),
        agg.GeometricMean(zero="error"),
        agg.PowerMean(exponent=0.5, zero="error"),
        agg.ArithmeticMean(),
        agg.PowerMean(exponent=2, zero="error"),
        agg.PowerMean(exponent=5, zero="error"),
        agg.Maximum(),
    ]
    found = np.array([method.aggregate(rows, weights) for method in chain])
    assert (np.diff(found, axis=0) >= -1e-13 * found[:-1]).all()
    one, harmonic = (
        agg.PowerMean(exponent=1, zero="error"),
        agg.PowerMean(exponent=-1, zero="error"),
    )
    assert one.aggregate(rows, weights) == pytest.approx(found[6], rel=1e-14, abs=0)
    assert harmonic.aggregate(rows, weights) == pytest.approx(found[2], rel=1e-13, abs=0)


@every
def test_hard_tables_give_values_or_an_error(example):
    """A value where there is one, a gap where there is none, and an error for what cannot be."""
    for name, values in HARD_TABLES.items():
        many = values.shape[1]
        found = tried(
            lambda values=values, many=many: example.method.aggregate(values, WEIGHTS[:many])
        )
        if found is not None:
            assert found.dtype == np.float64, name
            assert (np.isnan(found) == np.isnan(values).all(axis=1)).all(), name


def test_a_sum_beyond_all_floats_is_infinite_or_none():
    """Too great a sum is infinite, without a warning; infinities of both signs are refused."""
    great = np.array([[1.7e308, 1.7e308, 1.0], [1.0, 2.0, 3.0]])
    assert agg.Sum().aggregate(great, WEIGHTS).tolist() == [math.inf, 12.5]
    assert agg.ArithmeticMean().aggregate(-great[:1], WEIGHTS).tolist() == [-math.inf]
    for method in (agg.Sum(), agg.ArithmeticMean()):
        with pytest.raises(MethodError) as caught:
            method.aggregate(HARD_TABLES["infinite both ways"], WEIGHTS)
        (problem,) = caught.value.problems
        assert problem.code == "not-finite"
        assert problem.place == Place(method=type(method).__name__)
        assert problem.message == "Infinite values of both signs have no sum."
        assert problem.mend == "Correct or clip the values, or use a greater unit."


@every
def test_what_faults_accepts_can_be_aggregated(example):
    """Values of a range that has no fault, its ends among them, are never refused."""
    for low, high in ((0.0, 1.0), (1.0, 100.0), (-5.0, 5.0), (0.0, 1e6)):
        faults = list(example.method.faults([(low, high)] * 3))
        ends = np.array([[low, high, low], [high, high, high], [low, low, low], [high, 0.5, low]])
        values = np.clip(ends, low, high)
        if not faults:
            assert not np.isnan(example.method.aggregate(values, WEIGHTS)).any()


@every
def test_weights_without_a_child_left_give_a_gap(example):
    """Where every child has weight 0 nothing counts, so there is no value."""
    if not example.method.compares:
        assert np.isnan(example.method.aggregate(SAMPLES["apart"], np.zeros(3))).all()


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if isinstance(e.method, RangedAggregation)], ids=str
)
@population
def test_what_tells_its_range_keeps_to_it(example, name):
    """No value is beyond what the ranges of the children allow."""
    values = SAMPLES[name]
    ranges = list(zip(values.min(axis=0).tolist(), values.max(axis=0).tolist(), strict=True))
    low, high = example.method.attainable(ranges)
    found = example.method.aggregate(values, WEIGHTS)
    assert low <= found.min() <= found.max() <= high
