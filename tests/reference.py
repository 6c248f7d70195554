"""A slow and obvious scorer in exact fractions, which shares nothing with the engine but nouns.

Every number of a definition and every answer is read as the decimal number that its document
states. Sums, quotients and thresholds are exact; logarithms and exponentials have 60 digits.

Rounding at every level decides a tie by the shortest decimal of the float. Where a value is not
sure (see `tests.exact`) and lies within a rounding error of a tie, either neighbour is right; the
reference then follows the engine if it chose one of the two, and only then looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tests.exact import (
    Number,
    aggregated,
    agree,
    coarse,
    exact,
    line,
    mean,
    plain,
    rounded,
    times,
)

import agencyindex as ai
from agencyindex import Dimension, IndexDefinition, Indicator, Missing, Questionnaire, Response


@dataclass(frozen=True)
class Figure:
    """What a node comes to for one agency."""

    number: Number | None
    status: str
    cause: str
    coverage: Fraction
    answered: Fraction
    stops: bool = False


class Reference:
    """Scores by the formulas, learning where a definition leaves something open.

    Parameters
    ----------
    definition, questionnaire
        The index, fitted or not, and what was asked.
    population
        Whose answers are learnt from.
    """

    def __init__(
        self,
        definition: IndexDefinition,
        questionnaire: Questionnaire,
        population: Iterable[Response] = (),
    ) -> None:
        self.definition = definition
        self.questionnaire = questionnaire
        self.population = list(population)
        self.learnt: dict[str, list[Number]] = {}
        self.paths: dict[str, tuple[Any, ...]] = {}
        self._remember(definition, (definition,))

    def _remember(self, node: Any, path: tuple[Any, ...]) -> None:
        self.paths[node.id] = path
        for child in getattr(node, "children", ()):
            self._remember(child, (*path, child))

    def score(
        self, response: Response, observed: Mapping[str, float] | None = None
    ) -> dict[str, Figure]:
        """Every node's figure.

        Parameters
        ----------
        response
            Answers as a set of responses gives them back, every reason for missing told.
        observed
            What the engine found, to follow where two roundings are right.
        """
        found: dict[str, Figure] = {}
        self._score(self.definition, response, (self.definition,), found, observed or {})
        return found

    def _score(
        self,
        node: Any,
        response: Response,
        path: tuple[Any, ...],
        found: dict[str, Figure],
        observed: Mapping[str, float],
    ) -> Figure:
        if isinstance(node, Indicator):
            figure = self._leaf(node, response)
        else:
            parts = {
                child.id: self._score(child, response, (*path, child), found, observed)
                for child in node.children
            }
            figure = self._branch(node, parts, path)
        rounding = self.definition.rounding
        if figure.number is not None and rounding.where == "every_level":
            seen = observed.get(node.id)
            number = rounded(figure.number, rounding.decimals, rounding.rule, seen)
            figure = replace(figure, number=number)
        found[node.id] = figure
        return figure

    def _leaf(self, leaf: Indicator, response: Response) -> Figure:
        answer = self.answer(leaf, response)
        if not isinstance(answer, Missing):
            number = self.value(leaf, self.points(leaf, answer))
            return Figure(number, "scored", "", Fraction(1), Fraction(1))
        rule = self.rule(leaf, answer)
        cause = answer.value
        if rule in ("exclude", "propagate"):
            stops = rule == "propagate"
            status = "missing" if stops else "excluded"
            return Figure(None, status, cause, Fraction(0), Fraction(0), stops)
        if rule == "mean":
            number = self.value(leaf, mean(self.answered(leaf)))
        elif rule == "impute":
            number = self.value(leaf, self.imputed(leaf))
        elif isinstance(rule, str):
            number = self.ends(leaf)[0 if rule == "worst" else 1]
        else:
            number = self.value(leaf, plain(rule))
        return Figure(number, "imputed", cause, Fraction(1), Fraction(0))

    def _branch(
        self,
        node: IndexDefinition | Dimension,
        parts: Mapping[str, Figure],
        path: tuple[Any, ...],
    ) -> Figure:
        weights = {
            child.id: exact(1 if child.weight is None else child.weight) for child in node.children
        }
        counted = [name for name, weight in weights.items() if weight > 0]
        whole = sum(weights[name] for name in counted)
        there = {name: parts[name].number for name in counted if parts[name].number is not None}
        coverage = sum((weights[name] for name in there), Fraction(0)) / whole
        answered = sum((weights[name] * parts[name].answered for name in counted), Fraction(0))
        minimum = self.inherited(path, "minimum_coverage")
        number, status, cause = None, "missing", "coverage"
        if any(parts[name].stops for name in counted):
            cause = "propagated"
        elif there and coverage >= exact(minimum):
            status, cause = "scored", ""
            pairs = [(weights[name], number) for name, number in there.items()]
            number = aggregated(self.inherited(path, "aggregation").name, pairs)
            if node.rescaling is not None:
                step = node.rescaling
                number = line(number, tuple(map(plain, step.goalposts)), step.to, clip=step.clip)
        return Figure(number, status, cause, coverage, answered / whole)

    @staticmethod
    def inherited(path: Sequence[Any], name: str) -> Any:
        """What the nearest node on a path states; None where none does."""
        stated = (getattr(node, name, None) for node in reversed(path))
        return next((each for each in stated if each is not None), None)

    def answer(self, leaf: Indicator, response: Response) -> Any:
        """The answer to score, a pair of numbers for a ratio, or why there is none."""
        answer = response.answers[leaf.item]
        scoring = self.definition.scorings[leaf.scoring]
        if scoring.name != "ratio" or isinstance(answer, Missing):
            return answer
        below = response.answers[scoring.denominator]
        if isinstance(below, Missing):
            return below
        return Missing(scoring.when_zero) if below == 0 else (answer, below)

    def rule(self, leaf: Indicator, reason: Missing) -> Any:
        """What a reason for missing means for an indicator."""
        above = reversed(self.paths[leaf.id])
        return next(node.missing[reason] for node in above if reason in node.missing)

    def points(self, leaf: Indicator, answer: Any) -> Number:
        """Points as the scoring gives them."""
        return points(self.definition.scorings[leaf.scoring], answer, self.offered(leaf))

    def value(self, leaf: Indicator, number: Number) -> Number:
        """What points come to: treated, turned and normalised."""
        return self.normalised(leaf, self.turned(leaf, number))

    def turned(self, leaf: Indicator, number: Number) -> Number:
        """Points treated, and turned so that more is better."""
        for step in self.inherited(self.paths[leaf.id], "treatment") or ():
            assert step.name == "clip"
            if step.lower is not None and number.value < exact(step.lower):
                number = plain(step.lower)
            if step.upper is not None and number.value > exact(step.upper):
                number = plain(step.upper)
        return times(leaf.direction, number)

    def imputed(self, leaf: Indicator) -> Number:
        """What the imputation in force gives for a gap, in points."""
        step = self.inherited(self.paths[leaf.id], "imputation")
        if step.name == "constant":
            return plain(step.value)
        known = sorted(self.answered(leaf), key=lambda each: each.value)
        if step.name == "mean":
            return mean(known)
        if step.name == "median":
            return mean([known[(len(known) - 1) // 2], known[len(known) // 2]])
        assert step.name == "worst_observed"
        return known[0 if leaf.direction == 1 else -1]

    def offered(self, leaf: Indicator) -> list[str]:
        """The options that can be worth points, in order."""
        several = self.questionnaire[leaf.item].type == "multiple_choice"
        options = self.questionnaire.options(leaf.item)
        return [o.value for o in options if o.missing is None and not (several and o.exclusive)]

    def answered(self, leaf: Indicator) -> list[Number]:
        """The points of everyone in the population who has any."""
        if leaf.id not in self.learnt:
            answers = (self.answer(leaf, response) for response in self.population)
            given = [answer for answer in answers if not isinstance(answer, Missing)]
            self.learnt[leaf.id] = [self.points(leaf, answer) for answer in given]
        return self.learnt[leaf.id]

    def population_of(self, leaf: Indicator) -> list[Number]:
        """Turned values of everyone who has one, imputed ones too."""
        answers = [self.answer(leaf, response) for response in self.population]
        rules = [self.rule(leaf, each) for each in answers if isinstance(each, Missing)]
        found = list(self.answered(leaf))
        if "impute" in rules:
            found += [self.imputed(leaf)] * rules.count("impute")
        return [self.turned(leaf, each) for each in found]

    def normalised(self, leaf: Indicator, number: Number) -> Number:
        """Points on the scale of the indicator's normalisation."""
        step = self.inherited(self.paths[leaf.id], "normalisation")
        if step.name == "none":
            return number
        if step.name == "constant":
            return plain(step.value)
        if step.name == "goalposts":
            return line(number, tuple(map(plain, step.goalposts)), step.to, clip=step.clip)
        if step.name == "attainable":
            low, high = self.attainable(leaf)
            return line(number, (low, high), step.to, clip=False)
        population = sorted(self.population_of(leaf), key=lambda each: each.value)
        low, high = population[0], population[-1]
        if low.value == high.value:
            return plain(step.when_constant)
        return line(number, (low, high), step.to, clip=step.clip)

    def ends(self, leaf: Indicator) -> list[Number]:
        """The lowest and the highest value that an answer can give."""
        step = self.inherited(self.paths[leaf.id], "normalisation")
        limits = self.attainable(leaf)
        if limits is None:
            stated = [step.value] if step.name == "constant" else step.to
            if step.name == "minmax" and len({p.value for p in self.population_of(leaf)}) == 1:
                stated = [step.when_constant]
            found = [plain(end) for end in stated]
        else:
            found = [self.normalised(leaf, end) for end in limits]
        ordered = sorted(found, key=lambda each: each.value)
        return [ordered[0], ordered[-1]]

    def attainable(self, leaf: Indicator) -> Any:
        """The fewest and the most turned points of any answer; None for a ratio without bounds."""
        scoring, offered = self.definition.scorings[leaf.scoring], self.offered(leaf)
        match scoring.name:
            case "ratio":
                clips = self.inherited(self.paths[leaf.id], "treatment") or ()
                worth = [plain(end) for clip in clips[-1:] for end in (clip.lower, clip.upper)]
                if not worth:
                    return None
            case "points" | "binary":
                worth = [points(scoring, option, offered) for option in offered]
            case "bands":
                worth = [plain(value) for value in scoring.values]
            case "count":
                worth = [
                    points(scoring, [o for o in offered if sign * _weight(scoring, o) > 0], offered)
                    for sign in (-1, 1)
                ]
            case _:
                worth = [plain(0), plain(1)]
        turned = sorted((self.turned(leaf, each) for each in worth), key=lambda n: n.value)
        return turned[0], turned[-1]


