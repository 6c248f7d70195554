"""Aggregation: one value from the available children of a node."""

from agencyindex.methods.aggregation.frontier import BenefitOfTheDoubt
from agencyindex.methods.aggregation.means import ArithmeticMean, GeometricMean, Sum
from agencyindex.methods.aggregation.order import (
    Maximum,
    Minimum,
    OrderedWeightedAverage,
    WeightedMedian,
)
from agencyindex.methods.aggregation.outranking import BordaCount, Copeland, Kemeny
from agencyindex.methods.aggregation.penalty import MazziottaPareto
from agencyindex.methods.aggregation.powers import HarmonicMean, PowerMean

__all__ = [
    "ArithmeticMean",
    "BenefitOfTheDoubt",
    "BordaCount",
    "Copeland",
    "GeometricMean",
    "HarmonicMean",
    "Kemeny",
    "Maximum",
    "MazziottaPareto",
    "Minimum",
    "OrderedWeightedAverage",
    "PowerMean",
    "Sum",
    "WeightedMedian",
]
