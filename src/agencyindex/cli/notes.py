"""What a command says on standard error beside its result."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import agencyindex as ai
from agencyindex.errors import shown

FEW = 5
"""Agencies that are named one by one."""


def say(text: str) -> None:
    """Say something about the result."""
    print(text, file=sys.stderr)


def wrote(path: str | os.PathLike[str]) -> None:
    """Say where a result was written."""
    say(f"Written to {shown(os.fspath(path))}.")


def learnt(fitted: Sequence[ai.FittedIndex], count: int) -> None:
    """Say which indices learnt something from the answers that they score, and from what else."""
    agencies = "this agency" if count == 1 else f"these {count} agencies"
    taught: dict[str, list[str]] = {}
    for definition in [each.definition for each in fitted if each.learnt]:
        looked_back = definition.population is not None and definition.population.previous
        before = " and the edition before" if looked_back else ""
        taught.setdefault(agencies + before, []).append(definition.id)
    for whom, names in taught.items():
        say(f"Learnt from {whom}: {', '.join(names)}. Keep it with agencyindex fit.")


def response_rate(responses: ai.Responses, register: ai.Register | None) -> None:
    """Say how many of those that were asked answered, and who did not."""
    silent = responses.silent()
    if register is not None:
        answered = set(responses.agencies) - set(silent)
        rate = len(answered) / len(register) if len(register) else 0.0
        asked = f"{len(register)} agencies that were asked"
        say(f"\n{len(answered)} of the {asked} answered ({rate:.0%}).")
        absent = [agency.id for agency in register if agency.id not in responses]
        if absent:
            say(f"No answers from {_named(absent)}.")
    if silent:
        rows = "its row" if len(silent) == 1 else "their rows"
        say(
            f"Nothing is answered by {_named(silent)}. Delete {rows} if there was no reply: an "
            "empty row is scored by the rule for not_answered."
        )


def _named(ids: Sequence[str]) -> str:
    """The first few ids, and how many more there are."""
    first = ", ".join(shown(each) for each in ids[:FEW])
    return f"{first} and {len(ids) - FEW} more" if len(ids) > FEW else first
