"""Explanations: what made a score, and what would change it."""

from __future__ import annotations

import attrs

from agencyindex._model.response import Answer
from agencyindex._model.scores import Score
from agencyindex._model.text import Text


@attrs.frozen(kw_only=True)
class Contribution:
    """What one indicator brings to an index.

    Parameters
    ----------
    node, item, attribute
        Ids of the indicator and of its item, "" where it scores an attribute of the register.
    title
        Title of the indicator, for people.
    answer
        The answer given, or the reason why there is none.
    value
        Normalised value; None where the answer is missing and was left out.
    share
        Effective weight: the product of the available shares on the path, from 0 to 1 (in a
        sum, of the nominal weights); 0 where left out.
    points
        Contribution to the score, in units of the index.
    status, cause
        As in `Score`.
    """

    node: str
    item: str
    attribute: str = ""
    title: Text
    answer: Answer
    value: float | None
    share: float
    points: float
    status: str
    cause: str


@attrs.frozen(kw_only=True)
class Improvement:
    """What another answer to one item would bring.

    Parameters
    ----------
    item
        Id of the item.
    answer
        The answer given, or the reason why there is none.
    next_answer, next_score
        The answer that brings the smallest gain above zero, and the score that it gives.
    best_answer, best_score
        The answer that brings most, and the score that it gives.
    """

    item: str
    answer: Answer
    next_answer: Answer
    next_score: float
    best_answer: Answer
    best_score: float


@attrs.frozen(kw_only=True)
class Explanation:
    """Why an agency has its score in an index.

    Parameters
    ----------
    agency, index
        Ids.
    score
        The score that is explained.
    baseline
        What the contributions start from: 0 where every aggregation is linear, otherwise the
        score with every indicator at its worst.
    contributions
        One for each indicator. Together with the baseline and ``rounding`` they sum to the
        score.
    rounding
        What rounding at every level added or took.
    improvements
        For each item, what another answer would bring, the largest gain first.
    """

    agency: str
    index: str
    score: Score
    baseline: float
    contributions: tuple[Contribution, ...]
    rounding: float
    improvements: tuple[Improvement, ...]
