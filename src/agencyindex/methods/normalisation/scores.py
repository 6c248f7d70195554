"""Scores around a centre: standard scores, robust ones, and those of the AMPI."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.normalisation import _population as learn
from agencyindex.methods.normalisation._line import (
    ANYWHERE,
    ordered,
    standard,
    standard_columns,
)
from agencyindex.methods.normalisation.lines import same_for_all
from agencyindex.methods.parameters import Demand, demands, is_number, number, refusal, shown
from agencyindex.methods.protocols import FloatArray, Normalisation, Range
from agencyindex.methods.quantiles import median
from agencyindex.methods.ties import level

NORMAL = 1.4826
"""Median absolute deviations in the standard deviation of a normal distribution, nearly."""
CENTRE, WIDTH = 100.0, 60.0
"""Where the scale of the AMPI has its reference, and how far it is from end to end."""


def _middle(found: FloatArray) -> float:
    """The median of numbers in any order."""
    middle = [(found.size - 1) // 2, found.size // 2]
    return median(np.partition(found, middle)) + 0.0


def _demand_scores(demand: Demand, mean: object, deviation: object, when_constant: object) -> None:
    demand("mean", mean, is_number(mean), "a finite number")
    good = is_number(deviation) and deviation > 0
    demand("deviation", deviation, good, "a number above 0")
    good = when_constant is None or is_number(when_constant)
    demand("when_constant", when_constant, good, "a finite number")


@attrs.frozen(kw_only=True)
class LinearMap:
    r"""A straight line through a centre: no population is needed.

    Parameters
    ----------
    centre
        The value that becomes ``mean``.
    spread
        The distance from the centre that becomes ``deviation``; not 0. Below 0 it turns the
        values.
    mean
        The centre of the new scale.
    deviation
        The unit of the new scale; not 0.

    Notes
    -----
    .. math:: y = m + s \frac{x - c}{d}

    Evaluated as :math:`s (x - c) / d + m`. The centre comes out exactly, and a greater value never
    gets less (more, where the line falls).

    References
    ----------
    agencyindex: our own name for what a standard score becomes once its parameters are known

    Examples
    --------
    >>> line = LinearMap(centre=20, spread=5, mean=100, deviation=10)
    >>> line.normalise(np.array([15.0, 20.0, 26.0]))
    array([ 90., 100., 112.])
    """

    name: ClassVar[str] = "linear_map"
    formula: ClassVar[str] = r"y = m + s \frac{x - c}{d}"
    reference: ClassVar[str] = (
        "agencyindex: our own name for what a standard score becomes once its parameters are known"
    )
    learnt: ClassVar[bool] = False

    centre: float = attrs.field(converter=number)
    spread: float = attrs.field(converter=number)
    mean: float = attrs.field(converter=number)
    deviation: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("LinearMap") as demand:
            for name in ("centre", "mean"):
                value = getattr(self, name)
                demand(name, value, is_number(value), "a finite number")
            for name in ("spread", "deviation"):
                value = getattr(self, name)
                demand(name, value, is_number(value) and value != 0, "a finite number other than 0")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values; a gap stays one."""
        x = np.asarray(values, dtype=np.float64)
        return standard(x, self.centre, self.spread, self.mean, self.deviation)

    def attainable(self, attainable: Range) -> Range:
        """Both ends normalised, the lower one first; an infinite end stays so."""
        low, high = self.normalise(np.array(attainable)).tolist()
        return ordered((low, high))


