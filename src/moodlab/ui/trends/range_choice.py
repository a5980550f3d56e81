"""The controls for the days that Trends shows: fixed ranges, own dates, arrows, zoom and back."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt, Signal

from moodlab.domain.days import Period
from moodlab.i18n import translate
from moodlab.ui.session import Session
from moodlab.ui.trends.range_data import RANGES, RangeData, range_words
from moodlab.ui.trends.range_dates import RangeDates
from moodlab.ui.trends.shown_range import (
    ALL_OF_IT,
    OWN,
    ShownRange,
    own_range,
    step_range,
    stored_range,
    zoom_in,
    zoom_out,
)
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, keep_room


class RangeChoice(QObject):
    """Holds which days are shown and remembers them; `changed` when they are others."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.shown = stored_range(session.settings.chart_range, session.journal.today())
        if (end := _end_of_backup(session)) is not None:
            self.shown = replace(self.shown, last=end)
        self._before: list[ShownRange] = []
        self._reading: RangeData | None = None
        self._is_followed = True
        self.ranges = Segments(
            translate("trends", "range of the charts"),
            [*(range_words(name) for name, _ in RANGES), translate("trends", "Dates…")],
        )
        self.ranges.chosen.connect(self._choose)
        self.dates = RangeDates()
        self.dates.period_chosen.connect(self.show_days)
        self.earlier = Button("‹", "arrow", lambda: self.shift(-1))
        self.later = Button("›", "arrow", lambda: self.shift(1))
        self.earlier.setAccessibleName(translate("trends", "‹ Earlier"))
        self.later.setAccessibleName(translate("trends", "› Later"))
        for button in (self.earlier, self.later):
            button.setEnabled(False)
        self.back = Button(translate("trends", "Zoom back"), "link", self.go_back)
        keep_room(self.back)
        self._name()

    def follow(self, *, is_followed: bool) -> None:
        """Be there only for a chart that has a range."""
        self._is_followed, self._reading = is_followed, None
        for control in (self.ranges, self.earlier, self.later):
            control.setVisible(is_followed)
        self._name()

    def show_reading(self, reading: RangeData) -> None:
        """Show which days are drawn, and whether there are some before and after them."""
        self._reading = reading
        walks = not reading.is_empty and self.shown.days > 0
        self.earlier.setEnabled(
            walks and reading.begins is not None and reading.period.first > reading.begins
        )
        self.later.setEnabled(walks and (self.shown.last or reading.today) < reading.today)
        self.dates.show_period(reading.period, reading.today)

    def step(self, by: int) -> None:
        """Go to the next longer (1) or shorter (-1) fixed range."""
        self._show(step_range(self.shown, by))

    def show_days(self, period: Period) -> None:
        """Show exactly these days."""
        self._show(own_range(period))

    def zoom_in(self, around: date | None) -> None:
        """Show half of the days, around one of them or up to the last."""
        if self._reading is not None:
            period = self._reading.period
            if (nearer := zoom_in(period, around or period.last)) is not None:
                self.show_days(nearer)

    def zoom_out(self) -> None:
        """Show twice the days, in the end all of them."""
        reading = self._reading
        if reading is None or not self.shown.days:
            return
        whole = Period(min(reading.begins or reading.today, reading.period.first), reading.today)
        wider = zoom_out(reading.period, whole)
        self._show(own_range(wider) if wider is not None else ShownRange(ALL_OF_IT))

    def go_back(self) -> None:
        """Show what was shown before the last zoom."""
        if self._before:
            self._show(self._before.pop(), is_back=True)

    def shift(self, direction: int) -> None:
        """Show the days before (-1) or after (1) these."""
        if self._reading is not None:
            end = self.shown.last or self._reading.today
            self.go_to(end + timedelta(days=direction * self.shown.days))

    def go_to(self, last: date) -> None:
        """Show the range that ends on `last`, no later than today and no earlier than the data."""
        reading, days = self._reading, self.shown.days
        if reading is None or not days:
            return
        earliest = (reading.begins or reading.today) + timedelta(days=days - 1)
        last = max(last, min(earliest, reading.today))
        is_own = self.shown.number == OWN
        self.shown = replace(self.shown, last=last if is_own or last < reading.today else None)
        self._tell()

    def _choose(self, number: int) -> None:
        if number != OWN:
            self._show(ShownRange(number, self.shown.last))
            return
        today = self._session.journal.today()
        self.show_days(self._reading.period if self._reading else Period.ending(today, 84))
        self.dates.show_period(Period.ending(self.shown.last or today, self.shown.days), today)
        self.dates.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.dates.first.selectAll()

    def _show(self, shown: ShownRange, *, is_back: bool = False) -> None:
        if shown != self.shown and self._is_followed:
            if not is_back and OWN in (shown.number, self.shown.number):
                self._before.append(self.shown)
            self.shown = shown
            self._name()
            self._tell()

    def _tell(self) -> None:
        self._session.prefer(chart_range=self.shown.stored)
        self.changed.emit()

    def _name(self) -> None:
        self.ranges.choose(self.shown.number)
        self.dates.setVisible(self._is_followed and self.shown.number == OWN)
        self.back.setVisible(self._is_followed and bool(self._before))


def _end_of_backup(session: Session) -> date | None:
    """Return the day on which a backup that is looked into ends; None: up to today, and on."""
    is_backup = session.opening is not None and session.opening.backup is not None
    span = session.journal.days.rated_span() if is_backup else None
    return span[1] if span is not None else None
