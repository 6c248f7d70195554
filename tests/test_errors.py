"""Errors and findings: how they are put in words, and in which order."""

from __future__ import annotations

import pickle

import pytest

import agencyindex as ai
from agencyindex._extras import require
from agencyindex.errors import (
    AgencyIndexError,
    DocumentError,
    FileError,
    Findings,
    MethodError,
    MismatchError,
    MissingExtraError,
    Place,
    Problem,
    ResponseError,
    collecting,
    did_you_mean,
)

PLACES = {
    "": Place(),
    "x.json#/a/0": Place(file="x.json", pointer="/a/0"),
    "#": Place(pointer=""),
    "x.csv row 3": Place(file="x.csv", row=3),
    "x.csv row 3, column fte, agency a, item size": Place(
        file="x.csv", row=3, column="fte", agency="a", item="size"
    ),
    "row 2": Place(row=2),
    "agency a, item x, index i, node n, MinMax": Place(
        agency="a", item="x", index="i", node="n", method="MinMax"
    ),
}


@pytest.mark.parametrize("text", PLACES)
def test_a_place_says_what_is_known_of_it(text: str) -> None:
    """Files, rows, ids and methods are named, and nothing is said of what is not known."""
    assert str(PLACES[text]) == text


MENDS = [
    ("tech_rpaa", ["tech_rpa", "tech_ai"], "items", 'Did you mean "tech_rpa"?'),
    ("x", [], "scales", "There are no scales."),
    ("x", ["yes"], "options", 'The only choice is "yes".'),
    ("x", ["yes", "no"], "", 'The 2 choices are "yes", "no".'),
    (
        "x",
        ["one", "two", "three", "four", "five", "six"],
        "items",
        'The 6 items are "one", "two", "three", "four", "five", "six".',
    ),
    (
        "x",
        [f"n{k}" for k in range(31)],
        "items",
        'There are 31 items; the first are "n0", "n1", "n2", "n3", "n4".',
    ),
    (
        "x",
        [letter * 67 for letter in "abcdef"],
        "",
        "There are 6 choices; the first are "
        + ", ".join(f'"{letter * 67}"' for letter in "abcde")
        + ".",
    ),
    ("x", ["a" * 401, "b"], "", f'The 2 choices are "{"a" * 401}", "b".'),
    (17, ["171"], "items", 'Did you mean "171"?'),
]


@pytest.mark.parametrize(("word", "choices", "what", "mend"), MENDS)
def test_a_misspelt_name_is_mended(word: object, choices: list[str], what: str, mend: str) -> None:
    """A near name is offered alone; otherwise the names are counted and listed, if they fit."""
    assert did_you_mean(word, choices, what) == mend


def test_a_problem_is_one_line() -> None:
    """A problem is its place, its words and its code, without holes where there is nothing."""
    full = Problem("no-rows", Place(file="a.csv"), "No rows.", "Add one.")
    assert str(full) == "a.csv  No rows. Add one. [no-rows]"
    assert str(Problem("no-rows", Place(), "No rows.")) == "No rows. [no-rows]"


def test_what_was_found_does_not_make_problems_differ() -> None:
    """Two problems are the same where code, place and words are."""
    one = Problem("no-rows", Place(), "No rows.", found=1)
    assert one == Problem("no-rows", Place(), "No rows.", found=2)


def test_problems_come_in_the_order_of_their_places() -> None:
    """Files by name, then pointers, rows and agencies, however they were found."""
    places = [
        Place(file="a", pointer="/b"),
        Place(file="a", row=2),
        Place(file="a", row=10, agency="z"),
        Place(file="b", agency="a", item="x"),
        Place(file="b", agency="a", item="y"),
        Place(file="b", agency="b"),
    ]
    shuffled = [Problem("no-rows", place, "x") for place in (places[i] for i in (5, 1, 3, 0, 4, 2))]
    found = [each.place for each in AgencyIndexError(shuffled).problems]
    assert found == [places[1], places[2], places[0], *places[3:]]


def test_positions_in_a_document_count_as_numbers() -> None:
    """The tenth child comes after the second."""
    pointers = ["/children/2/item", "/children/10", "/children/10/id", "/id"]
    shuffled = [Problem("no-rows", Place(pointer=each), "x") for each in reversed(pointers)]
    assert [each.place.pointer for each in AgencyIndexError(shuffled).problems] == pointers


def test_a_long_list_of_problems_is_cut() -> None:
    """The text of an error has fifty lines, and says how many there are beside them."""
    problems = [Problem("no-rows", Place(row=i), "x") for i in range(53)]
    error = AgencyIndexError(problems)
    lines = str(error).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (51, "row 0  x [no-rows]", "and 3 more")
    assert len(error.problems) == 53


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (DocumentError, ValueError),
        (ResponseError, ValueError),
        (MethodError, ValueError),
        (MismatchError, ValueError),
        (FileError, OSError),
        (MissingExtraError, ImportError),
    ],
)
def test_every_error_is_the_one_that_python_would_raise(
    error: type[AgencyIndexError], builtin: type[Exception]
) -> None:
    """An error is caught by the nearest built-in, says its problems, and survives a pickle."""
    problem = Problem("no-rows", Place(file="a.csv"), "No rows.")
    with pytest.raises(builtin) as caught:
        raise error([problem])
    assert str(caught.value) == "a.csv  No rows. [no-rows]"
    assert isinstance(caught.value, ai.AgencyIndexError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == (problem,)
    assert str(again) == str(caught.value)


def test_findings_are_raised_together_or_not_at_all() -> None:
    """A block that finds nothing raises nothing, and one that finds two raises both."""
    with collecting(ResponseError) as findings:
        assert not findings
    two = Findings()
    two.add("no-rows", Place(row=2), "x")
    two.add("no-rows", Place(row=1), "y", "z", found=1, expected=2)
    assert two
    with pytest.raises(ResponseError) as caught:
        two.raise_as(ResponseError)
    first, second = caught.value.problems
    assert (first.message, first.mend, first.found, first.expected) == ("y", "z", 1, 2)
    assert second.message == "x"


def test_a_missing_library_is_named_with_its_extra() -> None:
    """What is not installed is told with the command that installs it; what is, is imported."""
    assert require("json", "none", "read").loads("1") == 1
    with pytest.raises(MissingExtraError) as caught:
        require("no_such_library.part", "xlsx", "read spreadsheets")
    (problem,) = caught.value.problems
    assert problem.code == "missing-extra"
    assert problem.message == (
        "The library no_such_library is needed to read spreadsheets, and is not installed."
    )
    assert problem.mend == 'Run: pip install "agencyindex[xlsx]"'
    assert problem.expected == "no_such_library"
