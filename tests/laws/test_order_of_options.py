"""Law: the order in which an item offers its options changes no figure, not one bit."""

from __future__ import annotations

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.rewriting import leaves
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex import Questionnaire, Responses
from agencyindex.methods.choices import CountPoints

CHOICES = {"types": ("single_choice", "multiple_choice", "yes_no")}
TENTHS = (0.1, 0.2, 0.3, 0.7, 1.1, -0.6)


@law
@given(cases(asked=CHOICES), st.randoms(use_true_random=False))
def test_the_order_of_options_changes_not_one_bit(case: Case, random: st.Random) -> None:
    """Options are shuffled wherever their order is not what an ordinal scoring scores."""
    fixed = {
        leaf.item
        for leaf in leaves(case.definition)
        if case.definition.scorings[leaf.scoring].name == "ordinal"
    }
    questionnaire = _shuffled(case.questionnaire, fixed, random)
    responses = Responses.of(questionnaire, case.responses, edition=case.responses.edition)
    scores = ai.score(ai.fit(case.definition, responses), responses)
    assert same_bits(scores, ai.score(case.fitted, case.responses))


@law
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(TENTHS), min_size=3),
    st.randoms(use_true_random=False),
)
def test_a_count_is_the_same_to_the_bit(weights: dict[str, float], random: st.Random) -> None:
    """Weights that floating point cannot add exactly add to the same in any order of options."""
    scoring = CountPoints(weights=weights)
    options = random.sample(list(weights), len(weights))
    order = random.sample(options, len(options))
    chosen = {option: random.random() < 0.8 for option in options}
    one, other = (
        scoring.points(np.array([[chosen[option] for option in each]]), each)
        for each in (options, order)
    )
    assert one.tobytes() == other.tobytes()
    assert scoring.attainable(options) == scoring.attainable(order)


def _shuffled(questionnaire: Questionnaire, fixed: set[str], random: st.Random) -> Questionnaire:
    fixed_scales = {questionnaire[item].scale for item in fixed}

    def mixed(options: tuple[ai.Option, ...]) -> list[ai.Option]:
        return random.sample(options, len(options))

    sections = [
        attrs.evolve(
            section,
            items=[
                item if item.id in fixed else attrs.evolve(item, options=mixed(item.options))
                for item in section.items
            ],
        )
        for section in questionnaire.sections
    ]
    scales = {
        name: options if name in fixed_scales else mixed(options)
        for name, options in questionnaire.scales.items()
    }
    return attrs.evolve(questionnaire, sections=sections, scales=scales)
