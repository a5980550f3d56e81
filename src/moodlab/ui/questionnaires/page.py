"""Questionnaires: one filled in as it is printed, any other by its total; dated totals, no more."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError, NeedsConfirmation, Refused
from moodlab.domain.tracking.instruments import INSTRUMENTS
from moodlab.domain.tracking.questionnaires import Questionnaire, question_second_total
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.questionnaires.sheet import Sheet
from moodlab.ui.questionnaires.total_form import TotalForm
from moodlab.ui.questionnaires.total_list import TotalList
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.line import mark
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Worker

KEY = "questionnaire"
_OTHER = len(INSTRUMENTS)
_DAY_WIDTH = 160


class QuestionnairesPage(Page):
    """The choice of a questionnaire, what is to be filled in, and the list of totals."""

    ID = "questionnaires"
    TITLE = "Questionnaires"
    ICON = "report"
    PURPOSE = QT_TRANSLATE_NOOP("questionnaires", "Questionnaires, by date and total.")
    REFRESH_ON = Changes.DAYS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE), max_width=760)
        self._session = session
        self._deletion: int | None = None  # the step that the notice offers to undo
        session.changed.connect(lambda _changes: self._let_go_of_undo())
        self.choice = Segments(
            translate("questionnaires", "Fill in"),
            [*(each.name for each in INSTRUMENTS), translate("questionnaires", "Any other")],
        )
        self.choice.choose(0)
        self.choice.chosen.connect(lambda _index: self._begin())
        self.day = DayField(translate("questionnaires", "3.11."))
        self.day.setAccessibleName(translate("questionnaires", "Date"))
        self.sheet, self.form = Sheet(), TotalForm()
        self.sheet.left_at_end.connect(self._focus_save)
        self.sheet.edited.connect(self._let_go_of_question)
        self.form.submitted.connect(self.save)
        self.save_button = Button(translate("questionnaires", "Save total"), "primary", self.save)
        self.cancel = Button(translate("questionnaires", "Cancel"), "secondary", self._begin)
        self.notice = Notice(keeps_room=True)
        self.list = TotalList()
        self.list.change_asked.connect(self.edit)
        self.list.delete_asked.connect(self.delete)
        self._lay_out()
        self.refresh()
        self._begin()

    def refresh(self) -> None:
        """Read the totals again."""
        self.day.be_today(self._session.journal.calendar_today())
        self.list.show_totals(self._session.journal.questionnaires.read_all())

    def take_focus(self) -> None:
        """Begin at the first item without an answer, or at the name."""
        if self.form.isHidden():
            self.sheet.focus_first_open()
        else:
            self.form.take_focus()

    def go_to_place(self, place: str) -> None:
        """Choose a total by its id, or a questionnaire to fill in (``fill PHQ-8``)."""
        kind, _, name = place.partition(" ")
        if kind != "fill":
            self.list.choose(place)
            return
        names = [each.name for each in INSTRUMENTS]
        if name != self.sheet.instrument.name or self.sheet.isHidden():
            self.choice.choose(names.index(name))
            self._begin()
        self.take_focus()

    def tell(self, sentence: str) -> bool:
        """Show one sentence above the totals."""
        self.notice.ask(sentence, [])
        return True

    def unsaved(self) -> str:
        """Return what would be lost by closing now."""
        if self.sheet.is_begun and not self.sheet.isHidden():
            return translate("questionnaires", "{name} is begun and has no total yet.").format(
                name=self.sheet.instrument.name
            )
        return ""

    def be_read_only(self, reason: str) -> None:
        """Take no totals, and say why."""
        for widget in (self.choice, self.day, self.sheet, self.form, self.save_button):
            widget.setEnabled(False)
        self.list.change.setEnabled(False)
        self.list.remove.setEnabled(False)
        self.tell(reason)

    def save(self, *, confirmed: bool = False) -> None:
        """Save the total; a question stands in the page until it is answered."""
        journal = self._session.journal
        try:
            given = self._read()
            if not confirmed:
                question_second_total(given, journal.questionnaires.read_all())
            self._session.apply(lambda journal: journal.questionnaires.save(given))
        except NeedsConfirmation as question:
            self._ask(
                question.sentence,
                (translate("questionnaires", "Save another"), lambda: self.save(confirmed=True)),
                (translate("questionnaires", "Go back"), self._go_back),
            )
            self._focus(self.notice.buttons[1])
            return
        except MoodLabError as error:
            self._ask(error.sentence)
            return
        was_changed = self.form.changed is not None
        self._begin()
        self.list.choose(given.id)
        self._ask(
            translate("questionnaires", "Saved: {name} {total}, {day}.").format(
                name=given.name, total=given.total, day=short_date(given.day)
            )
        )
        self._focus(self.list.table if was_changed else self.save_button)

    def edit(self) -> None:
        """Put the chosen total into the form."""
        given = self.list.chosen
        if given is None or not self.list.change.isEnabled():
            return
        self.choice.choose(_OTHER)
        self._begin()
        self.form.edit(given)
        self.day.show_day(given.day)
        self.cancel.setVisible(True)
        self.form.take_focus()
        announce(self, self.form.heading.text())

    def delete(self) -> None:
        """Put the chosen total into the bin; one undo brings it back."""
        given = self.list.chosen
        if given is None or not self.list.remove.isEnabled():
            return
        if self.form.changed == given:
            self._begin()
        try:
            self._session.apply(lambda journal: journal.questionnaires.delete(KEY, given.id))
        except MoodLabError as error:
            self._ask(error.sentence)
            return
        gone = translate("questionnaires", "Deleted: {name} {total}, {day}.").format(
            name=given.name, total=given.total, day=short_date(given.day)
        )
        self._ask(gone, (translate("questionnaires", "Undo"), lambda: self._undo(given.id)))
        self._deletion = self._session.journal.newest_step()
        self._focus(self.list.table if self.list.chosen else self.choice.buttons[self.choice.index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form.changed is not None:
            self._begin()
            self._focus(self.list.table)
            return
        super().keyPressEvent(event)

    def _read(self) -> Questionnaire:
        """Return what is filled in. Raises Refused, with the keyboard where something lacks."""
        try:
            day = self.day.read()
        except Refused as error:
            mark(self.day, error.sentence)
            self._focus(self.day)
            raise
        if self.form.isHidden():
            total = self.sheet.total
            if total is None:
                self.sheet.focus_first_open()
                raise Refused(
                    translate("questionnaires", "{state}. A total needs an answer to each.").format(
                        state=self.sheet.in_words()
                    )
                )
            known = self.sheet.instrument
            fields = known.name, str(total), "0", str(known.highest)
        else:
            fields = self.form.read()
        changed = self.form.changed
        total_id = changed.id if changed else self._session.journal.ledger.new_id()
        return Questionnaire(total_id, day, *fields)

    def _begin(self) -> None:
        """Show what was chosen, empty and with today's date."""
        is_other = self.choice.index == _OTHER
        self.form.begin()
        if not is_other:
            self.sheet.show_instrument(INSTRUMENTS[self.choice.index])
        self.sheet.setVisible(not is_other)
        self.form.setVisible(is_other)
        self.cancel.setVisible(False)
        self.day.show_day(self._session.journal.today())
        self.notice.hide()

    def _ask(self, sentence: str, *answers: tuple[str, Callable[[], object]]) -> None:
        self._deletion = None
        self.notice.ask(sentence, answers)
        announce(self, sentence)

    def _focus_save(self) -> None:
        self._focus(self.save_button)

    def _go_back(self) -> None:
        self.notice.hide()
        self._focus(self.day)

    def _let_go_of_question(self) -> None:
        """What was refused or asked is being answered anew."""
        if self._deletion is None:
            self.notice.hide()

    def _let_go_of_undo(self) -> None:
        """Another step is the newest now."""
        if self._deletion not in (None, self._session.journal.newest_step()):
            self._deletion = None
            self.notice.hide()

    def _undo(self, total_id: str) -> None:
        self._deletion = None
        self.notice.hide()
        self._session.undo()
        self.list.choose(total_id)
        self._focus(self.list.table)

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        px = look().px
        above = Flow()
        above.setSpacing(px(2 * GRID))
        above.addWidget(self.choice)
        dated = QWidget()
        caption = label(translate("questionnaires", "Date"), "quiet")
        caption.setBuddy(self.day)
        self.day.setMinimumWidth(px(_DAY_WIDTH))
        row = Flow(dated)
        row.setSpacing(px(GRID))
        row.addWidget(caption)
        row.addWidget(self.day)
        above.addWidget(dated)
        buttons = Flow()
        buttons.setSpacing(px(GRID))
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel)
        filling = QVBoxLayout()
        filling.setSpacing(px(2 * GRID))
        filling.addLayout(above)
        filling.addWidget(self.sheet)
        filling.addWidget(self.form)
        filling.addLayout(buttons)
        self.body.setSpacing(px(1.5 * GRID))
        self.body.addLayout(filling)
        self.body.addWidget(self.notice)
        self.body.addWidget(hairline())
        self.body.addWidget(self.list)
        self.body.addStretch(1)
