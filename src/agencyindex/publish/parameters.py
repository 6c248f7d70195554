"""What the parameters of methods, and their values, are called in words; symbols of formulas."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "agency": ("agency", "myndighet"),
    "attribute": ("divided by the register's attribute", "delat med registrets uppgift"),
    "below": ("below", "under"),
    "best": ("best option", "bästa alternativ"),
    "better": ("better", "bättre"),
    "budgets": ("points of each expert", "poäng från varje expert"),
    "cap": ("at most", "högst"),
    "centre": ("centre", "mittpunkt"),
    "clip": ("values beyond", "värden bortom"),
    "closed": ("a number on an edge belongs to", "ett tal på en gräns hör till"),
    "comparisons": ("times more important", "gånger viktigare"),
    "default": ("points of other options", "övriga alternativs poäng"),
    "denominator": ("divided by the answer to", "delat med svaret på"),
    "deviation": ("unit of the scale", "skalans enhet"),
    "edges": ("edges", "gränser"),
    "eigenvalue": ("factors with an eigenvalue above", "faktorer med egenvärde över"),
    "exponent": ("exponent", "exponent"),
    "goalposts": ("fixed points", "fasta punkter"),
    "group": ("groups by", "grupper efter"),
    "kaiser": ("loadings while rotated", "laddningar under rotationen"),
    "kurtosis": ("excess kurtosis above", "excesskurtosis över"),
    "lower": ("lower limit", "nedre gräns"),
    "mean": ("the mean becomes", "medelvärdet blir"),
    "mirrored": ("values lie", "värdena ligger"),
    "most": ("values that may be changed", "värden som får ändras"),
    "negative": ("a negative weight", "en negativ vikt"),
    "neighbours": ("agencies that count", "myndigheter som räknas"),
    "of": ("share of", "andel av"),
    "ones": ("options worth 1", "alternativ värda 1"),
    "origin": ("zero at", "noll vid"),
    "otherwise": ("where that is not enough", "där det inte räcker"),
    "outcome": ("outcome", "utfall"),
    "outside": ("numbers outside the bounds", "tal utanför gränserna"),
    "penalty": ("uneven values", "ojämna värden"),
    "plus": ("added before", "läggs till före"),
    "point": ("point", "punkt"),
    "points": ("points", "poäng"),
    "quantiles": ("quantiles", "kvantiler"),
    "ranks": ("ranks", "ranger"),
    "reliability": ("quality of the data", "datakvalitet"),
    "rules": ("points for combinations", "poäng för kombinationer"),
    "scores": ("what they become", "vad de blir"),
    "seed": ("seed of the draws", "lottningens frö"),
    "share": ("share", "andel"),
    "shift": ("point", "punkt"),
    "side": ("distances that count", "avstånd som räknas"),
    "skewness": ("absolute skewness above", "absolut skevhet över"),
    "spread": ("spread", "spridning"),
    "target": ("target", "mål"),
    "targets": ("importance", "betydelse"),
    "ties": ("equal values get", "lika värden får"),
    "to": ("scale", "skala"),
    "upper": ("upper limit", "övre gräns"),
    "value": ("value", "värde"),
    "values": ("values", "värden"),
    "weights": ("weights", "vikter"),
    "when_constant": ("where all have the same", "där alla har samma"),
    "when_zero": ("a denominator of zero", "en nämnare som är noll"),
    "width": ("half the width as a share of the mean", "halva bredden som andel av medelvärdet"),
    "within": ("within", "inom"),
    "above": ("above", "över"),
    "zero": ("a value of zero", "ett värde som är noll"),
    # where a name means something else than elsewhere
    "benefit_of_the_doubt.lower": (
        "least share of the value that each part brings",
        "minsta andel av värdet som varje del bidrar med",
    ),
    "benefit_of_the_doubt.upper": (
        "greatest share of the value that a part brings",
        "största andel av värdet som en del bidrar med",
    ),
    "distance_to_target.cap": ("values past the target", "värden förbi målet"),
    "factor_analysis.share": (
        "factors that explain this share of the variance",
        "faktorer som förklarar denna andel av variansen",
    ),
    "linear_map.mean": ("the centre becomes", "mittpunkten blir"),
    "quantile_clip.lower": ("share below the lower limit", "andel under den nedre gränsen"),
    "quantile_clip.upper": ("share below the upper limit", "andel under den övre gränsen"),
    "reliability.share": (
        "part that goes by the quality of the data",
        "del som följer datakvaliteten",
    ),
    "robust.mean": ("the median becomes", "medianen blir"),
    "zscore.of": ("divisor of the variance", "variansens nämnare"),
}
"""English and Swedish label of each parameter, by the name that documents use."""

ERROR = ("is an error", "är ett fel")

VALUES: Mapping[tuple[str, object], tuple[str, str]] = {
    ("best", "first"): ("the first", "det första"),
    ("best", "last"): ("the last", "det sista"),
    ("better", "higher"): ("higher numbers", "högre tal"),
    ("better", "lower"): ("lower numbers", "lägre tal"),
    ("cap", True): ("get the target's value", "får målets värde"),
    ("cap", False): ("run on", "fortsätter uppåt"),
    ("clip", True): ("get the nearer end", "får den närmaste änden"),
    ("clip", False): ("run past the ends", "går utanför ändarna"),
    ("closed", "upper"): ("the upper band", "det övre intervallet"),
    ("closed", "lower"): ("the lower band", "det nedre intervallet"),
    ("kaiser", True): ("scaled to the same length", "skalade till samma längd"),
    ("kaiser", False): ("as they are", "som de är"),
    ("mirrored", True): ("below the point", "under punkten"),
    ("mirrored", False): ("above the point", "över punkten"),
    ("negative", "error"): ERROR,
    ("negative", "zero"): ("becomes zero", "blir noll"),
    ("negative", "keep"): ("is kept", "behålls"),
    ("of", "others"): ("the other agencies", "de andra myndigheterna"),
    ("of", "all"): ("all agencies", "alla myndigheter"),
    ("of", "sample"): ("n minus 1, as of a sample", "n minus 1, som för ett stickprov"),
    ("of", "population"): ("n, as of the whole population", "n, som för hela populationen"),
    ("origin", "zero"): ("zero", "noll"),
    ("origin", "minimum"): ("the least value", "det lägsta värdet"),
    ("otherwise", "log"): ("a shifted logarithm of all", "en förskjuten logaritm av alla"),
    ("otherwise", "none"): ("nothing is changed", "ändras inget"),
    ("otherwise", "error"): ("it is an error", "är det ett fel"),
    ("outside", "clip"): ("get the nearer bound", "får den närmaste gränsen"),
    ("outside", "error"): ("are an error", "är ett fel"),
    ("penalty", "downward"): ("lower the value", "sänker värdet"),
    ("penalty", "upward"): ("raise the value", "höjer värdet"),
    ("side", "both"): ("on both sides", "på båda sidor"),
    ("side", "above"): ("above the point", "över punkten"),
    ("side", "below"): ("below the point", "under punkten"),
    ("ties", "smallest"): ("the smallest of their ranks", "den minsta av sina ranger"),
    ("ties", "largest"): ("the largest of their ranks", "den största av sina ranger"),
    ("ties", "average"): ("the mean of their ranks", "medelvärdet av sina ranger"),
    ("when_zero", "error"): ERROR,
    ("zero", "zero"): ("makes the mean zero", "gör medelvärdet till noll"),
    ("zero", "error"): ERROR,
}
"""English and Swedish wording of a parameter's value; reasons for missing have their own."""

