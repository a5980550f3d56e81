"""One question for the visit, with what can be done about it; its words can be changed in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.events import Question
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label

LONGEST = 1000


class QuestionRow(QWidget):
    """`worded(text)` when other words were typed. Enter or Save takes them, Esc the ones before."""

    worded = Signal(str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.is_left = False
        self._text = label("", "body", wrap=True)
        self.field = Line()
        self.field.setMaxLength(LONGEST)
        self.field.returnPressed.connect(self._save)
        self.field.hide()
        self.discussed = Button(translate("report", "Discussed"), "link")
        self.edit = Button(translate("report", "Edit"), "link", self._edit_or_save)
        self.edit.keep_width_for(translate("report", "Edit"), translate("report", "Save"))
        self.remove = Button(translate("report", "Remove"), "link")
        below = QHBoxLayout()
        below.setSpacing(look().px(12))
        for button in (self.discussed, self.edit, self.remove):
            below.addWidget(button)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._text)
        layout.addWidget(self.field)
        layout.addLayout(below)
        self.show_question(question, question)

    def show_question(self, known: Question | None, before: Question) -> None:
        """Show what the journal has; what is not there any more, or closed, as it was `before`.

        A second click at the same spot then closes no other question.
        """
        self.question = known or before
        self.is_left = known is None or known.is_closed
        self._text.setText(self.question.text)
        self._text.setEnabled(not self.is_left)
        for button in (self.discussed, self.edit, self.remove):
            button.setEnabled(not self.is_left)
        self._name_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.field.isHidden():
            self._close()
            return
        super().keyPressEvent(event)

    def _edit_or_save(self) -> None:
        if not self.field.isHidden():
            self._save()
            return
        self.field.setText(self.question.text)
        self.field.setAccessibleName(
            translate("report", "Edit: {question}").format(question=self.question.text)
        )
        self._text.hide()
        self.field.show()
        self._name_buttons()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        text = " ".join(self.field.text().split())
        self._close()
        if text and text != self.question.text:
            self.worded.emit(text)

    def _close(self) -> None:
        self._text.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.hide()
        self.field.empty()
        self._name_buttons()

    def _name_buttons(self) -> None:
        self.edit.setText(
            translate("report", "Edit") if self.field.isHidden() else translate("report", "Save")
        )
        for button in (self.discussed, self.edit, self.remove):
            button.setAccessibleName(
                translate("report", "{what}: {question}").format(
                    what=button.text(), question=self.question.text
                )
            )
