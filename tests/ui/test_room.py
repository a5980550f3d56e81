"""Every page fits every screen: whatever is outside of what is seen can be scrolled to."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.main_window import MainWindow
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY
from tests.ui.conftest import SHOWN, press
from tests.ui.journal_contents import fill_over, fill_usually
from tests.ui.waiting import wait_until

SEEN = (QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
BARS = 40  # what the system keeps of a screen's height
SCREENS = ((1366, 768), (1280, 720))
SCALES = (1.0, 1.5, 2.0)
TEXT_SIZES = (80, 130, 200)


def outside(page: QWidget) -> Iterator[str]:
    """What is cut off in `page`, though it can't be scrolled to."""
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, SEEN) or not widget.isVisibleTo(page):
            continue
        if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
            continue
        if not can_be_seen(widget, page):
            name = widget.accessibleName() or getattr(widget, "text", str)()
            yield f"{name} in {type(widget.parentWidget()).__name__}"


def can_be_seen(widget: QWidget, page: QWidget) -> bool:
    area, at = widget.rect(), widget
    while at is not page:
        within = at.parentWidget()
        area.translate(at.pos())
        scrolls = within.parentWidget()
        if isinstance(scrolls, QAbstractScrollArea) and scrolls.viewport() is within:
            across, down = scrolls.horizontalScrollBar(), scrolls.verticalScrollBar()
            never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            right = across.maximum() * (scrolls.horizontalScrollBarPolicy() is not never)
            reach = QRect(-across.value(), -down.value(), within.width() + right,
                          within.height() + down.maximum())  # fmt: skip
            if not reach.contains(area):
                return False
            # As if it were scrolled to: it takes as much of the viewport as there is.
            area = QRect(QPoint(0, 0), area.size().boundedTo(within.size()))
        elif not within.rect().contains(area):
            return False
        at = within
    return True


def settle(main: MainWindow) -> None:
    """Let a change of size reach what is innermost."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QTest.qWait(1)


@pytest.mark.parametrize("fill", [fill_usually, fill_over])
@pytest.mark.parametrize("page_id", SHOWN)
def test_whatever_is_outside_can_be_scrolled_to(
    open_window: Callable[..., Window],
    journal: Journal,
    page_id: str,
    fill: Callable[[Journal], None],
) -> None:
    fill(journal)
    journal.close()
    window = open_window(page=page_id)
    main = window.main
    wait_until(lambda: window.worker.is_idle)

    cut = {}
    for percent in TEXT_SIZES:
        window.session.prefer(text_size=percent)
        for width, height in SCREENS:
            for scale in SCALES:
                size = round(width / scale), round((height - BARS) / scale)
                main.resize(*size)
                settle(main)
                assert main.size().toTuple() == size
                if found := list(outside(main)):
                    cut[percent, size] = found

    assert cut == {}


@pytest.mark.parametrize("page_id", SHOWN)
def test_a_page_is_as_it_was_after_large_text(
    open_window: Callable[..., Window], page_id: str
) -> None:
    main = open_window(page=page_id).main
    main.resize(1366, 768)
    settle(main)
    before = main.page.inner.width(), main.page.inner.minimumSizeHint().width()
    for _ in range(4):
        press("+", modifier=Qt.KeyboardModifier.ControlModifier)
        settle(main)
    press("0", modifier=Qt.KeyboardModifier.ControlModifier)
    settle(main)

    assert (main.page.inner.width(), main.page.inner.minimumSizeHint().width()) == before


@pytest.mark.parametrize(
    ("more", "percent", "size"),
    [
        ((), 100, (1040, 720)),
        (("stress", "pain"), 100, (1040, 720)),
        (("stress", "pain"), 100, (1366, 728)),
        ((), 115, (1040, 720)),
        ((), 115, (1366, 728)),
    ],
)
def test_a_day_fits_the_window_with_a_bar_above_it(
    open_window: Callable[..., Window],
    journal: Journal,
    more: tuple[str, ...],
    percent: int,
    size: tuple[int, int],
) -> None:
    for metric in ("mood", *more):
        journal.days.rate(TODAY, metric, 3000)
    journal.close()
    main = open_window(Settings(theme="light", text_size=percent)).main
    main.bars.tell("Example data: none of it is yours.")
    main.resize(*size)
    settle(main)

    assert len(main.page.form.rows) == 7 + len(more)
    assert main.page.verticalScrollBar().maximum() == 0
    assert list(outside(main)) == []


def test_where_a_day_does_not_fit_its_title_is_seen_first(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    for metric in (
        "fatigue",
        "brain_fog",
        "sleep",
        "mood",
        "motivation",
        "pleasure",
        "functioning",
    ):
        journal.days.rate(TODAY, metric, 3000)
    journal.close()
    main = open_window(Settings(theme="light", text_size=200)).main
    main.resize(1280, 680)
    settle(main)
    today = main.open_page("labs") and main.open_page("today")
    settle(main)

    assert today.verticalScrollBar().maximum() > 0
    assert today.footer.done.hasFocus()
    assert today.verticalScrollBar().value() == 0


@pytest.mark.parametrize("room", [(911, 472), (960, 500), (640, 320)])
def test_the_first_window_fits_its_screen(
    open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, room: tuple[int, int]
) -> None:
    for module in ("moodlab.ui.shell.first_size", "moodlab.ui.main_window"):
        monkeypatch.setattr(f"{module}.room_for", lambda _window: QSize(*room))

    main = open_window().main
    screen = StartScreen("Hello")

    assert main.size().toTuple() == room
    assert screen.size().toTuple() == room
    screen.deleteLater()


def test_on_a_wide_screen_a_page_stands_in_the_middle_and_done_at_its_rows(
    open_window: Callable[..., Window],
) -> None:
    main = open_window().main
    main.resize(1920, 1040)
    settle(main)
    today: TodayPage = main.page

    left = today.title.mapTo(today, QPoint(0, 0)).x()
    right = today.width() - today.form.mapTo(today, QPoint(0, 0)).x() - today.form.width()
    assert left > today.width() // 6
    assert abs(left - right) < today.width() // 8
    foot = today.form.mapTo(today, QPoint(0, today.form.height())).y()
    assert today.footer.done.mapTo(today, QPoint(0, 0)).y() - foot < 60
    lefts = set()
    for page_id in ("today", "labs", "safety", "help", "help_now"):
        page = main.open_page(page_id)
        settle(main)
        lefts.add(page.title.mapTo(page, QPoint(0, 0)).x())
    assert len(lefts) == 1
