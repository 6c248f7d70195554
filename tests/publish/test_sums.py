"""What a page says of sums: its weights and formulas give the published figures."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.publish.three import QUESTIONNAIRE, index, leaf

import agencyindex as ai
from agencyindex.publish import methodology

ANSWERS = {"agency": ["p", "q", "r"], "a": [1, 3, 5], "b": [2, 1, 9], "c": [4, 2, 1]}
SHARES = r"w_j = \frac{1}{m}", r"w_j = \frac{v_j}{\sum_k v_k}"


def columns(page: str) -> dict[str, list[str]]:
    """Cells of the table of weights, by the id of the node."""
    rows = re.findall(r"^\| [^|]*\(`(\w+)`\) \| (.*) \| (.*) \|$", page, re.MULTILINE)
    return {id: [own, effective] for id, own, effective in rows}


@pytest.mark.parametrize(
    ("weighting", "stated", "said"),
    [
        ({"method": "equal"}, [None] * 3, ["1", "1", "1"]),
        ({"method": "fixed"}, [2, 1, 1], ["2", "1", "1"]),
        ({"method": "fixed"}, [0.5, 0.25, 0.25], ["0.5", "0.25", "0.25"]),
        (
            {"method": "rank_sum", "ranks": {"a": 1, "b": 2, "c": 3}},
            [None] * 3,
            ["0.5", "0.333333", "0.166667"],
        ),
        (
            {"method": "reliability", "reliability": {"a": 2, "b": 1, "c": 1}, "share": 1},
            [None] * 3,
            ["0.5", "0.25", "0.25"],
        ),
        ({"method": "standard_deviation"}, [None] * 3, None),
    ],
)
def test_a_reader_can_work_out_a_sum(
    weighting: dict[str, Any], stated: list[float | None], said: list[str] | None
) -> None:
    """The weights that the page prints, times the answers, add up to the published figures."""
    children = [leaf(key, weight) for key, weight in zip("abc", stated, strict=True)]
    definition = index(children, weighting=weighting)
    responses = ai.read_responses(ANSWERS, QUESTIONNAIRE, edition="2026")
    fitted = ai.fit(definition, responses)
    scores = ai.score(fitted, responses)
    for shown in (fitted.definition, definition)[: 1 + (said is not None)]:
        found = columns(methodology(shown, QUESTIONNAIRE))
        assert said is None or [own for own, _ in found.values()] == said
        assert all(own == effective for own, effective in found.values())
        for row, agency in enumerate(ANSWERS["agency"]):
            whole = sum(float(found[key][0]) * ANSWERS[key][row] for key in "abc")
            published = scores.get(agency, "added").published
            assert whole == pytest.approx(published, abs=6e-4)


def test_formulas_of_weights_in_a_sum() -> None:
    """Equal weights are 1 and stated ones as stated; both ways are told where both are used."""
    equal = methodology(index([leaf(key) for key in "abc"]), QUESTIONNAIRE)
    assert "In a sum:\n\n$$\nw_j = 1\n$$\n\nReference" in equal
    fixed = methodology(
        index([leaf(key, 2) for key in "abc"], weighting={"method": "fixed"}), QUESTIONNAIRE
    )
    assert "In a sum:\n\n$$\nw_j = v_j\n$$\n\nSymbols: $v_j$: the stated weight." in fixed
    assert not [each for each in SHARES if each in equal + fixed]
    for page in (equal, fixed):
        assert "In a sum the weight is the number that the value of the part is multiplied" in page
        assert "per cent" not in page
        assert "of its whole" not in page
    assert "- Weight: 2 (stated) in the sum; effective weight 2\n" in fixed


def test_sums_above_and_below_means() -> None:
    """A share is in per cent and a factor is not, and what a sum is above has no share of it all."""
    mean = {"method": "arithmetic"}
    below = {"id": "two", "children": [leaf("a"), leaf("b")], "aggregation": mean}
    page = methodology(index([below, leaf("c")]), QUESTIONNAIRE)
    half = ["50%", "0.5"]
    assert columns(page) == {"two": ["1", "1"], "a": half, "b": half, "c": ["1", "1"]}
    assert "- Weight: 50% of its whole; effective weight 0.5\n" in page
    assert "w_j = 1\n$$\n\nOtherwise:\n\n$$\nw_j = \\frac{1}{m}\n$$" in page
    assert "$m$: how many parts the whole has" in page
    added = {"id": "two", "children": [leaf("a", 3), leaf("b", 1)], "weight": 1,
             "aggregation": {"method": "sum"}}  # fmt: skip
    fixed = index([added, leaf("c", 3)], aggregation=mean, weighting={"method": "fixed"})
    said = methodology(fixed, QUESTIONNAIRE, language="sv")
    assert columns(said) == {
        "two": ["25 %", "25 %"],
        "a": ["3", "0,75"],
        "b": ["1", "0,25"],
        "c": ["75 %", "75 %"],
    }
    assert "- Vikt: 3 (angiven) i summan; effektiv vikt 0,75\n" in said
    assert "- Vikt: 3 (angiven), det vill säga 75 % av sin helhet och 75 % av indexet\n" in said


def test_a_learnt_weight_of_a_sum_has_no_number() -> None:
    """Nor has what it multiplies; what is a share is told to be one."""
    definition = index([leaf(key) for key in "abc"], weighting={"method": "entropy"})
    page = methodology(definition, QUESTIONNAIRE)
    assert columns(page) == {key: ["learnt", "learnt"] for key in "abc"}
    assert "In a sum:" not in page
