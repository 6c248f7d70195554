"""Empty response sheets: what is written reads back, empty or filled in, in every form."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tables import forms
from tests.tables.forms import QUESTIONNAIRE, problems, responses, told
from tests.tables.sheets import (
    asked,
    composed,
    fill_csv,
    fill_xlsx,
    filling,
    offered,
    part,
    read,
    sheets,
)

from agencyindex import (
    Agency,
    Item,
    Missing,
    Option,
    Questionnaire,
    Register,
    Response,
    Responses,
    Section,
    read_responses,
    write_template,
)
from agencyindex._documents.questionnaire_checks import check_questionnaire
from agencyindex._model.conditions import AllOf, AnyOf, Comparison, Not
from agencyindex.cli import main
from agencyindex.errors import DocumentError, FileError, Findings, ResponseError
from agencyindex.tables import template

FORMS = [
    {"layout": layout, "options": options}
    for layout in ("wide", "long")
    for options in ("column", "cell")
]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_unfilled_is_not_answered(tmp_path: Path, form: Any, ending: str) -> None:
    """For every agency of the register each item is not answered, or not asked."""
    empty = [Response("b"), Response("a"), Response("202100-6883")]
    path = tmp_path / f"sheet{ending}"
    write_template(QUESTIONNAIRE, path, register=asked(empty), language="sv", **form)
    assert read(path, QUESTIONNAIRE, form) == list(Responses.of(QUESTIONNAIRE, empty))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("form", FORMS)
@given(answers=responses())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_filled_in_reads_back(
    tmp_path: Path, form: Any, ending: str, answers: list[Response]
) -> None:
    """A sheet filled in with what it offers reads as exactly the answers put in."""
    answers = offered(QUESTIONNAIRE, answers)
    path = tmp_path / f"sheet{ending}"
    write_template(QUESTIONNAIRE, path, register=asked(answers), language="sv", **form)
    cells = filling(composed(QUESTIONNAIRE, asked(answers), form), QUESTIONNAIRE, answers)
    (fill_csv if ending == ".csv" else fill_xlsx)(path, cells)
    assert read(path, QUESTIONNAIRE, form) == list(Responses.of(QUESTIONNAIRE, answers))


WORDS = st.text("xaÅ=+-@;,/[]'\"<&1. \n\u00a0😀", min_size=1, max_size=6) | st.just("x")


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Questionnaires of three items whose options have awkward values and labels."""
    items = []
    for number in range(3):
        kind = draw(st.sampled_from(["single_choice", "multiple_choice", "number"]))
        missing = st.just(Missing.DONT_KNOW) if kind == "number" else st.none()
        option = st.builds(
            lambda value, label, missing: Option(value, {"sv": label}, missing=missing),
            WORDS,
            WORDS,
            missing | st.just(Missing.REFUSED),
        )
        options = draw(st.lists(option, min_size=1, max_size=4))
        items.append(Item(f"i{number}", kind, options=options))
    made = Questionnaire(id="q", version="1.0.0", sections=[Section("s", items=items)])
    findings = Findings()
    check_questionnaire(made, None, findings)
    if findings or any(not option.value.strip() for item in items for option in item.options):
        made = attrs.evolve(made, sections=[Section("s", items=[Item("e_id", "yes_no")])])
    return made


