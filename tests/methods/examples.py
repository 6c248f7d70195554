"""Some instances of every registered method, and which laws of its family hold of each.

The tests of families run through this table: a new method is tested once it stands here, and a
registered method that does not is a failure. What is declared is tested both ways: a law holds of
exactly those that name it.
"""

from __future__ import annotations

from typing import Any

import attrs

from agencyindex.methods import aggregation as agg
from agencyindex.methods import choices, gated, numbers
from agencyindex.methods import imputation as imp
from agencyindex.methods import normalisation as norm
from agencyindex.methods import treatment as treat
from agencyindex.methods import weighting as weigh

NAMES = ("a", "b", "c")
"""The children that the weightings by name speak of."""
OPTIONS = ("none", "some", "most", "all")
AGENCIES = tuple("ABCDEFGH")
"""Ids of the agencies that imputations and references may name."""


@attrs.frozen
class Example:
    """An instance of a method.

    Parameters
    ----------
    family, method
        Name of the family, and the instance.
    laws
        Names of the laws that hold of it besides those that hold of all.
    unit
        Of weightings: the power of a child's unit that its weight is proportional to.
    demanding
        Whether it takes no gaps, and no children of its own kind.
    """

    family: str
    method: Any
    laws: frozenset[str] = frozenset()
    unit: int = 0
    demanding: bool = False

    def __str__(self) -> str:
        return f"{self.family} {self.method!r}"


def _all(family: str, *rows: tuple[Any, ...], **more: Any) -> list[Example]:
    return [Example(family, method, frozenset(laws), **more) for method, *laws in rows]


