"""Aggregations: when each is of use, what it assumes, what goes wrong."""

AGGREGATION = {
    "sum": (
        "For points that are published as points: 37 of 60.",
        "Every child is asked of everybody: what is missing adds nothing.",
        "Under the rule `exclude` a gap costs as much as the worst answer.",
    ),
    "arithmetic": (
        "Where a weak part may be made up for by a strong one. Contributions simply add up.",
        "Children can stand in for each other, at the rate of their weights.",
        "A zero in one part can be hidden by the others.",
    ),
    "geometric": (
        "Where weak parts should cost more, and an improvement there should be worth more: the "
        "Human Development Index since 2010.",
        "A scale with a natural zero, and values above it.",
        "One zero makes everything zero. To shift the scale so that there are none changes the "
        "ranks.",
    ),
    "harmonic": (
        "The same, more strictly; for rates.",
        "As for `geometric`.",
        "Values near zero decide nearly everything.",
    ),
    "power": (
        "To choose anything between the weakest part and the strongest by one number.",
        "As for `geometric`, unless the exponent is above 0.",
        "The exponent needs a reason; publish what its neighbours would have given.",
    ),
    "median": (
        "To have no single part decide, such as one misread answer.",
        "What most of the weight says is right.",
        "Parts other than those in the middle change nothing, however much they move.",
    ),
    "minimum": (
        "Where a chain is as strong as its weakest link, such as security.",
        "Nothing makes up for it.",
        "All information but one number is lost, and weights only say what takes part.",
    ),
    "maximum": (
        "Where one of several ways is enough.",
        "To be good at one thing is all that is asked.",
        "As for `minimum`.",
    ),
    "ordered": (
        "To weigh the best or the worst results more, whichever they are.",
        "Places have a meaning: *the second weakest part*.",
        "The same words, weights, stand for two things; weights of places and of children both "
        "count.",
    ),
    "mazziotta_pareto": (
        "To take something off for unevenness, and to show how much.",
        "Values of at least 0, usually from `ampi` or z-scores around 100.",
        "It is not monotone: a rise of one part far above the others can lower the result.",
    ),
    "copeland": (
        "To rank by majorities: on more of the weight than not, is one ahead of the other?",
        "Distances do not matter, and nothing makes up for a loss.",
        "It gives a place among those present. Another agency can turn the order of two others.",
    ),
    "borda": (
        "The mean of ranks, for expert panels and where scales cannot be compared.",
        "As for `rank`.",
        "As for `copeland`: who else is there matters.",
    ),
    "kemeny": (
        "The order that contradicts the indicators least, for a handful of agencies.",
        "At most 10 of them.",
        "Several orders can be the best; the score is the mean of the places.",
    ),
    "benefit_of_the_doubt": (
        "Where agencies set themselves different aims: each is seen in its best light.",
        "No gaps; values of at least 0, above 0 with bounds on shares.",
        "Without bounds an agency can rest on one child and many reach 1. Weights differ between "
        "agencies, so scores are no common measure.",
    ),
}
