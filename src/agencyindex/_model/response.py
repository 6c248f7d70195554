"""One agency's answers, and the reasons for which an answer may be missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import TypeAlias

import attrs


class Missing(Enum):
    """Why there is no answer.

    Examples
    --------
    >>> Missing("dont_know")
    <Missing.DONT_KNOW: 'dont_know'>
    """

    NOT_ANSWERED = "not_answered"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"


Answer: TypeAlias = str | float | bool | Collection[str] | Missing | None


@attrs.frozen
class Response:
    """One agency's answers in one edition of the survey.

    Parameters
    ----------
    agency
        Id of the agency.
    answers
        From item id to the answer: an option's value (single choice, yes/no; yes/no also True
        or False), a collection of option values (multiple choice), a number, a reason for
        missing, or None for not answered. An item that is left out is not answered, or not
        asked where its condition is false.

    Examples
    --------
    >>> Response("202100-6883", {"e_id": "yes", "channels": ["web", "phone"], "fte": 80}).agency
    '202100-6883'
    """

    agency: str
    answers: Mapping[str, Answer] = attrs.field(factory=dict)
