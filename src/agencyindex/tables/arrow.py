"""Tables from Arrow: parquet files, and every data frame that offers an Arrow stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from agencyindex._extras import require
from agencyindex.errors import AgencyIndexError, Place
from agencyindex.tables.table import (
    MOST_CELLS,
    AnyCells,
    Cells,
    Numbers,
    Table,
    check_size,
    encode,
    numbered,
    refuse,
)

UNREADABLE = (ArithmeticError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What comes, besides Arrow's own errors, of what cannot be had as Arrow or not as Python."""

CELLS_PER_BYTE = 100
"""Cells that a byte of a file can stand for; a few bytes can state a column of any length."""


def read_parquet(path: Path, file: str) -> Table:
    """A table from a parquet file, with text kept as the dictionary that the file holds."""
    arrow = require("pyarrow", "arrow", "read parquet files")
    parquet = require("pyarrow.parquet", "arrow", "read parquet files")
    place = Place(file=file)
    with _reading(arrow, place, "The file cannot be read as parquet", "Write it again."):
        schema = parquet.read_schema(path)
        texts = [
            field.name
            for field in schema
            if arrow.types.is_string(field.type) or arrow.types.is_large_string(field.type)
        ]
        with parquet.ParquetFile(path, read_dictionary=texts) as opened:
            about = opened.metadata
            groups = (about.row_group(number).num_rows for number in range(about.num_row_groups))
            most = max(MOST_CELLS, CELLS_PER_BYTE * path.stat().st_size)
            check_size(max(about.num_rows, sum(groups)), len(schema), place, most)
            return _table(arrow, opened.read(), file)


def read_frame(frame: Any) -> Table:
    """A table from a data frame of any library, through the Arrow stream that it offers."""
    arrow = require("pyarrow", "arrow", "read data frames")
    wrong, mend = "The data frame cannot be given as Arrow", "Give each column one kind of value."
    with _reading(arrow, Place(), wrong, mend):
        return _table(arrow, arrow.RecordBatchReader.from_stream(frame).read_all(), None)


@contextmanager
def _reading(arrow: Any, place: Place, wrong: str, mend: str) -> Iterator[None]:
    """Refuse what cannot be read, in the words of the library that could not."""
    try:
        yield
    except AgencyIndexError:
        raise
    except UnicodeDecodeError as error:
        message = f"A text is not UTF-8: it holds the byte {error.object[error.start]:#04x}."
        raise refuse("not-utf8", place, message, "Write it as UTF-8.") from error
    except (arrow.ArrowException, *UNREADABLE) as error:
        raise refuse("not-a-table", place, f"{wrong}: {_reason(error)}.", mend) from error


def read_series(series: Any) -> AnyCells:
    """A column from a series of any data frame library."""
    arrow = require("pyarrow", "arrow", "read data frames")
    compute = require("pyarrow.compute", "arrow", "read data frames")
    wrong, mend = "A column cannot be given as Arrow", "Give it one kind of value."
    with _reading(arrow, Place(), wrong, mend):
        return _cells(arrow, compute, arrow.chunked_array(series))


def _reason(error: BaseException) -> str:
    first = (str(error).splitlines() or [""])[0].partition(". Detail:")[0].rstrip(". ")
    return first or type(error).__name__


def _table(arrow: Any, table: Any, file: str | None) -> Table:
    compute = require("pyarrow.compute", "arrow", "read data frames")
    check_size(0, table.num_columns, Place(file=file))
    columns = [_cells(arrow, compute, column) for column in table.columns]
    headings = tuple(str(name).strip() for name in table.column_names)
    return Table(file, headings, tuple(columns), numbered(table.num_rows))


def _cells(arrow: Any, compute: Any, column: Any) -> AnyCells:
    kinds = arrow.types
    kind = column.type
    if kinds.is_decimal(kind):
        column, kind = column.cast(arrow.float64()), arrow.float64()
    if kinds.is_integer(kind) or kinds.is_floating(kind):
        return _numbers(compute, column)
    if kinds.is_boolean(kind) or kinds.is_string(kind) or kinds.is_large_string(kind):
        column = column.dictionary_encode()
    elif kinds.is_binary(kind) or kinds.is_large_binary(kind):
        # Old writers leave it unsaid that bytes are text.
        column = column.cast(arrow.large_string()).dictionary_encode()
    elif str(kind) == "string_view":
        column = column.cast(arrow.large_string()).dictionary_encode()
    elif not kinds.is_dictionary(kind):
        return encode(column.to_pylist())
    return _dictionaries(arrow, compute, column)


def _numbers(compute: Any, column: Any) -> Numbers:
    empty = np.asarray(column.is_null().to_numpy(), dtype=bool)
    if column.null_count:
        column = compute.fill_null(column, 0)
    return Numbers(column.to_numpy(), empty)


def _dictionaries(arrow: Any, compute: Any, column: Any) -> Cells:
    """One dictionary over the chunks, each of which may have one of its own."""
    if str(column.type.value_type) == "string_view":
        column = column.cast(arrow.dictionary(arrow.int32(), arrow.large_string()))
    chunks = column.unify_dictionaries().chunks
    entries = chunks[0].dictionary.to_pylist() if chunks else []
    parts = [np.zeros(0, dtype=np.int32)]
    for chunk in chunks:
        indices = chunk.indices.cast("int32")
        if indices.null_count:
            indices = compute.fill_null(indices, len(entries))
        parts.append(indices.to_numpy())
        if len(parts[-1]) and not 0 <= parts[-1].min() <= parts[-1].max() <= len(entries):
            raise IndexError("a dictionary lacks an entry that a row names")
    return Cells([*entries, None], np.concatenate(parts))
