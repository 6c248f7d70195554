"""What can be wrong with an index that fits its schema, alone and beside its questionnaire."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.small import (
    LINE,
    POINTS,
    POLICY,
    STAGE,
    USERS,
    index,
    indicator,
    questionnaire,
    told,
)

import agencyindex as ai

CHANNELS = {
    "id": "channels",
    "type": "multiple_choice",
    "options": [
        {"value": "web"},
        {"value": "none", "exclusive": True},
        {"value": "other", "exclusive": True},
    ],
}
ALONE = {"id": "alone", "type": "multiple_choice", "options": CHANNELS["options"][1:]}
QUESTIONNAIRE = questionnaire(STAGE, USERS, POLICY, CHANNELS, ALONE)
AUTOMATION = indicator("automation", "stage", "adoption")
RATIO = {"method": "ratio", "denominator": "users", "when_zero": "error"}
FIXED = {"method": "fixed"}


def _one(scoring: dict[str, Any], item: str = "stage", **keys: Any) -> dict[str, Any]:
    return index({"it": scoring}, indicator("leaf", item, "it"), **keys)


def _bands(*thresholds: float, labels: int) -> dict[str, Any]:
    names = [f"band {i}" for i in range(labels)]
    return {"thresholds": list(thresholds), "closed": "upper", "labels": names}


ALONE = {
    "a child has the id of the index": (
        index({"adoption": POINTS}, indicator("i", "stage", "adoption")),
        ("duplicate-id", "/children/0/id", 'The id "i" stands twice in the index. Rename one.'),
    ),
    "an end of the scale is not published as it is": (
        index(
            {"adoption": POINTS},
            AUTOMATION,
            scale={"lower": 0, "upper": 99.95},
            rounding={"where": "published", "decimals": 1, "rule": "half_up"},
        ),
        (
            "outside-scale",
            "/scale/upper",
            "Rounded as the index is, the upper end 99.95 is 100. Make it 100.",
        ),
    ),
    "a scoring is misspelt": (
        index({"adoption": POINTS}, AUTOMATION, indicator("other", "stage", "adoptoin")),
        (
            "unknown-scoring",
            "/children/1/scoring",
            'There is no scoring "adoptoin". Did you mean "adoption"?',
        ),
    ),
    "a scoring is left over": (
        index({"adoption": POINTS, "rest": POINTS}, AUTOMATION),
        (
            "unused-scoring",
            "/scorings/rest",
            'No indicator uses the scoring "rest". Use it, or take it out.',
        ),
    ),
    "nothing says how to normalise": (
        index({"adoption": POINTS}, AUTOMATION, without="normalisation"),
        (
            "no-step",
            "/children/0",
            (
                'No node above "automation", nor itself, names a normalisation. '
                'Name one; "none" leaves points as they are.'
            ),
        ),
    ),
    "reasons have no rule": (
        index({"adoption": POINTS}, AUTOMATION, missing={"refused": 0, "not_asked": 0}),
        (
            "no-step",
            "/missing",
            (
                'No rule says what "not_answered", "dont_know", "not_applicable" means for '
                '"automation". Add it to "missing", as one of "exclude", "worst", "best", "mean", '
                '"impute", "propagate", or a number of points.'
            ),
        ),
    ),
    "nothing fills a gap": (
        index({"adoption": POINTS}, AUTOMATION | {"missing": {"refused": "impute"}}),
        (
            "no-step",
            "/children/0",
            (
                '"automation" has the missing rule "impute", and no imputation is named. '
                'Name one as "imputation".'
            ),
        ),
    ),
    "a weight is missing": (
        index({"adoption": POINTS}, AUTOMATION, weighting=FIXED),
        (
            "missing-weight",
            "/children/0",
            '"automation" has no weight, and the weighting asks for one. Add "weight".',
        ),
    ),
    "a weight is left over": (
        index({"adoption": POINTS}, {**AUTOMATION, "weight": 2}),
        (
            "unused-weight",
            "/children/0/weight",
            (
                '"automation" has a weight, and the weighting does not use it. '
                'Take it out, or use the weighting "fixed".'
            ),
        ),
    ),
    "the scale is upside down": (
        index({"adoption": POINTS}, AUTOMATION, scale={"lower": 1, "upper": 0.5}),
        (
            "bounds-order",
            "/scale/lower",
            "The lower end 1 is not below the upper end 0.5. Exchange the two.",
        ),
    ),
    "a band has no name": (
        index({"adoption": POINTS}, AUTOMATION, bands=_bands(0.2, 0.5, labels=2)),
        ("wrong-length", "/bands/labels", "There are 2 labels for 3 bands. Name each band once."),
    ),
    "bands do not ascend": (
        index({"adoption": POINTS}, AUTOMATION, bands=_bands(0.5, 0.2, labels=3)),
        ("bounds-order", "/bands/thresholds", "The thresholds do not ascend. Sort them."),
    ),
}

BESIDE = {
    "a scoring is for another type": (
        _one(LINE, "stage"),
        (
            "scoring-type",
            "/children/0/scoring",
            'The scoring "linear" is for number; "stage" is single_choice. Use another scoring.',
        ),
    ),
    "a scoring fits two other types": (
        _one(POINTS, "users"),
        (
            "scoring-type",
            "/children/0/scoring",
            (
                'The scoring "points" is for single_choice or yes_no; "users" is number. '
                "Use another scoring."
            ),
        ),
    ),
    "an item is misspelt": (
        _one(POINTS, "stages"),
        (
            "unknown-item",
            "/children/0/item",
            'The questionnaire q 1.0.0 has no item "stages". Did you mean "stage"?',
        ),
    ),
    "an option has points that the item lacks": (
        _one({"method": "points", "points": {"no": 0, "tested": 1, "planned": 0.5}}),
        (
            "unknown-option",
            "/children/0/scoring",
            (
                'Item "stage": The item has no option "planned" to score. '
                'The 2 options are "no", "tested".'
            ),
        ),
    ),
    "an option that stands alone is counted": (
        _one({"method": "count", "weights": {"web": 1, "none": 0}, "cap": 1}, "channels"),
        (
            "unknown-option",
            "/children/0/scoring",
            (
                'Item "channels": The item has no option "none" to score. The only choice is "web". '
                'What stands alone takes no part: "none", "other".'
            ),
        ),
    ),
    "every option stands alone": (
        _one({"method": "share"}, "alone"),
        (
            "no-options",
            "/children/0/scoring",
            'Item "alone": Every option of the item is exclusive. Offer another.',
        ),
    ),
    "a denominator is misspelt": (
        _one({**RATIO, "denominator": "user"}, "users"),
        (
            "unknown-item",
            "/scorings/it/denominator",
            'The questionnaire q 1.0.0 has no item "user". Did you mean "users"?',
        ),
    ),
    "a denominator is no number": (
        _one({**RATIO, "denominator": "policy"}, "users"),
        (
            "scoring-type",
            "/scorings/it/denominator",
            'The denominator "policy" is yes_no, not a number. Name a number item.',
        ),
    ),
    "a range has no end to be attained": (
        _one(RATIO, "users", normalisation={"method": "attainable", "to": [0, 1]}),
        (
            "no-bound",
            "/children/0",
            'The points of "leaf" have no bound, so no attainable range. Use goalposts.',
        ),
    ),
    "every answer is worth the same": (
        _one(
            {"method": "points", "points": {"no": 2, "tested": 2}},
            normalisation={"method": "attainable", "to": [0, 1]},
        ),
        (
            "constant-indicator",
            "/children/0",
            'Every answer to "stage" is worth the same, so the range is zero. Give other points.',
        ),
    ),
    "there is no best value": (
        _one(RATIO, "users", missing={**index({})["missing"], "refused": "best"}),
        (
            "no-bound",
            "/children/0",
            (
                'The values of "leaf" have no bound, so there is no "best". '
                "Clip them to goalposts, or use another rule."
            ),
        ),
    ),
    "a geometric mean meets a negative value": (
        _one(
            {"method": "points", "points": {"no": -1, "tested": 1}},
            aggregation={"method": "geometric", "zero": "zero"},
        ),
        (
            "not-positive",
            "/children/0",
            (
                '"leaf": Values down to -1 have no geometric mean. '
                "Normalise it to above zero, or use another aggregation."
            ),
        ),
    ),
    "scores can leave the scale": (
        _one(POINTS, scale={"lower": 0, "upper": 0.75}),
        (
            "outside-scale",
            "/scale",
            (
                "The scores can lie from 0 to 1, and the scale is from 0 to 0.75. "
                "Widen the scale, or normalise."
            ),
        ),
    ),
}


@pytest.mark.parametrize("about", ALONE)
def test_an_index_makes_sense_alone(about: str) -> None:
    """What an index contradicts itself in is found, with or without its questionnaire."""
    document, expected = ALONE[about]
    assert told(document) == [expected]
    assert told(QUESTIONNAIRE, document) == [expected]


@pytest.mark.parametrize("about", BESIDE)
def test_an_index_fits_its_questionnaire(about: str) -> None:
    """What only the questionnaire can tell is found beside it, and not without it."""
    document, expected = BESIDE[about]
    assert told(document) == []
    assert told(document, QUESTIONNAIRE) == [expected]


def test_another_version_of_the_questionnaire_is_another_questionnaire() -> None:
    """An index is held to the questionnaire that it names, and to no other."""
    assert told(_one(POINTS, "nothing"), {**QUESTIONNAIRE, "version": "1.0.1"}) == []


def test_a_rule_that_never_comes_to_be_used_needs_no_bound() -> None:
    """What is always asked is never "not asked", whatever the rule for that says."""
    missing = {**index({})["missing"], "not_asked": "worst"}
    assert told(_one(RATIO, "users", missing=missing), QUESTIONNAIRE) == []


def test_what_is_shared_out_among_groups_is_looked_into() -> None:
    """Weights and steps of an inner group are checked as those of the whole are."""
    leaf = {**AUTOMATION, "weight": 0}
    group = {"id": "group", "weighting": FIXED, "children": [leaf]}
    assert told(index({"adoption": POINTS}, group)) == [
        ("zero-weights", "/children/0/children", ('All weights below "group" are zero. Give one '
         "above zero."))
    ]  # fmt: skip


PROMISES = {
    "a geometric mean": (
        {"method": "geometric", "zero": "zero"},
        {"method": "goalposts", "goalposts": [0, 1], "to": [0, 100], "clip": True},
        [1, 1],
    ),
    "a sum of many shares": (
        {"method": "sum"},
        {"method": "goalposts", "goalposts": [0, 1], "to": [0, 100], "clip": True},
        [0.07] * 14 + [0.02],
    ),
}


@pytest.mark.parametrize("about", PROMISES)
@pytest.mark.parametrize("rule", ["worst", "exclude"])
def test_a_scale_is_not_left_by_rounding_alone(about: str, rule: str) -> None:
    """The logarithm of 100 and fourteen times 0.07 do not break the promise of 0 to 100."""
    aggregation, normalisation, weights = PROMISES[about]
    items = [{"id": f"x{i}", "type": "number"} for i in range(len(weights))]
    leaves = [
        indicator(f"leaf{i}", f"x{i}", "line", weight=weight) for i, weight in enumerate(weights)
    ]
    document = index(
        {"line": LINE},
        *leaves,
        scale={"lower": 0, "upper": 100},
        aggregation=aggregation,
        normalisation=normalisation,
        weighting=FIXED,
        missing={**index({})["missing"], "refused": rule},
    )
    assert told(document, questionnaire(*items)) == []


UNKNOWN = {
    "places": {"aggregation": {"method": "copeland"}},
    "a learnt rescaling": {"rescaling": {"method": "zscore", "mean": 0, "deviation": 1}},
}


@pytest.mark.parametrize("about", UNKNOWN)
def test_a_range_that_is_unknown_is_not_too_great(about: str) -> None:
    """What depends on a population has no bound, which does not say that no float can hold it."""
    document = index({"line": LINE}, indicator("leaf", "users", "line"), **UNKNOWN[about])
    assert told(document, questionnaire(USERS)) == []


ATTAINABLE = {"method": "attainable", "to": [0, 100]}
LATER = " Or leave it out, fit the index first, and state it in the fitted one."
ZSCORE = {"method": "zscore", "mean": 0, "deviation": 1}
SKEWED = {"method": "winsorise", "skewness": 2, "kurtosis": 3.5, "most": 5, "otherwise": "log"}


@pytest.mark.parametrize(
    ("keys", "pointer", "words"),
    [
        (
            {"normalisation": ZSCORE, "missing": {**index({})["missing"], "refused": "worst"}},
            "/children/0",
            (
                'The values of "leaf" have no bound before the index is fitted, so there is no '
                '"worst". Clip them to goalposts, or use another rule.'
            ),
        ),
        (
            {"normalisation": ATTAINABLE, "treatment": [SKEWED]},
            "/children/0",
            (
                'The points of "leaf" have no bound before the index is fitted, so no attainable '
                "range. Use goalposts."
            ),
        ),
        (
            {"normalisation": ZSCORE, "scale": {"lower": 0, "upper": 1}},
            "/scale",
            (
                "The scores can lie from -inf to inf before the index is fitted, and the scale is "
                "from 0 to 1. Widen the scale, or normalise."
            ),
        ),
        (
            {"rescaling": ZSCORE, "scale": {"lower": 0, "upper": 1}},
            "/scale",
            (
                "The scores can lie from -inf to inf before the index is fitted, and the scale is "
                "from 0 to 1. Widen the scale, or normalise."
            ),
        ),
    ],
)
def test_what_only_a_fit_will_tell_has_no_bound_yet(
    keys: dict[str, Any], pointer: str, words: str
) -> None:
    """The message says until when, and the mend to fit first; not so where points have no end."""
    code = "outside-scale" if pointer == "/scale" else "no-bound"
    found = told(
        index({"it": LINE}, indicator("leaf", "users", "it"), **keys), questionnaire(USERS)
    )
    assert found == [(code, pointer, words + LATER)]
    endless = index({"it": {"method": "number"}}, indicator("leaf", "users", "it"), **keys)
    plain = words.replace(" before the index is fitted", "")
    assert told(endless, questionnaire(USERS)) == [(code, pointer, plain)]


def test_any_indicator_that_has_to_learn_tells_why_there_is_no_bound() -> None:
    """Not the last one alone; and where none learns, a fit will not help."""
    leaves = [indicator("leaf", "users", "it"), indicator("other", "users", "it")]
    leaves[0]["normalisation"] = ZSCORE
    keys = {"scale": {"lower": 0, "upper": 1}}
    (found,) = told(index({"it": LINE}, *leaves, **keys), questionnaire(USERS))
    assert found[2].startswith("The scores can lie from -inf to inf before the index is fitted, ")
    del leaves[0]["normalisation"]
    places = {"aggregation": {"method": "copeland"}}
    (found,) = told(index({"it": LINE}, *leaves, **keys, **places), questionnaire(USERS))
    assert found[2] == (
        "The scores can lie from -inf to inf, and the scale is from 0 to 1. Widen the scale, or "
        "normalise."
    )


@pytest.mark.parametrize("key", ["normalisation", "rescaling"])
@pytest.mark.parametrize(
    ("step", "mend"),
    [
        (
            {"method": "minmax", "to": [0, 1], "clip": False},
            'Widen the scale, normalise, or let no line run past its ends: "clip": true.' + LATER,
        ),
        (
            {"method": "goalposts", "goalposts": [0.2, 0.5], "to": [0, 1], "clip": False},
            'Widen the scale, normalise, or let no line run past its ends: "clip": true.',
        ),
        (
            {"method": "goalposts", "goalposts": [0, 1], "to": [0, 2], "clip": True},
            "Widen the scale, or normalise.",
        ),
    ],
)
def test_a_line_that_runs_past_its_ends_can_be_clipped(
    key: str, step: dict[str, Any], mend: str
) -> None:
    """Who has normalised to the scale is told how to stay within it."""
    keys = {key: step, "scale": {"lower": 0, "upper": 1}}
    document = index({"it": LINE}, indicator("leaf", "users", "it"), **keys)
    ((code, pointer, words),) = told(document, questionnaire(USERS))
    assert (code, pointer) == ("outside-scale", "/scale")
    assert words.endswith(mend)


def test_a_fitted_index_has_the_bound_that_it_had_not() -> None:
    """What the mend says can be done: the rule for the worst is stated in the fitted index."""
    asked = ai.load(questionnaire(USERS), ai.Questionnaire)
    document = index({"it": LINE}, indicator("leaf", "users", "it"), normalisation=ZSCORE)
    answers = [ai.Response(name, {"users": users}) for name, users in (("a", 2), ("b", 6))]
    responses = ai.Responses.of(asked, answers)
    fitted = ai.document(ai.fit(ai.load(document, ai.IndexDefinition), responses))
    fitted["missing"]["refused"] = "worst"
    frozen = ai.freeze(ai.load(fitted, ai.IndexDefinition), asked)
    refused, least = (
        ai.score(frozen, ai.Response("c", {"users": answer})).get("c", "i").value
        for answer in (ai.Missing.REFUSED, 0)
    )
    assert refused == least


@pytest.mark.parametrize("at", ["/rescaling", "/children/0/rescaling"])
def test_a_rescaling_needs_what_is_attainable(at: str) -> None:
    """The values of an index, or of a dimension, must have a bound and not be all the same."""
    name = "i" if at == "/rescaling" else "d"
    no_bound = f'The values of "{name}" have no bound, so no attainable range. Use goalposts.'
    same = (
        f'All values of "{name}" are the same, so the range is zero. '
        "Give other points, or take it out."
    )
    learnt = {"method": "zscore", "mean": 0, "deviation": 1}
    unknown = no_bound.replace("bound", "bound before the index is fitted") + LATER
    for scoring, keys, problem in (
        ({"method": "number"}, {}, ("no-bound", at, no_bound)),
        ({"method": "number"}, {"normalisation": learnt}, ("no-bound", at, no_bound)),
        (LINE, {"normalisation": learnt}, ("no-bound", at, unknown)),
        (
            LINE,
            {"normalisation": {"method": "constant", "value": 5}},
            ("constant-indicator", at, same),
        ),
        (LINE, {}, None),
    ):
        node = {"children": [indicator("leaf", "users", "line")], "rescaling": ATTAINABLE}
        children = node["children"] if name == "i" else [{"id": "d", **node}]
        own = {"rescaling": ATTAINABLE} if name == "i" else {}
        document = index({"line": scoring}, *children, **own, **keys)
        assert told(document, questionnaire(USERS)) == [problem] * (problem is not None)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Findings of the index alone and of the two together come in one list."""
    document = index({"adoption": POINTS, "rest": LINE}, indicator("leaf", "nothing", "adoption"))
    found = told(document, QUESTIONNAIRE)
    assert [code for code, _, _ in found] == ["unknown-item", "unused-scoring"]


