"""The form for an event: words, day or span; for an appointment, with whom."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.errors import Refused
from moodlab.domain.events import Event
from moodlab.domain.texts import LONGEST_WORDS
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.jotting.offering_line import OfferingLine
from moodlab.ui.look.style import look
from moodlab.ui.treatments.field_cells import FieldCells
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label


class EventForm(QWidget):
    """`submitted(Event)`, its id empty for a new one; `left` when it was closed without saving."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.event_id = ""
        self.subject: Event | None = None  # what may be changed here; None for a new one
        self.heading = label("", "section", wrap=True)
        self.text, self.whom = OfferingLine(), OfferingLine()
        self.first, self.last = DayField(may_come=True), DayField(may_come=True)
        self.is_appointment = QCheckBox(translate("treatments", "An appointment"))
        self.is_appointment.toggled.connect(lambda _on: self._show_fields())
        for words in (self.text, self.whom):
            words.setMaxLength(LONGEST_WORDS)
        self._lines: tuple[Line, ...] = (self.text, self.first, self.last, self.whom)
        for line in self._lines:
            line.returnPressed.connect(self.submit)
            line.textEdited.connect(lambda _text: self._take_up())
        self.cells = FieldCells(
            [
                ("text", translate("treatments", "What"), self.text),
                ("first", translate("treatments", "Day"), self.first),
                ("last", translate("treatments", "Until (optional)"), self.last),
                ("whom", translate("treatments", "With whom"), self.whom),
            ],
            purpose,
        )
        self.trouble = label("", "error", wrap=True)
        self.save = Button(translate("treatments", "Save"), "primary", self.submit)
        self.cancel = Button(translate("treatments", "Cancel"), "secondary", self.leave)
        self._today = date.min
        self._lay_out()
        self.hide()

    def be_today(self, today: date) -> None:
        """Know which day it is."""
        self._today = today
        for field in (self.first, self.last):
            field.be_today(today)

    def offer(self, events: Iterable[Event]) -> None:
        """Offer words and people of earlier events, the newest first."""
        newest = list(events)[::-1]
        self.text.offer(each.text for each in newest)
        self.whom.offer(each.whom for each in newest)

    def begin(self) -> None:
        """Ask for a new event; what was half typed stays."""
        if self.isHidden():
            self._show(None)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, event: Event) -> None:
        """Put a saved event into the fields."""
        self._show(event)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.selectAll()

    def submit(self) -> None:
        """Send what was typed, or say what is wrong with it."""
        self.refuse("")
        try:
            self.submitted.emit(self._read())
        except Refused as error:
            self.refuse(error.sentence)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def leave(self) -> None:
        """Close without saving."""
        self.close_form()
        self.left.emit()

    def close_form(self) -> None:
        """Empty the fields and hide."""
        self.hide()
        for line in self._lines:
            line.empty()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _take_up(self) -> None:
        """Show itself again where what was half typed before was put back into it."""
        if not self.isHidden():
            return
        typed = {line: line.text() for line in self._lines if line.isModified()}
        self._show(self.subject)
        for line, text in typed.items():
            line.setText(text)
            line.setModified(True)

    def _show(self, known: Event | None) -> None:
        self.heading.setText(
            translate("treatments", "New event")
            if known is None
            else translate("treatments", "Edit “{event}”").format(event=known.text)
        )
        event = known or Event("", self._today, "")
        self.event_id = event.id
        self.refuse("")
        self.text.setText(event.text)
        self.whom.setText(event.whom)
        self.first.show_day(event.first_day)
        self.last.show_day(event.last_day)
        self.is_appointment.setChecked(event.is_appointment)
        self._show_fields()
        self.show()

    def _show_fields(self) -> None:
        names = ("text", "first", "last")
        self.cells.show_only(*names, *(("whom",) if self.is_appointment.isChecked() else ()))

    def _read(self) -> Event:
        first = self.first.read_here()
        last = self.last.read_here() if self.last.text().strip() else None
        is_appointment = self.is_appointment.isChecked()
        return Event(
            self.event_id,
            first,
            " ".join(self.text.text().split()),
            None if last == first else last,
            is_appointment,
            " ".join(self.whom.text().split()) if is_appointment else "",
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(GRID))
        buttons.addWidget(self.is_appointment)
        buttons.addWidget(self.trouble, 1)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, look().px(GRID))
        layout.setSpacing(look().px(GRID))
        layout.addWidget(self.heading)
        layout.addWidget(self.cells)
        layout.addLayout(buttons)
