"""Normalisations that rise ever more slowly: the first units count most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any, ClassVar

import attrs
import numpy as np

from agencyindex.methods.parameters import demands, is_number, number, refusal
from agencyindex.methods.protocols import FloatArray, Range


@attrs.frozen(kw_only=True)
class HalfSaturation:
    r"""From 0 towards a top that nothing reaches, half of it at a stated value.

    Parameters
    ----------
    half
        The value that gets half of the top, above 0.
    top
        What the greatest values come near to, above 0.

    Notes
    -----
    .. math:: y = t \frac{x}{x + h}

    References
    ----------
    agencyindex: our own example

    Examples
    --------
    >>> HalfSaturation(half=20, top=100).normalise(np.array([0.0, 20.0, 60.0, np.nan]))
    array([ 0., 50., 75., nan])
    """

    name: ClassVar[str] = "half_saturation"
    formula: ClassVar[str] = r"y = t \frac{x}{x + h}"
    reference: ClassVar[str] = "agencyindex: our own example"
    learnt: ClassVar[bool] = False
    schema: ClassVar[Mapping[str, Any]] = {
        "required": ["half", "top"],
        "properties": {
            "half": {
                "description": "The value that gets half of the top.",
                "type": "number",
                "exclusiveMinimum": 0,
            },
            "top": {
                "description": "What the greatest values come near to.",
                "type": "number",
                "exclusiveMinimum": 0,
            },
        },
    }

    half: float = attrs.field(converter=number)
    top: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("HalfSaturation") as demand:
            for key, value in (("half", self.half), ("top", self.top)):
                demand(key, value, is_number(value) and value > 0, "a number above 0")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> HalfSaturation:
        """Give itself: there is nothing to learn."""
        return self

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values; a gap stays one.

        Raises
        ------
        MethodError
            ``out-of-range`` where a value is below zero.
        """
        x = np.asarray(values, dtype=np.float64)
        if np.any(x < 0):
            message = f"Values must be at least 0, found {np.nanmin(x):g}."
            mend = "Leave the direction at 1, or use another normalisation."
            raise refusal("out-of-range", "HalfSaturation", message, mend)
        return np.asarray(self.top * (x / (x + self.half)))

    def attainable(self, attainable: Range) -> Range:
        """Both ends normalised; the top where there is no upper bound."""
        low, high = (max(end, 0.0) for end in attainable)
        ends = (
            self.top if end == inf else self.top * (end / (end + self.half)) for end in (low, high)
        )
        return next(ends), next(ends)


@attrs.frozen(kw_only=True)
class MedianSaturation:
    r"""The same, half of the top at the median of a population.

    Parameters
    ----------
    top
        What the greatest values come near to, above 0.

    Notes
    -----
    .. math:: y = t \frac{x}{x + \mathrm{median}\, x}

    ``fit`` gives `HalfSaturation`: what was learnt stands in the fitted document.

    References
    ----------
    agencyindex: our own example

    Examples
    --------
    >>> MedianSaturation(top=100).fit(np.array([10.0, 20.0, 70.0]), (0.0, 100.0))
    HalfSaturation(half=20.0, top=100.0)
    """

    name: ClassVar[str] = "median_saturation"
    formula: ClassVar[str] = r"y = t \frac{x}{x + \mathrm{median}\, x}"
    reference: ClassVar[str] = "agencyindex: our own example"
    learnt: ClassVar[bool] = True
    schema: ClassVar[Mapping[str, Any]] = {
        "required": ["top"],
        "properties": {"top": HalfSaturation.schema["properties"]["top"]},
    }

    top: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("MedianSaturation") as demand:
            holds = is_number(self.top) and self.top > 0
            demand("top", self.top, holds, "a number above 0")

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> HalfSaturation:
        """The declared normalisation for a population; gaps among its values do not count.

        Raises
        ------
        MethodError
            ``empty-population`` where there is no value, ``not-positive`` where the median is
            not above zero.
        """
        found = values[~np.isnan(values)]
        if not len(found):
            message = f"None of the {len(values)} agencies has a value."
            raise refusal("empty-population", "MedianSaturation", message, "Give some.")
        half = float(np.median(found))
        if half <= 0:
            message = f"The median must be above 0, found {half:g}."
            mend = "Use half_saturation with a value of your own."
            raise refusal("not-positive", "MedianSaturation", message, mend)
        return HalfSaturation(half=half, top=self.top)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values, themselves the population."""
        return self.fit(values, (-inf, inf)).normalise(values)

    def attainable(self, attainable: Range) -> Range:
        """What any population may give."""
        return 0.0, self.top
