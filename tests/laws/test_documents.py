"""Law: load(dump(load(d))) = load(d), with the same fingerprint, for every document d."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from tests.bits import same_bits
from tests.strategies import Case, cases, law

import agencyindex as ai


@law
@given(cases())
def test_questionnaires_and_indices_survive(case: Case) -> None:
    """A questionnaire, an index and a fitted one come back as they went, and so do their bytes."""
    for noun in (case.questionnaire, case.definition, case.fitted.definition):
        again, text = _written(noun, ai.load)
        assert again == noun
        assert ai.fingerprint(again) == ai.fingerprint(noun)
        assert _written(again, ai.load)[1] == text
        assert ai.fingerprint(ai.load(_backwards(json.loads(text)))) == ai.fingerprint(noun)


@law
@given(cases())
def test_responses_survive(case: Case) -> None:
    """Responses come back with every answer and every reason, and the same fingerprint."""
    again, text = _written(case.responses, lambda path: ai.read_responses(path, case.questionnaire))
    assert list(again) == list(case.responses)
    assert ai.fingerprint(again) == ai.fingerprint(case.responses)
    assert _written(again, lambda path: ai.read_responses(path, case.questionnaire))[1] == text


@law
@given(cases())
def test_scores_survive(case: Case) -> None:
    """Scores come back with every figure, and the same fingerprint."""
    scores = ai.score(case.fitted, case.responses)
    again, text = _written(scores, ai.load)
    assert same_bits(again, scores)
    assert ai.fingerprint(again) == ai.fingerprint(scores)
    assert _written(again, ai.load)[1] == text


def _written(noun: Any, read: Any) -> tuple[Any, str]:
    """What comes back from a file, and the text of the file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.json"
        ai.dump(noun, path)
        return read(path), path.read_text(encoding="utf-8")


def _backwards(value: Any) -> Any:
    """A JSON value with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: _backwards(value[key]) for key in reversed(value)}
    return [_backwards(each) for each in value] if isinstance(value, list) else value
