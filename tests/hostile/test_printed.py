"""What is printed of findings: one harmless line each, and the same for every table of cases."""

from __future__ import annotations

import unicodedata
from importlib import import_module

import pytest
from tests.hostile.given import TABLES, expected

from agencyindex.errors import Place, Problem


@pytest.mark.parametrize("table", TABLES)
def test_every_case_has_its_words(table: str) -> None:
    """The words that stand in printed/ are those of the cases, in their order."""
    cases = import_module(f"tests.hostile.test_{table}").CASES
    assert list(expected(table)) == list(cases)


@pytest.mark.parametrize("table", TABLES)
def test_every_line_is_harmless_and_ends_with_its_code(table: str) -> None:
    """No line is longer than a page, steers a terminal or turns the direction of writing."""
    for words in expected(table).values():
        for line in words.splitlines():
            assert line.endswith("]")
            assert len(line) < 1500
            assert {unicodedata.category(sign) for sign in line} & {"Cc", "Cf", "Cs"} == set()


def test_a_finding_keeps_what_it_found() -> None:
    """What is shortened and escaped in print is whole in the fields."""
    long, steering = "x" * 5000, "\x1b[2J\u202e\ud800\n"
    problem = Problem("not-json", Place(file=steering, pointer="/" + long), f'"{long}" is wrong.')
    line = str(problem)
    assert line.startswith("\\x1b[2J\\u202e\\ud800\\n#/xxx")
    assert line.endswith('xxx" is wrong. [not-json]')
    assert (problem.place.file, problem.message) == (steering, f'"{long}" is wrong.')
