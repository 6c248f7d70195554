"""What can be wrong with a questionnaire that fits its schema."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.small import POLICY, STAGE, USERS, questionnaire, told

FIRST = "/sections/0/items/0"
SECOND = "/sections/0/items/1"


def _then(condition: dict[str, Any]) -> dict[str, Any]:
    return {"id": "then", "type": "yes_no", "condition": condition}


def _compared(item: str, operator: str, *value: Any) -> dict[str, Any]:
    return {"operator": operator, "item": item, **({"value": value[0]} if value else {})}


def _choice(*options: Any, kind: str = "single_choice") -> dict[str, Any]:
    listed = [each if isinstance(each, dict) else {"value": each} for each in options]
    return {"id": "x", "type": kind, "options": listed}


OPTIONS = [
    (
        _choice("a", "b", "a"),
        ("duplicate-id", f"{FIRST}/options/2/value", 'The option "a" stands twice. Keep one.'),
    ),
    (
        _choice("a", {"value": "b", "label": {"sv": "B", "en": " A "}}),
        (
            "ambiguous-option",
            f"{FIRST}/options/1",
            '"a" names the options "a" and "b" alike. Reword one.',
        ),
    ),
    (
        _choice({"value": "dk", "missing": "dont_know"}),
        (
            "no-options",
            f"{FIRST}/options",
            "The item offers no substantive option. Declare options, or name a scale.",
        ),
    ),
    (
        {"id": "x", "type": "multiple_choice"},
        (
            "no-options",
            f"{FIRST}/type",
            "The item offers no substantive option. Declare options, or name a scale.",
        ),
    ),
    (
        _choice("many", {"value": "?", "missing": "refused"}, kind="number"),
        (
            "not-for-type",
            f"{FIRST}/options",
            (
                'A number offers the option "many", which states no missing. '
                'Give it "missing", or take it out.'
            ),
        ),
    ),
    (
        _choice("yes", "maybe", kind="yes_no"),
        (
            "not-for-type",
            f"{FIRST}/options",
            (
                'A yes/no item offers "yes" and "no", and options that state a missing. '
                'List "yes" and "no" too, or make it a single choice.'
            ),
        ),
    ),
    (
        {"id": "x", "type": "yes_no", "scale": "stages"},
        (
            "not-for-type",
            f"{FIRST}/scale",
            (
                'A yes/no item offers "yes" and "no", and options that state a missing. '
                'List "yes" and "no" too, or make it a single choice.'
            ),
        ),
    ),
    (
        _choice("a", {"value": "b", "exclusive": True}),
        (
            "not-for-type",
            f"{FIRST}/options",
            'Only a multiple choice has exclusive options. Take out "exclusive".',
        ),
    ),
    (
        {"id": "x", "type": "single_choice", "scale": "stage"},
        (
            "unknown-scale",
            f"{FIRST}/scale",
            'There is no answer scale "stage". Did you mean "stages"?',
        ),
    ),
    (
        {**_choice("a", "b"), "scale": "stages"},
        (
            "options-and-scale",
            f"{FIRST}/scale",
            "The item has options and a scale as well. Keep one of the two.",
        ),
    ),
    (
        {**USERS, "minimum": 2.5, "maximum": -1},
        (
            "bounds-order",
            f"{FIRST}/minimum",
            "The minimum 2.5 is above the maximum -1. Exchange the two.",
        ),
    ),
]


@pytest.mark.parametrize(("item", "expected"), OPTIONS)
def test_what_an_item_offers_fits_its_type(
    item: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """Options, scales and bounds that do not fit are found where they stand."""
    scales = {"stages": {"options": [{"value": "no"}, {"value": "tested"}]}}
    assert told(questionnaire(item, scales=scales)) == [expected]


def test_an_empty_label_names_nothing() -> None:
    """Two options without wording in a language are not alike for that."""
    labels = [{"sv": "Ett", "en": ""}, {"sv": "Två", "en": " "}]
    options = [{"value": str(i), "label": label} for i, label in enumerate(labels)]
    assert told(questionnaire(_choice(*options))) == []


def test_what_a_scale_offers_is_checked_once_there() -> None:
    """A mistake in a shared scale is found in the scale, not in every item."""
    scales = {"stages": {"options": [{"value": "no"}, {"value": "no"}]}}
    items = [{"id": name, "type": "single_choice", "scale": "stages"} for name in "xy"]
    assert told(questionnaire(*items, scales=scales)) == [
        (
            "duplicate-id",
            "/scales/stages/options/1/value",
            'The option "no" stands twice. Keep one.',
        )
    ]


def test_ids_stand_once() -> None:
    """Sections and items have ids of their own."""
    section = {"id": "all", "items": [STAGE]}
    assert told(questionnaire(sections=[section, section])) == [
        ("duplicate-id", "/sections/1/id", 'The section "all" stands twice. Rename one.'),
        ("duplicate-id", "/sections/1/items/0/id", 'The item "stage" stands twice. Rename one.'),
    ]


def test_an_id_that_stands_twice_hides_nothing_else() -> None:
    """Each of two items with one id is checked by what it says itself."""
    scaled = {"id": "policy", "type": "yes_no", "scale": "none"}
    found = told(questionnaire(POLICY, scaled))
    assert [(code, pointer) for code, pointer, _ in found] == [
        ("duplicate-id", f"{SECOND}/id"),
        ("unknown-scale", f"{SECOND}/scale"),
    ]


AT = f"{SECOND}/condition"
CONDITIONS = [
    (
        STAGE,
        _compared("stages", "answered"),
        (
            "unknown-item",
            f"{AT}/item",
            'The questionnaire has no item "stages". Did you mean "stage"?',
        ),
    ),
    (
        STAGE,
        _compared("then", "answered"),
        (
            "looks-forward",
            f"{AT}/item",
            'The condition looks at "then", which is not asked before "then". Name an earlier item.',
        ),
    ),
    (
        STAGE,
        _compared("stage", "at_least", 1),
        (
            "condition-type",
            f"{AT}/operator",
            (
                '"at_least" does not fit the single_choice item "stage". '
                "Use one of: equals, one_of, answered."
            ),
        ),
    ),
    (
        STAGE,
        _compared("stage", "one_of", ["no", "testing"]),
        (
            "unknown-option",
            f"{AT}/value/1",
            'The item "stage" has no option "testing". The 2 options are "no", "tested".',
        ),
    ),
    (
        POLICY,
        _compared("policy", "equals", "maybe"),
        (
            "unknown-option",
            f"{AT}/value",
            'The item "policy" has no option "maybe". The 2 options are "no", "yes".',
        ),
    ),
    (
        STAGE,
        _compared("stage", "equals", 1),
        (
            "unknown-option",
            f"{AT}/value",
            'The item "stage" has no option "1". The 2 options are "no", "tested".',
        ),
    ),
    (
        USERS,
        _compared("users", "one_of", [1, "2"]),
        (
            "condition-type",
            f"{AT}/value/1",
            '"2" is compared with the number item "users". Give a number.',
        ),
    ),
]


@pytest.mark.parametrize(("earlier", "condition", "expected"), CONDITIONS)
def test_a_condition_fits_what_it_looks_at(
    earlier: dict[str, Any], condition: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """A comparison that can never be meant is found, with the part of it that is wrong."""
    assert told(questionnaire(earlier, _then(condition))) == [expected]


def test_conditions_are_looked_into() -> None:
    """A mistake within combinations is found at its own place."""
    wrong = _compared("nothing", "answered")
    nested = {"operator": "not", "of": {"operator": "any", "of": [wrong, wrong]}}
    condition = {"operator": "all", "of": [_compared("stage", "answered"), nested]}
    found = told(questionnaire(STAGE, _then(condition)))
    assert [pointer for _, pointer, _ in found] == [
        f"{AT}/of/1/of/of/0/item",
        f"{AT}/of/1/of/of/1/item",
    ]


def test_the_options_of_an_unknown_scale_are_not_guessed() -> None:
    """Where an item's scale is not known, a condition on its options is left alone."""
    scaled = {"id": "x", "type": "single_choice", "scale": "none"}
    found = told(questionnaire(scaled, _then(_compared("x", "equals", "any"))))
    assert [code for code, _, _ in found] == ["unknown-scale"]
