"""The floors: a room imports only what the table allows, wherever the import stands."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "src" / "agencyindex"
GROUND = {"errors"}
ALLOWED = {
    "errors": set(),
    "_extras": GROUND,
    "methods": GROUND | {"_extras"},
    "_model": GROUND | {"methods"},
    "_answers": GROUND | {"_model"},
    "_documents": GROUND | {"methods", "_model", "_answers"},
    "_engine": GROUND | {"methods", "_model", "_answers", "_documents"},
    "tables": GROUND | {"_extras", "_model", "_answers", "_documents"},
    "_lint": GROUND | {"methods", "_model", "_answers", "_documents"},
    "catalogue": GROUND | {"_model", "_answers", "_documents", "tables"},
    "publish": GROUND | {"_extras", "methods", "_model", "_documents", "_engine", "catalogue"},
    "cli": GROUND | {"", "catalogue"},
    "testing": {"_extras", ""},
    "__main__": {"cli"},
}
"""Rooms by what they may import; "" is the face."""


def _rooms(node: ast.AST) -> list[str]:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module == "agencyindex":
        names = [
            f"agencyindex.{alias.name}"
            if (ROOT / alias.name).exists() or (ROOT / f"{alias.name}.py").exists()
            else "agencyindex"
            for alias in node.names
        ]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    inside = [name.split(".") for name in names if name.split(".")[0] == "agencyindex"]
    return [parts[1] if len(parts) > 1 else "" for parts in inside]


def test_no_import_leaves_its_floor() -> None:
    """Every import of the package, inside functions and for types too, is in the table."""
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        room = path.relative_to(ROOT).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in _rooms(node):
                if target != room and target not in ALLOWED[room]:
                    line = getattr(node, "lineno", 0)
                    wrong.append(
                        f"{path.name}:{line}: {room} may not import {target or 'the face'}"
                    )
    assert wrong == []
