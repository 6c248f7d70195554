"""Aggregations against COINr's, pymcdm's and scikit-criteria's."""

from __future__ import annotations

import csv
import warnings

import numpy as np
import pytest
from pymcdm.methods import WPM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedProductModel

from agencyindex.methods.aggregation import (
    ArithmeticMean,
    GeometricMean,
    HarmonicMean,
    PowerMean,
)

PILLARS, TOP = 8, 3


def read(path):
    """A table of strings."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(rows, name):
    """One column of numbers; what is empty or not available is a gap."""
    return np.array([float(row[name]) if row[name] not in ("", "NA") else np.nan for row in rows])


@pytest.fixture(scope="module")
def asem(shared_data):
    """The folder of the oracle, the children of every node, nearest the leaves first, and weights."""
    folder = shared_data / "oracle" / "asem"
    parents: dict[str, list[str]] = {}
    rows = [row for row in read(folder / "asem_meta.csv") if row["Level"] not in ("", "NA")]
    for row in sorted(rows, key=lambda row: int(row["Level"])):
        if row["Parent"] not in ("", "NA"):
            parents.setdefault(row["Parent"], []).append(row["iCode"])
    weights = {row["iCode"]: float(row["Weight"]) for row in read(folder / "weights_original.csv")}
    assert len(parents) == PILLARS + TOP
    return folder, parents, weights


def aggregated(values, parents, weights, method, coverage=0.0):
    """Every node from its children, or a gap where too small a part of them is there."""
    found = dict(values)
    for node, children in parents.items():
        table = np.column_stack([found[child] for child in children])
        result = method(node).aggregate(table, np.array([weights[child] for child in children]))
        enough = np.mean(~np.isnan(table), axis=1) >= coverage
        found[node] = np.where(enough, result, np.nan)
    return {node: found[node] for node in parents}


ARITHMETIC, GEOMETRIC = ArithmeticMean(), GeometricMean(zero="error")

METHODS = {
    "a_amean": lambda node: ARITHMETIC,
    "a_gmean": lambda node: GEOMETRIC,
    "a_hmean": lambda node: HarmonicMean(zero="error"),
    "a_genmean_p-0.5": lambda node: PowerMean(exponent=-0.5, zero="error"),
    "amean_amean_gmean": lambda node: GEOMETRIC if node == "Index" else ARITHMETIC,
}


@pytest.mark.parametrize("name", METHODS)
def test_every_node_of_asem_is_as_coinr_has_it(asem, name):
    """51 countries, 49 indicators and eleven nodes, to 1e-10."""
    folder, parents, weights = asem
    expected = read(folder / f"aggregated_{name}.csv")
    values = read(folder / "normalised_minmax_1_100.csv")
    assert [row["uCode"] for row in values] == [row["uCode"] for row in expected]
    leaves = {code: column(values, code) for code in values[0] if code != "uCode"}
    found = aggregated(leaves, parents, weights, METHODS[name])
    for node in parents:
        assert np.allclose(column(expected, node), found[node], rtol=1e-10, atol=0), node


@pytest.mark.parametrize("coverage", ["0", "0.6", "0.9"])
def test_gaps_of_asem_are_as_coinr_has_them(asem, coverage):
    """What is there is averaged where it is enough, and gaps are where COINr has them."""
    folder, parents, weights = asem
    expected = read(folder / f"missing_aggregated_threshold_{coverage}.csv")
    values = read(folder / "missing_normalised.csv")
    leaves = {code: column(values, code) for code in values[0] if code != "uCode"}
    found = aggregated(leaves, parents, weights, METHODS["a_amean"], float(coverage))
    for node in parents:
        wanted = column(expected, node)
        assert np.allclose(wanted, found[node], rtol=1e-10, atol=0, equal_nan=True), node


def test_products_of_powers_are_as_other_libraries_have_them():
    """pymcdm gives the product itself, scikit-criteria a logarithm of it."""
    generator = np.random.default_rng(11)
    values, weights = generator.uniform(1, 100, (30, 5)), generator.dirichlet(np.ones(5))
    found = GEOMETRIC.aggregate(values, weights)
    product = WPM(normalization_function=lambda x, cost=False: x)
    assert np.allclose(product(values, weights, np.ones(5)), found, rtol=1e-12, atol=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ranked = WeightedProductModel().evaluate(mkdm(values, [max] * 5, weights=weights))
    assert np.allclose(10**ranked.e_.score, found, rtol=1e-12, atol=0)
    assert np.argsort(ranked.rank_).tolist() == np.argsort(-found).tolist()
