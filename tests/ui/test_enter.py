"""Enter in a line of one page never takes the keyboard out of that page, nor the text away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from moodlab.ui.application import Window
from moodlab.ui.page_registry import ALL
from tests.ui.waiting import wait_until


@pytest.mark.parametrize("page_id", [entry.id for entry in ALL])
def test_enter_in_a_line_never_leaves_the_page(
    open_window: Callable[..., Window], page_id: str
) -> None:
    window = open_window(page=page_id)
    page = window.main.page
    if page_id == "report":
        page.period.buttons["own"].click()
    if page_id == "safety":
        page.passphrase.set.click()
    wait_until(lambda: window.worker.is_idle)
    names = [
        field.accessibleName()
        for field in page.findChildren(QLineEdit)
        if field.isVisibleTo(page) and field.accessibleName()
    ]
    assert names or page_id in ("trends", "help")
    for name in names:
        for typed in ("", "7", "2.3.2026"):
            field = next(f for f in page.findChildren(QLineEdit) if f.accessibleName() == name)
            field.setFocus()
            field.selectAll()
            QTest.keyClick(field, Qt.Key.Key_Delete)
            QTest.keyClicks(field, typed)
            QTest.keyClick(field, Qt.Key.Key_Return)
            wait_until(lambda: window.worker.is_idle)

            assert window.main.page is page
            focused = QApplication.focusWidget()
            assert page.isAncestorOf(focused), (name, typed, focused)
