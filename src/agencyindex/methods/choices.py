"""Scorings of chosen options: points, ordinal, binary, count and share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import Code, did_you_mean
from agencyindex.methods.parameters import as_table, as_tuple, demands, is_number, is_table, number
from agencyindex.methods.protocols import FloatArray, Range

CHOSEN_ONE = frozenset({"single_choice", "yes_no"})
CHOSEN_MANY = frozenset({"multiple_choice"})


def _strangers(named: Sequence[str], options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
    """A fault for each named option that the item does not offer."""
    for name in named:
        if name not in options:
            mend = did_you_mean(name, options, "options")
            yield "unknown-option", f'The item has no option "{name}" to score.', mend


@attrs.frozen(kw_only=True)
class OptionPoints:
    r"""Points from a table of options.

    Parameters
    ----------
    points
        Points of each option: any finite numbers.
    default
        Points of the options that the table leaves out; None where it must leave out none.

    Notes
    -----
    .. math:: v_i = p(a_i)

    :math:`a_i` is the option that agency i chose, and p the table.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical
    scales), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> scoring = OptionPoints(points={"introduced": 1, "tested": 0.5, "no": 0})
    >>> scoring.points(np.array([0, 2]), ["introduced", "tested", "no"])
    array([1., 0.])
    """

    name: ClassVar[str] = "points"
    formula: ClassVar[str] = r"v_i = p(a_i)"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical "
        "scales), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    item_types: ClassVar[frozenset[str]] = CHOSEN_ONE

    table: Mapping[str, float] = attrs.field(alias="points", converter=as_table)
    default: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("OptionPoints") as demand:
            named = is_table(self.table) and bool(self.table)
            demand("points", self.table, named, "a table of options and finite numbers")
            fits = self.default is None or is_number(self.default)
            demand("default", self.default, fits, "a finite number")

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Options without points, and points without an option."""
        yield from _strangers(list(self.table), options)
        if self.default is None:
            for option in options:
                if option not in self.table:
                    mend = 'Add it, or state "default".'
                    yield "missing-points", f'The option "{option}" has no points.', mend

    def _worth(self, options: Sequence[str]) -> FloatArray:
        rest = np.nan if self.default is None else self.default
        return np.array([self.table.get(option, rest) for option in options], dtype=np.float64)

    def attainable(self, options: Sequence[str]) -> Range:
        """The fewest and the most points of an option."""
        worth = self._worth(options)
        return float(worth.min()), float(worth.max())

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of positions (n,) among the options."""
        return np.asarray(self._worth(options)[answers])


@attrs.frozen(kw_only=True)
class OrdinalPoints:
    r"""Equal steps from 0 for the worst option to 1 for the best, in declared order.

    Parameters
    ----------
    best
        Whether the ``first`` or the ``last`` of the options is best.

    Notes
    -----
    .. math:: v_i = \frac{r_i - 1}{k - 1}

    :math:`r_i` is the place of the chosen one of k substantive options, counted from the worst.

    References
    ----------
    Likert (1932) A technique for the measurement of attitudes, Archives of Psychology 140,
    for whole numbers in order; the division by k - 1 is agencyindex: our own

    Examples
    --------
    >>> OrdinalPoints(best="last").points(np.array([0, 1, 2]), ["never", "some", "always"])
    array([0. , 0.5, 1. ])
    """

    name: ClassVar[str] = "ordinal"
    formula: ClassVar[str] = r"v_i = \frac{r_i - 1}{k - 1}"
    reference: ClassVar[str] = (
        "Likert (1932) A technique for the measurement of attitudes, Archives of Psychology "
        "140, for whole numbers in order; the division by k - 1 is agencyindex: our own"
    )
    item_types: ClassVar[frozenset[str]] = CHOSEN_ONE

    best: Literal["first", "last"]

    def __attrs_post_init__(self) -> None:
        with demands("OrdinalPoints") as demand:
            demand("best", self.best, self.best in ("first", "last"), '"first" or "last"')

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Fewer than two options have no order."""
        if len(options) < 2:
            message = f"An order needs at least 2 options, and the item has {len(options)}."
            yield "scoring-type", message, "Use a points table."

    def attainable(self, options: Sequence[str]) -> Range:
        """From 0 to 1."""
        return 0.0, 1.0

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of positions (n,) among the options."""
        last = len(options) - 1
        steps = answers if self.best == "last" else last - answers
        return np.asarray(steps / last, dtype=np.float64)


@attrs.frozen(kw_only=True)
class BinaryPoints:
    r"""One for the named options, zero for the others.

    Parameters
    ----------
    ones
        The options that are worth 1.

    Notes
    -----
    .. math:: v_i = [a_i \in A]

    1 where the chosen option is in the set A of named ones, and 0 otherwise.

    References
    ----------
    agencyindex: our own (an indicator variable)

    Examples
    --------
    >>> BinaryPoints(ones=["yes"]).points(np.array([0, 1]), ["no", "yes"])
    array([0., 1.])
    """

    name: ClassVar[str] = "binary"
    formula: ClassVar[str] = r"v_i = [a_i \in A]"
    reference: ClassVar[str] = "agencyindex: our own (an indicator variable)"
    item_types: ClassVar[frozenset[str]] = CHOSEN_ONE

    ones: tuple[str, ...] = attrs.field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        with demands("BinaryPoints") as demand:
            fits = isinstance(self.ones, tuple) and bool(self.ones)
            fits = fits and all(isinstance(each, str) for each in self.ones)
            demand("ones", self.ones, fits, "a list of options, at least one")

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Named options that the item does not offer."""
        yield from _strangers(self.ones, options)

    def attainable(self, options: Sequence[str]) -> Range:
        """0 to 1, unless every option or none is named."""
        worth = [float(option in self.ones) for option in options]
        return min(worth), max(worth)

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of positions (n,) among the options."""
        worth = np.array([float(option in self.ones) for option in options])
        return np.asarray(worth[answers])


@attrs.frozen(kw_only=True)
class CountPoints:
    r"""How many options were chosen, each with its weight, up to a cap.

    Parameters
    ----------
    weights
        Weight of each option; None for 1 each.
    cap
        Highest value; None where there is none.

    Notes
    -----
    .. math:: v_i = \min\Big(c, \sum_o w_o [o \in a_i]\Big)

    :math:`a_i` are the chosen options without exclusive ones, w their weights and c the cap. The sum
    runs in the alphabetical order of the options, so that the order in which they are offered
    changes not one bit.

    References
    ----------
    agencyindex: our own (plain counting)

    Examples
    --------
    >>> chosen = np.array([[True, True, False], [False, False, False]])
    >>> CountPoints(cap=1).points(chosen, ["web", "phone", "mail"])
    array([1., 0.])
    """

    name: ClassVar[str] = "count"
    formula: ClassVar[str] = r"v_i = \min\Big(c, \sum_o w_o [o \in a_i]\Big)"
    reference: ClassVar[str] = "agencyindex: our own (plain counting)"
    item_types: ClassVar[frozenset[str]] = CHOSEN_MANY

    weights: Mapping[str, float] | None = attrs.field(default=None, converter=as_table)
    cap: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("CountPoints") as demand:
            fits = self.weights is None or (is_table(self.weights) and bool(self.weights))
            demand("weights", self.weights, fits, "a table of options and finite numbers")
            fits = self.cap is None or is_number(self.cap)
            demand("cap", self.cap, fits, "a finite number")

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Options without a weight, and weights without an option."""
        if self.weights is not None:
            yield from _strangers(list(self.weights), options)
            for option in options:
                if option not in self.weights:
                    message = f'The option "{option}" has no weight.'
                    yield "missing-points", message, "Add it; 0 where it counts nothing."

    def _worth(self, options: Sequence[str]) -> dict[int, float]:
        """Weight of each option by its position, in the order in which they are added."""
        order = sorted(range(len(options)), key=options.__getitem__)
        if self.weights is None:
            return dict.fromkeys(order, 1.0)
        return {position: self.weights[options[position]] for position in order}

    def attainable(self, options: Sequence[str]) -> Range:
        """The sums of the negative and of the positive weights, capped."""
        worth = self._worth(options)
        signs = np.sign([worth[position] for position in range(len(options))])
        # As answers are counted, so that no rounding takes an answer beyond its range.
        low, high = self.points(np.stack([signs < 0, signs > 0]), options).tolist()
        return low, high

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of a Boolean matrix (n, k) of chosen options."""
        total = np.zeros(len(answers))
        for column, weight in self._worth(options).items():
            total += weight * answers[:, column]
        return total if self.cap is None else np.minimum(total, self.cap)


@attrs.frozen(kw_only=True)
class SharePoints:
    r"""How many options were chosen, of those that were offered.

    Notes
    -----
    .. math:: v_i = \frac{|a_i|}{k}

    :math:`a_i` are the chosen ones of k options; exclusive options are in neither.

    References
    ----------
    agencyindex: our own (plain counting)

    Examples
    --------
    >>> SharePoints().points(np.array([[True, False]]), ["web", "phone"])
    array([0.5])
    """

    name: ClassVar[str] = "share"
    formula: ClassVar[str] = r"v_i = \frac{|a_i|}{k}"
    reference: ClassVar[str] = "agencyindex: our own (plain counting)"
    item_types: ClassVar[frozenset[str]] = CHOSEN_MANY

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Nothing that is offered has no share."""
        if not options:
            yield "no-options", "Every option of the item is exclusive.", "Offer another."

    def attainable(self, options: Sequence[str]) -> Range:
        """From 0 to 1."""
        return 0.0, 1.0

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of a Boolean matrix (n, k) of chosen options."""
        return np.asarray(answers.sum(axis=1) / len(options), dtype=np.float64)
