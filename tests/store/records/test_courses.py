"""Starts, steps, ends, corrections and undo in any order, against a plain strip of days."""

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodlab.domain.courses import DoseEntry, enter_dose, find_overlaps, join_courses
from moodlab.domain.errors import Refused
from moodlab.domain.ids import new_id
from moodlab.domain.intake import Intake
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.domain.plain_courses import EVER, No, Strip
from tests.moments import Clock

START = date(2025, 12, 20)
DAYS = st.integers(min_value=0, max_value=EVER - 2)
DOSES = st.sampled_from(["10 mg", "20 mg", "40 mg"])


class Act(NamedTuple):
    """One entry; without any day it is an undo."""

    first: int | None = None
    dose: str | None = None
    to: int | None = None
    sure: bool = False


ACTS = st.lists(
    st.one_of(
        st.builds(Act, DAYS, DOSES, st.none(), st.booleans()),
        st.builds(Act, DAYS, st.none() | DOSES, st.none() | DAYS, st.booleans()),
        st.builds(Act, st.none(), st.none(), DAYS, st.booleans()),
        st.just(Act()),
    ),
    min_size=2,
    max_size=14,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.moodlab"
    Journal.create(path, clock=Clock()).close()
    return path


@given(acts=ACTS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_order_of_entries_leaves_what_a_strip_of_days_says(
    empty: Path, acts: list[Act]
) -> None:
    follow(acts, empty)


def follow(acts: Sequence[Act], empty: Path) -> None:
    """Do the same to a journal and to the strip, and compare them after each step."""
    path = Path(shutil.copy(empty, empty.with_name("followed.moodlab")))
    strip, before = Strip(), []
    with Journal.open(path, clock=Clock()) as journal:
        for act in acts:
            if act == Act():
                if before:
                    journal.undo()
                    strip = before.pop()
            else:
                tried = strip.copy()
                try:
                    tried.enter(*act)
                except No:
                    with pytest.raises(Refused):
                        enter(journal, act)
                else:
                    enter(journal, act)
                    if tried != strip:
                        before.append(strip)
                    strip = tried
            compare(journal.treatments.read_all(), strip)


def enter(journal: Journal, act: Act) -> None:
    courses = journal.treatments.read_courses("P")
    entry = DoseEntry("P", act.dose, day(act.first), day(act.to), None)
    entered = enter_dose(entry, courses, new_id, confirmed=act.sure)
    journal.treatments.save_courses("P", entered.courses)


def day(number: int | None) -> date | None:
    return None if number is None else START + timedelta(days=number)


def compare(courses: Sequence[Treatment], strip: Strip) -> None:
    assert [
        (
            number(course.first_day),
            None if course.last_day is None else number(course.last_day),
            tuple((number(dose.first_day), dose.text) for dose in course.doses),
        )
        for course in courses
    ] == strip.courses()
    assert not list(find_overlaps(courses))
    for asked in range(EVER):
        at = START + timedelta(days=asked)
        in_force = [dose.text for course in courses if (dose := course.dose_on(at)) is not None]
        said = strip.dose_on(asked)
        assert in_force == ([] if said is None else [said])


def number(at: date) -> int:
    return (at - START).days


def course(first: int, last: int | None, *doses: tuple[int, str], name: str = "P") -> Treatment:
    steps = tuple(Dose(new_id(), START + timedelta(days=at), text) for at, text in doses)
    steps = steps or (Dose(new_id(), START + timedelta(days=first), "10 mg"),)
    return Treatment(new_id(), name, TreatmentKind.MEDICINE, steps, day(last))


def test_check_names_courses_that_share_days_and_they_are_mended(journal: Journal) -> None:
    for each in (course(0, 2), course(1, None, (1, "20 mg"), (9, "10 mg"), name="p")):
        journal.treatments.save(each)
    journal.treatments.save(course(1, 20, name="Q"))

    (problem,) = check_journal(journal)
    assert problem.what == "course"
    assert "20 Dec – 22 Dec 2025, and from 21 Dec 2025" in problem.sentence
    assert "moodlab treatment P --join" in problem.sentence

    joined = join_courses(journal.treatments.read_courses("P"))
    journal.treatments.save_courses("P", joined.courses)
    assert check_journal(journal) == ()
    # What was two courses is two again by saying when it was stopped.
    enter(journal, Act(to=2, sure=True))
    enter(journal, Act(to=11))
    assert [(each.first_day, each.last_day) for each in journal.treatments.read_courses("P")] == [
        (day(0), day(2)),
        (day(9), day(11)),
    ]
    assert check_journal(journal) == ()
    for _ in range(3):
        journal.undo()
    assert [problem.what for problem in check_journal(journal)] == ["course"]


def test_days_when_it_was_needed_go_with_their_course(journal: Journal) -> None:
    taken = course(0, None, (0, "10 mg"), (9, "20 mg"))
    journal.treatments.save(taken)
    with journal.ledger.batch("treatment") as batch:
        for row_id, at in (("a", 1), ("b", 10)):
            at_day = (START + timedelta(days=at)).isoformat()
            batch.put("as_needed", {"id": row_id, "treatment": taken.id, "day": at_day, "text": ""})

    enter(journal, Act(to=2, sure=True))

    assert [each.as_needed_days for each in journal.treatments.read_all()] == [
        (day(1),),
        (day(10),),
    ]


def test_a_table_brings_no_course_over_another(journal: Journal) -> None:
    journal.treatments.save(course(5, None))
    brought = course(0, 9, name="p")

    taken = journal.imports.take(Intake("table", treatments=(brought, course(0, 9, name="Q"))))

    assert [problem.reason for problem in taken.problems] == [
        "p is in the journal for the same days: from 25 Dec 2025."
    ]
    assert (taken.refused, [each.name for each in journal.treatments.read_all()]) == (1, ["Q", "P"])


def test_a_course_in_the_bin_does_not_come_back_over_another(journal: Journal) -> None:
    journal.treatments.save(gone := course(0, 9))
    journal.treatments.delete(gone.id)
    journal.treatments.save(course(5, None))

    (deleted,) = journal.bin.read()
    with pytest.raises(Refused, match="share days"):
        journal.bin.put_back(deleted)
    assert check_journal(journal) == ()


def test_a_course_that_was_joined_does_not_come_back_without_doses(journal: Journal) -> None:
    for each in (course(0, 5), course(3, 9)):
        journal.treatments.save(each)
    joined = join_courses(journal.treatments.read_courses("P"))
    journal.treatments.save_courses("P", joined.courses)

    (deleted,) = journal.bin.read()
    with pytest.raises(Refused, match="another course"):
        journal.bin.put_back(deleted)
    journal.undo()
    assert len(journal.treatments.read_all()) == 2
