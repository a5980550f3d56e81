"""Asks from which day logging is paused, and whether until a day or until the person resumes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.domain.tracking.pauses import Pause
from moodlab.i18n import translate
from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import look
from moodlab.ui.pause.last_day_field import LastDayField
from moodlab.ui.session import Session
from moodlab.ui.shell.focus_ring import FocusRing
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.line import mark
from moodlab.ui.widgets.text import Button, keep_room, label

WIDTH = 460


class PauseDialog(QDialog):
    """Begins a pause, changes or ends the one that runs; `tell` hears what was saved.

    Enter saves, Esc leaves everything as it is.
    """

    def __init__(self, parent: QWidget, session: Session, tell: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._session = session
        self._tell = tell
        self._today = session.journal.today()
        running = session.journal.pauses.read()
        if running is not None and not running.covers(self._today):
            running = None
        self.setObjectName("pageBody")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("pause", "Pause logging"))
        self.first, self.last = DayField(), LastDayField(translate("pause", "until I resume"))
        for field in (self.first, self.last):
            field.be_today(self._today)
            field.told.connect(self._show_trouble)
        self.first.show_day(running.first if running else self._today)
        self.last.show_day(running.last if running else None)
        self.trouble = label("", "error", wrap=True)
        keep_room(self.trouble)
        self.save = Button(translate("pause", "Pause"), "primary", self._save)
        self.resume = Button(translate("pause", "Resume today"), "secondary", self._resume)
        self.resume.setVisible(running is not None)
        self.cancel = Button(translate("pause", "Cancel"), "secondary", self.reject)
        if running is not None:
            self.save.setText(translate("pause", "Save"))
        self._lay_out(running)
        FocusRing(self)
        self.save.setDefault(True)
        self.last.setFocus()

    def _lay_out(self, running: Pause | None) -> None:
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[px(PAGE_MARGIN * 0.75)] * 4)
        layout.setSpacing(px(GRID))
        heading = translate("pause", "Pause logging")
        layout.addWidget(
            label(running.in_words(self._today) if running else heading, "section", wrap=True)
        )
        words = translate(
            "pause",
            "Days of a pause are marked “paused” as they come. You can still enter numbers, and "
            "resume on any day.",
        )
        layout.addWidget(label(words, "muted", wrap=True))
        fields = QGridLayout()
        fields.setHorizontalSpacing(px(1.5 * GRID))
        fields.setVerticalSpacing(px(GRID / 2))
        for column, (text, field) in enumerate(
            (
                (translate("pause", "&First day"), self.first),
                (translate("pause", "&Last day, if you know it"), self.last),
            )
        ):
            caption = label(text, "quiet")
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            fields.addWidget(caption, 0, column)
            fields.addWidget(field, 1, column)
            fields.setColumnStretch(column, 1)
        layout.addSpacing(px(GRID / 2))
        layout.addLayout(fields)
        layout.addWidget(self.trouble)
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.resume, QDialogButtonBox.ButtonRole.ResetRole)
        layout.addWidget(buttons)
        self.setMinimumWidth(px(WIDTH))

    def _show_trouble(self, sentence: str) -> None:
        self.trouble.setText(sentence if self._has_typed() else "")

    def _has_typed(self) -> bool:
        return any(
            field.text().strip() and bool(field.property("invalid"))
            for field in (self.first, self.last)
        )

    def _save(self) -> None:
        try:
            pause = Pause(self.first.read(), self.last.read_or_open())
            self._session.apply(lambda journal: journal.pauses.begin(pause))
        except MoodLabError as error:
            self._refuse(error.sentence)
            return
        self._end(pause.in_words(self._today))

    def _resume(self) -> None:
        day = self._today
        try:
            self._session.apply(lambda journal: journal.pauses.resume(day))
        except MoodLabError as error:
            self._refuse(error.sentence)
            return
        self._end(translate("pause", "Resumed. The days before today keep their mark."))

    def _refuse(self, sentence: str) -> None:
        mark(self.last, sentence)
        self.trouble.setText(sentence)
        self.last.setFocus()

    def _end(self, sentence: str) -> None:
        self.accept()
        self._tell(sentence)
