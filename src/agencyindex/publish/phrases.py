"""The words of a methodology page, by language."""

from __future__ import annotations

from collections.abc import Mapping

from agencyindex.publish.english import ENGLISH
from agencyindex.publish.swedish import SWEDISH

PHRASES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "sv": SWEDISH}
"""The phrases by language; any other language has the English ones."""
