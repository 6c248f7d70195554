"""The explanation of a score, in words and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import agencyindex as ai
from agencyindex.cli import printing


@dataclass(frozen=True)
class Wording:
    """The words of an explanation: ids and values, or texts in the language that is asked for."""

    definition: ai.IndexDefinition
    questionnaire: ai.Questionnaire
    register: ai.Register | None
    language: str | None

    def title(self, text: Any, id: str) -> str:
        """The title of an index or a part of it where a language is asked for, or its id."""
        return id if self.language is None else ai.in_language(text, self.language) or id

    def answer(self, item: str, answer: Any) -> str:
        """An answer, its options by their labels where a language is asked for."""
        if isinstance(answer, ai.Missing):
            return f"({answer.value})"
        if isinstance(answer, float | int) and not isinstance(answer, bool):
            return f"{answer:.12g}"
        options = self.questionnaire.options(item)
        labels = {each.value: self.title(each.label, each.value) for each in options}
        chosen = answer if isinstance(answer, tuple | list) else [answer]
        return ", ".join(labels.get(each, str(each)) for each in chosen)


def print_explanation(explanation: ai.Explanation, scores: ai.Scores, wording: Wording) -> None:
    """What made a score, and what another answer would give."""
    _print_head(explanation, scores, wording)
    rows = [
        [
            wording.title(each.title, each.node),
            wording.answer(each.item, each.answer),
            each.status if each.status != "scored" else "",
            printing.figure(each.value),
            f"{each.share:.4f}",
            f"{each.points:.4f}",
        ]
        for each in explanation.contributions
    ]
    print()
    headings = ["Indicator", "Answer", "Status", "Value", "Weight", "Points"]
    printing.print_table(headings, rows, 3)
    if explanation.score.value is not None:
        sum_ = "the points and the baseline sum to the score."
        print(f"\nBaseline {explanation.baseline:.4f}; {sum_}")
    _print_improvements(explanation, wording)


def _print_head(explanation: ai.Explanation, scores: ai.Scores, wording: Wording) -> None:
    """The score and its rank, or why there is none."""
    definition = wording.definition
    score = scores.get(explanation.agency, definition.id)
    agency = printing.agency_name(explanation.agency, wording.register, wording.language)
    index = wording.title(definition.title, definition.id)
    if score.value is None:
        print(f"{agency} has no score in {index}: {_why_not(score, definition)}.")
        return
    ranked = sum(scores.get(each, definition.id).rank is not None for each in scores.agencies)
    print(
        f"{agency}: {printing.published(score.published, rounding=definition.rounding)} "
        f"in {index}, rank {printing.figure(score.rank)} of {ranked}; "
        f"{score.answered:.0%} answered."
    )


def _why_not(score: Any, definition: ai.IndexDefinition) -> str:
    if score.cause != "coverage":
        return str(score.cause)
    coverage, minimum = f"{score.coverage:.2f}", f"{definition.minimum_coverage:.12g}"
    if float(coverage) >= definition.minimum_coverage:
        coverage = f"{score.coverage:.12g}"
    return f"coverage {coverage} is below the minimum coverage {minimum}"


def _print_improvements(explanation: ai.Explanation, wording: Wording) -> None:
    titles = {each.item: wording.title(each.title, each.item) for each in explanation.contributions}
    rows = [
        [
            titles.get(each.item, each.item),
            wording.answer(each.item, each.answer),
            wording.answer(each.item, each.next_answer),
            f"{each.next_score:.4f}",
            wording.answer(each.item, each.best_answer),
            f"{each.best_score:.4f}",
        ]
        for each in explanation.improvements
    ]
    if rows:
        print("\nWhat another answer would give:\n")
        headings = ["Item", "Answer", "Next better", "Score", "Best", "Score"]
        printing.print_table(headings, rows, 3)
