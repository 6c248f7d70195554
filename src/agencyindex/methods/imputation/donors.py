"""The value of another agency for a gap: of the nearest ones, or of one drawn by lot."""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.adding import quotient
from agencyindex.methods.columns import CACHED, by_columns, stretches
from agencyindex.methods.imputation._population import (
    agencies_of,
    by_group,
    demand_finite,
    groups_of,
    population,
)
from agencyindex.methods.imputation.groups import demand_group
from agencyindex.methods.moments import room
from agencyindex.methods.parameters import demands, is_whole, refusal, whole
from agencyindex.methods.protocols import FloatArray, Imputation, Peers, Range


def _not_freezable(owner: str) -> Exception:
    message = "No number can say what a gap of a new agency would get."
    mend = 'Fill a whole population, or use an imputation that freezes, such as "group_mean".'
    return refusal("not-freezable", owner, message, mend)


def _scaled(others: FloatArray) -> FloatArray:
    """Columns over their ranges; zero where a column has no range."""
    result = np.full(others.shape, np.nan)
    for column in range(others.shape[1]):
        x = others[:, column]
        here = ~np.isnan(x)
        if here.any():
            # Halves, because the range of two floats may be beyond all floats.
            low, high = x[here].min() / 2, x[here].max() / 2
            result[here, column] = (x[here] / 2 - low) / (high - low) if high > low else 0.0
    return result


def _distances(some: FloatArray, donors: FloatArray) -> FloatArray:
    """Gower distances (k, d) of rows to each donor; infinite where both have nothing."""
    total, count = np.zeros((2, len(some), len(donors)))
    # Column by column, so that a distance does not depend on the size of the batch.
    for of_some, of_donors in zip(some.T, donors.T, strict=True):
        apart = np.abs(np.subtract.outer(of_some, of_donors))
        both = ~np.isnan(apart)
        total += np.where(both, apart, 0.0)
        count += both
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.inf), where=count > 0))


def _means(nearest: FloatArray) -> FloatArray:
    """The mean of each row (k, d) of values, d at least 1, ascending and gaps last.

    A row of gaps is a gap. Adding from the least up does not depend on the order of agencies.
    """
    low, high = nearest[:, 0], np.fmax.reduce(nearest, axis=1)
    scale = room(max(np.nanmax(high, initial=0.0), -np.nanmin(low, initial=0.0)))
    total, count = np.zeros((2, len(nearest)))
    for column in nearest.T:
        here = ~np.isnan(column)
        total += np.where(here, column, 0.0) * scale
        count += here
    means = quotient(total, count) / scale
    # Adding zero turns -0 into 0: which of them comes first would depend on the order.
    return np.asarray(np.clip(means, low, high) + 0.0)


