"""What ships with the package: its list, its export, and the whole job done on it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import fmean, median
from typing import Any

import agencyindex as ai
from agencyindex import catalogue
from agencyindex.cli import printing
from agencyindex.cli.commands import FINE, progress
from agencyindex.cli.words import ENGLISH, SWEDISH, words
from agencyindex.errors import FileError, Place, Problem

EDITION = "digg-2020"
TOP = 5
SMALL_BELOW = 200
"""Full-time equivalents from which the demonstration calls an agency large; ours to choose."""


def list_or_export(options: argparse.Namespace) -> int:
    """List the documents that ship, or write them into a folder."""
    names = options.names or catalogue.names()
    if options.output:
        written = [str(path) for path in catalogue.export(names, options.output)]
        if options.json:
            printing.print_json(written)
        else:
            print("\n".join(written))
        return FINE
    words(options.language)  # refuses one that the titles do not have
    listed = [_listed(name) for name in names]
    if options.json:
        printing.print_json(listed)
    else:
        rows = [
            [
                str(each["name"]),
                str(each["version"]),
                "yes" if each["synthetic"] else "no",
                ai.in_language(each["title"], options.language),
            ]
            for each in listed
        ]
        printing.print_table(["Name", "Version", "Synthetic", "Title"], rows, 4)
    return FINE


def _listed(name: str) -> dict[str, Any]:
    document = catalogue.document(name)
    return {
        "name": name,
        "schema": document["schema"],
        "version": document["version"],
        "synthetic": document.get("synthetic", False),
        "title": document["title"],
    }


def demo(options: argparse.Namespace) -> int:
    """Score and explain the made-up agencies, write it all down, and print a summary."""
    said = words(options.language)
    print(f"{said['synthetic']}\n{said['reconstruction']}", flush=True)
    folder = Path(options.output)
    steps = ["documents", "scores", *catalogue.INDICES, "files"]
    with progress(steps) as step:
        next(step)
        documents = [f"{EDITION}.questionnaire", *(f"{name}.index" for name in catalogue.INDICES)]
        documents += [f"{EDITION}.register", f"{EDITION}.responses"]
        written = list(catalogue.export(documents, folder))
        register, responses = catalogue.register(EDITION), catalogue.responses(EDITION)
        next(step)
        fitted = [ai.fit(catalogue.index(name), responses) for name in catalogue.INDICES]
        scores = ai.score(fitted, responses)
        explanations = []
        for index in fitted:
            next(step)
            explanations += [ai.explain(index, response) for response in responses]
        next(step)
        written += [folder / "scores.csv", folder / "explanations.json"]
        ai.write_scores(scores, written[-2], register=register, language=options.language)
        _write_explanations(written[-1], responses.edition, explanations)
    _print_summary(scores, register, options.language)
    print(f"\n{said['written'].format(folder=folder)}\n")
    print("\n".join(f"  {path.name}" for path in written))
    print(f"\n{said['again']}\n\n  {_command(options.language)}")
    return FINE


def _command(language: str) -> str:
    indices = " ".join(f"{name}.index.json" for name in catalogue.INDICES)
    return (
        f"agencyindex score --index {indices} --responses {EDITION}.responses.json "
        f"--register {EDITION}.register.json --language {language} -o scores.csv"
    )


def _write_explanations(path: Path, edition: str, explanations: Iterable[ai.Explanation]) -> None:
    """One entry for each index and agency, a line each; the file whole or not at all."""
    head = {
        "synthetic": True,
        "note": {"sv": SWEDISH["note"], "en": ENGLISH["note"]},
        "edition": edition,
    }
    lines = [json.dumps(printing.plain(each), ensure_ascii=False) for each in explanations]
    start = json.dumps(head, ensure_ascii=False).removesuffix("}")
    text = f'{start}, "explanations": [\n' + ",\n".join(lines) + "\n]}\n"
    temporary = path.with_name(f".{path.name}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    except OSError as error:
        message = f"The file cannot be written: {error.strerror or error}."
        problem = Problem("not-writable", Place(file=str(path)), message, "Choose another folder.")
        raise FileError([problem]) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _print_summary(scores: ai.Scores, register: ai.Register, language: str) -> None:
    said = words(language)
    titles = {node.index: ai.in_language(node.title, language) for node in scores.roots()}
    for index, title in titles.items():
        agencies = len(scores)
        print(f"\n{said['top'].format(title=title, count=TOP, agencies=agencies)}\n")
        _print_first(scores, register, index, language)
    print(f"\n{said['groups'].format(limit=SMALL_BELOW)}\n")
    _print_groups(scores, register, titles, said)
    print(f"\n{said['share']}\n")
    _print_shares(scores, titles, said)
    answered = sum(agency in register for agency in scores.agencies)
    rate = answered / len(register)
    print(f"\n{said['rate'].format(answered=answered, asked=len(register), rate=rate)}")


def _print_first(scores: ai.Scores, register: ai.Register, index: str, language: str) -> None:
    said = words(language)
    rows = []
    for agency in printing.by_rank(scores, index)[:TOP]:
        score = scores.get(agency, index)
        fte = register[agency].fte
        name = ai.in_language(register[agency].name, language)
        published = "-" if score.published is None else f"{score.published:.1f}"
        rank, size = printing.figure(score.rank), printing.figure(fte)
        rows.append([rank, name, size, published, f"{score.answered:.0%}"])
    headings = [said[word] for word in ("rank", "agency", "fte", "score", "answered")]
    printing.print_table(headings, rows, 2)


def _print_groups(
    scores: ai.Scores, register: ai.Register, titles: Mapping[str, str], said: Mapping[str, str]
) -> None:
    rows = []
    for index, title in titles.items():
        small: list[float] = []
        large: list[float] = []
        for agency in scores.agencies:
            value, fte = scores.get(agency, index).value, register[agency].fte
            if value is not None and fte is not None:
                (small if fte < SMALL_BELOW else large).append(value)
        rows.append([title, *_described(small), *_described(large)])
    headings = [said["index"]]
    for group in (said["small"], said["large"]):
        headings += [f"{group} n", f"{group} {said['mean']}", f"{group} {said['median']}"]
    printing.print_table(headings, rows, 1)


def _described(values: Sequence[float]) -> list[str]:
    if not values:
        return ["0", "-", "-"]
    return [str(len(values)), f"{fmean(values):.1f}", f"{median(values):.1f}"]


def _print_shares(scores: ai.Scores, titles: Mapping[str, str], said: Mapping[str, str]) -> None:
    rows = []
    for index, title in titles.items():
        found = [scores.get(agency, index) for agency in scores.agencies]
        scored = sum(each.value is not None for each in found)
        coverage, answered = (
            fmean(getattr(each, name) for each in found) for name in ("coverage", "answered")
        )
        rows.append([title, str(scored), f"{coverage:.1%}", f"{answered:.1%}"])
    headings = [said[word] for word in ("index", "scored", "coverage", "answered")]
    printing.print_table(headings, rows, 1)
