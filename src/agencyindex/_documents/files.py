"""Files: JSON read strictly, and anything written whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from math import isfinite
from pathlib import Path
from typing import Any

from agencyindex.errors import Code, DocumentError, FileError, Findings, Place, Problem

DEEPEST = 100
LONGEST_NUMBER = 400
MARKS = {
    BOM_UTF32_LE: "UTF-32",
    BOM_UTF32_BE: "UTF-32",
    BOM_UTF16_LE: "UTF-16",
    BOM_UTF16_BE: "UTF-16",
}
"""Encodings by the mark that begins a text; UTF-32's begins with UTF-16's."""


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
        other = encoding_by_mark(data)
        message = (
            f"The text is {other}, not UTF-8."
            if other
            else f"Byte {error.start + 1}, in line {line}, is not UTF-8 text."
        )
        raise DocumentError(
            [Problem("not-utf8", Place(file=file, pointer=""), message, "Save it as UTF-8.")]
        ) from error


def encoding_by_mark(data: bytes) -> str | None:
    """The encoding other than UTF-8 that the first bytes of a text name, None where they do not.

    Examples
    --------
    >>> encoding_by_mark("agency".encode("utf-16"))
    'UTF-16'
    """
    return next((name for mark, name in MARKS.items() if data.startswith(mark)), None)


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
        With every place where the text breaks one of these rules; each has its code.
    """
    repeated: list[tuple[dict[str, Any], str]] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(found)
        if len(result) < len(found):
            times = Counter(key for key, _ in found)
            repeated.extend((result, key) for key in result if times[key] > 1)
        return result

    place = Place(file=file, pointer="")
    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=_whole)
    except json.JSONDecodeError as error:
        where = f"{error.msg}, in line {error.lineno}, column {error.colno}"
        message = f"This is not JSON: {where if text.strip() else 'it is empty'}."
        problem = Problem("not-json", place, message, "Correct the text there.")
        raise DocumentError([problem]) from error
    except RecursionError as error:
        raise DocumentError([too_deep(place)]) from error
    return plain(value, file, repeated)


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < LONGEST_NUMBER else float(digits)


def plain(value: Any, file: str | None, repeated: Sequence[tuple[dict[str, Any], str]] = ()) -> Any:
    """A value as strict JSON has it, in dictionaries and lists of its own.

    Parameters
    ----------
    value
        Mappings, lists, tuples, texts, numbers, true, false and None.
    file
        Name of the file, for messages.
    repeated
        Objects of which a text gave a key twice, and that key.

    Raises
    ------
    DocumentError
        With every place that holds something else.
    """
    twice: dict[int, list[str]] = {}
    for each, key in repeated:
        twice.setdefault(id(each), []).append(key)
    walk = _Walk(file, twice)
    result = walk.copy(value, ())
    walk.findings.raise_as(DocumentError)
    return result


class _Walk:
    """Copies a value and notes what strict JSON does not have."""

    def __init__(self, file: str | None, repeated: Mapping[int, list[str]]) -> None:
        self.file = file
        self.repeated = repeated
        self.findings = Findings()

    def add(self, code: Code, path: tuple[str | int, ...], message: str, mend: str) -> None:
        self.findings.add(code, Place(file=self.file, pointer=pointer(path)), message, mend)

    def copy(self, value: Any, path: tuple[str | int, ...]) -> Any:
        if len(path) > DEEPEST:
            self.findings.problems = [too_deep(Place(file=self.file, pointer=""))]
            self.findings.raise_as(DocumentError)
        match value:
            case str():
                self.check_text(value, path)
            case None | bool():
                pass
            case int() | float():
                self.check_number(value, path)
            case Mapping():
                for key in self.repeated.get(id(value), []):
                    message = f'The key "{key}" stands twice in one object.'
                    self.add("duplicate-key", (*path, key), message, "Keep one.")
                return {
                    self.key(key, path): self.copy(each, (*path, key))
                    for key, each in value.items()
                }
            case list() | tuple():
                return [self.copy(each, (*path, i)) for i, each in enumerate(value)]
            case _:
                message = f"{type(value).__name__} is nothing that JSON has."
                self.add("wrong-type", path, message, "Give texts, numbers, lists and objects.")
        return value

    def key(self, key: Any, path: tuple[str | int, ...]) -> str:
        if not isinstance(key, str):
            self.add("wrong-type", (*path, key), f"The key {key} is not a text.", "Quote it.")
        else:
            self.check_text(key, path)
        return str(key)

    def check_text(self, text: str, path: tuple[str | int, ...]) -> None:
        if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
            message = "The text holds half of a surrogate pair, which is no character."
            self.add("not-utf8", path, message, "Write the whole character.")

    def check_number(self, number: float, path: tuple[str | int, ...]) -> None:
        try:
            finite = isfinite(number)
        except OverflowError:
            finite = False
        if not finite:
            message = "This is not a number, or one beyond 1.8e308."
            self.add("not-finite", path, message, "Give a finite number, or leave it out.")


def too_deep(place: Place) -> Problem:
    """What is wrong where something is nested too deep."""
    message = f"Lists and objects are nested more than {DEEPEST} deep."
    return Problem("too-deep", place, message, "Flatten the document.")


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path beside a file, and put it in the file's place at the end.

    The old file survives whole where anything fails, and the new one has its permissions. A
    symbolic link stays, and what it names is replaced.

    Raises
    ------
    FileError
        Where the file or its folder cannot be written.
    """
    place = Place(file=os.fspath(path))
    temporary: Path | None = None
    try:
        target = _target(path, place)
        temporary = _beside(target)
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
    except FileError:
        raise
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"The file cannot be written: {reason}."
        raise _file_error("not-writable", place, message) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _target(path: str | os.PathLike[str], place: Place) -> Path:
    """The file that is to be written; what is no file, or must not be written, is refused."""
    try:
        target = Path(os.path.realpath(path))
    except ValueError as error:
        message = f"The file cannot be written: {error}."
        raise _file_error("not-writable", place, message) from error
    if target.is_dir():
        raise _file_error("not-writable", place, "This is a folder, not a file.")
    if target.is_symlink():
        raise _file_error("not-writable", place, "This is a symbolic link that leads to itself.")
    if target.exists() and not target.is_file():
        # A file in the place of /dev/null would break more than ours.
        raise _file_error("not-writable", place, "This is a device or a pipe, not a file.")
    if target.exists() and not os.access(target, os.W_OK):
        raise _file_error("not-writable", place, "The file is read-only.")
    return target


def _beside(target: Path) -> Path:
    """A new file of its own beside another, with the permissions of that one."""
    name = f".{target.name[:40]}-{secrets.token_hex(8)}{target.suffix[:20]}"
    temporary = target.with_name(name)
    # The mode is subject to the umask, as that of any new file.
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    with suppress(OSError):
        temporary.chmod(target.stat().st_mode & 0o777)
    return temporary


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
