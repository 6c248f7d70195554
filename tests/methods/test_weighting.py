"""Weightings against exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import POSITIVE, refused

from agencyindex.methods.protocols import Siblings
from agencyindex.methods.weighting import EqualWeights, FixedWeights

NOBODY = np.empty((0, 0))


@given(st.integers(1, 40))
def test_equal_weights_are_equal(m):
    """Each of m children has one m-th."""
    assert [float(Fraction(1, m))] * m == EqualWeights().weights(np.empty((0, m))).tolist()


@given(st.lists(POSITIVE | st.just(0.0), min_size=1, max_size=20).filter(any), st.integers(-9, 9))
def test_fixed_weights_are_proportions(nominal, power):
    """Each child has its share of the sum, and doubling all changes nothing."""
    found = FixedWeights().weights(NOBODY, Siblings(stated=np.array(nominal)))
    total = sum(map(Fraction, nominal))
    for weight, share in zip(nominal, found.tolist(), strict=True):
        assert math.isclose(share, Fraction(weight) / total, rel_tol=4e-16)
    assert math.isclose(1, math.fsum(found), rel_tol=1e-15)
    doubled = FixedWeights().weights(NOBODY, Siblings(stated=np.array(nominal) * 2.0**power))
    assert found.tobytes() == doubled.tobytes()


@given(st.lists(POSITIVE, min_size=1, max_size=20), st.randoms())
def test_fixed_weights_do_not_see_the_order(nominal, random):
    """A child's weight is the same to the bit wherever it stands."""
    order = random.sample(range(len(nominal)), len(nominal))
    found = FixedWeights().weights(NOBODY, Siblings(stated=np.array(nominal)))
    shuffled = FixedWeights().weights(NOBODY, Siblings(stated=np.array(nominal)[order]))
    assert found[order].tobytes() == shuffled.tobytes()


def test_fixed_weights_need_one_above_zero():
    """Nothing can be shared out where all weights are zero."""
    with refused("FixedWeights", "zero-weights"):
        FixedWeights().weights(NOBODY, Siblings(stated=np.zeros(3)))


@pytest.mark.parametrize("weight", [-1.0, math.nan])
def test_fixed_weights_are_not_negative(weight):
    """A weight below zero, or none, is refused."""
    with refused("FixedWeights", "out-of-range", words="at least 0"):
        FixedWeights().weights(NOBODY, Siblings(stated=np.array([2.0, weight])))


def test_fixed_weights_of_another_type_are_taken_as_they_are():
    """Weights in short floats or whole numbers are shared out with all digits."""
    for kind in (np.float32, np.int8):
        found = FixedWeights().weights(NOBODY, Siblings(stated=np.array([1, 2], dtype=kind)))
        assert found.tolist() == [1 / 3, 2 / 3]
