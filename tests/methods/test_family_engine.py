"""Laws of whole indices, with every registered method in the place of its family."""

from __future__ import annotations

from math import fsum

import attrs
import numpy as np
import pytest
from tests.bits import same_bits
from tests.methods.examples import AGENCIES, EXAMPLES, OPTIONS

import agencyindex as ai
from agencyindex._documents.steps import step_document
from agencyindex.errors import MethodError
from agencyindex.methods.normalisation import Attainable
from agencyindex.methods.numbers import Ratio

REASONS = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
ITEMS = ("a1", "a2", "b1", "b2", "c1")
HEAD = {"id": "laws", "version": "1.0.0"}
TO = {"method": "goalposts", "goalposts": [0, 500], "to": [1, 10], "clip": True}


def compares(example):
    """Whether an index with this method can be no fitted one."""
    method = example.method
    return getattr(method, "compares", False) or not getattr(method, "freezes", True)


FITTING = [example for example in EXAMPLES if not compares(example)]
every = pytest.mark.parametrize("example", EXAMPLES, ids=str)
fitting = pytest.mark.parametrize("example", FITTING, ids=str)


def questionnaire(kind):
    """Five items, the first four numbers or all of another type."""
    options = [{"value": each} for each in OPTIONS]
    extra = {} if kind == "number" else {"options": options}
    items = [{"id": each, "type": kind, **extra} for each in ITEMS]
    head = {"schema": "agencyindex/questionnaire/1", **HEAD}
    return ai.load({**head, "sections": [{"id": "all", "items": items}]}, ai.Questionnaire)


def kind_of(example):
    """The type of item that the example's scoring takes; numbers for the other families."""
    kinds = example.method.item_types if example.family == "scoring" else {"number"}
    return min(kinds)


def answers(kind):
    """Answers of eight agencies: all of a child of each node, and gaps."""
    random = np.random.default_rng(7)
    common = random.uniform(100, 400, 8)
    found = {}
    for row, agency in enumerate(AGENCIES):
        numbers = np.round(np.clip(common[row] + random.normal(0, 90, 5), 1, 499) * 8) / 8
        if kind == "number":
            given = dict(zip(ITEMS, numbers.tolist(), strict=True))
        elif kind == "multiple_choice":
            given = {item: [o for o in OPTIONS if random.random() < 0.6] for item in ITEMS}
            given = {item: chosen or ["some"] for item, chosen in given.items()}
        else:
            given = {item: OPTIONS[random.integers(4)] for item in ITEMS}
        for lost in (("a2",), ("b1",), (), ())[row % 4]:
            del given[lost]
        found[agency] = given
    return found


def responses(asked, kind, order=AGENCIES, change=lambda given: given):
    """Responses of the agencies in an order."""
    given = answers(kind)
    document = {
        "schema": "agencyindex/responses/1",
        **HEAD,
        "questionnaire": HEAD,
        "edition": "2026",
        "responses": [{"agency": each, "answers": change(given[each])} for each in order],
    }
    return ai.read_responses(document, asked)


REGISTER = ai.Register(
    id="laws",
    version="1.0.0",
    agencies=[
        ai.Agency(
            each,
            attributes={
                "size": ("small", "large", "small")[row % 3],
                "staff": 3.0 + row * row,
                "trust": float(sum(value for value in answers("number")[each].values()) + row),
            },
        )
        for row, each in enumerate(AGENCIES)
    ],
)


def index(example):
    """An index of two dimensions and an indicator, with the example in its place."""
    kind, step = kind_of(example), step_document(example.method)
    bounded = isinstance(example.method, Attainable)
    plain = {
        "number": {"method": "number"},
        "single_choice": {"method": "ordinal", "best": "last"},
        "multiple_choice": {"method": "share"},
    }[kind]
    if bounded:
        plain = {
            "method": "linear",
            "lower": 0,
            "upper": 500,
            "outside": "clip",
            "better": "higher",
        }
    states = example.family == "weighting" and example.method.states
    stated = {"weight": 1} if states else {}
    imputes = example.family == "imputation"

    def leaf(item, **more):
        return {"id": f"{item}_", "item": item, "scoring": "plain", **more}

    document = {
        "schema": "agencyindex/index/1",
        **HEAD,
        "questionnaire": HEAD,
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(REASONS, "impute" if imputes else "exclude"),
        "minimum_coverage": 0,
        "scorings": {"plain": plain},
        "normalisation": TO if kind == "number" and not bounded else {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": [
            {
                "id": "a",
                "weighting": {"method": "fixed"},
                "children": [leaf("a1", weight=2), leaf("a2", weight=0.7)],
                **stated,
            },
            {
                "id": "b",
                "weighting": {"method": "equal"},
                "children": [leaf("b1"), leaf("b2")],
                **stated,
            },
            {**leaf("c1"), "id": "c", **({"weight": 0.3} if states else {})},
        ],
    }
    if example.family == "scoring":
        document["scorings"]["plain"] = step
        document["normalisation"] = {"method": "none"}
        if isinstance(example.method, Ratio):
            for node in (document["children"][0]["children"][1],):
                node["scoring"] = "bare"
            document["scorings"]["bare"] = {"method": "number"}
    elif example.family == "treatment":
        document["treatment"] = [step]
        document["normalisation"] = {"method": "minmax", "to": [0, 1], "clip": False}
    else:
        document[example.family] = step
    return ai.load(document, ai.IndexDefinition)


def told(example):
    """What an index may need besides the responses of its population."""
    kind = kind_of(example)
    asked = questionnaire(kind)

    def earlier(given):
        return {item: value for item, value in given.items() if item != "c1"} | {"a2": 40.0}

    previous = responses(asked, kind, change=earlier) if kind == "number" else None
    return {"register": REGISTER, "previous": previous}


