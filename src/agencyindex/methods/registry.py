"""Every method by the name that documents give it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from agencyindex.methods.aggregation import ArithmeticMean, GeometricMean, Sum
from agencyindex.methods.choices import (
    BinaryPoints,
    CountPoints,
    OptionPoints,
    OrdinalPoints,
    SharePoints,
)
from agencyindex.methods.normalisation import (
    Attainable,
    Constant,
    Goalposts,
    MinMax,
    NoNormalisation,
)
from agencyindex.methods.numbers import BandPoints, LinearPoints, Ratio
from agencyindex.methods.protocols import (
    Aggregation,
    Normalisation,
    Scoring,
    Strategy,
    Weighting,
)
from agencyindex.methods.weighting import EqualWeights, FixedWeights

S = TypeVar("S", bound=Strategy)


def _by_name(strategies: tuple[type[S], ...]) -> Mapping[str, type[S]]:
    return MappingProxyType({strategy.name: strategy for strategy in strategies})


SCORINGS: Mapping[str, type[Scoring]] = _by_name(
    (
        OptionPoints,
        OrdinalPoints,
        BinaryPoints,
        CountPoints,
        SharePoints,
        LinearPoints,
        BandPoints,
        Ratio,
    )
)
NORMALISATIONS: Mapping[str, type[Normalisation]] = _by_name(
    (NoNormalisation, Attainable, Goalposts, MinMax, Constant)
)
WEIGHTINGS: Mapping[str, type[Weighting]] = _by_name((EqualWeights, FixedWeights))
AGGREGATIONS: Mapping[str, type[Aggregation]] = _by_name((Sum, ArithmeticMean, GeometricMean))
