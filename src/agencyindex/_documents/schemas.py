"""The JSON Schemas, and what they find wrong with a document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from agencyindex._documents.files import pointer, too_deep
from agencyindex._documents.other_names import our_name
from agencyindex.errors import Code, Findings, MethodError, Place, Problem, did_you_mean
from agencyindex.methods.registry import FAMILIES, plug_ins, unfit

KINDS = ("questionnaire", "index", "register", "responses", "scores")
NAMES = tuple(f"agencyindex/{kind}/1" for kind in KINDS)
LISTED = 1000
"""Unknown keys of one object that are listed one by one."""

TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}

BEYOND = {
    "minimum": "below",
    "maximum": "above",
    "exclusiveMinimum": "not above",
    "exclusiveMaximum": "not below",
}

BOUNDS = {
    "minimum": "of at least",
    "exclusiveMinimum": "above",
    "maximum": "of at most",
    "exclusiveMaximum": "below",
}


@cache
def schema_text(kind: str) -> str:
    """The text of the schema of a kind of document, in its current major version."""
    packaged = resources.files("agencyindex") / "schemas"
    checkout = Path(__file__).resolve().parents[3] / "schemas"
    folder = packaged if packaged.is_dir() else checkout
    return (folder / kind / "1.json").read_text(encoding="utf-8")


def schema_names() -> tuple[str, ...]:
    """The kinds of documents that have a schema.

    Examples
    --------
    >>> schema_names()
    ('questionnaire', 'index', 'register', 'responses', 'scores')
    """
    return KINDS


def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of document.

    Parameters
    ----------
    kind
        ``questionnaire``, ``index``, ``register``, ``responses`` or ``scores``.

    Examples
    --------
    >>> schema("index")["$id"]
    'agencyindex/index/1'
    """
    found: dict[str, Any] = json.loads(schema_text(kind))
    return found


@cache
def validator_class() -> Any:
    r"""A validator of draft 2020-12 whose patterns end where ECMAScript's do.

    In Python "$" also stands before a line break at the end, so that "a\n" would be an id. Lists
    are looked through once for what stands twice, and not once for each entry.
    """
    from jsonschema import Draft202012Validator, ValidationError  # noqa: PLC0415
    from jsonschema.validators import extend  # noqa: PLC0415

    def pattern(_: Any, wanted: str, found: Any, __: Any) -> Iterator[Any]:
        exact = f"{wanted[:-1]}\\Z" if wanted.endswith("$") else wanted
        if isinstance(found, str) and not re.search(exact, found):
            yield ValidationError(f"{found!r} does not match {wanted!r}")

    def unique(_: Any, wanted: bool, found: Any, __: Any) -> Iterator[Any]:  # noqa: FBT001
        if wanted and isinstance(found, list) and len(set(map(_same, found))) < len(found):
            yield ValidationError("something stands twice")

    # The library's stubs leave it untyped.
    extended: Any = extend
    return extended(Draft202012Validator, {"pattern": pattern, "uniqueItems": unique})


def _same(value: Any) -> Any:
    """What two JSON values have alike that are the same: 1 and 1.0, and not 1 and true."""
    if isinstance(value, list):
        return ("list", *map(_same, value))
    if isinstance(value, dict):
        return ("object", frozenset((key, _same(each)) for key, each in value.items()))
    return (isinstance(value, bool), value)


@cache
def _validator(kind: str) -> Any:
    rules = schema(kind)
    if kind == "index":
        for family in FAMILIES:
            _admit(rules["$defs"][family], family)
    return validator_class()(rules)


def _admit(step: dict[str, Any], family: str) -> None:
    """Let a step name methods that plug-ins bring, each with its own schema for parameters.

    Raises
    ------
    MethodError
        ``bad-plug-in``, where a schema is none.
    """
    from jsonschema import SchemaError  # noqa: PLC0415

    for name, strategy in plug_ins(family).items():
        step["properties"]["method"]["enum"].append(name)
        rules = {**strategy.schema}
        rules["properties"] = {"method": True, **rules.get("properties", {})}
        rules["additionalProperties"] = False
        # An id of its own makes its references lead to its own parts.
        rules["$id"] = f"agencyindex-plug-in:{family}:{name}"
        try:
            validator_class().check_schema(rules)
        except SchemaError as error:
            where = f" at {pointer(list(error.absolute_path))}" if error.absolute_path else ""
            home = f"{strategy.__module__}:{strategy.__qualname__}"
            fault = f"its schema is no JSON Schema{where}"
            raise MethodError([unfit(name, home, fault)]) from error
        named = {"properties": {"method": {"const": name}}, "required": ["method"]}
        step["allOf"].append({"if": named, "then": rules})


