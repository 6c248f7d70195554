"""Print how fast weightings and normalisations are, beside others' in the same run.

Run it with ``python benchmarks/methods.py``, and some of 159, 10000 and 1000000 as arguments for
these numbers of agencies alone; scikit-criteria, pymcdm and pandas are the peers. Where neither
has a method, plain numpy or pandas is the peer. All take the same array of 100 indicators, each
in one piece. Times are the least of some repeats, the two of a pair by turns.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from pymcdm import normalizations as pym_norm
from pymcdm import weights as pym
from pymcdm.helpers import normalize_matrix
from skcriteria.preprocessing import scalers, weighters

from agencyindex.methods import normalisation as norm
from agencyindex.methods import weighting as weigh
from agencyindex.methods.protocols import Siblings

SIZES = {159: 15, 10_000: 5, 1_000_000: 2}
INDICATORS = 100
QUANTILES = [0.15, 0.25, 0.65, 0.85, 0.95]
BANDS = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
Work = Callable[[], object]


def population(agencies: int) -> np.ndarray:
    """Values that go together a little, all different, on scales of their own."""
    random = np.random.default_rng(0)
    common = random.uniform(1, 3, agencies)
    values = np.empty((agencies, INDICATORS), order="F")
    for column in range(INDICATORS):
        values[:, column] = (common + random.uniform(0.5, 5, agencies)) * 1.3 ** (column % 20)
    return values


def in_turn(work: Callable[[np.ndarray], np.ndarray], values: np.ndarray) -> np.ndarray:
    """Somebody else's function of one column, for all."""
    found = np.empty_like(values)
    for column in range(values.shape[1]):
        found[:, column] = work(values[:, column])
    return found


def plain_zscore(x: np.ndarray) -> np.ndarray:
    return (x - np.mean(x)) / np.std(x, ddof=1)


def plain_robust(x: np.ndarray) -> np.ndarray:
    middle = np.median(x)
    return (x - middle) / (1.4826 * np.median(np.abs(x - middle)))


def plain_bands(x: np.ndarray) -> np.ndarray:
    return np.array(BANDS)[np.searchsorted(np.quantile(x, QUANTILES), x, side="right")]


def plain_mean_bands(x: np.ndarray) -> np.ndarray:
    mean = np.mean(x)
    return np.where(x < 0.9 * mean, -1.0, np.where(x > 1.1 * mean, 1.0, 0.0))


def plain_ampi(x: np.ndarray) -> np.ndarray:
    return 60 * (x - np.mean(x)) / (np.max(x) - np.min(x)) + 100


def pandas_rank(**how: object) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: pd.Series(x).rank(**how).to_numpy()


def normalisations(values: np.ndarray) -> list[tuple[str, str, Work, Work]]:
    columns: list[tuple[object, str, Callable[[np.ndarray], np.ndarray]]] = [
        (
            norm.Goalposts(goalposts=[0, 900], to=[0, 1], clip=True),
            "numpy",
            lambda x: np.clip((x - 0) / 900, 0, 1),
        ),
        (norm.ZScore(mean=0, deviation=1), "numpy", plain_zscore),
        (norm.RobustScore(mean=0, deviation=1), "numpy", plain_robust),
        (norm.Ampi(), "numpy", plain_ampi),
        (norm.Rank(ties="smallest"), "pandas", pandas_rank(method="min")),
        (norm.Borda(ties="average"), "pandas", lambda x: pd.Series(x).rank().to_numpy() - 1),
        (
            norm.PercentileRank(ties="largest", of="all", to=[0, 1]),
            "pandas",
            pandas_rank(method="max", pct=True),
        ),
        (norm.DistanceToMax(), "numpy", lambda x: 1 - (x.max() - x) / (x.max() - x.min())),
        (
            norm.DistanceToTarget(target=1e4, cap=False),
            "numpy",
            lambda x: (x - x.min()) / (1e4 - x.min()),
        ),
        (norm.FractionOfMax(), "pymcdm", pym_norm.max_normalization),
        (norm.VectorNormalisation(), "pymcdm", pym_norm.vector_normalization),
        (norm.QuantileBands(quantiles=QUANTILES, values=BANDS), "numpy", plain_bands),
        (norm.MeanBands(width=0.1, below=-1, within=0, above=1), "numpy", plain_mean_bands),
    ]
    minmax = norm.MinMax(to=[0, 1], clip=True)
    rows: list[tuple[str, str, Work, Work]] = [
        (
            "minmax",
            "scikit-criteria",
            lambda: minmax.normalise(values),
            lambda: scalers.MinMaxScaler("matrix")._transform_matrix(values),
        ),
        (
            "minmax",
            "pymcdm",
            lambda: minmax.normalise(values),
            lambda: normalize_matrix(values, pym_norm.minmax_normalization, None),
        ),
        (
            "zscore",
            "scikit-criteria",
            lambda: norm.ZScore(mean=0, deviation=1).normalise(values),
            lambda: scalers.StandarScaler("matrix")._transform_matrix(values),
        ),
    ]
    for method, peer, work in columns:
        ours = lambda method=method: method.normalise(values)  # noqa: E731
        theirs = lambda work=work: in_turn(work, values)  # noqa: E731
        rows.append((method.name, peer, ours, theirs))
    return rows


