"""Every error that the package raises, and the findings that an error carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

import attrs

from agencyindex.errors._codes import Code, LintCode, codes, lint_codes

__all__ = [
    "AgencyIndexError",
    "Code",
    "DocumentError",
    "FileError",
    "Findings",
    "LintCode",
    "MethodError",
    "MismatchError",
    "MissingExtraError",
    "Place",
    "Problem",
    "ResponseError",
    "codes",
    "did_you_mean",
    "lint_codes",
]

SHOWN = 50
"""Findings that an error prints."""

LONGEST_PLACE, LONGEST_MESSAGE = 400, 600
"""Signs of a place's parts and of a message that are printed; the rest is left out."""

LONGEST_NAME, MOST_NAMES = 200, 2000
"""Signs of a name that is compared with others, and how many others."""

MOST_LISTED, LONGEST_LIST = 30, 400
"""Choices that are listed one by one, and their signs together."""

UNPRINTABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
"""What breaks a line, steers a terminal, turns the direction of writing or is no character."""


def did_you_mean(word: object, choices: Sequence[str], what: str = "") -> str:
    """The mend for a name that is not among the choices.

    A near name by edit distance, or one that begins so, is offered alone; otherwise the choices are
    counted and listed, the first few where a line would not hold them all, so that the reader never
    gets an unrelated guess.

    Parameters
    ----------
    word
        What was found.
    choices
        The names that would have been right.
    what
        The plural noun for the choices, for the sentence that counts them.

    Examples
    --------
    >>> did_you_mean("tech_rpaa", ["tech_rpa", "tech_ai"])
    'Did you mean "tech_rpa"?'
    >>> did_you_mean("x", ["yes", "no"], "options")
    'The 2 options are "yes", "no".'
    """
    name = str(word)
    few = len(name) <= LONGEST_NAME and len(choices) <= MOST_NAMES
    near = get_close_matches(name, choices, n=1, cutoff=0.75) if few else []
    if not near and len(name) > 1:
        near = [choice for choice in choices if choice.startswith(name)]
    if near:
        return f'Did you mean "{near[0]}"?'
    if not choices:
        return f"There are no {what or 'choices'}."
    all_fit = len(choices) <= MOST_LISTED and sum(map(len, choices)) <= LONGEST_LIST
    listed = ", ".join(f'"{choice}"' for choice in (choices if all_fit else choices[:5]))
    if len(choices) == 1:
        return f"The only choice is {listed}."
    noun = f"{len(choices)} {what or 'choices'}"
    whole = all_fit or len(choices) <= 5
    return f"The {noun} are {listed}." if whole else f"There are {noun}; the first are {listed}."


def shown(text: str, longest: int = LONGEST_PLACE) -> str:
    r"""A text as one line prints it: harmless, and with its middle left out where it is long.

    Examples
    --------
    >>> print(shown("a\\nb"), shown("abcdefghij", 8))
    a\nb a ... j
    """
    if len(text) > longest:
        half = (longest - 5) // 2
        text = f"{text[:half]} ... {text[-half:]}"
    return UNPRINTABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


@attrs.frozen(kw_only=True)
class Place:
    """Where a finding is: in a document, in a table of answers, or in a method at work.

    Parameters
    ----------
    file
        Name of the file, as the user gave it; None for what never was in a file.
    pointer
        JSON pointer within a document, "" for its root.
    row
        Row of a table as a spreadsheet counts it (the header is row 1).
    column
        Heading of a table's column.
    agency, item
        Ids within responses or a register.
    index, node, method
        An index, a node of it and the method that was at work there.

    Examples
    --------
    >>> str(Place(file="technology.index.json", pointer="/children/0/item"))
    'technology.index.json#/children/0/item'
    >>> str(Place(file="answers.csv", row=17, agency="202100-5489", item="coll_share"))
    'answers.csv row 17, agency 202100-5489, item coll_share'
    """

    file: str | None = None
    pointer: str | None = None
    row: int | None = None
    column: str | None = None
    agency: str | None = None
    item: str | None = None
    index: str | None = None
    node: str | None = None
    method: str | None = None

    def __str__(self) -> str:
        if self.pointer is not None:
            return f"{shown(self.file or '')}#{shown(self.pointer)}"
        head = [shown(self.file)] if self.file else []
        if self.row is not None:
            head.append(f"row {self.row}")
        named = [
            f"{name} {shown(str(value))}"
            for name in ("column", "agency", "item", "index", "node")
            if (value := getattr(self, name)) is not None
        ]
        return ", ".join(part for part in (" ".join(head), *named, self.method) if part)

    def _order(self) -> tuple[object, ...]:
        steps = (self.pointer or "").split("/")
        return (
            self.file or "",
            [step.zfill(9) if step.isdecimal() else step for step in steps],
            self.row or 0,
            self.agency or "",
            self.item or "",
            self.column or "",
            self.index or "",
            self.node or "",
        )


