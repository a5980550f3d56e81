"""Every page of the registry, by keyboard and by screen reader: facts/ux §2.9."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from moodlab.settings import Settings
from moodlab.theme import TYPE
from moodlab.ui.application import Window
from moodlab.ui.look.style import look
from moodlab.ui.today.page import TodayPage
from tests.ui.conftest import SHOWN, press

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
MOST_STOPS = 200


def controls(root: QWidget) -> list[QWidget]:
    """What a person can act on: visible, and no inner part of another control."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisibleTo(root)
        and not isinstance(widget.parentWidget(), QComboBox)
    ]


def walk(window: Window, key: Qt.Key) -> list[QWidget]:
    """The widgets that Tab visits until it is back at the first."""
    first = QApplication.focusWidget()
    stops = [first]
    for _ in range(MOST_STOPS):
        press(key)
        now = QApplication.focusWidget()
        if now is first:
            return stops
        stops.append(now)
    pytest.fail(f"Tab never came back to {first}; it is in {stops[-1]}")


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.fixture(params=SHOWN)
def page_window(request: pytest.FixtureRequest, open_window: Callable[..., Window]) -> Window:
    return open_window(page=request.param)


def test_today_has_one_tab_stop_a_row(window: Window, today: TodayPage) -> None:
    stops = walk(window, Qt.Key.Key_Tab)

    rows = [stop for stop in stops if stop in {row.tab_stop for row in today.form.rows}]
    assert len(rows) == 7
    names = [name_of(stop) for stop in stops]
    assert names == [
        "Fatigue 0 of 10", "Brain fog 0 of 10", "Sleep last night 0 of 10", "Hours asleep",
        "Mood 0 of 10", "Motivation 0 of 10", "Pleasure / interest 0 of 10",
        "Daily functioning 0 of 10", "Note (optional)", "Too unwell to log", "Done",
        "Today", "Help", "If you need help now", "Calendar", "‹ Previous day", "Add event",
        "Short version", "What to track",
    ]  # fmt: skip


def test_the_tab_stop_of_a_row_is_its_answer(today: TodayPage) -> None:
    press("7")
    press(Qt.Key.Key_Backtab)

    assert today.form.rows[0].tab_stop.number == 7
    assert QApplication.focusWidget() is today.form.rows[0].cell(7)


def test_tab_and_shift_tab_visit_the_same_and_nothing_traps(page_window: Window) -> None:
    page = page_window.main.page
    page.take_focus()
    there = walk(page_window, Qt.Key.Key_Tab)
    back = walk(page_window, Qt.Key.Key_Backtab)

    assert set(there) == set(back)
    assert len(there) == len(set(there))


def test_everything_with_focus_has_a_name_of_its_own(page_window: Window) -> None:
    page_window.main.page.take_focus()
    stops = walk(page_window, Qt.Key.Key_Tab)

    nameless = [stop for stop in stops if not name_of(stop).strip()]
    assert nameless == []
    # A combo box gives its value as its name unless it was given one.
    assert [s for s in stops if isinstance(s, QComboBox) and not s.accessibleName()] == []
    by_parent = itertools.groupby(sorted(stops, key=lambda s: id(s.parent())), lambda s: s.parent())
    for _, siblings in by_parent:
        names = [name_of(sibling) for sibling in siblings]
        assert len(names) == len(set(names)), names


def test_names_contain_the_visible_words(page_window: Window) -> None:
    for button in page_window.main.findChildren(QAbstractButton):
        if button.isVisibleTo(page_window.main) and button.text():
            visible = button.text().replace("&&", "＆").replace("&", "").replace("＆", "&")
            assert visible in name_of(button), name_of(button)


def test_rating_buttons_are_radio_buttons_whose_state_follows_the_value(today: TodayPage) -> None:
    press("3")

    for number in range(11):
        found = QAccessible.queryAccessibleInterface(today.form.rows[0].cell(number))
        assert found.role() == QAccessible.Role.RadioButton
        assert found.state().checkable
        assert bool(found.state().checked) is (number == 3)
    row = QAccessible.queryAccessibleInterface(today.form.rows[0])
    assert row.role() == QAccessible.Role.Grouping
    assert row.text(QAccessible.Text.Name) == "Fatigue, 0 no fatigue, 10 as bad as I can imagine"
    assert row.text(QAccessible.Text.Description) == "3"


@pytest.mark.parametrize("percent", [80, 100])
@pytest.mark.parametrize("page", SHOWN)
def test_targets_are_large_enough(
    open_window: Callable[..., Window], page: str, percent: int
) -> None:
    window = open_window(Settings(theme="light", text_size=percent), page)
    QTest.qWait(20)

    small = [
        (type(control).__name__, name_of(control), control.size())
        for control in controls(window.main)
        if control.width() < 24 or control.height() < 24
    ]
    assert small == []
    if page == "today":
        form = window.main.page.form
        cells = [row.cell(number) for row in form.rows for number in range(11)]
        assert all(cell.width() >= 40 and cell.height() >= 40 for cell in cells)
        assert window.main.page.footer.done.height() >= 44


def in_menus(holder: QMenuBar | QMenu) -> Iterator[QAction]:
    for action in holder.actions():
        yield action
        if action.menu() is not None:
            yield from in_menus(action.menu())


