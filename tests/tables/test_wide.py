"""What is wrong in a table with a row for each agency, found with its row and column."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.forms import QUESTIONNAIRE, columns, problems, told

from agencyindex import Missing, read_responses
from agencyindex.errors import ResponseError
from agencyindex.tables import cells


def refused(source: object, **how: object) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return told(ResponseError, lambda: read_responses(source, QUESTIONNAIRE, partial=True, **how))


def words(source: object, **how: object) -> str:
    """The one finding as it is printed."""
    (only,) = problems(
        ResponseError, lambda: read_responses(source, QUESTIONNAIRE, partial=True, **how)
    )
    return str(only)


def answers(source: object, **how: object) -> list[dict[str, object]]:
    """The answers of each agency that gave any."""
    return [
        {
            item: answer
            for item, answer in each.answers.items()
            if answer not in (Missing.NOT_ANSWERED, Missing.NOT_ASKED)
        }
        for each in read_responses(source, QUESTIONNAIRE, partial=True, **how)
    ]


def test_all_findings_together():
    """Everything wrong is told at once, each with its row, agency and item."""
    rows = [
        {"agency": "a", "rpa": "perhaps", "channels": "web;fax", "fte": "-1", "share": "2.5"},
        {"agency": "b", "rpa": "no", "channels": "web;web", "fte": "40 %", "share": "101"},
        {"agency": "", "rpa": "No", "channels": "web;none", "fte": "inf", "share": "x"},
        {"agency": "a", "logins": "3"},
    ]
    assert refused(rows) == [
        ("not-an-option", "row 2, agency a, item channels"),
        ("outside-bounds", "row 2, agency a, item fte"),
        ("not-an-option", "row 2, agency a, item rpa"),
        ("not-a-whole-number", "row 2, agency a, item share"),
        ("duplicate-answer", "row 3, agency b, item channels"),
        ("not-a-number", "row 3, agency b, item fte"),
        ("outside-bounds", "row 3, agency b, item share"),
        ("empty-agency", "row 4"),
        ("exclusive-option", "row 4, item channels"),
        ("not-a-number", "row 4, item fte"),
        ("not-a-number", "row 4, item share"),
        ("duplicate-agency", "row 5, agency a"),
        ("not-asked", "row 5, agency a, item logins"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40 %", '"40 %" is not a number from 0 to 100. Write 40.'),
        ("ca 40", '"ca 40" is not a number from 0 to 100. Write 40.'),
        ("40,0", "Write 40.0, or pass decimal_comma=True (--decimal-comma)."),
        ("1 234 kr", "Write 1234."),
        ("10-20", "Write digits, or leave it empty."),
        ("many", "Write digits, or leave it empty."),
        ("\u221240", "Write -40."),
        ("\u0664\u0660", "Write digits, or leave it empty."),
        ("0x10", "Write digits, or leave it empty."),
        ("1_000", "Write digits, or leave it empty."),
        ("nan", "Write digits, or leave it empty."),
    ],
)
def test_mend_of_a_number(text: str, expected: str):
    """A cell that holds one number and more is mended; others are not guessed at."""
    assert expected in words({"agency": ["a"], "share": [text]})


@pytest.mark.parametrize(
    ("text", "expected"), [("1.5", "Write 1,5."), ("1 23", "Write digits"), ("3,5 %", "Write 3,5.")]
)
def test_mend_of_a_swedish_number(text: str, expected: str):
    """With decimal commas a point is refused, since it may be either mark."""
    assert expected in words({"agency": ["a"], "fte": [text]}, decimal_comma=True)


@pytest.mark.parametrize(
    ("item", "bounds"), [("fte", "a number of at least 0."), ("logins", "a number. ")]
)
def test_bounds_in_the_message(item: str, bounds: str):
    """The message says which numbers the item takes."""
    assert bounds in words({"agency": ["a"], "e_id": ["yes"], item: ["x"]})


def test_arrays_of_numbers():
    """Arrays are checked like single cells: bounds, wholeness, infinity; NaN is empty."""
    nan, inf = np.nan, np.inf
    source = {
        "agency": ["a", "b", "c", "d"],
        "fte": np.array([nan, -1.0, inf, -0.0]),
        "share": np.array([-9, 101, 3, 0]),
    }
    assert refused(source) == [
        ("outside-bounds", "row 3, agency b, item fte"),
        ("outside-bounds", "row 3, agency b, item share"),
        ("not-a-number", "row 4, agency c, item fte"),
    ]
    source["fte"][1:3] = 1
    source["share"][1] = 100
    assert answers(source)[:2] == [{"share": Missing.DONT_KNOW}, {"fte": 1.0, "share": 100.0}]
    assert str(answers(source)[3]["fte"]) == "0.0"


def test_numbers_as_options():
    """A number is the option that is written alike, and no other."""
    assert answers({"agency": [1, 2.0], "level": [3.0, 1]}) == [{"level": "3"}, {"level": "1"}]
    assert ("not-an-option", "row 2, agency 1, item level") in refused(
        {"agency": [1], "level": [2.5]}
    )
    wide_range = np.array([1, 2, 10**6])
    assert refused({"agency": ["a", "b", "c"], "level": wide_range}) == [
        ("not-an-option", "row 4, agency c, item level")
    ]


def test_yes_and_no():
    """A yes/no item takes truth values, 1 and 0, and its labels."""
    said = [True, False, 1, 0, "Ja", "nej", "true", "0", 1.0]
    assert [each["e_id"] for each in answers({"agency": list("abcdefghi"), "e_id": said})] == [
        "yes",
        "no",
        "yes",
        "no",
        "yes",
        "no",
        "yes",
        "no",
        "yes",
    ]
    assert refused({"agency": ["a"], "e_id": [2]}) == [
        ("not-an-option", "row 2, agency a, item e_id")
    ]


def test_truth_values_elsewhere():
    """A truth value is neither a number nor an option of another item."""
    source = {"agency": ["a"], "fte": [True], "rpa": [True]}
    assert refused(source) == [
        ("not-a-number", "row 2, agency a, item fte"),
        ("not-an-option", "row 2, agency a, item rpa"),
    ]


@pytest.mark.parametrize(
    ("cell", "how", "kept", "used"),
    [
        ("web,phone", {}, ";", ","),
        ("web, phone", {}, ";", ","),
        ("web|phone", {}, ";", "|"),
        ("web;phone", {"separator": ","}, ",", ";"),
        ("phone/web", {}, ";", "/"),
    ],
)
def test_another_separator_is_told(cell: str, how: dict[str, str], kept: str, used: str):
    """Several answers to a multiple choice are right; what is between them has to be said."""
    assert words({"agency": ["a"], "channels": [cell]}, **how) == (
        f'row 2, agency a, item channels  "{cell}" is not an option. Several answers are kept '
        f'apart by "{kept}", and these by "{used}": pass separator="{used}" '
        f'(--separator "{used}"). [not-an-option]'
    )
    assert answers({"agency": ["a"], "channels": [cell]}, separator=used)


def test_two_separators_in_one_cell():
    """No one separator would do, so none is offered."""
    assert words({"agency": ["a"], "channels": ["post;web,phone"]}) == (
        'row 2, agency a, item channels  "web,phone" is not an option. These are several answers; '
        "give each by itself. [not-an-option]"
    )


def test_a_label_that_holds_the_separator():
    """A cell that is one label is not split."""
    assert answers({"agency": ["a"], "rpa": ["prövat; i drift"]}) == [{"rpa": "tested"}]


def test_reason_beside_an_option():
    """A reason for missing stands alone in a multiple choice answer."""
    assert refused({"agency": ["a"], "channels": ["web;dk"]}) == [
        ("exclusive-option", "row 2, agency a, item channels")
    ]


def test_lists():
    """A list is an answer to multiple choice only, and an empty one is none."""
    source = {"agency": ["a", "b"], "channels": [["web", None], []]}
    assert answers(source) == [{"channels": ("web",)}, {}]
    assert refused({"agency": ["a"], "rpa": [["no", "dk"]]}) == [
        ("not-a-list", "row 2, agency a, item rpa")
    ]


def test_a_mapping_as_a_cell():
    """A mapping states a reason for missing, or is refused."""
    assert answers([{"agency": "a", "fte": {"missing": "refused"}}]) == [{"fte": Missing.REFUSED}]
    assert refused([{"agency": "a", "fte": {"missing": "lost"}}]) == [
        ("not-a-number", "row 2, agency a, item fte")
    ]


def test_headings():
    """Headings that are unknown, twice there or empty over answers are told."""
    source = {
        "agency": ["a"],
        "rpaa": ["no"],
        "channels/fax": ["1"],
        "channels": ["web"],
        "channels[phone]": ["x"],
        "channels/Telefon": ["x"],
        "rpa/no": ["x"],
        " fte ": ["1"],
        "fte": ["1"],
        "": ["lost"],
    }
    assert refused(source) == [
        ("unknown-column", "row 1"),
        ("duplicate-column", "row 1, column fte"),
        ("unknown-column", "row 1, column rpa/no"),
        ("unknown-column", "row 1, column rpaa"),
        ("duplicate-column", "row 1, column channels/Telefon, item channels"),
        ("unknown-option", "row 1, column channels/fax, item channels"),
        ("duplicate-column", "row 1, column channels[phone], item channels"),
    ]


def test_unknown_column_mends():
    """A near item is offered, and how to pass a column over."""
    assert words({"agency": ["a"], "rpaa": ["no"]}).endswith(
        'Did you mean "rpa"? To pass it over: ignore=("rpaa",) (--ignore). [unknown-column]'
    )
    assert answers({"agency": ["a"], "rpaa": ["no"], "": [None]}, ignore=["rpaa"]) == [{}]


def test_long_taken_for_wide():
    """A table in the long layout says what to pass."""
    source = {"agency": ["a"], "item": ["rpa"], "answer": ["no"]}
    found = problems(ResponseError, lambda: read_responses(source, QUESTIONNAIRE, partial=True))
    assert [each.code for each in found] == ["unknown-column"] * 2
    assert [str(each.place) for each in found] == ["row 1, column answer", "row 1, column item"]
    assert {'This looks like a row for each answer: pass layout="long" (--layout long).'} == {
        each.mend for each in found
    }


def test_no_agency_column():
    """The agency's column must be there, under the heading that is named."""
    assert refused({"agencies": ["a"], "rpa": ["no"]}) == [
        ("no-agency-column", "row 1"),
        ("unknown-column", "row 1, column agencies"),
    ]
    assert answers({"agencies": ["a"], "rpa": ["no"]}, agency="agencies") == [{"rpa": "no"}]


