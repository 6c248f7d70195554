"""Steps that each node may name: attributes, imputation, treatment, rescaling, weights by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.documents.small import POINTS, STAGE, index, indicator, questionnaire

import agencyindex as ai
from agencyindex.errors import AgencyIndexError, MethodError, MismatchError, Place

NUMBER = {"number": {"method": "number"}}
QUESTIONNAIRE = ai.load(
    questionnaire({"id": "x", "type": "number"}, {"id": "y", "type": "number"}), ai.Questionnaire
)
IMPUTED = {"missing": dict.fromkeys([reason.value for reason in ai.Missing], "impute")}
REGISTER = ai.Register(
    id="r",
    version="1.0.0",
    agencies=[
        ai.Agency("a", fte=10, sector="north", attributes={"area": 5.0}),
        ai.Agency("b", fte=20, sector="south", attributes={"area": 2.0, "name": "B"}),
        ai.Agency("c", sector="north"),
        ai.Agency("d", fte=40),
    ],
)


def _index(*children: dict[str, Any], scorings: Any = None, **keys: Any) -> ai.IndexDefinition:
    leaves = children or (indicator("x_", "x", "number"), indicator("y_", "y", "number"))
    return ai.load(index(scorings or NUMBER, *leaves, **keys), ai.IndexDefinition)


def _responses(**answers: tuple[float | None, float | None]) -> ai.Responses:
    """Answers to x and y of each agency."""
    listed = [
        ai.Response(name, dict(zip("xy", pair, strict=True))) for name, pair in answers.items()
    ]
    return ai.Responses.of(QUESTIONNAIRE, listed, edition="2026")


GAPS = _responses(a=(1, 4), b=(2, None), c=(None, 8), d=(6, None))


def _column(scores: ai.Scores, node: str) -> list[float]:
    return scores.column("i", node).tolist()


@pytest.mark.parametrize(
    ("imputation", "frozen", "x", "y"),
    [
        ({"method": "mean"}, {"method": "constant", "value": 3.0}, 3, 6),
        ({"method": "median"}, {"method": "constant", "value": 2.0}, 2, 6),
        ({"method": "worst_observed"}, {"method": "constant", "value": 1.0}, 1, 4),
        ({"method": "constant", "value": 9}, {"method": "constant", "value": 9.0}, 9, 9),
    ],
)
def test_what_is_imputed_is_frozen_as_a_value(imputation, frozen, x, y):
    """A gap gets the population's value, marked as imputed, and a fitted index states it."""
    fitted = ai.fit(_index(imputation=imputation, **IMPUTED), GAPS)
    scores = ai.score(fitted, GAPS)
    assert _column(scores, "x_") == [1, 2, x, 6]
    assert _column(scores, "y_") == [4, y, 8, y]
    assert [scores.get(name, "i", "x_").status for name in "abcd"] == [
        "scored",
        "scored",
        "imputed",
        "scored",
    ]
    document = ai.document(fitted.definition)
    first = document["children"][0].get("imputation", document.get("imputation"))
    assert first == frozen


@pytest.mark.parametrize("imputation", [{"method": "constant", "value": 0.25}, {"method": "mean"}])
def test_the_gap_of_a_choice_is_filled(imputation):
    """With points, not with an option; the same alone and with the others."""
    choice = ai.load(questionnaire(STAGE), ai.Questionnaire)
    leaf = indicator("stage_", "stage", "points")
    document = index({"points": POINTS}, leaf, imputation=imputation, **IMPUTED)
    answers = [
        ai.Response("a", {"stage": "tested"}),
        *(ai.Response(x, {"stage": "no"}) for x in "bcd"),
    ]
    gap = ai.Response("e", {})
    everybody = ai.Responses.of(choice, [*answers, gap], edition="2026")
    fitted = ai.fit(ai.load(document, ai.IndexDefinition), everybody)
    for scores in (ai.score(fitted, everybody), ai.score(fitted, gap)):
        found = scores.get("e", "i", "stage_")
        assert (found.value, found.status) == (0.25, "imputed")


