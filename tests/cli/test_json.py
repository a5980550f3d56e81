"""``--json``: every command's answer and every trouble is what ``docs/schemas`` says."""

import json

import pytest

from moodlab.commands import ALL
from moodlab.domain.errors import MoodLabError
from moodlab.store.backups.backup import BackupFailed
from moodlab.store.encryption.rekey import NotRekeyed
from tests.cli.schemas import SCHEMAS, faults, read_schema
from tests.cli.shell import Outcome, Shell, answer
from tests.keys import derive_quickly

# In this order on one journal; `{folder}` is its folder, `{id}` the id in the answer before.
STEPS = (
    ("log", "yesterday", "mood=4", "sleep_hours=7:30", "pain=unable", "fatigue=clear", "note=x"),
    ("log", "today", "weight=70.5", "unwell"),
    ("log", "today", "unwell"),
    ("pause", "--from", "yesterday"),
    ("resume",),
    ("pause", "--until", "2199-12-31"),
    ("resume",),
    ("lab", "today", "crp", "<0.3", "mg/L", "--range", "0-5"),
    ("lab", "yesterday", "crp", "negative"),
    ("treatment", "Sertralin", "--dose", "50 mg", "--from", "2026-01-02"),
    ("treatment", "Sertralin", "--to", "2026-02-02"),
    ("event", "yesterday", "a trip", "--to", "today"),
    ("event", "today", "Dr. A", "--appointment"),
    ("ask", "why?"),
    ("change", "{id}", "--answered", "yes"),
    ("delete", "{id}"),
    ("put-back", "{id}"),
    ("questionnaire", "yesterday", "WHO-5", "12", "--lowest", "0", "--highest", "25"),
    ("change", "{id}", "--value", "13"),
    ("test", "Zonulin", "ng/mL", "ug/L=1"),
    ("track", "add", "Ringing", "--kind", "rating", "--low", "none", "--direction", "higher_worse"),
    ("track", "list"),
    ("contact", "Ana", "555 1234"),
    ("setting", "name=A. B.", "day_end=03:30", "theme=dark"),
    ("setting", "list"),
    ("setting", "clock", "12"),
    ("treatment", "Sertralin", "--as-needed", "2026-01-05", "--dose", "2"),
    *(
        ("list", kind)
        for kind in (
            "labs",
            "treatments",
            "events",
            "questions",
            "metrics",
            "questionnaires",
            "measures",
            "pins",
            "tests",
            "bin",
        )
    ),
    ("when", "mood>=4", "--pin"),
    ("list", "pins"),
    ("find", "TRIP"),
    ("day", "yesterday"),
    ("delete", "yesterday"),
    ("day", "yesterday", "--history"),
    ("list", "bin"),
    ("undo",),
    ("report", "{folder}/page.txt", "--from", "yesterday"),
    ("chart", "{folder}/chart.png"),
    ("chart", "{folder}/chart.csv", "one_metric", "mood"),
    ("sheet", "{folder}/week.pdf"),
    ("sheet", "{folder}/week.pdf", "--from", "today"),
    ("export", "{folder}/all.json"),
    ("export", "{folder}/tables"),
    ("import", "{folder}/all.json", "--dry-run"),
    ("import", "{folder}/all.json"),
    ("import", "{folder}/table.csv", "--map", "{folder}/table.toml"),
    ("check",),
    ("undo",),
    ("backup",),
    ("backup", "{folder}/by-hand.moodlab"),
    ("backup", "--list"),
    ("restore", "{folder}/by-hand.moodlab"),
    ("encrypt", "--passphrase-file", "{folder}/one"),
    ("restore", "{folder}/by-hand.moodlab", "--passphrase-file", "{folder}/one", "--confirm"),
    ("encrypt", "--passphrase-file", "{folder}/one"),
    ("decrypt", "--passphrase-file", "{folder}/one"),
    ("init", "--journal", "{folder}/other.moodlab"),
    ("move", "{folder}/elsewhere"),
)
TABLE = """\
[file]
date = "day"
[columns.mood]
column = "mood"
low = 0
high = 10
"""
REFUSED = {
    "init": (),
    "log": ("today", "mood=400"),
    "pause": ("--until", "yesterday"),
    "resume": (),
    "lab": ("today", "nothing known", "3"),
    "treatment": ("X", "--from", "someday"),
    "event": ("today", " "),
    "ask": ("",),
    "report": ("page.doc",),
    "chart": ("chart.doc",),
    "sheet": ("week.doc",),
    "import": ("nothing.json",),
    "export": ("all.doc",),
    "undo": (),
    "delete": ("nothing",),
    "change": ("nothing", "--text", "x"),
    "put-back": ("nothing",),
    "questionnaire": ("today", "PHQ-9", "many"),
    "test": ("CRP", "g/L"),
    "track": ("stop", "nothing known"),
    "contact": ("Ana",),
    "setting": ("day_end=25",),
    "list": ("labs", "--journal", "nothing.moodlab"),
    "when": ("mood",),
    "day": ("someday",),
    "find": ("  ",),
    "check": ("--journal", "nothing.moodlab"),
    "backup": ("{folder}",),
    "restore": ("nothing.moodlab",),
    "move": ("{folder}/nowhere",),
    "encrypt": (),
    "decrypt": (),
}


