"""Treatments & events: what was taken or done and when, what happened, what to ask at the visit."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.courses import DoseEntry
from moodlab.domain.errors import MoodLabError
from moodlab.domain.events import Event
from moodlab.domain.history.step_words import places_of
from moodlab.domain.treatments import Taking, Treatment
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import look
from moodlab.ui.page import NEW_TREATMENT, Page
from moodlab.ui.questions.question_keeping import QuestionKeeping
from moodlab.ui.questions.question_list import QuestionList
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import page_action
from moodlab.ui.treatments.events.event_form import EventForm
from moodlab.ui.treatments.events.event_keeping import EventKeeping
from moodlab.ui.treatments.events.event_list import EventList
from moodlab.ui.treatments.lane_table import LaneTable
from moodlab.ui.treatments.lanes import filter_courses, filter_events, lanes_of
from moodlab.ui.treatments.time_axis import RANGES, find_period
from moodlab.ui.treatments.treatment_detail import TreatmentDetail
from moodlab.ui.treatments.treatment_form import TreatmentForm
from moodlab.ui.treatments.treatment_keeping import TreatmentKeeping
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Worker

# Beside each other from this width on: events and questions.
_TWO_COLUMNS = 860


class TreatmentsPage(Page):
    """Lanes and the chosen treatment, events, and the questions for the visit."""

    ID = "treatments"
    TITLE = "Treatments & events"
    ICON = "treatments"
    PURPOSE = QT_TRANSLATE_NOOP("treatments", "What you take or did, with dates.")
    REFRESH_ON = Changes.TREATMENTS | Changes.EVENTS | Changes.QUESTIONS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE), max_width=1040)
        self._session = session
        self._treatments: tuple[Treatment, ...] = ()
        self._takings: tuple[Taking, ...] = ()
        self._events: tuple[Event, ...] = ()
        # Each beside what it is about, for the page is long.
        self.notice, self.lower_notice = Notice(keeps_room=True), Notice(keeps_room=True)
        self._told_in = self.notice
        self.keeping = TreatmentKeeping(session, self.notice, self._undo)
        self.event_keeping = EventKeeping(session, self.lower_notice, self._undo)
        self.form = TreatmentForm(translate("treatments", "new treatment"))
        self.event_form = EventForm(translate("treatments", "new event"))
        self.lanes = LaneTable()
        self.detail = TreatmentDetail()
        self.events = EventList()
        self.questions = QuestionList()
        self._question_keeping = QuestionKeeping(session, self.questions, self.lower_notice)
        self._build()
        self._connect()
        self.refresh()

    # What the window asks of a page

    def refresh(self) -> None:
        """Read treatments, events and questions again."""
        journal = self._session.journal
        self._treatments = journal.treatments.read_all()
        self._takings = journal.treatments.read_takings()
        self._events = journal.events.read_events()
        today = journal.today()
        for form in (self.form, self.event_form, self.events.form):
            form.be_today(today)
        self.form.offer(self._treatments)
        for fields in (self.event_form, self.events.form):
            fields.offer(self._events)
        self.questions.show_questions(journal.events.read_questions(), today)
        self._show()

    def take_focus(self) -> None:
        """Begin at the list, or with the first treatment."""
        stop = self.new_treatment if self.lanes.isHidden() else self.lanes
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_top()

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        find = page_action(self, translate("treatments", "Find by name"), self._begin_find, [])
        find.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Find))
        return [
            page_action(self, translate("treatments", "Edit"), self._edit, ["F2"]),
            page_action(
                self,
                translate("treatments", "Stop or resume treatment"),
                self.detail.stop_or_resume,
                ["Ctrl+Shift+E"],
            ),
            find,
        ]

    @property
    def place(self) -> str:
        """Which treatment is chosen."""
        return f"treatment {self.lanes.course.id}" if self.lanes.course is not None else ""

    def go_to_place(self, place: str) -> None:
        """Show a treatment, an event or a question by its id, or begin a new treatment."""
        what, _, row_id = place.partition(" ")
        self._told_in = self.lower_notice if what in ("event", "question") else self.notice
        if place == NEW_TREATMENT:
            self.form.begin()
        elif what == "treatment":
            self._choose(row_id)
        elif what == "event":
            self._choose_event(row_id)
        elif what == "question":
            self.questions.go_to(row_id)

    def tell(self, sentence: str) -> bool:
        """Show one sentence beside what was shown last."""
        told_in, self._told_in = self._told_in, self.notice
        told_in.ask(sentence, [])
        return True

    def be_read_only(self, reason: str) -> None:
        """Take no entries, and say why."""
        for widget in (self.new_treatment, self.new_event, self.detail, self.questions,
                       self.events.change, self.events.remove):  # fmt: skip
            widget.setEnabled(False)
        self.tell(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sought.hasFocus():
            self.sought.clear()
            self.take_focus()
            return
        if event.key() == Qt.Key.Key_Delete and self.lanes.hasFocus():
            self._delete()
            return
        if event.key() == Qt.Key.Key_Delete and self.events.table.hasFocus():
            self._delete_event()
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        super().fit()
        if hasattr(self, "_lower_part"):
            room = self.width() - 2 * look().px(PAGE_MARGIN)
            is_wide = room >= look().px(_TWO_COLUMNS)
            self._lower_part.setDirection(
                QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
            )
            self.lanes.fit_look()

    # Building

    def _build(self) -> None:
        self.new_treatment = Button(translate("treatments", "New treatment"), "", self.form.begin)
        self.new_event = Button(translate("treatments", "New event"), "", self.event_form.begin)
        for button in (self.new_treatment, self.new_event):
            self.corner.addWidget(button)
        self.sought = Line()
        self.sought.setPlaceholderText(translate("treatments", "Find by name"))
        self.sought.setAccessibleName(translate("treatments", "Find by name"))
        self.sought.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.sought.setMaximumWidth(look().px(300))
        self.ranges = Segments(
            translate("treatments", "range of the lanes"),
            [translate_marked(name) for name, _ in RANGES],
        )
        self.ranges.choose(1)
        self.empty = label("", "muted", wrap=True)
        self._above = QWidget()
        above = QHBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.sought, 1)
        above.addStretch()
        above.addWidget(self.ranges)
        for widget in (self.form, self.event_form, self._above, self.empty, self.lanes,
                       self.notice, self.detail, hairline(), self.lower_notice):  # fmt: skip
            self.body.addWidget(widget)
        self._lower_part = QHBoxLayout()
        self._lower_part.setSpacing(look().px(4 * GRID))
        for title, part, share in (
            (translate("treatments", "Events and appointments"), self.events, 3),
            (translate("treatments", "For the visit"), self.questions, 2),
        ):
            column = QVBoxLayout()
            column.setSpacing(look().px(GRID))
            column.addWidget(label(title, "section"))
            column.addWidget(part)
            column.addStretch(1)
            self._lower_part.addLayout(column, share)
        self.body.addLayout(self._lower_part)
        self.body.addStretch(1)

    def _connect(self) -> None:
        detail = self.detail
        for form in (self.form, detail.form):
            form.entered.connect(lambda entry, form=form: self._enter(entry, form))
        self.form.left.connect(self.take_focus)
        detail.form.corrected.connect(self._correct)
        detail.delete_asked.connect(self._delete)
        detail.join_asked.connect(lambda: self.keeping.join(self._course))
        detail.steps.added.connect(self._add_dose)
        detail.steps.changed.connect(lambda dose: self.keeping.change_dose(self._course, dose))
        detail.steps.removed.connect(self.keeping.delete_dose)
        detail.ticks.ticked.connect(self._tick)
        detail.ticks.worded.connect(self.keeping.word_tick)
        for fields in (self.event_form, self.events.form):
            fields.submitted.connect(lambda event, form=fields: self._save_event(event, form))
        self.event_form.left.connect(self.take_focus)
        self.events.delete_asked.connect(self._delete_event)
        self.lanes.chosen.connect(self._show_detail)
        self.lanes.opened.connect(self._open)
        self.sought.textChanged.connect(lambda _text: self._show())
        self.ranges.chosen.connect(lambda _index: self._show())

    # Showing

    @property
    def _course(self) -> Treatment:
        course = self.detail.course
        assert course is not None
        return course

    def _show(self) -> None:
        words, today = self.sought.text(), self._session.journal.today()
        courses = filter_courses(self._treatments, words)
        events = filter_events(self._events, words)
        lanes = lanes_of(courses, events, today)
        days = RANGES[self.ranges.index][1]
        self.lanes.show_lanes(lanes, find_period(courses, events, today, days), today)
        self.lanes.setVisible(bool(lanes))
        self._above.setVisible(bool(self._treatments or self._events))
        self.empty.setText(self._why_empty(words))
        self.empty.setVisible(not lanes)
        nothing = translate("treatments", "No events yet. Ctrl+E notes one from anywhere.")
        self.events.show_events(events, "" if words else nothing)
        self._show_detail()

    def _why_empty(self, words: str) -> str:
        if words.strip():
            return translate("treatments", "Nothing here contains “{words}”.").format(words=words)
        return translate(
            "treatments", "Nothing recorded. Useful for your doctor: start and stop dates."
        )

    def _show_detail(self) -> None:
        today = self._session.journal.today()
        self.detail.show_course(self.lanes.course, self._treatments, self._takings, today)

    def _choose(self, course_id: str) -> None:
        if not self.lanes.choose(course_id):
            self.sought.clear()
            self.lanes.choose(course_id)
        row = self.lanes.visualRect(self.lanes.currentIndex()).center()
        seen = self.lanes.viewport().mapTo(self.inner, row)
        self.ensureVisible(0, seen.y(), 0, look().px(8 * GRID))

    def _choose_event(self, event_id: str) -> None:
        if not self.events.table.choose(event_id):
            self.sought.clear()
            self.events.table.choose(event_id)
        self.ensureWidgetVisible(self.events.table)

    def _open(self) -> None:
        """Enter on a row: to its next dose, or to the list of events."""
        stop = self.events.table if self.lanes.course is None else self.detail.steps.another.dose
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_find(self) -> None:
        if self._above.isVisibleTo(self):
            self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.sought.selectAll()

    # Changing

    def _edit(self) -> None:
        if self.events.table.hasFocus():
            self.events.begin_change()
        else:
            self.detail.begin_edit()

    def _enter(self, entry: DoseEntry, form: TreatmentForm) -> None:
        def show(course: Treatment) -> None:
            form.close_form()
            self._choose(course.id)
            self.lanes.setFocus(Qt.FocusReason.OtherFocusReason)

        self._try(form, lambda: self.keeping.enter(entry, show))

    def _correct(self, course: Treatment) -> None:
        form = self.detail.form

        def save() -> None:
            self.keeping.correct(course)
            form.close_form()
            self._choose(course.id)
            self.lanes.setFocus(Qt.FocusReason.OtherFocusReason)

        self._try(form, save)

    def _add_dose(self, day: date, text: str) -> None:
        course, steps = self._course, self.detail.steps
        entry = DoseEntry(course.name, text, day, None, None)

        def show(changed: Treatment) -> None:
            steps.forget_typing()
            self._choose(changed.id)
            self._show_detail()
            steps.another.dose.setFocus(Qt.FocusReason.OtherFocusReason)

        try:
            self.keeping.enter(entry, show)
        except MoodLabError as error:
            steps.another.refuse(error.sentence)

    def _save_event(self, event: Event, form: EventForm) -> None:
        def close() -> None:
            form.close_form()
            self._choose_event(event.id)
            self.events.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self._try(form, lambda: self.event_keeping.save_event(event, close))

    def _try(self, form: TreatmentForm | EventForm, save: Callable[[], object]) -> None:
        try:
            save()
        except MoodLabError as error:
            form.refuse(error.sentence)

    def _delete(self) -> None:
        course = self.detail.course
        if course is not None and self.keeping.delete_course(course) and self.lanes.isHidden():
            self.take_focus()

    def _delete_event(self) -> None:
        event = self.events.table.event_chosen
        if event is not None:
            self.event_keeping.delete_event(event)

    def _tick(self, day: date, on: bool) -> None:
        known = [each for each in self._takings if each.treatment == self._course.id]
        taking = next((each for each in known if each.day == day), None)
        if on is (taking is None):
            self.keeping.tick(self._course, day, taking)

    def _undo(self) -> None:
        """Take back what a notice tells of, and show it."""
        for notice in (self.notice, self.lower_notice):
            notice.hide()
        step = self._session.undo()
        if step is not None:
            place = dict(places_of(step)).get(self.ID, "")
            self.go_to_place(place)
            shown = self.events.table if place.startswith("event") else self.lanes
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
