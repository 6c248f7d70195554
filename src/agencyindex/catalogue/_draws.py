"""Random draws that are the same on every machine, and the normal distribution behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from statistics import NormalDist

NORMAL = NormalDist()
SMALLEST = 2.0**-54


def quantile(share: float) -> float:
    """The standard normal value that a share of the distribution lies below."""
    return NORMAL.inv_cdf(max(share, SMALLEST))


def share_below(value: float) -> float:
    """The share of the standard normal distribution that lies below a value."""
    return NORMAL.cdf(value)


def band(value: float, shares: Sequence[float]) -> int:
    """The position of the band of the standard normal distribution that a value falls in.

    Examples
    --------
    >>> band(-3.0, (0.5, 0.3, 0.2)), band(0.1, (0.5, 0.3, 0.2)), band(3.0, (0.5, 0.3, 0.2))
    (0, 1, 2)
    """
    below = share_below(value)
    reached = 0.0
    for position, share in enumerate(shares[:-1]):
        reached += share
        if below < reached:
            return position
    return len(shares) - 1


class Draws:
    """Draws from a seed that rest on the one generator whose numbers Python promises to keep.

    Parameters
    ----------
    seed
        Any integer; 0 is a seed.
    """

    def __init__(self, seed: int) -> None:
        self.uniform = Random(seed).random  # noqa: S311

    def normal(self) -> float:
        """A standard normal draw."""
        return quantile(self.uniform())

    def one_of(self, weights: Mapping[str, float]) -> str:
        """A key, drawn by its weight."""
        left = self.uniform() * sum(weights.values())
        *others, last = weights
        for key in others:
            left -= weights[key]
            if left < 0:
                return key
        return last
