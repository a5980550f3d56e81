from tests.ui.conftest import press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
CTRL = Qt.KeyboardModifier.ControlModifier
def test_x(window, today):
    press("J", modifier=CTRL)
    print(QApplication.focusWidget())
    assert window.main.question_popover.text.hasFocus()
