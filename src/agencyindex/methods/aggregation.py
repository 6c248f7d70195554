"""Aggregation: one value from the available children of a node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.choices import HANDBOOK
from agencyindex.methods.parameters import demands, refusal
from agencyindex.methods.protocols import Aggregation, FloatArray, Range


def _aggregated(method: Aggregation, values: FloatArray, weights: FloatArray) -> FloatArray:
    """Add from left to right over the columns, then finish; a row without values is NaN."""
    total, weight = np.zeros(len(values)), np.zeros(len(values))
    for column, share in enumerate(weights):
        if share > 0:
            there = ~np.isnan(values[:, column])
            terms = share * method.before(np.where(there, values[:, column], 1.0))
            total += np.where(there, terms, 0.0)
            weight += np.where(there, share, 0.0)
    found = method.after(total, np.where(weight > 0, weight, 1.0))
    return np.where(weight > 0, found, np.nan)


@attrs.frozen(kw_only=True)
class Sum:
    """The weighted sum; what is missing counts nothing.

    Examples
    --------
    >>> Sum().aggregate(np.array([[10.0, 5.0], [10.0, np.nan]]), np.array([1.0, 2.0]))
    array([20., 10.])
    """

    name: ClassVar[str] = "sum"
    formula: ClassVar[str] = r"y_i = \sum_{j \in A_i} w_j x_{ij}"
    reference: ClassVar[str] = HANDBOOK
    linear: ClassVar[bool] = True
    adds: ClassVar[bool] = True

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:  # noqa: ARG002
        """Nothing: any values can be added."""
        return iter(())

    def before(self, values: FloatArray) -> FloatArray:
        """The values."""
        return values

    def after(self, total: FloatArray, weight: FloatArray) -> FloatArray:  # noqa: ARG002
        """The sum."""
        return total

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Sums (n,) of values (n, m) with weights (m,); NaN where a row has no value."""
        return _aggregated(self, values, weights)


@attrs.frozen(kw_only=True)
class ArithmeticMean:
    """The weighted arithmetic mean of what is available.

    Examples
    --------
    >>> ArithmeticMean().aggregate(np.array([[10.0, 5.0], [10.0, np.nan]]), np.array([1.0, 1.0]))
    array([ 7.5, 10. ])
    """

    name: ClassVar[str] = "arithmetic"
    formula: ClassVar[str] = (
        r"y_i = \frac{\sum_{j \in A_i} w_j x_{ij}}{\sum_{j \in A_i} w_j}"
    )
    reference: ClassVar[str] = HANDBOOK
    linear: ClassVar[bool] = True
    adds: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:  # noqa: ARG002
        """Nothing: any values have a mean."""
        return iter(())

    def before(self, values: FloatArray) -> FloatArray:
        """The values."""
        return values

    def after(self, total: FloatArray, weight: FloatArray) -> FloatArray:
        """The sum over the available weight."""
        return total / weight

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Means (n,) of values (n, m) with weights (m,); NaN where a row has no value."""
        return _aggregated(self, values, weights)


@attrs.frozen(kw_only=True)
class GeometricMean:
    """The weighted geometric mean of what is available, which must be positive.

    Parameters
    ----------
    zero
        What a zero does: ``zero`` makes the node zero, ``error`` is refused.

    Examples
    --------
    >>> GeometricMean(zero="zero").aggregate(np.array([[4.0, 9.0], [4.0, 0.0]]), np.ones(2))
    array([6., 0.])
    """

    name: ClassVar[str] = "geometric"
    formula: ClassVar[str] = (
        r"y_i = \Big(\prod_{j \in A_i} x_{ij}^{w_j}\Big)^{1 / \sum_{j \in A_i} w_j}"
    )
    reference: ClassVar[str] = HANDBOOK
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False

    zero: Literal["zero", "error"]

    def __attrs_post_init__(self) -> None:
        with demands("GeometricMean") as demand:
            demand("zero", self.zero, self.zero in ("zero", "error"), '"zero" or "error"')

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative, or zero where that is refused."""
        for position, (low, _) in enumerate(attainable):
            if low < 0:
                yield position, f"can be {low:g}, and a geometric mean needs positive values"
            elif low == 0 and self.zero == "error":
                yield position, 'can be 0, and "zero" is "error"'

    def before(self, values: FloatArray) -> FloatArray:
        """The natural logarithm; minus infinity for a zero that is allowed.

        Raises
        ------
        MethodError
            Where a value is negative, or zero and refused (``not-positive``).
        """
        low = np.min(values, initial=np.inf)
        if low < 0 or (low == 0 and self.zero == "error"):
            message = f"A geometric mean needs positive values, and one is {low:g}."
            raise refusal("not-positive", "GeometricMean", message, "Normalise to above zero.")
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(values))

    def after(self, total: FloatArray, weight: FloatArray) -> FloatArray:
        """The exponential of the mean logarithm."""
        return np.asarray(np.exp(total / weight))

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Means (n,) of values (n, m) with weights (m,); NaN where a row has no value."""
        return _aggregated(self, values, weights)
