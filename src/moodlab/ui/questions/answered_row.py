"""One answered question: when, and what was said. It can be put right or asked again."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.days import short_date
from moodlab.domain.errors import Refused
from moodlab.domain.events import Question, reopen_question
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.questions.question_row import LONGEST
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label


class AnsweredRow(QWidget):
    """`changed(Question)` when its day or answer was put right, or it is asked again."""

    changed = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._text = label("", "body", wrap=True)
        self._answer = label("", "muted", wrap=True)
        self.day = DayField()
        self.said = Line()
        self.said.setMaxLength(LONGEST)
        self.said.setPlaceholderText(translate("questions", "What was said (optional)"))
        self._trouble = label("", "error", wrap=True)
        for field in (self.day, self.said):
            field.returnPressed.connect(self._save)
        self.edit = Button(translate("questions", "Edit"), "link", self._edit_or_save)
        self.edit.keep_width_for(translate("questions", "Edit"), translate("questions", "Save"))
        self.again = Button(translate("questions", "Ask again"), "link", self._ask_again)
        self.remove = Button(translate("questions", "Remove"), "link")
        below = Flow()
        below.setSpacing(look().px(12))
        for button in (self.edit, self.again, self.remove):
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(2))
        for widget in (self._text, self._answer, self.day, self.said, self._trouble):
            layout.addWidget(widget)
        layout.addLayout(below)
        self._show_fields(False)

    def show_question(self, question: Question) -> None:
        """Show what the journal has."""
        self.question = question
        self._text.setText(question.text)
        when = question.answered_day
        parts = [short_date(when) if when else translate("questions", "Answered")]
        self._answer.setText(": ".join([*parts, question.answer] if question.answer else parts))
        form = translate("questions", "{what}: {question}")
        for control, what in (
            (self.edit, self.edit.text()),
            (self.again, self.again.text()),
            (self.remove, self.remove.text()),
            (self.day, translate("questions", "Answered on")),
            (self.said, translate("questions", "What was said")),
        ):
            control.setAccessibleName(form.format(what=what, question=question.text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.said.isHidden():
            self._leave()
            return
        super().keyPressEvent(event)

    def _show_fields(self, are_shown: bool) -> None:
        self._answer.setVisible(not are_shown)
        for widget in (self.day, self.said, self._trouble):
            widget.setVisible(are_shown)
        self._trouble.setVisible(False)
        self.edit.setText(
            translate("questions", "Save") if are_shown else translate("questions", "Edit")
        )
        self.show_question(self.question)

    def _edit_or_save(self) -> None:
        if not self.said.isHidden():
            self._save()
            return
        self.day.show_day(self.question.answered_day)
        self.said.setText(self.question.answer)
        self._show_fields(True)
        self.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        try:
            day = self.day.read() if self.day.text().strip() else None
        except Refused as error:
            self._trouble.setText(error.sentence)
            self._trouble.show()
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = " ".join(self.said.text().split())
        self._leave()
        changed = replace(self.question, answered_day=day, answer=said)
        if changed != self.question:
            self.changed.emit(changed)

    def _leave(self) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_fields(False)
        for field in (self.day, self.said):
            field.empty()

    def _ask_again(self) -> None:
        self.changed.emit(reopen_question(self.question))
