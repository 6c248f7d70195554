"""Warns of a public name that no page describes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from agencyindex.methods import registry

ROOMS = (
    "agencyindex",
    "agencyindex.catalogue",
    "agencyindex.errors",
    "agencyindex.publish",
    "agencyindex.tables",
    "agencyindex.testing",
)
STEPS = registry.FAMILIES.values()


def names() -> Iterator[str]:
    """Every public name, with the room that it is imported from."""
    for room in ROOMS:
        yield from (f"{room}.{name}" for name in import_module(room).__all__)
    for strategies in STEPS:
        for strategy in strategies.values():
            yield f"{strategy.__module__}.{strategy.__name__}"


def check(app: Sphinx, env: BuildEnvironment) -> None:  # noqa: ARG001 - Sphinx passes both
    """Warn of each name that the reference leaves out."""
    described = env.domains["py"].data["objects"]
    for name in names():
        if name not in described:
            logging.getLogger(__name__).warning("%s is public and on no page", name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Have Sphinx check once all pages are read."""
    app.connect("env-check-consistency", check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
