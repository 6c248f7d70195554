"""Files: JSON read strictly, and anything written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import isfinite
from pathlib import Path
from typing import Any

from agencyindex.errors import Code, DocumentError, FileError, Place, Problem

DEEPEST = 100
LONGEST_NUMBER = 400


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file.

    Raises
    ------
    FileError
        Where there is no such file, or it cannot be read.
    """
    place = Place(file=os.fspath(path))
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise _file_error("file-not-found", place, "There is no such file.") from error
    except IsADirectoryError as error:
        raise _file_error("not-a-file", place, "This is a folder, not a file.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _file_error("not-readable", place, f"The file cannot be read: {reason}.") from error


def _file_error(code: Code, place: Place, message: str) -> FileError:
    mends: dict[str, str] = {
        "file-not-found": "Check its name.",
        "not-a-file": "Name a file in it.",
        "not-writable": "Choose another folder or name.",
    }
    return FileError([Problem(code, place, message, mends.get(code, "Check its permissions."))])


def decode(data: bytes, file: str | None) -> str:
    """UTF-8 text, with or without a byte order mark.

    Raises
    ------
    DocumentError
        Where the bytes are not UTF-8 (``not-utf8``).
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Byte {error.start + 1}, in line {line}, is not UTF-8 text."
        raise DocumentError(
            [Problem("not-utf8", Place(file=file, pointer=""), message, "Save it as UTF-8.")]
        ) from error


def read_json(path: str | os.PathLike[str]) -> Any:
    """The JSON value in a file.

    Raises
    ------
    FileError
        Where the file cannot be read.
    DocumentError
        Where it is not UTF-8 or not strict JSON.
    """
    file = Path(path).name
    return parse_json(decode(read_bytes(path), file), file)


def parse_json(text: str, file: str | None) -> Any:
    """The value of a JSON text: no duplicate keys, no NaN, no infinities, no abyss.

    Raises
    ------
    DocumentError
        Where the text breaks one of these rules; each has its code.
    """
    place = Place(file=file, pointer="")
    if _depth(text) > DEEPEST:
        message = f"Arrays and objects are nested more than {DEEPEST} deep."
        raise _document_error("too-deep", place, message, "Flatten the document.")
    repeated: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in found:
            if key in result:
                repeated.append(key)
            result[key] = value
        return result

    def constant(word: str) -> float:
        raise _document_error("not-finite", place, f"{word} is not a JSON number.", "Give digits.")

    def real(digits: str) -> float:
        value = float(digits)
        return value if isfinite(value) else constant(digits[:40])

    def whole(digits: str) -> int | float:
        return int(digits) if len(digits) < LONGEST_NUMBER else real(digits)

    try:
        value = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_constant=constant,
            parse_float=real,
            parse_int=whole,
        )
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg}, in line {error.lineno}, column {error.colno}."
        raise _document_error("not-json", place, message, "Correct the text there.") from error
    if repeated:
        raise DocumentError(
            [
                Problem(
                    "duplicate-key",
                    place,
                    f'The key "{key}" stands twice in one object.',
                    "Keep one.",
                    found=key,
                )
                for key in dict.fromkeys(repeated)
            ]
        )
    return value


def _document_error(code: Code, place: Place, message: str, mend: str) -> DocumentError:
    return DocumentError([Problem(code, place, message, mend)])


def _depth(text: str) -> int:
    """The deepest nesting of brackets outside strings."""
    depth = deepest = 0
    inside = escaped = False
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    for sign in text:
        if inside:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                inside = False
        elif sign == '"':
            inside = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path beside a file, and put it in the file's place at the end.

    The old file survives whole where anything fails.

    Raises
    ------
    FileError
        Where the folder cannot be written.
    """
    target = Path(path)
    place = Place(file=os.fspath(path))
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise _file_error("not-writable", place, "This is a folder, not a file.")
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}-", suffix=target.suffix, dir=target.parent
        )
        os.close(handle)
        temporary = Path(name)
        yield temporary
        _settle(temporary, target)
    except FileError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"The file cannot be written: {reason}."
        raise _file_error("not-writable", place, message) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _settle(temporary: Path, target: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
    with temporary.open("rb") as written:
        os.fsync(written.fileno())
    temporary.replace(target)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write UTF-8 text, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


def write_json(path: str | os.PathLike[str], value: Any) -> None:
    """Write a JSON value to be read by people: indented, in UTF-8, whole or not at all."""
    write_text(path, json_text(value))


def json_text(value: Any) -> str:
    """A JSON value as people read it."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def pointer(parts: tuple[str | int, ...] | list[str | int]) -> str:
    """A JSON pointer (RFC 6901) from keys and positions.

    Examples
    --------
    >>> pointer(["children", 0, "a/b"])
    '/children/0/a~1b'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
