"""What a strategy of each kind must offer; arrays and plain values only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Protocol, TypeAlias, runtime_checkable

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


@runtime_checkable
class Normalisation(Strategy, Protocol):
    """From points to a common scale, one indicator at a time.

    ``learnt`` is true where the parameters come from a population; ``fit`` then gives a
    declared normalisation, and ``normalise`` uses the values at hand as the population.
    Values are oriented: more is better.
    """

    learnt: ClassVar[bool]

    def fit(self, values: FloatArray, attainable: Range) -> Normalisation:
        """The declared normalisation for a population (no gaps) and an attainable range."""
        ...

    def normalise(self, values: FloatArray) -> FloatArray:
        """Normalised values; a gap (NaN) stays one."""
        ...

    def attainable(self, attainable: Range) -> Range:
        """The lowest and highest normalised value, from those of the points."""
        ...


@runtime_checkable
class Weighting(Strategy, Protocol):
    """Weights of the children of one node.

    ``learnt`` is true where they come from a population; ``declares`` where the document must
    state a weight for each child.
    """

    learnt: ClassVar[bool]
    declares: ClassVar[bool]

    def weights(self, values: FloatArray, nominal: FloatArray) -> FloatArray:
        """Weights (m,) from the children's values (n, m) and their stated weights (m,)."""
        ...


@runtime_checkable
class Aggregation(Strategy, Protocol):
    """One value from the available children.

    Every aggregation here is ``value = after(sum of weights x before(child), sum of weights)``,
    the sums running over the available children. The engine turns ``before`` into look-up
    tables, adds, and calls ``after``. ``linear`` is true where ``before`` changes nothing, so
    that contributions simply add; ``adds`` where ``after`` does not divide by the weights, so
    that what is missing counts nothing.
    """

    linear: ClassVar[bool]
    adds: ClassVar[bool]

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children whose attainable values it cannot take: position and what is wrong."""
        ...

    def before(self, values: Numeric) -> Numeric:
        """The term of a child's value."""
        ...

    def after(self, total: Numeric, weight: Numeric) -> Numeric:
        """The value from the weighted sum of terms and the sum of weights."""
        ...

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        ...
