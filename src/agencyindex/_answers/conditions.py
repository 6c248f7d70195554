"""Conditions compiled: one function for one response and for columns alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from agencyindex._answers.codes import ANSWERED
from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Condition, Not
from agencyindex._model.questionnaire import Questionnaire

Lookup: TypeAlias = Callable[[str], tuple[Any, Any]]


def compile_condition(
    condition: Condition, questionnaire: Questionnaire
) -> Callable[[Lookup], Any]:
    """A function that tells whether a condition holds, for one response or for columns.

    It is given a look-up from item id to codes and values: an integer and a value for one
    response, arrays for columns. A comparison with a missing answer is false.
    """
    match condition:
        case AllOf(parts):
            tests = [compile_condition(part, questionnaire) for part in parts]

            def all_of(get: Lookup) -> Any:
                result = tests[0](get)
                for test in tests[1:]:
                    result = result & test(get)
                return result

            return all_of
        case AnyOf(parts):
            tests = [compile_condition(part, questionnaire) for part in parts]

            def any_of(get: Lookup) -> Any:
                result = tests[0](get)
                for test in tests[1:]:
                    result = result | test(get)
                return result

            return any_of
        case Not(part):
            negated = compile_condition(part, questionnaire)
            return lambda get: negated(get) ^ True
        case _:
            return _compile_comparison(condition, questionnaire)


def _compile_comparison(
    comparison: Comparison, questionnaire: Questionnaire
) -> Callable[[Lookup], Any]:
    name, value = comparison.item, comparison.value
    options = [option.value for option in questionnaire.substantive(name)]
    number = questionnaire[name].type == "number"
    match comparison.operator:
        case "answered":
            return lambda get: get(name)[0] >= ANSWERED
        case "includes":
            row = options.index(str(value))
            return lambda get: get(name)[1][row]
        case "less":
            return lambda get: get(name)[1] < value
        case "at_most":
            return lambda get: get(name)[1] <= value
        case "greater":
            return lambda get: get(name)[1] > value
        case "at_least":
            return lambda get: get(name)[1] >= value
        case _:
            wanted = value if isinstance(value, tuple) else (value,)
            if number:
                return lambda get: _any_equal(get(name)[1], wanted)
            codes = tuple(ANSWERED + options.index(str(each)) for each in wanted)
            return lambda get: _any_equal(get(name)[0], codes)


def _any_equal(found: Any, wanted: Sequence[Any]) -> Any:
    result = found == wanted[0]
    for each in wanted[1:]:
        result = result | (found == each)
    return result
