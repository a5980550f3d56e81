"""Offers an empty yesterday, once."""

from datetime import date

from PySide6.QtCore import Signal

from moodlab.domain.days import ONE_DAY
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.today.day_sheet import DaySheet, is_yesterday_open, yesterday_question
from moodlab.ui.widgets.notice import Notice


class YesterdayNotice(Notice):
    """Sends `answered(yesterday, wants to fill it in)`; what was answered is not asked again."""

    answered = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[date] = set()
        self._declined: date | None = None  # the yesterday whose answer is still shown

    def show_for(self, journal: Journal, sheet: DaySheet, *, is_welcome: bool) -> None:
        """Ask if there is something to ask; somebody who is just back is not asked."""
        yesterday = sheet.today - ONE_DAY
        if self._declined == yesterday and sheet.day == sheet.today:
            return  # the rows stay where they are until another day is opened
        self._declined = None
        if is_welcome or yesterday in self._asked or not is_yesterday_open(journal, sheet):
            self.hide()
        elif self.isHidden():
            self.ask(
                yesterday_question(sheet),
                [
                    (
                        translate("today", "Fill in yesterday"),
                        lambda: self._answer(yesterday, True),
                    ),
                    (translate("today", "Leave it empty"), lambda: self._answer(yesterday, False)),
                ],
            )

    def _answer(self, yesterday: date, is_wanted: bool) -> None:
        self._asked.add(yesterday)
        if not is_wanted:
            self._declined = yesterday
            self.ask(translate("today", "Yesterday stays empty."), [])
        self.answered.emit(yesterday, is_wanted)
