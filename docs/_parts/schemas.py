"""Each JSON Schema as tables: its keys, what they may hold and what they mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import agencyindex
from _parts.files import CHECKOUT, write

Schema = Mapping[str, Any]
Cells = tuple[str, str, str, str]
HEADINGS = ("| key | required | holds | meaning |", "|---|---|---|---|")


def make() -> None:
    """Write the tables of every schema."""
    for name in agencyindex.schema_names():
        path = CHECKOUT / "schemas" / name / "1.json"
        write(f"schema_{name}", page(name, json.loads(path.read_text(encoding="utf-8"))))


def page(name: str, schema: Schema) -> Iterator[str]:
    """The tables of a schema: the document itself, and then what it refers to."""
    yield from (schema["description"], "")
    parts = schema.get("$defs", {})
    schema = told(schema, parts)
    yield from table(name, schema)
    for part, about in schema.get("$defs", {}).items():
        yield from (f"({label(name, part)})=", f"### {part}", "", meaning(about), "")
        if "properties" in about:
            yield from table(name, about)
        else:
            yield from (f"Holds: {holds(name, about)}.", "")
            if "propertyNames" in about:
                yield from (f"Keys: {meaning(about['propertyNames'])}", "")
        yield from variants(name, about)


def told(schema: Any, parts: Mapping[str, Schema]) -> Any:
    """The schema, with what a part means wherever nothing else is said of a reference to it."""
    if isinstance(schema, list):
        return [told(each, parts) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    result = {key: told(each, parts) for key, each in schema.items()}
    if isinstance(schema.get("$ref"), str):
        part = parts[schema["$ref"].rpartition("/")[2]]
        result.setdefault("description", part["description"])
    return result


def label(name: str, part: str) -> str:
    """The target of a link to a part."""
    return f"schema-{name}-{part.replace('_', '-')}"


def table(name: str, schema: Schema) -> Iterator[str]:
    """Every key of an object, those of objects within it too."""
    yield from HEADINGS
    yield from (row(*cells) for cells in rows(name, schema, ""))
    yield ""


def rows(name: str, schema: Schema, path: str) -> Iterator[Cells]:
    """The cells of a row for each key of an object, and for those of the objects that it holds."""
    required = schema.get("required", ())
    for key, about in schema.get("properties", {}).items():
        here = f"{path}{key}"
        needed = "yes" if key in required else ""
        yield f"`{here}`", needed, holds(name, about), meaning(about)
        yield from within(name, about, here)


def within(name: str, schema: Schema, path: str) -> Iterator[Cells]:
    """The keys of the objects that a key holds: alone, in a list, or by name."""
    if "properties" in schema:
        yield from rows(name, schema, f"{path}.")
    for key, mark in (("items", "[]"), ("additionalProperties", ".*")):
        inner = schema.get(key)
        if isinstance(inner, Mapping) and "$ref" not in inner:
            here = f"{path}{mark}"
            if "description" in inner:
                yield f"`{here}`", "", holds(name, inner), meaning(inner)
            yield from within(name, inner, here)
    names = schema.get("propertyNames", {})
    if names:
        yield f"keys of `{path}`", "", "string", meaning(names)


def row(*cells: str) -> str:
    """A row of a table."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def meaning(schema: Schema) -> str:
    """What a schema says that it is, for people."""
    return str(schema.get("description", ""))


def holds(name: str, schema: Schema) -> str:
    """What a value may be, in words."""
    if schema.get("not") == {}:
        return "nothing"
    if "$ref" in schema:
        part = schema["$ref"].rpartition("/")[2]
        return f"[{part}](#{label(name, part)})"
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(each)}`" for each in schema["enum"])
    kinds = schema.get("type", "any value")
    words = " or ".join([kinds] if isinstance(kinds, str) else kinds).replace("array", "list")
    if isinstance(schema.get("additionalProperties"), Mapping):
        words = words.replace("object", "map")
    return "".join((words, *limits(name, schema)))


def limits(name: str, schema: Schema) -> Iterator[str]:
    """What a schema asks for besides the type."""
    for key, word in (("items", " of "), ("additionalProperties", " of ")):
        inner = schema.get(key)
        if isinstance(inner, Mapping):
            yield word + holds(name, inner)
    low, high = schema.get("minItems"), schema.get("maxItems")
    if low is not None:
        yield f", {low}" if low == high else f", {low} or more"
    if schema.get("uniqueItems"):
        yield ", no two the same"
    if "minProperties" in schema:
        yield f", {schema['minProperties']} or more keys"
    if "minLength" in schema:
        yield ", not empty"
    if "minimum" in schema:
        yield f", {schema['minimum']} or more"
    if "maximum" in schema:
        yield f", {schema['maximum']} or less"


def variants(name: str, schema: Schema) -> Iterator[str]:
    """What holds only where a key has a certain value, or is there."""
    found = [each for each in (*schema.get("allOf", ()), schema) if "if" in each]
    if not found:
        return
    yield from ("| where | key | required | holds | meaning |", "|---|---|---|---|---|")
    for each in found:
        yield from branches(name, each, "")
    yield ""


def branches(name: str, schema: Schema, above: str) -> Iterator[str]:
    """The rows of a variant, and of those within it."""
    for branch, negated in (("then", False), ("else", True)):
        if branch in schema:
            where = above + condition(schema["if"], negated=negated)
            known = set(schema["if"].get("properties", {}))
            yield from (row(where, *cells) for cells in variant(name, schema[branch], known))
            if "if" in schema[branch]:
                yield from branches(name, schema[branch], f"{where}, ")


def condition(schema: Schema, *, negated: bool) -> str:
    """The condition of a variant, in words."""
    for key, about in schema.get("properties", {}).items():
        values = [about["const"]] if "const" in about else about["enum"]
        return f"`{key}` is " + " or ".join(f"`{json.dumps(each)}`" for each in values)
    for key in schema.get("required", ()):
        return f"`{key}` is {'not ' if negated else ''}there"
    return f"it is {'no' if negated else 'a'} {schema['type']}"


def variant(name: str, schema: Schema, known: set[str]) -> Iterator[Cells]:
    """The cells of a variant: keys of its own, and those of the table above that it allows."""
    required = schema.get("required", ())
    own = {key: about for key, about in schema.get("properties", {}).items() if about is not True}
    above = [key for key in schema.get("properties", {}) if key not in own and key not in known]
    above += [key for key in required if key not in own and key not in above]
    closed = "no other key" if schema.get("additionalProperties") is False else ""
    if "enum" in schema:
        yield "", "", holds(name, schema), ""
    for key, about in own.items():
        yield f"`{key}`", "yes" if key in required else "", holds(name, about), meaning(about)
        yield from within(name, about, key)
    if above:
        needed = [f"`{key}`" for key in above if key in required]
        yield ", ".join(f"`{key}`" for key in above), ", ".join(needed), "as above", closed
    elif closed and not own:
        yield "", "", "", closed
