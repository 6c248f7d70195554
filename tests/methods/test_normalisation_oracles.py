"""Normalisations against what other software makes of the same numbers."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import skcriteria
from pymcdm import normalizations
from pymcdm.helpers import rankdata
from skcriteria.preprocessing import scalers
from skcriteria.utils.rank import rank_values
from tests.methods.refusals import refused

from agencyindex.methods.normalisation import (
    Borda,
    DistanceToMax,
    FractionOfMax,
    MinMax,
    PercentileRank,
    Rank,
    VectorNormalisation,
    ZScore,
)
from agencyindex.methods.ranking import ranks

BY_COINR = {
    "minmax": MinMax(to=[0, 100], clip=True),
    "minmax_1_100": MinMax(to=[1, 100], clip=False),
    "zscore": ZScore(mean=0, deviation=1),
    "zscore_10_2": ZScore(mean=10, deviation=2),
    "rank": Rank(ties="smallest"),
    "borda": Borda(ties="smallest"),
    "prank": PercentileRank(ties="smallest", of="others", to=[0, 1]),
    "dist2max": DistanceToMax(),
    "fracmax": FractionOfMax(),
}


def read(path):
    """The columns of one of COINr's tables by their headings, and the units in order."""
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    columns = zip(*rows, strict=True)
    units = next(columns)
    numbers = [np.array([float(x or "nan") for x in column]) for column in columns]
    return units, dict(zip(heading[1:], numbers, strict=True))


@pytest.fixture(scope="module")
def turned(shared_data):
    """The treated indicators of 51 countries, more being better."""
    folder = shared_data / "oracle" / "asem"
    units, columns = read(folder / "stage_treated.csv")
    with (folder / "directions.csv").open(encoding="utf-8", newline="") as file:
        directions = {row["iCode"]: int(row["Direction"]) for row in csv.DictReader(file)}
    # The package ranks these two apart from others that print alike: the 15 digits of the table
    # must have lost what parts them, and a part in ten million millions parts them again.
    for unit in ("GRC", "JPN"):
        row = units.index(unit)
        columns["TolMin"][row] *= 1 + 1e-13
    return units, {name: directions[name] * column for name, column in columns.items()}


@pytest.mark.parametrize("name", BY_COINR)
def test_coinr_normalises_alike(name, turned, shared_data):
    """All 49 indicators of 51 countries come out as the package of the JRC has them, to 1e-10."""
    units, columns = turned
    there, expected = read(shared_data / "oracle" / "asem" / f"normalised_{name}.csv")
    assert (there, set(expected)) == (units, set(columns))
    assert len(columns) == 49
    without = set()
    for indicator, values in columns.items():
        if name == "fracmax" and values.max() == 0:
            # There the package divides by zero, and has infinities and gaps.
            assert not np.isfinite(expected[indicator]).any()
            with refused("FractionOfMax", "zero-denominator"):
                FractionOfMax().normalise(values)
            without.add(indicator)
            continue
        found = BY_COINR[name].normalise(values)
        # The package takes a distance from 1, which leaves the error of a number near 1.
        near = 2**-52 if name == "dist2max" else 0
        np.testing.assert_allclose(found, expected[indicator], rtol=1e-10, atol=near)
    assert without == ({"CostImpEx", "Tariff", "Poverty"} if name == "fracmax" else set())


@pytest.fixture(scope="module", params=range(4))
def matrix(request):
    """A matrix of positive numbers, 30 alternatives and 4 criteria, of very different sizes."""
    random = np.random.default_rng(request.param)
    return np.round(random.lognormal(3, 1, (30, 4)) * [1e-3, 1, 10, 1e6], 6)


def by_column(method, matrix, signs=(1, 1, 1, 1)):
    columns = [
        method.normalise(sign * column) for sign, column in zip(signs, matrix.T, strict=True)
    ]
    return np.stack(columns, axis=1)


def test_pymcdm_normalises_alike(matrix):
    """Its min-max for profit and cost, and its share of the maximum, are ours."""
    for sign in (1, -1):
        expected = [normalizations.minmax_normalization(x, cost=sign == -1) for x in matrix.T]
        for method in (MinMax(to=[0, 1], clip=True), DistanceToMax()):
            found = by_column(method, matrix, [sign] * 4)
            np.testing.assert_allclose(found, np.stack(expected, axis=1), rtol=1e-12, atol=0)
    for theirs in (normalizations.max_normalization, normalizations.linear_normalization):
        expected = np.stack([theirs(x) for x in matrix.T], axis=1)
        np.testing.assert_allclose(by_column(FractionOfMax(), matrix), expected, rtol=1e-12, atol=0)

    expected = np.stack([normalizations.vector_normalization(x) for x in matrix.T], axis=1)
    found = VectorNormalisation().normalise(matrix)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=0)


def test_ranks_are_those_of_both(matrix):
    """Of pymcdm with the average of ties, of scikit-criteria without holes; ties among them."""
    for column in [*matrix.T, *np.round(np.log(matrix).T)]:
        for descending in (False, True):
            expected = rankdata(column, reverse=descending)
            assert (
                ranks(column, ties="average", descending=descending).tolist() == expected.tolist()
            )
            expected = rank_values(column, reverse=descending)
            assert ranks(column, ties="dense", descending=descending).tolist() == expected.tolist()
        assert Rank(ties="average").normalise(column).tolist() == rankdata(column).tolist()
        assert Borda(ties="average").normalise(column).tolist() == (rankdata(column) - 1).tolist()


def test_scikit_criteria_normalises_alike(matrix):
    """Its distance from the ideal, its min-max, share of the maximum and z-score are ours."""
    signs = [1, -1, 1, -1]
    decision = skcriteria.mkdm(matrix, [max if sign > 0 else min for sign in signs])

    def theirs(scaler):
        return scaler.transform(decision).matrix.to_numpy()

    ideal = theirs(scalers.CenitDistanceMatrixScaler())
    found = by_column(DistanceToMax(), matrix, signs)
    np.testing.assert_allclose(found, ideal, rtol=1e-12, atol=0)
    scaled = theirs(scalers.MinMaxScaler("matrix", criteria_range=(1, 100)))
    found = by_column(MinMax(to=[1, 100], clip=False), matrix)
    np.testing.assert_allclose(found, scaled, rtol=1e-12, atol=0)
    share = theirs(scalers.MaxAbsScaler("matrix"))
    np.testing.assert_allclose(by_column(FractionOfMax(), matrix), share, rtol=1e-12, atol=0)
    length = theirs(scalers.VectorScaler("matrix"))
    found = by_column(VectorNormalisation(), matrix)
    np.testing.assert_allclose(found, length, rtol=1e-12, atol=0)
    standard = theirs(scalers.StandarScaler("matrix"))
    score = ZScore(mean=0, deviation=1, of="population")
    np.testing.assert_allclose(by_column(score, matrix), standard, rtol=1e-12, atol=1e-13)
