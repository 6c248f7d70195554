"""Files that hold no table, or one that cannot be read, are refused with the row."""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
import xlsxwriter
from tests.tables.forms import QUESTIONNAIRE, problems, told, write_csv

from agencyindex import Missing, read_responses
from agencyindex.errors import (
    DocumentError,
    FileError,
    MissingExtraError,
    ResponseError,
    shown,
)
from agencyindex.tables import text


def refused(path: object, **how: object) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return told(ResponseError, lambda: read_responses(path, QUESTIONNAIRE, partial=True, **how))


def written(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("", "not-a-table", "row 1"),
        ("\n\n", "not-a-table", "row 1"),
        ("agency,rpa\n", "no-rows", ""),
        ("agency,rpa\n,\n\n", "no-rows", ""),
        ("id,rpa\na,no\n", "no-agency-column", "row 1"),
        ("agency,x;agency\n", "not-a-table", "row 1"),
        ('agency,rpa\na,"no\nb,no\n', "not-a-table", "row 2"),
        ('agency,rpa\n\na,"no"x\n', "not-a-table", "row 3"),
        ("agency,rpa\na,no,x\n", "not-a-table", "row 2"),
        ("agency,rpa\n\n,\na\n", "not-a-table", "row 4"),
        (b"agency,rpa\na,no\nb,inf\xf6rt\n", "not-utf8", "row 3"),
        ("agency,rpa\na,no\n".encode("utf-16"), "not-utf8", "row 1"),
    ],
)
def test_delimited_text(tmp_path: Path, content: str | bytes, code: str, place: str):
    """Each way in which delimited text can be no table has its row."""
    path = written(tmp_path / "answers.csv", content)
    where = f"answers.csv {place}".strip()
    assert [(code, where)] == refused(path)


def test_every_ragged_row(tmp_path: Path):
    """All rows with too few or too many cells are told at once."""
    path = written(tmp_path / "answers.csv", "agency;rpa\na\nb;no\nc;no;no\n")
    assert refused(path) == [
        ("not-a-table", "answers.csv row 2"),
        ("not-a-table", "answers.csv row 4"),
    ]


def test_rows_as_a_spreadsheet_counts(tmp_path: Path):
    """Empty rows and line breaks within cells are counted as a spreadsheet shows them."""
    path = written(tmp_path / "a.csv", 'agency,"rpa"\r\n\r\n"a","\r\nno"\r\n,\r\nb,x\r\n')
    assert refused(path) == [("not-an-option", "a.csv row 5, agency b, item rpa")]


def test_headings_with_line_breaks_and_quotes(tmp_path: Path):
    """A heading may hold a line break and the delimiter."""
    path = written(tmp_path / "a.csv", '"a\nnote, long",agency,rpa\nx,a,no\n')
    read = read_responses(path, QUESTIONNAIRE, partial=True, ignore=["a\nnote, long"])
    assert read["a"].answers["rpa"] == "no"


def test_delimiter_that_is_said(tmp_path: Path):
    """A delimiter that is said is taken, whatever the header."""
    path = written(tmp_path / "a.txt", "agency|rpa\na|no\n")
    assert (
        read_responses(path, QUESTIONNAIRE, partial=True, delimiter="|")["a"].answers["rpa"] == "no"
    )
    path = written(tmp_path / "a.tsv", "agency\trpa\na\tno\n")
    assert read_responses(path, QUESTIONNAIRE, partial=True)["a"].answers["rpa"] == "no"
    assert refused(tmp_path / "a.txt", delimiter=";") == [
        ("no-agency-column", "a.txt row 1"),
        ("unknown-column", "a.txt row 1, column agency|rpa"),
    ]


def test_only_agencies(tmp_path: Path):
    """A single column needs no delimiter."""
    path = written(tmp_path / "a.csv", "agency\na\nb\n")
    assert read_responses(path, QUESTIONNAIRE, partial=True).agencies == ("a", "b")


def test_text_in_many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Reading in blocks changes nothing."""
    rows = [{"agency": f"a{i}", "level": str(i % 3 + 1), "fte": str(i)} for i in range(25)]
    path = write_csv(tmp_path / "a.csv", rows)
    whole = read_responses(path, QUESTIONNAIRE, partial=True)
    monkeypatch.setattr(text, "BLOCK", 4)
    assert whole.fingerprint() == read_responses(path, QUESTIONNAIRE, partial=True).fingerprint()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("answers.doc", "unknown-format"),
        ("answers", "unknown-format"),
        ("missing.csv", "file-not-found"),
        ("missing.json", "file-not-found"),
        ("folder.csv", "not-a-file"),
        ("nul\0.csv", "not-readable"),
    ],
)
def test_files_that_cannot_be_opened(tmp_path: Path, name: str, code: str):
    """A file that is not there, is a folder or has a strange ending is refused by name."""
    (tmp_path / "folder.csv").mkdir()
    path = f"{tmp_path}/{name}"
    assert [(code, shown(path))] == told(
        FileError, lambda: read_responses(path, QUESTIONNAIRE, partial=True)
    )


def book(path: Path, **cells: object) -> Path:
    """A workbook of one sheet with these cells, by reference."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Svar > 'mer' &")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for reference, cell in cells.items():
            if isinstance(cell, date):
                sheet.write_datetime(reference, cell, day)
            elif isinstance(cell, str) and cell.startswith("#"):
                sheet.write_formula(reference, "=NA()", None, cell)
            else:
                sheet.write(reference, cell)
    return path


