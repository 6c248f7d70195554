"""Weightings by components, factors, outcomes and targets, against independent arithmetic."""

from __future__ import annotations

import csv
import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.optimize
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.methods.refusals import refused
from tests.methods.test_weighting_population import (
    around,
    by_columns,
    matrices,
    mean,
    product,
    related,
    sample,
    varied,
)

from agencyindex.methods.protocols import Siblings
from agencyindex.methods.weighting import (
    FactorWeights,
    OptimisedWeights,
    PrincipalComponentWeights,
    RegressionWeights,
    factors,
)

WHOLE = st.integers(-9, 9)
KEEP = PrincipalComponentWeights(negative="keep")
ZERO = PrincipalComponentWeights(negative="zero")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asem(shared_data, ids):
    table = rows(shared_data / "oracle/asem/aggregated_a_amean.csv")
    return np.array([[float(row[each]) for each in ids] for row in table])


@pytest.mark.parametrize("level", [1, 2, 3])
def test_asem_loadings_are_reproduced(shared_data, level):
    """The first components of every group of ASEM have the loadings that COINr prints."""
    groups: dict[str, list[str]] = {}
    for row in rows(shared_data / "oracle/asem/asem_meta.csv"):
        if row["Level"] == str(level):
            groups.setdefault(row["Parent"], []).append(row["iCode"])
    loadings = {
        row["iCode"]: float(row["Weight"])
        for row in rows(shared_data / f"oracle/asem/weights_pca_level{level}.csv")
    }
    assert len(groups) == {1: 8, 2: 2, 3: 1}[level]
    for ids in groups.values():
        wanted = np.array([loadings[each] for each in ids])
        values = asem(shared_data, ids)
        np.testing.assert_allclose(KEEP.weights(values), wanted / wanted.sum(), rtol=1e-10)
        kept = np.maximum(wanted * np.sign(wanted.sum()), 0)
        np.testing.assert_allclose(ZERO.weights(values), kept / kept.sum(), rtol=1e-10)
        names = Siblings(names=ids)
        if (kept == 0).any():
            with refused("PrincipalComponentWeights", "out-of-range", words="negative"):
                PrincipalComponentWeights(negative="error").weights(values, names)
        else:
            strict = PrincipalComponentWeights(negative="error").weights(values, names)
            assert strict.tobytes() == KEEP.weights(values).tobytes()


def test_asem_groups_matter_equally_as_wanted(shared_data):
    """Both groups of ASEM correlate the same with the index, as COINr's search comes near to."""
    values = asem(shared_data, ["Conn", "Sust"])
    (conn, sust) = rows(shared_data / "oracle/asem/weights_opt_equal_level3_corr.csv")
    found = OptimisedWeights().weights(values)
    ours = np.corrcoef(values @ found, values.T)[0, 1:]
    assert math.isclose(ours[0], ours[1], rel_tol=1e-13)
    theirs = np.array([float(conn["OptWeight"]), float(sust["OptWeight"])])
    np.testing.assert_allclose(found, theirs, atol=0.005)
    reached = np.corrcoef(values @ theirs, values.T)[0, 1:]
    reached /= reached.sum()
    np.testing.assert_allclose(
        reached, [float(conn["Obtained"]), float(sust["Obtained"])], atol=1e-3
    )
    assert abs(reached[0] - 0.5) > 1e-3


@given(matrices(WHOLE, rows=(3, 9)))
def test_the_first_component_is_the_longest_direction(columns):
    """Weights solve the equation of the exact correlations, and no direction explains more."""
    assume(varied(columns))
    matrix = np.array([[float(related(a, b)) for b in columns] for a in columns])
    roots = np.linalg.svd(matrix, compute_uv=False)
    vector = np.linalg.svd(matrix)[0][:, 0]
    assume(roots[0] - roots[1] > 1e-2)
    assume(abs(vector.sum()) > 1e-2)
    found = KEEP.weights(by_columns(columns))
    np.testing.assert_allclose(matrix @ found, roots[0] * found, atol=1e-10)
    assert math.isclose(math.fsum(found), 1, rel_tol=1e-13)


def test_agencies_apart_by_one_line_give_equal_weights():
    """Children that all go fully together count the same, in one component or one factor."""
    values = np.outer([1.0, 2.0, 4.0, 9.0], [1.0, 10.0, 0.3, 5.0])
    np.testing.assert_allclose(KEEP.weights(values), 0.25, rtol=1e-13)
    one = FactorWeights(eigenvalue=1, kaiser=True)
    np.testing.assert_allclose(one.weights(values), 0.25, rtol=1e-13)
    np.testing.assert_allclose(FactorWeights(share=1, kaiser=False).weights(values), 0.25)


