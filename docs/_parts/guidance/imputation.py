"""Imputations: when each is of use, what it assumes, what goes wrong."""

IMPUTATION = {
    "constant": (
        "Where it is known what no answer means, or to try what a value would change.",
        "All gaps are worth the same.",
        "A value that nobody measured stands among those that were. The status `imputed` and the "
        "share `answered` tell it; publish them.",
    ),
    "mean": (
        "As a first choice for few gaps in an indicator without outliers.",
        "Those who did not answer are like those who did, on average.",
        "It makes agencies look more alike, and weakens correlations; weights that are learnt "
        "afterwards follow that.",
    ),
    "median": (
        "The same for a skewed indicator, where a few large values would draw the mean away.",
        "Those who did not answer are in the middle.",
        "As with the mean, the spread shrinks.",
    ),
    "worst_observed": (
        "Where not to answer must not pay, and the worst attainable value (the rule `worst`) would "
        "be too harsh or has no bound.",
        "What is not told is bad.",
        "One outlier decides what all gaps are worth: treatment comes after imputation.",
    ),
    "group_mean": (
        "Where agencies of a sector, size or region resemble each other.",
        "Within a group, those who did not answer are like those who did.",
        "In small groups the mean is that of one or two agencies. Where nobody in a group "
        "answered, the gap stays.",
    ),
    "group_median": (
        "The same, where groups are skewed.",
        "As for `group_mean`.",
        "As for `group_mean`.",
    ),
    "group_values": (
        "For values by group from elsewhere, such as a statistical office; and what the two above "
        "become when they are fitted.",
        "The values fit the definition of the item.",
        "A new group of the register has no value, so its gaps stay.",
    ),
    "previous_edition": (
        "For what changes slowly, where the same agencies answered the year before.",
        "Nothing has changed since, and the item was asked alike.",
        "Progress and decline are both hidden; in the next edition two old values may stand "
        "beside each other. Nothing is filled for an agency that is new.",
    ),
    "agency_values": (
        "For values by agency from elsewhere, such as an annual report; and what the one above "
        "becomes when it is fitted.",
        "The values fit the definition of the item.",
        "An agency that is not listed keeps its gap.",
    ),
    "nearest_neighbours": (
        "Where the other indicators tell agencies apart, and a population is scored on itself.",
        "Agencies alike on what is known are alike on what is not. Every other indicator counts "
        "the same.",
        "With few shared indicators the distance rests on little. Another agency in the "
        "population can change the neighbours, so nothing can be frozen.",
    ),
    "hot_deck": (
        "To keep the spread of values, and to learn from several seeds how much the imputation "
        "matters.",
        "Within the group, gaps are like a draw from the answers.",
        "One draw is one draw: score with several seeds before anything rests on it. An agency's "
        "published figure would then depend on a lot that was drawn.",
    ),
}
