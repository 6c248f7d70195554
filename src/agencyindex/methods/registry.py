"""Every strategy by the name that documents use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

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
from agencyindex.methods.weighting import EqualWeights, FixedWeights


def _by_name(*strategies: Any) -> Mapping[str, Any]:
    return MappingProxyType({strategy.name: strategy for strategy in strategies})


SCORINGS = _by_name(
    OptionPoints,
    OrdinalPoints,
    BinaryPoints,
    CountPoints,
    SharePoints,
    LinearPoints,
    BandPoints,
    Ratio,
)
NORMALISATIONS = _by_name(NoNormalisation, Attainable, Goalposts, MinMax, Constant)
WEIGHTINGS = _by_name(EqualWeights, FixedWeights)
AGGREGATIONS = _by_name(Sum, ArithmeticMean, GeometricMean)