def test_workbook_cells(tmp_path: Path):
    """Dates and errors are findings; rows are counted as the spreadsheet counts them."""
    path = book(
        tmp_path / "a.xlsx",
        A1="agency", B1=" rpa ", C1="fte", D1="e_id",
        A2=1, B2=date(2020, 1, 2), C2=date(2020, 1, 2),
        A4="b", B4="#N/A", C4="#DIV/0!", D4=True,
    )  # fmt: skip
    assert refused(path) == [
        ("not-a-number", "a.xlsx row 2, agency 1, item fte"),
        ("not-an-option", "a.xlsx row 2, agency 1, item rpa"),
        ("not-a-number", "a.xlsx row 4, agency b, item fte"),
        ("not-an-option", "a.xlsx row 4, agency b, item rpa"),
    ]
    messages = [
        each.message
        for each in problems(
            ResponseError, lambda: read_responses(path, QUESTIONNAIRE, partial=True)
        )
    ]
    assert messages[0] == "2020-01-02 is a date."
    mends = [
        each.mend
        for each in problems(
            ResponseError, lambda: read_responses(path, QUESTIONNAIRE, partial=True)
        )
    ]
    assert mends[0] == "Format the cell as a number, and write the answer again."
    assert messages[3] == "#N/A is an error of the spreadsheet."


def test_workbook_layout(tmp_path: Path):
    """The first row must hold a heading for every column that has cells."""
    assert refused(book(tmp_path / "a.xlsx", A2="agency")) == [("not-a-table", "a.xlsx row 1")]
    assert refused(book(tmp_path / "a.xlsx")) == [("not-a-table", "a.xlsx row 1")]
    assert refused(book(tmp_path / "a.xlsx", A1="agency", A2=" ")) == [("no-rows", "a.xlsx")]
    assert refused(book(tmp_path / "a.xlsx", A1="agency", A3="a", B3="lost")) == [
        ("not-a-table", "a.xlsx row 3")
    ]


def test_sheets(tmp_path: Path):
    """Of several sheets one must be named, and be there."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, agency in (("first", "a"), ("second", "b")):
            sheet = workbook.add_worksheet(name)
            sheet.write_column(0, 0, ["agency", agency])
    (found,) = problems(ResponseError, lambda: read_responses(path, QUESTIONNAIRE, partial=True))
    assert (found.code, str(found.place)) == ("not-a-table", "a.xlsx")
    assert found.message == 'The workbook has 2 sheets: "first", "second".'
    assert read_responses(path, QUESTIONNAIRE, partial=True, sheet="second").agencies == ("b",)
    (found,) = problems(
        ResponseError, lambda: read_responses(path, QUESTIONNAIRE, partial=True, sheet="secund")
    )
    assert (found.code, str(found.place)) == ("not-a-table", "a.xlsx")
    assert found.mend == 'Did you mean "second"?'


def test_no_workbook(tmp_path: Path):
    """A file that is no workbook is refused."""
    assert refused(written(tmp_path / "a.xlsx", "agency")) == [("not-a-table", "a.xlsx")]
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("x", "y")
    assert refused(tmp_path / "b.xlsx") == [("not-a-table", "b.xlsx")]


def test_parquet(tmp_path: Path):
    """A file that is no parquet is refused; rows of one that is are counted from 2."""
    assert refused(written(tmp_path / "a.parquet", "agency")) == [("not-a-table", "a.parquet")]
    pl.DataFrame({"agency": ["a", "b"], "rpa": ["no", "x"]}).write_parquet(tmp_path / "b.parquet")
    assert refused(tmp_path / "b.parquet") == [
        ("not-an-option", "b.parquet row 3, agency b, item rpa")
    ]


def test_arrow_types():
    """Every Arrow type of an answer is read: decimals, views, lists, nulls, days."""
    frame = pa.table(
        {
            "agency": pa.array(["a", "b"], pa.string_view()),
            "fte": pa.array([1.5, None]).cast(pa.decimal128(5, 1)),
            "share": pa.array([7, None], pa.uint8()),
            "level": pa.array([3, None], pa.int8()),
            "channels": pa.array([["web", "post"], None]),
            "rpa": pa.nulls(2),
            "e_id": pa.array([True, None]),
        }
    )
    read = read_responses(frame, QUESTIONNAIRE, partial=True)
    assert read["a"].answers == {
        "rpa": Missing.NOT_ANSWERED,
        "level": "3",
        "channels": ("web", "post"),
        "e_id": "yes",
        "fte": 1.5,
        "share": 7.0,
        "logins": Missing.NOT_ANSWERED,
    }
    days = pa.table({"agency": ["a"], "fte": [date(2020, 1, 2)]})
    assert refused(days) == [("not-a-number", "row 2, agency a, item fte")]


def test_arrow_has_nulls():
    """A NaN in Arrow is no missing value, since Arrow has a way to say that."""
    frame = pl.DataFrame({"agency": ["a", "b"], "fte": [float("nan"), None]})
    assert refused(frame) == [("not-a-number", "row 2, agency a, item fte")]


def test_a_frame_without_chunks():
    """An empty data frame has no rows."""
    frame = pl.DataFrame({"agency": []}, schema={"agency": pl.Categorical})
    assert refused(frame) == [("no-rows", "")]


class Broken:
    """A data frame whose stream fails."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise pa.ArrowInvalid("mixed\ntypes")


