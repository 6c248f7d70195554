"""Registers of agencies from tables, and what is wrong in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import xlsxwriter
from tests.tables.forms import columns, told, write_csv, write_lines

from agencyindex import Agency, Register, dump, read_register
from agencyindex.errors import ResponseError

ROWS = [
    {
        "id": "digg",
        "name_sv": "Myndigheten för digital förvaltning",
        "name:en": "Agency for Digital Government",
        "organisation_number": "202100-6883",
        "fte": "80.5",
        "ministry": "Finans",
        "sector": "",
        "valid_from": "2018-09-01",
        "valid_to": "",
        "successors": "",
        "county": "Västernorrland",
        "code": "0180",
        "budget": "1200",
    },
    {
        "id": "old",
        "name_sv": "Den gamla",
        "name:en": "",
        "organisation_number": "",
        "fte": "",
        "ministry": "",
        "sector": "x",
        "valid_from": "",
        "valid_to": "2018-08-31",
        "successors": "digg; new",
        "county": "",
        "code": "",
        "budget": "",
    },
    {"id": "new"},
]
FULL = [{key: row.get(key, "") for key in ROWS[0]} for row in ROWS]
REGISTER = Register(
    id="swedish",
    version="2.0.0",
    title={"sv": "Myndigheter"},
    agencies=[
        Agency(
            "digg",
            name={
                "sv": "Myndigheten för digital förvaltning",
                "en": "Agency for Digital Government",
            },
            organisation_number="202100-6883",
            fte=80.5,
            ministry="Finans",
            valid_from=date(2018, 9, 1),
            attributes={"county": "Västernorrland", "code": "0180", "budget": 1200.0},
        ),
        Agency(
            "old",
            name={"sv": "Den gamla"},
            sector="x",
            valid_to=date(2018, 8, 31),
            successors=("digg", "new"),
        ),
        Agency("new"),
    ],
)
STATED = {"id": "swedish", "version": "2.0.0", "title": {"sv": "Myndigheter"}}


def refused(source: object, **how: object) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return told(ResponseError, lambda: read_register(source, **how))


def test_text(tmp_path: Path):
    """Every column of a register is read from text; only named attributes become numbers."""
    path = write_csv(tmp_path / "r.csv", FULL, delimiter=";")
    assert read_register(path, numbers=["budget"], **STATED) == REGISTER
    assert read_register(path)["digg"].attributes["budget"] == "1200"
    assert (
        read_register(write_lines(tmp_path / "r.jsonl", ROWS), numbers=["budget"], **STATED)
        == REGISTER
    )


def test_typed_cells(tmp_path: Path):
    """Numbers and days that are cells of their own kind are taken as they are."""
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, list(ROWS[0]))
        for i, row in enumerate(FULL, start=1):
            for k, (key, cell) in enumerate(row.items()):
                if key in ("fte", "budget") and cell:
                    sheet.write_number(i, k, float(cell))
                elif key.startswith("valid") and cell:
                    sheet.write_datetime(i, k, date.fromisoformat(cell), day)
                else:
                    sheet.write_string(i, k, cell)
    assert read_register(path, **STATED) == REGISTER


def test_frames_and_lists():
    """Data frames and mappings give registers too; successors may be lists."""
    frame = pl.DataFrame(
        {
            "id": [1, 2],
            "fte": [10, None],
            "valid_from": [date(2020, 1, 1), None],
            "successors": [["2"], []],
            "size": [3, None],
        }
    )
    first, second = read_register(frame)
    assert (
        Agency(
            "1", fte=10.0, valid_from=date(2020, 1, 1), successors=("2",), attributes={"size": 3.0}
        )
        == first
    )
    assert Agency("2") == second
    assert read_register(columns(FULL)).agencies == read_register(FULL).agencies


def test_organisation_number_as_a_number():
    """A spreadsheet that made a number of the organisation number is forgiven."""
    assert (
        read_register({"id": ["a"], "organisation_number": [2021006883.0]})["a"].organisation_number
        == "2021006883"
    )


def test_document(tmp_path: Path):
    """A register document gives itself."""
    dump(REGISTER, tmp_path / "r.json")
    assert read_register(tmp_path / "r.json") == REGISTER


def test_one_name():
    """A name without a language is a plain text."""
    assert read_register({"id": ["a"], "name": ["Digg"]})["a"].name == "Digg"


def test_all_findings_together(tmp_path: Path):
    """Everything wrong is told at once, each with its row and column."""
    rows = [
        {"id": "a", "organisation_number": "202100-6884", "fte": "many", "valid_to": "2020-13-01"},
        {"id": "a", "fte": "-1", "valid_from": "2020-01-02", "valid_to": "2020-01-01"},
        {"id": "", "successors": "b", "budget": "x", "fte": "1,5"},
        {"id": "", "successors": "a", "budget": "1"},
    ]
    keys = ["id", "organisation_number", "fte", "valid_from", "valid_to", "successors", "budget"]
    path = write_csv(tmp_path / "r.csv", [{key: row.get(key, "") for key in keys} for row in rows])
    assert sorted(refused(path, numbers=["budget"]), key=lambda each: each[1]) == [
        ("not-a-number", "r.csv row 2, column fte, agency a"),
        ("bad-organisation-number", "r.csv row 2, column organisation_number, agency a"),
        ("bad-pattern", "r.csv row 2, column valid_to, agency a"),
        ("outside-bounds", "r.csv row 3, column fte, agency a"),
        ("duplicate-id", "r.csv row 3, column id, agency a"),
        ("date-order", "r.csv row 3, column valid_to, agency a"),
        ("empty-agency", "r.csv row 4"),
        ("not-a-number", "r.csv row 4, column budget"),
        ("not-a-number", "r.csv row 4, column fte"),
        ("unknown-successor", "r.csv row 4, column successors"),
        ("empty-agency", "r.csv row 5"),
    ]


def test_headings():
    """The id's column must be there; names with and without a language cannot be told apart."""
    assert refused({"ids": ["a"]}) == [("no-agency-column", "row 1")]
    assert refused({"id": ["a"], "name": ["x"], "name_sv": ["y"]}) == [
        ("duplicate-column", "row 1, column name")
    ]
    assert refused({"id": ["a"], "": ["lost"]}) == [("unknown-column", "row 1")]
    assert (
        Agency("a")
        == read_register({"key": ["a"], "note": ["x"]}, agency="key", ignore=["note"])["a"]
    )


