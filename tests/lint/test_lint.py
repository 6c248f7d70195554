"""Advice on documents: every code provoked once, and where each rule keeps silent."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest

import agencyindex as ai
from agencyindex import Item, Option, Questionnaire, Section
from agencyindex._lint.rules import RULES
from agencyindex._lint.scales import side
from agencyindex._lint.wording import two_questions
from agencyindex.cli import main
from agencyindex.errors import codes, lint_codes

FOLDER = Path(__file__).parent
CASES = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}
CATALOGUE = Path(str(resources.files("agencyindex.catalogue") / "documents"))
DATA = FOLDER.parent / "data"


def case(code: str) -> Any:
    """What the case of a code says."""
    return json.loads(CASES[code].read_text(encoding="utf-8"))


def index(*children: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The index of a case, with other children and methods."""
    (document,) = case("single-child")["given"]["documents"]
    return document | {"children": list(children)} | changes


def leaf(name: str, **more: Any) -> dict[str, Any]:
    """An indicator of yes."""
    return {"id": name, "item": name, "scoring": "yes", **more}


def questionnaire(*items: Item, scales: Any = None) -> dict[str, Any]:
    """The document of a questionnaire of one section."""
    sections = [Section("s", items=items)]
    return ai.document(
        Questionnaire(id="q", version="1.0.0", sections=sections, scales=scales or {})
    )


def advice(*documents: Any) -> list[tuple[str, str]]:
    """Code and place of all advice on documents."""
    return [(each.code, str(each.place)) for each in ai.lint(*documents)]


@pytest.mark.parametrize("code", CASES)
def test_a_code_has_its_place_and_its_words(code: str) -> None:
    """What is given is valid, and provokes one piece of advice: its code, place and words."""
    said = case(code)
    assert ai.validate(*said["given"]["documents"]) == ()
    found = [
        {
            "code": each.code,
            "place": str(each.place),
            "message": each.message,
            "mend": each.mend,
        }
        for each in ai.lint(*said["given"]["documents"])
    ]
    assert found == [{key: said[key] for key in ("code", "place", "message", "mend")}]


def test_every_code_has_its_case_and_its_rule() -> None:
    """Codes, cases and rules are one list, and none is the code of a problem."""
    assert list(CASES) == sorted(lint_codes())
    assert [rule.code for rule in RULES] == list(lint_codes())
    assert set(codes()) & set(lint_codes()) == set()


def test_every_case_and_rule_says_what_it_is_about() -> None:
    """A case has one sentence; a rule says when it speaks, what it cannot know, and its source."""
    for code in CASES:
        assert set(case(code)) == {"code", "about", "given", "place", "message", "mend"}
        assert case(code)["code"] == code
        assert case(code)["about"].endswith(".")
    for rule in RULES:
        assert rule.when.endswith(".")
        assert rule.blind.endswith(".")
        assert rule.source


def test_what_is_wrong_comes_first() -> None:
    """A document that is not valid gets no advice, and the others do."""
    wrong = index(leaf("a"), aggregation={"method": "aritmetic"})
    found = [each.code for each in ai.lint(wrong, case("no-question")["given"]["documents"][0])]
    assert found == ["unknown-method", "no-question"]
    assert [each.code for each in ai.lint("none.json")] == ["file-not-found"]


def test_what_lint_says_of_our_own_documents() -> None:
    """The catalogue is whole; of two published questionnaires it finds the section unused."""
    documents = [*CATALOGUE.glob("*.questionnaire.json"), *CATALOGUE.glob("*.index.json")]
    whole = {"missing-translation", "no-question", "duplicate-text", "constant-points"}
    assert whole & {code for code, _ in advice(*documents)} == set()
    assert advice(*(DATA / "odm2023").glob("*.json")) == []
    assert advice(*(DATA / "godi").glob("*.json")) == [
        ("unused-item", "godi.questionnaire.json#/sections/14")
    ]


