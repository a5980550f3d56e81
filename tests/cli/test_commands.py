"""The command line as scripts meet it: a real file, exit statuses and sentences."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from moodlab.domain.days import journal_day, local_now
from moodlab.store.file.engine import APPLICATION_ID, connect
from moodlab.store.file.migrations import SCHEMA_VERSION
from moodlab.store.journal import Journal
from tests.cli.shell import Shell, refused, run


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "2026-13-01", "mood=3"),
        ("log", "2026-02-30", "mood=3"),
        ("log", "tomorrow", "mood=3"),
        ("log", "20260101", "mood=3"),
        ("log", "1026-01-01", "mood=3"),
        ("log", "9999-12-31", "mood=3"),
        ("log", "today", "mood=11"),
        ("log", "today", "mood=-3"),
        ("log", "today", "mood=abc"),
        ("log", "today", "mood="),
        ("log", "today", "mood=1e1"),
        ("log", "today", "mood=³"),
        ("log", "today", "mood=5.5"),
        ("log", "today", "moood=5"),
        ("log", "today", "nonsense"),
        ("log", "today", "mood=3", "mood=4"),
        ("log", "today", "sleep_hours=25"),
        ("log", "today", "sleep_hours=7:75"),
        ("lab", "today", "crp", "1.234,5", "mg/L"),
        ("lab", "today", "crp", "3.1"),
        ("lab", "today", "crp", "3.1", ""),
        ("lab", "today", "crp", "3.1", "mmol/L"),
        ("lab", "today", "crp", "-3", "mg/L"),
        ("lab", "today", "crp", "abc", "mg/L"),
        ("lab", "today", "unobtainium", "3", "mg/L"),
        ("lab", "today", "crp", "3", "mg/L", "--context", "flu"),
        ("lab", "today", "crp", "3", "mg/L", "--include", "--exclude"),
        ("lab", "9000-01-01", "crp", "3", "mg/L"),
        ("treatment", "x", "--dose", "5 mg"),
        ("treatment", "x", "--dose", "5 mg", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("treatment", "x", "--from", "2026-02-01", "--kind", "magic"),
        ("treatment", "", "--from", "2026-02-01"),
        ("event", "2026-01-05", ""),
        ("event", "2026-01-05", "trip", "--to", "2026-01-01"),
        ("ask", ""),
        ("report", "out.docx"),
        ("report", "out.json", "--from", "2026-05-01", "--to", "2026-04-01"),
        ("report", "out.json", "--paper", "a3"),
        ("report", "no/such/folder/out.json"),
        ("undo",),
        ("init",),
        ("init", "--example"),
        ("init", "--years", "2"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_in_one_sentence_and_nothing_is_written(
    moodlab: Shell, arguments: tuple[str, ...]
) -> None:
    before = moodlab.journal.read_bytes()

    sentence = refused(moodlab(*arguments))

    assert sentence[-1] in ".?"
    assert moodlab.journal.read_bytes() == before
    assert {path.name for path in moodlab.folder.iterdir()} == {"journal.moodlab"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("log",),
        ("log", "today"),
        ("log", "today", "mood=3", "--loud"),
        ("lab", "today", "crp"),
        ("lab", "today", "crp", "3", "mg/L", "--rang", "<5"),
        ("lab", "today", "crp", "3", "mg/L", "more"),
        ("ask",),
        ("ask", "one", "two"),
        ("report",),
        ("undo", "everything"),
    ],
)
def test_only_unknown_words_and_wrong_counts_are_wrong_use(
    moodlab: Shell, arguments: tuple[str, ...]
) -> None:
    done = moodlab(*arguments)

    assert done.status == 2
    assert len(done.err.splitlines()) == 1


def test_values_that_look_like_options_are_values(moodlab: Shell) -> None:
    assert moodlab("ask", "-3").status == 0
    assert moodlab("ask", "- and what about sleep?").status == 0
    assert moodlab("treatment", "x", "--dose", "-5 mg", "--from", "2026-01-01").status == 0

    report = moodlab.report()

    assert [question["text"] for question in report["questions"]] == [
        "-3",
        "- and what about sleep?",
    ]
    assert report["treatments"][0]["doses"][0]["text"] == "-5 mg"


def test_common_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    journal = tmp_path / "other" / "mine.moodlab"
    home = tmp_path / "home"

    for line in (
        ["init", "--journal", str(journal)],
        ["log", "--json", "today", f"--journal={journal}", "mood=3"],
        ["--data-dir", str(tmp_path / "data"), "init"],
        ["log", "today", "mood=3", "--data-dir", str(tmp_path / "data")],
    ):
        assert run(*line, home=home).status == 0

    assert journal.is_file()
    assert (tmp_path / "data" / "journal.moodlab").is_file()
    assert not home.exists()


def test_a_process_ends_with_the_status_and_says_it_on_the_right_stream(moodlab: Shell) -> None:
    python = [sys.executable, "-m", "moodlab", "--journal", str(moodlab.journal)]

    for line, status in ((["check"], 0), (["undo"], 1), (["fly"], 2)):
        done = subprocess.run([*python, *line], capture_output=True, text=True, check=False)

        assert done.returncode == status
        assert bool(done.stdout) == (status == 0)
        assert len((done.stdout + done.stderr).splitlines()) == 1


def test_several_values_are_saved_all_or_none(moodlab: Shell) -> None:
    refused(moodlab("log", "today", "mood=3", "fatigue=99"))

    assert moodlab.report()["coverage"]["days_with_rating"] == 0


def test_one_log_call_is_one_step_to_undo(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=3", "fatigue=unable", "note=so so", "sleep_hours=7:30")

    assert moodlab("undo").status == 0

    report = moodlab.report()
    assert report["coverage"]["days_with_rating"] == 0
    assert [metric["unable"] for metric in report["metrics"]] == [0] * 7
    refused(moodlab("undo"))


def test_unable_alone_is_no_rating_and_clear_opens_the_question_again(moodlab: Shell) -> None:
    moodlab("log", "today", "fatigue=unable", "mood=4", "sleep=0")
    moodlab("log", "today", "mood=clear")

    by_id = {metric["id"]: metric for metric in moodlab.report()["metrics"]}

    assert (by_id["fatigue"]["n"], by_id["fatigue"]["unable"]) == (0, 1)
    assert (by_id["sleep"]["n"], by_id["sleep"]["lowest"]) == (1, 0)
    assert (by_id["mood"]["n"], by_id["mood"]["unable"]) == (0, 0)


def test_a_pause_fills_the_days_up_to_its_end(moodlab: Shell) -> None:
    moodlab("log", "2026-03-01", "mood=4")
    moodlab("log", "2026-03-02", "paused")
    moodlab("log", "2026-03-04", "unwell")
    moodlab("log", "2026-03-05", "mood=2")
    moodlab("log", "2026-03-08", "resumed")

    coverage = moodlab.report("--from", "2026-03-01", "--to", "2026-03-10")["coverage"]

    assert coverage["days_with_rating"] == 2
    assert coverage["unwell"] == 1
    assert coverage["paused"] == 4  # 2, 3, 6 and 7 March
    assert coverage["no_entry"] == 3  # from the 8th on


def test_questions_name_confirm_and_are_answered_by_it(moodlab: Shell) -> None:
    moodlab("lab", "2026-01-06", "crp", "19", "mg/L")
    for value, day in (("0", "2026-01-05"), ("600", "2026-01-06")):
        assert "--confirm" in refused(moodlab("lab", day, "crp", value, "mg/L"))
        assert moodlab("lab", day, "crp", value, "mg/L", "--confirm").status == 0
    assert "--confirm" in refused(moodlab("lab", "2026-01-05", "CRP", "0,0", "mg/dL"))

    report = moodlab.report("--from", "2026-01-01", "--to", "2026-01-31")

    assert [lab["printed"] for lab in report["labs"]] == ["0", "19", "600"]


def test_a_large_change_is_asked_about_in_the_words_of_the_window(moodlab: Shell) -> None:
    assert moodlab("lab", "2026-01-05", "crp", "1.2", "mg/L").status == 0

    sentence = refused(moodlab("lab", "2026-01-06", "crp", "48", "mg/L"))

    asked = "This is very different from your last CRP, 1.2 mg/L. Is 48 mg/L correct?"
    assert asked in sentence
    assert "--confirm" in sentence


def test_a_result_keeps_what_was_printed_beside_the_exact_figure(moodlab: Shell) -> None:
    moodlab("lab", "2026-01-05", "crp", "0,31", "mg/dL", "--range", "<0,5", "--lab", "City")
    moodlab("lab", "2026-01-06", "hs-CRP", "<0.3", "mg/L", "--context", "infection,fasting")
    moodlab("lab", "2026-01-07", "TSH", "2.5", "µIU/mL", "--range", "0.4-4.0")
    moodlab("lab", "2026-01-08", "HbA1c", "5.7", "%", "--include", "--context", "surgery")
    moodlab("lab", "2026-01-09", "crp", "<10", "mg/L", "--range", "<5")

    labs = moodlab.report("--from", "2026-01-01", "--to", "2026-01-31")["labs"]

    crp, hs, tsh, hba1c, bound = labs
    assert (crp["printed"], crp["value"], crp["unit"]) == ("0,31", "0.31", "mg/dL")
    assert crp["canonical"] == {"value": "3.1", "unit": "mg/L"}
    assert (crp["position"], crp["range"], crp["lab"]) == ("within", "<0,5", "City")
    assert (hs["analyte"], hs["assay"], hs["loinc"]) == ("crp", "hs", "30522-7")
    assert (hs["comparator"], hs["value"], hs["position"]) == ("<", "0.3", None)
    assert (hs["excluded"], hs["context"]) == (True, ["infection", "fasting"])
    assert tsh["canonical"] == {"value": "2.5", "unit": "m[IU]/L"}
    assert hba1c["canonical"] == {"value": "38.801", "unit": "mmol/mol"}
    assert hba1c["excluded"] is False
    assert bound["position"] == "cannot_be_placed"


def test_the_same_name_again_is_a_dose_step_and_an_end_stops_it(moodlab: Shell) -> None:
    moodlab("treatment", "Sertraline", "--dose", "50 mg", "--from", "2026-01-01")
    moodlab("treatment", "sertraline", "--dose", "100 mg", "--from", "2026-02-01")
    moodlab("treatment", "sertraline", "--to", "2026-03-31")

    (treatment,) = moodlab.report("--from", "2026-03-01", "--to", "2026-04-30")["treatments"]

    assert (treatment["from"], treatment["to"]) == ("2026-01-01", "2026-03-31")
    assert [(dose["from"], dose["to"], dose["text"]) for dose in treatment["doses"]] == [
        ("2026-01-01", "2026-01-31", "50 mg"),
        ("2026-02-01", "2026-03-31", "100 mg"),
    ]


def test_the_period_begins_at_the_last_appointment_and_ends_today(moodlab: Shell) -> None:
    today = journal_day(local_now())
    visit = today - timedelta(days=40)
    moodlab("event", visit.isoformat(), "GP", "--appointment")
    moodlab("log", "today", "mood=3")

    assert moodlab.report()["period"]["from"] == visit.isoformat()
    future = (today + timedelta(days=30)).isoformat()
    assert moodlab.report("--from", visit.isoformat(), "--to", future)["period"] == {
        "from": visit.isoformat(),
        "to": today.isoformat(),
        "days": 41,
    }
    assert moodlab.report("--from", today.isoformat())["period"]["days"] == 1


def other_database(path: Path) -> None:
    connection = connect(path, create=True)
    connection.execute("CREATE TABLE songs (id INTEGER PRIMARY KEY)")
    connection.close()


def newer_journal(path: Path) -> None:
    connection = connect(path, create=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.execute("CREATE TABLE songs (id INTEGER PRIMARY KEY)")
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("Dear diary,\n" * 100),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\x00"),
        lambda path: path.write_bytes(os.urandom(4096)),
        other_database,
        newer_journal,
    ],
    ids=["text", "empty", "truncated", "noise", "other database", "newer version"],
)
def test_what_is_no_journal_is_refused_and_left_byte_for_byte(
    shell: Shell, tmp_path: Path, make
) -> None:
    make(shell.journal)
    before = (shell.journal.read_bytes(), shell.journal.stat().st_mtime_ns)

    for line in (["log", "today", "mood=3"], ["report", "out.json"], ["undo"], ["init"]):
        refused(shell(*line))

    assert (shell.journal.read_bytes(), shell.journal.stat().st_mtime_ns) == before
    assert [path.name for path in tmp_path.iterdir()] == ["journal.moodlab"]


def test_a_folder_and_a_missing_journal_are_refused(shell: Shell, tmp_path: Path) -> None:
    assert "folder" in refused(shell("log", "today", "mood=3", journal=tmp_path))
    assert "moodlab init" in refused(shell("log", "today", "mood=3"))
    assert list(tmp_path.iterdir()) == []


def test_check_says_ok_and_finds_a_row_changed_behind_the_history(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=3")
    sound = moodlab("check", "--json")
    assert (sound.status, json.loads(sound.out)) == (0, {"ok": True, "problems": []})

    connection = connect(moodlab.journal)
    connection.execute("UPDATE rating SET value_thousandths = 9000")
    connection.close()
    found = moodlab("check", "--json")

    assert found.status == 1
    (problem,) = json.loads(found.out)["problems"]
    assert problem["what"] == "history"
    assert set(problem) == {"what", "where", "sentence"}


def test_a_table_says_how_it_was_understood(moodlab, tmp_path: Path) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.toml"
    table.write_text("date,mood,t\n2020-05-25,2,8:00 pm\n2020-05-25,3,7:09 am\n2020-05-26,3,x\n")
    mapping.write_text(
        '[file]\ndate = "date"\n[columns.mood]\ncolumn = "mood"\nlow = 0\nhigh = 10\n'
        '[recorded]\ncolumns = ["t"]\ntime_format = "%I:%M %p"\n'
    )

    said = moodlab("import", str(table), "--map", str(mapping), "--dry-run")

    for words in (
        "Days: 25 May – 26 May 2020.", "Days with a rating: Mood\u00a02.", "Rows read: 3.",
        "share a day: 2.", "Without a time of writing: 1.", "a time that can't be read: 1.",
    ):  # fmt: skip
        assert words in said.out


def test_what_cannot_be_imported_has_a_way_forward(moodlab, tmp_path: Path) -> None:
    other = tmp_path / "other.moodlab"
    moodlab("init", journal=other)
    assert "export it as JSON" in refused(moodlab("import", str(other)))
    table = tmp_path / "t.csv"
    table.write_text("date,mood\n")
    assert 'date = "date"' in moodlab("import", str(table)).err
    assert "25 to 45 °C" in refused(moodlab("log", "today", "temperature=98.6"))
    assert "Another test…" in refused(moodlab("lab", "today", "calprotectin", "5", "µg/g"))


# A day to come that is in the journal: a wrong clock once, or a file that an older version took in


def leave_behind(shell: Shell, day: str) -> None:
    """Write what could not be written now, as an older version could."""
    assert shell("log", "today", "mood=4", "pain=3", "note=rain", "paused").status == 0
    with Journal.open(shell.journal) as journal, journal.ledger.batch("import") as batch:
        for table in ("day", "rating"):
            for row in journal.read_tables().tables[table]:
                batch.put(table, {**row, "day": day})


@pytest.mark.parametrize("day", ["2199-05-03", "9999-12-31", "1700-01-01", "0001-01-01"])
def test_what_is_on_a_day_that_cannot_be_can_be_cleared(moodlab: Shell, day: str) -> None:
    leave_behind(moodlab, day)
    assert moodlab("check").status == 1

    for new in ("mood=5", "mood=unable", "note=more", "unwell"):
        assert re.search("in the future|after 2199|before 1900", moodlab("log", day, new).err)
        assert moodlab("log", day, "pain=clear", new).status == 1
    assert moodlab("log", day, "mood=clear", "pain=clear", "note=", "resumed").status == 0

    with Journal.open(moodlab.journal) as journal:
        found = date.fromisoformat(day)
        assert journal.days.read_ratings(found, found) == {}
        assert journal.days.read_day(found).note == ""
        assert journal.days.read_day(found).state is None
        assert len(journal.days.held_days()) == 1
    # Nothing is left to clear there.
    assert moodlab("log", day, "mood=clear").status == 1


def test_what_has_an_id_can_be_deleted_and_brought_back(moodlab: Shell) -> None:
    made = {
        "event": ("event", "today", "trip"),
        "question": ("ask", "why?"),
        "treatment": ("treatment", "Pill", "--from", "today"),
        "lab_result": ("lab", "2026-01-01", "crp", "3", "mg/L"),
    }
    for kind, line in made.items():
        known = json.loads(moodlab("--json", *line).out)["id"]

        done = moodlab("--json", "delete", known)

        assert json.loads(done.out) == {"id": known, "kind": kind}
        assert "Nothing in the journal has the id" in refused(moodlab("delete", known))
        assert moodlab("undo").status == 0
        assert moodlab("delete", known).status == 0
