"""The questions for the visit: jot one down, tick one off."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.events import Question
from moodlab.i18n import translate
from moodlab.report.model import PRINTED_QUESTIONS
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label

LONGEST = 1000


class QuestionList(QWidget):
    """Sends `asked(text)` and `discussed(Question)`; shows what it is given."""

    asked = Signal(str)
    discussed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.field = Line()
        self.field.setPlaceholderText(translate("report", "Add a question"))
        self.field.setAccessibleName(translate("report", "Add a question"))
        self.field.setMaxLength(LONGEST)
        self.field.returnPressed.connect(self._ask)
        self.add = Button(translate("report", "Add"), "", self._ask)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(4))
        self._limit = label("", "quiet", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(look().px(8))
        line.addWidget(self.field, 1)
        line.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(8))
        layout.addLayout(self._rows)
        layout.addWidget(self._limit)
        layout.addLayout(line)
        self._limit.hide()
        self._shown: tuple[Question, ...] = ()

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show the open ones, oldest first."""
        still_open = tuple(question for question in questions if not question.is_closed)
        if still_open == self._shown:
            return
        self._shown = still_open
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for question in still_open:
            self._rows.addWidget(_Row(question, self.discussed.emit))
        surplus = len(still_open) > PRINTED_QUESTIONS
        self._limit.setVisible(surplus)
        self._limit.setText(
            translate("report", "The first {n} are printed.").format(n=PRINTED_QUESTIONS)
            if surplus
            else ""
        )

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.empty()
            self.asked.emit(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class _Row(QWidget):
    def __init__(self, question: Question, discuss: Callable[[Question], object]) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(8))
        text = label(question.text, "body", wrap=True)
        discussed = Button(translate("report", "Discussed"), "link", lambda: discuss(question))
        discussed.setAccessibleName(
            translate("report", "Discussed: {question}").format(question=question.text)
        )
        layout.addWidget(text, 1)
        layout.addWidget(discussed, 0, Qt.AlignmentFlag.AlignTop)
