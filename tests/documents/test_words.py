"""What a schema refuses and what a file does, word by word, with place and values."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.documents.keywords import base, changed
from tests.documents.small import POINTS, STAGE, USERS, index, indicator, questionnaire

import agencyindex as ai
from agencyindex._documents.files import json_text, replacing, write_text
from agencyindex._documents.schemas import check_schema, described, schema
from agencyindex.errors import DocumentError, FileError, Findings, Place

ASKED = questionnaire(STAGE)
SCORED = index({"p": POINTS}, indicator("a", "stage", "p"))
SHARE = (
    "A number from 0 to 1: a node is missing where the children that have a value hold a smaller "
    "share of the nominal weight."
)
ID = "etters, digits, '_', '.' and '-', the first a letter or a digit."
KEYS = ["schema", "id", "version", "title", "note", "synthetic", "scales", "sections"]
KNOWN = f"The 8 keys are {', '.join(map(described, KEYS))}."
RULE = "A text or a number: what a missing answer counts as: a rule, or a number of points."
MINMAX = {"method": "minmax", "to": [0, 1], "clip": True}
METHODS = schema("index")["$defs"]["normalisation"]["properties"]["method"]["enum"]

REFUSALS: list[tuple[Any, ...]] = [
    (
        ASKED | {"id": 5},
        ("wrong-type", "/id", "5 is not a text."),
        f"A text: identifier of the document. L{ID}",
        (5, "string"),
    ),
    (
        SCORED | {"weighting": [1]},
        ("wrong-type", "/weighting", "a list is not an object."),
        "An object: what the children of a node count for.",
        ([1], "object"),
    ),
    (
        SCORED | {"missing": {"refused": {}}},
        ("wrong-type", "/missing/refused", "an object is not a text or a number."),
        RULE,
        ({}, ["string", "number"]),
    ),
    (
        SCORED | {"normalisation": MINMAX | {"clip": "å"}},
        ("wrong-type", "/normalisation/clip", '"å" is not true or false.'),
        "True or false: whether values beyond the population's range are taken to the end of the scale.",
        ("å", "boolean"),
    ),
    (
        ASKED | {"title": {"xx_": "a"}},
        ("bad-pattern", "/title", 'The key "xx_" does not have the right form.'),
        "A language tag, such as sv or en-GB.",
        ("xx_", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    ),
    (
        SCORED | {"id": "a b"},
        ("bad-pattern", "/id", '"a b" does not have the right form.'),
        f"Identifier of the document. L{ID}",
        ("a b", "^[A-Za-z0-9][A-Za-z0-9_.-]*$"),
    ),
    (
        {key: value for key, value in ASKED.items() if key != "id"},
        ("missing-key", "", 'The key "id" is missing.'),
        (
            "Add \"id\": identifier of the document. Letters, digits, '_', '.' and '-', the "
            "first a letter or a digit."
        ),
        (None, "id"),
    ),
    (
        ASKED | {"zebra": 1},
        ("unknown-key", "/zebra", 'The key "zebra" is not known here.'),
        KNOWN,
        ("zebra", KEYS),
    ),
    (
        ASKED | {"sectoins": 1},
        ("unknown-key", "/sectoins", 'The key "sectoins" is not known here.'),
        'Did you mean "sections"?',
        ("sectoins", KEYS),
    ),
    (
        ASKED | {"sections": []},
        ("wrong-length", "/sections", "There is too little: 0 where at least 1 must stand."),
        "A list: parts of the questionnaire, in order.",
        ([], 1),
    ),
    (
        SCORED | {"normalisation": MINMAX | {"to": [0, 1, 2]}},
        ("wrong-length", "/normalisation/to", "There is too much: 3 where at most 2 must stand."),
        "A list: the two ends of the scale.",
        ([0, 1, 2], 2),
    ),
    (
        SCORED | {"minimum_coverage": 2},
        ("out-of-range", "/minimum_coverage", "2 is above 1."),
        SHARE,
        (2, 1),
    ),
    (
        SCORED | {"minimum_coverage": -1},
        ("out-of-range", "/minimum_coverage", "-1 is below 0."),
        SHARE,
        (-1, 0),
    ),
    (
        SCORED | {"normalisation": {"method": "z"}},
        ("unknown-method", "/normalisation/method", '"z" is not allowed here.'),
        (f"The 22 choices are {', '.join(map(described, METHODS))}."),
        ("z", METHODS),
    ),
    (
        SCORED | {"rounding": {"where": "x"}},
        ("not-allowed", "/rounding/where", '"x" is not allowed here.'),
        'The 3 choices are "nowhere", "published", "every_level".',
        ("x", ["nowhere", "published", "every_level"]),
    ),
    (
        SCORED | {"schema": "agencyindex/zebra"},
        ("not-allowed", "/schema", '"agencyindex/zebra" is not allowed here.'),
        'The only choice is "agencyindex/index/1".',
        ("agencyindex/zebra", ["agencyindex/index/1"]),
    ),
]


def _refused(document: Any, kind: str) -> list[Any]:
    findings = Findings()
    check_schema(document, kind, "f.json", findings)
    return findings.problems


@pytest.mark.parametrize(("document", "what", "mend", "values"), REFUSALS)
def test_a_schema_says_what_it_refuses(document: Any, what: Any, mend: Any, values: Any) -> None:
    """The one problem has its code, file and pointer, both sentences and both values."""
    (problem,) = _refused(document, "index" if "scorings" in document else "questionnaire")
    assert problem.place == Place(file="f.json", pointer=what[1])
    assert (problem.code, problem.place.pointer, problem.message) == what
    assert problem.mend == mend
    assert (problem.found, problem.expected) == values


@pytest.mark.parametrize(("count", "last"), [(999, ""), (1000, ""), (1003, " And 3 more keys.")])
def test_a_thousand_unknown_keys_are_listed(count: int, last: str) -> None:
    """Up to a thousand keys have a finding each, and the last one counts the others."""
    problems = _refused(ASKED | {f"k{number}": 1 for number in range(count)}, "questionnaire")
    expected = [f'The key "k{number}" is not known here.' for number in range(min(count, 1000))]
    expected[-1] += last
    assert [problem.message for problem in problems] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": 1}, "an object"),
        ([1], "a list"),
        ("å", '"å"'),
        (None, "null"),
        ("x" * 58, f'"{"x" * 58}"'),
        ("x" * 59, f'"{"x" * 56}...'),
    ],
)
def test_a_value_is_described_in_sixty_signs_at_most(value: Any, expected: str) -> None:
    """Lists and objects by their kind, anything else as JSON, cut where it is long."""
    assert described(value) == expected


def test_each_kind_has_a_schema_of_its_own() -> None:
    """The schema of a kind names that kind and its version."""
    for kind in ("questionnaire", "index", "register", "responses", "scores"):
        assert schema(kind)["$id"] == f"agencyindex/{kind}/1"


def test_json_is_written_for_people() -> None:
    """Two spaces, letters as they are, a line break at the end, and never a NaN."""
    assert json_text({"å": [1]}) == '{\n  "å": [\n    1\n  ]\n}\n'
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(float("nan"))


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    """UTF-8 whatever the locale, and line breaks of every kind as they stand."""
    write_text(tmp_path / "a.txt", "å\n\r\n\r")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa5\n\r\n\r"


def _loop(folder: Path, _: pytest.MonkeyPatch) -> str:
    (folder / "loop").symlink_to(folder / "loop")
    return str(folder / "loop")


def _pipe(folder: Path, _: pytest.MonkeyPatch) -> str:
    os.mkfifo(folder / "pipe")
    return str(folder / "pipe")


def _folder(folder: Path, _: pytest.MonkeyPatch) -> str:
    return str(folder)


def _nul(folder: Path, _: pytest.MonkeyPatch) -> str:
    return str(folder / "a\0b")


def _read_only(folder: Path, patch: pytest.MonkeyPatch) -> str:
    (folder / "old").write_text("old")
    # Whoever runs the tests may be allowed to write everywhere.
    patch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    return str(folder / "old")


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (_loop, "This is a symbolic link that leads to itself."),
        (_pipe, "This is a device or a pipe, not a file."),
        (_folder, "This is a folder, not a file."),
        (_nul, "The file cannot be written: its name holds a NUL."),
        (_read_only, "The file is read-only."),
    ],
)
def test_what_cannot_be_written_is_told(
    made: Any, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one problem has its code, the file as it was named, and both sentences."""
    path = made(tmp_path, monkeypatch)
    with pytest.raises(FileError) as caught:
        write_text(path, "new")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("not-writable", Place(file=path))
    assert (problem.message, problem.mend) == (message, "Choose another folder or name.")


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_new_file_has_the_permissions_of_the_old(mode: int, tmp_path: Path) -> None:
    """The temporary file beside it is hidden, keeps the suffix, and has the same mode."""
    path = tmp_path / f"{'n' * 50}.{'s' * 30}"
    path.write_text("old")
    path.chmod(mode)
    with replacing(path) as temporary:
        assert temporary.stat().st_mode & 0o777 == mode
        assert temporary.parent == tmp_path
        beginning, end = temporary.name.split("-")
        assert beginning == f".{'n' * 40}"
        assert end[16:] == f".{'s' * 19}"
        temporary.write_text("new")
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_text() == "new"


