"""What `change`, `questionnaire`, `when`, `contact`, `setting`, `test` and `treatment` refuse."""

import json

import pytest

from moodlab.preferences import CHOICES, REMEMBERED, show_preference
from moodlab.settings import Settings
from tests.cli.shell import Shell, answer

PILL = ("treatment", "Pill", "--dose", "50 mg", "--from", "2026-01-02", "--to", "2026-01-09")


@pytest.mark.parametrize(
    ("made", "changed"),
    [
        (("event", "yesterday", "a trip"), ("--text", " ")),
        (("event", "yesterday", "a trip"), ("--to", "2001-01-01")),
        (("event", "yesterday", "a trip"), ("--dose", "5")),
        (("event", "yesterday", "a trip"), ("--appointment", "perhaps")),
        (("event", "yesterday", "a trip"), ()),
        (("ask", "why?"), ("--day", "2199-12-31", "--text", "")),
        (("lab", "2026-01-01", "crp", "3", "mg/L"), ("--value", "many")),
        (("lab", "2026-01-01", "crp", "3", "mg/L"), ("--value", "0")),
        (("lab", "2026-01-01", "crp", "3", "mg/L"), ("--unit", "mmol/L")),
        (("lab", "2026-01-01", "crp", "3", "mg/L"), ("--day", "2099-01-01")),
        (PILL, ("--name", "")),
        (PILL, ("--to", "2026-01-01")),
        (PILL, ("--from", "2026-01-10")),
        (PILL, ("--kind", "magic")),
        (("questionnaire", "yesterday", "WHO-5", "12", "--highest", "25"), ("--value", "26")),
    ],
)
def test_a_change_that_cannot_be_leaves_all_as_it_was(
    moodlab: Shell, made: tuple[str, ...], changed: tuple[str, ...]
) -> None:
    row_id = answer(moodlab(*made, "--json"))["id"]
    before = [moodlab("list", kind, "--json").out for kind in ("events", "treatments", "labs")]

    assert moodlab("change", row_id, *changed).status == 1
    after = [moodlab("list", kind, "--json").out for kind in ("events", "treatments", "labs")]
    assert after == before


def test_a_course_is_not_moved_into_another(moodlab: Shell) -> None:
    first = answer(moodlab(*PILL, "--json"))["id"]
    later = ("treatment", "Pill", "--dose", "1", "--from", "2026-02-01", "--to", "2026-02-05")
    second = answer(moodlab(*later, "--json"))["id"]
    assert first != second

    assert "another course" in moodlab("change", first, "--to", "2026-02-03").err
    assert "another course" in moodlab("change", second, "--from", "2026-01-05").err
    assert moodlab("change", first, "--to", "2026-01-20").status == 0


def test_a_note_is_changed_without_asking_about_the_value_again(moodlab: Shell) -> None:
    line = ("lab", "2026-01-01", "crp", "900", "mg/L", "--confirm", "--json")
    row_id = answer(moodlab(*line))["id"]

    done = answer(moodlab("change", row_id, "--note", "a cold", "--context", "infection", "--json"))

    assert (done["now"]["note"], done["now"]["printed"]) == ("a cold", "900")
    assert done["now"]["excluded"]
    assert not answer(moodlab("change", row_id, "--excluded", "no", "--json"))["now"]["excluded"]


def test_the_only_dose_stays_with_its_treatment(moodlab: Shell) -> None:
    moodlab(*PILL)
    (course,) = answer(moodlab("list", "treatments", "--json"))["rows"]

    assert "only dose" in moodlab("delete", course["doses"][0]["id"]).err


def test_a_day_taken_as_needed_lies_in_a_course_and_is_ticked_once(moodlab: Shell) -> None:
    moodlab(*PILL)
    tick = ("treatment", "pill", "--as-needed", "2026-01-03")

    assert moodlab("treatment", "Pill", "--as-needed", "2026-03-03").status == 1
    assert moodlab(*tick, "--to", "2026-01-05").status == 1
    first = answer(moodlab(*tick, "--json"))["as_needed"]["id"]
    assert answer(moodlab(*tick, "--dose", "two", "--json"))["as_needed"]["id"] == first
    other = answer(moodlab(*tick[:-1], "2026-01-04", "--json"))["as_needed"]["id"]
    assert moodlab("change", other, "--day", "2026-01-03").status == 1
    (course,) = answer(moodlab("list", "treatments", "--json"))["rows"]
    assert [each["text"] for each in course["as_needed"]] == ["two", ""]


