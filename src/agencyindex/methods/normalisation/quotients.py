"""Values as a part of others: of one named agency's, of the greatest, and of all together."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.errors import MethodError, did_you_mean
from agencyindex.methods.moments import lengths
from agencyindex.methods.normalisation import _population as learn
from agencyindex.methods.normalisation._line import ANYWHERE, mapped_columns, ordered
from agencyindex.methods.normalisation.lines import Goalposts
from agencyindex.methods.parameters import demands, refusal, shown
from agencyindex.methods.protocols import FloatArray, Normalisation, Range
from agencyindex.methods.ties import level

COINR = (
    "Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for "
    "developing composite indicators, Journal of Open Source Software 7(78), 4567, "
    "doi:10.21105/joss.04567"
)
UNIT: Range = (0.0, 1.0)


def _quotients(attainable: Range) -> Range:
    """The range of one value over another, both in a range; the divisor is not zero."""
    low, high = attainable
    if low < 0 < high:
        return ANYWHERE
    if low == 0 or high == 0:
        return 0.0, inf
    return ordered((low / high, high / low))


@attrs.frozen(kw_only=True)
class DistanceToReference:
    r"""The distance of one named agency from an origin as the unit.

    Parameters
    ----------
    agency
        Id of the agency that gets 1.
    origin
        What gets 0: ``zero``, or the ``minimum`` of the population.

    Notes
    -----
    .. math:: y = \frac{x - o}{x_{ref} - o}

    ``fit`` gives `Goalposts` that do not clip, and needs the ids of the agencies; ``normalise`` by
    itself knows none and refuses. Where the origin is zero and the value of the agency below it,
    as it is where fewer is better, the line falls: a greater value gets less.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (distance to a
    reference), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> distance = DistanceToReference(agency="B", origin="zero")
    >>> distance.fit(np.array([2.0, 8.0]), (0.0, 10.0), ["A", "B"])
    Goalposts(goalposts=(0.0, 8.0), to=(0.0, 1.0), clip=False)
    """

    name: ClassVar[str] = "distance_to_reference"
    formula: ClassVar[str] = r"y = \frac{x - o}{x_{ref} - o}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (distance to a "
        "reference), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True

    agency: str
    origin: Literal["zero", "minimum"]

    def __attrs_post_init__(self) -> None:
        with demands("DistanceToReference") as demand:
            named = isinstance(self.agency, str) and bool(self.agency)
            demand("agency", self.agency, named, "the id of an agency")
            good = self.origin in ("zero", "minimum")
            demand("origin", self.origin, good, '"zero" or "minimum"')

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Goalposts at the origin and at the value of the agency.

        Raises
        ------
        MethodError
            ``needs-population`` where no ids are given, ``unknown-agency`` where the agency is not
            among them, ``empty-population`` where it has no value, ``not-finite`` where the values
            have no finite range, ``zero-denominator`` where the agency lies at the origin.
        """
        value = self._value(values, agencies)
        _, low, _ = learn.spanned(values, "DistanceToReference", "range")
        origin = low if self.origin == "minimum" else 0.0
        if level(min(value, origin), max(value, origin)):
            what = "the least value," if self.origin == "minimum" else "the value"
            message = f'The agency "{self.agency}" has {what} {shown(value)}, so its distance is 0.'
            mend = "Name another agency, or another origin."
            raise refusal("zero-denominator", "DistanceToReference", message, mend, value)
        return Goalposts(goalposts=(origin, value), to=UNIT, clip=False)

    def _value(self, values: FloatArray, agencies: Sequence[str]) -> float:
        if not len(agencies):
            raise self._untold()
        names = list(agencies)
        if self.agency not in names:
            message = f'The population has no agency "{self.agency}".'
            mend = did_you_mean(self.agency, names, "agencies")
            raise refusal("unknown-agency", "DistanceToReference", message, mend, self.agency)
        value = float(values[names.index(self.agency)]) + 0.0
        if np.isnan(value):
            message = f'The agency "{self.agency}" has no value, so no distance can be told.'
            mend = "Name another agency."
            raise refusal("empty-population", "DistanceToReference", message, mend, self.agency)
        return value

    def normalise(self, values: FloatArray) -> FloatArray:
        """Refuse: the values do not tell whose they are.

        Raises
        ------
        MethodError
            ``needs-population``, always.
        """
        raise self._untold()

    def _untold(self) -> MethodError:
        message = f'Values alone do not tell which is that of the agency "{self.agency}".'
        mend = 'Call "fit" with the ids of the agencies.'
        return refusal("needs-population", "DistanceToReference", message, mend)

    def attainable(self, attainable: Range) -> Range:
        """What any agency may give: quotients from zero, without a bound from the minimum."""
        return _quotients(attainable) if self.origin == "zero" else ANYWHERE


