"""Normalisation: from points to a common scale, one indicator at a time."""

from __future__ import annotations

from math import isinf
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.choices import HANDBOOK
from agencyindex.methods.parameters import (
    are_numbers,
    demands,
    is_number,
    number,
    numbers,
    refusal,
)
from agencyindex.methods.protocols import FloatArray, Normalisation, Range


@attrs.frozen(kw_only=True)
class NoNormalisation:
    """Points as they are.

    Examples
    --------
    >>> NoNormalisation().normalise(np.array([0.5]))
    array([0.5])
    """

    name: ClassVar[str] = "none"
    formula: ClassVar[str] = r"y_i = x_i"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = False

    def fit(self, values: FloatArray, attainable: Range) -> Normalisation:  # noqa: ARG002
        """Itself: nothing is learnt."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """The values."""
        return np.asarray(values, dtype=np.float64)

    def attainable(self, attainable: Range) -> Range:
        """The range of the points."""
        return attainable


@attrs.frozen(kw_only=True)
class Goalposts:
    """A linear map that takes two goalposts to the two ends of a scale.

    Parameters
    ----------
    goalposts
        The values that are taken to the ends; the first may be the greater one, where fewer
        is better.
    to
        The ends of the scale.
    clip
        Whether values beyond a goalpost are taken to the end of the scale.

    Examples
    --------
    >>> Goalposts(goalposts=[20, 85], to=[0, 100], clip=True).normalise(np.array([20.0, 90.0]))
    array([  0., 100.])
    """

    name: ClassVar[str] = "goalposts"
    formula: ClassVar[str] = r"y_i = a + (b - a) \frac{x_i - L}{U - L}"
    reference: ClassVar[str] = (
        "UNDP, Human Development Report 2021/22, technical notes; " + HANDBOOK
    )
    learnt: ClassVar[bool] = False

    goalposts: tuple[float, float] = attrs.field(converter=numbers)
    to: tuple[float, float] = attrs.field(converter=numbers)
    clip: bool

    def __attrs_post_init__(self) -> None:
        with demands("Goalposts") as demand:
            fits = are_numbers(self.goalposts, 2) and self.goalposts[0] != self.goalposts[1]
            demand("goalposts", self.goalposts, fits, "two different finite numbers")
            _demand_to(demand, self.to)
            demand("clip", self.clip, isinstance(self.clip, bool), "true or false")

    def fit(self, values: FloatArray, attainable: Range) -> Normalisation:  # noqa: ARG002
        """Itself: nothing is learnt."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,); NaN stays NaN, and the goalposts give the ends exactly."""
        (low, high), (a, b) = self.goalposts, self.to
        found = a + (b - a) * (values - low) / (high - low)
        found = np.where(values == high, b, found)
        return np.clip(found, min(a, b), max(a, b)) if self.clip else found

    def attainable(self, attainable: Range) -> Range:
        """The ends of the range, normalised, in ascending order."""
        ends = self.normalise(np.array(attainable, dtype=np.float64))
        return float(ends.min()), float(ends.max())


