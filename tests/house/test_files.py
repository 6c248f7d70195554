"""Measures of the house: first sentences, lengths, and what an import loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "agencyindex"
FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_lives_there(path: Path) -> None:
    """A file begins with a sentence, and is read at one sitting."""
    text = path.read_text(encoding="utf-8")
    first = (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
    assert first.endswith(".")
    assert len(text.splitlines()) <= 400


def test_importing_loads_nothing_that_can_wait() -> None:
    """The face loads neither schemas' library nor an extra."""
    heavy = {"jsonschema", "pyarrow", "polars", "pandas", "hypothesis", "tqdm", "xlsxwriter"}
    code = "import sys, agencyindex; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy & set(done.stdout.split()) == set()
