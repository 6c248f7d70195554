"""What no class says of its method: when it is of use, what it takes for granted, what goes wrong."""

from __future__ import annotations

from _parts.guidance.aggregation import AGGREGATION
from _parts.guidance.imputation import IMPUTATION
from _parts.guidance.normalisation import NORMALISATION
from _parts.guidance.scoring import SCORING
from _parts.guidance.treatment import TREATMENT
from _parts.guidance.weighting import WEIGHTING

GUIDANCE = {
    "scoring": SCORING,
    "imputation": IMPUTATION,
    "treatment": TREATMENT,
    "normalisation": NORMALISATION,
    "weighting": WEIGHTING,
    "aggregation": AGGREGATION,
}
"""By family and name: when to use it, what it assumes, what goes wrong."""
