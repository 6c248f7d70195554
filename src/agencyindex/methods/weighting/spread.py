"""Weights from how far the agencies lie apart on each child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.adding import total
from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._population import (
    Spread,
    by_sizes,
    checked,
    child,
    complete,
    shared_out,
    spread,
)

EQUAL = "All agencies have the same value for every child, so there is nothing to share out."
STATE = "Use stated weights."
CACHED = 2**13
"""Values at a time that the quick memory of a processor holds, with some of what they become."""


def _available(owner: str, values: FloatArray, siblings: Siblings | None) -> list[Spread]:
    """The spread of what each child has; at least two values."""
    columns = []
    for position, column in enumerate(checked(owner, values, siblings).T):
        present = column[~np.isnan(column)]
        if present.size < 2:
            who = child(position, siblings)
            message = f"A standard deviation needs two values, and {who} has {present.size}."
            mend = "Use stated weights, or answers of more agencies."
            raise refusal("empty-population", owner, message, mend, present.size)
        columns.append(spread(present))
    return columns


def _deviations(columns: Sequence[Spread]) -> FloatArray:
    """Sample standard deviations, but for the power of two of each column."""
    return np.array([1 / sqrt(each.count - 1) for each in columns])


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
        columns = _available("StandardDeviationWeights", values, siblings)
        found = by_sizes(_deviations(columns), columns, 1)
        return shared_out("StandardDeviationWeights", found, EQUAL, STATE)


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
            ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner = "VariationWeights"
        columns = _available(owner, values, siblings)
        for position, each in enumerate(columns):
            if each.mean <= 0:
                mean = float(np.ldexp(each.mean, each.power))
                who = child(position, siblings)
                message = f"A coefficient of variation needs a mean above zero, and {who} has "
                mend = 'Normalise to a scale above zero, or use "standard_deviation".'
                raise refusal("not-positive", owner, f"{message}{shown(mean)}.", mend, mean)
        relative = [each.size / each.mean for each in columns]
        return shared_out(owner, np.array(relative) * _deviations(columns), EQUAL, STATE)


def _divergence(column: FloatArray) -> float:
    """How far a column is from equal parts: n times the sum of p ln(n p), without cancellation."""
    each = spread(column)
    terms = np.empty(len(column))
    for start in range(0, len(column), CACHED):
        part = slice(start, start + CACHED)
        terms[part] = _terms(each.unit[part] * (each.size / each.mean), column[part])
    return total(terms)


def _terms(apart: FloatArray, column: FloatArray) -> FloatArray:
    """(1 + t) ln(1 + t) - t, where t is how far a value is from the mean, in means."""
    safe = np.maximum(apart, -1.0 + 2.0**-53)
    far = (1 + safe) * np.log1p(safe) - safe
    # Near 1 by s = t / (2 + t): ln(1 + t) is 2 (s + s^3 / 3 + s^5 / 5 + ...).
    s = apart / (2 + apart)
    square = s * s
    series = np.full_like(s, 1 / 23)
    for odd in range(21, 1, -2):
        series *= square
        series += 1 / odd
    near = 2 * square / (1 - s) * (1 + (1 + s) * s * series)
    terms = np.where(np.abs(apart) < 0.25, near, far)
    # At zero a part of nothing counts 1: the limit at t = -1.
    return np.where(column == 0, 1.0, terms)


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
        for position, column in enumerate(found.T):
            low, high = float(column.min()), float(column.max())
            if low < 0 or high == 0:
                what = "not all zero" if low == 0 else "at least zero"
                least = low + 0.0
                message = f"Parts of a sum need values that are {what}, and "
                message += f"{child(position, siblings)} has {shown(least)}."
                mend = "Normalise to a scale above zero, or use other weights."
                raise refusal("not-positive", owner, message, mend, least)
        apart = np.array([_divergence(column) for column in found.T])
        return shared_out(owner, apart, EQUAL, STATE)
