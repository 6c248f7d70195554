"""What the commands say beside their results, and the words that they take from documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agencyindex.cli import main

QUESTIONNAIRE: dict[str, Any] = {
    "schema": "agencyindex/questionnaire/1",
    "id": "q",
    "version": "1.0.0",
    "sections": [
        {
            "id": "all",
            "items": [
                {
                    "id": "plan",
                    "type": "single_choice",
                    "options": [
                        {"value": "yes", "label": {"sv": "Infört", "en": "In place"}},
                        {"value": "no", "label": {"sv": "Saknas", "en": "Lacking"}},
                    ],
                },
                {"id": "share", "type": "number", "minimum": 0, "maximum": 100},
            ],
        }
    ],
}
INDEX: dict[str, Any] = {
    "schema": "agencyindex/index/1",
    "id": "i",
    "version": "1.0.0",
    "questionnaire": {"id": "q", "version": "1.0.0"},
    "rounding": {"where": "published", "decimals": 1, "rule": "half_up"},
    "minimum_coverage": 0.6,
    "ranking": {"on": "raw", "ties": "smallest", "first": "highest"},
    "missing": dict.fromkeys(
        ("not_answered", "dont_know", "refused", "not_applicable", "not_asked"), "exclude"
    ),
    "scorings": {
        "plan": {"method": "points", "points": {"yes": 1, "no": 0}},
        "share": {
            "method": "linear",
            "lower": 0,
            "upper": 100,
            "outside": "error",
            "better": "higher",
        },
    },
    "normalisation": {"method": "none"},
    "weighting": {"method": "equal"},
    "aggregation": {"method": "arithmetic"},
    "children": [
        {
            "id": "a_plan",
            "item": "plan",
            "scoring": "plan",
            "title": {"sv": "Plan", "en": "A plan"},
        },
        {"id": "a_share", "item": "share", "scoring": "share"},
    ],
}
ASKED = "id,name_sv\na,Arkivet\nb,Boverket\nc,Centralen\nd,Domstolen\n"
ANSWERS = "agency,plan,share\na,yes,28\nb,no,\nc,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an index, its questionnaire, a register and answers."""
    monkeypatch.chdir(tmp_path)
    Path("q.questionnaire.json").write_text(json.dumps(QUESTIONNAIRE), encoding="utf-8")
    written(INDEX)
    Path("asked.csv").write_text(ASKED, encoding="utf-8")
    Path("answers.csv").write_text(ANSWERS, encoding="utf-8")
    return tmp_path


def written(index: dict[str, Any]) -> None:
    """Write the index."""
    Path("i.index.json").write_text(json.dumps(index), encoding="utf-8")


FILES = ["--index", "i.index.json", "--responses", "answers.csv"]


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> tuple[str, str]:
    """What a command prints, and what it says beside that."""
    assert main(list(arguments)) == status
    return tuple(capsys.readouterr())  # type: ignore[return-value]


def test_who_did_not_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty row is no answer, and both the empty rows and those without a row are named."""
    _, beside = said(capsys, "score", *FILES, "--register", "asked.csv")
    assert beside == (
        "\n2 of the 4 agencies that were asked answered (50%).\n"
        "No answers from d.\n"
        "Nothing is answered by c. Delete its row if there was no reply: an empty row is scored "
        "by the rule for not_answered.\n"
    )


def test_many_that_did_not_answer_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The first few are named and the others counted."""
    rows = "".join(f"x{number}\n" for number in range(9))
    Path("asked.csv").write_text(f"id\na\nb\nc\n{rows}", encoding="utf-8")
    _, beside = said(capsys, "score", *FILES, "--register", "asked.csv")
    assert "No answers from x0, x1, x2, x3, x4 and 4 more.\n" in beside


