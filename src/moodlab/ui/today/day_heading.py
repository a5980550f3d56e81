"""The controls beside the question: other days, the calendar, the short version."""

from collections.abc import Callable
from typing import Protocol

from moodlab.domain.days import WEEKDAYS
from moodlab.i18n import translate
from moodlab.ui.page import Page
from moodlab.ui.today.day_sheet import DaySheet
from moodlab.ui.widgets.text import Button, keep_room


class DayWalker(Protocol):
    """What the controls ask for."""

    def go(self, days: int) -> None:
        """Open the day that many days later."""

    def go_to_today(self) -> None:
        """Open today."""

    def go_to_latest(self) -> None:
        """Open the calendar's date, which after midnight is ahead of the journal day."""

    def show_calendar(self) -> None:
        """Show the day in the calendar."""

    def toggle_short(self) -> None:
        """Show fewer rows, or all of them."""

    def choose_metrics(self) -> None:
        """Open the page on which the rows are chosen."""


class DayHeading:
    """Puts the controls into a page's corner and at the end of the line under its title."""

    def __init__(self, page: Page, walker: DayWalker) -> None:
        self._page = page
        self.earlier = Button("‹", "arrow", lambda: walker.go(-1))
        self.later = Button("›", "arrow", lambda: walker.go(1))
        self.back = Button(translate("today", "Today"), "", walker.go_to_today)
        self.earlier.setAccessibleName(translate("today", "‹ Previous day"))
        self.later.setAccessibleName(translate("today", "› Next day"))
        self.calendar = Button(translate("today", "Calendar"), "", walker.show_calendar)
        # "Today" comes and goes at the left end: the arrows stay under the pointer.
        for button in (self.back, self.calendar, self.earlier, self.later):
            page.corner.addWidget(button)
        keep_room(self.back)
        self.event = _link(page.event_wanted.emit)
        self.event.setText(translate("today", "Add event"))
        self.switch = _link(walker.go_to_latest)
        self.shorter = _link(walker.toggle_short)
        keep_room(self.shorter)
        self.choose = _link(walker.choose_metrics)
        self.choose.setText(translate("today", "What to track"))
        for link in (self.event, self.switch, self.shorter, self.choose):
            page.links.addWidget(link)

    def show_sheet(self, sheet: DaySheet, *, is_short: bool) -> None:
        """Offer what makes sense on this day."""
        self.later.setEnabled(sheet.day < sheet.reach)
        self.back.setVisible(sheet.day != sheet.today)
        is_ahead = sheet.day == sheet.today and sheet.latest > sheet.today
        self.switch.setVisible(is_ahead)
        if is_ahead:
            self.switch.setText(
                translate("today", "switch to {weekday}").format(
                    weekday=WEEKDAYS[sheet.latest.weekday()]
                )
            )
        core = sheet.metrics_in(short=True)
        self.shorter.setVisible(0 < len(core) < len(sheet.metrics))
        texts = (
            translate("today", "Short version"),
            translate("today", "Show all {count}").format(count=len(sheet.metrics)),
        )
        self.shorter.setText(texts[is_short])
        self.shorter.keep_width_for(*texts)
        self._page.fit()


def _link(do: Callable[[], None]) -> Button:
    return Button("", "link", do)
