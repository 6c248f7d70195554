"""Straight lines: goalposts that are stated, learnt, or attainable."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.normalisation._line import (
    ANYWHERE,
    demand_scale,
    mapped,
    mapped_columns,
    ordered,
)
from agencyindex.methods.normalisation._population import alike, each_alone, spanned
from agencyindex.methods.parameters import demands, is_number, number, numbers, refusal, shown
from agencyindex.methods.protocols import FloatArray, Normalisation, Range
from agencyindex.methods.ties import level

HANDBOOK = (
    "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (Min-Max), "
    "OECD Publishing, doi:10.1787/9789264043466-en"
)


@attrs.frozen(kw_only=True)
class NoNormalisation:
    r"""Points as they are.

    Notes
    -----
    .. math:: y = x

    References
    ----------
    agencyindex: our own (the identity)

    Examples
    --------
    >>> NoNormalisation().normalise(np.array([0.5, 2.0]))
    array([0.5, 2. ])
    """

    name: ClassVar[str] = "none"
    formula: ClassVar[str] = r"y = x"
    reference: ClassVar[str] = "agencyindex: our own (the identity)"
    learnt: ClassVar[bool] = False

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """The values, as floating-point numbers."""
        return np.asarray(values, dtype=np.float64)

    def attainable(self, attainable: Range) -> Range:
        """The range itself."""
        return attainable


@attrs.frozen(kw_only=True)
class Goalposts:
    r"""A straight line through two fixed points: no population is needed.

    Parameters
    ----------
    goalposts
        The points that become the first and the second end of the scale, with their sign turned
        where the direction is -1. The first may be the greater one: without a direction, that is
        another way to say that fewer is better.
    to
        Both ends of the scale.
    clip
        Whether values beyond the goalposts get the nearer end; they run past it otherwise.

    Notes
    -----
    .. math:: y = a + (b - a) \frac{x - L}{U - L}

    Evaluated as :math:`(b - a)(x - L) / (U - L) + a`. Both goalposts come out exactly, a clipped
    value never leaves the scale, and a greater value never gets less (more, where the line
    falls).

    References
    ----------
    UNDP, Human Development Report, technical note 1 (goalposts); OECD and JRC (2008) Handbook on
    Constructing Composite Indicators, step 5 (Min-Max), OECD Publishing,
    doi:10.1787/9789264043466-en

    Examples
    --------
    >>> life = Goalposts(goalposts=[20, 85], to=[0, 1], clip=True)
    >>> life.normalise(np.array([20.0, 52.5, 85.0, 90.0]))
    array([0. , 0.5, 1. , 1. ])
    """

    name: ClassVar[str] = "goalposts"
    formula: ClassVar[str] = r"y = a + (b - a) \frac{x - L}{U - L}"
    reference: ClassVar[str] = (
        f"UNDP, Human Development Report, technical note 1 (goalposts); {HANDBOOK}"
    )
    learnt: ClassVar[bool] = False

    goalposts: Range = attrs.field(converter=numbers)
    to: Range = attrs.field(converter=numbers)
    clip: bool

    def __attrs_post_init__(self) -> None:
        with demands("Goalposts") as demand:
            demand_scale(demand, "goalposts", self.goalposts)
            demand_scale(demand, "to", self.to)
            demand("clip", self.clip, isinstance(self.clip, bool), "true or false")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values; a gap stays one."""
        x = np.asarray(values, dtype=np.float64)
        if self.clip:
            x = np.clip(x, *ordered(self.goalposts))
        return mapped(x, self.goalposts, self.to)

    def attainable(self, attainable: Range) -> Range:
        """Both ends normalised, the lower one first; an infinite end stays so unless clipped."""
        low, high = self.normalise(np.array(attainable)).tolist()
        return ordered((low, high))


@attrs.frozen(kw_only=True)
class Constant:
    r"""One value for everybody: what a min-max normalisation of equal values becomes.

    Parameters
    ----------
    value
        The value.

    Notes
    -----
    .. math:: y = c

    References
    ----------
    agencyindex: our own

    Examples
    --------
    >>> Constant(value=50).normalise(np.array([3.0, np.nan]))
    array([50., nan])
    """

    name: ClassVar[str] = "constant"
    formula: ClassVar[str] = r"y = c"
    reference: ClassVar[str] = "agencyindex: our own"
    learnt: ClassVar[bool] = False

    value: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Constant") as demand:
            demand("value", self.value, is_number(self.value), "a finite number")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """The value, where there is one; a gap stays one."""
        return np.where(np.isnan(values), np.nan, self.value)

    def attainable(self, attainable: Range) -> Range:
        """The value alone."""
        return self.value, self.value


