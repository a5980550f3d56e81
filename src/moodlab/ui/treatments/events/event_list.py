"""The events and appointments as a table, with what can be done about the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.events import Event
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.treatments.events.event_form import EventForm
from moodlab.ui.treatments.events.event_table import EventTable
from moodlab.ui.widgets.text import Button, label


class EventList(QWidget):
    """The table under its buttons; `delete_asked` is about the chosen event."""

    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", "quiet")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.change = Button(translate("treatments", "Change…"), "", self.begin_change)
        self.remove = Button(translate("treatments", "Delete event"), "", self.delete_asked.emit)
        self.form = EventForm(translate("treatments", "change"))
        self.table = EventTable()
        self.form.left.connect(self.table.setFocus)
        self.table.opened.connect(self.begin_change)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow_choice())
        self.nothing = label("", "muted", wrap=True)
        above = QHBoxLayout()
        above.setSpacing(look().px(GRID))
        above.addWidget(self.count, 1)
        above.addWidget(self.change)
        above.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addLayout(above)
        layout.addWidget(self.form)
        layout.addWidget(self.table)
        layout.addWidget(self.nothing)

    def show_events(self, events: Sequence[Event], nothing: str) -> None:
        """Show `events`, or why there are none."""
        self.table.show_events(events)
        for widget in (self.table, self.change, self.remove, self.count):
            widget.setVisible(bool(events))
        self.nothing.setText(nothing)
        self.nothing.setVisible(not events)
        visits = sum(event.is_appointment for event in events)
        self.count.setText(_count(len(events), visits))

    def begin_change(self) -> None:
        """Put the chosen event into the form."""
        event = self.table.event_chosen
        if event is not None:
            self.form.change(event)

    def _follow_choice(self) -> None:
        self.form.subject = self.table.event_chosen


def _count(events: int, visits: int) -> str:
    if not visits:
        one = translate("treatments", "1 event")
        return one if events == 1 else translate("treatments", "{n} events").format(n=events)
    if events == visits:
        one = translate("treatments", "1 appointment")
        return one if events == 1 else translate("treatments", "{n} appointments").format(n=events)
    return translate("treatments", "{n} entries, appointments: {visits}").format(
        n=events, visits=visits
    )
