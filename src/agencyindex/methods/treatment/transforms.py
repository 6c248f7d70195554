"""Transforms that a formula states: none, logarithm, power and Box-Cox."""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.parameters import demands, is_number, number, refusal, shown
from agencyindex.methods.protocols import FloatArray, Range, Treatment

SCALES = (
    "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (scale "
    "transformation), OECD Publishing, doi:10.1787/9789264043466-en"
)

NEARLY_ZERO = 1e-20
"""Up to this exponent a Box-Cox transform is the logarithm to the last bit."""


@attrs.frozen(kw_only=True)
class NoTreatment:
    r"""Points as they are: what an outlier treatment becomes where there are no outliers.

    Notes
    -----
    .. math:: t = x

    References
    ----------
    agencyindex: our own (the identity)

    Examples
    --------
    >>> NoTreatment().treat(np.array([0.5, 2.0]))
    array([0.5, 2. ])
    """

    name: ClassVar[str] = "none"
    formula: ClassVar[str] = r"t = x"
    reference: ClassVar[str] = "agencyindex: our own (the identity)"
    learnt: ClassVar[bool] = False

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def treat(self, values: FloatArray) -> FloatArray:
        """The values, as floating-point numbers."""
        return np.asarray(values, dtype=np.float64)

    def attainable(self, attainable: Range) -> Range:
        """The range itself."""
        return attainable


@attrs.frozen(kw_only=True)
class Logarithm:
    r"""The natural logarithm.

    Parameters
    ----------
    plus
        What is added to the points before, in points: usually 0, or 1 where there are zeros.

    Notes
    -----
    .. math:: t = \ln (x + c)

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (scale
    transformation), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> Logarithm(plus=1).treat(np.array([0.0, np.nan]))
    array([ 0., nan])
    """

    name: ClassVar[str] = "log"
    formula: ClassVar[str] = r"t = \ln (x + c)"
    reference: ClassVar[str] = SCALES
    learnt: ClassVar[bool] = False

    plus: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Logarithm") as demand:
            demand("plus", self.plus, is_number(self.plus), "a finite number")

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def treat(self, values: FloatArray) -> FloatArray:
        """Logarithms; a gap stays one.

        Raises
        ------
        MethodError
            ``not-positive`` where a value has no logarithm.
        """
        x = np.asarray(values, dtype=np.float64)
        with np.errstate(over="ignore"):
            moved = x + self.plus
        if (moved <= 0).any():
            if x.ndim > 1:
                # A refusal tells which columns of a table it is of.
                return by_columns(x, self.treat)
            found = float(np.nanmin(x))
            message = (
                f"A logarithm needs values above {shown(-self.plus + 0.0)}, found {shown(found)}."
            )
            mend = 'State a greater "plus", or use another treatment.'
            raise refusal("not-positive", "Logarithm", message, mend, found)
        return np.asarray(np.log(moved))

    def attainable(self, attainable: Range) -> Range:
        """The logarithms of both ends; that of what has none is endless, downwards."""
        with np.errstate(over="ignore", divide="ignore"):
            low, high = np.log(np.maximum(np.array(attainable) + self.plus, 0.0)).tolist()
        return low, high


