"""What a population teaches: which steps learn, what they refuse, and what is written down."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
from tests.documents.small import index, indicator, questionnaire

import agencyindex as ai
from agencyindex._engine.learn import to_learn
from agencyindex._model.definition import EditionBefore
from agencyindex.errors import MethodError, MismatchError, Place
from agencyindex.methods.imputation import PreviousEdition
from agencyindex.methods.normalisation import MinMax

NUMBERS = [{"id": name, "type": "number"} for name in "xyz"]
QUESTIONNAIRE = ai.load(questionnaire(*NUMBERS), ai.Questionnaire)
ALL = [reason.value for reason in ai.Missing]
IMPUTED = dict.fromkeys(ALL, "impute")
X, Y = indicator("x_", "x", "number"), indicator("y_", "y", "number")
TO_TEN = {"method": "minmax", "to": [0, 10], "clip": True}
NEAREST = {"method": "nearest_neighbours", "neighbours": 1}


def _index(*children: dict[str, Any], **keys: Any) -> ai.IndexDefinition:
    scorings = {"number": {"method": "number"}}
    return ai.load(index(scorings, *(children or (X, Y)), **keys), ai.IndexDefinition)


def _responses(*rows: tuple[float | None, ...], **head: Any) -> ai.Responses:
    listed = [
        ai.Response(f"a{row}", dict(zip("xyz", values, strict=False)))
        for row, values in enumerate(rows)
    ]
    return ai.Responses.of(QUESTIONNAIRE, listed, **head)


FOUR = _responses((1, 4), (2, None), (None, 8), (6, 2), edition="2030")


def test_every_step_that_learns_is_named() -> None:
    """Leaves first, each with its steps in the order in which they come, and then the nodes from above."""
    leaf = X | {
        "missing": {"refused": "mean", "dont_know": "impute"},
        "imputation": {"method": "median"},
        "treatment": [
            {"method": "winsorise", "skewness": 2, "kurtosis": 3.5, "most": 5, "otherwise": "none"}
        ],
        "normalisation": TO_TEN,
    }
    inner = {"id": "d", "children": [leaf], "weighting": {"method": "standard_deviation"}}
    definition = _index(inner, Y, rescaling=TO_TEN)
    assert list(to_learn(definition)) == [
        ("x_", 'the missing rule "mean"'),
        ("x_", "MedianImputation"),
        ("x_", "Winsorise"),
        ("x_", "MinMax"),
        ("i", "MinMax"),
        ("d", "StandardDeviationWeights"),
    ]
    assert list(to_learn(_index(imputation={"method": "median"}))) == []


SET = "This method sets agencies against each other, so no fitted index can state it."
SCORE = "Score the population with score_population (agencyindex score), or use another method."


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"aggregation": {"method": "copeland"}}, [("i", "Copeland")]),
        (
            {"imputation": NEAREST, "missing": IMPUTED},
            [("x_", "NearestNeighbours"), ("y_", "NearestNeighbours")],
        ),
        ({"imputation": NEAREST}, []),
    ],
)
def test_what_sets_agencies_against_each_other_is_not_fitted(keys: Any, named: Any) -> None:
    """Each node with its method and both sentences; an imputation only where it is used."""
    definition = _index(**keys)
    for call in (lambda: ai.fit(definition, FOUR), lambda: ai.freeze(definition, QUESTIONNAIRE)):
        found: list[Any] = []
        try:
            call()
        except MethodError as error:
            found = [each for each in error.problems if each.code == "not-freezable"]
        assert [(each.place, each.message, each.mend) for each in found] == [
            (Place(index="i", node=node, method=method), SET, SCORE) for node, method in named
        ]


def test_the_edition_before_is_told_by_its_questionnaire() -> None:
    """Both sentences name what is wrong with the previous responses."""
    other = ai.load(questionnaire(*NUMBERS, version="2.0.0"), ai.Questionnaire)
    before = ai.Responses.of(other, [ai.Response("a", {"x": 1})])
    definition = _index(imputation={"method": "previous_edition"}, missing=IMPUTED)
    with pytest.raises(MismatchError) as caught:
        ai.fit(definition, FOUR, previous=before)
    (problem,) = caught.value.problems
    assert problem.place == Place()
    assert problem.message == (
        "The previous responses belong to the questionnaire q 2.0.0, which is not that of these."
    )


def test_a_population_is_recorded_once() -> None:
    """Agencies, edition and both fingerprints, kept when what was fitted is fitted again."""
    definition = _index(normalisation=TO_TEN)
    fitted = ai.fit(definition, FOUR)
    record = fitted.definition.population
    assert record is not None
    assert (record.agencies, record.edition) == (4, "2030")
    assert record.responses == FOUR.fingerprint()
    assert record.definition == ai.fingerprint(definition)
    assert fitted.learnt is True
    again = ai.fit(fitted.definition, _responses((5, 5)))
    assert again.definition == fitted.definition
    assert again.learnt is False
    assert ai.freeze(fitted.definition, QUESTIONNAIRE).learnt is False


def test_what_else_taught_an_index_is_recorded() -> None:
    """The register and the edition before that a fit used, and no others, by their fingerprints."""
    before, other = _responses((9, 9), edition="2029"), _responses((8, 8), edition="2028")
    back = {"imputation": {"method": "previous_edition"}, "missing": IMPUTED}
    looking, reading = _index(**back), _index(X, AREA, **back)
    plain = _index(normalisation=TO_TEN)
    for definition, read, looked in (
        (plain, False, False),
        (looking, False, True),
        (reading, True, True),
        (_index(X, AREA, normalisation=TO_TEN), True, False),
        (_index(imputation={"method": "mean"}, missing=IMPUTED), False, False),
    ):
        fitted = ai.fit(definition, FOUR, register=REGISTER, previous=before)
        record = fitted.definition.population
        assert record.register == (ai.fingerprint(REGISTER) if read else None)
        named = EditionBefore(edition="2029", responses=before.fingerprint())
        assert record.previous == (named if looked else None)
        assert ai.load(ai.document(fitted), ai.IndexDefinition) == fitted.definition
    one, two = (ai.fit(looking, FOUR, previous=each) for each in (before, other))
    assert one.definition.population != two.definition.population


@pytest.mark.parametrize("made_up", ["", "responses", "register", "previous", "earlier"])
def test_what_was_made_up_teaches_a_made_up_index(made_up: str) -> None:
    """The record says so, and real answers scored on such an index are marked."""
    register = attrs.evolve(REGISTER, synthetic=made_up == "register")
    before = _responses((9, 9), synthetic=made_up == "previous")
    population = _responses((1, 4), (2, 5), (6, 2), synthetic=made_up == "responses")
    back = {"imputation": {"method": "previous_edition"}, "missing": IMPUTED}
    definition = _index(X, AREA, normalisation=TO_TEN, **back)
    if made_up == "earlier":
        first = ai.fit(_index(normalisation=TO_TEN), _responses((1, 2), (3, 4), synthetic=True))
        definition = attrs.evolve(definition, population=first.definition.population)
    fitted = ai.fit(definition, population, register=register, previous=before)
    record = ai.document(fitted)["population"]
    assert record.get("synthetic") == (True if made_up not in ("", "earlier") else None)
    assert ai.load(ai.document(fitted), ai.IndexDefinition) == fitted.definition
    real = _responses((2, 3))
    assert ai.score(fitted, real, register=REGISTER).synthetic is (made_up != "")
    assert ai.score(fitted, real["a0"], register=REGISTER).synthetic is (made_up != "")


def test_what_was_made_up_and_not_read_teaches_nothing() -> None:
    """A made-up register or edition before that the index does not use marks no record."""
    given = {
        "register": attrs.evolve(REGISTER, synthetic=True),
        "previous": _responses((9, 9), synthetic=True),
    }
    fitted = ai.fit(_index(normalisation=TO_TEN), FOUR, **given)
    assert "synthetic" not in ai.document(fitted)["population"]
    assert not ai.score(fitted, FOUR).synthetic


@attrs.frozen(kw_only=True)
class OwnPrevious(PreviousEdition):
    """An imputation that looks back, and that the package does not know."""

    name: ClassVar[str] = "own_previous"


def test_an_imputation_of_ones_own_is_taken_to_look_back() -> None:
    """It is given the edition before, so the record states it; what is not asked for is not given."""
    before = _responses((9, 9), edition="2029")
    for rule, looked in (("impute", True), ("exclude", False)):
        rules = dict.fromkeys(ai.Missing, rule)
        definition = attrs.evolve(
            _index(normalisation=TO_TEN), missing=rules, imputation=OwnPrevious()
        )
        record = ai.fit(definition, FOUR, previous=before).definition.population
        assert (record.previous is not None) is looked


def test_a_second_fit_that_learns_keeps_the_earlier_record() -> None:
    """What is added to a fitted index is learnt from another population, and both are recorded."""
    first = ai.fit(_index(X, normalisation=TO_TEN), FOUR).definition
    more = ai.Indicator(
        "y_", item="y", scoring="number", normalisation=MinMax(to=[0, 1], clip=True)
    )
    added = attrs.evolve(first, children=[*first.children, more])
    later = _responses((5, 5), (7, 9), edition="2031")
    record = ai.fit(added, later).definition.population
    assert (record.agencies, record.edition, record.earlier) == (2, "2031", first.population)
    assert (record.responses, record.definition) == (later.fingerprint(), ai.fingerprint(added))
    assert ai.fit(first, later).definition.population == first.population


def test_only_what_learns_is_written_on_an_indicator() -> None:
    """Methods that are declared above stay there; what was learnt is taken away from above."""
    posts = {"method": "goalposts", "goalposts": [0, 8], "to": [0, 1], "clip": True}
    inner = {"id": "d", "normalisation": TO_TEN, "children": [X]}
    outer = {"id": "e", "normalisation": posts, "children": [Y]}
    definition = _index(inner, outer, imputation={"method": "mean"}, missing=IMPUTED)
    fitted = ai.fit(definition, FOUR).definition
    first, second = fitted.children
    assert (first.normalisation, fitted.imputation) == (None, None)
    assert second.normalisation == definition.children[1].normalisation
    x, y = first.children[0], second.children[0]
    assert x.normalisation.goalposts == (1.0, 6.0)
    assert y.normalisation is None
    assert x.imputation.value == 3.0
    assert y.imputation.value == pytest.approx(14 / 3)
    assert (x.treatment, x.weight) == (None, None)
    assert dict(x.missing) == {}


def test_treatments_are_learnt_one_after_the_other() -> None:
    """The second looks at what the first has made of the population, and so does min-max."""
    quantiles = {"method": "quantile_clip", "lower": 0.25, "upper": 0.75}
    steps = [{"method": "log", "plus": 1}, quantiles]
    definition = _index(X, treatment=steps, normalisation=TO_TEN)
    population = _responses(*[(float(value),) for value in (0, 1, 3, 7, 15)])
    fitted = ai.fit(definition, population)
    found = ai.stages(fitted, population)
    low, high = np.log(2), np.log(8)
    logs = np.log([1, 2, 4, 8, 16])
    np.testing.assert_allclose(found.treated[:, 0], np.clip(logs, low, high), rtol=1e-15)
    expected = 10 * (np.clip(logs, low, high) - low) / (high - low)
    np.testing.assert_allclose(found.normalised[:, 0], expected, rtol=1e-12, atol=1e-12)
    leaf = fitted.definition.children[0]
    assert [step.name for step in leaf.treatment] == ["log", "clip"]
    assert fitted.definition.treatment is None


def test_stages_are_told_agency_by_agency() -> None:
    """Points, what is imputed, and values turned and normalised, a row for each agency."""
    turned = Y | {"direction": -1}
    definition = _index(
        X, turned, imputation={"method": "mean"}, missing=IMPUTED, normalisation=TO_TEN
    )
    fitted = ai.fit(definition, FOUR)
    found = ai.stages(fitted, FOUR)
    assert (found.agencies, found.indicators) == (FOUR.agencies, ("x_", "y_"))
    nan, mean = np.nan, 14 / 3
    np.testing.assert_array_equal(found.points, [[1, 4], [2, nan], [nan, 8], [6, 2]])
    np.testing.assert_allclose(found.imputed, [[1, 4], [2, mean], [3, 8], [6, 2]], rtol=1e-15)
    np.testing.assert_array_equal(found.treated, found.imputed)
    np.testing.assert_allclose(
        found.normalised,
        [[0, 20 / 3], [2, 10 * (8 - mean) / 6], [4, 0], [10, 10]],
        rtol=1e-14,
        atol=1e-14,
    )
    nobody = ai.stages(fitted, FOUR.take([]))
    assert nobody.points.shape == (0, 2)


FIGURES = ("values", "coverage", "answered", "statuses", "causes")


def test_a_population_scored_on_itself_is_fitted_and_scored() -> None:
    """Every figure of every agency is the same, in whatever order the agencies stand."""
    definition = _index(imputation={"method": "median"}, missing=IMPUTED, normalisation=TO_TEN)
    scored = ai.score(ai.fit(definition, FOUR), FOUR)
    for order in ([0, 1, 2, 3], [2, 0, 3, 1]):
        population = FOUR.take(order)
        found = ai.score_population(definition, population)
        assert found.agencies == population.agencies
        assert found.edition == "2030"
        assert found.nodes == scored.nodes
        for name in FIGURES:
            assert getattr(found, name).tobytes() == getattr(scored, name)[order].tobytes()


def test_a_weighting_that_cannot_learn_is_told_at_its_node() -> None:
    """The dimension whose children are all constant, with the method's own words."""
    inner = {"id": "d", "children": [X, Y], "weighting": {"method": "standard_deviation"}}
    with pytest.raises(MethodError) as caught:
        ai.fit(_index(inner, indicator("z_", "z", "number")), _responses((1, 1, 5), (1, 1, 6)))
    (problem,) = caught.value.problems
    assert (problem.place.index, problem.place.node) == ("i", "d")
    assert problem.place.method == "StandardDeviationWeights"


