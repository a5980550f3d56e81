"""Writes to the journal what is asked for about an event."""

from dataclasses import replace

from moodlab.domain.days import short_date
from moodlab.domain.errors import NeedsConfirmation
from moodlab.domain.events import Event, question_same_event
from moodlab.domain.ids import new_id
from moodlab.i18n import translate
from moodlab.ui.treatments.keeping import Keeping, Then


class EventKeeping(Keeping):
    """Adds, changes and deletes events; the same one twice is asked about."""

    def save_event(self, event: Event, then: Then, *, confirmed: bool = False) -> None:
        """Save a new or changed event. Raises Refused where it can't be."""
        known = [each for each in self._journal.events.read_events() if each.id != event.id]
        saved = event if event.id else replace(event, id=new_id())
        try:
            if not confirmed:
                question_same_event(saved, known)
        except NeedsConfirmation as question:
            self._ask(
                question, lambda: self._try(lambda: self.save_event(event, then, confirmed=True))
            )
            return
        self._session.apply(lambda journal: journal.events.save_event(saved))
        then()
        said = translate("treatments", "Saved: {text}, {day}.")
        self.tell(said.format(text=saved.words, day=short_date(saved.first_day)))

    def delete_event(self, event: Event) -> bool:
        """Put an event into the bin."""
        gone = translate("treatments", "Deleted: {text}, {day}.").format(
            text=event.words, day=short_date(event.first_day)
        )
        return self._delete(lambda journal: journal.events.delete("event", event.id), gone)