def test_an_agency_that_was_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Answers of an agency that the register lacks are a finding, with the name that is near."""
    Path("asked.csv").write_text("id\na\nb\nagency-c\n", encoding="utf-8")
    Path("answers.csv").write_text(ANSWERS.replace("c,,", "agency_c,,1"), encoding="utf-8")
    out, beside = said(capsys, "score", *FILES, "--register", "asked.csv", status=1)
    assert out == ""
    assert beside == (
        'answers.csv, agency agency_c  The agency "agency_c" is not in the register. '
        'Did you mean "agency-c"? Correct its id, or add it to the register. [unknown-agency]\n'
    )


def test_an_index_that_learns_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Scoring and explaining tell that the index learnt from these answers, until it is fitted."""
    learning = INDEX["children"][0] | {"missing": {"not_answered": "mean"}}
    written(INDEX | {"children": [learning, INDEX["children"][1]]})
    words = "Learnt from these 3 agencies: i. Keep it with agencyindex fit.\n"
    assert words in said(capsys, "score", *FILES)[1]
    assert said(capsys, "explain", "a", *FILES)[1] == words
    assert said(capsys, "fit", *FILES, "-o", "fitted.json") == ("", "Written to fitted.json.\n")
    again = ["--index", "fitted.json", "--responses", "answers.csv"]
    assert "Learnt" not in said(capsys, "score", *again)[1]


LOOKING_BACK = INDEX | {
    "imputation": {"method": "previous_edition"},
    "missing": INDEX["missing"] | {"not_answered": "impute"},
}


def test_an_index_that_learns_from_the_edition_before(capsys: pytest.CaptureFixture[str]) -> None:
    """The note says so, and the fitted index has the name of each edition."""
    written(LOOKING_BACK)
    Path("before.csv").write_text("agency,plan,share\nb,no,40\nc,yes,50\n", encoding="utf-8")
    words = [*FILES, "--previous", "before.csv"]
    told = "Learnt from these 3 agencies and the edition before: i. Keep it with agencyindex fit.\n"
    assert told in said(capsys, "score", *words)[1]
    editions = ["--edition", "2026", "--previous-edition", "2025"]
    said(capsys, "fit", *words, *editions, "-o", "fitted.json")
    record = json.loads(Path("fitted.json").read_text(encoding="utf-8"))["population"]
    assert (record["edition"], record["previous"]["edition"]) == ("2026", "2025")


def test_what_is_not_given_is_told_as_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Each mend names the option of the command line, or the command that does it."""
    head = {"id": "a_head", "attribute": "fte", "scoring": "share"}
    others = INDEX | {"aggregation": {"method": "copeland"}}
    for index, command, mend in (
        (LOOKING_BACK, "score", "Give them as previous=... (--previous). [needs-population]"),
        (
            INDEX | {"children": [*INDEX["children"], head]},
            "score",
            "Give register=... (--register). [needs-register]",
        ),
        (others, "fit", "score_population (agencyindex score), or use another method."),
    ):
        written(index)
        output = ["-o", "out.json"]
        assert mend in said(capsys, command, *FILES, *output, status=1)[1]


def test_an_index_is_validated_beside_its_questionnaire(capsys: pytest.CaptureFixture[str]) -> None:
    """An index alone is checked against the questionnaire beside it, and told where there is none."""
    assert said(capsys, "validate", "i.index.json")[0] == (
        "1 document: nothing found wrong\n"
        "i.index.json: checked against q 1.0.0, q.questionnaire.json beside it\n"
    )
    assert said(capsys, "validate", "i.index.json", "q.questionnaire.json")[0] == (
        "2 documents: nothing found wrong\n"
    )
    wrong = [INDEX["children"][0] | {"item": "plam"}, INDEX["children"][1]]
    written(INDEX | {"children": wrong})
    _, beside = said(capsys, "validate", "i.index.json", status=1)
    assert "[unknown-item]" in beside
    written(INDEX)
    Path("q.questionnaire.json").unlink()
    assert said(capsys, "validate", "i.index.json")[0] == (
        "1 document: nothing found wrong\n"
        "i.index.json: not checked against its questionnaire q 1.0.0; give that too\n"
    )


def test_a_faulty_questionnaire_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether it is given, under whatever name, or found beside the index, it is to be mended."""
    right = Path("q.questionnaire.json").read_text(encoding="utf-8")
    twice = json.loads(right)
    twice["sections"].append(twice["sections"][0])
    wrong = json.dumps(twice)
    Path("q.questionnaire.json").write_text(wrong, encoding="utf-8")
    here = ["i.index.json", str(tmp_path / "." / "q.questionnaire.json")]
    first = (
        "i.index.json: not checked against its questionnaire q 1.0.0; mend what is wrong first\n"
    )
    for given in (here, here[:1], ["./i.index.json", "q.questionnaire.json"]):
        out, told = said(capsys, "validate", *given, status=1)
        assert out == first
        assert len(told.splitlines()) == len(set(told.splitlines()))
    Path("q.questionnaire.json").unlink()
    Path("other.json").write_text(wrong, encoding="utf-8")
    assert said(capsys, "validate", "i.index.json", "other.json", status=1)[0] == first


