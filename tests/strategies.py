"""What the laws draw: a questionnaire, answers to it, and an index fitted on them."""

from __future__ import annotations

import json
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, reject, settings
from hypothesis import strategies as st

import agencyindex as ai
from agencyindex import testing
from agencyindex.errors import MethodError

law = settings(
    max_examples=settings().max_examples // 3,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Examples of a law: each is a whole questionnaire with its answers and an index."""


@attrs.frozen
class Case:
    """A population, an index that scores it, and the same fitted on it."""

    responses: ai.Responses
    definition: ai.IndexDefinition
    fitted: ai.FittedIndex

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print a failing example as documents, to be loaded again."""
        for noun in (self.questionnaire, self.definition, self.responses):
            printer.text(json.dumps(ai.document(noun), ensure_ascii=False))
            printer.break_()

    @property
    def questionnaire(self) -> ai.Questionnaire:
        """What was asked."""
        return self.responses.questionnaire


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    asked: dict[str, Any] | None = None,
    answered: dict[str, Any] | None = None,
    **family: bool,
) -> Case:
    """Cases, with the keywords of the strategies of `agencyindex.testing`."""
    questionnaire = draw(testing.questionnaires(**asked or {}))
    responses = draw(testing.responses(questionnaire, **{"min_size": 2, **(answered or {})}))
    definition = draw(testing.indices(questionnaire, **family))
    return Case(responses, definition, fitted(definition, responses))


def fitted(definition: ai.IndexDefinition, responses: ai.Responses) -> ai.FittedIndex:
    """The index fitted on a population, which must have answers to learn from."""
    try:
        return ai.fit(definition, responses)
    except MethodError as error:
        if {each.code for each in error.problems} <= {"constant-indicator", "empty-population"}:
            reject()
        raise
