"""Ranks and bands against counting."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.refusals import refused

from agencyindex.methods.ranking import band_positions, ranks

COARSE = st.lists(st.integers(-4, 4).map(float) | st.just(math.nan) | st.just(-0.0), max_size=25)


def counted(x, values, ties, descending):
    if math.isnan(x):
        return math.nan
    values = [value for value in values if not math.isnan(value)]
    ahead = [value for value in values if (value > x if descending else value < x)]
    first, last = len(ahead) + 1, len(ahead) + sum(value == x for value in values)
    average, dense = (first + last) / 2, len({value + 0.0 for value in ahead}) + 1
    return {"smallest": first, "largest": last, "average": average, "dense": dense}[ties]


@pytest.mark.parametrize("ties", ["smallest", "largest", "average", "dense"])
@given(values=COARSE, descending=st.booleans())
def test_ranks_equal_counting(ties, values, descending):
    """A rank is one more than the number ahead, with ties as declared and gaps left out."""
    found = ranks(np.array(values, dtype=np.float64), ties=ties, descending=descending)
    expected = [counted(x, values, ties, descending) for x in values]
    assert np.array_equal(np.array(expected, dtype=np.float64), found, equal_nan=True)


def test_ranks_refuse_other_ties():
    """A misspelt rule is not taken for another."""
    with refused("ranks", "bad-parameter", words='found "min"'):
        ranks(np.array([1.0]), ties="min", descending=True)


@given(COARSE, st.lists(st.integers(-4, 4), unique=True).map(sorted), st.booleans())
def test_bands_equal_counting(values, thresholds, upper):
    """A band's position is the number of limits below, the one it stands on as declared."""
    found = band_positions(np.array(values, dtype=np.float64), thresholds, upper=upper)
    expected = [
        -1 if math.isnan(x) else sum(limit <= x if upper else limit < x for limit in thresholds)
        for x in values
    ]
    assert expected == found.tolist()
