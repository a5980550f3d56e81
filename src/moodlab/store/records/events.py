"""Events, appointments and the questions for the next visit in the journal."""

from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.events import Event, Question, refuse_odd_event, refuse_odd_question
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.ledger.history import Ledger


class EventBook:
    """Reads and writes the tables `event` and `question`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save_event(self, event: Event) -> Changes:
        """Add `event` or replace the one with its id. Raises Refused as `domain` says."""
        refuse_odd_event(event)
        row = event_row(event)
        with self._ledger.batch("event") as batch:
            before = batch.read("event", row)
            if before is None or any(before[name] != value for name, value in row.items()):
                batch.put("event", row | recorded_columns(batch.recorded))
        return self._ledger.changes

    def ask(self, question: Question) -> Changes:
        """Add a question for the visit or replace the one with its id. Raises Refused."""
        refuse_odd_question(question)
        row = {
            "id": question.id,
            "asked_day": question.asked_day.isoformat(),
            "text": question.text,
            "is_closed": int(question.is_closed),
            "on_page": int(question.on_page),
            "answered_day": question.answered_day and question.answered_day.isoformat(),
            "answer": question.answer,
        }
        with self._ledger.batch("question") as batch:
            before = batch.read("question", row)
            if before is None or any(before[name] != value for name, value in row.items()):
                batch.put("question", row | recorded_columns(batch.recorded))
        return self._ledger.changes

    def delete(self, table: str, row_id: str) -> Changes:
        """Move an event or a question (`table` says which) to the bin."""
        with self._ledger.batch(f"delete {table}") as batch:
            batch.remove(table, {"id": row_id})
        return self._ledger.changes

    @reading()
    def read_events(self) -> tuple[Event, ...]:
        """Return every event and appointment by its first day."""
        rows = self._ledger.connection.execute(
            "SELECT id, first_day, text, last_day, kind, whom FROM event ORDER BY first_day, id"
        )
        return tuple(
            Event(
                row_id, date.fromisoformat(first), text,
                last and date.fromisoformat(last), kind == "appointment", whom,
            )
            for row_id, first, text, last, kind, whom in rows
        )  # fmt: skip

    @reading()
    def read_questions(self) -> tuple[Question, ...]:
        """Return every question in the order in which they were asked."""
        rows = self._ledger.connection.execute(
            "SELECT id, asked_day, text, is_closed, on_page, answered_day, answer FROM question"
            " ORDER BY asked_day, id"
        )
        return tuple(
            Question(
                row_id, date.fromisoformat(day), text, bool(closed), bool(on_page),
                answered and date.fromisoformat(answered), answer,
            )
            for row_id, day, text, closed, on_page, answered, answer in rows
        )  # fmt: skip


def event_row(event: Event) -> dict[str, Any]:
    """Return the row of an event, without the moment of writing."""
    return {
        "id": event.id,
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day and event.last_day.isoformat(),
        "kind": "appointment" if event.is_appointment else "event",
        "text": event.text,
        "whom": event.whom,
    }
