"""Explain a score: exact contributions, and what each answer could still bring."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

import attrs
import numpy as np

from agencyindex._answers import Responses, code_response
from agencyindex._documents.ranges import attainable
from agencyindex._documents.resolve import (
    Resolved,
    indicators,
    nominal_weight,
    resolve,
    weighted_children,
)
from agencyindex._engine.contributions import Part, split
from agencyindex._engine.score import score
from agencyindex._model.definition import Dimension, IndexDefinition, Indicator
from agencyindex._model.explanation import Contribution, Explanation, Improvement
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Answer, Missing, Response
from agencyindex._model.scores import Scores
from agencyindex.errors import ResponseError
from agencyindex.methods.numbers import BandPoints, LinearPoints
from agencyindex.methods.protocols import Scoring


def explain(
    fitted: FittedIndex, response: Response, *, seed: int | np.random.Generator = 0
) -> Explanation:
    """Explain one agency's score.

    Parameters
    ----------
    fitted
        The index.
    response
        The agency's answers; those of a set of responses are ``responses[agency]``.
    seed
        For a node with more than twelve children whose aggregation is not linear: its
        contributions are sampled. Everything else is exact.

    Returns
    -------
    Explanation
        Contributions that sum to the score, and for each item what another answer would give,
        which equals scoring the changed response. Where the changed answer closes a question,
        its answer is dropped; where it opens one, that is not answered.

    Raises
    ------
    ResponseError
        Where the response does not fit the questionnaire.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> fitted = ai.freeze(catalogue.index("technology-demo"), catalogue.questionnaire("demo-2020"))
    >>> explanation = ai.explain(fitted, ai.Response("a", {"rpa": "introduced"}))
    >>> [(each.node, round(each.points, 3)) for each in explanation.contributions[:2]]
    [('rpa', 16.667), ('chatbots', 0.0)]
    """
    definition = fitted.definition
    scores = score(fitted, response)
    values = {node.id: float(scores.values[0, column]) for column, node in enumerate(scores.nodes)}
    resolved = resolve(definition)
    ranges = attainable(definition, fitted.questionnaire)
    part = split(definition, values, ranges, resolved, np.random.default_rng(seed))
    total = values[definition.id]
    shares: dict[str, float] = {}
    if part is not None:
        _effective(definition, values, resolved, 1.0, shares)
    return Explanation(
        agency=response.agency,
        index=definition.id,
        score=scores.get(response.agency, definition.id),
        baseline=part.baseline if part else 0.0,
        contributions=tuple(
            _contribution(leaf, response, scores, definition.id, part, shares)
            for leaf in indicators(definition)
        ),
        rounding=total - part.value if part else 0.0,
        improvements=tuple(_improvements(fitted, response, total)),
    )


def _effective(
    node: IndexDefinition | Dimension,
    values: dict[str, float],
    resolved: dict[str, Resolved],
    share: float,
    found: dict[str, float],
) -> None:
    """Effective weights of the indicators below a node that has a value."""
    there = [child for child in weighted_children(node) if not np.isnan(values[child.id])]
    whole = fsum(map(nominal_weight, there))
    if resolved[node.id].aggregation.adds:
        whole = 1.0
    for child in there:
        below = share * nominal_weight(child) / whole
        if isinstance(child, Indicator):
            found[child.id] = below
        else:
            _effective(child, values, resolved, below, found)


def _contribution(
    leaf: Indicator,
    response: Response,
    scores: Scores,
    index: str,
    part: Part | None,
    shares: dict[str, float],
) -> Contribution:
    cell = scores.get(response.agency, index, leaf.id)
    return Contribution(
        node=leaf.id,
        item=leaf.item,
        title=leaf.title,
        answer=response.answers.get(leaf.item, Missing.NOT_ANSWERED),
        value=cell.value,
        share=shares.get(leaf.id, 0.0),
        points=part.shares.get(leaf.id, 0.0) if part else 0.0,
        status=cell.status,
        cause=cell.cause,
    )


def _improvements(fitted: FittedIndex, response: Response, now: float) -> Iterator[Improvement]:
    """For each item that can bring something, its next and its best answer."""
    if np.isnan(now):
        return
    definition, questionnaire = fitted.definition, fitted.questionnaire
    scorings: dict[str, list[Scoring]] = {}
    for leaf in indicators(definition):
        scorings.setdefault(leaf.item, []).append(definition.scorings[leaf.scoring])
    asked = _asked(questionnaire, response)
    found = []
    for name, used in scorings.items():
        if name not in asked:
            continue
        answer = response.answers.get(name, Missing.NOT_ANSWERED)
        better: list[tuple[float, Answer]] = []
        for candidate in _candidates(questionnaire, questionnaire[name], answer, used):
            changed = with_answer(questionnaire, response, name, candidate)
            would_be = float(score(fitted, changed, nodes="indices").values[0, 0])
            if would_be > now:
                better.append((would_be, candidate))
        if better:
            next_score, next_answer = min(better, key=lambda each: each[0])
            best_score, best_answer = max(better, key=lambda each: each[0])
            found.append(
                Improvement(
                    item=name,
                    answer=answer,
                    next_answer=next_answer,
                    next_score=next_score,
                    best_answer=best_answer,
                    best_score=best_score,
                )
            )
    yield from sorted(found, key=lambda each: (-each.best_score, each.item))


def _asked(questionnaire: Questionnaire, response: Response) -> set[str]:
    coded = Responses.of(questionnaire, [response])[response.agency]
    return {name for name, answer in coded.answers.items() if answer is not Missing.NOT_ASKED}


def _candidates(
    questionnaire: Questionnaire, item: Item, answer: Answer, scorings: list[Scoring]
) -> Iterator[Answer]:
    """Answers to try in place of the one given."""
    options = questionnaire.substantive(item.id)
    if item.type == "number":
        for bound in sorted({each for scoring in scorings for each in _targets(scoring)}):
            low = -np.inf if item.minimum is None else item.minimum
            high = np.inf if item.maximum is None else item.maximum
            if low <= bound <= high and not (item.whole and bound != int(bound)):
                yield bound
    elif item.type == "multiple_choice":
        free = [option.value for option in options if not option.exclusive]
        given = answer if isinstance(answer, (list, tuple, set, frozenset)) else ()
        chosen = [value for value in free if value in given]
        for value in free:
            if value not in chosen:
                yield tuple(each for each in free if each in chosen or each == value)
        yield tuple(free)
    else:
        yield from (option.value for option in options)


def _targets(scoring: Scoring) -> tuple[float, ...]:
    """Numbers worth trying: where a scoring reaches its best, or another band begins."""
    if isinstance(scoring, LinearPoints):
        return (scoring.upper if scoring.better == "higher" else scoring.lower,)
    if isinstance(scoring, BandPoints):
        return (*scoring.edges, scoring.edges[0] - 1.0)
    return ()


def with_answer(
    questionnaire: Questionnaire, response: Response, item: str, answer: Answer
) -> Response:
    """The response with one answer changed, and without the answers that routing then excludes.

    One at a time, the first that is asked: whether a later one is asked may depend on it.
    """
    answers = {**response.answers, item: answer}
    while True:
        changed = attrs.evolve(response, answers=answers)
        try:
            code_response(questionnaire, changed)
        except ResponseError as error:
            closed = {each.place.item for each in error.problems if each.code == "not-asked"}
            if not closed:
                raise
            del answers[next(each.id for each in questionnaire if each.id in closed)]
        else:
            return changed
