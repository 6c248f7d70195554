"""The parts of an Excel workbook: a zip archive of XML, unpacked within a limit."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from posixpath import join, normpath
from typing import TypeAlias
from xml.parsers import expat

import attrs

MOST_UNPACKED = 1 << 29
"""Bytes of the parts that are read of one workbook."""

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
BUILT_IN_DURATION = 46

Attributes: TypeAlias = dict[str, str]


class UnfitError(Exception):
    """A workbook is not as the standard has it, or not one of this kind."""


class TooLargeError(Exception):
    """A workbook unpacks to more than the limit."""


class Parts:
    """The parts of a workbook by name, whatever the case of its letters.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.left = MOST_UNPACKED
        self.known: dict[str, zipfile.ZipInfo] = {}
        for part in self.archive.infolist():
            name = _key(part.filename)
            if name in self.known:
                raise UnfitError(f'the part "{part.filename}" stands twice')
            self.known[name] = part

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read the XML of a part, and call a handler at the start of each element.

        Parameters
        ----------
        name
            The part.
        start
            Called with an element's name, without its prefix, and its attributes.
        end
            Called with the name where the element ends.
        text
            Called with each piece of text.
        """
        names = LocalNames()
        self.parse_as_written(
            name,
            lambda name, attributes: start(names[name], attributes),
            None if end is None else lambda name: end(names[name]),
            text,
        )

    def parse_as_written(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None,
        text: Callable[[str], None] | None,
    ) -> None:
        """Do the same with names as they are written, prefixes and all, which is faster."""
        part = self.known.get(_key(name))
        if part is None:
            raise UnfitError(f'the part "{name}" is missing')
        if part.file_size > self.left:
            raise TooLargeError(
                f"It unpacks to more than {MOST_UNPACKED >> 20} MB, the most that is read: "
                f'the part "{name}" says that it has {part.file_size >> 20} MB.'
            )
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnfitError(f'the part "{name}" is packed as in no workbook')
        self.left -= part.file_size
        with self.archive.open(part) as stream:
            # Of a part that has more than it says, no more than it says is ever unpacked.
            content = stream.read(part.file_size)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_entities
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        # All at once: in pieces, a long name would be looked through anew with each of them.
        parser.Parse(content, True)  # noqa: FBT003


class LocalNames(dict[str, str]):
    """Names of elements without their prefixes, by their names as they are written."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _no_entities(*_: object) -> None:
    raise UnfitError("a part declares entities, which a workbook has no use for")


@attrs.frozen
class Sheet:
    """A sheet: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@attrs.frozen
class Book:
    """What the sheets of a workbook share.

    Parameters
    ----------
    sheets
        The sheets, in their order.
    texts
        The shared texts, by number.
    dates
        For each style "date", "duration" or "".
    since_1904
        True where days are counted from 1904.
    uncalculated
        True where formulas are to be calculated when the workbook is opened, since the program
        that wrote it did not.
    """

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    dates: tuple[str, ...]
    since_1904: bool
    uncalculated: bool


def read_book(parts: Parts) -> Book:
    """What the sheets of a workbook share, and where they are."""
    main = _linked(_links(parts, ""), "officeDocument")
    if main is None:
        raise UnfitError("it names no workbook")
    if main.endswith(".bin"):
        raise UnfitError("it is a binary workbook (.xlsb)")
    links = _links(parts, main)
    listed: list[Attributes] = []
    settings: dict[str, Attributes] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            listed.append(attributes)
        elif name in ("workbookPr", "calcPr"):
            settings[name] = attributes

    parts.parse(main, start)
    texts, styles = _linked(links, "sharedStrings"), _linked(links, "styles")
    return Book(
        sheets=tuple(_sheets(listed, links)),
        texts=tuple(_texts(parts, texts)) if texts is not None else (),
        dates=tuple(_dates(parts, styles)) if styles is not None else (),
        since_1904=is_true(settings.get("workbookPr", {}).get("date1904")),
        uncalculated=is_true(settings.get("calcPr", {}).get("fullCalcOnLoad")),
    )


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")


Links: TypeAlias = Mapping[str, tuple[str, str]]
"""By id, the kind and the part of what a part is linked to."""


def _links(parts: Parts, part: str) -> Links:
    """What a part is linked to; "" stands for the whole archive."""
    folder, _, name = part.rpartition("/")
    links: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = normpath(join("/", folder, attributes.get("Target", "")))
            links[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    parts.parse(join(folder, "_rels", f"{name}.rels"), start)
    return links


def _linked(links: Links, wanted: str) -> str | None:
    return next((part for kind, part in links.values() if kind == wanted), None)


def _sheets(listed: list[Attributes], links: Links) -> Iterator[Sheet]:
    """The sheets that hold cells; charts and macros have sheets of their own."""
    for attributes in listed:
        link = next((each for key, each in attributes.items() if key.endswith(":id")), "")
        kind, part = links.get(link, ("", ""))
        name = attributes.get("name", "")
        if not kind:
            raise UnfitError(f'the sheet "{name}" has no part')
        if kind == "worksheet":
            yield Sheet(name, part, attributes.get("state") in ("hidden", "veryHidden"))


class TextCollector:
    """Puts together the text of one element: its runs, without how they are pronounced."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.wanted = False
        self.pronounced = 0

    def start(self, name: str) -> None:
        """An element begins."""
        if name == "rPh":
            self.pronounced += 1
        self.wanted = name == "t" and not self.pronounced

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self.pronounced -= 1
        self.wanted = False

    def text(self, piece: str) -> None:
        """A piece of text."""
        if self.wanted:
            self.pieces.append(piece)

    def taken(self) -> str:
        """The text, once."""
        text, self.pieces = "".join(self.pieces), []
        return unescaped(text)


def unescaped(text: str) -> str:
    r"""A text in which "_x000D_" stands for the character that XML cannot hold.

    Examples
    --------
    >>> unescaped("a_x0009_b_xD800_")
    'a\tb_xD800_'
    """
    if "_x" not in text:
        return text
    return ESCAPE.sub(lambda match: _character(int(match[1], 16), match[0]), text)


def _character(number: int, written: str) -> str:
    return written if 0xD800 <= number <= 0xDFFF else chr(number)


def _texts(parts: Parts, part: str) -> list[str]:
    """The shared texts."""
    texts: list[str] = []
    collector = TextCollector()

    def end(name: str) -> None:
        collector.end(name)
        if name == "si":
            texts.append(collector.taken())

    parts.parse(part, lambda name, _: collector.start(name), end=end, text=collector.text)
    return texts


def _dates(parts: Parts, part: str) -> list[str]:
    """For each style of a cell, whether it shows a number as a date or a duration."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    groups: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            groups.append(name)
        elif name == "xf" and groups[-1:] == ["cellXfs"]:
            styles.append(attributes.get("numFmtId", "0"))

    parts.parse(part, start)
    return [_shown_as(number, formats.get(number)) for number in styles]


def _shown_as(number: str, code: str | None) -> str:
    if code is None:
        known = int(number) if re.fullmatch("[0-9]{1,9}", number) else 0
        if known == BUILT_IN_DURATION:
            return "duration"
        return "date" if known in BUILT_IN_DATES else ""
    # Formats of positive, negative and other numbers are divided by semicolons.
    bare = LITERAL.sub("", code).partition(";")[0]
    if DURATION.search(bare):
        return "duration"
    return "date" if re.search("[dmyhs]", bare, re.IGNORECASE) else ""
