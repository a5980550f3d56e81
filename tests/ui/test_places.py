"""Controls keep their places: a second click at the same spot never meets another control."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from tests.moments import days_ago
from tests.ui.conftest import SHOWN
from tests.ui.journal_contents import fill_usually
from tests.ui.waiting import live, wait_until


@pytest.fixture
def lived_in(open_window: Callable[..., Window], journal: Journal) -> Callable[[str], Window]:
    """Open a page of a journal in which every button has something to do."""
    fill_usually(journal)
    journal.close()

    def open_it(page: str) -> Window:
        window = open_window(page=page)
        window.main.resize(1366, 768)
        wait_until(lambda: window.worker.is_idle)
        settle(window.main.page)
        return window

    return open_it


def buttons_of(page: QWidget) -> Iterator[QAbstractButton]:
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(page) and button.isEnabled() and not button.visibleRegion().isEmpty():
            yield button


def name_of(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text()


def click(window: QWidget, spot: QPoint) -> None:
    target = window.childAt(spot) or window
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(window, spot))


def settle(page: QWidget) -> None:
    """Wait until nothing moves any more: a layout that folds takes some turns of the event loop."""

    def places() -> list[tuple[str, QPoint]]:
        return [(name_of(each), each.mapTo(page, QPoint())) for each in buttons_of(page)]

    def stands_still() -> bool:
        before = places()
        live(20)
        return before == places()

    wait_until(stands_still)


def clickable_at(window: QWidget, spot: QPoint) -> QAbstractButton | None:
    widget = window.childAt(spot)
    while widget is not None and not isinstance(widget, QAbstractButton):
        widget = widget.parentWidget()
    return widget if widget is not None and widget.isEnabled() else None


@pytest.mark.parametrize("page_id", SHOWN)
def test_a_second_click_at_the_same_spot_meets_the_same_control_or_none(
    lived_in: Callable[[str], Window], page_id: str
) -> None:
    window = lived_in(page_id)
    main = window.main
    names = [name_of(button) for button in buttons_of(main.page)]
    met: list[tuple[str, str]] = []
    for number, name in enumerate(names):
        buttons = [each for each in buttons_of(main.page) if name_of(each) == name]
        if not buttons or name in names[:number] or "…" in name:
            continue  # a dialog of the system opens over the page
        spot = buttons[0].mapTo(main, buttons[0].rect().center())
        before = buttons[0]
        click(main, spot)
        wait_until(lambda: window.worker.is_idle)
        settle(main.page)
        if QApplication.activeModalWidget() is not None:
            continue
        after = clickable_at(main, spot)
        if after is not None and after is not before and name_of(after) != name:
            met.append((name, name_of(after)))
        if page_id != main.page.ID:
            main.open_page(page_id)
            settle(main.page)

    assert met == []


def test_the_arrow_to_the_day_before_stays_under_the_pointer(
    lived_in: Callable[[str], Window],
) -> None:
    window = lived_in("today")
    main, page = window.main, window.main.page
    spot = page.heading.earlier.mapTo(main, page.heading.earlier.rect().center())

    for days in (1, 2, 3):
        click(main, spot)
        live(10)
        assert page.sheet.day == days_ago(days)
