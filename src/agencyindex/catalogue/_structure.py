"""What the made-up edition is made by: every number is our assumption, none is an estimate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agencyindex._model.response import Missing

MEDIAN_FTE, SPREAD_FTE = 160.0, 1.85
SMALLEST_FTE, LARGEST_FTE = 1.0, 25_000.0

LOADINGS: Mapping[str, tuple[float, float]] = {
    "digg": (0.5, 0.0),
    "maturity": (-0.2, 0.6),
    "collaboration": (-0.2, 0.6),
    "technology": (0.6, 0.0),
}
"""What size and culture do to the items of each index."""

OWN_SPREAD = 0.5
"""Spread of what an agency has of its own in each index, beside size and culture."""

ANSWERS_BY_SIZE = 0.3
"""What size does to the wish to answer at all, beside a standard normal draw."""

LOADINGS_BY_ITEM: Mapping[str, float] = {
    "has_services": 0.8,
    "eid_services": 0.5,
    "base_data_source": 0.6,
    "legal_obstacle": 0.3,
    "services": 0.6,
}
"""What size does to items outside the indices; 0 for the others."""

OPTION_LOADINGS: Mapping[tuple[str, str], float] = {
    ("incentives", "assignments"): 0.5,
    ("incentives", "directions"): 0.5,
    ("driver", "together"): 0.5,
}
"""What size does to single options."""

SHARES: Mapping[str | int, tuple[float, ...]] = {
    "extent": (0.10, 0.22, 0.34, 0.24, 0.10),
    "agreement": (0.08, 0.20, 0.34, 0.28, 0.10),
    "implementation": (0.25, 0.15, 0.30, 0.30),
    "adoption": (0.50, 0.15, 0.15, 0.20),
    2: (0.40, 0.60),
    3: (0.20, 0.35, 0.45),
    4: (0.20, 0.25, 0.30, 0.25),
    5: (0.20, 0.25, 0.25, 0.20, 0.10),
}
"""Share of each answer, the worst first, by answer scale or by the number of options."""

SHIFTS: Mapping[str, float] = {
    "has_services": 0.6,
    "base_data_source": -0.7,
    "invoice_network": 1.0,
    "invoice_share": 0.5,
    "blocks": -0.6,
    "gateway": -0.3,
    "benefits_method": -0.4,
    "benefits_plan": -0.5,
    "benefits_use": -0.4,
    "follow_up": -0.3,
    "security_early": 0.6,
    "machine_learning": -0.5,
    "image_analysis": -0.8,
    "robotic_automation": -0.2,
    "voice": -0.6,
    "cloud": 1.0,
    "open_source": 0.5,
    "apis": 0.6,
    "blockchain": -1.4,
    "drones": -0.6,
    "mobile_5g": -1.0,
    "augmented_reality": -0.7,
    "digital_twins": -0.8,
    "biometrics": -0.8,
}
"""How much easier an item is than others, in standard deviations; 0 for the others."""

OPTION_THRESHOLD = 0.2
"""An option of a multiple choice is chosen above this."""

AT_MOST: Mapping[str, int] = {"incentives": 3}
NOMINAL: Mapping[str, Mapping[str, float]] = {"driver": {"core": 0.3, "it": 0.3, "nobody": -1.0}}
"""Items whose options have no order, and how popular each is; 0 for the others."""

COST_PER_FTE, COST_SPREAD = 90.0, 0.4
"""IT costs in thousand kronor for each full-time equivalent, and the spread of their logarithm."""

_OFTEN = {
    ("services_share", Missing.DONT_KNOW): 0.35,
    ("it_costs", Missing.DONT_KNOW): 0.10,
    ("it_costs", Missing.REFUSED): 0.03,
    ("fte", Missing.NOT_ANSWERED): 0.0,
}
_RISKS = {
    Missing.NOT_ANSWERED: 0.02,
    Missing.DONT_KNOW: 0.03,
    Missing.REFUSED: 0.0,
    Missing.NOT_APPLICABLE: 0.05,
}
SMALL_SPARED: frozenset[str] = frozenset({"post_use", "orders", "gateway"})
"""Items that more small agencies than large ones find not applicable to them."""


def risks(item: str, size: float) -> Iterator[tuple[Missing, float]]:
    """How likely each reason for a missing answer is, where the item offers it."""
    for reason, risk in _RISKS.items():
        if reason is Missing.NOT_APPLICABLE and item in SMALL_SPARED:
            yield reason, min(max(0.15 - 0.08 * size, 0.02), 0.5)
        else:
            yield reason, _OFTEN.get((item, reason), risk)


MINISTRIES: Mapping[str, float] = {
    "Arbetsmarknadsdepartementet": 7,
    "Finansdepartementet": 41,
    "Försvarsdepartementet": 8,
    "Infrastrukturdepartementet": 9,
    "Justitiedepartementet": 15,
    "Kulturdepartementet": 13,
    "Miljödepartementet": 7,
    "Näringsdepartementet": 13,
    "Socialdepartementet": 16,
    "Utbildningsdepartementet": 41,
    "Utrikesdepartementet": 5,
}
"""Ministries by name, and how many agencies each is assumed to have."""

SECTORS: Mapping[str, Mapping[str, float]] = {
    "Arbetsmarknadsdepartementet": {"economic affairs": 2, "social protection": 1},
    "Finansdepartementet": {"general public services": 5, "economic affairs": 2, "housing": 1},
    "Försvarsdepartementet": {"defence": 3, "public order and safety": 1},
    "Infrastrukturdepartementet": {"economic affairs": 3, "general public services": 1},
    "Justitiedepartementet": {"public order and safety": 1},
    "Kulturdepartementet": {"recreation and culture": 1},
    "Miljödepartementet": {"environment": 1},
    "Näringsdepartementet": {"economic affairs": 3, "housing": 1},
    "Socialdepartementet": {"health": 1, "social protection": 1},
    "Utbildningsdepartementet": {"education": 1},
    "Utrikesdepartementet": {"general public services": 1},
}
"""Fields of the United Nations' classification of government, and how common each is."""

