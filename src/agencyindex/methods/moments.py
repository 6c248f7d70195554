"""Means and deviations of columns, which do not depend on the order of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.adding import summands, times_power, total
from agencyindex.methods.protocols import FloatArray

GREAT = 2.0**960
"""The sum of some greater numbers may be beyond all floats."""


@attrs.frozen(kw_only=True, eq=False)
class Moments:
    """Of m columns of ``count`` finite numbers, in a power of two for each column.

    So nothing overflows or vanishes: a column over 2 ** ``power`` lies between -1 and 1, and that
    is the scale of its ``mean``, of ``rest``, what rounding took from the mean, and of ``size``,
    the square root of the sum of squared distances from the mean.
    """

    power: NDArray[np.int_]
    mean: FloatArray
    rest: FloatArray
    size: FloatArray
    count: NDArray[np.int_]

    def scaled(self, part: FloatArray, columns: slice) -> FloatArray:
        """Numbers of some columns over their power of two."""
        return times_power(part, -self.power[columns])

    def apart(self, part: FloatArray, columns: slice) -> FloatArray:
        """Numbers of some columns less their mean, as it is before rounding."""
        found = self.scaled(part, columns)
        found -= self.mean[columns]
        found -= self.rest[columns]
        return found


def moments(values: FloatArray, low: FloatArray, high: FloatArray) -> Moments:
    """Means and deviations of the columns of a table (n, m) of finite numbers.

    Parameters
    ----------
    values
        At least one row.
    low, high
        The least and the greatest of each column (m,).

    Examples
    --------
    >>> found = moments(np.array([[2.0], [4.0], [6.0]]), np.array([2.0]), np.array([6.0]))
    >>> np.ldexp(found.mean, found.power), np.ldexp(found.size, found.power) ** 2
    (array([4.]), array([8.]))
    """
    count = len(values)
    power = np.frexp(np.maximum(-low, high))[1].astype(np.int64)
    low, high = times_power(low, -power), times_power(high, -power)
    mean, lost = _means(values, power, low, high)

    def squares(part: FloatArray, columns: slice) -> FloatArray:
        found = times_power(part, -power[columns])
        found -= mean[columns]
        found *= found
        return found

    # No number is farther from the mean than both ends from each other.
    listed = summands(values, 2 * np.frexp(high - low)[1], squares)
    # The squares are around the rounded mean, which makes their sum too great by this.
    sums = np.array([fsum(each) for each in listed]) - lost * lost / count
    size = np.sqrt(np.maximum(sums, 0.0))
    return Moments(
        power=power, mean=mean, rest=lost / count, size=size, count=np.full_like(power, count)
    )


def joined(each: Sequence[Moments]) -> Moments:
    """Those of some columns as those of one table.

    Examples
    --------
    >>> one = moments(np.array([[2.0], [4.0]]), np.array([2.0]), np.array([4.0]))
    >>> joined([one, one]).mean
    array([0.375, 0.375])
    """
    fields = attrs.fields_dict(Moments)
    return Moments(
        **{name: np.concatenate([getattr(one, name) for one in each]) for name in fields}
    )


def _means(
    values: FloatArray, power: NDArray[np.int_], low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Rounded means, and how much less so many times the mean is than the sum."""
    count = len(values)
    listed = summands(
        values, np.zeros_like(power), lambda part, columns: times_power(part, -power[columns])
    )
    # Rounding takes the mean of equal numbers a little beyond them.
    mean = np.clip([fsum(each) / count for each in listed], low, high) + 0.0
    # In two pieces, so that a product with the count is exact.
    near = np.rint(mean * 2.0**26) / 2.0**26
    pieces = zip(listed, (-count * near).tolist(), (-count * (mean - near)).tolist(), strict=True)
    return mean, np.array([fsum([*each, *less]) for each, *less in pieces])


def mean(values: FloatArray) -> float:
    """The mean of finite numbers (n,), at least one, and never beyond them.

    Examples
    --------
    >>> mean(np.array([0.1, 0.1, 0.1])), mean(np.array([1.5e308, 1.7e308]))
    (0.1, 1.6e+308)
    """
    low, high = float(values.min()), float(values.max())
    scale = room(max(-low, high))
    return min(max(total(values * scale) / values.size / scale, low), high) + 0.0


def room(greatest: float) -> float:
    """A power of two by which numbers up to the greatest have a sum that a float can hold.

    It is 1 wherever it can be: times less, the least of numbers would be rounded.
    """
    return 2.0**-64 if greatest > GREAT else 1.0
