"""Functions can be read at one sitting: no more than forty lines of code, a test one sentence."""

from __future__ import annotations

import ast
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
LONGEST = 40


def _functions(folder: str) -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (path, node)
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]


def _code_lines(function: ast.FunctionDef, lines: list[str]) -> int:
    """Lines of the body without its docstring, blank lines and comments."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    body = lines[statements[0].lineno - 1 : function.end_lineno] if statements else []
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in body)


def test_no_function_is_a_program() -> None:
    """No function of the package has more than forty lines of code in its body."""
    wrong = []
    for path, function in _functions("src/agencyindex"):
        count = _code_lines(function, path.read_text(encoding="utf-8").splitlines())
        if count > LONGEST:
            where = f"{path.relative_to(CHECKOUT)}:{function.lineno}"
            wrong.append(f"{where}: {function.name} has {count} lines; {LONGEST} are allowed")
    assert wrong == []


def test_every_test_says_what_it_tests() -> None:
    """Every test function has a docstring of one sentence."""
    wrong = [
        f"{path.relative_to(CHECKOUT)}:{function.lineno}: {function.name}"
        for path, function in _functions("tests")
        if function.name.startswith("test_")
        and not (ast.get_docstring(function) or "").rstrip().endswith(".")
    ]
    assert wrong == []
