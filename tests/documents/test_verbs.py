"""The verbs of documents: load, dump, validate and reading responses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.documents.keywords import base, changed
from tests.documents.small import POLICY, STAGE, index, indicator, questionnaire, told

import agencyindex as ai
from agencyindex._documents.api import read_responses_document
from agencyindex._documents.codec import document
from agencyindex._documents.schemas import KINDS, schema_names
from agencyindex.errors import DocumentError

NOUNS = {
    "questionnaire": ai.Questionnaire,
    "index": ai.IndexDefinition,
    "register": ai.Register,
    "scores": ai.Scores,
}


def _noun(kind: str, name: str) -> Any:
    if kind == "responses":
        asked = ai.load(base("questionnaire", name), ai.Questionnaire)
        return read_responses_document(base(kind, name), asked)
    return ai.load(base(kind, name))


def _refused(error: type[ai.AgencyIndexError], call: Any) -> tuple[str, str, str]:
    with pytest.raises(error) as caught:
        call()
    (problem,) = caught.value.problems
    return problem.code, str(problem.place), f"{problem.message} {problem.mend}"


@pytest.mark.parametrize("kind", [*NOUNS, "responses"])
@pytest.mark.parametrize("name", ["minimal", "full"])
def test_a_document_survives_being_loaded_and_dumped(kind: str, name: str, tmp_path: Path) -> None:
    """What a noun writes reads back as the same noun, with the same fingerprint."""
    noun = _noun(kind, name)
    ai.dump(noun, tmp_path / "x.json")
    text = (tmp_path / "x.json").read_text(encoding="utf-8")
    again = json.loads(text)
    assert again == document(noun)
    if kind == "responses":
        read = read_responses_document(again, noun.questionnaire)
        assert [attrs.asdict(each) for each in read] == [attrs.asdict(each) for each in noun]
    else:
        read = ai.load(tmp_path / "x.json", NOUNS[kind])
    assert ai.fingerprint(read) == ai.fingerprint(noun)
    assert document(read) == again


@pytest.mark.parametrize("kind", ["questionnaire", "index", "register", "scores"])
def test_a_document_that_says_all_comes_back_as_it_was(kind: str) -> None:
    """No key of a full document is lost, and none is added."""
    assert document(_noun(kind, "full")) == base(kind, "full")


def test_every_method_comes_back_as_it_was() -> None:
    """No parameter of any method is lost, and none is added."""
    assert document(_noun("index", "methods")) == base("index", "methods")


def test_the_full_responses_come_back_as_they_were() -> None:
    """Answers keep their meaning: a Boolean is its option, a list keeps its options' order."""
    given, found = base("responses", "full"), document(_noun("responses", "full"))
    given["responses"][0]["answers"]["e_id"] = "yes"
    assert {**found, "responses": None} == {**given, "responses": None}
    assert found["responses"] == given["responses"]


def test_a_fitted_index_is_an_index(tmp_path: Path) -> None:
    """What a fit gives is dumped as an index, and loaded as one."""
    asked = ai.load(base("questionnaire", "minimal"), ai.Questionnaire)
    fitted = ai.freeze(ai.load(base("index", "minimal"), ai.IndexDefinition), asked)
    ai.dump(fitted, tmp_path / "x.json")
    assert ai.load(tmp_path / "x.json") == fitted.definition
    assert ai.fingerprint(fitted) == ai.fingerprint(fitted.definition)


def test_what_is_no_document_has_none() -> None:
    """Only nouns that have a schema can be written."""
    with pytest.raises(TypeError, match="Agency is no document"):
        document(ai.Agency("a"))  # type: ignore[arg-type]