def _place(draws: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Draws of 64 bits times counts, over 2 ** 64 and rounded down."""
    many, half = counts.astype(np.uint64), np.uint64(32)
    low = (draws & np.uint64(2**32 - 1)) * many >> half
    return np.asarray(((draws >> half) * many + low >> half).astype(np.int64))


@attrs.frozen(kw_only=True)
class NearestNeighbours:
    r"""The mean of the nearest agencies for each gap, by what else is known of them.

    It is done on a population and cannot be frozen: what a new agency would get depends on all.

    Parameters
    ----------
    neighbours
        How many agencies with a value count: a whole number, at least 1. Where there are fewer,
        all of them do.

    Notes
    -----
    .. math:: \hat x_i = \frac{1}{k} \sum_{j \in N_i} x_j, \quad d_{ij} = \frac{1}{|C_{ij}|} \sum_{c \in C_{ij}} \frac{|z_{ic} - z_{jc}|}{R_c}

    :math:`N_i` are the k agencies with a value at the least Gower distance d, the first ids of
    those at the same distance. :math:`C_{ij}` are the other indicators that both have, and
    :math:`R_c` is the range of one in the population; one without a range counts as no distance.
    An agency that shares no indicator is no neighbour, and a gap without neighbours stays.

    References
    ----------
    Gower (1971) A general coefficient of similarity and some of its properties, Biometrics 27(4),
    857-871, doi:10.2307/2528823

    Examples
    --------
    >>> known = Peers(agencies=["a", "b", "c"], others=np.array([[0.0], [1.0], [9.0]]))
    >>> NearestNeighbours(neighbours=1).fill(np.array([np.nan, 4.0, 6.0]), known)
    array([4., 4., 6.])
    """

    name: ClassVar[str] = "nearest_neighbours"
    formula: ClassVar[str] = (
        r"\hat x_i = \frac{1}{k} \sum_{j \in N_i} x_j, \quad d_{ij} = \frac{1}{|C_{ij}|} "
        r"\sum_{c \in C_{ij}} \frac{|z_{ic} - z_{jc}|}{R_c}"
    )
    reference: ClassVar[str] = (
        "Gower (1971) A general coefficient of similarity and some of its properties, Biometrics "
        "27(4), 857-871, doi:10.2307/2528823"
    )
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = False

    neighbours: int = attrs.field(converter=whole)

    def __attrs_post_init__(self) -> None:
        with demands("NearestNeighbours") as demand:
            good = is_whole(self.neighbours, 1)
            demand("neighbours", self.neighbours, good, "a whole number, at least 1")

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """Refuse: it depends on the whole population.

        Raises
        ------
        MethodError
            ``not-freezable``, always.
        """
        raise _not_freezable("NearestNeighbours")

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), themselves the population, with the nearest's mean for each gap.

        Raises
        ------
        MethodError
            ``needs-population`` where the ids of the agencies or their other values are not
            given, ``empty-population`` where nobody has a value, ``not-finite`` where one is
            infinite.
        """
        return by_columns(values, lambda column: self._filled(column, peers))

    def _filled(self, x: FloatArray, peers: Peers | None) -> FloatArray:
        population("NearestNeighbours", x)
        agencies = agencies_of("NearestNeighbours", peers, x.size)
        others = None if peers is None else peers.others
        if others is None or len(others) != x.size:
            message = "The values of other indicators are not given for each agency."
            mend = "Give them as Peers(others=...)."
            raise refusal("needs-population", "NearestNeighbours", message, mend)
        known = np.asarray(others, dtype=np.float64)
        demand_finite("NearestNeighbours", known)
        scaled, gaps = _scaled(known), np.isnan(x)
        order = np.array(sorted(range(x.size), key=agencies.__getitem__))
        donors, some = order[~gaps[order]], np.flatnonzero(gaps)
        known_of, value_of = scaled[donors], x[donors]
        result = x.copy()
        for part in stretches(some.size, max(CACHED // donors.size, 1)):
            distances = _distances(scaled[some[part]], known_of)
            # The order is that of the ids, and a stable sort keeps it among equals.
            nearest = np.argsort(distances, axis=1, kind="stable")[:, : self.neighbours]
            reached = np.isfinite(np.take_along_axis(distances, nearest, axis=1))
            chosen = np.where(reached, value_of[nearest], np.nan)
            result[some[part]] = _means(np.sort(chosen, axis=1))
        return result

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable


@attrs.frozen(kw_only=True)
class HotDeck:
    r"""The value of an agency drawn by lot for each gap, from the same group where one is named.

    It is done on a population and cannot be frozen. Other seeds give other draws, for multiple
    imputation.

    Parameters
    ----------
    seed
        What the draws begin with: a whole number, at least 0.
    group
        Name of the attribute that agencies are grouped by; None to draw from all.

    Notes
    -----
    .. math:: \hat x_i = x_{d(i)}, \quad d(i) \sim U(A_{g(i)})

    :math:`A_{g(i)}` are the agencies with a value in the group of agency i, each as likely as the
    others. The draws run through the gaps in the order of the agencies' ids, so that the order of
    the rows does not matter, and one draw is made for each gap. Where nobody in the group has a
    value, or the agency has no group, the gap stays. Draw r, 64 bits of the generator PCG64, stands
    for the donor at place :math:`\lfloor r |A| / 2^{64} \rfloor` in the order of ids, from 0.

    References
    ----------
    Andridge and Little (2010) A review of hot deck imputation for survey non-response,
    International Statistical Review 78(1), 40-64, doi:10.1111/j.1751-5823.2010.00103.x

    Examples
    --------
    >>> both = Peers(agencies=["a", "b", "c"], groups=["x", "x", "y"])
    >>> HotDeck(seed=0, group="kind").fill(np.array([np.nan, 4.0, 6.0]), both)
    array([4., 4., 6.])
    """

    name: ClassVar[str] = "hot_deck"
    formula: ClassVar[str] = r"\hat x_i = x_{d(i)}, \quad d(i) \sim U(A_{g(i)})"
    reference: ClassVar[str] = (
        "Andridge and Little (2010) A review of hot deck imputation for survey non-response, "
        "International Statistical Review 78(1), 40-64, doi:10.1111/j.1751-5823.2010.00103.x"
    )
    learnt: ClassVar[bool] = True
    freezes: ClassVar[bool] = False

    seed: int = attrs.field(converter=whole)
    group: str | None = None

    def __attrs_post_init__(self) -> None:
        with demands("HotDeck") as demand:
            demand("seed", self.seed, is_whole(self.seed, 0), "a whole number, at least 0")
            if self.group is not None:
                demand_group(demand, self.group)

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """Refuse: the draws depend on the whole population.

        Raises
        ------
        MethodError
            ``not-freezable``, always.
        """
        raise _not_freezable("HotDeck")

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) or (n, m), themselves the population, with a drawn one for each gap.

        Each column of a table is filled by itself, with the same draws.

        Raises
        ------
        MethodError
            ``needs-population`` where the ids or the groups of the agencies are not given,
            ``empty-population`` where nobody has a value, ``not-finite`` where one is infinite.
        """
        return by_columns(values, lambda column: self._filled(column, peers))

    def _filled(self, x: FloatArray, peers: Peers | None) -> FloatArray:
        population("HotDeck", x)
        agencies = agencies_of("HotDeck", peers, x.size)
        decks = np.zeros(x.size, dtype=np.int64)
        if self.group is not None:
            _, decks = by_group(groups_of("HotDeck", self.group, peers, x.size))
        order = np.array(sorted(range(x.size), key=agencies.__getitem__))
        gaps = np.isnan(x[order])
        some, donors = order[gaps], order[~gaps & (decks[order] >= 0)]
        # The donors of the first group in the order of ids, then those of the next one.
        donors = donors[np.argsort(decks[donors], kind="stable")]
        first, last = (
            np.searchsorted(decks[donors], decks[some], side=side) for side in ("left", "right")
        )
        result = x.copy()
        # Raw bits, because numpy promises those and not what it makes of them.
        draws = np.random.PCG64(self.seed).random_raw(some.size)
        places = first + _place(draws, last - first)
        drawn = last > first
        result[some[drawn]] = x[donors[places[drawn]]]
        return result

    def attainable(self, attainable: Range) -> Range:
        """The range itself: only values that somebody has, or between them."""
        return attainable
