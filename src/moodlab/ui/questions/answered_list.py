"""The answered questions, folded until they are asked for."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.events import Question
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.questions.answered_row import AnsweredRow
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import Button


class AnsweredList(QWidget):
    """Newest answer first. Sends `changed(Question)` and `removed(Question)`."""

    changed = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.fold = Button("", "link", self._toggle)
        self.rows: dict[str, AnsweredRow] = {}
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(look().px(12))
        self._inside.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(8))
        line = Flow()
        line.addWidget(self.fold)
        layout.addLayout(line)
        layout.addWidget(self._inside)
        self.hide()

    def show_questions(self, questions: Iterable[Question], today: date) -> None:
        """Show these, and no others."""
        known = {question.id: question for question in questions}
        for question_id in self.rows.keys() - known.keys():
            row = self.rows.pop(question_id)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for question in known.values():
            self._put(question, today)
        self._order()

    def add(self, question: Question, today: date) -> None:
        """Show one more."""
        self._put(question, today)
        self._order()

    def unfold_at(self, question_id: str) -> QWidget | None:
        """Unfold the list, and return what takes the keyboard for a question there."""
        row = self.rows.get(question_id)
        if row is not None and self._inside.isHidden():
            self._toggle()
        return None if row is None else row.edit

    def _put(self, question: Question, today: date) -> None:
        row = self.rows.get(question.id)
        if row is None:
            row = AnsweredRow(question)
            row.changed.connect(self.changed)
            row.remove.clicked.connect(lambda _checked, row=row: self.removed.emit(row.question))
            self.rows[question.id] = row
        row.day.be_today(today)
        row.show_question(question)

    def _order(self) -> None:
        newest_first = sorted(
            self.rows.values(),
            key=lambda row: (row.question.answered_day or row.question.asked_day, row.question.id),
            reverse=True,
        )
        for number, row in enumerate(newest_first):
            if self._rows.indexOf(row) != number:
                self._rows.insertWidget(number, row)
        self.setVisible(bool(self.rows))
        self._name()

    def _toggle(self) -> None:
        self._inside.setVisible(self._inside.isHidden())
        self._name()

    def _name(self) -> None:
        form = (
            translate("questions", "Show answered ({n})")
            if self._inside.isHidden()
            else translate("questions", "Hide answered ({n})")
        )
        self.fold.setText(form.format(n=len(self.rows)))