@attrs.frozen(kw_only=True)
class Power:
    r"""The points raised to a power, such as a square or a square root.

    Parameters
    ----------
    exponent
        The power: any finite number except 0. Values below zero need a whole one, and zero needs
        one above 0. One below 0 turns the order of the values.

    Notes
    -----
    .. math:: t = x^p

    A direction applies to the powers, not to the points.

    References
    ----------
    Tukey (1957) On the comparative anatomy of transformations, The Annals of Mathematical
    Statistics 28(3), 602-632, doi:10.1214/aoms/1177706875

    Examples
    --------
    >>> Power(exponent=0.5).treat(np.array([4.0, 9.0]))
    array([2., 3.])
    """

    name: ClassVar[str] = "power"
    formula: ClassVar[str] = r"t = x^p"
    reference: ClassVar[str] = (
        "Tukey (1957) On the comparative anatomy of transformations, The Annals of Mathematical "
        "Statistics 28(3), 602-632, doi:10.1214/aoms/1177706875"
    )
    learnt: ClassVar[bool] = False

    exponent: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Power") as demand:
            good = is_number(self.exponent) and self.exponent != 0
            demand("exponent", self.exponent, good, "a finite number other than 0")

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def treat(self, values: FloatArray) -> FloatArray:
        """Powers; a gap stays one.

        Raises
        ------
        MethodError
            ``not-positive`` where a value has no such power.
        """
        x = np.asarray(values, dtype=np.float64)
        power, wanted = shown(self.exponent), None
        if not self.exponent.is_integer() and (x < 0).any():
            found, wanted = float(np.nanmin(x)), "of at least 0"
        elif self.exponent < 0 and (x == 0).any():
            found, wanted = 0.0, "other than 0"
        if wanted is not None:
            if x.ndim > 1:
                # A refusal tells which columns of a table it is of.
                return by_columns(x, self.treat)
            message = f"A power of {power} needs values {wanted}, found {shown(found)}."
            mend = "State another exponent, or use another treatment."
            raise refusal("not-positive", "Power", message, mend, found)
        return self._raised(x)

    def _raised(self, x: FloatArray) -> FloatArray:
        with np.errstate(over="ignore", under="ignore", divide="ignore"):
            return np.asarray(np.power(x, self.exponent))

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest power in the range, without what has none."""
        low, high = attainable
        odd, whole = self.exponent % 2 == 1, self.exponent.is_integer()
        if odd and self.exponent < 0 and low < 0 < high:
            # From both sides of zero the powers run to both infinities.
            return -np.inf, np.inf
        if not whole:
            low, high = max(low, 0.0), max(high, 0.0)
        elif not odd:
            near, far = sorted((abs(low), abs(high)))
            low, high = 0.0 if low <= 0 <= high else near, far
        # A zero has the sign of the side from which the powers come.
        ends = abs(low) if low == 0 else low, -0.0 if low < 0 == high else high
        first, second = (self._raised(np.array(ends)) + 0.0).tolist()
        return min(first, second), max(first, second)


@attrs.frozen(kw_only=True)
class BoxCox:
    r"""The Box-Cox transform: between the logarithm, the points themselves and their squares.

    Parameters
    ----------
    exponent
        The power, any finite number: 0 for the logarithm, 1 for the points less one.

    Notes
    -----
    .. math:: t = \frac{x^\lambda - 1}{\lambda}

    For :math:`\lambda = 0` it is :math:`\ln x`, the limit. Values must be above zero.

    References
    ----------
    Box and Cox (1964) An analysis of transformations, Journal of the Royal Statistical Society
    Series B 26(2), 211-252, doi:10.1111/j.2517-6161.1964.tb00553.x

    Examples
    --------
    >>> BoxCox(exponent=0.5).treat(np.array([1.0, 4.0]))
    array([0., 2.])
    """

    name: ClassVar[str] = "box_cox"
    formula: ClassVar[str] = r"t = \frac{x^\lambda - 1}{\lambda}"
    reference: ClassVar[str] = (
        "Box and Cox (1964) An analysis of transformations, Journal of the Royal Statistical "
        "Society Series B 26(2), 211-252, doi:10.1111/j.2517-6161.1964.tb00553.x"
    )
    learnt: ClassVar[bool] = False

    exponent: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("BoxCox") as demand:
            demand("exponent", self.exponent, is_number(self.exponent), "a finite number")

    def fit(self, values: FloatArray) -> Treatment:
        """Give itself: there is nothing to learn."""
        return self

    def _transformed(self, x: FloatArray) -> FloatArray:
        with np.errstate(over="ignore", under="ignore", divide="ignore"):
            logarithm = np.log(x)
            if abs(self.exponent) <= NEARLY_ZERO:
                return np.asarray(logarithm)
            return np.asarray(np.expm1(self.exponent * logarithm) / self.exponent)

    def treat(self, values: FloatArray) -> FloatArray:
        """Transformed values; a gap stays one.

        Raises
        ------
        MethodError
            ``not-positive`` where a value is not above zero.
        """
        x = np.asarray(values, dtype=np.float64)
        if (x <= 0).any():
            if x.ndim > 1:
                # A refusal tells which columns of a table it is of.
                return by_columns(x, self.treat)
            found = float(np.nanmin(x))
            message = f"A Box-Cox transform needs values above 0, found {shown(found)}."
            mend = "Score to points above zero, or use another treatment."
            raise refusal("not-positive", "BoxCox", message, mend, found)
        return self._transformed(x)

    def attainable(self, attainable: Range) -> Range:
        """Both ends transformed, an end below zero as zero."""
        low, high = self._transformed(np.maximum(np.array(attainable), 0.0)).tolist()
        return low, high