@pytest.mark.parametrize(
    "words",
    [
        ("questionnaire", "2099-01-01", "WHO-5", "12"),
        ("questionnaire", "today", " ", "12"),
        ("questionnaire", "today", "WHO-5", "NaN"),
        ("questionnaire", "today", "WHO-5", "1e9"),
        ("when", "mood5"),
        ("when", "nothing>=5"),
        ("when", "mood>=11"),
        ("when", *["mood>=1"] * 6),
        ("contact", "Ana"),
        ("contact", "Ana", "--remove"),
        ("contact", "", "555"),
        ("contact", "Ana", "5" * 301),
        ("setting", "day_end=13:00"),
        ("setting", "day_end=soon"),
        ("setting", "name"),
        ("setting", "journal_id=x"),
        ("setting", "theme", "blue"),
        ("setting", "text_size", "99"),
        ("setting", "second_copies", "nowhere/at/all"),
        ("setting", "journal", "nothing.moodlab"),
        ("setting", "country", "Germany"),
        ("setting", "theme=dark", "clock=25"),
        ("setting", "name=" + "x" * 201),
        ("test", "Zonulin", "ng/mL=2"),
        ("test", "Zonulin", "ng/mL", "ug/L=NaN"),
        ("test", "Zonulin", "ng/mL", "ug/L=0"),
        ("test", "Zonulin", "ng/mL", "ug/L=1e999999999"),
        ("test", "CRP", "g/L"),
        ("log", "today", "for_doctor=perhaps"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    moodlab: Shell, words: tuple[str, ...]
) -> None:
    before = moodlab.journal.read_bytes()

    done = moodlab(*words)

    assert done.status == 1, done
    assert moodlab.journal.read_bytes() == before


def test_days_when_counts_and_is_pinned_once(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=6", "fatigue=2")
    moodlab("log", "yesterday", "mood=3", "fatigue=2")

    told = answer(moodlab("when", "mood>=5", "fatigue≤2", "--pin", "--json"))

    assert (told["days"], told["of"]) == (1, 2)
    assert "pinned already" in moodlab("when", "mood>=5", "fatigue<=2", "--pin").err
    assert moodlab.report()["days_when"][0]["days"] == 1


def test_contacts_are_replaced_by_name_and_removed(moodlab: Shell) -> None:
    moodlab("contact", "Ana", "1")
    moodlab("contact", "Bea", "2")
    moodlab("contact", "ana", "3")

    assert moodlab("contact").out == "ana: 3\nBea: 2\n"
    assert moodlab("contact", "ANA", "--remove").status == 0
    assert moodlab("contact").out == "Bea: 2\n"


def test_the_same_questionnaire_twice_a_day_is_asked_about(moodlab: Shell) -> None:
    line = ("questionnaire", "today", "WHO-5", "12,5")
    assert moodlab(*line).status == 0
    assert moodlab(*line).status == 1
    assert moodlab(*line, "--confirm").status == 0


@pytest.mark.parametrize("command", [("list", "nothing"), ("list",), ("day",)])
def test_what_can_be_listed_is_named(moodlab: Shell, command: tuple[str, ...]) -> None:
    assert moodlab(*command).status == 2


def test_an_empty_day_and_an_empty_list_say_so(moodlab: Shell) -> None:
    assert "Nothing is known about this day." in moodlab("day", "today").out
    assert moodlab("list", "events").out == "Nothing is entered there.\n"


def test_every_preference_can_be_set_listed_and_reset_by_command(
    moodlab: Shell,
) -> None:
    moodlab.journal.with_name("stick").mkdir()
    wanted = {
        **{name: choices[-1].typed for name, choices in CHOICES.items()},
        "second_copies": str(moodlab.journal.with_name("stick")),
        "journal": str(moodlab.journal),
        "country": "DE",
    }
    assert set(wanted) == set(Settings._fields) - REMEMBERED
    for name, text in wanted.items():
        assert answer(moodlab("setting", name, text, "--json"))["settings"][name] == text
    told = answer(moodlab("setting", "list", "--json"))["settings"]
    assert {name: told[name] for name in wanted} == wanted
    assert told["day_end"] == "04:00"

    for name in wanted:
        assert moodlab("setting", f"{name}=default").status == 0
    told = answer(moodlab("setting", "list", "--json"))["settings"]
    usual = {name: show_preference(name, Settings()) for name in wanted}
    assert {name: told[name] for name in wanted} == usual


def test_preferences_are_set_without_the_journal(shell: Shell) -> None:
    assert shell("setting", "theme", "dark").status == 0
    assert shell("setting", "list").status == 1


def test_an_answer_is_kept_with_its_day_until_the_question_is_open_again(moodlab: Shell) -> None:
    asked = answer(moodlab("ask", "Is it the tablets?", "--json"))["id"]

    moodlab("change", asked, "--answered", "2025-11-03", "--answer", "Perhaps. Halve them.")
    assert "(answered) on 3 Nov 2025: Perhaps. Halve them." in moodlab("list", "questions").out
    # A word put right leaves the day as it was.
    moodlab("change", asked, "--answer", "Perhaps.")
    (row,) = answer(moodlab("list", "questions", "--json"))["rows"]
    assert (row["answered_on"], row["answer"]) == ("2025-11-03", "Perhaps.")

    moodlab("change", asked, "--answered", "no")
    (row,) = answer(moodlab("list", "questions", "--json"))["rows"]
    assert (row["answered"], row["answered_on"], row["answer"]) == (False, None, "")


def test_the_page_asks_the_first_three_that_are_ticked_for_it(moodlab: Shell) -> None:
    asked = [answer(moodlab("ask", f"{name}?", "--json"))["id"] for name in "ABCDE"]
    moodlab("change", asked[1], "--on-page", "no")
    moodlab("log", "today", "mood=5")

    moodlab("report", str(moodlab.folder / "page.json"))

    page = json.loads((moodlab.folder / "page.json").read_text())
    printed = [each["text"] for each in page["questions"] if each["printed"]]
    assert printed == ["A?", "C?", "D?"]


def test_an_appointment_says_with_whom(moodlab: Shell) -> None:
    visit = answer(
        moodlab("event", "2025-11-03", "Blood", "--appointment", "--with", "Dr. A", "--json")
    )
    assert visit["with"] == "Dr. A"
    assert "Blood, with Dr. A (appointment)" in moodlab("list", "events").out

    moodlab("change", visit["id"], "--with", "Dr. B")
    assert "Blood, with Dr. B (appointment)" in moodlab("day", "2025-11-03").out
