"""What scores are told to be made from, which indices score together, and blocks like one batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.documents.small import POINTS, POLICY, STAGE, USERS, index, indicator, questionnaire

import agencyindex as ai
from agencyindex._documents.codec import fingerprint
from agencyindex._engine import batch
from agencyindex.errors import MethodError, MismatchError, Place

ASKED = questionnaire(STAGE, USERS, POLICY)
QUESTIONNAIRE = ai.load(ASKED, ai.Questionnaire)
YES = {"method": "points", "points": {"yes": 1, "no": 0}}
SCORINGS = {"p": POINTS, "n": {"method": "number"}, "y": YES}
STAGE_ = indicator("stage_", "stage", "p")
USERS_ = indicator("users_", "users", "n")
POLICY_ = indicator("policy_", "policy", "y")
ANSWERS: list[dict[str, Any]] = [
    {"stage": "tested", "users": 3, "policy": "yes"},
    {"stage": "no", "users": 7, "policy": "no"},
    {"stage": "tested", "policy": "yes"},
    {"users": 2},
    {},
    {"stage": "no", "users": 1},
    {"policy": ai.Missing.REFUSED, "users": 4},
]


def _fitted(
    *children: dict[str, Any], asked: ai.Questionnaire = QUESTIONNAIRE, **keys: Any
) -> ai.FittedIndex:
    leaves = children or (STAGE_,)
    used = {name: each for name, each in SCORINGS.items() if f"'scoring': '{name}'" in repr(leaves)}
    document = index(used, *leaves, **keys)
    return ai.freeze(ai.load(document, ai.IndexDefinition), asked)


def _responses(asked: ai.Questionnaire = QUESTIONNAIRE, **head: Any) -> ai.Responses:
    listed = [ai.Response(f"a{row}", answers) for row, answers in enumerate(ANSWERS)]
    return ai.Responses.of(asked, listed, **head)


OTHER = (
    "The index was fitted on the questionnaire q 2.0.0; the responses belong to q 1.0.0, which is "
    "not the same document."
)


@pytest.mark.parametrize("responses", [_responses(), ai.Response("z")])
def test_indices_that_do_not_go_together_are_told(responses: Any) -> None:
    """Two of one id, and one of another questionnaire, each with its place and what to do."""
    newer = ai.load(ASKED | {"version": "2.0.0"}, ai.Questionnaire)
    asked = {"id": "q", "version": "2.0.0"}
    another = _fitted(asked=newer, id="j", questionnaire=asked)
    with pytest.raises(MismatchError) as caught:
        ai.score([_fitted(), _fitted(POLICY_), another], responses)
    assert [(each.code, each.place, each.message, each.mend) for each in caught.value.problems] == [
        (
            "duplicate-id",
            Place(index="i"),
            'Two of the indices have the id "i".',
            "Score them one at a time, or rename one.",
        ),
        (
            "other-questionnaire",
            Place(index="j"),
            OTHER,
            "Read the responses with the questionnaire of the index.",
        ),
    ]


def test_an_equal_questionnaire_will_do() -> None:
    """The same document loaded twice is one questionnaire."""
    again = ai.load(ASKED, ai.Questionnaire)
    scores = ai.score([_fitted(), _fitted(POLICY_, id="j", asked=again)], _responses())
    assert [node.id for node in scores.nodes] == ["i", "stage_", "j", "policy_"]


def test_scores_tell_what_they_are_made_from() -> None:
    """Fingerprints of questionnaire, each index and the responses, and the edition of these."""
    group = [_fitted(), _fitted(POLICY_, id="j")]
    responses = _responses(edition="2031")
    scores = ai.score(group, responses)
    made = {
        "questionnaire": fingerprint(QUESTIONNAIRE),
        "index i": fingerprint(group[0].definition),
        "index j": fingerprint(group[1].definition),
    }
    assert scores.fingerprints == made | {"responses": responses.fingerprint()}
    assert (scores.edition, scores.agencies) == ("2031", responses.agencies)
    assert list(scores.rules) == ["i", "j"]
    assert scores.rules["j"].ranking == group[1].definition.ranking
    one = ai.score(group, responses["a0"])
    assert one.fingerprints == made
    assert (one.edition, one.agencies) == ("", ("a0",))


def test_a_register_is_told_only_where_it_is_used() -> None:
    """The scores of an index that reads no attribute are not made from a register."""
    agencies = [ai.Agency(f"a{row}", attributes={"area": 1.0}) for row in range(len(ANSWERS))]
    register = ai.Register(id="r", version="1.0.0", agencies=agencies, synthetic=True)
    area = {"id": "area_", "attribute": "area", "scoring": "n"}
    plain, reading = _fitted(), _fitted(area, id="j")
    for responses in (_responses(), ai.Response("a0")):
        unused = ai.score(plain, responses, register=register)
        assert "register" not in unused.fingerprints
        assert unused.synthetic is False
        used = ai.score([plain, reading], responses, register=register)
        assert used.fingerprints["register"] == fingerprint(register)
        assert used.synthetic is True


@pytest.mark.parametrize("one", [False, True])
@pytest.mark.parametrize("made_up", ["", "questionnaire", "first", "second", "responses"])
def test_scores_are_synthetic_where_anything_was_made_up(made_up: str, *, one: bool) -> None:
    """One document that says so is enough, whichever it is and wherever it stands."""
    asked = ai.load(ASKED | {"synthetic": made_up == "questionnaire"}, ai.Questionnaire)
    group = [
        _fitted(asked=asked, synthetic=made_up == "first"),
        _fitted(asked=asked, id="j", synthetic=made_up == "second"),
    ]
    responses = _responses(asked, synthetic=made_up == "responses")
    scores = ai.score(group, responses["a0"] if one else responses)
    assert scores.synthetic is (made_up != "" and not (one and made_up == "responses"))


def test_every_node_tells_where_it_stands() -> None:
    """Parent, kind, share among the siblings, attainable range and title of each node."""
    inner: dict[str, Any] = {
        "id": "d",
        "title": "Inner",
        "weight": 3,
        "weighting": {"method": "equal"},
    }
    inner["children"] = [POLICY_, STAGE_]
    fitted = _fitted(USERS_ | {"weight": 1}, inner, weighting={"method": "fixed"}, title="All")
    nodes = ai.score(fitted, ai.Response("z")).nodes
    kinds = ("index", "indicator", "dimension", "indicator", "indicator")
    assert tuple(node.kind for node in nodes) == kinds
    assert [node.id for node in nodes] == ["i", "users_", "d", "policy_", "stage_"]
    assert [node.parent for node in nodes] == [None, "i", "i", "d", "d"]
    assert [node.weight for node in nodes] == [1.0, 0.25, 0.75, 0.5, 0.5]
    assert [node.title for node in nodes] == ["All", "", "Inner", "", ""]
    assert [(node.lower, node.upper) for node in nodes[1:3]] == [(-np.inf, np.inf), (0, 1)]
    assert {node.index for node in nodes} == {"i"}


def _tree(**keys: Any) -> ai.FittedIndex:
    inner = {"id": "d", "children": [USERS_, STAGE_], "missing": {"refused": 1}}
    return _fitted(inner, POLICY_, minimum_coverage=0.4, **keys)


FIGURES = ("values", "coverage", "answered", "statuses", "causes")


@pytest.mark.parametrize("nodes", ["all", "indices"])
def test_blocks_and_one_response_are_scored_as_one_batch(
    nodes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many agencies stand in a block, every figure of every node is the same to the bit."""
    leaves = POLICY_, STAGE_, USERS_
    group = [
        _tree(),
        _fitted(*leaves, id="j", aggregation={"method": "sum"}),
        _fitted(*leaves, id="k", aggregation={"method": "minimum"}, minimum_coverage=2 / 3),
    ]
    responses = _responses()
    whole = ai.score(group, responses, nodes=nodes)
    assert whole.values.shape == (7, 13 if nodes == "all" else 3)
    assert len(whole.nodes) == whole.values.shape[1]
    for size in (1, 2, 3, 7):
        monkeypatch.setattr(batch, "BLOCK", size)
        found = ai.score(group, responses, nodes=nodes)
        for name in FIGURES:
            assert getattr(found, name).tobytes() == getattr(whole, name).tobytes()
    for row, response in enumerate(responses):
        one = ai.score(group, response, nodes=nodes)
        for name in FIGURES:
            expected = getattr(whole, name)[row : row + 1]
            assert getattr(one, name).tobytes() == expected.tobytes()
            assert getattr(one, name).dtype == expected.dtype


