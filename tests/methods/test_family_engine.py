"""Laws of whole indices, with every registered method in the place of its family."""

from __future__ import annotations

import json
from math import fsum
from typing import Any

import attrs
import numpy as np
import pytest
from tests.bits import same_bits
from tests.methods.examples import AGENCIES, EXAMPLES, OPTIONS

import agencyindex as ai
from agencyindex._documents.steps import step_document
from agencyindex.errors import MethodError
from agencyindex.methods.normalisation import Attainable

SEED = 10
REASONS = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
ITEMS = ("a1", "a2", "b1", "b2", "c1")
HEAD = {"id": "laws", "version": "1.0.0"}
TO = {"method": "goalposts", "goalposts": [0, 500], "to": [70, 130], "clip": True}


def compares(example):
    """Whether an index with this method can be no fitted one."""
    method = example.method
    return getattr(method, "compares", False) or not getattr(method, "freezes", True)


FITTING = [example for example in EXAMPLES if not compares(example)]
every = pytest.mark.parametrize("case", EXAMPLES, ids=str, indirect=True)
fitting = pytest.mark.parametrize("case", FITTING, ids=str, indirect=True)


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


def answers(kind, complete=False):
    """Answers of eight agencies, of three of whom something is missing."""
    random = np.random.default_rng(SEED)
    common = random.uniform(100, 400, 8)
    found = {}
    for row, agency in enumerate(AGENCIES):
        numbers = np.round(np.clip(common[row] + random.normal(0, 90, 5), 1, 499) * 8) / 8
        given = dict(zip(ITEMS, numbers.tolist(), strict=True))
        if kind == "multiple_choice":
            given = {item: OPTIONS[random.integers(4) :] for item in ITEMS}
        elif kind == "single_choice":
            given = {item: OPTIONS[random.integers(4)] for item in ITEMS}
        for lost in () if complete else {"B": ["a2"], "D": ["b1"], "G": ["a1"]}.get(agency, ()):
            del given[lost]
        found[agency] = given
    return found


def responses(asked, given):
    """Responses of the agencies that have answers."""
    head = {"schema": "agencyindex/responses/1", **HEAD, "questionnaire": HEAD, "edition": "2026"}
    rows = [{"agency": agency, "answers": each} for agency, each in given.items()]
    return ai.read_responses({**head, "responses": rows}, asked)


def _attributes(agency, row):
    numbers = answers("number", complete=True)[agency]
    return {
        "size": ("small", "large", "small")[row % 3],
        "staff": 3.0 + row * row,
        "trust": sum(numbers.values()) + row,
    }


REGISTER = ai.Register(
    id="laws",
    version="1.0.0",
    agencies=[
        *(ai.Agency(each, attributes=_attributes(each, row)) for row, each in enumerate(AGENCIES)),
        ai.Agency("new", attributes=_attributes("A", 0)),
    ],
)
BOUNDED = {
    "method": "linear",
    "lower": 0,
    "upper": 500,
    "outside": "clip",
    "better": "higher",
}
PLAIN = {
    "number": {"method": "number"},
    "single_choice": {"method": "ordinal", "best": "last"},
    "multiple_choice": {"method": "share"},
}


def index(example):
    """An index of two dimensions and an indicator, with the example in its place."""
    kind, step, family = kind_of(example), step_document(example.method), example.family
    scoring, bare = PLAIN[kind], PLAIN[kind]
    normalisation = TO if kind == "number" else {"method": "none"}
    if family == "scoring":
        scoring, normalisation = step, {"method": "none"}
    elif family == "treatment":
        normalisation = {"method": "minmax", "to": [0, 1], "clip": False, "when_constant": 0.5}
    elif isinstance(example.method, Attainable):
        scoring = bare = BOUNDED
    changes = {} if family in ("scoring", "treatment") else {family: step}
    if family == "treatment":
        changes = {"treatment": [step]}
    below = {"aggregation": {"method": "arithmetic"}} if example.demanding else {}
    own = {} if family != "weighting" else {"weight": 1.5} if example.method.states else {}

    def leaf(item, **more):
        return {"id": f"{item}_", "item": item, "scoring": "plain", **more}

    first = [leaf("a1", weight=2), {**leaf("a2", weight=0.7), "scoring": "bare"}]
    second = [leaf("b1"), leaf("b2")]
    document = {
        "schema": "agencyindex/index/1",
        **HEAD,
        "questionnaire": HEAD,
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(REASONS, "impute" if family == "imputation" else "exclude"),
        "minimum_coverage": 0,
        "scorings": {"plain": scoring, "bare": bare},
        "normalisation": normalisation,
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": [
            {"id": "a", "weighting": {"method": "fixed"}, "children": first, **below, **own},
            {"id": "b", "weighting": {"method": "equal"}, "children": second, **below, **own},
            {**leaf("c1"), "id": "c", **own},
        ],
        **changes,
    }
    return ai.load(document, ai.IndexDefinition)


@attrs.frozen(eq=False)
class Case:
    """An index with its population, scored; and fitted where it can be."""

    example: Any
    questionnaire: ai.Questionnaire
    definition: ai.IndexDefinition
    responses: ai.Responses
    previous: ai.Responses | None
    population_scores: ai.Scores
    fitted: ai.FittedIndex | None
    scores: ai.Scores | None

    @property
    def known(self):
        """What an index may need besides the responses of its population."""
        return {"register": REGISTER, "previous": self.previous}


