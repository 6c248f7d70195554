"""Files that are not there, must not be written or are interrupted: the old one survives whole."""

from __future__ import annotations

import csv
import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
import python_calamine
from tests.hostile import demo
from tests.hostile.given import QUESTIONNAIRE, Call, expected, printed

import agencyindex as ai
from agencyindex._documents import files
from agencyindex.tables import scores as tables

REGISTER = ai.Register(id="r", version="1.0.0", agencies=[])
READERS: dict[str, Callable[[str], object]] = {
    "load": ai.load,
    "read_register": ai.read_register,
    "read_responses": lambda name: ai.read_responses(name, QUESTIONNAIRE, partial=True),
}


def scores(*agencies: str) -> ai.Scores:
    """Scores of the demonstration, of agencies with these ids."""
    made = ai.score(demo.FITTED, demo.RESPONSES)
    return attrs.evolve(made, agencies=[*agencies, *made.agencies[len(agencies) :]])


def using(call: Callable[[str], object], name: str, make: Callable[[str], object]) -> Call:
    """Make something of a name, and call with that name."""
    make(name)
    return lambda: call(name)


def _nothing(_: str) -> None:
    """Leave the name unused."""


def _folder(name: str) -> None:
    Path(name).mkdir()


def _loop(name: str) -> None:
    Path(name).symlink_to("other")
    Path("other").symlink_to(name)


def _file_as_folder(name: str) -> None:
    Path(name).parent.write_text("old", encoding="utf-8")


def dump(name: str) -> object:
    """Write a document."""
    return ai.dump(REGISTER, name)


def write(name: str, **how: Any) -> object:
    """Write scores."""
    return ai.write_scores(scores(), name, **how)


