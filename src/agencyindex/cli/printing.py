"""What people and programs read: tables, JSON and findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import agencyindex as ai
from agencyindex.errors import AgencyIndexError, Problem


def report(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Findings: as JSON to standard output, or as lines to standard error."""
    if as_json:
        print_json([plain(problem) for problem in problems])
    else:
        print(AgencyIndexError(list(problems)), file=sys.stderr)


def print_json(value: object) -> None:
    """A value as indented JSON, with escapes where the stream cannot have every character."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    print(text)


def plain(value: Any) -> Any:
    """A result as JSON can state it."""
    if isinstance(value, ai.Missing):
        return {"missing": value.value}
    if hasattr(value, "__attrs_attrs__"):
        fields = [field.name for field in value.__attrs_attrs__]
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return (
        value if isinstance(value, (str, int, float, bool, dict)) or value is None else str(value)
    )


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> None:
    """A table whose first columns are flush left, the others flush right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for row in (headings, ["-" * width for width in widths], *rows):
        cells = [
            cell.ljust(width) if number < left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def print_indices(scores: ai.Scores, register: ai.Register | None, language: str | None) -> None:
    """For each index a table of agencies, the first rank on top."""
    for root in scores.roots():
        parts = [
            node for node in scores.nodes if node.index == root.index and node.parent == root.id
        ]
        print(ai.in_language(root.title, language) or root.id)
        rows = []
        for agency in by_rank(scores, root.id):
            score = scores.get(agency, root.id)
            cells = [scores.get(agency, root.id, part.id) for part in parts]
            rows.append(
                [
                    figure(score.rank),
                    _agency_name(agency, register, language),
                    figure(score.published, score.cause),
                    *(figure(cell.published, cell.cause) for cell in cells),
                    f"{score.answered:.0%}",
                ]
            )
        titles = [ai.in_language(part.title, language) or part.id for part in parts]
        print_table(["Rank", "Agency", "Score", *titles, "Answered"], rows, 2)


def by_rank(scores: ai.Scores, index: str) -> list[str]:
    """Agencies by their rank in an index, the first on top, those without a rank last."""
    ranks = {agency: scores.get(agency, index).rank for agency in scores.agencies}
    return sorted(ranks, key=lambda agency: (ranks[agency] is None, ranks[agency] or 0, agency))


def figure(value: float | None, cause: str = "") -> str:
    """A figure with the digits that it has, or why there is none."""
    return cause or "-" if value is None else f"{value:.12g}"


def _agency_name(agency: str, register: ai.Register | None, language: str | None) -> str:
    if register is None or agency not in register:
        return agency
    return ai.in_language(register[agency].name, language) or agency


def print_response_rate(
    scores: ai.Scores, register: ai.Register | None, stream: Any = None
) -> None:
    """How many of those that were asked answered, where it is known who was asked."""
    if register is not None:
        answered = sum(agency in register for agency in scores.agencies)
        rate = answered / len(register) if len(register) else 0.0
        text = (
            f"\n{answered} of the {len(register)} agencies that were asked answered ({rate:.0%})."
        )
        print(text, file=stream or sys.stderr)


def print_explanation(explanation: ai.Explanation, score: Any, agencies: int) -> None:
    """What made a score, and what another answer would give."""
    if score.value is None:
        print(f"{explanation.agency} has no score in {explanation.index}: {score.cause}.")
    else:
        print(
            f"{explanation.agency}: {score.published:.12g} in {explanation.index}, "
            f"rank {figure(score.rank)} of {agencies}; {score.answered:.0%} answered."
        )
    rows = [
        [
            each.node,
            _answer(each.answer),
            each.status if each.status != "scored" else "",
            figure(each.value),
            f"{each.share:.4f}",
            f"{each.points:.4f}",
        ]
        for each in explanation.contributions
    ]
    print()
    print_table(["Indicator", "Answer", "Status", "Value", "Weight", "Points"], rows, 3)
    print(f"\nBaseline {explanation.baseline:.4f}; the points and the baseline sum to the score.")
    if explanation.improvements:
        print("\nWhat another answer would give:\n")
        better = [
            [
                each.item,
                _answer(each.answer),
                _answer(each.next_answer),
                f"{each.next_score:.4f}",
                _answer(each.best_answer),
                f"{each.best_score:.4f}",
            ]
            for each in explanation.improvements
        ]
        print_table(["Item", "Answer", "Next better", "Score", "Best", "Score"], better, 3)


def _answer(answer: Any) -> str:
    if isinstance(answer, ai.Missing):
        return f"({answer.value})"
    if isinstance(answer, (tuple, list)):
        return ", ".join(answer)
    return f"{answer:.12g}" if isinstance(answer, float) else str(answer)
