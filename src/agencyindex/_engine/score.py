"""Score responses: many at once, or one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import Column, Responses, code_response, coders
from agencyindex._engine.batch import Cells, run_batch
from agencyindex._engine.plan import Plan
from agencyindex._engine.single import Figures, run_single, single_columns
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Response
from agencyindex._model.scores import ScoredNode, Scores
from agencyindex.errors import Findings, MethodError, MismatchError, Place


def score(
    fitted: FittedIndex | Sequence[FittedIndex],
    responses: Responses | Response,
    *,
    nodes: Literal["all", "indices"] = "all",
) -> Scores:
    """Score responses on one fitted index, or on several of one questionnaire in one pass.

    Parameters
    ----------
    fitted
        What `fit` or `freeze` gave.
    responses
        Coded answers of n agencies, or one agency's response.
    nodes
        ``all`` nodes, or only the ``indices`` themselves, which takes less memory.

    Returns
    -------
    Scores
        The figures of every kept node. An agency's figures do not depend on which other
        agencies are scored with it, but its rank does.

    Raises
    ------
    ResponseError
        Where a single response does not fit the questionnaire.
    MethodError
        Where a number lies outside what a scoring takes, or a denominator is zero.
    MismatchError
        Where the responses belong to another questionnaire, or indices share an id.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> questionnaire, index = catalogue.questionnaire("demo-2020"), catalogue.index("technology-demo")
    >>> fitted = ai.freeze(index, questionnaire)
    >>> answers = {"rpa": "introduced", "chatbots": "planned"}
    >>> scores = ai.score(fitted, ai.Response("202100-6883", answers))
    >>> scores.get("202100-6883", "technology-demo", "automation").value
    62.5
    """
    group = [fitted] if isinstance(fitted, FittedIndex) else list(fitted)
    plans: list[tuple[Plan, list[int]]] = [(each._plan, _kept(each._plan, nodes)) for each in group]
    if isinstance(responses, Response):
        _check_together(group, group[0].questionnaire)
        cells = _score_single(group[0].questionnaire, plans, responses)
        agencies: tuple[str, ...] = (responses.agency,)
        edition, synthetic, known = "", False, None
    else:
        _check_together(group, responses.questionnaire)
        _check_rows(plans, responses.agencies, responses.columns)
        cells = run_batch(plans, responses)
        agencies, edition = responses.agencies, responses.edition
        synthetic, known = responses.synthetic, responses
    return Scores(
        edition=edition,
        agencies=agencies,
        nodes=tuple(_nodes(plans)),
        values=_stack([each.values for each in cells]),
        coverage=_stack([each.coverage for each in cells]),
        answered=_stack([each.answered for each in cells]),
        statuses=_stack([each.statuses for each in cells]),
        causes=_stack([each.causes for each in cells]),
        rules={plan.nodes[0].index: plan.rules for plan, _ in plans},
        made_from=_made_from(group, known),
        synthetic=synthetic or any(_is_synthetic(each) for each in group),
    )


def _kept(plan: Plan, nodes: Literal["all", "indices"]) -> list[int]:
    return list(range(len(plan.nodes))) if nodes == "all" else [0]


def _nodes(plans: list[tuple[Plan, list[int]]]) -> list[ScoredNode]:
    return [plan.nodes[position] for plan, kept in plans for position in kept]


def _stack(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """(k, n) parts as one (n, k) array, without a copy where there is one part."""
    return (parts[0] if len(parts) == 1 else np.concatenate(parts)).T


def _score_single(
    questionnaire: Questionnaire, plans: list[tuple[Plan, list[int]]], response: Response
) -> list[Cells]:
    code_of, values = code_response(questionnaire, response)
    columns = single_columns(coders(questionnaire), code_of, values)
    if columns:
        _check_rows(plans, (response.agency,), columns)
    figures: list[Figures] = []
    for plan, kept in plans:
        found = run_single(plan, code_of, columns, every_node=len(kept) > 1)
        figures += [found[at] for at in kept]
    value, coverage, answered, status, cause = zip(*figures, strict=True)
    return [
        Cells(
            values=np.array([value]).T,
            coverage=np.array([coverage]).T,
            answered=np.array([answered]).T,
            statuses=np.array([status], dtype=np.int8).T,
            causes=np.array([cause], dtype=np.int8).T,
        )
    ]


def _check_together(group: list[FittedIndex], questionnaire: Questionnaire) -> None:
    findings = Findings()
    seen: set[str] = set()
    for each in group:
        name = each.definition.id
        if name in seen:
            findings.add(
                "duplicate-id",
                Place(index=name),
                f'Two of the indices have the id "{name}".',
                "Score them one at a time, or rename one.",
            )
        seen.add(name)
        theirs = each.questionnaire
        if theirs is not questionnaire and theirs != questionnaire:
            findings.add(
                "other-questionnaire",
                Place(index=name),
                f"The index was fitted on the questionnaire {theirs.id} {theirs.version}; "
                f"the responses belong to {questionnaire.id} {questionnaire.version}, "
                "which is not the same document.",
                "Read the responses with the questionnaire of the index.",
            )
    findings.raise_as(MismatchError)


def _check_rows(
    plans: list[tuple[Plan, list[int]]],
    agencies: tuple[str, ...],
    columns: Mapping[str, Column],
) -> None:
    findings = Findings()
    for plan, _ in plans:
        for position in plan.row_wise:
            row_wise = plan.leaves[position].by_number
            assert row_wise is not None
            row_wise.check(agencies, columns, findings)
    findings.raise_as(MethodError)


def _made_from(
    group: list[FittedIndex], responses: Responses | None
) -> dict[str, str | Callable[[], str]]:
    made: dict[str, str | Callable[[], str]] = {
        "questionnaire": group[0]._fingerprints["questionnaire"]
    }
    for each in group:
        made[f"index {each.definition.id}"] = each._fingerprints["definition"]
    if responses is not None:
        made["responses"] = responses.fingerprint
    return made


def _is_synthetic(fitted: FittedIndex) -> bool:
    return fitted.definition.synthetic or fitted.questionnaire.synthetic