def test_more_children_than_one_table_holds_are_all_counted() -> None:
    """Values, coverage and answered share add up over tables, alone as in a batch."""
    names = [f"y{number}" for number in range(6)]
    items = [{"id": name, "type": "yes_no"} for name in names]
    asked = ai.load(questionnaire(*items), ai.Questionnaire)
    leaves = [indicator(f"{name}_", name, "y") for name in names]
    fitted = ai.freeze(ai.load(index({"y": YES}, *leaves), ai.IndexDefinition), asked)
    assert len(fitted._plan.branches[0].chunks) == 2
    answers = {"y0": "yes", "y1": "no", "y4": "yes", "y5": ai.Missing.REFUSED}
    responses = ai.Responses.of(asked, [ai.Response("a", answers)])
    for scores in (ai.score(fitted, responses), ai.score(fitted, responses["a"])):
        found = scores.get("a", "i")
        assert (found.value, found.coverage, found.answered) == (2 / 3, 0.5, 0.5)


def test_only_the_indices_are_as_among_all_nodes() -> None:
    """Keeping less changes no figure of what is kept."""
    group = [_tree(), _fitted(POLICY_, id="j")]
    everything, kept = (ai.score(group, _responses(), nodes=n) for n in ("all", "indices"))
    columns = [0, 5]
    assert [node.id for node in kept.nodes] == ["i", "j"]
    for name in FIGURES:
        assert np.array_equal(
            getattr(kept, name), getattr(everything, name)[:, columns], equal_nan=True
        )


