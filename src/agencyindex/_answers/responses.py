"""All responses of one edition, in columns that know their questionnaire."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex._answers.coder import coders, column_of
from agencyindex._answers.codes import ANSWERED, NOT_ANSWERED, NOT_ASKED, REASONS, Column
from agencyindex._answers.routing import PlaceOf, route, unknown_item
from agencyindex._model.questionnaire import Questionnaire
from agencyindex._model.response import Answer, Response
from agencyindex._model.text import Text
from agencyindex.errors import Findings, Place, ResponseError


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
    title, note
        For people.
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
    title: Text = ""
    note: Text = ""
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

    def silent(self) -> tuple[str, ...]:
        """The agencies that answered nothing: every question unanswered or not asked."""
        said = np.zeros(len(self), dtype=bool)
        for column in self.columns.values():
            said |= (column.codes != NOT_ANSWERED) & (column.codes != NOT_ASKED)
        return tuple(self.agencies[i] for i in np.flatnonzero(~said))

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
        if agency and first.setdefault(agency, position) == position:
            continue
        place = attrs.evolve(place_of(position, ""), agency=agency or None, item=None)
        if not agency:
            findings.add("empty-agency", place, "The agency's id is empty.", "Give it.")
        else:
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
            column = column_of(coder, [(NOT_ANSWERED, coder.empty)] * len(agencies))
        routed[name] = route(coder, column, routed, place_of, findings)
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
