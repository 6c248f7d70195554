"""The values of every indicator after each step, for those who check how scores come about."""

from __future__ import annotations

import attrs
import numpy as np

from agencyindex._answers import Responses
from agencyindex._engine.score import columns_of, require_fitted
from agencyindex._model.agency import Register
from agencyindex._model.fitted import FittedIndex
from agencyindex.methods.protocols import FloatArray


@attrs.frozen(kw_only=True, eq=False)
class Stages:
    """Values (n, k) of k indicators after each step; NaN where there is none.

    Parameters
    ----------
    agencies, indicators
        Ids of the rows and of the columns.
    points
        As the scoring gives them: denominated, where it is a ratio.
    imputed
        With the gaps filled that the imputation fills.
    treated
        After the treatments.
    normalised
        Turned, so that more is better, and normalised. Missing answers that a rule gives the
        worst, the best or a number of points are no part of this: `score` has them.
    """

    agencies: tuple[str, ...]
    indicators: tuple[str, ...]
    points: FloatArray
    imputed: FloatArray
    treated: FloatArray
    normalised: FloatArray


def stages(
    fitted: FittedIndex, responses: Responses, *, register: Register | None = None
) -> Stages:
    """Values of every indicator after scoring, imputation, treatment and normalisation.

    Parameters
    ----------
    fitted
        The index.
    responses
        Coded answers of n agencies.
    register
        The agencies' attributes, where the index uses any.

    Raises
    ------
    MethodError, MismatchError
        As `score`.

    Examples
    --------
    >>> import agencyindex as ai
    >>> from agencyindex import catalogue
    >>> fitted = ai.freeze(catalogue.index("technology"), catalogue.questionnaire("digg-2020"))
    >>> found = ai.stages(fitted, catalogue.responses("digg-2020"))
    >>> found.indicators[0], found.points.shape[0]
    ('machine_learning', 159)
    """
    require_fitted([fitted])
    plan = fitted._plan
    columns = columns_of([fitted], responses, register)
    everyone = slice(0, len(responses))
    leaves = list(plan.leaves.values())
    found = [leaf.rows.steps(columns, everyone) for leaf in leaves]
    shape = (len(found), len(responses))
    arrays = {
        name: np.array([getattr(each, name) for each in found]).reshape(shape).T
        for name in ("points", "imputed", "treated", "normalised")
    }
    return Stages(
        agencies=responses.agencies,
        indicators=tuple(leaf.rows.indicator.id for leaf in leaves),
        **arrays,
    )
