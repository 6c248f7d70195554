"""Populations that the tests of families share: ordinary ones, and ones that are hard on floats."""

from __future__ import annotations

import math

import numpy as np
from tests.methods.examples import NAMES

from agencyindex.errors import MethodError
from agencyindex.methods.protocols import Siblings

GRID = 8
"""Ordinary values are whole eighths, so that what the laws do to them is exact."""


def _eighths(values):
    return np.round(np.asarray(values) * GRID) / GRID


def _columns():
    random = np.random.default_rng(2008)
    return {
        "apart": _eighths(random.permutation(np.linspace(487, 11, 8))),
        "tied": np.array([85.0, 20.0, 20.0, 55.5, 85.0, 52.5, 20.0, 300.0]),
        "far": np.array([61.0, 55.0, 58.5, 63.0, 60.0, 64.5, 66.0, 480.0]),
        "few": np.array([101.5, 33.0]),
    }


COLUMNS = _columns()
"""Values above 1 and below 500 of up to eight agencies."""

HUGE, TINY = 1e300, 5e-324
_HARD = {
    "nobody": [],
    "one agency": [3.0],
    "one zero": [0.0],
    "constant": [2.5, 2.5, 2.5],
    "all missing": [math.nan, math.nan],
    "one of three": [math.nan, 7.0, math.nan],
    "gaps": [1.0, math.nan, 4.0, 9.0],
    "zeros": [0.0, -0.0, 0.0],
    "zero among": [0.0, 1.0, 4.0],
    "negative": [-3.0, -1.0, -2.0],
    "both signs": [-1.0, 0.0, 2.0, 5.0],
    "infinite": [1.0, math.inf, 2.0],
    "minus infinite": [-math.inf, 1.0, 2.0],
    "both infinite": [-math.inf, math.inf],
    "all infinite": [math.inf, math.inf],
    "subnormal": [TINY, 2 * TINY, 7 * TINY],
    "nearly zero": [0.0, TINY],
    "huge": [HUGE, 2 * HUGE, 5 * HUGE],
    "beyond all floats": [-1.7e308, 1.7e308, 0.0],
    "huge and tiny": [TINY, 1.0, HUGE],
    "next": [1.0, np.nextafter(1.0, 2.0), np.nextafter(1.0, 0.0)],
    "most alike": [5.0] * 9 + [5.000001],
}

HARD_COLUMNS = {name: np.array(values, dtype=np.float64) for name, values in _HARD.items()}
HARD_TABLES = {
    **{name: np.array([values] * 3).T for name, values in HARD_COLUMNS.items()},
    "one child": np.array([[1.0], [2.0], [5.0]]),
    "one child, constant": np.ones((3, 1)),
    "no child has all": np.array(
        [[1.0, math.nan, 2.0], [math.nan, 3.0, 1.0], [4.0, 1.0, math.nan]]
    ),
    "one constant": np.array([[1.0, 5.0, 2.0], [2.0, 5.0, 9.0], [4.0, 5.0, 1.0]]),
    "against": np.array([[1.0, 5.0, 3.0], [2.0, 4.0, 2.5], [4.0, 2.0, 1.0], [9.0, 1.0, 0.0]]),
    "scales apart": np.array([[HUGE, TINY, 1.0], [2 * HUGE, 9 * TINY, 4.0], [3 * HUGE, 0.0, 2.0]]),
    "a row of gaps": np.array([[1.0, 2.0, 4.0], [math.nan] * 3, [2.0, 7.0, 1.0]]),
    "infinite both ways": np.array([[math.inf, -math.inf, 1.0], [1.0, 2.0, 3.0]]),
    "great both ways": np.array([[1.7e308, 1.7e308, -1.7e308], [1.0, 2.0, 3.0]]),
    "infinite beside a gap": np.array([[math.inf, math.nan, 1.0], [0.0, math.inf, math.inf]]),
    "an empty table": np.empty((0, 3)),
}


def _table(seed, rows, noise):
    random = np.random.default_rng(seed)
    common = random.uniform(100, 400, rows)
    apart = [common + random.normal(0, noise * place, rows) for place in (1.0, 1.3, 0.8)]
    return np.clip(_eighths(np.array(apart).T), 1, 499)


TABLES = {
    "twelve": _table(3, 12, 90),
    "twenty": _table(2, 20, 130),
    "eight": _table(4, 8, 60),
}
"""Values of some agencies on three children that go together."""

WEIGHTS = np.array([3.0, 1.0, 2.5])


def siblings(values, names=NAMES):
    """What a weighting may know of the children of a table besides their values."""
    outcome = values @ np.arange(2.0, 2.0 + values.shape[1]) if values.shape[1] else None
    stated = dict(zip(NAMES, WEIGHTS.tolist(), strict=True))
    return Siblings(names=names, stated=np.array([stated[name] for name in names]), outcome=outcome)


def same(one, other):
    """Whether two arrays have the same bits."""
    return (
        one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    )


def near(one, other, of=1e-12):
    """Whether two arrays are equal but for some roundings of the greatest, with the same gaps."""
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape or (np.isnan(one) != np.isnan(other)).any():
        return False
    size = float(np.nanmax(np.abs(other), initial=0.0))
    return bool((np.abs(one - other)[~np.isnan(one)] <= of * size).all())


def tried(work):
    """What some work gives, or None where it is refused in whole sentences."""
    try:
        return work()
    except MethodError as error:
        problems = error.problems
    assert problems
    for each in problems:
        assert each.message.endswith(".")
        assert each.mend.endswith((".", "?"))
    return None
