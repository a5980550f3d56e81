"""The week on paper: a blank sheet to print, and what stands on it by command."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell, answer, refused
from tests.report.pages import squeeze, text_of


def printed(moodlab: Shell, *more: str) -> str:
    out = moodlab.folder / "week.pdf"
    done = moodlab("sheet", str(out), *more)
    assert (done.status, done.err) == (0, ""), done
    return squeeze(text_of(out.read_bytes()))


def test_the_sheet_has_what_is_tracked_and_nothing_that_was_answered(moodlab: Shell) -> None:
    moodlab("track", "add", "Cups of tea", "--kind", "number", "--unit", "cups")
    moodlab("track", "stop", "motivation")
    blank = printed(moodlab)

    assert moodlab("log", "today", "mood=3", "cups_of_tea=987", "note=nobody sees it").status == 0
    assert moodlab("setting", "name=Zoe Somebody").status == 0

    assert printed(moodlab) == blank
    assert "Cupsoftea" in blank
    assert "Motivation" not in blank
    assert "987" not in blank


def test_dates_begin_on_the_day_that_is_named_also_in_days_to_come(moodlab: Shell) -> None:
    assert "29Dec2027–4Jan2028" in printed(moodlab, "--from", "2027-12-29", "--paper", "letter")

    told = answer(moodlab("sheet", f"{moodlab.folder}/b.pdf", "--from", "2027-12-29", "--json"))
    assert told["from"] == "2027-12-29"
    assert told["metrics"][0] == "fatigue"
    assert told["metrics"][-1] == "sleep_hours"


def test_it_speaks_german(moodlab: Shell) -> None:
    assert "Stimmung" in printed(moodlab, "--language", "de")


@pytest.mark.parametrize(
    "words",
    [("week.txt",), ("week.pdf", "--paper", "a3"), ("week.pdf", "--language", "fr"),
     ("week.pdf", "--from", "someday"), ("no/such/folder/week.pdf",)],
)  # fmt: skip
def test_what_makes_no_sheet_is_refused(moodlab: Shell, words: tuple[str, ...]) -> None:
    refused(moodlab("sheet", f"{moodlab.folder}/{words[0]}", *words[1:]))

    assert sorted(path.suffix for path in moodlab.folder.iterdir() if path.is_file()) == [
        ".moodlab"
    ]


def test_a_sheet_replaces_a_sheet_and_nothing_else_unless_told(moodlab: Shell) -> None:
    out = moodlab.folder / "week.pdf"
    printed(moodlab)
    printed(moodlab, "--from", "today", "--language", "de")
    page = moodlab.folder / "page.pdf"
    assert moodlab("report", str(page)).status == 0
    foreign = moodlab.folder / "letter.pdf"
    foreign.write_bytes(b"%PDF-1.7 from a friend")

    for path in (page, foreign):
        kept = path.read_bytes()
        assert "--overwrite" in refused(moodlab("sheet", str(path)))
        assert path.read_bytes() == kept
    assert "--overwrite" in refused(moodlab("report", str(out)))
    assert moodlab("sheet", str(foreign), "--overwrite").status == 0
    assert "Weeksheet" in squeeze(text_of(foreign.read_bytes()))


def test_a_day_from_paper_keeps_that_it_came_from_there(moodlab: Shell, tmp_path: Path) -> None:
    moodlab("track", "add", "Walked", "--kind", "yesno")
    day = ("log", "2026-01-05", "mood=10", "sleep=unable", "walked=yes")

    told = answer(moodlab(*day, "--from-paper", "--json"))

    assert (told["source"], told["recorded"]) == ("paper", "later")
    known = answer(moodlab("day", "2026-01-05", "--json"))["ratings"]
    assert {each["source"] for each in known} == {"paper"}
    assert {each["recorded"] for each in known} == {"later"}
    assert "Mood 10 (from paper, typed " in moodlab("day", "2026-01-05").out
    assert moodlab("check").status == 0


def test_a_value_that_was_there_keeps_its_source_until_it_is_changed(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=4", "fatigue=5")

    moodlab("log", "today", "mood=4", "fatigue=6", "--from-paper")

    known = answer(moodlab("day", "today", "--json"))["ratings"]
    assert {each["metric"]: each["source"] for each in known} == {
        "mood": "manual", "fatigue": "paper",
    }  # fmt: skip
    moodlab("undo")
    known = answer(moodlab("day", "today", "--json"))["ratings"]
    assert {each["source"] for each in known} == {"manual"}


@pytest.mark.parametrize("name", ["all.json", "tables"])
def test_exports_carry_it_and_a_round_trip_is_whole(moodlab: Shell, name: str) -> None:
    other = moodlab.folder / "other.moodlab"
    moodlab("log", "2026-01-05", "mood=3", "--from-paper")
    assert moodlab("export", f"{moodlab.folder}/{name}").status == 0
    assert moodlab("init", journal=other).status == 0

    assert moodlab("import", f"{moodlab.folder}/{name}", journal=other).status == 0

    (known,) = answer(moodlab("day", "2026-01-05", "--json", journal=other))["ratings"]
    assert known["source"] == "paper"
    if name == "all.json":
        assert moodlab("export", f"{moodlab.folder}/b.json", journal=other).status == 0
        first, second = (moodlab.folder / each for each in (name, "b.json"))
        assert json.loads(first.read_text()) == json.loads(second.read_text())


def test_today_shows_it_as_a_plain_value(moodlab: Shell) -> None:
    from moodlab.store.journal import Journal
    from moodlab.ui.today.day_sheet import read_sheet

    moodlab("log", "today", "mood=3", "--from-paper")

    with Journal.open(moodlab.journal, read_only=True) as journal:
        assert read_sheet(journal, journal.today()).in_words() == "Mood 3"