def test_a_rescaling_that_cannot_learn_is_told_at_its_node() -> None:
    """A dimension of which all agencies have the same value has no range of its own."""
    inner = {"id": "d", "children": [X], "rescaling": TO_TEN}
    with pytest.raises(MethodError) as caught:
        ai.fit(_index(inner, Y), _responses((1, 1), (1, 2)))
    (problem,) = caught.value.problems
    assert problem.code == "constant-indicator"
    assert problem.place == Place(index="i", node="d", method="MinMax")


def test_all_leaves_that_cannot_learn_are_told_at_once() -> None:
    """Both constant indicators, and nothing of the nodes above them."""
    with pytest.raises(MethodError) as caught:
        ai.fit(
            _index(normalisation=TO_TEN, weighting={"method": "standard_deviation"}),
            _responses((1, 2), (1, 2)),
        )
    assert [(each.code, each.place.node) for each in caught.value.problems] == [
        ("constant-indicator", "x_"),
        ("constant-indicator", "y_"),
    ]


def test_weights_are_learnt_from_values_as_they_are_scored() -> None:
    """Children are normalised, imputed and aggregated by what is in force at their node."""
    least = {"id": "d", "children": [X, Y], "aggregation": {"method": "minimum"}}
    definition = _index(
        least,
        indicator("z_", "z", "number"),
        imputation={"method": "constant", "value": 0},
        missing=IMPUTED,
        weighting={"method": "standard_deviation"},
        normalisation={"method": "goalposts", "goalposts": [0, 2], "to": [0, 1], "clip": False},
    )
    rows = [(4, 2, 0), (None, 4, 6), (8, 2, 12)]
    fitted = ai.fit(definition, _responses(*rows))
    first, second = (child.weight for child in fitted.definition.children)
    spread = [np.std([2, 0, 2], ddof=1), np.std([0, 6, 12], ddof=1)]
    assert first / second == pytest.approx(spread[0] / spread[1], rel=1e-12, abs=0)
    inner = [child.weight for child in fitted.definition.children[0].children]
    spread = [np.std([4, 0, 8], ddof=1), np.std([2, 4, 2], ddof=1)]
    assert inner[0] / inner[1] == pytest.approx(spread[0] / spread[1], rel=1e-12, abs=0)