def test_no_rows():
    """A register without agencies is refused."""
    assert refused([]) == [("no-rows", "")]


def test_a_time_of_day_is_passed_over():
    """A cell that is a day with a time is that day."""
    cells = {"id": ["a"], "valid_from": [datetime(2020, 1, 2, 12, tzinfo=UTC)]}
    assert read_register(cells)["a"].valid_from == date(2020, 1, 2)


def test_swedish_headings():
    """What is known of an agency may be headed in Swedish, whatever the case."""
    table = {
        "id": ["a"],
        "Namn": ["Arkivet"],
        "Organisationsnummer": ["202100-6883"],
        "årsarbetskrafter": ["80,5"],
        "departement": ["Finans"],
        "SEKTOR": ["x"],
        "Län": ["Västernorrland"],
    }
    assert read_register(table, decimal_comma=True)["a"] == Agency(
        "a",
        name="Arkivet",
        organisation_number="202100-6883",
        fte=80.5,
        ministry="Finans",
        sector="x",
        attributes={"Län": "Västernorrland"},
    )
    wrong = {"id": ["a"], "fte": [1], "Årsarbetskrafter": [-1], "organisationsnummer": ["2"]}
    assert told(ResponseError, lambda: read_register(wrong)) == [
        ("duplicate-column", "row 1, column Årsarbetskrafter"),
        ("bad-organisation-number", "row 2, column organisationsnummer, agency a"),
        ("outside-bounds", "row 2, column Årsarbetskrafter, agency a"),
    ]
