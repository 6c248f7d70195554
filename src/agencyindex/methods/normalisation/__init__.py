"""Normalisation: values of one indicator to a common scale."""

from agencyindex.methods.normalisation.lines import (
    Attainable,
    Constant,
    Goalposts,
    MinMax,
    NoNormalisation,
)

__all__ = ["Attainable", "Constant", "Goalposts", "MinMax", "NoNormalisation"]
