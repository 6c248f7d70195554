"""The documentation's examples run, and its words are defined."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import pages

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_examples_of_a_page_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file, command and example of a page gives what the page says."""
    monkeypatch.chdir(tmp_path)
    assert "\n".join(pages.run(page)) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_no_example_stands_outside_a_block_that_runs(page: Path) -> None:
    """An example that no block of Python holds would never run."""
    text = page.read_text(encoding="utf-8")
    inside = "".join(block.body for block in pages.blocks(text) if block.kind == "python")
    assert len(re.findall(r"^\s*>>>", text, re.MULTILINE)) == len(
        re.findall(r"^\s*>>>", inside, re.MULTILINE)
    )


WRONG = """
```{code-block} text
:caption: answers.txt

yes
```

```console
$ cat answers.txt
no
```

```python
>>> 1 + 1
3
```
"""


def test_what_a_page_says_wrongly_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command and an example that print something else are two findings."""
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text(WRONG, encoding="utf-8")
    found = pages.run(page)
    assert len(found) == 2
    assert "page.md:9: cat answers.txt" in found[0]
    assert "Expected:\n    3" in found[1]
