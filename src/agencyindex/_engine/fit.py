"""Fit a definition on a population, as rewriting; or freeze one that needs none."""

from __future__ import annotations

from typing import TypeVar

import attrs
import numpy as np

from agencyindex._answers import ANSWERED, Responses
from agencyindex._documents.checks import require_index
from agencyindex._documents.codec import fingerprint
from agencyindex._documents.ranges import offered, points_range
from agencyindex._documents.resolve import Resolved, indicators, resolve
from agencyindex._engine.leaves import RowWise
from agencyindex._engine.plan import compile_plan
from agencyindex._model.definition import (
    Dimension,
    IndexDefinition,
    Indicator,
    MissingRule,
    Node,
    Population,
)
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Missing
from agencyindex.errors import Findings, MethodError, Place
from agencyindex.methods.protocols import FloatArray

Branching = TypeVar("Branching", IndexDefinition, Dimension)


def freeze(definition: IndexDefinition, questionnaire: Questionnaire) -> FittedIndex:
    """Make a definition ready to score that has nothing to learn from a population.

    Parameters
    ----------
    definition
        An index whose methods are all declared, as a fitted one's are.
    questionnaire
        The questionnaire that it names.

    Raises
    ------
    MethodError
        Where a step needs a population; every such step is named.
    DocumentError
        Where the definition does not fit the questionnaire.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> fitted = ai.freeze(catalogue.index("technology"), catalogue.questionnaire("digg-2020"))
    >>> fitted.definition.population is None
    True
    """
    require_index(definition, questionnaire)
    findings = Findings()
    resolved = resolve(definition)
    for indicator in indicators(definition):
        here = resolved[indicator.id]
        for step in _to_learn(here):
            findings.add(
                "needs-population",
                Place(index=definition.id, node=indicator.id, method=step),
                "This step learns from a population, and none was given.",
                "Fit the definition on responses instead.",
            )
    findings.raise_as(MethodError)
    return _ready(definition, questionnaire)


def fit(definition: IndexDefinition, responses: Responses) -> FittedIndex:
    """Learn from a population what a definition leaves open, and write it into the definition.

    Each learnt method becomes a declared one of its family: min-max becomes goalposts, and the
    rule "mean" for a missing answer a number of points. What is declared stays as it is, so that
    fitting twice changes nothing.

    Parameters
    ----------
    definition
        The index.
    responses
        The population; the order of its agencies does not matter.

    Raises
    ------
    DocumentError
        Where the definition does not fit the questionnaire of the responses.
    MethodError
        Where a population is empty or constant and the definition does not say what then.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> fitted = ai.fit(catalogue.index("technology"), catalogue.responses("digg-2020"))
    >>> fitted.definition == catalogue.index("technology")
    True
    """
    questionnaire = responses.questionnaire
    require_index(definition, questionnaire)
    resolved = resolve(definition)
    if not any(_to_learn(resolved[leaf.id]) for leaf in indicators(definition)):
        return _ready(definition, questionnaire)
    population = responses.take(sorted(range(len(responses)), key=responses.agencies.__getitem__))
    findings = Findings()
    learnt = {
        leaf.id: _learn(leaf, definition, population, resolved[leaf.id], findings)
        for leaf in indicators(definition)
    }
    findings.raise_as(MethodError)
    record = definition.population or Population(
        agencies=len(responses),
        edition=responses.edition,
        responses=responses.fingerprint(),
        definition=fingerprint(definition),
    )
    written = attrs.evolve(_rewrite(definition, learnt), population=record)
    require_index(written, questionnaire)
    return _ready(written, questionnaire)


def _ready(definition: IndexDefinition, questionnaire: Questionnaire) -> FittedIndex:
    return FittedIndex(
        definition,
        questionnaire,
        plan=compile_plan(definition, questionnaire),
        fingerprints={
            "questionnaire": fingerprint(questionnaire),
            f"index {definition.id}": fingerprint(definition),
        },
    )


def _to_learn(here: Resolved) -> list[str]:
    """The steps of an indicator that need a population."""
    steps = []
    if here.normalisation is not None and here.normalisation.learnt:
        steps.append(type(here.normalisation).__name__)
    if "mean" in here.missing.values():
        steps.append('the missing rule "mean"')
    return steps


def _learn(
    indicator: Indicator,
    definition: IndexDefinition,
    population: Responses,
    here: Resolved,
    findings: Findings,
) -> Indicator:
    """The indicator with everything that it learns written out."""
    if not _to_learn(here):
        return indicator
    place = Place(index=definition.id, node=indicator.id)
    turned = _points(indicator, definition, population, here)
    result = indicator
    if "mean" in here.missing.values():
        if not len(turned):
            findings.add(
                "empty-population",
                attrs.evolve(place, method='the missing rule "mean"'),
                f"None of the {len(population)} agencies has a value.",
                'Give the points that a missing answer counts for, or "exclude".',
            )
            return indicator
        # Rounding takes the mean of equal numbers a little beyond them.
        mean = min(max(float(np.mean(turned)), float(turned.min())), float(turned.max()))
        points = indicator.direction * mean
        rules: dict[Missing, MissingRule] = {
            reason: points if rule == "mean" else rule for reason, rule in here.missing.items()
        }
        result = attrs.evolve(result, missing=rules)
    normalisation = here.normalisation
    if normalisation is not None and normalisation.learnt:
        span = points_range(indicator, definition, population.questionnaire)
        try:
            result = attrs.evolve(result, normalisation=normalisation.fit(turned, span))
        except MethodError as error:
            for problem in error.problems:
                where = attrs.evolve(place, method=problem.place.method)
                findings.add(problem.code, where, problem.message, problem.mend)
    return result


def _points(
    indicator: Indicator, definition: IndexDefinition, population: Responses, here: Resolved
) -> FloatArray:
    """The available points, turned so that more is better, in the order of the agencies' ids."""
    questionnaire = population.questionnaire
    scoring = definition.scorings[indicator.scoring]
    codes = population.columns[indicator.item].codes
    options = [option.value for option in questionnaire.substantive(indicator.item)]
    if questionnaire[indicator.item].type in ("single_choice", "yes_no"):
        answers = codes[codes >= ANSWERED].astype(np.intp) - ANSWERED
        return indicator.direction * scoring.points(answers, options)
    names = offered(questionnaire, indicator.item)
    row_wise = RowWise(
        indicator=indicator,
        index=definition.id,
        scoring=scoring,
        offered=tuple(names),
        rows_offered=tuple(i for i, option in enumerate(options) if option in names),
        resolved=here,
        rounding=definition.rounding,
    )
    findings = Findings()
    row_wise.check(population.agencies, population.columns, findings)
    findings.raise_as(MethodError)
    everyone = slice(0, len(population))
    found = row_wise.effective_codes(codes, population.columns, everyone)
    return row_wise.points(population.columns, everyone)[found >= ANSWERED]


def _rewrite(node: Branching, learnt: dict[str, Indicator]) -> Branching:
    """The node with its indicators replaced and no learnt method left above them."""
    children: list[Node] = [
        learnt[child.id] if isinstance(child, Indicator) else _rewrite(child, learnt)
        for child in node.children
    ]
    own = node.normalisation
    return attrs.evolve(
        node,
        children=children,
        normalisation=None if own is not None and own.learnt else own,
        missing={reason: rule for reason, rule in node.missing.items() if rule != "mean"},
    )