@pytest.mark.parametrize("form", FORMS)
@given(questionnaire=questionnaires(), data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_option_that_is_offered_reads_back(
    tmp_path: Path, form: Any, questionnaire: Questionnaire, data: st.DataObject
) -> None:
    """Whatever options are called, a choice reads back as the option, or the sheet is refused."""
    answers = {
        item.id: data.draw(st.sampled_from([o.missing or o.value for o in item.options]))
        for item in questionnaire
        if item.options
    }
    response = [
        Response(
            "=1+1",
            {
                item: [answer]
                if questionnaire[item].type == "multiple_choice" and isinstance(answer, str)
                else answer
                for item, answer in answers.items()
            },
        )
    ]
    expected = list(Responses.of(questionnaire, response))
    for ending, fill in ((".csv", fill_csv), (".xlsx", fill_xlsx)):
        path = tmp_path / f"sheet{ending}"
        try:
            write_template(questionnaire, path, register=asked(response), language="sv", **form)
        except ResponseError as error:
            refused = {each.code for each in error.problems}
        else:
            refused = set()
        if refused:
            assert (form["options"], refused) == ("cell", {"bad-parameter"})
            return
        blank = composed(questionnaire, asked(response), form)
        fill(path, filling(blank, questionnaire, response))
        assert read(path, questionnaire, form) == expected


def test_a_workbook_says_what_is_asked(tmp_path: Path) -> None:
    """Three visible sheets: answers, what is asked and when, and the lists."""
    path = tmp_path / "sheet.xlsx"
    register = asked([Response("a")])
    write_template(attrs.evolve(QUESTIONNAIRE, synthetic=True), path, register=register)
    found = sheets(path)
    assert list(found) == ["answers", "questions", "options"]
    assert 'state="hidden"' not in part(path, "xl/workbook.xml")
    assert found["answers"][0][:4] == ["agency", "agency name", "rpa", "level"]
    assert found["answers"][0][4] == "channels/web"
    assert found["questions"][0][0] == "survey (survey 1.0.0)"
    assert found["questions"][2][0].startswith("SYNTHETIC DATA")
    by_item = {row[1]: row for row in found["questions"][5:]}
    assert by_item["share"][3] == "a whole number from 0 to 100\n-9"
    assert by_item["channels"][3].splitlines()[:2] == ["x where it applies", "Webb"]
    assert by_item["logins"][4] == 'if e_id is "Yes"'
    assert by_item["rpa"][4] == "always"
    assert [row[0] for row in found["options"]][:3] == ["rpa", "Infört", "Prövat; i drift"]


def test_a_workbook_checks_what_is_typed(tmp_path: Path) -> None:
    """Options come from lists on a sheet, whatever their length; numbers keep to their bounds."""
    path = tmp_path / "sheet.xlsx"
    write_template(QUESTIONNAIRE, path, register=asked([Response("a"), Response("b")]))
    content = part(path, "xl/worksheets/sheet1.xml")
    rules = {
        match[2]: (match[1], match[3])
        for match in re.finditer(
            r'<dataValidation type="(\w+)".*?sqref="([A-Z0-9: ]+)"><formula1>(.*?)<', content
        )
    }
    assert rules["C2:C3"] == ("list", "options!$A$2:$A$5")
    assert rules["E2:E3"] == ("list", '"x"')
    assert rules["K2:K3"] == ("custom", "AND(ISNUMBER(K2),K2&gt;=0)")
    number = "AND(ISNUMBER(L2),L2&gt;=0,L2&lt;=100,L2=INT(L2))"
    assert rules["L2:L3"] == (
        "custom",
        f"OR(IFERROR({number},FALSE),COUNTIF(options!$D$2:$D$2,L2)&gt;0)",
    )
    assert rules["M2:M3"] == ("custom", "ISNUMBER(M2)")


def test_long_rules_cover_the_rows_of_their_item(tmp_path: Path) -> None:
    """In the long layout a rule stands for the rows of its item, and for no other."""
    path = tmp_path / "sheet.xlsx"
    register = asked([Response("a"), Response("b")])
    write_template(QUESTIONNAIRE, path, register=register, layout="long")
    content = part(path, "xl/worksheets/sheet1.xml")
    found = re.findall(r'sqref="([A-Z0-9: ]+)"><formula1>(.*?)<', content)
    assert found[0] == ("D2 D11", "options!$A$2:$A$5")
    assert found[2] == ("D4:D6 D13:D15", "options!$C$2:$C$6")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_without_a_register_rows_are_to_fill_in(tmp_path: Path, ending: str) -> None:
    """Headings alone, ready for agencies that the reader of the sheet names."""
    path = tmp_path / f"sheet{ending}"
    write_template(QUESTIONNAIRE, path)
    assert told(ResponseError, lambda: read_responses(path, QUESTIONNAIRE)) == [
        ("no-rows", path.name)
    ]
    write_template(QUESTIONNAIRE, path, layout="long")
    found = problems(ResponseError, lambda: read_responses(path, QUESTIONNAIRE, layout="long"))
    assert {each.code for each in found} == {"empty-agency"}
    assert len(found) == 9


def test_the_names_of_agencies_are_passed_over(tmp_path: Path) -> None:
    """A column of names never counts as answers, in either layout."""
    rows = [{"agency": "a", "agency name": "The First", "e_id": "yes"}]
    assert read_responses(rows, QUESTIONNAIRE, partial=True)["a"].answers["e_id"] == "yes"
    long = [{"agency": "a", "agency name": "The First", "item": "e_id", "answer": "yes"}]
    assert read_responses(long, QUESTIONNAIRE, layout="long")["a"].answers["e_id"] == "yes"


def test_a_spreadsheet_runs_no_text(tmp_path: Path) -> None:
    """An id or a name that begins as a formula is written as text, and the id reads back."""
    ids = ["=1+1", "+46", "-x", "@a", "<r>1</r>"]
    agencies = [Agency(each, name=f"{each} AB") for each in ids]
    register = Register(id="r", version="1.0.0", agencies=agencies)
    for ending in (".csv", ".xlsx"):
        path = tmp_path / f"sheet{ending}"
        write_template(QUESTIONNAIRE, path, register=register)
        assert list(read_responses(path, QUESTIONNAIRE).agencies) == ids
    lines = (tmp_path / "sheet.csv").read_text(encoding="utf-8").splitlines()
    assert [line[:2] for line in lines[1:5]] == ["'=", "'+", "'-", "'@"]
    assert "<f>" not in part(tmp_path / "sheet.xlsx", "xl/worksheets/sheet1.xml")


def test_the_same_sheet_is_the_same_file(tmp_path: Path) -> None:
    """Writing twice gives the same bytes."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        write_template(QUESTIONNAIRE, path, register=asked([Response("a")]))
    assert first.read_bytes() == second.read_bytes()


def test_conditions_in_words(tmp_path: Path) -> None:
    """Every operator is said in words, with brackets where the joining changes."""
    yes, few = Comparison("e_id", "equals", "yes"), Comparison("fte", "less", 5)
    condition = AllOf(
        [
            AnyOf([yes, few]),
            Not(Comparison("channels", "includes", "web")),
            Comparison("rpa", "one_of", ("no", "tested")),
            Comparison("fte", "at_least", 2.5),
            Comparison("fte", "at_most", 9),
            AllOf([Comparison("fte", "greater", 1)]),
            Comparison("rpa", "answered"),
        ]
    )
    items = [*forms.ITEMS, Item("last", "yes_no", {"sv": "Sist?"}, condition=condition)]
    questionnaire = attrs.evolve(QUESTIONNAIRE, sections=[Section("all", items=items)])
    path = tmp_path / "sheet.xlsx"
    said = []
    for language in ("en", "sv"):
        write_template(questionnaire, path, language=language, options="cell")
        said.append(sheets(path)["questions"][-1][4])
    assert said[0] == (
        'if (e_id is "Yes" or fte is less than 5) and not (channels includes "Web") and '
        '(rpa is "No" or rpa is "Tested, in use") and fte is at least 2.5 and fte is at most 9 '
        "and fte is more than 1 and rpa is answered"
    )
    assert said[1].startswith('om (e_id är "Ja" eller fte är mindre än 5) och inte (channels')
    assert said[1].endswith("och fte är mer än 1 och rpa är besvarad")


def test_long_texts_are_cut_beside_the_cell_only(tmp_path: Path) -> None:
    """A question longer than a spreadsheet shows beside a cell stands whole among the questions."""
    text = "Är 😀 " * 100 + "det så?"
    item = Item("i" * 60, "yes_no", {"sv": text})
    questionnaire = Questionnaire(id="q", version="1.0.0", sections=[Section("s", items=[item])])
    path = tmp_path / "sheet.xlsx"
    write_template(questionnaire, path)
    prompt = re.search(r'prompt="(.*?)"', part(path, "xl/worksheets/sheet1.xml"))
    assert prompt is not None
    assert prompt[1].endswith("...")
    assert len(prompt[1].encode("utf-16-le")) <= 2 * 255
    assert sheets(path)["questions"][-1][2] == text


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """Each refusal has its code, and leaves the file that was there."""
    path = tmp_path / "sheet.csv"
    path.write_text("old", encoding="utf-8")

    def refused(questionnaire: Questionnaire, **arguments: Any) -> list[tuple[str, str]]:
        return told(ResponseError, lambda: write_template(questionnaire, path, **arguments))

    assert refused(QUESTIONNAIRE, layout="tall", options="row") == [("bad-parameter", "")] * 2
    assert refused(QUESTIONNAIRE, separator=" ") == [("bad-parameter", "")]
    assert refused(QUESTIONNAIRE, agency="e_id") == [("duplicate-column", "item e_id")]
    assert refused(QUESTIONNAIRE, agency="channels/web") == [("duplicate-column", "item channels")]
    assert refused(QUESTIONNAIRE, agency="agency name") == [("duplicate-column", "")]
    assert refused(QUESTIONNAIRE, agency="item", layout="long") == [("duplicate-column", "")]
    items = [Item("c", "multiple_choice", options=[Option("a;b"), Option(" ")])]
    awkward = Questionnaire(id="q", version="1.0.0", sections=[Section("s", items=items)])
    assert refused(awkward) == [("bad-pattern", "item c")]
    assert sorted(refused(awkward, options="cell")) == [
        ("bad-parameter", "item c"),
        ("bad-pattern", "item c"),
    ]
    twice = attrs.evolve(awkward, sections=[Section("s", items=items * 2)])
    assert ("duplicate-id", "#/sections/0/items/1/id") in told(
        DocumentError, lambda: write_template(twice, path)
    )
    assert told(FileError, lambda: write_template(QUESTIONNAIRE, path.with_suffix(".ods"))) == [
        ("unknown-format", str(path.with_suffix(".ods")))
    ]
    assert path.read_text(encoding="utf-8") == "old"


def test_more_than_a_spreadsheet_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns or rows beyond a spreadsheet's limits would be lost without a word."""
    monkeypatch.setattr(template, "MOST_COLUMNS", 10)
    path = tmp_path / "sheet.xlsx"
    assert told(FileError, lambda: write_template(QUESTIONNAIRE, path)) == [
        ("not-writable", str(path))
    ]
    monkeypatch.setattr(template, "MOST_COLUMNS", 16_384)
    monkeypatch.setattr(template, "MOST_ROWS", 5)
    register = asked([Response("a")])
    call = lambda: write_template(QUESTIONNAIRE, path, register=register, layout="long")  # noqa: E731
    assert told(FileError, call) == [("not-writable", str(path))]


def test_the_command_writes_what_score_reads(tmp_path: Path, capsys: Any) -> None:
    """`template` writes a sheet that `score` reads without a word about sheets or columns."""
    documents = Path(main.__code__.co_filename).parents[1] / "catalogue" / "documents"
    (questionnaire,) = map(str, documents.glob("*.questionnaire.json"))
    (register,) = map(str, documents.glob("*.register.json"))
    index = str(next(documents.glob("*.index.json")))
    for ending in (".xlsx", ".csv"):
        sheet = str(tmp_path / f"sheet{ending}")
        command = ["template", questionnaire, "-o", sheet, "--register", register]
        assert main([*command, "--language", "sv"]) == 0
        assert main(["score", "--index", index, "--responses", sheet, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["agencies"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_real_spreadsheet_keeps_the_answers(tmp_path: Path) -> None:
    """LibreOffice opens a filled workbook and saves it again, and it reads as before."""
    answers = [Response("a", {"rpa": "tested", "channels": ["web"], "e_id": "yes", "fte": 2.5})]
    path, form = tmp_path / "sheet.xlsx", FORMS[0]
    write_template(QUESTIONNAIRE, path, register=asked(answers), language="sv", **form)
    fill_xlsx(path, filling(composed(QUESTIONNAIRE, asked(answers), form), QUESTIONNAIRE, answers))
    command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "again")]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    saved = tmp_path / "again" / "sheet.xlsx"
    assert read(saved, QUESTIONNAIRE, form) == list(Responses.of(QUESTIONNAIRE, answers))
