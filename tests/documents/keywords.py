"""Where a schema asserts something, and documents with one thing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

ASSERTIONS = {"type", "enum", "const", "pattern", "minimum", "maximum", "uniqueItems"}
ASSERTIONS |= {"minLength", "minItems", "maxItems", "minProperties", "not", "$ref"}
NAMED = {"properties", "$defs"}
APPLIED = {"items", "propertyNames", "then", "else"}
SILENT = {"if", "$schema", "$id", "title", "description"}


def locations(schema: Any, at: str = "") -> Iterator[str]:
    """Every place at which a schema can refuse something.

    A place is a JSON pointer, but for two kinds of lists, in which a position says nothing: a
    name that is required stands for itself, and a part of "allOf" has the name that its "if"
    looks for, where it looks for one.
    """
    for keyword, value in {} if schema is True else schema.items():
        here = f"{at}/{keyword}"
        if keyword in ASSERTIONS or value is False:
            yield here
        elif keyword == "required":
            yield from (f"{here}/{name}" for name in value)
        elif keyword in NAMED:
            for name, each in value.items():
                yield from locations(each, f"{here}/{name}")
        elif keyword == "allOf":
            for step, each in _steps(value).items():
                yield from locations(each, f"{here}/{step}")
        elif keyword in APPLIED or keyword == "additionalProperties":
            yield from locations(value, here)
        else:
            assert keyword in SILENT, f"no case can be asked for: {here} is a new keyword"


def _steps(parts: list[Any]) -> dict[str, Any]:
    found = {}
    for position, part in enumerate(parts):
        (condition,) = part["if"]["properties"].values()
        found[condition.get("const", str(position))] = part
    return found


def without(schema: Any, location: str) -> Any:
    """A copy of a schema that no longer asserts what stands at a location."""
    changed = deepcopy(schema)
    *path, last = location.split("/")[1:]
    node = changed
    for step in path:
        node = _steps(node)[step] if isinstance(node, list) else node[step]
    if isinstance(node, list):
        node.remove(last)
    else:
        del node[last]
    return changed


def base(kind: str, name: str) -> Any:
    """A valid document: the "minimal" one, the "full" one, or an index of all "methods"."""
    file = f"{kind}.json" if name == "minimal" else f"{kind}-{name}.json"
    return json.loads((HERE / "valid" / file).read_text(encoding="utf-8"))


def changed(document: Any, change: list[Any]) -> Any:
    """A copy with one operation of a JSON Patch (RFC 6902) done: its name, its path, its value."""
    operation, path, *value = change
    if not path:
        return value[0]
    result = deepcopy(document)
    *way, last = (step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:])
    node = result
    for step in way:
        node = node[int(step) if isinstance(node, list) else step]
    if isinstance(node, list):
        at = len(node) if last == "-" else int(last)
        node[at : at + (operation != "add")] = value
    elif operation == "remove":
        del node[last]
    else:
        node[last] = value[0]
    return result