EXAMPLES = [
    *_all(
        "scoring",
        (choices.OptionPoints(points={"none": 0, "some": 0.1, "most": 0.7, "all": 1}),),
        (choices.OptionPoints(points={"all": 5}, default=-1),),
        (choices.OrdinalPoints(best="last"),),
        (choices.OrdinalPoints(best="first"),),
        (choices.BinaryPoints(ones=["most", "all"]),),
        (choices.CountPoints(),),
        (choices.CountPoints(weights={"none": 0, "some": 0.1, "most": 0.2, "all": -1}, cap=0.2),),
        (choices.SharePoints(),),
        (gated.GatedPoints(rules=[{"chosen": ["some"], "points": 5}]),),
        (
            gated.GatedPoints(
                rules=[
                    {"chosen": ["some"], "points": 5},
                    {"chosen": ["some", "most"], "not_chosen": ["all"], "points": -5},
                    {"not_chosen": ["some"], "points": 1},
                ]
            ),
        ),
        (gated.NumberPoints(),),
        (numbers.LinearPoints(lower=0, upper=500, outside="clip", better="higher"),),
        (numbers.LinearPoints(lower=0, upper=500, outside="clip", better="lower"),),
        (numbers.BandPoints(edges=[10, 50.5], values=[0.1, 0.2, 0.7]),),
        (numbers.Ratio(denominator="a2", when_zero="error"),),
        (numbers.Ratio(attribute="staff", when_zero="not_answered"),),
    ),
    *_all(
        "imputation",
        (imp.ConstantImputation(value=0), "copies"),
        (imp.ConstantImputation(value=-2.5), "copies"),
        (imp.MeanImputation(), "equivariant", "copies"),
        (imp.MedianImputation(), "equivariant", "copies"),
        (imp.WorstObserved(), "equivariant", "copies"),
        (imp.GroupMean(group="size"), "equivariant", "copies"),
        (imp.GroupMedian(group="size"), "equivariant", "copies"),
        (imp.GroupValues(group="size", values={"large": 2, "small": 0.5}), "copies"),
        (imp.PreviousEdition(), "copies"),
        (imp.AgencyValues(values={"A": 1, "B": 2.5}),),
        (imp.NearestNeighbours(neighbours=1), "equivariant", "copies"),
        (imp.NearestNeighbours(neighbours=3), "equivariant"),
        (imp.HotDeck(seed=0), "equivariant"),
        (imp.HotDeck(seed=17, group="size"), "equivariant"),
    ),
    *_all(
        "treatment",
        (treat.NoTreatment(), "scale", "shift", "rising"),
        (treat.Logarithm(plus=0), "rising"),
        (treat.Logarithm(plus=1), "rising"),
        (treat.Power(exponent=0.5), "rising"),
        (treat.Power(exponent=2), "rising"),
        (treat.Power(exponent=-1),),
        (treat.BoxCox(exponent=0), "rising"),
        (treat.BoxCox(exponent=0.5), "rising"),
        (treat.BoxCox(exponent=-1), "rising"),
        (treat.ShiftedLogarithm(shift=-1, mirrored=False), "rising"),
        (treat.ShiftedLogarithm(shift=1e7, mirrored=True), "rising"),
        (treat.Clip(lower=50), "rising"),
        (treat.Clip(upper=100), "rising"),
        (treat.Clip(lower=50, upper=100), "rising"),
        (treat.QuantileClip(lower=0.05, upper=0.95), "scale", "shift", "rising"),
        (treat.DistanceFrom(point=70, side="both"),),
        (treat.DistanceFrom(point=70, side="above"), "rising"),
        (treat.DistanceFrom(point=70, side="below"),),
        (
            treat.Winsorise(skewness=2, kurtosis=3.5, most=5, otherwise="error"),
            *("scale", "shift", "rising"),
        ),
        (
            treat.Winsorise(skewness=2, kurtosis=3.5, most=5, otherwise="none"),
            *("scale", "shift", "rising"),
        ),
        (treat.Winsorise(skewness=0.1, kurtosis=-2, most=0, otherwise="log"), "rising"),
    ),
    *_all(
        "normalisation",
        (norm.NoNormalisation(), "copies"),
        (norm.Attainable(to=[0, 100]), "copies"),
        (norm.Goalposts(goalposts=[20, 85], to=[0, 1], clip=True), "copies"),
        (norm.Goalposts(goalposts=[20, 85.5], to=[100, 1], clip=False), "copies"),
        (norm.CappedGoalposts(goalposts=[20, 70], to=[0, 1]), "copies"),
        (norm.Constant(value=50), "scale", "shift", "copies"),
        (norm.LinearMap(centre=20, spread=5, mean=100, deviation=10), "copies"),
        (norm.ReferenceTable(values=[10, 20, 400], scores=[1, 2, 3]), "copies"),
        (norm.Steps(edges=[40, 60], values=[-1, 0, 1], closed=["upper", "lower"]), "copies"),
        (norm.MinMax(to=[0, 100], clip=True), "scale", "shift", "copies"),
        (norm.MinMax(to=[7, 3], clip=False, when_constant=5), "scale", "shift", "copies"),
        (norm.ZScore(mean=0, deviation=1), "scale", "shift"),
        (norm.ZScore(mean=100, deviation=10, when_constant=100), "scale", "shift"),
        (norm.ZScore(mean=0, deviation=1, of="population"), "scale", "shift", "copies"),
        (norm.RobustScore(mean=0, deviation=1), "scale", "shift", "copies"),
        (
            norm.RobustScore(mean=50, deviation=10, when_constant=50),
            *("scale", "shift", "copies"),
        ),
        (norm.Rank(ties="smallest"), "scale", "shift"),
        (norm.Rank(ties="average"), "scale", "shift"),
        (norm.Borda(ties="largest"), "scale", "shift"),
        (norm.Borda(ties="average"), "scale", "shift"),
        (norm.PercentileRank(ties="smallest", of="others", to=[0, 100]), "scale", "shift"),
        (
            norm.PercentileRank(ties="largest", of="all", to=[0, 1]),
            *("scale", "shift", "copies"),
        ),
        (norm.DistanceToMax(), "scale", "shift", "copies"),
        (norm.DistanceToMax(when_constant=0.5), "scale", "shift", "copies"),
        (norm.DistanceToReference(agency="A", origin="zero"), "scale", "copies"),
        (norm.DistanceToReference(agency="A", origin="minimum"), "scale", "shift", "copies"),
        (norm.DistanceToTarget(target=300, cap=True), "copies"),
        (norm.DistanceToTarget(target=300, cap=False, when_constant=1), "copies"),
        (norm.FractionOfMax(), "scale", "copies"),
        (norm.VectorNormalisation(), "scale"),
        (
            norm.QuantileBands(
                quantiles=[0.15, 0.25, 0.65, 0.85, 0.95], values=[0, 20, 40, 60, 80, 100]
            ),
            *("scale", "shift"),
        ),
        (
            norm.QuantileBands(quantiles=[0.5], values=[0, 1], when_constant=0.5),
            *("scale", "shift", "copies"),
        ),
        (norm.MeanBands(width=0.1, below=-1, within=0, above=1), "scale", "copies"),
        (norm.Ampi(), "scale", "shift", "copies"),
        (norm.Ampi(centre=2.5, when_constant=100), "copies"),
    ),
    *_all(
        "weighting",
        (weigh.EqualWeights(),),
        (weigh.FixedWeights(),),
        (
            weigh.BudgetAllocation(
                budgets=[{"a": 33.3, "b": 33.3, "c": 33.4}, {"a": 100, "b": 0, "c": 0}]
            ),
        ),
        (weigh.RankSum(ranks={"a": 1.5, "b": 3, "c": 1.5}),),
        (weigh.RankReciprocal(ranks={"a": 1, "b": 2.5, "c": 2.5}),),
        (weigh.RankOrderCentroid(ranks={"a": 2, "b": 2, "c": 2}),),
        (weigh.RatioWeights(points={"a": 0.5, "b": 0, "c": 0.1}),),
        (weigh.SwingWeights(points={"a": 100, "b": 40, "c": 33}),),
        (weigh.ReliabilityWeights(reliability={"a": 3, "b": 1, "c": 2}, share=1 / 3),),
        (weigh.AnalyticHierarchy(comparisons={"a": {"b": 3, "c": 5}, "b": {"c": 2}, "c": {}}),),
        (weigh.CriticWeights(),),
        (weigh.InverseCorrelationWeights(),),
        (weigh.PrincipalComponentWeights(negative="error"),),
        (weigh.PrincipalComponentWeights(negative="zero"),),
        (weigh.PrincipalComponentWeights(negative="keep"), "signs"),
        (weigh.FactorWeights(eigenvalue=1, kaiser=True),),
        (weigh.FactorWeights(share=0.6, kaiser=False),),
    ),
    *_all("weighting", (weigh.StandardDeviationWeights(), "gaps"), unit=1),
    *_all(
        "weighting",
        (weigh.RegressionWeights(outcome="trust", negative="error"),),
        (weigh.RegressionWeights(outcome="trust", negative="zero"),),
        (weigh.RegressionWeights(outcome="trust", negative="keep"), "signs"),
        (weigh.OptimisedWeights(),),
        (weigh.OptimisedWeights(targets={"a": 1.2, "b": 1, "c": 1.1}),),
        (weigh.InverseDeviationWeights(), "gaps"),
        unit=-1,
    ),
    *_all(
        "weighting",
        (weigh.VariationWeights(), "gaps", "origin"),
        (weigh.EntropyWeights(), "origin"),
    ),
    *_all(
        "aggregation",
        (agg.Sum(), "scale"),
        (agg.ArithmeticMean(), "scale", "shift", "shares"),
        (agg.GeometricMean(zero="zero"), "scale", "shares"),
        (agg.GeometricMean(zero="error"), "scale", "shares"),
        (agg.HarmonicMean(zero="zero"), "scale", "shares"),
        (agg.HarmonicMean(zero="error"), "scale", "shares"),
        (agg.PowerMean(exponent=-0.5, zero="zero"), "scale", "shares"),
        (agg.PowerMean(exponent=0.5, zero="error"), "scale", "shares"),
        (agg.PowerMean(exponent=1, zero="error"), "scale", "shift", "shares"),
        (agg.PowerMean(exponent=2, zero="error"), "scale", "shares"),
        (agg.WeightedMedian(), "scale", "shift", "shares"),
        (agg.Minimum(), "scale", "shift", "shares"),
        (agg.Maximum(), "scale", "shift", "shares"),
        (agg.OrderedWeightedAverage(weights=[1, 2, 3, 0]), "scale", "shift", "shares"),
        (agg.OrderedWeightedAverage(weights=[0, 0, 1, 2]), "scale", "shift", "shares"),
        (agg.MazziottaPareto(penalty="downward"), "scale", "shares"),
        (agg.MazziottaPareto(penalty="upward"), "scale", "shares"),
        (agg.Copeland(), "unitless", "originless", "shares"),
        (agg.BordaCount(ties="smallest"), "unitless", "originless", "shares"),
        (agg.BordaCount(ties="average"), "unitless", "originless", "shares"),
        (agg.Kemeny(), "unitless", "originless", "shares"),
    ),
    *_all(
        "aggregation",
        (agg.BenefitOfTheDoubt(), "unitless", "copies", "shares"),
        (agg.BenefitOfTheDoubt(lower=0.05), "unitless", "copies", "shares"),
        (agg.BenefitOfTheDoubt(lower=0.1, upper=0.5), "unitless", "copies", "shares"),
        demanding=True,
    ),
]


def of(family: str) -> list[Example]:
    """The examples of a family."""
    return [example for example in EXAMPLES if example.family == family]