def test_lint_takes_any_document() -> None:
    """Whatever stands in the cases of problems, lint says what validate says, and fails on none."""
    for path in (FOLDER.parent / "problems").glob("*.json"):
        given = json.loads(path.read_text(encoding="utf-8"))["given"]
        documents = given.get("documents", [])
        found = ai.lint(*documents)
        assert [each for each in found if each.code in codes()] == list(ai.validate(*documents))
    for path in (FOLDER.parent / "documents" / "valid").glob("*.json"):
        assert {each.code for each in ai.lint(path)} <= set(lint_codes())


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Is there a plan? Is it followed?", "question marks"),
        ("How many systems are there and how old are they", "and how"),
        ("Finns det en plan, och är den beslutad?", "och är"),
        ("Vilka tjänster finns samt vilka planeras?", "samt vilka"),
        ("Do you offer it both on the web and by phone?", "both ... and"),
        ("Gäller det både myndigheten och dess leverantörer?", "både ... och"),
        ("The management drives development and follows it up.", "and follows it"),
        ("Do you collect data and publish them?", "and publish them"),
        ("Ledningen driver utvecklingen och följer upp den.", "och följer upp den"),
        ("Är det klart eller är det på väg?", "eller är"),
        ("Is there help with it and for it?", ""),
        ("Are the services simple and safe?", ""),
        ("Which technologies and methods are used?", ""),
        ("Is AI in use (or is it planned?)?", ""),
        ("Used by a customer or isolated", ""),
        ("Hur långt har myndigheten kommit med sensorer och sakernas internet?", ""),
    ],
)
def test_two_questions_in_one(words: str, sign: str) -> None:
    """Two sentences or clauses that ask are noticed; nouns and adjectives in pairs are not."""
    found = two_questions(words)
    assert sign in found
    assert bool(sign) == bool(found)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Strongly agree", "favourable"),
        ("Strongly disagree", "unfavourable"),
        ("Neither agree nor disagree", "neutral"),
        ("Do not agree", None),
        ("Inte nöjd", None),
        ("Mycket missnöjd", "unfavourable"),
        ("Ganska nöjd", "favourable"),
        ("Varken bra eller dåligt", "neutral"),
        ("Introduced", None),
        ({"en": "Good", "sv": "Dåligt"}, None),
        ({"en": "Very good", "sv": "Fem"}, "favourable"),
    ],
)
def test_sides_of_a_scale(label: Any, expected: str | None) -> None:
    """A word tells the side; a negation, two languages at odds or no known word tell none."""
    assert side(Option("5", label)) == expected


def test_balance_is_judged_where_every_side_is_known() -> None:
    """Scales in balance, in other words, of one side or of several choices get no advice."""

    def found(*labels: str, kind: Any = "single_choice") -> list[str]:
        options = [Option(str(k), label) for k, label in enumerate(labels)]
        item = Item("i", kind, "What of it?", options=options)
        return [each.code for each in ai.lint(questionnaire(item))]

    assert found("Excellent", "Very good", "Good", "Fair", "Poor") == ["unbalanced-scale"]
    assert found("Excellent", "Good", "Fair", "Poor", "Very poor") == []
    assert found("Good", "Poor") == []
    assert found("Very good", "Good", "Not so good", "Poor") == []
    assert found("Good", "Better", "Excellent") == []
    assert found("Very good", "Good", "Poor", kind="multiple_choice") == []


def test_a_shared_scale_is_advised_on_once() -> None:
    """What is wrong with a scale is said at the scale, not at each item that uses it."""
    options = [Option("a", "Very good"), Option("b", "Good"), Option("c", "Poor")]
    items = [Item(name, "single_choice", f"What of {name}?", scale="s") for name in "xy"]
    scales = {"s": options, "unused": options[1:]}
    assert advice(questionnaire(*items, scales=scales)) == [
        ("unbalanced-scale", "#/scales/s/options")
    ]


@pytest.mark.parametrize(
    ("labels", "where"),
    [
        (("0-4", "5-9", "10-20"), None),
        (("0\u201320 %", "20\u201340 %", "40\u201360 %"), 1),
        (("1 000 to 1 999 euro", "2 000 to 5 000 euro"), None),
        (("från 1,5 till 2,5", "från 2,5 till 3"), 1),
        (("9-1", "1-2"), None),
        (("Article 5-6 applies", "Few"), None),
    ],
)
def test_ranges_that_overlap(labels: tuple[str, ...], where: int | None) -> None:
    """Ranges of numbers are read in several notations; ends count."""
    options = [Option(str(k), label) for k, label in enumerate(labels)]
    item = Item("i", "single_choice", "How many?", options=options)
    expected = [("overlapping-options", f"#/sections/0/items/0/options/{where}")]
    assert advice(questionnaire(item)) == (expected if where is not None else [])


