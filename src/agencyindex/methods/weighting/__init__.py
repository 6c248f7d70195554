"""Weighting: how much each child of a node counts."""

from agencyindex.methods.weighting.stated import EqualWeights, FixedWeights

__all__ = ["EqualWeights", "FixedWeights"]
