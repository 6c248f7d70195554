"""Values of some agencies with gaps, and weights of which some may be zero."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st
from tests.methods.refusals import POSITIVE, SCORES

WEIGHTS = POSITIVE | st.just(0.0)


@st.composite
def tables(draw, numbers=SCORES, *, rows=12, gaps=True, weights=WEIGHTS):
    """Values (n, m) and weights (m,), not all of them zero."""
    m = draw(st.integers(1, 6))
    shares = draw(st.lists(weights, min_size=m, max_size=m).filter(any))
    cell = numbers | st.just(math.nan) if gaps else numbers
    found = draw(st.lists(st.lists(cell, min_size=m, max_size=m), min_size=1, max_size=rows))
    return np.array(found, dtype=np.float64), np.array(shares, dtype=np.float64)


def available(row, weights):
    """Exact values and weights of what counts in a row."""
    pairs = zip(row.tolist(), weights.tolist(), strict=True)
    return [(Fraction(x), Fraction(w)) for x, w in pairs if w > 0 and not math.isnan(x)]
