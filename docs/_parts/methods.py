"""The methods: a table of what each needs, and a section for each, by family."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _parts import tried
from _parts.files import write
from agencyindex.methods import registry

GUIDANCE = Path(__file__).with_name("guidance")
"""A file for each family: when to use a method, what it assumes, what goes wrong."""

EXTRA = re.compile(r'require\(\s*"\w[\w.]*",\s*"(\w+)"')


def make() -> None:
    """Write the parts of this file."""
    write("methods_table", table())
    for family in registry.FAMILIES:
        write(f"methods_{family}", sections(family))


def link(strategy: type[Any]) -> str:
    """The class in the API reference."""
    return f"{{py:class}}`{strategy.__name__} <{strategy.__module__}.{strategy.__name__}>`"


def anchor(family: str, name: str) -> str:
    """The target of a link to a method's section."""
    return f"method-{family}-{name.replace('_', '-')}"


def extra(strategy: type[Any]) -> str:
    """The extra that a method's file fetches a library from; "" where it needs none."""
    text = Path(inspect.getfile(strategy)).read_text(encoding="utf-8")
    found = EXTRA.search(text)
    return found[1] if found else ""


def frozen(family: str, name: str) -> str:
    """What a fit writes in the place of a method."""
    strategy = registry.FAMILIES[family][name]
    if getattr(strategy, "compares", False) or not getattr(strategy, "freezes", True):
        return "cannot be frozen"
    names = tried.becomes(family, name)
    return ", ".join(f"`{each}`" for each in names) if names else "itself"


def learns(family: str, name: str) -> bool:
    """Whether a method needs to see a population."""
    strategy = registry.FAMILIES[family][name]
    return bool(getattr(strategy, "learnt", False) or getattr(strategy, "compares", False))


def table() -> Iterator[str]:
    """One row for each method of every family."""
    yield "| family | method | a population | a fit writes | values | gaps | besides answers | extra |"
    yield "|---|---|---|---|---|---|---|---|"
    for family, strategies in registry.FAMILIES.items():
        for name, strategy in strategies.items():
            cells = (
                family,
                f"[`{name}`](#{anchor(family, name)})",
                "yes" if learns(family, name) else "",
                frozen(family, name),
                tried.values_needed(family, name),
                "none" if tried.complete(family, name) else "",
                ", ".join(tried.besides(family, name)),
                f"`{found}`" if (found := extra(strategy)) else "",
            )
            yield "| " + " | ".join(cells) + " |"


def guidance(family: str) -> dict[str, dict[str, str]]:
    """What there is to say of the methods of a family that no class says."""
    return tomllib.loads((GUIDANCE / f"{family}.toml").read_text(encoding="utf-8"))


def sections(family: str) -> Iterator[str]:
    """What there is to say of each method of a family."""
    told = guidance(family)
    for name, strategy in registry.FAMILIES[family].items():
        first = (inspect.getdoc(strategy) or "").partition("\n\n")[0].replace("\n", " ")
        yield from (f"({anchor(family, name)})=", f"### `{name}`", "", f"{first} {link(strategy)}")
        yield from ("", f"$${strategy.formula}$$", "")
        words = {"when": "When", "assumes": "Assumes", "wrong": "Goes wrong"}
        yield from (f"- **{words[key]}.** {text}" for key, text in told[name].items())
        written = frozen(family, name)
        if written != "itself":
            nothing = "nothing: it " if written == "cannot be frozen" else ""
            yield f"- **A fit writes** {nothing}{written}."
        yield from (f"- **Source.** {strategy.reference.rstrip('.')}.", "")