@pytest.mark.parametrize(
    "keys",
    [
        {"aggregation": {"method": "copeland"}},
        {"aggregation": {"method": "borda", "ties": "average"}},
        {"aggregation": {"method": "kemeny"}},
        {"rescaling": {"method": "minmax", "to": [0, 1], "clip": False}},
    ],
)
def test_a_value_without_a_bound_is_no_overflow(keys: dict[str, Any]) -> None:
    """What counts agencies, and a line through a population, may be of any size."""
    assert told(index({"adoption": POINTS}, AUTOMATION, **keys), QUESTIONNAIRE) == []


@pytest.mark.parametrize("limit", ["lower", "upper"])
def test_a_range_with_one_end_is_no_range(limit: str) -> None:
    """What is attainable has two ends."""
    clipped = indicator("a", "users", "it", treatment=[{"method": "clip", limit: 5}])
    attaining = {"method": "attainable", "to": [0, 100]}
    document = index({"it": {"method": "number"}}, clipped, normalisation=attaining)
    words = 'The points of "a" have no bound, so no attainable range. Use goalposts.'
    assert told(document, QUESTIONNAIRE) == [("no-bound", "/children/0", words)]
    document = index({"it": {"method": "number"}}, clipped, rescaling=attaining)
    words = 'The values of "i" have no bound, so no attainable range. Use goalposts.'
    assert told(document, QUESTIONNAIRE) == [("no-bound", "/rescaling", words)]


