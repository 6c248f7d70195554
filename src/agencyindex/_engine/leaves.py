"""Indicators compiled: what each answer counts for, as tables or as row-wise arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import ANSWERED, REASONS, Column
from agencyindex._documents.ranges import offered, points_range
from agencyindex._documents.resolve import Resolved
from agencyindex._model.definition import IndexDefinition, Indicator, Rounding
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Missing
from agencyindex._model.scores import CAUSES, STATUSES
from agencyindex.errors import Findings, Place
from agencyindex.methods.numbers import LinearPoints, Ratio
from agencyindex.methods.protocols import FloatArray, Scoring
from agencyindex.methods.rounding import rounded

SCORED, IMPUTED, EXCLUDED, MISSING = range(len(STATUSES))
CAUSE_OF_REASON = np.array([CAUSES.index(reason.value) for reason in REASONS], dtype=np.int8)
COVERAGE, PROPAGATED = CAUSES.index("coverage"), CAUSES.index("propagated")


@attrs.frozen(eq=False, kw_only=True)
class Outcomes:
    """What answers come to: values (NaN where there is none), statuses and causes."""

    values: FloatArray
    statuses: NDArray[np.int8]
    causes: NDArray[np.int8]
    propagated: NDArray[np.bool_]


@attrs.frozen(eq=False, kw_only=True)
class Leaf:
    """An indicator ready to score.

    Parameters
    ----------
    item, place
        Id of the indicator's item, and its position in the questionnaire.
    codes
        Number of codes of the item; 6 where the value is no look-up.
    table
        What each code comes to; for an answer that is no look-up, the entry is NaN.
    by_number
        The row-wise part, None where the table says all.
    """

    item: str
    place: int
    codes: int
    table: Outcomes
    by_number: RowWise | None = None

    def outcomes(self, codes: NDArray[Any], columns: Mapping[str, Column], rows: slice) -> Outcomes:
        """What the answers in a block come to."""
        if self.by_number is not None:
            codes = self.by_number.effective_codes(codes, columns, rows)
        found = Outcomes(
            values=self.table.values[codes],
            statuses=self.table.statuses[codes],
            causes=self.table.causes[codes],
            propagated=self.table.propagated[codes],
        )
        if self.by_number is not None:
            answered = codes >= ANSWERED
            found.values[answered] = self.by_number.values(columns, rows)[answered]
        return found


@attrs.frozen(eq=False, kw_only=True)
class RowWise:
    """The value of an answer that is no look-up: a number, a ratio or chosen options."""

    indicator: Indicator
    index: str
    scoring: Scoring
    offered: tuple[str, ...]
    rows_offered: tuple[int, ...]
    resolved: Resolved
    rounding: Rounding

    def effective_codes(
        self, codes: NDArray[Any], columns: Mapping[str, Column], rows: slice
    ) -> NDArray[Any]:
        """Codes of the numerator, or the reason why the denominator gives no value."""
        if not isinstance(self.scoring, Ratio):
            return codes
        denominator = columns[self.scoring.denominator]
        below = denominator.codes[rows]
        result = np.where((codes >= ANSWERED) & (below < ANSWERED), below, codes)
        if self.scoring.when_zero != "error":
            assert denominator.values is not None
            zero = (result >= ANSWERED) & (denominator.values[rows] == 0)
            result[zero] = REASONS.index(Missing(self.scoring.when_zero))
        return result

    def points(self, columns: Mapping[str, Column], rows: slice) -> FloatArray:
        """Points turned so that more is better; NaN where there is no answer."""
        values = columns[self.indicator.item].values
        assert values is not None
        if isinstance(self.scoring, Ratio):
            below = columns[self.scoring.denominator].values
            assert below is not None
            answers = np.stack([values[rows], below[rows]])
        elif values.dtype == np.bool_:
            answers = values[list(self.rows_offered), rows].T
        else:
            answers = values[rows]
        return self.indicator.direction * self.scoring.points(answers, self.offered)

    def values(self, columns: Mapping[str, Column], rows: slice) -> FloatArray:
        """Normalised values."""
        assert self.resolved.normalisation is not None
        found = self.resolved.normalisation.normalise(self.points(columns, rows))
        return _at_every_level(found, self.rounding)

    def check(
        self, agencies: tuple[str, ...], columns: Mapping[str, Column], findings: Findings
    ) -> None:
        """Note the agencies whose number the scoring cannot take."""
        item = self.indicator.item
        column = columns[item]
        assert column.values is not None
        place = Place(
            index=self.index, node=self.indicator.id, method=type(self.scoring).__name__, item=item
        )
        if isinstance(self.scoring, Ratio) and self.scoring.when_zero == "error":
            below = columns[self.scoring.denominator]
            zero = (column.codes >= ANSWERED) & (below.codes >= ANSWERED) & (below.values == 0)
            for row in np.flatnonzero(zero):
                findings.add(
                    "zero-denominator",
                    attrs.evolve(place, agency=agencies[row]),
                    f"The denominator {self.scoring.denominator} is zero.",
                    'Correct it, or say with "when_zero" which reason for missing it means.',
                )
        if isinstance(self.scoring, Ratio):
            beyond = np.isinf(self.points(columns, slice(0, len(agencies))))
            for row in np.flatnonzero(beyond):
                message = "The ratio is beyond 1.8e308."
                where = attrs.evolve(place, agency=agencies[row])
                findings.add("not-finite", where, message, "Correct one of the two numbers.")
        if isinstance(self.scoring, LinearPoints) and self.scoring.outside == "error":
            outside = (column.codes >= ANSWERED) & self.scoring.outside_range(column.values)
            for row in np.flatnonzero(outside):
                findings.add(
                    "outside-range",
                    attrs.evolve(place, agency=agencies[row]),
                    f"{column.values[row]:.15g} is not from {self.scoring.lower:.15g} to "
                    f"{self.scoring.upper:.15g}.",
                    'Correct it, or declare "outside": "clip".',
                    found=float(column.values[row]),
                    expected=[self.scoring.lower, self.scoring.upper],
                )


def compile_leaf(
    indicator: Indicator,
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    resolved: Resolved,
) -> Leaf:
    """An indicator of a definition in which nothing is left to learn."""
    scoring = definition.scorings[indicator.scoring]
    options = questionnaire.substantive(indicator.item)
    coded = questionnaire[indicator.item].type in ("single_choice", "yes_no")
    assert resolved.normalisation is not None
    span = points_range(indicator, definition, questionnaire)
    normalisation = resolved.normalisation.fit(np.empty(0), span)
    resolved = attrs.evolve(resolved, normalisation=normalisation)
    reasons = _reason_outcomes(indicator, definition, questionnaire, resolved)
    if coded:
        points = scoring.points(np.arange(len(options)), [option.value for option in options])
        values = normalisation.normalise(indicator.direction * points)
        answers = _at_every_level(values, definition.rounding)
    else:
        answers = np.array([np.nan])
    count = len(answers)
    table = Outcomes(
        values=np.concatenate([reasons.values, answers]),
        statuses=np.concatenate([reasons.statuses, np.full(count, SCORED, dtype=np.int8)]),
        causes=np.concatenate([reasons.causes, np.zeros(count, dtype=np.int8)]),
        propagated=np.concatenate([reasons.propagated, np.zeros(count, dtype=bool)]),
    )
    by_number = None
    if not coded:
        names = offered(questionnaire, indicator.item)
        by_number = RowWise(
            indicator=indicator,
            index=definition.id,
            scoring=scoring,
            offered=tuple(names),
            rows_offered=tuple(i for i, option in enumerate(options) if option.value in names),
            resolved=resolved,
            rounding=definition.rounding,
        )
    return Leaf(
        item=indicator.item,
        place=[item.id for item in questionnaire].index(indicator.item),
        codes=ANSWERED + count,
        table=table,
        by_number=by_number,
    )


def _reason_outcomes(
    indicator: Indicator,
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    resolved: Resolved,
) -> Outcomes:
    """What each reason for missing comes to, in the order of the codes."""
    normalisation = resolved.normalisation
    assert normalisation is not None
    worst, best = normalisation.attainable(points_range(indicator, definition, questionnaire))
    values = np.full(ANSWERED, np.nan)
    statuses = np.full(ANSWERED, EXCLUDED, dtype=np.int8)
    propagated = np.zeros(ANSWERED, dtype=bool)
    for code, reason in enumerate(REASONS):
        match resolved.missing[reason]:
            case "worst":
                values[code] = worst
            case "best":
                values[code] = best
            case "propagate":
                statuses[code], propagated[code] = MISSING, True
            case float() | int() as points:
                turned = np.array([indicator.direction * float(points)])
                values[code] = normalisation.normalise(turned)[0]
    values = _at_every_level(values, definition.rounding)
    statuses[~np.isnan(values)] = IMPUTED
    return Outcomes(values=values, statuses=statuses, causes=CAUSE_OF_REASON, propagated=propagated)


def _at_every_level(values: FloatArray, rounding: Rounding) -> FloatArray:
    if rounding.where != "every_level":
        return values
    return rounded(values, rounding.decimals, rounding.rule)
