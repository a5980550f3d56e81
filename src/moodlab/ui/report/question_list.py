"""The questions for the visit: jot one down, put it another way, tick it off or take it out."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.events import Question
from moodlab.i18n import translate
from moodlab.report.model import PRINTED_QUESTIONS
from moodlab.ui.look.style import look
from moodlab.ui.report.question_row import LONGEST, QuestionRow
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label


class QuestionList(QWidget):
    """Sends `asked(text)`, `changed(Question)` and `removed(Question)`; shows what it is given."""

    asked = Signal(str)
    changed = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.field = Line()
        self.field.setPlaceholderText(translate("report", "Add a question"))
        self.field.setAccessibleName(translate("report", "Add a question"))
        self.field.setMaxLength(LONGEST)
        self.field.returnPressed.connect(self._ask)
        self.add = Button(translate("report", "Add"), "", self._ask)
        self.rows: dict[str, QuestionRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(8))
        self._limit = label("", "quiet", wrap=True)
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
        self._limit.hide()
        self._just_left: set[str] = set()

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show the open ones, oldest first; one just left keeps its row while the page is seen."""
        known = {question.id: question for question in questions}
        for question_id, row in list(self.rows.items()):
            if question_id in self._just_left:
                row.show_question(known.get(question_id), row.question)
            elif question_id not in known or known[question_id].is_closed:
                self._drop(question_id)
        still_open = [question for question in questions if not question.is_closed]
        for question in still_open:
            self._show_row(question)
        surplus = len(still_open) > PRINTED_QUESTIONS
        self._limit.setVisible(surplus)
        self._limit.setText(
            translate("report", "The first {n} are printed.").format(n=PRINTED_QUESTIONS)
            if surplus
            else ""
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for question_id in self._just_left:
            if self.rows[question_id].is_left:
                self._drop(question_id)
        self._just_left.clear()

    def _show_row(self, question: Question) -> None:
        row = self.rows.get(question.id)
        if row is not None:
            row.show_question(question, question)
            return
        row = QuestionRow(question)
        row.discussed.clicked.connect(lambda _checked: self._discuss(row.question))
        row.remove.clicked.connect(lambda _checked: self._remove(row.question))
        row.worded.connect(lambda text: self.changed.emit(replace(row.question, text=text)))
        self.rows[question.id] = row
        self._rows.addWidget(row)

    def _drop(self, question_id: str) -> None:
        row = self.rows.pop(question_id)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _discuss(self, question: Question) -> None:
        self._just_left.add(question.id)
        self.changed.emit(replace(question, is_closed=True))
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
