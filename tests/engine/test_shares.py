"""Contributions of a tree that is not linear, by hand, and of more children than are exact."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import agencyindex as ai
from agencyindex.errors import Place, ResponseError

RULES = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
NAMES = [f"y{number}" for number in range(13)]
ITEMS = [{"id": name, "type": "yes_no"} for name in NAMES]
ITEMS += [{"id": name, "type": "number"} for name in ("cost", "fte")]
QUESTIONNAIRE = ai.load(
    {
        "schema": "agencyindex/questionnaire/1",
        "id": "q",
        "version": "1.0.0",
        "sections": [{"id": "s", "items": ITEMS}],
    },
    ai.Questionnaire,
)
RATIO = {"method": "ratio", "denominator": "fte", "when_zero": "refused"}
GEOMETRIC = {"aggregation": {"method": "geometric", "zero": "zero"}}


def _leaf(item: str, scoring: str) -> dict[str, Any]:
    return {"id": f"of_{item}", "item": item, "scoring": scoring}


def _fitted(scorings: dict[str, Any], *children: dict[str, Any]) -> ai.FittedIndex:
    document = {
        "schema": "agencyindex/index/1",
        "id": "i",
        "version": "1.0.0",
        "questionnaire": {"id": "q", "version": "1.0.0"},
        "rounding": {"where": "nowhere"},
        "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
        "missing": dict.fromkeys(RULES, "exclude"),
        "minimum_coverage": 0,
        "scorings": scorings,
        "normalisation": {"method": "none"},
        "weighting": {"method": "equal"},
        "aggregation": {"method": "arithmetic"},
        "children": list(children),
    }
    return ai.freeze(ai.load(document, ai.IndexDefinition), QUESTIONNAIRE)


def test_a_mixed_tree_is_split_from_its_worst_answers() -> None:
    """A mean of a geometric mean and of a sum: each leaf brings what it is above its worst."""
    scorings = {"four": {"method": "points", "points": {"yes": 4, "no": 1}}, "per": RATIO}
    means = {"id": "g", **GEOMETRIC, "children": [_leaf("y0", "four"), _leaf("y1", "four")]}
    added = {"id": "s", "aggregation": {"method": "sum"}}
    added["children"] = [_leaf("cost", "per"), _leaf("y2", "four")]
    answers = {"y0": "yes", "y1": "no", "y2": "yes", "cost": 6, "fte": 2}
    found = ai.explain(_fitted(scorings, means, added), ai.Response("z", answers))
    assert found.score.value == pytest.approx(4.5, rel=1e-15, abs=0)
    # A ratio has no worst, so that it counts from zero; the others count from 1.
    assert found.baseline == pytest.approx(1.0, rel=1e-15, abs=0)
    assert [each.node for each in found.contributions] == ["of_y0", "of_y1", "of_cost", "of_y2"]
    points = [each.points for each in found.contributions]
    assert points == pytest.approx([0.5, 0.0, 1.5, 1.5], rel=1e-14, abs=0)
    assert found.rounding == pytest.approx(0.0, abs=1e-15)


def _wide(count: int) -> tuple[ai.FittedIndex, ai.Response]:
    names = NAMES[:count]
    scorings = {
        f"s{name}": {"method": "points", "points": {"yes": 2 + number, "no": 1}}
        for number, name in enumerate(names)
    }
    means = {"id": "g", **GEOMETRIC, "children": [_leaf(name, f"s{name}") for name in names]}
    return _fitted(scorings, means), ai.Response("z", dict.fromkeys(names, "yes"))


def _points(count: int, **seed: Any) -> list[float]:
    found = ai.explain(*_wide(count), **seed)
    points = [each.points for each in found.contributions]
    assert found.baseline == pytest.approx(1.0, rel=1e-14, abs=0)
    assert found.baseline + sum(points) == pytest.approx(found.score.value, rel=1e-12, abs=0)
    assert sorted(points) == pytest.approx(points, abs=0.05)
    return points


def test_twelve_children_are_exact() -> None:
    """Up to twelve children no seed matters."""
    assert _points(12) == _points(12, seed=1)


def test_thirteen_children_are_sampled_from_the_seed() -> None:
    """With more children the seed is 0 unless another, or a generator, is given."""
    by_default, another = _points(13), _points(13, seed=1)
    assert by_default == _points(13, seed=np.random.default_rng(0))
    assert by_default != another
    assert by_default == pytest.approx(another, abs=0.02)


def test_a_missing_score_has_no_contributions() -> None:
    """Without any answer the score is missing, and nothing brings anything."""
    fitted, _ = _wide(12)
    found = ai.explain(fitted, ai.Response("z"))
    assert found.score.value is None
    assert (found.baseline, found.rounding, found.improvements) == (0.0, 0.0, ())
    assert {(each.points, each.share, each.value) for each in found.contributions} == {
        (0.0, 0.0, None)
    }


def test_a_number_outside_is_told_with_both_bounds() -> None:
    """A scoring that takes no number outside its bounds says the number and the bounds."""
    line = {"method": "linear", "lower": 1, "upper": 10, "outside": "error", "better": "higher"}
    fitted = _fitted({"line": line}, _leaf("cost", "line"))
    with pytest.raises((ai.errors.MethodError, ResponseError)) as caught:
        ai.score(fitted, ai.Response("z", {"cost": 12.5}))
    (problem,) = caught.value.problems
    assert problem.code == "outside-range"
    assert problem.place == Place(
        agency="z", item="cost", index="i", node="of_cost", method="LinearPoints"
    )
    assert problem.message == "12.5 is not from 1 to 10."
    assert problem.mend == 'Correct it, or declare "outside": "clip".'
    assert (problem.found, problem.expected) == (12.5, [1.0, 10.0])
