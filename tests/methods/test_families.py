"""What holds of every registered method, whatever its family; a new one needs no new test."""

from __future__ import annotations

from copy import deepcopy

import attrs
import numpy as np
import pytest
from tests.methods.examples import EXAMPLES, of

from agencyindex._documents.schemas import schema, validator_class
from agencyindex._documents.steps import StepReader, step_document
from agencyindex.errors import Findings
from agencyindex.methods.registry import FAMILIES, PROTOCOLS


@pytest.mark.parametrize("family", FAMILIES)
def test_every_registered_method_has_examples(family):
    """A method without an example would pass all laws of its family untested."""
    assert {each.method.name for each in of(family)} == set(FAMILIES[family])
    for each in of(family):
        assert type(each.method) is FAMILIES[family][each.method.name]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_parameter_is_given_and_left_out(family):
    """What may be left out stands in one example at least, and not in another."""
    for strategy in FAMILIES[family].values():
        instances = [each.method for each in of(family) if type(each.method) is strategy]
        for field in attrs.fields(strategy):
            given = {getattr(each, field.name) != field.default for each in instances}
            assert field.default is attrs.NOTHING or given == {True, False}, field


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_method_offers_what_its_family_asks_for(example):
    """Its protocol is that of its family, and no other family's protocol is wider."""
    assert isinstance(example.method, PROTOCOLS[example.family])


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_method_cannot_be_changed(example):
    """No field of an instance can be set or added, and its lists are tuples."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        example.method.anything = 1
    for field in attrs.fields(type(example.method)):
        value = getattr(example.method, field.name)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(example.method, field.name, value)
        assert not isinstance(value, list | np.ndarray)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_document_holds_all_of_a_method(example):
    """What is written as a step is read as the same method, and the schema has no objection."""
    step = step_document(example.method)
    findings = Findings()
    again = StepReader(None, findings).make(example.family, step, ())
    assert not findings
    assert again == example.method
    assert step_document(again) == step
    rules = schema("index")
    single = {"$defs": rules["$defs"], "$ref": f"#/$defs/{example.family}"}
    assert [error.message for error in validator_class()(single).iter_errors(step)] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_document_says_nothing_that_goes_without_saying(example):
    """What is as it would be if it were left out is left out, so that both are one document."""
    step = step_document(example.method)
    defaults = {field.alias: field.default for field in attrs.fields(type(example.method))}
    assert [key for key, value in step.items() if defaults.get(key) == value] == []
    stated = {key: each for key, each in defaults.items() if each is not attrs.NOTHING}
    findings = Findings()
    again = StepReader(None, findings).make(example.family, stated | step, ())
    assert (again, step_document(again)) == (example.method, step)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_document_needs_all_that_it_states(example):
    """Neither a key too many nor a parameter too few passes, where the parameter is required."""
    step = step_document(example.method)
    rules = schema("index")
    single = {"$defs": rules["$defs"], "$ref": f"#/$defs/{example.family}"}
    accepts = validator_class()(single).is_valid
    assert not accepts({**step, "surplus": 1})
    for field in attrs.fields(type(example.method)):
        fewer = {key: value for key, value in step.items() if key != field.alias}
        required = field.default is attrs.NOTHING
        if required:
            assert not accepts(fewer), field.alias
            findings = Findings()
            assert StepReader(None, findings).make(example.family, fewer, ()) is None
            assert [each.code for each in findings.problems] == ["bad-parameter"]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_document_is_a_copy(example):
    """Whoever changes a step that was written does not change the method."""
    step = step_document(example.method)
    before = deepcopy(step)
    _spoil(step)
    assert step_document(example.method) == before


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_method_keeps_what_it_was_made_from(example):
    """Whoever changes a table or a list afterwards does not change the method."""
    given = step_document(example.method)
    del given["method"]
    made = type(example.method)(**given)
    for value in given.values():
        _spoil(value)
    assert made == example.method


def _spoil(value):
    """Empty all lists and objects, the innermost first."""
    if isinstance(value, dict | list):
        for each in list(value.values() if isinstance(value, dict) else value):
            _spoil(each)
        value.clear()
