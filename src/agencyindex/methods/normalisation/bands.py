"""Steps: one value for each band, between limits that are stated or learnt."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.methods import moments
from agencyindex.methods.normalisation import _population as learn
from agencyindex.methods.normalisation.lines import same_for_all
from agencyindex.methods.parameters import (
    are_numbers,
    as_tuple,
    demands,
    is_number,
    number,
    numbers,
    refusal,
    shown,
)
from agencyindex.methods.protocols import FloatArray, Normalisation, Range
from agencyindex.methods.quantiles import quantiles
from agencyindex.methods.ties import level, outermost

SIDES = ("upper", "lower")


@attrs.frozen(kw_only=True)
class Steps:
    r"""The value of the band that a number falls in: no population is needed.

    Parameters
    ----------
    edges
        Limits between the bands, none below the one before. The band between equal ones is for
        that number alone, if they are closed to different sides; otherwise nothing falls in it.
    values
        Value of each band from the lowest up, one more than the edges.
    closed
        For each edge, whether a number on it belongs to the ``upper`` or the ``lower`` band.

    Notes
    -----
    .. math:: y = v_k, \quad k = |\{j : e_j < x\}| + |\{j : e_j = x, j \text{ closed above}\}|

    The first band has no lower end, the last no upper one. A number within 2 ** -44 of the size of
    an edge counts as on it: agencyindex: our own choice, as for the ties of `Rank`.

    References
    ----------
    agencyindex: our own form of categorical scales once their limits are known

    Examples
    --------
    >>> steps = Steps(edges=[40, 60], values=[-1, 0, 1], closed=["upper", "lower"])
    >>> steps.normalise(np.array([39.0, 40.0, 60.0, 61.0, np.nan]))
    array([-1.,  0.,  0.,  1., nan])
    """

    name: ClassVar[str] = "steps"
    formula: ClassVar[str] = (
        r"y = v_k, \quad k = |\{j : e_j < x\}| + |\{j : e_j = x, j \text{ closed above}\}|"
    )
    reference: ClassVar[str] = (
        "agencyindex: our own form of categorical scales once their limits are known"
    )
    learnt: ClassVar[bool] = False

    edges: tuple[float, ...] = attrs.field(converter=numbers)
    values: tuple[float, ...] = attrs.field(converter=numbers)
    closed: tuple[Literal["upper", "lower"], ...] = attrs.field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        with demands("Steps") as demand:
            fits = are_numbers(self.edges) and bool(self.edges)
            fits = fits and all(low <= high for low, high in pairwise(self.edges))
            wanted = "finite numbers, at least one, none below the one before"
            demand("edges", self.edges, fits, wanted)
            if fits:
                count = len(self.edges)
                many = are_numbers(self.values, count + 1)
                wanted = f"{count + 1} finite numbers, one for each band"
                demand("values", self.values, many, wanted)
                told = isinstance(self.closed, tuple) and len(self.closed) == count
                told = told and all(each in SIDES for each in self.closed)
                wanted = f'{count} times "upper" or "lower", one for each edge'
                demand("closed", self.closed, told, wanted)

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Give itself: there is nothing to learn."""
        return self

    def _bands(self, x: FloatArray) -> NDArray[Any]:
        # Bytes as long as they will do, as bytes are quickest.
        bands = np.zeros(x.shape, dtype=np.uint8 if len(self.edges) < 256 else np.intp)
        for edge, closed in zip(self.edges, self.closed, strict=True):
            upper = closed == "upper"
            end = outermost(edge, least=upper)
            bands += x >= end if upper else x > end
        return bands

    def normalise(self, values: FloatArray) -> FloatArray:
        """The value of each number's band; a gap stays one."""
        x = np.asarray(values, dtype=np.float64)
        found = np.asarray(np.array(self.values).take(self._bands(x)))
        found[np.isnan(x)] = np.nan
        return found

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest value of the bands from one end to the other."""
        first, last = self._bands(np.array(attainable)).tolist()
        reached = self.values[first : last + 1]
        return min(reached), max(reached)


@attrs.frozen(kw_only=True)
class QuantileBands:
    r"""A value for each band between quantiles of a population: a categorical scale.

    Parameters
    ----------
    quantiles
        Ascending shares of the population, above 0 and below 1, at which the bands part.
    values
        Value of each band from the lowest up, one more than the quantiles, such as 0, 20, 40, 60,
        80 and 100.
    when_constant
        The value for everybody where all agencies have the same; without it that is an error.

    Notes
    -----
    .. math:: y = v_k \text{ where } Q(q_k) \le x < Q(q_{k+1})

    A number on a limit belongs to the band above it. The first band has no lower end, the last no
    upper one. Q interpolates between the neighbours of place :math:`1 + (n - 1) q` in the order of
    values (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566, the usual one of
    spreadsheets, R and NumPy), and rounds once. ``fit`` gives `Steps`, or `Constant` where all
    values are the same.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical
    scales), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> thirds = QuantileBands(quantiles=[0.25, 0.75], values=[0, 50, 100])
    >>> thirds.normalise(np.array([10.0, 20.0, 30.0, 40.0, 50.0]))
    array([  0.,  50.,  50., 100., 100.])
    """

    name: ClassVar[str] = "quantile_bands"
    formula: ClassVar[str] = r"y = v_k \text{ where } Q(q_k) \le x < Q(q_{k+1})"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical "
        "scales), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True

    quantiles: tuple[float, ...] = attrs.field(converter=numbers)
    values: tuple[float, ...] = attrs.field(converter=numbers)
    when_constant: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("QuantileBands") as demand:
            fits = are_numbers(self.quantiles) and bool(self.quantiles)
            bounded = (0.0, *self.quantiles, 1.0) if fits else ()
            fits = fits and all(low < high for low, high in pairwise(bounded))
            wanted = "ascending numbers above 0 and below 1, at least one"
            demand("quantiles", self.quantiles, fits, wanted)
            if fits:
                count = len(self.quantiles) + 1
                many = are_numbers(self.values, count)
                demand("values", self.values, many, f"{count} finite numbers, one for each band")
            good = self.when_constant is None or is_number(self.when_constant)
            demand("when_constant", self.when_constant, good, "a finite number")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Steps at the quantiles.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``constant-indicator`` where all are the same and ``when_constant`` is not given.
        """
        found, low, high = learn.spanned(values, "QuantileBands", "range")
        if level(low, high):
            return same_for_all(found, "QuantileBands", "range", self.when_constant)
        edges = quantiles(found, self.quantiles)
        return Steps(edges=edges, values=self.values, closed=("upper",) * len(edges))

    def normalise(self, values: FloatArray) -> FloatArray:
        """The value of each number's band (n,) or (n, m), each column its own population."""
        return learn.each_alone(self, values)

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest value, with ``when_constant``."""
        ends = [*self.values]
        if self.when_constant is not None:
            ends.append(self.when_constant)
        return min(ends), max(ends)


@attrs.frozen(kw_only=True)
class MeanBands:
    r"""Whether a value lies below, within or above a band around the mean of a population.

    Parameters
    ----------
    width
        Half the width of the band as a share of the mean; above 0.
    below, within, above
        Value of the three bands, such as -1, 0 and 1.

    Notes
    -----
    .. math:: y = v_{within} \text{ where } |x - \bar x| \le p\, |\bar x|

    Both ends belong to the band. Where the mean is above zero that is
    :math:`(1 - p) \bar x \le x \le (1 + p) \bar x`; where it is below zero, as where fewer is
    better, the ends change places, so that a greater value never gets into a lower band. Around a
    mean of zero only zero is within. ``fit`` gives `Steps`; equal values are all within.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (indicators above or
    below the mean), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> bands = MeanBands(width=0.1, below=-1, within=0, above=1)
    >>> bands.normalise(np.array([89.0, 90.0, 110.0, 111.0]))
    array([-1.,  0.,  0.,  1.])
    >>> bands.fit(np.array([80.0, 120.0]), (0.0, 200.0))
    Steps(edges=(90.0, 110.0), values=(-1.0, 0.0, 1.0), closed=('upper', 'lower'))
    """

    name: ClassVar[str] = "mean_bands"
    formula: ClassVar[str] = r"y = v_{within} \text{ where } |x - \bar x| \le p\, |\bar x|"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (indicators "
        "above or below the mean), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True

    width: float = attrs.field(converter=number)
    below: float = attrs.field(converter=number)
    within: float = attrs.field(converter=number)
    above: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("MeanBands") as demand:
            good = is_number(self.width) and self.width > 0
            demand("width", self.width, good, "a number above 0")
            for name in ("below", "within", "above"):
                value = getattr(self, name)
                demand(name, value, is_number(value), "a finite number")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Steps at both ends of the band around the mean.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``out-of-range`` where the band has none.
        """
        mean = moments.mean(learn.spanned(values, "MeanBands", "mean")[0])
        # Exact until the end: 1.1 times 100, as doubles have it, would be above 110.
        half = Fraction(repr(self.width)) * abs(Fraction(mean))
        try:
            edges = float(Fraction(mean) - half), float(Fraction(mean) + half)
        except OverflowError:
            message = f"The band around the mean {shown(mean)} has no finite ends."
            raise refusal(
                "out-of-range", "MeanBands", message, "Give a smaller width.", mean
            ) from None
        return Steps(
            edges=edges,
            values=(self.below, self.within, self.above),
            closed=("upper", "lower"),
        )

    def normalise(self, values: FloatArray) -> FloatArray:
        """The value of each number's band (n,) or (n, m), each column its own population."""
        return learn.each_alone(self, values)

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest of the three values."""
        three = (self.below, self.within, self.above)
        return min(three), max(three)
