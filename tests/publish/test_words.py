"""The words of pages: every method and parameter has them, in both languages, and uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencyindex import testing
from agencyindex._documents.resolve import indicators, inner, nominal_weight
from agencyindex._model.response import Missing
from agencyindex.methods import registry
from agencyindex.methods.ranking import band_positions
from agencyindex.publish import page
from agencyindex.publish.blocks import Code, Line, filled
from agencyindex.publish.english import ENGLISH
from agencyindex.publish.names import NAMES, in_words
from agencyindex.publish.parameters import LABELS, NAMED, SYMBOLS, VALUES
from agencyindex.publish.references import NOTES, reference_in
from agencyindex.publish.swedish import SWEDISH
from agencyindex.publish.weights import shares
from agencyindex.publish.wording import SPANS, Wording

METHODS = [
    (family, name, strategy)
    for family, strategies in registry.FAMILIES.items()
    for name, strategy in strategies.items()
]


def test_every_method_has_a_name_in_words() -> None:
    """The names are those of the registry, in its order, and no two of a family are the same."""
    listed = {family: list(names) for family, names in NAMES.items()}
    assert listed == {family: list(names) for family, names in registry.FAMILIES.items()}
    for names in NAMES.values():
        for language in (0, 1):
            words = [each[language] for each in names.values()]
            assert len(set(words)) == len(words)
            assert all(word and word == word.strip(" .") for word in words)


def parameters() -> Iterator[tuple[str, str, str]]:
    """Method, name and type of every parameter."""
    for _, name, strategy in METHODS:
        for field in attrs.fields(strategy):
            yield name, field.alias, str(field.type)


def test_every_parameter_has_words() -> None:
    """Each parameter has a label, each of its choices a wording, and no wording is idle."""
    known = {name for _, name, _ in parameters()}
    own = {f"{method}.{name}" for method, name, _ in parameters()}
    assert known <= set(LABELS)
    assert set(LABELS) <= known | own
    assert NAMED | set(SPANS) <= known
    choices: set[tuple[str, object]] = set()
    for _, name, kind in parameters():
        for literal in re.findall(r"Literal\[([^\]]+)\]", kind):
            choices |= {(name, each) for each in re.findall(r"[\"'](\w+)[\"']", literal)}
        if kind == "bool":
            choices |= {(name, True), (name, False)}
    choices |= {("when_zero", "error")}
    assert set(VALUES) == choices


def test_every_symbol_is_in_its_formula() -> None:
    """A symbol that the page explains stands in the formula of a method with that parameter."""
    for (family, name), symbols in SYMBOLS.items():
        strategy = registry.FAMILIES[family][name]
        fields = {field.alias for field in attrs.fields(strategy)}
        assert set(symbols) <= fields
        for symbol in symbols.values():
            for part in symbol.split(", "):
                stem = re.sub(r"_[a-z]$", "_", part)
                assert stem in strategy.formula, (name, part)


LITERATURE = re.compile(r"\(\d{4}\) .*?, (?=doi:|Springer|steg|(?:second|data) |Archives)")
"""Titles and series, which stay as they are."""

OURS = {"our", "own", "the", "with", "which", "for", "ties", "step", "as", "by", "that", "is"}


def test_own_notes_in_references_are_swedish_on_swedish_pages() -> None:
    """No English word of ours is left beside literature, and every note is of some method."""
    references = [strategy.reference for _, _, strategy in METHODS]
    for reference in references:
        said = LITERATURE.sub("", reference_in(reference, "sv"))
        assert not OURS & set(re.findall(r"[a-z]+", said)), said
        assert reference_in(reference, "en") == reference
    for note in NOTES:
        assert any(note in reference for reference in references), note


def test_a_method_of_a_plug_in_keeps_its_own_words() -> None:
    """What another package brings is called what documents call it, and so are its parameters."""

    @attrs.frozen(kw_only=True)
    class Mine:
        name = "mine"
        formula = "y = x"
        reference = "agencyindex: our own"
        strength: str = "strong"
        on: bool = True
        others: Any = None

    wording = Wording("sv")
    assert in_words("aggregation", Mine(), "sv") == "mine"
    line = wording.method("aggregation", Mine(), without=frozenset())
    assert line == ("mine", "; ", "strength: ", Code("strong"), "; ", "on: ", Code("true"))


def test_both_languages_say_the_same() -> None:
    """The tables have the same phrases with as many holes, and the code uses each of them."""
    assert list(ENGLISH) == list(SWEDISH)
    for key, phrase in ENGLISH.items():
        assert phrase.count("{}") == SWEDISH[key].count("{}"), key
    folder = Path(page.__file__).parent
    files = [each for each in folder.glob("*.py") if each.name not in {"english.py", "swedish.py"}]
    code = "".join(each.read_text(encoding="utf-8") for each in files)
    made = {reason.value for reason in Missing} | {f"own_{step}" for step in page.STEPS}
    made |= {"exclude", "worst", "best", "mean", "propagate", "closed_upper", "closed_lower"}
    made |= {f"{word}_edge" for word in ("to", "until", "from", "above")}
    made |= {"published", "every_level", "half_up", "half_even", "binary", "smallest", "largest"}
    made |= {"average", "dense", "highest", "lowest", "single_choice", "yes_no"}
    made |= {"equals", "one_of", "includes", "less", "at_most", "greater", "at_least", "answered"}
    assert [key for key in ENGLISH if key not in made and f'"{key}"' not in code] == []


@pytest.mark.parametrize(
    ("language", "share", "said"),
    [
        ("en", Fraction(1, 3), "33.33%"),
        ("sv", Fraction(1, 8), "12,5 %"),
        ("sv", 1.0, "100 %"),
        ("sv-SE", 0, "0 %"),
        ("en", None, "learnt"),
    ],
)
def test_shares_in_per_cent(language: str, share: float | None, said: str) -> None:
    """A share has up to two decimals, and the decimal sign of the language."""
    assert Wording(language).percent(share) == said


def plain(line: Line) -> str:
    """A line without its marks."""
    return "".join(each if isinstance(each, str) else getattr(each, "text", "") for each in line)


def test_tables_of_tables_in_words() -> None:
    """Comparisons in pairs, budgets and lists stand in brackets."""
    wording = Wording("en")
    ahp = registry.WEIGHTINGS["ahp"](comparisons={"a": {"b": 3}})
    line = plain(wording.method("weighting", ahp, without=frozenset()))
    assert line.endswith("(ahp); times more important: (a (b 3))")
    steps = wording.value("closed", ("upper", "lower"))
    assert steps == ("(", "the upper band", "; ", "the lower band", ")")


@pytest.mark.parametrize(
    ("language", "closed", "said"),
    [
        ("en", "upper", ["below 39", "from 39 up to but not including 60.5", "from 60.5 up"]),
        (
            "en",
            "lower",
            ["up to and including 39", "above 39 up to and including 60.5", "above 60.5"],
        ),
        (
            "sv",
            "upper",
            [
                "under 39",
                "från och med 39 till men inte med 60,5",
                "från och med 60,5",
            ],
        ),
        ("sv", "lower", ["till och med 39", "över 39 till och med 60,5", "över 60,5"]),
    ],
)
def test_classes_say_where_they_begin_and_end(language: str, closed: str, said: list[str]) -> None:
    """Each class has both ends in words, with or without the number there, as scores are classed."""
    thresholds = (39.0, 60.5)
    classes = Wording(language).classes(thresholds, (closed, closed))
    assert classes == said
    on = band_positions(np.array(thresholds), thresholds, upper=closed == "upper").tolist()
    assert on == ([1, 2] if closed == "upper" else [0, 1])


def test_methods_with_classes_say_their_ends() -> None:
    """A scoring by bands and a normalisation by steps tell each class with its value."""
    wording = Wording("en")
    bands = registry.SCORINGS["bands"](edges=[10], values=[0, 2])
    said = plain(wording.method("scoring", bands, without=frozenset()))
    assert said.endswith("(bands); values: (below 10: 0; from 10 up: 2)")
    steps = registry.NORMALISATIONS["steps"](
        edges=[1, 1, 3], values=[0, 5, 6, 7], closed=["upper", "lower", "lower"]
    )
    said = plain(wording.method("normalisation", steps, without=frozenset()))
    assert said.endswith(
        "values: (below 1: 0; from 1 up to and including 1: 5; "
        "above 1 up to and including 3: 6; above 3: 7)"
    )


@pytest.mark.parametrize(
    ("language", "of", "said"),
    [
        ("en", "sample", "divisor of the variance: n minus 1, as of a sample"),
        ("sv", "sample", "variansens nämnare: n minus 1, som för ett stickprov"),
        ("en", "population", "divisor of the variance: n, as of the whole population"),
        ("sv", "population", "variansens nämnare: n, som för hela populationen"),
    ],
)
def test_whose_standard_deviation_is_said(language: str, of: str, said: str) -> None:
    """The page says what the formula of a z-score divides by, also where the document does not."""
    keys = {} if of == "sample" else {"of": of}
    score = registry.NORMALISATIONS["zscore"](mean=0, deviation=1, **keys)
    line = Wording(language).method("normalisation", score, without=frozenset())
    assert said in "".join(each for each in line if isinstance(each, str))


def test_a_phrase_must_have_all_its_parts() -> None:
    """A phrase with a hole too many is a defect that shows."""
    with pytest.raises(ValueError, match="zip"):
        filled("{} and {}", "one")


@settings(max_examples=10)
@given(st.data())
def test_effective_weights_sum_to_one(data: st.DataObject) -> None:
    """Shares of siblings, and effective weights of all indicators, are one in all; no sum has any."""
    questionnaire = data.draw(testing.questionnaires())
    index = data.draw(testing.indices(questionnaire))
    found = shares(index)
    leaves = [found[leaf.id] for leaf in indicators(index)]
    if all(leaf.whole and leaf.effective is not None for leaf in leaves):
        assert sum((leaf.effective or 0 for leaf in leaves), Fraction(0)) == 1
    for node in inner(index):
        below = [found[child.id] for child in node.children]
        if any(each.term for each in below):
            assert [each.own for each in below] in (
                [None] * len(below),
                [Fraction(repr(nominal_weight(child))) for child in node.children],
            )
        else:
            assert sum((each.own or 0 for each in below), Fraction(0)) in {0, 1}
