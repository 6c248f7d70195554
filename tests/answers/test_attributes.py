"""What the register says of agencies, as columns, and what is told where it does not say it."""

from __future__ import annotations

import numpy as np
import pytest

import agencyindex as ai
from agencyindex._answers.attributes import (
    AGENCIES,
    attribute_columns,
    group_key,
    number_key,
)
from agencyindex._answers.codes import ANSWERED, NOT_ANSWERED
from agencyindex.errors import MismatchError, Place

REGISTER = ai.Register(
    id="r",
    version="1.0.0",
    agencies=[
        ai.Agency("a", fte=12.0, attributes={"budget": 3.5, "size": "small"}),
        ai.Agency("b", ministry="M", attributes={"budget": "much"}),
    ],
)


def test_columns_of_ids_numbers_and_groups() -> None:
    """A number is a float or a gap, a group is a text or nothing, and both have codes."""
    columns = attribute_columns(
        REGISTER, ["b", "a"], numbers=["fte"], groups=["size", "ministry", "budget"]
    )
    assert [AGENCIES, number_key("fte"), *map(group_key, ("budget", "ministry", "size"))] == [
        *columns
    ]
    found = {
        key: (column.values.tolist(), column.codes.tolist()) for key, column in columns.items()
    }
    assert (["b", "a"], [ANSWERED, ANSWERED]) == found[AGENCIES]
    np.testing.assert_array_equal(columns[number_key("fte")].values, [np.nan, 12.0])
    assert [NOT_ANSWERED, ANSWERED] == found[number_key("fte")][1]
    assert (["much", "3.5"], [ANSWERED, ANSWERED]) == found[group_key("budget")]
    assert (["M", None], [ANSWERED, NOT_ANSWERED]) == found[group_key("ministry")]
    assert ([None, "small"], [NOT_ANSWERED, ANSWERED]) == found[group_key("size")]
    assert all(
        column.values.dtype == object for column in columns.values() if column.values.dtype != float
    )


def test_ids_alone_need_no_register() -> None:
    """Where nothing is wanted, nothing is looked up."""
    for register in (None, REGISTER):
        columns = attribute_columns(register, ["nobody"], numbers=[], groups=[])
        assert [AGENCIES] == [*columns]
        assert ["nobody"] == columns[AGENCIES].values.tolist()


@pytest.mark.parametrize(
    ("register", "agencies", "numbers", "groups", "expected"),
    [
        (
            None,
            ["a"],
            ["fte"],
            ["size"],
            [
                (
                    "needs-register",
                    Place(),
                    'The index uses attributes of the register: "fte", "size".',
                    "Give register=... (--register).",
                    ["fte", "size"],
                )
            ],
        ),
        (
            REGISTER,
            ["a", "xyz"],
            ["fte"],
            [],
            [
                (
                    "unknown-agency",
                    Place(agency="xyz"),
                    'The register r has no agency "xyz".',
                    'The 2 agencies are "a", "b".',
                    "xyz",
                )
            ],
        ),
        (
            ai.Register(id="r", version="1.0.0", agencies=[ai.Agency("north"), ai.Agency("south")]),
            ["nort"],
            ["fte"],
            [],
            [
                (
                    "unknown-agency",
                    Place(agency="nort"),
                    'The register r has no agency "nort".',
                    'Did you mean "north"?',
                    "nort",
                )
            ],
        ),
        (
            REGISTER,
            ["a", "b"],
            ["budget"],
            ["sise", "nonsense"],
            [
                (
                    "unknown-attribute",
                    Place(),
                    'The register r has no attribute "nonsense".',
                    'The 5 attributes are "fte", "ministry", "sector", "budget", "size".',
                    "nonsense",
                ),
                (
                    "unknown-attribute",
                    Place(),
                    'The register r has no attribute "sise".',
                    'Did you mean "size"?',
                    "sise",
                ),
                (
                    "not-a-number",
                    Place(agency="b"),
                    'The attribute "budget" is the text "much", and a number is needed.',
                    "Correct the register, or use another attribute.",
                    "much",
                ),
            ],
        ),
    ],
)
def test_what_is_told(register, agencies, numbers, groups, expected) -> None:
    """Each fault by code, place, words, mend and what was found; all at once."""
    with pytest.raises(MismatchError) as caught:
        attribute_columns(register, agencies, numbers=numbers, groups=groups)
    found = [
        (each.code, each.place, each.message, each.mend, each.found)
        for each in caught.value.problems
    ]
    assert expected == found
