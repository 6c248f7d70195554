"""Advice on the tree of an index: weights, dimensions of one part, coverage."""

from __future__ import annotations

from agencyindex._documents.resolve import Resolved, indicators, nominal_weight, resolve
from agencyindex._lint.notes import Notes, Path, branches, percent
from agencyindex._model.definition import Dimension, IndexDefinition
from agencyindex._model.response import Missing
from agencyindex.methods.weighting import AnalyticHierarchy

DOMINANT = 0.5
"""Share of a node's weight beyond which a part, one of three or more, dominates it."""

TINY = 0.1
"""Share of an equal share below which a part hardly counts."""

CONSISTENT = 0.1
"""Consistency ratio up to which comparisons in pairs are tolerable."""

COMPARABLE = 15
"""Parts of a node up to which a consistency ratio is known."""


def check_tree(definition: IndexDefinition, notes: Notes) -> None:
    """Note weights that hide parts, dimensions of one part, and scores that need no answers."""
    resolved = resolve(definition)
    for path, node in branches(definition):
        if resolved[node.id].weighting.states:
            _check_weights(node, path, notes)
        if isinstance(node.weighting, AnalyticHierarchy):
            _check_comparisons(node, node.weighting, path, notes)
        if isinstance(node, Dimension) and len(node.children) == 1 and node.rescaling is None:
            (child,) = node.children
            message = f'The dimension "{node.id}" has one part, "{child.id}", and says no more.'
            notes.add(
                "single-child", path, message, f'Put "{child.id}" in its place, or add parts.'
            )
        if isinstance(node, IndexDefinition) or node.minimum_coverage is not None:
            _check_coverage(node, path, resolved, notes)


def _check_weights(node: IndexDefinition | Dimension, path: Path, notes: Notes) -> None:
    weights = [nominal_weight(child) for child in node.children]
    counted = sum(weight > 0 for weight in weights)
    for number, (child, weight) in enumerate(zip(node.children, weights, strict=True)):
        share = weight / sum(weights)
        here = (*path, "children", number, "weight")
        if counted >= 3 and share > DOMINANT:
            message = (
                f'"{child.id}" has {percent(share)} of the weight below "{node.id}", '
                f"more than the other {counted - 1} together."
            )
            mend = "Lower it, or split the part."
            notes.add("dominant-weight", here, message, mend, found=share)
        elif 0 < share * counted < TINY:
            message = (
                f'"{child.id}" has {percent(share)} of the weight below "{node.id}", '
                f"where an equal share is {percent(1 / counted)}."
            )
            notes.add("tiny-weight", here, message, "Raise it, or leave it out.", found=share)


def _check_comparisons(
    node: IndexDefinition | Dimension, weighting: AnalyticHierarchy, path: Path, notes: Notes
) -> None:
    if len(node.children) > COMPARABLE:
        return
    ratio = weighting.consistency()
    if ratio > CONSISTENT:
        message = (
            f'The comparisons below "{node.id}" contradict each other: their consistency ratio is '
            f"{ratio:.2f}, above {CONSISTENT}."
        )
        mend = "Compare the pairs anew, the most extreme first."
        notes.add("inconsistent-comparisons", (*path, "weighting"), message, mend, found=ratio)


def _check_coverage(
    node: IndexDefinition | Dimension, path: Path, resolved: dict[str, Resolved], notes: Notes
) -> None:
    left_out = [
        leaf
        for leaf in indicators(node)
        if resolved[leaf.id].missing[Missing.NOT_ANSWERED] == "exclude"
    ]
    if resolved[node.id].minimum_coverage == 0 and left_out:
        message = (
            f"What is not answered is left out, and a single answer is enough for a score of "
            f'"{node.id}".'
        )
        mend = "Ask for a share of the weight, such as 0.5."
        notes.add("no-coverage", (*path, "minimum_coverage"), message, mend, found=len(left_out))
