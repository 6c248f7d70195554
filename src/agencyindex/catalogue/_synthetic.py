"""A made-up edition with a known structure: agencies, their answers, and what moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

import attrs

from agencyindex._answers import Responses, coders
from agencyindex._documents.resolve import indicators
from agencyindex._model.agency import Agency, Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Answer, Missing, Response
from agencyindex.catalogue import _structure as structure
from agencyindex.catalogue._draws import Draws, band, quantile, share_below
from agencyindex.errors import Findings, Place


@attrs.frozen(kw_only=True)
class SyntheticEdition:
    """A made-up edition, with the factors that moved its answers.

    Parameters
    ----------
    register
        The agencies that were asked.
    responses
        The answers of those that answered.
    latent
        From the name of a factor, ``size`` or ``culture``, to its value for each agency of the
        register, by id.
    """

    register: Register
    responses: Responses
    latent: Mapping[str, Mapping[str, float]]


def make_edition(
    questionnaire: Questionnaire,
    indices: Sequence[IndexDefinition],
    *,
    seed: int,
    agencies: int,
    answering: int,
) -> SyntheticEdition:
    """Make up an edition; `agencyindex.catalogue.synthetic_edition` says by what model."""
    draws = Draws(seed)
    register = _register(draws, _sizes(draws, agencies))
    size = {agency.id: _standardised(agency.fte or 0.0) for agency in register}
    culture = {agency.id: draws.normal() for agency in register}
    wish = {name: structure.ANSWERS_BY_SIZE * each + draws.normal() for name, each in size.items()}
    silent = set(sorted(wish, key=wish.__getitem__)[: agencies - answering])
    answers = []
    for agency in register:
        person = _Respondent(draws, indices, agency, size[agency.id], culture[agency.id])
        given = {item.id: person.answer(questionnaire, item) for item in questionnaire}
        if agency.id not in silent:
            answers.append(Response(agency.id, _routed(questionnaire, given)))
    responses = Responses.of(
        questionnaire, answers, edition="2020", id=questionnaire.id, synthetic=True
    )
    title, note = structure.RESPONSES_TITLE, structure.RESPONSES_NOTE
    return SyntheticEdition(
        register=register,
        responses=attrs.evolve(responses, title=title, note=note),
        latent={"size": size, "culture": culture},
    )


def _standardised(fte: float) -> float:
    return (log(fte) - log(structure.MEDIAN_FTE)) / structure.SPREAD_FTE


def _sizes(draws: Draws, agencies: int) -> list[float]:
    """A log-normal sample, one agency from each of as many equal parts, in random order."""
    order = [draws.uniform() for _ in range(agencies)]
    sizes = []
    for place in sorted(range(agencies), key=order.__getitem__):
        normal = quantile((place + draws.uniform()) / agencies)
        size = round(structure.MEDIAN_FTE * exp(structure.SPREAD_FTE * normal))
        sizes.append(float(min(max(size, structure.SMALLEST_FTE), structure.LARGEST_FTE)))
    return sizes


def _register(draws: Draws, sizes: Sequence[float]) -> Register:
    made = []
    for number, fte in enumerate(sizes, start=1):
        ministry = draws.one_of(structure.MINISTRIES)
        sector = draws.one_of(structure.SECTORS[ministry])
        name = {"sv": f"Påhittad myndighet {number:03}", "en": f"Made-up agency {number:03}"}
        ident = f"synthetic-{number:03}"
        made.append(Agency(ident, name=name, fte=fte, ministry=ministry, sector=sector))
    return Register(
        id="digg-2020",
        version="1.0.0",
        agencies=made,
        title=structure.REGISTER_TITLE,
        note=structure.REGISTER_NOTE,
        synthetic=True,
    )


class _Respondent:
    """One agency's leanings, and the answers that they lead to.

    Every number is drawn whether or not the question comes to be asked, so that routing moves
    no later draw.
    """

    def __init__(
        self,
        draws: Draws,
        indices: Sequence[IndexDefinition],
        agency: Agency,
        size: float,
        culture: float,
    ) -> None:
        self.draws = draws
        self.size = size
        self.fte = agency.fte or 0.0
        self.leaning: dict[str, tuple[float, float]] = {}
        for index in indices:
            by_size, by_culture = structure.LOADINGS[index.id]
            common = by_size * size + by_culture * culture + structure.OWN_SPREAD * draws.normal()
            spread = (by_size**2 + by_culture**2 + structure.OWN_SPREAD**2 + 1) ** 0.5
            for leaf in indicators(index):
                self.leaning[leaf.item] = leaf.direction * common / spread, 1 / spread

    def answer(self, questionnaire: Questionnaire, item: Item) -> Answer:
        """The answer to an item, should it be asked."""
        reason = self._reason(questionnaire, item)
        by_size = structure.LOADINGS_BY_ITEM.get(item.id, 0.0)
        spread = (by_size**2 + 1) ** 0.5
        outside = by_size * self.size / spread, 1 / spread
        level, noise = self.leaning.get(item.id, outside)
        level += structure.SHIFTS.get(item.id, 0.0)
        options = questionnaire.substantive(item.id)
        answer: Answer
        if item.type == "number":
            answer = self._number(item.id, level + noise * self.draws.normal())
        elif item.type == "multiple_choice":
            free = [option.value for option in options if not option.exclusive]
            alone = [option.value for option in options if option.exclusive]
            answer = self._several(item.id, free, alone, level, noise)
        elif item.id in structure.NOMINAL:
            answer = self._nominal(item.id, [option.value for option in options])
        else:
            shares = structure.SHARES.get(item.scale or "") or structure.SHARES[len(options)]
            answer = options[band(level + noise * self.draws.normal(), shares)].value
        return answer if reason is None else reason

    def _reason(self, questionnaire: Questionnaire, item: Item) -> Missing | None:
        """Why the item is left without an answer, where it is."""
        offered = {option.missing for option in questionnaire.options(item.id)}
        left = self.draws.uniform()
        for reason, risk in structure.risks(item.id, self.size):
            if reason is Missing.NOT_ANSWERED or reason in offered:
                left -= risk
                if left < 0:
                    return reason
        return None

    def _number(self, item: str, level: float) -> float:
        if item == "fte":
            return self.fte
        if item == "it_costs":
            cost = structure.COST_PER_FTE * self.fte * exp(structure.COST_SPREAD * level)
            return float(round(cost))
        if item == "services":
            return float(1 + int(exp(1 + level)))
        return 5.0 * round(20 * share_below(level))

    def _several(
        self, item: str, free: Sequence[str], alone: Sequence[str], level: float, noise: float
    ) -> tuple[str, ...]:
        """Each option by its own noise; the strongest where the item allows no more."""
        pulls = {option: level + noise * self.draws.normal() for option in free}
        for option in free:
            pulls[option] += structure.OPTION_LOADINGS.get((item, option), 0.0) * self.size
        strongest = sorted(free, key=lambda option: -pulls[option])
        allowed = strongest[: structure.AT_MOST.get(item)]
        chosen = [each for each in allowed if pulls[each] > structure.OPTION_THRESHOLD]
        if not chosen:
            return tuple(alone or strongest[:1])
        return tuple(option for option in free if option in chosen)

    def _nominal(self, item: str, options: Sequence[str]) -> str:
        """The option that pulls most."""
        pulls = {
            option: structure.NOMINAL[item].get(option, 0.0)
            + structure.OPTION_LOADINGS.get((item, option), 0.0) * self.size
            + self.draws.normal()
            for option in options
        }
        return max(options, key=pulls.__getitem__)


def _routed(questionnaire: Questionnaire, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers to what is asked, by the questionnaire's conditions."""
    codes: dict[str, int] = {}
    values: dict[str, object] = {}
    kept: dict[str, Answer] = {}
    for name, coder in coders(questionnaire).items():
        asked = coder.condition is None or coder.condition(lambda item: (codes[item], values[item]))
        kept[name] = given[name] if asked else Missing.NOT_ASKED
        codes[name], values[name] = coder.code(kept[name], Place(), Findings())
    return kept
