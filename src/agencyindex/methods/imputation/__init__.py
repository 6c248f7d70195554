"""Imputation: a value for what is missing, one indicator at a time."""

from agencyindex.methods.imputation.donors import HotDeck, NearestNeighbours
from agencyindex.methods.imputation.editions import AgencyValues, PreviousEdition
from agencyindex.methods.imputation.groups import GroupMean, GroupMedian, GroupValues
from agencyindex.methods.imputation.values import (
    ConstantImputation,
    MeanImputation,
    MedianImputation,
    WorstObserved,
)

__all__ = [
    "AgencyValues",
    "ConstantImputation",
    "GroupMean",
    "GroupMedian",
    "GroupValues",
    "HotDeck",
    "MeanImputation",
    "MedianImputation",
    "NearestNeighbours",
    "PreviousEdition",
    "WorstObserved",
]