def test_the_worst_of_a_turned_indicator_is_the_greatest():
    """Where fewer are better, the worst observed value is the greatest."""
    leaf = indicator("x_", "x", "number", direction=-1)
    fitted = ai.fit(_index(leaf, imputation={"method": "worst_observed"}, **IMPUTED), GAPS)
    assert _column(ai.score(fitted, GAPS), "x_") == [-1, -2, -6, -6]


def test_a_group_gets_the_value_of_its_own():
    """The register groups the agencies; who has no group, or one without values, keeps the gap."""
    definition = _index(imputation={"method": "group_mean", "group": "sector"}, **IMPUTED)
    fitted = ai.fit(definition, GAPS, register=REGISTER)
    scores = ai.score(fitted, GAPS, register=REGISTER)
    assert _column(scores, "x_") == [1, 2, 1, 6]
    np.testing.assert_array_equal(_column(scores, "y_"), [4, np.nan, 8, np.nan])
    assert scores.get("d", "i", "y_").status == "excluded"
    one = ai.score(fitted, GAPS["c"], register=REGISTER)
    assert one.values.tobytes() == scores.values[2:3].tobytes()
    assert scores.fingerprints["register"] == ai.fingerprint(REGISTER)


def test_the_edition_before_fills_gaps():
    """Its values are stated agency by agency, so that a single response gets its own."""
    before = _responses(c=(5, 1), b=(0, 3))
    definition = _index(imputation={"method": "previous_edition"}, **IMPUTED)
    fitted = ai.fit(definition, GAPS, previous=before)
    scores = ai.score(fitted, GAPS)
    assert _column(scores, "x_") == [1, 2, 5, 6]
    np.testing.assert_array_equal(_column(scores, "y_"), [4, 3, 8, np.nan])
    assert ai.score(fitted, GAPS["c"]).values.tobytes() == scores.values[2:3].tobytes()


def test_an_agency_that_is_gone_needs_no_entry_in_the_register():
    """The edition before may have agencies that the register of today lacks."""
    before = _responses(c=(5, 1), b=(0, 3), gone=(7, 7))
    area = {"id": "area_", "attribute": "area", "scoring": "number"}
    definition = _index(
        indicator("x_", "x", "number"),
        area,
        imputation={"method": "previous_edition"},
        missing=IMPUTED["missing"],
    )
    fitted = ai.fit(definition, GAPS, register=REGISTER, previous=before)
    assert _column(ai.score(fitted, GAPS, register=REGISTER), "x_") == [1, 2, 5, 6]


def test_the_edition_before_belongs_to_the_same_questionnaire():
    """Answers to other questions fill no gaps."""
    other = ai.load(questionnaire({"id": "x", "type": "number"}, version="2.0.0"))
    before = ai.Responses.of(other, [ai.Response("a", {"x": 1})])
    definition = _index(imputation={"method": "previous_edition"}, **IMPUTED)
    with pytest.raises(MismatchError) as caught:
        ai.fit(definition, GAPS, previous=before)
    (problem,) = caught.value.problems
    assert (problem.code, problem.mend) == (
        "other-questionnaire",
        "Read them with the same questionnaire.",
    )


def test_donors_work_on_a_population_alone():
    """No fitted index states what a neighbour would give, and a population is scored all the same."""
    definition = _index(imputation={"method": "nearest_neighbours", "neighbours": 1}, **IMPUTED)
    with pytest.raises(MethodError) as caught:
        ai.fit(definition, GAPS)
    assert [(each.code, each.place.node) for each in caught.value.problems] == [
        ("not-freezable", "x_"),
        ("not-freezable", "y_"),
    ]
    scores = ai.score_population(definition, GAPS)
    assert _column(scores, "y_") == [4, 4, 8, 4]


