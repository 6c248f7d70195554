"""Valid files that went wrong by chance: nothing but the errors of the package comes of them.

With AGENCYINDEX_DEPTH=deep in the environment each test looks at twenty-five times as many.
"""

from __future__ import annotations

import io
import json
import os
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hostile import demo
from tests.hostile.given import QUESTIONNAIRE
from tests.hostile.mutations import altered, damaged

import agencyindex as ai

TIMES = 25 if os.environ.get("AGENCYINDEX_DEPTH") == "deep" else 1


def often(count: int) -> Callable[[Any], Any]:
    """So many examples, or twenty-five times as many."""
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def survives(call: Callable[[], Any]) -> Any:
    """What a call gives, None where it is refused; anything else that it raises gets through."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with suppress(ai.AgencyIndexError):
            return call()
    return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one file at a time."""
    return tmp_path_factory.mktemp("fuzz")


def _documents() -> dict[str, dict[str, Any]]:
    """A valid document of each kind."""
    small = ai.read_responses(
        {"agency": ["a", "b"], "e_id": ["yes", None], "channels": [["web", "post"], None]},
        QUESTIONNAIRE,
        partial=True,
    )
    scores = ai.score(demo.FITTED, demo.RESPONSES)
    nouns = {"small": QUESTIONNAIRE, "answers": small, "scores": scores}
    return demo.DOCUMENTS | {name: ai.document(noun) for name, noun in nouns.items()}


DOCUMENTS = _documents()
TEXTS = {name: json.dumps(each).encode() for name, each in DOCUMENTS.items()}


@often(150)
@given(st.sampled_from(sorted(TEXTS)).flatmap(lambda name: damaged(TEXTS[name])))
def test_documents_with_damaged_bytes(folder: Path, data: bytes) -> None:
    """A JSON file whose bytes are damaged is loaded or refused, and validating never raises."""
    path = folder / "x.json"
    path.write_bytes(data)
    noun = survives(lambda: ai.load(path))
    assert isinstance(ai.validate(path), tuple)
    survives(lambda: ai.read_responses(path, QUESTIONNAIRE, partial=True))
    survives(lambda: ai.read_register(path))
    if noun is not None:
        assert ai.fingerprint(ai.load(ai.document(noun))) == ai.fingerprint(noun)


@often(300)
@given(st.sampled_from(sorted(DOCUMENTS)).flatmap(lambda name: altered(DOCUMENTS[name])))
def test_documents_with_altered_values(document: Any) -> None:
    """A document whose values are altered is loaded or refused; what is loaded, loads again."""
    noun = survives(lambda: ai.load(document))
    assert isinstance(ai.validate(document), tuple)
    survives(lambda: ai.read_responses(document, QUESTIONNAIRE, partial=True))
    if noun is not None:
        assert ai.fingerprint(ai.load(ai.document(noun))) == ai.fingerprint(noun)


@often(150)
@given(altered(DOCUMENTS["technology-demo.index"]), altered(DOCUMENTS["demo-2020.questionnaire"]))
def test_indices_that_load_can_be_used_or_say_why_not(index: Any, questionnaire: Any) -> None:
    """Index and questionnaire, each altered or as it was, are frozen, fitted and scored."""
    answers = DOCUMENTS["demo-2020.responses"]
    for asked in (DOCUMENTS["demo-2020.questionnaire"], questionnaire):
        assert isinstance(ai.validate(index, asked, answers), tuple)
        survives(partial(_use, index, asked, answers))


def _use(index: Any, questionnaire: Any, answers: Any) -> None:
    definition = ai.load(index, ai.IndexDefinition)
    asked = ai.load(questionnaire, ai.Questionnaire)
    survives(partial(ai.freeze, definition, asked))
    responses = ai.read_responses(answers, asked)
    scores = ai.score(ai.fit(definition, responses), responses)
    again = ai.load(ai.document(scores), ai.Scores)
    assert ai.fingerprint(again) == ai.fingerprint(scores)


