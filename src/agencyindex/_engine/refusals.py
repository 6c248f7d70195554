"""What stops scoring: values that no float can hold, and what a method refuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from agencyindex._engine.plan import Branch, Plan
from agencyindex.errors import Findings, MethodError, Place


@attrs.frozen(order=True)
class Beyond:
    """An agency whose value of a node no float can hold, by its position."""

    row: int
    index: str
    node: str

    @classmethod
    def at(cls, plan: Plan, column: int, row: int) -> Beyond:
        """The agency of a row, at a node of a plan."""
        node = plan.nodes[column]
        return cls(row, node.index, node.id)


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


def refused(plan: Plan, branch: Branch, error: MethodError) -> MethodError:
    """What a method refuses, with the node whose method it is."""
    findings = Findings()
    node = plan.nodes[branch.column]
    findings.note(error, Place(index=node.index, node=node.id))
    return MethodError(findings.problems)
