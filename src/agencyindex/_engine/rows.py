"""The steps of one indicator, row by row: points, imputation, treatment, normalisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import AGENCIES, ANSWERED, REASONS, Column, group_key, number_key
from agencyindex._documents.resolve import Resolved
from agencyindex._model.definition import Indicator, Rounding
from agencyindex._model.response import Missing
from agencyindex.errors import Findings, MethodError, Place
from agencyindex.methods.imputation import ConstantImputation
from agencyindex.methods.numbers import LinearPoints, Ratio
from agencyindex.methods.protocols import FloatArray, Peers, Scoring


@attrs.frozen(eq=False, kw_only=True)
class Steps:
    """Values (n,) of one indicator after each step, NaN where there is none.

    Points, imputed and treated values are as the scoring gives them; normalised ones are turned,
    so that more is better.
    """

    points: FloatArray
    imputed: FloatArray
    treated: FloatArray
    normalised: FloatArray


@attrs.frozen(eq=False, kw_only=True)
class Rows:
    """What an indicator's answers come to, step by step.

    Parameters
    ----------
    indicator, index
        The indicator, and the id of its index.
    source
        Key of the column that it reads.
    scoring, offered, rows_offered
        The scoring, the options it is given, and their rows among the substantive ones.
    by_code
        Points of each code, where the answers are codes.
    resolved, rounding
        The methods in force.
    """

    indicator: Indicator
    index: str
    source: str
    scoring: Scoring
    offered: tuple[str, ...]
    rows_offered: tuple[int, ...]
    by_code: FloatArray | None
    resolved: Resolved
    rounding: Rounding

    @property
    def imputes(self) -> bool:
        """Whether what is imputed depends on the agency."""
        imputation = self.resolved.imputing
        return imputation is not None and not isinstance(imputation, ConstantImputation)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the columns that it reads."""
        ratio = isinstance(self.scoring, Ratio)
        return (self.source, self.denominator) if ratio else (self.source,)

    def codes(self, columns: Mapping[str, Column], rows: slice) -> NDArray[Any]:
        """Codes of the answers; where a denominator gives no value, the reason for it."""
        codes = columns[self.source].codes[rows]
        if not isinstance(self.scoring, Ratio):
            return codes
        denominator = columns[self.denominator]
        below = denominator.codes[rows]
        result = np.where((codes >= ANSWERED) & (below < ANSWERED), below, codes)
        if self.scoring.when_zero != "error":
            assert denominator.values is not None
            zero = (result >= ANSWERED) & (denominator.values[rows] == 0)
            result[zero] = REASONS.index(Missing(self.scoring.when_zero))
        return result

    @property
    def denominator(self) -> str:
        """Key of the column of a ratio's denominator."""
        assert isinstance(self.scoring, Ratio)
        return self.scoring.denominator or number_key(self.scoring.attribute or "")

    def points(self, columns: Mapping[str, Column], rows: slice) -> FloatArray:
        """Points; NaN where there is no answer."""
        codes = self.codes(columns, rows)
        if self.by_code is not None:
            return np.asarray(self.by_code[codes])
        values = columns[self.source].values
        assert values is not None
        if isinstance(self.scoring, Ratio):
            below = columns[self.denominator].values
            assert below is not None
            answers = np.stack([values[rows], below[rows]])
        elif values.dtype == np.bool_:
            answers = values[list(self.rows_offered), rows].T
        else:
            answers = values[rows]
        found = self.scoring.points(answers, self.offered)
        return np.where(codes >= ANSWERED, found, np.nan)

    def peers(self, columns: Mapping[str, Column], rows: slice) -> Peers:
        """What imputation may know of the agencies."""
        group = getattr(self.resolved.imputation, "group", None)
        ids = columns[AGENCIES].values
        groups = columns[group_key(group)].values if group else None
        assert ids is not None
        return Peers(
            agencies=ids[rows].tolist(),
            groups=None if groups is None else groups[rows].tolist(),
        )

    def filled(self, points: FloatArray, columns: Mapping[str, Column], rows: slice) -> FloatArray:
        """Points, and what is imputed where a rule asks for it."""
        imputation, rules = self.resolved.imputing, self.resolved.missing
        if imputation is None:
            return points
        wanted = np.array([rules[reason] == "impute" for reason in REASONS] + [False])
        codes = np.minimum(self.codes(columns, rows), ANSWERED)
        filled = imputation.fill(points, self.peers(columns, rows))
        return np.where(wanted[codes], filled, points)

    def treated(self, values: FloatArray) -> FloatArray:
        """Values after every treatment."""
        for step in self.resolved.treatment:
            values = step.treat(values)
        return values

    def turned(self, values: FloatArray) -> FloatArray:
        """Values of which more is better."""
        return self.indicator.direction * values

    def normalised(self, treated: FloatArray) -> FloatArray:
        """Treated values, turned and normalised."""
        assert self.resolved.normalisation is not None
        return self.resolved.normalisation.normalise(self.turned(treated))

    def value_of(self, points: float) -> float:
        """What points given to a missing answer come to."""
        return float(self.normalised(self.treated(np.array([points])))[0])

    def steps(self, columns: Mapping[str, Column], rows: slice) -> Steps:
        """Values after each step."""
        points = self.points(columns, rows)
        imputed = self.filled(points, columns, rows)
        treated = self.treated(imputed)
        return Steps(
            points=points, imputed=imputed, treated=treated, normalised=self.normalised(treated)
        )

    def check(
        self, agencies: tuple[str, ...], columns: Mapping[str, Column], findings: Findings
    ) -> None:
        """Note the agencies whose number a step cannot take."""
        method = type(self.scoring).__name__
        place = Place(index=self.index, node=self.indicator.id, method=method)
        place = attrs.evolve(place, item=self.indicator.item or None)
        before = len(findings.problems)
        if isinstance(self.scoring, Ratio):
            self._check_ratio(self.scoring, agencies, columns, place, findings)
        if isinstance(self.scoring, LinearPoints) and self.scoring.outside == "error":
            self._check_range(self.scoring, agencies, columns, place, findings)
        if len(findings.problems) == before and self.resolved.treatment:
            self._check_treatment(agencies, columns, place, findings)

    def _check_ratio(
        self,
        scoring: Ratio,
        agencies: tuple[str, ...],
        columns: Mapping[str, Column],
        place: Place,
        findings: Findings,
    ) -> None:
        if scoring.when_zero == "error":
            below = columns[self.denominator]
            there = (columns[self.source].codes >= ANSWERED) & (below.codes >= ANSWERED)
            for row in np.flatnonzero(there & (below.values == 0)):
                findings.add(
                    "zero-denominator",
                    attrs.evolve(place, agency=agencies[row]),
                    f"The denominator {scoring.denominator or scoring.attribute} is zero.",
                    'Correct it, or say with "when_zero" which reason for missing it means.',
                )
        beyond = np.isinf(self.points(columns, slice(0, len(agencies))))
        for row in np.flatnonzero(beyond):
            message = "The ratio is beyond 1.8e308."
            where = attrs.evolve(place, agency=agencies[row])
            findings.add("not-finite", where, message, "Correct one of the two numbers.")

    def _check_range(
        self,
        scoring: LinearPoints,
        agencies: tuple[str, ...],
        columns: Mapping[str, Column],
        place: Place,
        findings: Findings,
    ) -> None:
        column = columns[self.source]
        assert column.values is not None
        outside = (column.codes >= ANSWERED) & scoring.outside_range(column.values)
        for row in np.flatnonzero(outside):
            findings.add(
                "outside-range",
                attrs.evolve(place, agency=agencies[row]),
                f"{column.values[row]:.15g} is not from {scoring.lower:.15g} to "
                f"{scoring.upper:.15g}.",
                'Correct it, or declare "outside": "clip".',
                found=float(column.values[row]),
                expected=[scoring.lower, scoring.upper],
            )

    def _check_treatment(
        self,
        agencies: tuple[str, ...],
        columns: Mapping[str, Column],
        place: Place,
        findings: Findings,
    ) -> None:
        """Each agency whose value a treatment refuses; one at a time only where one is."""
        everyone = slice(0, len(agencies))
        values = self.filled(self.points(columns, everyone), columns, everyone)
        try:
            self.treated(values)
        except MethodError:
            for row in np.flatnonzero(~np.isnan(values)):
                try:
                    self.treated(values[row : row + 1])
                except MethodError as error:
                    where = attrs.evolve(place, agency=agencies[row])
                    findings.note(error, where)
