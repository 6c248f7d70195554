"""Weighting: how much each child of a node counts."""

from agencyindex.methods.weighting.ahp import AnalyticHierarchy
from agencyindex.methods.weighting.experts import (
    BudgetAllocation,
    RatioWeights,
    ReliabilityWeights,
    SwingWeights,
)
from agencyindex.methods.weighting.factors import FactorWeights, PrincipalComponentWeights
from agencyindex.methods.weighting.ranks import RankOrderCentroid, RankReciprocal, RankSum
from agencyindex.methods.weighting.relations import CriticWeights, InverseCorrelationWeights
from agencyindex.methods.weighting.spread import (
    EntropyWeights,
    InverseDeviationWeights,
    StandardDeviationWeights,
    VariationWeights,
)
from agencyindex.methods.weighting.stated import EqualWeights, FixedWeights
from agencyindex.methods.weighting.targets import OptimisedWeights, RegressionWeights

__all__ = [
    "AnalyticHierarchy",
    "BudgetAllocation",
    "CriticWeights",
    "EntropyWeights",
    "EqualWeights",
    "FactorWeights",
    "FixedWeights",
    "InverseCorrelationWeights",
    "InverseDeviationWeights",
    "OptimisedWeights",
    "PrincipalComponentWeights",
    "RankOrderCentroid",
    "RankReciprocal",
    "RankSum",
    "RatioWeights",
    "RegressionWeights",
    "ReliabilityWeights",
    "StandardDeviationWeights",
    "SwingWeights",
    "VariationWeights",
]
