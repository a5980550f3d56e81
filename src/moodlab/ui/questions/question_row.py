"""One open question for the visit: ticked for the page or not, put another way, or answered."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.events import Question
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label

LONGEST = 1000


class QuestionRow(QWidget):
    """`changed(Question)` when it was ticked, or other words were typed.

    Enter or Save takes them, Esc the ones before. `answered(text)` when what was said was typed.
    """

    changed = Signal(object)
    answered = Signal(str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.is_left = False
        self.tick = QCheckBox()
        self.tick.setToolTip(translate("questions", "Print it on the page"))
        self.tick.clicked.connect(self._tick)
        self._text = label("", "body", wrap=True)
        self.field = Line()
        self.field.setMaxLength(LONGEST)
        self.field.returnPressed.connect(self._save)
        self.field.hide()
        self.discussed = Button(translate("questions", "Discussed"), "link")
        self.edit = Button(translate("questions", "Edit"), "link", self._edit_or_save)
        self.edit.keep_width_for(translate("questions", "Edit"), translate("questions", "Save"))
        self.remove = Button(translate("questions", "Remove"), "link")
        self.said = Line()
        self.said.setMaxLength(LONGEST)
        self.said.setPlaceholderText(translate("questions", "What was said (optional)"))
        self.said.returnPressed.connect(self._say)
        self.said.hide()
        self._lay_out()
        self.show_question(question, question)

    def show_question(self, known: Question | None, before: Question) -> None:
        """Show what the journal has; what is not there any more, or closed, as it was `before`.

        A second click at the same spot then closes no other question.
        """
        self.question = known or before
        self.is_left = known is None or known.is_closed
        self._text.setText(self.question.text)
        self._text.setEnabled(not self.is_left)
        self.tick.setChecked(self.question.on_page)
        for control in (self.tick, self.discussed, self.edit, self.remove):
            control.setEnabled(not self.is_left)
        if not self.is_left:
            self.said.hide()
        self._name_controls()

    def ask_what_was_said(self) -> None:
        """Offer a line for the answer, with the keyboard in it."""
        self.said.empty()
        self.said.show()
        self.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.field.isHidden():
            self._close()
            return
        if event.key() == Qt.Key.Key_Escape and not self.said.isHidden():
            self.said.empty()
            self.focusNextChild()
            self.said.hide()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(look().px(12))
        for button in (self.discussed, self.edit, self.remove):
            below.addWidget(button)
        below.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        for widget in (self._text, self.field):
            words.addWidget(widget)
        words.addLayout(below)
        words.addWidget(self.said)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(8))
        layout.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def _tick(self, is_ticked: bool) -> None:
        self.changed.emit(replace(self.question, on_page=is_ticked))

    def _edit_or_save(self) -> None:
        if not self.field.isHidden():
            self._save()
            return
        self.field.setText(self.question.text)
        self.field.setAccessibleName(
            translate("questions", "Edit: {question}").format(question=self.question.text)
        )
        self._text.hide()
        self.field.show()
        self._name_controls()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        text = " ".join(self.field.text().split())
        self._close()
        if text and text != self.question.text:
            self.changed.emit(replace(self.question, text=text))

    def _say(self) -> None:
        text = " ".join(self.said.text().split())
        self.said.empty()
        if text:
            self.answered.emit(text)

    def _close(self) -> None:
        self._text.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.hide()
        self.field.empty()
        self._name_controls()

    def _name_controls(self) -> None:
        self.edit.setText(
            translate("questions", "Edit")
            if self.field.isHidden()
            else translate("questions", "Save")
        )
        form = translate("questions", "{what}: {question}")
        for button in (self.discussed, self.edit, self.remove):
            button.setAccessibleName(form.format(what=button.text(), question=self.question.text))
        for control, what in (
            (self.tick, translate("questions", "Print")),
            (self.said, translate("questions", "What was said")),
        ):
            control.setAccessibleName(form.format(what=what, question=self.question.text))
