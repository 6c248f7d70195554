"""Fit a definition on a population, as rewriting; or freeze one that needs none."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from agencyindex._answers import Responses
from agencyindex._documents.checks import require_index
from agencyindex._documents.codec import fingerprint
from agencyindex._documents.resolve import attributes_used, indicators, inner, resolve, settled
from agencyindex._engine.learn import Population, looks_back, to_learn, written_out
from agencyindex._engine.plan import compile_plan
from agencyindex._engine.score import score
from agencyindex._model.agency import Register
from agencyindex._model.definition import EditionBefore, IndexDefinition
from agencyindex._model.definition import Population as Record
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.scores import Scores
from agencyindex.errors import Findings, MethodError, Place


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
    for node, step in to_learn(definition):
        findings.add(
            "needs-population",
            Place(index=definition.id, node=node, method=step),
            "This step learns from a population, and none was given.",
            "Fit the definition on responses instead.",
        )
    _refuse_comparisons(definition, findings)
    findings.raise_as(MethodError)
    return _ready(settled(definition), questionnaire)


def fit(
    definition: IndexDefinition,
    responses: Responses,
    *,
    register: Register | None = None,
    previous: Responses | None = None,
) -> FittedIndex:
    """Learn from a population what a definition leaves open, and write it into the definition.

    Each learnt method becomes a declared one of its family: min-max becomes goalposts, weights
    from the data become fixed ones, and the rule "mean" for a missing answer a number of points.
    What is declared stays as it is, so that fitting twice changes nothing.

    Parameters
    ----------
    definition
        The index.
    responses
        The population; the order of its agencies does not matter.
    register
        The agencies' attributes, where the index uses any.
    previous
        Responses of the edition before, where the index imputes from it.

    Raises
    ------
    DocumentError
        Where the definition does not fit the questionnaire of the responses.
    MethodError
        Where a population is empty or constant and the definition does not say what then, or a
        method sets agencies against each other, so that nothing states it: `score_population`.
    MismatchError
        Where the register lacks what the index uses, or the previous responses belong to another
        questionnaire.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> fitted = ai.fit(catalogue.index("technology"), catalogue.responses("digg-2020"))
    >>> fitted.definition == catalogue.index("technology")
    True
    """
    require_index(definition, responses.questionnaire)
    findings = Findings()
    _refuse_comparisons(definition, findings)
    findings.raise_as(MethodError)
    return _fitted(definition, responses, register, previous)


def score_population(
    definition: IndexDefinition | Sequence[IndexDefinition],
    responses: Responses,
    *,
    register: Register | None = None,
    previous: Responses | None = None,
) -> Scores:
    """Score a population on itself, by whatever methods.

    It is what `fit` and `score` give one after the other, and works as well where agencies are
    set against each other (a Copeland score, benefit of the doubt) or get each other's values
    (nearest neighbours, hot deck), which no fitted index can state.

    Parameters
    ----------
    definition
        The index, or several of one questionnaire.
    responses
        The population.
    register, previous
        As in `fit`.

    Raises
    ------
    DocumentError, MethodError, MismatchError
        As `fit`, but for methods that set agencies against each other.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> technology, answers = catalogue.index("technology"), catalogue.responses("digg-2020")
    >>> scores = ai.score_population(technology, answers)
    >>> len(scores.agencies)
    159
    """
    group = [definition] if isinstance(definition, IndexDefinition) else definition
    for each in group:
        require_index(each, responses.questionnaire)
    fitted = [_fitted(each, responses, register, previous) for each in group]
    # What compares agencies must not hang on the order in which they stand.
    order = sorted(range(len(responses)), key=responses.agencies.__getitem__)
    scores = score(fitted, responses.take(order), register=register)
    back = np.argsort(order)
    figures = ("values", "coverage", "answered", "statuses", "causes")
    return attrs.evolve(
        scores,
        agencies=responses.agencies,
        made_from={**scores.made_from, **_learnt_from(fitted)},
        **{name: getattr(scores, name)[back] for name in figures},
    )


def _learnt_from(fitted: Sequence[FittedIndex]) -> dict[str, str]:
    """Fingerprints of what the indices learnt from beside the responses that they score."""
    found = {}
    for record in [each.definition.population for each in fitted if each.learnt]:
        assert record is not None
        if record.register is not None:
            found["register"] = record.register
        if record.previous is not None:
            found["previous"] = record.previous.responses
    return found


def _fitted(
    definition: IndexDefinition,
    responses: Responses,
    register: Register | None,
    previous: Responses | None,
) -> FittedIndex:
    questionnaire = responses.questionnaire
    if not any(True for _ in to_learn(definition)):
        return _ready(settled(definition), questionnaire)
    population = Population.of(responses, definition, register, previous)
    record = _record(definition, responses, register, previous)
    written = attrs.evolve(written_out(settled(definition), population), population=record)
    require_index(written, questionnaire)
    return _ready(written, questionnaire, learnt=True)


def _record(
    definition: IndexDefinition,
    responses: Responses,
    register: Register | None,
    previous: Responses | None,
) -> Record:
    """All that the fit learns from, and whom the definition had learnt from before."""
    used = attributes_used(definition)
    read = register if used.numbers | used.groups else None
    before = previous if looks_back(definition) else None
    looked = None
    if before is not None:
        looked = EditionBefore(edition=before.edition, responses=before.fingerprint())
    made_up = [given.synthetic for given in (responses, read, before) if given is not None]
    return Record(
        agencies=len(responses),
        edition=responses.edition,
        responses=responses.fingerprint(),
        definition=fingerprint(definition),
        register=None if read is None else fingerprint(read),
        previous=looked,
        synthetic=any(made_up),
        earlier=definition.population,
    )


def _ready(
    definition: IndexDefinition, questionnaire: Questionnaire, *, learnt: bool = False
) -> FittedIndex:
    return FittedIndex(
        definition,
        questionnaire,
        learnt=learnt,
        plan=compile_plan(definition, questionnaire),
        fingerprints={
            "questionnaire": fingerprint(questionnaire),
            f"index {definition.id}": fingerprint(definition),
        },
    )


def _refuse_comparisons(definition: IndexDefinition, findings: Findings) -> None:
    """Note what no number can state, as it sets agencies against each other."""
    resolved = resolve(definition)
    nodes: list[tuple[str, object]] = [
        (node.id, resolved[node.id].aggregation)
        for node in inner(definition)
        if resolved[node.id].aggregation.compares
    ]
    for leaf in indicators(definition):
        imputation = resolved[leaf.id].imputing
        if imputation is not None and not imputation.freezes:
            nodes.append((leaf.id, imputation))
    for node, method in nodes:
        findings.add(
            "not-freezable",
            Place(index=definition.id, node=node, method=type(method).__name__),
            "This method sets agencies against each other, so no fitted index can state it.",
            "Score the population with score_population (agencyindex score), or use another method.",
        )
