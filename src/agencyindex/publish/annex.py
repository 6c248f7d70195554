"""The end of a page: tables of methods that are too long to stand in a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from agencyindex.methods.protocols import Strategy
from agencyindex.publish.blocks import Block, Code, Heading, Line, Table
from agencyindex.publish.parameters import label
from agencyindex.publish.wording import Class, Wording

LONGEST = 12
"""As many entries of a parameter can still be read in a line."""


class Annex:
    """Says methods in words, and keeps their long tables for the end of the page.

    Parameters
    ----------
    wording
        The words.
    """

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.tables: list[Table] = []
        self.titles: list[Line] = []
        self.told: list[tuple[Strategy, dict[str, Line]]] = []

    def method(
        self, family: str, strategy: Strategy, about: Line, *, without: frozenset[str] = frozenset()
    ) -> Line:
        """A method by its name, with its parameters or where they stand.

        Parameters
        ----------
        family, strategy, without
            As `Wording.method` has them.
        about
            What the method belongs to.
        """
        places = [places for told, places in self.told if told is strategy]
        if not places:
            places = [self._kept(family, strategy, about, without)]
            self.told.append((strategy, places[0]))
        return self.wording.method(family, strategy, without=without, elsewhere=places[0])

    def _kept(
        self, family: str, strategy: Strategy, about: Line, without: frozenset[str]
    ) -> dict[str, Line]:
        """Where each long parameter stands, now that its table is kept."""
        long = {
            parameter: value
            for parameter, value in self.wording.parameters(strategy).items()
            if isinstance(value, Mapping | tuple)
            and len(value) > LONGEST
            and parameter not in without
        }
        places: dict[str, Line] = {}
        for names in _together(long):
            self.tables.append(self._table(strategy.name, {name: long[name] for name in names}))
            number = f"{len(self.tables)}"
            self.titles.append(
                self.wording.say("table", number, about, self.wording.family(family))
            )
            places |= dict.fromkeys(names, self.wording.say("in_table", number))
        return places

    def _table(self, method: str, parameters: Mapping[str, Any]) -> Table:
        """Parameters of the same length side by side, with what their entries are of."""
        named = [label(method, each, self.wording.spoken) for each in parameters]
        labels = [each[:1].upper() + each[1:] for each in named]
        first, *rest = parameters.values()
        phrases = self.wording.phrases
        if isinstance(first, Mapping):
            keys = [(Code(str(key)),) for key in first]
            return self._rows((phrases["value"], *labels), keys, list(first.values()))
        if isinstance(first[0], Class):
            classes: list[Line] = [(each.words,) for each in first]
            return self._rows((phrases["class"], *labels), classes, [each.value for each in first])
        numbers: list[Line] = [(f"{number}",) for number in range(1, len(first) + 1)]
        return self._rows((phrases["number_of"], *labels), numbers, first, *rest)

    def _rows(self, heads: Line, begin: Any, *columns: Any) -> Table:
        cells = [[self.wording.value("", each) for each in column] for column in columns]
        return Table(heads, tuple(zip(begin, *cells, strict=True)))

    def blocks(self) -> Iterator[Block]:
        """The tables, each with what it is of; nothing where there are none."""
        if self.tables:
            yield Heading(2, self.wording.say("tables"))
        for title, table in zip(self.titles, self.tables, strict=True):
            yield Heading(3, title)
            yield table


def _together(long: Mapping[str, Any]) -> list[list[str]]:
    """Names of parameters by table: lists of the same length share one."""
    found: dict[object, list[str]] = {}
    for name, value in long.items():
        found.setdefault(name if isinstance(value, Mapping) else len(value), []).append(name)
    return list(found.values())
