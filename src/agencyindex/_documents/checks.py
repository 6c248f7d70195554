"""The second stage of checking: does a document that fits its schema make sense."""

from __future__ import annotations

from typing import Any

from agencyindex._documents.files import pointer
from agencyindex._documents.index_checks import check_against, check_alone
from agencyindex._documents.index_codec import STEPS
from agencyindex._documents.questionnaire_checks import check_questionnaire
from agencyindex._documents.resolve import indicators, inner
from agencyindex._documents.steps import Path
from agencyindex._model.agency import Agency, Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.scores import Scores
from agencyindex.errors import Code, DocumentError, Findings, MethodError, Place, did_you_mean
from agencyindex.methods.registry import stranger


def check_sense(
    noun: Questionnaire | IndexDefinition | Register | Scores, file: str | None, findings: Findings
) -> None:
    """Note what does not make sense in a document taken alone."""
    match noun:
        case Questionnaire():
            check_questionnaire(noun, file, findings)
        case IndexDefinition():
            check_alone(noun, file, findings)
        case Register():
            check_register(noun, file, findings)
        case _:
            _check_scores(noun, file, findings)


def require_index(definition: IndexDefinition, questionnaire: Questionnaire) -> None:
    """Raise all that is wrong with an index and its questionnaire.

    Raises
    ------
    DocumentError
        With every finding, the index's and those of the two together.
    MethodError
        Where an object that stands for a method does not offer what it must.
    """
    findings = Findings()
    _check_methods(definition, findings)
    findings.raise_as(MethodError)
    check_questionnaire(questionnaire, None, findings)
    check_alone(definition, None, findings)
    if not findings:
        check_against(definition, questionnaire, None, findings)
    findings.raise_as(DocumentError)


def _check_methods(definition: IndexDefinition, findings: Findings) -> None:
    """Note what stands for a method and cannot, which no document could have brought."""
    faults: dict[tuple[Any, str], str] = {}

    def check(strategy: Any, family: str, node: str) -> None:
        kind = type(strategy)
        if (kind, family) not in faults:
            faults[kind, family] = stranger(kind, family)
        if fault := faults[kind, family]:
            place = Place(index=definition.id, node=node, method=kind.__name__)
            message = (
                f"This cannot stand for {'an' if family[0] in 'ai' else 'a'} {family}: {fault}."
            )
            findings.add("bad-plug-in", place, message, "Mend the class.", found=kind.__name__)

    for scoring in definition.scorings.values():
        check(scoring, "scoring", definition.id)
    for node in (*inner(definition), *indicators(definition)):
        for key, family in STEPS.items():
            step = getattr(node, key, None)
            for each in step if isinstance(step, tuple) else (step,):
                if each is not None:
                    check(each, family, node.id)


def check_register(register: Register, file: str | None, findings: Findings) -> None:
    """Note what does not make sense in a register."""
    seen: set[str] = set()
    known = dict.fromkeys(agency.id for agency in register.agencies)
    for number, agency in enumerate(register.agencies):
        path: Path = ("agencies", number)
        if agency.id in seen:
            place = Place(file=file, pointer=pointer((*path, "id")))
            message = f'The agency "{agency.id}" stands twice.'
            findings.add("duplicate-id", place, message, "Keep one.", found=agency.id)
        seen.add(agency.id)
        _check_successors(agency, path, known, file, findings)
        _check_agency(agency, path, file, findings)


def _check_successors(
    agency: Agency, path: Path, known: dict[str, None], file: str | None, findings: Findings
) -> None:
    for position, successor in enumerate(agency.successors):
        if successor not in known or successor == agency.id:
            place = Place(file=file, pointer=pointer((*path, "successors", position)))
            message = f'The successor "{successor}" is no other agency of the register.'
            mend = did_you_mean(
                successor, [each for each in known if each != agency.id], "other agencies"
            )
            findings.add("unknown-successor", place, message, mend, found=successor)


def _check_agency(agency: Agency, path: Path, file: str | None, findings: Findings) -> None:
    def add(code: Code, key: str, message: str, mend: str) -> None:
        findings.add(code, Place(file=file, pointer=pointer((*path, key))), message, mend)

    number = agency.organisation_number
    if number is not None and not is_organisation_number(number):
        message = f'"{number}" is no organisation number: ten digits, the last a check digit.'
        add("bad-organisation-number", "organisation_number", message, "Correct a digit.")
    if agency.valid_from and agency.valid_to and agency.valid_from > agency.valid_to:
        message = f"The agency ends on {agency.valid_to}, before it begins on {agency.valid_from}."
        add("date-order", "valid_to", message, "Exchange the two days.")


def is_organisation_number(text: str) -> bool:
    """Whether a text is a Swedish organisation number: ten digits, Luhn, third digit 2 or more.

    Examples
    --------
    >>> is_organisation_number("202100-6883"), is_organisation_number("202100-6884")
    (True, False)
    """
    digits = text.replace("-", "", 1) if text[6:7] == "-" else text
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()) or digits[2] < "2":
        return False
    doubled = (int(digit) * (2 - i % 2) for i, digit in enumerate(digits))
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _check_scores(scores: Scores, file: str | None, findings: Findings) -> None:
    seen: set[str] = set()
    for number, agency in enumerate(scores.agencies):
        if agency in seen:
            place = Place(file=file, pointer=f"/agencies/{number}/agency")
            findings.add("duplicate-id", place, f'The agency "{agency}" stands twice.', "Keep one.")
        seen.add(agency)
