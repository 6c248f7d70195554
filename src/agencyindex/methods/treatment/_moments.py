"""What the learnt treatments share: who has a value, and the shape of its distribution."""

from __future__ import annotations

from math import sqrt

import numpy as np

from agencyindex.methods.adding import total
from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray


def population(owner: str, values: FloatArray) -> FloatArray:
    """The values that are there, in ascending order: at least one, and none infinite."""
    x = np.asarray(values, dtype=np.float64)
    # Adding zero turns -0 into 0: which of them comes first would depend on the order.
    ordered = np.sort(x[~np.isnan(x)]) + 0.0
    if not ordered.size:
        message = "No agency has a value, so there is nothing to learn."
        mend = "Use a treatment that is declared, or answers of more agencies."
        raise refusal("empty-population", owner, message, mend)
    for end in (float(ordered[0]), float(ordered[-1])):
        if np.isinf(end):
            message = f"A value of the population is {shown(end)}."
            raise refusal("not-finite", owner, message, "Correct it, or leave it out.", end)
    return np.asarray(ordered)


def shape(ordered: FloatArray) -> tuple[float, float]:
    """Skewness and excess kurtosis, bias-corrected; both 0 where there are none.

    That is so of fewer than four values, and where all are the same.
    """
    count = ordered.size
    # Halves, because the range of two floats may be beyond all floats.
    steps = ordered / 2 - ordered[0] / 2
    if count < 4 or steps[-1] == 0:
        return 0.0, 0.0
    shares = steps / steps[-1]
    apart = shares - total(shares) / count
    second, third, fourth = (total(apart**power) for power in (2, 3, 4))
    skewness = count * sqrt(count - 1) / (count - 2) * third / second**1.5
    ratio = count * fourth / second**2
    peak = ((count + 1) * (ratio - 3) + 6) * (count - 1) / ((count - 2) * (count - 3))
    return skewness, peak
