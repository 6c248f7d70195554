"""A small survey whose agencies are made up, as documents and as what they state."""

from __future__ import annotations

import json
from pathlib import Path

import agencyindex as ai

DOCUMENTS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[1] / "data" / "demo").glob("*.json"))
}
QUESTIONNAIRE = ai.load(DOCUMENTS["demo-2020.questionnaire"], ai.Questionnaire)
INDEX = ai.load(DOCUMENTS["technology-demo.index"], ai.IndexDefinition)
REGISTER = ai.load(DOCUMENTS["demo-2020.register"], ai.Register)
RESPONSES = ai.read_responses(DOCUMENTS["demo-2020.responses"], QUESTIONNAIRE)
FITTED = ai.freeze(INDEX, QUESTIONNAIRE)