REGISTER_TITLE = {
    "sv": "Påhittade myndigheter 2020 (syntetiska data)",
    "en": "Made-up agencies 2020 (synthetic data)",
}
REGISTER_NOTE = {
    "sv": (
        "Syntetiska data: ingen av myndigheterna finns. Hur många som tillfrågades i "
        "uppföljningen 2020 är inte känt för oss; 175 är vårt antagande (så många tillfrågades "
        "i mätningen vintern 2019-2020). Departementens namn är verkliga, antal, storlekar och "
        "sektorer är påhittade."
    ),
    "en": (
        "Synthetic data: none of the agencies exists. How many were asked in the follow-up of "
        "2020 is not known to us; 175 is our assumption (so many were asked in the survey of "
        "the winter of 2019-2020). The ministries' names are real; numbers, sizes and sectors "
        "are made up."
    ),
}
RESPONSES_TITLE = {
    "sv": "Påhittade svar 2020 (syntetiska data)",
    "en": "Made-up answers 2020 (synthetic data)",
}
RESPONSES_NOTE = {
    "sv": (
        "Syntetiska data: svaren är dragna ur en dokumenterad modell med ett frö, och säger "
        "inget om någon verklig myndighet. Att 159 svarade är rapportens antal; frågorna är vår "
        "rekonstruktion, eftersom rapportens egna frågor, poäng och vikter inte är kända för oss."
    ),
    "en": (
        "Synthetic data: the answers are drawn from a documented model with a seed, and say "
        "nothing of any real agency. That 159 answered is the report's number; the questions "
        "are our reconstruction, since the report's own questions, points and weights are not "
        "known to us."
    ),
}