def kind_of(document: Any, file: str | None, findings: Findings) -> str | None:
    """The kind of a document by its "schema" key; None, and a finding, where there is none."""
    if not isinstance(document, dict):
        message = f"A document is an object, and this is {described(document)}."
        findings.add("wrong-type", Place(file=file, pointer=""), message, "Put it in braces.")
        return None
    name = document.get("schema")
    if name in NAMES:
        return KINDS[NAMES.index(name)]
    place = Place(file=file, pointer="/schema" if "schema" in document else "")
    message = f"The schema {described(name)} is not known."
    if "schema" not in document:
        message = 'The key "schema" is missing.'
    elif not isinstance(name, str):
        message = f"A schema is named by a text, and this is {described(name)}."
    mend = did_you_mean(name, NAMES, "schemas")
    findings.add("unknown-schema", place, message, mend, found=name, expected=list(NAMES))
    return None


def check_schema(document: Any, kind: str, file: str | None, findings: Findings) -> None:
    """Note all that a schema finds wrong, each thing once."""
    raw = Findings()
    try:
        validator = _validator(kind)
        for error in validator.iter_errors(document):
            place = Place(file=file, pointer=pointer(list(error.absolute_path)))
            if error.validator == "required":
                _missing_keys(error, place, validator.schema, raw)
            else:
                _note(error, place, raw)
    except RecursionError:
        raw.problems = [too_deep(Place(file=file, pointer=""))]
    except MethodError as error:
        raw.problems += error.problems
    once: dict[object, Problem] = {}
    for problem in raw.problems:
        # Where several rules refuse a key, the first one knows the most keys.
        words = "" if problem.code == "unknown-key" else problem.message
        once.setdefault((problem.code, problem.place, words), problem)
    findings.problems += once.values()