@attrs.frozen(kw_only=True)
class FractionOfMax:
    r"""A value as a fraction of the greatest of a population.

    Notes
    -----
    .. math:: y = \frac{x}{\max x}

    ``fit`` gives `Goalposts` that do not clip. Values are turned first where fewer is better; the
    greatest one is then below zero, and the line falls: the best agency has 1, the others more.
    Better leave it to indicators where more is better. A greatest value of zero is an error.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022) COINr: An R package for
    developing composite indicators, Journal of Open Source Software 7(78), 4567,
    doi:10.21105/joss.04567

    Examples
    --------
    >>> FractionOfMax().normalise(np.array([2.0, 3.0, 8.0]))
    array([0.25 , 0.375, 1.   ])
    """

    name: ClassVar[str] = "fraction_of_max"
    formula: ClassVar[str] = r"y = \frac{x}{\max x}"
    reference: ClassVar[str] = COINR
    learnt: ClassVar[bool] = True

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Goalposts at zero and at the greatest value.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range, ``zero-denominator`` where the greatest is zero.
        """
        _, _, high = learn.spanned(values, "FractionOfMax", "greatest value")
        if not high:
            message = "The greatest value is 0, so there are no fractions of it."
            mend = 'Use "minmax" or "goalposts".'
            raise refusal("zero-denominator", "FractionOfMax", message, mend, high)
        return Goalposts(goalposts=(0.0, high), to=UNIT, clip=False)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(self, values, self._at_once)

    def _at_once(self, x: FloatArray, _: FloatArray, high: FloatArray) -> FloatArray:
        if (high > 0).all():
            return mapped_columns(x, (0.0, high), UNIT)
        return learn.each_alone(self, x)

    def attainable(self, attainable: Range) -> Range:
        """The quotients of what can be attained; without a bound where the sign is not known."""
        return _quotients(attainable)


@attrs.frozen(kw_only=True)
class VectorNormalisation:
    r"""A value as a part of the length of a population's values, taken as a vector.

    Notes
    -----
    .. math:: y = \frac{x}{\sqrt{\sum_i x_i^2}}

    ``fit`` gives `Goalposts` that do not clip. Gaps are not counted. The more agencies there are,
    the smaller the results. Where all values are zero there is no length: that is an error.

    References
    ----------
    Hwang and Yoon (1981) Multiple attribute decision making, Springer,
    doi:10.1007/978-3-642-48318-9

    Examples
    --------
    >>> VectorNormalisation().normalise(np.array([3.0, 4.0]))
    array([0.6, 0.8])
    """

    name: ClassVar[str] = "vector"
    formula: ClassVar[str] = r"y = \frac{x}{\sqrt{\sum_i x_i^2}}"
    reference: ClassVar[str] = (
        "Hwang and Yoon (1981) Multiple attribute decision making, Springer, "
        "doi:10.1007/978-3-642-48318-9"
    )
    learnt: ClassVar[bool] = True

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """Goalposts at zero and at the length.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no values, ``not-finite`` where they have no finite
            range or length, ``zero-denominator`` where all are zero.
        """
        found, low, high = learn.spanned(values, "VectorNormalisation", "length")
        (length,) = lengths(found[:, np.newaxis], np.array([low]), np.array([high])).tolist()
        if not length:
            message = "All values are 0, so their length is 0."
            mend = 'Use "minmax" or "goalposts".'
            raise refusal("zero-denominator", "VectorNormalisation", message, mend, length)
        if not isfinite(length):
            message = f"The values run from {low:g} to {high:g}, and their length is not finite."
            mend = "Correct them, or use a greater unit."
            raise refusal("not-finite", "VectorNormalisation", message, mend, (low, high))
        return Goalposts(goalposts=(0.0, length), to=UNIT, clip=False)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values (n,) or (n, m), each column its own population; a gap stays one."""
        return learn.each_alone(self, values, self._at_once)

    def _at_once(self, x: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
        found = lengths(x, low, high)
        # A column that is not constant has a length.
        if np.isfinite(found).all():
            return mapped_columns(x, (0.0, found), UNIT)
        return learn.each_alone(self, x)

    def attainable(self, attainable: Range) -> Range:
        """What any agency may give: a length is at least that of a single value."""
        low, high = attainable
        if low < 0 < high:
            return ANYWHERE
        near, far = sorted((abs(low), abs(high)))
        most = far / near if near and isfinite(far) else inf
        return (0.0, most) if low >= 0 else (-most, 0.0)