HEADINGS = ["agency", "e_id", "level", "fte", "channels"]
ROWS = [
    ["a", "yes", "low", 1.5, "web;post"],
    ["b", "no", "high", -0.0, "web"],
    ["å", "dont_know", None, 1e300, None],
]
LONG = "agency,item,answer\na,level,low\na,channels,web\na,channels,post\nb,fte,3\nb,e_id,yes\n"
REGISTER = (
    "id;name_sv;name:en;organisation_number;fte;ministry;valid_from;successors;x\n"
    "a;Å;A;202100-6883;80;Fi;2020-01-01;b;1\nb;B;B;;;;;;\n"
)


def _csv() -> bytes:
    rows = [HEADINGS, *([("" if cell is None else str(cell)) for cell in row] for row in ROWS)]
    return "".join(",".join(row) + "\n" for row in rows).encode()


def _lines() -> bytes:
    rows = (dict(zip(HEADINGS, row, strict=True)) for row in ROWS)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _book(**options: Any) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as workbook:
        sheet = workbook.add_worksheet("s")
        for number, row in enumerate([HEADINGS, *ROWS]):
            sheet.write_row(number, 0, row)
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_number("D4", 44_000, day)
        sheet.write_formula("D3", "=1+1", None, 2)
        sheet.merge_range("G2:G3", "")
        sheet.set_column("H:H", 9, None, {"hidden": True})
    return stream.getvalue()


def _parquet() -> bytes:
    stream = io.BytesIO()
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    pq.write_table(pa.Table.from_pylist(rows), stream, row_group_size=2)
    return stream.getvalue()


def check_table(folder: Path, ending: str, data: bytes) -> None:
    """Read a table in every way that there is."""
    path = folder / f"x.{ending}"
    path.write_bytes(data)
    for how in ({}, {"layout": "long"}, {"decimal_comma": True, "ignore": ["fte"]}):
        read = survives(partial(ai.read_responses, path, QUESTIONNAIRE, **how))
        if read is not None:
            assert len(read.fingerprint()) == 64
    for agency in ("id", "agency"):
        register = survives(partial(ai.read_register, path, agency=agency))
        if register is not None:
            assert ai.fingerprint(register)


@often(150)
@given(st.sampled_from([_csv(), LONG.encode(), REGISTER.encode()]).flatmap(damaged))
def test_delimited_text(folder: Path, data: bytes) -> None:
    """Damaged csv is read or refused."""
    check_table(folder, "csv", data)


@often(150)
@given(damaged(_lines()))
def test_json_lines(folder: Path, data: bytes) -> None:
    """Damaged JSON lines are read or refused."""
    check_table(folder, "jsonl", data)


@often(100)
@given(st.lists(altered(dict(zip(HEADINGS, ROWS[0], strict=True))), min_size=1, max_size=4))
def test_rows_of_any_values(folder: Path, rows: list[Any]) -> None:
    """JSON lines with any values in their cells are read or refused."""
    check_table(folder, "jsonl", "\n".join(json.dumps(row) for row in rows).encode())


@often(100)
@given(st.sampled_from([_book(), _book(in_memory=True, constant_memory=True)]).flatmap(damaged))
def test_workbooks_with_damaged_bytes(folder: Path, data: bytes) -> None:
    """An archive whose bytes are damaged is read or refused."""
    check_table(folder, "xlsx", data)


@st.composite
def damaged_part(draw: st.DrawFn, data: bytes) -> bytes:
    """A workbook with the XML of one part damaged, in an archive that is whole."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = [name for name in old.namelist() if not name.startswith(("docProps", "xl/theme"))]
        chosen = draw(st.sampled_from(names))
        for name in names:
            content = old.read(name)
            new.writestr(name, draw(damaged(content)) if name == chosen else content)
    return stream.getvalue()


@often(150)
@given(st.sampled_from([_book(), _book(in_memory=True, date_1904=True)]).flatmap(damaged_part))
def test_workbooks_with_damaged_parts(folder: Path, data: bytes) -> None:
    """A sound archive of damaged XML is read or refused."""
    check_table(folder, "xlsx", data)


@often(100)
@given(damaged(_parquet()))
def test_parquet(folder: Path, data: bytes) -> None:
    """Damaged parquet is read or refused."""
    check_table(folder, "parquet", data)
