"""Print how fast the core is, beside named peers in the same run.

Run it with ``python benchmarks/run.py``; polars is needed for one of the peers.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Literal

import numpy as np

import agencyindex as ai
from agencyindex._answers import Column

AGENCIES = 1_000_000
ITEMS = 100
INDICES = 4
POINTS = {"no": 0.0, "planned": 0.25, "tested": 0.5, "introduced": 1.0}


def questionnaire(items: int) -> ai.Questionnaire:
    options = [ai.Option(value) for value in POINTS]
    listed = [ai.Item(f"q{i:03}", "single_choice", options=options) for i in range(items)]
    return ai.Questionnaire(id="bench", version="1.0.0", sections=[ai.Section("all", items=listed)])


def index(name: str, items: list[str], dimensions: int) -> ai.IndexDefinition:
    """An index whose items are weighted 1, 2, 3, 1, 2, 3, ... in some dimensions, or in none."""
    leaves = [
        {"id": item, "item": item, "scoring": "adoption", "weight": 1 + i % 3}
        for i, item in enumerate(items)
    ]
    size = len(leaves) // max(dimensions, 1)
    groups = [
        {"id": f"d{k}", "weight": 1, "children": leaves[k * size : (k + 1) * size]}
        for k in range(dimensions)
    ]
    rules = ("not_answered", "dont_know", "refused", "not_applicable", "not_asked")
    return ai.load(
        {
            "schema": "agencyindex/index/1",
            "id": name,
            "version": "1.0.0",
            "questionnaire": {"id": "bench", "version": "1.0.0"},
            "rounding": {"where": "nowhere"},
            "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
            "missing": dict.fromkeys(rules, "worst"),
            "minimum_coverage": 0,
            "scorings": {"adoption": {"method": "points", "points": POINTS}},
            "normalisation": {"method": "none"},
            "weighting": {"method": "fixed"},
            "aggregation": {"method": "arithmetic"},
            "children": groups or leaves,
        },
        ai.IndexDefinition,
    )


def best(work: Callable[[], object], repeats: int = 5) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def import_times() -> tuple[float, float]:
    """Seconds to import numpy and agencyindex, medians of alternating runs."""
    code = "import time; t=time.perf_counter(); import {}; print(time.perf_counter()-t)"
    found: dict[str, list[float]] = {"numpy": [], "agencyindex": []}
    for _ in range(15):
        for name, times in found.items():
            out = subprocess.run(
                [sys.executable, "-c", code.format(name)],
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(float(out.stdout))
    return statistics.median(found["numpy"]), statistics.median(found["agencyindex"])


def single(dimensions: int, nodes: Literal["all", "indices"]) -> float:
    """Microseconds for one response on four indices of 25 items: the median."""
    asked = questionnaire(ITEMS)
    names = [item.id for item in asked]
    fitted = [
        ai.freeze(index(f"i{k}", names[25 * k : 25 * k + 25], dimensions), asked)
        for k in range(INDICES)
    ]
    values = list(POINTS)
    response = ai.Response("a", {name: values[i % 4] for i, name in enumerate(names)})
    times = []
    for _ in range(5000):
        start = time.perf_counter()
        ai.score(fitted, response, nodes=nodes)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def plain_numpy(
    codes: np.ndarray, table: np.ndarray, weights: list[np.ndarray]
) -> list[np.ndarray]:
    matrix = table[codes]
    return [matrix @ weight for weight in weights]


def peak_of(work: Callable[[], object]) -> int:
    """Most bytes allocated at one time, numpy's arrays included, above those before."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> None:
    numpy_alone, ours = import_times()
    print(
        f"import: {ours * 1e3:.0f} ms, {ours / numpy_alone:.2f} of numpy's {numpy_alone * 1e3:.0f} ms"
    )
    print("one response, 4 indices of 25 items")
    for dimensions in (0, 5):
        roots, every = single(dimensions, "indices"), single(dimensions, "all")
        label = f"{dimensions or 'no'} dimensions"
        print(f"  {label}: the indices {roots:.1f} us, with every node {every:.1f} us")

    asked = questionnaire(ITEMS)
    names = [item.id for item in asked]
    generator = np.random.default_rng(0)
    chosen = generator.integers(0, 4, size=(ITEMS, AGENCIES), dtype=np.uint8)
    columns = {name: Column(chosen[i] + np.uint8(5)) for i, name in enumerate(names)}
    agencies = tuple(map(str, range(AGENCIES)))
    responses = ai.Responses(questionnaire=asked, edition="b", agencies=agencies, columns=columns)
    for groups in (0, 5):
        compare(responses, chosen, groups)


