"""Run the command line with ``python -m agencyindex``."""

from __future__ import annotations

import sys

from agencyindex.cli import main

sys.exit(main())