def test_a_file_that_is_new_obeys_the_umask(tmp_path: Path) -> None:
    """Without an old file the mode is that of any new file: read and write, less the umask."""
    before = os.umask(0)
    try:
        write_text(tmp_path / "a", "new")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666


TOGETHER: list[tuple[Any, ...]] = [
    (
        "register",
        ["replace", "/agencies/0/valid_from", "2018-02-30"],
        "/agencies/0/valid_from",
        "2018-02-30",
    ),
    ("register", ["add", "/agencies/-", {"id": "b"}], "/agencies/2/id", "b"),
    ("register", ["replace", "/agencies/0/successors/0", "a"], "/agencies/0/successors/0", "a"),
    ("register", ["replace", "/agencies/0/valid_from", "2026-01-01"], "/agencies/0/valid_to", None),
    ("scores", ["replace", "/agencies/2/agency", "a"], "/agencies/2/agency", None),
    ("scores", ["remove", "/agencies/1/scores/0"], "/agencies/1/scores", None),
    ("scores", ["replace", "/nodes/1/index", "another"], "/rules", None),
]


@pytest.mark.parametrize(("kind", "change", "pointer", "found"), TOGETHER)
def test_what_makes_no_sense_is_told_with_its_file(
    kind: str, change: Any, pointer: str, found: Any, tmp_path: Path
) -> None:
    """A finding of a document that was read from a file names the file, and the value."""
    path = tmp_path / "given.json"
    path.write_text(json.dumps(changed(base(kind, "full"), change)), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        ai.load(path)
    (problem,) = caught.value.problems
    assert problem.place == Place(file="given.json", pointer=pointer)
    assert problem.found == found
    assert problem.expected == ("another" if pointer == "/rules" else None)


def test_what_was_found_in_an_index_is_kept_as_a_value() -> None:
    """A name that an index or a questionnaire uses and nothing has is told, with near names."""
    ratio = {"method": "ratio", "denominator": "zebra", "when_zero": "error"}
    document = index({"p": ratio}, indicator("a", "users", "p"))
    asked = questionnaire(USERS, STAGE)
    (problem,) = ai.validate(document, asked)
    assert (problem.code, problem.place.pointer) == ("unknown-item", "/scorings/p/denominator")
    assert problem.mend == 'The 2 items are "users", "stage".'
    assert problem.found == "zebra"
    (problem,) = ai.validate(questionnaire(USERS, USERS))
    assert (problem.code, problem.found) == ("duplicate-id", "users")


def test_an_agency_of_one_day_is_none_in_disorder() -> None:
    """An agency may end on the day on which it begins."""
    day = date(2025, 12, 31)
    one = ai.Agency(id="a", valid_from=day, valid_to=day)
    register = ai.Register(id="r", version="1.0.0", agencies=[one])
    again = ai.load(ai.document(register), ai.Register)
    assert (again.agencies[0], again.note) == (one, "")


def test_scores_without_a_note_or_an_agency_are_read_as_doubles() -> None:
    """What a document leaves out is empty, and its figures are doubles even where whole."""
    document = base("scores", "full")
    document.pop("note", None)
    document["nodes"][0]["lower"] = None
    for agency in document["agencies"]:
        for cell in agency["scores"]:
            cell.update(coverage=1, answered=1)
    scores = ai.load(document, ai.Scores)
    assert scores.note == ""
    assert scores.nodes[0].lower == -np.inf
    assert {each.dtype for each in (scores.values, scores.coverage, scores.answered)} == {
        np.dtype(np.float64)
    }
    assert {scores.statuses.dtype, scores.causes.dtype} == {np.dtype(np.int8)}
    nobody = ai.load(document | {"agencies": []}, ai.Scores)
    assert nobody.statuses.dtype == np.int8
    assert nobody.agencies == ()
