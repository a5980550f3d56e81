"""What stands above the rows of a day: that it is paused, or the question about yesterday."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from moodlab.domain.ratings import DayState
from moodlab.store.journal import Journal
from moodlab.ui.today.day_sheet import DaySheet
from moodlab.ui.today.presenter import DayPresenter
from moodlab.ui.today.yesterday_notice import YesterdayNotice
from moodlab.ui.widgets.text import Button

if TYPE_CHECKING:
    from moodlab.ui.today.pause_notice import PauseNotice


class DayNotices:
    """At most one of the two is shown. `go_on` gives the keyboard back once a pause has ended."""

    def __init__(
        self, layout: QVBoxLayout, presenter: DayPresenter, go_on: Callable[[], object]
    ) -> None:
        self.yesterday = YesterdayNotice()
        self.pause: PauseNotice | None = None  # made when there is a pause
        self._layout, self._presenter, self._go_on = layout, presenter, go_on
        layout.addWidget(self.yesterday)

    @property
    def is_empty(self) -> bool:
        """Whether neither is shown."""
        return self.yesterday.isHidden() and not self._tells_pause

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The answers that can be given, in order."""
        return (*(self.pause.buttons if self.pause is not None else ()), *self.yesterday.buttons)

    def show_for(self, journal: Journal, sheet: DaySheet, *, is_welcome: bool) -> None:
        """Show what there is to say or to ask; somebody who is just back is not asked."""
        if self.pause is None and (sheet.pause or sheet.record.state is DayState.PAUSED):
            self._make_pause()
        if self.pause is not None:
            self.pause.show_for(sheet)
        is_asked = not is_welcome and not self._tells_pause
        self.yesterday.show_for(journal, sheet, is_welcome=not is_asked)

    @property
    def _tells_pause(self) -> bool:
        return self.pause is not None and not self.pause.isHidden()

    def _make_pause(self) -> None:
        from moodlab.ui.today.pause_notice import PauseNotice

        self.pause = PauseNotice()
        self.pause.resumed.connect(self._resume)
        self.pause.unmarked.connect(self._unmark)
        self._layout.insertWidget(self._layout.indexOf(self.yesterday), self.pause)

    def _resume(self, day: date) -> None:
        if self._presenter.resume(day):
            self._go_on()

    def _unmark(self, day: date) -> None:
        if self._presenter.remove_mark(day):
            self._go_on()
