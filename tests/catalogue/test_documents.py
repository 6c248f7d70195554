"""The shipped documents: every text in two languages, every item and weight with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import agencyindex as ai
from agencyindex import Missing, catalogue
from agencyindex._documents.resolve import indicators
from agencyindex._model.definition import IndexDefinition, Indicator, Node
from agencyindex._model.questionnaire import ITEM_TYPES

DOCUMENTS = {name: catalogue.document(name) for name in catalogue.names()}
QUESTIONNAIRE = catalogue.questionnaire("digg-2020")
INDICES = {name: catalogue.index(name) for name in catalogue.INDICES}


def below(node: IndexDefinition | Node) -> Iterator[Node]:
    """Every node below one."""
    for child in () if isinstance(node, Indicator) else node.children:
        yield child
        yield from below(child)


NODES = [node for index in INDICES.values() for node in below(index)]

BASES = {
    "Documented area of responsibility": "Dokumenterat ansvarsområde",
    "Documented goal": "Dokumenterat mål",
    "Documented part of the index": "Dokumenterad del av indexet",
    "Documented finding": "Dokumenterat resultat",
    "Documented grouping variable": "Dokumenterad indelningsgrund",
    "Comparable source": "Jämförbar källa",
    "Our choice": "Eget val",
}
"""What a source begins with: how far an item rests on what is public."""

AREAS = {
    # Digg's responsibilities, as its pages and the ordinances name them
    "digital mail": ("digg", "digital_mail"),
    "electronic identification and eIDAS": ("digg", "electronic_identification"),
    "open data and information sharing": ("digg", "open_data"),
    "digital accessibility": ("digg", "digital_accessibility"),
    "electronic invoices and commerce": ("digg", "electronic_commerce"),
    "common digital infrastructure and base data": ("digg", "digital_infrastructure"),
    "framework for digital collaboration": ("digg", "architecture"),
    "user-centred services and guidance": ("digg", "user_centred_services"),
    "legal guidance": ("digg", "legal_guidance"),
    "benefits realisation and investments, follow-up": ("digg", "benefits_and_follow_up"),
    # the national strategy's five sub-goals, and the goals for the administration
    "digital competence": ("maturity", "competence"),
    "digital security": ("maturity", "security"),
    "digital innovation": ("maturity", "innovation"),
    "digital leadership": ("maturity", "leadership"),
    "digital infrastructure": ("maturity", "infrastructure"),
    "a simpler everyday life": ("maturity", "user_focus"),
    "openness and participation": ("maturity", "openness"),
    "quality and efficiency": ("maturity", "quality_and_efficiency"),
    "benefits realisation": ("maturity", "benefits_realisation"),
    # the Tallinn and Berlin declarations
    "digital by default": ("maturity", "digital_by_default"),
    "inclusiveness": ("maturity", "inclusion"),
    "once only": ("maturity", "once_only"),
    "interoperability by default": ("maturity", "interoperability"),
    "trust": ("maturity", "trust"),
    # the report on its own indices
    "attitude to collaboration": ("collaboration", "attitude"),
    "extent of collaboration in different areas": ("collaboration", "extent_by_area"),
    "artificial intelligence": ("technology", "machine_learning"),
    "big data": ("technology", "big_data"),
    "robotic process automation": ("technology", "robotic_automation"),
    "chat bots": ("technology", "chatbots"),
    "Internet of Things": ("technology", "sensors"),
    "cloud": ("technology", "cloud"),
    "blockchain": ("technology", "blockchain"),
    "augmented and virtual reality": ("technology", "augmented_reality"),
    "drones": ("technology", "drones"),
    "5G": ("technology", "mobile_5g"),
    "digital twins": ("technology", "digital_twins"),
}
"""What the published pages name, and the node that measures it."""


def _texts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("title", "note", "text", "label", "source", "unit"):
                yield each
            else:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _score(index: str, answers: dict[str, Any], node: str | None = None) -> float | None:
    fitted = ai.freeze(INDICES[index], QUESTIONNAIRE)
    return ai.score(fitted, ai.Response("a", answers)).get("a", index, node).value


def test_documents_are_valid_alone_and_together() -> None:
    """Nothing is wrong with any of them, and no index has anything left to learn."""
    assert ai.validate(*DOCUMENTS.values()) == ()
    for index in INDICES.values():
        assert ai.freeze(index, QUESTIONNAIRE).definition == index


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_text_is_in_both_languages(name: str) -> None:
    """Titles, questions, options, units, notes and sources are in Swedish and in English."""
    texts = list(_texts(DOCUMENTS[name]))
    assert texts
    for text in texts:
        assert set(text) == {"sv", "en"}
        assert all(each.strip() for each in text.values())
    assert {"title", "note"} <= set(DOCUMENTS[name])


def test_items_are_as_many_as_a_survey_can_bear() -> None:
    """The questionnaire has from 60 to 100 items, in every section and of every type."""
    assert 60 <= len(QUESTIONNAIRE) <= 100
    assert len(QUESTIONNAIRE.sections) == 5
    assert {item.type for item in QUESTIONNAIRE} == set(ITEM_TYPES)


@pytest.mark.parametrize("item", [item.id for item in QUESTIONNAIRE])
def test_every_item_has_a_source_or_is_our_choice(item: str) -> None:
    """A documented item names what documents it and the year; wording and options are ours."""
    source = QUESTIONNAIRE[item].source
    assert not isinstance(source, str)
    basis, _, rest = source["en"].partition(": ")
    assert source["sv"].startswith(f"{BASES[basis]}: ")
    if basis == "Our choice":
        assert len(rest) > 10
    else:
        for language in ("sv", "en"):
            assert re.search(r"\b(19|20)\d\d\b", source[language])
        assert source["en"].endswith("Wording and options are our choice.")
        assert source["sv"].endswith("Formulering och svarsalternativ är vårt eget val.")
    if basis == "Comparable source":
        assert "Whether the 2020 survey asked this is not known." in rest


def test_every_unscored_item_says_so() -> None:
    """An item that is in no index says that it is not scored."""
    scored = {leaf.item for index in INDICES.values() for leaf in indicators(index)}
    for item in QUESTIONNAIRE:
        assert (item.id in scored) != ai.in_language(item.note, "en").startswith("Not scored")


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.id)
def test_every_node_says_where_its_weight_comes_from(node: Any) -> None:
    """Each dimension and indicator states its weight's origin, in both languages."""
    assert re.search(r"Weight: .*(our choice|of which it is the whole)", node.source["en"])
    assert re.search(r"Vikt: .*(eget val|som den då är hela)", node.source["sv"])


