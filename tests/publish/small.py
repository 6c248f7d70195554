"""A small questionnaire and an index of it that has something of everything."""

from __future__ import annotations

from typing import Any

import agencyindex as ai

QUESTIONNAIRE: dict[str, Any] = {
    "schema": "agencyindex/questionnaire/1",
    "id": "services",
    "version": "1.2.0",
    "title": {"en": "Digital services", "sv": "Digitala tjänster"},
    "synthetic": True,
    "note": {"en": "Made for a test.", "sv": "Gjord för ett prov."},
    "sections": [
        {
            "id": "all",
            "title": {"en": "Everything", "sv": "Allt"},
            "items": [
                {
                    "id": "online",
                    "type": "yes_no",
                    "text": {"en": "Is there any service?", "sv": "Finns det någon tjänst?"},
                },
                {
                    "id": "cases",
                    "type": "number",
                    "whole": True,
                    "minimum": 1,
                    "text": {"en": "How many cases?", "sv": "Hur många ärenden?"},
                },
                {
                    "id": "digital",
                    "type": "number",
                    "minimum": 0,
                    "maximum": 500.5,
                    "unit": {"en": "cases", "sv": "ärenden"},
                    "text": {"en": "How many of them online?", "sv": "Hur många av dem på nätet?"},
                    "options": [
                        {
                            "value": "dk",
                            "label": {"en": "Don't know", "sv": "Vet inte"},
                            "missing": "dont_know",
                        }
                    ],
                    "condition": {
                        "operator": "all",
                        "of": [
                            {"item": "online", "operator": "equals", "value": "yes"},
                            {
                                "operator": "any",
                                "of": [
                                    {"item": "cases", "operator": "at_least", "value": 2.5},
                                    {
                                        "operator": "not",
                                        "of": {"item": "cases", "operator": "answered"},
                                    },
                                ],
                            },
                        ],
                    },
                    "source": {"en": "Our own", "sv": "Vår egen"},
                    "note": {"en": "Estimates | will do", "sv": "Skattningar | duger"},
                },
                {
                    "id": "stage",
                    "type": "single_choice",
                    "text": {"en": "How far?", "sv": "Hur långt?"},
                    "options": [
                        {"value": "no", "label": {"en": "Not *begun*", "sv": "Inte *påbörjat*"}},
                        {"value": "done", "label": {"en": "Done", "sv": "Klart"}},
                        {
                            "value": "na",
                            "label": {"en": "Not for us", "sv": "Inte för oss"},
                            "missing": "not_applicable",
                        },
                    ],
                },
                {
                    "id": "channels",
                    "type": "multiple_choice",
                    "text": {"en": "Which channels?", "sv": "Vilka kanaler?"},
                    "options": [
                        {"value": "web", "label": {"en": "Web", "sv": "Webb"}},
                        {"value": "phone", "label": {"en": "Phone", "sv": "Telefon"}},
                        {
                            "value": "none",
                            "label": {"en": "None", "sv": "Ingen"},
                            "exclusive": True,
                        },
                    ],
                },
                {
                    "id": "unused",
                    "type": "yes_no",
                    "text": {"en": "Scored by nobody?", "sv": "Räknas av ingen?"},
                },
            ],
        }
    ],
}

INDEX: dict[str, Any] = {
    "schema": "agencyindex/index/1",
    "id": "online_first",
    "version": "2.0.0",
    "title": {"en": "Online first", "sv": "Digitalt först"},
    "note": {"en": "A reconstruction.", "sv": "En rekonstruktion."},
    "synthetic": True,
    "questionnaire": {"id": "services", "version": "1.2.0"},
    "scale": {"lower": 0, "upper": 100},
    "rounding": {"where": "published", "decimals": 1, "rule": "half_even"},
    "ranking": {"on": "published", "ties": "dense", "first": "highest"},
    "bands": {
        "thresholds": [40, 72.5],
        "closed": "upper",
        "labels": [
            {"en": "low", "sv": "låg"},
            {"en": "middle", "sv": "mellan"},
            {"en": "high", "sv": "hög"},
        ],
    },
    "missing": {
        "not_answered": "worst",
        "dont_know": "impute",
        "refused": 0.5,
        "not_applicable": "exclude",
        "not_asked": "propagate",
    },
    "minimum_coverage": 0.5,
    "scorings": {
        "rate": {"method": "ratio", "denominator": "cases", "when_zero": "not_applicable"},
        "steps": {"method": "points", "points": {"no": 0, "done": 2.5}},
        "list": {
            "method": "gated",
            "rules": [
                {"chosen": ["web"], "points": 3},
                {"chosen": ["web"], "not_chosen": ["phone"], "points": -1},
            ],
        },
        "number": {"method": "number"},
    },
    "imputation": {"method": "group_values", "group": "sector", "values": {"a": 0.5, "b": 1}},
    "treatment": [{"method": "clip", "lower": -1.5}],
    "normalisation": {"method": "attainable", "to": [0, 100]},
    "weighting": {"method": "fixed"},
    "aggregation": {"method": "arithmetic"},
    "children": [
        {
            "id": "use",
            "title": {"en": "Use", "sv": "Användning"},
            "weight": 3,
            "weighting": {"method": "equal"},
            "aggregation": {"method": "geometric", "zero": "zero"},
            "minimum_coverage": 0.75,
            "source": {"en": "Our choice.", "sv": "Eget val."},
            "children": [
                {
                    "id": "share",
                    "item": "digital",
                    "scoring": "rate",
                    "normalisation": {
                        "method": "goalposts",
                        "goalposts": [0, 1],
                        "to": [0, 100],
                        "clip": True,
                    },
                },
                {
                    "id": "size",
                    "title": {"en": "Staff", "sv": "Personal"},
                    "attribute": "fte",
                    "scoring": "number",
                    "direction": -1,
                    "treatment": [
                        {"method": "log", "plus": 1},
                        {"method": "clip", "lower": 0, "upper": 9},
                    ],
                    "normalisation": {
                        "method": "goalposts",
                        "goalposts": [-9, 0],
                        "to": [0, 100],
                        "clip": True,
                    },
                    "missing": {"not_answered": "exclude"},
                },
            ],
        },
        {"id": "reach", "item": "stage", "scoring": "steps", "weight": 0.5},
        {"id": "ways", "item": "channels", "scoring": "list", "weight": 0.5},
    ],
}


def questionnaire() -> ai.Questionnaire:
    """The questionnaire."""
    return ai.load(QUESTIONNAIRE, ai.Questionnaire)


def index(**keys: Any) -> ai.IndexDefinition:
    """The index, with some keys of its document replaced."""
    return ai.load({**INDEX, **keys}, ai.IndexDefinition)
