"""Means of powers: the harmonic mean, and the mean of any power."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, isinf, log
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.adding import added_up, quotient
from agencyindex.methods.parameters import demands, is_number, number, refusal, shown
from agencyindex.methods.protocols import FloatArray, Numeric, Range

WIDEST = 1e200
"""A power from 1 / WIDEST to WIDEST leaves room for any weight beside it."""

HARMONIC_SPAN: Range = (1e-200, 1e200)

NARROWEST = 0.001
"""An exponent nearer to zero would cost more than three digits of sixteen."""


def _faults(
    attainable: Sequence[Range], span: Range, mean: str, *, zero_is_refused: bool
) -> Iterator[tuple[int, str]]:
    for position, (low, high) in enumerate(attainable):
        if low < 0:
            yield position, f"Values down to {shown(low)} have no {mean} mean."
        elif low == 0 and zero_is_refused:
            yield position, 'Values can be zero, and "zero" is "error".'
        elif 0 < low < span[0] or (high > span[1] and not isinf(high)):
            yield (
                position,
                f"Values from {shown(low)} to {shown(high)} do not fit into {_written(span)}.",
            )


def _written(span: Range) -> str:
    return f"{span[0]:.4g} to {span[1]:.4g}"


def _refuse_unfit(
    values: FloatArray, span: Range, owner: str, mean: str, *, zero_is_refused: bool
) -> None:
    """Refuse what has no such mean, and what would leave the numbers that a float can hold."""
    wrong = values <= 0 if zero_is_refused else values < 0
    if np.any(wrong):
        least = float(np.nanmin(values)) + 0.0
        above = "above zero" if zero_is_refused else "of at least zero"
        message = f"A {mean} mean needs values {above}, found {shown(least)}."
        mend = "Normalise to a scale above zero, or use another aggregation."
        raise refusal("not-positive", owner, message, mend, least)
    beyond = ((values < span[0]) & (values != 0)) | (values > span[1])
    if np.any(beyond):
        found = float(np.max(values, where=beyond, initial=0.0))
        message = f"A {mean} mean takes values from {_written(span)}, found {shown(found)}."
        mend = "Normalise to another scale, or use another aggregation."
        raise refusal("out-of-range", owner, message, mend, found)


@attrs.frozen(kw_only=True)
class HarmonicMean:
    r"""The weighted harmonic mean of the available children.

    Parameters
    ----------
    zero
        What a value of zero does: ``zero`` makes the mean exactly zero, ``error`` refuses it.
        Negative values are always refused.

    Notes
    -----
    .. math:: y = \frac{\sum_{j \in A} w_j}{\sum_{j \in A} w_j / x_j}

    :math:`A` holds the available children. Values are zero or from 1e-200 to 1e200.

    References
    ----------
    Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview,
    Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (a weighted mean of order -1)

    Examples
    --------
    >>> harmonic = HarmonicMean(zero="zero")
    >>> harmonic.aggregate(np.array([[1.0, 3.0], [2.0, 0.0], [2.0, np.nan]]), np.ones(2))
    array([1.5, 0. , 2. ])
    """

    name: ClassVar[str] = "harmonic"
    formula: ClassVar[str] = r"y = \frac{\sum_{j \in A} w_j}{\sum_{j \in A} w_j / x_j}"
    reference: ClassVar[str] = (
        "Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview, "
        "Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (a weighted mean of "
        "order -1)"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    zero: Literal["zero", "error"]

    def __attrs_post_init__(self) -> None:
        with demands("HarmonicMean") as demand:
            demand("zero", self.zero, self.zero in ("zero", "error"), '"zero" or "error"')

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative, or zero where that is refused, or beyond 1e200."""
        refused = self.zero == "error"
        yield from _faults(attainable, HARMONIC_SPAN, "harmonic", zero_is_refused=refused)

    def before(self, values: Numeric) -> Numeric:
        """Reciprocals; infinity for zero.

        Raises
        ------
        MethodError
            ``not-positive`` where a value is negative, or zero where that is refused;
            ``out-of-range`` where one is not zero and not from 1e-200 to 1e200.
        """
        x, refused = np.asarray(values, dtype=np.float64), self.zero == "error"
        _refuse_unfit(x, HARMONIC_SPAN, "HarmonicMean", "harmonic", zero_is_refused=refused)
        # Of zero it is infinite, and what is divided by infinity zero. Adding zero turns -0 into 0.
        with np.errstate(divide="ignore"):
            return np.asarray(1.0 / (x + 0.0))

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The sum of weights over the sum; a gap where the weights are zero."""
        return quotient(weight, total)

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return added_up(self, values, weights)


@attrs.frozen(kw_only=True)
class PowerMean:
    r"""The weighted mean of a power of the available children, and its root.

    Parameters
    ----------
    exponent
        The power, a number at least 0.001 away from zero: below 1 low values count for more
        (-1 is the harmonic mean), 1 is the arithmetic mean, above 1 high values count for more.
    zero
        What a value of zero does where the exponent is negative: ``zero`` makes the mean exactly
        zero, ``error`` refuses it. Where the exponent is positive a zero is a value like others.
        Negative values are always refused.

    Notes
    -----
    .. math:: y = \left( \frac{\sum_{j \in A} w_j x_j^p}{\sum_{j \in A} w_j} \right)^{1 / p}

    :math:`A` holds the available children. Powers are evaluated as :math:`\exp(p \ln x)`, which
    is the same for one value as for many. They must be zero or from 1e-200 to 1e200, and so must
    the values: from :math:`10^{-200 / |p|}` to :math:`10^{200 / |p|}` where :math:`|p| > 1`.

    References
    ----------
    Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview,
    Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (weighted means of order
    beta)

    Examples
    --------
    >>> power = PowerMean(exponent=0.5, zero="error")
    >>> power.aggregate(np.array([[1.0, 9.0], [0.0, 16.0], [9.0, np.nan]]), np.ones(2)).round(9)
    array([4., 4., 9.])
    """

    name: ClassVar[str] = "power"
    formula: ClassVar[str] = (
        r"y = \left( \frac{\sum_{j \in A} w_j x_j^p}{\sum_{j \in A} w_j} \right)^{1 / p}"
    )
    reference: ClassVar[str] = (
        "Decancq and Lugo (2013) Weights in multidimensional indices of wellbeing: an overview, "
        "Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641 (weighted means of "
        "order beta)"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    exponent: float = attrs.field(converter=number)
    zero: Literal["zero", "error"]

    def __attrs_post_init__(self) -> None:
        with demands("PowerMean") as demand:
            good = is_number(self.exponent) and abs(self.exponent) >= NARROWEST
            demand("exponent", self.exponent, good, "a finite number at least 0.001 from 0")
            demand("zero", self.zero, self.zero in ("zero", "error"), '"zero" or "error"')

    @property
    def _span(self) -> Range:
        reach = log(WIDEST) / max(abs(self.exponent), 1.0)
        return exp(-reach), exp(reach)

    @property
    def _zero_is_refused(self) -> bool:
        return self.exponent < 0 and self.zero == "error"

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative, or zero where that is refused, or too great."""
        yield from _faults(attainable, self._span, "power", zero_is_refused=self._zero_is_refused)

    def before(self, values: Numeric) -> Numeric:
        """Powers; infinity for zero where the exponent is negative.

        Raises
        ------
        MethodError
            ``not-positive`` where a value is negative, or zero where that is refused;
            ``out-of-range`` where a power is not zero and not from 1e-200 to 1e200.
        """
        # A copy in one piece: a strided view may be computed by another loop, with other bits.
        x = np.array(values, dtype=np.float64)
        refused = self._zero_is_refused
        _refuse_unfit(x, self._span, "PowerMean", "power", zero_is_refused=refused)
        if self.exponent == 1:
            return x
        with np.errstate(divide="ignore"):
            return np.asarray(np.exp(np.log(x) * self.exponent))

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The root of the sum over the sum of weights; a gap where these are zero."""
        mean = quotient(total, weight)
        if self.exponent == 1:
            return mean
        with np.errstate(divide="ignore"):
            return np.asarray(np.exp(np.log(mean) / self.exponent))

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return added_up(self, values, weights)
