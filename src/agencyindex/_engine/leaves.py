"""Indicators compiled: what each answer counts for, as tables or as row-wise arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers import ANSWERED, REASONS, Column, number_key
from agencyindex._documents.ranges import item_type, offered, points_range, turned
from agencyindex._documents.resolve import Resolved
from agencyindex._engine.rows import Rows
from agencyindex._model.definition import IndexDefinition, Indicator, Rounding
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.scores import CAUSES, STATUSES
from agencyindex.methods.imputation import ConstantImputation
from agencyindex.methods.protocols import FloatArray
from agencyindex.methods.rounding import rounded

SCORED, IMPUTED, EXCLUDED, MISSING = range(len(STATUSES))
CAUSE_OF_REASON = np.array([CAUSES.index(reason.value) for reason in REASONS], dtype=np.int8)
COVERAGE, PROPAGATED = CAUSES.index("coverage"), CAUSES.index("propagated")
CODED_TYPES = ("single_choice", "yes_no")


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
    source, place
        Key of the column that it reads, and the position of its item in the questionnaire, -1
        for an attribute.
    codes
        Number of codes of the item; 6 where the value is no look-up.
    table
        What each code comes to; for what is no look-up, the entry is NaN.
    looked_up
        Whether the table says all.
    rows
        The same, row by row.
    """

    source: str
    place: int
    codes: int
    table: Outcomes
    looked_up: bool
    rows: Rows

    def outcomes(self, columns: Mapping[str, Column], rows: slice) -> Outcomes:
        """What the answers in a block come to."""
        codes = self.rows.codes(columns, rows)
        found = Outcomes(
            values=self.table.values[codes],
            statuses=self.table.statuses[codes],
            causes=self.table.causes[codes],
            propagated=self.table.propagated[codes],
        )
        if self.looked_up:
            return found
        values = self.rows.steps(columns, rows).normalised
        there = ~np.isnan(values)
        found.values[there] = at_every_level(values[there], self.rows.rounding)
        found.statuses[there & (codes < ANSWERED)] = IMPUTED
        return found


def compile_rows(
    indicator: Indicator,
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    resolved: Resolved,
) -> Rows:
    """The steps of an indicator, row by row, whether or not they are still to be learnt."""
    scoring = definition.scorings[indicator.scoring]
    names = offered(questionnaire, indicator)
    options = questionnaire.substantive(indicator.item) if indicator.item else ()
    by_code = None
    if item_type(indicator, questionnaire) in CODED_TYPES:
        points = scoring.points(np.arange(len(options)), names)
        by_code = np.concatenate([np.full(ANSWERED, np.nan), points])
    return Rows(
        indicator=indicator,
        index=definition.id,
        source=indicator.item or number_key(indicator.attribute),
        scoring=scoring,
        offered=tuple(names),
        rows_offered=tuple(i for i, option in enumerate(options) if option.value in names),
        by_code=by_code,
        resolved=resolved,
        rounding=definition.rounding,
    )


def compile_leaf(
    indicator: Indicator,
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    resolved: Resolved,
) -> Leaf:
    """An indicator of a definition in which nothing is left to learn."""
    assert resolved.normalisation is not None
    span = turned(indicator, resolved.treatment, points_range(indicator, definition, questionnaire))
    normalisation = resolved.normalisation.fit(np.empty(0), span)
    resolved = attrs.evolve(resolved, normalisation=normalisation)
    rows = compile_rows(indicator, definition, questionnaire, resolved)
    reasons = _reason_outcomes(rows, normalisation.attainable(span))
    answers = np.array([np.nan])
    if rows.by_code is not None:
        values = rows.normalised(rows.treated(rows.by_code[ANSWERED:]))
        answers = at_every_level(values, definition.rounding)
    count = len(answers)
    table = Outcomes(
        values=np.concatenate([reasons.values, answers]),
        statuses=np.concatenate([reasons.statuses, np.full(count, SCORED, dtype=np.int8)]),
        causes=np.concatenate([reasons.causes, np.zeros(count, dtype=np.int8)]),
        propagated=np.concatenate([reasons.propagated, np.zeros(count, dtype=bool)]),
    )
    items = [item.id for item in questionnaire]
    return Leaf(
        source=rows.source,
        place=items.index(indicator.item) if indicator.item else -1,
        codes=ANSWERED + count,
        table=table,
        looked_up=rows.by_code is not None and not rows.imputes,
        rows=rows,
    )


def _reason_outcomes(rows: Rows, ends: tuple[float, float]) -> Outcomes:
    """What each reason for missing comes to, in the order of the codes."""
    values = np.full(ANSWERED, np.nan)
    statuses = np.full(ANSWERED, EXCLUDED, dtype=np.int8)
    propagated = np.zeros(ANSWERED, dtype=bool)
    imputation = rows.resolved.imputation
    for code, reason in enumerate(REASONS):
        match rows.resolved.missing[reason]:
            case "worst":
                values[code] = ends[0]
            case "best":
                values[code] = ends[1]
            case "propagate":
                statuses[code], propagated[code] = MISSING, True
            case "impute" if isinstance(imputation, ConstantImputation):
                values[code] = rows.value_of(imputation.value)
            case float() | int() as points:
                values[code] = rows.value_of(float(points))
    values = at_every_level(values, rows.rounding)
    statuses[~np.isnan(values)] = IMPUTED
    return Outcomes(values=values, statuses=statuses, causes=CAUSE_OF_REASON, propagated=propagated)


def at_every_level(values: FloatArray, rounding: Rounding) -> FloatArray:
    """Values rounded where every level is."""
    if rounding.where != "every_level":
        return values
    return rounded(values, rounding.decimals, rounding.rule)
