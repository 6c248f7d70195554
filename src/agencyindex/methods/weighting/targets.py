"""Weights that are fitted to something: an outcome, or a wanted importance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

import attrs
import numpy as np

from agencyindex.methods.adding import total
from agencyindex.methods.parameters import as_table, demands, is_table, refusal
from agencyindex.methods.protocols import FloatArray, Siblings
from agencyindex.methods.weighting._population import (
    NEGATIVE,
    Columns,
    by_sizes,
    cleaned,
    correlations,
    listed,
    shared_out,
    signed,
    spreads,
    units,
)
from agencyindex.methods.weighting._tables import children, misfits

# Below this the least eigenvalue of the correlations is zero but for rounding.
COLLINEAR = 1e-10


def _solved(owner: str, columns: FloatArray, wanted: Sequence[float]) -> FloatArray:
    """What the correlations of `units` (n, m) turn into the wanted numbers."""
    together = correlations(columns)
    if float(np.linalg.eigvalsh(together)[0]) <= COLLINEAR:
        message = "The children repeat each other: one is a weighted sum of the others."
        raise refusal("zero-weights", owner, message, "Leave one out, or use more agencies.")
    return cleaned(np.linalg.solve(together, np.array(wanted)))


@attrs.frozen(kw_only=True)
class RegressionWeights:
    r"""Weights in proportion to the coefficients that explain an outcome.

    The outcome is regressed, with a constant, on the children's values as they are: the weighted
    mean is then what follows the outcome most closely. Agencies without an outcome take no part;
    the others' values must be complete.

    Parameters
    ----------
    outcome
        What is explained: the name under which it is found.
    negative
        What a negative coefficient becomes: an ``error``, ``zero``, or a negative weight
        (``keep``).

    Notes
    -----
    .. math:: w_j = \frac{\beta_j}{\sum_k \beta_k}, \quad \min_{\beta} \sum_i (z_i - \beta_0 - \sum_k \beta_k x_{ik})^2

    :math:`z_i` is the outcome. A single child has weight 1, whatever its values.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (regression
    approach), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> values = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 5.0], [3.0, 4.0]])
    >>> siblings = Siblings(outcome=values @ np.array([3.0, 1.0]) + 7)
    >>> RegressionWeights(outcome="trust", negative="error").weights(values, siblings).round(3)
    array([0.75, 0.25])
    """

    name: ClassVar[str] = "regression"
    formula: ClassVar[str] = (
        r"w_j = \frac{\beta_j}{\sum_k \beta_k}, \quad "
        r"\min_{\beta} \sum_i (z_i - \beta_0 - \sum_k \beta_k x_{ik})^2"
    )
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6 (regression "
        "approach), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    outcome: str
    negative: Literal["error", "zero", "keep"]

    def __attrs_post_init__(self) -> None:
        with demands("RegressionWeights") as demand:
            fits = isinstance(self.outcome, str) and bool(self.outcome)
            demand("outcome", self.outcome, fits, "the name of an outcome")
            fits = self.negative in NEGATIVE
            demand("negative", self.negative, fits, '"error", "zero" or "keep"')

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """None: the parameters name no child."""
        yield from ()

    def _explained(self, siblings: Siblings | None) -> FloatArray:
        owner, mend = "RegressionWeights", "Give it as Siblings(outcome=...)."
        if siblings is None or siblings.outcome is None:
            message = f'There is no outcome "{self.outcome}".'
            raise refusal("empty-population", owner, message, mend)
        found = np.asarray(siblings.outcome, dtype=np.float64)
        if np.isinf(found).any():
            message = f'The outcome "{self.outcome}" is infinite.'
            raise refusal("out-of-range", owner, message, "Treat or leave out this agency.")
        return found

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps where ``siblings.outcome`` has none.

        Raises
        ------
        MethodError
            ``empty-population`` where there is no outcome, no agency has one, the children have
            gaps or there are too few agencies, ``constant-indicator`` where all values of a child
            or of the outcome are equal, ``zero-weights`` where the children repeat each other or
            the coefficients do not sum to more than zero, ``out-of-range`` where a coefficient is
            negative and that is refused, or a value infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner, outcome = "RegressionWeights", self._explained(siblings)
        present = ~np.isnan(outcome)
        columns, known = spreads(owner, np.asarray(values)[present], siblings)
        many = columns.shape[1]
        if present.sum() <= many:
            message = f"{many} children need more than {many} agencies with an "
            message += f"outcome, and these are {present.sum()}."
            mend = "Use answers of more agencies, or fewer children."
            raise refusal("empty-population", owner, message, mend, int(present.sum()))
        explained = outcome[present][:, np.newaxis]
        spread = Columns.of(explained).moments()
        if not spread.size:
            message = f'All agencies have the same outcome "{self.outcome}".'
            mend = "Use another outcome, or stated weights."
            raise refusal("constant-indicator", owner, message, mend)
        result = units(explained, spread)[:, 0]
        together = [total(column * result) for column in columns.T]
        found = by_sizes(_solved(owner, columns, together), known, -1)
        return signed(owner, found, self.negative, "coefficients", siblings)


@attrs.frozen(kw_only=True)
class OptimisedWeights:
    r"""Weights that make each child matter as much as it should.

    The correlations of the children with their weighted arithmetic mean come out in proportion
    to the wanted importances. Values must be complete.

    Parameters
    ----------
    targets
        A table of children and their importance, above 0; only the proportions count. All
        children are equally important where it is left out.

    Notes
    -----
    .. math:: \operatorname{corr}(x_j, \sum_k w_k x_k) \propto t_j, \quad w_j \propto \frac{(R^{-1} t)_j}{s_j}

    :math:`R` holds the correlations of the children, :math:`s_j` are their standard deviations
    and :math:`t_j` the targets. The correlations of a weighted sum with its parts are :math:`R`
    times the weights times the standard deviations, so the second formula solves the first, and
    nothing else does. Where it gives a negative weight, no weights do what is wanted: that is an
    error. A single child has weight 1, whatever its values.

    References
    ----------
    Becker, Saisana, Paruolo and Vandecasteele (2017) Weights and importance in composite
    indicators: closing the gap, Ecological Indicators 80, doi:10.1016/j.ecolind.2017.03.056; by
    correlations, solved exactly: agencyindex: our own

    Examples
    --------
    >>> values = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 9.0], [3.0, 8.0]])
    >>> weights = OptimisedWeights().weights(values)
    >>> np.corrcoef(values @ weights, values.T)[0, 1:].round(3)
    array([0.957, 0.957])
    """

    name: ClassVar[str] = "optimised"
    formula: ClassVar[str] = (
        r"\operatorname{corr}(x_j, \sum_k w_k x_k) \propto t_j, \quad "
        r"w_j \propto \frac{(R^{-1} t)_j}{s_j}"
    )
    reference: ClassVar[str] = (
        "Becker, Saisana, Paruolo and Vandecasteele (2017) Weights and importance in composite "
        "indicators: closing the gap, Ecological Indicators 80, doi:10.1016/j.ecolind.2017.03.056; "
        "by correlations, solved exactly: agencyindex: our own"
    )
    learnt: ClassVar[bool] = True
    states: ClassVar[bool] = False

    targets: Mapping[str, float] | None = attrs.field(default=None, converter=as_table)

    def __attrs_post_init__(self) -> None:
        with demands("OptimisedWeights") as demand:
            given = self.targets
            fits = given is None or (is_table(given) and bool(given) and min(given.values()) > 0)
            demand("targets", given, fits, "a table of children and numbers above 0")

    def faults(self, names: Sequence[str]) -> Iterator[str]:
        """Children without a target, and targets for what is no child."""
        if self.targets is not None:
            yield from misfits(self.targets, names, "target")

    def weights(
        self,
        values: FloatArray,
        siblings: Siblings | None = None,
    ) -> FloatArray:
        """Weights (m,) from values (n, m) without gaps.

        Raises
        ------
        MethodError
            ``missing-weight`` where the targets do not fit the children, ``empty-population``
            where there are no agencies or gaps, ``constant-indicator`` where all values of a
            child are equal, ``zero-weights`` where the children repeat each other, or where no
            weights that are at least 0 do what is wanted, ``out-of-range`` where a value is
            infinite.
        """
        if values.shape[1] == 1:
            return np.ones(1)
        owner, wanted = "OptimisedWeights", [1.0] * values.shape[1]
        if self.targets is not None:
            names = children(self, self.targets, siblings)
            if len(names) != len(wanted):
                message = f"There are {len(wanted)} children and {len(names)} targets."
                mend = "State one for each child, and for nothing else."
                raise refusal("missing-weight", owner, message, mend, len(names))
            greatest = max(self.targets.values())
            wanted = [self.targets[name] / greatest for name in names]
        columns, known = spreads(owner, values, siblings)
        found = _solved(owner, columns, wanted)
        below = np.flatnonzero(found < 0).tolist()
        if below:
            message = "No weights give the children this importance: "
            message += f"they would be negative for {listed(below, siblings)}."
            mend = "Turn or leave out these children, or set other targets."
            raise refusal("zero-weights", owner, message, mend)
        return shared_out(owner, by_sizes(found, known, -1), "", "")
