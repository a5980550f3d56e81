"""A page on which the week, or its blank sheet, can stand in place of what it shows otherwise."""

from abc import abstractmethod
from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from moodlab.domain.history.steps import Step
from moodlab.theme import GRID
from moodlab.ui.history.week.room import WeekRoom
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.widgets.segments import Segments

MONTH, YEAR, WEEK = 0, 1, 2


class WeekHost(Page):
    """What the page does with its week; it makes `weeks` and `span`, and knows the chosen `day`."""

    weeks: WeekRoom
    span: Segments
    day: date
    _before_sheet = MONTH

    @property
    def is_week(self) -> bool:
        """Whether the week or its blank sheet is seen."""
        return self.span.index == WEEK

    def show_week(self, first: date | None = None) -> None:
        """Show the week from paper: that of the chosen day, or the seven days from `first` on."""
        if first is None:
            self.weeks.show_week_of(self.day)
        else:
            self.weeks.show_week(first)
        self._change_span(WEEK)
        self.weeks.take_focus()
        # The grid is high; what it is about counts more, unless the cell is far down.
        self.show_top()
        self.weeks.week.show_chosen()

    def show_sheet(self) -> None:
        """Show the blank week sheet; leaving it leads back to what was seen before."""
        if not (self.is_week and self.weeks.is_sheet):
            self._before_sheet = self.span.index
        self.weeks.show_sheet()
        self._change_span(WEEK)
        self.weeks.take_focus()

    def turn_weeks(self, by: int) -> None:
        """Go so many weeks back or on."""
        self.weeks.turn(by)

    def shows(self, step: Step) -> bool:
        """Choose the cell of the week that a step changed, where the week is seen."""
        return self.is_week and self.weeks.shows(step)

    def unsaved(self) -> str:
        """Return what was typed into the week and is not saved yet."""
        return self.weeks.unsaved()

    def print_page(self) -> bool:
        """Print the blank sheet, where it is seen."""
        return self.is_week and self.weeks.print_sheet()

    def make_weeks(self, weeks: WeekRoom) -> WeekRoom:
        """Connect the week with the page; it is hidden at first."""
        weeks.left.connect(self._leave_sheet)
        weeks.seen_wanted.connect(self._bring_into_view)
        weeks.hide()
        return weeks

    @abstractmethod
    def _change_span(self, index: int) -> None:
        """Show the month, the year or the week."""

    def _leave_sheet(self) -> None:
        if self._before_sheet == WEEK:
            self.weeks.show_week()
        self._change_span(self._before_sheet)
        self.take_focus()

    def _bring_into_view(self, widget: QWidget, area: QRect) -> None:
        spot, px = widget.mapTo(self.inner, area.center()), look().px
        across, along = area.width() // 2 + px(GRID), area.height() // 2 + px(6 * GRID)
        self.ensureVisible(spot.x(), spot.y(), across, along)
