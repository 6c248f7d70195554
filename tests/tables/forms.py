"""One questionnaire, and the same answers in every form that can be read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import strategies as st

from agencyindex import Item, Missing, Option, Questionnaire, Response, Section
from agencyindex._model.conditions import Comparison
from agencyindex.errors import AgencyIndexError, Problem

SCALE = (
    Option("introduced", {"sv": "Infört", "en": "Introduced"}),
    Option("tested", {"sv": "Prövat; i drift", "en": "Tested, in use"}),
    Option("no", {"sv": "Nej", "en": "No"}),
    Option("dk", {"sv": "Vet ej", "en": "Don't know"}, missing=Missing.DONT_KNOW),
)
CHANNELS = (
    Option("web", {"sv": "Webb", "en": "Web"}),
    Option("phone", {"sv": "Telefon", "en": "Phone"}),
    Option("post", {"sv": "Brev", "en": "Post"}),
    Option("none", {"sv": "Inget", "en": "None of these"}, exclusive=True),
    Option("dk", {"sv": "Vet ej", "en": "Don't know"}, missing=Missing.DONT_KNOW),
)
ITEMS = (
    Item("rpa", "single_choice", scale="adoption"),
    Item("level", "single_choice", options=[Option("1"), Option("2"), Option("3")]),
    Item("channels", "multiple_choice", options=CHANNELS),
    Item("e_id", "yes_no"),
    Item("fte", "number", minimum=0),
    Item(
        "share",
        "number",
        options=[Option("-9", missing=Missing.DONT_KNOW)],
        minimum=0,
        maximum=100,
        whole=True,
    ),
    Item("logins", "number", condition=Comparison("e_id", "equals", "yes")),
)
QUESTIONNAIRE = Questionnaire(
    id="survey",
    version="1.0.0",
    sections=[Section("all", items=ITEMS)],
    scales={"adoption": SCALE},
)

REASONS = st.sampled_from([each for each in Missing if each is not Missing.NOT_ASKED])
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "rpa": st.sampled_from(["introduced", "tested", "no"]),
    "level": st.sampled_from(["1", "2", "3"]),
    "channels": st.lists(
        st.sampled_from(["web", "phone", "post"]), min_size=1, max_size=3, unique=True
    )
    | st.just(["none"]),
    "e_id": st.sampled_from(["yes", "no"]),
    "fte": st.floats(0, 1e9),
    "share": st.integers(0, 100),
    "logins": st.floats(-1e6, 1e6, allow_nan=False),
}


@st.composite
def responses(draw: st.DrawFn) -> list[Response]:
    """Responses of one to five agencies, with reasons for missing and routing kept to."""
    ids = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True))
    result = []
    for agency in ids:
        answers = {
            item: draw(st.one_of(plain, st.none(), REASONS)) for item, plain in PLAIN.items()
        }
        if answers["e_id"] != "yes":
            del answers["logins"]
        result.append(Response(agency, answers))
    return result


def wording(item: str, value: str, language: str | None) -> str:
    """An option's value, or its label in a language."""
    for option in QUESTIONNAIRE.options(item):
        if option.value == value and language is not None and option.label:
            assert not isinstance(option.label, str)
            return option.label[language]
    return value


def text(item: str, answer: Any, language: str | None = None, separator: str = ";") -> str:
    """The text of an answer in one cell."""
    if answer is None:
        return ""
    if isinstance(answer, Missing):
        return answer.value
    if isinstance(answer, list):
        return separator.join(wording(item, each, language) for each in answer)
    if isinstance(answer, str):
        return wording(item, answer, language)
    return repr(answer)


def wide(answers: Iterable[Response], **how: Any) -> list[dict[str, str]]:
    """A row for each agency, every cell a text."""
    return [
        {
            "agency": each.agency,
            **{item: text(item, each.answers.get(item), **how) for item in PLAIN},
        }
        for each in answers
    ]


def option_columns(answers: Iterable[Response], heading: str, yes: str, no: str) -> list[Any]:
    """The same with a column for each channel."""
    rows = wide(answers)
    for row in rows:
        cell = row.pop("channels")
        chosen = cell.split(";")
        for option in (*(each.value for each in CHANNELS), *(each.value for each in Missing)):
            row[heading.format("channels", option)] = yes if option in chosen else no
    return rows


def long(answers: Iterable[Response], *, split: bool) -> list[dict[str, str]]:
    """A row for each answer, or for each option where ``split``."""
    rows = []
    for each in answers:
        rows.append({"agency": each.agency, "item": "", "answer": ""})
        for item, answer in each.answers.items():
            parts = answer if split and isinstance(answer, list) else [answer]
            cells = [text(item, part) for part in parts]
            rows += [{"agency": each.agency, "item": item, "answer": cell} for cell in cells]
    return rows


def typed(answers: Iterable[Response]) -> list[dict[str, Any]]:
    """A row for each agency, numbers as numbers, empty cells None; reasons as their names."""
    return [
        {
            "agency": each.agency,
            **{item: _typed(item, each.answers.get(item)) for item in PLAIN},
        }
        for each in answers
    ]


def _typed(item: str, answer: Any) -> Any:
    if answer is None or isinstance(answer, list):
        return text(item, answer) or None
    return answer.value if isinstance(answer, Missing) else answer


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], **dialect: Any) -> Path:
    """Write rows as delimited text."""
    encoding = dialect.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), **dialect)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows to a workbook of one sheet."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("answers")
        for k, heading in enumerate(rows[0]):
            sheet.write_string(0, k, heading)
        for i, row in enumerate(rows, start=1):
            for k, cell in enumerate(row.values()):
                if isinstance(cell, str):
                    sheet.write_string(i, k, cell)
                elif isinstance(cell, bool):
                    sheet.write_boolean(i, k, cell)
                elif cell is not None:
                    sheet.write_number(i, k, cell)
    return path


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows as JSON lines."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows of texts as parquet, in several row groups."""
    table = pa.Table.from_pylist([dict(row) for row in rows])
    pq.write_table(table, path, row_group_size=2)
    return path


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows as a mapping of columns."""
    return {heading: [row[heading] for row in rows] for heading in rows[0]}


def chunked(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table whose chunks have dictionaries of their own."""
    parts = []
    for row in rows:
        table = pa.Table.from_pylist([dict(row)])
        encoded = {name: table[name].dictionary_encode() for name in table.column_names}
        parts.append(pa.table(encoded))
    return pa.concat_tables(parts)


FRAMES: dict[str, Callable[[Sequence[Mapping[str, Any]]], Any]] = {
    "polars": pl.DataFrame,
    "polars categories": lambda rows: pl.DataFrame(rows).cast(pl.Categorical),
    "pandas": pd.DataFrame,
    "pandas categories": lambda rows: pd.DataFrame(rows).astype("category"),
    "pyarrow": lambda rows: pa.Table.from_pylist([dict(row) for row in rows]),
    "pyarrow dictionaries": chunked,
    "columns": columns,
    "columns of series": lambda rows: dict(pd.DataFrame(rows)),
    "rows": list,
    "iterator of rows": iter,
}
"""Every form in memory, from rows of texts."""


def problems(error: type[AgencyIndexError], call: Callable[[], object]) -> tuple[Problem, ...]:
    """The findings with which a call is refused."""
    with pytest.raises(error) as caught:
        call()
    return caught.value.problems


def told(error: type[AgencyIndexError], call: Callable[[], object]) -> list[tuple[str, str]]:
    """Code and place of each finding with which a call is refused."""
    return [(each.code, str(each.place)) for each in problems(error, call)]
