"""Ways in which a valid file goes wrong: bytes that are damaged, and JSON that is altered."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

PIECES = [
    b"", b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b'"', b"'", b",", b";", b"\t",
    b"[", b"{", b"}", b"]", b":", b"NaN", b"1e999", b"-", b"9" * 400, b"\\ud800", b"\xed\xa0\x80",
    b"<", b">", b"/>", b"&x;", b"<!DOCTYPE x []>", b"r='A1'", b"t='s'", b"PK\x01\x02", b"PAR1",
    b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\0\0", b"true", b"null", b"=1+1",
]  # fmt: skip
"""Bytes that mean something to one format or another."""

VALUES = [
    None, True, False, 0, -1, 1, 7, 1.5, -0.0, 1e308, -1e308, 5e-324, 10**30, 10**309, float("nan"),
    float("inf"), "", "a", "yes", "\0", "\n", "\ud800", "\U0001f600", "x" * 5000, "1.0.0", "points",
    "agencyindex/index/1", "2026-02-30", [], [[]], [None], [1, True, 1.0], ["a", "a"], {}, {"": 1},
    {"missing": "refused"}, {"missing": []}, {"sv": "x"}, {"method": "none"}, {"id": "a"},
]  # fmt: skip
"""Values that no place in a document expects."""


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with one to six of: flipped, cut off, put in, left out, repeated, moved."""
    for _ in range(draw(st.integers(1, 6))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["flip", "cut", "put", "leave", "repeat", "over"])):
            case "flip" if first < len(data):
                flipped = data[first] ^ (1 << draw(st.integers(0, 7)))
                data = data[:first] + bytes([flipped]) + data[first + 1 :]
            case "cut":
                data = data[:first]
            case "put":
                data = data[:first] + draw(st.sampled_from(PIECES)) + data[first:]
            case "leave":
                data = data[:first] + data[last:]
            case "repeat":
                data = data[:last] + data[first:last] * draw(st.integers(1, 50)) + data[last:]
            case "over":
                piece = draw(st.sampled_from(PIECES))
                data = data[:first] + piece + data[first + len(piece) :]
    return data


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value within a value."""
    if isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, Sequence) and not isinstance(value, str):
        inner = enumerate(value)  # type: ignore[assignment]
    else:
        return [path]
    return [path, *(each for key, part in inner for each in _places(part, (*path, key)))]


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@st.composite
def altered(draw: st.DrawFn, document: Any) -> Any:
    """A document with one to four values replaced, dropped, added, exchanged or wrapped."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 4))):
        places = _places(document)
        path = draw(st.sampled_from(places))
        if not path:
            continue
        parent, key = _at(document, path[:-1]), path[-1]
        match draw(st.sampled_from(["replace", "replace", "drop", "add", "exchange", "wrap"])):
            case "replace":
                parent[key] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case "drop":
                del parent[key]
            case "add" if isinstance(parent, dict):
                name = draw(st.sampled_from(["x", "", "method", "points", "missing", "\ud800"]))
                parent[name] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case "exchange":
                parent[key] = copy.deepcopy(_at(document, draw(st.sampled_from(places))))
            case "wrap":
                parent[key] = draw(st.sampled_from([[parent[key]], {"x": parent[key]}]))
    return document
