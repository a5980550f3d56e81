"""Fields for a passphrase: hidden unless shown on purpose, pasting allowed, Caps Lock noticed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import LONGEST_PASSPHRASE, refuse_unusable
from moodlab.ui.look.style import look
from moodlab.ui.widgets.text import NEVER_DRAFTED, label

FIELD_WIDTH = 360


class SecretEdit(QLineEdit):
    """One hidden line. `caps_noticed(on)` tells what the last letter says about Caps Lock."""

    caps_noticed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty(NEVER_DRAFTED, True)
        self.setMaxLength(LONGEST_PASSPHRASE)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.reveal(is_shown=False)

    def reveal(self, *, is_shown: bool) -> None:
        """Show what is typed, or hide it."""
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)

    def sizeHint(self) -> QSize:
        return QSize(look().px(FIELD_WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_noticed.emit(False)
        elif len(letter) == 1 and letter.lower() != letter.upper():
            # Qt has no question for Caps Lock; a capital without Shift answers it.
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_noticed.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)


class SecretFields(QWidget):
    """One or more hidden lines with one switch that shows them; `entered` is Enter in the last."""

    entered = Signal()

    def __init__(self, *captions: str) -> None:
        super().__init__()
        self.fields: list[SecretEdit] = []
        self.shown = QCheckBox(translate("security", "Show what I type"))
        self.shown.toggled.connect(self._reveal)
        self.caps = label(translate("security", "Caps Lock seems to be on."), "quiet")
        self.caps.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(look().px(4))
        for text in captions:
            field = SecretEdit(text.replace("&", ""))
            field.caps_noticed.connect(self.caps.setVisible)
            field.returnPressed.connect(lambda field=field: self._go_on(field))
            caption = label(text, "quiet")
            caption.setBuddy(field)
            grid.addWidget(caption, grid.rowCount(), 0)
            grid.addWidget(field, grid.rowCount(), 0, Qt.AlignmentFlag.AlignLeft)
            self.fields.append(field)
        grid.addWidget(self.shown, grid.rowCount(), 0)
        grid.addWidget(self.caps, grid.rowCount(), 0)

    def forget(self) -> None:
        """Empty the fields and hide what will be typed."""
        for field in self.fields:
            field.clear()
        self.shown.setChecked(False)
        self.caps.hide()

    def set_busy(self, *, is_busy: bool) -> None:
        """Take no typing for a while."""
        for field in self.fields:
            # Not disabled, so that the keyboard stays where it is.
            field.setReadOnly(is_busy)

    def focus_first(self) -> None:
        """Give the keyboard to the first empty field."""
        target = next((field for field in self.fields if not field.text()), self.fields[0])
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_new(self) -> str:
        """Return the new passphrase that the last two lines hold. Raises Refused.

        The keyboard then stands in the line to mend.
        """
        first, again = self.fields[-2:]
        faulty = first
        try:
            refuse_unusable(first.text())
            faulty = again
            if first.text() != again.text():
                raise Refused(
                    translate("security", "The passphrases don't match. Type the second one again.")
                )
        except Refused:
            # What was there is typed over, not added to.
            faulty.selectAll()
            faulty.setFocus(Qt.FocusReason.OtherFocusReason)
            raise
        return first.text()

    def _reveal(self, is_shown: bool) -> None:
        for field in self.fields:
            field.reveal(is_shown=is_shown)

    def _go_on(self, field: SecretEdit) -> None:
        following = self.fields[self.fields.index(field) + 1 :]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