def varimax(loadings):
    """Varimax by singular values, another way than by planes."""
    turn, m = np.eye(loadings.shape[1]), len(loadings)
    for _ in range(20000):
        now = loadings @ turn
        u, _, v = np.linalg.svd(loadings.T @ (now**3 - now * (now**2).sum(axis=0) / m))
        if np.abs(u @ v - turn).max() < 1e-15:
            break
        turn = u @ v
    return loadings @ turn


def criterion(loadings):
    return float((loadings**2).var(axis=0).sum())


def handbook(values, kept, kaiser):
    """Weights in all the steps of the handbook, and the criterion of the rotation."""
    roots, vectors = np.linalg.eigh(np.corrcoef(values.T))
    loadings = vectors[:, ::-1][:, :kept] * np.sqrt(roots[::-1][:kept])
    lengths = np.sqrt((loadings**2).sum(axis=1, keepdims=True)) if kaiser else 1.0
    rotated = varimax(loadings / lengths) * lengths
    explained = (rotated**2).sum(axis=0)
    unity = rotated**2 / explained
    weights = [
        unity[child, factor] * explained[factor] / explained.sum()
        for child, factor in enumerate(np.argmax(rotated**2, axis=1))
    ]
    return np.array(weights) / sum(weights)


def two_blocks(seed, n=60):
    """Six children, of which three and three go together, and one lies between."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(n, 2))
    mix = np.array([[1, 1, 1, 0, 0, 0.7, 0.2], [0, 0.3, 0.1, 1, 1, 1, 0.9]])
    return common @ mix + random.normal(size=(n, 7)) * 0.6


@pytest.mark.parametrize("kaiser", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_factors_are_weighed_in_the_steps_of_the_handbook(seed, kaiser):
    """Another rotation and all of the handbook's steps come to the same weights."""
    values = two_blocks(seed)
    roots = np.linalg.eigvalsh(np.corrcoef(values.T))[::-1]
    assert roots[1] > 1 > roots[2]
    assert roots[0] < 0.6 * 7 < roots[:2].sum()
    wanted = handbook(values, 2, kaiser)
    for weighting in (
        FactorWeights(eigenvalue=1, kaiser=kaiser),
        FactorWeights(share=0.6, kaiser=kaiser),
    ):
        np.testing.assert_allclose(weighting.weights(values), wanted, rtol=1e-7)
    three = FactorWeights(eigenvalue=(roots[2] + roots[3]) / 2, kaiser=kaiser).weights(values)
    np.testing.assert_allclose(three, handbook(values, 3, kaiser), rtol=1e-7)
    other = FactorWeights(eigenvalue=1, kaiser=not kaiser).weights(values)
    assert np.abs(other - wanted).max() > 1e-5


def test_a_share_keeps_the_fewest_factors_that_reach_it():
    """Just up to what the first explains it stands alone; beyond, the next one joins."""
    values = two_blocks(1)
    roots = np.linalg.eigvalsh(np.corrcoef(values.T))[::-1] / 7
    alone = handbook(values, 1, kaiser=False)
    for share in (0.01, roots[0] - 1e-6, roots[0]):
        found = FactorWeights(share=share, kaiser=False).weights(values)
        np.testing.assert_allclose(found, alone, rtol=1e-9)
    joined = FactorWeights(share=roots[0] + 1e-6, kaiser=False).weights(values)
    np.testing.assert_allclose(joined, handbook(values, 2, kaiser=False), rtol=1e-7)


