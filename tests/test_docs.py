"""The documentation's examples run, and its words are defined."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests import pages

import agencyindex as ai
from agencyindex.cli import main

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


TERMS = """
agency, register, edition, questionnaire, section, item, option, answer scale, condition,
response, answer, responses, missing, not answered, don't know, refused, not applicable, not asked,
points, indicator, dimension, index, score, coverage, direction, scoring, imputation, treatment,
normalisation, weighting, aggregation, rounding, ranking, band, nominal weight, effective weight,
fit, freeze, contribution, group, profile, fingerprint, population
"""


def test_the_vocabulary_is_defined() -> None:
    """The glossary has every word that the field and this library use in a sense of their own."""
    wanted = {term.strip() for term in TERMS.replace("\n", " ").split(",")}
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    lines = text.partition("```{glossary}\n")[2].splitlines()
    defined = [line for line in lines if line and not line.startswith((" ", "`"))]
    assert wanted - set(defined) == set()
    assert defined == sorted(defined, key=str.lower)


def _described(schema: Any) -> Iterator[str]:
    """Whatever a schema says that something means."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for each in schema.values():
            yield from _described(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _described(each)


@pytest.mark.parametrize("name", ai.schema_names())
def test_a_schema_is_rendered_in_full(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a schema have every key, and all that is said of it."""
    monkeypatch.syspath_prepend(str(DOCS))
    rendered = "\n".join(import_module("_parts.schemas").page(name, ai.schema(name)))
    assert [each for each in _described(ai.schema(name)) if each not in rendered] == []
    keys = set(re.findall(r"[\w.*\[\]]+", " ".join(re.findall(r"`([^`]+)`", rendered))))
    last = {key.rpartition(".")[2].removesuffix("[]") for key in keys}
    assert set(_keys(ai.schema(name))) <= last


def _keys(schema: Any) -> Iterator[str]:
    """Every key that a schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for key, each in schema.items():
            if key == "properties":
                yield from (name for inner in each.values() for name in _keys(inner))
            else:
                yield from _keys(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _keys(each)


def test_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """README's Python and its commands work on the files that it names, and its links lead on."""
    monkeypatch.chdir(tmp_path)
    ai.catalogue.export(ai.catalogue.names(), ".")
    readme = DOCS.parent / "README.md"
    text = readme.read_text(encoding="utf-8")
    for block in pages.blocks(text):
        if block.kind == "python":
            exec(block.body, {})
        elif block.kind == "sh" and block.body.startswith("agencyindex"):
            assert [main(shlex.split(line)[1:]) for line in block.body.splitlines()] == [0] * 4
    assert Path("scores.csv").is_file()
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [each for each in links if not (readme.parent / each).is_file()] == []
