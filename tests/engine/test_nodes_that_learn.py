"""Nodes that learn from their children: what is in force there, and who is told of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
from tests.documents.small import LINE, index, indicator, questionnaire
from tests.engine.own import OwnAggregation

import agencyindex as ai
from agencyindex._engine import batch
from agencyindex.errors import MethodError, Place
from agencyindex.methods.normalisation import Goalposts
from agencyindex.methods.protocols import FloatArray, Range, Siblings

NUMBERS = [{"id": name, "type": "number"} for name in "xyz"]
QUESTIONNAIRE = ai.load(questionnaire(*NUMBERS), ai.Questionnaire)
ALL = [reason.value for reason in ai.Missing]
IMPUTED = dict.fromkeys(ALL, "impute")
X, Y, Z = (indicator(f"{name}_", name, "number") for name in "xyz")
LOG = {"method": "log", "plus": 0}
TO_TEN = {"method": "minmax", "to": [0, 10], "clip": True}
SPREAD = {"method": "standard_deviation"}


def _index(*children: dict[str, Any], **keys: Any) -> ai.IndexDefinition:
    scorings = {"number": {"method": "number"}}
    return ai.load(index(scorings, *children, **keys), ai.IndexDefinition)


def _responses(*rows: tuple[float | None, ...], **head: Any) -> ai.Responses:
    listed = [
        ai.Response(f"a{row}", dict(zip("xyz", values, strict=False)))
        for row, values in enumerate(rows)
    ]
    return ai.Responses.of(QUESTIONNAIRE, listed, **head)


def test_a_dimension_learns_weights_by_its_own_methods() -> None:
    """Treatment, normalisation, missing rules and coverage of the dimension, not of the index."""
    inner = {
        "id": "d",
        "children": [X, {"id": "e", "children": [Y, Z]}],
        "weighting": SPREAD,
        "aggregation": {"method": "sum"},
        "imputation": {"method": "constant", "value": 3},
        "missing": {"refused": "impute"},
        "treatment": [{"method": "clip", "upper": 4}],
        "normalisation": {"method": "goalposts", "goalposts": [0, 2], "to": [0, 1], "clip": True},
        "minimum_coverage": 0.2,
    }
    refused = ai.Missing.REFUSED
    definition = _index(inner, Y | {"id": "other_"})
    listed = [{"x": 1, "y": 2, "z": 0}, {"x": refused, "y": 9}, {"x": 8, "z": 6}, {"x": 2, "y": 1}]
    responses = ai.Responses.of(
        QUESTIONNAIRE, [ai.Response(f"a{row}", each) for row, each in enumerate(listed)]
    )
    fitted = ai.fit(definition, responses)
    first, second = (child.weight for child in fitted.definition.children[0].children)
    # Of e the two weights are learnt as well: y is 1, 1, - and 1/2; z is 0, -, 1 and -.
    y, z = (child.weight for child in fitted.definition.children[0].children[1].children)
    spread = np.std([1, 1, 0.5], ddof=1), np.std([0, 1], ddof=1)
    assert y / z == pytest.approx(spread[0] / spread[1], rel=1e-12, abs=0)
    below = [y, y, z, y * 0.5]
    spread = np.std([0.5, 1, 1, 1], ddof=1), np.std(below, ddof=1)
    assert first / second == pytest.approx(spread[0] / spread[1], rel=1e-12, abs=0)


def test_a_node_that_is_thin_has_no_value_to_learn_from() -> None:
    """The minimum coverage above decides for a node that states none, as it does in scoring."""
    below = {"id": "e", "children": [Y, Z], "weighting": {"method": "equal"}}
    inner = {"id": "d", "children": [X, below], "weighting": SPREAD, "minimum_coverage": 0.6}
    rows = [(1, 1, 3), (2, 8, None), (3, 3, 5), (7, 0, 0)]
    fitted = ai.fit(_index(inner, Z | {"id": "other_"}), _responses(*rows))
    first, second = (child.weight for child in fitted.definition.children[0].children)
    spread = np.std([1, 2, 3, 7], ddof=1), np.std([2, 4, 0], ddof=1)
    assert first / second == pytest.approx(spread[0] / spread[1], rel=1e-12, abs=0)


def test_a_distance_to_an_agency_finds_it_among_the_values_of_a_node() -> None:
    """A rescaling is given the ids of the agencies beside their values."""
    distance = {"method": "distance_to_reference", "agency": "a1", "origin": "zero"}
    fitted = ai.fit(_index(X, Y, rescaling=distance), _responses((1, 1), (2, 6), (8, 8)))
    assert fitted.definition.rescaling.goalposts == (0.0, 4.0)


def test_a_treatment_that_refuses_in_learning_is_told_once() -> None:
    """Learning tells the indicator and the method."""
    with pytest.raises(MethodError) as caught:
        ai.fit(_index(X, treatment=[LOG], normalisation=TO_TEN), _responses((1,), (0,)))
    (problem,) = caught.value.problems
    assert problem.code == "not-positive"
    assert problem.place == Place(index="i", node="x_", method="Logarithm")


def test_a_number_that_is_refused_is_told_once_in_learning() -> None:
    """However many indicators learn, each looks at its own answers alone."""
    line = {"method": "linear", "lower": 0, "upper": 9, "outside": "error", "better": "higher"}
    scorings = {"line": line, "number": {"method": "number"}}
    document = index(
        scorings,
        indicator("x_", "x", "line"),
        Y,
        imputation={"method": "mean"},
        missing=IMPUTED,
    )
    with pytest.raises(MethodError) as caught:
        ai.fit(ai.load(document, ai.IndexDefinition), _responses((10, 1), (1, None)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.agency, problem.place.node) == ("outside-range", "a0", "x_")


def test_a_treatment_is_checked_on_what_is_imputed() -> None:
    """Gaps are filled before the treatment, and the agency that it refuses is told."""
    definition = _index(
        X, imputation={"method": "group_mean", "group": "sector"}, missing=IMPUTED, treatment=[LOG]
    )
    sectors = {"a0": "n", "a1": "n", "a2": "s", "a3": "s"}
    agencies = [ai.Agency(name, sector=sector) for name, sector in sectors.items()]
    register = ai.Register(id="r", version="1.0.0", agencies=agencies)
    fitted = ai.fit(definition, _responses((4,), (None,), (2,), (None,)), register=register)
    good = _responses((4,), (None,), (2,), (2,))
    assert ai.score(fitted, good, register=register).column("i").tolist() == [
        pytest.approx(np.log(value)) for value in (4, 4, 2, 2)
    ]
    with pytest.raises(MethodError) as caught:
        ai.score(fitted, _responses((4,), (0,), (2,), (None,)), register=register)
    (problem,) = caught.value.problems
    assert (problem.place.agency, problem.place.node) == ("a1", "x_")


def test_a_weighting_names_the_child_that_it_cannot_weigh() -> None:
    """Children are named by their ids, not by where they stand."""
    definition = _index(X, Y, weighting={"method": "coefficient_of_variation"})
    with pytest.raises(MethodError) as caught:
        ai.fit(definition, _responses((1, -2), (2, -3)))
    (problem,) = caught.value.problems
    assert 'child "y_"' in problem.message
    assert problem.place == Place(index="i", node="i", method="VariationWeights")


@attrs.frozen(kw_only=True)
class FirstCome(OwnAggregation):
    """The position of an agency among those that are scored, which no method of ours looks at."""

    name: ClassVar[str] = "first_come"
    compares: ClassVar[bool] = True

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The position of each row."""
        return np.arange(len(values), dtype=np.float64)


