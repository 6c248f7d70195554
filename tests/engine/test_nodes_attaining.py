"""Nodes that are rescaled at what they attain: goalposts that follow from the definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.documents.small import index, indicator, questionnaire

import agencyindex as ai
from agencyindex.errors import Place
from agencyindex.methods.normalisation import Attainable

ASKED = ai.load(
    questionnaire({"id": "x", "type": "number"}, {"id": "y", "type": "yes_no"}), ai.Questionnaire
)
TO_TEN = {"method": "minmax", "to": [0, 10], "clip": True}
YES = {"method": "points", "points": {"yes": 4, "no": 0}}
LINE = {"method": "linear", "lower": 0, "upper": 8, "outside": "clip", "better": "higher"}
PLAN = indicator("y_", "y", "yes")
REACH = indicator("x_", "x", "line")
ATTAINABLE = {"method": "attainable", "to": [0, 100]}


def _posts(low: float, high: float) -> dict[str, Any]:
    return {"method": "goalposts", "goalposts": [low, high], "to": [0, 100], "clip": False}


def _rescaled(step: Any, *beside: Any, **keys: Any) -> ai.IndexDefinition:
    inner = {"id": "d", "children": [REACH, PLAN], "weighting": {"method": "equal"}}
    children = ({**inner, "rescaling": step}, *beside)
    return ai.load(index({"yes": YES, "line": LINE}, *children, **keys), ai.IndexDefinition)


SOME = ai.Responses.of(
    ASKED,
    [
        ai.Response("a", {"x": 2.0, "y": "yes"}),
        ai.Response("b", {"x": 8.0}),
        ai.Response("c", {"x": 0.0, "y": "no"}),
    ],
)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"aggregation": {"method": "geometric", "zero": "zero"}},
        {"rounding": {"where": "every_level", "decimals": 1, "rule": "half_up"}},
    ],
)
def test_what_a_node_attains_are_its_goalposts(keys: Any) -> None:
    """To the bit as with the goalposts stated, for many, for one, and in an explanation."""
    high = 2 if "aggregation" in keys else 2.5
    found = ai.freeze(_rescaled(ATTAINABLE, rescaling=ATTAINABLE, **keys), ASKED)
    stated = ai.freeze(_rescaled(_posts(0, high), rescaling=_posts(0, 100), **keys), ASKED)
    assert found.definition == _rescaled(ATTAINABLE, rescaling=ATTAINABLE, **keys)
    scores = ai.score(found, SOME)
    np.testing.assert_array_equal(scores.values, ai.score(stated, SOME).values)
    for row, response in enumerate(SOME):
        np.testing.assert_array_equal(ai.score(found, response).values[0], scores.values[row])
        explained = ai.explain(found, response)
        assert explained.contributions == ai.explain(stated, response).contributions
        total = explained.baseline + explained.rounding
        total += sum(each.points for each in explained.contributions)
        assert total == pytest.approx(scores.values[row, 0])


def test_what_is_learnt_sees_nodes_at_what_they_attain() -> None:
    """Weights and a rescaling above are learnt as if the goalposts were stated."""
    keys = {"weighting": {"method": "standard_deviation"}, "rescaling": TO_TEN}
    beside = indicator("other", "x", "line")
    found = ai.fit(_rescaled(ATTAINABLE, beside, **keys), SOME).definition
    stated = ai.fit(_rescaled(_posts(0, 2.5), beside, **keys), SOME).definition
    assert [each.weight for each in found.children] == [each.weight for each in stated.children]
    assert found.rescaling == stated.rescaling
    assert found.children[0].rescaling == Attainable(to=[0, 100])
    assert ai.freeze(found, ASKED).definition == found


@pytest.mark.parametrize("weighting", ["equal", "standard_deviation"])
def test_a_node_that_turns_out_constant_attains_nothing(weighting: str) -> None:
    """A population may leave a single value, which is told with the node wherever it is seen."""
    line = {"method": "minmax", "to": [0, 10], "clip": True, "when_constant": 5}
    inner = {"id": "d", "children": [REACH | {"normalisation": line}], "rescaling": ATTAINABLE}
    document = index({"yes": YES, "line": LINE}, inner, PLAN, weighting={"method": weighting})
    alike = ai.Responses.of(ASKED, [ai.Response("a", {"x": 3.0}), ai.Response("b", {"x": 3.0})])
    with pytest.raises(ai.AgencyIndexError) as caught:
        ai.fit(ai.load(document, ai.IndexDefinition), alike)
    (problem,) = caught.value.problems
    assert problem.code == "constant-indicator"
    if weighting == "equal":
        assert problem.place == Place(pointer="/children/0/rescaling")
    else:
        assert problem.place == Place(index="i", node="d", method="Attainable")
