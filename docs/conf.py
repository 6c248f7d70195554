"""How the documentation is built."""

from __future__ import annotations

from pathlib import Path

import agencyindex
from agencyindex.methods import registry

project = "agencyindex"
author = "The agencyindex founders"
release = agencyindex.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "deflist"]
mathjax_path = "mathjax.js"
html_theme = "furo"
html_title = "agencyindex"
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
exclude_patterns = ["_build", "generated"]
suppress_warnings = ["ref.python"]

HERE = Path(__file__).parent


def write_methods() -> None:
    """Write the table of methods from the strategies themselves, so that it cannot go stale."""
    lines: list[str] = []
    families = {
        "Scoring": registry.SCORINGS,
        "Normalisation": registry.NORMALISATIONS,
        "Weighting": registry.WEIGHTINGS,
        "Aggregation": registry.AGGREGATIONS,
    }
    for family, strategies in families.items():
        lines += [f"## {family}", ""]
        for name, strategy in strategies.items():
            lines += [f"`{name}` ({strategy.__name__})", "", f"$${strategy.formula}$$", ""]
            lines += [f"Source: {strategy.reference}", ""]
    folder = HERE / "generated"
    folder.mkdir(exist_ok=True)
    (folder / "methods.inc").write_text("\n".join(lines), encoding="utf-8")


write_methods()
