"""Weighting: what each child of a node counts for."""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np

from agencyindex.methods.choices import HANDBOOK
from agencyindex.methods.parameters import refusal
from agencyindex.methods.protocols import FloatArray


@attrs.frozen(kw_only=True)
class EqualWeights:
    """The same weight for every child.

    Examples
    --------
    >>> EqualWeights().weights(np.zeros((1, 4)), np.ones(4))
    array([0.25, 0.25, 0.25, 0.25])
    """

    name: ClassVar[str] = "equal"
    formula: ClassVar[str] = r"w_j = \frac{1}{m}"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = False
    declares: ClassVar[bool] = False

    def weights(self, values: FloatArray, nominal: FloatArray) -> FloatArray:  # noqa: ARG002
        """Weights (m,) that sum to 1."""
        return np.full(len(nominal), 1.0 / len(nominal))


@attrs.frozen(kw_only=True)
class FixedWeights:
    """Weights as the document states them for each child.

    Examples
    --------
    >>> FixedWeights().weights(np.zeros((1, 2)), np.array([1.0, 3.0]))
    array([0.25, 0.75])
    """

    name: ClassVar[str] = "fixed"
    formula: ClassVar[str] = r"w_j = \frac{v_j}{\sum_k v_k}"
    reference: ClassVar[str] = HANDBOOK
    learnt: ClassVar[bool] = False
    declares: ClassVar[bool] = True

    def weights(self, values: FloatArray, nominal: FloatArray) -> FloatArray:  # noqa: ARG002
        """Weights (m,) that sum to 1, in proportion to the nominal ones.

        Raises
        ------
        MethodError
            Where all are zero (``zero-weights``) or one is negative (``bad-parameter``).
        """
        if (nominal < 0).any():
            raise refusal("bad-parameter", "FixedWeights", "A weight is negative.", "Give 0 or more.")
        if not nominal.sum() > 0:
            message = "All weights are zero."
            raise refusal("zero-weights", "FixedWeights", message, "Give one above zero.")
        return np.asarray(nominal / nominal.sum(), dtype=np.float64)
