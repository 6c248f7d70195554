"""Long tables of methods stand at the end of a page, and the step says which."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.publish.three import QUESTIONNAIRE, index, leaf

import agencyindex as ai
from agencyindex.methods import registry
from agencyindex.publish import methodology
from agencyindex.publish.annex import LONGEST, Annex
from agencyindex.publish.blocks import Code, Table
from agencyindex.publish.wording import Wording

AGENCIES = [f"agency_{number}" for number in range(40)]
ANSWERS: dict[str, list[Any]] = {
    "agency": AGENCIES,
    "a": [number**1.5 for number in range(40)],
    "b": [None, *range(1, 40)],
    "c": [number % 3 for number in range(40)],
}


@pytest.fixture(scope="module")
def fitted() -> ai.FittedIndex:
    """An index with a table of ranks for each indicator, and imputed values of each agency."""
    rank = {"method": "percentile_rank", "of": "others", "ties": "average", "to": [0, 100]}
    definition = index(
        [leaf(key) for key in "abc"],
        normalisation=rank,
        missing={reason.value: "impute" for reason in ai.Missing},
        imputation={"method": "agency_values", "values": dict.fromkeys(AGENCIES, 0)},
    )
    return ai.fit(definition, ai.read_responses(ANSWERS, QUESTIONNAIRE, edition="2026"))


@pytest.mark.parametrize(
    ("language", "refers", "title"),
    [
        (
            "en",
            (
                "- Normalisation: a table of values and what they become (`reference_table`); "
                "values: see table 2 at the end; what they become: see table 2 at the end"
            ),
            "### Table 2: a (`a`), Normalisation",
        ),
        (
            "sv",
            (
                "- Normalisering: en tabell över värden och vad de blir (`reference_table`); "
                "värden: se tabell 2 sist på sidan; vad de blir: se tabell 2 sist på sidan"
            ),
            "### Tabell 2: a (`a`), Normalisering",
        ),
    ],
)
def test_a_step_refers_to_its_table(
    fitted: ai.FittedIndex, language: str, refers: str, title: str
) -> None:
    """Lists of all agencies are rows at the end, and no line of the page is out of hand."""
    page = methodology(fitted.definition, QUESTIONNAIRE, language=language)
    assert refers in page.splitlines()
    _, end = page.split(title)
    rows = re.findall(r"^\| (\d+) \| (\S+) \| (\S+) \|$", end.split("###")[0], re.MULTILINE)
    leaf = fitted.definition.children[0]
    listed: Any = leaf.normalisation
    wording = Wording(language)
    assert [row[1:] for row in rows] == [
        (wording.figure(value), wording.figure(score))
        for value, score in zip(listed.values, listed.scores, strict=True)
    ]
    assert [row[0] for row in rows] == [f"{number}" for number in range(1, 41)]
    steps = page.split("## Methods" if language == "en" else "## Metoder")[0]
    assert max(map(len, steps.splitlines())) < 500


def test_a_short_table_stays_in_its_line(fitted: ai.FittedIndex) -> None:
    """Three values can be read where they are."""
    page = methodology(fitted.definition, QUESTIONNAIRE)
    assert "(`reference_table`); values: (0; 1; 2); what they become: (" in page
    before = index([leaf(key) for key in "abc"])
    assert "## Tables" not in methodology(before, QUESTIONNAIRE)


def test_values_of_agencies_are_rows_in_both_forms(fitted: ai.FittedIndex) -> None:
    """Each agency has its row, in reStructuredText as well."""
    page = methodology(fitted.definition, QUESTIONNAIRE, form="rst")
    assert "(``agency_values``); values: see table 1 at the end" in page
    _, end = page.split("Table 1: added (``added``), Imputation\n")
    assert "   * - In data\n     - Values\n   * - ``agency_0``\n     - 0\n" in end


def test_tables_of_other_methods() -> None:
    """Classes stand with their values, combinations by number, and one method is tabled once."""
    annex = Annex(Wording("en"))
    many = LONGEST + 1
    steps = registry.NORMALISATIONS["steps"](
        edges=[*range(many)], values=[*range(many + 1)], closed=["upper"] * many
    )
    rules = registry.SCORINGS["gated"](rules=[{"chosen": ["x"], "points": 1}] * many)
    for _ in range(2):
        line = annex.method("normalisation", steps, ("x",))
        assert line[-4:] == ("values: ", "see table ", "1", " at the end")
        assert annex.method("scoring", rules, ("y",))[-3:] == ("see table ", "2", " at the end")
    first, second = annex.tables
    assert first.heads == ("Class", "Values")
    assert first.rows[:2] == (
        (("below 0",), ("0",)),
        (("from 0 up to but not including 1",), ("1",)),
    )
    assert len(first.rows) == many + 1
    assert second.heads == ("No.", "Points for combinations")
    assert second.rows[0] == (("1",), ("all of ", Code("x"), ": ", "1", " points"))
    assert isinstance(first, Table)
    hidden = registry.SCORINGS["count"](weights={f"o{number}": 1 for number in range(many)})
    assert annex.method("scoring", hidden, ("z",), without=frozenset({"weights"}))[-1] == ")"
    assert len(annex.tables) == 2
