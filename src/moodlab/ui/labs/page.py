"""Labs: blood results as printed, one line to add them, a table to look at and change them."""

from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.labs.entry import question_result
from moodlab.domain.labs.results import LabResult
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.page.lab_list import test_name
from moodlab.ui.labs.draw_surroundings import read_beside, read_noted
from moodlab.ui.labs.lab_form import LabForm
from moodlab.ui.labs.lab_notice import Kind, LabNotice
from moodlab.ui.labs.noted_events import NotedEvents
from moodlab.ui.labs.own_tests import OwnTests
from moodlab.ui.labs.result_list import ResultList
from moodlab.ui.page import Page
from moodlab.ui.session import Key, Session
from moodlab.ui.shell.actions import page_action
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.lab_words import echo_of
from moodlab.ui.widgets.notice import one_place
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Worker

LAB = "lab"
ABOUT_CRP = QT_TRANSLATE_NOOP(
    "labs",
    "CRP is a general marker of inflammation. It rises with infections, injury, being overweight,"
    " some contraceptives, smoking and many illnesses. A result cannot show what causes how you"
    " feel or which treatment would help. Please discuss results with your clinician.",
)


class LabsPage(Page):
    """Entry, echo, questions in the page, and the table with undo."""

    ID = "labs"
    TITLE = "Labs"
    ICON = "labs"
    PURPOSE = QT_TRANSLATE_NOOP("labs", "Blood test results as printed on your report.")
    REFRESH_ON = Changes.LABS | Changes.DAYS | Changes.EVENTS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE), max_width=1040)
        self.session = session
        self._results: tuple[LabResult, ...] = ()
        self._sent: LabResult | None = None
        self._deletion: int | None = None  # the step that the notice offers to undo
        session.saved_late.connect(self._tell_saved_late)
        session.changed.connect(lambda _changes: self._let_go_of_undo())
        self.form = LabForm()
        self.form.submitted.connect(self.save)
        self.form.left.connect(self._leave_form)
        self.form.edited.connect(self._let_go_of_question)
        self.notice = LabNotice()
        self.empty = label(
            translate(
                "labs",
                "No lab results yet. Copy one from your report, or import a file from your portal.",
            ),
            "muted",
        )
        self.noted = NotedEvents()
        self.noted.ticked.connect(self._tick)
        self.notice.toggled.connect(self.noted.give_way)
        self.form.day_told.connect(self._show_noted)
        self.form.context.changed.connect(lambda: self._show_noted(self.form.told_day))
        self.own = OwnTests(session, self.form)
        self.own.said.connect(lambda said, refused: self.notice.tell(said, assertive=refused))
        self.own.new_unit.spoke.connect(
            lambda: QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.own.new_unit))
        )
        self.list = ResultList()
        self.table = self.list.table
        self.table.chosen.connect(self._show_beside)
        self.list.change_asked.connect(self.edit)
        self.list.delete_asked.connect(self.delete)
        self.about = Button(translate("labs", "What is CRP?"), "link", self._toggle_about)
        self.explanation = label(translate_marked(ABOUT_CRP), "muted", wrap=True)
        self.explanation.hide()
        self.bring = Button(translate("labs", "Import…"), "link", self.import_wanted.emit)
        self.corner.addWidget(self.bring)
        self.corner.addWidget(self.about)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Read the results again."""
        journal = self.session.journal
        self._results = journal.labs.read_all()
        self.form.be_today(journal.calendar_today())
        self.form.offer_tests(journal.labs.catalogue())
        self.form.offer_last(self._results)
        self.form.follow(self._results)
        self.own.follow_changes()
        chosen = self.list.show_results(self._results)
        self.empty.setVisible(not self._results)
        self.list.setVisible(bool(self._results))
        self._show_beside(chosen)

    def take_focus(self) -> None:
        """Begin at the date of a new result."""
        self._focus(self.form.day)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        return [
            page_action(self, translate("labs", "New result"), self._start_new, ["Ctrl+Shift+L"]),
            page_action(self, translate("labs", "Change result"), self.edit, ["F2"]),
            page_action(
                self, translate("labs", "Filter by test"), self.list.ask_which_test, ["Ctrl+F"]
            ),
            page_action(
                self,
                translate("labs", "Sort by this column"),
                self.table.sort_here,
                ["Ctrl+Shift+S"],
            ),
        ]

    @property
    def place(self) -> str:
        """Which result is chosen."""
        result = self.table.result
        return "" if result is None else result.id

    def go_to_place(self, place: str) -> None:
        """Choose a result by its id, or show one test (``test crp``); without results, its form."""
        kind, _, test_id = place.partition(" ")
        if kind != "test":
            self.list.choose(place)
        elif self.list.show_test(test_id):
            self._focus(self.table)
        else:
            self._start_new()
            self.form.choose_test(test_id)

    def save(self, *, confirmed: bool = False) -> None:
        """Save what the form holds; a question stands in the page until it is answered."""
        journal = self.session.journal
        self.form.be_today(journal.calendar_today())
        try:
            result = self.form.read(confirmed=confirmed)
            question_result(
                result,
                self._results,
                journal.calendar_today(),
                catalogue=journal.labs.catalogue(),
                confirmed=confirmed,
            )
        except NeedsConfirmation as question:
            self.notice.question(question, lambda: self.save(confirmed=True), self._reconsider)
            self.form.be_asked(question.sentence)
            return
        except MoodLabError as error:
            self.notice.tell(error.sentence, Kind.REFUSED, assertive=True)
            self.form.be_refused(error.sentence)
            return
        self._sent = result
        try:
            self.session.save((LAB, result.id), lambda journal: journal.labs.save(result))
        except MoodLabError as error:
            self._tell_unsaved(error.sentence)
        else:
            self._tell_saved()

    @property
    def _is_waiting(self) -> bool:
        return any(key[0] == LAB for key in self.session.waiting)

    def unsaved(self) -> str:
        """Return what would be lost by closing now, after one more try."""
        if self._is_waiting:
            self.session.try_again()
        if not self._is_waiting:
            return ""
        return translate("labs", "One blood result is not saved yet.")

    def be_read_only(self, reason: str) -> None:
        """Take no results, and say why."""
        for widget in (self.form, self.list.change, self.list.remove):
            widget.setEnabled(False)
        self.notice.ask(reason, [])

    def _tell_saved_late(self, key: Key) -> None:
        if key[0] == LAB:
            self._tell_saved()

    def _tell_saved(self) -> None:
        result, self._sent = self._sent, None
        if result is None:
            return
        self.list.choose(result.id)
        said = translate("labs", "Saved: {test} {echo}").format(
            test=test_name(result), echo=echo_of(result)
        )
        # A form in which something else was typed meanwhile stays as it is.
        with suppress(MoodLabError):
            if self.form.read(confirmed=True) == result:
                was_editing = self.form.is_editing
                self.form.go_on()
                self.notice.tell(said)
                self._focus(self.table if was_editing else self.form.value)
                return
        self.notice.tell(said)

    def _tell_unsaved(self, sentence: str) -> None:
        if self._is_waiting:
            sentence = translate(
                "labs",
                "▲ Not saved yet. {reason} MoodLab keeps trying. Nothing is lost while this "
                "window is open.",
            ).format(reason=sentence)
        self.notice.tell(sentence, assertive=True)
        self._focus(self.form.value)

    def edit(self) -> None:
        """Put the chosen result into the form."""
        result = self.table.result
        if result is None:
            return
        if not self.form.is_about(result):
            if unsaved := self.form.unsaved_words():
                self.notice.tell(unsaved, Kind.REFUSED, assertive=True)
                self._focus(self.form.value)
                return
            self.form.edit(result)
            self.own.follow_changes()
            self.notice.hush()
            announce(self, self.form.heading.text())
        self._focus(self.form.value)
        self.form.value.selectAll()
        # In large type too, the head that says what is being changed is in sight.
        self.ensureWidgetVisible(self.form.heading)

    def delete(self) -> None:
        """Put the chosen result into the bin; one undo brings it back."""
        result = self.table.result
        if result is None:
            return
        try:
            self.session.apply(lambda journal: journal.labs.delete(result.id))
        except MoodLabError as error:
            self.notice.tell(error.sentence, assertive=True)
            return
        gone = translate("labs", "Deleted: {test} {printed}, {day}.").format(
            test=test_name(result),
            printed=result.printed_with_unit,
            day=short_date(result.collected),
        )
        self.notice.offer_undo(gone, lambda: self._undo(result.id))
        self._deletion = self.session.journal.newest_step()
        if not self._results:
            self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._step_back():
            return
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.delete()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.body.addWidget(self.explanation)
        self.body.addWidget(self.form)
        self.body.addWidget(self.own.new_test)
        self.body.addWidget(self.own.new_unit)
        self.body.addWidget(one_place(self.noted, self.notice))
        self.body.addWidget(hairline())
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        self.body.addStretch()

    def _show_beside(self, result: LabResult | None) -> None:
        """Set the days before the chosen draw beside it."""
        self.list.show_beside(read_beside(self.session.journal, result) if result else "")

    def _show_noted(self, day: date | None) -> None:
        noted = read_noted(self.session.journal, day)
        self.noted.show_noted(noted, day, self.form.chosen_context())

    def _tick(self, context: str) -> None:
        self.form.context.tick(context)
        self._focus(self.form.context)

    def _start_new(self) -> None:
        self.notice.hush()
        self.form.begin()
        self.own.follow_changes()
        self.take_focus()

    def _step_back(self) -> bool:
        """Take back the question, the change or the draw that stays; say if there was one."""
        if self.notice.kind is Kind.ASKED:
            self._reconsider()
        elif self.notice.kind is Kind.REFUSED:
            self._let_go_of_question()
            self.form.show_echo()
        else:
            return self._leave_form()
        return True

    def _leave_form(self) -> bool:
        """Leave the change of a result, or the draw that stays; say if there was one."""
        if self.form.is_editing:
            self.form.begin()
            self.own.follow_changes()
            self._focus(self.table)
        elif self.form.keeps_draw:
            self.form.begin_draw()
            self.take_focus()
        else:
            return False
        self.notice.hush()
        return True

    def _reconsider(self) -> None:
        self.notice.hush()
        self.form.show_echo()
        self._focus(self.form.value)

    def _let_go_of_question(self) -> None:
        """What was refused or asked is being typed anew."""
        if self.notice.is_about_the_form:
            self.notice.hush()

    def _let_go_of_undo(self) -> None:
        """Another step is the newest now."""
        step = self.session.journal.newest_step()
        if self.notice.kind is Kind.UNDOABLE and step != self._deletion:
            self.notice.hush()

    def _undo(self, result_id: str) -> None:
        self.notice.hush()
        self.session.undo()
        self.list.choose(result_id)
        self._focus(self.table)

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_about(self) -> None:
        self.explanation.setVisible(self.explanation.isHidden())
