"""Tables (n, m) whose columns are indicators, each by itself: in parts, and one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import numpy as np

from agencyindex.errors import MethodError, Place, Problem
from agencyindex.methods.protocols import FloatArray

CACHED = 2**17
"""Numbers at a time that the quick memory of a processor holds, with some of what they become."""
TALL = 2**14
"""Rows at a time, at most."""
Rows = list[slice]


def by_columns(
    values: FloatArray, work: Callable[..., FloatArray], *along: FloatArray
) -> FloatArray:
    """What is done to one indicator (n,), or to each column of a table (n, m) by itself.

    The columns of what comes along, of the same shape, are given with those of the table.

    Raises
    ------
    MethodError
        What the work raises; of a table that of all columns together, each named by its number.

    Examples
    --------
    >>> by_columns(np.array([[1.0, 5.0], [3.0, 7.0]]), lambda each: each - each.min())
    array([[0., 0.],
           [2., 2.]])
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim < 2:
        return work(x, *along)
    found = np.empty_like(x)
    problems: list[Problem] = []
    for position, (column, *others) in enumerate(
        zip(x.T, *(each.T for each in along), strict=True)
    ):
        try:
            found[:, position] = work(column, *others)
        except MethodError as error:
            problems += [_named(each, position) for each in error.problems]
    if problems:
        raise MethodError(problems)
    return found


def _named(problem: Problem, position: int) -> Problem:
    place = attrs.evolve(problem.place or Place(), column=str(position + 1))
    return attrs.evolve(problem, place=place)


def parts(x: FloatArray, size: int = CACHED) -> Iterator[tuple[slice, Rows]]:
    """Columns of a table, and the rows in which to take them: one part has up to ``size`` numbers.

    Columns that lie in one piece are taken whole before the next ones.

    Examples
    --------
    >>> [(columns, len(rows)) for columns, rows in parts(np.zeros((20000, 9)), 2**17)]
    [(slice(0, 9, None), 2)]
    """
    rows, columns = x.shape
    in_one_piece = x.strides[0] <= x.strides[1]
    tall = min(TALL, size if in_one_piece else max(size // max(columns, 1), 1))
    wide = max(size // max(min(rows, tall), 1), 1)
    for chosen in stretches(columns, wide):
        yield chosen, stretches(rows, tall)


def stretches(count: int, length: int) -> Rows:
    """Slices of a length that together are the first so many.

    Examples
    --------
    >>> stretches(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    return [slice(start, min(start + length, count)) for start in range(0, count, length)]


def shaped(room: FloatArray, part: FloatArray) -> FloatArray:
    """Some of a room of numbers (k,), in the shape of a part (n, m) and in its order."""
    chosen = room[: part.size]
    if part.strides[0] <= part.strides[1]:
        return chosen.reshape(part.shape[::-1]).T
    return chosen.reshape(part.shape)


def each_part(x: FloatArray, work: Callable[[FloatArray, slice, FloatArray], object]) -> FloatArray:
    """A table of what is made of each part: work takes its numbers, its columns, and the result.

    Examples
    --------
    >>> shifts = np.array([1.0, 2.0])
    >>> each_part(np.zeros((2, 2)), lambda part, at, out: np.add(part, shifts[at], out=out))
    array([[1., 2.],
           [1., 2.]])
    """
    found = np.empty_like(x)
    for columns, stretch in parts(x):
        for rows in stretch:
            work(x[rows, columns], columns, found[rows, columns])
    return found


def ends(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The least and the greatest of each column (m,) of a table, gaps where there is a gap.

    Examples
    --------
    >>> ends(np.array([[1.0, np.nan], [3.0, 7.0]]))
    (array([ 1., nan]), array([ 3., nan]))
    """
    low, high = np.full(x.shape[1], np.inf), np.full(x.shape[1], -np.inf)
    for columns, stretch in parts(x):
        for rows in stretch:
            part = x[rows, columns]
            np.minimum(low[columns], part.min(axis=0), out=low[columns])
            np.maximum(high[columns], part.max(axis=0), out=high[columns])
    return low, high