def test_the_same_wording_in_another_section_is_fine() -> None:
    """A section's title sets the same question apart; within it case and spaces do not."""
    items = [Item("a", "yes_no", {"en": "In use?"}), Item("b", "yes_no", {"en": " in  USE?"})]
    apart = [Section(item.id, items=[item]) for item in items]
    parted = Questionnaire(id="q", version="1.0.0", sections=apart)
    assert advice(ai.document(parted)) == []
    assert advice(questionnaire(*items)) == [("duplicate-text", "#/sections/0/items/1/text/en")]


def test_languages() -> None:
    """A language of the document is missed everywhere; a rare one is said once; names pass."""
    both = {"en": "In use?", "sv": "I drift?"}
    items = [Item(f"i{k}", "yes_no", {w: f"{k}: {t}" for w, t in both.items()}) for k in range(4)]
    items.append(Item("rare", "yes_no", {**both, "fi": "Käytössä?"}))
    items.append(Item("name", "yes_no", "Windows Server?"))
    items.append(Item("plain", "yes_no", "Is it in use?"))
    items.append(Item("half", "number", {"sv": "Hur?", "en": " "}, unit={"en": "kg", "sv": "kg"}))
    assert advice(questionnaire(*items)) == [
        ("missing-translation", "#"),
        ("missing-translation", "#/sections/0/items/6/text"),
        ("missing-translation", "#/sections/0/items/7/text"),
    ]
    bands = {"thresholds": [50], "closed": "upper", "labels": [both, {"sv": "Hög"}]}
    assert advice(index(leaf("a", title=both), title=both, bands=bands)) == [
        ("missing-translation", "#/bands/labels/1")
    ]


def test_weights() -> None:
    """Half is not more than half; two parts dominate no one; equal weights are never small."""

    def found(*weights: float) -> list[tuple[str, str]]:
        children = [leaf(f"l{k}", weight=weight) for k, weight in enumerate(weights)]
        return advice(index(*children, weighting={"method": "fixed"}))

    assert found(2, 1, 1) == []
    assert found(9, 1) == []
    assert found(9, 1, 0) == []
    assert found(3, 1, 1, 0) == [("dominant-weight", "#/children/0/weight")]
    assert found(*[1] * 200) == []
    assert found(0.5, *[5] * 9) == []
    assert found(0.4, *[5] * 9) == [("tiny-weight", "#/children/0/weight")]
    below = {"id": "d", "weighting": {"method": "fixed"}, "children": []}
    below["children"] = [leaf(name, weight=k) for k, name in ((1, "a"), (1, "b"), (8, "c"))]
    assert advice(index(below, leaf("e"))) == [
        ("dominant-weight", "#/children/0/children/2/weight")
    ]


def test_coverage() -> None:
    """A node's own minimum is looked at, and what is left out only for other reasons passes."""
    rules = dict.fromkeys(("dont_know", "refused", "not_applicable", "not_asked"), "exclude")
    missing = {"not_answered": "worst", **rules}
    part = {"id": "d", "children": [leaf("a", missing={"not_answered": "exclude"}), leaf("b")]}
    assert advice(index(leaf("a"), minimum_coverage=0, missing=missing)) == []
    assert advice(index(part, leaf("c"), missing=missing)) == []
    own = part | {"minimum_coverage": 0}
    assert advice(index(own, leaf("c"), missing=missing)) == [
        ("no-coverage", "#/children/0/minimum_coverage")
    ]


def test_use_needs_an_index_and_counts_conditions_and_denominators() -> None:
    """Without an index nothing is unused; what routing or a ratio needs is used."""
    asked, given = case("unused-item")["given"]["documents"]
    assert advice(asked) == []
    document = json.loads(json.dumps(asked))
    items = document["sections"][0]["items"]
    items.append({"id": "cost", "type": "number", "text": "What does it cost?"})
    items.append({"id": "fte", "type": "number", "text": "How many work there?"})
    items[0]["condition"] = {"operator": "equals", "item": "b", "value": "yes"}
    items.reverse()
    ratio = {"method": "ratio", "denominator": "fte", "when_zero": "not_answered"}
    scorings = given["scorings"] | {"each": ratio}
    children = [*given["children"], {"id": "cost", "item": "cost", "scoring": "each"}]
    flat = {"method": "goalposts", "goalposts": [0, 1], "clip": True, "to": [0, 1]}
    other = given | {"scorings": scorings, "children": children, "normalisation": flat}
    assert ai.validate(document, other) == ()
    assert advice(document, other) == []


