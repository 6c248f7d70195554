"""Workbooks that are broken, mean harm or are not what they seem: what is printed of each."""

from __future__ import annotations

import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from tests.hostile.books import MAIN, parts, sheet, table, write
from tests.hostile.given import QUESTIONNAIRE, Call, expected, own, printed

import agencyindex as ai
from agencyindex.tables.spreadsheet import read_spreadsheet

NAME = "answers.xlsx"


def read(**how: Any) -> Call:
    """Read responses from the workbook in the working folder."""
    return lambda: ai.read_responses(NAME, QUESTIONNAIRE, partial=True, **how)


def raw(content: bytes) -> Call:
    """Read a file with this content."""
    Path(NAME).write_bytes(content)
    return read()


def book(content: str, **more: str) -> Call:
    """Read a workbook whose sheet is this XML."""
    write(Path(NAME), parts(content, **more))
    return read()


def changed(**changes: str) -> Call:
    """Read a workbook of the small table with these cells."""
    return book(sheet(table(**changes)))


def made(build: Callable[[Any, Any], object]) -> Call:
    """Read what a program writes: the small table, and what is added to it."""
    with xlsxwriter.Workbook(NAME) as workbook:
        first = workbook.add_worksheet("s")
        first.write_row("A1", ["agency", "level", "fte"])
        first.write_row("A2", ["a", "low", 1])
        first.write_row("A3", ["b", "high", 2])
        build(workbook, first)
    return read()


def bomb() -> Call:
    """A sheet of ten gigabytes, nearly all of it blank, in a file of ten kilobytes."""
    write(Path(NAME), parts(sheet(table(C2="<c><v>1</v></c>"))))
    return _declaring(10 << 30)


def lie() -> Call:
    """A sheet that unpacks to more than it says."""
    write(Path(NAME), parts(sheet(table()) + " " * 100_000_000))
    return _declaring(1000)


def _declaring(size: int) -> Call:
    """State another size of the sheet where the archive lists its parts."""
    data = bytearray(Path(NAME).read_bytes())
    entry = data.rindex(b"xl/sheet.xml") - 46
    assert data[entry : entry + 4] == b"PK\1\2"
    if size < 1 << 32:
        struct.pack_into("<L", data, entry + 24, size)
        return raw(bytes(data))
    # Sizes of four gigabytes and more stand in an extra field.
    struct.pack_into("<L", data, entry + 24, 0xFFFFFFFF)
    struct.pack_into("<H", data, entry + 30, 12)
    data[entry + 58 : entry + 58] = struct.pack("<HHQ", 1, 8, size)
    end = data.rindex(b"PK\5\6")
    (length,) = struct.unpack_from("<L", data, end + 12)
    struct.pack_into("<L", data, end + 12, length + 12)
    return raw(bytes(data))


def twice() -> Call:
    """An archive with two parts whose names differ by the case of a letter."""
    contents = parts(sheet(table()))
    write(Path(NAME), contents | {"xl/SHEET.xml": sheet(table(B2="high"))})
    return read()


def entities(declared: str) -> Call:
    """A sheet with entities of its own."""
    return book(f"<!DOCTYPE w [{declared}]>" + sheet(table(B2="&x;")))


LAUGHS = "<!ENTITY x 'lol'>" + "".join(
    f"<!ENTITY x{each} '{f'&x{each - 1};' * 10}'>" for each in range(1, 30)
)
FORMULA = "<c><f>SUM(D2:E2)</f>{}</c>"
DATE = f"<styleSheet xmlns='{MAIN}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"


def _archive(contents: dict[str, str | bytes]) -> Call:
    write(Path(NAME), contents)
    return read()