def test_agencies_that_are_compared_stand_in_the_order_of_their_ids() -> None:
    """Whatever the order of the responses, a method sees one and the same."""
    definition = attrs.evolve(_index(X), aggregation=FirstCome())
    population = _responses((1,), (1,), (1,)).take([2, 0, 1])
    scores = ai.score_population(definition, population)
    assert scores.agencies == ("a2", "a0", "a1")
    assert scores.column("i").tolist() == [2, 0, 1]


def test_agencies_that_are_compared_stand_in_one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the blocks are, a method that compares sees all agencies at once."""
    monkeypatch.setattr(batch, "BLOCK", 2)
    definition = attrs.evolve(_index(X), aggregation=FirstCome())
    scores = ai.score_population(definition, _responses(*[(1,)] * 5))
    assert scores.column("i").tolist() == [0, 1, 2, 3, 4]


def test_a_rescaled_node_beyond_all_floats_is_told_by_its_id() -> None:
    """What is learnt from a node's values names the node that has none."""
    inner = {"id": "d", "children": [X, Y], "rescaling": TO_TEN}
    with pytest.raises(MethodError) as caught:
        ai.fit(_index(inner, Z), _responses((1, 2), (1.7e308, 1.7e308), (3, 4)))
    assert [each.place for each in caught.value.problems] == [
        Place(agency="a1", index="i", node="d")
    ]


