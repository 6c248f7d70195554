"""Weights from how far the agencies lie apart on each child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.adding import Rooms, positive_sums
from agencyindex.methods.moments import Moments, joined, means
from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.ties import level
from agencyindex.methods.weighting._population import (
    Columns,
    by_sizes,
    checked,
    child,
    complete,
    listed,
    shared_out,
    varied,
)

EQUAL = "All agencies have the same value for every child, so there is nothing to share out."
STATE = "Use stated weights."
LEAST = 2.0**-60
"""Below this a part times its logarithm is nothing beside 1."""
NEAR = 2.0**-9
"""Where values are apart from their mean by less than about the sixteenth part of it, their terms
lose digits."""


def _available(owner: str, values: FloatArray, siblings: Siblings | None) -> Moments:
    """Means and spreads of what each child has; at least two values."""
    found = checked(owner, values, siblings)
    gaps = np.isnan(found.low)
    counts = np.full(len(gaps), len(found.values))
    counts[gaps] -= np.isnan(found.values[:, gaps]).sum(axis=0)
    for position, count in enumerate(counts.tolist()):
        if count < 2:
            who = child(position, siblings)
            message = f"A standard deviation needs two values, and {who} has {count}."
            mend = "Use stated weights, or answers of more agencies."
            raise refusal("empty-population", owner, message, mend, count)
    if not gaps.any():
        return found.moments()
    columns = found.values.T
    return joined([Columns.of(each[~np.isnan(each)][:, np.newaxis]).moments() for each in columns])


def _deviations(known: Moments) -> FloatArray:
    """What sizes are multiplied by to be sample standard deviations (m,)."""
    return np.asarray(1 / np.sqrt(known.count - 1))


@attrs.frozen(kw_only=True)
class StandardDeviationWeights:
    r"""Weights in proportion to the standard deviation of each child.

    Notes
    -----
    .. math:: w_j = \frac{s_j}{\sum_k s_k}

    :math:`s_j` is the sample standard deviation of the agencies that have a value. A child on
    which all agencies are equal has weight 0. A single child has weight 1, whatever its values.

    References
    ----------
    Diakoulaki, Mavrotas and Papayannakis (1995) Determining objective weights in multiple
    criteria problems: the CRITIC method, Computers and Operations Research 22(7),
    doi:10.1016/0305-0548(94)00059-H

    Examples
    --------
    >>> StandardDeviationWeights().weights(np.array([[0.0, 1.0], [2.0, 7.0]]))
    array([0.25, 0.75])
    """

    name: ClassVar[str] = "standard_deviation"
    formula: ClassVar[str] = r"w_j = \frac{s_j}{\sum_k s_k}"
    reference: ClassVar[str] = (
        "Diakoulaki, Mavrotas and Papayannakis (1995) Determining objective weights in multiple "
        "criteria problems: the CRITIC method, Computers and Operations Research 22(7), "
        "doi:10.1016/0305-0548(94)00059-H"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) with gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where a child has fewer than two values, ``zero-weights`` where
            every child is constant, ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        known = _available("StandardDeviationWeights", values, siblings)
        found = by_sizes(_deviations(known), known, 1)
        return shared_out("StandardDeviationWeights", found, EQUAL, STATE)


@attrs.frozen(kw_only=True)
class InverseDeviationWeights:
    r"""Weights in inverse proportion to the standard deviation of each child.

    Notes
    -----
    .. math:: w_j = \frac{1 / s_j}{\sum_k 1 / s_k}

    :math:`s_j` is the sample standard deviation of the agencies that have a value. A step of one
    standard deviation then moves the mean by as much in every child, so that none decides the
    order because its values lie apart. A child on which all agencies are equal is an error. A
    single child has weight 1, whatever its values.

    References
    ----------
    World Economic Forum (2023) Global Gender Gap Report 2023, table B.2 (weights within each
    subindex), ISBN 978-2-940631-97-1

    Examples
    --------
    >>> InverseDeviationWeights().weights(np.array([[0.0, 1.0], [2.0, 7.0]]))
    array([0.75, 0.25])
    """

    name: ClassVar[str] = "inverse_standard_deviation"
    formula: ClassVar[str] = r"w_j = \frac{1 / s_j}{\sum_k 1 / s_k}"
    reference: ClassVar[str] = (
        "World Economic Forum (2023) Global Gender Gap Report 2023, table B.2 (weights within each "
        "subindex), ISBN 978-2-940631-97-1"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) with gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where a child has fewer than two values, ``constant-indicator``
            where all of a child are equal, ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner = "InverseDeviationWeights"
        known = varied(owner, _available(owner, values, siblings), siblings)
        return shared_out(owner, by_sizes(1 / _deviations(known), known, -1), EQUAL, STATE)


@attrs.frozen(kw_only=True)
class VariationWeights:
    r"""Weights in proportion to the coefficient of variation of each child.

    Notes
    -----
    .. math:: w_j = \frac{s_j / \bar{x}_j}{\sum_k s_k / \bar{x}_k}

    :math:`s_j` is the sample standard deviation and :math:`\bar{x}_j` the mean of the agencies
    that have a value; every mean must be above zero. A child on which all agencies are equal has
    weight 0. A single child has weight 1, whatever its values.

    References
    ----------
    agencyindex: our own use of the coefficient of variation, as standard deviations without a
    unit

    Examples
    --------
    >>> VariationWeights().weights(np.array([[1.0, 10.0], [3.0, 30.0]]))
    array([0.5, 0.5])
    """

    name: ClassVar[str] = "coefficient_of_variation"
    formula: ClassVar[str] = r"w_j = \frac{s_j / \bar{x}_j}{\sum_k s_k / \bar{x}_k}"
    reference: ClassVar[str] = (
        "agencyindex: our own use of the coefficient of variation, as standard deviations without "
        "a unit"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) with gaps.

        Raises
        ------
        MethodError
            ``not-positive`` where a mean is not above zero, ``empty-population`` where a child
            has fewer than two values, ``zero-weights`` where every child is constant,
            ``out-of-range`` where a value is infinite, ``not-finite`` where no float can hold a
            coefficient.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner = "VariationWeights"
        known = _available(owner, values, siblings)
        for position, mean in enumerate(np.ldexp(known.mean, known.power).tolist()):
            if mean <= 0:
                who = child(position, siblings)
                message = f"A coefficient of variation needs a mean above zero, and {who} has "
                mend = 'Normalise to a scale above zero, or use "standard_deviation".'
                raise refusal("not-positive", owner, f"{message}{shown(mean)}.", mend, mean)
        with np.errstate(over="ignore"):
            relative = known.size / known.mean * _deviations(known)
        beyond = np.flatnonzero(np.isinf(relative)).tolist()
        if beyond:
            message = (
                f"The mean is too near zero beside the deviation for {listed(beyond, siblings)}."
            )
            mend = 'Normalise to a scale above zero, or use "standard_deviation".'
            raise refusal("not-finite", owner, message, mend)
        return shared_out(owner, relative, EQUAL, STATE)


def _divergences(found: Columns) -> FloatArray:
    """How far columns are from equal parts: n times the sum of p ln(n p), without cancellation."""
    centre = means(found.values, found.low, found.high)
    low, high = (centre.scaled(each, slice(None)) / centre.mean for each in (found.low, found.high))
    # Where a value is nearly nothing, the logarithm is that of a little more.
    least = 0.0 if low.min() > LEAST else LEAST

    def terms(part: FloatArray, at: slice, rooms: Rooms) -> FloatArray:
        found, ratio = rooms
        np.divide(centre.scaled(part, at), centre.mean[at], out=ratio)
        return _terms(ratio, least, found)

    exponents = np.frexp(high * np.log1p(high) + 1)[1]
    apart = positive_sums(found.values, exponents, terms)
    near = apart < NEAR * len(found.values)
    if near.any():
        apart[near] = _near_divergences(Columns.of(found.values[:, near]))
    return np.where(level(found.low, found.high), 0.0, apart)


def _near_divergences(found: Columns) -> FloatArray:
    """Where most of the terms lose digits, which they do near the mean."""
    centre = means(found.values, found.low, found.high)

    def terms(part: FloatArray, at: slice, _: Rooms) -> FloatArray:
        return _near_terms(centre.apart(part, at) / centre.mean[at])

    ends = np.abs([centre.apart(each, slice(None)) for each in (found.low, found.high)])
    # No term is above the square of how far, in means, its value is from the mean.
    exponents = 2 * np.frexp(ends.max(axis=0) / centre.mean)[1]
    return positive_sums(found.values, exponents, terms)


def _terms(ratio: FloatArray, least: float, out: FloatArray | None = None) -> FloatArray:
    """Terms r ln r - (r - 1), where r is how many means a value is; 1 where it is 0."""
    found = np.asarray(np.log(np.maximum(ratio, least) if least else ratio, out=out))
    found *= ratio
    ratio -= 1
    found -= ratio
    return found


def _near_terms(apart: FloatArray) -> FloatArray:
    """The same of t = r - 1, of which r may have lost digits."""
    return np.where(np.abs(apart) < 0.125, _series(apart), _terms(1 + apart, LEAST))


def _series(apart: FloatArray) -> FloatArray:
    """By s = t / (2 + t): ln r is 2 (s + s^3 / 3 + s^5 / 5 + ...)."""
    s = apart / (2 + apart)
    square = s * s
    series = np.full_like(s, 1 / 15)
    for odd in range(13, 1, -2):
        series *= square
        series += 1 / odd
    return 2 * square / (1 - s) * (1 + (1 + s) * s * series)


@attrs.frozen(kw_only=True)
class EntropyWeights:
    r"""Weights by how unequally the sum of a child is spread over the agencies.

    Values must be complete, not negative, and not all zero.

    Notes
    -----
    .. math:: w_j = \frac{1 - e_j}{\sum_k (1 - e_k)}, \quad e_j = -\frac{\sum_i p_{ij} \ln p_{ij}}{\ln n}

    :math:`p_{ij} = x_{ij} / \sum_l x_{lj}`, and :math:`0 \ln 0` is 0. A child on which all agencies are equal has weight 0. A single child has
    weight 1, whatever its values.

    References
    ----------
    Shannon (1948) A mathematical theory of communication, Bell System Technical Journal 27(3),
    doi:10.1002/j.1538-7305.1948.tb01338.x; as weights: Hwang and Yoon (1981) Multiple attribute
    decision making, Springer, doi:10.1007/978-3-642-48318-9

    Examples
    --------
    >>> EntropyWeights().weights(np.array([[0.0, 1.0], [2.0, 1.0]]))
    array([1., 0.])
    """

    name: ClassVar[str] = "entropy"
    formula: ClassVar[str] = (
        r"w_j = \frac{1 - e_j}{\sum_k (1 - e_k)}, \quad e_j = -\frac{\sum_i p_{ij} \ln p_{ij}}{\ln n}"
    )
    reference: ClassVar[str] = (
        "Shannon (1948) A mathematical theory of communication, Bell System Technical Journal "
        "27(3), doi:10.1002/j.1538-7305.1948.tb01338.x; as weights: Hwang and Yoon (1981) "
        "Multiple attribute decision making, Springer, doi:10.1007/978-3-642-48318-9"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no agencies or gaps, ``not-positive`` where a
            value is negative or all of a child are zero, ``zero-weights`` where every child is
            constant, ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner = "EntropyWeights"
        found = complete(owner, values, siblings)
        ends = zip(found.low.tolist(), found.high.tolist(), strict=True)
        for position, (least, most) in enumerate(ends):
            if least < 0 or most == 0:
                what = "not all zero" if least == 0 else "at least zero"
                message = f"Parts of a sum need values that are {what}, and "
                message += f"{child(position, siblings)} has {shown(least + 0.0)}."
                mend = "Normalise to a scale above zero, or use other weights."
                raise refusal("not-positive", owner, message, mend, least + 0.0)
        apart = _divergences(found)
        return shared_out(owner, apart, EQUAL, STATE)
