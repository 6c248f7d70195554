"""Each agency by the weights that show it at its best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import attrs
import numpy as np

from agencyindex._extras import require
from agencyindex.methods.aggregation._counted import counted
from agencyindex.methods.parameters import demands, is_number, number, refusal, shown
from agencyindex.methods.protocols import FloatArray, Range

SPAN: Range = (1e-200, 1e200)


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
    for each child :math:`j`. One linear programme for each agency, solved by HiGHS (scipy) to
    about nine digits. The scores are from 0 to 1 and depend on who else is there; units of the
    children do not matter.

    The weights :math:`v` are each agency's own (``agency_weights``). Those of the document do not
    count, except that a child with weight 0 is left out. An agency without values is a gap;
    other gaps are refused. Values are zero or from 1e-200 to 1e200; where there are bounds on
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
    compares: ClassVar[bool] = True

    lower: float | None = attrs.field(default=None, converter=number)
    upper: float | None = attrs.field(default=None, converter=number)

    def __attrs_post_init__(self) -> None:
        with demands("BenefitOfTheDoubt") as demand:
            low, high = self.lower, self.upper
            fits_low = low is None or (is_number(low) and 0 <= low < 1)
            demand("lower", low, fits_low, "a number from 0 to below 1")
            fits_high = high is None or (is_number(high) and 0 < high <= 1)
            demand("upper", high, fits_high, "a number above 0 up to 1")
            if fits_low and fits_high and low is not None and high is not None:
                demand("upper", high, low <= high, f'at least "lower", which is {shown(low)}')

    @property
    def _bounded(self) -> bool:
        return bool(self.lower) or (self.upper is not None and self.upper < 1)

    def _misfit(self, count: int) -> str | None:
        """Why shares of so many children cannot sum to 1, if they cannot."""
        if self.lower is not None and self.lower * count > 1:
            return f"{count} shares of at least {shown(self.lower)} are more than the whole."
        if self.upper is not None and self.upper * count < 1:
            return f"{count} shares of at most {shown(self.upper)} are less than the whole."
        return None

    def faults(self, attainable: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Children that can be negative, or zero where shares have bounds."""
        for position, (low, _) in enumerate(attainable):
            if low < 0:
                yield position, f"Values down to {shown(low)} have no benefit of the doubt."
            elif low == 0 and self._bounded:
                yield position, "Values can be zero, and shares have bounds."

    def aggregate(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (n, m) with gaps and weights (m,) to (n,); a row without values is a gap.

        Raises
        ------
        MethodError
            ``missing-points`` where an agency has some values and not others; ``not-positive``
            where one is negative, or zero where shares have bounds; ``out-of-range`` where one is
            not zero and not from 1e-200 to 1e200, or where the bounds on shares do not fit the
            number of children.
        MissingExtraError
            Where scipy is not installed.
        """
        return self._solved(counted(values, weights))[0]

    def agency_weights(self, values: FloatArray) -> FloatArray:
        """The weights (n, m) by which each agency scores best, all children counting.

        They multiply the values (n, m) as they are; where several sets of weights are best, one of
        them. A child of which all values are zero has weight 0, an agency without values gaps.
        """
        return self._solved(counted(values, np.ones(np.shape(values)[1])))[1]

    def _solved(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Scores (n,) and weights (n, m)."""
        scores, weights = np.full(len(table), np.nan), np.full(table.shape, np.nan)
        rows = np.flatnonzero(~np.isnan(table).all(axis=1))
        columns = np.flatnonzero(~np.isnan(table).all(axis=0))
        present = table[np.ix_(rows, columns)]
        if not present.size:
            return scores, weights
        self._refuse_unfit(present, rows, columns)
        greatest = present.max(axis=0)
        # By the greatest of each child, since units do not matter to the score.
        scaled = present / np.where(greatest > 0, greatest, 1.0)
        # Sorted, so that a programme does not depend on how the agencies are listed.
        cases, which = np.unique(scaled, axis=0, return_inverse=True)
        optimise = require("scipy.optimize", "stats", "work out the benefit of the doubt")
        best = np.array([self._weights(case, cases, optimise) for case in cases])
        own = best[which.reshape(-1)]
        scores[rows] = np.clip(np.sum(own * scaled, axis=1), 0.0, 1.0)
        weights[np.ix_(rows, columns)] = own / np.where(greatest > 0, greatest, 1.0)
        return scores, weights

    def _refuse_unfit(self, present: FloatArray, rows: FloatArray, columns: FloatArray) -> None:
        owner = "BenefitOfTheDoubt"
        mend = "Normalise to a scale above zero, or use another aggregation."
        gaps = [(int(rows[i]), int(columns[j])) for i, j in np.argwhere(np.isnan(present))]
        if gaps:
            message = f"Values are missing at (row, column) {_listed(gaps)}, counted from 0."
            fill = "Impute them, or leave those children or agencies out."
            raise refusal("missing-points", owner, message, fill, gaps)
        least = float(present.min())
        if least < 0 or (least == 0 and self._bounded):
            above = "above zero where shares have bounds" if self._bounded else "of at least zero"
            message = f"The benefit of the doubt needs values {above}, found {shown(least)}."
            raise refusal("not-positive", owner, message, mend, least)
        beyond = present[((present < SPAN[0]) & (present > 0)) | (present > SPAN[1])]
        if beyond.size:
            found = float(beyond.max())
            message = (
                f"The benefit of the doubt takes values from 1e-200 to 1e200, found {shown(found)}."
            )
            raise refusal("out-of-range", owner, message, mend, found)
        misfit = self._misfit(len(columns))
        if misfit is not None:
            share = 'Change "lower" or "upper".'
            raise refusal("out-of-range", owner, misfit, share, len(columns))

    def _weights(self, case: FloatArray, cases: FloatArray, optimise: Any) -> FloatArray:
        """The best weights of one agency among the cases."""
        count = len(case)
        limits, ends = [cases], [np.ones(len(cases))]
        if self.lower:
            limits.append(self.lower * np.tile(case, (count, 1)) - np.diag(case))
            ends.append(np.zeros(count))
        if self.upper is not None and self.upper < 1:
            limits.append(np.diag(case) - self.upper * np.tile(case, (count, 1)))
            ends.append(np.zeros(count))
        # A child that is zero everywhere brings nothing, and would have any weight.
        free = [(0.0, None if any_value else 0.0) for any_value in cases.any(axis=0).tolist()]
        found = optimise.linprog(
            -case, A_ub=np.vstack(limits), b_ub=np.concatenate(ends), bounds=free, method="highs"
        )
        if found.x is None:
            message = f"The solver found no weights: {found.message}"
            mend = "Normalise to another scale, or use another aggregation."
            raise refusal("out-of-range", "BenefitOfTheDoubt", message, mend, case.tolist())
        return np.asarray(found.x, dtype=np.float64)