@attrs.frozen
class Problem:
    """One finding: what is wrong, where, and how to mend it.

    Parameters
    ----------
    code
        Stable name of the kind of finding.
    place
        Where it is.
    message
        What is wrong, with what was found and what was expected, in one sentence or two.
    mend
        What to do about it, as a sentence; "" where the message says it all.
    found, expected
        The same as plain values, for programs; None where there is none.

    Examples
    --------
    >>> print(Problem("not-a-number", Place(item="fte"), '"x" is not a number.', "Write digits."))
    item fte  "x" is not a number. Write digits. [not-a-number]
    """

    code: Code | LintCode
    place: Place
    message: str
    mend: str = ""
    found: object = attrs.field(default=None, kw_only=True, eq=False)
    expected: object = attrs.field(default=None, kw_only=True, eq=False)

    def __str__(self) -> str:
        parts = (shown(part, LONGEST_MESSAGE) for part in (self.message, self.mend) if part)
        words = " ".join(parts)
        place = str(self.place)
        return f"{place}  {words} [{self.code}]" if place else f"{words} [{self.code}]"


class AgencyIndexError(Exception):
    """Base of every error of the package; carries all findings of one check.

    Parameters
    ----------
    problems
        The findings, at least one; kept sorted by place.

    Examples
    --------
    >>> try:
    ...     raise AgencyIndexError([Problem("no-rows", Place(file="a.csv"), "No rows.")])
    ... except AgencyIndexError as error:
    ...     print(error)
    a.csv  No rows. [no-rows]
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: each.place._order()))
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"and {len(self.problems) - SHOWN} more")
        return "\n".join(lines)


class DocumentError(AgencyIndexError, ValueError):
    """A document does not fit its schema, or fits and makes no sense."""


class ResponseError(AgencyIndexError, ValueError):
    """Answers or a register do not fit the questionnaire or each other."""


class MethodError(AgencyIndexError, ValueError):
    """A method cannot work with its parameters or with the values it was given."""


class MismatchError(AgencyIndexError, ValueError):
    """Two things that were given together do not belong together."""


class FileError(AgencyIndexError, OSError):
    """A file cannot be read or written."""

    def __str__(self) -> str:
        return AgencyIndexError.__str__(self)


class MissingExtraError(AgencyIndexError, ImportError):
    """An optional library is needed that is not installed."""

    def __str__(self) -> str:
        return AgencyIndexError.__str__(self)


def unknown_language(language: str, known: Sequence[str]) -> MismatchError:
    """The error of a language that was asked for and that no text has."""
    message = f'No text is in the language "{language}".'
    mend = did_you_mean(language, known, "languages")
    return MismatchError([Problem("unknown-language", Place(), message, mend, found=language)])


class Findings:
    """Collects problems, so that all are reported together.

    Examples
    --------
    >>> findings = Findings()
    >>> findings.add("no-rows", Place(file="a.csv"), "No rows.")
    >>> len(findings.problems)
    1
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __bool__(self) -> bool:
        return bool(self.problems)

    def add(
        self,
        code: Code | LintCode,
        place: Place,
        message: str,
        mend: str = "",
        *,
        found: object = None,
        expected: object = None,
    ) -> None:
        """Note one problem."""
        self.problems.append(Problem(code, place, message, mend, found=found, expected=expected))

    def note(self, error: AgencyIndexError, place: Place) -> None:
        """Note all that a method refused, at a place that says whose values these were."""
        for each in error.problems:
            where = attrs.evolve(place, method=each.place.method)
            self.problems.append(attrs.evolve(each, place=where))

    def raise_as(self, error: type[AgencyIndexError]) -> None:
        """Raise all that was found as one error; do nothing where nothing was found."""
        if self.problems:
            raise error(self.problems)


@contextmanager
def collecting(error: type[AgencyIndexError]) -> Iterator[Findings]:
    """Give a collector and raise what it holds at the end of the block."""
    findings = Findings()
    yield findings
    findings.raise_as(error)
