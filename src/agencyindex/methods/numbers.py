"""Scorings of numbers: linear, bands and ratio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf, isfinite
from typing import Any, ClassVar, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import Code
from agencyindex.methods.parameters import are_numbers, demands, is_number, number, numbers
from agencyindex.methods.protocols import FloatArray, Range

NUMBER = frozenset({"number"})
WHEN_ZERO = ("error", "not_answered", "dont_know", "refused", "not_applicable", "not_asked")


@attrs.frozen(kw_only=True)
class LinearPoints:
    r"""A number as its share of the way from one bound to another.

    Parameters
    ----------
    lower, upper
        The bounds, lower below upper.
    outside
        What a number outside comes to: ``clip`` it, or an ``error``.
    better
        Whether ``higher`` numbers are better, and the upper bound is worth 1, or ``lower`` ones.

    Notes
    -----
    .. math:: v_i = \frac{x_i - L}{U - L}

    Where lower is better, :math:`v_i = (U - x_i) / (U - L)`. Both bounds come out exactly.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (Min-Max), OECD
    Publishing, doi:10.1787/9789264043466-en, with bounds that are declared

    Examples
    --------
    >>> scoring = LinearPoints(lower=0, upper=50, outside="clip", better="higher")
    >>> scoring.points(np.array([10.0, 80.0]), [])
    array([0.2, 1. ])
    """

    name: ClassVar[str] = "linear"
    formula: ClassVar[str] = r"v_i = \frac{x_i - L}{U - L}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (Min-Max), "
        "OECD Publishing, doi:10.1787/9789264043466-en, with bounds that are declared"
    )
    item_types: ClassVar[frozenset[str]] = NUMBER

    lower: float = attrs.field(converter=number)
    upper: float = attrs.field(converter=number)
    outside: Literal["clip", "error"]
    better: Literal["higher", "lower"]

    def __attrs_post_init__(self) -> None:
        with demands("LinearPoints") as demand:
            demand("lower", self.lower, is_number(self.lower), "a finite number")
            demand("upper", self.upper, is_number(self.upper), "a finite number")
            if is_number(self.lower) and is_number(self.upper):
                above = self.lower < self.upper and isfinite(self.upper - self.lower)
                demand("upper", self.upper, above, f'above "lower", which is {self.lower:g}')
            fits = self.outside in ("clip", "error")
            demand("outside", self.outside, fits, '"clip" or "error"')
            demand("better", self.better, self.better in ("higher", "lower"), '"higher" or "lower"')

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Nothing: any number can be scored."""
        return iter(())

    def attainable(self, options: Sequence[str]) -> Range:
        """From 0 to 1."""
        return 0.0, 1.0

    def outside_range(self, answers: FloatArray) -> NDArray[np.bool_]:
        """Where numbers lie outside the bounds."""
        return (answers < self.lower) | (answers > self.upper)

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of numbers (n,), clipped to the bounds."""
        kept = np.clip(answers, self.lower, self.upper)
        above = kept - self.lower if self.better == "higher" else self.upper - kept
        return np.asarray(above / (self.upper - self.lower), dtype=np.float64)


@attrs.frozen(kw_only=True)
class BandPoints:
    r"""The value of the half-open band [a, b) that a number falls in.

    Parameters
    ----------
    edges
        Ascending limits between the bands; each belongs to the band above it.
    values
        Points of each band from the lowest up, one more than the edges.

    Notes
    -----
    .. math:: v_i = p_b \text{ where } e_b \le x_i < e_{b+1}

    The first band has no lower end, the last no upper one.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical
    scales), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> scoring = BandPoints(edges=[10, 50], values=[0, 1, 2])
    >>> scoring.points(np.array([9.9, 10.0, 50.0]), [])
    array([0., 1., 2.])
    """

    name: ClassVar[str] = "bands"
    formula: ClassVar[str] = r"v_i = p_b \text{ where } e_b \le x_i < e_{b+1}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical "
        "scales), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    item_types: ClassVar[frozenset[str]] = NUMBER

    edges: tuple[float, ...] = attrs.field(converter=numbers)
    values: tuple[float, ...] = attrs.field(converter=numbers)

    def __attrs_post_init__(self) -> None:
        with demands("BandPoints") as demand:
            fits = are_numbers(self.edges) and bool(self.edges)
            fits = fits and all(low < high for low, high in pairwise(self.edges))
            demand("edges", self.edges, fits, "ascending finite numbers, at least one")
            if fits:
                count = len(self.edges) + 1
                many = are_numbers(self.values, count)
                demand("values", self.values, many, f"{count} finite numbers, one for each band")

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Nothing: any number falls in a band."""
        return iter(())

    def attainable(self, options: Sequence[str]) -> Range:
        """The fewest and the most points of a band."""
        return min(self.values), max(self.values)

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of numbers (n,); NaN stays NaN."""
        bands = np.searchsorted(np.array(self.edges), answers, side="right")
        return np.where(np.isnan(answers), np.nan, np.array(self.values)[bands])


@attrs.frozen(kw_only=True)
class Ratio:
    r"""One number divided by another, such as cost per full-time equivalent.

    Parameters
    ----------
    denominator
        Id of the item to divide by.
    attribute
        Name of the register's attribute to divide by, where there is no such item.
    when_zero
        What a zero denominator means: a reason for missing, or an ``error``.

    Notes
    -----
    .. math:: v_i = \frac{x_i}{z_i}

    :math:`z_i` is the answer to the item of the denominator, or the attribute.

    References
    ----------
    agencyindex: our own (a plain quotient)

    Examples
    --------
    >>> Ratio(denominator="fte", when_zero="error").points(np.array([[6.0], [4.0]]), [])
    array([1.5])
    """

    name: ClassVar[str] = "ratio"
    formula: ClassVar[str] = r"v_i = \frac{x_i}{z_i}"
    reference: ClassVar[str] = "agencyindex: our own (a plain quotient)"
    item_types: ClassVar[frozenset[str]] = NUMBER

    denominator: str | None = None
    attribute: str | None = None
    when_zero: str

    def __attrs_post_init__(self) -> None:
        with demands("Ratio") as demand:
            named = isinstance(self.denominator, str) and bool(self.denominator)
            if self.attribute is None:
                demand("denominator", self.denominator, named, "the id of an item")
            else:
                named = isinstance(self.attribute, str) and bool(self.attribute)
                demand("attribute", self.attribute, named, "the name of an attribute")
                alone = self.denominator is None
                demand("denominator", self.denominator, alone, 'left out beside "attribute"')
            choices = ", ".join(f'"{each}"' for each in WHEN_ZERO)
            demand("when_zero", self.when_zero, self.when_zero in WHEN_ZERO, f"one of {choices}")

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Nothing that the options could tell."""
        return iter(())

    def attainable(self, options: Sequence[str]) -> Range:
        """Without a bound."""
        return -inf, inf

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of numerators and denominators (2, n); NaN where the latter is zero."""
        safe = np.where(answers[1] == 0, np.nan, answers[1])
        with np.errstate(over="ignore"):
            return np.asarray(answers[0] / safe, dtype=np.float64)
