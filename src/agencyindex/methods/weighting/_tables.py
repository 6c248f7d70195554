"""What the weightings that state something for each child share: tables of child and number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from agencyindex.methods.parameters import is_table, refusal
from agencyindex.methods.protocols import FloatArray, Siblings, Weighting


def is_full_table(values: object, low: float = 0.0) -> bool:
    """Whether a value is a table of names and finite numbers from ``low`` up, with an entry."""
    return is_table(values) and bool(values) and all(each >= low for each in _numbers(values))


def _numbers(values: object) -> Iterable[float]:
    return values.values() if isinstance(values, Mapping) else ()


def misfits(stated: Iterable[str], names: Sequence[str], what: str) -> Iterator[str]:
    """A sentence for each child that a table lacks, and for each of its keys that is no child."""
    known = list(stated)
    for name in names:
        if name not in known:
            yield f'The child "{name}" has no {what}.'
    for name in known:
        if name not in names:
            yield f'There is no child "{name}", and it has a {what}.'


def children(weighting: Weighting, stated: Iterable[str], siblings: Siblings | None) -> list[str]:
    """The children in the order of the siblings; in that of the table where they have no names.

    Raises
    ------
    MethodError
        ``missing-weight`` where the weighting does not fit the siblings.
    """
    if siblings is None or not len(siblings.names):
        return list(stated)
    for fault in weighting.faults(siblings.names):
        mend = "State one for each child, and for nothing else."
        raise refusal("missing-weight", type(weighting).__name__, fault, mend)
    return list(siblings.names)


def as_weights(shares: Iterable[Fraction]) -> FloatArray:
    """Exact shares as the nearest floats."""
    return np.array([float(share) for share in shares])
