"""Weights in proportion and by name: whole numbers where the stated ones have few digits."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
from tests.documents.small import POINTS, index, indicator

import agencyindex as ai
from agencyindex import Indicator
from agencyindex._documents.resolve import settled, whole_weights


def _children(*weights: float | None) -> list[Indicator]:
    return [Indicator(f"n{i}", item="a", scoring="s", weight=w) for i, w in enumerate(weights)]


@pytest.mark.parametrize(
    ("stated", "whole"),
    [
        ((0.1, 0.2, 0.7), [1, 2, 7]),
        ((None, None, None), [1, 1, 1]),
        ((2, 4, 6), [1, 2, 3]),
        ((0.125, 1e-3), [125, 1]),
        ((1e300, 2e300), [1, 2]),
        ((2**53 - 1, 1), [2**53 - 1, 1]),
    ],
)
def test_decimals_become_whole_numbers(stated: tuple[float, ...], whole: list[int]) -> None:
    """The smallest whole numbers in the same proportion."""
    assert whole_weights(_children(*stated)) == whole


def test_what_no_float_could_hold_stays_as_it_is() -> None:
    """Sums beyond the whole numbers that floats hold would be no more exact than decimals."""
    stated = [1 / 3, 1 / 7]
    assert whole_weights(_children(*stated)) == stated
    assert whole_weights(_children(2**53, 1)) == [2**53, 1]
    assert whole_weights(_children(1e-300, 1)) == [1e-300, 1]


@attrs.frozen
class Counted:
    """A weighting that counts the columns, which are there before any agency is."""

    learnt: ClassVar[bool] = False
    states: ClassVar[bool] = False

    def weights(self, values: Any, siblings: Any) -> Any:
        return np.arange(1.0, values.shape[1] + 1)


def test_weights_by_name_are_written_on_the_children_of_every_node() -> None:
    """Each node asks for a weight for each of its children, those of the nodes below as well."""
    inner = {"id": "d", "children": [indicator(name, "stage", "p") for name in "bc"]}
    document = index({"p": POINTS}, indicator("a", "stage", "p"), inner)
    counted: Any = Counted()
    definition = attrs.evolve(ai.load(document, ai.IndexDefinition), weighting=counted)
    first, below = settled(definition).children
    assert isinstance(below, ai.Dimension)
    assert (first.weight, below.weight) == (1.0, 2.0)
    assert [child.weight for child in below.children] == [1.0, 2.0]
