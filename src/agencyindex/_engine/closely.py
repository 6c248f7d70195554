"""A mean worked out twice, where its last bits decide a tie."""

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
    """The arithmetic mean, to which the mean of what is left over is added.

    A sum of floats is off by some last bits, and where every level is rounded in binary they
    decide ties, which means of rounded values often are. What the values are above or below
    their mean is small, so that its own mean is off by far less. R's mean does the same, and
    indices that are computed with R come out only so.
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
        left = values - np.where(np.isfinite(mean), mean, 0.0)[:, None]
        rest = MEAN.aggregate(np.where(np.isfinite(mean)[:, None], left, 0.0), weights)
        return np.asarray(mean + rest, dtype=np.float64)


def closely(resolved: Resolved, rounding: Rounding) -> Resolved:
    """The methods of a node, its mean worked out twice where every level is rounded in binary."""
    in_binary = rounding.where == "every_level" and rounding.rule == "binary"
    if not (in_binary and isinstance(resolved.aggregation, ArithmeticMean)):
        return resolved
    return attrs.evolve(resolved, aggregation=CloseMean())