def test_why_there_is_no_score(capsys: pytest.CaptureFixture[str]) -> None:
    """Too little coverage is told in figures, and no baseline is told of no score."""
    out, _ = said(capsys, "explain", "b", *FILES)
    head = "b has no score in i: coverage 0.50 is below the minimum coverage 0.6.\n"
    assert out.startswith(head)
    assert "Baseline" not in out


def test_an_explanation_in_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    """Agency, indicators and options have their names, and the rank is among those that have one."""
    words = ["--language", "sv", "--register", "asked.csv"]
    lines = said(capsys, "explain", "a", *FILES, *words)[0].splitlines()
    assert lines[0] == "Arkivet: 0.6 in i, rank 1 of 1; 100% answered."
    assert [line.split()[:2] for line in lines[4:6]] == [["Plan", "Infört"], ["a_share", "28"]]


@pytest.mark.parametrize("command", [["score"], ["explain", "a"], ["score", "-o", "scores.csv"]])
def test_a_language_that_no_text_has(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A language that no text of index, questionnaire or register has is a finding."""
    out, beside = said(capsys, *command, *FILES, "--language", "fi", status=1)
    assert (out, beside) == (
        "",
        'No text is in the language "fi". The 2 languages are "sv", "en". [unknown-language]\n',
    )


@pytest.mark.parametrize("command", [["score"], ["explain", "a"]])
def test_texts_that_state_no_language_are_given_in_any(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where all texts are plain there is nothing to choose, as a methodology page has it too."""

    def plain(value: dict[str, Any]) -> Any:
        return value.get("sv", value)

    asked = json.loads(json.dumps(QUESTIONNAIRE), object_hook=plain)
    Path("q.questionnaire.json").write_text(json.dumps(asked), encoding="utf-8")
    written(json.loads(json.dumps(INDEX), object_hook=plain))
    assert "Plan" in said(capsys, *command, *FILES, "--language", "sv")[0]


def test_what_was_written_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A command that writes a file names it."""
    sheet = ["template", "q.questionnaire.json", "-o", "sheet.csv"]
    assert said(capsys, *sheet) == ("", "Written to sheet.csv.\n")
    assert said(capsys, "score", *FILES, "-o", "s.csv")[1].startswith("Written to s.csv.\n")


def test_figures_have_the_decimals_of_the_index(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure is printed with the decimals that it is published with, the last a zero or not."""
    out, _ = said(capsys, "score", *FILES)
    assert out.splitlines()[3].split() == ["1", "a", "0.6", "1.0", "0.3", "100%"]


def test_a_register_with_decimal_commas(capsys: pytest.CaptureFixture[str]) -> None:
    """What a message proposes for a register's numbers, the commands take."""
    Path("asked.csv").write_text('id,fte\na,"80,5"\nb,1\nc,2\n', encoding="utf-8")
    sheet = ["template", "q.questionnaire.json", "-o", "sheet.csv", "--register", "asked.csv"]
    _, beside = said(capsys, *sheet, status=1)
    assert "Write 80.5, or pass decimal_comma=True (--decimal-comma)." in beside
    assert said(capsys, *sheet, "--decimal-comma")[1] == "Written to sheet.csv.\n"
    asked = ["--register", "asked.csv", "--decimal-comma"]
    assert "2 of the 3 agencies" in said(capsys, "score", *FILES, *asked)[1]


def test_a_partial_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A table that lacks an item's column is refused until it is said to be partial."""
    Path("answers.csv").write_text("agency,plan\na,yes\n", encoding="utf-8")
    _, beside = said(capsys, "score", *FILES, status=1)
    assert beside == (
        "answers.csv, item share  No column has the answers to this item. Add the column, or say "
        "that the table is partial: partial=True (--partial). [missing-column]\n"
    )
    said(capsys, "score", *FILES, "--partial")
