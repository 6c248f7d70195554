"""Outliers: values winsorised by skewness and kurtosis, or put on a shifted logarithm."""

from __future__ import annotations

import sys
from math import inf, isfinite, nextafter
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.parameters import (
    demands,
    is_number,
    is_whole,
    number,
    refusal,
    shown,
    whole,
)
from agencyindex.methods.protocols import FloatArray, Range, Treatment
from agencyindex.methods.treatment._moments import population, shape
from agencyindex.methods.treatment.bounds import Clip
from agencyindex.methods.treatment.transforms import NoTreatment

COINR = (
    "Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for "
    "developing composite indicators, Journal of Open Source Software 7(78), 4567, "
    "doi:10.21105/joss.04567"
)

SHARE = 0.01
"""Share of the range by which a logarithm is shifted beyond the end of the values."""

OTHERWISE = ("log", "none", "error")


@attrs.frozen(kw_only=True)
class ShiftedLogarithm:
    r"""The logarithm of the distance from a point that lies just beyond all values.

    Parameters
    ----------
    shift
        The point, in points: any finite number. Values must be above it, or below it where the
        logarithm is mirrored.
    mirrored
        Whether the values lie below the point, and the sign is turned so that the order stays.

    Notes
    -----
    .. math:: t = \ln (x - s)

    Mirrored it is :math:`t = -\ln (s - x)`. It is what `Winsorise` becomes where its logarithm is
    needed.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> ShiftedLogarithm(shift=-1, mirrored=False).treat(np.array([0.0, np.nan]))
    array([ 0., nan])
    """

    name: ClassVar[str] = "shifted_log"
    formula: ClassVar[str] = r"t = \ln (x - s)"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = False

    shift: float = attrs.field(converter=number)
    mirrored: bool

    def __attrs_post_init__(self) -> None:
        with demands("ShiftedLogarithm") as demand:
            demand("shift", self.shift, is_number(self.shift), "a finite number")
            demand("mirrored", self.mirrored, isinstance(self.mirrored, bool), "true or false")

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def _beyond(self, x: FloatArray) -> FloatArray:
        with np.errstate(over="ignore"):
            return self.shift - x if self.mirrored else x - self.shift

    def treat(self, values: FloatArray) -> FloatArray:
        """Logarithms; a gap stays one.

        Raises
        ------
        MethodError
            ``not-positive`` where a value is not beyond the point.
        """
        x = np.asarray(values, dtype=np.float64)
        beyond = self._beyond(x)
        if (beyond <= 0).any():
            if x.ndim > 1:
                # A refusal tells which columns of a table it is of.
                return by_columns(x, self.treat)
            found = float(np.nanmax(x) if self.mirrored else np.nanmin(x))
            side = "below" if self.mirrored else "above"
            message = (
                f"The logarithm needs values {side} {shown(self.shift)}, found {shown(found)}."
            )
            mend = "Clip the points before, or fit the definition on a population that has such."
            raise refusal("not-positive", "ShiftedLogarithm", message, mend, found)
        logarithm = np.log(beyond)
        return np.asarray(-logarithm + 0.0 if self.mirrored else logarithm)

    def attainable(self, attainable: Range) -> Range:
        """The logarithms of both ends; that of what has none is endless."""
        with np.errstate(divide="ignore"):
            ends = np.log(np.maximum(self._beyond(np.array(attainable)), 0.0))
        low, high = (-ends + 0.0 if self.mirrored else ends).tolist()
        return low, high


