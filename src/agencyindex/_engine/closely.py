"""Means of values that are rounded in binary, worked out as R does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs
import numpy as np

from agencyindex._documents.resolve import Resolved
from agencyindex._model.definition import Rounding
from agencyindex.methods.aggregation import ArithmeticMean
from agencyindex.methods.protocols import FloatArray, Range

MEAN = ArithmeticMean()


@attrs.frozen
class CloseMean:
    """The arithmetic mean of values that were rounded before, and whose mean will be.

    Means of rounded values are often ties, and a sum of floats, which is off by some last bits,
    misses them. What the values are above or below their mean is small, so that its own mean,
    which is added, is off by far less than theirs; R's mean does the same, and indices computed
    with R come out only so. The decimal rules need no such care: they know a tie by themselves.
    """

    name: ClassVar[str] = MEAN.name
    formula: ClassVar[str] = MEAN.formula
    reference: ClassVar[str] = MEAN.reference
    linear: ClassVar[bool] = True
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values have a mean."""
        return MEAN.faults(attainable)

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        mean = MEAN.aggregate(values, weights)
        there = np.isfinite(mean)
        left = np.where(there[:, None], values - np.where(there, mean, 0.0)[:, None], 0.0)
        return np.asarray(mean + MEAN.aggregate(left, weights), dtype=np.float64)


def closely(resolved: Resolved, rounding: Rounding) -> Resolved:
    """The methods of a node, with a close mean where every level is rounded in binary."""
    binary = rounding.where == "every_level" and rounding.rule == "binary"
    if not binary or not isinstance(resolved.aggregation, ArithmeticMean):
        return resolved
    return attrs.evolve(resolved, aggregation=CloseMean())
