"""Scorings of chosen options: a table of points, order, named options, how many were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from agencyindex.errors import did_you_mean
from agencyindex.methods.parameters import demands, is_number, is_table, number, table
from agencyindex.methods.protocols import FloatArray, Range

ONE_CHOICE = frozenset({"single_choice", "yes_no"})
SEVERAL_CHOICES = frozenset({"multiple_choice"})


def _unknown(named: Iterable[str], options: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for name in named:
        if name not in options:
            mend = did_you_mean(name, options, "options")
            yield "unknown-option", f'There is no option "{name}" that counts.', mend


def _looked_up(points: Sequence[float], positions: NDArray[Any]) -> FloatArray:
    return np.array(points, dtype=np.float64)[positions]


@attrs.frozen(kw_only=True)
class OptionPoints:
    r"""Points by option: each option is worth what a table says.

    Parameters
    ----------
    points
        Points of each option; any finite numbers.
    default
        Points of an option that the table leaves out; without it, such an option is a fault.

    Notes
    -----
    .. math:: p = t(o)

    The points of option :math:`o` are its entry in the table :math:`t`.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical
    scales), OECD Publishing, doi:10.1787/9789264043466-en

    Examples
    --------
    >>> adoption = OptionPoints(points={"introduced": 1, "tested": 0.5}, default=0)
    >>> options = ["introduced", "tested", "no"]
    >>> adoption.points(np.array([2, 0, 1]), options)
    array([0. , 1. , 0.5])
    >>> adoption.attainable(options)
    (0.0, 1.0)
    """

    name: ClassVar[str] = "points"
    formula: ClassVar[str] = r"p = t(o)"
    reference: ClassVar[str] = (
        "OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5 (categorical "
        "scales), OECD Publishing, doi:10.1787/9789264043466-en"
    )
    item_types: ClassVar[frozenset[str]] = ONE_CHOICE

    points_by_option: Mapping[str, float] = attrs.field(alias="points", converter=table)
    default: float | None = attrs.field(default=None, converter=number)
