"""What each method needs and becomes, found by trying it on a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from agencyindex.errors import MethodError
from agencyindex.methods import registry
from agencyindex.methods.protocols import Peers, Siblings

NAMES = ("a", "b", "c")
RANKS = {"ranks": {"a": 1, "b": 2, "c": 3}}
POINTS = {"points": {"a": 100, "b": 50, "c": 25}}
TIES = {"ties": "average"}
CENTRE = {"mean": 0, "deviation": 1, "when_constant": 0}

PARAMETERS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "scoring": {
        "points": {"points": {"yes": 1, "no": 0}},
        "ordinal": {"best": "last"},
        "binary": {"ones": ["yes"]},
        "gated": {"rules": [{"points": 1, "chosen": ["yes"]}]},
        "linear": {"lower": 0, "upper": 10, "outside": "clip", "better": "higher"},
        "bands": {"edges": [1], "values": [0, 1]},
        "ratio": {"attribute": "staff", "when_zero": "error"},
    },
    "imputation": {
        "constant": {"value": 1},
        "group_mean": {"group": "sector"},
        "group_median": {"group": "sector"},
        "group_values": {"group": "sector", "values": {"x": 1}},
        "agency_values": {"values": {"a": 1}},
        "nearest_neighbours": {"neighbours": 1},
        "hot_deck": {"seed": 1, "group": "sector"},
    },
    "treatment": {
        "log": {"plus": 0},
        "power": {"exponent": 0.5},
        "box_cox": {"exponent": 0.5},
        "distance": {"point": 1, "side": "both"},
        "clip": {"lower": 0, "upper": 1},
        "quantile_clip": {"lower": 0.1, "upper": 0.9},
        "winsorise": {"skewness": 2, "kurtosis": 3.5, "most": 1, "otherwise": "log"},
        "shifted_log": {"shift": 0, "mirrored": False},
    },
    "normalisation": {
        "attainable": {"to": [0, 1]},
        "goalposts": {"goalposts": [0, 1], "to": [0, 1], "clip": True},
        "capped_goalposts": {"goalposts": [0, 1], "to": [0, 1]},
        "constant": {"value": 1},
        "linear_map": {"centre": 0, "spread": 1, "mean": 0, "deviation": 1},
        "reference_table": {"values": [0, 1], "scores": [1, 2]},
        "steps": {"edges": [1], "values": [0, 1], "closed": ["upper"]},
        "minmax": {"to": [0, 1], "clip": True, "when_constant": 0},
        "zscore": CENTRE,
        "robust": CENTRE,
        "rank": TIES,
        "borda": TIES,
        "percentile_rank": {**TIES, "of": "others", "to": [0, 1]},
        "distance_to_max": {"when_constant": 0},
        "distance_to_reference": {"agency": "a", "origin": "zero"},
        "distance_to_target": {"target": 10, "cap": False, "when_constant": 0},
        "quantile_bands": {"quantiles": [0.5], "values": [0, 1], "when_constant": 0},
        "mean_bands": {"width": 0.1, "below": -1, "within": 0, "above": 1},
        "ampi": {"when_constant": 100},
    },
    "weighting": {
        "budget_allocation": {"budgets": [{"a": 50, "b": 30, "c": 20}]},
        "rank_sum": RANKS,
        "rank_reciprocal": RANKS,
        "rank_order_centroid": RANKS,
        "ratio": POINTS,
        "swing": POINTS,
        "reliability": {"reliability": POINTS["points"], "share": 0.5},
        "ahp": {"comparisons": {"a": {"b": 2, "c": 4}, "b": {"c": 2}}},
        "principal_component": {"negative": "keep"},
        "factor_analysis": {"eigenvalue": 1, "kaiser": True},
        "regression": {"outcome": "trust", "negative": "keep"},
    },
    "aggregation": {
        "geometric": {"zero": "error"},
        "harmonic": {"zero": "error"},
        "power": {"exponent": -0.5, "zero": "error"},
        "ordered": {"weights": [1, 2, 3]},
        "mazziotta_pareto": {"penalty": "downward"},
        "borda": TIES,
    },
}
"""Parameters to try each method with; where one is not named it has none that must be given."""

POPULATIONS = (
    np.array([1.0, 2.0, 4.0]),
    np.array([2.0, 2.0, 2.0]),
    np.array([1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 9.0]),
    np.array([1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1, 2.2, 2.3, 40.0, 90.0]),
)
CHILDREN = np.array(
    [[1.0, 2.0, 2.5], [3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [4.0, 5.0, 4.0], [6.0, 4.0, 5.0]]
)
"""Values of three children that go together, so that every weighting takes them."""


def example(family: str, name: str) -> Any:
    """The method with parameters that it can be tried with."""
    return registry.FAMILIES[family][name](**PARAMETERS[family].get(name, {}))


def works(attempt: Callable[[], object]) -> bool:
    """Whether a method takes what it is given."""
    try:
        attempt()
    except MethodError:
        return False
    return True


def becomes(family: str, name: str) -> list[str]:
    """Names of what a fit may write for a learnt method; none for a declared one."""
    method = example(family, name)
    if family == "weighting":
        return [] if method.states or name == "equal" else ["fixed"]
    if not getattr(method, "learnt", False) or not getattr(method, "freezes", True):
        return []
    return list(dict.fromkeys(type(each).name for each in fits(family, method)))


def fits(family: str, method: Any) -> Iterator[Any]:
    """What a method becomes on each of the populations."""
    for values in POPULATIONS:
        agencies = [chr(97 + number) for number in range(len(values))]
        if family == "imputation":
            peers = Peers(agencies=agencies, groups=["x"] * len(values), previous=values)
            yield method.fit(np.append(values[:-1], np.nan), peers, 1)
        elif family == "treatment":
            yield method.fit(values)
        else:
            yield method.fit(values, (-np.inf, np.inf), agencies)


def takes(family: str, name: str) -> Callable[[Any], bool] | None:
    """Whether a method takes an array (n, m) of children, or of values in one column."""
    method = example(family, name)
    if family == "aggregation":
        return lambda values: works(lambda: method.aggregate(values, np.ones(values.shape[1])))
    if family == "weighting":
        return lambda values: works(
            lambda: method.weights(
                values,
                Siblings(names=NAMES, stated=np.ones(len(NAMES)), outcome=CHILDREN.sum(axis=1)),
            )
        )
    if family == "treatment" and not method.learnt:
        return lambda values: works(lambda: method.treat(values[:, 0]))
    return None


def values_needed(family: str, name: str) -> str:
    """What values a method takes: any, those of at least 0, or those above 0."""
    accepts = takes(family, name)
    if accepts is None:
        return ""
    zero, negative = CHILDREN.copy(), CHILDREN.copy()
    zero[0, 0] = 0.0
    negative[:, 0] -= 10.0
    if accepts(negative):
        return ""
    return "at least 0" if accepts(zero) else "above 0"


def complete(family: str, name: str) -> bool:
    """Whether a method refuses gaps."""
    accepts = takes(family, name)
    gap = CHILDREN.copy()
    gap[0, 0] = np.nan
    return accepts is not None and not accepts(gap)


def besides(family: str, name: str) -> list[str]:
    """What a method needs besides the answers: parameters that name an attribute, older answers."""
    strategy = registry.FAMILIES[family][name]
    known = ("attribute", "group", "outcome")
    found = [f"register (`{each.alias}`)" for each in attrs.fields(strategy) if each.alias in known]
    method = example(family, name)
    if family == "imputation" and method.learnt and method.freezes:
        peers = Peers(agencies=NAMES, groups=["x"] * len(NAMES))
        if not works(lambda: method.fit(POPULATIONS[0], peers, 1)):
            found.append("the edition before")
    return found
