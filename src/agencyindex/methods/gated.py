"""Scorings of a number as it is, and of a checklist whose points open each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import Code, MethodError, Problem
from agencyindex.methods.choices import CHOSEN_MANY, _strangers
from agencyindex.methods.numbers import NUMBER
from agencyindex.methods.parameters import as_tuple, demands, is_number, number
from agencyindex.methods.protocols import FloatArray, Range

MOST_OPTIONS = 16
"""Named options whose combinations are counted out, to find the fewest and the most points."""


@attrs.frozen(kw_only=True)
class NumberPoints:
    r"""A number as it is, to be treated or normalised later.

    Notes
    -----
    .. math:: v_i = x_i

    References
    ----------
    agencyindex: our own (the identity)

    Examples
    --------
    >>> NumberPoints().points(np.array([12.5, 80.0]), [])
    array([12.5, 80. ])
    """

    name: ClassVar[str] = "number"
    formula: ClassVar[str] = r"v_i = x_i"
    reference: ClassVar[str] = "agencyindex: our own (the identity)"
    item_types: ClassVar[frozenset[str]] = NUMBER

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Nothing: any number is one."""
        return iter(())

    def attainable(self, options: Sequence[str]) -> Range:
        """Without a bound."""
        return -inf, inf

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """The numbers (n,) themselves; NaN stays NaN."""
        return np.asarray(answers, dtype=np.float64)


def _are_options(names: object) -> bool:
    """Whether a value is a tuple of different names."""
    return (
        isinstance(names, tuple)
        and all(isinstance(each, str) and bool(each) for each in names)
        and len(set(names)) == len(names)
    )


@attrs.frozen(kw_only=True)
class Rule:
    """Points for those who chose some options and did not choose others.

    Parameters
    ----------
    chosen
        Options that must all be chosen.
    not_chosen
        Options of which none may be chosen. A rule names at least one option, none of them twice.
    points
        What is added where the rule holds: any finite number, below zero for a deduction.

    Examples
    --------
    >>> Rule(chosen=["published"], not_chosen=["current"], points=-5)
    Rule(chosen=('published',), not_chosen=('current',), points=-5.0)
    """

    chosen: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    not_chosen: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    points: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("Rule") as demand:
            good = _are_options(self.chosen), _are_options(self.not_chosen)
            demand("chosen", self.chosen, good[0], "a list of different options")
            demand("not_chosen", self.not_chosen, good[1], "a list of different options")
            if all(good):
                some = bool(self.chosen or self.not_chosen)
                demand(
                    "chosen", self.chosen, some, 'at least one option where "not_chosen" has none'
                )
                apart = not set(self.chosen) & set(self.not_chosen)
                demand("not_chosen", self.not_chosen, apart, 'other options than those in "chosen"')
            demand("points", self.points, is_number(self.points), "a finite number")


def _rules(values: Any) -> Any:
    """Rules from mappings, with what is wrong in any of them told together by its number."""
    if not isinstance(values, list | tuple):
        return values
    rules, problems = [], list[Problem]()
    for place, value in enumerate(values, start=1):
        try:
            rules.append(Rule(**value) if isinstance(value, Mapping) else value)
        except MethodError as error:
            problems += [
                attrs.evolve(each, message=f"Rule {place}: {each.message}")
                for each in error.problems
            ]
    if problems:
        raise MethodError(problems)
    return tuple(rules)


@attrs.frozen(kw_only=True)
class GatedPoints:
    r"""A checklist whose later points count only with earlier ones, and which may deduct some.

    Parameters
    ----------
    rules
        What is added to zero, in this order: for each rule its ``points`` where all of the options
        in ``chosen`` and none of those in ``not_chosen`` are chosen.

    Notes
    -----
    .. math:: v_i = \sum_r p_r [C_r \subseteq a_i] [N_r \cap a_i = \emptyset]

    :math:`a_i` are the chosen options, and :math:`C_r` and :math:`N_r` the ones that rule r wants
    chosen and not chosen.

    References
    ----------
    World Wide Web Foundation (2015) Open Data Barometer, second edition, dataset assessments, for
    such a checklist; agencyindex: our own way of writing it

    Examples
    --------
    >>> scoring = GatedPoints(
    ...     rules=[
    ...         {"chosen": ["exists"], "points": 5},
    ...         {"chosen": ["exists", "online"], "points": 10},
    ...         {"chosen": ["exists"], "not_chosen": ["current"], "points": -5},
    ...     ]
    ... )
    >>> chosen = np.array([[True, True, False], [False, True, True]])
    >>> scoring.points(chosen, ["exists", "online", "current"])
    array([10.,  0.])
    """

    name: ClassVar[str] = "gated"
    formula: ClassVar[str] = r"v_i = \sum_r p_r [C_r \subseteq a_i] [N_r \cap a_i = \emptyset]"
    reference: ClassVar[str] = (
        "World Wide Web Foundation (2015) Open Data Barometer, second edition, dataset "
        "assessments, for such a checklist; agencyindex: our own way of writing it"
    )
    item_types: ClassVar[frozenset[str]] = CHOSEN_MANY

    rules: tuple[Rule, ...] = attrs.field(converter=_rules)

    def __attrs_post_init__(self) -> None:
        with demands("GatedPoints") as demand:
            fits = isinstance(self.rules, tuple) and bool(self.rules)
            fits = fits and all(isinstance(each, Rule) for each in self.rules)
            demand("rules", self.rules, fits, "a list of rules, at least one")

    def _named(self) -> list[str]:
        """Every option that a rule names, once, in the order of the rules."""
        named = [option for rule in self.rules for option in (*rule.chosen, *rule.not_chosen)]
        return list(dict.fromkeys(named))

    def faults(self, options: Sequence[str]) -> Iterator[tuple[Code, str, str]]:
        """Named options that the item does not offer."""
        yield from _strangers(self._named(), options)

    def attainable(self, options: Sequence[str]) -> Range:
        """The fewest and the most points of any choice of the named options.

        Where rules name more than 16 options, the sums of the deductions and of the additions.
        """
        named = self._named()
        if len(named) > MOST_OPTIONS:
            ends = [[min(rule.points, 0.0) for rule in self.rules]]
            ends += [[max(rule.points, 0.0) for rule in self.rules]]
            low, high = (_added(np.array([end])).item() for end in ends)
            return low, high
        choices = np.arange(2 ** len(named))[:, None] >> np.arange(len(named)) & 1 > 0
        points = self.points(choices, named)
        return float(points.min()), float(points.max())

    def points(self, answers: NDArray[Any], options: Sequence[str]) -> FloatArray:
        """Points (n,) of a Boolean matrix (n, k) of chosen options."""
        place = {option: column for column, option in enumerate(options)}
        terms = np.zeros((len(answers), len(self.rules)))
        for each, rule in enumerate(self.rules):
            wanted = answers[:, [place[option] for option in rule.chosen]].all(axis=1)
            unwanted = answers[:, [place[option] for option in rule.not_chosen]].any(axis=1)
            terms[wanted & ~unwanted, each] = rule.points
        return _added(terms)


def _added(terms: FloatArray) -> FloatArray:
    """The sum of each row, from the left."""
    total = np.zeros(len(terms))
    # What no float holds is infinite, and then a finding of those who publish it.
    with np.errstate(over="ignore"):
        for column in terms.T:
            total += column
    return total
