"""Law: read(pi(F)) = read(F) for every order pi of the columns of a file F."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.bits import same_bits
from tests.strategies import Case, cases, law

import agencyindex as ai
from agencyindex import Missing


@law
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_a_files_columns_changes_not_one_bit(case: Case, random: st.Random) -> None:
    """Answers in a csv file with its columns in any order are fitted and scored the same."""
    headings = ["agency", *(item.id for item in case.questionnaire)]
    random.shuffle(headings)
    rows = [
        {"agency": response.agency}
        | {item: _cell(answer) for item, answer in response.answers.items()}
        for response in case.responses
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, headings)
            writer.writeheader()
            writer.writerows(rows)
        read = ai.read_responses(path, case.questionnaire, edition=case.responses.edition)
    scores = ai.score(ai.fit(case.definition, read), read)
    assert same_bits(scores, ai.score(case.fitted, case.responses))


def _cell(answer: Any) -> str:
    if isinstance(answer, Missing):
        return "" if answer in (Missing.NOT_ANSWERED, Missing.NOT_ASKED) else answer.value
    return ";".join(answer) if isinstance(answer, tuple) else str(answer)
