"""The questions for the visit: jot one down, tick one off."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
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
        self._just_discussed: set[str] = set()

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show the open ones, oldest first; one just discussed keeps its row while the page is."""
        still_open = [question for question in questions if not question.is_closed]
        shown = tuple(q for q in questions if not q.is_closed or q.id in self._just_discussed)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for question in shown:
            self._rows.addWidget(_Row(question, self._discuss))
        surplus = len(still_open) > PRINTED_QUESTIONS
        self._limit.setVisible(surplus)
        self._limit.setText(
            translate("report", "The first {n} are printed.").format(n=PRINTED_QUESTIONS)
            if surplus
            else ""
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._just_discussed:
            self._just_discussed.clear()
            self.show_questions(self._shown)

    def _discuss(self, question: Question) -> None:
        self._just_discussed.add(question.id)
        self.discussed.emit(question)

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
        # A second click at the same spot closes no other question.
        discussed.setEnabled(not question.is_closed)
        layout.addWidget(text, 1)
        layout.addWidget(discussed, 0, Qt.AlignmentFlag.AlignTop)
