"""Imports the courses of a table's treatments: none is taken for another, or runs into one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from moodlab.domain.courses import as_own_course, course_text, fold_name, share_a_day
from moodlab.domain.intake import RowProblem, Taken
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.store.file.storable import refuse_unstorable
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.ledger.history import Ledger
from moodlab.store.records.treatments import TreatmentBook, dose_row, treatment_row

# A treatment is a column of its table, so what is said about it is said of the heading.
_HEADING_LINE = 1

# Writes one row, and returns what was taken with it counted.
TakeRow = Callable[[str, dict[str, Any], Taken], Taken]


class CourseArrivals:
    """Writes the courses of a file inside an import's step."""

    def __init__(self, ledger: Ledger, take_row: TakeRow) -> None:
        self._ledger = ledger
        self._take_row = take_row
        self._here = {course.id: course for course in TreatmentBook(ledger).read_all()}

    def place(self, course: Treatment) -> Treatment:
        """Return the course with ids of its own where the journal has another one under its id."""
        known = self._here.get(course.id)
        if known is None or share_a_day(known, course):
            return course
        return as_own_course(course)  # the file begins with another course than an earlier one did

    def take(self, course: Treatment, taken: Taken) -> Taken:
        """Import one course and return `taken` with its rows counted.

        Raises Refused before anything of it is written.
        """
        row = treatment_row(course) | recorded_columns(self._ledger.recorded)
        doses = [dose_row(course, dose) for dose in course.doses]
        for each in (row, *doses):
            refuse_unstorable(each)
        taken = self._take_row("treatment", row, taken)
        here = self._ledger.read("treatment", row)
        if here is None:  # it was deleted here, and stays so
            return replace(taken, kept=taken.kept + len(doses))
        last_day = here["last_day"]
        for dose in doses:
            if last_day is not None and dose["first_day"] > last_day:
                taken = replace(taken, kept=taken.kept + 1)
            else:
                taken = self._take_row("dose", dose, taken)
        if last_day == row["last_day"]:
            self._end_doses(course)
        return taken

    def _end_doses(self, course: Treatment) -> None:
        """Remove the doses that began after the end which the course has now."""
        known = self._here.get(course.id)
        for dose in known.doses if known else ():
            if course.last_day is not None and dose.first_day > course.last_day:
                self._ledger.remove("dose", {"id": dose.id})
        self._here[course.id] = course

    def find_shared_days(self, course: Treatment) -> RowProblem | None:
        """Return why a table's course can't come beside another of the same name."""
        folded = fold_name(course.name)
        for known in self._here.values():
            is_other = known.id != course.id and share_a_day(known, course)
            if is_other and fold_name(known.name) == folded:
                sentence = translate(
                    "import", "{name} is in the journal for the same days: {course}."
                ).format(name=course.name, course=course_text(known))
                return RowProblem(_HEADING_LINE, sentence)
        return None
