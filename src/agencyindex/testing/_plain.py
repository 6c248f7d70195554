"""What all strategies draw from: numbers as people use them, and texts.

Strategies are made once for the same arguments, as hypothesis looks into each new one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]

REASONS = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")

FRACTIONS = (1, 1, 2, 3, 4, 5, 10)
"""What whole numbers are divided by."""

RISING = (-10.0, -2.5, -1.0, 0.0, 0.1, 1.0, 3.0, 10.0, 20.0)
"""Where scales and goalposts begin and end."""


@cache
def numbers(low: int = -40, high: int = 40) -> st.SearchStrategy[float]:
    """Whole numbers, halves, thirds, quarters, fifths and tenths."""
    return st.builds(
        lambda whole, by: whole / by, st.integers(low, high), st.sampled_from(FRACTIONS)
    )


def maybe(keys: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Document]:
    """Documents that hold any of the keys."""
    return st.fixed_dictionaries({}, optional=keys)


@cache
def texts(wording: str) -> st.SearchStrategy[Any]:
    """A wording as a plain text or in two languages."""
    return st.sampled_from([wording, {"en": wording, "sv": f"{wording} på svenska"}])


@cache
def two_different(*, rising: bool) -> st.SearchStrategy[list[float]]:
    """Two numbers that differ, the lower one first where they must rise."""
    pairs = [[a, b] for a in RISING for b in RISING if a < b or (a > b and not rising)]
    return st.sampled_from(pairs)
