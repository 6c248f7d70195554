"""Weights from principal components and from rotated factors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import atan2, cos, fsum, hypot, sin
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.parameters import demands, is_number, number, refusal
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._population import (
    NEGATIVE,
    NOISE,
    cancelled,
    cleaned,
    correlations,
    noise,
    signed,
    spreads,
)

# Eigenvalues that differ by less are the same but for rounding.
TIE = 1e-9
SWEEPS = 1000


def _components(
    owner: str, values: FloatArray, siblings: Siblings | None
) -> tuple[FloatArray, ...]:
    """Eigenvalues of the correlations, the greatest first, and the vectors as columns."""
    roots, vectors = np.linalg.eigh(correlations(spreads(owner, values, siblings)[0]))
    return roots[::-1], vectors[:, ::-1]


@attrs.frozen(kw_only=True)
class PrincipalComponentWeights:
    r"""Weights in proportion to the loadings on the first principal component.

    Values must be complete.

    Parameters
    ----------
    negative
        What a negative loading becomes: an ``error``, ``zero``, or a negative weight (``keep``).

    Notes
    -----
    .. math:: w_j = \frac{v_j}{\sum_k v_k}, \quad R v = \lambda_{\max} v

    :math:`R` holds the correlations of the children. The sign of :math:`v` is turned so that its
    sum is above zero. A single child has weight 1, whatever its values.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (principal
    components analysis), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> values = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 5.0]])
    >>> PrincipalComponentWeights(negative="error").weights(values)
    array([0.5, 0.5])
    """

    name: ClassVar[str] = "principal_component"
    formula: ClassVar[str] = r"w_j = \frac{v_j}{\sum_k v_k}, \quad R v = \lambda_{\max} v"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (principal "
        "components analysis), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    negative: Literal["error", "zero", "keep"]

    def __attrs_post_init__(self) -> None:
        with demands("PrincipalComponentWeights") as demand:
            fits = self.negative in NEGATIVE
            demand("negative", self.negative, fits, '"error", "zero" or "keep"')

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: the parameter names no child."""
        yield from ()

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no agencies or gaps, ``constant-indicator`` where
            all values of a child are equal, ``zero-weights`` where there is no one first
            component or its loadings cancel out, ``out-of-range`` where a loading is negative
            and that is refused, or a value infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner = "PrincipalComponentWeights"
        roots, vectors = _components(owner, values, siblings)
        if roots[0] - roots[1] <= TIE:
            message = "The first two principal components explain the same, so none is the first."
            raise refusal("zero-weights", owner, message, "Use other weights.")
        first = vectors[:, 0]
        along = fsum(first.tolist())
        # Neither sign is the right one then, whatever becomes of what is below zero.
        if abs(along) <= noise(first):
            raise cancelled(owner, "loadings")
        turned = cleaned(first * np.sign(along))
        return signed(owner, turned, self.negative, "loadings", siblings)


def _rotated(loadings: FloatArray, *, kaiser: bool) -> FloatArray | None:
    """Loadings after varimax, by turns in one plane after the other; None where none is best."""
    lengths = np.sqrt((loadings**2).sum(axis=1))
    scale = np.where(lengths > NOISE, lengths, 1.0) if kaiser else np.ones(len(loadings))
    found = (loadings / scale[:, None]).copy()
    for _ in range(SWEEPS):
        widest = 0.0
        for p, q in combinations(range(found.shape[1]), 2):
            angle = _best_turn(found[:, p], found[:, q])
            if angle is None:
                return None
            x, y = found[:, p].copy(), found[:, q].copy()
            found[:, p] = x * cos(angle) + y * sin(angle)
            found[:, q] = y * cos(angle) - x * sin(angle)
            widest = max(widest, abs(angle))
        if widest <= NOISE:
            break
    return found * scale[:, None]


def _best_turn(x: FloatArray, y: FloatArray) -> float | None:
    """The angle in one plane that makes the squared loadings vary most; None where all do."""
    u, v = x * x - y * y, 2 * x * y
    a, b = fsum(u.tolist()), fsum(v.tolist())
    across = 2 * (fsum((u * v).tolist()) - a * b / len(x))
    along = fsum((u * u - v * v).tolist()) - (a * a - b * b) / len(x)
    if hypot(across, along) <= NOISE * fsum((u * u + v * v).tolist()):
        return None
    return atan2(across, along) / 4


