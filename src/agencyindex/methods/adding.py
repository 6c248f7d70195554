"""What the sums and means share: terms added column by column, over sums of weights."""

from __future__ import annotations

import numpy as np

from agencyindex.methods.parameters import refusal
from agencyindex.methods.protocols import FloatArray, SeparableAggregation


def added_up(by: SeparableAggregation, values: FloatArray, weights: FloatArray) -> FloatArray:
    """What a separable aggregation gives: values (n, m) with gaps and weights (m,) to (n,).

    A sum that no float can hold is infinite.

    Raises
    ------
    MethodError
        ``not-finite`` where infinities of both signs would be added.
    """
    available = ~np.isnan(values) & (weights > 0)
    total, weight = np.zeros(len(values)), np.zeros(len(values))
    # Column by column: the rounding of a matrix product would depend on the size of the batch.
    for column, share in enumerate(weights.tolist()):
        here = available[:, column]
        terms = np.zeros(len(values))
        chosen = by.before(values[here, column])
        with np.errstate(over="ignore", invalid="ignore"):
            terms[here] = share * chosen
            total += terms
        weight += np.where(here, share, 0.0)
    if np.isnan(total).any():
        message = "Infinite values of both signs have no sum."
        mend = "Correct or clip the values, or use a greater unit."
        raise refusal("not-finite", type(by).__name__, message, mend)
    result = np.where(available.any(axis=1), by.after(total, weight), np.nan)
    return np.asarray(result, dtype=np.float64)


def quotient(total: FloatArray, weight: FloatArray) -> FloatArray:
    """A sum over a sum of weights; a gap where these are zero."""
    total, weight = np.asarray(total, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    empty = np.full(np.broadcast_shapes(total.shape, weight.shape), np.nan)
    return np.asarray(np.divide(total, weight, out=empty, where=weight != 0), dtype=np.float64)
