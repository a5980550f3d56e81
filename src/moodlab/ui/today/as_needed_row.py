"""What may be taken as needed on the day that is open, to tick it there."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import label

if TYPE_CHECKING:
    from moodlab.domain.treatments import AsNeeded


class AsNeededRow(QWidget):
    """Takes no room where nothing was ever taken as needed, as with most people.

    `said(sentence)` tells what was saved, `failed(sentence)` why it was not.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._session = session
        self._day = date.min
        self._offered: dict[str, AsNeeded] = {}
        self._flow = Flow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, look().px(GRID), 0, 0)
        layout.addLayout(self._flow)
        self.hide()

    def show_day(self, day: date) -> None:
        """Show what may be ticked on `day`, and what is."""
        journal, self._day = self._session.journal, day
        has_any = bool(self.boxes) or journal.days.has_as_needed()
        offered = journal.treatments.read_as_needed(day) if has_any else ()
        self._offered = {each.treatment: each for each in offered}
        if list(self.boxes) != list(self._offered):
            self._make_boxes()
        for each in offered:
            box = self.boxes[each.treatment]
            box.setText(each.name.replace("&", "&&"))
            box.setAccessibleName(
                translate("today", "{name}, taken as needed").format(name=each.name)
            )
            box.setChecked(each.taking is not None)
        self.setEnabled(self._session.why_read_only is None)
        self.setVisible(bool(offered))

    def _make_boxes(self) -> None:
        self._flow.setSpacing(look().px(2 * GRID))
        if not self._flow.count():
            self._flow.addWidget(label(translate("today", "Taken as needed"), "quiet"))
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {treatment: QCheckBox() for treatment in self._offered}
        for treatment, box in self.boxes.items():
            box.clicked.connect(lambda on, treatment=treatment: self._tick(treatment, on))
            self._flow.addWidget(box)

    def _tick(self, treatment: str, is_taken: bool) -> None:
        day, offered = self._day, self._offered[treatment]

        def write(journal: Journal) -> Changes:
            if is_taken:
                journal.treatments.take(treatment, day)
            elif offered.taking is not None:
                journal.treatments.delete_taking(offered.taking)
            return Changes.TREATMENTS

        try:
            self._session.apply(write)
        except MoodLabError as error:
            self.failed.emit(error.sentence)
            return
        form = (
            translate("today", "Saved: {name} taken.")
            if is_taken
            else translate("today", "{name}: tick removed.")
        )
        self.said.emit(form.format(name=offered.name))
