"""What one entry does to the courses of a treatment: each case as it was met."""

from datetime import date
from itertools import count

import pytest

from moodlab.domain.courses import DoseEntry, Entered, enter_dose, join_courses
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.treatments import Treatment, TreatmentKind

IDS = count()


def told(*entries: str, sure: bool = False) -> list[str]:
    """Enter ``from dose to`` lines (``-``: not said) and return the courses as text."""
    courses: tuple[Treatment, ...] = ()
    for entry in entries:
        courses = enter(courses, entry, sure=sure).courses
    return [text(course) for course in courses]


def enter(courses: tuple[Treatment, ...], entry: str, *, sure: bool = False) -> Entered:
    first, dose, last = entry.split()
    return enter_dose(
        DoseEntry("P", None if dose == "-" else dose, day(first), day(last), None),
        courses,
        lambda: f"{next(IDS):04}",
        confirmed=sure,
    )


def day(words: str) -> date | None:
    if words == "-":
        return None
    number, month = map(int, words.split("."))
    return date(2026, month, number)


def text(course: Treatment) -> str:
    doses = " ".join(f"{dose.first_day:%-d.%-m}:{dose.text}" for dose in course.doses)
    return f"{doses} to {course.last_day:%-d.%-m}" if course.last_day else doses


ENDED = ("1.10 20 -", "- - 10.11")
TWO = ("1.11 20 3.11", "10.11 20 12.11")


@pytest.mark.parametrize(
    ("entries", "courses"),
    [
        ((*ENDED, "20.10 10 -"), ["1.10:20 20.10:10 to 10.11"]),
        ((*ENDED, "1.10 30 -"), ["1.10:30 to 10.11"]),
        ((*ENDED, "10.11 30 -"), ["1.10:20 10.11:30 to 10.11"]),
        ((*ENDED, "20.10 - -"), ["1.10:20 to 10.11"]),
        ((*ENDED, "1.10 - 5.11"), ["1.10:20 to 5.11"]),
        ((*ENDED, "- - 5.11"), ["1.10:20 to 5.11"]),
        ((*ENDED, "12.11 20 -"), ["1.10:20 to 10.11", "12.11:20"]),
        ((*ENDED, "20.9 10 -"), ["20.9:10 1.10:20 to 10.11"]),
        ((*ENDED, "20.9 - -"), ["20.9:20 to 10.11"]),
        ((*TWO, "2.11 10 -"), ["1.11:20 2.11:10 to 3.11", "10.11:20 to 12.11"]),
        ((*TWO, "11.11 10 -"), ["1.11:20 to 3.11", "10.11:20 11.11:10 to 12.11"]),
        ((*TWO, "5.11 10 7.11"), ["1.11:20 to 3.11", "5.11:10 to 7.11", "10.11:20 to 12.11"]),
        ((*TWO, "5.11 10 -"), ["1.11:20 to 3.11", "5.11:10 10.11:20 to 12.11"]),
    ],
)
def test_a_dose_changes_the_course_that_holds_its_day_and_keeps_its_end(
    entries: tuple[str, ...], courses: list[str]
) -> None:
    assert told(*entries) == courses


@pytest.mark.parametrize(
    ("entries", "asked", "courses"),
    [
        (ENDED, "11.11 20 -", ["1.10:20"]),
        (ENDED, "11.11 10 20.11", ["1.10:20 11.11:10 to 20.11"]),
        (ENDED, "- - 20.11", ["1.10:20 to 20.11"]),
        (ENDED, "5.11 10 20.11", ["1.10:20 5.11:10 to 20.11"]),
        (
            ("1.10 20 -", "1.11 10 -"), "- - 10.10", ["1.10:20 to 10.10", "1.11:10"],
        ),
    ],
)  # fmt: skip
def test_going_on_after_an_end_and_stopping_before_a_dose_are_asked(
    entries: tuple[str, ...], asked: str, courses: list[str]
) -> None:
    before: tuple[Treatment, ...] = ()
    for entry in entries:
        before = enter(before, entry).courses

    with pytest.raises(NeedsConfirmation, match="2026"):
        enter(before, asked)
    assert [text(course) for course in enter(before, asked, sure=True).courses] == courses


@pytest.mark.parametrize(
    ("entries", "refused"),
    [
        (TWO, "5.11 10 10.11"),
        (TWO, "28.10 10 1.11"),
        (TWO, "28.10 10 20.11"),
        (TWO, "4.11 10 -"),
        (TWO, "3.11 10 11.11"),
        (ENDED, "- 10 5.11"),
        (ENDED, "- - 1.9"),
        (ENDED, "- - -"),
        (("1.10 20 -", "11.10 10 -"), "- - 10.10"),
    ],
)
def test_courses_never_share_a_day_and_nothing_said_is_lost(
    entries: tuple[str, ...], refused: str
) -> None:
    courses: tuple[Treatment, ...] = ()
    for entry in entries:
        courses = enter(courses, entry).courses

    with pytest.raises(Refused):
        enter(courses, refused, sure=True)


def test_what_is_taken_up_again_keeps_its_name_and_kind() -> None:
    first = enter_dose(
        DoseEntry("Light therapy", "30 min", day("1.10"), day("5.10"), TreatmentKind.DEVICE),
        (), lambda: "1",
    ).courses  # fmt: skip

    again = enter_dose(
        DoseEntry("light  THERAPY", "20 min", day("9.10"), None, None), first, lambda: "2"
    )

    assert [(each.name, each.kind) for each in again.courses] == [
        ("Light therapy", TreatmentKind.DEVICE)
    ] * 2


def test_there_is_nothing_to_join_where_no_day_is_shared() -> None:
    courses = enter(enter((), TWO[0]).courses, TWO[1]).courses

    with pytest.raises(Refused, match="Nothing to join"):
        join_courses(courses)
