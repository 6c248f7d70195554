"""Advice on documents that are valid: what is legal and may be unwise."""

from __future__ import annotations

from collections.abc import Sequence

from agencyindex._documents.api import Examined, Source, examine
from agencyindex._lint.notes import Notes
from agencyindex._lint.reach import check_points, check_ranges, check_use
from agencyindex._lint.scales import check_scales
from agencyindex._lint.translations import check_translations
from agencyindex._lint.tree import check_tree
from agencyindex._lint.turning import check_lines
from agencyindex._lint.wording import check_wording
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.errors import DocumentError, Problem

__all__ = ["lint"]


def lint(*sources: Source) -> tuple[Problem, ...]:
    """Find what is legal and may be unwise in questionnaires and indices.

    The findings are advice: each has a code of `errors.lint_codes`, and none keeps a document
    from being used. A document that is not valid gets the findings of `validate` instead.

    Parameters
    ----------
    *sources
        Paths of JSON documents, or their values. An index is looked at beside its questionnaire
        where that is among them; what a questionnaire asks in vain is told from all its indices.

    Returns
    -------
    tuple of Problem
        What `validate` finds first, then the advice, each sorted by place; empty where there is
        nothing to say.

    Examples
    --------
    >>> import agencyindex as ai
    >>> items = [{"id": "plan", "type": "yes_no", "text": "Is there a plan, and is it followed?"}]
    >>> [problem.code for problem in ai.lint({
    ...     "schema": "agencyindex/questionnaire/1", "id": "q", "version": "1.0.0",
    ...     "sections": [{"id": "s", "items": items}]})]
    ['double-question']
    """
    examined = examine(sources)
    wrong = [problem for each in examined for problem in each.findings.problems]
    sound = [each for each in examined if not each.findings]
    advice = [problem for each in sound for problem in _advice(each, sound)]
    return (*DocumentError(wrong).problems, *DocumentError(advice).problems)


def _advice(document: Examined, all_sound: Sequence[Examined]) -> list[Problem]:
    notes = Notes(document.file)
    noun = document.noun
    if isinstance(noun, Questionnaire):
        check_wording(noun, notes)
        check_scales(noun, notes)
        check_translations(noun, notes)
        beside = _indices(noun, all_sound)
        if beside:
            check_use(noun, beside, notes)
    elif isinstance(noun, IndexDefinition):
        check_tree(noun, notes)
        check_translations(noun, notes)
        if document.questionnaire is not None:
            beside = _indices(document.questionnaire, all_sound)
            check_points(noun, document.questionnaire, beside, notes)
            check_ranges(noun, document.questionnaire, notes)
            check_lines(noun, document.questionnaire, notes)
    return notes.findings.problems


def _indices(questionnaire: Questionnaire, documents: Sequence[Examined]) -> list[IndexDefinition]:
    """The indices of a questionnaire among the documents."""
    return [
        each.noun
        for each in documents
        if isinstance(each.noun, IndexDefinition) and each.questionnaire is questionnaire
    ]
