"""Where a table comes from: a file by its ending, a data frame, columns or rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeGuard

import attrs

from agencyindex.errors import Code, FileError, Place, Problem
from agencyindex.tables.arrow import read_frame, read_parquet
from agencyindex.tables.plain import read_columns, read_lines, read_rows
from agencyindex.tables.spreadsheet import read_spreadsheet
from agencyindex.tables.table import Table, refuse
from agencyindex.tables.text import read_text

Source: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Iterable[Any] | Any
"""A path, an object with an Arrow stream, a mapping of columns, or rows."""


Document: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]
"""A path of a JSON document, or its value."""


@attrs.frozen(kw_only=True)
class Opening:
    """How to open a table.

    Parameters
    ----------
    key
        The heading of the ids, by which a delimiter is told.
    delimiter
        Between the cells of delimited text, None to be found out.
    sheet
        Name of the sheet of a spreadsheet, None for the only one.
    usual
        Name of the sheet to take where there are several and none is named.
    ignore
        Headings of columns to pass over.
    """

    key: str
    delimiter: str | None
    sheet: str | None
    usual: str | None = None
    ignore: Collection[str] = ()


def ending(path: str | os.PathLike[str]) -> str:
    """The ending of a file's name, in small letters."""
    return Path(path).suffix.lower()


def unknown_format(path: str | os.PathLike[str], known: Iterable[str]) -> FileError:
    """The error of a file whose ending tells no format."""
    return _file_error(
        "unknown-format",
        os.fspath(path),
        f'The ending "{ending(path)}" tells no format.',
        f"Use one of {', '.join(known)}.",
    )


def _file_error(code: Code, file: str, message: str, mend: str) -> FileError:
    return FileError([Problem(code, Place(file=file), message, mend)])


def is_document(source: Source) -> TypeGuard[Document]:
    """Whether a source is a JSON document, by its ending or by the schema that it names."""
    if isinstance(source, str | os.PathLike):
        return ending(source) == ".json"
    return isinstance(source, Mapping) and isinstance(source.get("schema"), str)


def listed(source: Source) -> Source:
    """The source, with rows of any iterable in a list, so that they can be looked at twice."""
    known = isinstance(source, str | os.PathLike | Mapping) or hasattr(source, "__arrow_c_stream__")
    return source if known or not isinstance(source, Iterable) else list(source)


def check_readable(path: str | os.PathLike[str]) -> None:
    """Make sure that a file can be opened.

    Raises
    ------
    FileError
        Where it cannot.
    """
    file = os.fspath(path)
    try:
        with Path(path).open("rb"):
            return
    except FileNotFoundError as error:
        raise _file_error(
            "file-not-found", file, "There is no such file.", "Check its name."
        ) from error
    except IsADirectoryError as error:
        raise _file_error(
            "not-a-file", file, "This is a folder, not a file.", "Name a file in it."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _file_error(
            "not-readable", file, f"The file cannot be read: {reason}.", "Check its permissions."
        ) from error


def read_table(source: Source, how: Opening) -> Table:
    """The table of any source.

    Raises
    ------
    FileError
        Where a file cannot be opened, or its ending tells no format.
    ResponseError
        Where there is no table in it.
    """
    table = _read(source, how)
    if not len(table.rows):
        there = "There are headings and no rows." if table.headings else "There are no rows."
        raise refuse("no-rows", Place(file=table.file), there, "Give a row for each agency.")
    return table


def _read(source: Source, how: Opening) -> Table:
    if isinstance(source, str | os.PathLike):
        return _read_file(source, how)
    if hasattr(source, "__arrow_c_stream__"):
        return read_frame(source)
    if isinstance(source, Mapping):
        return read_columns(source)
    rows = listed(source)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise refuse(
            "not-a-table",
            Place(),
            f"A {type(source).__name__} is no table.",
            "Give a path, a data frame, a mapping of headings to columns, or mappings as rows.",
        )
    return read_rows(rows, None)


def _read_file(source: str | os.PathLike[str], how: Opening) -> Table:
    path = Path(source)
    file = path.name

    def text(delimiter: str | None) -> Table:
        return read_text(path, file, how.key, delimiter)

    formats: dict[str, Callable[[], Table]] = {
        ".csv": lambda: text(how.delimiter),
        ".tsv": lambda: text(how.delimiter or "\t"),
        ".txt": lambda: text(how.delimiter),
        ".xlsx": lambda: read_spreadsheet(path, file, how.sheet, how.usual, how.ignore),
        ".parquet": lambda: read_parquet(path, file),
        ".jsonl": lambda: read_lines(path, file),
        ".ndjson": lambda: read_lines(path, file),
    }
    if ending(path) not in formats:
        raise unknown_format(source, [*formats, ".json"])
    check_readable(source)
    return formats[ending(path)]()
