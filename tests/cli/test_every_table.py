"""Every table of the journal: by which command it is made, seen, changed, deleted, put back.

A new table has no journey here until its commands are named, and so can't be forgotten.
"""

import json
from typing import NamedTuple

import pytest

from moodlab.store.file.migrations import KEYS
from moodlab.store.journal import Journal
from tests.cli.shell import Shell, answer

DAY = "2025-11-03"
UNDO = ("undo",)
Words = tuple[str, ...]


class Journey(NamedTuple):
    """The command lines for one table; `{id}` is the id in the answer to `made`.

    `seen` shows `first` once it is made and `second` once it is changed. What has no `changed` is
    deleted and made anew. `before` sets the stage.
    """

    made: Words
    seen: Words
    first: str
    deleted: Words
    back: Words
    changed: Words = ()
    second: str = ""
    before: tuple[Words, ...] = ()


DELETE, PUT_BACK = ("delete", "{id}"), ("put-back", "{id}")
PILL = ("treatment", "Pill", "--dose", "50 mg", "--from", DAY)
JOURNEYS = {
    "journal": Journey(
        ("setting", "name=Ana"), ("setting",), "name=Ana", ("setting", "name="), UNDO,
        ("setting", "name=Bea"), "name=Bea",
    ),
    "day": Journey(
        ("log", DAY, "note=tired", "for_doctor=yes"), ("day", DAY), "for the doctor: tired",
        ("log", DAY, "note="), ("put-back", DAY),
        ("log", DAY, "note=awake"), "for the doctor: awake",
    ),
    "metric": Journey(
        ("track", "add", "Ringing", "--high", "unbearable"), ("track", "list"), "Ringing (rating)",
        ("delete", "ringing"), ("put-back", "ringing"),
        ("track", "rename", "ringing", "Tinnitus"), "Tinnitus (rating)",
    ),
    "metric_span": Journey(
        ("track", "resume", "stress"), ("track", "list"), "Stress (rating, higher = worse): asked",
        ("track", "stop", "stress"), UNDO,
        ("track", "stop", "stress"), "Stress (rating, higher = worse): not asked",
    ),
    "rating": Journey(
        ("log", DAY, "mood=4"), ("day", DAY), "Mood 4", ("log", DAY, "mood=clear"), UNDO,
        ("log", DAY, "mood=5"), "Mood 5",
    ),
    "analyte": Journey(
        ("test", "Zonulin", "ng/mL"), ("list", "tests"), "Zonulin (ng/mL)", DELETE, PUT_BACK,
        ("test", "Zonulin", "mg/L=1000"), "Zonulin (ng/mL, mg/L)",
    ),
    "lab_result": Journey(
        ("lab", DAY, "crp", "3", "mg/L"), ("list", "labs"), "CRP 3", DELETE, PUT_BACK,
        ("change", "{id}", "--value", "4"), "CRP 4",
    ),
    "treatment": Journey(
        PILL, ("list", "treatments"), "Pill, 50 mg", DELETE, PUT_BACK,
        ("change", "{id}", "--name", "Sertraline", "--to", "2025-11-09"), "Sertraline, 50 mg",
    ),
    "dose": Journey(
        ("treatment", "Pill", "--dose", "75 mg", "--from", "2025-11-05"), ("list", "treatments"),
        "75 mg from", DELETE, UNDO, ("change", "{id}", "--dose", "80 mg"), "80 mg from", (PILL,),
    ),
    "as_needed": Journey(
        ("treatment", "Pill", "--as-needed", DAY, "--dose", "two"), ("day", DAY), "as needed two",
        DELETE, UNDO, ("change", "{id}", "--text", "three"), "as needed three", (PILL,),
    ),
    "event": Journey(
        ("event", DAY, "a trip"), ("list", "events"), "a trip", DELETE, PUT_BACK,
        ("change", "{id}", "--text", "Dr. A", "--appointment", "yes"), "Dr. A (appointment)",
    ),
    "question": Journey(
        ("ask", "why?"), ("list", "questions"), "why?", DELETE, PUT_BACK,
        ("change", "{id}", "--text", "why now?", "--answered", "yes"), "why now? (answered)",
    ),
    "measure": Journey(
        ("import", "{folder}/one.json"), ("list", "measures"), "steps 4000", DELETE, PUT_BACK,
        ("import", "{folder}/two.json", "--on-conflict", "replace"), "steps 5000",
    ),
    "questionnaire": Journey(
        ("questionnaire", DAY, "WHO-5", "12"), ("list", "questionnaires"), "WHO-5 12",
        DELETE, PUT_BACK, ("change", "{id}", "--value", "13"), "WHO-5 13",
    ),
    "pin": Journey(
        ("when", "mood>=5", "--pin"), ("list", "pins"), "Mood ≥ 5", DELETE, PUT_BACK,
    ),
}  # fmt: skip


def write_measures(moodlab: Shell) -> None:
    """Measures come from other programs only; here from two MoodLab files."""
    assert moodlab("log", "yesterday", "sleep=1").status == 0
    assert moodlab("export", f"{moodlab.folder}/all.json").status == 0
    whole = json.loads((moodlab.folder / "all.json").read_text())
    for name, value in (("one", "4000"), ("two", "5000")):
        whole["measures"] = [{
            "id": "m1", "day": DAY, "kind": "steps", "value": value, "unit": "1", "source": "watch",
            "recorded_at": "2025-11-03T20:00:00.000Z", "offset_minutes": 60, "recorded_day": DAY,
        }]  # fmt: skip
        moodlab.write(f"{name}.json", json.dumps(whole))


def find_id(moodlab: Shell, table: str, told: dict) -> str:
    """Return the id of the row made, as a person finds it."""
    if table == "measure":
        return answer(moodlab("list", "measures", "--json"))["rows"][0]["id"]
    if table == "dose":
        (row,) = answer(moodlab("list", "treatments", "--json"))["rows"]
        return row["doses"][-1]["id"]
    return told["as_needed"]["id"] if table == "as_needed" else told.get("id", "")


def row_tables(moodlab: Shell) -> list[str]:
    with Journal.open(moodlab.journal, read_only=True) as journal:
        return [
            row[0]
            for row in journal.ledger.connection.execute(
                "SELECT row_table FROM change ORDER BY number"
            )
        ]


def test_every_table_has_its_commands() -> None:
    assert JOURNEYS.keys() == KEYS.keys()


@pytest.mark.parametrize("table", JOURNEYS)
def test_what_a_table_holds_is_made_seen_changed_deleted_and_put_back(
    moodlab: Shell, table: str
) -> None:
    journey = JOURNEYS[table]
    write_measures(moodlab)
    for words in journey.before:
        assert moodlab(*words).status == 0
    known = len(row_tables(moodlab))

    def run(words: Words, row_id: str = "") -> dict:
        done = moodlab(*(each.format(folder=moodlab.folder, id=row_id) for each in words), "--json")
        assert (done.status, done.err) == (0, ""), (words, done)
        return json.loads(done.out)

    def seen() -> str:
        return moodlab(*journey.seen).out

    assert journey.first not in seen()
    told = run(journey.made)
    row_id = find_id(moodlab, table, told)
    assert table in row_tables(moodlab)[known:]
    assert journey.first in seen()
    if journey.changed:
        run(journey.changed, row_id)
        assert journey.second in seen()
        run(UNDO)
        assert journey.second not in seen()
        assert journey.first in seen()
    run(journey.deleted, row_id)
    assert journey.first not in seen()
    run(journey.back, row_id)
    assert journey.first in seen()
    assert moodlab("check").out == "The journal is sound.\n"
