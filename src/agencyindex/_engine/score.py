"""Score responses: many at once, or one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, Literal

import numpy as np

from agencyindex._answers import (
    Column,
    Responses,
    attribute_columns,
    code_response,
    coders,
    column_of,
)
from agencyindex._documents.codec import fingerprint
from agencyindex._engine.batch import run_batch
from agencyindex._engine.plan import Plan
from agencyindex._engine.refusals import Beyond, refuse_beyond
from agencyindex._engine.single import every_figure, run_single
from agencyindex._model.agency import Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Response
from agencyindex._model.scores import Scores
from agencyindex.errors import Findings, MethodError, MismatchError, Place, Problem


def score(
    fitted: FittedIndex | Sequence[FittedIndex],
    responses: Responses | Response,
    *,
    register: Register | None = None,
    nodes: Literal["all", "indices"] = "all",
) -> Scores:
    """Score responses on one fitted index, or on several of one questionnaire in one pass.

    Parameters
    ----------
    fitted
        What `fit` or `freeze` gave.
    responses
        Coded answers of n agencies, or one agency's response.
    register
        The agencies' attributes, where an index uses any.
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
        Where a number lies outside what a scoring takes, a denominator is zero, or a value is
        beyond all floats.
    MismatchError
        Where an index is not fitted, the responses belong to another questionnaire, indices
        share an id, there are none, or the register lacks what an index uses.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> questionnaire, index = catalogue.questionnaire("digg-2020"), catalogue.index("technology")
    >>> fitted = ai.freeze(index, questionnaire)
    >>> answers = {"robotic_automation": "introduced", "chatbots": "planned"}
    >>> scores = ai.score(fitted, ai.Response("202100-6883", answers))
    >>> scores.get("202100-6883", "technology", "automation").value
    30.0
    """
    group = [fitted] if isinstance(fitted, (FittedIndex, IndexDefinition)) else list(fitted)
    if not group:
        message = "There is no index to score on."
        raise MismatchError([Problem("wrong-length", Place(), message, "Give at least one.")])
    try:
        plans: list[Plan] = [each._plan for each in group]
    except AttributeError:
        require_fitted(group)
        raise
    every_node = nodes == "all"
    questionnaire = group[0].questionnaire
    if isinstance(responses, Response):
        _check_together(group, questionnaire)
        figures = _score_single(questionnaire, plans, responses, register, every_node=every_node)
        agencies: tuple[str, ...] = (responses.agency,)
    else:
        columns = columns_of(group, responses, register)
        figures, beyond = run_batch(plans, columns, len(responses), every_node=every_node)
        agencies = responses.agencies
        refuse_beyond(beyond, agencies)
    kept = [plan.nodes if every_node else plan.nodes[:1] for plan in plans]
    return Scores(
        agencies=agencies,
        nodes=tuple(chain(*kept)),
        **figures,
        rules={plan.nodes[0].index: plan.rules for plan in plans},
        **_origin(group, responses, register),
    )


def _origin(
    group: list[FittedIndex], responses: Responses | Response, register: Register | None
) -> dict[str, Any]:
    """Edition, fingerprints of what scores are made from, and whether any of it was made up."""
    made_from: dict[str, str | Callable[[], str]] = {}
    synthetic = False
    for each in group:
        made_from |= each._fingerprints
        synthetic = synthetic or each.questionnaire.synthetic or _made_up(each.definition)
    edition = ""
    if isinstance(responses, Responses):
        made_from["responses"] = responses.fingerprint
        synthetic, edition = synthetic or responses.synthetic, responses.edition
    if register is not None and any(each._plan.numbers or each._plan.groups for each in group):
        made_from["register"] = lambda: fingerprint(register)
        synthetic = synthetic or register.synthetic
    return {"made_from": made_from, "synthetic": synthetic, "edition": edition}


def _made_up(definition: IndexDefinition) -> bool:
    """Whether an index is made up, or any that it has learnt its numbers from."""
    found, record = definition.synthetic, definition.population
    while record is not None:
        found, record = found or record.synthetic, record.earlier
    return found


def require_fitted(group: Sequence[object]) -> None:
    """Refuse a definition where a fitted index is needed.

    Raises
    ------
    MismatchError
        ``not-fitted``, for each.
    """
    findings = Findings()
    for each in group:
        if isinstance(each, IndexDefinition):
            findings.add(
                "not-fitted",
                Place(index=each.id),
                "This is an index definition, and a fitted index is needed.",
                "Call fit(index, responses), or freeze(index, questionnaire) where it has nothing "
                "to learn.",
            )
    findings.raise_as(MismatchError)


def columns_of(
    group: list[FittedIndex], responses: Responses, register: Register | None
) -> dict[str, Column]:
    """The answers and attributes that indices read, checked.

    Raises
    ------
    MismatchError, MethodError
        As `score`.
    """
    plans: list[Plan] = [each._plan for each in group]
    _check_together(group, responses.questionnaire)
    columns = dict(responses.columns)
    row_wise = [plan for plan in plans if plan.row_wise]
    if row_wise:
        columns.update(_attributes(row_wise, register, responses.agencies))
    _check_rows(plans, responses.agencies, columns)
    return columns


def _attributes(
    plans: Sequence[Plan], register: Register | None, agencies: tuple[str, ...]
) -> dict[str, Column]:
    """Columns of the attributes that the plans use."""
    return attribute_columns(
        register,
        agencies,
        numbers=frozenset(chain(*[plan.numbers for plan in plans])),
        groups=frozenset(chain(*[plan.groups for plan in plans])),
    )


def _score_single(
    questionnaire: Questionnaire,
    plans: list[Plan],
    response: Response,
    register: Register | None,
    *,
    every_node: bool,
) -> dict[str, Any]:
    codes, values = code_response(questionnaire, response)
    columns: dict[str, Column] = {}
    row_wise = [plan for plan in plans if plan.row_wise]
    if row_wise:
        read = frozenset(chain(*[plan.read for plan in row_wise]))
        columns = _columns_of_one(questionnaire, codes, values, read)
        columns.update(_attributes(row_wise, register, (response.agency,)))
        _check_rows(plans, (response.agency,), columns)
    beyond: set[Beyond] = set()
    found = [run_single(plan, codes, columns, beyond) for plan in plans]
    if beyond:
        refuse_beyond(sorted(beyond), (response.agency,))
    if every_node:
        coded = np.array(codes)
        parts = [every_figure(plan, coded, each) for plan, each in zip(plans, found, strict=True)]
        figures = np.concatenate(parts)
    else:
        figures = np.array([each[0] for each in found])
    marks = figures[None, :, 3:].astype(np.int8)
    return {
        "values": figures[None, :, 0],
        "coverage": figures[None, :, 1],
        "answered": figures[None, :, 2],
        "statuses": marks[:, :, 0],
        "causes": marks[:, :, 1],
    }


def _columns_of_one(
    questionnaire: Questionnaire,
    codes: Sequence[int],
    values: Mapping[str, Any],
    read: frozenset[str],
) -> dict[str, Column]:
    """Columns of one row, of the items that are read row by row."""
    return {
        name: column_of(coder, [(code, values.get(name, coder.empty))])
        for (name, coder), code in zip(coders(questionnaire).items(), codes, strict=True)
        if name in read
    }


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
    plans: list[Plan], agencies: tuple[str, ...], columns: Mapping[str, Column]
) -> None:
    findings = Findings()
    for plan in plans:
        for position in plan.row_wise:
            plan.leaves[position].rows.check(agencies, columns, findings)
    findings.raise_as(MethodError)
