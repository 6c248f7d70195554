"""Every method by the name that documents give it: ours, and those that other packages bring."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from agencyindex.errors import Findings, MethodError, Place, Problem
from agencyindex.methods import aggregation, imputation, normalisation, treatment, weighting
from agencyindex.methods.choices import (
    BinaryPoints,
    CountPoints,
    OptionPoints,
    OrdinalPoints,
    SharePoints,
)
from agencyindex.methods.gated import GatedPoints, NumberPoints
from agencyindex.methods.numbers import BandPoints, LinearPoints, Ratio
from agencyindex.methods.protocols import (
    Aggregation,
    Imputation,
    Normalisation,
    Scoring,
    Strategy,
    Treatment,
    Weighting,
)

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
        GatedPoints,
        NumberPoints,
        LinearPoints,
        BandPoints,
        Ratio,
    )
)
IMPUTATIONS: Mapping[str, type[Imputation]] = _by_name(
    (
        imputation.ConstantImputation,
        imputation.MeanImputation,
        imputation.MedianImputation,
        imputation.WorstObserved,
        imputation.GroupMean,
        imputation.GroupMedian,
        imputation.GroupValues,
        imputation.PreviousEdition,
        imputation.AgencyValues,
        imputation.NearestNeighbours,
        imputation.HotDeck,
    )
)
TREATMENTS: Mapping[str, type[Treatment]] = _by_name(
    (
        treatment.NoTreatment,
        treatment.Logarithm,
        treatment.Power,
        treatment.BoxCox,
        treatment.DistanceFrom,
        treatment.Clip,
        treatment.QuantileClip,
        treatment.Winsorise,
        treatment.ShiftedLogarithm,
    )
)
NORMALISATIONS: Mapping[str, type[Normalisation]] = _by_name(
    (
        normalisation.NoNormalisation,
        normalisation.Attainable,
        normalisation.Goalposts,
        normalisation.CappedGoalposts,
        normalisation.Constant,
        normalisation.LinearMap,
        normalisation.ReferenceTable,
        normalisation.Steps,
        normalisation.MinMax,
        normalisation.ZScore,
        normalisation.RobustScore,
        normalisation.Rank,
        normalisation.Borda,
        normalisation.PercentileRank,
        normalisation.DistanceToMax,
        normalisation.DistanceToReference,
        normalisation.DistanceToTarget,
        normalisation.FractionOfMax,
        normalisation.VectorNormalisation,
        normalisation.QuantileBands,
        normalisation.MeanBands,
        normalisation.Ampi,
    )
)
WEIGHTINGS: Mapping[str, type[Weighting]] = _by_name(
    (
        weighting.EqualWeights,
        weighting.FixedWeights,
        weighting.BudgetAllocation,
        weighting.RankSum,
        weighting.RankReciprocal,
        weighting.RankOrderCentroid,
        weighting.RatioWeights,
        weighting.SwingWeights,
        weighting.ReliabilityWeights,
        weighting.AnalyticHierarchy,
        weighting.StandardDeviationWeights,
        weighting.InverseDeviationWeights,
        weighting.VariationWeights,
        weighting.EntropyWeights,
        weighting.CriticWeights,
        weighting.InverseCorrelationWeights,
        weighting.PrincipalComponentWeights,
        weighting.FactorWeights,
        weighting.RegressionWeights,
        weighting.OptimisedWeights,
    )
)
AGGREGATIONS: Mapping[str, type[Aggregation]] = _by_name(
    (
        aggregation.Sum,
        aggregation.ArithmeticMean,
        aggregation.GeometricMean,
        aggregation.HarmonicMean,
        aggregation.PowerMean,
        aggregation.WeightedMedian,
        aggregation.Minimum,
        aggregation.Maximum,
        aggregation.OrderedWeightedAverage,
        aggregation.MazziottaPareto,
        aggregation.Copeland,
        aggregation.BordaCount,
        aggregation.Kemeny,
        aggregation.BenefitOfTheDoubt,
    )
)

FAMILIES: Mapping[str, Mapping[str, type[Any]]] = MappingProxyType(
    {
        "scoring": SCORINGS,
        "imputation": IMPUTATIONS,
        "treatment": TREATMENTS,
        "normalisation": NORMALISATIONS,
        "weighting": WEIGHTINGS,
        "aggregation": AGGREGATIONS,
    }
)
"""The methods of this package by family."""

PROTOCOLS: Mapping[str, Any] = MappingProxyType(
    {
        "scoring": Scoring,
        "imputation": Imputation,
        "treatment": Treatment,
        "normalisation": Normalisation,
        "weighting": Weighting,
        "aggregation": Aggregation,
    }
)


def strategies(family: str) -> dict[str, type[Any]]:
    """All methods of a family by name, those of installed plug-ins too.

    Parameters
    ----------
    family
        ``scoring``, ``imputation``, ``treatment``, ``normalisation``, ``weighting`` or
        ``aggregation``.

    Raises
    ------
    MethodError
        Where a plug-in cannot be used; all that cannot are named.

    Examples
    --------
    >>> "minmax" in strategies("normalisation")
    True
    """
    return {**FAMILIES[family], **plug_ins(family)}


@cache
def plug_ins(family: str) -> Mapping[str, type[Any]]:
    """Methods that other installed packages bring, by name.

    A package names its class under the entry point group ``agencyindex.<family>``. The entry
    point has the name that documents use; the class has the ClassVars ``name``, ``formula``,
    ``reference`` and ``schema``, the last a JSON Schema of an object for its parameters, and is
    an attrs class that offers what `agencyindex.methods.protocols` asks of the family.

    Raises
    ------
    MethodError
        ``bad-plug-in``, for each that cannot be used.
    """
    findings = Findings()
    found: dict[str, type[Any]] = {}
    for point in sorted(entry_points(group=f"agencyindex.{family}"), key=lambda each: each.name):
        fault, strategy = _loaded(point, family)
        if not fault and point.name in {*FAMILIES[family], *found}:
            fault = f"another {family} has the same name"
        if fault:
            findings.problems.append(unfit(point.name, point.value, fault))
        else:
            found[point.name] = strategy
    findings.raise_as(MethodError)
    return MappingProxyType(found)


def unfit(name: str, home: str, fault: str) -> Problem:
    """The problem of a plug-in that cannot be used."""
    message = f'The plug-in "{name}" ({home}) cannot be used: {fault}.'
    mend = "Mend the package that brings it, or uninstall it."
    return Problem("bad-plug-in", Place(), message, mend, found=home)


def stranger(kind: type[Any], family: str) -> str:
    """What is wrong with the class of an object that stands for a method; "" where nothing.

    It need not be registered, and then no document can name it; what is asked of it is the rest.
    """
    known = strategies(family)
    if kind in known.values():
        return ""
    own: Any = kind
    if not attrs.has(kind):
        return "it is no attrs class"
    lacking = _lacking(kind, PROTOCOLS[family])
    if lacking:
        return f"it has no {', '.join(lacking)}"
    return f"another {family} has the same name" if own.name in known else ""


def _loaded(point: EntryPoint, family: str) -> tuple[str, Any]:
    """What is wrong with an entry point, "" where nothing is, and what it names."""
    try:
        strategy: Any = point.load()
    except Exception as error:  # noqa: BLE001 - any code may run when a plug-in is imported
        return f"importing it fails ({type(error).__name__}: {error})", None
    if not inspect.isclass(strategy) or not attrs.has(strategy):
        return "it is no attrs class", None
    return _fault(strategy, point.name, family), strategy


def _fault(strategy: Any, name: str, family: str) -> str:
    """What a class lacks that is named as a method of a family; "" where nothing."""
    lacking = [*_lacking(strategy, PROTOCOLS[family]), *_without(strategy, ("schema",))]
    if lacking:
        return f"it has no {', '.join(lacking)}"
    if strategy.name != name:
        return f'the class calls itself "{strategy.name}"'
    known = {field.alias for field in attrs.fields(strategy) if field.init}
    stated = strategy.schema
    if not isinstance(stated, Mapping) or set(stated.get("properties", ())) != known:
        listed = ", ".join(sorted(known)) or "none"
        return f"its schema must be an object with its parameters as properties ({listed})"
    return ""


def _lacking(strategy: Any, protocol: Any) -> list[str]:
    """What a protocol asks for and a class does not offer, in the protocol's order.

    A class that inherits from the protocol has its methods, which do nothing.
    """
    asked: dict[str, None] = {}
    for base in reversed(protocol.__mro__):
        asked |= dict.fromkeys((*inspect.get_annotations(base), *vars(base)))
    return _without(strategy, [each for each in asked if not each.startswith("_")], protocol)


def _without(strategy: Any, asked: Sequence[str], protocol: Any = None) -> list[str]:
    given = {each: getattr(strategy, each, None) for each in asked}
    return [
        each
        for each, found in given.items()
        if found is None or found is getattr(protocol, each, None)
    ]
