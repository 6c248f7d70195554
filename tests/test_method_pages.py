"""The handbook has every method, with what it needs as the method itself behaves."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from agencyindex.methods import registry

DOCS = Path(__file__).parents[1] / "docs"
ALL = [(family, name) for family, methods in registry.FAMILIES.items() for name in methods]


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What makes the pages of the methods."""
    monkeypatch.syspath_prepend(str(DOCS))
    return import_module("_parts.methods")


@pytest.mark.parametrize("family", registry.FAMILIES)
def test_every_method_has_its_guidance(family: str, parts: Any) -> None:
    """Each registered method, and no other, is told when to use and what goes wrong."""
    told = parts.guidance(family)
    assert list(told) == list(registry.FAMILIES[family])
    for each in told.values():
        assert list(each) == [key for key in ("when", "assumes", "wrong") if each.get(key)]
        assert all(text.endswith((".", "?")) and "  " not in text for text in each.values())
        assert each["when"]


@pytest.mark.parametrize("family", registry.FAMILIES)
def test_a_page_has_formula_and_source_of_every_method(family: str, parts: Any) -> None:
    """They are those of the class, and the page of the family includes them."""
    text = "\n".join(parts.sections(family))
    for name, strategy in registry.FAMILIES[family].items():
        assert f"\n### `{name}`\n" in text
        assert f"$${strategy.formula}$$" in text
        assert strategy.reference.rstrip(".") in text
    page = (DOCS / "methods" / f"{family}.md").read_text(encoding="utf-8")
    assert f"generated/methods_{family}.inc" in page


@pytest.mark.parametrize(("family", "name"), ALL)
def test_a_method_is_tried_with_what_it_takes(family: str, name: str, parts: Any) -> None:
    """Its values are taken as they are, so that a refusal of others says something."""
    accepts = parts.tried.takes(family, name)
    assert accepts is None or accepts(parts.tried.CHILDREN)


NEEDS = {
    ("scoring", "ratio"): ["", "itself", "", "", "register (`attribute`)", ""],
    ("imputation", "previous_edition"): [
        "yes",
        "`agency_values`",
        "",
        "",
        "the edition before",
        "",
    ],
    ("imputation", "hot_deck"): ["yes", "cannot be frozen", "", "", "register (`group`)", ""],
    ("treatment", "winsorise"): ["yes", "`none`, `clip`, `shifted_log`", "", "", "", ""],
    ("normalisation", "zscore"): ["yes", "`linear_map`, `constant`", "", "", "", ""],
    ("weighting", "ahp"): ["", "`fixed`", "", "", "", ""],
    ("weighting", "entropy"): ["yes", "`fixed`", "at least 0", "none", "", ""],
    ("aggregation", "geometric"): ["", "itself", "above 0", "", "", ""],
    ("aggregation", "benefit_of_the_doubt"): (
        ["yes", "cannot be frozen", "at least 0", "none", "", "`stats`"]
    ),
}


def test_one_table_has_what_every_method_needs(parts: Any) -> None:
    """A row for each method, some of them written out here by hand."""
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in parts.table()][2:]
    found = dict(zip(ALL, rows, strict=True))
    for (family, name), row in found.items():
        assert row[:2] == [family, f"[`{name}`](#{parts.anchor(family, name)})"]
    assert {named: found[named][2:] for named in NEEDS} == NEEDS
