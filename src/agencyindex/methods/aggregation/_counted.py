"""Which values count: those of children with a weight, as finite numbers where that matters."""

from __future__ import annotations

import numpy as np

from agencyindex.methods.parameters import refusal
from agencyindex.methods.protocols import FloatArray


def counted(values: FloatArray, weights: FloatArray) -> FloatArray:
    """A copy of values (n, m) with gaps wherever a child's weight (m,) is zero."""
    # Adding zero turns -0 into 0: a sign must not tell which of two zeros came first.
    return np.where(weights > 0, np.asarray(values, dtype=np.float64), np.nan) + 0.0


def refuse_infinite(values: FloatArray, owner: str) -> None:
    """Refuse values that cannot be weighed against others."""
    infinite = np.isinf(values)
    if infinite.any():
        message = "A value is infinite, so it cannot be set against others."
        mend = "Clip the values when they are normalised."
        raise refusal("out-of-range", owner, message, mend, float(values[infinite].max()))


def by_column(table: FloatArray) -> FloatArray:
    """Sums of rows (n, m), one column after another: no row depends on the batch."""
    total = np.zeros(len(table))
    for column in table.T:
        total += column
    return total


def kept_between(result: FloatArray, table: FloatArray) -> FloatArray:
    """Means (n,) that do not leave the range of their rows (n, m) by a rounding."""
    least = np.fmin.reduce(table, axis=1, initial=np.nan)
    greatest = np.fmax.reduce(table, axis=1, initial=np.nan)
    return np.asarray(np.minimum(np.maximum(result, least), greatest))