def test_a_number_that_is_refused_is_told_once():
    """However many indicators look at it for neighbours, a zero denominator is one problem."""
    scorings = {**NUMBER, "per_y": {"method": "ratio", "denominator": "y", "when_zero": "error"}}
    leaves = [indicator(name, "x", "number") for name in ("x_", "x__", "x___")]
    definition = _index(
        *leaves,
        indicator("xy_", "x", "per_y"),
        scorings=scorings,
        imputation={"method": "nearest_neighbours", "neighbours": 1},
        **IMPUTED,
    )
    with pytest.raises(MethodError) as caught:
        ai.score_population(definition, _responses(a=(1, 4), b=(2, 0), c=(None, 8)))
    assert [(each.code, each.place.agency) for each in caught.value.problems] == [
        ("zero-denominator", "b")
    ]


def test_agencies_are_set_against_each_other():
    """A Copeland score depends on who is there, whatever the order in which they stand."""
    definition = _index(aggregation={"method": "copeland"})
    full = _responses(c=(3, 3), a=(1, 1), b=(2, 2))
    scores = ai.score_population(definition, full)
    assert scores.agencies == ("c", "a", "b")
    assert _column(scores, "i") == [2, -2, 0]
    turned = ai.score_population(definition, full.take([1, 2, 0]))
    assert _column(turned, "i") == [-2, 0, 2]
    for call in (lambda: ai.fit(definition, full), lambda: ai.freeze(definition, QUESTIONNAIRE)):
        with pytest.raises(MethodError) as caught:
            call()
        assert [each.code for each in caught.value.problems] == ["not-freezable"]


def test_treatments_come_one_after_the_other():
    """A cap and then a logarithm, before the value is turned and normalised."""
    steps = [{"method": "clip", "upper": 4}, {"method": "log", "plus": 0}]
    fitted = ai.freeze(_index(treatment=steps), QUESTIONNAIRE)
    found = ai.stages(fitted, GAPS)
    assert found.indicators == ("x_", "y_")
    np.testing.assert_array_equal(found.points[:, 0], [1, 2, np.nan, 6])
    np.testing.assert_array_equal(found.treated[:, 0], np.log([1, 2, np.nan, 4]))


def test_a_treatment_names_the_agencies_whose_value_it_refuses():
    """Each agency is told with its node, and the others are scored once it is mended."""
    fitted = ai.freeze(_index(treatment=[{"method": "log", "plus": 0}]), QUESTIONNAIRE)
    wrong = _responses(a=(1, 1), b=(0, 1), c=(-2, 1))
    with pytest.raises(MethodError) as caught:
        ai.score(fitted, wrong)
    found = [(each.code, each.place.agency, each.place.node) for each in caught.value.problems]
    assert found == [("not-positive", "b", "x_"), ("not-positive", "c", "x_")]


def test_a_node_is_rescaled_after_aggregation():
    """A dimension's own value is normalised over the population, and the index's once more."""
    low = {
        "id": "both",
        "children": [indicator("x_", "x", "number"), indicator("y_", "y", "number")],
    }
    to_ten = {"method": "minmax", "to": [0, 10], "clip": False}
    definition = _index({**low, "rescaling": to_ten}, rescaling=to_ten)
    full = _responses(a=(1, 1), b=(2, 4), c=(4, 6))
    fitted = ai.fit(definition, full)
    assert _column(ai.score(fitted, full), "both") == [0, 5, 10]
    assert _column(ai.score(fitted, full), "i") == [0, 5, 10]
    assert ai.document(fitted.definition)["children"][0]["rescaling"] == {
        "method": "goalposts",
        "goalposts": [1.0, 5.0],
        "to": [0.0, 10.0],
        "clip": False,
    }
    assert ai.fit(fitted.definition, full).definition == fitted.definition
    explained = ai.explain(fitted, full["b"])
    assert explained.baseline + sum(c.points for c in explained.contributions) == pytest.approx(5)