def test_neighbours_look_at_the_other_indicators() -> None:
    """Who is near is told by all the others, whatever the direction in which they count."""
    definition = _index(X, Y, indicator("z_", "z", "number"), imputation=NEAREST, missing=IMPUTED)
    rows = [(None, 1, 1), (10, 1, 2), (20, 9, 9), (30, 8, 8)]
    scores = ai.score_population(definition, _responses(*rows))
    assert scores.column("i", "x_").tolist() == [10, 10, 20, 30]
    assert [scores.get(f"a{row}", "i", "x_").status for row in range(2)] == ["imputed", "scored"]


def test_an_imputation_that_no_rule_asks_for_is_not_learnt() -> None:
    """Where no missing rule says "impute", no value is written for it."""
    fitted = ai.fit(_index(imputation={"method": "median"}, normalisation=TO_TEN), FOUR)
    assert [leaf.imputation for leaf in fitted.definition.children] == [None, None]


def test_what_comes_after_imputation_learns_from_what_it_fills() -> None:
    """A value that is imputed beyond the others is the end of the range."""
    twenty = {"method": "constant", "value": 20}
    definition = _index(X, imputation=twenty, missing=IMPUTED, normalisation=TO_TEN)
    fitted = ai.fit(definition, FOUR)
    assert fitted.definition.children[0].normalisation.goalposts == (1.0, 20.0)
    assert fitted.definition.imputation == definition.imputation
    assert fitted.definition.children[0].imputation is None


