"""Each agency by the weights that show it at its best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._extras import require
from agencyindex.methods.parameters import demands, is_number, number, refusal, shown
from agencyindex.methods.protocols import FloatArray, Range

SPAN: Range = (1e-150, 1e150)
"""So that the quotient of two values is a number that a float can hold."""

STEEPEST = 1e12
"""A share that is dearer than this many times the best score is none, to twelve digits."""

ROUNDING = 1e-9

OWNER = "BenefitOfTheDoubt"


def _listed(places: Sequence[tuple[int, int]]) -> str:
    shown_first = ", ".join(f"({row}, {column})" for row, column in places[:5])
    return shown_first + (f" and {len(places) - 5} more" if len(places) > 5 else "")


@attrs.frozen(kw_only=True)
class BenefitOfTheDoubt:
    r"""The score by the weights that are best for each agency, if nobody may score above 1 by them.

    Parameters
    ----------
    lower
        The least share of the agency's own score that each child must bring, from 0 to below 1;
        without it a child may count nothing.
    upper
        The greatest such share, above 0 up to 1; without it one child may count alone.

    Notes
    -----
    .. math:: y_i = \max_{v \ge 0} \sum_j v_j x_{ij} \text{ where } \sum_j v_j x_{kj} \le 1 \text{ for all } k

    With bounds on shares also :math:`l \sum_h v_h x_{ih} \le v_j x_{ij} \le u \sum_h v_h x_{ih}`
    for each child :math:`j`. The scores are from 0 to 1 and depend on who else is there; units of
    the children do not matter. Without bounds somebody scores 1; with them it may be nobody.

    One linear programme for each agency, solved by HiGHS (scipy) in the shares
    :math:`q_j = v_j x_{ij} / y_i`, which sum to 1: they make the best score that anybody has by
    the agency's weights, :math:`\max_k \sum_j q_j x_{kj} / x_{ij}`, as small as can be, and
    :math:`y_i` is one over it. It is worked out from the shares, so it is never more than the
    agency can claim.

    The weights :math:`v` are each agency's own (``agency_weights``). Those of the document do not
    count, except that a child with weight 0 is left out. An agency without values is a gap;
    other gaps are refused. Values are zero or from 1e-150 to 1e150; where there are bounds on
    shares zero is refused, since it can bring no share.

    References
    ----------
    Cherchye, Moesen, Rogge and Van Puyenbroeck (2007) An introduction to benefit of the doubt
    composite indicators, Social Indicators Research 82(1), 111-145,
    doi:10.1007/s11205-006-9029-7

    Examples
    --------
    >>> doubt = BenefitOfTheDoubt()
    >>> values = np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    >>> doubt.aggregate(values, np.ones(2)).round(9)
    array([1. , 1. , 0.8])
    >>> doubt.agency_weights(values)[2].round(9)
    array([0.2, 0.2])
    """

    name: ClassVar[str] = "benefit_of_the_doubt"
    formula: ClassVar[str] = (
        r"y_i = \max_{v \ge 0} \sum_j v_j x_{ij} \text{ where } "
        r"\sum_j v_j x_{kj} \le 1 \text{ for all } k"
    )
    reference: ClassVar[str] = (
        "Cherchye, Moesen, Rogge and Van Puyenbroeck (2007) An introduction to benefit of the "
        "doubt composite indicators, Social Indicators Research 82(1), 111-145, "
        "doi:10.1007/s11205-006-9029-7"
    )
    linear: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    monotone: ClassVar[bool] = False
    compares: ClassVar[bool] = True

    lower: float | None = attrs.field(default=None, converter=number)
    upper: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands(OWNER) as demand:
            low, high = self.lower, self.upper
            fits_low = low is None or (is_number(low) and 0 <= low < 1)
            demand("lower", low, fits_low, "a number from 0 to below 1")
            fits_high = high is None or (is_number(high) and 0 < high <= 1)
            demand("upper", high, fits_high, "a number above 0 up to 1")
            if fits_low and fits_high and low is not None and high is not None:
                demand("upper", high, low <= high, f'at least "lower", which is {shown(low)}')

    @property
    def _shares(self) -> Range:
        return self.lower or 0.0, 1.0 if self.upper is None else self.upper

    @property
    def _bounded(self) -> bool:
        return self._shares != (0.0, 1.0)

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative, or zero where shares have bounds."""
        for position, (low, _) in enumerate(attainable):
            if low < 0:
                yield position, f"Values down to {shown(low)} have no benefit of the doubt."
            elif low == 0 and self._bounded:
                yield position, "Values can be zero, and shares have bounds."

    def attainable(self, attainable: Sequence[Range]) -> Range:
        """From 0 to 1."""
        return 0.0, 1.0

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap.

        Raises
        ------
        MethodError
            ``missing-points`` where an agency has some values and not others; ``not-positive``
            where one is negative, or zero where shares have bounds; ``out-of-range`` where one is
            not zero and not from 1e-150 to 1e150, or where the bounds on shares do not fit the
            number of children.
        MissingExtraError
            Where scipy is not installed.
        """
        return self._solved(values, np.flatnonzero(np.asarray(weights) > 0))[0]

    def agency_weights(self, values: FloatArray) -> FloatArray:
        """The weights (n, m) by which each agency scores best, all children counting.

        They multiply the values (n, m) as they are. Where several sets of weights are best, they
        are one of them. A child of which the agency has zero gets weight 0; an agency without
        values has gaps.
        """
        return self._solved(values, np.arange(np.shape(values)[1]))[1]

    def _solved(self, values: FloatArray, columns: NDArray[Any]) -> tuple[FloatArray, FloatArray]:
        """Scores (n,), and weights (n, k) of the columns that count."""
        # Adding zero turns -0 into 0, so that equal rows are the same.
        table = np.asarray(values, dtype=np.float64)[:, columns] + 0.0
        scores, weights = np.full(len(table), np.nan), np.full(table.shape, np.nan)
        rows = np.flatnonzero(~np.isnan(table).all(axis=1))
        if not rows.size:
            return scores, weights
        present = table[rows]
        self._refuse_gaps(present, rows, columns)
        self._refuse_unfit(present)
        optimise = require("scipy.optimize", "stats", "work out the benefit of the doubt")
        # Sorted, so that a programme does not depend on how the agencies are listed.
        cases, which = np.unique(present, axis=0, return_inverse=True)
        best = [self._best(case, cases, optimise.linprog) for case in cases]
        which = which.ravel()
        scores[rows] = np.array([score for score, _ in best])[which]
        weights[rows] = np.array([each for _, each in best])[which]
        return scores, weights

    def _refuse_gaps(self, present: FloatArray, rows: NDArray[Any], columns: NDArray[Any]) -> None:
        gaps = [(int(rows[i]), int(columns[j])) for i, j in np.argwhere(np.isnan(present))]
        if gaps:
            message = f"Values are missing at (row, column) {_listed(gaps)}, counted from 0."
            mend = "Impute them, or leave those children or agencies out."
            raise refusal("missing-points", OWNER, message, mend, gaps)

    def _refuse_unfit(self, present: FloatArray) -> None:
        mend = "Normalise to a scale above zero, or use another aggregation."
        least = float(present.min())
        if least < 0 or (least == 0 and self._bounded):
            above = "above zero where shares have bounds" if self._bounded else "of at least zero"
            message = f"The benefit of the doubt needs values {above}, found {shown(least)}."
            raise refusal("not-positive", OWNER, message, mend, least)
        beyond = present[((present < SPAN[0]) & (present > 0)) | (present > SPAN[1])]
        if beyond.size:
            found = float(beyond.max())
            message = f"The benefit of the doubt takes 1e-150 to 1e150, found {shown(found)}."
            raise refusal("out-of-range", OWNER, message, mend, found)
        lower, upper = self._shares
        count = present.shape[1]
        mend = 'Change "lower" or "upper", or the number of children.'
        # One 49th times 49 is a little less than 1.
        if lower * count > 1 + ROUNDING:
            message = f"{count} shares of at least {shown(lower)} are more than the whole."
            raise refusal("out-of-range", OWNER, message, mend, count)
        if upper * count < 1 - ROUNDING:
            message = f"{count} shares of at most {shown(upper)} are less than the whole."
            raise refusal("out-of-range", OWNER, message, mend, count)

    def _best(self, case: FloatArray, cases: FloatArray, linprog: Any) -> tuple[float, FloatArray]:
        """The score of one agency among the cases, and its weights."""
        weights = np.zeros(len(case))
        able = case > 0
        if not able.any():
            return 0.0, weights
        ratios = cases[:, able] / case[able]
        shares = self._cheapest(ratios, linprog)
        score = 1 / max(float((ratios * shares).sum(axis=1).max()), 1.0)
        weights[able] = score * shares / case[able]
        return score, weights

    def _cheapest(self, ratios: FloatArray, linprog: Any) -> FloatArray:
        """Shares (k,) that sum to 1, with the least greatest sum of ratios (n, k)."""
        lower, upper = self._shares
        count = ratios.shape[1]
        # Between a k-th of the price of the shares that cost least alone, and that price.
        prices = np.sort(ratios.max(axis=0))
        room = np.clip(1 - lower * count - (upper - lower) * np.arange(count), 0, upper - lower)
        price = float(np.sum((lower + room) * prices))
        limits = np.column_stack([np.minimum(ratios / price, STEEPEST), -np.ones(len(ratios))])
        found = linprog(
            np.append(np.zeros(count), 1.0),
            A_ub=limits,
            b_ub=np.zeros(len(ratios)),
            A_eq=np.append(np.ones(count), 0.0)[None, :],
            b_eq=[1.0],
            bounds=[*[(lower, upper)] * count, (0.0, None)],
            method="highs",
        )
        if found.status != 0:
            message = f"The solver found no weights: {found.message}"
            mend = "Normalise to another scale, or use another aggregation."
            raise refusal("out-of-range", OWNER, message, mend, found.status)
        shares = np.maximum(found.x[:count], 0.0)
        return np.asarray(shares / shares.sum())