def test_control_characters_in_an_id():
    """An id is one line of text."""
    assert refused({"agency": ["a\nb"]}) == [("bad-pattern", "row 2, column agency")]


def test_option_columns():
    """What an option's column holds must say yes or no; the option's own label says yes."""
    source = columns(
        [
            {"agency": "a", "channels/web": "Webb", "channels/none": "", "channels/dk": None},
            {"agency": "b", "channels/web": "no", "channels/none": "n", "channels/dk": "y"},
            {"agency": "c", "channels/web": "0", "channels/none": "1", "channels/dk": ""},
            {"agency": "d", "channels/web": "0", "channels/none": "0", "channels/dk": ""},
        ]
    )
    assert answers(source) == [
        {"channels": ("web",)},
        {"channels": Missing.DONT_KNOW},
        {"channels": ("none",)},
        {},
    ]
    source["channels/web"][:2] = ["Post", "yes"]
    source["channels/none"][2:] = ["yes", "maybe"]
    source["channels/web"][2] = "yes"
    assert refused(source) == [
        ("not-an-option", "row 2, column channels/web, agency a, item channels"),
        ("exclusive-option", "row 3, agency b, item channels"),
        ("exclusive-option", "row 4, agency c, item channels"),
        ("not-an-option", "row 5, column channels/none, agency d, item channels"),
    ]


