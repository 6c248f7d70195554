"""How the documentation is built."""

from __future__ import annotations

import sys
from pathlib import Path

import agencyindex

sys.path.insert(0, str(Path(__file__).parent))

from _parts import methods, reference, schemas, shipped

project = "agencyindex"
author = "The agencyindex founders"
release = agencyindex.__version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "agencyindex.publish.sphinx",
    "_parts.mathml",
    "_parts.public",
]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
html_math_renderer = "mathml"
html_theme = "furo"
html_title = "agencyindex"
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
exclude_patterns = ["_build", "generated"]
suppress_warnings = ["ref.python"]

for part in (methods, reference, schemas, shipped):
    part.make()
