"""History: any day, in a calendar of months or a year at a glance; and a week from paper."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent

from moodlab.domain.changes import Changes
from moodlab.domain.days import EARLIEST_DAY, LATEST_DAY, ONE_DAY, Period
from moodlab.domain.errors import MoodLabError
from moodlab.domain.history.finding import Hit
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.ui.history.actions import HistoryActions, make_actions
from moodlab.ui.history.bin_section import BinSection
from moodlab.ui.history.calendar.bar import CalendarBar
from moodlab.ui.history.calendar.cells import DayCell, Subject, read_cells, subjects
from moodlab.ui.history.calendar.grid import DayGrid
from moodlab.ui.history.calendar.legend import Legend, entries
from moodlab.ui.history.calendar.month import MonthGrid
from moodlab.ui.history.calendar.year import YearGrid
from moodlab.ui.history.columns import Columns
from moodlab.ui.history.day_changes import DayChanges
from moodlab.ui.history.day_facts import read_facts, read_records
from moodlab.ui.history.day_panel import DayPanel
from moodlab.ui.history.find import Find
from moodlab.ui.history.week.host import MONTH, WEEK, YEAR, WeekHost
from moodlab.ui.history.week.room import SHEET, WeekRoom
from moodlab.ui.history.week.room import WEEK as FROM_PAPER
from moodlab.ui.look.conventions import first_weekday
from moodlab.ui.page import BIN
from moodlab.ui.page_registry import has_page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.day_deletion import delete_day
from moodlab.ui.widgets.page_frame import COLUMN
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button
from moodlab.ui.worker import Worker

_MONTHS = 12
# Of the room that is left, against the empty room at the foot.
_ALL_ROOM = 100


class HistoryPage(WeekHost):
    """The calendar, and the chosen day beside it, or below where it is narrow."""

    ID = "history"
    TITLE = "History"
    ICON = "history"
    PURPOSE = QT_TRANSLATE_NOOP("history", "Look at or change any day.")
    REFRESH_ON = Changes.EVERYTHING

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE), max_width=COLUMN)
        self._session = session
        self._is_stale = False
        self._actions: HistoryActions | None = None
        self._today = session.journal.today()
        self.day = _first_day(session)
        self._subject_id: str | None = None  # None: nothing was chosen yet
        self._cells: dict[date, DayCell] = {}
        self._build(worker)
        self.set_subtitle(self._hint())
        self.refresh()

    def refresh(self) -> None:
        """Read the journal again; the calendar waits until it is seen."""
        self._is_stale = self.is_week
        if self.is_week:
            self.weeks.refresh()
            return
        journal = self._session.journal
        self._today = journal.today()
        self._records = read_records(journal)
        self._offered = subjects(self._records.metrics)
        self.bar.show_subjects(self._offered, self._subject)
        self._cells = {}
        self._show()
        self.bin.refresh()
        self.finding.refresh()

    def take_focus(self) -> None:
        """Begin in the calendar, or in the week."""
        self.finding.close_results()
        if self.is_week:
            self.weeks.take_focus()
            return
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown_day(self) -> date:
        """Which day is chosen."""
        return self.day

    @property
    def place(self) -> str:
        """Which day is chosen, which week is seen, or that the blank sheet is."""
        return self.weeks.place if self.is_week else self.day.isoformat()

    def go_to_place(self, place: str) -> None:
        """Choose that day, or show that week, the blank sheet or the bin."""
        kind, _, first = place.partition(" ")
        if kind == SHEET:
            self.show_sheet()
            return
        if kind == FROM_PAPER:
            self.show_week(date.fromisoformat(first))
            return
        if self.is_week:
            self._change_span(MONTH)
        if place == BIN:
            self.finding.close_results()
            self.bin.take_focus()
            self.ensureWidgetVisible(self.bin)
            return
        self.choose(date.fromisoformat(place))

    def tell(self, sentence: str) -> bool:
        """Show one sentence under the title, or beside the week."""
        if self.is_week:
            self.weeks.tell(sentence)
            return True
        self.set_subtitle(sentence or self._hint())
        return True

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        self._actions = make_actions(self, self)
        self._actions.hold_for(is_week=self.is_week)
        return [action for actions in self._actions for action in actions]

    # The chosen day

    @property
    def grid(self) -> DayGrid:
        """The calendar that is seen: the month, or the year."""
        return self.year if self._is_year else self.month

    def choose(self, day: date) -> None:
        """Choose a day, and read it out."""
        self.day = min(max(day, EARLIEST_DAY), LATEST_DAY)
        self.tell("")
        if self._session.journal.today() == self._today:
            self._show()
        else:
            self.refresh()
        announce(self.grid, self._cells[self.day].words)
        if self.grid.hasFocus():
            place = self.grid.area_of(self.day).toRect()
            spot = self.grid.mapTo(self.inner, place.center())
            self.ensureVisible(spot.x(), spot.y(), place.width(), place.height())

    def go_to_today(self) -> None:
        """Choose today, or the week that it is now."""
        if self.is_week:
            self.weeks.go_to_now()
        else:
            self.choose(self._session.journal.today())

    def open_day(self) -> None:
        """Open the chosen day on Today, where it can be changed."""
        if self.panel.open.isEnabled():
            self.page_wanted.emit("today", self.day.isoformat())
        else:
            announce(self.grid, self.panel.nothing.text())

    def ask_for_day(self) -> None:
        """Give the keyboard to the field for a day."""
        if self.is_week:
            self.weeks.ask_for_day()
        else:
            self.bar.ask_for_day()

    def find_words(self) -> None:
        """Give the keyboard to the field for words."""
        self.finding.begin()

    def delete_day(self) -> None:
        """Move what is the chosen day's own to the bin."""
        try:
            sentence = delete_day(self._session, self.day)
        except MoodLabError as error:
            self._refuse(error.sentence)
            return
        self.take_focus()
        self.undo_offered.emit(sentence)

    def _go_to_hit(self, hit: Hit) -> None:
        page_id, place = next(where for where in hit.places if has_page(where[0]))
        if page_id == self.ID:
            self.take_focus()
            self.go_to_place(place)
        else:
            self.page_wanted.emit(page_id, place)

    def _show_finding(self, is_open: bool) -> None:
        """Let what was found take the place of everything else."""
        self._show_parts(self.span.index, is_open)
        self.span.setEnabled(not is_open)
        self.show_top()

    def _step(self, days: int) -> None:
        ordinal = self.day.toordinal() + days
        self.choose(
            date.fromordinal(min(max(ordinal, EARLIEST_DAY.toordinal()), LATEST_DAY.toordinal()))
        )

    def _turn(self, by: int) -> None:
        """Go a month or a year back or on, whichever is seen."""
        self.turn_months(by * _MONTHS if self._is_year else by)

    def turn_months(self, by: int) -> None:
        """Go so many months back or on."""
        number = self.day.year * _MONTHS + self.day.month - 1 + by
        year, month = number // _MONTHS, number % _MONTHS + 1
        if EARLIEST_DAY.year <= year <= LATEST_DAY.year:
            last = _month_of(date(year, month, 1)).last
            self.choose(last.replace(day=min(self.day.day, last.day)))

    def _go_to_month_end(self, is_last: bool) -> None:
        month = _month_of(self.day)
        self.choose(month.last if is_last else month.first)

    # What is shown

    @property
    def _is_year(self) -> bool:
        return self.span.index == YEAR

    @property
    def _subject(self) -> Subject:
        """What the calendar shows: what was chosen, while it is there, or else the first."""
        offered = self._offered
        return next((each for each in offered if each.id == self._subject_id), offered[0])

    @property
    def _period(self) -> Period:
        day = self.day
        if self._is_year:
            return Period(date(day.year, 1, 1), date(day.year, _MONTHS, 31))
        return _month_of(day)

    def _show(self) -> None:
        journal, period, subject = self._session.journal, self._period, self._subject
        if self._cells.keys() != set(period):
            self._cells = read_cells(journal, period, subject, self._records.events)
            found = entries(self._cells.values(), subject.metric, is_small=self._is_year)
            self.legend.show_entries(found, is_small=self._is_year)
        self.grid.show_cells(self._cells, self.day)
        self.bar.show_day(self.day, self._today, is_year=self._is_year)
        latest = max(self._today, journal.calendar_today())
        reach = max(latest, journal.days.held_before(date.max) or latest)
        facts = read_facts(journal, self.day, self._records)
        self.panel.show_facts(facts, has_come=self.day <= latest, can_open=self.day <= reach)
        self.changes.show_day(self.day)
        can_write = self._session.why_read_only is None
        self.delete.setEnabled(can_write and journal.days.next_held(self.day) == self.day)

    def _choose_subject(self, subject_id: str) -> None:
        self._subject_id = subject_id
        self._cells = {}
        self._show()

    def toggle_span(self) -> None:
        """Show the year instead of the month, or the month."""
        self._choose_span(MONTH if self._is_year or self.is_week else YEAR)

    def _choose_span(self, index: int) -> None:
        """Show what is chosen above, about the same days; the arrow keys stay there."""
        if index == WEEK:
            self.weeks.show_week_of(self.day)
        elif not self.weeks.isHidden():
            self.day = self.weeks.day_near(self.day)
        self._change_span(index)

    def _change_span(self, index: int) -> None:
        had_focus = any(each.hasFocus() for each in (self.month, self.year))
        self.span.choose(index)
        self._show_parts(index)
        self.set_subtitle(self._hint())
        if self._actions is not None:
            self._actions.hold_for(is_week=index == WEEK)
        if index == WEEK:
            return
        self._cells = {}
        if self._is_stale:
            self.refresh()
        else:
            self._show()
        if had_focus:
            self.take_focus()

    def _show_parts(self, index: int, is_finding: bool = False) -> None:
        self.month.setVisible(index == MONTH)
        self.year.setVisible(index == YEAR)
        for widget in self._below:
            widget.setVisible(index != WEEK and not is_finding)
        self.weeks.setVisible(index == WEEK and not is_finding)

    def _refuse(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence, assertive=True)

    # Building

    def _build(self, worker: Worker) -> None:
        self.finding = Find(worker)
        self.finding.chosen.connect(self._go_to_hit)
        self.finding.opened.connect(self._show_finding)
        names = [
            translate("history", "Month"),
            translate("history", "Year"),
            translate("history", "Week"),
        ]
        self.blank = Button(translate("history", "Blank week sheet…"), "link", self.show_sheet)
        self.links.addWidget(self.blank)
        self.span = Segments(translate("history", "calendar"), names)
        self.span.choose(MONTH)
        self.span.chosen.connect(self._choose_span)
        # It holds already while the blank sheet is seen in place of the week.
        self.span.buttons[WEEK].clicked.connect(lambda _on: self._choose_span(WEEK))
        self.corner.addWidget(self.finding.field)
        self.corner.addWidget(self.span)
        self.bar = CalendarBar()
        self.bar.turned.connect(self._turn)
        self.bar.today_wanted.connect(self.go_to_today)
        self.bar.subject_chosen.connect(self._choose_subject)
        self.bar.day_typed.connect(self.choose)
        self.bar.entered.connect(self.take_focus)
        self.bar.told.connect(self._refuse)
        self.month, self.year = MonthGrid(first_weekday()), YearGrid(first_weekday())
        for grid in (self.month, self.year):
            grid.stepped.connect(self._step)
            grid.month_end_wanted.connect(self._go_to_month_end)
            grid.picked.connect(self.choose)
            grid.opened.connect(self.open_day)
        self.year.hide()
        self.legend = Legend()
        self.panel = DayPanel()
        self.panel.open_wanted.connect(self.open_day)
        self.changes = DayChanges(self._session, self._refuse, self.undo_offered.emit)
        self.delete = Button(translate("history", "Delete this day"), "link", self.delete_day)
        self.changes.links.addWidget(self.delete)
        self.panel.more.addWidget(self.changes)
        self.bin = BinSection(self._session, worker, self.undo_offered.emit)
        columns = Columns((self.month, self.year, self.legend), self.panel)
        self._below = (self.bar, columns, self.bin)
        for widget in (self.finding, *self._below):
            self.body.addWidget(widget)
        self.weeks = self.make_weeks(WeekRoom(self._session, worker))
        self.body.addWidget(self.weeks, _ALL_ROOM)
        self.body.addStretch(1)

    def write_anew(self) -> None:
        """Show the same days again, the weeks from the day that they begin on now."""
        for grid in (self.month, self.year):
            grid.first_weekday = first_weekday()
            grid.update()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.finding.list.fit_to(self.maximumViewportSize().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.bin.step_back():
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._session.is_closed and self._session.journal.today() != self._today:
            self.refresh()

    def _hint(self) -> str:
        if self.is_week:
            return self.weeks.hint
        return translate("history", "Arrow keys walk through the days, Enter opens one.")


def _month_of(day: date) -> Period:
    next_month = date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)
    return Period(day.replace(day=1), next_month - ONE_DAY)


def _first_day(session: Session) -> date:
    """Return today, or in a backup that is looked into its last day with an entry."""
    is_backup = session.opening is not None and session.opening.backup is not None
    span = session.journal.days.rated_span() if is_backup else None
    return span[1] if span is not None else session.journal.today()
