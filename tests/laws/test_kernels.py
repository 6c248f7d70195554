"""Law: one response scored alone has, bit for bit, the figures that it has among many."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.rewriting import with_awkward_weights
from tests.strategies import Case, cases, fitted, law

import agencyindex as ai


@law
@given(cases())
def test_the_two_kernels_agree_to_the_bit(case: Case) -> None:
    """The kernel of single responses gives the bits of the kernel of batches."""
    together = ai.score(case.fitted, case.responses)
    for row, response in enumerate(case.responses):
        assert same_bits(ai.score(case.fitted, response), together, rows=[row])


@law
@given(cases(), st.randoms(use_true_random=False))
def test_they_add_in_the_same_order(case: Case, random: st.Random) -> None:
    """With weights of many digits, whose sums depend on the order, they agree to the bit."""
    index = fitted(with_awkward_weights(case.definition, random), case.responses)
    together = ai.score(index, case.responses)
    for row, response in enumerate(case.responses):
        assert same_bits(ai.score(index, response), together, rows=[row])


@law
@given(cases())
def test_the_index_alone_has_the_same_bits(case: Case) -> None:
    """Leaving out the figures of the parts changes nothing of the whole, in either kernel."""
    together = ai.score(case.fitted, case.responses)
    alone = ai.score(case.fitted, case.responses, nodes="indices")
    assert same_bits(alone, together)
    for row, response in enumerate(case.responses):
        single = ai.score(case.fitted, response, nodes="indices")
        assert same_bits(single, together, rows=[row])


@law
@given(cases())
def test_indices_in_one_pass_have_the_same_bits(case: Case) -> None:
    """Two indices scored together have the figures that each has alone."""
    other = ai.fit(attrs.evolve(case.definition, id="other"), case.responses)
    alone = ai.score(case.fitted, case.responses)
    together = ai.score([case.fitted, other], case.responses)
    count = len(alone.nodes)
    assert [node.id for node in together.nodes[count + 1 :]] == [n.id for n in alone.nodes[1:]]
    for half in (together.values[:, :count], together.values[:, count:]):
        assert half.tobytes() == alone.values.tobytes()
