"""Aggregation: one value from the available children of a node."""

from agencyindex.methods.aggregation.means import ArithmeticMean, GeometricMean, Sum

__all__ = ["ArithmeticMean", "GeometricMean", "Sum"]
