"""Answers coded against their questionnaire: small codes, routing applied, reasons kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Condition, Not
from agencyindex._model.questionnaire import Item, Questionnaire
from agencyindex._model.response import Answer, Missing, Response
from agencyindex._model.text import all_wordings
from agencyindex.errors import Findings, Place, ResponseError, did_you_mean

REASONS = tuple(Missing)
NOT_ANSWERED, NOT_ASKED = REASONS.index(Missing.NOT_ANSWERED), REASONS.index(Missing.NOT_ASKED)
ANSWERED = len(REASONS)
"""Codes below this are reasons for missing; this and above are answers."""

PlaceOf: TypeAlias = Callable[[int, str], Place]
"""The place of an answer, from its position among the agencies and its item."""


@attrs.frozen(eq=False)
class Column:
    """All answers to one item.

    Parameters
    ----------
    codes
        (n,) unsigned integers: 0 to 4 a reason for missing in the order of `Missing`, 5 and
        above an answer. For single choice and yes/no, 5 + the option's position among the
        substantive options; for numbers and multiple choice, 5.
    values
        Numbers: float64 (n,), NaN where missing. Multiple choice: bool (k, n), a row for each
        substantive option. None for single choice and yes/no.
    """

    codes: NDArray[Any]
    values: NDArray[Any] | None = None


def fold(text: str) -> str:
    """A text as answers are compared: without case and without surplus white space."""
    return " ".join(text.split()).casefold()


class ItemCoder:
    """Turns the answers to one item into codes and values.

    Parameters
    ----------
    questionnaire, item
        The item and the questionnaire that it belongs to.
    """

    def __init__(self, questionnaire: Questionnaire, item: Item) -> None:
        self.item = item
        self.options = questionnaire.substantive(item.id)
        self.kind = item.type
        self.coded = item.type in ("single_choice", "yes_no")
        self.exclusive = tuple(option.exclusive for option in self.options)
        self.dtype = np.uint8 if ANSWERED + len(self.options) <= 256 else np.uint16
        self.exact: dict[Any, int] = {
            None: NOT_ANSWERED,
            **{reason: code for code, reason in enumerate(REASONS)},
        }
        self._folded: dict[str, int] = {}
        positions = {option.value: i for i, option in enumerate(self.options)}
        for option in questionnaire.options(item.id):
            if option.missing is not None:
                code = REASONS.index(option.missing)
            else:
                code = ANSWERED + positions[option.value]
            for wording in (option.value, *all_wordings(option.label)):
                if wording:
                    self._folded.setdefault(fold(wording), code)
            if option.missing is not None or self.coded:
                self.exact[option.value] = code
        if item.type == "yes_no":
            self.exact[True] = self.exact["yes"]
            self.exact[False] = self.exact["no"]
        self.condition = (
            None if item.condition is None else compile_condition(item.condition, questionnaire)
        )

    def text_code(self, text: str) -> int | None:
        """The code of an option named by its value or by a label; None where it is neither."""
        return self._folded.get(fold(text))

    def choice_problem(self, text: object, place: Place, findings: Findings) -> None:
        """Note that something is none of the options."""
        findings.add(
            "not-an-option",
            place,
            f'"{text}" is not an option.',
            did_you_mean(text, [option.value for option in self.options], "options"),
            found=text,
            expected=[option.value for option in self.options],
        )

    def choices(
        self, answer: Iterable[object], place: Place, findings: Findings
    ) -> tuple[int, tuple[bool, ...]]:
        """Code and chosen options of a multiple choice answer."""
        chosen = [False] * len(self.options)
        reason: int | None = None
        count = 0
        for text in answer:
            code = self.text_code(text) if isinstance(text, str) else None
            count += 1
            if code is None:
                self.choice_problem(text, place, findings)
            elif code < ANSWERED:
                reason = code
            elif chosen[code - ANSWERED]:
                findings.add(
                    "duplicate-answer",
                    place,
                    f'"{text}" is chosen twice.',
                    "Leave one out.",
                    found=text,
                )
            else:
                chosen[code - ANSWERED] = True
        alone = reason is not None or any(
            on and exclusive for on, exclusive in zip(chosen, self.exclusive, strict=True)
        )
        if alone and count > 1:
            findings.add(
                "exclusive-option",
                place,
                "An option that must stand alone is combined with others.",
                "Keep that option, or the others.",
                found=[str(text) for text in answer],
            )
        if reason is not None:
            return reason, (False,) * len(chosen)
        return (ANSWERED if count else NOT_ANSWERED), tuple(chosen)

    def number(self, value: float, place: Place, findings: Findings) -> tuple[int, float]:
        """Code and value of a number, its bounds checked."""
        item = self.item
        low = -np.inf if item.minimum is None else item.minimum
        high = np.inf if item.maximum is None else item.maximum
        if not np.isfinite(value):
            findings.add(
                "not-a-number",
                place,
                f"{value} is not a finite number.",
                "Write digits, or leave it empty.",
                found=str(value),
            )
        elif not low <= value <= high:
            findings.add(
                "outside-bounds",
                place,
                f"{value:.15g} is not from {low:.15g} to {high:.15g}.",
                "Correct the number.",
                found=value,
                expected=[item.minimum, item.maximum],
            )
        elif item.whole and value != int(value):
            findings.add(
                "not-a-whole-number",
                place,
                f"{value:.15g} is not a whole number.",
                "Round it.",
                found=value,
            )
        return ANSWERED, float(value) + 0.0  # -0.0 is the same answer as 0.0

    def code(self, answer: Answer, place: Place, findings: Findings) -> tuple[int, Any]:
        """Code and value of one answer of any form; what does not fit is noted."""
        empty: Any = (
            (False,) * len(self.options)
            if self.kind == "multiple_choice"
            else np.nan
            if self.kind == "number"
            else None
        )
        if isinstance(answer, Missing) or answer is None:
            return self.exact[answer], empty
        if isinstance(answer, str):
            known = self.text_code(answer)
            if known is not None and (known < ANSWERED or self.coded):
                return known, empty
            if self.kind == "multiple_choice":
                return self.choices([answer], place, findings)
            if self.kind == "number":
                findings.add(
                    "not-a-number",
                    place,
                    f'"{answer}" is not a number.',
                    "Give a number.",
                    found=answer,
                )
                return NOT_ANSWERED, empty
        elif isinstance(answer, bool):
            if self.kind == "yes_no":
                return self.exact[answer], empty
        elif isinstance(answer, (int, float, np.integer, np.floating)):
            if self.kind == "number":
                return self.number(_as_float(answer), place, findings)
        elif isinstance(answer, Collection) and not isinstance(answer, Mapping):
            if self.kind == "multiple_choice":
                return self.choices(answer, place, findings)
            findings.add(
                "not-a-list",
                place,
                f"A list of answers to a {self.kind} item.",
                "Give one answer.",
                found=str(answer),
            )
            return NOT_ANSWERED, empty
        if self.kind == "number":
            findings.add(
                "not-a-number",
                place,
                f'"{answer}" is not a number.',
                "Give a number.",
                found=str(answer),
            )
        else:
            self.choice_problem(answer, place, findings)
        return NOT_ANSWERED, empty


def _as_float(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return np.inf


Lookup: TypeAlias = Callable[[str], tuple[Any, Any]]


def compile_condition(
    condition: Condition, questionnaire: Questionnaire
) -> Callable[[Lookup], Any]:
    """A function that tells whether a condition holds, for one response or for columns.

    It is given a look-up from item id to codes and values: an integer and a value for one
    response, arrays for columns. A comparison with a missing answer is false.
    """
    match condition:
        case AllOf(parts):
            tests = [compile_condition(part, questionnaire) for part in parts]

            def all_of(get: Lookup) -> Any:
                result = tests[0](get)
                for test in tests[1:]:
                    result = result & test(get)
                return result

            return all_of
        case AnyOf(parts):
            tests = [compile_condition(part, questionnaire) for part in parts]

            def any_of(get: Lookup) -> Any:
                result = tests[0](get)
                for test in tests[1:]:
                    result = result | test(get)
                return result

            return any_of
        case Not(part):
            negated = compile_condition(part, questionnaire)
            return lambda get: negated(get) ^ True
        case Comparison():
            return _compile_comparison(condition, questionnaire)


def _compile_comparison(
    comparison: Comparison, questionnaire: Questionnaire
) -> Callable[[Lookup], Any]:
    name, value = comparison.item, comparison.value
    options = [option.value for option in questionnaire.substantive(name)]
    number = questionnaire[name].type == "number"
    match comparison.operator:
        case "answered":
            return lambda get: get(name)[0] >= ANSWERED
        case "includes":
            row = options.index(str(value))
            return lambda get: get(name)[1][row]
        case "less":
            return lambda get: get(name)[1] < value
        case "at_most":
            return lambda get: get(name)[1] <= value
        case "greater":
            return lambda get: get(name)[1] > value
        case "at_least":
            return lambda get: get(name)[1] >= value
        case "equals" | "one_of":
            wanted = value if isinstance(value, tuple) else (value,)
            if number:
                return lambda get: _any_equal(get(name)[1], wanted)
            codes = tuple(ANSWERED + options.index(str(each)) for each in wanted)
            return lambda get: _any_equal(get(name)[0], codes)


def _any_equal(found: Any, wanted: Sequence[Any]) -> Any:
    result = found == wanted[0]
    for each in wanted[1:]:
        result = result | (found == each)
    return result


def coders(questionnaire: Questionnaire) -> dict[str, ItemCoder]:
    """The coders of a questionnaire's items, made once for each questionnaire."""
    made: dict[str, ItemCoder] | None = questionnaire._compiled.get("coders")
    if made is None:
        made = {item.id: ItemCoder(questionnaire, item) for item in questionnaire}
        questionnaire._compiled["coders"] = made
    return made


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(ids)