@attrs.frozen(kw_only=True)
class Winsorise:
    r"""Outliers get the next value, one after the other, until the distribution is no longer odd.

    Parameters
    ----------
    skewness
        The absolute skewness above which values are treated: at least 0, usually 2.
    kurtosis
        The excess kurtosis above which they are: usually 3.5. Both must be passed.
    most
        How many values may be changed: a whole number, at least 0, usually 5.
    otherwise
        What happens where that is not enough: a shifted ``log`` of all values instead, ``none``
        of it, or an ``error``.

    Notes
    -----
    .. math:: t = \min(\max(x, x_{(1+a)}), x_{(n-b)})

    :math:`x_{(1)} \le \dots \le x_{(n)}` are the values in order. Of the a lowest and the b
    greatest, one more is clipped at each step, where the skewness points to, until the absolute
    skewness or the kurtosis of the clipped values is within its limit. Both are bias-corrected,

    .. math:: G_1 = \frac{n \sqrt{n - 1}}{n - 2} \frac{\sum d^3}{(\sum d^2)^{3/2}}, \quad G_2 = \frac{n - 1}{(n - 2)(n - 3)} \Big((n + 1) \Big(\frac{n \sum d^4}{(\sum d^2)^2} - 3\Big) + 6\Big)

    with :math:`d = x - \bar x`. Fewer than four values, and equal ones, have neither and are left
    alone. A step that would make all values equal is not taken. The logarithm is that of
    :math:`x - \min x + 0.01 (\max x - \min x)` where the values are skewed to the right, and
    mirrored, :math:`-\ln(\max x - x + 0.01 (\max x - \min x))`, where to the left. ``fit`` gives
    `NoTreatment`, `Clip` or `ShiftedLogarithm`.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> rule = Winsorise(skewness=2, kurtosis=3.5, most=5, otherwise="log")
    >>> rule.fit(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 90.0]))
    Clip(lower=None, upper=6.0)
    """

    name: ClassVar[str] = "winsorise"
    formula: ClassVar[str] = r"t = \min(\max(x, x_{(1+a)}), x_{(n-b)})"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = True

    skewness: float = attrs.field(converter=number)
    kurtosis: float = attrs.field(converter=number)
    most: int = attrs.field(converter=whole)
    otherwise: Literal["log", "none", "error"]

    def __attrs_post_init__(self) -> None:
        with demands("Winsorise") as demand:
            good = is_number(self.skewness) and self.skewness >= 0
            demand("skewness", self.skewness, good, "a finite number, at least 0")
            demand("kurtosis", self.kurtosis, is_number(self.kurtosis), "a finite number")
            demand("most", self.most, is_whole(self.most, 0), "a whole number, at least 0")
            choices = ", ".join(f'"{each}"' for each in OTHERWISE)
            demand("otherwise", self.otherwise, self.otherwise in OTHERWISE, f"one of {choices}")

    def fit(self, values: FloatArray) -> Treatment:
        """Nothing, limits, or a logarithm: what the population needs.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where one is infinite,
            ``out-of-range`` where clipping is not enough and ``otherwise`` is an error.
        """
        ordered = population("Winsorise", values)
        skewness, kurtosis = shape(ordered)
        if not self._odd(skewness, kurtosis):
            return NoTreatment()
        clipped = self._clipped(ordered)
        if clipped is not None or self.otherwise == "none":
            return clipped or NoTreatment()
        if self.otherwise == "log":
            return _shifted(ordered, mirrored=skewness < 0)
        message = (
            f"With up to {self.most} values clipped, the distribution still has outliers: "
            f"its skewness is {skewness:.3g} and its kurtosis {kurtosis:.3g}."
        )
        mend = 'Use "log" or "none" as "otherwise", or clip at stated limits.'
        raise refusal("out-of-range", "Winsorise", message, mend, (skewness, kurtosis))

    def _odd(self, skewness: float, kurtosis: float) -> bool:
        return abs(skewness) > self.skewness and kurtosis > self.kurtosis

    def _clipped(self, ordered: FloatArray) -> Clip | None:
        """The first limits that the rule accepts; None where none of them are."""
        low, high, current = 0, ordered.size - 1, ordered
        for _ in range(min(self.most, ordered.size)):
            skewness, _ = shape(current)
            if skewness < 0:
                low += 1
            else:
                high -= 1
            if ordered[low] >= ordered[high]:
                return None
            current = np.clip(ordered, ordered[low], ordered[high])
            if not self._odd(*shape(current)):
                lower = float(ordered[low]) if low else None
                upper = float(ordered[high]) if high < ordered.size - 1 else None
                return Clip(lower=lower, upper=upper)
        return None

    def treat(self, values: FloatArray) -> FloatArray:
        """Treated values (n,) or (n, m), each column its own population; a gap stays one."""
        return by_columns(values, lambda column: self.fit(column).treat(column))

    def attainable(self, attainable: Range) -> Range:
        """What any population may give: the range itself, or no bound where a logarithm may be."""
        return (-inf, inf) if self.otherwise == "log" else attainable


def _shifted(ordered: FloatArray, *, mirrored: bool) -> ShiftedLogarithm:
    """The logarithm shifted just beyond the end of the values that the skew points away from."""
    low, high = float(ordered[0]), float(ordered[-1])
    away = SHARE * high - SHARE * low
    # At least one float away, so that the values nearest to the point have a logarithm.
    shift = (
        max(high + away, nextafter(high, inf))
        if mirrored
        else min(low - away, nextafter(low, -inf))
    )
    if not isfinite(shift) or not isfinite(shift - low if mirrored else high - shift):
        message = f"No logarithm can hold values from {shown(low)} to {shown(high)}."
        mend = f"Correct them: the greatest number is {sys.float_info.max:.2g}."
        raise refusal("not-finite", "Winsorise", message, mend, (low, high))
    return ShiftedLogarithm(shift=shift, mirrored=mirrored)
