"""Workbooks made by hand, so that they may hold what no program would write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def links(*targets: tuple[str, str]) -> str:
    """The part that links to others, by kind and target."""
    each = "".join(
        f"<Relationship Id='r{number}' Type='{LINKS}/{kind}' Target='{target}'/>"
        for number, (kind, target) in enumerate(targets)
    )
    return f"<Relationships xmlns='{PACKAGE}'>{each}</Relationships>"


def cells(**texts: str) -> str:
    """Rows of cells by reference, each with the XML within it, or a text."""
    rows: dict[str, list[str]] = {}
    for reference, text in texts.items():
        cell = text if text.startswith("<c") else f"<c t='str'><v>{text}</v></c>"
        row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows.setdefault(row, []).append(cell.replace("<c", f"<c r='{reference}'", 1))
    return "".join(f"<row r='{row}'>{''.join(each)}</row>" for row, each in rows.items())


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet with these rows."""
    return f"<worksheet xmlns='{MAIN}'>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def parts(content: str, **more: str) -> dict[str, str]:
    """The parts of a workbook of one sheet; ``texts``, ``styles`` and ``book`` as they are given."""
    kinds = [("worksheet", "sheet.xml")]
    kinds += [("sharedStrings", "texts.xml")] * ("texts" in more)
    kinds += [("styles", "styles.xml")] * ("styles" in more)
    book = more.pop("book", "") + "<sheets><sheet name='s' sheetId='1' r:id='r0'/></sheets>"
    return {
        "_rels/.rels": links(("officeDocument", "xl/book.xml")),
        "xl/book.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{LINKS}'>{book}</workbook>",
        "xl/_rels/book.xml.rels": links(*kinds),
        "xl/sheet.xml": content,
        **{f"xl/{name}.xml": text for name, text in more.items()},
    }


def write(path: Path, contents: Mapping[str, str | bytes]) -> Path:
    """Write the parts of a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


TABLE = {"A1": "agency", "B1": "level", "C1": "fte", "A2": "a", "B2": "low"}
"""The texts of a small table, with the answer to the last item left out."""


def table(**changes: str) -> str:
    """The rows of the small table, changed."""
    return cells(**(TABLE | changes))
