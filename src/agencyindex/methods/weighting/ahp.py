"""Weights from comparisons of the children in pairs: the analytic hierarchy process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, ClassVar

import attrs
import numpy as np

from agencyindex.methods.parameters import as_table, demands, is_number, refusal
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._tables import children, misfits

# Saaty (1987), page 171, up to 10 children; Saaty (1980) The Analytic Hierarchy Process beyond.
RANDOM_INDEX = (0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
LEAST, MOST = 1e-9, 1e9


def _nested(values: Any) -> Any:
    if not isinstance(values, Mapping):
        return values
    return {key: as_table(row) for key, row in values.items()}


def _are_comparisons(values: object) -> bool:
    return (
        isinstance(values, Mapping)
        and bool(values)
        and all(isinstance(key, str) and isinstance(row, Mapping) for key, row in values.items())
        and all(isinstance(key, str) for row in values.values() for key in row)
        and all(
            is_number(each) and LEAST <= each <= MOST
            for row in values.values()
            for each in row.values()
        )
    )


@attrs.frozen(kw_only=True)
class AnalyticHierarchy:
    r"""Weights that agree best with how often each child matters more than each other one.

    Parameters
    ----------
    comparisons
        A table of tables: how many times more than the second child the first one matters, from
        1e-9 to 1e9 (Saaty's scale runs from 1/9 to 9). Each pair stands exactly once, in either
        direction; the other direction is its reciprocal. One child alone has an empty table.

    Notes
    -----
    .. math:: A w = \lambda_{\max} w, \quad a_{jk} = 1 / a_{kj}

    :math:`w` is the principal eigenvector, scaled to sum to 1. `consistency` tells whether the
    comparisons agree with each other; a ratio of at most 0.1 counts as good.

    References
    ----------
    Saaty (1977) A scaling method for priorities in hierarchical structures, Journal of
    Mathematical Psychology 15(3), doi:10.1016/0022-2496(77)90033-5; random indices: Saaty (1987)
    The analytic hierarchy process: what it is and how it is used, Mathematical Modelling 9(3-5),
    doi:10.1016/0270-0255(87)90473-8

    Examples
    --------
    >>> pairs = AnalyticHierarchy(comparisons={"a": {"b": 2, "c": 6}, "b": {"c": 3}})
    >>> pairs.weights(np.empty((0, 3))).round(4)
    array([0.6, 0.3, 0.1])
    >>> round(pairs.consistency(), 4)
    0.0
    """

    name: ClassVar[str] = "ahp"
    formula: ClassVar[str] = r"A w = \lambda_{\max} w, \quad a_{jk} = 1 / a_{kj}"
    reference: ClassVar[str] = (
        "Saaty (1977) A scaling method for priorities in hierarchical structures, Journal of "
        "Mathematical Psychology 15(3), doi:10.1016/0022-2496(77)90033-5; random indices: Saaty "
        "(1987) The analytic hierarchy process: what it is and how it is used, Mathematical "
        "Modelling 9(3-5), doi:10.1016/0270-0255(87)90473-8"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    comparisons: Mapping[str, Mapping[str, float]] = attrs.field(converter=_nested)

    def __attrs_post_init__(self) -> None:
        with demands("AnalyticHierarchy") as demand:
            fits = _are_comparisons(self.comparisons)
            wanted = "a table of tables of children and numbers from 1e-9 to 1e9"
            demand("comparisons", self.comparisons, fits, wanted)
            for first, second, times in self._pairs() if fits else ():
                once = f'a table that compares "{first}" with "{second}" once'
                demand("comparisons", times, times == 1, once)
            for name in self._names() if fits else ():
                other = name not in self.comparisons.get(name, {})
                demand("comparisons", name, other, "a table that compares no child with itself")

    def _names(self) -> list[str]:
        rows = [[key, *row] for key, row in self.comparisons.items()]
        return list(dict.fromkeys(name for row in rows for name in row))

    def _pairs(self) -> Iterator[tuple[str, str, int]]:
        for first, second in combinations(self._names(), 2):
            forth = second in self.comparisons.get(first, {})
            yield first, second, forth + (first in self.comparisons.get(second, {}))

    def _solved(self) -> tuple[dict[str, float], float]:
        """The weight of each child, and the principal eigenvalue."""
        # In one order, so that the order of the document cannot matter.
        names = sorted(self._names())
        place = {name: position for position, name in enumerate(names)}
        matrix = np.eye(len(names))
        for first, row in self.comparisons.items():
            for second, times in row.items():
                matrix[place[first], place[second]] = times
                matrix[place[second], place[first]] = 1 / times
        # Divided by what consistent comparisons would be, these become ones: nothing is lost.
        scale = np.exp(np.log(matrix).mean(axis=1))
        roots, vectors = np.linalg.eig(matrix * scale / scale[:, None])
        principal = int(np.argmax(roots.real))
        found = np.abs(vectors[:, principal].real) * scale
        shares = found / found.sum()
        return dict(zip(names, shares.tolist(), strict=True)), float(roots[principal].real)

    def consistency(self) -> float:
        r"""The consistency ratio: 0 for comparisons in full agreement, good up to 0.1.

        It is :math:`(\lambda_{\max} - m) / (m - 1)` over the mean of this quotient for random
        comparisons of :math:`m` children, and 0 for one or two children, which always agree.

        Raises
        ------
        MethodError
            ``out-of-range`` for more than 15 children, for which there is no such mean.
        """
        count = len(self._names())
        if count > len(RANDOM_INDEX):
            message = f"There are random indices for up to 15 children, and these are {count}."
            mend = "Compare fewer at once: group them."
            raise refusal("out-of-range", "AnalyticHierarchy", message, mend, count)
        if count < 3:
            return 0.0
        index = (self._solved()[1] - count) / (count - 1)
        return max(index / RANDOM_INDEX[count - 1], 0.0)

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children that are not compared, and what is compared and is no child."""
        yield from misfits(self._names(), names, "comparison")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The principal eigenvector, for children whose values do not matter.

        Raises
        ------
        MethodError
            ``missing-weight`` where the comparisons do not fit the children.
        """
        names = children(self, self._names(), siblings)
        solved = self._solved()[0]
        return np.array([solved[name] for name in names])