WRONG = {
    "questionnaire": "This is a questionnaire, and a register was expected.",
    "index": "This is an index, and a register was expected.",
    "scores": "This is scores, and a register was expected.",
    "register": "This is a register, and scores was expected.",
    "responses": "These are responses, which need their questionnaire.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_of_another_kind_is_refused(kind: str, tmp_path: Path) -> None:
    """Loading asks for one kind of document, and says which kind it found."""
    path = tmp_path / "some.json"
    path.write_text(json.dumps(base(kind, "minimal")), encoding="utf-8")
    wanted = ai.Scores if kind == "register" else ai.Register
    mend = "Use read_responses." if kind == "responses" else "Name another document."
    found = _refused(DocumentError, lambda: ai.load(path, wanted))
    assert found == ("wrong-kind", "some.json#/schema", f"{WRONG[kind]} {mend}")


def test_every_kind_of_document_has_a_name() -> None:
    """The kinds that there are schemas of are listed."""
    assert schema_names() == ("questionnaire", "index", "register", "responses", "scores")


def test_responses_are_read_from_responses() -> None:
    """A register instead of responses is refused, and so are responses with a mistake."""
    asked = ai.load(questionnaire(STAGE), ai.Questionnaire)
    register = base("register", "minimal")
    found = _refused(DocumentError, lambda: read_responses_document(register, asked))
    words = "This is a register, not responses. Name another."
    assert found == ("wrong-kind", "#/schema", words)
    wrong = changed(base("responses", "minimal"), ["remove", "/edition"])
    found = _refused(DocumentError, lambda: read_responses_document(wrong, asked))
    assert found == (
        "missing-key",
        "#",
        'The key "edition" is missing. Add "edition": name of the round.',
    )


def test_responses_belong_to_one_questionnaire() -> None:
    """Responses that name another questionnaire, or another version of it, are refused."""
    asked = ai.load(questionnaire(STAGE), ai.Questionnaire)
    found = _refused(
        DocumentError, lambda: read_responses_document(base("responses", "minimal"), asked)
    )
    message = (
        "The responses belong to the questionnaire example 1.0.0; this one is q 1.0.0. "
        "Give the one that they name."
    )
    assert found == ("other-questionnaire", "#/questionnaire", message)


def test_what_is_found_has_the_name_of_its_file(tmp_path: Path) -> None:
    """Findings of several files come in the order of their names, each with its own."""
    index = changed(base("index", "minimal"), ["replace", "/children/0/item", "none"])
    responses = changed(
        base("responses", "minimal"),
        ["add", "/responses/-", {"agency": "a", "answers": {"e_id": "maybe"}}],
    )
    for name, value in (
        ("b.json", index),
        ("a.json", responses),
        ("c.json", base("questionnaire", "minimal")),
    ):
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    problems = ai.validate(*(tmp_path / name for name in ("c.json", "b.json", "a.json", "d.json")))
    assert [(each.code, str(each.place)) for each in problems] == [
        ("file-not-found", str(tmp_path / "d.json")),
        ("not-an-option", "a.json, agency a, item e_id"),
        ("unknown-item", "b.json#/children/0/item"),
    ]


def test_a_questionnaire_that_makes_no_sense_is_no_measure() -> None:
    """An index is not held to a questionnaire that has findings of its own."""
    wrong = questionnaire(POLICY, POLICY, id="example")
    found = ai.validate(wrong, base("index", "minimal"))
    assert [each.code for each in found] == ["duplicate-id"]


HEAD = {"schema": "agencyindex/register/1", "id": "r", "version": "1.0.0"}
READING = index(
    {
        "number": {"method": "number"},
        "per": {"method": "ratio", "attribute": "staf", "when_zero": "refused"},
    },
    {"id": "area_", "attribute": "area", "scoring": "number"},
    {
        "id": "d",
        "children": [indicator("users_", "users", "per")],
        "imputation": {"method": "group_mean", "group": "sektor"},
        "missing": {"refused": "impute"},
    },
    indicator("more_", "users", "number", imputation={"method": "group_mean", "group": "unused"}),
    weighting={"method": "regression", "outcome": "county", "negative": "zero"},
)


def test_an_index_is_held_to_the_registers_beside_it(tmp_path: Path) -> None:
    """Each attribute that it uses and that a register lacks, or has as a text, where it is named."""
    first = {"id": "a", "attributes": {"area": 5, "staff": 3, "county": "north"}}
    second = {"id": "b", "sector": "health", "attributes": {"area": "large", "county": "south"}}
    number, correct = "A number is needed, and", "Correct the register, or use another attribute."
    assert told(READING, {**HEAD, "agencies": [first, second]}) == [
        (
            "not-a-number",
            "/children/0/attribute",
            f'{number} "area" of the agency "b" in the register r is the text "large". {correct}',
        ),
        (
            "unknown-attribute",
            "/children/1/imputation/group",
            'The register r has no attribute "sektor". Did you mean "sector"?',
        ),
        (
            "unknown-attribute",
            "/scorings/per/attribute",
            'The register r has no attribute "staf". Did you mean "staff"?',
        ),
        (
            "not-a-number",
            "/weighting/outcome",
            f'{number} "county" of the agency "a" in the register r is the text "north". {correct}',
        ),
    ]
    agency = {"id": "a", "attributes": {"area": 5, "staf": 3, "county": 4, "sektor": "x"}}
    good = {**HEAD, "agencies": [agency]}
    children = [{**READING["children"][0], "scoring": "unheard"}, *READING["children"][1:]]
    assert told({**READING, "children": children}, good) == told({**READING, "children": children})
    found = [each.found for each in ai.validate(READING, {**HEAD, "agencies": [first, second]})]
    assert found == ["large", "sektor", "staf", "north"]
    assert told(READING, good) == told(READING) == []
    wrong = {**HEAD, "id": "other", "agencies": [{"id": "a"}, {"id": "a"}]}
    assert [code for code, _, _ in told(READING, good, wrong)] == ["duplicate-id"]
    empty = {**HEAD, "id": "other", "agencies": [{"id": "a"}]}
    assert {code for code, _, _ in told(good, READING, empty)} == {"unknown-attribute"}
    path = tmp_path / "reading.json"
    path.write_text(json.dumps(READING), encoding="utf-8")
    assert {each.place.file for each in ai.validate(good, path, empty)} == {"reading.json"}
