"""Values that no float can hold: where there are any, nobody gets scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from agencyindex.errors import Findings, MethodError, Place


@attrs.frozen(order=True)
class Beyond:
    """An agency whose value of a node no float can hold, by its position."""

    row: int
    index: str
    node: str


def refuse_beyond(beyond: Iterable[Beyond], agencies: Sequence[str]) -> None:
    """Refuse values that no float can hold.

    Raises
    ------
    MethodError
        ``not-finite``, for each node of each agency.
    """
    findings = Findings()
    for each in beyond:
        findings.add(
            "not-finite",
            Place(index=each.index, node=each.node, agency=agencies[each.row]),
            "The value is beyond 1.8e308.",
            "Correct the numbers that it is made of, or use a greater unit.",
        )
    findings.raise_as(MethodError)
