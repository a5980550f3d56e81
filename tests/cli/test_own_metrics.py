"""Metrics of one's own: added, answered, renamed, stopped, resumed, exported and imported."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.domain.days import journal_day, local_now
from moodlab.store.journal import Journal
from moodlab.ui.today.day_sheet import read_sheet
from tests.cli.shell import Shell, answer

OWN = {
    "ringing": ("Ringing", "--kind", "rating", "--direction", "higher_worse", "--low", "none"),
    "cups_of_tea": ("Cups of tea", "--kind", "number", "--unit", "cups"),
    "screen": ("Screen", "--kind", "hours"),
    "walked": ("Walked", "--kind", "yesno", "--direction", "higher_better"),
}
VALUES = {"ringing": "6", "cups_of_tea": "2.5", "screen": "3:30", "walked": "yes"}
TEXTS = {"ringing": "6", "cups_of_tea": "2.5 cups", "screen": "3 h 30 min", "walked": "yes"}


@pytest.fixture
def tracked(moodlab: Shell) -> Shell:
    for words in OWN.values():
        done = moodlab("track", "add", *words)
        assert done.status == 0, done
    assert moodlab("track", "rename", "mood", "Spirits").status == 0
    assert moodlab("track", "order", "ringing", "mood").status == 0
    values = (f"{metric}={value}" for metric, value in VALUES.items())
    assert moodlab("log", "today", *values).status == 0
    return moodlab


def export(moodlab: Shell, name: str, journal: Path | None = None) -> bytes:
    done = moodlab("export", f"{moodlab.folder}/{name}", journal=journal)
    assert done.status == 0, done
    return (moodlab.folder / name).read_bytes()


def test_every_kind_is_logged_and_shown_in_its_own_words(tracked: Shell) -> None:
    told = answer(tracked("day", "today", "--json"))

    assert {each["metric"]: each["text"] for each in told["ratings"]} == TEXTS
    assert [each["recorded"] for each in told["ratings"]] == ["same_day"] * 4
    assert all(each["written"] for each in told["ratings"])


@pytest.mark.parametrize(
    ("metric", "value"),
    [("ringing", "11"), ("ringing", "2.5"), ("screen", "25"), ("walked", "2"), ("walked", "often"),
     ("cups_of_tea", "many")],
)  # fmt: skip
def test_a_value_that_its_kind_does_not_take_is_refused(
    tracked: Shell, metric: str, value: str
) -> None:
    assert tracked("log", "today", f"{metric}={value}").status == 1


def test_the_name_works_as_the_id_does(tracked: Shell) -> None:
    assert tracked("log", "today", "Spirits=3", "cups-of-tea=1").status == 0
    assert tracked("log", "today", "Cups of tea=2").status == 0

    told = answer(tracked("day", "today", "--json"))
    assert {"mood": "3", "cups_of_tea": "2 cups"}.items() <= {
        each["metric"]: each["text"] for each in told["ratings"]
    }.items()


def test_today_and_the_page_have_them_in_the_chosen_order(tracked: Shell) -> None:
    with Journal.open(tracked.journal, read_only=True) as journal:
        asked = read_sheet(journal, journal.today()).metrics

    # Today asks ratings from 0 to 10; the other kinds stand in Trends, on the page and in `day`.
    assert [metric.label for metric in asked[:2]] == ["Ringing", "Spirits"]
    metrics = tracked.report()["metrics"]
    assert [each["id"] for each in metrics[:2]] == ["ringing", "mood"]
    assert {each["id"] for each in metrics} >= OWN.keys()
    assert tracked("report", f"{tracked.folder}/page.txt").status == 0
    page = (tracked.folder / "page.txt").read_text()
    assert all(words[0] in page for words in OWN.values())
    assert "Spirits" in page


def test_every_kind_is_drawn_on_the_page_and_in_trends(tracked: Shell) -> None:
    for number in range(1, 30):
        day = (journal_day(local_now()) - timedelta(days=number)).isoformat()
        values = (f"ringing={number % 10}", f"cups_of_tea={number}", "screen=2:10", "walked=no")
        assert tracked("log", day, *values).status == 0

    assert tracked("report", f"{tracked.folder}/page.pdf").status == 0
    assert all(
        each["n"] == 30 for each in tracked.report("--from", day)["metrics"] if each["id"] in OWN
    )
    assert tracked("export", f"{tracked.folder}/fhir.json", "--format", "fhir").status == 0
    assert "Cups of tea" in (tracked.folder / "fhir.json").read_text()


@pytest.mark.parametrize("name", ["all.json", "all.zip"])
def test_a_round_trip_brings_all_of_it(tracked: Shell, name: str) -> None:
    other = tracked.folder / "other.moodlab"
    tracked("track", "stop", "walked")
    sent = export(tracked, name)
    assert tracked("init", journal=other).status == 0

    assert tracked("import", f"{tracked.folder}/{name}", journal=other).status == 0

    if name == "all.json":
        assert export(tracked, "again.json", other) == sent
    shown = [tracked("track", "list", "--json", journal=each).out for each in (None, other)]
    assert shown[0] == shown[1]
    assert tracked("check", journal=other).status == 0


def test_stopping_keeps_the_past_and_resuming_goes_on(tracked: Shell) -> None:
    def spans(metric: str) -> list:
        rows = answer(tracked("track", "list", "--json"))["metrics"]
        return next(each["spans"] for each in rows if each["id"] == metric)

    before = spans("mood")
    assert tracked("track", "stop", "mood").status == 0
    assert spans("mood") != before
    assert tracked("track", "stop", "mood").status == 1
    assert tracked("track", "resume", "mood").status == 0
    assert spans("mood") == before
    assert tracked("track", "resume", "mood").status == 1
    # What has an answer today is asked until today.
    assert tracked("track", "stop", "ringing").status == 0
    assert spans("ringing")[0]["from"] == spans("ringing")[0]["to"]
    assert {each["metric"] for each in answer(tracked("day", "today", "--json"))["ratings"]} == (
        OWN.keys()
    )


@pytest.mark.parametrize(
    "words",
    [
        ("add", " "),
        ("add", "Mood"),
        ("add", "sleep-hours"),
        ("add", "ringing"),
        ("add", "x" * 201),
        ("add", "Tea", "--kind", "score"),
        ("add", "Tea", "--direction", "up"),
        ("add", "Tea", "--unit", "cups"),
        ("add", "Tea", "--kind", "number", "--low", "none"),
        ("rename", "mood", "Ringing"),
        ("rename", "mood", " "),
        ("order", "mood", "mood"),
    ],
)
def test_what_would_be_confused_is_refused(tracked: Shell, words: tuple[str, ...]) -> None:
    before = tracked("track", "list").out

    assert tracked("track", *words).status == 1
    assert tracked("track", "list").out == before


@pytest.mark.parametrize("words", [("nix",), ("add",), ("stop", "mood", "sleep"), ("order",)])
def test_wrong_use_is_told(tracked: Shell, words: tuple[str, ...]) -> None:
    assert tracked("track", *words).status == 2


def test_a_metric_with_answers_is_not_deleted(tracked: Shell) -> None:
    assert "track stop" in tracked("delete", "ringing").err
    assert "track stop" in tracked("delete", "mood").err
    assert tracked("log", "today", "ringing=clear").status == 0
    assert tracked("delete", "ringing").status == 0
    assert tracked("put-back", "ringing").status == 0
    assert '"ringing"' in tracked("track", "list", "--json").out


def test_names_in_any_script_get_an_id(moodlab: Shell) -> None:
    for name in ("Rückenschmerz", "頭痛", "+", "note", "a=b"):
        told = answer(moodlab("track", "add", name, "--json", "--confirm"))
        (metric,) = told["metrics"]
        assert metric["label"] == name
        assert moodlab("log", "today", f"{metric['id']}=3").status == 0, metric


def test_undo_says_what_it_undid(tracked: Shell) -> None:
    tracked("track", "rename", "sleep", "Rest")
    tracked("track", "stop", "sleep")

    assert tracked("undo").out.startswith("Undone: Rest asked, was asked until ")
    assert tracked("undo").out == "Undone: the names of ratings, as it was.\n"
    assert "Sleep last night" in tracked("track", "list").out


def test_an_odd_setting_of_names_is_refused_by_the_gate(tracked: Shell) -> None:
    whole = json.loads(export(tracked, "all.json"))
    for row in whole["settings"]:
        if row["key"] == "metric_names":
            row["value"] = '{"mood": ""}'
    tracked.write("odd.json", json.dumps(whole))
    other = tracked.folder / "other.moodlab"
    assert tracked("init", journal=other).status == 0

    tracked("import", f"{tracked.folder}/odd.json", journal=other)

    assert "Mood (rating" in tracked("track", "list", journal=other).out


def metric_rows(moodlab: Shell, journal: Path | None = None) -> dict[str, dict]:
    rows = answer(moodlab("track", "list", "--json", journal=journal))["metrics"]
    return {each["id"]: each for each in rows}


def test_what_is_asked_once_a_week_or_month_says_so_and_goes_along(moodlab: Shell) -> None:
    assert moodlab("track", "add", "Steps", "--kind", "number", "--every", "week").status == 0
    assert moodlab("track", "resume", "weight", "--every", "week").status == 0
    assert moodlab("track", "every", "weight", "month").status == 0
    assert moodlab("track", "every", "weight", "often").status == 1
    other = moodlab.folder / "other.moodlab"

    rows = metric_rows(moodlab)
    assert {rows[name]["every"] for name in ("steps", "weight", "mood")} == {"week", "month", "day"}
    assert "once a month" in moodlab("track", "list").out
    sent = export(moodlab, "all.json")
    assert moodlab("init", journal=other).status == 0
    assert moodlab("import", f"{moodlab.folder}/all.json", journal=other).status == 0
    assert export(moodlab, "again.json", other) == sent
    assert moodlab("check").status == 0
    assert moodlab("undo").out == "Undone: how often a rating is asked, as it was.\n"
    assert metric_rows(moodlab)["weight"]["every"] == "week"


def test_a_merge_asks_what_is_new_here_as_often_as_the_other_journal(moodlab: Shell) -> None:
    other = moodlab.folder / "other.moodlab"
    assert moodlab("init", journal=other).status == 0
    moodlab("track", "add", "Steps", "--kind", "number", "--every", "week", journal=other)
    moodlab("track", "every", "mood", "month", journal=other)
    assert moodlab("log", "today", "mood=4").status == 0

    export(moodlab, "other.json", other)
    assert moodlab("import", f"{moodlab.folder}/other.json").status == 0

    rows = metric_rows(moodlab)
    assert (rows["steps"]["every"], rows["mood"]["every"]) == ("week", "day")
    assert moodlab("check").status == 0


def test_the_short_version_is_the_persons_choice(tracked: Shell) -> None:
    def short() -> set[str]:
        return {name for name, row in metric_rows(tracked).items() if row["short"]}

    assert short() == {"fatigue", "mood", "sleep"}
    assert tracked("track", "short", "ringing", "Spirits").status == 0
    assert short() == {"ringing", "mood"}
    assert tracked("undo").out == "Undone: the choice for the short version, as it was.\n"
    assert tracked("track", "short", "fatigue", "mood", "sleep").status == 0
    assert tracked("track", "short").status == 2
    assert tracked("undo").out != "Undone: the choice for the short version.\n"


def test_a_tenth_rating_a_day_is_asked_about(moodlab: Shell) -> None:
    assert moodlab("track", "resume", "pain").status == 0
    assert moodlab("track", "resume", "stress").status == 0

    refused = moodlab("track", "resume", "anxiety")
    assert refused.status == 1
    assert "You already rate 9 things each day" in refused.err
    assert "--confirm" in refused.err
    assert moodlab("track", "add", "Itch").status == 1
    # Once a week is no daily question, until it becomes one.
    assert moodlab("track", "resume", "anxiety", "--every", "week").status == 0
    assert moodlab("track", "every", "anxiety", "day").status == 1
    assert moodlab("track", "add", "Itch", "--confirm").status == 0


@pytest.mark.parametrize("every", ['{"mood": "hourly"}', '{"mood": 7}', "[1]", "7"])
def test_an_odd_setting_of_how_often_is_refused_as_a_whole(tracked: Shell, every: str) -> None:
    tracked("track", "every", "mood", "week")
    whole = json.loads(export(tracked, "all.json"))
    for row in whole["settings"]:
        if row["key"] == "metric_every":
            row["value"] = every
    tracked.write("odd.json", json.dumps(whole))
    other = tracked.folder / "other.moodlab"
    assert tracked("init", journal=other).status == 0

    assert tracked("import", f"{tracked.folder}/odd.json", journal=other).status == 1
    assert tracked("track", "list", journal=other).status == 0
