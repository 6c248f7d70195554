"""A weighting by a stated order: each child counts a fixed part of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import attrs
import numpy as np

from agencyindex.methods.parameters import as_tuple, demands, is_number, number
from agencyindex.methods.protocols import FloatArray, Siblings


@attrs.frozen(kw_only=True)
class DecliningWeights:
    r"""Weights that fall by the same ratio from each child to the next.

    Parameters
    ----------
    order
        Ids of the children, the most important first.
    ratio
        What each child counts beside the one before, above 0 and at most 1.

    Notes
    -----
    .. math:: w_j = \frac{r^{k_j - 1}}{\sum_{i=1}^m r^{i - 1}}

    :math:`k_j` is the place of child j in the order.

    References
    ----------
    agencyindex: our own example

    Examples
    --------
    >>> declining = DecliningWeights(order=["b", "a"], ratio=0.25)
    >>> declining.weights(np.empty((0, 2)), Siblings(names=["a", "b"]))
    array([0.2, 0.8])
    """

    name: ClassVar[str] = "declining"
    formula: ClassVar[str] = r"w_j = \frac{r^{k_j - 1}}{\sum_{i=1}^m r^{i - 1}}"
    reference: ClassVar[str] = "agencyindex: our own example"
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False
    schema: ClassVar[Mapping[str, Any]] = {
        "required": ["order", "ratio"],
        "properties": {
            "order": {
                "description": "Ids of the children, the most important first.",
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
                "uniqueItems": True,
            },
            "ratio": {
                "description": "What each child counts beside the one before.",
                "type": "number",
                "exclusiveMinimum": 0,
                "maximum": 1,
            },
        },
    }

    order: tuple[str, ...] = attrs.field(converter=as_tuple)
    ratio: float = attrs.field(converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("DecliningWeights") as demand:
            listed = isinstance(self.order, tuple) and len(self.order) > 0
            once = listed and len(set(self.order)) == len(self.order)
            demand("order", self.order, once, "a list of ids, each once")
            part = is_number(self.ratio) and 0 < self.ratio <= 1
            demand("ratio", self.ratio, part, "a number above 0 and at most 1")

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children that the order leaves out, and ids in it that are no child's."""
        for name in sorted(set(names) ^ set(self.order)):
            side = "is no child" if name in self.order else "does not stand in the order"
            yield f'"{name}" {side}.'

    def weights(self, values: FloatArray, siblings: Siblings | None = None) -> FloatArray:
        """Weights (m,) of the named children."""
        names = () if siblings is None else siblings.names
        found = np.array([self.ratio ** self.order.index(name) for name in names])
        return np.asarray(found / found.sum())