def described(value: Any) -> str:
    """A value as messages show it."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _note(error: Any, place: Place, findings: Findings) -> None:
    """One finding, or one for each key, from one error of the validator."""
    limit, found = error.validator_value, error.instance
    match error.validator:
        case "additionalProperties":
            _unknown_keys(error, place, findings)
        case "type":
            message = f"{described(found)} is not {_kinds(limit)}."
            _add("wrong-type", place, error, message, findings)
        case "enum" | "const":
            _not_allowed(error, place, findings)
        case "pattern":
            message = f"{described(found)} does not have the right form."
            if "propertyNames" in error.schema_path:
                message = f"The key {described(found)} does not have the right form."
            mend = str(error.schema.get("description", f"It must match {limit}"))
            findings.add("bad-pattern", place, message, mend, found=found, expected=limit)
        case "not" if limit == {}:
            key = str(error.absolute_path[-1])
            message = f'The key "{key}" does not go with the other keys here.'
            findings.add(
                "unknown-key", place, message, error.schema.get("description", ""), found=key
            )
        case "uniqueItems":
            _add("not-unique", place, error, "Something stands twice in the list.", findings)
        case _:
            _note_limit(error, place, findings)


def _note_limit(error: Any, place: Place, findings: Findings) -> None:
    """One finding from one error about a size, or by a keyword that we have no words for."""
    limit, found = error.validator_value, error.instance
    match error.validator:
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            message = f"{described(found)} is {BEYOND[error.validator]} {limit}."
            _add("out-of-range", place, error, message, findings)
        case "minLength" | "minItems" | "minProperties" | "maxLength" | "maxItems":
            few = error.validator.startswith("min")
            message = f"There {'is too little' if few else 'is too much'}: {len(found)} where "
            message += f"{'at least' if few else 'at most'} {limit} must stand."
            _add("wrong-length", place, error, message, findings)
        case _:
            # Our own schemas have no other keyword; that of a plug-in may have any.
            message = f'{described(found)} does not fit "{error.validator}" of the schema.'
            _add("not-allowed", place, error, message, findings)


def _kinds(types: str | Sequence[str]) -> str:
    names = [types] if isinstance(types, str) else types
    return " or ".join(TYPES[name] for name in names)


def _asked(rules: Mapping[str, Any]) -> str:
    """What a schema asks for: the kind, the range that it has, and what it is about.

    Examples
    --------
    >>> _asked({"type": "number", "minimum": 0, "maximum": 1, "description": "Share."})
    'A number from 0 to 1: share.'
    >>> _asked({"type": "string"}), _asked({"minItems": 2, "description": "Two ends."})
    ('', 'Expected: two ends.')
    """
    between = _bounds(rules)
    kind = _kinds(rules["type"]) + between if "type" in rules else "expected"
    about = str(rules.get("description", ""))
    told = f"{kind[0].upper()}{kind[1:]}"
    if about:
        return f"{told}: {_continued(about)}"
    return f"{told}." if between and "type" in rules else ""


def _bounds(rules: Mapping[str, Any]) -> str:
    """The range of a number, as the end of what it is called."""
    if "minimum" in rules and "maximum" in rules:
        return f" from {rules['minimum']} to {rules['maximum']}"
    found = [f"{word} {rules[key]}" for key, word in BOUNDS.items() if key in rules]
    return f" {' and '.join(found)}" if found else ""


def _add(code: Code, place: Place, error: Any, message: str, findings: Findings) -> None:
    mend = _asked(error.schema) if isinstance(error.schema, Mapping) else ""
    findings.add(code, place, message, mend, found=error.instance, expected=error.validator_value)


def _not_allowed(error: Any, place: Place, findings: Findings) -> None:
    limit, found = error.validator_value, error.instance
    choices = limit if isinstance(limit, list) else [limit]
    method = (place.pointer or "").endswith("/method")
    code: Code = "unknown-method" if method else "not-allowed"
    message = f"{described(found)} is not allowed here."
    names = [str(each) for each in choices]
    ours = our_name(found, names) if method and isinstance(found, str) else None
    mend = did_you_mean(found if ours is None else ours, names)
    findings.add(code, place, message, mend, found=found, expected=choices)


def _missing_keys(error: Any, place: Place, root: Mapping[str, Any], findings: Findings) -> None:
    for key in error.validator_value:
        if key not in error.instance:
            message = f'The key "{key}" is missing.'
            part = error.schema.get("properties", {}).get(key, {})
            parts = {**root.get("$defs", {}), **error.schema.get("$defs", {})}
            mend = f'Add "{key}"{_wanted(part, parts)}.'
            findings.add("missing-key", place, message, mend, expected=key)


def _wanted(part: Any, parts: Mapping[str, Any]) -> str:
    """What a key may hold, as the end of a sentence; "" where its schema does not say it."""
    part = part if isinstance(part, Mapping) else {}
    if "$ref" in part:
        part = parts.get(part["$ref"].rpartition("/")[2], {})
    if "enum" in part:
        return f", one of {', '.join(described(each) for each in part['enum'])}"
    about = str(part.get("description", "")).rstrip(".")
    return f": {_continued(about)}" if about else ""


def _continued(about: str) -> str:
    """A sentence as the end of another; an abbreviation keeps its capitals."""
    return about if about[1:2].isupper() else about[0].lower() + about[1:]


def _unknown_keys(error: Any, place: Place, findings: Findings) -> None:
    known = list(error.schema.get("properties", {}))
    unknown = [key for key in error.instance if key not in known]
    more = f" And {len(unknown) - LISTED} more keys." if len(unknown) > LISTED else ""
    for number, key in enumerate(unknown[:LISTED], start=1):
        findings.add(
            "unknown-key",
            Place(file=place.file, pointer=f"{place.pointer}{pointer([key])}"),
            f'The key "{key}" is not known here.' + (more if number == LISTED else ""),
            did_you_mean(key, known, "keys"),
            found=key,
            expected=known,
        )
