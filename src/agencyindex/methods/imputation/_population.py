"""What the learnt imputations share: who has a value, its mean and median, and what peers told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from agencyindex.methods.parameters import refusal, shown
from agencyindex.methods.protocols import FloatArray, Peers

HANDBOOK = (
    "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 3 (imputation of "
    "missing data), OECD Publishing, doi:10.1787/9789264043466-en"
)


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


def looked_up(table: Mapping[str, float], names: Sequence[str | None]) -> FloatArray:
    """The value of each name (n,); a gap where it has none."""
    known: dict[str | None, float] = {}
    known.update(table)
    # None as a number is a gap.
    found = map(known.get, names)
    return np.fromiter(found, dtype=np.float64, count=len(names))


def with_filled(values: FloatArray, stated: FloatArray) -> FloatArray:
    """Values (n,) or (n, m) with what is stated for each row (n,) where there are gaps."""
    rows = stated.reshape(-1, *[1] * (values.ndim - 1))
    return np.where(np.isnan(values), rows, values)


def by_group(groups: Sequence[str | None]) -> tuple[list[str], NDArray[np.int64]]:
    """The names of the groups, in order, and the place of each agency's among them; -1 for none."""
    names = sorted(each for each in {*groups} if each is not None)
    places: dict[str | None, int] = {each: place for place, each in enumerate(names)}
    places[None] = -1
    of_each = map(places.__getitem__, groups)
    return names, np.fromiter(of_each, dtype=np.int64, count=len(groups))
