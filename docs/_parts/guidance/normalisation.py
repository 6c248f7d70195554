"""Normalisations: when each is of use, what it assumes, what goes wrong."""

NORMALISATION = {
    "none": (
        "Where all indicators have the same scale already, or points are published as points.",
        "One unit is worth the same in every indicator.",
        "What has the wider range decides the mean, whatever the weights say.",
    ),
    "attainable": (
        "For questionnaires: 0 is the worst answer that could be given, 100 the best.",
        "A bounded scoring, and ends that are really the worst and the best.",
        "A question that nearly all answer well gets nearly the same high value from everybody.",
    ),
    "goalposts": (
        "Where ends are agreed on: a target, a natural zero, last year's extremes. Editions can be "
        "compared, and a new agency changes nobody's score.",
        "A unit more is worth the same all the way.",
        "Goalposts that no one comes near leave all scores close together. Whether to `clip` "
        "changes ranks; that is why it has to be said.",
    ),
    "capped_goalposts": (
        "The same where to pass the target earns no more, and to fall short of the start still "
        "costs.",
        "As for `goalposts`.",
        "Scores below the first end are possible.",
    ),
    "constant": (
        "What a learnt normalisation becomes where all agencies are alike and `when_constant` is "
        "stated.",
        "",
        "It tells agencies apart in nothing, and still takes part in the mean.",
    ),
    "linear_map": (
        "For a centre and a spread from elsewhere, such as a reference population; and what "
        "`zscore`, `robust` and `ampi` become.",
        "The centre and the spread are those of comparable values.",
        "There are no ends, so neither `worst` nor `best`.",
    ),
    "reference_table": (
        "What the ranks become, so that a later agency is placed among those that were ranked.",
        "The order within the population is what matters.",
        "Between two listed values the score is interpolated, and beyond the ends it stays.",
    ),
    "steps": (
        "For a scale of categories with stated limits; and what the band methods become.",
        "Values within a band do not differ.",
        "As for every threshold: little decides much there.",
    ),
    "minmax": (
        "The usual way to a common scale, where the population itself is the yardstick.",
        "The least and the greatest value are worth being the ends.",
        "One outlier pushes everybody else together: treat it first. Fitted anew each year the "
        "scale moves, and a score can fall while the agency gets better.",
    ),
    "zscore": (
        "Where indicators should count by how unusual a value is, and exceptional agencies should "
        "stand out.",
        "A mean and a standard deviation describe the values.",
        "Scores have no ends and can be below 0, which a geometric mean cannot take. Outliers "
        "widen the spread.",
    ),
    "robust": (
        "The same for skewed indicators with a few extremes that are real.",
        "Fewer than half of the agencies are unusual.",
        "Where more than half have the same value there is no spread, and it is an error.",
    ),
    "rank": (
        "Where only the order can be trusted.",
        "Distances do not matter.",
        "Close agencies and distant ones are one rank apart alike. The number of agencies sets the "
        "scale, and gaps make it differ between indicators: see `percentile_rank`.",
    ),
    "borda": (
        "The same counted from 0: whom an agency is ahead of.",
        "As for `rank`.",
        "As for `rank`.",
    ),
    "percentile_rank": (
        "Ranks on a scale that does not depend on how many have a value.",
        "As for `rank`.",
        "Half of the agencies are below the middle, whatever they do.",
    ),
    "distance_to_max": (
        "`minmax` from 0 to 1, as it is written where the best agency is the aim.",
        "As for `minmax`.",
        "As for `minmax`; later values below the least get less than 0.",
    ),
    "distance_to_reference": (
        "To compare with one agency, such as the best known or one's own.",
        "The named agency is a fair yardstick in every indicator.",
        "Where it is near the origin, everybody else has huge values; where it answered nothing, "
        "there is no scale.",
    ),
    "distance_to_target": (
        "To show how far everybody has come to a stated aim.",
        "The way starts at the least value of the population.",
        "Whoever is last sets the start for all.",
    ),
    "fraction_of_max": (
        "For amounts with a natural zero.",
        "Zero means nothing of it.",
        "Indicators whose values are all far from zero hardly differ. Where fewer is better the "
        "line falls; use another method there.",
    ),
    "quantile_bands": (
        "For a scale of categories with as many agencies in each as planned.",
        "The order matters, and only roughly.",
        "Two nearly equal agencies can fall into different bands. Where many share a value, bands "
        "stay empty.",
    ),
    "mean_bands": (
        "To say no more than below, near or above the average.",
        "A mean that means something, not near 0.",
        "Most of the information is given up. With outliers few are near the mean.",
    ),
    "ampi": (
        "For the adjusted Mazziotta-Pareto index, with `mazziotta_pareto` above it.",
        "The reference, the mean where none is stated, is what 100 should stand for.",
        "As for `minmax`, one outlier sets the range.",
    ),
}
