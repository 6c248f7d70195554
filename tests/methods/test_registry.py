"""Every method has a name, a formula, a source and a place in the registry."""

from __future__ import annotations

import attrs
import pytest

from agencyindex.methods import protocols
from agencyindex.methods.parameters import are_numbers, is_number, shown
from agencyindex.methods.registry import AGGREGATIONS, NORMALISATIONS, SCORINGS, WEIGHTINGS

KINDS = {
    protocols.Scoring: SCORINGS,
    protocols.Normalisation: NORMALISATIONS,
    protocols.Weighting: WEIGHTINGS,
    protocols.Aggregation: AGGREGATIONS,
}
STRATEGIES = [strategy for registry in KINDS.values() for strategy in registry.values()]


@pytest.mark.parametrize(("protocol", "registry"), KINDS.items())
def test_names_lead_to_strategies_of_their_kind(protocol, registry):
    """Each class stands under its own name and offers all that its protocol asks for."""
    assert list(registry) == [strategy.name for strategy in registry.values()]
    for strategy in registry.values():
        assert isinstance(object.__new__(strategy), protocol)


def test_the_registry_cannot_be_changed():
    """No global is mutated at run time."""
    for registry in KINDS.values():
        with pytest.raises(TypeError):
            registry["mine"] = object


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda each: each.__name__)
def test_strategies_say_where_they_come_from(strategy):
    """A formula and a reference stand on each class, and its parameters in its docstring."""
    assert strategy.formula in strategy.__doc__
    assert strategy.reference in " ".join(strategy.__doc__.split())
    kinds = ("doi:", "ISBN", "agencyindex: our own")
    assert any(kind in strategy.reference for kind in kinds)
    for field in attrs.fields(strategy):
        assert field.kw_only
        assert field.alias in strategy.__doc__


def test_values_are_shown_as_documents_write_them():
    """Messages quote texts, numbers, lists, tables and anything else."""
    values = ("x", 2.0, [1, "a"], {"b": 0.5, "c": "d"}, None, 7)
    expected = ['"x"', "2", '[1, "a"]', '{"b": 0.5, "c": "d"}', "None", "7"]
    assert expected == [shown(value) for value in values]


def test_a_number_too_great_for_a_float_is_none():
    """A whole number beyond all floats is refused as the infinity that it would become."""
    assert not is_number(10**400)


@pytest.mark.parametrize(
    ("values", "expected"),
    [((1, 2.5), True), ((1, 2), True), ((1, "2"), False), ((1.0, True), False), ((), True)],
)
def test_numbers_of_any_kind_are_numbers(values, expected):
    """Whole numbers and floats may stand side by side; texts and truths are none."""
    assert are_numbers(values) is expected
