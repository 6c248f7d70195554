"""Documents of the catalogue by name, and into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from agencyindex import catalogue
from agencyindex.errors import DocumentError, FileError


def test_exported_documents_are_the_shipped_ones(tmp_path: Path) -> None:
    """Each name becomes a file with the document, in a folder that is made, and nothing else."""
    folder = tmp_path / "made" / "here"
    paths = catalogue.export(["digg.index", "digg-2020.questionnaire"], folder)
    assert [path.name for path in paths] == ["digg.index.json", "digg-2020.questionnaire.json"]
    assert sorted(folder.iterdir()) == sorted(paths)
    shipped = Path(catalogue.__file__).parent / "documents"
    for path in paths:
        assert path.read_bytes() == (shipped / path.name).read_bytes()


def test_an_unknown_name_writes_nothing(tmp_path: Path) -> None:
    """Where one of the names is wrong no file is written, and the near name is offered."""
    with pytest.raises(DocumentError) as caught:
        catalogue.export(["digg.index", "maturty.index"], tmp_path / "new")
    assert str(caught.value) == (
        'The catalogue has no document "maturty.index". '
        'Did you mean "maturity.index"? [file-not-found]'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path: Path) -> None:
    """A file where the folder should be is said, and left."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        catalogue.export(["digg.index"], tmp_path / "taken")
    assert [each.code for each in caught.value.problems] == ["not-writable"]
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("kind", ["questionnaire", "index", "register", "responses"])
def test_a_name_of_another_kind_is_a_finding(kind: str) -> None:
    """Each kind offers the names that it has."""
    with pytest.raises(DocumentError) as caught:
        getattr(catalogue, kind)("diggg")
    assert [each.code for each in caught.value.problems] == ["file-not-found"]
