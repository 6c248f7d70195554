"""Answers coded against their questionnaire: small codes, routing applied, reasons kept."""

from __future__ import annotations

from agencyindex._answers.coder import ItemCoder, coders, column_of
from agencyindex._answers.codes import ANSWERED, NOT_ANSWERED, NOT_ASKED, REASONS, Column, fold
from agencyindex._answers.responses import Responses, assemble
from agencyindex._answers.routing import PlaceOf, code_response, unknown_item

__all__ = [
    "ANSWERED",
    "NOT_ANSWERED",
    "NOT_ASKED",
    "REASONS",
    "Column",
    "ItemCoder",
    "PlaceOf",
    "Responses",
    "assemble",
    "code_response",
    "coders",
    "column_of",
    "fold",
    "unknown_item",
]
