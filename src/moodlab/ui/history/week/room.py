"""What History shows of weeks: the grid, or the blank sheet in its place."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.history.steps import Step
from moodlab.domain.tracking.week import week_of
from moodlab.i18n import translate
from moodlab.ui.history.week.sheet_view import SheetView
from moodlab.ui.history.week.view import WeekView
from moodlab.ui.look.conventions import first_weekday
from moodlab.ui.session import Session
from moodlab.ui.worker import Worker

WEEK, SHEET = "week", "sheet"


class WeekRoom(QWidget):
    """One of the two is seen; each is made when it is first asked for.

    `left` asks to go back from the sheet, `seen_wanted(widget, area)` what is to be in view.
    """

    left = Signal()
    seen_wanted = Signal(object, object)

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__()
        self._session = session
        self._worker = worker
        self._week: WeekView | None = None
        self._sheet: SheetView | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def week(self) -> WeekView:
        """The grid."""
        if self._week is None:
            self._week = WeekView(self._session)
            self._week.seen_wanted.connect(self.seen_wanted)
            self._layout.addWidget(self._week)
            self._week.setVisible(not self.is_sheet)
        return self._week

    @property
    def sheet(self) -> SheetView:
        """The blank sheet."""
        if self._sheet is None:
            self._sheet = SheetView(self._session, self._worker)
            self._sheet.left.connect(self.left)
            self._layout.addWidget(self._sheet, 1)
        return self._sheet

    @property
    def hint(self) -> str:
        """What can be done with what is seen."""
        if self.is_sheet:
            return translate("week", "A week to fill in by hand, and to type in later.")
        return translate(
            "week",
            "For a sheet filled in by hand: 0–9, X = 10, – = could not say, U = too unwell, Enter ="
            " next. What you type is marked as from paper.",
        )

    @property
    def is_sheet(self) -> bool:
        """Whether the blank sheet is seen."""
        return self._sheet is not None and not self._sheet.isHidden()

    def show_week(self, first: date | None = None) -> None:
        """Show the grid, with the seven days from `first` on or as it was left."""
        if self._sheet is not None:
            self._sheet.hide()
        if first is not None:
            self.week.show_week_from(first)
        else:
            self.week.refresh()
        self.week.show()

    def show_week_of(self, day: date) -> None:
        """Show the grid, with the week of a day unless that is one of its days already."""
        is_elsewhere = not self.week.holds(day)
        self.show_week(week_of(day, first_weekday()).first if is_elsewhere else None)

    def day_near(self, day: date) -> date:
        """Return `day`, or the day of the chosen cell where the grid shows another week."""
        return day if self.week.holds(day) else self.week.grid.day

    def go_to_now(self) -> None:
        """Show the week that it is now, in the grid."""
        if not self.is_sheet:
            self.week.go_to_now()

    def turn(self, by: int) -> None:
        """Go so many weeks back or on, in the grid."""
        if not self.is_sheet:
            self.week.turn(by)

    def ask_for_day(self) -> None:
        """Give the keyboard to the first day of the grid."""
        if not self.is_sheet:
            self.week.bar.first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_sheet(self) -> bool:
        """Print the blank sheet, and say whether it is seen."""
        if self.is_sheet:
            self.sheet.ask_how_to_print()
        return self.is_sheet

    def show_sheet(self) -> None:
        """Show the blank sheet."""
        if self._week is not None:
            self._week.hide()
        self.sheet.show()

    def shows(self, step: Step) -> bool:
        """Choose the cell of the grid that a step changed; say whether there is one."""
        return not self.is_sheet and self.week.choose_changed(step)

    def refresh(self) -> None:
        """Show what the journal has now."""
        if self.is_sheet:
            self.sheet.refresh()
        else:
            self.week.refresh()

    def take_focus(self) -> None:
        """Give the keyboard to what is seen."""
        if self.is_sheet:
            self.sheet.take_focus()
        else:
            self.week.take_focus()

    def tell(self, sentence: str) -> None:
        """Show one sentence beside what is seen."""
        if self.is_sheet:
            self.sheet.tell(sentence)
        else:
            self.week.tell(sentence)

    def unsaved(self) -> str:
        """Return what would be lost by leaving now, after one more try; empty for nothing."""
        return self._week.unsaved() if self._week is not None else ""

    @property
    def place(self) -> str:
        """Which week is seen, or that the sheet is."""
        return SHEET if self.is_sheet else f"{WEEK} {self.week.first.isoformat()}"
