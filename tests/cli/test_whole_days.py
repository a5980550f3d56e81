"""Whole days by command: deleting one, its history, putting values back, and finding words."""

import pytest

from moodlab.store.journal import Journal
from tests.cli.shell import Shell, answer

DAY = "2025-11-03"


def test_a_day_is_deleted_told_undone_and_put_back(moodlab: Shell) -> None:
    moodlab("log", DAY, "mood=4", "fatigue=7", "sleep_hours=7:30", "note=rain")
    moodlab("event", DAY, "a trip")
    before = answer(moodlab("day", DAY, "--json"))

    told = moodlab("delete", DAY)
    assert told.status == 0
    assert told.out.startswith("Deleted: 3 Nov 2025: 3 ratings, note. Events, treatments and")
    left = answer(moodlab("day", DAY, "--json"))
    assert (left["ratings"], left["note"], left["events"]) == ([], "", before["events"])

    moodlab("undo")
    assert answer(moodlab("day", DAY, "--json")) == before
    assert answer(moodlab("delete", DAY, "--json")) == {"id": DAY, "kind": "day"}
    assert moodlab("put-back", DAY).out == "Put back: 3 Nov 2025: 3 ratings, note.\n"
    assert answer(moodlab("day", DAY, "--json")) == before
    assert moodlab("check").out == "The journal is sound.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((DAY,), "There is nothing to delete on 3 Nov 2025."),
        (("2025-02-30",), "Nothing in the journal has the id 2025-02-30."),
        (("someday",), "Nothing in the journal has the id someday."),
    ],
)
def test_what_can_not_be_deleted_is_refused(
    moodlab: Shell, words: tuple[str, ...], sentence: str
) -> None:
    moodlab("log", "today", "mood=4")

    refused = moodlab("delete", *words)

    assert (refused.status, refused.err.strip()) == (1, sentence)


def test_a_rating_of_ones_own_called_today_is_no_day(moodlab: Shell) -> None:
    moodlab("track", "add", "Today")
    moodlab("log", "today", "mood=4")

    assert answer(moodlab("delete", "today", "--json"))["kind"] == "metric"
    assert answer(moodlab("delete", "today", "--json"))["kind"] == "day"


def test_an_earlier_value_is_found_in_the_days_history_and_put_back(moodlab: Shell) -> None:
    moodlab("log", DAY, "mood=4")
    moodlab("log", DAY, "mood=6")
    assert "Mood: 6, was 4 (" in moodlab("day", DAY, "--history").out
    assert "history" not in answer(moodlab("day", DAY, "--json"))

    latest, first = answer(moodlab("day", DAY, "--history", "--json"))["history"]
    assert (latest["before"], latest["after"], latest["can_be_put_back"]) == ("4", "6", True)
    assert (first["before"], first["after"], first["can_be_put_back"]) == (None, "4", False)

    assert moodlab("put-back", latest["id"]).out == "Put back: Mood 4 on 3 Nov 2025.\n"
    assert answer(moodlab("day", DAY, "--json"))["ratings"][0]["value"] == 4
    refused = moodlab("put-back", first["id"])
    assert (refused.status, refused.err.startswith("Nothing in the bin")) == (1, True)


def test_words_are_found_wherever_they_were_written(moodlab: Shell) -> None:
    moodlab("log", DAY, "note=The café was <b>CLOSED</b>,\nso we walked home.")
    moodlab("event", "2025-11-05", "Closed ward")
    moodlab("ask", "Is the ward closed?")
    moodlab("treatment", "Walking", "--from", "2025-11-01")

    assert moodlab("find", "closed</B>, so").out == (
        "3 Nov 2025  Note: The café was <b>CLOSED</b>, so we walked home.\n"
    )
    told = answer(moodlab("find", "cafe", "--json"))
    assert (told["count"], told["rows"][0]["match"]) == (1, "café")
    kinds = [row["kind"] for row in answer(moodlab("find", "CLOSED", "--json"))["rows"]]
    assert kinds == ["question", "event", "day"]
    assert answer(moodlab("find", "walk", "--json"))["rows"][-1]["part"] == "name"
    assert moodlab("find", "xyz").out == "No note contains “xyz”.\n"


def test_no_more_is_listed_than_can_be_read(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=4")
    with Journal.open(moodlab.journal) as journal:
        columns = "recorded_at, offset_minutes, recorded_day"
        journal.ledger.connection.executemany(
            f"INSERT INTO day (day, note, {columns})"
            " VALUES (date('2020-01-01', ? || ' days'), 'rain', '2025-11-03T20:00:00.000Z', 60,"
            " '2025-11-03')",
            [(number,) for number in range(250)],
        )

    told = answer(moodlab("find", "rain", "--json"))

    assert (told["count"], len(told["rows"])) == (250, 200)
    assert moodlab("find", "rain").out.endswith("and 50 earlier ones\n")
