"""The method of an index as blocks: everything that its definition states."""

from __future__ import annotations

from collections.abc import Iterator, Set
from math import isfinite
from typing import Any

from agencyindex._documents.ranges import points_range
from agencyindex._documents.resolve import indicators, inner, resolve
from agencyindex._engine.learn import to_learn
from agencyindex._model.conditions import comparisons
from agencyindex._model.definition import (
    Dimension,
    IndexDefinition,
    Indicator,
    MissingRule,
    Node,
    Population,
)
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Missing
from agencyindex.methods.numbers import Ratio
from agencyindex.methods.registry import strategies
from agencyindex.publish.annex import Annex
from agencyindex.publish.blocks import (
    Block,
    Code,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
    joined,
)
from agencyindex.publish.formulas import formulas
from agencyindex.publish.names import NAMES, in_words
from agencyindex.publish.questions import Questions
from agencyindex.publish.weights import shares
from agencyindex.publish.wording import Wording

STEPS = ("imputation", "treatment", "normalisation", "weighting", "aggregation", "rescaling")

SHOWN = {"points": frozenset({"points"}), "binary": frozenset({"ones"})}
"""Parameters of scorings that the table of options says already."""


def _explained(adds: Set[bool]) -> Iterator[str]:
    """The phrases that say what weights are, where some nodes are sums and some are not."""
    if adds == {False}:
        yield "weights_text"
        return
    if False in adds:
        yield "weights_share"
    yield "weights_term"
    yield "weights_effective"
    if False in adds:
        yield "effective_share"


def weights_table(definition: IndexDefinition, wording: Wording) -> Table:
    """Every node with its weight and its effective weight; parts of parts are set in."""
    say = wording.phrases
    heads = (say["part"], say["own_weight"], say["effective"])
    rows: list[tuple[Line, ...]] = []
    for share in shares(definition).values():
        title = wording.text(share.node.title, share.node.id)
        inset = "\N{EN DASH} " * (share.depth - 1)
        rows.append(
            (
                (inset + title, " (", Code(share.node.id), ")"),
                (wording.weight(share.own, share=not share.term),),
                (wording.weight(share.effective, share=share.whole),),
            )
        )
    return Table(heads, tuple(rows))