def compare(responses: ai.Responses, chosen: np.ndarray, groups: int) -> None:
    """One table of the million, for indices without dimensions or with some."""
    asked = responses.questionnaire
    names = [item.id for item in asked]
    size = sum(column.codes.nbytes for column in responses.columns.values())
    by_agency = np.ascontiguousarray(chosen.T)
    table = np.array(list(POINTS.values()))
    fitted = [
        ai.freeze(index(f"i{k}", names[k:] + names[:k], groups), asked) for k in range(INDICES)
    ]
    weights = [effective(each.definition, names) for each in fitted]

    def ours() -> ai.Scores:
        return ai.score(fitted, responses, nodes="indices")

    peak = peak_of(ours)
    values = ours().values[:1000]
    for k, column in enumerate(plain_numpy(by_agency[:1000], table, weights)):
        assert np.allclose(values[:, k], column, rtol=1e-12)
    us = best(ours)
    them = best(lambda: plain_numpy(by_agency, table, weights), 3)
    print(f"\n1,000,000 agencies x 100 items x 4 indices of {groups or 'no'} dimensions")
    print(f"  agencyindex            {us:.3f} s")
    print(f"  numpy matrix products  {them:.3f} s   ratio {us / them:.2f}")
    quickest = them
    expression = polars_work(names, chosen, weights)
    if expression:
        theirs = best(expression, 3)
        quickest = min(quickest, theirs)
        print(f"  polars when/then       {theirs:.3f} s   ratio {us / theirs:.2f}")
    print(f"  to the faster of the two: {us / quickest:.2f}")
    print(
        f"  memory above the input: {peak / 1e6:.0f} MB, {peak / size:.2f} of its {size / 1e6:.0f} MB"
    )


def effective(definition: ai.IndexDefinition, names: list[str]) -> np.ndarray:
    result = np.zeros(len(names))
    children = definition.children
    total = sum(child.weight or 0 for child in children)
    for child in children:
        below = child.children if isinstance(child, ai.Dimension) else (child,)
        whole = sum(leaf.weight or 0 for leaf in below)
        for leaf in below:
            share = (child.weight or 0) / total * (leaf.weight or 0) / whole
            result[names.index(leaf.id)] = share
    return result


def polars_work(
    names: list[str], chosen: np.ndarray, weights: list[np.ndarray]
) -> Callable[[], object] | None:
    try:
        import polars as pl  # noqa: PLC0415
    except ImportError:
        return None
    frame = pl.DataFrame({name: chosen[i].astype(np.int8) for i, name in enumerate(names)})
    points = list(POINTS.values())

    def item(name: str) -> pl.Expr:
        chain = pl.when(pl.col(name) == 1).then(points[1])
        return (
            chain.when(pl.col(name) == 2)
            .then(points[2])
            .when(pl.col(name) == 3)
            .then(points[3])
            .otherwise(points[0])
        )

    sums = []
    for k, weight in enumerate(weights):
        terms = [item(name) * float(share) for name, share in zip(names, weight, strict=True)]
        sums.append(pl.sum_horizontal(terms).alias(f"i{k}"))
    return lambda: frame.lazy().select(sums).collect()


if __name__ == "__main__":
    main()
