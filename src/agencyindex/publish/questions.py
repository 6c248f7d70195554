"""Questions and their options as blocks, alone or with the points that an index gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from agencyindex._documents.ranges import offered
from agencyindex._model.definition import Indicator
from agencyindex._model.questionnaire import Item, Option, Questionnaire
from agencyindex.methods.protocols import Scoring
from agencyindex.publish.blocks import Block, Code, Heading, Line, Listing, Paragraph, Table
from agencyindex.publish.wording import Conditions, Wording


class Questions:
    """Says what a questionnaire asks.

    Parameters
    ----------
    questionnaire
        The questionnaire.
    wording
        The words.
    """

    def __init__(self, questionnaire: Questionnaire, wording: Wording) -> None:
        self.questionnaire = questionnaire
        self.wording = wording
        self.conditions = Conditions(questionnaire, wording)

    def page(self) -> Iterator[Block]:
        """The whole questionnaire."""
        wording, asked = self.wording, self.questionnaire
        yield Heading(1, (wording.text(asked.title, asked.id),))
        yield from self.remarks()
        yield Listing((self.version(),))
        for section in asked.sections:
            yield Heading(2, (wording.text(section.title, section.id),))
            for item in section.items:
                yield Heading(3, (wording.text(item.text, item.id),))
                yield Listing((wording.say("id", Code(item.id)), *self.facts(item)))
                yield from self.options(item)

    def remarks(self) -> Iterator[Block]:
        """What a reader of the questionnaire must know."""
        if self.questionnaire.synthetic:
            yield Paragraph(self.wording.say("synthetic_questionnaire"))
        note = self.wording.text(self.questionnaire.note)
        if note:
            yield Paragraph((note,))

    def version(self) -> Line:
        """Title, id and version of the questionnaire."""
        asked = self.questionnaire
        title = self.wording.text(asked.title, asked.id)
        return self.wording.say("questionnaire", title, Code(asked.id), asked.version)

    def facts(self, item: Item) -> Iterator[Line]:
        """When an item is asked, what it takes, and where it comes from."""
        say, text = self.wording.say, self.wording.text
        yield say("asked", self.conditions.asked(item))
        yield say("type", self.taken(item))
        if text(item.source):
            yield say("item_source", text(item.source))
        if text(item.note):
            yield say("note", text(item.note))

    def taken(self, item: Item) -> Line:
        """What kind of answer an item takes."""
        say = self.wording.say
        if item.type != "number":
            return say(item.type)
        kind = say("whole_number" if item.whole else "number")
        figure = self.wording.figure
        if item.minimum is not None and item.maximum is not None:
            kind = say("between", kind, figure(item.minimum), figure(item.maximum))
        elif item.minimum is not None:
            kind = say("above", kind, figure(item.minimum))
        elif item.maximum is not None:
            kind = say("below", kind, figure(item.maximum))
        unit = self.wording.text(item.unit)
        return say("unit", kind, unit) if unit else kind

    def options(self, item: Item) -> Iterator[Block]:
        """The options of an item, where it has any."""
        options = self.questionnaire.options(item.id)
        if options:
            heads = (self.wording.phrases["option"], self.wording.phrases["value"])
            yield Table(heads, tuple(self._option(item, option) for option in options))

    def scored(
        self, leaf: Indicator, scoring: Scoring, rules: Sequence[tuple[str, str]]
    ) -> Iterator[Block]:
        """The options of an indicator's item with their points.

        Parameters
        ----------
        leaf, scoring
            The indicator, and how its answers become points.
        rules
            For each reason for missing, as documents write it, what it counts as.
        """
        item = self.questionnaire[leaf.item]
        options = self.questionnaire.options(item.id)
        if not options:
            return
        points = self._points(leaf, scoring) if item.type != "number" else {}
        counted = dict(rules)
        rows = []
        for option in options:
            missing = option.missing and counted[option.missing.value]
            worth = missing or self.wording.figure(points[option.value])
            rows.append((*self._option(item, option), (worth,)))
        heads = [self.wording.phrases[key] for key in ("option", "value")]
        several = "alone" if item.type == "multiple_choice" else "points"
        yield Table((*heads, self.wording.phrases[several]), tuple(rows))
        alone = [each for each in self.questionnaire.substantive(item.id) if each.exclusive]
        if alone:
            worth = self.wording.rule(points[alone[0].value])
            yield Paragraph(self.wording.say("exclusive_points", worth))

    def _points(self, leaf: Indicator, scoring: Scoring) -> dict[str, float]:
        """Points of each substantive option, of a multiple choice those of that option alone."""
        names = offered(self.questionnaire, leaf)
        every = [option.value for option in self.questionnaire.substantive(leaf.item)]
        if self.questionnaire[leaf.item].type != "multiple_choice":
            points = scoring.points(np.arange(len(names)), names)
            return dict(zip(names, points.tolist(), strict=True))
        chosen = np.vstack([np.eye(len(names), dtype=bool), np.zeros((1, len(names)), dtype=bool)])
        points = scoring.points(chosen, names)
        alone = dict(zip(names, points.tolist(), strict=False))
        # An exclusive option says that none of the others is chosen.
        return {name: alone.get(name, float(points[-1])) for name in every}

    def _option(self, item: Item, option: Option) -> tuple[Line, Line]:
        label: Line = (self.wording.text(option.label, option.value),)
        if option.exclusive and item.type == "multiple_choice":
            label = self.wording.say("exclusive", label)
        return label, (Code(option.value),)