def test_figures_of_a_tree_by_hand() -> None:
    """Values, coverage, answered shares, statuses and causes of the root and its dimension."""
    scores = ai.score(_tree(), _responses())
    nan = np.nan
    dimension = [2.0, 3.5, 1.0, 2.0, nan, 0.5, 4.0]
    np.testing.assert_array_equal(scores.column("i", "d"), dimension)
    np.testing.assert_array_equal(scores.column("i"), [1.5, 1.75, 1.0, 2.0, nan, 0.5, 4.0])
    assert scores.coverage[:, 0].tolist() == [1, 1, 1, 0.5, 0, 0.5, 0.5]
    assert scores.coverage[:, 1].tolist() == [1, 1, 0.5, 0.5, 0, 1, 0.5]
    assert scores.answered[:, 0].tolist() == [1, 1, 0.75, 0.25, 0, 0.5, 0.25]
    assert [scores.get("a4", "i", node).cause for node in ("i", "d")] == ["coverage"] * 2
    assert [scores.get(f"a{row}", "i").status for row in range(7)] == [
        *["scored"] * 4,
        "missing",
        *["scored"] * 2,
    ]
    assert [scores.get("a6", "i", node).status for node in ("policy_", "users_")] == [
        "excluded",
        "scored",
    ]
    assert scores.get("a6", "i", "policy_").cause == "refused"


@pytest.mark.parametrize("leaf", [USERS_, STAGE_])
@pytest.mark.parametrize("aggregation", ["arithmetic", "minimum"])
def test_a_child_that_stops_its_node_is_told_as_the_cause(
    leaf: dict[str, Any], aggregation: str
) -> None:
    """A look-up or a number, in a mean or among all children at once, alone as in a batch."""
    stops = leaf | {"missing": {"not_answered": "propagate"}}
    inner = {"id": "d", "children": [stops, POLICY_]}
    fitted = _fitted(inner, POLICY_ | {"id": "top_"}, aggregation={"method": aggregation})
    responses = _responses()
    scores = ai.score(fitted, responses)
    gaps = [leaf["item"] not in answers for answers in ANSWERS]
    nothing = ["policy" not in answers for answers in ANSWERS]
    for row, response in enumerate(responses):
        one = ai.score(fitted, response)
        assert one.causes.tolist() == scores.causes[row : row + 1].tolist()
        assert one.values.tobytes() == scores.values[row : row + 1].tobytes()
        here = scores.get(response.agency, "i", "d")
        assert (here.value is None, here.cause) == (gaps[row], "propagated" if gaps[row] else "")
        top = scores.get(response.agency, "i")
        assert top.value is None or not (gaps[row] and nothing[row])


