"""The method of an index as a page: goldens, and what a page says of less usual indices.

``python -m tests.publish.test_methodology`` writes the golden files anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import attrs
import pytest
from tests.publish import small

import agencyindex as ai
from agencyindex import catalogue
from agencyindex.errors import DocumentError, FileError, MethodError, MismatchError
from agencyindex.publish import methodology, write_methodology

Form = Literal["markdown", "rst"]
GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = [(language, form) for language in ("en", "sv") for form in get_args(Form)]


def golden(language: str, form: str) -> Path:
    """The golden file of the small index."""
    return GOLDEN / f"methodology.{language}.{'md' if form == 'markdown' else 'rst'}"


@pytest.mark.parametrize(("language", "form"), PAGES)
def test_the_page_of_a_small_index(language: str, form: Form) -> None:
    """The page is what the golden file says, in both languages and forms."""
    page = methodology(small.index(), small.questionnaire(), language=language, form=form)
    assert page == golden(language, form).read_text(encoding="utf-8")


def page(**keys: Any) -> str:
    """The Markdown page of the small index with some keys replaced."""
    return methodology(small.index(**keys), small.questionnaire())


def test_a_learnt_weighting_has_no_numbers() -> None:
    """Weights that are still to be learnt are said to be so, and so is all that they multiply."""
    children = [small.INDEX["children"][0] | {"weight": None}, *small.INDEX["children"][1:]]
    bare = [{key: each[key] for key in each if key != "weight"} for each in children]
    said = page(weighting={"method": "critic"}, children=bare)
    assert "| Use (`use`) | learnt | learnt |" in said
    assert "| \N{EN DASH} share (`share`) | 50% | learnt |" in said
    assert "Weights that are learnt have no numbers before the index is fitted." in said
    assert "- `online_first`: CRITIC: weights by spread" in said


def test_a_fitted_index_says_whose_answers_taught_it() -> None:
    """The page of a fitted definition has its numbers, its population and nothing left to learn."""
    index = catalogue.index("technology")
    learning = attrs.evolve(
        index,
        missing={**index.missing, ai.Missing.NOT_ANSWERED: "mean"},
        normalisation=ai.methods.registry.NORMALISATIONS["minmax"](to=[0, 100], clip=True),
    )
    answers = catalogue.responses("digg-2020")
    before = methodology(learning, answers.questionnaire)
    assert "- `drones`: min-max: a straight line from" in before
    assert "- `drones`: the mean for missing answers" in before
    after = methodology(ai.fit(learning, answers).definition, answers.questionnaire)
    assert "- Learnt from 159 agencies, edition 2020" in after
    assert "are learnt" not in after
    assert "### Normalisation\n\nEach part or indicator states its own." in after
    assert "fixed points: 0 and 1; scale: from 0 to 100; values beyond: get the nearer end" in after


def test_every_record_of_a_population_is_told() -> None:
    """The register and the edition before are told, and whom an earlier fit learnt from."""
    a, b, c = ("a" * 64, "b" * 64, "c" * 64)
    earlier = {"agencies": 7, "edition": "2018", "responses": a, "definition": b}
    previous = {"edition": "2019", "responses": c}
    record = earlier | {"agencies": 8, "edition": "2020", "register": c, "previous": previous}
    said = page(population=record | {"earlier": earlier})
    prints = f"- Fingerprints (SHA-256): answers learnt from `{a}`, definition before that `{b}`\n"
    assert (
        f"- Learnt from 8 agencies, edition 2020\n{prints}"
        f"- Fingerprint of the register that was read: `{c}`\n"
        f"- Learnt from the edition before as well: 2019, fingerprint of the answers `{c}`\n"
        f"- Learnt from 7 agencies, edition 2018\n{prints}"
    ) in said


def test_a_population_that_was_made_up_is_told_as_such() -> None:
    """Right where it is described, in both languages, and of that record alone."""
    earlier = {"agencies": 7, "edition": "2018", "responses": "a" * 64, "definition": "b" * 64}
    record = earlier | {"agencies": 8, "synthetic": True, "earlier": earlier}
    for language, learnt, told in (
        ("en", "Learnt from 8 agencies, edition 2018", "data that the index has learnt from are"),
        ("sv", "Skattat på 8 myndigheter, omgång 2018", "uppgifter som indexet är skattat på är"),
    ):
        said = methodology(small.index(population=record), small.questionnaire(), language=language)
        lines = said.splitlines()
        (at,) = [number for number, line in enumerate(lines) if told in line]
        assert lines[at - 1] == f"- {learnt}"
        assert lines[at].startswith(("- Synthetic: ", "- Syntetiskt: "))


def test_all_reasons_may_have_their_rules_below() -> None:
    """An index that leaves every rule to its parts says that, instead of an empty table."""
    rules = small.INDEX["missing"]
    children = [{**each, "missing": rules} for each in small.INDEX["children"]]
    said = page(missing={}, children=children)
    assert "### Missing answers\n\nEach part or indicator states what missing" in said
    assert "- Missing answers, refused: 0.5 points" in said


def test_a_sum_and_a_part_without_treatment() -> None:
    """A sum says what is left out of it, and an empty treatment is one."""
    children = [{**each, "treatment": []} for each in small.INDEX["children"][1:]]
    said = page(aggregation={"method": "sum"}, children=children, scorings={
        key: small.INDEX["scorings"][key] for key in ("steps", "list")
    }, minimum_coverage=0)  # fmt: skip
    assert "In a sum, what is left out adds nothing." in said
    assert "its weight is shared" not in said
    assert "- Transformation: none\n" in said
    assert "There is no least share of the weight that must have a value." in said
    assert "Other questions that are used" not in said


@pytest.mark.parametrize(
    ("scoring", "worth"),
    [
        ({"method": "count", "weights": {"web": 2, "phone": -1}}, 0.0),
        ({"method": "share"}, 0.0),
        ({"method": "gated", "rules": [{"not_chosen": ["web"], "points": -2}]}, -2.0),
    ],
)
def test_what_an_exclusive_option_is_worth(scoring: dict[str, Any], worth: float) -> None:
    """A page says that it takes no part, and gives the points that an answer by it really gets."""
    document = {key: small.INDEX[key] for key in small.INDEX if key not in {"scale", "bands"}}
    index = ai.load(
        document
        | {
            "children": [{"id": "ways", "item": "channels", "scoring": "list"}],
            "scorings": {"list": scoring},
            "weighting": {"method": "equal"},
            "normalisation": {"method": "none"},
            "treatment": [],
            "missing": dict.fromkeys(small.INDEX["missing"], "exclude"),
        },
        ai.IndexDefinition,
    )
    asked = small.questionnaire()
    response = ai.Response("a", {"channels": ["none"]})
    score = ai.score(ai.freeze(index, asked), response).get("a", "online_first")
    assert score.value == worth
    en, sv = (methodology(index, asked, language=language) for language in ("en", "sv"))
    assert f"as much as to choose none of the others, which is {worth:g} points." in en.replace(
        "\\", ""
    )
    assert f"lika mycket som att inte välja något av de andra, nämligen {worth:g} poäng." in sv
    assert f"| None (excludes the others) | `none` | {worth:g} |" in en


def test_rounding_and_ranking_in_other_words() -> None:
    """Other ways to round and rank are told as they are."""
    said = page(
        rounding={"where": "nowhere"},
        ranking={"on": "raw", "ties": "average", "first": "lowest"},
        rescaling={"method": "linear_map", "centre": 50, "spread": 2, "mean": 0, "deviation": 1},
        scale={"lower": -100, "upper": 100},
    )
    assert "Figures are not rounded." in said
    assert "ranked by the figure before rounding, and the lowest has rank 1. Equal" in said
    assert "### Rescaling of the index" in said
    assert "centre: 50; spread: 2; the centre becomes: 0; unit of the scale: 1." in said
    every = page(rounding={"where": "every_level", "decimals": 2, "rule": "binary"})
    assert "rounded to 2 decimals, to the nearer number in binary." in every


def test_another_language_has_english_phrases() -> None:
    """Texts are in the language that is asked for where they have it, our words in English."""
    index = small.index(title={"en": "Online first", "fi": "Verkko ensin"})
    said = methodology(index, small.questionnaire(), language="fi")
    assert said.startswith("# Verkko ensin\n\nSynthetic: this index is made up.")
    assert "### Use\n" in said


def test_what_cannot_be_published(tmp_path: Path) -> None:
    """A language that nothing has, a form that is none and documents apart are refused."""
    index, asked = small.index(), small.questionnaire()
    with pytest.raises(MismatchError) as language:
        methodology(index, asked, language="dk")
    assert str(language.value) == (
        'No text is in the language "dk". The 2 languages are "en", "sv". [unknown-language]'
    )
    with pytest.raises(MethodError) as form:
        methodology(index, asked, form="html")  # type: ignore[arg-type]
    assert '"form" must be "markdown" or "rst", found "html".' in str(form.value)
    with pytest.raises(DocumentError) as other:
        methodology(index, catalogue.questionnaire("digg-2020"))
    assert [each.code for each in other.value.problems] == ["other-questionnaire"]
    with pytest.raises(FileError):
        write_methodology(index, asked, tmp_path / "none" / "page.md")


@pytest.mark.parametrize("name", catalogue.INDICES)
def test_a_page_states_everything_of_the_catalogue(name: str) -> None:
    """Every item, option, node, title, source and formula of an index stands on its page."""
    index, asked = catalogue.index(name), catalogue.questionnaire("digg-2020")
    said = methodology(index, asked, language="sv").replace("\\", "")
    nodes: list[Any] = list(index.children)
    while nodes:
        node = nodes.pop()
        nodes += getattr(node, "children", ())
        wanted = [f"`{node.id}`", node.title["sv"], node.source["sv"]]
        if isinstance(node, ai.Indicator):
            item = asked[node.item]
            wanted += [item.text["sv"], *(each.label["sv"] for each in asked.options(item.id))]
        assert [each for each in wanted if each not in said] == []
    assert index.note["sv"] in said
    for scoring in index.scorings.values():
        assert scoring.formula.replace("\\", "") in said


if __name__ == "__main__":
    for tag, kind in PAGES:
        text = methodology(small.index(), small.questionnaire(), language=tag, form=kind)
        golden(tag, kind).write_text(text, encoding="utf-8")
