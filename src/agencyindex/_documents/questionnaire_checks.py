"""What can be wrong with a questionnaire that fits its schema."""

from __future__ import annotations

from collections.abc import Sequence

from agencyindex._answers import fold
from agencyindex._documents.files import pointer
from agencyindex._documents.steps import Path
from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Condition, Not
from agencyindex._model.questionnaire import Item, Option, Questionnaire
from agencyindex._model.text import all_wordings
from agencyindex.errors import Code, Findings, Place, did_you_mean

CHOICE = ("single_choice", "yes_no")
OPERATORS = {
    "equals": (*CHOICE, "number"),
    "one_of": (*CHOICE, "number"),
    "includes": ("multiple_choice",),
    "less": ("number",),
    "at_most": ("number",),
    "greater": ("number",),
    "at_least": ("number",),
    "answered": (*CHOICE, "number", "multiple_choice"),
}


def check_questionnaire(questionnaire: Questionnaire, file: str | None, findings: Findings) -> None:
    """Note what does not make sense in a questionnaire."""
    _QuestionnaireCheck(questionnaire, file, findings).run()


class _QuestionnaireCheck:
    def __init__(self, questionnaire: Questionnaire, file: str | None, findings: Findings) -> None:
        self.questionnaire = questionnaire
        self.file = file
        self.findings = findings
        self.items = [item.id for item in questionnaire]
        self.earlier: set[str] = set()

    def add(self, code: Code, path: Path, message: str, mend: str, found: object = None) -> None:
        place = Place(file=self.file, pointer=pointer(path))
        self.findings.add(code, place, message, mend, found=found)

    def run(self) -> None:
        for name, options in self.questionnaire.scales.items():
            self.check_options(options, ("scales", name, "options"))
        sections: set[str] = set()
        for s, section in enumerate(self.questionnaire.sections):
            if section.id in sections:
                message = f'The section "{section.id}" stands twice.'
                self.add("duplicate-id", ("sections", s, "id"), message, "Rename one.", section.id)
            sections.add(section.id)
            for i, item in enumerate(section.items):
                self.check_item(item, ("sections", s, "items", i))

    def check_item(self, item: Item, path: Path) -> None:
        if item.id in self.earlier:
            message = f'The item "{item.id}" stands twice.'
            self.add("duplicate-id", (*path, "id"), message, "Rename one.", item.id)
        self.check_options(item.options, (*path, "options"))
        if item.options and item.scale is not None:
            message = "The item has options and a scale as well."
            self.add("options-and-scale", (*path, "scale"), message, "Keep one of the two.")
        elif item.scale is not None and item.scale not in self.questionnaire.scales:
            message = f'There is no answer scale "{item.scale}".'
            mend = did_you_mean(item.scale, list(self.questionnaire.scales), "scales")
            self.add("unknown-scale", (*path, "scale"), message, mend, item.scale)
        else:
            self.check_form(item, path)
        if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
            message = f"The minimum {item.minimum:g} is above the maximum {item.maximum:g}."
            self.add("bounds-order", (*path, "minimum"), message, "Exchange the two.")
        if item.condition is not None:
            self.check_condition(item.condition, (*path, "condition"), item)
        self.earlier.add(item.id)

    def check_options(self, options: Sequence[Option], path: Path) -> None:
        values: set[str] = set()
        wordings: dict[str, str] = {}
        for number, option in enumerate(options):
            here = (*path, number)
            if option.value in values:
                message = f'The option "{option.value}" stands twice.'
                self.add("duplicate-id", (*here, "value"), message, "Keep one.", option.value)
                continue
            values.add(option.value)
            for wording in {fold(each) for each in (option.value, *all_wordings(option.label))}:
                other = wordings.setdefault(wording, option.value) if wording else option.value
                if other != option.value:
                    message = f'"{wording}" names the options "{other}" and "{option.value}" alike.'
                    self.add("ambiguous-option", here, message, "Reword one.", wording)

    def check_form(self, item: Item, path: Path) -> None:
        """Whether what is offered fits the type of the item."""
        scale = item.scale
        options = item.options if scale is None else self.questionnaire.scales[scale]
        substantive = [option.value for option in options if option.missing is None]
        where = (*path, "scale" if scale else "options" if options else "type")
        if item.type == "number" and substantive:
            message = f'A number offers the option "{substantive[0]}", which states no missing.'
            self.add("not-for-type", where, message, 'Give it "missing", or take it out.')
        elif item.type == "yes_no" and options and sorted(substantive) != ["no", "yes"]:
            message = 'A yes/no item offers "yes" and "no", and options that state a missing.'
            mend = 'List "yes" and "no" too, or make it a single choice.'
            self.add("not-for-type", where, message, mend)
        elif item.type.endswith("choice") and not substantive:
            message = "The item offers no substantive option."
            self.add("no-options", where, message, "Declare options, or name a scale.")
        if item.type != "multiple_choice" and any(option.exclusive for option in options):
            message = "Only a multiple choice has exclusive options."
            self.add("not-for-type", where, message, 'Take out "exclusive".')

    def check_condition(self, condition: Condition, path: Path, item: Item) -> None:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for number, part in enumerate(parts):
                    self.check_condition(part, (*path, "of", number), item)
            case Not(part):
                self.check_condition(part, (*path, "of"), item)
            case _:
                self.check_comparison(condition, path, item)

    def check_comparison(self, comparison: Comparison, path: Path, item: Item) -> None:
        name = comparison.item
        if name not in self.items:
            message = f'The questionnaire has no item "{name}".'
            mend = did_you_mean(name, self.items, "items")
            self.add("unknown-item", (*path, "item"), message, mend, name)
            return
        if name not in self.earlier or name == item.id:
            message = f'The condition looks at "{name}", which is not asked before "{item.id}".'
            self.add("looks-forward", (*path, "item"), message, "Name an earlier item.", name)
            return
        asked = self.questionnaire[name]
        if asked.type not in OPERATORS[comparison.operator]:
            message = f'"{comparison.operator}" does not fit the {asked.type} item "{name}".'
            fits = [key for key, types in OPERATORS.items() if asked.type in types]
            mend = f"Use one of: {', '.join(fits)}."
            self.add("condition-type", (*path, "operator"), message, mend)
            return
        if comparison.operator != "answered":
            self.check_values(comparison, asked, path)

    def check_values(self, comparison: Comparison, asked: Item, path: Path) -> None:
        value = comparison.value
        several = isinstance(value, tuple)
        values = value if isinstance(value, tuple) else (value,)
        scale = asked.scale
        known = scale is None or scale in self.questionnaire.scales
        options = [each.value for each in self.questionnaire.substantive(asked.id)] if known else []
        for number, each in enumerate(values):
            here = (*path, "value", number) if several else (*path, "value")
            if asked.type == "number":
                if isinstance(each, str):
                    message = f'"{each}" is compared with the number item "{asked.id}".'
                    self.add("condition-type", here, message, "Give a number.", each)
            elif known and each not in options:
                message = f'The item "{asked.id}" has no option "{each}".'
                mend = did_you_mean(each, options, "options")
                self.add("unknown-option", here, message, mend, each)