def _opendocument() -> Call:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(NAME, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", "<x/>")
    return read()


def _binary() -> Call:
    contents = parts("")
    return _archive({**contents, "_rels/.rels": contents["_rels/.rels"].replace(".xml", ".bin")})


def _packed(method: int) -> Call:
    with zipfile.ZipFile(NAME, "w", method) as archive:
        for name, content in parts(sheet(table())).items():
            archive.writestr(name, content)
    return read()


def _without(name: str) -> Call:
    return _archive({key: each for key, each in parts("").items() if key != name})


def _hide(worksheet: Any, rows: range) -> None:
    for row in rows:
        worksheet.set_row(row, None, None, {"hidden": True})


def _filter(worksheet: Any) -> None:
    worksheet.autofilter("A1:C3")
    worksheet.filter_column("A", "x == b")
    _hide(worksheet, range(1, 2))


def _only_sheet_hidden() -> Call:
    contents = parts(sheet(table()))
    hidden = contents["xl/book.xml"].replace("<sheet ", "<sheet state='veryHidden' ")
    return _archive({**contents, "xl/book.xml": hidden})


def _days(workbook: Any, worksheet: Any, *references: str) -> None:
    for reference in references:
        style = workbook.add_format({"num_format": "yyyy-mm-dd"})
        worksheet.write_datetime(reference, date(2026, 1, 2), style)


CASES: dict[str, Callable[[], Call]] = {
    "empty": lambda: raw(b""),
    "text": lambda: raw(b"agency,level\na,low\n"),
    "cut off": lambda: raw(write(Path(NAME), parts(sheet(table()))).read_bytes()[:-200]),
    "first bytes of an archive": lambda: raw(b"PK\3\4" + bytes(100)),
    "older kind": lambda: raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)),
    "password": lambda: raw(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    ),
    "OpenDocument": _opendocument,
    "binary workbook": _binary,
    "other archive": lambda: _archive({"readme.txt": "x"}),
    "names that leave the folder": lambda: _archive({"../../outside.txt": "x", "/etc/x": "y"}),
    "part that is missing": lambda: _without("xl/sheet.xml"),
    "part with two names": twice,
    "ten gigabytes unpacked": bomb,
    "more than it says": lie,
    "packed as in no workbook": lambda: _packed(zipfile.ZIP_LZMA),
    "broken XML": lambda: book(sheet(table())[:-20]),
    "entities": lambda: entities("<!ENTITY x 'low'>"),
    "entities of entities": lambda: entities(LAUGHS),
    "entity from a file": lambda: entities("<!ENTITY x SYSTEM 'file:///etc/passwd'>"),
    "entity that is not declared": lambda: changed(B2="&x;"),
    "cell beyond the last column": lambda: changed(XFE2="x"),
    "cell beyond the last row": lambda: changed(A9999999="x"),
    "cell in the farthest corner": lambda: changed(XFD1048576="x"),
    "cell in no column": lambda: book(sheet("<row r='1'><c r='1'><v>1</v></c></row>")),
    "cell in another row": lambda: book(sheet("<row r='1'><c r='A2'><v>1</v></c></row>")),
    "row zero": lambda: book(sheet("<row r='0'><c><v>1</v></c></row>")),
    "row of the highest number": lambda: book(sheet("<row r='4294967295'/><row><c/></row>")),
    "cell twice": lambda: book(sheet(table() + table(A2="b"))),
    "text that is not shared": lambda: changed(B2="<c t='s'><v>7</v></c>"),
    "text with a negative number": lambda: changed(B2="<c t='s'><v>-1</v></c>"),
    "number that is none": lambda: changed(C2="<c><v>many</v></c>"),
    "NaN": lambda: changed(C2="<c><v>NaN</v></c>"),
    "1e999": lambda: changed(C2="<c><v>1e999</v></c>"),
    "truth value that is none": lambda: changed(B2="<c t='b'><v>7</v></c>"),
    "cell of no kind": lambda: changed(B2="<c t='zz'><v>7</v></c>"),
    "formula without a value": lambda: changed(C2=FORMULA.format("")),
    "formula with an empty value": lambda: changed(C2=FORMULA.format("<v/>")),
    "formula of an agency": lambda: changed(A2="<c><f>B2</f></c>"),
    "formula of a heading": lambda: changed(C1="<c><f>B2</f></c>"),
    "formula never calculated": lambda: made(lambda _, s: s.write_formula("C2", "=1+1")),
    "error": lambda: made(lambda _, s: s.write_formula("C2", "=1/0", None, "#DIV/0!")),
    "error as an agency": lambda: made(lambda _, s: s.write_formula("A2", "=X", None, "#REF!")),
    "hidden row": lambda: made(lambda _, s: s.set_row(1, None, None, {"hidden": True})),
    "row of no height": lambda: made(lambda _, s: s.set_row(1, 0)),
    "hidden rows": lambda: made(lambda _, s: _hide(s, range(3))),
    "filter": lambda: made(lambda _, s: _filter(s)),
    "hidden column": lambda: made(lambda _, s: s.set_column("B:C", 9, None, {"hidden": True})),
    "hidden sheet": lambda: made(lambda w, _: w.add_worksheet("notes").hide()),
    "only sheet hidden": _only_sheet_hidden,
    "merged cells": lambda: made(lambda _, s: s.merge_range("B2:B3", "low")),
    "merged headings": lambda: made(lambda _, s: s.merge_range("B1:C1", "level")),
    "date": lambda: made(lambda w, s: _days(w, s, "B2", "C2")),
    "date as an agency": lambda: made(lambda w, s: _days(w, s, "A2")),
    "day beyond the last": lambda: book(
        sheet(table(C2="<c s='1'><v>3000000</v></c>")), styles=DATE
    ),
    "two answers to a single choice": lambda: changed(B2="low;high"),
    "number with text": lambda: changed(C2="40 %"),
    "agency twice": lambda: changed(A3="a"),
    "column twice": lambda: changed(C1="level", C2="high"),
    "column without a heading": lambda: changed(C1=" ", C2="1", D1="channels"),
    "cells beyond the headings": lambda: changed(E2="x"),
    "no such sheet": lambda: (made(lambda *_: None), read(sheet="t"))[1],
}
"""By name, what cannot be read."""


