"""Says on a day of a pause that it is one, with the button that ends it."""

from datetime import date

from PySide6.QtCore import Signal

from moodlab.domain.ratings import DayState
from moodlab.i18n import translate
from moodlab.ui.today.day_sheet import DaySheet
from moodlab.ui.widgets.notice import Notice


class PauseNotice(Notice):
    """`resumed(day)` ends the pause that runs on that day, `unmarked(day)` takes a mark away.

    What was done is told in the same place until another day is opened, so that nothing moves.
    """

    resumed = Signal(object)
    unmarked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._done: date | None = None

    def show_for(self, sheet: DaySheet) -> None:
        """Show what is to be said about the day; nothing on one without a pause."""
        day, pause = sheet.day, sheet.pause
        if self._done != day:
            self.setMinimumHeight(0)
        if pause is not None and pause.covers(day) and day <= sheet.latest:
            self._done = None
            text = (
                translate("today", "Resume")
                if day == sheet.today
                else translate("today", "Resume from this day")
            )
            self.ask(pause.in_words(sheet.today), [(text, lambda: self._resume(day))])
        elif sheet.record.state is DayState.PAUSED:
            self._done = None
            self.ask(
                translate("today", "This day is marked as paused."),
                [(translate("today", "Remove “paused”"), lambda: self._unmark(day))],
            )
        elif self._done != day:
            self._done = None
            self.hide()

    def _resume(self, day: date) -> None:
        self._be_done(day, translate("today", "Resumed. The days before keep their mark."))
        self.resumed.emit(day)

    def _unmark(self, day: date) -> None:
        self._be_done(day, translate("today", "Mark removed."))
        self.unmarked.emit(day)

    def _be_done(self, day: date, sentence: str) -> None:
        self._done = day
        self.setMinimumHeight(self.height())  # as high as with its button
        self.ask(sentence, [])
