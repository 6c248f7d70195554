"""References of methods: our own notes in them are in the language of the page, literature as it is."""

from __future__ import annotations

from collections.abc import Mapping

NOTES: Mapping[str, str] = {
    "agencyindex: our own (a plain quotient)": "agencyindex: egen metod (en vanlig kvot)",
    "agencyindex: our own (a stated value for each agency)": (
        "agencyindex: egen metod (ett angivet värde för varje myndighet)"
    ),
    "agencyindex: our own (a stated value for each group)": (
        "agencyindex: egen metod (ett angivet värde för varje grupp)"
    ),
    "agencyindex: our own (a stated value)": "agencyindex: egen metod (ett angivet värde)",
    "agencyindex: our own (an absolute difference)": (
        "agencyindex: egen metod (en absolut skillnad)"
    ),
    "agencyindex: our own (an indicator variable)": (
        "agencyindex: egen metod (en indikatorvariabel)"
    ),
    "agencyindex: our own (limits that are stated)": (
        "agencyindex: egen metod (gränser som är angivna)"
    ),
    "agencyindex: our own (plain counting)": "agencyindex: egen metod (enkel räkning av antal)",
    "agencyindex: our own (the identity)": "agencyindex: egen metod (identiteten)",
    "agencyindex: our own (the least favourable value that somebody has)": (
        "agencyindex: egen metod (det minst gynnsamma värdet som någon har)"
    ),
    "agencyindex: our own form of categorical scales once their limits are known": (
        "agencyindex: egen form för kategoriska skalor när gränserna är kända"
    ),
    "agencyindex: our own form of ranks once they are learnt": (
        "agencyindex: egen form för ranger när de är skattade"
    ),
    "agencyindex: our own formula for less weight of correlated indicators, which is advised in": (
        "agencyindex: egen formel för lägre vikt åt korrelerade indikatorer, efter ett råd i"
    ),
    "agencyindex: our own name for goalposts at the attainable points": (
        "agencyindex: eget namn på fasta punkter vid de poäng som kan uppnås"
    ),
    "agencyindex: our own name for goalposts that are clipped at the second end only": (
        "agencyindex: eget namn på fasta punkter med ett tak vid bara den andra"
    ),
    "agencyindex: our own name for what a standard score becomes once its parameters are known": (
        "agencyindex: eget namn på det som ett standardiserat värde blir när dess parametrar är "
        "kända"
    ),
    "agencyindex: our own name for what the InCiSE index of 2019 does (its technical report, "
    "data quality assessment)": (
        "agencyindex: eget namn på det som InCiSE-indexet 2019 gör (dess tekniska rapport, "
        "bedömningen av datakvalitet)"
    ),
    "agencyindex: our own use of the coefficient of variation, as standard deviations without a "
    "unit": (
        "agencyindex: egen användning av variationskoefficienten, som standardavvikelser utan enhet"
    ),
    "; ties: agencyindex: our own": "; lika värden: agencyindex: egen metod",
    "; by correlations, solved exactly: agencyindex: our own": (
        "; efter korrelationer, exakt löst: agencyindex: egen metod"
    ),
    ", for whole numbers in order; the division by k - 1 is agencyindex: our own": (
        ", för heltal i ordning; divisionen med k - 1: agencyindex: egen metod"
    ),
    ", dataset assessments, for such a checklist; agencyindex: our own way of writing it": (
        ", bedömningar av datamängder, för en sådan checklista; agencyindex: eget skrivsätt"
    ),
    "agencyindex: our own": "agencyindex: egen metod",
    "step 3 (imputation of missing data)": "steg 3 (imputering av saknade data)",
    "step 5 (Min-Max)": "steg 5 (min-max)",
    "step 5 (categorical scales)": "steg 5 (kategoriska skalor)",
    "step 5 (distance to a reference)": "steg 5 (avstånd till en referens)",
    "step 5 (indicators above or below the mean)": "steg 5 (indikatorer över eller under medel)",
    "step 5 (ranking)": "steg 5 (rangordning)",
    "step 5 (scale transformation)": "steg 5 (transformation av skalan)",
    "step 5 (standardisation)": "steg 5 (standardisering)",
    "step 6 (additive aggregation)": "steg 6 (additiv sammanvägning)",
    "step 6 (budget allocation)": "steg 6 (budgetfördelning)",
    "step 6 (equal weighting)": "steg 6 (lika vikter)",
    "step 6 (factor analysis)": "steg 6 (faktoranalys)",
    "step 6 (geometric aggregation)": "steg 6 (geometrisk sammanvägning)",
    "step 6 (non-compensatory multi-criteria approach)": (
        "steg 6 (icke-kompensatorisk multikriterieanalys)"
    ),
    "step 6 (principal components analysis)": "steg 6 (principalkomponentanalys)",
    "step 6 (regression approach)": "steg 6 (regression)",
    "step 6 (weighting)": "steg 6 (viktning)",
    ", step 6, OECD": ", steg 6, OECD",
    "note 1 (goalposts)": "note 1 (fasta punkter)",
    ", with bounds that are declared": ", med gränser som är angivna",
    "; as weights: ": "; som vikter: ",
    "; random indices: ": "; slumpindex: ",
    "; with weights of children, ": "; med vikter för delarna, ",
    " (a weighted mean of order -1)": " (ett viktat medelvärde av ordning -1)",
    " (weighted means of order beta)": " (viktade medelvärden av ordning beta)",
    " (the limit of weighted means of falling order)": (
        " (gränsvärdet av viktade medelvärden av fallande ordning)"
    ),
    " (the limit of weighted means of rising order)": (
        " (gränsvärdet av viktade medelvärden av stigande ordning)"
    ),
    " (the median as a minimum of weighted absolute deviations)": (
        " (medianen som ett minimum av viktade absoluta avvikelser)"
    ),
}
"""Swedish of each note of ours in a reference; one that is a part of another stands after it."""


def reference_in(reference: str, language: str) -> str:
    """A reference with our own notes in a language.

    Examples
    --------
    >>> reference_in("agencyindex: our own (the identity)", "sv")
    'agencyindex: egen metod (identiteten)'
    """
    if language == "sv":
        for english, swedish in NOTES.items():
            reference = reference.replace(english, swedish)
    return reference