AGENCIES = [
    ai.Agency("a0", sector="north", attributes={"area": 3.0}),
    ai.Agency("a1", sector="south", attributes={"area": 5.0}),
    ai.Agency("a2", sector="south"),
    ai.Agency("a3", sector="north", attributes={"area": 4.0}),
]
REGISTER = ai.Register(id="r", version="1.0.0", agencies=AGENCIES)
AREA = {"id": "area_", "attribute": "area", "scoring": "number"}


def test_a_population_is_scored_with_its_register() -> None:
    """Groups and attributes of the register, in fitting, scoring, stages and explanations."""
    grouped = {"method": "group_mean", "group": "sector"}
    definition = _index(X, AREA, imputation=grouped, missing=IMPUTED)
    scores = ai.score_population(definition, FOUR, register=REGISTER)
    assert scores.column("i", "x_").tolist() == [1, 2, 2, 6]
    assert scores.column("i", "area_").tolist() == [3, 5, 5, 4]
    fitted = ai.fit(definition, FOUR, register=REGISTER)
    found = ai.stages(fitted, FOUR, register=REGISTER)
    np.testing.assert_array_equal(found.points[:, 1], [3, 5, np.nan, 4])
    assert found.imputed[:, 1].tolist() == [3, 5, 5, 4]
    explained = ai.explain(fitted, FOUR["a2"], register=REGISTER)
    assert [each.answer for each in explained.contributions] == [ai.Missing.NOT_ANSWERED] * 2
    assert [each.value for each in explained.contributions] == [2, 5]