def test_every_document_says_what_it_is() -> None:
    """Questionnaire and indices say that they reconstruct; register and answers are synthetic."""
    for name, value in DOCUMENTS.items():
        if name.endswith(("questionnaire", "index")):
            assert value["note"]["en"].startswith("This is a reconstruction. The report's own")
            assert value["note"]["sv"].startswith("Detta är en rekonstruktion. Rapportens egna")
            assert "synthetic" not in value
        else:
            assert value["synthetic"] is True
            assert value["note"]["en"].startswith("Synthetic data: ")
            assert value["note"]["sv"].startswith("Syntetiska data: ")


@pytest.mark.parametrize("area", AREAS)
def test_the_indices_have_every_area_that_is_named(area: str) -> None:
    """Each area, goal and technology that public pages name has its node."""
    index, node = AREAS[area]
    assert node in {index, *(each.id for each in below(INDICES[index]))}


def test_no_item_is_scored_twice() -> None:
    """The four indices share no item."""
    scored = [leaf.item for index in INDICES.values() for leaf in indicators(index)]
    assert len(scored) == len(set(scored)) == 78


@pytest.mark.parametrize("index", INDICES)
def test_options_go_from_worst_to_best(index: str) -> None:
    """Where an item is one choice, points rise with the order of its options."""
    definition = INDICES[index]
    for leaf in indicators(definition):
        if QUESTIONNAIRE[leaf.item].type in ("single_choice", "yes_no"):
            options = [option.value for option in QUESTIONNAIRE.substantive(leaf.item)]
            scoring = definition.scorings[leaf.scoring]
            points = scoring.points(np.arange(len(options)), options).tolist()
            assert points == sorted(set(points))


def test_figures_by_hand_digg() -> None:
    """Some mail beats none by its own normalisation, and to publish nothing is zero."""
    mail = {"post_use": "fully", "post_share": "under_25"}
    assert _score("digg", mail, "digital_mail") == (100 + 25) / 2
    shut = {"data_priority": "fully", "data_forms": ["none"]}
    assert _score("digg", shut, "open_data") == pytest.approx((100 + 0 + 0) / 3)
    ajar = {"data_priority": "fully", "data_forms": ["list"], "data_portal": "no"}
    assert _score("digg", ajar, "open_data") == pytest.approx((100 + 25 + 0) / 3)
    assert _score("digg", {"blocks": ["apis", "trust"]}, "blocks") == pytest.approx(200 / 3)
    assert _score("digg", {"framework": "sometimes"}, "framework") == pytest.approx(200 / 3)


def test_figures_by_hand_maturity() -> None:
    """To be hindered is worst, and an unknown share is left out."""
    assert _score("maturity", {"legacy": "agree"}, "infrastructure") == 0
    assert _score("maturity", {"legacy": "mostly_disagree"}, "infrastructure") == 75
    known = {"has_services": "yes", "services_share": 40, "digital_first": "agree"}
    unknown = known | {"services_share": Missing.DONT_KNOW}
    assert _score("maturity", known, "digital_by_default") == 70
    assert _score("maturity", unknown, "digital_by_default") == 100


def test_figures_by_hand_collaboration() -> None:
    """Attitude and extent are half each; areas, partners and forms count 2, 2 and 1."""
    areas = [item.id for item in QUESTIONNAIRE if item.id.startswith("area_")]
    answers: dict[str, Any] = dict.fromkeys(areas, "very_large")
    answers["forms"] = ["network", "code"]
    assert _score("collaboration", answers, "extent") == (2 * 100 + 2 * 0 + 50) / 5
    attitude = {"attitude_first": "partly", "attitude_reuse": "agree"}
    answers |= attitude | {"attitude_cost": Missing.DONT_KNOW, "attitude_share": Missing.DONT_KNOW}
    assert _score("collaboration", answers, "attitude") == 75
    assert _score("collaboration", answers) == (75 + 50) / 2


def test_figures_by_hand_technology() -> None:
    """Every technology counts an eighteenth, whatever the size of its group."""
    fitted = ai.freeze(INDICES["technology"], QUESTIONNAIRE)
    explanation = ai.explain(fitted, ai.Response("a", {"drones": "tested"}))
    assert [each.share for each in explanation.contributions] == pytest.approx([1 / 18] * 18)
    assert explanation.score.value == pytest.approx(60 / 18)
