"""What the tests of methods share: an error with its codes and places, and sane numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st

from agencyindex.errors import MethodError, Place

SCORES = st.floats(-1e6, 1e6).map(lambda x: round(x, 6))
POSITIVE = st.floats(1e-3, 1e6).map(lambda x: round(x, 6))


@contextmanager
def refused(method: str, *codes: str, words: str = "") -> Iterator[None]:
    """Demand an error of one method with exactly these codes, and these words in it."""
    with pytest.raises(MethodError) as caught:
        yield
    assert tuple(each.code for each in caught.value.problems) == codes
    assert {each.place for each in caught.value.problems} == {Place(method=method)}
    assert words in str(caught.value)
