"""Aggregation: one value from the available children of a node."""

from agencyindex.methods.aggregation.means import ArithmeticMean, GeometricMean, Sum
from agencyindex.methods.aggregation.powers import HarmonicMean, PowerMean

__all__ = ["ArithmeticMean", "GeometricMean", "HarmonicMean", "PowerMean", "Sum"]
