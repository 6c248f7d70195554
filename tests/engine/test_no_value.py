"""Nodes for which an aggregation of one's own finds no value, although their children have some."""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np
import pytest
from tests.documents.small import index, indicator, questionnaire
from tests.engine.own import OwnAggregation

import agencyindex as ai
from agencyindex.methods.protocols import FloatArray

QUESTIONNAIRE = ai.load(
    questionnaire(*({"id": name, "type": "number"} for name in "xy")), ai.Questionnaire
)
LEAVES = [indicator(f"{name}_", name, "number") for name in "xy"]
NONE = (None, "missing", "coverage")


@attrs.frozen(kw_only=True)
class Agreed(OwnAggregation):
    """What the children agree on; no value where they do not."""

    name: ClassVar[str] = "agreed"
    monotone: ClassVar[bool] = True

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The least value where it is the greatest too."""
        least = np.fmin.reduce(values, axis=1)
        return np.where(least == np.fmax.reduce(values, axis=1), least, np.nan)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(1, 1), (1, 5), (2, 2)], [(1, "scored", ""), NONE, (2, "scored", "")]),
        ([(1, 1), (1, 5), (3, None)], [(1, "scored", ""), NONE, NONE]),
        ([(1, 1), (3, None)], [(1, "scored", ""), NONE]),
    ],
    ids=["no gap", "both", "only a gap"],
)
def test_a_node_without_a_value_is_missing(answers: list[tuple], expected: list[tuple]) -> None:
    """It counts as one of too little coverage, beside those that are, alone as in the batch."""
    document = index({"number": {"method": "number"}}, *LEAVES, minimum_coverage=0.6)
    definition = attrs.evolve(ai.load(document, ai.IndexDefinition), aggregation=Agreed())
    fitted = ai.freeze(definition, QUESTIONNAIRE)
    responses = ai.Responses.of(
        QUESTIONNAIRE,
        [
            ai.Response(f"a{row}", dict(zip("xy", pair, strict=True)))
            for row, pair in enumerate(answers)
        ],
    )
    alone = [ai.score(fitted, each).get(each.agency, "i") for each in responses]
    among = [ai.score(fitted, responses).get(each.agency, "i") for each in responses]
    for found in (alone, among):
        assert [(each.value, each.status, each.cause) for each in found] == expected
