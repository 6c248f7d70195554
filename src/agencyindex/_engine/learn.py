"""Learn from a population: every method that needs one becomes a declared one, leaves first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from agencyindex._answers import Column, Responses, attribute_columns, number_key
from agencyindex._documents.ranges import points_range, turned
from agencyindex._documents.resolve import (
    Branching,
    Resolved,
    attributes_used,
    indicators,
    inner,
    resolve,
    with_weights,
)
from agencyindex._engine.batch import run_batch
from agencyindex._engine.leaves import compile_rows
from agencyindex._engine.plan import Plan, compile_plan
from agencyindex._engine.refusals import refuse_beyond
from agencyindex._engine.rows import Rows
from agencyindex._model.agency import Register
from agencyindex._model.definition import Dimension, IndexDefinition, Indicator, MissingRule, Node
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Missing
from agencyindex.errors import Findings, MethodError, MismatchError, Place, Problem
from agencyindex.methods.aggregation import ArithmeticMean
from agencyindex.methods.imputation import AgencyValues, PreviousEdition
from agencyindex.methods.moments import mean
from agencyindex.methods.protocols import FloatArray, Imputation, Siblings
from agencyindex.methods.registry import IMPUTATIONS
from agencyindex.methods.weighting import EqualWeights


@attrs.frozen(eq=False, kw_only=True)
class Population:
    """The agencies that are learnt from, in the order of their ids.

    Parameters
    ----------
    questionnaire
        What they were asked.
    agencies
        Their ids.
    columns
        Their answers and attributes, by key.
    previous
        The same of the edition before; None where it is not given.
    """

    questionnaire: Questionnaire
    agencies: tuple[str, ...]
    columns: Mapping[str, Column]
    previous: Population | None = None

    @classmethod
    def of(
        cls,
        responses: Responses,
        definition: IndexDefinition,
        register: Register | None,
        previous: Responses | None = None,
    ) -> Population:
        """The population of an index, with the attributes that it uses.

        Raises
        ------
        MismatchError
            Where the register lacks what is used, or the previous responses are of another
            questionnaire.
        """
        before = None
        if previous is not None:
            if previous.questionnaire != responses.questionnaire:
                asked = previous.questionnaire
                message = (
                    f"The previous responses belong to the questionnaire {asked.id} "
                    f"{asked.version}, which is not that of these."
                )
                mend = "Read them with the same questionnaire."
                raise MismatchError([Problem("other-questionnaire", Place(), message, mend)])
            # Agencies that are gone may be in no register of today.
            kept = [row for row, agency in enumerate(previous.agencies) if agency in responses]
            before = cls.of(previous.take(kept), definition, register)
        taken = responses.take(sorted(range(len(responses)), key=responses.agencies.__getitem__))
        used = attributes_used(definition)
        attributes = attribute_columns(
            register, taken.agencies, numbers=used.numbers, groups=used.groups
        )
        return cls(
            questionnaire=responses.questionnaire,
            agencies=taken.agencies,
            columns={**taken.columns, **attributes},
            previous=before,
        )

    @property
    def everyone(self) -> slice:
        """All rows."""
        return slice(0, len(self.agencies))


def written_out(definition: IndexDefinition, population: Population) -> IndexDefinition:
    """The definition with everything that it learns written out.

    Raises
    ------
    MethodError
        With all that the methods of one step refuse, leaves first.
    """
    return _Learning(definition, population).whole()


def to_learn(definition: IndexDefinition) -> Iterator[tuple[str, str]]:
    """Node and name of every step that needs a population."""
    resolved = resolve(definition)
    for leaf in indicators(definition):
        for step in _of_indicator(resolved[leaf.id]):
            yield leaf.id, step
    for node in inner(definition):
        here = resolved[node.id]
        if here.weighting.learnt:
            yield node.id, type(here.weighting).__name__
        if node.rescaling is not None and node.rescaling.learnt:
            yield node.id, type(node.rescaling).__name__


def looks_back(definition: IndexDefinition) -> bool:
    """Whether something is learnt from the edition before.

    An imputation of one's own is given that edition, and nobody sees whether it looks.
    """
    others = {*IMPUTATIONS.values()} - {PreviousEdition}
    resolved = resolve(definition)
    steps = [resolved[leaf.id].imputing for leaf in indicators(definition)]
    return any(step is not None and step.learnt and type(step) not in others for step in steps)


def _of_indicator(here: Resolved) -> Iterator[str]:
    if "mean" in here.missing.values():
        yield 'the missing rule "mean"'
    steps = (here.imputing, *here.treatment, here.normalisation)
    yield from (type(step).__name__ for step in steps if step is not None and step.learnt)


class _Learning:
    def __init__(self, definition: IndexDefinition, population: Population) -> None:
        self.definition = definition
        self.population = population
        self.resolved = resolve(definition)
        self.findings = Findings()
        self._points: dict[str, FloatArray | None] = {}

    def whole(self) -> IndexDefinition:
        leaves = {leaf.id: self.leaf(leaf) for leaf in indicators(self.definition)}
        self.findings.raise_as(MethodError)
        found = self.branch(_with_leaves(self.definition, leaves))
        self.findings.raise_as(MethodError)
        return found

    def rows(self, leaf: Indicator) -> Rows:
        here = self.resolved[leaf.id]
        return compile_rows(leaf, self.definition, self.population.questionnaire, here)

    def points_now(self, leaf: Indicator) -> FloatArray | None:
        """Points of the population, worked out and checked once however many look at them."""
        if leaf.id not in self._points:
            self._points[leaf.id] = self.points(leaf, self.population)
        return self._points[leaf.id]

    def points(self, leaf: Indicator, population: Population) -> FloatArray | None:
        """Points of a population; None, and findings, where a scoring refuses a number."""
        rows = self.rows(leaf)
        before = len(self.findings.problems)
        plain = attrs.evolve(rows, resolved=attrs.evolve(rows.resolved, treatment=()))
        plain.check(population.agencies, population.columns, self.findings)
        if len(self.findings.problems) > before:
            return None
        return rows.points(population.columns, population.everyone)

    def leaf(self, leaf: Indicator) -> Indicator:
        """The indicator with all its steps written out; what they refuse is noted."""
        here = self.resolved[leaf.id]
        if not any(True for _ in _of_indicator(here)):
            return leaf
        place = Place(index=self.definition.id, node=leaf.id)
        refused = len(self.findings.problems)
        points, previous = self.points_now(leaf), self.previous(leaf)
        if points is None or len(self.findings.problems) > refused:
            return leaf
        try:
            rules = self.rules(here, points, place)
            imputation, imputed = self.imputed(leaf, points, previous)
            treatment = []
            for step in here.treatment:
                treatment.append(step.fit(imputed))
                imputed = treatment[-1].treat(imputed)
            normalisation = here.normalisation
            if normalisation is not None and normalisation.learnt:
                span = turned(leaf, treatment, self.range_of(leaf))
                agencies = self.population.agencies
                values = leaf.direction * imputed
                normalisation = normalisation.fit(values, span, agencies)
        except MethodError as error:
            self.findings.note(error, place)
            return leaf
        return attrs.evolve(
            leaf,
            missing=rules if "mean" in here.missing.values() else leaf.missing,
            imputation=imputation if imputation != here.imputation else leaf.imputation,
            treatment=treatment if tuple(treatment) != here.treatment else leaf.treatment,
            normalisation=(
                normalisation if normalisation is not here.normalisation else leaf.normalisation
            ),
        )

    def range_of(self, leaf: Indicator) -> tuple[float, float]:
        return points_range(leaf, self.definition, self.population.questionnaire)

    def rules(self, here: Resolved, points: FloatArray, place: Place) -> dict[Missing, MissingRule]:
        """The rules for missing answers, with a number of points in the place of "mean"."""
        if "mean" not in here.missing.values():
            return dict(here.missing)
        present = points[~np.isnan(points)]
        if not len(present):
            method = 'the missing rule "mean"'
            message = f"None of the {len(points)} agencies has a value."
            mend = 'Give the points that a missing answer counts for, or "exclude".'
            where = attrs.evolve(place, method=method)
            raise MethodError([Problem("empty-population", where, message, mend)])
        value = mean(present)
        return {reason: value if rule == "mean" else rule for reason, rule in here.missing.items()}

    def imputed(
        self, leaf: Indicator, points: FloatArray, previous: FloatArray | None
    ) -> tuple[Imputation | None, FloatArray]:
        """The declared imputation of an indicator, and its points with gaps filled."""
        here = self.resolved[leaf.id]
        imputation = here.imputing
        if imputation is None:
            return here.imputation, points
        population, rows = self.population, self.rows(leaf)
        peers = rows.peers(population.columns, population.everyone)
        peers = attrs.evolve(peers, previous=previous, others=self.others(leaf))
        if imputation.learnt and imputation.freezes:
            imputation = imputation.fit(points, peers, leaf.direction)
        elif imputation.learnt:
            # No number states what a new agency would get, but what these get can be listed.
            filled = imputation.fill(points, peers)
            there = np.flatnonzero(~np.isnan(filled)).tolist()
            values = {population.agencies[row]: float(filled[row]) for row in there}
            imputation = AgencyValues(values=values)
        rows = attrs.evolve(rows, resolved=attrs.evolve(here, imputation=imputation))
        return imputation, rows.filled(points, population.columns, population.everyone)

    def previous(self, leaf: Indicator) -> FloatArray | None:
        """Points in the edition before, of the agencies of this one; findings, as `points`."""
        before = self.population.previous
        if before is None or self.resolved[leaf.id].imputing is None:
            return None
        found = self.points(leaf, before)
        if found is None:
            return None
        points = dict(zip(before.agencies, found.tolist(), strict=True))
        return np.array([points.get(agency, np.nan) for agency in self.population.agencies])

    def others(self, leaf: Indicator) -> FloatArray | None:
        """Points of all other indicators, where the imputation looks at them."""
        imputation = self.resolved[leaf.id].imputing
        if imputation is None or imputation.freezes:
            return None
        rest = [each for each in indicators(self.definition) if each.id != leaf.id]
        points = [self.points_now(each) for each in rest]
        known = [each for each in points if each is not None]
        return np.array(known).reshape(len(known), len(self.population.agencies)).T

    def branch(self, node: Branching) -> Branching:
        """A node whose leaves are learnt, with what it and the nodes below learn written out."""
        children: list[Node] = [
            child if isinstance(child, Indicator) else self.branch(child) for child in node.children
        ]
        here = self.resolved[node.id]
        found = attrs.evolve(node, children=children)
        if here.weighting.learnt and not self.findings:
            found = self.weighted(found, here)
        if node.rescaling is not None and node.rescaling.learnt and not self.findings:
            found = self.rescaled(found)
        return found

    def weighted(self, node: Branching, here: Resolved) -> Branching:
        """The node with weights on its children that their values give."""
        values = self.values(node.children, here)
        outcome = getattr(here.weighting, "outcome", None)
        column = self.population.columns[number_key(outcome)].values if outcome else None
        siblings = Siblings(names=[child.id for child in node.children], outcome=column)
        try:
            weights = here.weighting.weights(values, siblings)
        except MethodError as error:
            self.findings.note(error, Place(index=self.definition.id, node=node.id))
            return node
        for child, weight in zip(node.children, weights.tolist(), strict=True):
            if weight < 0:
                self.findings.add(
                    "out-of-range",
                    Place(
                        index=self.definition.id,
                        node=child.id,
                        method=type(here.weighting).__name__,
                    ),
                    f"The weight that is learnt is {weight:.6g}, and no index can state it.",
                    'Say "zero" for "negative", turn the child, or leave it out.',
                    found=weight,
                )
        return with_weights(node, weights.tolist())

    def rescaled(self, node: Branching) -> Branching:
        """The node with its rescaling learnt from its values."""
        rescaling = node.rescaling
        assert rescaling is not None
        # What else is in force at the node, `values` is told.
        bare = Dimension(node.id, children=node.children, weighting=node.weighting)
        values = self.values((bare,), self.resolved[node.id])[:, 0]
        try:
            fitted = rescaling.fit(values, (-np.inf, np.inf), self.population.agencies)
        except MethodError as error:
            self.findings.note(error, Place(index=self.definition.id, node=node.id))
            return node
        return attrs.evolve(node, rescaling=fitted)

    def values(self, nodes: Sequence[Node], here: Resolved) -> FloatArray:
        """Values (n, m) of learnt nodes, as the engine itself scores them."""
        children = [
            attrs.evolve(
                child,
                weight=None,
                weighting=child.weighting or here.weighting,
                aggregation=child.aggregation or here.aggregation,
            )
            if isinstance(child, Dimension)
            else attrs.evolve(child, weight=None)
            for child in nodes
        ]
        root = attrs.evolve(
            self.definition,
            id=":root",
            children=children,
            imputation=here.imputation,
            treatment=here.treatment,
            normalisation=here.normalisation,
            missing=here.missing,
            minimum_coverage=here.minimum_coverage,
            weighting=EqualWeights(),
            aggregation=ArithmeticMean(),
            rescaling=None,
            scale=None,
            bands=None,
        )
        plan = self.compiled(root)
        n = len(self.population.agencies)
        figures, beyond = run_batch([plan], self.population.columns, n, every_node=True)
        # The root is made up here, and nobody reads its values.
        real = [
            attrs.evolve(each, index=self.definition.id) for each in beyond if each.node != root.id
        ]
        refuse_beyond(real, self.population.agencies)
        names = [node.id for node in plan.nodes]
        places = [names.index(node.id) for node in nodes]
        return np.asarray(figures["values"][:, places])

    def compiled(self, root: IndexDefinition) -> Plan:
        """The plan of an index that is made up, with what is refused told of the real one."""
        try:
            return compile_plan(root, self.population.questionnaire)
        except MethodError as error:
            name = self.definition.id
            found = [(each, attrs.evolve(each.place, index=name)) for each in error.problems]
            raise MethodError([attrs.evolve(each, place=at) for each, at in found]) from error


def _with_leaves(node: Branching, leaves: Mapping[str, Indicator]) -> Branching:
    """The node with its indicators replaced and no learnt step of theirs left above them."""
    children: list[Node] = [
        leaves[child.id] if isinstance(child, Indicator) else _with_leaves(child, leaves)
        for child in node.children
    ]
    imputation, normalisation = node.imputation, node.normalisation
    treatment = node.treatment
    return attrs.evolve(
        node,
        children=children,
        imputation=None if imputation is not None and imputation.learnt else imputation,
        treatment=None if any(step.learnt for step in treatment or ()) else treatment,
        normalisation=None if normalisation is not None and normalisation.learnt else normalisation,
        missing={reason: rule for reason, rule in node.missing.items() if rule != "mean"},
    )
