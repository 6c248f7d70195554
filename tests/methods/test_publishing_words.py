"""What rounding and ranking refuse, word by word, and what they take besides doubles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agencyindex.errors import MethodError, Place
from agencyindex.methods.ranking import ranks
from agencyindex.methods.rounding import rounded

ONE = np.array([1.0])
TIES = '"ties" must be "smallest", "largest", "average" or "dense", found "min".'
RULE = '"rule" must be "half_up", "half_even" or "binary", found "up".'


def _whole(found: str) -> str:
    return f'"decimals" must be a whole number from 0 to 12, found {found}.'


@pytest.mark.parametrize(
    ("method", "call", "messages"),
    [
        ("ranks", lambda: ranks(ONE, ties="min", descending=True), [TIES]),
        ("rounded", lambda: rounded(ONE, 13, "half_up"), [_whole("13")]),
        ("rounded", lambda: rounded(ONE, -1, "half_even"), [_whole("-1")]),
        ("rounded", lambda: rounded(ONE, True, "binary"), [_whole("True")]),
        ("rounded", lambda: rounded(ONE, 1.0, "up"), [_whole("1"), RULE]),
    ],
)
def test_a_refused_parameter_is_told_word_by_word(
    method: str, call: Any, messages: list[str]
) -> None:
    """Each has its name, what it may be and what was found."""
    with pytest.raises(MethodError) as caught:
        call()
    assert [each.message for each in caught.value.problems] == messages
    assert {each.place for each in caught.value.problems} == {Place(method=method)}


@pytest.mark.parametrize("rule", ["half_up", "half_even", "binary"])
def test_greatest_and_shortest_floats_are_rounded_as_doubles(rule: Any) -> None:
    """No overflow on the way is told of, and single floats and whole numbers become doubles."""
    great = np.array([1e308, -1e308, 1e300])
    assert rounded(great, 12, rule).tolist() == great.tolist()
    for values in (np.array([0.75, 2.5], dtype=np.float32), np.array([1, 2])):
        found = rounded(values, 2, rule)
        assert found.dtype == np.float64
        assert found.tolist() == values.tolist()
