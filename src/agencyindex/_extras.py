"""Fetch an optional library, or say which extra installs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from agencyindex.errors import MissingExtraError, Place, Problem


def require(module: str, extra: str, purpose: str) -> Any:
    """Import an optional module.

    Parameters
    ----------
    module
        Dotted name of the module.
    extra
        The extra of this package that installs it.
    purpose
        What it is needed for, as the end of "... is needed to".

    Raises
    ------
    MissingExtraError
        Where the module is not installed; the message has the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        problem = Problem(
            "missing-extra",
            Place(),
            f"The library {library} is needed to {purpose}, and is not installed.",
            f'Run: pip install "agencyindex[{extra}]"',
            found=None,
            expected=library,
        )
        raise MissingExtraError([problem]) from error
