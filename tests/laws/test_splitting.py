"""Law: score(D, P + Q) = score(D, P) + score(D, Q) row by row, to the bit."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex._engine import batch


@law
@given(cases(answered={"min_size": 2, "max_size": 6}), st.data())
def test_splitting_a_batch_changes_not_one_bit(case: Case, data: st.DataObject) -> None:
    """Each part of a batch has the figures that it has in the whole."""
    n = len(case.responses)
    cut = data.draw(st.integers(0, n))
    whole = ai.score(case.fitted, case.responses)
    for rows in (range(cut), range(cut, n)):
        part = ai.score(case.fitted, case.responses.take(rows))
        assert same_bits(part, whole, rows=rows)


@law
@given(cases(answered={"min_size": 2, "max_size": 6}), st.integers(1, 3))
def test_the_size_of_blocks_changes_not_one_bit(case: Case, size: int) -> None:
    """The blocks in which the engine takes a batch leave no trace."""
    whole = ai.score(case.fitted, case.responses)
    with patch.object(batch, "BLOCK", size):
        assert same_bits(ai.score(case.fitted, case.responses), whole)