def test_factors_that_explain_the_same_are_kept_together():
    """Three children without correlation are three factors, whatever the share."""
    values = np.array([[1.0, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    found = FactorWeights(share=0.3, kaiser=False).weights(values)
    np.testing.assert_allclose(found, 1 / 3, rtol=1e-12)
    with refused("FactorWeights", "zero-weights", words="above 1"):
        FactorWeights(eigenvalue=1, kaiser=False).weights(values)


CORNERS = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
A, B = CORNERS.T


def test_a_loading_within_rounding_of_zero_is_zero():
    """A child that hardly goes with the others has no weight, and a small one where it does."""
    for small, exactly in ((-1.2e-12, True), (-2e-11, False)):
        found = KEEP.weights(np.array([A, A, A, B + small * A]).T)
        np.testing.assert_allclose(found[:3], 1 / 3, rtol=1e-10)
        assert (found[3] == 0) == exactly
        assert found[3] <= 0


@pytest.mark.parametrize("negative", ["error", "zero", "keep"])
def test_a_child_that_goes_with_no_other_has_no_weight_and_no_sign(negative):
    """A loading of zero is not negative."""
    weighting = PrincipalComponentWeights(negative=negative)
    found = weighting.weights(np.array([A, A, B]).T)
    np.testing.assert_allclose(found, [0.5, 0.5, 0], rtol=1e-12)
    assert found[2] == 0


@pytest.mark.parametrize("kaiser", [True, False])
def test_a_child_of_none_of_the_factors_has_no_weight(kaiser):
    """One and two factors that a child has no loading on leave nothing to it."""
    weighting = FactorWeights(eigenvalue=1, kaiser=kaiser)
    one = weighting.weights(np.array([A, A, B]).T)
    np.testing.assert_allclose(one, [0.5, 0.5, 0], rtol=1e-12, atol=1e-24)
    two = weighting.weights(np.array([A, A, B, B, A * B]).T)
    np.testing.assert_allclose(two, [0.25] * 4 + [0], rtol=1e-12, atol=1e-24)


@pytest.mark.parametrize("kaiser", [True, False])
def test_two_factors_need_but_one_turn(monkeypatch, kaiser):
    """In one plane the best turn is found at once."""
    monkeypatch.setattr(factors, "SWEEPS", 1)
    values = two_blocks(2)
    found = FactorWeights(eigenvalue=1, kaiser=kaiser).weights(values)
    np.testing.assert_allclose(found, handbook(values, 2, kaiser), rtol=1e-7)


def test_a_plane_that_is_an_eighth_of_a_half_turn_off_is_turned():
    """Three children in a plane whose components are 22.5 degrees from the best rotation."""
    first = 0.2

    def directions(second):
        third = np.arcsin(-np.sin(first) - np.sin(second))
        return np.array([first, second, third])

    def along(second):
        doubled = directions(second)
        return np.cos(2 * doubled).sum() - np.cos(doubled).sum() ** 2 / 3

    doubled = directions(scipy.optimize.brentq(along, 2.3, 2.4, xtol=1e-16, rtol=1e-15))
    values = CORNERS @ [np.cos(doubled / 2), np.sin(doubled / 2)]
    found = FactorWeights(share=1, kaiser=True).weights(values)
    np.testing.assert_allclose(found, handbook(values, 2, kaiser=True), rtol=1e-9)


def test_small_factors_are_rotated_too():
    """Pairs that nearly say the same leave factors of small loadings, which have a best turn."""
    a, b, c, d = np.vstack([np.ones((4, 4)), -np.ones((4, 4))]).T * [
        [1, 1, 1, 1, 1, 1, 1, 1],
        [1, 1, -1, -1, 1, 1, -1, -1],
        [1, -1, 1, -1, 1, -1, 1, -1],
        [1, -1, -1, 1, 1, -1, -1, 1],
    ]
    values = np.array([a + 0.01 * c, a - 0.01 * c, b + 0.02 * d, b - 0.02 * d]).T
    found = FactorWeights(share=1, kaiser=False).weights(values)
    # What each pair has in common, over the length of either.
    wanted = 1 / (1 + np.array([0.01, 0.01, 0.02, 0.02]) ** 2)
    np.testing.assert_allclose(found, wanted / wanted.sum(), rtol=1e-12)


def test_every_factor_of_children_that_do_not_repeat_each_other_is_above_zero():
    """The least eigenvalue that can be stated keeps what the whole share keeps."""
    values = two_blocks(3)
    found = FactorWeights(eigenvalue=0, kaiser=True).weights(values)
    assert found.tobytes() == FactorWeights(share=1, kaiser=True).weights(values).tobytes()
    np.testing.assert_allclose(found, handbook(values, 7, kaiser=True), rtol=1e-7)


def test_an_outcome_that_hardly_goes_with_the_children_has_its_coefficients():
    """Coefficients are shares of their sum, however little they explain together."""
    weighting = RegressionWeights(outcome="trust", negative="error")
    found = weighting.weights(CORNERS, Siblings(outcome=A * B + 1e-7 * (3 * A + B)))
    np.testing.assert_allclose(found, [0.75, 0.25], rtol=1e-8)
    found = weighting.weights(CORNERS, Siblings(outcome=2 * A))
    assert found.tolist() == [1.0, 0.0]


@pytest.mark.parametrize("kind", [np.float32, np.int16])
def test_an_outcome_of_another_type_is_worked_with_as_floats(kind):
    """Short floats and whole numbers explain what they would as long floats."""
    values = sample(4)
    outcome = (values @ np.array([3.0, 1.0, 2.0, 4.0, 10.0]) * 10).astype(kind)
    weighting = RegressionWeights(outcome="trust", negative="keep")
    found = weighting.weights(values, Siblings(outcome=outcome))
    wanted = weighting.weights(values, Siblings(outcome=outcome.astype(float)))
    assert found.tobytes() == wanted.tobytes()


def solved(matrix, wanted):
    """Linear equations in fractions, by elimination; None where they have no one solution."""
    table = [[*row, right] for row, right in zip(matrix, wanted, strict=True)]
    for column in range(len(table)):
        pivot = max(range(column, len(table)), key=lambda row: abs(table[row][column]))
        if table[pivot][column] == 0:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        for row in range(len(table)):
            if row != column:
                times = table[row][column] / table[column][column]
                table[row] = [a - times * b for a, b in zip(table[row], table[column], strict=True)]
    return [row[-1] / row[position] for position, row in enumerate(table)]


@given(matrices(WHOLE, rows=(6, 9), columns=(3, 4)), st.sampled_from(["keep", "zero"]))
def test_coefficients_are_shares(columns, negative):
    """The normal equations, solved in fractions, give the same weights."""
    *columns, outcome = columns
    assume(varied([*columns, outcome]))
    normal = [[product(a, b) for b in columns] for a in columns]
    matrix = np.array([[float(related(a, b)) for b in columns] for a in columns])
    assume(np.linalg.eigvalsh(matrix)[0] > 1e-2)
    wanted = solved(normal, [product(each, outcome) for each in columns])
    if negative == "zero":
        wanted = [max(each, Fraction(0)) for each in wanted]
    assume(sum(wanted) > sum(map(abs, wanted)) / 20)
    siblings = Siblings(outcome=np.array([*outcome, math.nan], dtype=np.float64))
    values = np.vstack([by_columns(columns), np.full(len(columns), math.nan)])
    weighting = RegressionWeights(outcome="trust", negative=negative)
    found = weighting.weights(values, siblings)
    wanted = [float(each / sum(wanted)) for each in wanted]
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-10)


def test_coefficients_are_of_the_values_as_they_are():
    """A child in a hundredth of its unit has a hundred times the coefficient."""
    values = sample(4)
    outcome = values @ np.array([3.0, 1.0, 2.0, 4.0, 10.0]) - 8
    weighting = RegressionWeights(outcome="trust", negative="error")
    found = weighting.weights(values, Siblings(outcome=outcome))
    np.testing.assert_allclose(found, np.array([3, 1, 2, 4, 10]) / 20, rtol=1e-12)
    finer = weighting.weights(values * [1, 1, 1, 1, 1e-15], Siblings(outcome=outcome))
    np.testing.assert_allclose(finer[:4] / finer[4], [3e-16, 1e-16, 2e-16, 4e-16], rtol=1e-12)


@given(matrices(WHOLE, rows=(5, 9), columns=(2, 4)), st.lists(st.integers(1, 9), min_size=4))
def test_children_matter_as_wanted(columns, importance):
    """The exact correlations of the children with their mean are in the wanted proportion."""
    assume(varied(columns))
    m = len(columns)
    matrix = np.array([[float(related(a, b)) for b in columns] for a in columns])
    assume(np.linalg.eigvalsh(matrix)[0] > 1e-2)
    targets = {f"c{k}": importance[k] for k in range(m)}
    weighting = OptimisedWeights(targets=targets)
    possible = np.linalg.solve(matrix, np.array(importance[:m], dtype=float))
    assume(np.abs(possible).min() > 1e-6)
    names = Siblings(names=list(targets))
    if (possible < 0).any():
        with refused("OptimisedWeights", "zero-weights", words="No weights give"):
            weighting.weights(by_columns(columns), names)
        return
    found = weighting.weights(by_columns(columns), names)
    assert math.isclose(math.fsum(found), 1, rel_tol=1e-13)
    assert found.min() > 0
    weights = list(map(Fraction, found.tolist()))
    composite = [
        sum(w * x for w, x in zip(weights, row, strict=True)) for row in zip(*columns, strict=True)
    ]
    matters = [related(column, composite) / importance[k] for k, column in enumerate(columns)]
    assert min(matters) > 0
    assert math.isclose(max(matters), min(matters), rel_tol=1e-10)


def test_equal_importance_needs_no_targets():
    """Leaving the targets out is asking for equal ones, of whatever size."""
    values = sample(5, m=3)
    plain = OptimisedWeights().weights(values)
    names = Siblings(names=["a", "b", "c"])
    for size in (1e-300, 1.0, 1e300):
        stated = OptimisedWeights(targets=dict.fromkeys("abc", size))
        assert stated.weights(values, names).tobytes() == plain.tobytes()
    two = values[:, :2]
    spread = [
        float(mean([each**2 for each in around(column)])) ** -0.5 for column in two.T.tolist()
    ]
    np.testing.assert_allclose(OptimisedWeights().weights(two), np.array(spread) / sum(spread))
    turned = OptimisedWeights(targets={"b": 5, "c": 6, "a": 7})
    assert turned.weights(values, names).tolist() == pytest.approx(
        OptimisedWeights(targets={"a": 7, "b": 5, "c": 6}).weights(values).tolist(), rel=1e-15
    )
