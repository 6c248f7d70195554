"""Conditions: when an item is asked, by the answers to earlier items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, get_args

import attrs

ComparisonOperator: TypeAlias = Literal[
    "equals", "one_of", "includes", "less", "at_most", "greater", "at_least", "answered"
]
COMPARISON_OPERATORS: tuple[ComparisonOperator, ...] = get_args(ComparisonOperator)


@attrs.frozen
class Comparison:
    """A statement about the answer to one item; false wherever that answer is missing.

    Parameters
    ----------
    item
        Id of an earlier item.
    operator
        ``equals`` and ``one_of`` (single choice, yes/no, number), ``includes`` (multiple
        choice), ``less``, ``at_most``, ``greater``, ``at_least`` (number), ``answered`` (any).
    value
        An option value or a number; a tuple of them for ``one_of``; None for ``answered``.

    Examples
    --------
    >>> Comparison("uses_cloud", "equals", "yes").item
    'uses_cloud'
    """

    item: str
    operator: ComparisonOperator
    value: str | float | tuple[str | float, ...] | None = None


def _parts(parts: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(parts)


@attrs.frozen
class AllOf:
    """True where every part is true."""

    parts: tuple[Condition, ...] = attrs.field(converter=_parts)


@attrs.frozen
class AnyOf:
    """True where at least one part is true."""

    parts: tuple[Condition, ...] = attrs.field(converter=_parts)


@attrs.frozen
class Not:
    """True where its part is false."""

    part: Condition


Condition: TypeAlias = AllOf | AnyOf | Not | Comparison


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison within a condition, from left to right.

    Examples
    --------
    >>> list(comparisons(Not(Comparison("a", "answered"))))
    [Comparison(item='a', operator='answered', value=None)]
    """
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)
