"""What the aggregations that tests of the engine make up have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from agencyindex.methods.protocols import Range


class OwnAggregation:
    """No algebra is promised, and any children will do; a test adds the name and the work."""

    formula: ClassVar[str] = "y"
    reference: ClassVar[str] = "made up for a test"
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    compares: ClassVar[bool] = False

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None."""
        return iter(())