@attrs.frozen(kw_only=True, eq=False)
class Responses:
    """One edition's answers of all agencies, in columns that know their questionnaire.

    Parameters
    ----------
    questionnaire
        What was asked.
    edition
        Name of the round, such as "2020".
    agencies
        Ids, in the order of the source.
    columns
        From item id to coded answers; every item of the questionnaire has one.
    id, version
        Name and version of the responses as a document.
    synthetic
        True where the answers were made up.

    Examples
    --------
    >>> from agencyindex import Item, Questionnaire, Section
    >>> section = Section("all", items=[Item("e_id", "yes_no")])
    >>> questionnaire = Questionnaire(id="q", version="1.0.0", sections=[section])
    >>> responses = Responses.of(questionnaire, [Response("a", {"e_id": "yes"}), Response("b")])
    >>> responses["a"].answers["e_id"], responses["b"].answers["e_id"]
    ('yes', <Missing.NOT_ANSWERED: 'not_answered'>)
    """

    questionnaire: Questionnaire
    edition: str
    agencies: tuple[str, ...] = attrs.field(converter=_ids)
    columns: Mapping[str, Column]
    id: str = "responses"
    version: str = "1.0.0"
    synthetic: bool = False
    _positions: dict[str, int] = attrs.field(init=False, repr=False)

    @_positions.default
    def _index_agencies(self) -> dict[str, int]:
        return {agency: i for i, agency in enumerate(self.agencies)}

    def __len__(self) -> int:
        return len(self.agencies)

    def __iter__(self) -> Iterator[Response]:
        return (self._response(i) for i in range(len(self.agencies)))

    def __contains__(self, agency: object) -> bool:
        return agency in self._positions

    def __getitem__(self, agency: str) -> Response:
        return self._response(self._positions[agency])

    def _response(self, position: int) -> Response:
        answers: dict[str, Answer] = {}
        for item in self.questionnaire:
            column = self.columns[item.id]
            code = int(column.codes[position])
            if code < ANSWERED:
                answers[item.id] = REASONS[code]
            elif item.type == "number":
                assert column.values is not None
                answers[item.id] = float(column.values[position])
            else:
                options = self.questionnaire.substantive(item.id)
                if column.values is None:
                    answers[item.id] = options[code - ANSWERED].value
                else:
                    answers[item.id] = tuple(
                        option.value
                        for option, on in zip(options, column.values[:, position], strict=True)
                        if on
                    )
        return Response(self.agencies[position], answers)

    def take(self, positions: Sequence[int] | NDArray[np.intp]) -> Responses:
        """The responses at these positions, in this order."""
        order = np.asarray(positions, dtype=np.intp)
        return attrs.evolve(
            self,
            agencies=[self.agencies[i] for i in order],
            columns={
                item: Column(
                    column.codes[order],
                    None if column.values is None else column.values[..., order],
                )
                for item, column in self.columns.items()
            },
        )

    def fingerprint(self) -> str:
        """SHA-256 of the answers by agency and item, whatever the order of the agencies."""
        order = np.array(sorted(range(len(self)), key=self.agencies.__getitem__), dtype=np.intp)
        digest = hashlib.sha256()
        head = [self.id, self.version, self.edition, str(self.synthetic)]
        head += [self.questionnaire.id, self.questionnaire.version]
        for text in (*head, *(self.agencies[i] for i in order)):
            encoded = text.encode()
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
        for item in sorted(self.columns):
            column = self.columns[item]
            digest.update(item.encode() + b"\0")
            digest.update(column.codes[order].astype(">u2").tobytes())
            if column.values is not None:
                kind = ">f8" if column.values.dtype == np.float64 else "?"
                digest.update(column.values[..., order].astype(kind).tobytes())
        return digest.hexdigest()

    @classmethod
    def of(
        cls,
        questionnaire: Questionnaire,
        responses: Iterable[Response],
        *,
        edition: str = "",
        id: str = "responses",
        version: str = "1.0.0",
        synthetic: bool = False,
        file: str | None = None,
    ) -> Responses:
        """Code responses, all findings at once.

        Parameters
        ----------
        questionnaire
            What was asked.
        responses
            One for each agency.
        edition, id, version, synthetic
            As in `Responses`.
        file
            Name of the file that they come from, for messages.

        Raises
        ------
        ResponseError
            Where an answer does not fit, an item is unknown or an agency answers twice.
        """
        listed = list(responses)
        findings = Findings()
        columns: dict[str, Column] = {}

        def places(row: int, item: str) -> Place:
            return Place(file=file, agency=listed[row].agency, item=item)

        for response in listed:
            for name in response.answers:
                if name not in questionnaire:
                    unknown_item(
                        name,
                        questionnaire,
                        Place(file=file, agency=response.agency, item=str(name)),
                        findings,
                    )
        for name, coder in coders(questionnaire).items():
            pairs = [
                coder.code(response.answers.get(name), places(row, name), findings)
                for row, response in enumerate(listed)
            ]
            columns[name] = column_of(coder, pairs)
        agencies = [response.agency for response in listed]
        return assemble(
            questionnaire,
            agencies,
            columns,
            places,
            findings,
            edition=edition,
            id=id,
            version=version,
            synthetic=synthetic,
        )


