"""Bounds: values clipped at limits or quantiles, and distances from a point."""

from __future__ import annotations

from math import inf
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.parameters import demands, is_number, number, shown
from agencyindex.methods.protocols import FloatArray, Range, Treatment
from agencyindex.methods.quantiles import quantiles
from agencyindex.methods.treatment._moments import population


@attrs.frozen(kw_only=True)
class Clip:
    r"""Values beyond a limit get the limit.

    Parameters
    ----------
    lower, upper
        The limits, in points, lower not above upper; None where there is none, but not both.

    Notes
    -----
    .. math:: t = \min(\max(x, L), U)

    References
    ----------
    agencyindex: our own (limits that are stated)

    Examples
    --------
    >>> Clip(upper=5).treat(np.array([-1.0, 7.0, np.nan]))
    array([-1.,  5., nan])
    """

    name: ClassVar[str] = "clip"
    formula: ClassVar[str] = r"t = \min(\max(x, L), U)"
    reference: ClassVar[str] = "agencyindex: our own (limits that are stated)"
    learnt: ClassVar[bool] = False

    lower: float | None = attrs.field(default=None, converter=number)
    upper: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Clip") as demand:
            for name, value in (("lower", self.lower), ("upper", self.upper)):
                demand(name, value, value is None or is_number(value), "a finite number")
            stated = self.lower is not None or self.upper is not None
            demand("lower", self.lower, stated, 'a finite number where "upper" is none')
            if is_number(self.lower) and is_number(self.upper):
                least = f'at least "lower", which is {shown(self.lower)}'
                demand("upper", self.upper, self.lower <= self.upper, least)

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def treat(self, values: FloatArray) -> FloatArray:
        """Clipped values; a gap stays one."""
        lower = -inf if self.lower is None else self.lower
        upper = inf if self.upper is None else self.upper
        return np.clip(np.asarray(values, dtype=np.float64), lower, upper)

    def attainable(self, attainable: Range) -> Range:
        """Both ends clipped."""
        low, high = self.treat(np.array(attainable)).tolist()
        return low, high


@attrs.frozen(kw_only=True)
class QuantileClip:
    r"""Values beyond a quantile of the population get the quantile.

    Parameters
    ----------
    lower, upper
        The shares of the population below each limit, from 0 to 1, lower below upper: 0 and 1
        are the least and the greatest value, and clip later ones alone.

    Notes
    -----
    .. math:: t = \min(\max(x, Q_a), Q_b), \quad Q_a = x_{(h)} + (a (n - 1) - h + 1) (x_{(h+1)} - x_{(h)})

    :math:`x_{(1)} \le \dots \le x_{(n)}` are the values in order and
    :math:`h = \lfloor a (n - 1) \rfloor + 1`: definition 7 of the nine usual ones. ``fit`` gives
    `Clip`.

    References
    ----------
    Hyndman and Fan (1996) Sample quantiles in statistical packages, The American Statistician
    50(4), 361-365, doi:10.2307/2684934

    Examples
    --------
    >>> QuantileClip(lower=0, upper=0.75).treat(np.array([1.0, 2.0, 3.0, 4.0, 90.0]))
    array([1., 2., 3., 4., 4.])
    """

    name: ClassVar[str] = "quantile_clip"
    formula: ClassVar[str] = (
        r"t = \min(\max(x, Q_a), Q_b), \quad "
        r"Q_a = x_{(h)} + (a (n - 1) - h + 1) (x_{(h+1)} - x_{(h)})"
    )
    reference: ClassVar[str] = (
        "Hyndman and Fan (1996) Sample quantiles in statistical packages, The American "
        "Statistician 50(4), 361-365, doi:10.2307/2684934"
    )
    learnt: ClassVar[bool] = True

    lower: float = attrs.field(converter=number)
    upper: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("QuantileClip") as demand:
            good = []
            for name, value in (("lower", self.lower), ("upper", self.upper)):
                good.append(is_number(value) and 0 <= value <= 1)
                demand(name, value, good[-1], "a number from 0 to 1")
            if all(good):
                above = f'above "lower", which is {shown(self.lower)}'
                demand("upper", self.upper, self.lower < self.upper, above)

    def fit(self, values: FloatArray) -> Treatment:
        """Limits at the quantiles.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where one is infinite.
        """
        found = population("QuantileClip", values)
        lower, upper = quantiles(found, (self.lower, self.upper))
        return Clip(lower=lower, upper=upper)

    def treat(self, values: FloatArray) -> FloatArray:
        """Clipped values (n,) or (n, m), each column its own population; a gap stays one."""
        return by_columns(values, lambda column: self.fit(column).treat(column))

    def attainable(self, attainable: Range) -> Range:
        """The range itself: the limits are not known before the fit."""
        return attainable


@attrs.frozen(kw_only=True)
class DistanceFrom:
    r"""How far the points are from a point, such as 0.5 for parity.

    Parameters
    ----------
    point
        The point, in points: any finite number.
    side
        Which distances count: ``both``, those ``above`` the point or those ``below`` it; on the
        other side the distance is 0.

    Notes
    -----
    .. math:: t = |x - p|

    Above the point alone it is :math:`\max(x - p, 0)`, below it :math:`\max(p - x, 0)`. The
    direction applies to the distances: -1 where near is better.

    References
    ----------
    agencyindex: our own (an absolute difference)

    Examples
    --------
    >>> DistanceFrom(point=0.5, side="both").treat(np.array([0.25, 0.5, 1.0]))
    array([0.25, 0.  , 0.5 ])
    """

    name: ClassVar[str] = "distance"
    formula: ClassVar[str] = r"t = |x - p|"
    reference: ClassVar[str] = "agencyindex: our own (an absolute difference)"
    learnt: ClassVar[bool] = False

    point: float = attrs.field(converter=number)
    side: Literal["both", "above", "below"]

    def __attrs_post_init__(self) -> None:
        with demands("DistanceFrom") as demand:
            demand("point", self.point, is_number(self.point), "a finite number")
            fits = self.side in ("both", "above", "below")
            demand("side", self.side, fits, '"both", "above" or "below"')

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def treat(self, values: FloatArray) -> FloatArray:
        """Distances; a gap stays one."""
        x = np.asarray(values, dtype=np.float64)
        with np.errstate(over="ignore"):
            apart = self.point - x if self.side == "below" else x - self.point
        return np.abs(apart) if self.side == "both" else np.maximum(apart, 0.0) + 0.0

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest distance in the range."""
        low, high = attainable
        ends = self.treat(np.array(attainable)).tolist()
        inside = self.side == "both" and low <= self.point <= high
        return 0.0 if inside else min(ends), max(ends)
