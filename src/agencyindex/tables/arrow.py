"""Tables from Arrow: parquet files, and every data frame that offers an Arrow stream."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from agencyindex._extras import require
from agencyindex.errors import Place
from agencyindex.tables.table import (
    AnyCells,
    Cells,
    Numbers,
    Table,
    encode,
    numbered,
    refuse,
)


def read_parquet(path: Path, file: str) -> Table:
    """A table from a parquet file, with text kept as the dictionary that the file holds."""
    arrow = require("pyarrow", "arrow", "read parquet files")
    parquet = require("pyarrow.parquet", "arrow", "read parquet files")
    try:
        schema = parquet.read_schema(path)
        texts = [
            field.name
            for field in schema
            if arrow.types.is_string(field.type) or arrow.types.is_large_string(field.type)
        ]
        with parquet.ParquetFile(path, read_dictionary=texts) as opened:
            return _table(arrow, opened.read(), file)
    except arrow.ArrowException as error:
        raise refuse(
            "not-a-table",
            Place(file=file),
            f"The file cannot be read as parquet: {_first_line(error)}",
            "Write it again.",
        ) from error


def read_frame(frame: Any) -> Table:
    """A table from a data frame of any library, through the Arrow stream that it offers."""
    arrow = require("pyarrow", "arrow", "read data frames")
    try:
        return _table(arrow, arrow.RecordBatchReader.from_stream(frame).read_all(), None)
    except arrow.ArrowException as error:
        raise refuse(
            "not-a-table",
            Place(),
            f"The data frame cannot be given as Arrow: {_first_line(error)}",
            "Give each column one kind of value.",
        ) from error


def read_series(series: Any) -> AnyCells:
    """A column from a series of any data frame library."""
    arrow = require("pyarrow", "arrow", "read data frames")
    compute = require("pyarrow.compute", "arrow", "read data frames")
    return _cells(arrow, compute, arrow.chunked_array(series))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _table(arrow: Any, table: Any, file: str | None) -> Table:
    compute = require("pyarrow.compute", "arrow", "read data frames")
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
    return Cells([*entries, None], np.concatenate(parts))
