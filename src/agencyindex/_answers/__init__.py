"""Answers coded against their questionnaire: small codes, routing applied, reasons kept."""

from __future__ import annotations

from agencyindex._answers.attributes import (
    AGENCIES,
    attribute,
    attribute_columns,
    group_key,
    no_attribute,
    number_key,
)
from agencyindex._answers.coder import ItemCoder, coders, column_of
from agencyindex._answers.codes import ANSWERED, NOT_ANSWERED, NOT_ASKED, REASONS, Column, fold
from agencyindex._answers.responses import Responses, assemble
from agencyindex._answers.routing import PlaceOf, code_response, unknown_item

__all__ = [
    "AGENCIES",
    "ANSWERED",
    "NOT_ANSWERED",
    "NOT_ASKED",
    "REASONS",
    "Column",
    "ItemCoder",
    "PlaceOf",
    "Responses",
    "assemble",
    "attribute",
    "attribute_columns",
    "code_response",
    "coders",
    "column_of",
    "fold",
    "group_key",
    "no_attribute",
    "number_key",
    "unknown_item",
]
