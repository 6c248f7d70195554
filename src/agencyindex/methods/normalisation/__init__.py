"""Normalisation: values of one indicator to a common scale."""

from agencyindex.methods.normalisation.bands import MeanBands, QuantileBands, Steps
from agencyindex.methods.normalisation.distances import (
    CappedGoalposts,
    DistanceToMax,
    DistanceToTarget,
)
from agencyindex.methods.normalisation.lines import (
    Attainable,
    Constant,
    Goalposts,
    MinMax,
    NoNormalisation,
)
from agencyindex.methods.normalisation.quotients import (
    DistanceToReference,
    FractionOfMax,
    VectorNormalisation,
)
from agencyindex.methods.normalisation.ranks import (
    Borda,
    PercentileRank,
    Rank,
    ReferenceTable,
)
from agencyindex.methods.normalisation.scores import Ampi, LinearMap, RobustScore, ZScore

__all__ = [
    "Ampi",
    "Attainable",
    "Borda",
    "CappedGoalposts",
    "Constant",
    "DistanceToMax",
    "DistanceToReference",
    "DistanceToTarget",
    "FractionOfMax",
    "Goalposts",
    "LinearMap",
    "MeanBands",
    "MinMax",
    "NoNormalisation",
    "PercentileRank",
    "QuantileBands",
    "Rank",
    "ReferenceTable",
    "RobustScore",
    "Steps",
    "VectorNormalisation",
    "ZScore",
]
