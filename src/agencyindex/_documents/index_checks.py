"""What can be wrong with an index that fits its schema, alone and beside its questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import isfinite, isinf

import numpy as np

from agencyindex._documents.files import pointer
from agencyindex._documents.ranges import (
    item_type,
    offered,
    points_range,
    possible_rules,
    ranges,
    turned,
)
from agencyindex._documents.resolve import (
    Resolved,
    indicators,
    inner,
    nominal_weight,
    resolve,
    weighted_children,
)
from agencyindex._documents.steps import Path
from agencyindex._model.definition import (
    MISSING_RULES,
    Dimension,
    IndexDefinition,
    Indicator,
    Node,
    Scale,
)
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Missing
from agencyindex.errors import Code, Findings, Place, did_you_mean
from agencyindex.methods.gated import NumberPoints
from agencyindex.methods.normalisation import Attainable
from agencyindex.methods.numbers import Ratio
from agencyindex.methods.protocols import Normalisation, Range, Treatment
from agencyindex.methods.registry import SCORINGS
from agencyindex.methods.rounding import rounded
from agencyindex.methods.treatment import Logarithm


def check_alone(definition: IndexDefinition, file: str | None, findings: Findings) -> None:
    """Note what does not make sense in an index, whatever its questionnaire says."""
    _Check(definition, file, findings).alone()


def check_against(
    definition: IndexDefinition,
    questionnaire: Questionnaire,
    file: str | None,
    findings: Findings,
) -> None:
    """Note where an index does not fit its questionnaire, which must make sense alone.

    Where the index has findings already, its ranges are left alone.
    """
    _Check(definition, file, findings).against(questionnaire)


def _alone(indicator: Indicator, questionnaire: Questionnaire) -> str:
    """What to say of the exclusive options of its item, which no scoring is given."""
    options = questionnaire.substantive(indicator.item)
    names = [f'"{option.value}"' for option in options if option.exclusive]
    if not names:
        return ""
    return f" What stands alone takes no part: {', '.join(names)}."


def _endless(treatment: Sequence[Treatment], points: Range) -> tuple[str, str] | None:
    """What to say, and to mend, of a stated treatment that gives points with bounds none."""
    for step in treatment:
        low, high = step.attainable(points)
        if not step.learnt and all(map(isfinite, points)) and (isinf(low) or isinf(high)):
            plus = 'State a greater "plus", or use' if isinstance(step, Logarithm) else "Use"
            return (
                (
                    f"lie from {points[0]:.15g} to {points[1]:.15g}, where "
                    f'"{step.name}" has no bound, so there is no attainable range.'
                ),
                f"{plus} another treatment.",
            )
        points = low, high
    return None


class _Check:
    def __init__(self, definition: IndexDefinition, file: str | None, findings: Findings) -> None:
        self.definition = definition
        self.file = file
        self.findings = findings
        self.resolved = resolve(definition)
        self.paths: dict[str, Path] = {definition.id: ()}
        self.nodes: list[Node] = []
        self.repeated: list[tuple[Path, str]] = []
        self.unruled: dict[tuple[Missing, ...], list[Indicator]] = {}
        self._place_children(definition, ())

    def _place_children(self, node: IndexDefinition | Dimension, path: Path) -> None:
        for number, child in enumerate(node.children):
            here = (*path, "children", number)
            if child.id in self.paths:
                self.repeated.append(((*here, "id"), child.id))
            self.paths.setdefault(child.id, here)
            self.nodes.append(child)
            if isinstance(child, Dimension):
                self._place_children(child, here)

    def add(self, code: Code, path: Path, message: str, mend: str, found: object = None) -> None:
        place = Place(file=self.file, pointer=pointer(path))
        self.findings.add(code, place, message, mend, found=found)

    def alone(self) -> None:
        for path, name in self.repeated:
            message = f'The id "{name}" stands twice in the index.'
            self.add("duplicate-id", path, message, "Rename one.", name)
        used: set[str] = set()
        names = list(self.definition.scorings)
        for node in (self.definition, *self.nodes):
            if isinstance(node, Indicator):
                used.add(node.scoring)
                if node.scoring not in names:
                    path = (*self.paths[node.id], "scoring")
                    message = f'There is no scoring "{node.scoring}".'
                    mend = did_you_mean(node.scoring, names, "scorings")
                    self.add("unknown-scoring", path, message, mend, node.scoring)
                self.check_steps(node, self.resolved[node.id])
            else:
                self.check_weights(node)
        self.check_missing_rules()
        for name in names:
            if name not in used:
                message = f'No indicator uses the scoring "{name}".'
                self.add("unused-scoring", ("scorings", name), message, "Use it, or take it out.")
        self.check_publishing()

    def check_publishing(self) -> None:
        scale, bands = self.definition.scale, self.definition.bands
        if scale is not None and scale.lower >= scale.upper:
            message = f"The lower end {scale.lower:g} is not below the upper end {scale.upper:g}."
            self.add("bounds-order", ("scale", "lower"), message, "Exchange the two.")
        if scale is not None and self.definition.rounding.where != "nowhere":
            self.check_rounded_ends(scale)
        if bands is not None and len(bands.labels) != len(bands.thresholds) + 1:
            count = len(bands.thresholds) + 1
            message = f"There are {len(bands.labels)} labels for {count} bands."
            self.add("wrong-length", ("bands", "labels"), message, "Name each band once.")
        if bands is not None and list(bands.thresholds) != sorted(bands.thresholds):
            message = "The thresholds do not ascend."
            self.add("bounds-order", ("bands", "thresholds"), message, "Sort them.")

    def check_rounded_ends(self, scale: Scale) -> None:
        rounding = self.definition.rounding
        for name, end in (("lower", scale.lower), ("upper", scale.upper)):
            (published,) = rounded(np.array([end]), rounding.decimals, rounding.rule).tolist()
            if published != end:
                message = f"Rounded as the index is, the {name} end {end:.15g} is {published:.15g}."
                self.add("outside-scale", ("scale", name), message, f"Make it {published:.15g}.")

    def check_steps(self, node: Indicator, here: Resolved) -> None:
        path = self.paths[node.id]
        if here.normalisation is None:
            message = f'No node above "{node.id}", nor itself, names a normalisation.'
            self.add("no-step", path, message, 'Name one; "none" leaves points as they are.')
        if "impute" in here.missing.values() and here.imputation is None:
            message = f'"{node.id}" has the missing rule "impute", and no imputation is named.'
            self.add("no-step", path, message, 'Name one as "imputation".')
        absent = [reason for reason in Missing if reason not in here.missing]
        self.unruled.setdefault(tuple(absent), []).append(node)

    def check_missing_rules(self) -> None:
        """One finding for all indicators that lack the rules for the same reasons."""
        for reasons, nodes in self.unruled.items():
            if reasons:
                listed = ", ".join(f'"{reason.value}"' for reason in reasons)
                named = ", ".join(f'"{node.id}"' for node in nodes[:3])
                more = f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
                message = f"No rule says what {listed} means for {named}{more}."
                rules = ", ".join(f'"{rule}"' for rule in MISSING_RULES)
                mend = f'Add it to "missing", as one of {rules}, or a number of points.'
                self.add("no-step", ("missing",), message, mend)

    def check_weights(self, node: IndexDefinition | Dimension) -> None:
        path = self.paths[node.id]
        weighting = self.resolved[node.id].weighting
        declares = weighting.states
        for fault in weighting.faults([child.id for child in node.children]):
            mend = "Give the children of this node, each once, or another weighting here."
            self.add("wrong-children", (*path, "weighting"), fault, mend)
        for number, child in enumerate(node.children):
            here = (*path, "children", number)
            if declares and child.weight is None:
                message = f'"{child.id}" has no weight, and the weighting asks for one.'
                self.add("missing-weight", here, message, 'Add "weight".')
            elif not declares and child.weight is not None:
                message = f'"{child.id}" has a weight, and the weighting does not use it.'
                mend = 'Take it out, or use the weighting "fixed".'
                self.add("unused-weight", (*here, "weight"), message, mend)
        if not any(nominal_weight(child) > 0 for child in node.children):
            message = f'All weights below "{node.id}" are zero.'
            self.add("zero-weights", (*path, "children"), message, "Give one above zero.")

    def against(self, questionnaire: Questionnaire) -> None:
        wanted = self.definition.questionnaire
        if (wanted.id, wanted.version) != (questionnaire.id, questionnaire.version):
            message = (
                f"The index scores the questionnaire {wanted.id} {wanted.version}; "
                f"this one is {questionnaire.id} {questionnaire.version}."
            )
            mend = "Give the one that it names."
            self.add("other-questionnaire", ("questionnaire",), message, mend)
            return
        for name, scoring in self.definition.scorings.items():
            if isinstance(scoring, Ratio):
                self.check_denominator(name, scoring, questionnaire)
        for node in self.nodes:
            if isinstance(node, Indicator) and node.scoring in self.definition.scorings:
                self.check_indicator(node, questionnaire)
        if not self.findings:
            self.check_ranges(questionnaire)

    def check_indicator(self, node: Indicator, questionnaire: Questionnaire) -> None:
        path = self.paths[node.id]
        scoring = self.definition.scorings[node.scoring]
        items = [item.id for item in questionnaire]
        if not node.attribute and node.item not in questionnaire:
            message = self.no_item(node.item, questionnaire)
            mend = did_you_mean(node.item, items, "items")
            self.add("unknown-item", (*path, "item"), message, mend, node.item)
            return
        kind = item_type(node, questionnaire)
        if kind not in scoring.item_types:
            fits = " or ".join(sorted(scoring.item_types))
            name = node.item or node.attribute
            message = f'The scoring "{scoring.name}" is for {fits}; "{name}" is {kind}.'
            self.add("scoring-type", (*path, "scoring"), message, "Use another scoring.")
            return
        names = offered(questionnaire, node)
        for code, message, mend in scoring.faults(names):
            alone = _alone(node, questionnaire) if code == "unknown-option" else ""
            self.add(code, (*path, "scoring"), f'Item "{node.item}": {message}', mend + alone)

    def check_denominator(self, name: str, scoring: Ratio, questionnaire: Questionnaire) -> None:
        below = scoring.denominator
        if below is None:
            return
        where = ("scorings", name, "denominator")
        if below not in questionnaire:
            mend = did_you_mean(below, [item.id for item in questionnaire], "items")
            self.add("unknown-item", where, self.no_item(below, questionnaire), mend, below)
        elif questionnaire[below].type != "number":
            message = f'The denominator "{below}" is {questionnaire[below].type}, not a number.'
            self.add("scoring-type", where, message, "Name a number item.")

    @staticmethod
    def no_item(name: str, questionnaire: Questionnaire) -> str:
        return f'The questionnaire {questionnaire.id} {questionnaire.version} has no item "{name}".'

    def check_ranges(self, questionnaire: Questionnaire) -> None:
        for node in self.nodes:
            if isinstance(node, Indicator):
                self.check_bound(node, questionnaire)
        every = ranges(self.definition, questionnaire)
        found = every.bounds
        for branch in (self.definition, *self.nodes):
            if isinstance(branch, Indicator):
                continue
            counted = weighted_children(branch)
            aggregation = self.resolved[branch.id].aggregation
            parts = [found[child.id] for child in counted]
            rescaling = branch.rescaling
            if isinstance(rescaling, Attainable):
                self.check_span(branch, every.unscaled[branch.id], questionnaire)
            if aggregation.monotone and (rescaling is None or not rescaling.learnt):
                # The range of anything else is unknown, and not too great.
                self.check_size(branch.id, parts, found[branch.id])
            for position, fault in aggregation.faults(parts):
                child = counted[position]
                message = f'"{child.id}": {fault}'
                mend = "Normalise it to above zero, or use another aggregation."
                self.add("not-positive", self.paths[child.id], message, mend)
        self.check_scale(found[self.definition.id], questionnaire)

    def check_scale(self, scores: Range, questionnaire: Questionnaire) -> None:
        """Whether no score can leave the stated scale."""
        low, high = scores
        scale = self.definition.scale
        if scale is None or not (low < scale.lower or high > scale.upper):
            return
        until, later = "", ""
        if isinf(low) or isinf(high):
            until, later = self.until_fitted(self.definition, questionnaire)
        message = (
            f"The scores can lie from {low:.15g} to {high:.15g}{until}, "
            f"and the scale is from {scale.lower:.15g} to {scale.upper:.15g}."
        )
        mend = "Widen the scale, or normalise."
        if self.runs_past():
            mend = 'Widen the scale, normalise, or let no line run past its ends: "clip": true.'
        self.add("outside-scale", ("scale",), message, mend + later)

    def runs_past(self) -> bool:
        """Whether a line is stated, or will be learnt, that values may leave."""
        steps = [self.resolved[leaf.id].normalisation for leaf in indicators(self.definition)]
        steps += [branch.rescaling for branch in inner(self.definition)]
        return any(getattr(step, "clip", True) is False for step in steps)

    def check_size(self, name: str, parts: list[Range], whole: Range) -> None:
        """Whether what finite parts come to is a number that a float can hold."""
        if all(map(isfinite, chain(*parts))) and any(map(isinf, whole)):
            message = f'The values of "{name}" can be beyond 1.8e308.'
            self.add("not-finite", self.paths[name], message, "Use smaller points or weights.")

    def until_fitted(
        self, node: IndexDefinition | Node, questionnaire: Questionnaire
    ) -> tuple[str, str]:
        """What message and mend add where ends are missing only because a step has yet to learn."""
        steps: list[Normalisation | Treatment | None] = []
        for leaf in indicators(node):
            here = self.resolved[leaf.id]
            declared = [step for step in here.treatment if not step.learnt]
            points = points_range(leaf, self.definition, questionnaire)
            if any(map(isinf, turned(leaf, declared, points))):
                return "", ""
            steps += [*here.treatment, here.normalisation]
        if not isinstance(node, Indicator):
            steps += [branch.rescaling for branch in inner(node)]
        if not any(step is not None and step.learnt for step in steps):
            return "", ""
        return (
            " before the index is fitted",
            " Or leave it out, fit the index first, and state it in the fitted one.",
        )

    def check_span(
        self, node: IndexDefinition | Dimension, span: Range, questionnaire: Questionnaire
    ) -> None:
        """Whether a node whose rescaling is of what is attainable has such a range."""
        path = (*self.paths[node.id], "rescaling")
        low, high = span
        if isinf(low) or isinf(high):
            until, later = self.until_fitted(node, questionnaire)
            message = f'The values of "{node.id}" have no bound{until}, so no attainable range.'
            self.add("no-bound", path, message, f"Use goalposts.{later}")
        elif low == high:
            message = f'All values of "{node.id}" are the same, so the range is zero.'
            self.add("constant-indicator", path, message, "Give other points, or take it out.")

    def check_bound(self, node: Indicator, questionnaire: Questionnaire) -> None:
        here = self.resolved[node.id]
        assert here.normalisation is not None
        path = self.paths[node.id]
        with np.errstate(over="ignore"):
            points = points_range(node, self.definition, questionnaire)
        scoring = self.definition.scorings[node.scoring]
        ours = type(scoring) in SCORINGS.values()
        if ours and not isinstance(scoring, Ratio | NumberPoints):
            self.check_size(node.id, [], points)
        endless = _endless(here.treatment, points)
        points = turned(node, here.treatment, points)
        unbounded = isinf(points[0]) or isinf(points[1])
        if isinstance(here.normalisation, Attainable) and unbounded and endless is not None:
            self.add("no-bound", path, f'The points of "{node.id}" {endless[0]}', endless[1])
            return
        if isinstance(here.normalisation, Attainable) and unbounded:
            until, later = self.until_fitted(node, questionnaire)
            message = f'The points of "{node.id}" have no bound{until}, so no attainable range.'
            self.add("no-bound", path, message, f"Use goalposts.{later}")
            return
        if isinstance(here.normalisation, Attainable) and points[0] == points[1]:
            name = node.item or node.attribute
            message = f'Every answer to "{name}" is worth the same, so the range is zero.'
            self.add("constant-indicator", path, message, "Give other points.")
            return
        low, high = here.normalisation.attainable(points)
        rules = possible_rules(node, here, self.definition, questionnaire)
        for rule, end in (("worst", low), ("best", high)):
            if isinf(end) and rule in rules:
                until, later = self.until_fitted(node, questionnaire)
                message = (
                    f'The values of "{node.id}" have no bound{until}, so there is no "{rule}".'
                )
                mend = f"Clip them to goalposts, or use another rule.{later}"
                self.add("no-bound", path, message, mend)