NAMED = frozenset({"agency", "attribute", "denominator", "group", "outcome"})
"""Parameters that hold a name, which stands as it is."""

SYMBOLS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("scoring", "count"): {"weights": "w_o", "cap": "c"},
    ("scoring", "linear"): {"lower": "L", "upper": "U"},
    ("scoring", "bands"): {"edges": "e_b", "values": "p_b"},
    ("scoring", "ratio"): {"denominator": "z_i", "attribute": "z_i"},
    ("imputation", "constant"): {"value": "c"},
    ("imputation", "group_values"): {"group": "g(i)", "values": "c_g"},
    ("imputation", "agency_values"): {"values": "c_i"},
    ("imputation", "group_mean"): {"group": "g(i)"},
    ("imputation", "group_median"): {"group": "g(i)"},
    ("imputation", "nearest_neighbours"): {"neighbours": "k"},
    ("imputation", "hot_deck"): {"group": "g(i)"},
    ("treatment", "log"): {"plus": "c"},
    ("treatment", "power"): {"exponent": "p"},
    ("treatment", "box_cox"): {"exponent": r"\lambda"},
    ("treatment", "distance"): {"point": "p"},
    ("treatment", "clip"): {"lower": "L", "upper": "U"},
    ("treatment", "quantile_clip"): {"lower": "a", "upper": "b"},
    ("treatment", "shifted_log"): {"shift": "s"},
    ("normalisation", "attainable"): {"to": "a, b"},
    ("normalisation", "goalposts"): {"goalposts": "L, U", "to": "a, b"},
    ("normalisation", "capped_goalposts"): {"goalposts": "L, U", "to": "a, b"},
    ("normalisation", "constant"): {"value": "c"},
    ("normalisation", "linear_map"): {
        "centre": "c",
        "spread": "d",
        "mean": "m",
        "deviation": "s",
    },
    ("normalisation", "reference_table"): {"values": "v_k", "scores": "s_k"},
    ("normalisation", "steps"): {"edges": "e_j", "values": "v_k"},
    ("normalisation", "minmax"): {"to": "a, b"},
    ("normalisation", "zscore"): {"mean": "m", "deviation": "s", "of": r"\nu"},
    ("normalisation", "robust"): {"mean": "m", "deviation": "s"},
    ("normalisation", "percentile_rank"): {"to": "a, b"},
    ("normalisation", "distance_to_reference"): {"agency": "x_{ref}", "origin": "o"},
    ("normalisation", "distance_to_target"): {"target": "T"},
    ("normalisation", "quantile_bands"): {"quantiles": "q_k", "values": "v_k"},
    ("normalisation", "mean_bands"): {"width": "p", "within": "v_{within}"},
    ("weighting", "budget_allocation"): {"budgets": "b_{ej}"},
    ("weighting", "rank_sum"): {"ranks": "r_j"},
    ("weighting", "rank_reciprocal"): {"ranks": "r_j"},
    ("weighting", "rank_order_centroid"): {"ranks": "r_j"},
    ("weighting", "ratio"): {"points": "p_j"},
    ("weighting", "swing"): {"points": "p_j"},
    ("weighting", "reliability"): {"reliability": "r_j", "share": "s"},
    ("weighting", "ahp"): {"comparisons": "a_{jk}"},
    ("weighting", "regression"): {"outcome": "z_i"},
    ("weighting", "optimised"): {"targets": "t_j"},
    ("aggregation", "power"): {"exponent": "p"},
}
"""Which parameter a symbol of a method's formula stands for, by family and name."""


def label(method: str, parameter: str, language: str) -> str:
    """A parameter of a method in words; that of a plug-in is the name that documents use.

    Examples
    --------
    >>> label("robust", "mean", "en"), label("zscore", "mean", "sv"), label("mine", "x", "en")
    ('the median becomes', 'medelvärdet blir', 'x')
    """
    common = LABELS.get(parameter, (parameter, parameter))
    english, swedish = LABELS.get(f"{method}.{parameter}", common)
    return swedish if language == "sv" else english