def pixels(image: QImage) -> Iterator[tuple[int, int, int]]:
    for y in range(image.height()):
        for x in range(image.width()):
            yield x, y, image.pixel(x, y)


def contrast(one: int, other: int) -> float:
    lighter, darker = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", ["light", "dark", "more_contrast"])
def test_the_focus_ring_can_be_seen(open_window: Callable[..., Window], theme: str) -> None:
    window = open_window(Settings(theme=theme))
    page = window.main.page
    for target in (page.form.rows[2].cell(0), page.footer.done, page.heading.earlier,
                   page.sleep.field, page.footer.note.editor):  # fmt: skip
        around = target.rect().adjusted(-6, -6, 6, 6)
        around.moveTopLeft(target.mapTo(window.main, QPoint(-6, -6)))
        page.footer.unwell.setFocus()
        before = window.main.grab(around).toImage()
        target.setFocus()
        after = window.main.grab(around).toImage()

        changed = [
            contrast(color, before.pixel(x, y))
            for x, y, color in pixels(after)
            if color != before.pixel(x, y)
        ]
        perimeter = 2 * (target.width() + target.height())
        assert sum(ratio >= 3 for ratio in changed) >= perimeter * 1.5, (theme, target)


@pytest.mark.parametrize("page", SHOWN)
def test_at_double_size_nothing_is_cut_and_only_down_is_scrolled(
    open_window: Callable[..., Window], page: str
) -> None:
    window = open_window(Settings(theme="light", text_size=200), page)
    window.main.resize(1280, 720)
    QTest.qWait(20)

    assert window.main.minimumSizeHint().width() <= 1280
    for widget in window.main.findChildren(QWidget):
        if not widget.isVisibleTo(window.main):
            continue
        if isinstance(widget, QLabel) and not widget.wordWrap() and not widget.pixmap():
            shown = widget.text().replace("&", "") if widget.buddy() else widget.text()
            assert widget.fontMetrics().horizontalAdvance(shown) <= widget.width(), shown
        elif isinstance(widget, QAbstractButton) and not isinstance(widget, QRadioButton):
            needed = widget.fontMetrics().horizontalAdvance(widget.text())
            assert needed <= widget.width(), widget.text()
    inner = window.main.page.widget() if hasattr(window.main.page, "widget") else None
    if inner is not None:
        assert inner.width() <= window.main.page.viewport().width()


def test_text_grows_and_returns_by_keys(window: Window, today: TodayPage) -> None:
    at_start = today.footer.done.font().pointSizeF(), today.footer.done.height()
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(5):
        press("+", modifier=control)
    assert window.session.settings.text_size == 200
    QTest.qWait(10)
    assert today.footer.done.height() >= 1.9 * at_start[1]

    press("0", modifier=control)
    QTest.qWait(10)
    assert window.session.settings.text_size == 100
    assert (today.footer.done.font().pointSizeF(), today.footer.done.height()) == at_start


def test_today_needs_no_scrolling_on_a_small_laptop(window: Window, today: TodayPage) -> None:
    for size in ((1366, 768), (1040, 720)):
        window.main.resize(*size)
        QTest.qWait(10)
        assert today.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("page", SHOWN)
def test_help_now_is_one_chord_away_in_the_same_place(
    open_window: Callable[..., Window], page: str
) -> None:
    window = open_window(page=page)
    window.main.page.take_focus()
    press("H", modifier=Qt.KeyboardModifier.ControlModifier)

    assert window.main.page.ID == "help_now"


def test_every_action_has_words_and_no_two_share_keys(page_window: Window) -> None:
    actions = list(in_menus(page_window.main.menuBar()))
    # Find… only shows the key that the page itself has.
    shown_only = Qt.ShortcutContext.WidgetShortcut
    shortcuts = [
        key.toString()
        for action in actions
        if action.shortcutContext() is not shown_only and action.isVisible()
        for key in action.shortcuts()
        if not key.isEmpty()
    ]

    assert len(actions) > 15
    assert [action for action in actions if not action.text() and not action.isSeparator()] == []
    assert len(shortcuts) == len(set(shortcuts)), shortcuts
    assert "Ctrl+Q" in shortcuts


def test_nothing_moves_by_itself(page_window: Window) -> None:
    moving = [found for found in page_window.main.findChildren(QAbstractAnimation) if found]

    assert [animation for animation in moving if animation.duration() > 150] == []


def test_arrows_in_the_list_open_pages_and_stay_there(window: Window) -> None:
    pages = window.main.navigation.list
    pages._items[0].setFocus()
    press(Qt.Key.Key_Down)

    assert SHOWN[1] == window.main.page.ID
    assert pages.has_focus()


def test_a_narrow_window_chooses_pages_in_one_field(window: Window) -> None:
    window.main.resize(800, 600)
    QTest.qWait(10)

    assert not window.main.navigation.isVisible()
    assert window.main._chooser.isVisible()
    window.main._chooser.chosen.emit("help")
    assert window.main.page.ID == "help"


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_the_titles_in_the_navigation_are_never_cut(
    open_window: Callable[..., Window], percent: int
) -> None:
    window = open_window(Settings(theme="light", text_size=percent))
    window.main.resize(2000, 1000)
    for item in window.main.navigation.list._items:
        room = item.width() - look().px(36)
        font = look().font(TYPE.label, strong=True)
        assert QFontMetrics(font).horizontalAdvance(item._words) <= room, item._words
