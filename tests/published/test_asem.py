"""ASEM Sustainable Connectivity, from raw data to the top index, as COINr computes it.

Every file is reproduced by the one document, or by it with some of its steps replaced.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

import agencyindex as ai
from agencyindex.errors import MethodError
from agencyindex.methods.weighting import PrincipalComponentWeights

DATA = Path(__file__).parents[1] / "data" / "asem"
NUMBERS = ("Area", "Energy", "GDP", "Population")
PILLARS = ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")
LEVELS = {1: PILLARS, 2: ("Conn", "Sust"), 3: ("asem",)}
"""The nodes whose children are of a level."""
HUNDRED = {"method": "minmax", "to": [1, 100], "clip": True}
MEAN = {"method": "arithmetic"}
RAW = {"scorings": {"number": {"method": "number"}}, "treatment": []}
WITHOUT_MAXIMUM = {"CostImpEx", "Tariff", "Poverty"}
"""Where the best of what is better the less there is of it is zero, so that no share is of it."""
PARTED = ("GRC", "JPN")
"""COINr ranks their TolMin apart from others that print alike: the 15 digits of the table must
have lost what parts them, and a part in ten million millions parts them again."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@attrs.frozen(eq=False)
class Asem:
    """The document, the answers and the register, with COINr's files beside them."""

    folder: Path
    document: Mapping[str, Any]
    responses: ai.Responses
    register: ai.Register

    def fitted(self, document: Mapping[str, Any]) -> ai.FittedIndex:
        """The document, or one made from it, fitted on the 51 countries."""
        index = ai.load(document, ai.IndexDefinition)
        return ai.fit(index, self.responses, register=self.register)

    def stages(self, document: Mapping[str, Any]) -> ai.Stages:
        """The indicators after each step."""
        return ai.stages(self.fitted(document), self.responses, register=self.register)

    def scores(self, document: Mapping[str, Any]) -> ai.Scores:
        """The figures of every node."""
        return ai.score(self.fitted(document), self.responses, register=self.register)

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of one of COINr's files."""
        return _rows(self.folder / f"{name}.csv")

    def same(self, name: str, values: Any, ids: Iterable[str], near: float = 0) -> None:
        """Hold every column of a file, 51 rows each, against the one of its id, gaps and all."""
        found = dict(zip(ids, values.T, strict=True))
        expected = {row["uCode"]: row for row in self.table(name)}
        assert set(expected) == set(self.responses.agencies)
        names = [each for each in next(iter(expected.values())) if each != "uCode"]
        assert set(found) <= set(names)
        assert len(found) in (49 - len(WITHOUT_MAXIMUM), 49, 60)
        for each, column in found.items():
            wanted = [float(expected[row][each] or "nan") for row in self.responses.agencies]
            np.testing.assert_allclose(column, wanted, rtol=1e-10, atol=near, err_msg=each)


@pytest.fixture(scope="module")
def asem(shared_data: Path) -> Asem:
    """All that there is of ASEM."""
    folder = shared_data / "oracle" / "asem"
    questionnaire = ai.load(DATA / "asem.questionnaire.json", ai.Questionnaire)
    register = ai.read_register(folder / "unit_meta.csv", agency="uCode", numbers=NUMBERS)
    attributes = next(iter(register)).attributes
    answers = _rows(folder / "asem_data.csv")
    for row in answers:
        if row["uCode"] in PARTED:
            row["TolMin"] = repr(float(row["TolMin"]) * (1 + 1e-13))
    responses = ai.read_responses(
        answers,
        questionnaire,
        agency="uCode",
        ignore=("uName", *attributes),
        edition="2018",
    )
    document = ai.document(ai.load(DATA / "asem.index.json", ai.IndexDefinition))
    return Asem(folder, document, responses, register)