def _weight(scoring: Any, option: str) -> Fraction:
    return Fraction(1) if scoring.weights is None else exact(scoring.weights[option])


def points(scoring: Any, answer: Any, offered: Sequence[str]) -> Number:
    """The points of an answer."""
    match scoring.name:
        case "points":
            return plain(scoring.table.get(answer, scoring.default))
        case "ordinal":
            place, last = offered.index(answer), len(offered) - 1
            return plain(Fraction(place if scoring.best == "last" else last - place, last))
        case "binary":
            return plain(int(answer in scoring.ones))
        case "count":
            terms = [_weight(scoring, option) for option in answer if option in offered]
            total, size = sum(terms, Fraction(0)), sum(map(abs, terms), Fraction(0))
            if scoring.cap is not None and total > exact(scoring.cap):
                return plain(scoring.cap)
            return Number(total, size, len(terms) <= 1 or all(map(coarse, terms)))
        case "share":
            return plain(Fraction(sum(option in offered for option in answer), len(offered)))
        case "linear":
            bounds = (plain(scoring.lower), plain(scoring.upper))
            ends = (0.0, 1.0) if scoring.better == "higher" else (1.0, 0.0)
            return line(plain(answer), bounds, ends, clip=True)
        case "bands":
            below = sum(exact(edge) <= exact(answer) for edge in scoring.edges)
            return plain(scoring.values[below])
        case "ratio":
            above, below = map(plain, answer)
            value = above.value / below.value
            return Number(value, abs(value), above.coarse and below.coarse)
    raise NotImplementedError(scoring.name)


def disagreements(
    reference: Reference, scores: ai.Scores, responses: Iterable[Response]
) -> list[str]:
    """Every figure of the engine that is not what the reference has, as a sentence."""
    index = reference.definition.id
    wrong: list[str] = []
    for response in responses:
        cells = {node.id: scores.get(response.agency, index, node.id) for node in scores.nodes}
        observed = {name: cell.value for name, cell in cells.items() if cell.value is not None}
        for name, figure in reference.score(response, observed).items():
            if not _same(figure, cells[name]):
                wrong.append(f"{response.agency}, {name}: {cells[name]}, expected {figure}")
    return wrong


def _same(figure: Figure, cell: Any) -> bool:
    if (cell.status, cell.cause) != (figure.status, figure.cause):
        return False
    shares = ((figure.coverage, cell.coverage), (figure.answered, cell.answered))
    if not all(agree(plain(expected), found) for expected, found in shares):
        return False
    if figure.number is None or cell.value is None:
        return figure.number is cell.value
    return agree(figure.number, cell.value)