def test_a_broken_stream():
    """A data frame that cannot be given as Arrow is refused with its first line of reason."""
    (found,) = problems(
        ResponseError, lambda: read_responses(Broken(), QUESTIONNAIRE, partial=True)
    )
    assert (found.code, str(found.place)) == ("not-a-table", "")
    assert found.message == "The data frame cannot be given as Arrow: mixed."


def test_json_lines(tmp_path: Path):
    """Every line that is no object in strict JSON is told at once, by its number."""
    lines = [
        b'{"agency": "a", "rpa": "no"}',
        b"",
        b"[1]",
        b'{"agency": "a"',
        b'{"agency": "a", "agency": "b"}',
        b'{"agency": "a", "fte": NaN}',
        b'{"agency": "\xff"}',
    ]
    path = written(tmp_path / "a.jsonl", b"\n".join(lines))
    assert refused(path) == [
        ("not-a-table", "a.jsonl row 3"),
        ("not-json", "a.jsonl row 4"),
        ("duplicate-key", "a.jsonl row 5"),
        ("not-finite", "a.jsonl row 6"),
        ("not-utf8", "a.jsonl row 7"),
    ]
    path = written(
        tmp_path / "b.jsonl", b'\xef\xbb\xbf{"agency": "a"}\n\n{"agency": "b", "rpa": "x"}'
    )
    assert refused(path) == [("not-an-option", "b.jsonl row 3, agency b, item rpa")]
    assert refused(written(tmp_path / "c.jsonl", "\n")) == [("no-rows", "c.jsonl")]


def test_a_document_of_another_kind(tmp_path: Path):
    """A JSON document that states no responses is refused as one."""
    path = written(
        tmp_path / "a.json",
        '{"schema": "agencyindex/register/1", "id": "r", "version": "1.0.0", "agencies": []}',
    )
    ((code, _place),) = told(
        DocumentError, lambda: read_responses(path, QUESTIONNAIRE, partial=True)
    )
    assert code == "wrong-kind"


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("a.parquet", "pyarrow", "arrow"),
        ("frame", "pyarrow", "arrow"),
    ],
)
def test_missing_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
):
    """Without the optional library the message says what to install."""
    frame = pl.DataFrame({"agency": ["a"]})
    source = frame if name == "frame" else tmp_path / name
    if name != "frame":
        frame.write_parquet(source)
    monkeypatch.setitem(sys.modules, library, None)
    (found,) = problems(
        MissingExtraError, lambda: read_responses(source, QUESTIONNAIRE, partial=True)
    )
    assert (found.code, str(found.place)) == ("missing-extra", "")
    assert f'Run: pip install "agencyindex[{extra}]"' == found.mend


def test_a_workbook_of_another_program(tmp_path: Path):
    """Prefixed tags, single quotes and absolute targets are read; errors are still found."""
    spaces = "xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    texts = {
        "[Content_Types].xml": f"<Types xmlns='{package}/content-types'></Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}/relationships'>"
        f"<Relationship Target='/xl/workbook.xml' Id='r0' Type='{links}/officeDocument'/>"
        "</Relationships>",
        "xl/workbook.xml": f"<x:workbook {spaces} xmlns:r='{links}'><x:sheets>"
        "<x:sheet r:id='r1' name='s' sheetId='1'/></x:sheets></x:workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}/relationships'>"
        f"<Relationship Target='/xl/worksheets/one.xml' Id='r1' Type='{links}/worksheet'/>"
        "</Relationships>",
        "xl/worksheets/one.xml": f"<x:worksheet {spaces}><x:sheetData><x:row r='1'>"
        "<x:c r='A1' t='str'><x:v>agency</x:v></x:c><x:c r='B1' t='str'><x:v>rpa</x:v></x:c>"
        "</x:row><x:row r='2'><x:c r='A2' t='str'><x:v>a</x:v></x:c>"
        "<x:c r='B2' t='e'><x:v>#REF!</x:v></x:c></x:row></x:sheetData></x:worksheet>",
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, content in texts.items():
            archive.writestr(name, content)
    assert refused(tmp_path / "a.xlsx") == [("not-an-option", "a.xlsx row 2, agency a, item rpa")]