def test_only_what_learns_is_looked_at() -> None:
    """A ratio that cannot be scored stops no fit that learns from another indicator alone."""
    ratio = {"method": "ratio", "denominator": "z", "when_zero": "error"}
    learns = X | {"imputation": {"method": "mean"}, "missing": IMPUTED}
    scorings = {"number": {"method": "number"}, "ratio": ratio}
    document = index(scorings, learns, indicator("r", "y", "ratio"))
    population = _responses((1, 1, 0), (3, 1, 1), (None, 1, 1))
    fitted = ai.fit(ai.load(document, ai.IndexDefinition), population)
    assert ai.document(fitted)["children"][0]["imputation"] == {"method": "constant", "value": 2.0}


@attrs.frozen(kw_only=True)
class AllGiven:
    """Goalposts that tell all that a normalisation is given to learn from."""

    name: ClassVar[str] = "all_given"
    formula: ClassVar[str] = r"y = x"
    reference: ClassVar[str] = "agencyindex: our own"
    learnt: ClassVar[bool] = True

    def fit(self, values: FloatArray, attainable: Range, agencies: Sequence[str] = ()) -> Goalposts:
        """From the least value to the attainable end, to the numbers in the ids of agencies."""
        ends = float(values.min()), float(attainable[1])
        numbers = [float(agency[1:]) for agency in agencies]
        return Goalposts(goalposts=ends, to=(numbers[0], numbers[-1]), clip=True)

    def normalise(self, values: FloatArray) -> FloatArray:
        """Nothing is normalised before it is learnt."""
        raise AssertionError

    def attainable(self, attainable: Range) -> Range:
        """Any."""
        return attainable


def test_a_normalisation_learns_from_treated_and_turned_values_and_their_range() -> None:
    """One of one's own is given all three: values, what is attainable, and whose they are."""
    leaf = X | {"direction": -1, "treatment": [{"method": "clip", "lower": 1, "upper": 8}]}
    definition = attrs.evolve(_index(leaf), normalisation=AllGiven())
    fitted = ai.fit(definition, _responses((3,), (9,), (4,)))
    (child,) = fitted.definition.children
    assert child.normalisation == Goalposts(goalposts=(-8, -1), to=(0, 2), clip=True)


def test_a_declared_normalisation_is_not_written_where_an_imputation_is_learnt() -> None:
    """It would come out as goalposts, which say less than what was declared."""
    ends = {"method": "attainable", "to": [0, 10]}
    keys = {"imputation": {"method": "mean"}, "missing": IMPUTED, "normalisation": ends}
    document = index({"line": LINE}, indicator("x_", "x", "line"), **keys)
    definition = ai.load(document, ai.IndexDefinition)
    fitted = ai.fit(definition, _responses((3,), (None,)))
    (child,) = fitted.definition.children
    assert child.imputation is not None
    assert child.normalisation is None
    assert fitted.definition.normalisation == definition.normalisation


@attrs.frozen(kw_only=True)
class Doubled:
    """The weight 2 for each child, as if it were learnt."""

    name: ClassVar[str] = "doubled"
    formula: ClassVar[str] = r"w_i = 2"
    reference: ClassVar[str] = "agencyindex: our own"
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    def faults(self, children: Sequence[str]) -> Iterator[str]:
        """Any children will do."""
        return iter(())

    def weights(self, values: FloatArray, siblings: Siblings) -> FloatArray:
        """Two for each."""
        return np.full(len(siblings.names), 2.0)


def test_a_rescaling_learns_from_a_sum_by_the_weights_that_were_learnt() -> None:
    """Once its weights are known, a sum is bounded by them, not by the children alone."""
    children = [indicator(f"{name}_", name, "line") for name in "xy"]
    inner = {"id": "d", "children": children, "rescaling": TO_TEN, "aggregation": {"method": "sum"}}
    definition = ai.load(index({"line": LINE}, inner), ai.IndexDefinition)
    (node,) = definition.children
    node = attrs.evolve(node, weighting=Doubled())
    definition = attrs.evolve(definition, children=[node])
    fitted = ai.fit(definition, _responses((10, 10), (0, 5), (10, 0)))
    # Two times the sum of points from 0 to 1.
    assert fitted.definition.children[0].rescaling.goalposts == (1.0, 4.0)
