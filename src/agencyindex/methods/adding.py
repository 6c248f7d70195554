"""What the sums and means share: terms added column by column, over sums of weights."""

from __future__ import annotations

import numpy as np

from agencyindex.methods.protocols import FloatArray, SeparableAggregation


def added_up(by: SeparableAggregation, values: FloatArray, weights: FloatArray) -> FloatArray:
    """What a separable aggregation gives: values (n, m) with gaps and weights (m,) to (n,)."""
    available = ~np.isnan(values) & (weights > 0)
    total, weight = np.zeros(len(values)), np.zeros(len(values))
    # Column by column: the rounding of a matrix product would depend on the size of the batch.
    for column, share in enumerate(weights.tolist()):
        here = available[:, column]
        terms = np.zeros(len(values))
        terms[here] = share * by.before(values[here, column])
        total += terms
        weight += np.where(here, share, 0.0)
    result = np.where(available.any(axis=1), by.after(total, weight), np.nan)
    return np.asarray(result, dtype=np.float64)


def quotient(total: FloatArray, weight: FloatArray) -> FloatArray:
    """A sum over a sum of weights; a gap where these are zero."""
    total, weight = np.asarray(total, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    empty = np.full(np.broadcast_shapes(total.shape, weight.shape), np.nan)
    return np.asarray(np.divide(total, weight, out=empty, where=weight != 0), dtype=np.float64)
