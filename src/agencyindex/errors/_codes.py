"""The stable names of findings: of what is wrong, and of advice."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Code: TypeAlias = Literal[
    # files
    "file-not-found",
    "not-a-file",
    "not-readable",
    "not-writable",
    "unknown-format",
    "too-large",
    "missing-extra",
    # JSON and schemas
    "not-json",
    "not-utf8",
    "duplicate-key",
    "not-finite",
    "too-deep",
    "unknown-schema",
    "wrong-kind",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "not-allowed",
    "out-of-range",
    "bad-pattern",
    "wrong-length",
    "not-unique",
    # what a document says
    "duplicate-id",
    "unknown-item",
    "unknown-option",
    "unknown-scale",
    "unknown-scoring",
    "unknown-method",
    "unknown-successor",
    "unused-scoring",
    "wrong-children",
    "options-and-scale",
    "no-options",
    "not-for-type",
    "ambiguous-option",
    "looks-forward",
    "condition-type",
    "scoring-type",
    "missing-points",
    "bad-parameter",
    "missing-weight",
    "unused-weight",
    "zero-weights",
    "no-step",
    "bounds-order",
    "bad-organisation-number",
    "date-order",
    "not-positive",
    "no-bound",
    "outside-scale",
    # two things that do not belong together
    "other-questionnaire",
    "not-fitted",
    "unknown-language",
    # answers
    "no-agency-column",
    "no-rows",
    "not-a-table",
    "unknown-column",
    "missing-column",
    "duplicate-column",
    "duplicate-agency",
    "duplicate-answer",
    "empty-agency",
    "unknown-agency",
    "not-an-option",
    "not-a-number",
    "outside-bounds",
    "not-a-whole-number",
    "exclusive-option",
    "not-a-list",
    "not-asked",
    # spreadsheets
    "hidden-cells",
    "merged-cells",
    "formula-without-value",
    # methods at work
    "needs-population",
    "not-freezable",
    "bad-plug-in",
    "needs-register",
    "unknown-attribute",
    "empty-population",
    "constant-indicator",
    "zero-denominator",
    "outside-range",
]
"""The stable name of each kind of finding; a code never changes its meaning."""

LintCode: TypeAlias = Literal[
    # a questionnaire
    "double-question",
    "unbalanced-scale",
    "overlapping-options",
    "duplicate-text",
    "no-question",
    "missing-translation",
    # an index
    "dominant-weight",
    "tiny-weight",
    "inconsistent-comparisons",
    "single-child",
    "no-coverage",
    # an index and its questionnaire
    "unused-item",
    "unreachable-option",
    "unreachable-points",
    "constant-points",
    "unequal-ranges",
    "falling-line",
    "one-value",
]
"""The stable name of each kind of advice: what is legal and may be unwise."""


def codes() -> tuple[str, ...]:
    """All problem codes, in the order in which the documentation lists them.

    Examples
    --------
    >>> "unknown-item" in codes()
    True
    """
    return get_args(Code)


def lint_codes() -> tuple[str, ...]:
    """All codes of advice, in the order in which the documentation lists them.

    Examples
    --------
    >>> "dominant-weight" in lint_codes()
    True
    """
    return get_args(LintCode)