def unknown_item(
    name: object, questionnaire: Questionnaire, place: Place, findings: Findings
) -> None:
    """Note that the questionnaire has no such item."""
    findings.add(
        "unknown-item",
        place,
        f'The questionnaire {questionnaire.id} {questionnaire.version} has no item "{name}".',
        did_you_mean(name, [item.id for item in questionnaire], "items"),
        found=name,
    )


def column_of(coder: ItemCoder, pairs: Sequence[tuple[int, Any]]) -> Column:
    """A column from the codes and values of single answers."""
    codes = np.array([code for code, _ in pairs], dtype=coder.dtype)
    if coder.kind == "number":
        return Column(codes, np.array([value for _, value in pairs], dtype=np.float64))
    if coder.kind == "multiple_choice":
        chosen = np.array([value for _, value in pairs], dtype=bool)
        shaped = chosen.reshape(len(pairs), len(coder.options))
        return Column(codes, np.ascontiguousarray(shaped.T))
    return Column(codes)


def assemble(
    questionnaire: Questionnaire,
    agencies: Sequence[str],
    columns: Mapping[str, Column],
    place_of: PlaceOf,
    findings: Findings,
    *,
    edition: str = "",
    id: str = "responses",
    version: str = "1.0.0",
    synthetic: bool = False,
) -> Responses:
    """Put coded columns together: agencies checked, routing applied; raise all findings.

    Parameters
    ----------
    questionnaire, agencies, columns
        What was asked, of whom, and the coded answers; an item without a column was answered
        by nobody.
    place_of
        The place of an answer, for findings.
    findings
        What was found already.
    edition, id, version, synthetic
        As in `Responses`.

    Raises
    ------
    ResponseError
        Where anything was found, here or before.
    """
    first: dict[str, int] = {}
    for position, agency in enumerate(agencies):
        place = attrs.evolve(place_of(position, ""), agency=agency or None, item=None)
        if not agency:
            findings.add("empty-agency", place, "The agency's id is empty.", "Give it.")
        elif first.setdefault(agency, position) != position:
            findings.add(
                "duplicate-agency",
                place,
                f'The agency "{agency}" answers twice.',
                "Keep one of the two.",
                found=agency,
            )
    routed: dict[str, Column] = {}
    for name, coder in coders(questionnaire).items():
        column = columns.get(name)
        if column is None:
            column = column_of(coder, [coder.code(None, Place(), findings)] * len(agencies))
        routed[name] = _route(coder, column, routed, place_of, findings)
    findings.raise_as(ResponseError)
    return Responses(
        questionnaire=questionnaire,
        edition=edition,
        agencies=agencies,
        columns=routed,
        id=id,
        version=version,
        synthetic=synthetic,
    )


