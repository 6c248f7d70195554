"""The Sphinx extension, on small projects: what it inserts, links, depends on and warns of."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace, patch_docutils
from tests.publish import small

CONF = 'extensions = ["myst_parser", "agencyindex.publish.sphinx"]\nlanguage = "en"\n'
PAGE = """
Page
====

.. agencyindex-index:: documents/online_first.index.json

See :agencyindex-node:`online_first/use`, :agencyindex-node:`staff <online_first/size>` and
:agencyindex-node:`online_first`.

.. toctree::

   second
"""
SECOND = """# Second

```{agencyindex-weights} documents/online_first.index.json
:questionnaire: documents/services.questionnaire.json
:language: sv
```

```{agencyindex-questionnaire} documents/services.questionnaire.json
```

And {agencyindex-node}`online_first/reach`.
"""


def project(folder: Path, **pages: str) -> Path:
    """A project of these pages, with the small index in a folder of documents."""
    (folder / "documents").mkdir()
    for name, document in (
        ("online_first.index", small.INDEX),
        ("services.questionnaire", small.QUESTIONNAIRE),
    ):
        path = folder / "documents" / f"{name}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in pages.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, builder: str = "pseudoxml") -> tuple[SphinxTestApp, str]:
    """The application after a build, and its warnings."""
    warnings = StringIO()
    with patch_docutils(folder), docutils_namespace():
        app = SphinxTestApp(
            builder, srcdir=folder, builddir=folder / "_build", warning=warnings, status=StringIO()
        )
        app.build()
    return app, warnings.getvalue()


def test_a_project_with_an_index(tmp_path: Path) -> None:
    """Both kinds of pages have the blocks, and links lead to where a node is published."""
    _, warnings = build(project(tmp_path, index__rst=PAGE, second__md=SECOND), "html")
    assert warnings == ""
    page = (tmp_path / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    for wanted in (
        'id="agencyindex-online-first-use"',
        "Not *begun*",
        "Estimates | will do",
        'href="#agencyindex-online-first-use" title="Use"><span>Use</span></a>',
        'href="#agencyindex-online-first-size" title="Staff"><span>staff</span></a>',
        'href="#agencyindex-online-first" title="Online first"><span>Online first</span></a>',
    ):
        assert wanted in page
    second = (tmp_path / "_build" / "html" / "second.html").read_text(encoding="utf-8")
    assert "Effektiv vikt" in second
    assert "37,5 %" in second
    assert "Scored by nobody?" in second
    assert "index.html#agencyindex-online-first-reach" in second


def test_a_page_is_read_anew_when_a_document_changes(tmp_path: Path) -> None:
    """The documents are noted as what a page depends on, and its old targets are forgotten."""
    project(tmp_path, index__rst=PAGE, second__md=SECOND)
    app, _ = build(tmp_path)
    needed = {Path(each).name for each in app.env.dependencies["index"]}
    assert needed == {"online_first.index.json", "services.questionnaire.json"}
    kept = app.env.domaindata["agencyindex"]["nodes"]
    assert set(kept["online_first/use"]) == {"index"}
    app.env.get_domain("agencyindex").clear_doc("index")
    assert kept == {}


def test_findings_are_errors_of_sphinx(tmp_path: Path) -> None:
    """What is wrong with a document is told with its place, its words and its code."""
    page = """
Page
====

.. agencyindex-index:: documents/none.json

.. agencyindex-index:: documents/services.questionnaire.json

.. agencyindex-weights:: documents/online_first.index.json
   :language: xx

.. agencyindex-index:: catalogue:technologi

:agencyindex-node:`online_first/uses` and :agencyindex-node:`online_first/rech`.

.. agencyindex-index:: documents/online_first.index.json
"""
    _, warnings = build(project(tmp_path, index__rst=page))
    lines = warnings.splitlines()
    told = [
        (":5: ERROR", "There is no such file. Check its name. [file-not-found]"),
        (":7: ERROR", "This is a questionnaire, and an index was expected."),
        (":9: ERROR", 'No text is in the language "xx".'),
        (":12: ERROR", 'has no index "technologi". Did you mean "technology"?'),
        (":14: WARNING", 'has the node "online_first/uses". Did you mean "online_first/use"?'),
        (":14: WARNING", 'has the node "online_first/rech". Did you mean "online_first/reach"?'),
    ]
    assert len(lines) == len(told)
    for line, (where, words) in zip(lines, told, strict=True):
        assert where in line
        assert words in line


def test_an_index_may_stand_twice(tmp_path: Path) -> None:
    """On one page the ids stay unique; on two a citation leads to its own page, or the first."""
    twice = "# Twice\n\n" + 2 * (
        "```{agencyindex-index} documents/online_first.index.json\n:language: sv\n```\n\n"
    )
    cites = "# Cites\n\n{agencyindex-node}`online_first/use`\n"
    pages = {
        "index__rst": PAGE.replace("second", "twice\n   a"),
        "twice__md": twice,
        "a__md": cites,
    }
    app, warnings = build(project(tmp_path, **pages), "html")
    assert warnings == ""
    kept = app.env.domaindata["agencyindex"]["nodes"]["online_first/use"]
    assert kept == {
        "index": ("agencyindex-online-first-use", "Use"),
        "twice": ("agencyindex-online-first-use-2", "Användning"),
    }
    page = (tmp_path / "_build" / "html" / "a.html").read_text(encoding="utf-8")
    assert "index.html#agencyindex-online-first-use" in page


@pytest.mark.parametrize("name", ["index", "twice"])
def test_processes_agree(tmp_path: Path, name: str) -> None:
    """What another process read is taken in, of its own pages alone."""
    app, _ = build(project(tmp_path, index__rst=PAGE, second__md=SECOND))
    domain = app.env.get_domain("agencyindex")
    other = {"nodes": {"x": {"index": ("i", "X"), "twice": ("t", "X")}}}
    domain.merge_domaindata([name], other)  # type: ignore[arg-type]
    assert list(app.env.domaindata["agencyindex"]["nodes"]["x"]) == [name]
    assert ("x", "X", "node", name, name[0], 1) in list(domain.get_objects())
