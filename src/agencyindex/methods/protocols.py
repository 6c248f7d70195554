"""What a strategy of each kind must offer; arrays and plain values only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Protocol, TypeAlias, runtime_checkable

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import Code

FloatArray: TypeAlias = NDArray[np.float64]
Numeric: TypeAlias = Any
"""A number, or an array of float64."""
Range: TypeAlias = tuple[float, float]
"""Lowest and highest attainable value, both included; infinite where there is no bound."""


class Strategy(Protocol):
    """What every strategy has: its name in documents, its formula and its source."""

    name: ClassVar[str]
    formula: ClassVar[str]
    reference: ClassVar[str]


@runtime_checkable
class Scoring(Strategy, Protocol):
    """From one answer to points.

    ``item_types`` names the item types that the scoring fits. What ``points`` is given depends
    on the type: positions among the substantive options (single choice and yes/no, integers),
    a Boolean matrix with a column for each substantive option that is not exclusive (multiple
    choice), or numbers.
    """

    item_types: ClassVar[frozenset[str]]

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """What does not fit an item with these options: problem code, message, mend."""
        ...

    def attainable(self, options: Sequence[str]) -> Range:
        """The lowest and the highest points that an answer can be worth."""
        ...

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """The points of each answer."""
        ...


@attrs.frozen(kw_only=True, eq=False)
class Peers:
    """What a step may know of the agencies besides the values at hand; n agencies.

    Parameters
    ----------
    agencies
        Ids, in the order of the values.
    groups
        Group of each agency, None where it has none.
    previous
        Value of each agency in the edition before (n,), NaN where there is none.
    others
        Values of other indicators (n, k), with gaps.
    """

    agencies: Sequence[str] = ()
    groups: Sequence[str | None] | None = None
    previous: FloatArray | None = None
    others: FloatArray | None = None


@runtime_checkable
class Imputation(Strategy, Protocol):
    """A value for what is missing: from the points of one indicator, before it is turned.

    ``learnt`` is true where the values come from a population. ``freezes`` is false where no
    number can say what a new agency would get: then ``fit`` refuses, and ``fill`` works on a
    population alone. A field ``group``, where there is one, names what agencies are grouped by.
    """

    learnt: ClassVar[bool]
    freezes: ClassVar[bool]

    def fit(self, values: FloatArray, peers: Peers, direction: int) -> Imputation:
        """The declared imputation for a population (n,), gaps among its values.

        ``direction`` is 1 where more is better, -1 where fewer are.
        """
        ...

    def fill(self, values: FloatArray, peers: Peers | None = None) -> FloatArray:
        """Values (n,) with gaps filled; what cannot be filled stays a gap."""
        ...

    def attainable(self, attainable: Range) -> Range:
        """The lowest and highest value that a gap can get, from those of the points."""
        ...


@runtime_checkable
class Treatment(Strategy, Protocol):
    """A transform of the points of one indicator, or what is done about its outliers.

    It comes after imputation and before the values are turned and normalised. ``learnt`` is true
    where it depends on a population; ``fit`` then gives a declared one.
    """

    learnt: ClassVar[bool]

    def fit(self, values: FloatArray) -> Treatment:
        """The declared treatment for a population; gaps among its values do not count."""
        ...

    def treat(self, values: FloatArray) -> FloatArray:
        """Treated values; a gap stays one."""
        ...

    def attainable(self, attainable: Range) -> Range:
        """The lowest and highest treated value, from those of the points."""
        ...


@runtime_checkable
class Normalisation(Strategy, Protocol):
    """From points to a common scale, one indicator at a time.

    Ours take a table (n, m) too, in ``normalise``, and each column of it by itself; scoring asks
    for one indicator (n,). So do treatments and imputations.

    ``learnt`` is true where the parameters come from a population; ``fit`` then gives a
    declared normalisation, and ``normalise`` uses the values at hand as the population.
    Values are oriented: more is better.
    """

    learnt: ClassVar[bool]

    def fit(
        self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()
    ) -> Normalisation:
        """The declared normalisation for a population and an attainable range.

        Gaps among the values do not count; ``agencies`` are the ids that they belong to.
        """
        ...

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values; a gap (NaN) stays one."""
        ...

    def attainable(self, attainable: Range) -> Range:
        """The lowest and highest normalised value, from those of the points."""
        ...


@attrs.frozen(kw_only=True, eq=False)
class Siblings:
    """What a weighting may know of the children of a node besides their values.

    Parameters
    ----------
    names
        Their ids (m,).
    stated
        The weights that the document states (m,), where it states any.
    outcome
        What a regression explains (n,), where there is one.
    """

    names: Sequence[str] = ()
    stated: FloatArray | None = None
    outcome: FloatArray | None = None


@runtime_checkable
class Weighting(Strategy, Protocol):
    """Weights of the children of one node.

    ``learnt`` is true where they come from a population; ``states`` where each child states its
    weight in the document. Where neither is, the parameters say all.
    """

    learnt: ClassVar[bool]
    states: ClassVar[bool]

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """What in the parameters does not fit children with these ids."""
        ...

    def weights(self, values: FloatArray, siblings: Siblings | None = None) -> FloatArray:
        """Weights (m,), which sum to 1, from the children's values (n, m)."""
        ...


@runtime_checkable
class Aggregation(Strategy, Protocol):
    """One value from the available children.

    ``linear`` is true where the value is their weighted sum or mean, so that contributions simply
    add; ``adds`` where that sum is not divided by the weights, so that what is missing counts
    nothing. ``monotone`` is true where a greater child never makes the value less, and the value
    of equal children is theirs (their sum, where it ``adds``): the ends of the children's ranges
    then give those of its own; where it is false there may be a method ``attainable`` for it
    (`RangedAggregation`). ``compares`` is true where agencies are set against each other: a
    value then depends on who else is there, and no single response has one. Where it is false, a
    row's value depends on no other row, to the last bit.
    """

    linear: ClassVar[bool]
    adds: ClassVar[bool]
    monotone: ClassVar[bool]
    compares: ClassVar[bool]

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children whose attainable values it cannot take: position and what is wrong."""
        ...

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        ...


@runtime_checkable
class SeparableAggregation(Aggregation, Protocol):
    """An aggregation that is ``after(sum of weights x before(child), sum of weights)``.

    The sums run over the available children. The engine turns ``before`` into look-up tables,
    adds, and calls ``after``.
    """

    def before(self, values: Numeric) -> Numeric:
        """The term of a child's value."""
        ...

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The value from the weighted sum of terms and the sum of weights."""
        ...


@runtime_checkable
class RangedAggregation(Aggregation, Protocol):
    """An aggregation that is not monotone, and tells the range of its values all the same."""

    def attainable(self, attainable: Sequence[Range]) -> Range:
        """The lowest and highest value, whichever of the children are available."""
        ...