def test_an_option_is_reached_by_any_table() -> None:
    """A default at the floor is said on purpose, and another index may name the option."""
    asked, given = case("unreachable-option")["given"]["documents"]
    table = given["scorings"]["adoption"]
    floor = given | {"scorings": {"adoption": table | {"default": 0}}}
    assert advice(asked, floor) == []
    whole = {"no": 0, "planned": 1, "tested": 2, "introduced": 3}
    other = given | {"id": "j", "scorings": {"adoption": {"method": "points", "points": whole}}}
    assert advice(asked, given, other) == []


def test_numbers_that_cannot_come() -> None:
    """Bounds and bands beyond the item's own, from below and from above."""
    asked, given = case("unreachable-points")["given"]["documents"]

    def found(**scoring: Any) -> list[str]:
        return [each.message for each in ai.lint(asked, given | {"scorings": {"share": scoring}})]

    linear = {"method": "linear", "outside": "clip"}
    assert found(lower=0, upper=100, better="higher", **linear) == []
    assert found(lower=-10, upper=100, better="lower", **linear) == [
        '"share" is at least 0, and 1 is reached at -10.'
    ]
    assert found(lower=0, upper=101, better="lower", **linear) == [
        '"share" is at most 100, and 0 is reached at 101.'
    ]
    assert found(method="bands", edges=[0, 50, 100, 200], values=[0, 1, 2, 3, 4]) == [
        '"share" is at least 0, and the band below 0 is worth 0.',
        '"share" is at most 100, and the band from 200 is worth 4.',
    ]


def test_ranges_matter_to_means_only() -> None:
    """A sum of points has its weights in its ranges; twice is not more than twice."""
    asked, given = case("unequal-ranges")["given"]["documents"]
    assert advice(asked, given | {"aggregation": {"method": "sum"}}) == []
    assert advice(asked, given | {"normalisation": {"method": "attainable", "to": [0, 1]}}) == []
    twice = json.loads(json.dumps(given))
    twice["scorings"]["ten"]["points"]["yes"] = 2
    assert advice(asked, twice) == []


@pytest.mark.parametrize(
    ("normalisation", "direction", "lowest", "falls"),
    [
        ({"method": "distance_to_reference", "agency": "a", "origin": "zero"}, -1, 0, True),
        ({"method": "distance_to_reference", "agency": "a", "origin": "minimum"}, -1, 0, False),
        ({"method": "fraction_of_max"}, 1, 0, False),
        ({"method": "fraction_of_max"}, 1, None, False),
        ({"method": "fraction_of_max"}, -1, None, True),
        ({"method": "goalposts", "goalposts": [0, -9], "to": [0, 1], "clip": False}, -1, 0, True),
        ({"method": "goalposts", "goalposts": [-9, 0], "to": [0, 1], "clip": False}, -1, 0, False),
        ({"method": "goalposts", "goalposts": [9, 0], "to": [0, 1], "clip": False}, 1, 0, False),
        ({"method": "minmax", "to": [1, 0], "clip": True}, -1, 0, True),
        ({"method": "goalposts", "goalposts": [0, -9], "to": [1, 0], "clip": False}, -1, 0, False),
    ],
)
def test_lines_that_fall(
    normalisation: dict[str, Any], direction: int, lowest: int | None, *, falls: bool
) -> None:
    """A line falls by its ends or by the sign of what it divides by; more is better needs none."""
    asked, given = json.loads(json.dumps(case("falling-line")["given"]["documents"]))
    if lowest is None:
        del asked["sections"][0]["items"][0]["minimum"]
    given["children"][0]["direction"] = direction
    expected = [("falling-line", "#/children/0")] if falls else []
    assert advice(asked, given | {"normalisation": normalisation}) == expected


def test_a_treatment_decides_the_sign_that_a_line_divides_by() -> None:
    """Points that are all below zero fall however they are counted, and turned ones rise."""
    asked, given = json.loads(json.dumps(case("falling-line")["given"]["documents"]))
    item, leaf = asked["sections"][0]["items"][0], given["children"][0]
    item["minimum"], item["maximum"] = -9, -1
    assert advice(asked, given) == []
    leaf["direction"] = 1
    assert advice(asked, given) == [("falling-line", "#/children/0")]
    leaf["treatment"] = [{"method": "power", "exponent": 2}]
    assert advice(asked, given) == []


