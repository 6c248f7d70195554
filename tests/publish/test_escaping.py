"""Texts of documents stand on a page as they are, whatever signs they have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from myst_parser.parsers.docutils_ import Parser

from agencyindex.publish import markdown, restructuredtext
from agencyindex.publish.blocks import (
    Block,
    Code,
    Heading,
    Inline,
    Listing,
    Maths,
    Paragraph,
    Table,
    tidied,
)

MARKS = "\\`*_{}[]<>#|$&~^!@:=-+.()%'\"/;? \n\t1aé\u00a0\u2028\x0b"
WORDS = ["::", "\n\n", "1. ", "- ", ">>> ", "a. ", ".. note::", "(x)=", "```", "$$", ":::", "~~~"]
TEXTS = st.one_of(
    st.text(st.sampled_from(MARKS), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.lists(st.sampled_from([*WORDS, "word", "http://x.se/a_b", "x_", "|y|", "<b>"])).map("".join),
).filter(lambda text: tidied((text,)))
EXTENSIONS = [
    "amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_image",
    "strikethrough", "substitution", "tasklist",
]  # fmt: skip


def page(text: str) -> list[Block]:
    """A page with the text wherever a text can stand."""
    return [
        Heading(1, ("T",)),
        Heading(2, (text,)),
        Paragraph((text,)),
        Paragraph(("x (", Code(text), ") ", text, Code(text), text)),
        Paragraph((text, " ", Code("x"), text, Maths("a_i"))),
        Listing(((text,), (text, Code("x")))),
        Table((text, "second"), (((text,), (Code(text), text)), ((), ("end",)))),
        Paragraph((text,)),
    ]


def said(text: str) -> list[str]:
    """What the leaves of the page should say, in order."""
    line: list[tuple[Inline, ...]] = [
        ("T",), (text,), (text,), ("x (", Code(text), ") ", text, Code(text), text),
        (text, " ", Code("x"), text, "a_i"), (text,), (text, Code("x")), (text,), ("second",),
        (text,), (Code(text), text), (), ("end",), (text,),
    ]  # fmt: skip
    plain = (
        "".join(
            part if isinstance(part, str) else getattr(part, "text", "") for part in tidied(each)
        )
        for each in line
    )
    return [each.strip() for each in plain if each.strip()]


def of_document(document: Any) -> list[str]:
    """What the titles and paragraphs of a document say."""
    found = document.findall(nodes.system_message)
    assert [node.astext() for node in found if node["level"] > 1] == []
    leaves = document.findall(lambda node: isinstance(node, nodes.title | nodes.paragraph))
    own = [leaf for leaf in leaves if not isinstance(leaf.parent, nodes.system_message)]
    return [text for leaf in own if (text := leaf.astext().strip())]


QUIET = {"report_level": 5, "halt_level": 6, "doctitle_xform": False, "input_encoding": "unicode"}


def restructured(text: str) -> list[str]:
    """What docutils reads in the page."""
    source = restructuredtext.rendered(page(text))
    return of_document(publish_doctree(source, settings_overrides=QUIET))


def with_myst(text: str) -> list[str]:
    """What MyST reads in the page, with every extension that gives signs a meaning."""
    settings = {**QUIET, "myst_enable_extensions": EXTENSIONS, "myst_suppress_warnings": []}
    source = markdown.rendered(page(text))
    return of_document(publish_doctree(source, parser=Parser(), settings_overrides=settings))


def with_commonmark(text: str) -> list[str]:
    """What a reader of Markdown with tables, and no mathematics, reads in the page."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown.rendered(page(text)))
    found = []
    for token in tokens:
        if token.type == "inline":
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "text_special", "code_inline"}
            whole = "".join(child.content for child in token.children or ())
            found.append(whole.replace("$a_i$", "a_i").strip())
    return [each for each in found if each]


@pytest.mark.parametrize("reader", [restructured, with_myst, with_commonmark])
@settings(max_examples=settings().max_examples // 2)
@given(text=TEXTS)
@example(text="a\\|b\\")
@example(text="`")
@example(text="--")
def test_a_text_is_read_as_it_is(reader: Callable[[str], list[str]], text: str) -> None:
    """Three readers find in headings, paragraphs, lists and tables the text itself."""
    assert reader(text) == said(text)
