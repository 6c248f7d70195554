"""Means of values that are rounded, worked out so that a tie is found to be one."""

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
WHOLE = 2.0**53
"""Up to here every whole number is a float."""


@attrs.frozen
class CloseMean:
    """The arithmetic mean of values that were rounded before.

    Means of rounded values are often ties, and a sum of floats, which is off by some last bits,
    misses them. Where ties are decided on the decimal value, the values are taken as the whole
    numbers that they are of their last decimal, which a sum keeps exact. In binary, what the
    values are above or below their mean is small, so that its own mean, which is added, is off
    by far less than theirs; R's mean does the same, and indices computed with R come out only so.

    Parameters
    ----------
    rounding
        How the values were rounded, and their mean will be.
    """

    name: ClassVar[str] = MEAN.name
    formula: ClassVar[str] = MEAN.formula
    reference: ClassVar[str] = MEAN.reference
    linear: ClassVar[bool] = True
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    rounding: Rounding

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values have a mean."""
        return MEAN.faults(attainable)

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        mean = MEAN.aggregate(values, weights)
        if self.rounding.rule == "binary":
            there = np.isfinite(mean)
            left = np.where(there[:, None], values - np.where(there, mean, 0.0)[:, None], 0.0)
            return np.asarray(mean + MEAN.aggregate(left, weights), dtype=np.float64)
        power = 10.0**self.rounding.decimals
        with np.errstate(over="ignore"):
            whole = np.rint(values * power)
        fits = np.asarray(~(np.abs(whole) > WHOLE).any(axis=1))
        exact = MEAN.aggregate(np.where(fits[:, None], whole, 0.0), weights) / power
        return np.where(fits, exact, mean)


def closely(resolved: Resolved, rounding: Rounding) -> Resolved:
    """The methods of a node, with a close mean where every level is rounded."""
    if rounding.where != "every_level" or not isinstance(resolved.aggregation, ArithmeticMean):
        return resolved
    return attrs.evolve(resolved, aggregation=CloseMean(rounding))