def made(example):
    """The case of an example."""
    kind = kind_of(example)
    asked, definition = questionnaire(kind), index(example)
    given = responses(asked, answers(kind, complete=example.demanding))
    earlier = {agency: {**each, "a2": 40.0} for agency, each in answers("number").items()}
    previous = responses(asked, earlier) if kind == "number" else None
    known = {"register": REGISTER, "previous": previous}
    whole = ai.score_population(definition, given, **known)
    fitted = None if compares(example) else ai.fit(definition, given, **known)
    scores = None if fitted is None else ai.score(fitted, given, register=REGISTER)
    return Case(example, asked, definition, given, previous, whole, fitted, scores)


CASES: dict[str, Case] = {}


@pytest.fixture
def case(request):
    """The case of an example, made once."""
    example = request.param
    if str(example) not in CASES:
        CASES[str(example)] = made(example)
    return CASES[str(example)]


@every
def test_an_index_of_every_method_scores_its_population(case):
    """Every agency has a finite value of all that it has a part of; there is a cause for the rest."""
    scores = case.population_scores
    assert scores.values.shape == (8, 8)
    assert np.isfinite(scores.values[:, 0]).sum() >= 7
    assert (np.isfinite(scores.values) == (scores.coverage > 0)).all()
    assert (np.isfinite(scores.values) >= (scores.causes == 0)).all()


@every
def test_the_order_of_agencies_changes_not_one_bit(case):
    """Agencies in another order are scored the same, and learnt from the same."""
    order = [3, 7, 0, 5, 1, 6, 2, 4]
    other = case.responses.take(order)
    again = ai.score_population(case.definition, other, **case.known)
    assert same_bits(again, case.population_scores, rows=order)


@every
def test_what_compares_can_be_no_fitted_index(case):
    """It is refused by its name; all else is fitted, and scored as the population is."""
    if case.fitted is not None:
        assert same_bits(case.scores, case.population_scores)
        return
    with pytest.raises(MethodError) as caught:
        ai.fit(case.definition, case.responses, **case.known)
    assert {each.code for each in caught.value.problems} == {"not-freezable"}
    methods = {each.place.method for each in caught.value.problems}
    assert methods == {type(case.example.method).__name__}


@fitting
def test_one_response_alone_has_the_bits_of_the_batch(case):
    """The kernel of single responses and that of batches agree, in a batch of any size."""
    for row, response in enumerate(case.responses):
        one = ai.score(case.fitted, response, register=REGISTER)
        assert same_bits(one, case.scores, rows=[row])
    few = ai.score(case.fitted, case.responses.take([5, 0]), register=REGISTER)
    assert same_bits(few, case.scores, rows=[5, 0])


@fitting
def test_fitting_twice_changes_nothing(case):
    """What was learnt stays, whoever is the population of a second fit."""
    again = ai.fit(case.fitted.definition, case.responses.take([1]), **case.known)
    assert again.definition == case.fitted.definition
    assert ai.fingerprint(again) == ai.fingerprint(case.fitted)


@fitting
def test_a_fitted_index_is_its_document(case):
    """Written and read again it is valid and the same, learns nothing, and gives the same bits."""
    document = json.loads(json.dumps(ai.document(case.fitted.definition)))
    again = ai.load(document, ai.IndexDefinition)
    assert again == case.fitted.definition
    frozen = ai.freeze(again, case.questionnaire)
    one = ai.score(frozen, case.responses, register=REGISTER)
    assert same_bits(one, case.scores)


@fitting
def test_contributions_sum_to_the_score(case):
    """What the indicators bring is the whole score, whatever the methods."""
    for row in (0, 3):
        explained = ai.explain(case.fitted, case.responses[AGENCIES[row]], register=REGISTER)
        parts = [each.points for each in explained.contributions]
        terms = [explained.baseline, *parts, explained.rounding]
        size = fsum(map(abs, terms))
        assert explained.score.value == case.scores.values[row, 0]
        assert fsum(terms) == pytest.approx(explained.score.value, rel=0, abs=1e-12 * size)
        assert abs(explained.rounding) <= 1e-12 * size


@fitting
def test_stages_lead_to_the_score(case):
    """The normalised values of the stages are those of the indicators' nodes."""
    found = ai.stages(case.fitted, case.responses, register=REGISTER)
    names = [node.id for node in case.scores.nodes]
    for place, name in enumerate(found.indicators):
        values = case.scores.values[:, names.index(name)]
        assert np.array_equal(found.normalised[:, place], values, equal_nan=True)


@fitting
def test_no_value_leaves_the_range_of_its_node(case):
    """Every value lies between the ends that its node states, where nothing is missing."""
    complete = (case.scores.answered == 1).all(axis=1)
    assert complete.any()
    for node, here in zip(case.scores.nodes, case.scores.values[complete].T, strict=True):
        assert (here >= node.lower).all(), node.id
        assert (here <= node.upper).all(), node.id


@fitting
def test_somebody_new_is_scored(case):
    """An agency that nobody has learnt from, with the answers of one, has the score of that one."""
    given = dict(case.responses["A"].answers)
    one = ai.score(case.fitted, ai.Response("new", given), register=REGISTER)
    assert one.values[0].tobytes() == case.scores.values[0].tobytes()
