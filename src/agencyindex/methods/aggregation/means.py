"""Sums and means: one value from the available children of a node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.adding import added_up, quotient
from agencyindex.methods.parameters import demands, refusal, shown
from agencyindex.methods.protocols import FloatArray, Numeric, Range


@attrs.frozen(kw_only=True)
class Sum:
    r"""The weighted sum of the available children; what is missing counts nothing.

    Notes
    -----
    .. math:: y = \sum_{j \in A} w_j x_j

    :math:`A` holds the available children. The weights are not shared out among them.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (additive
    aggregation), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> Sum().aggregate(np.array([[1.0, 4.0], [1.0, np.nan]]), np.array([2.0, 1.0]))
    array([6., 2.])
    """

    name: ClassVar[str] = "sum"
    formula: ClassVar[str] = r"y = \sum_{j \in A} w_j x_j"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (additive "
        "aggregation), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    linear: ClassVar[bool] = True
    adds: ClassVar[bool] = True
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values can be added."""
        yield from ()

    def before(self, values: Numeric) -> Numeric:
        """The values themselves."""
        return values

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The sum itself."""
        return total

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return added_up(self, values, weights)


@attrs.frozen(kw_only=True)
class ArithmeticMean:
    r"""The weighted mean of the available children.

    Notes
    -----
    .. math:: y = \frac{\sum_{j \in A} w_j x_j}{\sum_{j \in A} w_j}

    :math:`A` holds the available children, among which the weights are shared out.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (additive
    aggregation), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> ArithmeticMean().aggregate(np.array([[1.0, 4.0], [1.0, np.nan]]), np.array([2.0, 1.0]))
    array([2., 1.])
    """

    name: ClassVar[str] = "arithmetic"
    formula: ClassVar[str] = r"y = \frac{\sum_{j \in A} w_j x_j}{\sum_{j \in A} w_j}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (additive "
        "aggregation), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    linear: ClassVar[bool] = True
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any values have a mean."""
        yield from ()

    def before(self, values: Numeric) -> Numeric:
        """The values themselves."""
        return values

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The sum over the sum of weights; a gap where these are zero."""
        return quotient(total, weight)

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return added_up(self, values, weights)


@attrs.frozen(kw_only=True)
class GeometricMean:
    r"""The weighted geometric mean of the available children.

    Parameters
    ----------
    zero
        What a value of zero does: ``zero`` makes the mean zero, ``error`` refuses it. Negative
        values are always refused.

    Notes
    -----
    .. math:: y = \exp \frac{\sum_{j \in A} w_j \ln x_j}{\sum_{j \in A} w_j}

    The same as :math:`\prod_{j \in A} x_j^{w_j}` with the weights of the available children
    :math:`A` shared out to sum to 1.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (geometric
    aggregation), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> geometric = GeometricMean(zero="zero")
    >>> geometric.aggregate(np.array([[1.0, 0.0], [1.0, np.nan]]), np.array([1.0, 1.0]))
    array([0., 1.])
    """

    name: ClassVar[str] = "geometric"
    formula: ClassVar[str] = r"y = \exp \frac{\sum_{j \in A} w_j \ln x_j}{\sum_{j \in A} w_j}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (geometric "
        "aggregation), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False

    zero: Literal["zero", "error"]

    def __attrs_post_init__(self) -> None:
        with demands("GeometricMean") as demand:
            demand("zero", self.zero, self.zero in ("zero", "error"), '"zero" or "error"')

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative, or zero where that is refused."""
        for position, (low, _) in enumerate(attainable):
            if low < 0:
                yield position, f"Values down to {shown(low)} have no geometric mean."
            elif low == 0 and self.zero == "error":
                yield position, 'Values can be zero, and "zero" is "error".'

    def before(self, values: Numeric) -> Numeric:
        """Logarithms; minus infinity for zero.

        Raises
        ------
        MethodError
            ``not-positive`` where a value is negative, or zero where that is refused.
        """
        wrong = values < 0 if self.zero == "zero" else values <= 0
        if np.any(wrong):
            least = float(np.nanmin(values))
            message = f"A geometric mean needs values above zero, found {shown(least)}."
            mend = "Normalise to a scale above zero, or use another aggregation."
            raise refusal("not-positive", "GeometricMean", message, mend, least)
        with np.errstate(divide="ignore"):
            return np.log(values)

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The exponential of the sum over the sum of weights; a gap where these are zero."""
        return np.asarray(np.exp(quotient(total, weight)))

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        return added_up(self, values, weights)