def same_for_all(
    found: FloatArray, owner: str, lacking: str, when_constant: float | None
) -> Constant:
    """What a population becomes whose values are all the same: the value for it, or an error."""
    if when_constant is None:
        raise alike(found, owner, lacking)
    return Constant(value=when_constant)


@attrs.frozen(kw_only=True)
class Attainable:
    r"""A straight line from the fewest to the most points that an answer can be worth.

    It is declared: the definition alone says what can be attained. ``fit`` states that range as
    goalposts, and needs no values for it; ``normalise`` by itself knows no range and refuses.
    As a rescaling it does the same with the values of a node, where every item is answered.

    Parameters
    ----------
    to
        Both ends of the scale.

    Notes
    -----
    .. math:: y = a + (b - a) \frac{x - p_{\min}}{p_{\max} - p_{\min}}

    References
    ----------
    agencyindex: our own name for goalposts at the attainable points

    Examples
    --------
    >>> Attainable(to=[0, 100]).fit(np.array([]), (0.0, 4.0))
    Goalposts(goalposts=(0.0, 4.0), to=(0.0, 100.0), clip=False)
    """

    name: ClassVar[str] = "attainable"
    formula: ClassVar[str] = r"y = a + (b - a) \frac{x - p_{\min}}{p_{\max} - p_{\min}}"
    reference: ClassVar[str] = "agencyindex: our own name for goalposts at the attainable points"
    learnt: ClassVar[bool] = False

    to: Range = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("Attainable") as demand:
            demand_scale(demand, "to", self.to)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Goalposts at the attainable points.

        Raises
        ------
        MethodError
            ``no-bound`` where an end is infinite, ``constant-indicator`` where both are equal.
        """
        low, high = attainable
        if not (isfinite(low) and isfinite(high)):
            message = f"The attainable points run from {low:g} to {high:g}, without a bound."
            mend = 'Use "goalposts", or a scoring with a bound.'
            raise refusal("no-bound", "Attainable", message, mend, attainable)
        if low == high:
            message = f"Every answer is worth {shown(low)} points, so the range is zero."
            mend = 'Give different points, or use "goalposts".'
            raise refusal("constant-indicator", "Attainable", message, mend, low)
        return Goalposts(goalposts=attainable, to=self.to, clip=False)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Refuse: the values do not tell what can be attained.

        Raises
        ------
        MethodError
            ``no-bound``, always.
        """
        message = "Values alone do not tell which points can be attained."
        mend = 'Call "fit" with the attainable range first.'
        raise refusal("no-bound", "Attainable", message, mend)

    def attainable(self, attainable: Range) -> Range:
        """Both ends of the scale, the lower one first."""
        return ordered(self.to)


@attrs.frozen(kw_only=True)
class MinMax:
    r"""A straight line from the least to the greatest value of a population.

    Parameters
    ----------
    to
        Both ends of the scale.
    clip
        Whether later values beyond the population's get the nearer end.
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = a + (b - a) \frac{x - \min x}{\max x - \min x}

    ``fit`` gives `Goalposts`, or `Constant` where all values are the same.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (Min-Max), OECD
    Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> minmax = MinMax(to=[0, 100], clip=True)
    >>> minmax.normalise(np.array([2.0, 3.0, 6.0]))
    array([  0.,  25., 100.])
    >>> minmax.fit(np.array([2.0, 3.0, 6.0]), (0.0, 10.0))
    Goalposts(goalposts=(2.0, 6.0), to=(0.0, 100.0), clip=True)
    """

    name: ClassVar[str] = "minmax"
    formula: ClassVar[str] = r"y = a + (b - a) \frac{x - \min x}{\max x - \min x}"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True

    to: Range = attrs.field(converter=numbers)
    clip: bool
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("MinMax") as demand:
            demand_scale(demand, "to", self.to)
            demand("clip", self.clip, isinstance(self.clip, bool), "true or false")
            good = self.when_constant is None or is_number(self.when_constant)
            demand("when_constant", self.when_constant, good, "a finite number")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Goalposts at the least and the greatest value.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``constant-indicator`` where all are the same and ``when_constant`` is not given.
        """
        found, low, high = spanned(values, "MinMax", "range")
        if level(low, high):
            return same_for_all(found, "MinMax", "range", self.when_constant)
        return Goalposts(goalposts=(low, high), to=self.to, clip=self.clip)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return each_alone(
            self, values, lambda x, low, high: mapped_columns(x, (low, high), self.to)
        )

    def attainable(self, attainable: Range) -> Range:
        """What any population may give: both ends if clipped, with ``when_constant``."""
        if not self.clip:
            return ANYWHERE
        ends = self.to if self.when_constant is None else (*self.to, self.when_constant)
        return min(ends), max(ends)
