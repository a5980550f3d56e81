"""A column of doses becomes courses: what was stopped is not shown as going on."""

from datetime import date
from pathlib import Path

import pytest

from moodlab.domain.intake import Intake
from moodlab.exchange.importers import mapped_csv
from moodlab.exchange.mapping_file import read_mapping
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal

MAPPING = """
[file]
date = "date"
[columns.mood]
column = "mood"
low = 0
high = 10
[recorded]
columns = ["t"]
time_format = "%H:%M"
[treatment]
name = "x"
column = "dose"
unit = "mg"
"""


def read(*lines: str, ended_by: str = "0") -> Intake:
    mapping = read_mapping(f"{MAPPING}ended_by = {ended_by}\n".encode())
    table = "\n".join(("date,t,dose,mood", *(f"2026-01-{line},3" for line in lines)))
    return mapped_csv.read(table.encode(), mapping, 240, date(2026, 11, 28))


def told(intake: Intake) -> list[tuple[list[tuple[int, str]], int | None]]:
    return [
        (
            [(dose.first_day.day, dose.text) for dose in course.doses],
            course.last_day and course.last_day.day,
        )
        for course in intake.treatments
    ]


AGAIN = ("01,,75", "02,,75", "04,,0", "05,,0", "10,,75", "12,,50", "20,,0", "22,,25")
COURSES = [([(1, "75 mg")], 3), ([(10, "75 mg"), (12, "50 mg")], 19), ([(22, "25 mg")], None)]


@pytest.mark.parametrize("lines", [AGAIN, AGAIN[::-1]])
def test_what_was_stopped_and_taken_up_again_has_a_course_for_each(lines: tuple[str, ...]) -> None:
    assert told(read(*lines)) == COURSES


def test_courses_come_in_once_and_a_longer_file_adds_to_them(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(read(*AGAIN[:-1]))
        twice = journal.imports.take(read(*AGAIN[:-1]))
        assert (twice.added, twice.kept, twice.refused) == (0, 0, 0)

        longer = journal.imports.take(read(*AGAIN))
        assert (longer.added, longer.kept, longer.refused) == (3, 0, 0)  # course, dose and rating
        days = [(course.first_day.day, course.last_day) for course in journal.treatments.read_all()]
        assert days == [(1, date(2026, 1, 3)), (10, date(2026, 1, 19)), (22, None)]
        assert check_journal(journal) == ()


def courses_here(journal: Journal) -> list[tuple[list[int], int | None]]:
    return [
        ([dose.first_day.day for dose in course.doses], course.last_day and course.last_day.day)
        for course in journal.treatments.read_all()
    ]


def test_a_file_that_begins_with_a_later_course_does_not_lengthen_an_earlier_one(
    tmp_path: Path,
) -> None:
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(read(*AGAIN[:4]))
        journal.imports.take(read(*AGAIN[4:]))
        assert courses_here(journal) == [([1], 3), ([10, 12], 19), ([22], None)]

        whole = journal.imports.take(read(*AGAIN))
        assert (whole.added, whole.kept, whole.refused) == (0, 0, 0)
        assert check_journal(journal) == ()


def test_a_file_that_begins_with_an_earlier_course_brings_it(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(read(*AGAIN[4:7]))
        taken = journal.imports.take(read(*AGAIN[:7]))
        assert courses_here(journal) == [([1], 3), ([10, 12], 19)]
        assert [problem.reason for problem in taken.problems] == [
            "x is in the journal for the same days: 10 Jan – 19 Jan 2026."
        ]


def test_no_dose_comes_after_the_end_that_the_journal_keeps(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(read("01,,75", "04,,0"))
        taken = journal.imports.take(read("01,,75", "10,,50"))
        assert (courses_here(journal), taken.kept) == ([([1], 3)], 2)

        journal.imports.take(read("01,,75", "10,,50"), replaces=True)
        assert courses_here(journal) == [([1, 10], None)]
        journal.imports.take(read("01,,75", "04,,0"), replaces=True)
        assert courses_here(journal) == [([1], 3)]
        assert check_journal(journal) == ()


def test_a_deleted_treatment_stays_deleted_and_takes_no_new_dose(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(read("01,,75"))
        (course,) = journal.treatments.read_all()
        journal.treatments.delete(course.id)

        taken = journal.imports.take(read("01,,75", "10,,50"))
        assert (courses_here(journal), taken.kept, taken.added) == ([], 3, 1)  # a rating is new


@pytest.mark.parametrize("ended_by", ['"0"', "0", '"0.0"'])
def test_the_end_is_the_same_number_however_it_is_written(ended_by: str) -> None:
    intake = read("01,,75", "04,,0.0", "05,,0", '06,,"0,00"', ended_by=ended_by)
    assert told(intake) == [([(1, "75 mg")], 3)]


def test_the_last_dose_of_a_day_holds_also_where_it_ends_the_treatment() -> None:
    assert told(read("01,,75", "04,20:00,0", "04,08:00,50")) == [([(1, "75 mg")], 3)]
    assert told(read("04,20:00,50", "04,08:00,0")) == [([(4, "50 mg")], None)]


def test_a_dose_without_a_time_counts_where_the_day_has_times_but_no_other_dose() -> None:
    assert told(read("01,08:00,", "01,,75")) == [([(1, "75 mg")], None)]
