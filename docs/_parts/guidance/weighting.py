"""Weightings: when each is of use, what it assumes, what goes wrong."""

WEIGHTING = {
    "equal": (
        "Where no reason for other weights can be told. It is a choice like any.",
        "Children are equally important, and so are their ranges.",
        "A theme that is asked about in ten questions counts ten times: make dimensions.",
    ),
    "fixed": (
        "Where the weights were decided, and stand in the document with each child.",
        "Weights are rates of exchange in a mean, not shares of importance.",
        "Children that correlate with the rest matter more than their weight, others less. "
        "`optimised` shows how much.",
    ),
    "budget_allocation": (
        "To ask a handful of experts, and to keep what each of them said.",
        "All experts count the same, and know all children.",
        "Beyond about ten children people lose track: ask by dimension.",
    ),
    "rank_sum": (
        "Where people agree on an order and on nothing more; the mildest of the three.",
        "Importance falls by equal steps.",
        "The formula, not the people, decides how much more the first counts.",
    ),
    "rank_reciprocal": (
        "The same where the first is thought to matter far more than the rest.",
        "Importance falls as 1, 1/2, 1/3.",
        "Of two children the first counts twice the second, of ten nearly a third of the whole.",
    ),
    "rank_order_centroid": (
        "The same without another assumption: the average of all weights that fit the order.",
        "All weights in that order are equally likely.",
        "The last of many hardly counts.",
    ),
    "ratio": (
        "Where people can say how many times more one child matters than another.",
        "The points are proportions.",
        "As with every stated weight, ranges matter: see `swing`.",
    ),
    "swing": (
        "To ask what weights in a mean really mean: what is it worth to go from the worst to the "
        "best value of this child?",
        "People know both ends of each scale.",
        "Other goalposts, other swings: ask again.",
    ),
    "reliability": (
        "To let good data count for more, as InCiSE 2019 does.",
        "Quality can be put into numbers.",
        "What is badly measured may be what matters; that weight is lost to what is easy to "
        "measure.",
    ),
    "ahp": (
        "To ask for pairs instead of all at once, with a check of whether the answers agree.",
        "Comparisons are ratios.",
        "Above a consistency ratio of 0.1 the answers contradict each other: "
        "{py:meth}`~agencyindex.methods.weighting.ahp.AnalyticHierarchy.consistency` tells.",
    ),
    "standard_deviation": (
        "To give most weight to what tells agencies apart most.",
        "Children on one scale, and differences that matter because they are large.",
        "On other goalposts the weights are others. What all do well counts for little, though it "
        "may be the most important.",
    ),
    "coefficient_of_variation": (
        "The same relative to the mean.",
        "A natural zero, and means above it.",
        "On a scale with an arbitrary zero the ratio means nothing; near a mean of 0 it explodes.",
    ),
    "entropy": (
        "Where few agencies hold most of a total.",
        "Shares of a total mean something; values of at least 0, no gaps.",
        "It depends on where zero is, as above. Values that are nearly alike give weights that "
        "hang on the last digits.",
    ),
    "critic": (
        "To reward both spread and difference from the other children.",
        "Correlation means repetition; no gaps.",
        "An odd or badly measured indicator is unlike all others, and gets most.",
    ),
    "inverse_correlation": (
        "Against counting the same thing twice.",
        "As for `critic`.",
        "As for `critic`: noise correlates with nothing. Better take one of two twins out.",
    ),
    "principal_component": (
        "To sum up children that are thought to show one thing.",
        "They correlate, all in the same direction; no gaps, and many more agencies than children.",
        "What correlates most counts most, important or not. A negative loading says that a child "
        "does not belong, or points the wrong way.",
    ),
    "factor_analysis": (
        "The same where there is more than one thing below the children, as in the OECD/JRC "
        "handbook's example.",
        "As for `principal_component`; a rule for how many factors to keep.",
        "Another rule, other weights. With fewer than some 5 to 10 agencies a child, loadings are "
        "chance.",
    ),
    "regression": (
        "Where there is an outcome that the children are supposed to bring about.",
        "An attribute of the register that measures it; a linear relation.",
        "With an outcome at hand an index may not be needed. Correlated children get coefficients "
        "that differ by chance, and negative ones.",
    ),
    "optimised": (
        "To make every child correlate with the result as it is meant to matter.",
        "Correlation is what importance means here; no gaps, no child that is constant.",
        "Where a child correlates negatively with the rest no weights do it, and it is an error "
        "that tells so.",
    ),
}