def test_the_same_mistake_everywhere(monkeypatch: pytest.MonkeyPatch):
    """A wrong cell in very many rows is listed for the first of them, and the rest counted."""
    monkeypatch.setattr(cells, "LISTED", 2)
    source = {"agency": list("abcde"), "rpa": ["perhaps"] * 5}
    found = problems(ResponseError, lambda: read_responses(source, QUESTIONNAIRE, partial=True))
    assert [str(each.place) for each in found] == [
        "row 2, agency a, item rpa",
        "row 3, agency b, item rpa",
    ]
    assert [each.code for each in found] == ["not-an-option"] * 2
    assert found[1].message == '"perhaps" is not an option. The same in 3 more rows.'


def test_no_table():
    """What holds no table is refused with a word on what to give."""
    for source in (3, [1, 2], {"agency": "a"}, {"agency": 1}, {"agency": ["a"], "rpa": []}):
        assert refused(source) == [("not-a-table", "")]
    for source in ([], {}, {"agency": []}):
        assert refused(source) == [("no-rows", "")]
    assert refused({"agency": ["a"]}, layout="broad") == [("bad-parameter", "")]


def test_columns_that_are_left_out():
    """An item without a column was answered by nobody; what was not asked is told apart."""
    read = read_responses(
        {"agency": ["a"], "e_id": ["no"]}, QUESTIONNAIRE, partial=True, edition="2020"
    )
    assert Missing.NOT_ANSWERED is read["a"].answers["rpa"]
    assert Missing.NOT_ASKED is read["a"].answers["logins"]
    assert read.edition == "2020"


