"""What is told of methods that others bring, and by the schemas that hold them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.keywords import base
from tests.documents.small import index
from tests.plugged import PLAIN, Halved, changed, definition, named, responses

import agencyindex as ai
from agencyindex._documents.schemas import check_schema
from agencyindex.errors import Findings, MethodError, Place

__all__ = ["named"]


def test_an_object_that_is_no_scoring_is_told_with_its_place() -> None:
    """The index and its own node are named, and so are the class and what to do."""
    with pytest.raises(MethodError) as caught:
        ai.fit(definition(scorings={"number": Halved()}), responses())
    (problem,) = caught.value.problems
    assert problem.message.startswith("This cannot stand for a scoring: it has no ")
    assert problem.place == Place(index="digital", node="digital", method="Halved")
    assert (problem.mend, problem.found) == ("Mend the class.", "Halved")


@pytest.mark.parametrize(("words", "told"), [((), "ValueError"), (("No.", 1), "No.")])
def test_what_a_method_refuses_is_told_with_its_parameters(
    words: tuple[Any, ...], told: str, named: Any
) -> None:
    """In the words of the error, or by its name where it has none."""

    def refuse(self: Any) -> None:
        raise ValueError(*words)

    named("normalisation", ("mine", changed(name="mine", __attrs_post_init__=refuse)))
    (problem,) = ai.validate({**PLAIN, "normalisation": {"method": "mine", "times": 2}})
    assert (problem.code, problem.place.pointer) == ("bad-parameter", "/normalisation")
    assert (problem.message, problem.found) == (told, {"times": 2})


def test_a_key_that_two_rules_refuse_is_told_once(named: Any) -> None:
    """In the words of the rule that comes first."""
    rules = {"properties": {"times": {}}, "allOf": [{"properties": {"more": {"not": {}}}}]}
    named("normalisation", ("mine", changed(name="mine", schema=rules)))
    (problem,) = ai.validate({**PLAIN, "normalisation": {"method": "mine", "more": 1}})
    assert (problem.code, problem.place.pointer) == ("unknown-key", "/normalisation/more")


def test_a_text_may_have_a_greatest_length(named: Any) -> None:
    """A keyword that our own schemas do not have, in the words of the others about a size."""
    rules = {"properties": {"times": {"maxLength": 2}}}
    named("normalisation", ("mine", changed(name="mine", schema=rules)))
    (problem,) = ai.validate({**PLAIN, "normalisation": {"method": "mine", "times": "abc"}})
    assert (problem.code, problem.place.pointer) == ("wrong-length", "/normalisation/times")
    assert problem.message == "There is too much: 3 where at most 2 must stand."


def test_a_missing_key_is_described_by_the_part_that_it_refers_to() -> None:
    """What a key may hold stands among the parts of the whole schema."""
    scores = base("scores", "full")
    del scores["rules"]["example"]["rounding"]
    (problem,) = ai.validate(scores)
    assert (problem.code, problem.place.pointer) == ("missing-key", "/rules/example")
    assert problem.mend == 'Add "rounding": where and how scores are rounded.'


def test_a_document_too_deep_for_its_schema_is_told_by_its_file() -> None:
    """Where the validator runs out of stack, that is the only problem."""
    child: dict[str, Any] = {}
    for _ in range(3000):
        child = {"id": "x", "children": [child]}
    findings = Findings()
    check_schema(index({}, child), "index", "x.json", findings)
    (problem,) = findings.problems
    assert (problem.code, problem.place) == ("too-deep", Place(file="x.json", pointer=""))
