"""Response sheets filled in as a person would, and workbooks looked into."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from agencyindex import (
    Agency,
    Missing,
    Questionnaire,
    Register,
    Response,
    read_responses,
)
from agencyindex.errors import Findings
from agencyindex.tables.blank import Blank, Composer, Style
from agencyindex.tables.cells import Notation

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def asked(answers: list[Response]) -> Register:
    """The register of those who answer."""
    agencies = [Agency(each.agency, name={"sv": f"Verket {each.agency}"}) for each in answers]
    return Register(id="asked", version="1.0.0", agencies=agencies)


def composed(questionnaire: Questionnaire, register: Register, form: Mapping[str, Any]) -> Blank:
    """The sheet that the same arguments write."""
    style = Style(language="sv", agency="agency", notation=Notation(), **form)
    return Composer(questionnaire, style, Findings()).compose(register)


def filling(blank: Blank, questionnaire: Questionnaire, answers: list[Response]) -> Any:
    """The cells to fill in, by row and column from 0: what a person would choose or type."""
    cells: dict[tuple[int, int], str | float] = {}
    columns = list(blank.filled.values())
    for number, response in enumerate(answers):
        for field in blank.fields:
            answer = response.answers.get(field.item.id)
            rows = [number] if field.rows is None else field.rows
            rows = [row for row in rows if columns[0][row] == response.agency]
            for row, cell in zip(rows, _cells(field, questionnaire, answer, blank), strict=False):
                cells[row, field.column] = cell
    return cells


def _cells(field: Any, questionnaire: Questionnaire, answer: Any, blank: Blank) -> Iterator[Any]:
    """What to write for an answer, a cell for each row that the field has for it."""
    if answer is None:
        return
    if isinstance(answer, float | int):
        yield answer
        return
    options = questionnaire.options(field.item.id)
    chosen = [answer] if isinstance(answer, str | Missing) else list(answer)
    stated = [option.missing or option.value for option in options]
    positions = sorted(stated.index(each) for each in chosen)
    if field.option is not None:
        own = [each for each in blank.fields if each.item is field.item].index(field)
        yield from ["x"] * (own in positions)
    elif field.several:
        yield ";".join(field.choices[k] for k in positions)
    else:
        yield from (field.choices[k] for k in positions)


def offered(questionnaire: Questionnaire, answers: list[Response]) -> list[Response]:
    """The answers without reasons for missing that no option states: a sheet does not offer them."""
    kept = []
    for each in answers:
        stated = {
            item: answer
            for item, answer in each.answers.items()
            if not isinstance(answer, Missing)
            or any(option.missing is answer for option in questionnaire.options(item))
        }
        kept.append(Response(each.agency, stated))
    return kept


def fill_csv(path: Path, cells: Mapping[tuple[int, int], Any]) -> None:
    """Fill in a sheet of delimited text."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    for (row, column), cell in cells.items():
        rows[row + 1][column] = cell if isinstance(cell, str) else repr(cell)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def fill_xlsx(path: Path, cells: Mapping[tuple[int, int], Any]) -> None:
    """Fill in the workbook itself, as a spreadsheet would: its first sheet, all else unchanged."""
    ET.register_namespace("", MAIN)
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    sheet = ET.fromstring(content["xl/worksheets/sheet1.xml"])
    data = sheet.find(f"{{{MAIN}}}sheetData")
    assert data is not None
    rows = {row.get("r"): row for row in data}
    for (i, k), cell in cells.items():
        reference = f"{_letters(k)}{i + 2}"
        row = rows[str(i + 2)]
        for old in [each for each in row if each.get("r") == reference]:
            row.remove(old)
        new = ET.SubElement(row, f"{{{MAIN}}}c", {"r": reference})
        if isinstance(cell, str):
            new.set("t", "inlineStr")
            inside = ET.SubElement(new, f"{{{MAIN}}}is")
            ET.SubElement(inside, f"{{{MAIN}}}t").text = cell
        else:
            ET.SubElement(new, f"{{{MAIN}}}v").text = repr(cell)
    content["xl/worksheets/sheet1.xml"] = ET.tostring(sheet)
    with zipfile.ZipFile(path, "w") as parts:
        for name, part in content.items():
            parts.writestr(name, part)


def _letters(column: int) -> str:
    return ("" if column < 26 else chr(64 + column // 26)) + chr(65 + column % 26)


def read(path: Path, questionnaire: Questionnaire, form: Mapping[str, Any]) -> list[Response]:
    """What a sheet reads as."""
    return list(read_responses(path, questionnaire, layout=form["layout"]))


def sheets(path: Path) -> dict[str, list[list[str]]]:
    """The texts of each sheet, an empty one where there is no cell."""
    with zipfile.ZipFile(path) as parts:
        shared = [
            "".join(each.itertext()) for each in ET.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        book = ET.fromstring(parts.read("xl/workbook.xml"))
        names = [each.get("name") for each in book.iter(f"{{{MAIN}}}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            data = ET.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            rows = {int(each.get("r", "")): each for each in data.iter(f"{{{MAIN}}}row")}
            found[str(name)] = [
                [shared[int(v.text or "")] for v in rows[r].iter(f"{{{MAIN}}}v")]
                if r in rows
                else []
                for r in range(1, max(rows) + 1)
            ]
    return found


def part(path: Path, name: str) -> str:
    """The text of a part of a workbook."""
    with zipfile.ZipFile(path) as parts:
        return parts.read(name).decode()