def test_weights_are_learnt_from_the_children_of_each_node():
    """Fitting writes them on the children, and every node keeps a weighting of its own."""
    definition = _index(weighting={"method": "standard_deviation"})
    fitted = ai.fit(definition, _responses(a=(0, 0), b=(1, 3), c=(2, 6)))
    document = ai.document(fitted.definition)
    assert document["weighting"] == {"method": "fixed"}
    assert [child["weight"] for child in document["children"]] == pytest.approx([0.25, 0.75])


def test_a_regression_explains_an_attribute():
    """The outcome is read from the register by its name."""
    definition = _index(weighting={"method": "regression", "outcome": "fte", "negative": "zero"})
    full = _responses(a=(1, 1), b=(2, 3), d=(4, 2))
    fitted = ai.fit(definition, full, register=REGISTER)
    weights = [child.weight for child in fitted.definition.children]
    assert sum(weights) == pytest.approx(1)


def test_weights_by_name_are_written_on_the_children():
    """A table of ranks gives the weights before anybody answers."""
    definition = _index(weighting={"method": "rank_sum", "ranks": {"y_": 1, "x_": 2}})
    fitted = ai.freeze(definition, QUESTIONNAIRE)
    assert [child.weight for child in fitted.definition.children] == pytest.approx([1 / 3, 2 / 3])
    assert ai.fit(fitted.definition, GAPS).definition == fitted.definition


def test_a_table_of_weights_names_the_children():
    """A child that it lacks, and a name that is no child, are both told."""
    weighting = {"method": "rank_sum", "ranks": {"z_": 1, "x_": 2}}
    found = ai.validate(
        index(
            NUMBER,
            indicator("x_", "x", "number"),
            indicator("y_", "y", "number"),
            weighting=weighting,
        )
    )
    assert [(each.code, each.place.pointer) for each in found] == [
        ("wrong-children", "/weighting")
    ] * 2


def test_attributes_are_indicators_and_denominators():
    """A register's number is scored beside answers, alone or below a fraction line."""
    scorings = {**NUMBER, "per_fte": {"method": "ratio", "attribute": "fte", "when_zero": "error"}}
    area = {"id": "area_", "attribute": "area", "scoring": "number"}
    definition = _index(indicator("x_", "x", "per_fte"), area, scorings=scorings)
    fitted = ai.freeze(definition, QUESTIONNAIRE)
    scores = ai.score(fitted, GAPS, register=REGISTER)
    np.testing.assert_array_equal(_column(scores, "x_"), [0.1, 0.1, np.nan, 0.15])
    np.testing.assert_array_equal(_column(scores, "area_"), [5, 2, np.nan, np.nan])
    assert scores.get("c", "i", "area_").cause == "not_answered"
    explained = ai.explain(fitted, GAPS["a"], register=REGISTER)
    assert [(c.item, c.attribute, c.answer) for c in explained.contributions] == [
        ("x", "", 1.0),
        ("", "area", 5.0),
    ]


@pytest.mark.parametrize(
    ("attribute", "register", "problems"),
    [
        (
            "area",
            None,
            [("needs-register", 'The index uses attributes of the register: "area".')],
        ),
        (
            "aera",
            REGISTER,
            [("unknown-attribute", 'The register r has no attribute "aera".')],
        ),
        (
            "name",
            REGISTER,
            [
                (
                    "not-a-number",
                    'The attribute "name" is the text "B", and a number is needed.',
                )
            ],
        ),
        (
            "area",
            ai.Register(id="r", version="1.0.0", agencies=REGISTER.agencies[:3]),
            [("unknown-agency", 'The register r has no agency "d".')],
        ),
    ],
)
def test_what_a_register_lacks_is_told(attribute, register, problems):
    """No register, another name, a text for a number, an agency that is not in it."""
    leaf = {"id": "area_", "attribute": attribute, "scoring": "number"}
    fitted = ai.freeze(_index(leaf), QUESTIONNAIRE)
    with pytest.raises(AgencyIndexError) as caught:
        ai.score(fitted, GAPS, register=register)
    assert [(each.code, each.message) for each in caught.value.problems] == problems