@attrs.frozen(kw_only=True)
class ZScore:
    r"""Standard deviations from the mean of a population, on a scale with a mean of one's own.

    Parameters
    ----------
    mean
        What the population's mean becomes, such as 0 or 100.
    deviation
        What its standard deviation becomes, such as 1 or 10; above 0.
    of
        Whose standard deviation that is: of a ``sample``, with n - 1, as where it is left out, or
        of the whole ``population``, with n.
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = m + s \frac{x - \bar x}{\sqrt{\frac{1}{\nu} \sum_i (x_i - \bar x)^2}}

    :math:`\nu` is n - 1 for a ``sample`` and n for the ``population``. ``fit`` gives a `LinearMap`,
    or `Constant` where all values are the same. The sums do not depend on the order of agencies.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (standardisation),
    OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> score = ZScore(mean=100, deviation=10)
    >>> score.normalise(np.array([2.0, 4.0, 6.0]))
    array([ 90., 100., 110.])
    >>> score.fit(np.array([2.0, 4.0, 6.0]), (0.0, 10.0))
    LinearMap(centre=4.0, spread=2.0, mean=100.0, deviation=10.0)
    >>> ZScore(mean=0, deviation=1, of="population").normalise(np.array([2.0, 4.0]))
    array([-1.,  1.])
    """

    name: ClassVar[str] = "zscore"
    formula: ClassVar[str] = (
        r"y = m + s \frac{x - \bar x}{\sqrt{\frac{1}{\nu} \sum_i (x_i - \bar x)^2}}"
    )
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 "
        "(standardisation), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True

    mean: float = attrs.field(converter=number)
    deviation: float = attrs.field(converter=number)
    of: Literal["sample", "population"] = "sample"
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("ZScore") as demand:
            _demand_scores(demand, self.mean, self.deviation, self.when_constant)
            good = self.of in ("sample", "population")
            demand("of", self.of, good, '"sample" or "population"')

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The line through the mean, in units of the standard deviation.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``constant-indicator`` where all are the same and ``when_constant`` is not given,
            or where they differ by less than a standard deviation can tell.
        """
        found, low, high = learn.spanned(values, "ZScore", "mean")
        if level(low, high):
            return same_for_all(found, "ZScore", "standard deviation", self.when_constant)
        table = found[:, np.newaxis]
        (centre,), (spread,) = self._standards(table, np.array([low]), np.array([high]))
        if not spread:
            message = f"The values run from {low:g} to {high:g}, and their standard deviation is 0."
            raise refusal("constant-indicator", "ZScore", message, "Use a smaller unit.", low)
        return LinearMap(centre=centre, spread=spread, mean=self.mean, deviation=self.deviation)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(self, values, self._at_once)

    def _at_once(self, x: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
        centre, spread = self._standards(x, low, high)
        if spread.all():
            return standard_columns(x, centre, spread, self.mean, self.deviation)
        return learn.each_alone(self, x)

    def _standards(
        self, x: FloatArray, low: FloatArray, high: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        return learn.standards(x, low, high, less=1 if self.of == "sample" else 0)

    def attainable(self, attainable: Range) -> Range:
        """Without a bound: how far an agency can be from the mean depends on the others."""
        return ANYWHERE


@attrs.frozen(kw_only=True)
class RobustScore:
    r"""Distance from the median of a population, in units that outliers hardly move.

    Parameters
    ----------
    mean
        What the population's median becomes, such as 0 or 100.
    deviation
        What 1.4826 median absolute deviations become, such as 1 or 10; above 0. In a normal
        distribution these are one standard deviation.
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = m + s \frac{x - \mathrm{med}\, x}{1.4826\, \mathrm{med}_i |x_i - \mathrm{med}\, x|}

    ``fit`` gives a `LinearMap`, or `Constant` where all values are the same. Where more than half
    of the agencies have one value and others differ, the median absolute deviation is zero: that
    is an error, with ``when_constant`` too, for one value for everybody would hide who differs.

    References
    ----------
    Rousseeuw and Croux (1993) Alternatives to the median absolute deviation, Journal of the
    American Statistical Association 88(424), 1273-1283, doi:10.1080/01621459.1993.10476408

    Examples
    --------
    >>> score = RobustScore(mean=0, deviation=1.4826)
    >>> score.normalise(np.array([2.0, 3.0, 4.0, 5.0, 1000.0]))
    array([ -2.,  -1.,   0.,   1., 996.])
    """

    name: ClassVar[str] = "robust"
    formula: ClassVar[str] = (
        r"y = m + s \frac{x - \mathrm{med}\, x}"
        r"{1.4826\, \mathrm{med}_i |x_i - \mathrm{med}\, x|}"
    )
    reference: ClassVar[str] = (
        "Rousseeuw and Croux (1993) Alternatives to the median absolute deviation, Journal of the "
        "American Statistical Association 88(424), 1273-1283, doi:10.1080/01621459.1993.10476408"
    )
    learnt: ClassVar[bool] = True

    mean: float = attrs.field(converter=number)
    deviation: float = attrs.field(converter=number)
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("RobustScore") as demand:
            _demand_scores(demand, self.mean, self.deviation, self.when_constant)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The line through the median, in units of 1.4826 median absolute deviations.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``constant-indicator`` where all are the same and ``when_constant`` is not given,
            or where the median absolute deviation is zero though they differ.
        """
        found, low, high = learn.spanned(values, "RobustScore", "median")
        if level(low, high):
            return same_for_all(
                found, "RobustScore", "median absolute deviation", self.when_constant
            )
        centre = _middle(found)
        apart = _middle(np.abs(found - centre))
        if level(centre - apart, centre + apart):
            message = (
                f"More than half of the {found.size} agencies have the value {shown(centre)}, "
                "so the median absolute deviation is zero."
            )
            mend = 'Use "zscore", "minmax" or "rank".'
            raise refusal("constant-indicator", "RobustScore", message, mend, centre)
        return LinearMap(
            centre=centre, spread=NORMAL * apart, mean=self.mean, deviation=self.deviation
        )

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(self, values)

    def attainable(self, attainable: Range) -> Range:
        """Without a bound: how far an agency can be from the median depends on the others."""
        return ANYWHERE