def error_of(outcome: Outcome, status: int = 1) -> dict:
    assert (outcome.status, outcome.out) == (status, ""), outcome
    (line,) = outcome.err.splitlines()
    told = json.loads(line)
    assert faults(told, read_schema("error")) == []
    return told["error"]


def test_every_command_has_a_schema_and_every_schema_a_command() -> None:
    names = {command.name for command in ALL}

    assert {path.stem for path in SCHEMAS.iterdir()} == names | {"error"}
    assert {step[0] for step in STEPS} == set(REFUSED) == names


def test_every_answer_is_as_its_schema_says(
    moodlab: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    moodlab.write("one", "geheimer Satz")
    (moodlab.folder / "elsewhere").mkdir()
    moodlab.write("table.csv", "day,mood\n2025-11-01,4\n2025-11-02,five\n")
    moodlab.write("table.toml", TABLE)

    told: dict = {}
    for step in STEPS:
        known = told.get("id")
        name, *words = (word.format(folder=moodlab.folder, id=known) for word in step)
        done = moodlab(name, *words, "--json")
        assert (done.status, done.err) == (0, ""), (step, done)
        told = json.loads(done.out)
        assert faults(told, read_schema(name)) == [], step


@pytest.mark.parametrize("name", REFUSED)
def test_every_refusal_is_as_its_schema_says(moodlab: Shell, name: str) -> None:
    words = [word.format(folder=moodlab.journal) for word in REFUSED[name]]

    told = error_of(moodlab(name, *words, "--json"))

    assert told["sentence"] == moodlab(name, *words).err.strip()


def test_ratings_are_numbers_with_their_units(moodlab: Shell) -> None:
    told = answer(moodlab("log", "today", "sleep_hours=7:30", "weight=70.5", "mood=4", "--json"))

    assert told["saved"]["sleep_hours"] == "7 h 30 min"
    assert told["values"] == {
        "sleep_hours": {"value": 450, "unit": "min"},
        "weight": {"value": 70.5, "unit": "kg"},
        "mood": {"value": 4, "unit": None},
    }


def test_what_could_be_answered_by_one_option_says_which(moodlab: Shell) -> None:
    moodlab("ask", "Is it the dose?")

    told = error_of(moodlab("--json", "ask", "is it  the dose?"))

    assert told == {
        "code": "needs_confirmation",
        "sentence": "“is it the dose?” is on the list already. Ask it twice?",
        "hint": "Add --confirm to keep it as it is.",
    }
    assert moodlab("ask", "is it  the dose?", "--confirm").status == 0


def test_the_same_event_is_asked_about(moodlab: Shell) -> None:
    assert moodlab("event", "yesterday", "a trip").status == 0

    assert error_of(moodlab("event", "yesterday", "A trip", "--json"))["code"] == (
        "needs_confirmation"
    )
    assert moodlab("event", "today", "a trip").status == 0
    assert moodlab("event", "yesterday", "a trip", "--appointment").status == 0


@pytest.mark.parametrize("words", [("nix",), ("log",), ("log", "today", "--nix"), ()])
def test_wrong_use_is_told_as_json_too(moodlab: Shell, words: tuple[str, ...]) -> None:
    assert error_of(moodlab("--json", *words), status=2)["code"] == "wrong_use"


def test_what_follows_two_dashes_is_text(moodlab: Shell) -> None:
    assert moodlab("ask", "--", "--json").out == "Saved for the visit: --json\n"


def test_every_code_is_described() -> None:
    def codes(kind: type[MoodLabError]) -> set[str]:
        return {kind.code}.union(*(codes(child) for child in kind.__subclasses__()))

    described = read_schema("error")["properties"]["error"]["properties"]["code"]["enum"]

    assert {BackupFailed.code, NotRekeyed.code} <= codes(MoodLabError) <= set(described)