@attrs.frozen(kw_only=True)
class Attainable:
    """Goalposts at the fewest and the most points that an answer can be worth.

    The name is ours; the formula is that of goalposts. On a scale to 100 it gives the share of
    the attainable points in per cent.

    Parameters
    ----------
    to
        The ends of the scale.

    Examples
    --------
    >>> Attainable(to=[0, 100]).fit(np.array([]), (0.0, 4.0)).normalise(np.array([1.0]))
    array([25.])
    """

    name: ClassVar[str] = "attainable"
    formula: ClassVar[str] = r"y_i = a + (b - a) \frac{x_i - p_{\min}}{p_{\max} - p_{\min}}"
    reference: ClassVar[str] = "agencyindex: goalposts at the attainable points; " + HANDBOOK
    learnt: ClassVar[bool] = False

    to: tuple[float, float] = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("Attainable") as demand:
            _demand_to(demand, self.to)

    def fit(self, values: FloatArray, attainable: Range) -> Normalisation:  # noqa: ARG002
        """Goalposts at the ends of the attainable range.

        Raises
        ------
        MethodError
            Where an end is infinite (``no-bound``) or both are the same (``bad-parameter``).
        """
        low, high = attainable
        if isinf(low) or isinf(high):
            message = "The points have no bound, so they have no attainable range."
            raise refusal("no-bound", "Attainable", message, "Use goalposts.")
        if low == high:
            message = f"Every answer is worth {low:g} points, so the range is zero."
            raise refusal("constant-indicator", "Attainable", message, "Give other points.")
        return Goalposts(goalposts=attainable, to=self.to, clip=False)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Refused: the values alone do not tell what is attainable.

        Raises
        ------
        MethodError
            Always (``no-bound``).
        """
        message = "The attainable points are not known from values alone."
        raise refusal("no-bound", "Attainable", message, "Fit it with the attainable range first.")

    def attainable(self, attainable: Range) -> Range:  # noqa: ARG002
        """The ends of the scale, in ascending order."""
        return min(self.to), max(self.to)


@attrs.frozen(kw_only=True)
class Constant:
    """The same value for every agency: what min-max becomes on a population without spread.

    Parameters
    ----------
    value
        The value.

    Examples
    --------
    >>> Constant(value=50).normalise(np.array([1.0, np.nan]))
    array([50., nan])
    """

    name: ClassVar[str] = "constant"
    formula: ClassVar[str] = r"y_i = c"
    reference: ClassVar[str] = "agencyindex: the declared answer to a zero range"
    learnt: ClassVar[bool] = False

    value: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Constant") as demand:
            demand("value", self.value, is_number(self.value), "a finite number")

    def fit(self, values: FloatArray, attainable: Range) -> Normalisation:  # noqa: ARG002
        """Itself: nothing is learnt."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """The value wherever there is one."""
        return np.where(np.isnan(values), np.nan, self.value)

    def attainable(self, attainable: Range) -> Range:  # noqa: ARG002
        """The value, twice."""
        return self.value, self.value


@attrs.frozen(kw_only=True)
class MinMax:
    """Goalposts at the least and the greatest value of a population.

    Parameters
    ----------
    to
        The ends of the scale.
    clip
        Whether an agency beyond the population's range is taken to the end of the scale.
    when_constant
        Normalised value of every agency where all values are equal; None for an error.

    Examples
    --------
    >>> MinMax(to=[0, 100], clip=True).normalise(np.array([2.0, 3.0, 6.0]))
    array([  0.,  25., 100.])
    """

    name: ClassVar[str] = "minmax"
    formula: ClassVar[str] = r"y_i = a + (b - a) \frac{x_i - \min x}{\max x - \min x}"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True

    to: tuple[float, float] = attrs.field(converter=numbers)
    clip: bool
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("MinMax") as demand:
            _demand_to(demand, self.to)
            demand("clip", self.clip, isinstance(self.clip, bool), "true or false")
            fits = self.when_constant is None or is_number(self.when_constant)
            demand("when_constant", self.when_constant, fits, "a finite number")

    def fit(self, values: FloatArray, attainable: Range) -> Normalisation:  # noqa: ARG002
        """Goalposts at the extremes of the values (n,), which have no gaps.

        Raises
        ------
        MethodError
            Where there are no values (``empty-population``), or all are equal and
            ``when_constant`` is not given (``constant-indicator``).
        """
        if not len(values):
            message = "No agency has a value, so there is no range."
            raise refusal("empty-population", "MinMax", message, "Fit on a population with answers.")
        low, high = float(values.min()), float(values.max())
        if low != high:
            return Goalposts(goalposts=(low, high), to=self.to, clip=self.clip)
        if self.when_constant is not None:
            return Constant(value=self.when_constant)
        message = f"All {len(values)} agencies have the value {low:g}, so the range is zero."
        mend = 'Give "when_constant", or use goalposts.'
        raise refusal("constant-indicator", "MinMax", message, mend, low)

    def normalise(self, values: FloatArray) -> FloatArray:
        """The values (n,) normalised as their own population; NaN stays NaN."""
        known = values[~np.isnan(values)]
        return self.fit(known, (-np.inf, np.inf)).normalise(values)

    def attainable(self, attainable: Range) -> Range:  # noqa: ARG002
        """The ends of the scale where values are clipped, otherwise without a bound."""
        if not self.clip:
            return -np.inf, np.inf
        ends = (*self.to, *(() if self.when_constant is None else (self.when_constant,)))
        return min(ends), max(ends)


def _demand_to(demand: object, to: object) -> None:
    assert callable(demand)
    fits = are_numbers(to, 2) and isinstance(to, tuple) and to[0] != to[1]
    demand("to", to, fits, "two different finite numbers")