@attrs.frozen(kw_only=True)
class Ampi:
    r"""The scale of the adjusted Mazziotta-Pareto index: 100 at a reference, a range of 60.

    Parameters
    ----------
    centre
        The value that becomes 100, with its sign turned where fewer is better; the population's
        mean where left out.
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = 60 \frac{x - L}{U - L} + 70

    The goalposts :math:`L, U = x_{ref} \mp (\max x - \min x) / 2` lie around the reference, so that
    the formula is :math:`100 + 60 (x - x_{ref}) / (\max x - \min x)`. So evaluated, the reference
    comes out exactly; ``fit`` gives this `LinearMap`, or `Constant` where all values are the same.
    Values of an agency lie between 70 and 130 only where the reference is halfway.

    References
    ----------
    Mazziotta and Pareto (2016) On a generalized non-compensatory composite index for measuring
    socio-economic phenomena, Social Indicators Research 127(3), 983-1003,
    doi:10.1007/s11205-015-0998-2

    Examples
    --------
    >>> Ampi(centre=4).normalise(np.array([2.0, 4.0, 8.0]))
    array([ 80., 100., 140.])
    >>> Ampi().fit(np.array([2.0, 4.0, 9.0]), (0.0, 10.0))
    LinearMap(centre=5.0, spread=7.0, mean=100.0, deviation=60.0)
    """

    name: ClassVar[str] = "ampi"
    formula: ClassVar[str] = r"y = 60 \frac{x - L}{U - L} + 70"
    reference: ClassVar[str] = (
        "Mazziotta and Pareto (2016) On a generalized non-compensatory composite index for "
        "measuring socio-economic phenomena, Social Indicators Research 127(3), 983-1003, "
        "doi:10.1007/s11205-015-0998-2"
    )
    learnt: ClassVar[bool] = True

    centre: float | None = attrs.field(default=None, converter=number)
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Ampi") as demand:
            for name in ("centre", "when_constant"):
                value = getattr(self, name)
                demand(name, value, value is None or is_number(value), "a finite number")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The line through the reference, in units of the population's range.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``constant-indicator`` where all are the same and ``when_constant`` is not given.
        """
        found, low, high = learn.spanned(values, "Ampi", "range")
        if level(low, high):
            return same_for_all(found, "Ampi", "range", self.when_constant)
        (centre,) = self._centres(found[:, np.newaxis], np.array([low]), np.array([high]))
        return LinearMap(centre=centre, spread=high - low, mean=CENTRE, deviation=WIDTH)

    def _centres(self, x: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
        if self.centre is not None:
            return np.full_like(low, self.centre)
        return learn.centres(x, low, high)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(self, values, self._at_once)

    def _at_once(self, x: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
        return standard_columns(x, self._centres(x, low, high), high - low, CENTRE, WIDTH)

    def attainable(self, attainable: Range) -> Range:
        """Without a bound: later values may lie anywhere."""
        return ANYWHERE
