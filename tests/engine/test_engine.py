"""The engine on a small index whose figures can be worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import agencyindex as ai
from agencyindex.errors import DocumentError, MethodError, MismatchError

RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
ADOPTION = {"no": 0, "planned": 1, "tested": 2, "introduced": 4}

QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.0.0",
        "scales": {"adoption": {"options": [{"value": each} for each in ADOPTION]}},
        "sections": [
            {
                "id": "s",
                "items": [
                    {"id": "a", "type": "single_choice", "scale": "adoption"},
                    {"id": "b", "type": "single_choice", "scale": "adoption"},
                    {"id": "c", "type": "yes_no"},
                    {
                        "id": "d",
                        "type": "multiple_choice",
                        "options": [
                            {"value": "x"},
                            {"value": "y"},
                            {"value": "none", "exclusive": True},
                        ],
                        "condition": {"operator": "equals", "item": "c", "value": "yes"},
                    },
                    {"id": "cost", "type": "number", "minimum": 0},
                    {"id": "fte", "type": "number", "minimum": 0},
                ],
            }
        ],
    },
    ai.Questionnaire,
)


def _index(children: list[dict[str, Any]], **changes: Any) -> ai.IndexDefinition:
    used = {child["scoring"] for child in _leaves(children)}
    scorings = {
        "adoption": {"method": "points", "points": ADOPTION},
        "yes": {"method": "binary", "ones": ["yes"]},
        "share": {"method": "share"},
        "linear": {
            "method": "linear",
            "lower": 0,
            "upper": 10,
            "outside": "clip",
            "better": "higher",
        },
        "per_fte": {"method": "ratio", "denominator": "fte", "when_zero": "not_applicable"},
    }
    document = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(RULES, "exclude"),
        "minimum_coverage": 0,
        "scorings": {name: step for name, step in scorings.items() if name in used},
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": children,
    }
    return ai.load(document | changes, ai.IndexDefinition)


def _leaves(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        leaf
        for child in children
        for leaf in (_leaves(child["children"]) if "children" in child else [child])
    ]


def _leaf(item: str, scoring: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{item}_", "item": item, "scoring": scoring, **more}


AB = [_leaf("a", "adoption"), _leaf("b", "adoption")]


def _one(index: ai.IndexDefinition, answers: dict[str, Any], node: str | None = None) -> Any:
    fitted = ai.freeze(index, QUESTIONNAIRE)
    single = ai.score(fitted, ai.Response("z", answers))
    many = ai.score(fitted, ai.Responses.of(QUESTIONNAIRE, [ai.Response("z", answers)] * 1))
    for name in ("values", "coverage", "answered", "statuses", "causes"):
        assert getattr(single, name).tobytes() == getattr(many, name).tobytes(), name
    return single.get("z", "i", node)


@pytest.mark.parametrize(
    ("rule", "value", "status"),
    [
        ("exclude", 4.0, "excluded"),
        ("worst", 2.0, "imputed"),
        ("best", 4.0, "imputed"),
        (1, 2.5, "imputed"),
        ("propagate", None, "missing"),
    ],
)
def test_each_missing_rule(rule: Any, value: float | None, status: str) -> None:
    """A missing answer counts as its rule says, and the result tells how."""
    index = _index(AB, missing=dict.fromkeys(RULES, rule))
    answers = {"a": "introduced"}
    assert _one(index, answers).value == value
    leaf = _one(index, answers, "b_")
    assert (leaf.status, leaf.cause) == (status, "not_answered")
    assert _one(index, answers).answered == 0.5


def test_the_mean_of_the_population() -> None:
    """The rule "mean" becomes a number of points, whoever is scored later."""
    index = _index(AB, missing=dict.fromkeys(RULES, "mean"))
    with pytest.raises(MethodError) as caught:
        ai.freeze(index, QUESTIONNAIRE)
    assert [(p.code, p.place.node) for p in caught.value.problems] == [
        ("needs-population", "a_"),
        ("needs-population", "b_"),
    ]
    answers = [{"a": "introduced", "b": "no"}, {"a": "no", "b": "tested"}]
    population = ai.Responses.of(
        QUESTIONNAIRE, [ai.Response(str(i), each) for i, each in enumerate(answers)]
    )
    fitted = ai.fit(index, population)
    assert ai.score(fitted, ai.Response("z", {"a": "introduced"})).get("z", "i").value == 2.5
    assert fitted.definition.population is not None
    assert ai.fit(fitted.definition, population.take([0])).definition == fitted.definition


def test_coverage_below_the_minimum_makes_a_node_missing() -> None:
    """A third is below a half; exactly a half is not."""
    index = _index([*AB, _leaf("c", "yes")], minimum_coverage=0.5)
    third = _one(index, {"a": "introduced"})
    assert (third.value, third.cause, third.coverage) == (None, "coverage", 1 / 3)
    assert _one(index, {"a": "introduced", "b": "no"}).value == 2.0
    assert _one(_index(AB, minimum_coverage=0.5), {"a": "introduced"}).value == 4.0


def test_nothing_available_is_missing_even_without_a_minimum() -> None:
    """No child with a value, no value."""
    nothing = _one(_index(AB), {})
    assert (nothing.value, nothing.status, nothing.cause) == (None, "missing", "coverage")


def test_sum_counts_nothing_for_what_is_missing() -> None:
    """A sum adds what there is, its weights as they are."""
    leaves = [_leaf("a", "adoption", weight=3), _leaf("b", "adoption", weight=1)]
    index = _index(leaves, weighting={"method": "fixed"}, aggregation={"method": "sum"})
    assert _one(index, {"a": "tested", "b": "introduced"}).value == 10.0
    assert _one(index, {"b": "introduced"}).value == 4.0


def test_geometric_mean() -> None:
    """The root of a product; a zero makes it zero where that is declared."""
    index = _index(AB, aggregation={"method": "geometric", "zero": "zero"})
    assert _one(index, {"a": "planned", "b": "introduced"}).value == pytest.approx(
        2, rel=1e-15, abs=0
    )
    assert _one(index, {"a": "no", "b": "introduced"}).value == 0.0
    refused = _index(AB, aggregation={"method": "geometric", "zero": "error"})
    with pytest.raises(DocumentError) as caught:
        ai.freeze(refused, QUESTIONNAIRE)
    assert [(p.code, p.place.pointer) for p in caught.value.problems] == [
        ("not-positive", "/children/0"),
        ("not-positive", "/children/1"),
    ]


def test_routing_numbers_and_ratios() -> None:
    """What was not asked, a share of options, a clipped number and a ratio."""
    index = _index(
        [
            _leaf("d", "share"),
            _leaf("fte", "linear"),
            {"id": "ratio", "item": "cost", "scoring": "per_fte"},
        ]
    )
    answers: dict[str, Any] = {"c": "yes", "d": ["x"], "fte": 4, "cost": 8}
    assert [_one(index, answers, node).value for node in ("d_", "fte_", "ratio", "i")] == [
        0.5,
        0.4,
        2.0,
        pytest.approx(2.9 / 3, rel=1e-15, abs=0),
    ]
    assert _one(index, {"c": "no"}, "d_").cause == "not_asked"
    assert _one(index, {"fte": 0, "cost": 8}, "ratio").cause == "not_applicable"
    assert _one(index, {"fte": 99}, "fte_").value == 1.0


def test_rounding_at_every_level() -> None:
    """Each node is made from the rounded values below it."""
    tree = [{"id": "left", "children": [*AB, _leaf("c", "yes")]}, _leaf("fte", "linear")]
    rounding = {"where": "every_level", "decimals": 1, "rule": "half_up"}
    index = _index(tree, rounding=rounding)
    answers = {"a": "planned", "b": "no", "c": "no", "fte": 2.5}
    assert _one(index, answers, "left").value == 0.3
    assert _one(index, answers, "fte_").value == 0.3
    assert _one(index, answers).value == 0.3


def test_minmax_becomes_goalposts() -> None:
    """The fitted definition states the extremes, and scores one as it scores all."""
    index = _index(AB, normalisation={"method": "minmax", "to": [0, 100], "clip": True})
    answers = [{"a": "no", "b": "planned"}, {"a": "tested", "b": "introduced"}]
    population = ai.Responses.of(
        QUESTIONNAIRE, [ai.Response(str(i), each) for i, each in enumerate(answers)]
    )
    fitted = ai.fit(index, population)
    steps = [child["normalisation"] for child in ai.document(fitted)["children"]]
    assert steps == [
        {"method": "goalposts", "goalposts": [0, 2], "to": [0, 100], "clip": True},
        {"method": "goalposts", "goalposts": [1, 4], "to": [0, 100], "clip": True},
    ]
    again = ai.freeze(ai.load(ai.document(fitted), ai.IndexDefinition), QUESTIONNAIRE)
    batch = ai.score(fitted, population)
    for row, response in enumerate(population):
        assert ai.score(again, response).values[0].tobytes() == batch.values[row].tobytes()


def test_a_constant_indicator_is_named() -> None:
    """Min-max on a population without spread says which indicator, unless told what then."""
    index = _index(AB, normalisation={"method": "minmax", "to": [0, 100], "clip": True})
    population = ai.Responses.of(QUESTIONNAIRE, [ai.Response("z", {"a": "no", "b": "no"})])
    with pytest.raises(MethodError) as caught:
        ai.fit(index, population)
    assert [(p.code, p.place.node) for p in caught.value.problems] == [
        ("constant-indicator", "a_"),
        ("constant-indicator", "b_"),
    ]


def test_contributions_sum_and_improvements_are_scores() -> None:
    """Contributions sum to the score; what another answer would give is what it gives."""
    tree = [{"id": "left", "children": AB}, _leaf("c", "yes"), _leaf("d", "share")]
    for aggregation in ({"method": "arithmetic"}, {"method": "geometric", "zero": "zero"}):
        fitted = ai.freeze(_index(tree, aggregation=aggregation), QUESTIONNAIRE)
        answers: dict[str, Any] = {"a": "tested", "b": "planned", "c": "yes", "d": ["x"]}
        explanation = ai.explain(fitted, ai.Response("z", answers))
        total = explanation.baseline + sum(each.points for each in explanation.contributions)
        assert explanation.score.value == pytest.approx(total, rel=1e-12, abs=0)
        assert {each.item for each in explanation.improvements} == {"a", "b", "d"}
        for each in explanation.improvements:
            changed = ai.Response("z", answers | {each.item: each.next_answer})
            assert ai.score(fitted, changed).get("z", "i").value == each.next_score


def test_order_and_batch_change_not_one_bit() -> None:
    """Agencies in another order, in parts, or beside a million others have the same figures."""
    tree = [{"id": "left", "children": AB}, _leaf("c", "yes"), _leaf("d", "share")]
    fitted = ai.freeze(_index(tree), QUESTIONNAIRE)
    generator = np.random.default_rng(0)
    listed = []
    for i in range(300):
        yes = bool(generator.integers(2))
        answers: dict[str, Any] = {"c": yes}
        for item in "ab":
            if generator.integers(4):
                answers[item] = str(generator.choice(list(ADOPTION)))
        if yes and generator.integers(2):
            answers["d"] = ["y"]
        listed.append(ai.Response(str(i), answers))
    responses = ai.Responses.of(QUESTIONNAIRE, listed)
    whole = ai.score(fitted, responses)
    order = generator.permutation(300)
    assert ai.score(fitted, responses.take(order)).values.tobytes() == whole.values[order].tobytes()
    for row, response in enumerate(listed):
        alone = ai.score(fitted, response)
        for name in ("values", "coverage", "answered", "statuses", "causes"):
            assert getattr(alone, name)[0].tobytes() == getattr(whole, name)[row].tobytes()


def test_scoring_on_nothing_is_refused() -> None:
    """Without an index there is nothing to score on, and that is said."""
    with pytest.raises(MismatchError) as caught:
        ai.score([], ai.Response("z"))
    assert str(caught.value) == ("There is no index to score on. Give at least one. [wrong-length]")