@pytest.mark.parametrize("name", CASES)
def test_a_broken_workbook_says_what_is_wrong(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is refused in the words that stand in printed/workbooks.txt, and writes nothing."""
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert own(expected("workbooks")[name]) == own(printed(CASES[name]()))
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == [NAME]


@pytest.mark.parametrize("name", ["ten gigabytes unpacked", "more than it says"])
def test_a_bomb_is_not_unpacked(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than it says, or says so, costs next to no memory."""
    monkeypatch.chdir(tmp_path)
    call = CASES[name]()
    tracemalloc.start()
    assert printed(call)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000


def test_one_long_text_for_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of a megabyte that ten thousand cells share is held once."""
    monkeypatch.chdir(tmp_path)
    rows = "".join(
        f"<row><c t='str'><v>a{each}</v></c><c t='s'><v>0</v></c></row>" for each in range(10_000)
    )
    head = "<row><c t='str'><v>agency</v></c><c t='str'><v>x</v></c></row>"
    texts = f"<sst xmlns='{MAIN}'><si><t>{'x' * 1_000_000}</t></si></sst>"
    write(Path(NAME), parts(sheet(head + rows), texts=texts))
    tracemalloc.start()
    assert len(ai.read_responses(NAME, QUESTIONNAIRE, partial=True, ignore=["x"])) == 10_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000


def test_what_nobody_reads_may_be_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Formulas, merged cells and hidden columns under a heading that is passed over do not matter."""
    monkeypatch.chdir(tmp_path)

    def build(_: Any, first: Any) -> None:
        first.write("D1", "note")
        first.write_formula("D2", "=1+1", None, "")
        first.merge_range("D3:D4", "see above")
        first.set_column("D:D", 9, None, {"hidden": True})
        first.set_row(7, None, None, {"hidden": True})

    made(build)
    assert ai.read_responses(NAME, QUESTIONNAIRE, partial=True, ignore=["note"]).agencies == (
        "a",
        "b",
    )


def test_formulas_with_values_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The value that a spreadsheet has calculated is the answer; an empty text is none."""
    monkeypatch.chdir(tmp_path)
    formulas = {
        "B2": "<c t='str'><f>D2</f><v>high</v></c>",
        "C2": FORMULA.format("<v>7</v>"),
        "A3": "b",
        "B3": "<c t='str'><f>D3</f><v></v></c>",
        "C3": FORMULA.format("<v>0</v>"),
    }
    changed(**formulas)
    first, second = ai.read_responses(NAME, QUESTIONNAIRE, partial=True)
    assert (first.answers["level"], first.answers["fte"]) == ("high", 7.0)
    assert (second.answers["level"], second.answers["fte"]) == (ai.Missing.NOT_ANSWERED, 0.0)


FORMATS = [
    "General", "0.00", '0 "days"', "#,##0 [$kr-41D]", "[Red]0", "yyyy-mm-dd", "d/m/yy", "hh:mm",
    "[h]:mm", "mm:ss", "yyyy\\-mm\\-dd;@", "[$-41D]d mmmm yyyy", '"d"0', "0%", "@", "0.0E+00",
]  # fmt: skip


@pytest.mark.parametrize("since_1904", [False, True])
def test_an_independent_reader_agrees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, since_1904: bool
) -> None:
    """Texts, numbers, truth values and what is a date are as another library reads them."""
    monkeypatch.chdir(tmp_path)
    draw = random.Random(1)
    with xlsxwriter.Workbook(NAME, {"date_1904": since_1904}) as workbook:
        first = workbook.add_worksheet("s")
        for column, code in enumerate(FORMATS):
            style = workbook.add_format({"num_format": code})
            first.write(0, column, f"c{column}")
            for row, number in enumerate([0, 0.25, 1, 59, 61, 44_000, 44_000.75, 2_957_003], 1):
                first.write_number(row, column, number, style)
            for row, text in enumerate(["å", " x ", "a\nb", "\t", "_x000D_", "<&>\"'", "1"], 9):
                first.write(row, column, draw.choice([text, True, -5, 1e300, 0.1]))
                first.write_string(row + 7, column, text)
        first.write_rich_string("A30", "one ", workbook.add_format({"bold": True}), "two")
        first.write_datetime("B30", datetime(2026, 1, 2, 3, 4, 5), style)  # noqa: DTZ001
    table = read_spreadsheet(Path(NAME), NAME, None)
    ours = [[cells.distinct[code] for code in cells.codes] for cells in table.columns]
    sheet = python_calamine.CalamineWorkbook.from_path(NAME).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    for column, found in enumerate(ours):
        theirs = [rows[row - 1][column] for row in table.rows]
        blank = [not isinstance(each, str) or each.strip() for each in theirs]
        assert [each if shown else None for each, shown in zip(theirs, blank, strict=True)] == found
