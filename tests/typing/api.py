"""What a type checker must see of the public API."""

from __future__ import annotations

from typing import assert_type

import agencyindex as ai
from agencyindex.errors import Problem


def check(path: str) -> None:
    """Loading with a class gives that class; the rest follows."""
    questionnaire = ai.load(path, ai.Questionnaire)
    assert_type(questionnaire, ai.Questionnaire)
    index = ai.load(path, ai.IndexDefinition)
    responses = ai.read_responses(path, questionnaire)
    assert_type(responses, ai.Responses)
    fitted = ai.fit(index, responses)
    assert_type(fitted, ai.FittedIndex)
    assert_type(ai.score(fitted, responses), ai.Scores)
    assert_type(ai.score([fitted], responses["a"]), ai.Scores)
    assert_type(ai.explain(fitted, responses["a"]), ai.Explanation)
    assert_type(ai.lint(path), tuple[Problem, ...])
    ai.write_template(questionnaire, path, register=ai.read_register(path), layout="long")