def test_a_population_is_scored_with_the_edition_before() -> None:
    """An agency that answered then and does not now gets what it answered then."""
    definition = _index(imputation={"method": "previous_edition"}, missing=IMPUTED)
    before = _responses((9, 9), (8, 8), (7, 7))
    scores = ai.score_population(definition, FOUR, previous=before)
    assert scores.column("i", "x_").tolist() == [1, 2, 7, 6]
    assert scores.column("i", "y_").tolist() == [4, 8, 8, 2]


def test_a_population_tells_what_else_taught_it() -> None:
    """Register and edition before are among the fingerprints, and may make the scores made up."""
    back = {"imputation": {"method": "previous_edition"}, "missing": IMPUTED}
    looking, plain = _index(**back), _index(normalisation=TO_TEN)
    before = _responses((9, 9), synthetic=True)
    found = ai.score_population(looking, FOUR, previous=before)
    assert found.fingerprints["previous"] == before.fingerprint()
    assert found.synthetic
    found = ai.score_population(plain, FOUR, register=REGISTER, previous=before)
    assert {"previous", "register"} & set(found.fingerprints) == set()
    assert not found.synthetic
    outcome = {"method": "regression", "outcome": "area", "negative": "zero"}
    made_up = attrs.evolve(REGISTER, synthetic=True)
    found = ai.score_population(_index(X, weighting=outcome), FOUR, register=made_up)
    assert found.fingerprints["register"] == ai.fingerprint(made_up)
    assert found.synthetic


