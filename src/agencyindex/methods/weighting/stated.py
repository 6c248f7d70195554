"""Stated weights: equal ones, and those of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.parameters import refusal
from agencyindex.methods.protocols import FloatArray, Siblings


@attrs.frozen(kw_only=True)
class EqualWeights:
    r"""The same weight for each child.

    Notes
    -----
    .. math:: w_j = \frac{1}{m}

    In an index, the children of a ``sum`` are added as they are: there each weight is 1.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (equal weighting),
    OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> EqualWeights().weights(np.empty((0, 4)))
    array([0.25, 0.25, 0.25, 0.25])
    """

    name: ClassVar[str] = "equal"
    formula: ClassVar[str] = r"w_j = \frac{1}{m}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (equal "
        "weighting), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: there are no parameters."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) for children whose values (n, m) do not matter."""
        return np.full(values.shape[1], 1.0 / values.shape[1])


@attrs.frozen(kw_only=True)
class FixedWeights:
    r"""Weights that the definition states, shared out to sum to 1.

    Notes
    -----
    .. math:: w_j = \frac{v_j}{\sum_k v_k}

    :math:`v_j` are the stated weights, at least 0 and not all 0; only their proportions count. But
    the children of a ``sum`` in an index have the stated weights as they are.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (weighting), OECD
    Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> FixedWeights().weights(np.empty((0, 3)), Siblings(stated=np.array([2.0, 1.0, 1.0])))
    array([0.5 , 0.25, 0.25])
    """

    name: ClassVar[str] = "fixed"
    formula: ClassVar[str] = r"w_j = \frac{v_j}{\sum_k v_k}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (weighting), "
        "OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = True

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: the children state the weights."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """The stated weights over their sum.

        Raises
        ------
        MethodError
            ``missing-weight`` where none are stated, ``zero-weights`` where all are zero,
            ``out-of-range`` where one is negative or none.
        """
        if siblings is None or siblings.stated is None:
            message, mend = "No weights are stated.", "Give them as Siblings(stated=...)."
            raise refusal("missing-weight", "FixedWeights", message, mend)
        nominal = np.asarray(siblings.stated, dtype=np.float64)
        for weight in nominal.tolist():
            if not weight >= 0:
                message = f"A weight is at least 0, found {weight:g}."
                mend = "Turn a direction with -1, not a weight."
                raise refusal("out-of-range", "FixedWeights", message, mend, weight)
        # Exactly rounded, so that the order of the children cannot matter.
        total = fsum(nominal)
        if total == 0:
            message = "All weights are zero, so there is nothing to share out."
            raise refusal("zero-weights", "FixedWeights", message, "Give one above zero.")
        return np.asarray(nominal / total)
