"""An aggregation that goes some of the way from the mean to the weakest part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import attrs
import numpy as np

from agencyindex.methods.parameters import demands, is_number, number
from agencyindex.methods.protocols import FloatArray, Range


@attrs.frozen(kw_only=True)
class WeakestShare:
    r"""The weighted mean, with a share of it replaced by the least value.

    Parameters
    ----------
    share
        How much the weakest child counts beyond its weight, from 0 to 1.

    Notes
    -----
    .. math:: y = (1 - s) \frac{\sum_{j \in A} w_j x_j}{\sum_{j \in A} w_j} + s \min_{j \in A} x_j

    References
    ----------
    agencyindex: our own example

    Examples
    --------
    >>> mixed = WeakestShare(share=0.5)
    >>> mixed.aggregate(np.array([[80.0, 40.0], [80.0, np.nan]]), np.array([1.0, 1.0]))
    array([50., 80.])
    """

    name: ClassVar[str] = "weakest_share"
    formula: ClassVar[str] = (
        r"y = (1 - s) \frac{\sum_{j \in A} w_j x_j}{\sum_{j \in A} w_j} + s \min_{j \in A} x_j"
    )
    reference: ClassVar[str] = "agencyindex: our own example"
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    compares: ClassVar[bool] = False
    schema: ClassVar[Mapping[str, Any]] = {
        "required": ["share"],
        "properties": {
            "share": {
                "description": "How much the weakest child counts beyond its weight.",
                "type": "number",
                "minimum": 0,
                "maximum": 1,
            }
        },
    }

    share: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("WeakestShare") as demand:
            part = is_number(self.share) and 0 <= self.share <= 1
            demand("share", self.share, part, "a number from 0 to 1")

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """None: any value will do."""
        yield from ()

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap."""
        total, weight = np.zeros(len(values)), np.zeros(len(values))
        weakest = np.full(len(values), np.inf)
        # Column by column, so that no row's sum depends on how many rows there are.
        for column, share in zip(values.T, weights, strict=True):
            there = ~np.isnan(column)
            total += np.where(there, share * column, 0.0)
            weight += np.where(there, share, 0.0)
            weakest = np.fmin(weakest, column)
        some = weight > 0
        mean = np.divide(total, weight, out=np.full(len(values), np.nan), where=some)
        return np.asarray((1 - self.share) * mean + self.share * np.where(some, weakest, 0.0))