STEPS = {"edges": [20], "values": [0, 1], "closed": ["upper"]}


@pytest.mark.parametrize(
    ("normalisation", "treatment", "direction", "same"),
    [
        ({"method": "steps", **STEPS}, [], -1, True),
        ({"method": "steps", **STEPS}, [], 1, False),
        ({"method": "reference_table", "values": [20, 90], "scores": [1, 2]}, [], -1, True),
        ({"method": "capped_goalposts", "goalposts": [-100, -80], "to": [0, 1]}, [], 1, True),
        ({"method": "none"}, [{"method": "clip", "lower": -2, "upper": 0}], 1, True),
        ({"method": "none"}, [{"method": "clip", "lower": -2, "upper": 0}], -1, True),
        ({"method": "none"}, [{"method": "clip", "lower": -2, "upper": 1}], 1, False),
        ({"method": "constant", "value": 1}, [], -1, False),
        ({"method": "minmax", "to": [0, 1], "clip": True}, [], -1, False),
    ],
)
def test_everybody_the_same(
    normalisation: dict[str, Any], treatment: list[Any], direction: int, *, same: bool
) -> None:
    """What no answer can come near to takes all to one end; a constant says what it does."""
    asked, given = json.loads(json.dumps(case("one-value")["given"]["documents"]))
    given["children"][0] |= {"direction": direction, "treatment": treatment}
    expected = [("one-value", "#/children/0")] if same else []
    assert advice(asked, given | {"normalisation": normalisation}) == expected


def test_the_step_that_makes_all_the_same_is_named() -> None:
    """A treatment works on points, before they are turned, and the normalisation after it."""
    asked, given = json.loads(json.dumps(case("one-value")["given"]["documents"]))
    child = given["children"][0]
    child["treatment"] = [{"method": "clip", "lower": -2, "upper": 0}]
    assert [each.mend for each in ai.lint(asked, given)] == ["State the treatment for 0 to 100."]
    child |= {"treatment": [], "direction": 1}
    far = {"method": "goalposts", "goalposts": [200, 300], "to": [0, 1], "clip": True}
    found = ai.lint(asked, given | {"normalisation": far})
    assert [each.mend for each in found] == ["State the normalisation for 0 to 100."]


def test_a_turned_zero_has_no_sign() -> None:
    """The best that a turned share can be is 0, and not -0."""
    asked, given = json.loads(json.dumps(case("one-value")["given"]["documents"]))
    line = {"lower": 0, "upper": 100, "outside": "error", "better": "higher"}
    given["scorings"] = {"as_is": {"method": "linear", **line}}
    (found,) = ai.lint(asked, given)
    expected = "State the normalisation for -1 to 0: fewer is better, so the sign is turned."
    assert found.mend == expected


def test_the_command_advises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines on standard error, or JSON; 1 where there is something to say."""
    path = tmp_path / "plan.json"
    document = case("double-question")["given"]["documents"][0]
    path.write_text(json.dumps(document), encoding="utf-8")
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    assert main(["lint", str(path), str(broken)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.rpartition("[")[2] for line in lines] == ["not-json]", "double-question]"]
    assert main(["lint", "--json", str(path)]) == 1
    assert json.loads(capsys.readouterr().out)[0]["code"] == "double-question"
    fine = [str(each) for each in (DATA / "odm2023").glob("*.json")]
    assert main(["lint", *fine]) == 0
    assert capsys.readouterr().out == "2 documents: no advice\n"
    assert main(["lint", "--json", *fine]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_advice_can_be_changed_by_hand() -> None:
    """A finding is a problem like any other, with plain values for programs."""
    (found,) = ai.lint(*case("dominant-weight")["given"]["documents"])
    assert found.found == 0.6
    assert attrs.evolve(found, mend="").mend == ""


def test_a_dimension_of_one_part_may_rescale_it() -> None:
    """A standard score of a mean, say, needs a dimension above that of the mean."""
    halved = {"method": "linear_map", "centre": 0, "spread": 2, "mean": 0, "deviation": 1}
    dimension = {"id": "people", "children": [leaf("a")]}
    assert advice(index(dimension, leaf("b"))) == [("single-child", "#/children/0")]
    assert advice(index({**dimension, "rescaling": halved}, leaf("b"))) == []