def population(example, order=AGENCIES):
    """The responses of the example's index."""
    return responses(questionnaire(kind_of(example)), kind_of(example), order)


@every
def test_an_index_of_every_method_scores_its_population(example):
    """Every agency has a finite value of every node that has one among its children."""
    scores = ai.score_population(index(example), population(example), **told(example))
    assert scores.values.shape == (8, 8)
    assert np.isfinite(scores.values[:, 0]).all()
    assert not np.isinf(scores.values).any()
    assert ((scores.causes == 0) == ~np.isnan(scores.values)).all()


@every
def test_the_order_of_agencies_changes_not_one_bit(example):
    """Agencies in another order are scored the same, from the same fitted index."""
    order = [AGENCIES[place] for place in (3, 7, 0, 5, 1, 6, 2, 4)]
    back = [AGENCIES.index(agency) for agency in order]
    known = told(example)
    one = ai.score_population(index(example), population(example), **known)
    other = ai.score_population(index(example), population(example, order), **known)
    assert same_bits(other, one, rows=back)
    if not compares(example):
        fitted = ai.fit(index(example), population(example), **known)
        again = ai.fit(index(example), population(example, order), **known)
        assert again.definition.children == fitted.definition.children


@every
def test_what_compares_can_be_no_fitted_index(example):
    """It is refused by its name, and everything else is fitted and scored as the population is."""
    known = told(example)
    if compares(example):
        with pytest.raises(MethodError) as caught:
            ai.fit(index(example), population(example), **known)
        assert {each.code for each in caught.value.problems} == {"not-freezable"}
        assert {each.place.method for each in caught.value.problems} == {
            type(example.method).__name__
        }
        return
    fitted = ai.fit(index(example), population(example), **known)
    together = ai.score(fitted, population(example), register=REGISTER)
    assert same_bits(together, ai.score_population(index(example), population(example), **known))


@fitting
def test_one_response_alone_has_the_bits_of_the_batch(example):
    """The kernel of single responses and that of batches agree."""
    fitted = ai.fit(index(example), population(example), **told(example))
    together = ai.score(fitted, population(example), register=REGISTER)
    for row, response in enumerate(population(example)):
        assert same_bits(ai.score(fitted, response, register=REGISTER), together, rows=[row])
        few = population(example).take([row, 0])
        assert same_bits(ai.score(fitted, few, register=REGISTER), together, rows=[row, 0])


@fitting
def test_fitting_twice_changes_nothing(example):
    """What was learnt stays, whoever is the population of a second fit."""
    known = told(example)
    fitted = ai.fit(index(example), population(example), **known)
    for other in (population(example), population(example).take([1]), population(example).take([])):
        again = ai.fit(fitted.definition, other, **known)
        assert again.definition == fitted.definition
        assert ai.fingerprint(again) == ai.fingerprint(fitted)


@fitting
def test_a_fitted_index_is_its_document(example, tmp_path):
    """Written and read again it is the same, is valid, and gives the same bits."""
    fitted = ai.fit(index(example), population(example), **told(example))
    path = tmp_path / "fitted.json"
    ai.dump(fitted, path)
    assert ai.validate(path) == ()
    again = ai.load(path, ai.IndexDefinition)
    assert again == fitted.definition
    frozen = ai.freeze(again, questionnaire(kind_of(example)))
    one = ai.score(frozen, population(example), register=REGISTER)
    assert same_bits(one, ai.score(fitted, population(example), register=REGISTER))


@fitting
def test_contributions_sum_to_the_score(example):
    """What the indicators bring is the whole score, whatever the methods."""
    fitted = ai.fit(index(example), population(example), **told(example))
    for response in population(example):
        explained = ai.explain(fitted, response, register=REGISTER)
        parts = [each.points for each in explained.contributions]
        terms = [explained.baseline, *parts, explained.rounding]
        size = fsum(map(abs, terms))
        assert fsum(terms) == pytest.approx(explained.score.value, rel=0, abs=1e-12 * size)
        assert abs(explained.rounding) <= 1e-12 * size


@fitting
def test_stages_lead_to_the_score(example):
    """The normalised values of the stages are those of the indicators' nodes."""
    fitted = ai.fit(index(example), population(example), **told(example))
    found = ai.stages(fitted, population(example), register=REGISTER)
    scores = ai.score(fitted, population(example), register=REGISTER)
    names = [node.id for node in scores.nodes]
    for place, name in enumerate(found.indicators):
        values = scores.values[:, names.index(name)]
        assert np.array_equal(found.normalised[:, place], values, equal_nan=True)


@fitting
def test_no_value_leaves_the_range_of_its_node(example):
    """Every node's value lies between the ends that its scores state."""
    fitted = ai.fit(index(example), population(example), **told(example))
    scores = ai.score(fitted, population(example), register=REGISTER)
    for node, values in zip(scores.nodes, scores.values.T, strict=True):
        here = values[~np.isnan(values)]
        assert (here >= node.lower).all(), node.id
        assert (here <= node.upper).all(), node.id


@fitting
def test_a_fitted_index_learns_nothing(example):
    """No method of it is learnt, and it takes agencies that it has never seen."""
    fitted = ai.fit(index(example), population(example), **told(example))
    frozen = ai.freeze(fitted.definition, questionnaire(kind_of(example)))
    assert frozen.definition == fitted.definition
    given = dict(population(example)["A"].answers)
    register = attrs.evolve(
        REGISTER,
        agencies=[*REGISTER.agencies, ai.Agency("new", attributes=REGISTER.agencies[0].attributes)],
    )
    one = ai.score(fitted, ai.Response("new", given), register=register)
    assert np.isfinite(one.values[0, 0])
