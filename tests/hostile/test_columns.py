"""Parquet files and Arrow streams that are broken or mean harm: what is printed of each."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.hostile.given import QUESTIONNAIRE, Call, expected, own, printed

import agencyindex as ai

NAME = "answers.parquet"
GOOD = {"agency": ["a", "b"], "fte": [1.0, 2.0]}


def frame(columns: Any, **how: Any) -> Call:
    """Read responses from what offers an Arrow stream."""
    source = pa.table(columns) if isinstance(columns, dict) else columns
    return lambda: ai.read_responses(source, QUESTIONNAIRE, partial=True, **how)


def stored(columns: dict[str, Any]) -> Call:
    """Read responses from a parquet file."""
    pq.write_table(pa.table(columns), NAME)
    return lambda: ai.read_responses(NAME, QUESTIONNAIRE, partial=True)


def damaged(damage: Callable[[bytes], bytes]) -> Call:
    """Read a good parquet file after some damage."""
    pq.write_table(pa.table(GOOD), NAME)
    Path(NAME).write_bytes(damage(Path(NAME).read_bytes()))
    return lambda: ai.read_responses(NAME, QUESTIONNAIRE, partial=True)


def rows_declared(count: int) -> Call:
    """A file of half a kilobyte whose one group of rows says that it has this many."""
    pq.write_table(pa.table({"fte": [1.0] * 12_345}), NAME)
    data = Path(NAME).read_bytes()
    (length,) = (int.from_bytes(data[-8:-4], "little"),)
    body, footer = data[: -8 - length], data[-8 - length : -8]
    head, _, tail = footer.rpartition(_number(12_345))
    footer = head + _number(count) + tail
    Path(NAME).write_bytes(body + footer + len(footer).to_bytes(4, "little") + b"PAR1")
    return lambda: ai.read_responses(NAME, QUESTIONNAIRE, partial=True)


def _number(value: int) -> bytes:
    """A number as the footer of a parquet file writes it."""
    value, result = value << 1, b""
    while value > 127:
        value, result = value >> 7, result + bytes([value & 127 | 128])
    return result + bytes([value])


def stream(error: BaseException) -> Call:
    """A stream that fails after its first batch."""

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"agency": ["a"]})
        raise error

    schema = pa.schema({"agency": pa.string()})
    return frame(pa.RecordBatchReader.from_batches(schema, batches()))


class Offer:
    """What says that it offers a stream."""

    def __init__(self, stream: Callable[[], object]) -> None:
        self.stream = stream

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.stream()


def _raise() -> object:
    raise TypeError("no stream today")


def _broken_text() -> pa.Array:
    return pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff"))


def _outside() -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([7], pa.int8()), ["low"], safe=False)


CASES: dict[str, Callable[[], Call]] = {
    "empty": lambda: damaged(lambda _: b""),
    "text": lambda: damaged(lambda _: b"agency,level\na,low\n"),
    "cut off": lambda: damaged(lambda data: data[:300]),
    "end cut off": lambda: damaged(lambda data: data[:-3]),
    "other first bytes at the end": lambda: damaged(lambda data: data[:-4] + b"XXXX"),
    "encrypted": lambda: damaged(lambda data: data[:-4] + b"PARE"),
    "footer longer than the file": lambda: damaged(
        lambda data: data[:-8] + b"\xff" * 3 + b"\x7fPAR1"
    ),
    "zeros within": lambda: damaged(lambda data: data[:4] + bytes(len(data) - 12) + data[-8:]),
    "more rows than it has": lambda: rows_declared(1 << 40),
    "many cells in a few kilobytes": lambda: stored({"agency": pa.nulls(150_000_000)}),
    "text that is not UTF-8": lambda: stored({"agency": _broken_text()}),
    "bytes that are not UTF-8": lambda: stored({"agency": pa.array([b"\xff"])}),
    "object as an agency": lambda: stored({"agency": [{"id": "a"}]}),
    "object as an answer": lambda: stored({"agency": ["a"], "fte": [{"value": 1}]}),
    "lists in lists": lambda: stored({"agency": ["a"], "channels": [[["web"]]]}),
    "list as an answer": lambda: stored({"agency": ["a"], "level": [["low", "high"]]}),
    "date as an answer": lambda: stored({"agency": ["a"], "fte": pa.array([1], pa.date32())}),
    "NaN": lambda: stored({"agency": ["a"], "fte": [float("nan")]}),
    "Infinity": lambda: stored({"agency": ["a"], "fte": [float("inf")]}),
    "number as an agency that is none": lambda: stored({"agency": [float("nan")]}),
    "agency twice": lambda: stored({"agency": ["a", "a"]}),
    "unknown item": lambda: stored({"agency": ["a"], "levle": ["low"]}),
    "stream: error in the middle": lambda: stream(ValueError("lost the connection")),
    "stream: error of the system in the middle": lambda: stream(OSError("disk failed")),
    "stream: error of memory in the middle": lambda: stream(MemoryError("too much")),
    "stream: error at the start": lambda: frame(Offer(_raise)),
    "stream: no stream at all": lambda: frame(Offer(lambda: 5)),
    "stream: column twice": lambda: frame(
        pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["agency", "agency"])
    ),
    "stream: text that is not UTF-8": lambda: frame({"agency": _broken_text()}),
    "stream: entry that is not in its dictionary": lambda: frame(
        {"agency": ["a"], "level": _outside()}
    ),
    "stream: day beyond the last": lambda: frame(
        {"agency": ["a"], "fte": pa.array([2**31 - 1], pa.date32())}
    ),
    "stream: moment beyond the last": lambda: frame(
        {"agency": ["a"], "fte": pa.array([2**62], pa.duration("s"))}
    ),
    "stream: too many columns": lambda: frame({f"c{each}": ["a"] for each in range(16_385)}),
}
"""By name, what cannot be read."""


@pytest.mark.parametrize("name", CASES)
def test_broken_columns_say_what_is_wrong(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is refused in the words that stand in printed/columns.txt."""
    monkeypatch.chdir(tmp_path)
    assert own(expected("columns")[name]) == own(printed(CASES[name]()))


def test_declared_rows_cost_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that declares what it cannot hold is refused before anything is allocated."""
    monkeypatch.chdir(tmp_path)
    call = rows_declared(1 << 40)
    before = pa.total_allocated_bytes()
    tracemalloc.start()
    printed(call)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000
    assert pa.total_allocated_bytes() - before < 2_000_000


def test_text_that_is_not_marked_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old writers leave text as bytes, and it is read as the text that it is."""
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"agency": [b"\xc3\xa5"], "level": [b"low"], "fte": [b"1.5"]}), NAME)
    (response,) = ai.read_responses(NAME, QUESTIONNAIRE, partial=True)
    assert (response.agency, response.answers["level"]) == ("å", "low")
    assert response.answers["fte"] == 1.5
