"""Documents to the model and back; a document that comes here fits its schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

import attrs

from agencyindex._answers import Responses
from agencyindex._documents.canonical import digest
from agencyindex._documents.files import pointer
from agencyindex._documents.index_codec import index_document, index_from
from agencyindex._documents.questionnaire_codec import (
    questionnaire_document,
    questionnaire_from,
)
from agencyindex._documents.scores_codec import scores_document, scores_from
from agencyindex._documents.steps import filled, head
from agencyindex._model.agency import Agency, Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.fitted import FittedIndex
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Answer, Missing, Response
from agencyindex._model.scores import Scores
from agencyindex.errors import Findings, Place

Document: TypeAlias = Questionnaire | IndexDefinition | Register | Scores
Noun: TypeAlias = Document | Responses | FittedIndex


def structure(value: Mapping[str, Any], kind: str, file: str | None, findings: Findings) -> Any:
    """The noun that a document states; what methods refuse is noted with its place."""
    match kind:
        case "questionnaire":
            return questionnaire_from(value)
        case "index":
            return index_from(value, file, findings)
        case "register":
            return _register_from(value, file, findings)
        case _:
            return scores_from(value, file, findings)


def document(noun: Noun) -> dict[str, Any]:
    """A noun as the JSON value of its document; what is at its default is left out.

    Parameters
    ----------
    noun
        A questionnaire, an index or a fitted one, a register, responses or scores.

    Examples
    --------
    >>> from agencyindex import Agency, Register
    >>> document(Register(id="r", version="1.0.0", agencies=[Agency("a", fte=5)]))["agencies"]
    [{'id': 'a', 'fte': 5}]
    """
    match noun:
        case Questionnaire():
            return questionnaire_document(noun)
        case FittedIndex():
            return index_document(noun.definition)
        case IndexDefinition():
            return index_document(noun)
        case Register():
            return _register_document(noun)
        case Scores():
            return scores_document(noun)
        case Responses():
            return _responses_document(noun)
    raise TypeError(f"{type(noun).__name__} is no document")


def fingerprint(noun: Noun) -> str:
    """SHA-256 of what a noun says, whatever the layout of its file.

    Of responses, the fingerprint is that of their answers by agency and item; of anything else,
    that of the canonical form (RFC 8785) of its document.

    Examples
    --------
    >>> from agencyindex import Register
    >>> fingerprint(Register(id="r", version="1.0.0", agencies=[]))[:8]
    'fc2bf82c'
    """
    return noun.fingerprint() if isinstance(noun, Responses) else digest(document(noun))


def _register_from(value: Mapping[str, Any], file: str | None, findings: Findings) -> Register:
    agencies = []
    for number, each in enumerate(value["agencies"]):
        days: dict[str, date] = {}
        for key in ("valid_from", "valid_to"):
            try:
                if key in each:
                    days[key] = date.fromisoformat(each[key])
            except ValueError:
                place = Place(file=file, pointer=pointer(["agencies", number, key]))
                message = f'"{each[key]}" is no day of the calendar.'
                findings.add("bad-pattern", place, message, "Correct it.", found=each[key])
        agencies.append(Agency(**{**each, "valid_from": None, "valid_to": None, **days}))
    return Register(agencies=agencies, note=value.get("note", ""), **filled(value))


def _register_document(register: Register) -> dict[str, Any]:
    agencies = []
    for agency in register.agencies:
        entry = attrs.asdict(agency, recurse=False)
        for key in ("valid_from", "valid_to"):
            entry[key] = None if entry[key] is None else entry[key].isoformat()
        entry["successors"] = list(agency.successors)
        agencies.append(
            {key: each for key, each in entry.items() if each not in (None, "", [], {})}
        )
    return {**head("register", register), "agencies": agencies}


def _responses_document(responses: Responses) -> dict[str, Any]:
    return {
        **head("responses", responses),
        "questionnaire": {
            "id": responses.questionnaire.id,
            "version": responses.questionnaire.version,
        },
        "edition": responses.edition,
        "responses": [
            {
                "agency": response.agency,
                "answers": {
                    item: _plain(answer)
                    for item, answer in response.answers.items()
                    if answer not in (Missing.NOT_ANSWERED, Missing.NOT_ASKED)
                },
            }
            for response in responses
        ],
    }


def _plain(answer: Answer) -> Any:
    if isinstance(answer, Missing):
        return {"missing": answer.value}
    return list(answer) if isinstance(answer, tuple) else answer


def responses_from(value: Mapping[str, Any]) -> list[Response]:
    """The responses of a document, still to be coded against their questionnaire."""
    return [
        Response(
            each["agency"], {item: _answer(answer) for item, answer in each["answers"].items()}
        )
        for each in value["responses"]
    ]


def _answer(value: Any) -> Answer:
    return Missing(value["missing"]) if isinstance(value, dict) else value
