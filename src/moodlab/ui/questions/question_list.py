"""The questions for the visit: jot one down, tick it for the page, answer it or take it out."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.days import EARLIEST_DAY
from moodlab.domain.events import PRINTED_QUESTIONS, Question, answer_question
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.questions.answered_list import AnsweredList
from moodlab.ui.questions.question_row import LONGEST, QuestionRow
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label


class QuestionList(QWidget):
    """Sends `asked(text)`, `changed(Question)` and `removed(Question)`; shows what it is given."""

    asked = Signal(str)
    changed = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._today = EARLIEST_DAY
        self.field = Line()
        self.field.setPlaceholderText(translate("questions", "Add a question"))
        self.field.setAccessibleName(translate("questions", "Add a question"))
        self.field.setMaxLength(LONGEST)
        self.field.returnPressed.connect(self._ask)
        self.add = Button(translate("questions", "Add"), "", self._ask)
        self.rows: dict[str, QuestionRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(8))
        self._limit = label("", "quiet", wrap=True)
        self.answered = AnsweredList()
        self.answered.changed.connect(self.changed)
        self.answered.removed.connect(self.removed)
        line = QHBoxLayout()
        line.setSpacing(look().px(8))
        line.addWidget(self.field, 1)
        line.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(8))
        # Before the list, where it stays in sight however long that grows.
        layout.addLayout(line)
        layout.addLayout(self._rows)
        layout.addWidget(self._limit)
        layout.addWidget(self.answered)
        self._limit.hide()
        self._just_left: set[str] = set()

    def show_questions(self, questions: Sequence[Question], today: date) -> None:
        """Show the open ones, oldest first; one just left keeps its row while the page is seen."""
        self._today = today
        known = {question.id: question for question in questions}
        for question_id, row in list(self.rows.items()):
            if question_id in self._just_left:
                row.show_question(known.get(question_id), row.question)
            elif question_id not in known or known[question_id].is_closed:
                self._drop(question_id)
        still_open = [question for question in questions if not question.is_closed]
        for question in still_open:
            self._show_row(question)
        self._tell_limit(still_open)
        self.answered.show_questions(
            [each for each in questions if each.is_closed and each.id not in self.rows], today
        )

    def go_to(self, question_id: str) -> None:
        """Give the keyboard to a question, open or answered; to the new line where it is gone."""
        row = self.rows.get(question_id)
        is_open = row is not None and not row.is_left
        stop = row.edit if row and is_open else self.answered.unfold_at(question_id) or self.field
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for question_id in self._just_left:
            if self.rows[question_id].is_left:
                left = self.rows[question_id].question
                self._drop(question_id)
                if left.is_closed:
                    self.answered.add(left, self._today)
        self._just_left.clear()

    def _tell_limit(self, still_open: Sequence[Question]) -> None:
        surplus = sum(question.on_page for question in still_open) > PRINTED_QUESTIONS
        self._limit.setVisible(bool(still_open))
        self._limit.setText(
            translate("questions", "The first {n} ticked are printed.").format(n=PRINTED_QUESTIONS)
            if surplus
            else translate("questions", "What is ticked is printed on the page.")
        )

    def _show_row(self, question: Question) -> None:
        row = self.rows.get(question.id)
        if row is not None:
            row.show_question(question, question)
            return
        row = QuestionRow(question)
        row.discussed.clicked.connect(lambda _checked: self._discuss(row))
        row.remove.clicked.connect(lambda _checked: self._remove(row.question))
        row.changed.connect(self.changed)
        row.answered.connect(lambda text: self._answer(row, text))
        self.rows[question.id] = row
        self._rows.addWidget(row)

    def _drop(self, question_id: str) -> None:
        row = self.rows.pop(question_id)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _discuss(self, row: QuestionRow) -> None:
        """Close it at once; what was said may follow in its row."""
        self._just_left.add(row.question.id)
        self.changed.emit(answer_question(row.question, self._today, ""))
        if row.is_left:
            row.ask_what_was_said()

    def _answer(self, row: QuestionRow, text: str) -> None:
        self.changed.emit(answer_question(row.question, self._today, text))
        row.said.hide()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, question: Question) -> None:
        self._just_left.add(question.id)
        self.removed.emit(question)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.empty()
            self.asked.emit(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
