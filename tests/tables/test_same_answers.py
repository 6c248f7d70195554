"""The same answers are the same, whatever the form in which they come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.forms import (
    FRAMES,
    QUESTIONNAIRE,
    columns,
    long,
    option_columns,
    responses,
    typed,
    wide,
    write_csv,
    write_lines,
    write_parquet,
    write_xlsx,
)

from agencyindex import Response, Responses, read_responses
from agencyindex._documents.api import document, dump

few = settings(max_examples=25, deadline=None)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that all examples of a test share."""
    with TemporaryDirectory() as name:
        yield Path(name)


def expected(answers: list[Response]) -> str:
    """The fingerprint of the answers, coded one by one."""
    return Responses.of(QUESTIONNAIRE, answers).fingerprint()


def read(source: object, **how: object) -> str:
    """The fingerprint of what is read."""
    return read_responses(source, QUESTIONNAIRE, **how).fingerprint()


@few
@given(responses(), st.sampled_from(",;\t"), st.booleans(), st.sampled_from([".csv", ".txt"]))
def test_csv(
    folder: Path, answers: list[Response], delimiter: str, mark: bool, ending: str
) -> None:
    """Any delimiter, with or without a byte order mark, gives the same answers."""
    path = folder / f"answers{ending}"
    encoding = "utf-8-sig" if mark else "utf-8"
    write_csv(path, wide(answers), delimiter=delimiter, encoding=encoding)
    assert expected(answers) == read(path)


@few
@given(responses(), st.sampled_from(["sv", "en", None]), st.sampled_from(["|", ";", "/"]))
def test_labels(answers: list[Response], language: str | None, separator: str) -> None:
    """Labels of any language say the same as values, whatever the separator of options."""
    rows = wide(answers, language=language, separator=separator)
    assert expected(answers) == read(rows, separator=separator)


@few
@given(responses(), st.sampled_from([str.upper, str.title, " {} ".format]))
def test_case_and_space(answers: list[Response], change: object) -> None:
    """Neither case nor surplus white space changes an option."""
    rows = wide(answers, language="sv")
    for row in rows:
        for item in ("rpa", "channels", "e_id"):
            if "_" not in row[item]:  # the names of reasons are exact
                row[item] = change(row[item])
    changed = [{**row, "refused": ""} for row in rows]
    plain = [item for item in answers if "refused" not in map(_name, item.answers.values())]
    kept = {item.agency for item in plain}
    rows = [row for row in changed if row["agency"] in kept]
    if rows:
        assert expected(plain) == read(rows, ignore=["refused"])


def _name(answer: object) -> object:
    return getattr(answer, "value", answer)


@few
@given(responses(), st.sampled_from(sorted(FRAMES)))
def test_frames(answers: list[Response], frame: str) -> None:
    """Data frames of every library, mappings and rows give the same answers."""
    assert expected(answers) == read(FRAMES[frame](wide(answers)))


@few
@given(responses())
def test_typed_cells(folder: Path, answers: list[Response]) -> None:
    """Numbers kept as numbers give the same answers in workbooks, JSON lines and plain rows."""
    rows = typed(answers)
    assert expected(answers) == read(rows)
    assert expected(answers) == read(columns(rows))
    # XlsxWriter writes 16 digits, where some numbers need 17.
    short = [
        {
            key: float(f"{cell:.15g}") if isinstance(cell, float) else cell
            for key, cell in row.items()
        }
        for row in rows
    ]
    assert read(short) == read(write_xlsx(folder / "answers.xlsx", short))
    assert expected(answers) == read(write_lines(folder / "answers.jsonl", rows))
    assert expected(answers) == read(write_parquet(folder / "answers.parquet", wide(answers)))


@few
@given(responses())
def test_lists_and_reasons(folder: Path, answers: list[Response]) -> None:
    """JSON lines take lists of options, and reasons as a responses document writes them."""
    rows = [{"agency": each.agency, **each.answers} for each in answers]
    assert expected(answers) == read(rows, partial=True)
    stated = [
        {"agency": each["agency"], **each["answers"]}
        for each in document(Responses.of(QUESTIONNAIRE, answers))["responses"]
    ]
    assert expected(answers) == read(write_lines(folder / "stated.ndjson", stated), partial=True)


@few
@given(responses())
def test_response_objects_and_documents(folder: Path, answers: list[Response]) -> None:
    """Responses as objects and as a document give the same answers."""
    assert expected(answers) == read(iter(answers))
    coded = Responses.of(QUESTIONNAIRE, answers)
    dump(coded, folder / "answers.json")
    assert expected(answers) == read(folder / "answers.json")
    assert expected(answers) == read(document(coded))


@few
@given(
    responses(),
    st.sampled_from(["{}/{}", "{}[{}]"]),
    st.sampled_from([("1", "0"), ("Yes", "No"), ("ja", "nej"), ("TRUE", "FALSE"), ("x", "")]),
)
def test_option_columns(answers: list[Response], heading: str, flags: tuple[str, str]) -> None:
    """A column for each option says the same as one cell."""
    assert expected(answers) == read(option_columns(answers, heading, *flags))


@few
@given(responses())
def test_typed_option_columns(answers: list[Response]) -> None:
    """Option columns may hold truth values or numbers."""
    rows = option_columns(answers, "{}/{}", "1", "0")
    for yes, no in ((True, False), (1, 0), (1.0, 0.0)):
        changed = [
            {key: (yes if cell == "1" else no) if "/" in key else cell for key, cell in row.items()}
            for row in rows
        ]
        assert expected(answers) == read(FRAMES["polars"](changed))
        assert expected(answers) == read(changed)


@few
@given(responses(), st.booleans(), st.randoms(use_true_random=False))
def test_long(folder: Path, answers: list[Response], split: bool, chance: random.Random) -> None:
    """A row for each answer says the same, whatever the order of the rows."""
    rows = long(answers, split=split)
    chance.shuffle(rows)
    assert expected(answers) == read(rows, layout="long")
    path = write_csv(folder / "long.csv", rows, delimiter=";")
    assert expected(answers) == read(path, layout="long")
    assert expected(answers) == read(FRAMES["polars categories"](rows), layout="long")


@few
@given(responses(), st.randoms(use_true_random=False))
def test_order(answers: list[Response], chance: random.Random) -> None:
    """Neither the order of the columns nor that of the rows changes anything."""
    rows = wide(answers)
    headings = list(rows[0])
    chance.shuffle(headings)
    chance.shuffle(rows)
    assert expected(answers) == read([{key: row[key] for key in headings} for row in rows])


@few
@given(responses())
def test_decimal_commas(folder: Path, answers: list[Response]) -> None:
    """Swedish numbers say the same where they are declared."""
    rows = wide(
        Response(
            each.agency,
            {
                item: round(answer, 2) if isinstance(answer, float) else answer
                for item, answer in each.answers.items()
            },
        )
        for each in answers
    )
    plain = read(rows)
    for row in rows:
        for item in ("fte", "logins"):
            row[item] = swedish(row[item])
    path = write_csv(folder / "swedish.csv", rows, delimiter=";")
    assert plain == read(path, decimal_comma=True)


def swedish(text: str) -> str:
    """A number as Swedes write it: a comma, and a no-break space between thousands."""
    try:
        number = float(text)
    except ValueError:
        return text
    grouped = f"{number:,.2f}"
    return grouped.replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")
