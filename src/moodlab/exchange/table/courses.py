"""What goes on over the days of a table: the doses of treatments, and events."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from moodlab.domain.courses import as_own_course
from moodlab.domain.days import ONE_DAY, short_date
from moodlab.domain.errors import Refused
from moodlab.domain.events import Event, refuse_odd_event
from moodlab.domain.ids import derived_id
from moodlab.domain.intake import RowProblem
from moodlab.domain.treatments import (
    Dose,
    Treatment,
    end_treatment,
    refuse_odd_treatment,
    step_dose,
)
from moodlab.exchange.mapping import TableMapping, TreatmentMapping
from moodlab.exchange.table.answers import DayRow, moment_key, parse_cell_number
from moodlab.i18n import translate

# The rows of each day, days in order.
RowsByDay = Mapping[date, Sequence[DayRow]]


def follow_doses(
    days: RowsByDay, wanted: TreatmentMapping, mapping: TableMapping, problems: list[RowProblem]
) -> tuple[Treatment, ...]:
    """Return the courses of the treatment whose daily dose is in the column.

    The last dose of a day holds. What was ended and taken up again has a course for each. What
    contradicts itself goes to `problems`.
    """
    courses: list[Treatment] = []
    for day, rows in days.items():
        given = [row for row in rows if row.row.cell(wanted.column) not in mapping.file.missing]
        if not given:
            continue
        last = _in_order(given, wanted.column)[-1]
        running = courses[-1] if courses and courses[-1].last_day is None else None
        try:
            course = _step(running, last, wanted, mapping)
            if course is None:
                if any(not _is_end(row, wanted) for row in given):
                    raise Refused(
                        translate(
                            "import", "{name} begins and ends on {day}: it is left out."
                        ).format(name=wanted.name, day=short_date(day))
                    )
            elif running is None:
                courses.append(as_own_course(course) if courses else course)
            else:
                courses[-1] = course
        except Refused as error:
            problems.append(RowProblem(last.row.line, error.sentence))
    return tuple(courses)


def _step(
    running: Treatment | None, row: DayRow, wanted: TreatmentMapping, mapping: TableMapping
) -> Treatment | None:
    """Return the course that the row begins, changes or ends; None if none runs that could end."""
    if _is_end(row, wanted):
        return running and end_treatment(running, row.day - ONE_DAY)
    if running is None:
        course = _begin(row, wanted, mapping)
    else:
        course = step_dose(running, _dose(running.id, row, wanted), None)
    refuse_odd_treatment(course)
    return course


def _is_end(row: DayRow, wanted: TreatmentMapping) -> bool:
    """Whether the cell is what ends the treatment, or the same number: 0 and 0.0."""
    cell = row.row.cell(wanted.column)
    number = parse_cell_number(wanted.ended_by)
    return cell == wanted.ended_by or (number is not None and parse_cell_number(cell) == number)


def _begin(row: DayRow, wanted: TreatmentMapping, mapping: TableMapping) -> Treatment:
    course_id = derived_id(mapping.file.name, "treatment", wanted.name)
    return Treatment(course_id, wanted.name, wanted.kind, (_dose(course_id, row, wanted),))


def _dose(course_id: str, row: DayRow, wanted: TreatmentMapping) -> Dose:
    text = f"{row.row.cell(wanted.column)} {wanted.unit}".strip()
    return Dose(derived_id(course_id, row.day.isoformat()), row.day, text)


def find_events(
    days: RowsByDay, mapping: TableMapping, problems: list[RowProblem]
) -> Iterator[Event]:
    """Yield an event for every value of the column, on the first day it is seen."""
    if mapping.events is None:
        return
    column, seen = mapping.events.column, set(mapping.file.missing)
    for rows in days.values():
        for row in sorted(rows, key=lambda row: row.row.cell(column)):
            value = row.row.cell(column)
            if value in seen:
                continue
            seen.add(value)
            text = mapping.events.texts.get(value, f"{column} {value}")
            try:
                event = Event(derived_id(mapping.file.name, "event", value), row.day, text)
                refuse_odd_event(event)
            except Refused as error:
                problems.append(RowProblem(row.row.line, error.sentence))
            else:
                yield event


def _in_order(rows: Sequence[DayRow], column: str) -> list[DayRow]:
    """Return the rows by their time, as told where any has one; of two at one time, by the cell."""
    timed = [row for row in rows if row.moment is not None]
    return sorted(
        timed or rows,
        key=lambda row: (moment_key(row.moment), row.row.cell(column) if timed else ""),
    )