WRITTEN: dict[str, Callable[[str], object]] = {"dump": dump, "write_scores": write}
STATES: dict[str, tuple[str, Callable[[str], object]]] = {
    "nothing": ("none{}", _nothing),
    "no such folder": ("none/none{}", _nothing),
    "folder": ("folder{}", _folder),
    "file in place of a folder": ("file/x{}", _file_as_folder),
    "NUL in its name": ("a\0{}", _nothing),
    "long name": ("x" * 300 + "{}", _nothing),
    "link to itself": ("loop{}", _loop),
    "pipe": ("pipe{}", os.mkfifo),
}
CASES: dict[str, Callable[[], Call]] = {
    **{
        f"{reader}: {state}": partial(using, call, name.format(ending), make)
        for reader, call, ending in (
            *((name, call, ".json") for name, call in READERS.items()),
            *((name, call, ".json") for name, call in WRITTEN.items()),
            *((f"{name} csv", call, ".csv") for name, call in READERS.items() if name != "load"),
            ("write_scores xlsx", write, ".xlsx"),
        )
        for state, (name, make) in STATES.items()
        # Reading waits for what comes through a pipe, and writing makes what is not there.
        if state != ("nothing" if call in (dump, write) else "pipe")
    },
    "dump: device": partial(using, dump, "/dev/null", _nothing),
    "write_scores: no such ending": partial(using, write, "scores.doc", _nothing),
    "write_scores: no such language": lambda: partial(
        write, "scores.csv", register=demo.REGISTER, language="fi"
    ),
    "write_scores: text too long for a cell": lambda: partial(
        ai.write_scores, scores("x" * 40_000), "scores.xlsx"
    ),
}
"""By name, what cannot be read or written."""


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_cannot_be_used_says_why(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is refused in the words that stand in printed/files.txt, and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    call = CASES[name]()
    before = sorted(tmp_path.rglob("*"))
    assert expected("files")[name] == printed(call)
    assert before == sorted(tmp_path.rglob("*"))


WRITERS: dict[str, Callable[[Path], object]] = {
    "register.json": lambda path: ai.dump(REGISTER, path),
    **{
        f"scores.{ending}": lambda path: ai.write_scores(scores(), path)
        for ending in ("csv", "xlsx", "parquet", "jsonl", "json")
    },
}


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_is_read_only_or_full(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the system refuses is a finding with its reason; the old file stays."""
    path = tmp_path / name
    path.write_text("old", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, "fsync" if code == errno.ENOSPC else "open", refuse)
    words = printed(lambda: WRITERS[name](path))
    assert words == (
        f"{path}  The file cannot be written: {os.strerror(code)}."
        " Choose another folder or name. [not-writable]"
    )
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(name, "old")]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ZeroDivisionError, MemoryError])
@pytest.mark.parametrize("name", WRITERS)
def test_an_interrupted_write(
    name: str, interruption: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception in the middle leaves the old file whole, and no other beside it."""
    path = tmp_path / name
    path.write_text("old", encoding="utf-8")

    def interrupt(*arguments: object, **_: object) -> None:
        (temporary,) = (each for each in arguments if isinstance(each, Path))
        temporary.write_bytes(b"half")
        raise interruption

    monkeypatch.setitem(tables.FORMATS, path.suffix, interrupt)
    monkeypatch.setattr(Path, "write_text", interrupt)
    with pytest.raises(interruption):
        WRITERS[name](path)
    monkeypatch.undo()
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(name, "old")]


KILLED = """
import os, signal, sys
from agencyindex._documents.files import replacing
with replacing(sys.argv[1]) as temporary, temporary.open("w") as stream:
    stream.write("half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_write_that_is_killed(tmp_path: Path) -> None:
    """Where the process is killed, the old file is whole; a hidden file beside it is the rest."""
    path = tmp_path / "scores.csv"
    path.write_text("old", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_text(encoding="utf-8") == "old"
    left = [each.name for each in tmp_path.iterdir() if each != path]
    assert [name.startswith(".scores.csv-") for name in left] == [True]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What is written to a symbolic link is written to the file that it names, there or not yet."""
    (tmp_path / "results").mkdir()
    link = tmp_path / "latest.json"
    link.symlink_to(Path("results") / "register.json")
    for _ in range(2):
        ai.dump(REGISTER, link)
        assert link.is_symlink()
        assert ai.load(tmp_path / "results" / "register.json") == REGISTER
    assert [each.name for each in (tmp_path / "results").iterdir()] == ["register.json"]


def test_permissions_are_those_of_the_old_file(tmp_path: Path) -> None:
    """A new file has what the mask allows; one that is replaced keeps what it had."""
    path = tmp_path / "register.json"
    mask = os.umask(0o027)
    try:
        ai.dump(REGISTER, path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o600)
    ai.dump(REGISTER, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made a file read-only wants to keep it, though the folder may be written."""
    path = tmp_path / "register.json"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(files.os, "access", lambda *_: False)
    words = "The file is read-only. Choose another folder or name. [not-writable]"
    assert printed(lambda: ai.dump(REGISTER, path)) == f"{path}  {words}"


RUN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "'=1", "''=1", "'quoted", "a=1"]


def test_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    """In csv what would be run gets an apostrophe; taking it away gives back every text."""
    names = [ai.Agency(agency, name=agency) for agency in RUN]
    register = ai.Register(id="r", version="1.0.0", agencies=names)
    made = ai.score(
        demo.FITTED,
        ai.read_responses({"agency": range(len(RUN))}, demo.QUESTIONNAIRE, partial=True),
    )
    made = attrs.evolve(made, agencies=RUN)
    path = tmp_path / "scores.csv"
    ai.write_scores(made, path, layout="wide", register=register)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for agency, row in zip(RUN, rows, strict=True):
        for cell in (row["agency"], row["name"]):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))
            run = cell.startswith("'") and cell.lstrip("'").startswith(tuple("=+-@\t\r\uff1d"))
            assert agency == (cell[1:] if run else cell)


def test_numbers_below_zero_stay_numbers(tmp_path: Path) -> None:
    """The minus of a number is none of a formula."""
    tables.write_csv({"agency": ["-5"], "x": tables.np.array([-5.0])}, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "agency,x\n'-5,-5.0\n"


def test_a_workbook_holds_text_as_text(tmp_path: Path) -> None:
    """In xlsx nothing is a formula or XML of its own, whatever it looks like."""
    path = tmp_path / "scores.xlsx"
    texts = ["=1+1", "{=1}", "http://example.org", "<r></is></c><c><f>1</f></c></r>", "_x0041_"]
    ai.write_scores(scores(*texts), path, layout="wide")
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()[1 : len(texts) + 1]] == texts
