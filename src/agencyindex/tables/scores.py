"""Scores to files: a row for each agency and node, or a row for each agency."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from agencyindex._documents.api import dump
from agencyindex._documents.files import replacing
from agencyindex._model.agency import Register
from agencyindex._model.scores import CAUSES, STATUSES, ScoredNode, Scores
from agencyindex._model.text import in_language, languages
from agencyindex.errors import Place, unknown_language
from agencyindex.tables.sources import ending, unknown_format
from agencyindex.tables.table import refuse
from agencyindex.tables.writers import (
    Columns,
    check_fit,
    write_csv,
    write_lines,
    write_parquet,
    write_xlsx,
)

FORMATS: dict[str, Callable[[Columns, Path], None]] = {
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".parquet": write_parquet,
    ".jsonl": write_lines,
}


def write_scores(
    scores: Scores,
    path: str | os.PathLike[str],
    *,
    register: Register | None = None,
    language: str | None = None,
    layout: Literal["long", "wide"] = "long",
) -> None:
    """Write scores to a file, whole or not at all.

    Parameters
    ----------
    scores
        The scores.
    path
        Where to; the ending tells the format: .csv (UTF-8, commas; text that a spreadsheet
        would run as a formula gets an apostrophe before it), .xlsx (16 digits of a number), .parquet, .jsonl, or .json
        for a scores document, which has a layout of its own. A file that is there is replaced.
    register
        Where the agencies' names come from; None for no names.
    language
        Of names and bands, as a tag such as "sv"; None for the first that they have.
    layout
        ``long``: a row for each agency and node, with the columns of `Scores.columns`.
        ``wide``: a row for each agency, and for each node its published score, rank, band
        (where the index has bands), coverage, status and cause, headed by the index's id, or
        ``index/node``.

    Raises
    ------
    FileError
        Where the ending tells no format or the file cannot be written; a file that was there
        is unchanged.
    MismatchError
        Where no name or band is in the language.
    MissingExtraError
        Where the format needs a library that is not installed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from agencyindex import Agency, Item, Questionnaire, Register, Section
    >>> import agencyindex as ai
    >>> items = [Item("e_id", "yes_no")]
    >>> questionnaire = Questionnaire(id="q", version="1.0.0", sections=[Section("s", items=items)])
    >>> index = ai.load({
    ...     "schema": "agencyindex/index/1", "id": "technology", "version": "1.0.0",
    ...     "questionnaire": {"id": "q", "version": "1.0.0"},
    ...     "rounding": {"where": "nowhere"}, "minimum_coverage": 0,
    ...     "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
    ...     "missing": {"not_answered": 0, "dont_know": 0, "refused": 0, "not_applicable": 0,
    ...                 "not_asked": 0},
    ...     "scorings": {"adoption": {"method": "binary", "ones": ["yes"]}},
    ...     "normalisation": {"method": "none"}, "weighting": {"method": "equal"},
    ...     "aggregation": {"method": "arithmetic"},
    ...     "children": [{"id": "e_id", "item": "e_id", "scoring": "adoption"}]})
    >>> responses = ai.read_responses({"agency": ["a"], "e_id": ["yes"]}, questionnaire)
    >>> scores = ai.score(ai.freeze(index, questionnaire), responses)
    >>> with TemporaryDirectory() as folder:
    ...     write_scores(scores, Path(folder, "scores.csv"))
    ...     print(Path(folder, "scores.csv").read_text().splitlines()[1])
    a,technology,technology,index,1.0,1.0,1.0,1.0,1.0,scored,
    """
    if layout not in ("long", "wide"):
        raise refuse(
            "bad-parameter", Place(), f'"{layout}" is no layout.', 'Pass "long" or "wide".'
        )
    if ending(path) == ".json":
        dump(scores, path)
        return
    if ending(path) not in FORMATS:
        raise unknown_format(path, [*FORMATS, ".json"])
    _check_language(scores, register, language)
    columns = (
        _long(scores, register, language) if layout == "long" else _wide(scores, register, language)
    )
    if scores.synthetic or (register is not None and register.synthetic):
        columns["synthetic"] = [True] * len(columns["agency"])
    if ending(path) == ".xlsx":
        check_fit(columns, path)
    with replacing(path) as temporary:
        FORMATS[ending(path)](columns, temporary)


def _check_language(scores: Scores, register: Register | None, language: str | None) -> None:
    """Refuse a language that was asked for and that no text has; one text may well lack it."""
    names = [agency.name for agency in register or ()]
    bands = [label for each in scores.rules.values() if each.bands for label in each.bands.labels]
    known = languages([*names, *bands])
    if language is not None and known and language not in known:
        raise unknown_language(language, known)


def _names(scores: Scores, register: Register, language: str | None) -> list[str]:
    return [
        in_language(register[agency].name, language) if agency in register else ""
        for agency in scores.agencies
    ]


def _bands(scores: Scores, node: ScoredNode, language: str | None) -> list[str]:
    return [
        in_language(scores.get(agency, node.index).band, language) for agency in scores.agencies
    ]


def _long(scores: Scores, register: Register | None, language: str | None) -> Columns:
    columns = cast("Columns", scores.columns())
    repeated = len(scores.nodes)
    if register is not None:
        names = [each for each in _names(scores, register, language) for _ in range(repeated)]
        columns = {"agency": columns.pop("agency"), "name": names, **columns}
    if any(rules.bands for rules in scores.rules.values()):
        table = np.full((len(scores.agencies), repeated), "", dtype=object)
        for k, node in enumerate(scores.nodes):
            if node.kind == "index":
                table[:, k] = _bands(scores, node, language)
        columns["band"] = table.ravel().tolist()
    return columns


def _wide(scores: Scores, register: Register | None, language: str | None) -> Columns:
    columns: dict[str, Any] = {"agency": list(scores.agencies)}
    if register is not None:
        columns["name"] = _names(scores, register, language)
    for k, node in enumerate(scores.nodes):
        root = node.kind == "index"
        heading = node.index if root else f"{node.index}/{node.id}"
        columns[heading] = scores.published[:, k]
        columns[f"{heading} rank"] = scores.ranks[:, k]
        if root and scores.rules[node.index].bands is not None:
            columns[f"{heading} band"] = _bands(scores, node, language)
        columns[f"{heading} coverage"] = scores.coverage[:, k]
        columns[f"{heading} status"] = [STATUSES[code] for code in scores.statuses[:, k]]
        columns[f"{heading} cause"] = [CAUSES[code] for code in scores.causes[:, k]]
    return columns
