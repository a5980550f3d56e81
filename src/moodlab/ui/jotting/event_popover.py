"""Ctrl+E: what happened, and on which day."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.events import Event, question_same_event
from moodlab.domain.texts import LONGEST_WORDS
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.jotting.offering_line import OfferingLine
from moodlab.ui.jotting.popover import Popover
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.widgets.day_field import DayField


class EventPopover(Popover):
    """Two fields: the words, earlier ones offered, and the day."""

    def __init__(self, host: QWidget, bars: QWidget, session: Session) -> None:
        super().__init__(host, bars, translate("jotting", "An event"))
        self._session = session
        self._repeated: Event | None = None
        self.text = OfferingLine()
        self.text.setMaxLength(LONGEST_WORDS)
        self.text.setAccessibleName(translate("jotting", "What happened"))
        self.text.setPlaceholderText(translate("jotting", "What happened"))
        self.day = DayField(may_come=True)
        self.day.setAccessibleName(translate("jotting", "Day of the event"))
        line = QHBoxLayout()
        line.setSpacing(look().px(GRID))
        line.addWidget(self.text, 3)
        line.addWidget(self.day, 2)
        self.form.addLayout(line)
        for field in (self.text, self.day):
            field.returnPressed.connect(self._save)

    def jot(self, day: date) -> None:
        """Show the fields, with `day` in the second."""
        events = self._session.journal.events.read_events()
        self.text.offer(event.text for event in reversed(events))
        self.day.be_today(self._session.journal.calendar_today())
        if not self.text.text():
            self.day.show_day(day)
        self._repeated = None
        self.open(self.text)

    def _save(self) -> None:
        journal = self._session.journal
        text = " ".join(self.text.text().split())
        if not text:
            self.refuse(translate("jotting", "What happened? Write a few words."))
            self.text.setFocus()
            return
        try:
            day = self.day.read_here()
        except MoodLabError as error:
            self.refuse(error.sentence)
            return
        event = Event(journal.ledger.new_id(), day, text)
        try:
            if self._repeated is None or (self._repeated.text, self._repeated.first_day) != (
                text,
                day,
            ):
                question_same_event(event, journal.events.read_events())
            self._session.apply(lambda journal: journal.events.save_event(event))
        except NeedsConfirmation as repeat:
            self._repeated = event
            again = translate("jotting", "{question} Enter again saves it.")
            self.refuse(again.format(question=repeat.sentence))
        except MoodLabError as error:
            self.refuse(error.sentence)
        else:
            self.text.empty()
            said = translate("jotting", "Saved: {text}, {day}.")
            self.done(said.format(text=text, day=short_date(day)))
