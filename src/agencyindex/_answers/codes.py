"""Codes of answers: reasons for missing first, then options; a column of them for each item."""

from __future__ import annotations

from typing import Any

import attrs
from numpy.typing import NDArray

from agencyindex._model.response import Missing

REASONS = tuple(Missing)
NOT_ANSWERED, NOT_ASKED = (
    REASONS.index(reason) for reason in (Missing.NOT_ANSWERED, Missing.NOT_ASKED)
)
ANSWERED = len(REASONS)
"""Codes below this are reasons for missing; this and above are answers."""


@attrs.frozen(eq=False)
class Column:
    """All answers to one item.

    Parameters
    ----------
    codes
        (n,) unsigned integers: 0 to 4 a reason for missing in the order of `Missing`, 5 and
        above an answer. For single choice and yes/no, 5 + the option's position among the
        substantive options; for numbers and multiple choice, 5.
    values
        Numbers: float64 (n,), NaN where missing. Multiple choice: bool (k, n), a row for each
        substantive option. None for single choice and yes/no.
    """

    codes: NDArray[Any]
    values: NDArray[Any] | None = None


def fold(text: str) -> str:
    """A text as answers are compared: without case and without surplus white space."""
    return " ".join(text.split()).casefold()
