"""Where the made parts of pages are written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

DOCS = Path(__file__).parents[1]
CHECKOUT = DOCS.parent


def write(name: str, lines: Iterable[str]) -> None:
    """Write a part that a page includes; it is made at every build, so that it cannot go stale."""
    folder = DOCS / "generated"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.inc").write_text("\n".join(lines) + "\n", encoding="utf-8")
