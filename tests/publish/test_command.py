"""The command that writes the method of an index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.publish import small

from agencyindex.cli import main
from agencyindex.publish import methodology


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The small index and its questionnaire as files."""
    paths = [tmp_path / "i.json", tmp_path / "q.json"]
    for path, document in zip(paths, (small.INDEX, small.QUESTIONNAIRE), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    return [str(path) for path in paths]


def test_the_page_is_printed(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the page goes to standard output, in English and Markdown."""
    assert main(["methodology", *files]) == 0
    assert capsys.readouterr() == (methodology(small.index(), small.questionnaire()), "")


def test_the_page_is_written(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With a file the page is there, in the language and the form that are asked for."""
    path = Path(files[0]).with_name("page.rst")
    asked = ["--language", "sv", "--form", "rst", "-o", str(path)]
    assert main(["methodology", *files, *asked]) == 0
    assert capsys.readouterr() == ("", f"Written to {path}.\n")
    page = methodology(small.index(), small.questionnaire(), language="sv", form="rst")
    assert path.read_text(encoding="utf-8") == page


def test_what_is_wrong_is_a_line(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A document of another kind, or a language that nobody has, ends as a finding."""
    assert main(["methodology", files[1], files[0]]) == 1
    assert "This is a questionnaire, and an index was expected." in capsys.readouterr().err
    assert main(["methodology", *files, "--language", "xx"]) == 1
    assert "[unknown-language]" in capsys.readouterr().err
