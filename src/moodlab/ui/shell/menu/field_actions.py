"""Cut, Copy, Paste and Select all for whatever has the keyboard."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from moodlab.i18n import translate
from moodlab.ui.look.style import application
from moodlab.ui.shell.actions import add_action

_CTRL = Qt.KeyboardModifier.ControlModifier
_KEYS = {
    QKeySequence.StandardKey.Cut: Qt.Key.Key_X,
    QKeySequence.StandardKey.Copy: Qt.Key.Key_C,
    QKeySequence.StandardKey.Paste: Qt.Key.Key_V,
    QKeySequence.StandardKey.SelectAll: Qt.Key.Key_A,
}


class FieldActions(QObject):
    """Adds the four entries. Their keys are shown only: the field itself takes them, as ever."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._target: QWidget | None = QApplication.focusWidget()
        self._actions: dict[QKeySequence.StandardKey, QAction] = {}
        for key, text in (
            (QKeySequence.StandardKey.Cut, translate("menu", "Cu&t")),
            (QKeySequence.StandardKey.Copy, translate("menu", "&Copy")),
            (QKeySequence.StandardKey.Paste, translate("menu", "&Paste")),
            (QKeySequence.StandardKey.SelectAll, translate("menu", "Select &all")),
        ):
            action = add_action(menu, text, partial(self._press, key), key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._actions[key] = action
        application().focusChanged.connect(self._follow)
        menu.aboutToShow.connect(self._offer_what_works)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        # The menu bar has the keyboard while somebody walks through it.
        if new is not None and not isinstance(new, QMenu | QMenuBar):
            self._target = new

    def _offer_what_works(self) -> None:
        possible = _possible(self._field())
        for key, action in self._actions.items():
            action.setEnabled(key in possible)

    def _field(self) -> QWidget | None:
        return self._target if self._target is not None and isValid(self._target) else None

    def _press(self, key: QKeySequence.StandardKey) -> None:
        field = self._field()
        if field is not None:
            pressed = QKeyEvent(QEvent.Type.KeyPress, _KEYS[key], _CTRL)
            QApplication.sendEvent(field, pressed)


def _possible(field: QWidget | None) -> set[QKeySequence.StandardKey]:
    """Return which of the four do something in `field` now."""
    cut, copy, paste, everything = _KEYS
    if isinstance(field, QComboBox | QAbstractSpinBox):
        field = field.lineEdit()
    if isinstance(field, QLineEdit):
        text, has_selection = field.text(), field.hasSelectedText()
        is_hidden = field.echoMode() is not QLineEdit.EchoMode.Normal
    elif isinstance(field, QPlainTextEdit):
        text, has_selection = field.toPlainText(), field.textCursor().hasSelection()
        is_hidden = False
    elif isinstance(field, QAbstractItemView):
        return {copy, everything} if field.model() and field.model().rowCount() else set()
    elif isinstance(field, QLabel):
        return {copy} if field.hasSelectedText() else set()
    else:
        return set()
    possible = {everything} if text else set()
    if has_selection and not is_hidden:
        possible.add(copy)
    if not field.isReadOnly():
        if copy in possible:
            possible.add(cut)
        if QGuiApplication.clipboard().text():
            possible.add(paste)
    return possible
