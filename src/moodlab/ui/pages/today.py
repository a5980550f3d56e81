"""Today: how was the day overall? Seven rows, eight keys, every value saved as it is given."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from moodlab.domain.changes import Changes
from moodlab.domain.days import ONE_DAY, WEEKDAYS
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import DayState
from moodlab.i18n import translate
from moodlab.theme import GRID, PRIMARY_HEIGHT
from moodlab.ui import day_sheet
from moodlab.ui.announce import announce
from moodlab.ui.day_sheet import SLEEP_HOURS, DaySheet, read_sheet
from moodlab.ui.saver import Saver
from moodlab.ui.session import Session
from moodlab.ui.style import look
from moodlab.ui.widgets.note_field import NoteField
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.page_frame import PageFrame
from moodlab.ui.widgets.rating_form import RatingForm
from moodlab.ui.widgets.rating_row import WIDEST_ROW, Answer
from moodlab.ui.widgets.sleep_hours import SleepHours
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Worker

NEW_DAY_CHECK_MS = 60_000


class TodayPage(PageFrame):
    """The day editor, open on today; other days are reached with the arrows."""

    ID = "today"
    TITLE = "Today"
    ICON = "today"
    PURPOSE = "How was today overall?"
    REFRESH_ON = Changes.DAYS | Changes.SETTINGS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(self.PURPOSE, max_width=WIDEST_ROW)
        self._session = session
        self._saver = Saver(session)
        self._typed: dict[tuple[date, str], Answer | None] = {}
        self._short_days: set[date] = set()
        self._asked_about: set[date] = set()
        self._welcomed: date | None = None
        self._is_done = False
        self.sleep: SleepHours | None = None
        self.sheet: DaySheet = read_sheet(session.journal, session.journal.today())
        self._build()
        self._saver.saved.connect(self.refresh)
        self._saver.failed.connect(self._tell_failure)
        self._midnight = QTimer(self)
        self._midnight.setInterval(NEW_DAY_CHECK_MS)
        self._midnight.timeout.connect(self._notice_new_day)
        self._midnight.start()
        self.open_day(self.sheet.day)

    # What others ask of a page

    def refresh(self) -> None:
        """Show the day again as the journal has it."""
        self._show(read_sheet(self._session.journal, self.sheet.day))

    def take_focus(self) -> None:
        """Begin where the person left off: the first open row, or Done when the day is complete."""
        if not self.form.focus_first_open():
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str) -> None:
        """Show one sentence under the ratings."""
        self.message.setText(sentence)

    def tell_reversed(self) -> None:
        """Say what an undo or redo changed, after the page showed it."""
        what = day_sheet.difference(self._before, self.sheet)
        if what:
            sentence = translate("today", "Changed back: {what}.").format(what=what)
        else:
            sentence = translate("today", "Changed back: an entry on another day or page.")
        self.tell(sentence)
        announce(self, sentence)

    def unsaved(self) -> str:
        """Return what would be lost by closing now, after one more try."""
        self.note.tell_changes()
        if self.sleep is not None:
            self.sleep.commit()
        if self._saver.waiting:
            self._saver.try_again()
        count = len(self._saver.waiting)
        if not count:
            return ""
        return translate(
            "today", "Not saved yet: {count} entries. The journal can't be written just now."
        ).format(count=count)

    def open_day(self, day: date) -> None:
        """Show another day and begin at its first open row."""
        self.note.tell_changes()
        self.form.dismiss_correction()
        self.message.setText("")
        self._is_done = False
        if self._session.settings.short_version:
            self._short_days.add(day)
        sheet = read_sheet(self._session.journal, day)
        if sheet.day == sheet.today and day_sheet.is_back_after_a_gap(self._session.journal, sheet):
            self._welcomed = day
        self._before = sheet
        self._show(sheet)

    # Building

    def _build(self) -> None:
        self.earlier = Button("‹", "arrow", lambda: self._go(-1))
        self.later = Button("›", "arrow", lambda: self._go(1))
        self.back_to_today = Button(translate("today", "Today"), "", self._go_to_today)
        self.earlier.setAccessibleName(translate("today", "Previous day"))
        self.later.setAccessibleName(translate("today", "Next day"))
        for button in (self.earlier, self.back_to_today, self.later):
            self.corner.addWidget(button)
        self.switch_day = Button("", "link", self._go_to_latest)
        self.shorter = Button("", "link", self._toggle_short)
        self.links.addWidget(self.switch_day)
        self.links.addWidget(self.shorter)

        self.notice = Notice()
        self.form = RatingForm()
        self.form.rated.connect(self._rate)
        self.form.cleared.connect(self._clear)
        self.form.finished.connect(self._finish)
        self.form.left_at_end.connect(lambda: self.done.setFocus(Qt.FocusReason.OtherFocusReason))
        self.form.overtyped.connect(self._tell_overtyped)
        self.form.correction_offered.connect(lambda sentence: announce(self, sentence))
        self.message = label("", "quiet", wrap=True)
        self.note = NoteField()
        self.note.changed.connect(self._save_note)
        self.unwell = Button("", "secondary", self._toggle_unwell)
        self.saved = label("", "quiet")
        self.done = _DoneButton(translate("today", "Done"), self)
        self._bar = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        self._bar.addWidget(self.note, 1)
        self._bar.addWidget(self.unwell, 0, top)
        self._bar.addWidget(self.saved)
        self._bar.addWidget(self.done, 0, top)
        self._bar.setAlignment(self.saved, top)
        self._fit_bar()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.body.addWidget(self.message)
        self.body.addLayout(self._bar)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        table = (
            (translate("today", "Go to today"), self._go_to_today, ("Ctrl+T",)),
            (translate("today", "Previous day"), lambda: self._go(-1), ("PgUp", "Alt+Left")),
            (translate("today", "Next day"), lambda: self._go(1), ("PgDown", "Alt+Right")),
            (translate("today", "Write a note"), self._go_to_note, ("Ctrl+N",)),
            (translate("today", "Too unwell to log"), self._toggle_unwell, ("Ctrl+U",)),
        )
        made = []
        for text, do, keys in table:
            action = QAction(text, self)
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, do=do: do())
            made.append(action)
        return made

    # Showing

    def showEvent(self, event: QShowEvent) -> None:
        self._notice_new_day()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_bar()

    def _fit_bar(self) -> None:
        self._bar.setSpacing(look().px(1.5 * GRID))
        self.saved.setFixedHeight(look().px(PRIMARY_HEIGHT))

    def _show(self, sheet: DaySheet) -> None:
        self._before, self.sheet = self.sheet, sheet
        shown = self._shown_metrics()
        self.title.setText(day_sheet.heading(sheet))
        line = day_sheet.day_line(sheet)
        if self._welcomed == sheet.day:
            line += " · " + translate("today", "Welcome back.")
        if sheet.is_unwell:
            line += " · " + translate("today", "too unwell to log")
        self.set_subtitle(line)
        self.later.setEnabled(sheet.day < sheet.latest)
        self.back_to_today.setVisible(sheet.day != sheet.today)
        self._show_links()
        self._show_notice()
        self.form.set_metrics(
            shown, translate("today", "0–9, X = 10, – = could not say, Enter = done")
        )
        self._show_answers()
        self.note.show_note(sheet.record.note, for_doctor=sheet.record.note_for_doctor)
        self.unwell.setText(
            translate("today", "Take “unwell” back")
            if sheet.is_unwell
            else translate("today", "Too unwell to log")
        )
        self.saved.setText(day_sheet.saved_line(sheet, shown))
        if self._saver.waiting:
            self.saved.setText(translate("today", "▲ Not saved yet"))
        elif not self.message.text():
            self.message.setText(self._first_sentence())

    def _shown_metrics(self):
        return self.sheet.metrics_in(short=self.sheet.day in self._short_days)

    def _show_answers(self) -> None:
        waiting = self._saver.waiting
        for row in self.form.rows:
            key = (self.sheet.day, row.subject.id)
            is_unsaved = key in waiting
            answer = self._typed[key] if is_unsaved else self.sheet.answers.get(row.subject.id)
            if (answer, is_unsaved) != (row.answer, row.is_unsaved):
                row.show_answer(answer, is_unsaved=is_unsaved)
        row = self.form.row_of("sleep")
        if row is None:
            self.sleep = None
        elif self.sleep is None or self.sleep.parentWidget() is not row:
            self.sleep = SleepHours(row)
            self.sleep.given.connect(self._save_hours)
            self.sleep.refused.connect(self._tell_failure)
            self.sleep.show()
        if self.sleep is not None and (self.sheet.day, SLEEP_HOURS) not in waiting:
            self.sleep.show_minutes(self.sheet.sleep_minutes)

    def _show_links(self) -> None:
        sheet = self.sheet
        is_ahead = sheet.day == sheet.today and sheet.latest > sheet.today
        self.switch_day.setVisible(is_ahead)
        if is_ahead:
            self.switch_day.setText(
                translate("today", "switch to {weekday}").format(
                    weekday=WEEKDAYS[sheet.latest.weekday()]
                )
            )
        core = sheet.metrics_in(short=True)
        self.shorter.setVisible(0 < len(core) < len(sheet.metrics))
        self.shorter.setText(
            translate("today", "Show all {count}").format(count=len(sheet.metrics))
            if sheet.day in self._short_days
            else translate("today", "Short version")
        )

    def _show_notice(self) -> None:
        yesterday = self.sheet.today - ONE_DAY
        if (
            self._welcomed is not None
            or yesterday in self._asked_about
            or not day_sheet.is_yesterday_open(self._session.journal, self.sheet)
        ):
            self.notice.hide()
            return
        sentence = day_sheet.yesterday_question(self.sheet)
        if self.notice.isHidden() or self.notice.sentence != sentence:
            self.notice.ask(
                sentence,
                [
                    (translate("today", "Fill in yesterday"), self._fill_in_yesterday),
                    (translate("today", "Leave it empty"), self._leave_yesterday),
                ],
            )

    def _first_sentence(self) -> str:
        if self.sheet.is_unwell:
            return translate(
                "today", "Marked as too unwell to log. You can still add numbers if you want."
            )
        if not self.sheet.answers:
            return translate(
                "today", "Type a number from 0 to 9, or click. Anything you leave out stays empty."
            )
        return ""

    # Answering

    def _rate(self, metric_id: str, value: int | None) -> None:
        day = self.sheet.day
        self._typed[day, metric_id] = Answer(value)
        self.message.setText("")
        if self._saver.save(
            (day, metric_id), lambda journal: journal.days.rate(day, metric_id, value)
        ):
            self._announce_saved(metric_id)

    def _clear(self, metric_id: str) -> None:
        day = self.sheet.day
        self._typed[day, metric_id] = None
        if self._saver.save((day, metric_id), lambda journal: journal.days.clear(day, metric_id)):
            row = self.form.row_of(metric_id)
            sentence = translate("today", "{label} is empty again.").format(label=row.subject.label)
            self.tell(sentence)
            announce(self, sentence)

    def _save_hours(self, minutes: int | None) -> None:
        day = self.sheet.day
        if minutes is None:
            write = lambda journal: journal.days.clear(day, SLEEP_HOURS)  # noqa: E731
        else:
            write = lambda journal: journal.days.rate(day, SLEEP_HOURS, minutes * THOUSAND)  # noqa: E731
        if self._saver.save((day, SLEEP_HOURS), write):
            self.tell("")
            announce(
                self, translate("today", "Saved. {what}").format(what=self.sleep.caption.text())
            )

    def _save_note(self, text: str, for_doctor: bool) -> None:
        day = self.sheet.day
        if self._saver.save(
            (day, "note"),
            lambda journal: journal.days.write_note(day, text, for_doctor=for_doctor),
        ):
            announce(self, translate("today", "Note saved."))

    def _toggle_unwell(self) -> None:
        day = self.sheet.day
        state = None if self.sheet.is_unwell else DayState.UNWELL
        if self._saver.save((day, "state"), lambda journal: journal.days.mark(day, state)):
            self.tell("")
            self.refresh()
            announce(
                self,
                translate("today", "Saved. Marked as too unwell to log.")
                if state
                else translate("today", "Saved. The mark is taken away."),
            )

    def _finish(self) -> None:
        if self.sleep is not None:
            self.sleep.commit()
        self.note.tell_changes()
        if self._saver.waiting:
            self._saver.try_again()
        if self._saver.waiting:
            sentence = self.unsaved()
        elif self.sheet.answers:
            sentence = translate("today", "Saved. {what}.").format(what=self.sheet.in_words())
        else:
            sentence = self._first_sentence()
        self.tell(sentence)
        announce(self, sentence)
        self._is_done = True

    def _announce_saved(self, metric_id: str) -> None:
        row, below = self.form.row_of(metric_id), self.form.after(metric_id)
        if row is None or row.answer is None:
            return
        said = f"{row.subject.label} {row.answer.in_words()}."
        if below is not None:
            said += " " + translate("today", "Next: {label}.").format(label=below.subject.label)
        announce(self, said)

    def _tell_overtyped(self) -> None:
        shown = self._shown_metrics()
        done = sum(metric.id in self.sheet.answers for metric in shown)
        if done == len(shown):
            sentence = translate("today", "All {count} rows are filled.").format(count=done)
        else:
            sentence = translate("today", "{done} of {count} rows are filled.").format(
                done=done, count=len(shown)
            )
        self.tell(sentence)
        announce(self, sentence)

    def _tell_failure(self, sentence: str) -> None:
        if self._saver.waiting:
            sentence = translate(
                "today",
                "▲ Not saved yet. {reason} MoodLab keeps trying; nothing is lost while this window"
                " is open.",
            ).format(reason=sentence)
        self._show(self.sheet)
        self.tell(sentence)
        announce(self, sentence, assertive=True)

    # Other days

    def _go(self, days: int) -> None:
        day = self.sheet.day + timedelta(days=days)
        if day <= self.sheet.latest:
            self.open_day(day)
            self.take_focus()

    def _go_to_today(self) -> None:
        self.open_day(self._session.journal.today())
        self.take_focus()

    def _go_to_latest(self) -> None:
        self.open_day(self.sheet.latest)
        self.take_focus()

    def _go_to_note(self) -> None:
        self.note.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle_short(self) -> None:
        self._short_days ^= {self.sheet.day}
        self.refresh()
        self.take_focus()

    def _fill_in_yesterday(self) -> None:
        yesterday = self.sheet.today - ONE_DAY
        self._asked_about.add(yesterday)
        self.open_day(yesterday)
        self.take_focus()

    def _leave_yesterday(self) -> None:
        yesterday = self.sheet.today - ONE_DAY
        self._asked_about.add(yesterday)
        self._saver.save(
            (yesterday, "left empty"), lambda journal: journal.days.leave_empty(yesterday)
        )
        self.refresh()
        self.take_focus()

    def _notice_new_day(self) -> None:
        """When a journal day ends while today is open, go on to the new one."""
        today = self._session.journal.today()
        if self.sheet.day == self.sheet.today and today > self.sheet.today:
            self.open_day(today)


class _DoneButton(Button):
    """Done; it also takes what is typed after the last row, so that nothing is overwritten."""

    def __init__(self, text: str, page: TodayPage) -> None:
        super().__init__(text, "secondary", page._finish)
        self._form = page.form

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._form.press_after_last(event)
        if not event.isAccepted():
            event.accept()
            super().keyPressEvent(event)
