"""What is wrong in a table with a row for each answer, found with its row."""

from __future__ import annotations

from tests.tables.forms import FRAMES, QUESTIONNAIRE, told

from agencyindex import Missing, read_responses
from agencyindex.errors import ResponseError


def rows(*cells: tuple[object, object, object]) -> list[dict[str, object]]:
    """Rows of agency, item and answer."""
    return [dict(zip(("agency", "item", "answer"), each, strict=True)) for each in cells]


def refused(source: object, **how: object) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return told(ResponseError, lambda: read_responses(source, QUESTIONNAIRE, layout="long", **how))


def test_all_findings_together():
    """Everything wrong is told at once, each at the row of its own answer."""
    source = rows(
        ("a", "rpa", "no"),
        ("a", "rpa", "tested"),
        ("b", "rpaa", "no"),
        ("", "rpa", "no"),
        ("b", "channels", "web"),
        ("b", "channels", "web;phone"),
        ("c", "channels", "none"),
        ("c", "channels", "post"),
        ("c", "fte", "many"),
        ("c", "", "many"),
        ("d", "logins", "3"),
        ("d", "channels", "dk"),
        ("d", "channels", "fax"),
    )
    assert refused(source) == [
        ("duplicate-answer", "row 3, agency a, item rpa"),
        ("unknown-item", "row 4, agency b"),
        ("empty-agency", "row 5"),
        ("duplicate-answer", "row 7, agency b, item channels"),
        ("exclusive-option", "row 8, agency c, item channels"),
        ("not-a-number", "row 10, agency c, item fte"),
        ("unknown-item", "row 11, agency c"),
        ("not-asked", "row 12, agency d, item logins"),
        ("exclusive-option", "row 13, agency d, item channels"),
        ("not-an-option", "row 14, agency d, item channels"),
    ]


def test_agencies_in_the_order_of_the_rows():
    """Agencies come in the order of their first rows, also those that answered nothing."""
    read = read_responses(
        rows(
            ("b", "", None), ("a", "rpa", "no"), (3, "fte", 1), ("3", "share", 2), ("b", "fte", "")
        ),
        QUESTIONNAIRE,
        layout="long",
    )
    assert read.agencies == ("b", "a", "3")
    assert Missing.NOT_ANSWERED is read["b"].answers["fte"]
    assert (read["3"].answers["fte"], read["3"].answers["share"]) == (1.0, 2.0)


def test_columns_of_numbers():
    """Agency and answer may be columns of numbers in a data frame."""
    source = [
        {"who": 1, "what": "fte", "said": 2.5},
        {"who": 2, "what": "level", "said": 3.0},
        {"who": 2, "what": "fte", "said": None},
    ]
    how = {"layout": "long", "agency": "who", "item": "what", "answer": "said"}
    for frame in ("polars", "pandas", "pyarrow", "columns"):
        read = read_responses(FRAMES[frame](source), QUESTIONNAIRE, **how)
        assert read["1"].answers["fte"] == 2.5
        assert read["2"].answers["level"] == "3"
        assert Missing.NOT_ANSWERED is read["2"].answers["fte"]


def test_headings():
    """The three columns must be there, and no other unless it is to be passed over."""
    assert refused([{"Item": "rpa", "answer": "no", "note": "x"}]) == [
        ("no-agency-column", "row 1"),
        ("unknown-column", "row 1"),
        ("unknown-column", "row 1, column Item"),
        ("unknown-column", "row 1, column note"),
    ]
    source = [{"agency": "a", "item": "rpa", "answer": "no", "note": "x"}]
    read = read_responses(source, QUESTIONNAIRE, layout="long", ignore=["note"])
    assert read["a"].answers["rpa"] == "no"


def test_an_empty_list_is_no_answer():
    """An empty list beside a chosen option takes nothing away."""
    source = rows(("a", "channels", []), ("a", "channels", ["web"]))
    read = read_responses(source, QUESTIONNAIRE, layout="long")
    assert read["a"].answers["channels"] == ("web",)


def test_many_agencies():
    """Rows of one agency that stand far apart come together."""
    source = rows(*[(f"a{i}", item, "2") for item in ("level", "fte") for i in range(300)])
    read = read_responses(source, QUESTIONNAIRE, layout="long")
    assert len(read) == 300
    assert (read["a299"].answers["level"], read["a299"].answers["fte"]) == ("2", 2.0)
