"""The phrases for when an item is asked and what numbers it takes, in English and Swedish."""

from __future__ import annotations

from collections.abc import Mapping

IN_ENGLISH: Mapping[str, str] = {
    "always": "always",
    "if": "if {}",
    "and": " and ",
    "or": " or ",
    "not": "not ({})",
    "equals": "{} is {}",
    "one_of": "{} is {}",
    "includes": "{} includes {}",
    "less": "{} is less than {}",
    "at_most": "{} is at most {}",
    "greater": "{} is more than {}",
    "at_least": "{} is at least {}",
    "answered": "{} is answered",
    "number": "a number",
    "between": "{} from {} to {}",
    "above": "{} of at least {}",
    "below": "{} of at most {}",
}

IN_SWEDISH: Mapping[str, str] = {
    "always": "alltid",
    "if": "om {}",
    "and": " och ",
    "or": " eller ",
    "not": "inte ({})",
    "equals": "{} är {}",
    "one_of": "{} är {}",
    "includes": "{} innehåller {}",
    "less": "{} är mindre än {}",
    "at_most": "{} är högst {}",
    "greater": "{} är mer än {}",
    "at_least": "{} är minst {}",
    "answered": "{} är besvarad",
    "number": "ett tal",
    "between": "{} från {} till {}",
    "above": "{} på minst {}",
    "below": "{} på högst {}",
}
