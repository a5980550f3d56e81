"""What goes on over the days of a table: the doses of treatments, and events."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from moodlab.domain.days import ONE_DAY
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
from moodlab.exchange.table.answers import DayRow, moment_key

# The rows of each day, days in order.
RowsByDay = Mapping[date, Sequence[DayRow]]


def follow_doses(
    days: RowsByDay, wanted: TreatmentMapping, mapping: TableMapping, problems: list[RowProblem]
) -> Treatment | None:
    """Return the treatment whose daily dose is in the column.

    Of several doses on one day the last counts. What contradicts itself goes to `problems`.
    """
    treatment: Treatment | None = None
    for rows in days.values():
        given = [
            row
            for row in _in_order(rows, wanted.column)
            if row.row.cell(wanted.column) not in mapping.file.missing
        ]
        doses = [row for row in given if row.row.cell(wanted.column) != wanted.ended_by]
        for row in [*doses[-1:], *[row for row in given[-1:] if row not in doses]]:
            try:
                stepped = _step(treatment, row, wanted, mapping, is_end=row not in doses)
                if stepped is not None:
                    refuse_odd_treatment(stepped)
                treatment = stepped
            except Refused as error:
                problems.append(RowProblem(row.row.line, error.sentence))
    return treatment


def _step(
    known: Treatment | None,
    row: DayRow,
    wanted: TreatmentMapping,
    mapping: TableMapping,
    *,
    is_end: bool,
) -> Treatment | None:
    if is_end:
        is_running = known is not None and known.last_day is None
        return end_treatment(known, row.day - ONE_DAY) if known and is_running else known
    treatment_id = derived_id(mapping.file.name, "treatment", wanted.name)
    text = f"{row.row.cell(wanted.column)} {wanted.unit}".strip()
    dose = Dose(derived_id(treatment_id, row.day.isoformat()), row.day, text)
    if known is None:
        return Treatment(treatment_id, wanted.name, wanted.kind, (dose,))
    return replace(step_dose(known, dose, None), last_day=None)


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
