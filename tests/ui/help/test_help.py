"""Help is read with the keys that a text is read with."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from moodlab.ui.application import Window
from moodlab.ui.shell.focus_ring import FocusRing
from tests.ui.conftest import press


def test_keys_scroll_and_a_ring_says_so(open_window: Callable[..., Window]) -> None:
    main = open_window(page="help").main
    main.resize(800, 480)
    page = main.page
    bar = page.verticalScrollBar()
    ring = main.findChild(FocusRing)

    assert page.hasFocus()
    assert ring.isVisible()
    assert main.rect().contains(ring.geometry())
    press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    press(Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    press(Qt.Key.Key_Home)
    assert bar.value() == 0
    press(Qt.Key.Key_Down)
    assert bar.value() > 0