def _route(
    coder: ItemCoder,
    column: Column,
    earlier: Mapping[str, Column],
    place_of: PlaceOf,
    findings: Findings,
) -> Column:
    codes = column.codes
    if coder.condition is None:
        asked = np.ones(len(codes), dtype=bool)
    else:
        asked = coder.condition(lambda item: (earlier[item].codes, earlier[item].values))
    blank = codes == NOT_ANSWERED
    unasked = codes == NOT_ASKED
    for row in np.flatnonzero((~asked & ~blank & ~unasked) | (asked & unasked)):
        not_asked(coder, bool(asked[row]), place_of(int(row), coder.item.id), findings)
    result = codes.copy()
    result[~asked & blank] = NOT_ASKED
    return Column(result, column.values)


def not_asked(coder: ItemCoder, asked: bool, place: Place, findings: Findings) -> None:
    """Note that an answer contradicts the routing."""
    if asked:
        findings.add(
            "not-asked",
            place,
            "The answer says that the question was not asked, and by its condition it was.",
            "Give the answer, or leave it empty.",
        )
    else:
        findings.add(
            "not-asked",
            place,
            "There is an answer to a question that was not asked.",
            "Leave it empty, or correct the answer that its condition depends on.",
        )


def code_response(
    questionnaire: Questionnaire, response: Response
) -> tuple[list[int], dict[int, Any]]:
    """Codes of one response in the order of the items, and the values that are no codes.

    Raises
    ------
    ResponseError
        Where an answer does not fit or an item is unknown; all findings at once.
    """
    made = coders(questionnaire)
    answers = response.answers
    get = answers.get
    codes: list[int] = []
    values: dict[int, Any] = {}
    findings: Findings | None = None
    positions: dict[str, int] = questionnaire._compiled.setdefault(
        "positions", {name: i for i, name in enumerate(made)}
    )
    seen = 0

    def lookup(item: str) -> tuple[int, Any]:
        position = positions[item]
        return codes[position], values.get(position)

    for name, coder in made.items():
        answer = get(name)
        if answer is not None:
            seen += 1
        try:
            code = coder.exact[answer]
            plain = coder.coded
        except (KeyError, TypeError):
            plain = False
        if not plain:
            findings = findings or Findings()
            place = Place(agency=response.agency, item=name)
            code, values[len(codes)] = coder.code(answer, place, findings)
        if coder.condition is not None or code == NOT_ASKED:
            asked = coder.condition is None or bool(coder.condition(lookup))
            if not asked and code == NOT_ANSWERED:
                code = NOT_ASKED
            elif asked == (code == NOT_ASKED):
                findings = findings or Findings()
                not_asked(coder, asked, Place(agency=response.agency, item=name), findings)
        codes.append(code)
    if seen != len(answers):
        for name in answers:
            if name not in questionnaire:
                findings = findings or Findings()
                place = Place(agency=response.agency, item=str(name))
                unknown_item(name, questionnaire, place, findings)
    if findings:
        findings.raise_as(ResponseError)
    return codes, values
