"""Treatment: transforms and outliers, one indicator at a time, before normalisation."""

from agencyindex.methods.treatment.bounds import Clip, DistanceFrom, QuantileClip
from agencyindex.methods.treatment.outliers import ShiftedLogarithm, Winsorise
from agencyindex.methods.treatment.transforms import BoxCox, Logarithm, NoTreatment, Power

__all__ = [
    "BoxCox",
    "Clip",
    "DistanceFrom",
    "Logarithm",
    "NoTreatment",
    "Power",
    "QuantileClip",
    "ShiftedLogarithm",
    "Winsorise",
]
