"""Means and deviations of columns, which do not depend on the order of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.adding import SLICE, Rooms, positive_sums, summands, times_power, total
from agencyindex.methods.protocols import FloatArray

DIGITS = 53
"""Bits of a float."""
GREAT = 2.0**960
"""The sum of some greater numbers may be beyond all floats."""


USUAL = 400
"""Columns of numbers up to two to this power, and not all below its inverse, are left as they are:
their squares and what is cut off these are floats."""


@attrs.frozen(kw_only=True, eq=False)
class Means:
    """Of m columns of ``count`` finite numbers, over 2 ** ``power`` of each column.

    It is 0 for most; where squares would overflow or vanish, it takes the column between -1 and 1.
    That is the scale of its ``mean`` and of ``rest``, what rounding took from the mean.
    """

    power: NDArray[np.int_]
    mean: FloatArray
    rest: FloatArray
    count: NDArray[np.int_]

    def scaled(self, part: FloatArray, columns: slice) -> FloatArray:
        """Numbers of some columns over their power of two."""
        return _over(part, self.power[columns])

    def apart(self, part: FloatArray, columns: slice, out: FloatArray | None = None) -> FloatArray:
        """Numbers of some columns less their mean, as it is before rounding."""
        found = np.asarray(np.subtract(self.scaled(part, columns), self.mean[columns], out=out))
        found -= self.rest[columns]
        return found


@attrs.frozen(kw_only=True, eq=False)
class Moments(Means):
    """Means, and ``size``, the square roots of the sums of squared distances from them."""

    size: FloatArray


def means(values: FloatArray, low: FloatArray, high: FloatArray) -> Means:
    """Means of the columns of a table (n, m) of finite numbers.

    Parameters
    ----------
    values
        At least one row.
    low, high
        The least and the greatest of each column (m,).

    Examples
    --------
    >>> means(np.array([[2.0], [4.0], [6.0]]), np.array([2.0]), np.array([6.0])).mean
    array([4.])
    """
    count, power = len(values), _powers(low, high)
    low, high = _over(low, power), _over(high, power)
    listed = summands(
        values,
        np.frexp(np.maximum(-low, high))[1],
        lambda part, columns, _: _over(part, power[columns]),
        _slices(low, high),
    )
    # Rounding takes the mean of equal numbers a little beyond them.
    mean = np.clip([fsum(each) / count for each in listed], low, high) + 0.0
    # In two pieces, so that a product with the count is exact.
    digits, exponents = np.frexp(mean)
    near = np.ldexp(np.rint(digits * 2.0**26), exponents - 26)
    pieces = zip(listed, (-count * near).tolist(), (-count * (mean - near)).tolist(), strict=True)
    rest = np.array([fsum([*each, *less]) for each, *less in pieces]) / count
    return Means(power=power, mean=mean, rest=rest, count=np.full_like(power, count))


def moments(values: FloatArray, low: FloatArray, high: FloatArray) -> Moments:
    """`means` of columns (n, m), and how far their numbers are from them.

    Examples
    --------
    >>> found = moments(np.array([[2.0], [4.0], [6.0]]), np.array([2.0]), np.array([6.0]))
    >>> found.mean, found.size**2
    (array([4.]), array([8.]))
    """
    found = means(values, low, high)

    def squares(part: FloatArray, columns: slice, rooms: Rooms) -> FloatArray:
        apart = np.subtract(found.scaled(part, columns), found.mean[columns], out=rooms[0])
        apart *= apart
        return apart

    # No number is farther from the mean than both ends from each other.
    apart = _over(high, found.power) - _over(low, found.power)
    sums = positive_sums(values, 2 * np.frexp(apart)[1], squares)
    # The squares are around the rounded mean, which makes their sum too great by this.
    sums -= found.count * found.rest**2
    return Moments(**attrs.asdict(found, recurse=False), size=np.sqrt(np.maximum(sums, 0.0)))


def lengths(values: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The square roots of the sums of squares of columns (n, m), infinite beyond all floats.

    Examples
    --------
    >>> lengths(np.array([[3.0], [-4.0]]), np.array([-4.0]), np.array([3.0]))
    array([5.])
    """
    power = _powers(low, high)
    greatest = _over(np.maximum(-low, high), power)

    def squares(part: FloatArray, columns: slice, rooms: Rooms) -> FloatArray:
        return np.square(_over(part, power[columns]), out=rooms[0])

    sums = positive_sums(values, 2 * np.frexp(greatest)[1], squares)
    found = np.maximum(np.sqrt(sums), greatest)
    with np.errstate(over="ignore"):
        return np.asarray(np.ldexp(found, power))


def _powers(low: FloatArray, high: FloatArray) -> NDArray[np.int_]:
    power = np.frexp(np.maximum(-low, high))[1].astype(np.int64)
    power[np.abs(power) <= USUAL] = 0
    return power


def _over(values: FloatArray, power: NDArray[np.int_]) -> FloatArray:
    return times_power(values, -power) if power.any() else values


def _slices(low: FloatArray, high: FloatArray) -> int | None:
    """How many slices hold all digits of columns, where none has a zero or both signs."""
    if np.any((low <= 0) & (high >= 0)):
        return None
    exponents = np.abs(np.frexp(low)[1] - np.frexp(high)[1])
    return -(-(int(exponents.max()) + DIGITS) // SLICE)


def joined(each: Sequence[Moments]) -> Moments:
    """Those of some columns as those of one table.

    Examples
    --------
    >>> one = moments(np.array([[2.0], [4.0]]), np.array([2.0]), np.array([4.0]))
    >>> joined([one, one]).mean
    array([3., 3.])
    """
    fields = attrs.fields_dict(Moments)
    return Moments(
        **{name: np.concatenate([getattr(one, name) for one in each]) for name in fields}
    )


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
