"""Weightings that learn from spread and correlations, against exact fractions."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pymcdm.weights
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from skcriteria.preprocessing import weighters
from tests.exact import DIGITS
from tests.methods.populations import same
from tests.methods.refusals import SCORES

from agencyindex.errors import MethodError
from agencyindex.methods.protocols import Siblings, Weighting
from agencyindex.methods.weighting import (
    CriticWeights,
    EntropyWeights,
    FactorWeights,
    InverseCorrelationWeights,
    InverseDeviationWeights,
    OptimisedWeights,
    PrincipalComponentWeights,
    RegressionWeights,
    StandardDeviationWeights,
    VariationWeights,
)
from agencyindex.methods.weighting._population import Columns
from agencyindex.methods.weighting.spread import NEAR, _divergences, _near_terms

GAPPY = [StandardDeviationWeights(), VariationWeights()]
PAIRWISE = [EntropyWeights(), CriticWeights(), InverseCorrelationWeights()]
PLAIN = [*GAPPY, *PAIRWISE]
JOINT = [
    InverseDeviationWeights(),
    PrincipalComponentWeights(negative="keep"),
    FactorWeights(eigenvalue=0.9, kaiser=True),
    FactorWeights(share=0.6, kaiser=False),
]
NAMES = {"ids": lambda each: each.name}


def matrices(elements, rows=(2, 9), columns=(2, 5)):
    """Tables of numbers, by columns."""
    return st.integers(*rows).flatmap(
        lambda n: st.lists(
            st.lists(elements, min_size=n, max_size=n), min_size=columns[0], max_size=columns[1]
        )
    )


def root(value: Fraction) -> Fraction:
    """A square root to 60 digits."""
    return Fraction(DIGITS.sqrt(DIGITS.divide(value.numerator, value.denominator)))


def mean(column):
    return sum(map(Fraction, column), Fraction(0)) / len(column)


def around(column):
    return [Fraction(each) - mean(column) for each in column]


def product(first, second):
    return sum(a * b for a, b in zip(around(first), around(second), strict=True))


def deviation(column):
    return root(product(column, column) / (len(column) - 1))


def related(first, second):
    squares = product(first, first) * product(second, second)
    return Fraction(1) if first == second else product(first, second) / root(squares)


def agree(found, wanted, tolerance):
    """Whether weights are exact shares, each to a relative tolerance."""
    total = sum(wanted)
    assert math.isclose(math.fsum(found), 1, rel_tol=1e-15)
    for weight, share in zip(found.tolist(), wanted, strict=True):
        assert math.isclose(weight, share / total, rel_tol=tolerance, abs_tol=1e-300)


def by_columns(columns):
    return np.array(columns, dtype=np.float64).T


# Each weight is a quotient of a root of a sum of squares: a few dozen roundings of 1.1e-16.
FEW = 1e-14


@given(matrices(SCORES))
@example([[1e300, -1e300, 3e299], [5e-324, 0.0, 5e-324], [1.0, 2.0, 3.0]])
@example([[1e-300, 3e-300], [1e-300, 2e-300]])
@example([[1e8, 1e8 + 2**-16, 1e8], [1.0, 2.0, 4.0]])
def test_standard_deviations_are_shares(columns):
    """Each child has its exact share of the sample standard deviations, however ill-scaled."""
    wanted = [deviation(column) for column in columns]
    assume(any(wanted))
    agree(StandardDeviationWeights().weights(by_columns(columns)), wanted, FEW)


@given(matrices(SCORES))
@example([[1e300, -1e300, 3e299], [5e-324, 0.0, 5e-324], [1.0, 2.0, 3.0]])
@example([[1e-300, 3e-300], [1e-300, 2e-300]])
@example([[1e8, 1e8 + 2**-16, 1e8], [1.0, 2.0, 4.0]])
def test_inverse_standard_deviations_are_shares(columns):
    """Each child has its exact share of one over the sample standard deviations."""
    assume(varied(columns))
    wanted = [1 / deviation(column) for column in columns]
    agree(InverseDeviationWeights().weights(by_columns(columns)), wanted, FEW)


def test_inverse_standard_deviations_leave_out_gaps():
    """Each child is worth what its values alone are, however many they are."""
    columns = [[1.0, 2.0, 4.0, 4.0], [5.0, 1.0, 2.0], [2.0, 9.0]]
    table = np.full((5, 3), math.nan)
    for place, column in enumerate(columns):
        table[place : place + len(column), place] = column
    wanted = [1 / deviation(column) for column in columns]
    agree(InverseDeviationWeights().weights(table), wanted, FEW)


@pytest.mark.parametrize(
    ("deviations", "weights"),
    [
        ([0.160, 0.103, 0.144, 0.214, 0.262], [0.199, 0.310, 0.221, 0.149, 0.121]),
        ([0.145, 0.060, 0.120, 0.228], [0.191, 0.459, 0.230, 0.121]),
        ([0.010, 0.023], [0.693, 0.307]),
        ([0.166, 0.208, 0.116], [0.310, 0.247, 0.443]),
    ],
)
def test_the_gender_gap_report_weighs_alike(deviations, weights):
    """Its table B.2 of 2023 has these deviations and weights, within what three decimals leave."""
    half = 0.0005
    for place, published in enumerate(weights):
        ends = []
        for sign in (1, -1):
            spread = np.array(deviations) - sign * half
            spread[place] += 2 * sign * half
            ends.append(InverseDeviationWeights().weights(np.array([-spread, spread]))[place])
        assert ends[0] - half <= published <= ends[1] + half


POSITIVE = st.floats(0.001, 1e6).map(lambda x: round(x, 6))


@given(matrices(POSITIVE))
@example([[-1.0, 3.0], [5.0, 6.0]])
def test_variations_are_shares(columns):
    """Each child has its exact share of the coefficients of variation."""
    wanted = [deviation(column) / mean(column) for column in columns]
    assume(any(wanted))
    agree(VariationWeights().weights(by_columns(columns)), wanted, FEW)


@given(matrices(POSITIVE | st.just(0.0)))
@example([[50.0, 50.001, 50.002], [1.0, 1.0, 2.0]])
@example([[1e6, 1e-300, 0.0], [1.0, 1.25, 0.75]])
def test_entropies_are_shares(columns):
    """Each child has its exact share of what its entropy lacks, also where that is next to none."""
    assume(all(map(any, columns)))
    wanted = []
    for column in columns:
        parts = [Fraction(each) / sum(map(Fraction, column)) for each in column]
        terms = [
            part
            * Fraction(DIGITS.ln(DIGITS.divide((n := len(column) * part).numerator, n.denominator)))
            for part in parts
            if part
        ]
        wanted.append(Fraction(0) if len(set(column)) == 1 else sum(terms))
    assume(any(wanted))
    agree(EntropyWeights().weights(by_columns(columns)), wanted, 1e-13)


WHOLE = st.integers(-9, 9)


def varied(columns):
    return all(len(set(column)) > 1 for column in columns)


@given(matrices(WHOLE))
def test_critic_weights_are_shares(columns):
    """Each child has its exact share of spread times conflict."""
    assume(varied(columns))
    wanted = []
    for column in columns:
        conflict = sum(1 - related(column, other) for other in columns)
        wanted.append(deviation(column) / (max(column) - min(column)) * conflict)
    assume(sum(wanted) > Fraction(1, 10**12))
    wanted = [each if each > Fraction(1, 10**20) else Fraction(0) for each in wanted]
    agree(CriticWeights().weights(by_columns(columns)), wanted, 1e-12)


@given(matrices(WHOLE))
def test_inverse_correlations_are_shares(columns):
    """Each child has its exact share of the inverse total correlations."""
    assume(varied(columns))
    wanted = [1 / sum(abs(related(each, other)) for other in columns) for each in columns]
    agree(InverseCorrelationWeights().weights(by_columns(columns)), wanted, FEW)


@pytest.mark.parametrize("seed", range(5))
def test_other_libraries_agree(seed):
    """Two independent libraries give the same standard deviations, entropies and CRITIC."""
    values = np.random.default_rng(seed).lognormal(size=(30, 6)) * [1, 10, 0.1, 3, 1e3, 1]
    for weighting, *others in (
        (
            StandardDeviationWeights(),
            pymcdm.weights.standard_deviation_weights(values),
            weighters.std_weights(values),
        ),
        (
            EntropyWeights(),
            pymcdm.weights.entropy_weights(values),
            weighters.entropy_weights(values),
        ),
        (
            CriticWeights(),
            pymcdm.weights.critic_weights(values),
            weighters.critic_weights(values, [1] * 6),
        ),
    ):
        for other in others:
            np.testing.assert_allclose(weighting.weights(values), other, rtol=1e-12)


def test_zero_parts_count_nothing_as_elsewhere():
    """Zeros among the values are handled as in a library that knows their limit."""
    values = np.random.default_rng(3).integers(0, 4, size=(20, 4)).astype(float)
    wanted = weighters.entropy_weights(values)
    np.testing.assert_allclose(EntropyWeights().weights(values), wanted, rtol=1e-12)


@pytest.mark.parametrize("weighting", GAPPY, **NAMES)
def test_gaps_do_not_count(weighting):
    """A column with gaps is worth what its values alone are."""
    values = np.array([[1.0, 5.0, 2.0], [2.0, np.nan, 2.5], [4.0, 1.0, np.nan], [4.0, 2.0, 9.0]])
    found = weighting.weights(values)
    wanted = []
    for column in values.T.tolist():
        present = [each for each in column if not math.isnan(each)]
        level = mean(present) if weighting.name == "coefficient_of_variation" else 1
        wanted.append(deviation(present) / level)
    agree(found, wanted, FEW)


def sample(seed=0, n=40, m=5):
    """Agencies whose children have something in common."""
    random = np.random.default_rng(seed)
    return random.normal(size=(n, m)) + random.normal(size=(n, 1)) + 9


@pytest.mark.parametrize("weighting", [*PLAIN, *JOINT, OptimisedWeights()], **NAMES)
def test_the_order_of_agencies_does_not_matter(weighting):
    """Weights are the same to the bit in whatever order the agencies come."""
    values = sample()
    order = np.random.default_rng(1).permutation(len(values))
    assert weighting.weights(values).tobytes() == weighting.weights(values[order]).tobytes()
    assert isinstance(weighting, Weighting)
    assert weighting.learnt
    assert not weighting.states


@pytest.mark.parametrize("weighting", [*PLAIN, *JOINT, OptimisedWeights()], **NAMES)
@given(seed=st.integers(0, 10**6), random=st.randoms())
def test_weights_go_with_the_children(weighting, seed, random):
    """Children in another order have the same weights in that order."""
    values = sample(seed, m=4)
    try:
        found = weighting.weights(values)
    except MethodError:
        assume(False)
    order = random.sample(range(4), 4)
    turned = weighting.weights(values[:, order])
    np.testing.assert_allclose(turned, found[order], rtol=1e-9, atol=1e-9)
    assert math.isclose(math.fsum(found), 1, rel_tol=1e-13)
    assert found.dtype == np.float64


@pytest.mark.parametrize("weighting", [*PAIRWISE[1:], *JOINT[1:]], **NAMES)
def test_units_do_not_matter(weighting):
    """Another unit and another zero of a child leave its weight as it is."""
    values = sample(7)
    other = values * [1e9, 1, 3, 1e-9, 7] + [0, 3, 0, 0, -50]
    np.testing.assert_allclose(weighting.weights(other), weighting.weights(values), rtol=1e-6)
    doubled = weighting.weights(values * 2.0**600)
    assert doubled.tobytes() == weighting.weights(values).tobytes()
    assert weighting.weights(values * 2.0**-900).tobytes() == doubled.tobytes()


SINGLE = [*PLAIN, *JOINT, OptimisedWeights(), RegressionWeights(outcome="o", negative="error")]


@pytest.mark.parametrize("weighting", SINGLE, **NAMES)
@pytest.mark.parametrize("column", [[], [2.0], [2.0, 2.0], [math.nan, math.inf], [-1.0, 3.0]])
def test_a_single_child_has_all_the_weight(weighting, column):
    """One child has weight 1, whatever its values."""
    found = weighting.weights(np.array(column).reshape(-1, 1))
    assert found.tolist() == [1.0]
    assert list(weighting.faults(["any", "names"])) == []


@pytest.mark.parametrize("weighting", PLAIN[:3], **NAMES)
def test_a_constant_child_has_no_weight(weighting):
    """Where agencies are equal on a child, spread gives it nothing; not even rounding."""
    values = np.array([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]])
    assert weighting.weights(values).tolist() == [0.0, 1.0]


def test_children_that_say_the_same_but_for_rounding_have_no_conflict():
    """Two equal children and one against them: the conflict is all with that one."""
    values = sample(2)[:, :1] @ np.array([[1.0, 3.0, -0.7]])
    found = CriticWeights().weights(values)
    np.testing.assert_allclose(found, [0.25, 0.25, 0.5], rtol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_children_that_say_the_same_or_the_opposite_share_one_weight(seed):
    """Both together count as the one beside them, and never less: no correlation is beyond 1."""
    said = np.random.default_rng(seed).normal(size=9)
    doubled, beside = np.tile(said, 2), np.repeat([1.0, -1.0], 9)
    for other in (doubled, -doubled):
        found = InverseCorrelationWeights().weights(np.array([doubled, other, beside]).T)
        np.testing.assert_allclose(found, [0.25, 0.25, 0.5], rtol=1e-15)
        assert found[2] <= 0.5


def test_children_that_nearly_say_the_same_have_their_exact_conflicts():
    """Where each correlation is all but 1, what it lacks is known to many digits."""
    level = [0, 1000000, 2000000, 3000000, 4000000]
    apart = [[1, 0, 2, 0, 0], [0, 3, 0, 1, 0], [0, 0, 0, 2, 5], [1, 1, 0, 0, 3]]
    columns = [[a + b for a, b in zip(level, each, strict=True)] for each in apart]
    wanted = []
    for column in columns:
        conflict = sum(1 - related(column, other) for other in columns)
        assert 0 < conflict < 1e-10
        wanted.append(deviation(column) / (max(column) - min(column)) * conflict)
    agree(CriticWeights().weights(by_columns(columns)), wanted, 1e-8)


def test_a_zero_counts_what_its_limit_is():
    """A part of nothing adds exactly 1 to what a child lacks of its greatest entropy."""
    columns = [[0] + [1] * 9, [1] * 9 + [991]]
    wanted = []
    for column in columns:
        parts = [Fraction(each, sum(column)) for each in column]
        times = [DIGITS.divide((10 * part).numerator, (10 * part).denominator) for part in parts]
        terms = [
            float(part) and part * Fraction(DIGITS.ln(n))
            for part, n in zip(parts, times, strict=True)
        ]
        wanted.append(sum(terms))
    agree(EntropyWeights().weights(by_columns(columns)), wanted, 1e-15)


@pytest.mark.parametrize("weighting", [*PLAIN, *JOINT, OptimisedWeights()], **NAMES)
def test_values_of_another_type_are_worked_with_as_floats(weighting):
    """Short floats and whole numbers are worth what they are, with no digit less in between."""
    for kind in (np.float32, np.int16):
        values = (sample(3) * 100).astype(kind)
        assert (
            weighting.weights(values).tobytes() == weighting.weights(values.astype(float)).tobytes()
        )


@pytest.mark.parametrize(
    "method",
    [
        StandardDeviationWeights(),
        InverseDeviationWeights(),
        VariationWeights(),
        EntropyWeights(),
        CriticWeights(),
        InverseCorrelationWeights(),
    ],
    ids=str,
)
def test_many_agencies_weigh_the_same_in_parts_of_any_shape(method):
    """Whether columns or rows lie together, and so are taken together, changes no bit."""
    random = np.random.default_rng(4)
    table = random.uniform(1, 2 + np.arange(9), (20000, 9)) * 10.0 ** np.arange(9)
    found = method.weights(table)
    assert same(method.weights(np.asfortranarray(table)), found)
    assert same(method.weights(table[random.permutation(20000)]), found)


def test_a_child_whose_importance_comes_with_another_gets_no_weight():
    """Where it is just as important as its correlation with the other one makes it."""
    table = np.array([[1.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    weights = OptimisedWeights(targets={"a": 0.5, "b": 1}).weights(
        table, Siblings(names=("a", "b"))
    )
    assert weights.tolist() == [0, 1]


def test_a_constant_child_is_seen_beside_any_other():
    """Also where rounding takes its mean beyond it."""
    beyond = 0
    for number in np.random.default_rng(2).uniform(1, 5, 60).tolist():
        table = np.column_stack([np.full(49, number), np.arange(49.0) - 7])
        for weighting in (CriticWeights(), InverseDeviationWeights()):
            with pytest.raises(MethodError, match="All agencies have the same value for child 1"):
                weighting.weights(table)
        assert StandardDeviationWeights().weights(table).tolist() == [0, 1]
        beyond += math.fsum([number] * 49) / 49 != number
    assert beyond


def test_the_terms_of_an_entropy_have_nearly_all_digits():
    """Near equal parts, where they cancel, and away from them."""
    for apart in [*np.linspace(-0.9, 3, 400).tolist(), *np.linspace(-0.13, 0.13, 400).tolist()]:
        with localcontext(prec=60):
            exact = (1 + Decimal(apart)) * (1 + Decimal(apart)).ln() - Decimal(apart)
        found = float(_near_terms(np.array([apart]))[0])
        # Some ten roundings of the series; away from 1 three, of what is up to 18 times the term.
        slack = (3 * 18 if abs(apart) >= 0.125 else 10) * 2.0**-53
        assert abs(Decimal(found) - exact) <= Decimal(slack) * abs(exact)


def exact_divergences(table):
    """To sixty digits."""
    exact = []
    for column in table.T:
        values = [Decimal(x) for x in column.tolist()]
        with localcontext(prec=60):
            parts = [x / (sum(values) / len(values)) for x in values]
            exact.append(float(sum((x * x.ln() for x in parts if x), Decimal(0))))
    return exact


@pytest.mark.parametrize("width", [1e-9, 1e-3, 0.02, 0.0624, 0.0626, 0.3, 1.7])
def test_divergences_have_nearly_all_digits(width):
    """On both sides of where terms are worked out another way, beside columns of the other side."""
    shape = np.array([-1.0, 1.0, 0.25, -0.25, 0.75, -0.75, 0.5, 0.1, -0.2, -0.4])
    if width > 1:
        shape = shape**2 - 0.5
    table = np.column_stack([3 + 3 * width * shape, [7.0, 7, 7, 7, 7, 7, 7, 7, 7, 8], shape + 1])
    found = _divergences(Columns.of(table)).tolist()
    assert found == pytest.approx(exact_divergences(table), rel=2.0**-46, abs=0)
    for rows in (table[::-1], np.asfortranarray(table)):
        assert _divergences(Columns.of(rows)).tolist() == found


def test_both_ways_to_a_divergence_are_tried():
    """The widths above are on either side of the limit."""
    shape = np.array([-1.0, 1.0, 0.25, -0.25, 0.75, -0.75, 0.5, 0.1, -0.2, -0.4])
    sides = [np.mean(_near_terms(width * shape)) < NEAR for width in (1e-9, 0.02, 0.3)]
    assert sides == [True, True, False]


def test_divergences_of_many_have_nearly_all_digits():
    """With one agency that has nothing, or nearly all, and where all are nearly alike."""
    count = 1000
    nothing, all_but_nothing = np.ones(count), np.full(count, 1e-9)
    nothing[3], all_but_nothing[5] = 0, 1e3
    alike = 1 + 1e-4 * np.sin(np.arange(count))
    table = np.column_stack([nothing, all_but_nothing, alike, np.rint(alike * 1e12)])
    found = _divergences(Columns.of(table)).tolist()
    assert found == pytest.approx(exact_divergences(table), rel=2.0**-46, abs=0)


def test_divergences_know_the_scale_of_each_column():
    """Also where a table is gone through in parts, on either side of nearly alike."""
    random = np.random.default_rng(8)
    table = np.asfortranarray(random.uniform(1, 2, (20000, 24)))
    table[:, 12:] = 1 + 0.01 * table[:, 12:]
    table *= 10.0 ** np.resize([-300.0, 0.0, 300.0, 3.0, -150.0], 24)
    found = _divergences(Columns.of(table))
    assert ((found < NEAR * len(table)) == (np.arange(24) >= 12)).all()
    alone = [_divergences(Columns.of(table[:, [place]]))[0] for place in range(24)]
    assert found.tolist() == alone


def test_a_coefficient_of_variation_beyond_all_floats_is_refused():
    """Where a mean is all but zero; it is no gap."""
    table = np.array([[1.0, 1.0], [-1.0, 2.0], [1e-310, 3.0]])
    with pytest.raises(MethodError, match="too near zero beside the deviation for child 1"):
        VariationWeights().weights(table)
