"""The documentation's examples run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[1] / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_of_a_page_run(page: Path) -> None:
    """Every example of a page gives what the page says."""
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert results.failed == 0
