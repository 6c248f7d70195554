"""A fitted index: a definition in which nothing is left to learn, ready to score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire


@attrs.frozen
class FittedIndex:
    """An index that can score one response or a million, whosever answers they are.

    Made by `agencyindex.fit` or `agencyindex.freeze`, never by hand.

    Parameters
    ----------
    definition
        The definition, every learnt number stated in it by a declared method.
    questionnaire
        The questionnaire that its items belong to.
    learnt
        Whether it learnt anything when it was made, and not before.
    """

    definition: IndexDefinition
    questionnaire: Questionnaire
    learnt: bool = attrs.field(default=False, kw_only=True, eq=False)
    _plan: Any = attrs.field(kw_only=True, eq=False, repr=False)
    _fingerprints: Mapping[str, str] = attrs.field(kw_only=True, eq=False, repr=False)