class Page:
    """Says how an index comes about.

    Parameters
    ----------
    definition, questionnaire
        The index and its questionnaire, which fit each other.
    language
        Tag of the language.
    """

    def __init__(
        self, definition: IndexDefinition, questionnaire: Questionnaire, language: str
    ) -> None:
        self.definition = definition
        self.questionnaire = questionnaire
        self.wording = Wording(language)
        self.annex = Annex(self.wording)
        self.questions = Questions(questionnaire, self.wording)
        self.resolved = resolve(definition)
        self.shares = shares(definition)

    def title(self, node: IndexDefinition | Node) -> str:
        """What a node is called."""
        return self.wording.text(node.title, node.id)

    def blocks(self) -> Iterator[Block]:
        """The whole page."""
        index = self.definition
        yield Heading(1, (self.title(index),), index.id)
        yield from self.head()
        yield from self.steps()
        yield self.chapter("parts")
        for child in index.children:
            yield from self.node(child, 3)
        yield from self.routing()
        yield self.chapter("methods")
        yield from formulas(index, self.wording)
        yield from self.annex.blocks()

    def chapter(self, key: str, level: int = 2) -> Heading:
        """A heading of ours."""
        return Heading(level, self.wording.say(key))

    def head(self) -> Iterator[Block]:
        """What the index is, of whom it has learnt, and what it has yet to learn."""
        index, say = self.definition, self.wording.say
        if index.synthetic:
            yield Paragraph(say("synthetic_index"))
        if self.wording.text(index.note):
            yield Paragraph((self.wording.text(index.note),))
        facts = [say("index", Code(index.id), index.version), self.questions.version()]
        if index.scale is not None:
            ends = (self.wording.figure(end) for end in (index.scale.lower, index.scale.upper))
            facts.append(say("scale", *ends))
        facts += self.learnt_from(index.population)
        yield Listing(tuple(facts))
        yield from self.questions.remarks()
        learning = [self.learning(id, step) for id, step in to_learn(index)]
        if learning:
            yield Paragraph(say("to_learn"))
            yield Listing(tuple(learning))

    def learnt_from(self, record: Population | None) -> Iterator[Line]:
        """Whose answers taught the index its numbers, those of the latest fit first."""
        say = self.wording.say
        while record is not None:
            yield say("population", f"{record.agencies}", record.edition)
            if record.synthetic:
                yield say("synthetic_population")
            yield say("fingerprints", Code(record.responses), Code(record.definition))
            if record.register is not None:
                yield say("register_read", Code(record.register))
            if record.previous is not None:
                before = record.previous
                yield say("edition_before", before.edition or "-", Code(before.responses))
            record = record.earlier

    def learning(self, id: str, step: str) -> Line:
        """A node, and the step of it that learns from a population."""
        spoken = self.wording.spoken
        for family in NAMES:
            for strategy in strategies(family).values():
                if strategy.__name__ == step:
                    return self.wording.say("learns", Code(id), in_words(family, strategy, spoken))
        return self.wording.say("learns", Code(id), self.wording.phrases["mean_rule"])

    def steps(self) -> Iterator[Block]:
        """What holds for the whole index, step by step."""
        yield self.chapter("steps")
        yield Paragraph(self.wording.say("steps_text"))
        yield from self.missing()
        yield from self.values()
        yield from self.weights()
        yield self.chapter("aggregation", 3)
        yield Paragraph(self.method("aggregated_by", "aggregation", self.definition.aggregation))
        least = self.definition.minimum_coverage
        share = self.wording.percent(least)
        coverage = self.wording.say("coverage", share) if least else self.wording.say("no_coverage")
        yield Paragraph(coverage)
        if self.definition.rescaling is not None:
            yield self.chapter("rescaling", 3)
            rescaling = self.definition.rescaling
            yield Paragraph(self.method("rescaled_by", "normalisation", rescaling))
        yield from self.publishing()

    def method(self, key: str, family: str, strategy: Any, node: Node | None = None) -> Line:
        """A method within a phrase; that of the index where no node is named."""
        return self.wording.say(key, self.words(family, strategy, node))

    def words(self, family: str, strategy: Any, node: Node | None = None) -> Line:
        """A method of a node, or of the index."""
        about = self.definition if node is None else node
        return self.annex.method(family, strategy, (self.title(about), " (", Code(about.id), ")"))

    def missing(self) -> Iterator[Block]:
        """What missing answers count as, and what is imputed."""
        index, phrases = self.definition, self.wording.phrases
        yield self.chapter("missing", 3)
        rows = [
            ((phrases[reason.value],), (self.wording.rule(index.missing[reason]),))
            for reason in Missing
            if reason in index.missing
        ]
        if rows:
            yield Table((phrases["reason"], phrases["counts_as"]), tuple(rows))
        else:
            yield Paragraph(self.wording.say("no_rules"))
        if any("exclude" in here.missing.values() for here in self.resolved.values()):
            adding = {self.resolved[node.id].aggregation.adds for node in inner(index)}
            for adds in sorted(adding):
                yield Paragraph(self.wording.say("adds_nothing" if adds else "shared"))
        if any("impute" in here.missing.values() for here in self.resolved.values()):
            yield self.chapter("imputation", 3)
            if index.imputation is None:
                yield Paragraph(self.wording.say("no_imputation"))
            else:
                yield Paragraph(self.method("imputed_by", "imputation", index.imputation))

    def values(self) -> Iterator[Block]:
        """Treatment and normalisation of indicators."""
        index = self.definition
        if index.treatment:
            yield self.chapter("treatment", 3)
            yield Paragraph(self.wording.say("treated_by"))
            yield Listing(tuple(self.words("treatment", each) for each in index.treatment))
        yield self.chapter("normalisation", 3)
        if index.normalisation is None:
            yield Paragraph(self.wording.say("no_normalisation"))
        else:
            yield Paragraph(self.method("normalised_by", "normalisation", index.normalisation))

    def weights(self) -> Iterator[Block]:
        """Where weights come from, and all of them."""
        index, say = self.definition, self.wording.say
        yield self.chapter("weighting", 3)
        yield Paragraph(self.method("weighted_by", "weighting", index.weighting))
        branches = [self.resolved[node.id] for node in inner(index)]
        for key in _explained({here.aggregation.adds for here in branches}):
            yield Paragraph(say(key))
        if not all(here.aggregation.linear for here in branches):
            yield Paragraph(say("not_linear"))
        if any(here.weighting.learnt for here in branches):
            yield Paragraph(say("weights_learnt"))
        yield weights_table(index, self.wording)

    def publishing(self) -> Iterator[Block]:
        """Rounding, ranks and bands."""
        index, say, phrases = self.definition, self.wording.say, self.wording.phrases
        rounding, ranking, bands = index.rounding, index.ranking, index.bands
        yield self.chapter("publishing", 3)
        if rounding.where == "nowhere":
            yield Paragraph(say("nowhere"))
        else:
            count = rounding.decimals
            decimals = say("decimal") if count == 1 else say("decimals", f"{count}")
            yield Paragraph(say(rounding.where, decimals, phrases[rounding.rule]))
        figure = "raw" if ranking.on == "raw" else "published_figure"
        ranked = say("rank_on", phrases[figure], phrases[ranking.first])
        yield Paragraph((*ranked, " ", *say(ranking.ties)))
        if bands is not None:
            yield Paragraph(say(f"closed_{bands.closed}"))
            sides = (bands.closed,) * len(bands.thresholds)
            classes = self.wording.classes(bands.thresholds, sides)
            labels = map(self.wording.text, bands.labels)
            rows = [((label,), (each,)) for label, each in zip(labels, classes, strict=True)]
            yield Table((phrases["band"], phrases["figures"]), tuple(rows))

    def node(self, node: Node, level: int) -> Iterator[Block]:
        """A node and all below it."""
        yield Heading(level, (self.title(node),), node.id)
        if isinstance(node, Indicator):
            yield from self.indicator(node)
            return
        yield Listing((*self.weight(node), *self.own(node)))
        for child in node.children:
            yield from self.node(child, level + 1)

    def weight(self, node: Node) -> Iterator[Line]:
        """Id and weight of a node, and where it comes from."""
        share, say = self.shares[node.id], self.wording.say
        yield say("id", Code(node.id))
        own: Line = (self.wording.weight(share.own, share=not share.term),)
        if node.weight is not None:
            stated = self.wording.figure(node.weight)
            own = say("stated", stated) if share.term else say("stated_share", stated, own)
        key = "weight_term" if share.term else "weight" if share.whole else "weight_within"
        yield say(key, own, self.wording.weight(share.effective, share=share.whole))
        if self.wording.text(node.source):
            yield self.wording.say("source", self.wording.text(node.source))

    def own(self, node: Node) -> Iterator[Line]:
        """What a node states otherwise than the nodes above it."""
        for step in STEPS:
            found = getattr(node, step, None)
            family = "normalisation" if step == "rescaling" else step
            if isinstance(found, tuple):
                methods = [self.words(family, each, node) for each in found]
                words = joined(" → ", methods) or self.wording.say("untreated")
                yield self.wording.say(f"own_{step}", words)
            elif found is not None:
                yield self.method(f"own_{step}", family, found, node)
        for reason, rule in self.rules(node.missing):
            yield self.wording.say("own_missing", reason, rule)
        least = node.minimum_coverage if isinstance(node, Dimension) else None
        if least is not None:
            yield self.wording.say("own_coverage", self.wording.percent(least))

    def rules(self, missing: Any) -> Iterator[tuple[str, str]]:
        """Reasons and what they count as, in words."""
        for reason in Missing:
            if reason in missing:
                rule: MissingRule = missing[reason]
                yield self.wording.phrases[reason.value], self.wording.rule(rule)

    def indicator(self, leaf: Indicator) -> Iterator[Block]:
        """An indicator: what is asked, and what the answers are worth."""
        say = self.wording.say
        scoring = self.definition.scorings[leaf.scoring]
        facts: list[Line] = []
        if leaf.attribute:
            facts.append(say("attribute", Code(leaf.attribute)))
        else:
            item = self.questionnaire[leaf.item]
            text = self.wording.text(item.text, item.id)
            facts += [say("question", text, Code(item.id)), *self.questions.facts(item)]
        shown = SHOWN.get(scoring.name, frozenset())
        named = (Code(leaf.scoring),)
        words = self.annex.method("scoring", scoring, named, without=shown)
        facts.append(say("scoring", words))
        low, high = points_range(leaf, self.definition, self.questionnaire)
        if isfinite(low) and isfinite(high):
            facts.append(say("range", self.wording.figure(low), self.wording.figure(high)))
        facts.append(say("more" if leaf.direction == 1 else "fewer"))
        yield Listing((*self.weight(leaf), *facts, *self.own(leaf)))
        if not leaf.attribute:
            missing = self.resolved[leaf.id].missing
            rules = [(reason.value, self.wording.rule(rule)) for reason, rule in missing.items()]
            yield from self.questions.scored(leaf, scoring, rules)

    def routing(self) -> Iterator[Block]:
        """The questions that others depend on and that have no points of their own."""
        items = self.unscored()
        if not items:
            return
        yield self.chapter("routing")
        yield Paragraph(self.wording.say("routing_text"))
        for item in items:
            yield Heading(3, (self.wording.text(item.text, item.id),))
            yield Listing((self.wording.say("id", Code(item.id)), *self.questions.facts(item)))
            yield from self.questions.options(item)

    def unscored(self) -> list[Item]:
        """Items that a condition or a quotient needs, and those that they need in turn."""
        leaves = indicators(self.definition)
        scored = {leaf.item for leaf in leaves}
        waiting = [item for item in scored if item]
        for leaf in leaves:
            scoring = self.definition.scorings[leaf.scoring]
            below = scoring.denominator if isinstance(scoring, Ratio) else None
            waiting += [below] if below else []
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            condition = self.questionnaire[name].condition
            if name not in found and condition is not None:
                waiting += [each.item for each in comparisons(condition)]
            found.add(name)
        return [item for item in self.questionnaire if item.id in found - scored]
