"""What the learnt imputations share: who has a value, its mean and median, and what peers told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agencyindex.methods.adding import total
from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray, Peers

HANDBOOK = (
    "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of "
    "missing data), OECD Publishing, doi:10.1787/9789264043466-en"
)

GREAT = 2.0**960
"""Beyond this the sum of some values may be beyond all floats."""


def population(owner: str, values: FloatArray) -> FloatArray:
    """The values that are there, ascending: at least one, and none infinite."""
    x = np.asarray(values, dtype=np.float64)
    present = x[~np.isnan(x)]
    if not present.size:
        message = "No agency has a value, so there is nothing to fill gaps with."
        mend = 'Use "constant", or answers of more agencies.'
        raise refusal("empty-population", owner, message, mend)
    demand_finite(owner, present)
    # Adding zero turns -0 into 0: which of them comes first would depend on the order.
    return np.sort(present) + 0.0


def demand_finite(owner: str, values: FloatArray) -> None:
    """Refuse infinite values."""
    infinite = values[np.isinf(values)]
    if infinite.size:
        found = float(infinite.min())
        message = f"A value of the population is {shown(found)}."
        raise refusal("not-finite", owner, message, "Correct it, or leave it out.", found)


def mean(present: FloatArray) -> float:
    """The mean, whatever the order, and never beyond the values themselves."""
    low, high = float(present.min()), float(present.max())
    scale = 2.0**-64 if max(-low, high) > GREAT else 1.0
    return min(max(total(present * scale) / present.size / scale, low), high)


def agencies_of(owner: str, peers: Peers | None, count: int) -> Sequence[str]:
    """The ids of as many agencies as there are values."""
    agencies = () if peers is None else peers.agencies
    if len(agencies) != count:
        message = f"{count} values came with {len(agencies)} ids of agencies."
        raise refusal("needs-population", owner, message, "Give them as Peers(agencies=...).")
    return agencies


def groups_of(owner: str, group: str, peers: Peers | None, count: int) -> Sequence[str | None]:
    """The groups of as many agencies as there are values."""
    groups = () if peers is None or peers.groups is None else peers.groups
    if len(groups) != count:
        message = f'{count} values came with {len(groups)} groups of "{group}".'
        raise refusal("needs-population", owner, message, "Give them as Peers(groups=...).")
    return groups
