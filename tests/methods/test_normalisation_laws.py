"""What holds of every normalisation: its frozen form, its bounds, and what it may look at."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.methods.refusals import SCORES

from agencyindex.errors import MethodError
from agencyindex.methods import normalisation as family
from agencyindex.methods.normalisation import (
    Ampi,
    Borda,
    CappedGoalposts,
    DistanceToMax,
    DistanceToTarget,
    FractionOfMax,
    LinearMap,
    MeanBands,
    PercentileRank,
    QuantileBands,
    Rank,
    ReferenceTable,
    RobustScore,
    Steps,
    VectorNormalisation,
    ZScore,
)

ANYWHERE = (-math.inf, math.inf)
DECLARED = [
    LinearMap(centre=3, spread=2, mean=100, deviation=10),
    ReferenceTable(values=[-5, 0, 7.5], scores=[1, 2, 4]),
    ReferenceTable(values=[2], scores=[0.5]),
    CappedGoalposts(goalposts=[0, 10], to=[0, 1]),
    Steps(edges=[-1, 0, 0, 4], values=[0, 1, 2, 3, 4], closed=["upper", "upper", "lower", "lower"]),
]
LEARNT = [
    ZScore(mean=0, deviation=1),
    ZScore(mean=100, deviation=10, when_constant=100),
    ZScore(mean=50, deviation=10, of="population"),
    RobustScore(mean=0, deviation=1),
    RobustScore(mean=50, deviation=10, when_constant=50),
    Ampi(),
    Ampi(centre=2.5, when_constant=100),
    *(rank(ties=ties) for rank in (Rank, Borda) for ties in ("smallest", "largest", "average")),
    PercentileRank(ties="smallest", of="others", to=[0, 1]),
    PercentileRank(ties="average", of="others", to=[1, 100]),
    PercentileRank(ties="largest", of="all", to=[0, 100]),
    DistanceToMax(),
    DistanceToMax(when_constant=0.5),
    DistanceToTarget(target=2e6, cap=True),
    DistanceToTarget(target=10, cap=False, when_constant=1),
    DistanceToTarget(target=10, cap=True, when_constant=2),
    FractionOfMax(),
    VectorNormalisation(),
    QuantileBands(quantiles=[0.15, 0.25, 0.65, 0.85, 0.95], values=[0, 20, 40, 60, 80, 100]),
    QuantileBands(quantiles=[0.5], values=[0, 1], when_constant=2),
    MeanBands(width=0.25, below=-1, within=0, above=1),
]
EVERY = [*DECLARED, *LEARNT]
VALUES = st.lists(SCORES, min_size=1, max_size=10)
WILD = st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=0, max_size=8)
GAPS = st.lists(st.integers(0, 20), max_size=5)


def names(method):
    return repr(method)


def with_gaps(values, gaps):
    found = list(values)
    for place in gaps:
        found.insert(place, math.nan)
    return np.array(found)


def fitted(method, values, attainable=ANYWHERE):
    try:
        return method.fit(np.array(values, dtype=float), attainable)
    except MethodError:
        return None


def test_every_class_is_tested_here_or_with_the_lines():
    """The lists above, the straight lines and the named reference are the whole family."""
    here = {type(each).__name__ for each in EVERY}
    lines = {"Attainable", "Constant", "Goalposts", "MinMax", "NoNormalisation"}
    assert here | lines | {"DistanceToReference"} == set(family.__all__)
    assert not any(each.learnt for each in DECLARED)
    assert all(each.learnt for each in LEARNT)


@pytest.mark.parametrize("method", DECLARED, ids=names)
def test_a_declared_normalisation_is_its_own_fit(method):
    """There is nothing to learn, from anybody."""
    assert method.fit(np.array([1.0, 2.0]), (0.0, 9.0)) is method
    assert method.fit(np.array([]), (0.0, 9.0), ["a"]) is method


@pytest.mark.parametrize("method", LEARNT, ids=names)
@given(values=VALUES, gaps=GAPS, random=st.randoms())
def test_a_learnt_one_freezes_to_what_it_does_to_its_population(method, values, gaps, random):
    """Normalising is normalising by the fit; neither gaps nor order nor -0 change a bit of it."""
    frozen = fitted(method, values)
    assume(frozen is not None)
    assert not frozen.learnt
    assert frozen.fit(np.array(values), ANYWHERE) is frozen
    population = with_gaps(values, gaps)
    found = method.normalise(population)
    assert found.tobytes() == frozen.normalise(population).tobytes()
    assert (np.isnan(found) == np.isnan(population)).all()
    order = random.sample(range(len(population)), len(population))
    assert repr(frozen) == repr(method.fit(population[order], (0.0, 1.0), ["a"]))
    assert found[order].tobytes() == method.normalise(population[order]).tobytes()
    signs = [-0.0 if x == 0 else x for x in values]
    assert repr(frozen) == repr(method.fit(np.array(signs), ANYWHERE))


@pytest.mark.parametrize("method", EVERY, ids=names)
@given(values=VALUES, later=VALUES)
def test_a_frozen_form_takes_each_value_alone(method, values, later):
    """Later values of any number come out to the bit as one by one, in one row or in two."""
    frozen = fitted(method, values)
    assume(frozen is not None)
    together = frozen.normalise(np.array(later))
    alone = [frozen.normalise(np.array([x]))[0] for x in later]
    assert together.tobytes() == np.array(alone).tobytes()
    square = np.array([later, later])
    assert frozen.normalise(square).tobytes() == np.array([together, together]).tobytes()


@pytest.mark.parametrize("method", EVERY, ids=names)
@given(values=VALUES, later=VALUES)
def test_more_is_never_less(method, values, later):
    """The greater value gets as much or more, after the fit too, where the maximum is positive."""
    assume(method != FractionOfMax() or max(values) > 0)
    frozen = fitted(method, values)
    assume(frozen is not None)
    near = [np.nextafter(x, way) for x in values for way in (-1e9, 1e9)]
    assert (np.diff(frozen.normalise(np.sort([*values, *later, *near]))) >= 0).all()


@pytest.mark.parametrize("method", EVERY, ids=names)
@given(values=VALUES, later=VALUES, open_below=st.booleans(), open_above=st.booleans())
def test_no_value_leaves_what_is_attainable(method, values, later, open_below, open_above):
    """Both before and after the fit the range holds all that values of the range can get."""
    low = -math.inf if open_below else min(*values, *later, values[0])
    high = math.inf if open_above else max(*values, *later, values[0])
    frozen = fitted(method, values, (low, high))
    assume(frozen is not None)
    before, after = method.attainable((low, high)), frozen.attainable((low, high))
    found = frozen.normalise(np.array([*values, *later]))
    assert after[0] <= found.min() <= found.max() <= after[1]
    assert before[0] <= after[0] <= after[1] <= before[1]
    assert before[0] <= found.min() <= found.max() <= before[1]


@pytest.mark.parametrize("method", EVERY, ids=names)
@given(values=WILD)
def test_any_population_gives_values_or_an_error(method, values):
    """Of infinities, subnormal and huge numbers comes a value each or one clear error, never NaN."""
    population = np.array(values, dtype=float)
    with np.errstate(invalid="raise", divide="raise", over="raise"):
        try:
            found = method.normalise(population)
        except MethodError as error:
            assert method.learnt
            (problem,) = error.problems
            assert problem.place.method == type(method).__name__
            assert problem.message.endswith(".")
            assert problem.mend.endswith(".")
            return
    assert (np.isnan(found) == np.isnan(population)).all()


@pytest.mark.parametrize("method", EVERY, ids=names)
@pytest.mark.parametrize("kind", [np.float32, np.int64, np.longdouble])
def test_doubles_come_out(method, kind):
    """Whatever kind of number goes in, the same doubles come out."""
    values = np.array([1, 2, 4, 10, 11])
    found = method.normalise(values.astype(kind))
    assert found.dtype == np.float64
    assert found.tobytes() == method.normalise(values.astype(float)).tobytes()


@pytest.mark.parametrize("method", [each for each in LEARNT if hasattr(each, "when_constant")])
@pytest.mark.parametrize("values", [[3.0], [3.0, 3.0, math.nan], [0.0, -0.0]])
def test_equal_values_are_what_the_document_says_or_an_error(method, values):
    """Everybody gets ``when_constant``; where it is not given, the error is about that."""
    if method.when_constant is None:
        with pytest.raises(MethodError) as caught:
            method.normalise(np.array(values))
        assert [each.code for each in caught.value.problems] == ["constant-indicator"]
    else:
        frozen = method.fit(np.array(values), ANYWHERE)
        assert frozen == family.Constant(value=method.when_constant)
        low, high = method.attainable(ANYWHERE)
        assert low <= method.when_constant <= high
