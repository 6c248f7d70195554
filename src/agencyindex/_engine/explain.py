"""Explain a score: exact contributions, and what each answer could still bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

import numpy as np

from agencyindex._answers import NOT_ASKED, attribute, code_response, coders
from agencyindex._documents.resolve import (
    Resolved,
    indicators,
    nominal_weight,
    resolve,
    weighted_children,
)
from agencyindex._engine.changes import changed
from agencyindex._engine.contributions import Part, split
from agencyindex._engine.score import require_fitted, score
from agencyindex._model.agency import Register
from agencyindex._model.definition import Dimension, IndexDefinition, Indicator
from agencyindex._model.explanation import Contribution, Explanation, Improvement
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Answer, Missing, Response
from agencyindex._model.scores import CAUSES, STATUSES
from agencyindex.methods.numbers import BandPoints, LinearPoints
from agencyindex.methods.protocols import Scoring


def explain(
    fitted: FittedIndex,
    response: Response,
    *,
    register: Register | None = None,
    seed: int | np.random.Generator = 0,
) -> Explanation:
    """Explain one agency's score.

    Parameters
    ----------
    fitted
        The index.
    response
        The agency's answers; those of a set of responses are ``responses[agency]``.
    register
        The agencies' attributes, where the index uses any.
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
    MismatchError
        Where the index is not fitted.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> fitted = ai.freeze(catalogue.index("technology"), catalogue.questionnaire("digg-2020"))
    >>> explanation = ai.explain(fitted, ai.Response("a", {"machine_learning": "introduced"}))
    >>> [(each.node, round(each.points, 3)) for each in explanation.contributions[:2]]
    [('machine_learning', 5.556), ('text_analysis', 0.0)]
    """
    require_fitted([fitted])
    definition = fitted.definition
    scores = score(fitted, response, register=register)
    values = {node.id: float(scores.values[0, column]) for column, node in enumerate(scores.nodes)}
    resolved = resolve(definition)
    generator = np.random.default_rng(seed)
    rescalings = fitted._plan.rescalings
    part = split(definition, fitted.questionnaire, values, resolved, rescalings, generator)
    marks = {
        node.id: (STATUSES[scores.statuses[0, column]], CAUSES[scores.causes[0, column]])
        for column, node in enumerate(scores.nodes)
    }
    total = values[definition.id]
    shares: dict[str, float] = {}
    if part is not None:
        _effective(definition, values, resolved, 1.0, shares)
    return Explanation(
        agency=response.agency,
        index=definition.id,
        # Of the index alone: to rank every node of a single agency takes longer than to score it.
        score=score(fitted, response, register=register, nodes="indices").get(
            response.agency, definition.id
        ),
        baseline=part.baseline if part else 0.0,
        contributions=tuple(
            _contribution(
                leaf,
                _attribute(leaf, response, register)
                if leaf.attribute
                else _given(response, leaf.item),
                marks[leaf.id],
                values[leaf.id],
                part,
                shares,
            )
            for leaf in indicators(definition)
        ),
        rounding=total - part.value if part else 0.0,
        improvements=tuple(_improvements(fitted, response, register, total)),
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
    answer: Answer,
    marks: tuple[str, str],
    value: float,
    part: Part | None,
    shares: dict[str, float],
) -> Contribution:
    status, cause = marks
    return Contribution(
        node=leaf.id,
        item=leaf.item,
        attribute=leaf.attribute,
        title=leaf.title,
        answer=answer,
        value=None if np.isnan(value) else value,
        share=shares.get(leaf.id, 0.0),
        points=part.shares.get(leaf.id, 0.0) if part else 0.0,
        status=status,
        cause=cause,
    )


def _improvements(
    fitted: FittedIndex, response: Response, register: Register | None, now: float
) -> Iterator[Improvement]:
    """For each item that can bring something, its next and its best answer."""
    if np.isnan(now):
        return
    definition, questionnaire = fitted.definition, fitted.questionnaire
    scorings: dict[str, list[Scoring]] = {}
    for leaf in indicators(definition):
        if leaf.item:
            scorings.setdefault(leaf.item, []).append(definition.scorings[leaf.scoring])
    codes, _ = code_response(questionnaire, response)
    asked = {
        name for name, code in zip(coders(questionnaire), codes, strict=True) if code != NOT_ASKED
    }
    changes = [
        (name, candidate)
        for name, used in scorings.items()
        if name in asked
        for candidate in _candidates(
            questionnaire, questionnaire[name], _given(response, name), used
        )
    ]
    better: dict[str, list[tuple[float, Answer]]] = {}
    for (name, candidate), would_be in zip(
        changes, _scores(fitted, response, register, changes), strict=True
    ):
        if would_be > now:
            better.setdefault(name, []).append((would_be, candidate))
    found = []
    for name, gains in better.items():
        next_score, next_answer = min(gains, key=lambda each: each[0])
        best_score, best_answer = max(gains, key=lambda each: each[0])
        found.append(
            Improvement(
                item=name,
                answer=_given(response, name),
                next_answer=next_answer,
                next_score=next_score,
                best_answer=best_answer,
                best_score=best_score,
            )
        )
    yield from sorted(found, key=lambda each: (-each.best_score, each.item))


def _attribute(leaf: Indicator, response: Response, register: Register | None) -> Answer:
    """What the register says of the agency; scoring has seen that there is a register."""
    assert register is not None
    found = attribute(register[response.agency], leaf.attribute)
    return Missing.NOT_ANSWERED if found is None else found


def _given(response: Response, item: str) -> Answer:
    return response.answers.get(item, Missing.NOT_ANSWERED)


def _scores(
    fitted: FittedIndex,
    response: Response,
    register: Register | None,
    changes: Sequence[tuple[str, Answer]],
) -> list[float]:
    """The score that each change would give."""
    would_be = changed(fitted.questionnaire, response, changes)
    scores = score(fitted, would_be, register=register, nodes="indices")
    return [float(value) for value in scores.values[:, 0]]


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