def test_names_of_the_responses():
    """Edition, id, version and the mark of made-up answers reach what is read."""
    stated = {"edition": "2020", "id": "r", "version": "2.0.0", "synthetic": True}
    for source in (
        {"agency": ["a"]},
        list(read_responses({"agency": ["a"]}, QUESTIONNAIRE, partial=True)),
    ):
        read = read_responses(source, QUESTIONNAIRE, partial=True, **stated)
        assert stated == {key: getattr(read, key) for key in stated}


def test_figures_that_state_a_reason():
    """A number may offer a figure for a reason, in text as in numbers."""
    for cells_of_share in (["-9", "8"], [-9, 8], [-9.0, 8.0], np.array([-9, 8])):
        read = read_responses(
            {"agency": ["a", "b"], "share": cells_of_share}, QUESTIONNAIRE, partial=True
        )
        assert read["a"].answers["share"] is Missing.DONT_KNOW
        assert read["b"].answers["share"] == 8.0


def test_numbers_below_an_empty_heading():
    """A column of numbers without a heading is told, one without numbers is passed over."""
    assert refused({"agency": ["a"], "": np.array([1])}) == [("unknown-column", "row 1")]
    assert answers({"agency": ["a"], "": np.array([np.nan])}) == [{}]


def test_items_without_a_column():
    """An item that no column is about is told, unless the table is said to be partial."""
    whole = {each: ["1"] for each in ("agency", "rpa", "level", "e_id", "fte", "share")}
    source = {**whole, "rpa": ["no"], "channels/web": ["x"]}
    (found,) = problems(ResponseError, lambda: read_responses(source, QUESTIONNAIRE))
    assert str(found) == (
        "item logins  No column has the answers to this item. Add the column, or say that the "
        "table is partial: partial=True (--partial). [missing-column]"
    )
    assert read_responses(source, QUESTIONNAIRE, partial=True).agencies == ("1",)
    del source["channels/web"]
    found = problems(ResponseError, lambda: read_responses(source, QUESTIONNAIRE))
    assert [(each.code, each.place.item) for each in found] == [
        ("missing-column", "channels"),
        ("missing-column", "logins"),
    ]


def test_a_column_that_is_wrong_or_passed_over_is_there():
    """An item whose column is passed over, or names no option, is not told to lack one."""
    source = {
        **{each: [""] for each in ("agency", "rpa", "level", "e_id", "fte", "share")},
        "logins": [""],
    }
    source = {**source, "agency": ["a"]}
    (found,) = problems(
        ResponseError, lambda: read_responses({**source, "channels/fax": ["x"]}, QUESTIONNAIRE)
    )
    assert found.code == "unknown-option"
    passed = {**source, "channels": ["web"]}
    assert len(read_responses(passed, QUESTIONNAIRE, ignore=["channels"])) == 1
