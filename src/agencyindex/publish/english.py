"""The words of a methodology page, in English."""

from __future__ import annotations

from collections.abc import Mapping

from agencyindex._model.phrases import IN_ENGLISH

ENGLISH: Mapping[str, str] = {
    **IN_ENGLISH,
    # heads
    "index": "Index: {}, version {}",
    "questionnaire": "Questionnaire: {} ({}, version {})",
    "scale": "Scale: from {} to {}",
    "population": "Learnt from {} agencies, edition {}",
    "synthetic_population": "Synthetic: data that the index has learnt from are made up.",
    "fingerprints": "Fingerprints (SHA-256): answers learnt from {}, definition before that {}",
    "register_read": "Fingerprint of the register that was read: {}",
    "edition_before": "Learnt from the edition before as well: {}, fingerprint of the answers {}",
    "synthetic_index": "Synthetic: this index is made up.",
    "synthetic_questionnaire": "Synthetic: this questionnaire is made up.",
    "to_learn": (
        "Some numbers of this index are not stated: they are learnt from the answers of a "
        "population of agencies when it is fitted. These steps learn:"
    ),
    "learns": "{}: {}",
    "mean_rule": "the mean for missing answers",
    # chapters
    "steps": "How a figure comes about",
    "steps_text": (
        "An answer becomes points by the scoring of its indicator, or, where it is missing, by a "
        "rule. The points are normalised, so that more is better and indicators can be put "
        "together. The indicators of a part are then weighted and put together to the value of "
        "the part, the parts to the index, and the index is rounded and ranked. What is stated "
        "here holds for the whole index, unless something else is stated for a part below."
    ),
    "missing": "Missing answers",
    "imputation": "Imputation",
    "treatment": "Transformations and outliers",
    "normalisation": "Normalisation",
    "weighting": "Weights",
    "aggregation": "Aggregation",
    "rescaling": "Rescaling of the index",
    "publishing": "Rounding, ranks and bands",
    "parts": "Parts and indicators",
    "routing": "Other questions that are used",
    "routing_text": (
        "These questions give no points themselves. They decide what is asked, or are what other "
        "answers are divided by."
    ),
    "methods": "Methods",
    "methods_text": (
        "In the formulas {} is the answer of agency {}, {} are points, {} is what a step is given "
        "and {} what it gives, {} is the weight of part {}, {} those that have a value, and {} is 1 "
        "where the condition holds and 0 elsewhere."
    ),
    # missing answers
    "no_rules": "Each part or indicator states what missing answers count as.",
    "reason": "Reason",
    "counts_as": "What it counts as",
    "not_answered": "not answered",
    "dont_know": "don't know",
    "refused": "refused",
    "not_applicable": "not applicable",
    "not_asked": "not asked",
    "exclude": "left out",
    "worst": "as the worst that can be attained",
    "best": "as the best that can be attained",
    "mean": "as the mean of the population",
    "impute": "imputed",
    "propagate": "missing: the whole part gets no value",
    "shared": "Where something is left out, its weight is shared among the others.",
    "adds_nothing": "In a sum, what is left out adds nothing.",
    "points_rule": "{} points",
    "imputed_by": "What is imputed is: {}.",
    "no_imputation": "No imputation holds for the whole index; the parts state their own.",
    "coverage": (
        "A part gets no value where what has a value holds less than {} of the weight in it."
    ),
    "no_coverage": "There is no least share of the weight that must have a value.",
    # steps
    "treated_by": "Before normalisation, in this order:",
    "normalised_by": "The values of each indicator are normalised by: {}.",
    "no_normalisation": "Each part or indicator states its own.",
    "weighted_by": "The weights of the parts of a whole come from: {}.",
    "weights_text": (
        "The weight is the share among the parts of the same whole. The effective weight is the "
        "product of the shares from the index down: the share of the whole index."
    ),
    "weights_share": (
        "Where values are put together by anything but a sum, the weight is the share among the "
        "parts of the same whole, in per cent."
    ),
    "weights_term": (
        "In a sum the weight is the number that the value of the part is multiplied by: equal "
        "weights are 1, stated weights are used as they are stated, and weights by any other "
        "method are used as its formula gives them. They need not sum to 1."
    ),
    "weights_effective": (
        "The effective weight is the product of the weights from the index down: how much the "
        "index rises for each 1 by which the value of the part rises, before any rescaling."
    ),
    "effective_share": "Where it is in per cent, it is the share of the whole index.",
    "not_linear": (
        "Where values are put together by something else than an arithmetic mean or a sum, the "
        "effective weight says how much a part is meant to count, and not how many points it can "
        "move."
    ),
    "weights_learnt": "Weights that are learnt have no numbers before the index is fitted.",
    "aggregated_by": "The values of the parts are put together by: {}.",
    "rescaled_by": "The value of the index is then rescaled by: {}.",
    # weights
    "part": "Part",
    "own_weight": "Weight",
    "effective": "Effective weight",
    "learnt": "learnt",
    # publishing
    "nowhere": "Figures are not rounded.",
    "published": "The published figure is rounded to {}, {}.",
    "every_level": "Every value at every level is rounded to {}, {}.",
    "decimal": "1 decimal",
    "decimals": "{} decimals",
    "half_up": "ties away from zero",
    "half_even": "ties to the even digit",
    "binary": "to the nearer number in binary",
    "rank_on": "Agencies are ranked by {}, and the {} has rank 1.",
    "raw": "the figure before rounding",
    "published_figure": "the published figure",
    "highest": "highest",
    "lowest": "lowest",
    "smallest": "Equal figures get the smallest of their ranks.",
    "largest": "Equal figures get the largest of their ranks.",
    "average": "Equal figures get the mean of their ranks.",
    "dense": "Equal figures get the same rank, and the next figure the next rank.",
    "band": "Band",
    "figures": "Published figure",
    "below_edge": "below {}",
    "to_edge": "up to and including {}",
    "until_edge": "up to but not including {}",
    "from_edge": "from {}",
    "above_edge": "above {}",
    "upwards": "{} up",
    "closed_upper": "A figure on a limit belongs to the band above it.",
    "closed_lower": "A figure on a limit belongs to the band below it.",
    # parts
    "id": "Name in data: {}",
    "weight": "Weight: {} of its whole and {} of the index",
    "weight_within": "Weight: {} of its whole; effective weight {}",
    "weight_term": "Weight: {} in the sum; effective weight {}",
    "stated": "{} (stated)",
    "stated_share": "{} (stated), which is {}",
    "source": "Source: {}",
    "own_missing": "Missing answers, {}: {}",
    "own_coverage": "Least share of the weight that must have a value: {}",
    "own_imputation": "Imputation: {}",
    "own_treatment": "Transformation: {}",
    "untreated": "none",
    "own_normalisation": "Normalisation: {}",
    "own_weighting": "Weights of its parts: {}",
    "own_aggregation": "Its parts are put together by: {}",
    "own_rescaling": "Rescaled by: {}",
    # indicators and questions
    "question": "Question: {} ({})",
    "attribute": "The register's attribute {}: no question, a number that is known of each agency",
    "asked": "Asked: {}",
    "type": "Answer: {}",
    "single_choice": "one of the options",
    "yes_no": "yes or no",
    "multiple_choice": "one or several of the options",
    "whole_number": "a whole number",
    "unit": "{}, unit: {}",
    "scoring": "Points: {}",
    "range": "Fewest and most points: {} and {}",
    "more": "More is better",
    "fewer": "Fewer is better: the value changes sign before normalisation",
    "item_source": "Source of the question: {}",
    "note": "Note: {}",
    "option": "Option",
    "value": "In data",
    "points": "Points",
    "alone": "Points where chosen alone",
    "exclusive": "{} (excludes the others)",
    "exclusive_points": (
        "An option that excludes the others takes no part in these points: it is worth as much as "
        "to choose none of the others, which is {}."
    ),
    # methods
    "in_sum": "In a sum:",
    "elsewhere": "Otherwise:",
    "number_of_parts": "how many parts the whole has",
    "stated_weight": "the stated weight",
    "formula_symbols": "Symbols: {}.",
    "is": "{}: {}",
    "reference": "Reference: {}",
    "families": "{}: {}",
    "scoring_family": "Points",
    # tables at the end
    "tables": "Tables",
    "table": "Table {}: {}, {}",
    "in_table": "see table {} at the end",
    "number_of": "No.",
    "class": "Class",
    # figures
    "percent": "{}%",
    "quoted": "“{}”",
    "span": "from {} to {}",
    "pair": "{} and {}",
    "chosen": "all of {}",
    "not_chosen": "none of {}",
    "point": ".",
}
