"""Formulas as MathML, which browsers show and read aloud by themselves: no script, no network."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.writers.html5 import HTML5Translator

SIZES = re.compile(r"\\[bB]igg?[lr]?(?![A-Za-z])")
"""Sizes of brackets, which MathML stretches by itself."""


def mathml(node: nodes.math | nodes.math_block, *, as_block: bool) -> str:
    """The MathML of a formula in LaTeX."""
    formula = SIZES.sub("", node.astext()).replace(r"\dots", r"\ldots")
    try:
        return str(tex2mathml(formula, as_block=as_block))
    except MathError as error:
        raise SphinxError(f"{error} In the formula: {formula}") from error


def inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    self.body.append(mathml(node, as_block=False))
    raise nodes.SkipNode


def block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that stands alone."""
    self.body.append(f'<div class="math">{mathml(node, as_block=True)}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Offer the renderer to Sphinx."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
