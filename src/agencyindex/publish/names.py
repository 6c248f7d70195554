"""Every method's name in words, in English and Swedish."""

from __future__ import annotations

from collections.abc import Mapping

from agencyindex.methods.protocols import Strategy

SCORINGS = {
    "points": ("points from a table of options", "poäng ur en tabell över svarsalternativen"),
    "ordinal": (
        "equal steps from 0 for the worst option to 1 for the best",
        "lika stora steg från 0 för det sämsta alternativet till 1 för det bästa",
    ),
    "binary": (
        "1 for the named options and 0 for the others",
        "1 för de angivna alternativen och 0 för de övriga",
    ),
    "count": (
        "the sum of the weights of the chosen options",
        "summan av de valda alternativens vikter",
    ),
    "share": (
        "the share of the options that are chosen",
        "andelen av alternativen som är valda",
    ),
    "gated": (
        "a checklist with points for combinations of options",
        "en checklista med poäng för kombinationer av alternativ",
    ),
    "number": ("the number as it is", "talet som det är"),
    "linear": (
        "the share of the way from one bound to another",
        "hur stor del av vägen från den ena gränsen till den andra talet har kommit",
    ),
    "bands": (
        "points of the interval that the number falls in",
        "poäng för det intervall som talet hamnar i",
    ),
    "ratio": ("one number divided by another", "ett tal delat med ett annat"),
}
IMPUTATIONS = {
    "constant": ("a stated value", "ett angivet värde"),
    "mean": ("the mean of the population", "populationens medelvärde"),
    "median": ("the median of the population", "populationens median"),
    "worst_observed": (
        "the worst value in the population",
        "det sämsta värdet i populationen",
    ),
    "group_mean": ("the mean of the agency's group", "medelvärdet i myndighetens grupp"),
    "group_median": ("the median of the agency's group", "medianen i myndighetens grupp"),
    "group_values": (
        "a stated value for each group of agencies",
        "ett angivet värde för varje grupp av myndigheter",
    ),
    "previous_edition": (
        "the agency's own value in the edition before",
        "myndighetens eget värde i föregående omgång",
    ),
    "agency_values": (
        "a stated value for each agency",
        "ett angivet värde för varje myndighet",
    ),
    "nearest_neighbours": (
        "the mean of the agencies that are most alike in the other indicators",
        "medelvärdet för de myndigheter som är mest lika i de andra indikatorerna",
    ),
    "hot_deck": (
        "the value of an agency drawn by lot",
        "värdet för en myndighet som lottas fram",
    ),
}
TREATMENTS = {
    "none": ("points as they are", "poäng som de är"),
    "log": ("the natural logarithm", "den naturliga logaritmen"),
    "power": ("the points raised to a power", "poängen upphöjda till en exponent"),
    "box_cox": ("the Box-Cox transform", "Box-Cox-transformationen"),
    "distance": ("the distance from a point", "avståndet från en punkt"),
    "clip": ("values beyond a limit get the limit", "värden bortom en gräns får gränsens värde"),
    "quantile_clip": (
        "values beyond a quantile of the population get the quantile",
        "värden bortom en kvantil i populationen får kvantilens värde",
    ),
    "winsorise": (
        "winsorisation: outliers get the next value, one after the other",
        "winsorisering: extremvärden får det närmaste värdet, ett i taget",
    ),
    "shifted_log": (
        "the logarithm of the distance from a point just beyond all values",
        "logaritmen av avståndet från en punkt strax bortom alla värden",
    ),
}
NORMALISATIONS = {
    "none": ("values as they are", "värden som de är"),
    "attainable": (
        "a straight line from the fewest to the most attainable points",
        "en rät linje från de lägsta till de högsta poäng som kan uppnås",
    ),
    "goalposts": (
        "a straight line through two fixed points",
        "en rät linje genom två fasta punkter",
    ),
    "capped_goalposts": (
        "a straight line through two fixed points that ends at the second",
        "en rät linje genom två fasta punkter som slutar vid den andra",
    ),
    "constant": ("the same value for everybody", "samma värde för alla"),
    "linear_map": (
        "a straight line with a fixed centre and spread",
        "en rät linje med fast mittpunkt och spridning",
    ),
    "reference_table": (
        "a table of values and what they become",
        "en tabell över värden och vad de blir",
    ),
    "steps": (
        "the value of the interval that a number falls in",
        "värdet för det intervall som ett tal hamnar i",
    ),
    "minmax": (
        "min-max: a straight line from the least to the greatest value of the population",
        "min-max: en rät linje från populationens lägsta till dess högsta värde",
    ),
    "zscore": (
        "z-score: standard deviations from the mean of the population",
        "z-värde: standardavvikelser från populationens medelvärde",
    ),
    "robust": (
        "robust z-score: median absolute deviations from the median of the population",
        "robust z-värde: medianabsolutavvikelser från populationens median",
    ),
    "rank": (
        "rank in the population, 1 for the lowest value",
        "rang i populationen, 1 för det lägsta värdet",
    ),
    "borda": (
        "how many agencies of the population one is ahead of",
        "hur många myndigheter i populationen man ligger före",
    ),
    "percentile_rank": (
        "percentile rank: the share of the population that one is ahead of",
        "percentilrang: andelen av populationen som man ligger före",
    ),
    "distance_to_max": (
        "distance from the greatest value of the population",
        "avstånd till populationens högsta värde",
    ),
    "distance_to_reference": (
        "distance with that of a named agency as the unit",
        "avstånd med en viss myndighets avstånd som enhet",
    ),
    "distance_to_target": (
        "how much of the way to a target has been gone",
        "hur stor del av vägen till ett mål som har tillryggalagts",
    ),
    "fraction_of_max": (
        "fraction of the greatest value of the population",
        "andel av populationens högsta värde",
    ),
    "vector": (
        "vector normalisation: a part of the square root of the population's sum of squares",
        "vektornormalisering: en andel av kvadratroten ur populationens kvadratsumma",
    ),
    "quantile_bands": (
        "a value for each band between quantiles of the population",
        "ett värde för varje intervall mellan kvantiler i populationen",
    ),
    "mean_bands": (
        "below, within or above a band around the mean of the population",
        "under, inom eller över ett intervall kring populationens medelvärde",
    ),
    "ampi": (
        "the scale of the adjusted Mazziotta-Pareto index",
        "skalan i det justerade Mazziotta-Pareto-indexet",
    ),
}
WEIGHTINGS = {
    "equal": ("equal weights", "lika vikter"),
    "fixed": ("stated weights", "angivna vikter"),
    "budget_allocation": (
        "budget allocation: the mean of how experts share out 100 points",
        "budgetfördelning: medelvärdet av hur experter fördelar 100 poäng",
    ),
    "rank_sum": (
        "rank sum: weights that fall by equal steps from rank to rank",
        "rangsumma: vikter som minskar med lika stora steg från rang till rang",
    ),
    "rank_reciprocal": (
        "rank reciprocal: weights in inverse proportion to the rank",
        "inverterad rang: vikter i omvänd proportion till rangen",
    ),
    "rank_order_centroid": (
        "rank order centroid: the mean of all weights that agree with the ranks",
        "rangordningens tyngdpunkt: medelvärdet av alla vikter som stämmer med rangordningen",
    ),
    "ratio": ("points in proportion to importance", "poäng i proportion till betydelsen"),
    "swing": (
        "swing weights: points for the step from worst to best value",
        "swingvikter: poäng för steget från sämsta till bästa värde",
    ),
    "reliability": (
        "weights in part by the quality of the data",
        "vikter som delvis följer datakvaliteten",
    ),
    "ahp": (
        "the analytic hierarchy process: weights from comparisons in pairs",
        "analytisk hierarkiprocess: vikter ur parvisa jämförelser",
    ),
    "standard_deviation": (
        "weights in proportion to the standard deviation",
        "vikter i proportion till standardavvikelsen",
    ),
    "inverse_standard_deviation": (
        "weights in inverse proportion to the standard deviation",
        "vikter i omvänd proportion till standardavvikelsen",
    ),
    "coefficient_of_variation": (
        "weights in proportion to the coefficient of variation",
        "vikter i proportion till variationskoefficienten",
    ),
    "entropy": ("entropy weights", "entropivikter"),
    "critic": (
        "CRITIC: weights by spread and by how little a part goes with the others",
        "CRITIC: vikter efter spridning och efter hur lite en del följer de andra",
    ),
    "inverse_correlation": (
        "less weight for a part that repeats what the others say",
        "mindre vikt för en del som upprepar vad de andra säger",
    ),
    "principal_component": (
        "loadings on the first principal component",
        "laddningar på den första principalkomponenten",
    ),
    "factor_analysis": (
        "factor analysis: weights from rotated factors",
        "faktoranalys: vikter ur roterade faktorer",
    ),
    "regression": (
        "regression: coefficients that explain an outcome",
        "regression: koefficienter som förklarar ett utfall",
    ),
    "optimised": (
        "weights that make each part matter as much as it should",
        "vikter som låter varje del betyda så mycket som den ska",
    ),
}
AGGREGATIONS = {
    "sum": ("weighted sum", "viktad summa"),
    "arithmetic": ("arithmetic mean", "aritmetiskt medelvärde"),
    "geometric": ("geometric mean", "geometriskt medelvärde"),
    "harmonic": ("harmonic mean", "harmoniskt medelvärde"),
    "power": ("power mean", "potensmedelvärde"),
    "median": ("weighted median", "viktad median"),
    "minimum": ("minimum: the weakest link", "minimum: den svagaste länken"),
    "maximum": ("maximum", "maximum"),
    "ordered": (
        "ordered weighted average: weights for places from the best value down",
        "ordnat viktat medelvärde: vikter för platser från det bästa värdet och nedåt",
    ),
    "mazziotta_pareto": (
        "Mazziotta-Pareto: the mean adjusted for uneven values",
        "Mazziotta-Pareto: medelvärdet justerat för ojämna värden",
    ),
    "copeland": (
        "Copeland: agencies that one is ahead of, less those that are ahead",
        "Copeland: myndigheter som man ligger före, minus dem som ligger före",
    ),
    "borda": (
        "Borda: the mean of how many agencies one is ahead of",
        "Borda: medelvärdet av hur många myndigheter man ligger före",
    ),
    "kemeny": (
        "Kemeny: the order of agencies that agrees best with all indicators",
        "Kemeny: den ordning av myndigheter som bäst stämmer med alla indikatorer",
    ),
    "benefit_of_the_doubt": (
        "benefit of the doubt: each agency's best weights for itself",
        "benefit of the doubt: de vikter som är bäst för varje myndighet",
    ),
}

NAMES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "scoring": SCORINGS,
    "imputation": IMPUTATIONS,
    "treatment": TREATMENTS,
    "normalisation": NORMALISATIONS,
    "weighting": WEIGHTINGS,
    "aggregation": AGGREGATIONS,
}
"""English and Swedish name of each method, by family and by the name that documents use."""


def in_words(family: str, strategy: Strategy | type[Strategy], language: str) -> str:
    """A method's name in words; that of a plug-in is the one that documents use.

    Examples
    --------
    >>> from agencyindex.methods.aggregation import ArithmeticMean
    >>> in_words("aggregation", ArithmeticMean(), "sv")
    'aritmetiskt medelvärde'
    """
    english, swedish = NAMES[family].get(strategy.name, (strategy.name, strategy.name))
    return swedish if language == "sv" else english
