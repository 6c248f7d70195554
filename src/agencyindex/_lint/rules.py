"""The rules of advice: when each speaks, what it cannot know, and where it comes from."""

from __future__ import annotations

import attrs

from agencyindex.errors import LintCode

HANDBOOK = (
    "OECD and JRC (2008) Handbook on Constructing Composite Indicators, OECD Publishing, "
    "doi:10.1787/9789264043466-en, "
)
KROSNICK = (
    "Krosnick and Presser (2010) Question and questionnaire design, in Marsden and Wright (eds) "
    "Handbook of Survey Research, 2nd ed., Emerald, chapter 9, "
)


@attrs.frozen(kw_only=True)
class Rule:
    """What a code of advice stands for.

    Parameters
    ----------
    code
        The code.
    when
        The condition under which it speaks, exactly.
    blind
        What it cannot know.
    source
        Where the advice comes from; what is ours is said to be.
    """

    code: LintCode
    when: str
    blind: str
    source: str


QUESTIONNAIRE_RULES = (
    Rule(
        code="double-question",
        when=(
            "A wording, brackets left out, has two question marks; or and, or, as well as (och, "
            "eller, samt, liksom) stands before a verb that asks (is, has, can ..., är, har, kan "
            "...), a question word (how, which ..., hur, vilka ...) or a verb with it or them (den, "
            "det, dem); or it says both ... and (både ... och)."
        ),
        blind=(
            "It is a guess from the wording, in English and Swedish alone: two nouns or two "
            "adjectives joined by and may be two questions as well, and are not reported."
        ),
        source=KROSNICK + "on asking about one thing at a time; the list of words is ours",
    ),
    Rule(
        code="unbalanced-scale",
        when=(
            "Every substantive option of a single choice is recognised as favourable, "
            "unfavourable or neutral by a word such as agree and disagree, satisfied and "
            "dissatisfied, good and poor (instämmer, tar avstånd; nöjd, missnöjd; bra, dåligt), "
            "there are some on either side, and not as many on one as on the other."
        ),
        blind=(
            "A scale in other words, with a negation (not, inte) or of numbers is not judged; "
            "nor are degrees of one thing, such as planned, tested, introduced, which have no "
            "middle. Where nearly all lean to one side, an unbalanced scale may be meant."
        ),
        source=(
            "Friedman and Amoo (1999) Rating the rating scales, Journal of Marketing Management "
            "9(3), 114-123, on balanced and unbalanced scales; the list of words is ours"
        ),
    ),
    Rule(
        code="overlapping-options",
        when=(
            "Two options of a single choice are ranges of numbers, such as 1-5 and 5-10, and a "
            "number lies in both, an end included."
        ),
        blind="Ranges in words, or open at one end (more than 10), are not read.",
        source=KROSNICK + "on options that exclude each other and leave nothing out",
    ),
    Rule(
        code="duplicate-text",
        when="Two items of one section have the same wording in a language, whatever the case.",
        blind="Items of different sections may share a wording: the section's title sets them apart.",
        source="agencyindex: our own",
    ),
    Rule(
        code="no-question",
        when="An item has no text in any language.",
        blind="The wording may be kept elsewhere; then the document does not stand alone.",
        source="agencyindex: our own",
    ),
    Rule(
        code="missing-translation",
        when=(
            "A text in several languages lacks one that at least half of such texts in the "
            "document have; or a plain text of three words or more stands in a document of which "
            "half is in two languages. A language that fewer have is reported once."
        ),
        blind="A plain text says no language; a short one may be a name.",
        source="agencyindex: our own; the half and the three words are ours",
    ),
)
INDEX_RULES = (
    Rule(
        code="dominant-weight",
        when=(
            "Of three parts or more of a node, with stated weights above zero, one has more than "
            "half of the weight."
        ),
        blind=(
            "Stated weights are not importance, which depends on how the values vary; that takes "
            "answers."
        ),
        source=(
            HANDBOOK + "step 6; Paruolo, Saisana and Saltelli (2013) Ratings and rankings: voodoo "
            "or science?, Journal of the Royal Statistical Society A 176(3), 609-634, on weights "
            "and importance; the half is ours"
        ),
    ),
    Rule(
        code="tiny-weight",
        when="A part has a stated weight above zero and below a tenth of an equal share.",
        blind="A weight of zero is taken for meant: the part is shown and does not count.",
        source=HANDBOOK + "step 6; the tenth is ours",
    ),
    Rule(
        code="inconsistent-comparisons",
        when=(
            "The comparisons of an AHP weighting, on a node of 3 to 15 parts, have a consistency "
            "ratio above 0.1."
        ),
        blind="Experts may hold views that contradict each other, and mean it.",
        source=(
            "Saaty (1980) The Analytic Hierarchy Process, McGraw-Hill, on a ratio of 0.1 as the "
            "limit of what is tolerable"
        ),
    ),
    Rule(
        code="single-child",
        when="A dimension has one part, and does not rescale its value.",
        blind="The dimension may be there so that indices of several editions have one form.",
        source="agencyindex: our own",
    ),
    Rule(
        code="no-coverage",
        when=(
            "The minimum coverage of a node is 0, and there are indicators below it whose items "
            "are left out where they are not answered."
        ),
        blind="How much is really left unanswered takes answers.",
        source=HANDBOOK + "step 3 (missing data); that 0 is unwise is ours",
    ),
)
TOGETHER_RULES = (
    Rule(
        code="unused-item",
        when=(
            "Of the indices given with the questionnaire none scores the item or divides by it, "
            "and no condition looks at it; a section of such items is reported once. Without an "
            "index nothing is said."
        ),
        blind="Other indices may use it, or tables and groups of agencies.",
        source=(
            "European Statistics Code of Practice, indicator 9.1: demands are limited to what is "
            "absolutely necessary"
        ),
    ),
    Rule(
        code="unreachable-option",
        when=(
            "No points table of the indices given names the option, so that it gets a table's "
            "default, and the default is more than the fewest points of the table."
        ),
        blind="A default that is the table's lowest value says what the rest is worth, and is fine.",
        source="agencyindex: our own",
    ),
    Rule(
        code="unreachable-points",
        when=(
            "A scoring of a number has a bound or a band that the item's minimum and maximum "
            "leave out of reach."
        ),
        blind="An item without bounds lets every number through.",
        source="agencyindex: our own",
    ),
    Rule(
        code="constant-points",
        when="Every answer to an item is worth the same in an indicator.",
        blind="Missing answers may still be worth something else.",
        source="agencyindex: our own; what is the same for all tells no one apart",
    ),
    Rule(
        code="unequal-ranges",
        when=(
            "Parts of an arithmetic mean have attainable ranges of which one is more than twice "
            "as wide as another."
        ),
        blind="A sum of points is taken for meant, and its ranges for its weights.",
        source=HANDBOOK + "step 5 (normalisation before aggregation); the factor two is ours",
    ),
    Rule(
        code="falling-line",
        when=(
            "An indicator whose values can be below zero once they are turned, and none above or "
            "fewer better, is normalised by fraction_of_max, or by distance_to_reference from "
            "zero; or fewer is better, and the two goalposts or the two ends of the scale, not "
            "both, are stated in falling order."
        ),
        blind=(
            "Where values can lie on both sides of zero, the answers decide whether the greatest is "
            "below it. An item's bounds are known where its number is taken as it is."
        ),
        source="agencyindex: our own; it follows from the formulas",
    ),
    Rule(
        code="one-value",
        when=(
            "Answers to an item differ in what they are worth, and treatment and normalisation "
            "take all of it to one and the same value, as where goalposts are stated without the "
            "sign that is turned where fewer is better."
        ),
        blind=(
            "What all but the most unusual answers come to is not looked at, nor `constant`, which "
            "says what it does. An item's bounds are known where its number is taken as it is."
        ),
        source="agencyindex: our own; what is the same for all tells no one apart",
    ),
)
RULES = (*QUESTIONNAIRE_RULES, *INDEX_RULES, *TOGETHER_RULES)
"""All rules, in the order of the codes."""
