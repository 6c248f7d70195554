"""What a check keeps of what it found, what it proposes instead, and what a key left out means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.documents.keywords import base
from tests.documents.small import POINTS, POLICY, STAGE, USERS, index, indicator, questionnaire

import agencyindex as ai
from agencyindex._documents.api import examine, read_responses_document
from agencyindex.errors import DocumentError, Place, ResponseError

LEAF = indicator("a", "stage", "p")
SCORED = index({"p": POINTS}, LEAF)
ASKED = questionnaire(STAGE, USERS)
SCALES = {name: {"options": [{"value": "x"}]} for name in ("one", "two")}
THEN = {"id": "then", "type": "yes_no"}


def _condition(operator: str, item: str, value: Any) -> dict[str, Any]:
    condition = {"operator": operator, "item": item, "value": value}
    return questionnaire(STAGE, USERS, THEN | {"condition": condition}, POLICY)


def _unruled(count: int) -> dict[str, Any]:
    leaves = [indicator(f"n{number}", "stage", "p") for number in range(count)]
    rules = {reason.value: "exclude" for reason in ai.Missing if reason is not ai.Missing.REFUSED}
    return index({"p": POINTS}, *leaves, missing=rules)


def _choice(*values: str) -> dict[str, Any]:
    options = [{"value": value} for value in values]
    return questionnaire({"id": "x", "type": "single_choice", "options": options})


OPTIONS, REWORD = "/sections/0/items/0/options", "Reword one."
RULE = 'No rule says what "refused" means for '
RULES = (
    'Add it to "missing", as one of "exclude", "worst", "best", "mean", "impute", "propagate", or '
    "a number of points."
)
FORWARD = 'The condition looks at "policy", which is not asked before "then".'
CONDITION = "/sections/0/items/2/condition"
SECTION = {"id": "all", "items": [THEN]}
MADE = [
    (
        [index({"p": POINTS}, LEAF, LEAF)],
        ("duplicate-id", "/children/1/id", 'The id "a" stands twice in the index.', "Rename one."),
        "a",
    ),
    (
        [index({"p": POINTS}, LEAF, indicator("b", "stage", "zebra"))],
        (
            "unknown-scoring",
            "/children/1/scoring",
            'There is no scoring "zebra".',
            'The only choice is "p".',
        ),
        "zebra",
    ),
    (
        [ASKED, index({"p": POINTS}, indicator("a", "zebra", "p"))],
        (
            "unknown-item",
            "/children/0/item",
            'The questionnaire q 1.0.0 has no item "zebra".',
            'The 2 items are "stage", "users".',
        ),
        "zebra",
    ),
    *(
        ([_unruled(count)], ("no-step", "/missing", f"{RULE}{named}.", RULES), None)
        for count, named in (
            (1, '"n0"'),
            (3, '"n0", "n1", "n2"'),
            (4, '"n0", "n1", "n2" and 1 more'),
            (6, '"n0", "n1", "n2" and 3 more'),
        )
    ),
    (
        [SCORED | {"scale": {"lower": 1, "upper": 1}}],
        (
            "bounds-order",
            "/scale/lower",
            "The lower end 1 is not below the upper end 1.",
            "Exchange the two.",
        ),
        None,
    ),
    *(
        (
            [
                SCORED
                | {
                    "scale": {"lower": 0, "upper": 1} | {name: end},
                    "rounding": {"where": "published", "decimals": 0, "rule": "half_up"},
                }
            ],
            (
                "outside-scale",
                f"/scale/{name}",
                f"Rounded as the index is, the {name} end {end} is {rounded}.",
                f"Make it {rounded}.",
            ),
            None,
        )
        for name, end, rounded in (("lower", -0.4, "0"), ("upper", 1.4, "1"))
    ),
    (
        [questionnaire(STAGE, sections=[SECTION, {"id": "all", "items": [POLICY]}])],
        (
            "duplicate-id",
            "/sections/1/id",
            'The section "all" stands twice.',
            "Rename one.",
        ),
        "all",
    ),
    (
        [questionnaire({"id": "x", "type": "single_choice", "scale": "zebra"}, scales=SCALES)],
        (
            "unknown-scale",
            "/sections/0/items/0/scale",
            'There is no answer scale "zebra".',
            'The 2 scales are "one", "two".',
        ),
        "zebra",
    ),
    (
        [_choice("x", "x")],
        ("duplicate-id", f"{OPTIONS}/1/value", 'The option "x" stands twice.', "Keep one."),
        "x",
    ),
    (
        [_choice("x", "X")],
        ("ambiguous-option", f"{OPTIONS}/1", '"x" names the options "x" and "X" alike.', REWORD),
        "x",
    ),
    (
        [_condition("equals", "zebra", "no")],
        (
            "unknown-item",
            f"{CONDITION}/item",
            'The questionnaire has no item "zebra".',
            'The 4 items are "stage", "users", "then", "policy".',
        ),
        "zebra",
    ),
    (
        [_condition("equals", "policy", "no")],
        ("looks-forward", f"{CONDITION}/item", FORWARD, "Name an earlier item."),
        "policy",
    ),
    (
        [_condition("equals", "users", "no")],
        (
            "condition-type",
            f"{CONDITION}/value",
            '"no" is compared with the number item "users".',
            "Give a number.",
        ),
        "no",
    ),
    (
        [_condition("one_of", "stage", ["no", "zebra"])],
        (
            "unknown-option",
            f"{CONDITION}/value/1",
            'The item "stage" has no option "zebra".',
            'The 2 options are "no", "tested".',
        ),
        "zebra",
    ),
]


@pytest.mark.parametrize(("documents", "words", "found"), MADE)
def test_a_check_tells_what_it_found_and_what_there_is(
    documents: Any, words: tuple[str, ...], found: object
) -> None:
    """The one problem has its code, pointer, both sentences and what stood there."""
    (problem,) = ai.validate(*documents)
    assert (problem.code, problem.place.pointer, problem.message, problem.mend) == words
    assert problem.found == found


def test_every_option_is_looked_at() -> None:
    """After an option that stands twice the others are still compared."""
    told = ai.validate(_choice("x", "x", "y", "Y"))
    assert [problem.code for problem in told] == ["duplicate-id", "ambiguous-option"]


def test_a_number_may_have_one_value_alone() -> None:
    """A minimum that is the maximum is in order."""
    assert ai.validate(questionnaire({**USERS, "minimum": 5, "maximum": 5})) == ()


def test_a_parameter_is_refused_where_it_stands() -> None:
    """A step of a node inside a node inside the index is named by its whole path."""
    posts = {"method": "goalposts", "goalposts": [1, 1], "to": [0, 1], "clip": True}
    inner = {"id": "c", "children": [LEAF | {"normalisation": posts}]}
    for path, document in (
        ("/normalisation", SCORED | {"normalisation": posts}),
        ("/children/0/normalisation", index({"p": POINTS}, inner["children"][0])),
        (
            "/children/0/children/0/children/0/normalisation",
            index({"p": POINTS}, {"id": "b", "children": [inner]}),
        ),
    ):
        (problem,) = ai.validate(document)
        assert problem.place == Place(pointer=path)


def test_a_dimension_after_an_indicator_is_checked() -> None:
    """The values of every node are checked, whatever stands before it."""
    geometric = {"method": "geometric", "zero": "error"}
    inner = {"id": "d", "aggregation": geometric, "children": [LEAF | {"id": "b"}]}
    (problem,) = ai.validate(ASKED, index({"p": POINTS}, LEAF, inner))
    assert (problem.code, problem.place.pointer) == ("not-positive", "/children/1/children/0")


def test_another_agency_is_proposed_as_a_successor() -> None:
    """The nearest id of the register, but never the agency itself."""
    agencies = [
        {"id": "north", "successors": ["south1"]},
        {"id": "south2"},
        {"id": "east", "successors": ["east"]},
    ]
    register = base("register", "minimal") | {"agencies": agencies}
    assert [(each.found, each.mend) for each in ai.validate(register)] == [
        ("south1", 'Did you mean "south2"?'),
        ("east", 'The 2 other agencies are "north", "south2".'),
    ]


def test_a_questionnaire_that_makes_no_sense_is_told_before_freezing() -> None:
    """A questionnaire changed in Python is checked with the index that it is scored by."""
    asked, definition = ai.load(ASKED, ai.Questionnaire), ai.load(SCORED, ai.IndexDefinition)
    twice = attrs.evolve(asked, sections=[*asked.sections, *asked.sections])
    with pytest.raises(DocumentError) as caught:
        ai.freeze(definition, twice)
    assert {problem.code for problem in caught.value.problems} == {"duplicate-id"}


def test_what_is_left_out_is_empty() -> None:
    """Notes, titles and marks that a document does not give."""
    asked, definition = ai.load(ASKED, ai.Questionnaire), ai.load(SCORED, ai.IndexDefinition)
    assert (asked.title, asked.note, asked.synthetic) == ("", "", False)
    assert asked.sections[0].title == ""
    assert (definition.title, definition.note, definition.synthetic) == ("", "", False)
    minimal = ai.load(base("questionnaire", "minimal"), ai.Questionnaire)
    responses = read_responses_document(base("responses", "minimal"), minimal)
    assert (responses.title, responses.note) == ("", "")
    assert responses.synthetic is False


def test_responses_keep_their_head() -> None:
    """Version, title, note and mark of a responses document are those of the responses."""
    head = {"version": "9.8.7", "title": "T", "note": "N", "synthetic": True, "edition": "E"}
    minimal = ai.load(base("questionnaire", "minimal"), ai.Questionnaire)
    responses = read_responses_document(base("responses", "minimal") | head, minimal)
    assert {key: getattr(responses, key) for key in head} == head


def test_problems_of_responses_name_their_file(tmp_path: Path) -> None:
    """What does not fit the schema, the kind or the questionnaire is told with the file's name."""
    minimal = ai.load(base("questionnaire", "minimal"), ai.Questionnaire)
    wrong: list[tuple[type[ai.AgencyIndexError], dict[str, Any]]] = [
        (DocumentError, base("responses", "minimal") | {"edition": 5}),
        (DocumentError, base("register", "minimal")),
        (
            ResponseError,
            base("responses", "minimal") | {"responses": [{"agency": "a", "answers": {"z": "z"}}]},
        ),
    ]
    for error, document in wrong:
        path = tmp_path / "given.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(error) as caught:
            read_responses_document(path, minimal)
        assert {problem.place.file for problem in caught.value.problems} == {"given.json"}


def test_a_document_is_examined_beside_its_questionnaire() -> None:
    """An index knows the questionnaire that stands beside it; one alone knows none."""
    asked, scored = examine([ASKED, SCORED])
    assert asked.questionnaire is None
    assert scored.questionnaire is asked.noun
    assert examine([SCORED])[0].questionnaire is None


def test_a_fingerprint_is_of_what_a_document_says() -> None:
    """Another content is another fingerprint, and that of responses is their own."""
    asked = ai.load(ASKED, ai.Questionnaire)
    other = ai.load(ASKED | {"title": "Other"}, ai.Questionnaire)
    assert ai.fingerprint(asked) != ai.fingerprint(other)
    responses = ai.Responses.of(asked, [ai.Response("b", {"users": 1}), ai.Response("a")])
    assert ai.fingerprint(responses) == responses.fingerprint()
