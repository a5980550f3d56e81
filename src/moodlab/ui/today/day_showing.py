"""Puts a day into the widgets of Today, what waits to be saved before what the journal has."""

from PySide6.QtWidgets import QWidget

from moodlab.ui.today.day_sheet import DaySheet
from moodlab.ui.today.day_writer import DayWriter
from moodlab.ui.today.note_field import NoteField
from moodlab.ui.today.rating_form import RatingForm
from moodlab.ui.today.sleep_hours import SleepHours


def show_answers(form: RatingForm, sheet: DaySheet, writer: DayWriter) -> None:
    """Show each row's answer."""
    for row in form.rows:
        name = row.subject.id
        is_unsaved = writer.is_waiting(sheet.day, name)
        answer = writer.typed(sheet.day, name) if is_unsaved else sheet.answers.get(name)
        if (answer, is_unsaved) != (row.answer, row.is_unsaved):
            row.show_answer(answer, is_unsaved=is_unsaved)


def show_note(note: NoteField, sheet: DaySheet, writer: DayWriter) -> None:
    """Show the day's note and its tick."""
    record = sheet.record
    waiting = writer.typed_note(sheet.day)
    text, for_doctor = waiting or (record.note, record.note_for_doctor)
    note.show_note(text, for_doctor=for_doctor)


def row_stops(form: RatingForm, sleep: SleepHours | None) -> list[QWidget]:
    """Return what Tab visits in the rows, in order."""
    stops: list[QWidget] = []
    for row in form.rows:
        stops += row.tab_stops
        if sleep is not None and sleep.row is row:
            stops.append(sleep.field)
    return stops
