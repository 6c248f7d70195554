"""What people and programs read: tables, JSON and findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from functools import partial
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
        shown = partial(published, rounding=scores.rules[root.index].rounding)
        rows = []
        for agency in by_rank(scores, root.id):
            score = scores.get(agency, root.id)
            cells = [scores.get(agency, root.id, part.id) for part in parts]
            rows.append(
                [
                    figure(score.rank),
                    agency_name(agency, register, language),
                    shown(score.published, score.cause),
                    *(shown(cell.published, cell.cause) for cell in cells),
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


def published(value: float | None, cause: str = "", *, rounding: Any) -> str:
    """A figure with the decimals that its index is published with, or why there is none."""
    if value is None or rounding.where == "nowhere":
        return figure(value, cause)
    return f"{value:.{max(rounding.decimals, 0)}f}"


def agency_name(agency: str, register: ai.Register | None, language: str | None) -> str:
    """The name that a register has for an agency, or its id."""
    if register is None or agency not in register:
        return agency
    return ai.in_language(register[agency].name, language) or agency
