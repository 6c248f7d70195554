"""Names that others give to our methods lead to ours, within a family."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.documents.keywords import base, changed

import agencyindex as ai
from agencyindex._documents.other_names import OTHER_NAMES, our_name
from agencyindex.methods.registry import FAMILIES


@pytest.mark.parametrize(
    ("family", "name", "ours"),
    [
        ("aggregation", "mean", "arithmetic"),
        ("aggregation", "Weighted average", "arithmetic"),
        ("aggregation", "linear", "arithmetic"),
        ("aggregation", "additive", "sum"),
        ("aggregation", "BoD", "benefit_of_the_doubt"),
        ("aggregation", "owa", "ordered"),
        ("normalisation", "z-score", "zscore"),
        ("normalisation", "linear", "linear_map"),
        ("normalisation", "percentile", "percentile_rank"),
        ("weighting", "pca", "principal_component"),
        ("imputation", "kNN", "nearest_neighbours"),
        ("treatment", "winsorisation", "winsorise"),
        ("scoring", "min-max", "linear"),
        ("weighting", "mean", None),
        ("treatment", "pca", None),
    ],
)
def test_another_name_leads_to_ours(family: str, name: str, ours: str | None) -> None:
    """Case and what is between words do not matter; what the family lacks is not offered."""
    assert our_name(name, list(FAMILIES[family])) == ours


def test_the_table_names_what_there_is() -> None:
    """Every line is a method of ours, and within a family no name leads to two, nor is one."""
    methods = {name for family in FAMILIES.values() for name in family}
    assert set(OTHER_NAMES) <= methods
    for family in FAMILIES.values():
        others = Counter(word for name in family for word in OTHER_NAMES.get(name, "").split())
        twice = {word: count for word, count in others.items() if count > 1}
        assert (twice, others.keys() & family.keys()) == ({}, set())


def test_a_document_with_another_name_is_led_to_ours() -> None:
    """By letters "median" is nearer to "mean" than what a mean is called here."""
    found = ai.validate(
        changed(base("index", "minimal"), ["replace", "/aggregation/method", "mean"])
    )
    assert [each.mend for each in found] == ['Did you mean "arithmetic"?']
