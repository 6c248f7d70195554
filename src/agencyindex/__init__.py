"""Composite indices from questionnaire answers of public agencies."""

from __future__ import annotations

from agencyindex._model.agency import Agency, Register
from agencyindex._model.definition import Dimension, IndexDefinition, Indicator
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Item, Option, Questionnaire, Section
from agencyindex._model.response import Missing, Response

__version__ = "0.1.0.dev0"