def changed(node: Mapping[str, Any], changes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A document, or a node of one, in which the nodes of some ids state something else."""
    children = [changed(each, changes) for each in node.get("children", ())]
    own = {"children": children} if children else {}
    return {**node, **own, **changes.get(node["id"], {})}


def without(node: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """A document, or a node of one, without some of the nodes."""
    left = set(names)
    kept = [without(each, left) for each in node.get("children", ()) if each["id"] not in left]
    found = {**node, "children": kept} if kept else dict(node)
    if "scorings" in node:
        used = {leaf["scoring"] for leaf in _leaves(found)}
        found["scorings"] = {each: node["scorings"][each] for each in sorted(used)}
    return found


def undenominated(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document on the raw numbers: nothing is divided by anything, nor treated."""
    leaves = {each["id"]: {"scoring": "number"} for each in _leaves(document)}
    return {**changed(document, leaves), **RAW}


def _leaves(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in _leaves(child)]


def _names(scores: ai.Scores) -> list[str]:
    return ["Index" if node.id == "asem" else node.id for node in scores.nodes]


def test_the_whole_pipeline(asem: Asem) -> None:
    """Denominated, imputed, treated, normalised and aggregated: every stage of the example."""
    stages, scores = asem.stages(asem.document), asem.scores(asem.document)
    asem.same("stage_raw", asem.stages(undenominated(asem.document)).points, stages.indicators)
    asem.same("stage_denominated", stages.points, stages.indicators)
    asem.same("stage_imputed", stages.imputed, stages.indicators)
    asem.same("stage_screened", stages.imputed, stages.indicators)
    asem.same("stage_treated", stages.treated, stages.indicators)
    asem.same("treated_default", stages.treated, stages.indicators)
    asem.same("stage_normalised", stages.normalised, stages.indicators)
    asem.same("stage_aggregated", scores.values, _names(scores))


def test_as_many_values_are_treated(asem: Asem) -> None:
    """As many values of each indicator change as COINr says that it winsorises."""
    stages = asem.stages(asem.document)
    count = (stages.treated != stages.imputed).sum(axis=0)
    found = dict(zip(stages.indicators, count.tolist(), strict=True))
    details = asem.table("treated_default_details")
    assert {row["iCode"]: int(row["winsorise.nwin"] or 0) for row in details} == found
    assert sum(found.values()) == 35


@pytest.mark.parametrize(
    ("name", "normalisation"),
    [
        ("minmax", {"method": "minmax", "to": [0, 100], "clip": False}),
        ("minmax_1_100", HUNDRED),
        ("zscore", {"method": "zscore", "mean": 0, "deviation": 1}),
        ("zscore_10_2", {"method": "zscore", "mean": 10, "deviation": 2}),
        ("rank", {"method": "rank", "ties": "smallest"}),
        ("borda", {"method": "borda", "ties": "smallest"}),
        (
            "prank",
            {"method": "percentile_rank", "ties": "smallest", "of": "others", "to": [0, 1]},
        ),
        ("dist2max", {"method": "distance_to_max"}),
    ],
)
def test_normalised(asem: Asem, name: str, normalisation: dict[str, Any]) -> None:
    """Another normalisation, all 49 indicators."""
    found = asem.stages({**asem.document, "normalisation": normalisation})
    # COINr takes a distance from 1, which leaves the error of a number near 1.
    near = 2**-52 if name == "dist2max" else 0
    asem.same(f"normalised_{name}", found.normalised, found.indicators, near)


def test_share_of_the_maximum(asem: Asem) -> None:
    """46 indicators; in the other three COINr divides by zero, and we refuse that by name."""
    document = {**asem.document, "normalisation": {"method": "fraction_of_max"}}
    with pytest.raises(MethodError) as caught:
        asem.fitted(document)
    assert {each.code for each in caught.value.problems} == {"zero-denominator"}
    assert {each.place.node for each in caught.value.problems} == WITHOUT_MAXIMUM
    found = asem.stages(without(document, WITHOUT_MAXIMUM))
    asem.same("normalised_fracmax", found.normalised, found.indicators)


@pytest.mark.parametrize(
    ("name", "aggregation"),
    [
        ("a_amean", MEAN),
        ("a_gmean", {"method": "geometric", "zero": "error"}),
        ("a_hmean", {"method": "harmonic", "zero": "error"}),
        ("a_genmean_p-0.5", {"method": "power", "exponent": -0.5, "zero": "error"}),
    ],
)
def test_aggregated(asem: Asem, name: str, aggregation: dict[str, Any]) -> None:
    """Another aggregation, all 60 nodes; it needs values above zero."""
    steps = {"normalisation": HUNDRED, "aggregation": aggregation}
    found = asem.scores({**asem.document, **steps})
    asem.same(f"aggregated_{name}", found.values, _names(found))


def test_aggregated_by_level(asem: Asem) -> None:
    """Arithmetic means, and a geometric one at the top."""
    document = {**asem.document, "normalisation": HUNDRED}
    changes: dict[str, Any] = {each: {"aggregation": MEAN} for each in LEVELS[2]}
    changes["asem"] = {"aggregation": {"method": "geometric", "zero": "error"}}
    found = asem.scores(changed(document, changes))
    asem.same("aggregated_amean_amean_gmean", found.values, _names(found))


@pytest.mark.parametrize(
    ("name", "imputation"),
    [
        ("mean", {"method": "mean"}),
        ("median", {"method": "median"}),
        ("mean_grp_GDPpc_group", {"method": "group_mean", "group": "GDPpc_group"}),
    ],
)
def test_imputed(asem: Asem, name: str, imputation: dict[str, Any]) -> None:
    """Another imputation, of the raw data."""
    found = asem.stages({**undenominated(asem.document), "imputation": imputation})
    assert np.isnan(found.points).sum() == 63
    asem.same(f"imputed_i_{name}", found.imputed, found.indicators)


@pytest.mark.parametrize("threshold", [0, 0.6, 0.9])
def test_gaps(asem: Asem, threshold: float) -> None:
    """Nothing imputed: a group needs a share of its children."""
    missing = dict.fromkeys(asem.document["missing"], "exclude")
    steps = {"normalisation": HUNDRED, "missing": missing, "minimum_coverage": threshold}
    document = {**undenominated(asem.document), **steps}
    stages, found = asem.stages(document), asem.scores(document)
    asem.same("missing_normalised", stages.normalised, stages.indicators)
    asem.same(f"missing_aggregated_threshold_{threshold}", found.values, _names(found))


@pytest.mark.parametrize("level", LEVELS)
def test_weights_of_principal_components(asem: Asem, level: int) -> None:
    """The weights of one level are the loadings that COINr prints, shared out to sum to 1."""
    changes = {
        name: {"weighting": {"method": "equal"}} for names in LEVELS.values() for name in names
    }
    scores = asem.scores(changed({**asem.document, "normalisation": HUNDRED}, changes))
    loadings = {
        row["iCode"]: float(row["Weight"]) for row in asem.table(f"weights_pca_level{level}")
    }
    # Some loadings are negative, which the weights of an index cannot be.
    weighting = PrincipalComponentWeights(negative="keep")
    for name in LEVELS[level]:
        children = [node.id for node in scores.nodes if node.parent == name]
        values = np.stack([scores.column("asem", child) for child in children], axis=1)
        wanted = np.array([loadings[each] for each in children])
        np.testing.assert_allclose(weighting.weights(values), wanted / wanted.sum(), rtol=1e-10)


@pytest.mark.parametrize("level", LEVELS)
def test_weights_of_principal_components_in_a_document(asem: Asem, level: int) -> None:
    """A fit writes the loadings of one level on its nodes, where negative ones count nothing."""
    component = {"method": "principal_component", "negative": "zero"}
    changes = {
        name: {"weighting": component if each == level else {"method": "equal"}}
        for each, names in LEVELS.items()
        for name in names
    }
    scores = asem.scores(changed({**asem.document, "normalisation": HUNDRED}, changes))
    loadings = {
        row["iCode"]: float(row["Weight"]) for row in asem.table(f"weights_pca_level{level}")
    }
    for name in LEVELS[level]:
        shares = {node.id: node.weight for node in scores.nodes if node.parent == name}
        wanted = np.array([loadings[each] for each in shares])
        wanted = np.maximum(wanted * np.sign(wanted.sum()), 0)
        np.testing.assert_allclose(list(shares.values()), wanted / wanted.sum(), rtol=1e-10)


def test_optimised_weights(asem: Asem) -> None:
    """Both halves correlate alike with the index: COINr's search comes near, ours is there."""
    changes = {each: {"weighting": {"method": "equal"}} for each in LEVELS[2]}
    changes["asem"] = {"weighting": {"method": "optimised"}}
    scores = asem.scores(changed({**asem.document, "normalisation": HUNDRED}, changes))
    halves = [scores.column("asem", name) for name in LEVELS[2]]
    ours = np.corrcoef([scores.column("asem"), *halves])[0, 1:]
    shares = {node.id: node.weight for node in scores.nodes}
    theirs = asem.table("weights_opt_equal_level3_corr")
    assert abs(ours[0] - ours[1]) < 1e-12
    for name, share, row in zip(LEVELS[2], ours / ours.sum(), theirs, strict=True):
        assert abs(share - float(row["Desired"])) < 1e-12
        assert abs(float(row["Obtained"]) - share) < 2e-3
        assert abs(float(row["OptWeight"]) - shares[name]) < 5e-3


def test_printed_results(asem: Asem) -> None:
    """Ranks, and scores with two decimals, of the index and the eleven nodes that print them."""
    rounding = {"where": "published", "decimals": 2, "rule": "half_up"}
    scores = asem.scores({**asem.document, "normalisation": HUNDRED, "rounding": rounding})
    places = {name: column for column, name in enumerate(_names(scores))}
    rows = {agency: row for row, agency in enumerate(scores.agencies)}
    for name, found in (("ranks", scores.ranks), ("scores", scores.published)):
        table = asem.table(f"results_{name}")
        assert len(table) == 51
        for line in table:
            row = rows[line["uCode"]]
            said = {node: float(line[node]) for node in places if node in line}
            assert len(said) == 11
            assert said == {node: found[row, places[node]] for node in said}


def test_effective_weights(asem: Asem) -> None:
    """Shares multiplied down the tree are COINr's effective weights."""
    scores = asem.scores(asem.document)
    shares: dict[str | None, float] = {None: 1.0}
    for node in scores.nodes:
        shares[node.id] = node.weight * shares[node.parent]
    effective = {
        row["iCode"].replace("Index", "asem"): float(row["EffWeight"])
        for row in asem.table("weights_effective")
    }
    assert len(effective) == 60
    assert effective == pytest.approx({k: v for k, v in shares.items() if k}, rel=1e-13, abs=0)


def test_leaving_out_a_pillar(asem: Asem) -> None:
    """The mean shift of ranks that each pillar makes by being left out."""
    document = {**asem.document, "normalisation": HUNDRED}
    nominal = asem.scores(document).ranks[:, 0]
    for row in asem.table("remove_elements_level2"):
        ranks = asem.scores(without(document, [row["element"]])).ranks[:, 0]
        assert np.abs(ranks - nominal).mean() == pytest.approx(
            float(row["mean_abs_rank_diff"]), rel=1e-13, abs=0
        )
