"""How strategies check their parameters: everything wrong with one object is one error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from numbers import Real
from typing import Any, TypeAlias, TypeGuard

from agencyindex.errors import MethodError, Place, Problem, collecting

Demand: TypeAlias = Callable[[str, object, bool, str], None]
"""States for one parameter: its name, its value, whether it holds, what was expected."""


@contextmanager
def demands(owner: str) -> Iterator[Demand]:
    """Give a function that states demands, and raise all that were not met as one error.

    Parameters
    ----------
    owner
        Name of the strategy or function whose parameters are checked.

    Raises
    ------
    MethodError
        With one ``bad-parameter`` for each demand that was not met.

    Examples
    --------
    >>> with demands("CountPoints") as demand:
    ...     demand("cap", -1, False, "a number above 0")
    Traceback (most recent call last):
    agencyindex.errors.MethodError: CountPoints  "cap" must be a number above 0, found -1. [bad-parameter]
    """
    with collecting(MethodError) as findings:

        def demand(name: str, found: object, holds: bool, expected: str) -> None:  # noqa: FBT001
            if not holds:
                message = f'"{name}" must be {expected}, found {shown(found)}.'
                findings.add(
                    "bad-parameter",
                    Place(method=owner),
                    message,
                    found=found,
                    expected=expected,
                )

        yield demand


def refusal(code: Any, owner: str, message: str, mend: str, found: object = None) -> MethodError:
    """Give the error of one method at work, to be raised.

    Parameters
    ----------
    code
        One of the problem codes.
    owner
        Name of the strategy that cannot work.
    message, mend, found
        As in `Problem`.

    Examples
    --------
    >>> print(refusal("empty-population", "MinMax", "There are no values.", "Give some."))
    MinMax  There are no values. Give some. [empty-population]
    """
    return MethodError([Problem(code, Place(method=owner), message, mend, found=found)])


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number; true and false are none.

    Examples
    --------
    >>> is_number(1), is_number(float("inf")), is_number(True), is_number("1")
    (True, False, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    try:
        return isfinite(value)
    except OverflowError:
        return False


def are_numbers(values: object, count: int | None = None) -> bool:
    """Whether a value is a tuple of finite numbers, as many as demanded.

    Examples
    --------
    >>> are_numbers((0.0, 100.0), 2), are_numbers((0.0,), 2), are_numbers("ab")
    (True, False, False)
    """
    if not isinstance(values, tuple) or (count is not None and len(values) != count):
        return False
    if set(map(type, values)) == {float}:
        return all(map(isfinite, values))
    return all(is_number(value) for value in values)


def shown(value: object) -> str:
    """Write a value as a document would have it, for messages.

    Examples
    --------
    >>> shown(1.0), shown("x"), shown((0.0, 2.5)), shown({"yes": 1.0})
    ('1', '"x"', '[0, 2.5]', '{"yes": 1}')
    """
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{shown(key)}: {shown(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(shown(each) for each in value) + "]"
    return str(value)


def number(value: Any) -> Any:
    """Turn a finite number into a float; leave anything else for the constructor to refuse.

    Examples
    --------
    >>> number(1), number("x"), number(None)
    (1.0, 'x', None)
    """
    return float(value) if is_number(value) else value


def as_tuple(values: Any) -> Any:
    """Copy a list to a tuple; leave anything else, a text above all, as it is.

    Examples
    --------
    >>> as_tuple(["yes", "no"]), as_tuple("yes")
    (('yes', 'no'), 'yes')
    """
    return tuple(values) if isinstance(values, tuple | list) else values


def numbers(values: Any) -> Any:
    """Turn a sequence of numbers into a tuple of floats; leave anything else as it is.

    Examples
    --------
    >>> numbers([0, 100]), numbers(5)
    ((0.0, 100.0), 5)
    """
    if not isinstance(values, tuple | list):
        return values
    # A table of ranks may have a line for each of many agencies.
    return tuple(values) if set(map(type, values)) == {float} else tuple(map(number, values))


def as_table(values: Any) -> Any:
    """Copy a mapping of names to numbers; leave anything else as it is.

    Examples
    --------
    >>> as_table({"yes": 1}), as_table(None)
    ({'yes': 1.0}, None)
    """
    if not isinstance(values, Mapping):
        return values
    return {key: number(value) for key, value in values.items()}


def is_table(values: object) -> bool:
    """Whether a value is a mapping of names to finite numbers.

    Examples
    --------
    >>> is_table({"yes": 1.0}), is_table({"yes": "1"})
    (True, False)
    """
    return isinstance(values, Mapping) and all(
        isinstance(key, str) and is_number(value) for key, value in values.items()
    )


def whole(value: Any) -> Any:
    """Turn a whole number into an integer; leave anything else for the constructor to refuse.

    Examples
    --------
    >>> whole(2.0), whole(2), whole(2.5), whole("x")
    (2, 2, 2.5, 'x')
    """
    return int(value) if is_number(value) and float(value).is_integer() else value


def is_whole(value: object, least: int) -> bool:
    """Whether a value is an integer, at least so great; true and false are none.

    Examples
    --------
    >>> is_whole(2, 1), is_whole(2, 3), is_whole(2.0, 1), is_whole(True, 1)
    (True, False, False, False)
    """
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
