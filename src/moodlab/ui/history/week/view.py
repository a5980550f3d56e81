"""A week that was filled in by hand, typed into a grid and saved as from paper."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.days import long_date
from moodlab.domain.history.steps import Step
from moodlab.domain.metrics import THOUSAND, Metric
from moodlab.domain.tracking.week import DAYS_OF_A_WEEK, week_from, week_of
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.history.week.bar import WeekBar
from moodlab.ui.history.week.entries import Place, changed_place, read_week, scale_words
from moodlab.ui.history.week.grid import WeekGrid
from moodlab.ui.history.week.keeping import WeekKeeping
from moodlab.ui.history.week.saying import Saying
from moodlab.ui.history.week.ten_slip import Slip
from moodlab.ui.look.conventions import first_weekday
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.text import label

_TEN = 10 * THOUSAND


class WeekView(QWidget):
    """The grid with its bar above and, below, what the chosen cell says.

    `first_changed` tells that other days are shown, `seen_wanted(widget, area)` what is to be in
    view.
    """

    first_changed = Signal()
    seen_wanted = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._keeping = WeekKeeping(session)
        self._keeping.failed.connect(self._tell_failure)
        self._week = week_of(session.journal.today(), first_weekday())
        self.bar = WeekBar()
        entries = read_week(session.journal, self._week)
        self.grid = WeekGrid(entries, self._keeping.waiting_text)
        self.words = label("", wrap=True)
        self.scale = label("", "quiet", wrap=True)
        self.saying = Saying(self.grid)
        self._lay_out()
        self._connect()
        self._show_bar()
        self.grid.choose_first_open()
        self._show_words()

    # What the page asks

    @property
    def first(self) -> date:
        """The first of the seven days."""
        return self._week.first

    def holds(self, day: date) -> bool:
        """Whether a day is one of the seven."""
        return day in self._week

    def choose_changed(self, step: Step) -> bool:
        """Choose the cell that a step changed; say whether there is one."""
        places = (changed_place(change) for change in step.rows)
        cells = [self.grid.cells.index_of(place) for place in places if place is not None]
        here = next((cell for cell in cells if cell.isValid()), None)
        if here is not None:
            self.grid.choose(here)
        return here is not None

    def show_week_from(self, first: date) -> None:
        """Show the seven days from `first` on."""
        self._open(first)

    def refresh(self) -> None:
        """Show what the journal has now."""
        self.grid.show_entries(read_week(self._session.journal, self._week))
        self._show_bar()
        self._show_words()

    def take_focus(self) -> None:
        """Begin in the grid."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chosen(self) -> None:
        """Ask for the chosen cell to be in view."""
        area = self.grid.visualRect(self.grid.currentIndex())
        self.seen_wanted.emit(self.grid.viewport(), area)

    def unsaved(self) -> str:
        """Return what would be lost by leaving now, after one more try; empty for nothing."""
        self.grid.field.commit()
        return self._keeping.describe_waiting()

    def tell(self, sentence: str) -> None:
        """Show one sentence at the chosen cell; an empty one takes it away."""
        self.saying.say(sentence)

    def hideEvent(self, event: QHideEvent) -> None:
        self.grid.field.commit()
        self.grid.field.close()
        super().hideEvent(event)

    # Weeks

    def turn(self, by: int) -> None:
        """Go so many weeks back or on; on as far as a day has come."""
        if by < 0 or self.bar.on.isEnabled():
            self._open(self._week.first + timedelta(days=by * DAYS_OF_A_WEEK))

    def go_to_now(self) -> None:
        """Show the week that it is now."""
        self._open(week_of(self._session.journal.today(), first_weekday()).first)

    def _open(self, first: date) -> None:
        if not self.grid.field.commit():
            return
        self.tell("")
        self._week = week_from(first)
        self.refresh()
        self.first_changed.emit()

    def _show_bar(self) -> None:
        entries = self.grid.entries
        now = week_of(entries.today, first_weekday())
        self.bar.show_week(self._week, entries.latest, is_now=self._week == now)

    # Cells

    def _rate(self, day: date, metric: Metric, value: int | None) -> None:
        self.tell("")
        if self._keeping.rate(day, metric, value):
            self._read_out(metric, day)

    def _clear(self, day: date, metric: Metric) -> None:
        self.tell("")
        if self._keeping.clear(day, metric):
            announce(
                self.grid,
                translate("week", "{label} is empty again.").format(label=metric.shown_label),
            )

    def _mark(self, day: date, is_unwell: bool) -> None:
        self.tell("")
        if self._keeping.mark_unwell(day, is_unwell):
            marked = translate("week", "{day}: marked as too unwell to log.")
            taken_away = translate("week", "{day}: mark removed.")
            announce(self.grid, (marked if is_unwell else taken_away).format(day=long_date(day)))

    def _write_note(self, day: date, text: str) -> None:
        self.tell("")
        if self._keeping.write_note(day, text):
            announce(self.grid, translate("week", "Note saved."))

    def _put_right(self, slip: Slip) -> None:
        """Make ten of the 1, and put back what the 0 replaced."""
        if not self._keeping.rate(slip.first.day, self._metric(slip.first), _TEN):
            return
        if slip.second is not None and slip.replaced is None:
            self._keeping.clear(slip.second.day, self._metric(slip.second))
        elif slip.second is not None and slip.replaced is not None:
            self._keeping.put_back(self._metric(slip.second), slip.replaced)

    def _ask_about_ten(self) -> None:
        slip = self.grid.slip.offered
        if slip is None:
            self.tell("")
            return
        first = self._metric(slip.first).shown_label
        if slip.second is None:
            sentence = translate(
                "week", "Recorded {first} 1. If you meant {first} 10, press X now."
            ).format(first=first)
        else:
            sentence = translate(
                "week",
                "Recorded {first} 1 and {second} 0. If you meant {first} 10, press X now.",
            ).format(first=first, second=self._metric(slip.second).shown_label)
        self._say(sentence)

    def _metric(self, place: Place) -> Metric:
        return next(
            row.metric
            for row in self.grid.entries.rows
            if row.id == place.row_id and row.metric is not None
        )

    def _tell_end(self) -> None:
        day = long_date(self.grid.entries.days[-1])
        latest = self.grid.entries.latest
        sentence = translate("week", "That was the last day, {day}.")
        self._say(sentence.format(day=day if self._week.last <= latest else long_date(latest)))

    def _tell_failure(self, sentence: str) -> None:
        self.refresh()
        self._say(sentence, assertive=True)

    def _say(self, sentence: str, *, assertive: bool = False) -> None:
        self.tell(sentence)
        announce(self.grid, sentence, assertive)

    def _read_out(self, metric: Metric, day: date) -> None:
        row = next(row for row in self.grid.entries.rows if row.metric == metric)
        announce(self.grid, f"{metric.shown_label} {self.grid.entries.text(row, day)}.")

    def _follow(self) -> None:
        """Another cell was chosen: what was said about the one before it has been read."""
        if self.grid.slip.offered is None:
            self.tell("")
        self._show_words()
        self.show_chosen()

    def _show_field(self) -> None:
        if (editor := self.grid.field.editor) is not None:
            self.seen_wanted.emit(editor, editor.rect())

    def _show_words(self) -> None:
        row, day = self.grid.row, self.grid.day
        self.words.setText(self.grid.entries.words(row, day))
        self.scale.setText(scale_words(row))

    # Building

    def _connect(self) -> None:
        self.bar.turned.connect(self.turn)
        self.bar.now_wanted.connect(self.go_to_now)
        self.bar.first_chosen.connect(self.show_week_from)
        self.bar.told.connect(self.tell)
        grid = self.grid
        grid.rated.connect(self._rate)
        grid.cleared.connect(self._clear)
        grid.unwell_wanted.connect(self._mark)
        grid.noted.connect(self._write_note)
        grid.meant_ten.connect(self._put_right)
        grid.slip_changed.connect(self._ask_about_ten)
        grid.moved.connect(self._follow)
        grid.field.opened.connect(self._show_field)
        grid.ended.connect(self._tell_end)
        grid.told.connect(self._say)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        for widget in (self.bar, self.grid, self.words, self.scale):
            layout.addWidget(widget)
        layout.addStretch(1)
