"""The events and appointments as a table, with what can be done about the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSizePolicy, QVBoxLayout, QWidget

from moodlab.charts.chart import Table
from moodlab.domain.events import Event
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.treatments.event_form import EventForm
from moodlab.ui.treatments.lanes import event_days
from moodlab.ui.widgets.chart_table import ChartTable
from moodlab.ui.widgets.text import Button, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_ROWS = 8
_HEADER = (
    QT_TRANSLATE_NOOP("treatments", "Day"),
    QT_TRANSLATE_NOOP("treatments", "Kind"),
    QT_TRANSLATE_NOOP("treatments", "What"),
)


class EventTable(ChartTable):
    """`opened` at Enter or a double click on a row."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(translate("treatments", "Events and appointments"))
        self._events: tuple[Event, ...] = ()
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    @property
    def event_chosen(self) -> Event | None:
        """The chosen event."""
        rows = self.selectionModel().selectedRows()
        return self._events[-1 - rows[0].row()] if rows else None

    def show_events(self, events: Sequence[Event]) -> None:
        """Show `events`, oldest first; the chosen one stays, or its neighbour is."""
        before, row = self.event_chosen, self.currentIndex().row()
        self._events = tuple(events)
        self.show_table(_tabulate(self._events))
        self._fit_columns()
        if self._events and (before is None or not self.choose(before.id)):
            self.choose_row(min(max(0, row), len(self._events) - 1))

    def choose(self, event_id: str) -> bool:
        """Choose an event by its id; say whether it is shown."""
        ids = [event.id for event in reversed(self._events)]
        if event_id in ids:
            self.choose_row(ids.index(event_id))
        return event_id in ids

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now has the table the font of its page.
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit_columns()

    def _fit_columns(self) -> None:
        self.resizeColumnsToContents()
        header, row = self.horizontalHeader(), self.verticalHeader().defaultSectionSize()
        header.setSectionResizeMode(len(_HEADER) - 1, QHeaderView.ResizeMode.Stretch)
        shown = min(len(self._events), _MOST_ROWS)
        self.setFixedHeight(row * shown + header.sizeHint().height() + look().px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.opened.emit()
            return
        super().keyPressEvent(event)


class EventList(QWidget):
    """The table under its buttons; `delete_asked` is about the chosen event."""

    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", "quiet")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.change = Button(translate("treatments", "Change…"), "", self.begin_change)
        self.remove = Button(translate("treatments", "Delete event"), "", self.delete_asked.emit)
        self.form = EventForm()
        self.table = EventTable()
        self.form.left.connect(self.table.setFocus)
        self.table.opened.connect(self.begin_change)
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
        self.count.setText(
            translate("treatments", "{n} events, {visits} of them appointments").format(
                n=len(events), visits=visits
            )
        )

    def begin_change(self) -> None:
        """Put the chosen event into the form."""
        event = self.table.event_chosen
        if event is not None:
            self.form.change(event)


def _tabulate(events: Sequence[Event]) -> Table:
    return Table(
        header=tuple(translate_marked(text) for text in _HEADER),
        rows=tuple(
            (
                event_days(event),
                translate("treatments", "◇ Appointment")
                if event.is_appointment
                else translate("treatments", "● Event"),
                event.words,
            )
            for event in events
        ),
    )
