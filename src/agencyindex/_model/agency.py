"""Agencies and the register of those that were asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from agencyindex._model.text import Text


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(ids)


def _agencies(agencies: Iterable[Agency]) -> tuple[Agency, ...]:
    return tuple(agencies)


def _attributes(attributes: Mapping[str, str | float]) -> dict[str, str | float]:
    return dict(attributes)


@attrs.frozen
class Agency:
    """A public agency: the unit that answers a questionnaire and gets a score.

    Parameters
    ----------
    id
        Stable identifier, the one that responses use.
    name
        Name, in one language or several.
    organisation_number
        Ten digits with or without the hyphen; Swedish government agencies begin with 20.
    fte
        Size in full-time equivalents (Swedish: årsarbetskrafter), at least 0.
    ministry, sector
        Groups that the agency belongs to.
    valid_from, valid_to
        First and last day on which the agency existed.
    successors
        Ids of the agencies that took over, where it was merged or split.
    attributes
        Anything else that groups may be formed by.

    Examples
    --------
    >>> Agency("202100-6883", name="Myndigheten för digital förvaltning", fte=80).fte
    80
    """

    id: str
    name: Text = attrs.field(default="", kw_only=True)
    organisation_number: str | None = attrs.field(default=None, kw_only=True)
    fte: float | None = attrs.field(default=None, kw_only=True)
    ministry: str | None = attrs.field(default=None, kw_only=True)
    sector: str | None = attrs.field(default=None, kw_only=True)
    valid_from: date | None = attrs.field(default=None, kw_only=True)
    valid_to: date | None = attrs.field(default=None, kw_only=True)
    successors: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_ids)
    attributes: Mapping[str, str | float] = attrs.field(
        factory=dict, kw_only=True, converter=_attributes
    )


@attrs.frozen(kw_only=True)
class Register:
    """The agencies that were asked, with what is known about them.

    Parameters
    ----------
    id, version
        Name and version of the register as a document.
    agencies
        The agencies, in the order of the source.
    title, note
        For people, in one language or several.
    synthetic
        True where the agencies were made up.

    Examples
    --------
    >>> register = Register(id="r", version="1.0.0", agencies=[Agency("a"), Agency("b")])
    >>> len(register), "b" in register, register["a"].id
    (2, True, 'a')
    """

    id: str
    version: str
    agencies: tuple[Agency, ...] = attrs.field(converter=_agencies)
    title: Text = ""
    note: Text = ""
    synthetic: bool = False
    _by_id: dict[str, Agency] = attrs.field(init=False, eq=False, repr=False)

    @_by_id.default
    def _index_agencies(self) -> dict[str, Agency]:
        return {agency.id: agency for agency in self.agencies}

    def __len__(self) -> int:
        return len(self.agencies)

    def __iter__(self) -> Iterator[Agency]:
        return iter(self.agencies)

    def __contains__(self, agency_id: object) -> bool:
        return agency_id in self._by_id

    def __getitem__(self, agency_id: str) -> Agency:
        return self._by_id[agency_id]
