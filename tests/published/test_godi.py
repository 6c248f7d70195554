"""Global Open Data Index 2013 to 2015: published entries, places and ranks, reproduced."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import agencyindex as ai
from agencyindex.cli import main
from agencyindex.errors import ResponseError

DATA = Path(__file__).parents[1] / "data" / "godi"
QUESTIONS = [
    "exists",
    "digital",
    "public",
    "online",
    "free",
    "machinereadable",
    "bulk",
    "openlicense",
    "uptodate",
]
FAULTY = {"sg", "sa", "mt", "pl", "gr"}
"""Places whose entries the source has under a wrong year, by its README."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _entries(folder: Path, year: str) -> list[dict[str, str]]:
    return [row for row in _rows(folder / "entries.csv") if row["year"] == year]


def _write_answers(entries: list[dict[str, str]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["agency", "item", "answer"])
        for row in entries:
            for name in QUESTIONS:
                writer.writerow([row["place"], f"{row['dataset']}.{name}", row[name]])
    return path


def _repeated(entries: list[dict[str, str]]) -> set[str]:
    """Places that have two entries for one dataset."""
    count = Counter((row["place"], row["dataset"]) for row in entries)
    return {place for (place, _), times in count.items() if times > 1}


def _scores(answers: Path, edition: str) -> ai.Scores:
    questionnaire = ai.load(DATA / "godi.questionnaire.json", ai.Questionnaire)
    name = "godi-2015" if edition == "2015" else "godi-2014"
    index = ai.load(DATA / f"{name}.index.json", ai.IndexDefinition)
    responses = ai.read_responses(answers, questionnaire, layout="long", edition=edition)
    return ai.score(ai.freeze(index, questionnaire), responses)


def test_every_entry(shared_data: Path, tmp_path: Path) -> None:
    """The sum of an entry's points is its published score; here each entry stands alone."""
    entries = _rows(shared_data / "published" / "godi" / "entries.csv")
    assert len(entries) == 3153
    for year, root in (("2013", "godi-2014"), ("2014", "godi-2014"), ("2015", "godi-2015")):
        kept = [row for row in entries if row["year"] == year]
        alone = [{**row, "place": f"{row['place']} {n}"} for n, row in enumerate(kept)]
        scores = _scores(_write_answers(alone, tmp_path / f"{year}.csv"), year)
        for row in alone:
            assert float(row["score"]) == scores.get(row["place"], root, row["dataset"]).value


def test_entries_under_a_wrong_year_are_found(shared_data: Path, tmp_path: Path) -> None:
    """The places that have two entries for one dataset of 2013 are refused, not picked from."""
    entries = _entries(shared_data / "published" / "godi", "2013")
    with pytest.raises(ResponseError) as caught:
        _scores(_write_answers(entries, tmp_path / "answers.csv"), "2013")
    assert {"duplicate-answer"} == {each.code for each in caught.value.problems}
    assert {each.place.agency for each in caught.value.problems} == FAULTY


def _wrong(folder: Path, entries: list[dict[str, str]], year: str, answers: Path) -> set[str]:
    scores = _scores(_write_answers(entries, answers), year)
    places = {row["id"]: row for row in _rows(folder / "places.csv")}
    return {
        place
        for place in scores.agencies
        if scores.get(place, "godi-2014").published != float(places[place][f"score_{year}"])
    }


def test_places_of_2013(shared_data: Path, tmp_path: Path) -> None:
    """55 of 60 places; the five others have entries of two years."""
    folder = shared_data / "published" / "godi"
    entries = _entries(folder, "2013")
    places = {row["place"] for row in entries}
    clean = [row for row in entries if row["place"] not in FAULTY]
    assert (len(places), _repeated(entries)) == (60, FAULTY)
    assert len({row["place"] for row in clean}) == 55
    assert set() == _wrong(folder, clean, "2013", tmp_path / "answers.csv")


def test_places_of_2014(shared_data: Path, tmp_path: Path) -> None:
    """92 of 97 places; four have no entries of this year, and Greece lacks one."""
    folder = shared_data / "published" / "godi"
    entries = _entries(folder, "2014")
    places = {row["place"] for row in entries}
    published = {row["id"] for row in _rows(folder / "places.csv") if row["score_2014"]}
    assert FAULTY - places <= published
    assert (93, FAULTY - {"gr"}) == (len(places), FAULTY - places)
    assert {"gr"} == _wrong(folder, entries, "2014", tmp_path / "answers.csv")


def test_places_and_ranks_of_2015(shared_data: Path, tmp_path: Path) -> None:
    """All 122 scores and ranks, half up and on the rounded score, by API and command line."""
    folder = shared_data / "published" / "godi"
    answers = _write_answers(_entries(folder, "2015"), tmp_path / "answers.csv")
    scores = _scores(answers, "2015")
    out = tmp_path / "scores.csv"
    status = main(
        ["score", "--index", str(DATA / "godi-2015.index.json"), "--responses", str(answers)]
        + ["--layout", "long", "-o", str(out)]
    )
    written = {row["agency"]: row for row in _rows(out) if row["kind"] == "index"}
    places = [row for row in _rows(folder / "places.csv") if row["id"] in scores.agencies]
    assert (status, len(places), len(written)) == (0, 122, 122)
    for row in places:
        score = scores.get(row["id"], "godi-2015")
        assert (float(row["score"]), float(row["rank"])) == (score.published, score.rank)
        line = written[row["id"]]
        assert (score.published, score.rank) == (float(line["published"]), float(line["rank"]))
