"""Labs: blood results as printed, one line to add them, a table to look at and change them."""

from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from moodlab.domain.changes import Changes
from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.labs.entry import question_result
from moodlab.domain.labs.results import LabResult
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.page.lab_list import test_name
from moodlab.ui.labs.draw_surroundings import read_beside, read_noted
from moodlab.ui.labs.lab_form import LabForm
from moodlab.ui.labs.noted_events import NotedEvents
from moodlab.ui.labs.own_tests import OwnTests
from moodlab.ui.page import Page
from moodlab.ui.session import Key, Session
from moodlab.ui.shell.actions import page_action
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.lab_table import LabTable
from moodlab.ui.widgets.lab_words import echo_of
from moodlab.ui.widgets.notice import Notice
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
        self.form = LabForm()
        self.form.submitted.connect(self.save)
        self.notice = Notice(keeps_room=True)
        self.empty = label(
            translate(
                "labs",
                "No lab results yet. Copy one from your report, or import a file from your portal.",
            ),
            "muted",
        )
        self.beside = label("", "muted", wrap=True)
        self.noted = NotedEvents()
        self.noted.ticked.connect(self._tick)
        self.form.day_told.connect(self._show_noted)
        self.form.context.changed.connect(lambda: self._show_noted(self.form.told_day))
        self.own = OwnTests(session, self.form)
        self.own.said.connect(lambda said, refused: self._say(said, assertive=refused))
        self.own.new_unit.spoke.connect(
            lambda: QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.own.new_unit))
        )
        self.table = LabTable(translate("labs", "Blood results"))
        self.table.chosen.connect(self._show_beside)
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.change = Button(translate("labs", "Change…"), "", self.edit)
        self.remove = Button(translate("labs", "Delete"), "", self.delete)
        self.about = Button(translate("labs", "What is CRP?"), "link", self._toggle_about)
        self.explanation = label(translate_marked(ABOUT_CRP), "muted", wrap=True)
        self.explanation.hide()
        self.bring = Button(translate("labs", "Import…"), "link", self.import_wanted.emit)
        self.corner.addWidget(self.bring)
        self.corner.addWidget(self.about)
        self._lay_out()
        self.form.begin(session.journal.calendar_today())
        self.refresh()

    def refresh(self) -> None:
        """Read the results again."""
        if self._deletion not in (None, self.session.journal.newest_step()):
            self._deletion = None
            self.notice.hide()
        self._results = self.session.journal.labs.read_all()
        self.form.offer_tests(self.session.journal.labs.catalogue())
        self.form.offer_last(self._results)
        self.own.follow_changes()
        chosen = self.table.show_results(self._results)
        has_any = bool(self._results)
        self.empty.setVisible(not has_any)
        for widget in (self.table, self.change, self.remove):
            widget.setVisible(has_any)
        self._show_beside(chosen)

    def take_focus(self) -> None:
        """Begin at the date of a new result."""
        self.form.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        return [
            page_action(self, translate("labs", "New result"), self._start_new, ["Ctrl+Shift+L"]),
            page_action(self, translate("labs", "Change result"), self.edit, ["F2"]),
        ]

    def go_to_place(self, place: str) -> None:
        """Choose a result by its id."""
        self.table.choose(place)

    def save(self, *, confirmed: bool = False) -> None:
        """Save what the form holds; a question stands in the page until it is answered."""
        journal = self.session.journal
        try:
            result = self.form.read(confirmed=confirmed)
            today = journal.calendar_today()
            question_result(
                result,
                self._results,
                today,
                catalogue=journal.labs.catalogue(),
                confirmed=confirmed,
            )
        except NeedsConfirmation as question:
            self._ask(question.sentence)
            return
        except MoodLabError as error:
            self._say(error.sentence, assertive=True)
            self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)
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
        for widget in (self.form, self.change, self.remove):
            widget.setEnabled(False)
        self.notice.ask(reason, [])

    def _tell_saved_late(self, key: Key) -> None:
        if key[0] == LAB:
            self._tell_saved()

    def _tell_saved(self) -> None:
        result, self._sent = self._sent, None
        if result is None:
            return
        # A form in which something else was typed meanwhile stays as it is.
        with suppress(MoodLabError):
            if self.form.read(confirmed=True) == result:
                self.form.begin(self.session.journal.calendar_today())
        self._say(
            translate("labs", "Saved: {test} {echo}").format(
                test=test_name(result), echo=echo_of(result)
            )
        )
        self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_unsaved(self, sentence: str) -> None:
        if self._is_waiting:
            sentence = translate(
                "labs",
                "▲ Not saved yet. {reason} MoodLab keeps trying. Nothing is lost while this "
                "window is open.",
            ).format(reason=sentence)
        self._say(sentence, assertive=True)
        self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        """Put the chosen result into the form."""
        if (result := self.table.result) is not None:
            self.form.edit(result)
            self.own.follow_changes()
            self.notice.hide()
            self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete(self) -> None:
        """Put the chosen result into the bin; one undo brings it back."""
        result = self.table.result
        if result is None:
            return
        try:
            self.session.apply(lambda journal: journal.labs.delete(result.id))
        except MoodLabError as error:
            self._say(error.sentence, assertive=True)
            return
        gone = translate("labs", "Deleted: {test} {printed}, {day}.").format(
            test=test_name(result),
            printed=result.printed_with_unit,
            day=short_date(result.collected),
        )
        self.notice.ask(gone, [(translate("labs", "Undo"), self._undo)])
        self._deletion = self.session.journal.newest_step()
        announce(self, gone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form.is_editing:
            self._start_new()
            return
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.delete()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.change)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        self.body.addWidget(self.explanation)
        self.body.addWidget(self.form)
        self.body.addWidget(self.own.new_test)
        self.body.addWidget(self.own.new_unit)
        self.body.addWidget(self.noted)
        self.body.addWidget(self.notice)
        self.body.addWidget(hairline())
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.beside)
        self.body.addLayout(buttons)
        self.body.addStretch()

    def _show_beside(self, result: LabResult | None) -> None:
        """Set the days before the chosen draw beside it."""
        words = read_beside(self.session.journal, result) if result else ""
        self.beside.setText(words)
        self.beside.setVisible(bool(words))
        self.table.setAccessibleDescription(words)

    def _show_noted(self, day: date | None) -> None:
        noted = read_noted(self.session.journal, day)
        self.noted.show_noted(noted, day, self.form.chosen_context())

    def _tick(self, context: str) -> None:
        self.form.context.tick(context)
        self.form.context.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_new(self) -> None:
        self.notice.hide()
        self.form.begin(self.session.journal.calendar_today())
        self.own.follow_changes()
        self.take_focus()

    def _ask(self, sentence: str) -> None:
        self.notice.ask(
            sentence,
            [
                (translate("labs", "Yes, keep it"), lambda: self.save(confirmed=True)),
                (translate("labs", "Change it"), self._reconsider),
            ],
        )
        announce(self, sentence, assertive=True)
        self.notice.buttons[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _reconsider(self) -> None:
        self.notice.hide()
        self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str, *, assertive: bool = False) -> None:
        self.notice.ask(sentence, [])
        announce(self, sentence, assertive)

    def _undo(self) -> None:
        self.notice.hide()
        self.session.undo()

    def _toggle_about(self) -> None:
        self.explanation.setVisible(self.explanation.isHidden())
