"""Treatments: when each is of use, what it assumes, what goes wrong."""

TREATMENT = {
    "none": (
        "To take a treatment of the nodes above away from an indicator; and what `winsorise` "
        "becomes where there is nothing to treat.",
        "",
        "",
    ),
    "log": (
        "For sizes, costs and counts that differ by factors, not by amounts.",
        "To double is worth the same everywhere.",
        "Zeros need `plus`, and the number chosen there decides how far zero lies from the "
        "smallest value.",
    ),
    "power": (
        "Between nothing and a logarithm: a square root tames counts with zeros.",
        "The exponent is chosen for a reason that can be told.",
        "An exponent below 0 turns the order of the values: turn the direction as well.",
    ),
    "box_cox": (
        "Where an exponent was found elsewhere, or for a family of transforms to try out.",
        "Values above 0. The exponent is stated here, and never learnt.",
        "An exponent chosen to make one year's values look normal does not do so the next year.",
    ),
    "distance": (
        "Where the best is in the middle: a share of women near one half, neither too few nor too "
        "many inspections.",
        "Both sides are equally bad, or one side alone is.",
        "Distances are what the direction applies to: -1 where near is better.",
    ),
    "clip": (
        "For limits that are known beforehand.",
        "What lies beyond a limit is no better or worse than the limit.",
        "Whoever is beyond it is told nothing by a change there.",
    ),
    "quantile_clip": (
        "To take the same share off both ends of every indicator, without looking at each.",
        "The ends are errors, or not worth telling apart.",
        "It always changes somebody, in an indicator without outliers too. In a population of 20 "
        "a share of 0.05 is one agency.",
    ),
    "winsorise": (
        "The practice of the European Commission's JRC: treat only what is both skewed and "
        "heavy-tailed, and as few values as need be.",
        "At least four values, and outliers on the side that the skewness points to.",
        "The limits are conventions. A value just inside is left, one just outside is moved; next "
        "year it may be the other way round, unless the fitted index is kept.",
    ),
    "shifted_log": (
        "What `winsorise` becomes where too many values would have to be moved.",
        "Values on one side of the point.",
        "A later value on the other side has no logarithm, and scoring refuses it.",
    ),
}