def test_imputing_needs_an_imputation():
    """The rule "impute" is no rule where nothing says how."""
    found = ai.validate(index(NUMBER, indicator("x_", "x", "number"), **IMPUTED))
    assert [(each.code, each.message) for each in found] == [
        ("no-step", '"x_" has the missing rule "impute", and no imputation is named.')
    ]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ({"method": "minimum"}, [1, 2, 8, 6]),
        ({"method": "maximum"}, [4, 2, 8, 6]),
        ({"method": "median"}, [2.5, 2, 8, 6]),
        ({"method": "harmonic", "zero": "error"}, [1.6, 2, 8, 6]),
        ({"method": "mazziotta_pareto", "penalty": "downward"}, [1.6, 2, 8, 6]),
    ],
)
def test_aggregations_take_the_children_that_are_there(aggregation, expected):
    """Of all the children at once or term by term, alone as in the batch."""
    posts = {"method": "goalposts", "goalposts": [1, 8], "to": [1, 8], "clip": True}
    fitted = ai.freeze(_index(aggregation=aggregation, normalisation=posts), QUESTIONNAIRE)
    scores = ai.score(fitted, GAPS)
    assert _column(scores, "i") == pytest.approx(expected)
    for row, response in enumerate(GAPS):
        one = ai.score(fitted, response)
        assert one.values.tobytes() == scores.values[row : row + 1].tobytes()
        assert one.coverage.tobytes() == scores.coverage[row : row + 1].tobytes()
        assert one.causes.tolist() == scores.causes[row : row + 1].tolist()


def test_a_gathered_node_is_stopped_and_thinned():
    """A child that propagates stops the node, and too little coverage leaves it without a value."""
    rules = dict.fromkeys(IMPUTED["missing"], "exclude")
    stops = indicator("y_", "y", "number", missing={"not_answered": "propagate"})
    definition = _index(
        indicator("x_", "x", "number"),
        stops,
        aggregation={"method": "minimum"},
        missing=rules,
        minimum_coverage=0.6,
    )
    fitted = ai.freeze(definition, QUESTIONNAIRE)
    scores = ai.score(fitted, GAPS)
    causes = [scores.get(name, "i").cause for name in "abcd"]
    assert causes == ["", "propagated", "coverage", "propagated"]
    assert [ai.score(fitted, each).get(each.agency, "i").cause for each in GAPS] == causes


def test_several_indices_are_scored_as_a_population():
    """Those that compare agencies and those that do not, side by side."""
    first = _index(aggregation={"method": "borda", "ties": "average"})
    second = ai.load({**ai.document(_index()), "id": "j"}, ai.IndexDefinition)
    full = _responses(a=(1, 1), b=(2, 4))
    scores = ai.score_population([first, second], full)
    assert scores.column("j").tolist() == [1, 3]
    assert scores.column("i").tolist() == [0, 1]


def test_a_weight_below_zero_is_no_weight_of_an_index():
    """What a weighting may keep for those who look at it, no definition can state."""
    weighting = {"method": "principal_component", "negative": "keep"}
    three = [indicator(name, name[0], "number") for name in ("x_", "x__", "y_")]
    definition = _index(*three, weighting=weighting)
    with pytest.raises(MethodError) as caught:
        ai.fit(definition, _responses(a=(1, 4), b=(2, 3), c=(3, 1)))
    (problem,) = caught.value.problems
    assert problem.code == "out-of-range"
    assert problem.place == Place(index="i", node="y_", method="PrincipalComponentWeights")
    assert problem.found < 0
    assert (
        problem.message
        == f"The weight that is learnt is {problem.found:.6g}, and no index can state it."
    )
    assert problem.mend == 'Say "zero" for "negative", turn the child, or leave it out.'
