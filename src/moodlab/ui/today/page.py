"""Today: how was the day overall? Seven rows, eight keys, every value saved as it is given."""

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.domain.metrics import SLEEP_HOURS, Metric
from moodlab.domain.ratings import Answer
from moodlab.i18n import translate
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.tab_order import TabOrder
from moodlab.ui.today import day_sheet
from moodlab.ui.today.day_footer import DayFooter
from moodlab.ui.today.day_heading import DayHeading
from moodlab.ui.today.day_notices import DayNotices
from moodlab.ui.today.day_sheet import DaySheet, answer_words, read_sheet
from moodlab.ui.today.presenter import DayPresenter
from moodlab.ui.today.rating_form import RatingForm
from moodlab.ui.today.row_fitting import RowFitting
from moodlab.ui.today.rows.rating_row import WIDEST_ROW
from moodlab.ui.today.short_days import ShortDays
from moodlab.ui.today.sleep_hours import SleepHours
from moodlab.ui.worker import Worker

NEW_DAY_CHECK_MS = 60_000


class TodayPage(Page):
    """The day editor, open on today; other days are reached with the arrows."""

    ID = "today"
    TITLE = "Today"
    ICON = "today"
    PURPOSE = "How was today overall?"
    REFRESH_ON = Changes.DAYS | Changes.SETTINGS | Changes.TREATMENTS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate("today", "How was today overall?"), max_width=WIDEST_ROW)
        self._session = session
        self._presenter = DayPresenter(session)
        self._short_days = ShortDays(session)
        self._short_days.changed.connect(self.refresh)
        self._welcomed: date | None = None
        self._tabs = TabOrder()
        self.sleep: SleepHours | None = None
        self._fitting: RowFitting | None = None
        self.sheet: DaySheet = read_sheet(session.journal, session.journal.today())
        self._build()
        self._presenter.failed.connect(self._tell_failure)
        self._midnight = QTimer(self)
        self._midnight.timeout.connect(self._notice_new_day)
        self._midnight.start(NEW_DAY_CHECK_MS)
        self._open(self.sheet)

    # What the window asks of a page

    def refresh(self) -> None:
        """Show the day again as the journal has it."""
        self._show(read_sheet(self._session.journal, self.sheet.day))

    def write_anew(self) -> None:
        """Show the day again, answers that stay the same too."""
        self.form.show_answers_anew()
        self.refresh()

    def take_focus(self) -> None:
        """Begin where the person left off: the first open row, or Done on a complete day."""
        self.show_top()
        if self.form.focus_first_open():
            return
        self._focus_done()
        # Nothing is asked any more: what day it is counts more than the button.
        self.show_top()

    def tell(self, sentence: str) -> bool:
        """Show one sentence under the ratings."""
        self.footer.message.setText(sentence)
        return True

    def unsaved(self) -> str:
        """Return what would be lost by closing now, after one more try."""
        self._commit_fields()
        return self._presenter.describe_waiting()

    @property
    def shown_day(self) -> date:
        """Which day is open."""
        return self.sheet.day

    @property
    def place(self) -> str:
        """Which day is open."""
        return self.sheet.day.isoformat()

    def go_to_place(self, place: str) -> None:
        """Open that day again, or today at the row of a metric (``row mood``)."""
        kind, _, metric_id = place.partition(" ")
        if kind != "row":
            self.open_day(min(date.fromisoformat(place), self.sheet.reach))
            return
        self.open_day(self._session.journal.today())
        if self.form.row_of(metric_id) is None and self.sheet.day in self._short_days:
            self.toggle_short()
        row = self.form.row_of(metric_id)
        if row is not None:
            row.take_focus()

    def be_read_only(self, reason: str) -> None:
        """Take no entries, and say why."""
        self.form.setEnabled(False)
        self.footer.be_read_only()
        self.tell(reason)

    def open_day(self, day: date) -> None:
        """Show another day."""
        self._commit_fields()
        if self.sleep is not None:
            self.sleep.forget()
        self.form.forget()
        self.form.dismiss_correction()
        self.tell(self._session.why_read_only or "")
        self._open(read_sheet(self._session.journal, day))

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        from moodlab.ui.shell.actions import page_action

        table = (
            (translate("today", "Go to today"), self.go_to_today, ("Ctrl+T",)),
            (translate("today", "Previous day"), lambda: self.go(-1), ("PgUp", "Alt+Left")),
            (translate("today", "Next day"), lambda: self.go(1), ("PgDown", "Alt+Right")),
            (translate("today", "Write a note"), self._focus_note, ("Ctrl+N",)),
            (translate("today", "Too unwell to log"), self._toggle_unwell, ("Ctrl+U",)),
            (translate("today", "Delete this day"), self.delete_day, ()),
        )
        return [page_action(self, *row) for row in table]

    # Days

    def go(self, days: int) -> None:
        """Open the day that many days later, if it has come or holds something."""
        day = day_sheet.day_beside(self._session.journal, self.sheet, days)
        if day is not None:
            self._walk_to(day)

    def go_to_today(self) -> None:
        """Open today."""
        self._walk_to(self._session.journal.today())

    def go_to_latest(self) -> None:
        """Open the calendar's date, which after midnight is ahead of the journal day."""
        self._walk_to(self.sheet.latest)

    def show_calendar(self) -> None:
        """Show this day in the calendar."""
        self._commit_fields()
        self.page_wanted.emit("history", self.sheet.day.isoformat())

    def delete_day(self) -> None:
        """Move what is this day's own to the bin."""
        from moodlab.ui.widgets.day_deletion import delete_day

        self._commit_fields()
        # What waits to be saved would come after it, and bring the day back.
        sentence = self._presenter.describe_waiting()
        if sentence:
            self._tell_failure(sentence)
            return
        try:
            self.undo_offered.emit(delete_day(self._session, self.sheet.day))
        except MoodLabError as error:
            self._tell_failure(error.sentence)

    def toggle_short(self) -> None:
        """Show only the core ratings of this day, or all of them."""
        self._short_days.toggle(self.sheet.day)
        self.take_focus()

    def choose_metrics(self) -> None:
        """Open the page on which the rows are chosen."""
        self.page_wanted.emit("tracking", "")

    def showEvent(self, event: QShowEvent) -> None:
        self._notice_new_day()
        super().showEvent(event)
        self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def fit(self) -> None:
        super().fit()
        self._fit_rows()

    def _fit_rows(self) -> None:
        # The frame asks before there are rows.
        if self.isVisible() and self._fitting is not None:
            ticks = tuple(self.footer.as_needed.boxes)
            self._fitting.fit(self.sleep, self.notices.is_empty, ticks)

    def _walk_to(self, day: date) -> None:
        self.open_day(day)
        self.take_focus()

    def _open(self, sheet: DaySheet) -> None:
        self._short_days.open(sheet.day)
        if day_sheet.is_back_after_a_gap(self._session.journal, sheet):
            self._welcomed = sheet.day
        self._show(sheet)

    def _notice_new_day(self) -> None:
        """When a journal day ends while today is open, go on to the new one."""
        session, shown = self._session, self.sheet
        if not session.is_closed and shown.day == shown.today < (now := session.journal.today()):
            self.open_day(now)

    def _answer_yesterday(self, yesterday: date, is_wanted: bool) -> None:
        if is_wanted:
            self._walk_to(yesterday)
        else:
            self._presenter.leave_empty(yesterday)
            self.refresh()
            self.take_focus()

    # Building and showing

    def _build(self) -> None:
        self.heading = DayHeading(self, self)
        self.notices = DayNotices(self.body, self._presenter, self.take_focus)
        self.notice = self.notices.yesterday
        self.notice.answered.connect(self._answer_yesterday)
        self.form = RatingForm()
        self.form.rated.connect(self._rate)
        self.form.cleared.connect(self._clear)
        self.form.typed.connect(self._tell_skipped)
        self.form.finished.connect(self._finish)
        self.form.refused.connect(self._tell_failure)
        self.form.left_at_end.connect(self._focus_done)
        self.form.overtyped.connect(self._tell_overtyped)
        self.form.correction_offered.connect(lambda sentence: announce(self, sentence))
        self.footer = DayFooter(self._session)
        self.footer.as_needed.said.connect(self._say)
        self.footer.as_needed.failed.connect(self._tell_failure)
        self.footer.note.changed.connect(self._save_note)
        self.footer.note.entered.connect(self._tell_note)
        self.footer.unwell_toggled.connect(self._toggle_unwell)
        self.footer.finished.connect(self._finish)
        self.footer.typed_at_end.connect(self.form.press_after_last)
        self.body.addWidget(self.form)
        self.body.addWidget(self.footer)
        self.body.addStretch(1)
        self._fitting = RowFitting(self, self.form)

    def _show(self, sheet: DaySheet) -> None:
        self.sheet = sheet
        shown = self._shown_metrics()
        # Who has begun is no longer coming back.
        is_welcome = self._welcomed == sheet.day and not sheet.answers
        self.title.setText(day_sheet.heading(sheet))
        self.set_subtitle(day_sheet.day_line(sheet, is_welcome=is_welcome))
        self.heading.show_sheet(sheet, is_short=sheet.day in self._short_days)
        self.notices.show_for(self._session.journal, sheet, is_welcome=self._welcomed is not None)
        self.form.set_metrics(
            shown, translate("today", "0–9, X = 10, – = could not say, Enter = done")
        )
        self._presenter.show_answers(self.form, sheet)
        self._show_hours()
        self.footer.as_needed.show_day(sheet.day)
        self._order_tabs()
        self._fit_rows()
        self._presenter.show_note(self.footer.note, sheet)
        self.footer.show_unwell(sheet.is_unwell)
        if self._presenter.waiting:
            self.footer.saved.setText(translate("today", "▲ Not saved yet"))
            return
        self.footer.saved.setText(day_sheet.saved_line(sheet, shown))
        if not self.footer.message.text():
            self.tell(day_sheet.first_sentence(sheet))

    def _order_tabs(self) -> None:
        """Let Tab go from the top down; rows and the notice are made after what stands below."""
        links = (self.heading.event, self.heading.shorter, self.heading.choose)
        above = (*links, *self.notices.buttons)
        self._tabs.be(*above, *self.form.tab_stops(self.sleep), *self.footer.tab_stops)

    def _shown_metrics(self) -> tuple[Metric, ...]:
        return self.sheet.metrics_in(short=self.sheet.day in self._short_days)

    def _show_hours(self) -> None:
        row = self.form.row_of("sleep")
        if row is None:
            self.sleep = None
        elif self.sleep is None or self.sleep.row is not row:
            self.sleep = SleepHours(row)
            self.sleep.given.connect(self._save_hours)
            self.sleep.refused.connect(self._tell_failure)
            self.form.put_under(row, self.sleep)
            self.sleep.show()
        if self.sleep is not None and not self._presenter.is_waiting(self.sheet.day, SLEEP_HOURS):
            self.sleep.show_minutes(self.sheet.sleep_minutes)

    # Answering

    def _rate(self, metric_id: str, value: int | None) -> None:
        self.tell("")
        if self._presenter.rate(self.sheet.day, metric_id, value):
            row, below = self.form.row_of(metric_id), self.form.after(metric_id)
            said = f"{answer_words(row.subject, Answer(value))}." if row is not None else ""
            if below is not None:
                said += " " + translate("today", "Next: {label}.").format(label=below.subject.label)
            announce(self, said)

    def _clear(self, metric_id: str) -> None:
        row = self.form.row_of(metric_id)
        if self._presenter.clear(self.sheet.day, metric_id) and row is not None:
            empty = translate("today", "{label} is empty again.")
            self._say(empty.format(label=row.subject.label))

    def _save_hours(self, minutes: int | None) -> None:
        if self._presenter.set_hours(self.sheet.day, minutes) and self.sleep is not None:
            self.tell("")
            announce(self, translate("today", "Saved. {what}").format(what=self.sleep.in_words()))

    def _save_note(self, text: str, for_doctor: bool) -> None:
        if self._presenter.write_note(self.sheet.day, text, for_doctor):
            announce(self, translate("today", "Note saved."))

    def _tell_note(self) -> None:
        """Say what Enter did in the note, which looks like a line and can be more."""
        sentence = self._presenter.describe_waiting()
        if not sentence and self.sheet.record.note:
            sentence = translate("today", "Note saved. Shift+Enter begins a new line.")
        self.tell(sentence or translate("today", "Shift+Enter begins a new line."))

    def _toggle_unwell(self) -> None:
        is_unwell = not self.sheet.is_unwell
        self.tell("")
        if self._presenter.mark_unwell(self.sheet.day, is_unwell):
            marked = translate("today", "Saved. Marked as too unwell to log.")
            taken_away = translate("today", "Saved. Mark removed.")
            announce(self, marked if is_unwell else taken_away)

    def _finish(self) -> None:
        self._commit_fields()
        sentence = self._presenter.describe_waiting()
        if not sentence and self.sheet.answers:
            sentence = translate("today", "Saved. {what}.").format(what=self.sheet.in_words())
        self._say(sentence or day_sheet.first_sentence(self.sheet))

    def _commit_fields(self) -> None:
        if self.sleep is not None:
            self.sleep.commit()
        self.form.commit()
        self.footer.note.tell_changes()

    def _tell_skipped(self, metric_id: str) -> None:
        """Say how to get to the hours asleep, which typing numbers passes over."""
        sleep = self.sleep
        if sleep is not None and metric_id == sleep.row.subject.id and not sleep.field.text():
            skipped = translate("today", "Hours asleep was passed over. Shift+Tab goes back to it.")
            self._say(skipped)

    def _tell_overtyped(self) -> None:
        self._say(day_sheet.filled_rows(self.sheet, self._shown_metrics()))

    def _tell_failure(self, sentence: str) -> None:
        self._show(self.sheet)
        self.tell(sentence)
        announce(self, sentence, assertive=True)

    def _say(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence)

    def _focus_done(self) -> None:
        self.footer.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_note(self) -> None:
        self.footer.note.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
