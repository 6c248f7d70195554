"""Attributes of the register as columns beside the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from agencyindex._answers.codes import ANSWERED, NOT_ANSWERED, Column
from agencyindex._model.agency import Agency, Register
from agencyindex.errors import Findings, MismatchError, Place, Problem, did_you_mean

AGENCIES = "agencies:"
"""Key of the column of the agencies' ids; no item's id has a colon."""
OWN = ("fte", "ministry", "sector")
"""Attributes that an agency has fields for."""

Value: TypeAlias = str | float | None


def number_key(attribute: str) -> str:
    """Key of the column of an attribute read as a number."""
    return f"number:{attribute}"


def group_key(attribute: str) -> str:
    """Key of the column of an attribute read as the name of a group."""
    return f"group:{attribute}"


def attribute_columns(
    register: Register | None,
    agencies: Sequence[str],
    *,
    numbers: Iterable[str],
    groups: Iterable[str],
) -> dict[str, Column]:
    """Columns of the attributes that an index uses, by key, and of the agencies' ids.

    What the register does not say of an agency is missing, as if not answered.

    Raises
    ------
    MismatchError
        Where there is no register, it lacks an agency or an attribute, or a text stands where a
        number is needed.
    """
    wanted = sorted({*numbers, *groups})
    columns = {AGENCIES: _column(np.array(agencies, dtype=object))}
    findings = Findings()
    if wanted and register is None:
        named = ", ".join(f'"{name}"' for name in wanted)
        message = f"The index uses attributes of the register: {named}."
        findings.add(
            "needs-register", Place(), message, "Give register=... (--register).", found=wanted
        )
        findings.raise_as(MismatchError)
    if register is None or not wanted:
        return columns
    rows = _rows(register, agencies, findings)
    unknown = [no_attribute(name, register) for name in wanted]
    findings.problems += [each for each in unknown if each is not None]
    for name in sorted(set(numbers)):
        columns[number_key(name)] = _numbers(name, rows, findings)
    for name in sorted(set(groups)):
        values = [attribute(agency, name) for agency in rows]
        texts = [None if value is None else str(value) for value in values]
        columns[group_key(name)] = _column(np.array(texts, dtype=object))
    findings.raise_as(MismatchError)
    return columns


def attribute(agency: Agency, name: str) -> Value:
    """What the register says of an agency; None where it says nothing."""
    if name in OWN:
        found: Value = getattr(agency, name)
        return found
    return agency.attributes.get(name)


def no_attribute(name: str, register: Register) -> Problem | None:
    """The finding that a register has no attribute of this name; None where it has one."""
    known = [*OWN, *dict.fromkeys(name for agency in register for name in agency.attributes)]
    if name in known:
        return None
    message = f'The register {register.id} has no attribute "{name}".'
    mend = did_you_mean(name, known, "attributes")
    return Problem("unknown-attribute", Place(), message, mend, found=name)


def _column(values: NDArray[Any]) -> Column:
    gaps = np.array([value is None or value != value for value in values], dtype=bool)  # noqa: PLR0124
    return Column(np.where(gaps, NOT_ANSWERED, ANSWERED).astype(np.uint8), values)


def _rows(register: Register, agencies: Sequence[str], findings: Findings) -> list[Agency]:
    for agency in agencies:
        if agency not in register:
            message = f'The register {register.id} has no agency "{agency}".'
            mend = did_you_mean(agency, [each.id for each in register], "agencies")
            findings.add("unknown-agency", Place(agency=agency), message, mend, found=agency)
    findings.raise_as(MismatchError)
    return [register[agency] for agency in agencies]


def _numbers(name: str, rows: Sequence[Agency], findings: Findings) -> Column:
    values = np.full(len(rows), np.nan)
    for row, agency in enumerate(rows):
        value = attribute(agency, name)
        if isinstance(value, str):
            message = f'The attribute "{name}" is the text "{value}", and a number is needed.'
            mend = "Correct the register, or use another attribute."
            findings.add("not-a-number", Place(agency=agency.id), message, mend, found=value)
        elif value is not None:
            values[row] = value
    return _column(values)
