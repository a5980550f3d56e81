"""Labs: blood results as printed, one line to add them, a table to look at and change them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView

from moodlab.charts.chart import Table
from moodlab.domain.changes import Changes
from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.lab_entry import question_result
from moodlab.domain.labs import LabResult
from moodlab.domain.reference_ranges import Position
from moodlab.i18n import translate
from moodlab.report.figures import lab_text, test_name
from moodlab.ui.announce import announce
from moodlab.ui.lab_words import context_words, echo_of
from moodlab.ui.session import Session
from moodlab.ui.widgets.chart_table import ChartTable
from moodlab.ui.widgets.lab_form import LabForm
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.page_frame import PageFrame
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Worker

ABOUT_CRP = (
    "CRP is a general marker of inflammation. It rises with infections, injury, being overweight,"
    " some contraceptives, smoking and many illnesses, and single results wander widely from week"
    " to week. A result cannot show what causes how you feel or which treatment would help. Please"
    " discuss results with your clinician."
)


class LabsPage(PageFrame):
    """Entry, echo, questions in the page, and the table with undo."""

    ID = "labs"
    TITLE = "Labs"
    ICON = "labs"
    PURPOSE = "Blood test results as printed on your report."
    REFRESH_ON = Changes.LABS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate("labs", self.PURPOSE), max_width=1040)
        self._session = session
        self._results: tuple[LabResult, ...] = ()
        self.form = LabForm()
        self.form.submitted.connect(self.save)
        self.notice = Notice()
        self.empty = label(
            translate("labs", "No lab results yet. Add one from your letter or portal."), "muted"
        )
        self.table = ChartTable(translate("labs", "Blood results"))
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.change = Button(translate("labs", "Change…"), "", self.edit)
        self.remove = Button(translate("labs", "Delete"), "", self.delete)
        self.about = Button(translate("labs", "What is CRP?"), "link", self._toggle_about)
        self.explanation = label(translate("labs", ABOUT_CRP), "muted", wrap=True)
        self.explanation.hide()
        self.corner.addWidget(self.about)
        self._lay_out()
        self.form.begin(session.journal.calendar_today())
        self.refresh()

    def refresh(self) -> None:
        """Read the results again."""
        self._results = self._session.journal.labs.read_all()
        self.form.offer_tests(self._session.journal.labs.catalogue())
        self.table.show_table(_tabulate(self._results))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(header.count() - 1, QHeaderView.ResizeMode.Stretch)
        has_any = bool(self._results)
        self.empty.setVisible(not has_any)
        for widget in (self.table, self.change, self.remove):
            widget.setVisible(has_any)
        if has_any and not self.table.selectionModel().hasSelection():
            self.table.selectRow(0)

    def take_focus(self) -> None:
        """Begin at the date of a new result."""
        self.form.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        return [
            self._action(translate("labs", "New result"), self._start_new, "Ctrl+Shift+L"),
            self._action(translate("labs", "Change result"), self.edit, "F2"),
        ]

    def save(self, *, confirmed: bool = False) -> None:
        """Save what the form holds; a question stands in the page until it is answered."""
        journal = self._session.journal
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
            self._session.apply(lambda journal: journal.labs.save(result))
        except NeedsConfirmation as question:
            self._ask(question.sentence)
            return
        except MoodLabError as error:
            self._say(error.sentence, assertive=True)
            self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        saved = translate("labs", "Saved: {test} {echo}").format(
            test=test_name(result), echo=echo_of(result)
        )
        self.form.begin(journal.calendar_today())
        self._say(saved)
        self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        """Put the chosen result into the form."""
        if (result := self._chosen()) is not None:
            self.form.edit(result)
            self.notice.hide()
            self.form.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete(self) -> None:
        """Put the chosen result into the bin; one undo brings it back."""
        result = self._chosen()
        if result is None:
            return
        self._session.apply(lambda journal: journal.labs.delete(result.id))
        gone = translate("labs", "Deleted: {test} {printed}, {day}.").format(
            test=test_name(result),
            printed=result.printed_with_unit,
            day=short_date(result.collected),
        )
        self.notice.ask(gone, [(translate("labs", "Undo"), self._undo)])
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
        self.body.addWidget(self.notice)
        self.body.addWidget(hairline())
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(buttons)
        self.body.addStretch()

    def _action(self, text: str, do, key: str) -> QAction:
        action = QAction(text, self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: do())
        return action

    def _chosen(self) -> LabResult | None:
        rows = self.table.selectionModel().selectedRows()
        # The table stands newest first.
        return self._results[-1 - rows[0].row()] if rows else None

    def _start_new(self) -> None:
        self.notice.hide()
        self.form.begin(self._session.journal.calendar_today())
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
        self._session.undo()

    def _toggle_about(self) -> None:
        self.explanation.setVisible(self.explanation.isHidden())


_IN_RANGE = {
    None: "",
    Position.BELOW: "below",
    Position.WITHIN: "within",
    Position.ABOVE: "above",
    Position.CANNOT_BE_PLACED: "cannot be placed",
}


def _tabulate(results: tuple[LabResult, ...]) -> Table:
    return Table(
        header=(
            translate("labs", "Collected"),
            translate("labs", "Test"),
            translate("labs", "As printed"),
            translate("labs", "Lab's range"),
            translate("labs", "Position"),
            translate("labs", "Around the draw"),
            translate("labs", "Laboratory"),
        ),
        rows=tuple(
            (
                short_date(result.collected),
                test_name(result),
                lab_text(result),
                result.range_text,
                _IN_RANGE[result.position],
                ", ".join(context_words(context) for context in result.context)
                + (translate("labs", " (left out)") if result.excluded else ""),
                ", ".join(text for text in (result.lab, result.method) if text),
            )
            for result in results
        ),
    )
