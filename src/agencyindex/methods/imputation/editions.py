"""The agency's own value for its gap: stated, or that of the edition before."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.columns import by_columns
from agencyindex.methods.imputation._population import (
    HANDBOOK,
    agencies_of,
    demand_finite,
    looked_up,
    with_filled,
)
from agencyindex.methods.parameters import as_table, demands, is_table, refusal
from agencyindex.methods.protocols import FloatArray, Imputation, Peers, Range


@attrs.frozen(kw_only=True)
class AgencyValues:
    r"""A stated value for the gap of each agency.

    Parameters
    ----------
    values
        Value of each agency by its id, in points; a gap of another agency stays one.

    Notes
    -----
    .. math:: \hat x_i = c_i

    References
    ----------
    agencyindex: our own (a stated value for each agency)

    Examples
    --------
    >>> filling = AgencyValues(values={"north": 3})
    >>> filling.fill(np.array([np.nan, np.nan]), Peers(agencies=["north", "south"]))
    array([ 3., nan])
    """

    name: ClassVar[str] = "agency_values"
    formula: ClassVar[str] = r"\hat x_i = c_i"
    reference: ClassVar[str] = "agencyindex: our own (a stated value for each agency)"
    learnt: ClassVar[bool] = False
    freezes: ClassVar[bool] = True

    values: Mapping[str, float] = attrs.field(converter=as_table)

    def __attrs_post_init__(self) -> None:
        with demands("AgencyValues") as demand:
            named = is_table(self.values) and bool(self.values)
            demand("values", self.values, named, "a table of agencies and finite numbers")

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """Give itself: there is nothing to learn."""
        return self

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m) with its own for the gaps of each agency.

        Raises
        ------
        MethodError
            ``needs-population`` where the ids of the agencies are not given.
        """
        x = np.asarray(values, dtype=np.float64)
        return with_filled(x, looked_up(self.values, agencies_of("AgencyValues", peers, len(x))))

    def attainable(self, attainable: Range) -> Range:
        """The least and the greatest of its values."""
        return min(self.values.values()), max(self.values.values())


@attrs.frozen(kw_only=True)
class PreviousEdition:
    r"""The agency's own value in the edition before for its gap.

    Notes
    -----
    .. math:: \hat x_i = x_i^{t-1}

    The points of the edition before; a gap in both editions stays one. ``fit`` gives
    `AgencyValues` with all agencies that had a value, also those that have one now.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of
    missing data), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> before = Peers(agencies=["north", "south"], previous=np.array([3.0, np.nan]))
    >>> PreviousEdition().fill(np.array([np.nan, np.nan]), before)
    array([ 3., nan])
    """

    name: ClassVar[str] = "previous_edition"
    formula: ClassVar[str] = r"\hat x_i = x_i^{t-1}"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = True

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The values of the edition before, by agency.

        Raises
        ------
        MethodError
            ``needs-population`` where the edition before or the ids of the agencies are not given,
            ``empty-population`` where nobody had a value, ``not-finite`` where one is infinite.
        """
        if peers.previous is None:
            message = "The values of the edition before are not given."
            mend = "Give them as previous=... (--previous)."
            raise refusal("needs-population", "PreviousEdition", message, mend)
        previous = np.asarray(peers.previous, dtype=np.float64)
        agencies = agencies_of("PreviousEdition", peers, previous.size)
        here = ~np.isnan(previous)
        known = compress(agencies, here.tolist())
        learnt = dict(sorted(zip(known, previous[here].tolist(), strict=True)))
        if not learnt:
            message = "No agency had a value in the edition before."
            raise refusal("empty-population", "PreviousEdition", message, 'Use "constant".')
        demand_finite("PreviousEdition", np.array(list(learnt.values())))
        return AgencyValues(values=learnt)

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m) with those of the edition before, in the same shape, for gaps."""
        told = Peers() if peers is None else peers
        x, previous = np.asarray(values, dtype=np.float64), told.previous
        if x.ndim == 1 or previous is None:
            return self.fit(x, told, 1).fill(x, told)
        if np.shape(previous) != x.shape:
            message = f"{x.shape[1]} columns came without as many of the edition before."
            mend = "Give them as Peers(previous=...), in the shape of the values."
            raise refusal("needs-population", "PreviousEdition", message, mend)
        return by_columns(
            x,
            lambda column, before: self.fill(column, attrs.evolve(told, previous=before)),
            np.asarray(previous, dtype=np.float64),
        )

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable
