"""The command line: arguments in, text and exit status out; each command is one public call."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from agencyindex.cli.arguments import parser
from agencyindex.cli.commands import FINDINGS, FINE
from agencyindex.cli.printing import report
from agencyindex.errors import AgencyIndexError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        Words after the command's name; those of the process where left out.

    Returns
    -------
    int
        0 where all is well, 1 where something was found wrong. Wrong usage exits with 2.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A stream that is not UTF-8, as of a console in Windows, gets what it can have.
        sys.stdout.reconfigure(errors="backslashreplace")
    options = parser().parse_args(arguments)
    try:
        result: int = options.run(options)
    except AgencyIndexError as error:
        report(error.problems, as_json=getattr(options, "json", False))
        return FINDINGS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return result
