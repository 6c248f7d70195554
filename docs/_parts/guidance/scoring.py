"""Scorings: when each is of use, what it assumes, what goes wrong."""

SCORING = {
    "points": (
        "For a choice whose options people can put a worth on. The table shows the judgement, so "
        "that others can dispute it.",
        "Steps of equal points are equally large.",
        "Under `default` an option that is added later is worth something that nobody decided. "
        "Leave it out, and the new option is a finding.",
    ),
    "ordinal": (
        "For an ordered scale, such as from *never* to *always*, where nothing says how far apart "
        "the options are.",
        "All steps are equally large, and the declared order is that of worth.",
        "A middle option such as *neither nor* is worth 0.5, whatever those who chose it meant. An "
        "option without substance needs a reason for missing, or it is a step.",
    ),
    "binary": (
        "Where one threshold is all that matters, or a yes counts.",
        "Options on the same side do not differ.",
        "What was asked in detail is thrown away: agencies just below the threshold and far below "
        "it are alike.",
    ),
    "count": (
        "For *choose all that apply*, where each option is worth something by itself.",
        "Options can be added up: one does not stand for another.",
        "A longer list of options gives more points. Without `cap`, those who do many small things "
        "pass those who do the one that matters; weights can say so.",
    ),
    "share": (
        "The same where all options count alike, on a scale from 0 to 1 whatever the length of the "
        "list.",
        "To have every option is the aim, and possible for everybody.",
        "An option that is added lowers everybody's share between editions.",
    ),
    "gated": (
        "For a checklist whose later points are worth nothing without the earlier ones, or that "
        "deducts some: a licence counts only where there are data.",
        "The rules hold for everybody.",
        "Rules that overlap add up. Lint and `explain` show what each answer reaches; try the best "
        "and the worst combination.",
    ),
    "number": (
        "For a number or an attribute of the register that is treated and normalised later.",
        "",
        "There is no attainable range, so `worst`, `best` and `attainable` need a normalisation "
        "that bounds it.",
    ),
    "linear": (
        "For a number with bounds that mean something: 0 to 100 per cent, a legal minimum and a "
        "target.",
        "A unit more is worth the same everywhere between the bounds.",
        "With `clip`, whoever is beyond a bound is no better or worse for it. With `error`, one "
        "number beyond it stops the scoring, which is meant to.",
    ),
    "bands": (
        "For a number whose thresholds have a meaning of their own, or that is known roughly.",
        "Numbers within a band do not differ.",
        "Next to an edge a small change makes a great difference, and there is a reason to report "
        "the number on the better side.",
    ),
    "ratio": (
        "To compare agencies of different size: cost per employee, cases per inhabitant. The "
        "denominator is an item, or an attribute of the register.",
        "The numerator grows in proportion to the denominator.",
        "Small denominators give extreme values, which then set the scale of others: treat them. "
        "Two numbers of different years or definitions make a ratio of nothing.",
    ),
}