@attrs.frozen(kw_only=True)
class FactorWeights:
    r"""Weights from factors that are rotated so that each child belongs to one.

    Values must be complete. Factors are principal components of the correlations. Those that are
    kept are rotated by varimax. Within a factor a child counts by its squared loading, scaled so
    that all children sum to 1; a child belongs to the factor that it loads highest on; and each
    factor counts by its share of the variance that all of them explain. The weights are then
    scaled to sum to 1.

    Parameters
    ----------
    eigenvalue
        Keep the factors with an eigenvalue above this number, at least 0 (often 1).
    share
        Keep the fewest factors that explain this share of the variance, above 0 and up to 1
        (often 0.6); factors that explain the same are kept together. Exactly one of
        ``eigenvalue`` and ``share`` is stated.
    kaiser
        Whether each child's loadings are scaled to the same length while they are rotated.

    Notes
    -----
    .. math:: w_j = \frac{\max_f \ell_{jf}^2}{\sum_k \max_f \ell_{kf}^2}

    :math:`\ell_{jf}` is the loading of child :math:`j` on factor :math:`f` after the rotation.
    The formula is short because a factor's explained variance is the sum of its squared loadings:
    dividing by it within the factor and multiplying with it between factors cancel out. A single
    child has weight 1, whatever its values.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (factor analysis),
    OECD Publishing, doi:10.1787/9789264043466-en; rotation: Kaiser (1958) The varimax criterion
    for analytic rotation in factor analysis, Psychometrika 23(3), doi:10.1007/BF02289233

    Examples
    --------
    >>> values = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 0.0], [2.0, 5.0, 1.0], [3.0, 4.0, 1.0]])
    >>> FactorWeights(eigenvalue=1, kaiser=True).weights(values).round(3)
    array([0.309, 0.332, 0.36 ])
    """

    name: ClassVar[str] = "factor_analysis"
    formula: ClassVar[str] = r"w_j = \frac{\max_f \ell_{jf}^2}{\sum_k \max_f \ell_{kf}^2}"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (factor "
        "analysis), OECD Publishing, doi:10.1787/9789264043466-en; rotation: Kaiser (1958) The "
        "varimax criterion for analytic rotation in factor analysis, Psychometrika 23(3), "
        "doi:10.1007/BF02289233"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    eigenvalue: float | None = attrs.field(default=None, converter=number)
    share: float | None = attrs.field(default=None, converter=number)
    kaiser: bool

    def __attrs_post_init__(self) -> None:
        with demands("FactorWeights") as demand:
            given = self.eigenvalue
            fits = given is None or (is_number(given) and given >= 0)
            demand("eigenvalue", given, fits, "a number that is at least 0")
            fits = self.share is None or (is_number(self.share) and 0 < self.share <= 1)
            demand("share", self.share, fits, "a number above 0 and up to 1")
            one = (given is None) != (self.share is None)
            demand("share", self.share, one, 'stated where "eigenvalue" is not, and only there')
            demand("kaiser", self.kaiser, isinstance(self.kaiser, bool), "true or false")

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: the parameters name no child."""
        yield from ()

    def _kept(self, roots: FloatArray) -> int:
        """How many of the eigenvalues, the greatest first, are kept."""
        if self.share is None:
            return int((roots > (self.eigenvalue or 0.0) + TIE).sum())
        enough = np.cumsum(roots) >= self.share * len(roots) - TIE
        last = roots[int(np.argmax(enough))]
        return int((roots >= last - TIE).sum())

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps.

        Raises
        ------
        MethodError
            ``empty-population`` where there are no agencies or gaps, ``constant-indicator`` where
            all values of a child are equal, ``zero-weights`` where no factor is kept or no
            rotation is the best one, ``out-of-range`` where a value is infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner = "FactorWeights"
        roots, vectors = _components(owner, values, siblings)
        kept = self._kept(roots)
        if not kept:
            message = f"No factor has an eigenvalue above {self.eigenvalue:g}."
            mend = 'Lower "eigenvalue", or use "share".'
            raise refusal("zero-weights", owner, message, mend, float(roots[0]))
        loadings = vectors[:, :kept] * np.sqrt(np.maximum(roots[:kept], 0.0))
        rotated = _rotated(loadings, kaiser=self.kaiser)
        if rotated is None:
            message = "Every rotation of the factors is as good as any other."
            raise refusal("zero-weights", owner, message, "Keep another number of factors.", kept)
        highest = (rotated**2).max(axis=1)
        return np.asarray(highest / fsum(highest.tolist()))