@pytest.mark.parametrize(
    ("treatment", "words"),
    [
        (
            [{"method": "log", "plus": 0}],
            (
                'The points of "a" lie from 0 to 1, where "log" has no bound, so there is no attainable '
                'range. State a greater "plus", or use another treatment.'
            ),
        ),
        (
            [{"method": "power", "exponent": 2}, {"method": "power", "exponent": -1}],
            (
                'The points of "a" lie from 0 to 1, where "power" has no bound, so there is no '
                "attainable range. Use another treatment."
            ),
        ),
        ([{"method": "log", "plus": 0}, {"method": "clip", "lower": -5}], ""),
        ([{"method": "log", "plus": 1}], ""),
    ],
)
def test_a_treatment_that_takes_the_bound_away_is_named(treatment: list[Any], words: str) -> None:
    """Goalposts would not help a logarithm of zero; another treatment after it may."""
    child = indicator("a", "users", "it", treatment=treatment)
    attaining = {"method": "attainable", "to": [0, 100]}
    document = index({"it": LINE}, child, normalisation=attaining)
    expected = [("no-bound", "/children/0", words)] if words else []
    assert told(document, QUESTIONNAIRE) == expected


def test_a_range_is_turned_with_its_indicator() -> None:
    """Where fewer is better, the most points are the least value."""
    clip = {"method": "clip", "lower": 1, "upper": 9}
    turned = indicator("a", "users", "it", treatment=[clip], direction=-1)
    document = index({"it": {"method": "number"}}, turned, scale={"lower": 0, "upper": 100})
    words = (
        "The scores can lie from -9 to -1, and the scale is from 0 to 100. "
        "Widen the scale, or normalise."
    )
    assert told(document, QUESTIONNAIRE) == [("outside-scale", "/scale", words)]


@pytest.mark.parametrize("method", ["sum", "arithmetic"])
def test_terms_beyond_all_floats_on_both_sides_are_told(method: str) -> None:
    """They have no sum, which is a finding like any other."""
    great, low = 1.7e308, 1.6e308
    scorings = {
        "high": {"method": "points", "points": {"no": low, "tested": great}},
        "low": {"method": "points", "points": {"no": -great, "tested": -low}},
    }
    leaves = [indicator(f"{name}_", "stage", name, weight=10) for name in scorings]
    document = index(
        scorings, *leaves, weighting={"method": "fixed"}, aggregation={"method": method}
    )
    found = told(document, questionnaire(STAGE))
    words = 'The values of "i" can be beyond 1.8e308. Use smaller points or weights.'
    assert found == ([("not-finite", "", words)] if method == "sum" else [])
