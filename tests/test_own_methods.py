"""Methods of one's own as objects in Python, which no package brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
from tests.plugged import PLAIN, Halved, Lengths, definition, named, responses

import agencyindex as ai
from agencyindex.errors import DocumentError, MethodError
from agencyindex.methods.normalisation import Goalposts, NoNormalisation
from agencyindex.methods.weighting import EqualWeights

__all__ = ["named"]


def test_an_object_of_ones_own_scores_and_is_written(tmp_path: Path) -> None:
    """Its class need not be registered to fit, score and explain; what it was is in the file."""
    own = definition(normalisation=Halved(times=2))
    fitted = ai.fit(own, responses())
    scores = ai.score(fitted, responses())
    assert scores.column("digital").tolist() == [(5 + 10) / 8, 20 / 4, (15 + 60) / 8]
    assert ai.explain(fitted, responses()["a"]).score.value == 15 / 8
    ai.dump(fitted, tmp_path / "own.json")
    written = json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))
    assert written["normalisation"] == {"method": "halved", "times": 2}


def test_a_document_of_an_unknown_method_is_a_finding(tmp_path: Path) -> None:
    """What an object of one's own wrote cannot be loaded where nothing is registered."""
    ai.dump(definition(normalisation=Halved()), tmp_path / "own.json")
    with pytest.raises(DocumentError) as caught:
        ai.load(tmp_path / "own.json")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-method"
    assert str(problem.place) == "own.json#/normalisation/method"
    assert problem.message == '"halved" is not allowed here.'


def test_what_is_written_is_read_once_the_method_is_registered(named: Any) -> None:
    """Tables, lists and numbers of numpy are written as JSON; what is not given is left out."""
    named("scoring", ("lengths", Lengths))
    scoring = Lengths(table={"x": np.float64(2)}, steps=[1, (2, np.int64(3))], unit=np.float64(3))
    own = definition(scorings={"number": scoring})
    document = ai.document(own)
    assert document["scorings"]["number"] == {
        "method": "lengths",
        "table": {"x": 2.0},
        "steps": [1, [2, 3]],
        "unit": 3.0,
    }
    json.dumps(document)
    assert ai.document(ai.load(document)) == document
    assert ai.score(ai.fit(ai.load(document), responses()), responses()).values[1, 0] == 60.0


def test_a_refusal_of_a_validator_is_a_finding(named: Any) -> None:
    """Validators of attrs raise errors of Python, which come out with the place of the step."""
    named("normalisation", ("halved", Halved))
    (problem,) = ai.validate({**PLAIN, "normalisation": {"method": "halved", "times": -1}})
    assert (problem.code, problem.place.pointer) == ("bad-parameter", "/normalisation")
    assert problem.message == "'times' must be >= 0: -1"


class Heir(NoNormalisation):
    """A class that would be written under the name of ours."""


@attrs.frozen(kw_only=True)
class Goalpost(NoNormalisation):
    """Another method that calls itself as ours does."""

    name: ClassVar[str] = Goalposts.name


OWN = {
    "an heir of ours": (Heir(), "normalisation", "another normalisation has the same name"),
    "not a weighting": (Halved(), "weighting", "it has no states, faults, weights"),
    "an aggregation": (
        EqualWeights(),
        "aggregation",
        "it has no linear, adds, monotone, compares, aggregate",
    ),
    "a name of ours": (Goalpost(), "normalisation", "another normalisation has the same name"),
    "a word": ("minmax", "rescaling", "it is no attrs class"),
}


@pytest.mark.parametrize("case", OWN)
def test_an_object_that_cannot_stand_for_a_method_is_refused(case: str) -> None:
    """It is told before anything is learnt from it, with what it lacks."""
    strategy, key, words = OWN[case]
    own = definition(**{key: strategy})
    with pytest.raises(MethodError) as caught:
        ai.fit(own, responses())
    (problem,) = caught.value.problems
    family = "normalisation" if key == "rescaling" else key
    article = "an" if key == "aggregation" else "a"
    assert (problem.code, problem.place.node) == ("bad-plug-in", "digital")
    assert problem.message == f"This cannot stand for {article} {family}: {words}."
    assert problem.place.method == type(strategy).__name__
