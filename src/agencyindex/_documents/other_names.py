"""What others call our methods, to lead a reader to the name that documents use; it is no alias."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

OTHER_NAMES: Mapping[str, str] = {
    # scoring
    "points": "table map mapping lookup scores",
    "ordinal": "likert",
    "binary": "boolean dummy indicator yes_no",
    "number": "numeric value raw identity none",
    "share": "percent percentage proportion fraction",
    "linear": "minmax min_max interpolation",
    "ratio": "per_capita quotient",
    # imputation
    "mean": "average",
    "worst_observed": "worst",
    "previous_edition": "previous locf last_observation",
    "nearest_neighbours": "knn k_nearest_neighbours k_nearest_neighbors",
    # treatment
    "log": "ln logarithm log10",
    "power": "sqrt square_root square power_mean generalised_mean generalized_mean",
    "clip": "cap truncate trim",
    "winsorise": "winsorize winsorisation winsorization",
    # normalisation
    "attainable": "theoretical possible",
    "linear_map": "linear",
    "steps": "bands bins categorical",
    "minmax": "min_max rescaling rescale range scaling feature_scaling",
    "zscore": "z_score standardisation standardization standardise standardize standard_score",
    "robust": "mad median",
    "percentile_rank": "percentile percentiles",
    "distance_to_target": "target",
    "distance_to_reference": "reference",
    "fraction_of_max": "max maximum divide_by_max",
    "vector": "l2 norm unit_length topsis",
    "quantile_bands": "quantile quantiles deciles quintiles quartiles",
    # weighting
    "equal": "uniform none",
    "fixed": "stated manual expert experts custom weights",
    "budget_allocation": "bap",
    "rank_order_centroid": "roc",
    "ahp": "analytic_hierarchy analytic_hierarchy_process pairwise",
    "standard_deviation": "sd std",
    "coefficient_of_variation": "cv",
    "principal_component": "pca principal_components",
    "factor_analysis": "fa factor",
    "optimised": "optimal optimized",
    # aggregation
    "sum": "additive total weighted_sum",
    "arithmetic": "mean average weighted_mean weighted_average linear saw",
    "geometric": "product multiplicative weighted_product",
    "minimum": "min worst weakest",
    "maximum": "max best",
    "ordered": "owa",
    "mazziotta_pareto": "mpi",
    "benefit_of_the_doubt": "bod dea",
}
"""Other names of a method, by ours; one that several families have is in one line."""


def our_name(name: str, methods: Sequence[str]) -> str | None:
    """Which of the methods of a family others call so, or None.

    Examples
    --------
    >>> our_name("Z-score", ["minmax", "zscore"]), our_name("mean", ["minmax", "zscore"])
    ('zscore', None)
    """
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    return next((each for each in methods if plain in OTHER_NAMES.get(each, "").split()), None)