def test_the_edition_before_is_checked_as_this_one() -> None:
    """A number then that the scoring does not take is told, with its agency."""
    line = {"method": "linear", "lower": 0, "upper": 9, "outside": "error", "better": "higher"}
    document = index(
        {"line": line},
        indicator("x_", "x", "line"),
        imputation={"method": "previous_edition"},
        missing=IMPUTED,
    )
    definition = ai.load(document, ai.IndexDefinition)
    with pytest.raises(MethodError) as caught:
        ai.fit(definition, FOUR, previous=_responses((1, 1), (10, 1)))
    told = [(each.code, each.place.agency) for each in caught.value.problems]
    assert told == [("outside-range", "a1")]
    with pytest.raises(MethodError) as caught:
        ai.fit(definition, _responses((11, 1), (2, 1)), previous=_responses((1, 1), (10, 1)))
    told = [(each.code, each.place.agency) for each in caught.value.problems]
    assert told == [("outside-range", "a0"), ("outside-range", "a1")]


def test_a_rescaling_looks_at_the_node_as_it_is_scored() -> None:
    """The node's own missing rules, weights, aggregation and minimum coverage decide its range."""
    inner = {
        "id": "d",
        "children": [X | {"weight": 3}, Y | {"weight": 1}],
        "weighting": {"method": "fixed"},
        "aggregation": {"method": "sum"},
        "minimum_coverage": 0.5,
        "missing": {"not_answered": 0, "refused": "exclude"},
        "normalisation": {"method": "goalposts", "goalposts": [0, 2], "to": [0, 1], "clip": False},
        "treatment": [{"method": "clip", "upper": 4}],
        "rescaling": TO_TEN,
    }
    fitted = ai.fit(_index(inner, indicator("z_", "z", "number")), FOUR)
    # 3 x 1/2 + 4/2, 3 x 2/2 + 0, 0 + 4/2 and 3 x 4/2 + 2/2: the treatment takes 6 and 8 to 4.
    assert fitted.definition.children[0].rescaling.goalposts == (2.0, 7.0)


@pytest.mark.parametrize(("answer", "points"), [(0, (0, 0)), (2, (0, 0)), (3, (0, 0))])
def test_a_rescaled_value_that_does_not_move_brings_nothing(answer: float, points: Any) -> None:
    """Where a node's parts cancel, its rescaling has nothing to share out."""
    posts = {"method": "goalposts", "goalposts": [0, 10], "to": [0, 1], "clip": False}
    turned = Y | {"direction": -1}
    fitted = ai.freeze(
        _index(X, turned, aggregation={"method": "sum"}, rescaling=posts), QUESTIONNAIRE
    )
    found = ai.explain(fitted, ai.Response("a", {"x": answer, "y": answer}))
    assert found.score.value == 0
    assert tuple(each.points for each in found.contributions) == points