@pytest.mark.parametrize("points", [0.1, 0.7])
@pytest.mark.parametrize("nested", [False, True])
def test_the_mean_of_equal_points_does_not_leave_them(points: float, *, nested: bool) -> None:
    """Rounding takes 0.1 + 0.1 + 0.1 above three times 0.1, and 0.7 below; the node stays there."""
    scorings = {"p": {"method": "points", "points": {"no": points, "tested": points}}}
    leaves: list[dict[str, Any]] = [indicator(f"l{number}", "stage", "p") for number in range(3)]
    if nested:
        leaves = [{"id": f"d{number}", "children": [leaf]} for number, leaf in enumerate(leaves)]
    total = points + points + points
    assert total / 3 != points
    document = index(scorings, *leaves)
    fitted = ai.freeze(ai.load(document, ai.IndexDefinition), QUESTIONNAIRE)
    responses = ai.Responses.of(QUESTIONNAIRE, [ai.Response("z", {"stage": "no"})])
    assert ai.score(fitted, responses).column("i").tolist() == [points]
    assert ai.score(fitted, responses["z"]).column("i").tolist() == [points]


RATIO = {"method": "ratio", "denominator": "users", "when_zero": "error"}
TOLD = [
    (
        RATIO,
        {"staff": 1, "users": 0},
        "zero-denominator",
        "The denominator users is zero.",
        'Correct it, or say with "when_zero" which reason for missing it means.',
        (None, None),
    ),
    (
        RATIO,
        {"staff": 1e300, "users": 1e-300},
        "not-finite",
        "The ratio is beyond 1.8e308.",
        "Correct one of the two numbers.",
        (None, None),
    ),
    (
        {"method": "linear", "lower": 1, "upper": 9, "outside": "error", "better": "higher"},
        {"staff": 9.5},
        "outside-range",
        "9.5 is not from 1 to 9.",
        'Correct it, or declare "outside": "clip".',
        (9.5, [1, 9]),
    ),
]


@pytest.mark.parametrize(("scoring", "answers", "code", "message", "mend", "values"), TOLD)
def test_every_agency_whose_number_cannot_be_scored_is_told(
    scoring: Any, answers: Any, code: str, message: str, mend: str, values: Any
) -> None:
    """Each of them once, with agency, item, index, node and step, alone as in a batch."""
    asked = ai.load(questionnaire(USERS, {"id": "staff", "type": "number"}), ai.Questionnaire)
    document = index({"s": scoring}, indicator("staff_", "staff", "s"))
    fitted = ai.freeze(ai.load(document, ai.IndexDefinition), asked)
    good = {"staff": 4, "users": 2}
    silent = ai.Response("d", {"users": 0})
    listed = [ai.Response("a", good), ai.Response("b", answers), ai.Response("c", answers)]
    for responses, agencies in (
        (ai.Responses.of(asked, [*listed, silent]), ("b", "c")),
        (listed[1], ("b",)),
    ):
        with pytest.raises(MethodError) as caught:
            ai.score(fitted, responses)
        method = "Ratio" if scoring is RATIO else "LinearPoints"
        for problem, agency in zip(caught.value.problems, agencies, strict=True):
            assert problem.place == Place(
                agency=agency, item="staff", index="i", node="staff_", method=method
            )
            assert (problem.code, problem.message, problem.mend) == (code, message, mend)
            assert (problem.found, problem.expected) == values


def test_every_indicator_whose_points_a_step_refuses_is_told() -> None:
    """Freezing names each of them with its index and step, and says what to do."""
    with pytest.raises(MethodError) as caught:
        _fitted(POLICY_, USERS_, STAGE_, treatment=[{"method": "log", "plus": 0}])
    words = (
        "A logarithm needs values above 0, found 0. "
        'State a greater "plus", or use another treatment.'
    )
    assert [
        (each.code, each.place, f"{each.message} {each.mend}") for each in caught.value.problems
    ] == [
        ("not-positive", Place(index="i", node=node, method="Logarithm"), words)
        for node in ("policy_", "stage_")
    ]


def test_the_bands_of_an_index_are_those_of_its_scores() -> None:
    """The label of each score is told, alone as in the batch."""
    bands = {"thresholds": [0.5], "labels": ["low", "high"], "closed": "lower"}
    fitted = _fitted(POLICY_, bands=bands)
    responses = _responses()
    found = ai.score(fitted, responses)
    assert [found.get(f"a{row}", "i").band for row in range(3)] == ["high", "low", "high"]
    assert ai.score(fitted, responses["a1"]).get("a1", "i").band == "low"
