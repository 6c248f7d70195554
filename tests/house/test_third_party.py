"""Third-party names: each may be imported only in the rooms that the table allows."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2] / "src" / "agencyindex"
NUMERIC = {"attrs", "numpy"}
ALLOWED = {
    "errors": {"attrs"},
    "methods": NUMERIC,
    "methods/aggregation/frontier": {"scipy"},
    "_model": NUMERIC,
    "_answers": NUMERIC,
    "_documents": NUMERIC,
    "_documents/schemas": {"jsonschema"},
    "_engine": NUMERIC,
    "_lint": NUMERIC,
    "publish": NUMERIC,
    "publish/sphinx": {"docutils", "sphinx"},
    "publish/sphinx_nodes": {"docutils"},
    "tables": NUMERIC,
    "catalogue": {"attrs"},
    "tables/arrow": {"pyarrow"},
    "tables/template_workbook": {"xlsxwriter"},
    "tables/writers": {"pyarrow", "xlsxwriter"},
    "cli/commands": {"tqdm"},
    "testing": {"hypothesis"},
}
"""What a room may import, and what a file of it may import besides."""


def _imported(node: ast.AST) -> list[str]:
    """Modules that a node names: import statements, and literal names given to `require`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"require", "import_module"}:
        return [each.value for each in node.args[:1] if isinstance(each, ast.Constant)]
    return []


def test_third_party_names_stay_in_their_rooms() -> None:
    """Every third-party import, inside functions and through `require` too, is in the table."""
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        file = path.relative_to(ROOT).with_suffix("").as_posix()
        allowed = ALLOWED.get(file.partition("/")[0], set()) | ALLOWED.get(file, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            tops = {name.partition(".")[0] for name in _imported(node)}
            for name in sorted(tops - {"agencyindex"} - sys.stdlib_module_names - allowed):
                line = getattr(node, "lineno", 0)
                wrong.append(f"src/agencyindex/{file}.py:{line}: may not import {name}")
    assert wrong == []