def plain_variation(values: np.ndarray) -> np.ndarray:
    found = np.std(values, axis=0, ddof=1) / np.mean(values, axis=0)
    return found / found.sum()


def plain_inverse(values: np.ndarray) -> np.ndarray:
    found = 1 / np.abs(np.corrcoef(values.T)).sum(axis=1)
    return found / found.sum()


def plain_component(values: np.ndarray) -> np.ndarray:
    first = np.linalg.eigh(np.corrcoef(values.T))[1][:, -1]
    return first / first.sum()


def plain_regression(values: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(values)), values])
    found = np.linalg.lstsq(design, outcome)[0][1:]
    return found / found.sum()


def plain_optimised(values: np.ndarray) -> np.ndarray:
    found = np.linalg.solve(np.corrcoef(values.T), np.ones(values.shape[1])) / values.std(axis=0)
    return found / found.sum()


def weightings(values: np.ndarray) -> list[tuple[str, str, Work, Work]]:
    high = np.ones(values.shape[1], dtype=int)
    outcome = values @ np.linspace(1, 2, values.shape[1])
    known = Siblings(outcome=outcome)
    deviation, entropy, critic = (
        weigh.StandardDeviationWeights(),
        weigh.EntropyWeights(),
        weigh.CriticWeights(),
    )
    component = weigh.PrincipalComponentWeights(negative="keep")
    factor = weigh.FactorWeights(share=0.3, kaiser=True)
    regression = weigh.RegressionWeights(outcome="z", negative="keep")
    one: list[tuple[object, str, Work]] = [
        (weigh.EqualWeights(), "pymcdm", lambda: pym.equal_weights(values)),
        (deviation, "scikit-criteria", lambda: weighters.std_weights(values)),
        (deviation, "pymcdm", lambda: pym.standard_deviation_weights(values)),
        (weigh.VariationWeights(), "numpy", lambda: plain_variation(values)),
        (entropy, "scikit-criteria", lambda: weighters.entropy_weights(values)),
        (entropy, "pymcdm", lambda: pym.entropy_weights(values)),
        (critic, "scikit-criteria", lambda: weighters.critic_weights(values, high)),
        (critic, "pymcdm", lambda: pym.critic_weights(values)),
        (weigh.InverseCorrelationWeights(), "numpy", lambda: plain_inverse(values)),
        (component, "numpy", lambda: plain_component(values)),
        (factor, "numpy, not rotated", lambda: plain_component(values)),
        (weigh.OptimisedWeights(), "numpy", lambda: plain_optimised(values)),
    ]
    rows: list[tuple[str, str, Work, Work]] = [
        (method.name, peer, lambda method=method: tried(lambda: method.weights(values)), work)
        for method, peer, work in one
    ]
    rows.append(
        (
            "regression",
            "numpy",
            lambda: regression.weights(values, known),
            lambda: plain_regression(values, outcome),
        )
    )
    return rows


def tried(work: Work) -> object:
    """Weights, or the refusal: what is asked of made-up values may not be possible."""
    try:
        return work()
    except ValueError as error:
        return error


def timed(ours: Work, theirs: Work, repeats: int) -> tuple[float, float]:
    """Least seconds of each, by turns."""
    least = [float("inf"), float("inf")]
    for _ in range(repeats):
        for place, work in enumerate((ours, theirs)):
            start = time.perf_counter()
            work()
            least[place] = min(least[place], time.perf_counter() - start)
    return least[0], least[1]


def main() -> None:
    wanted = [each for each in sys.argv[1:] if not each.isdecimal()]
    sizes = [int(each) for each in sys.argv[1:] if each.isdecimal()] or list(SIZES)
    for agencies in sizes:
        values = population(agencies)
        print(f"\n{agencies:,} agencies x {INDICATORS} indicators")
        rows = [*normalisations(values), *weightings(values)]
        for name, peer, ours, theirs in rows:
            if wanted and name not in wanted:
                continue
            us, them = timed(ours, theirs, SIZES[agencies])
            print(
                f"  {name:24} {us * 1e3:10.2f} ms   {peer:18} {them * 1e3:10.2f} ms"
                f"   ratio {us / them:6.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
