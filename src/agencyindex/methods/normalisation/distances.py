"""Distances from the best and from a target."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any, ClassVar

import attrs
import numpy as np

from agencyindex.methods.normalisation import _population as learn
from agencyindex.methods.normalisation._line import (
    ANYWHERE,
    demand_scale,
    mapped,
    mapped_columns,
    ordered,
)
from agencyindex.methods.normalisation.lines import Goalposts, same_for_all
from agencyindex.methods.parameters import demands, is_number, number, numbers, refusal, shown
from agencyindex.methods.protocols import FloatArray, Normalisation, Numeric, Range
from agencyindex.methods.ties import level

COINR = (
    "Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for "
    "developing composite indicators, Journal of Open Source Software 7(78), 4567, "
    "doi:10.21105/joss.04567"
)
UNIT: Range = (0.0, 1.0)


@attrs.frozen(kw_only=True)
class CappedGoalposts:
    r"""A straight line through two fixed points that ends at the second: no population is needed.

    Parameters
    ----------
    goalposts
        The points that become the first and the second end of the scale, with their sign turned
        where the direction is -1. The first may be the greater one: without a direction, that is
        another way to say that fewer is better.
    to
        Both ends of the scale.

    Notes
    -----
    .. math:: y = a + (b - a) \min\left(1, \frac{x - L}{U - L}\right)

    Values past the second goalpost get the second end; values short of the first run past the
    first end, as they do in `Goalposts` that do not clip.

    References
    ----------
    agencyindex: our own name for goalposts that are clipped at the second end only

    Examples
    --------
    >>> target = CappedGoalposts(goalposts=[20, 70], to=[0, 1])
    >>> target.normalise(np.array([10.0, 20.0, 45.0, 70.0, 90.0]))
    array([-0.2,  0. ,  0.5,  1. ,  1. ])
    """

    name: ClassVar[str] = "capped_goalposts"
    formula: ClassVar[str] = r"y = a + (b - a) \min\left(1, \frac{x - L}{U - L}\right)"
    reference: ClassVar[str] = (
        "agencyindex: our own name for goalposts that are clipped at the second end only"
    )
    learnt: ClassVar[bool] = False

    goalposts: Range = attrs.field(converter=numbers)
    to: Range = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("CappedGoalposts") as demand:
            demand_scale(demand, "goalposts", self.goalposts)
            demand_scale(demand, "to", self.to)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values; a gap stays one."""
        first, second = self.goalposts
        nearer = np.minimum if first < second else np.maximum
        x: FloatArray = nearer(np.asarray(values, dtype=np.float64), second)
        return mapped(x, self.goalposts, self.to)

    def attainable(self, attainable: Range) -> Range:
        """Both ends normalised, the lower one first; an infinite end stays so unless capped."""
        low, high = self.normalise(np.array(attainable)).tolist()
        return ordered((low, high))


@attrs.frozen(kw_only=True)
class DistanceToMax:
    r"""The distance from the greatest value of a population, as a share of its range, taken from 1.

    Parameters
    ----------
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = 1 - \frac{\max x - x}{\max x - \min x}

    That is a `MinMax` to 0 and 1 that does not clip. ``fit`` gives `Goalposts`, or `Constant` where
    all values are the same.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> DistanceToMax().normalise(np.array([2.0, 3.0, 6.0]))
    array([0.  , 0.25, 1.  ])
    """

    name: ClassVar[str] = "distance_to_max"
    formula: ClassVar[str] = r"y = 1 - \frac{\max x - x}{\max x - \min x}"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = True

    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("DistanceToMax") as demand:
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
        found, low, high = learn.spanned(values, "DistanceToMax", "range")
        if level(low, high):
            return same_for_all(found, "DistanceToMax", "range", self.when_constant)
        return Goalposts(goalposts=(low, high), to=UNIT, clip=False)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(
            self, values, lambda x, low, high: mapped_columns(x, (low, high), UNIT)
        )

    def attainable(self, attainable: Range) -> Range:
        """Without a bound: later values may lie anywhere."""
        return ANYWHERE


@attrs.frozen(kw_only=True)
class DistanceToTarget:
    r"""How much of the way from the least value of a population to a target an agency has gone.

    Parameters
    ----------
    target
        The value that gets 1, with its sign turned where fewer is better; above the least value.
    cap
        Whether values past the target get 1; they run past it otherwise.
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = \frac{x - \min x}{T - \min x}

    ``fit`` gives `Goalposts` that do not clip, `CappedGoalposts` where ``cap`` is true, or
    `Constant` where all values are the same. A later value below the least gets less than 0.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> DistanceToTarget(target=10, cap=True).normalise(np.array([2.0, 4.0, 12.0]))
    array([0.  , 0.25, 1.  ])
    >>> DistanceToTarget(target=10, cap=False).normalise(np.array([2.0, 4.0, 12.0]))
    array([0.  , 0.25, 1.25])
    """

    name: ClassVar[str] = "distance_to_target"
    formula: ClassVar[str] = r"y = \frac{x - \min x}{T - \min x}"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = True

    target: float = attrs.field(converter=number)
    cap: bool
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("DistanceToTarget") as demand:
            demand("target", self.target, is_number(self.target), "a finite number")
            demand("cap", self.cap, isinstance(self.cap, bool), "true or false")
            good = self.when_constant is None or is_number(self.when_constant)
            demand("when_constant", self.when_constant, good, "a finite number")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Goalposts at the least value and at the target.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``constant-indicator`` where all are the same and ``when_constant`` is not given,
            ``out-of-range`` where all have reached the target.
        """
        found, low, high = learn.spanned(values, "DistanceToTarget", "range")
        if level(low, high):
            return same_for_all(found, "DistanceToTarget", "range", self.when_constant)
        if not self._ahead(low):
            message = f"The least value, {shown(low)}, has reached the target {shown(self.target)}."
            mend = 'Give a target above it, or use "goalposts".'
            raise refusal("out-of-range", "DistanceToTarget", message, mend, low)
        if self.cap:
            return CappedGoalposts(goalposts=(low, self.target), to=UNIT)
        return Goalposts(goalposts=(low, self.target), to=UNIT, clip=False)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(self, values, self._at_once)

    def _at_once(self, x: FloatArray, low: FloatArray, _: FloatArray) -> FloatArray:
        with np.errstate(over="ignore"):
            finite = np.isfinite(self.target - low)
        if self.cap or not (self._ahead(low) & finite).all():
            return learn.each_alone(self, x)
        return mapped_columns(x, (low, self.target), UNIT)

    def _ahead(self, low: Numeric) -> Any:
        """Whether the target is above the least value, by more than arithmetic is off by."""
        return (low < self.target) & np.logical_not(level(low, self.target))

    def attainable(self, attainable: Range) -> Range:
        """Without a lower bound; up to 1 and ``when_constant`` if capped."""
        return -inf, max(1.0, self.when_constant or 1.0) if self.cap else inf
