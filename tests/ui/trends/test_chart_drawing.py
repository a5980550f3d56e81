"""The window never stands still while a chart is drawn, and never shows a half-made one."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from moodlab.charts.overview import CHART
from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from moodlab.theme import DARK, LIGHT
from moodlab.ui.application import Window, make_application
from moodlab.ui.look.style import apply_look, look
from moodlab.ui.shell.course_check import SOON_MS
from moodlab.ui.trends.chart_drawing import Frame, draw_chart
from moodlab.ui.trends.chart_view import ChartView
from moodlab.ui.trends.page import TrendsPage
from moodlab.ui.trends.range_data import Wanted, read_range
from moodlab.ui.worker import Cancelled, Worker
from tests.moments import EVENING, TODAY, Clock


class Studio:
    """The real chart, with a note of who worked at it, for which size, and for how long."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.widths: list[float] = []
        self.seconds: list[float] = []
        self.chart = replace(CHART, measure=self._measure, draw=self._draw)

    def _measure(self, result, width: float) -> float:
        self.threads.add(threading.get_ident())
        self.widths.append(width)
        return CHART.measure(result, width)

    def _draw(self, figure, result, theme):
        self.threads.add(threading.get_ident())
        begun = time.perf_counter()
        paint = figure.canvas.draw

        def painted() -> None:
            self.threads.add(threading.get_ident())
            paint()
            self.seconds.append(time.perf_counter() - begun)

        figure.canvas.draw = painted
        return CHART.draw(figure, result, theme)


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Studio:
    made = Studio()
    monkeypatch.setattr("moodlab.ui.trends.page.ALL", (made.chart,))
    return made


@pytest.fixture
def open_trends(qtbot, tmp_path: Path, opened: list[Window]) -> Iterator[Callable[..., TrendsPage]]:

    def open_at(journal: Journal, **preferences) -> TrendsPage:
        settings = Settings(theme="light", **preferences)
        app = make_application(settings)
        apply_look(app, settings.theme, settings.text_size)
        window = Window(app, journal, settings, find_paths(data_dir=str(tmp_path)))
        opened.append(window)
        window.show()
        page = window.main.open_page("trends")
        wait_for_picture(qtbot, page.view)
        return page

    yield open_at
    for window in opened:
        window.main.close()
        window.close()
        window.main.deleteLater()


@pytest.fixture
def view(qtbot, example: Journal) -> Iterator[ChartView]:
    """The chart alone, drawn, 600 pixels wide."""
    apply_look(make_application(Settings(theme="light")), "light", 100)
    worker = Worker(example)
    host = QWidget()
    made = ChartView(CHART, worker)
    made.setParent(host)
    made.resize(600, made.height())
    host.resize(1200, 800)
    host.show()
    show_weeks(made, example, 84)
    wait_for_picture(qtbot, made)
    yield made
    worker.close()
    host.close()
    host.deleteLater()


def show_weeks(view: ChartView, journal: Journal, days: int) -> None:
    shown = read_range(journal, Wanted(CHART, days, None)).result
    view.show_result(shown, shown.period)


def wait_for_picture(qtbot, view: ChartView) -> None:
    qtbot.waitUntil(lambda: view.is_drawn, timeout=30_000)


def test_matplotlib_works_in_the_workers_thread_alone(
    qtbot, studio, open_trends, opened, example
) -> None:
    page = open_trends(example)
    window, session = opened[-1].main, opened[-1].session
    for change in (
        lambda: window.resize(1366, 768),
        lambda: session.prefer(theme="dark"),
        lambda: session.prefer(text_size=130),
        lambda: page.ranges.buttons[0].click(),
    ):
        before = page.view.picture
        change()
        qtbot.waitUntil(
            lambda: page.view.is_drawn and page.view.picture is not before,  # noqa: B023
            timeout=30_000,
        )
    page.view.move_cursor(TODAY)
    page.view.grab()
    assert len(studio.seconds) >= 5
    assert threading.get_ident() not in studio.threads
    assert len(studio.threads) == 1


def test_one_task_reads_and_draws_and_a_second_comes_only_with_another_size(
    qtbot, studio, open_trends, example, monkeypatch
) -> None:
    page = open_trends(example)
    # The Worker looks at the backups and the courses first.
    qtbot.wait(SOON_MS + 100)
    wait_for_picture(qtbot, page.view)
    assert len(studio.widths) == 1

    tasks, run = [], page._worker.run
    monkeypatch.setattr(
        page._worker, "run", lambda *work, **how: tasks.append(work) or run(*work, **how)
    )
    for act, count in (
        (lambda: page.ranges.buttons[0].click(), 1),
        (lambda: page.window().resize(1366, 768), 2),
    ):
        before = page.view.picture
        act()
        qtbot.waitUntil(lambda: page.view.picture is not before, timeout=30_000)  # noqa: B023
        qtbot.wait(120)
        wait_for_picture(qtbot, page.view)
        assert (len(tasks), len(studio.widths)) == (count, 1 + count)


def test_a_table_is_read_without_drawing_a_chart(qtbot, studio, open_trends, example) -> None:
    page = open_trends(example)
    page.as_table.click()
    before, drawings = page._reading, len(studio.widths)
    page.ranges.buttons[0].click()
    qtbot.waitUntil(lambda: page._reading is not before, timeout=30_000)
    qtbot.wait(120)
    assert len(studio.widths) == drawings
    page.as_table.click()
    qtbot.waitUntil(lambda: len(page.view.picture.period) == 28, timeout=30_000)


def test_the_window_stays_awake_while_ten_years_are_drawn(
    qtbot, studio, open_trends, tmp_path: Path
) -> None:
    path = tmp_path / "ten.moodlab"
    make_example(path, 10, clock=Clock(EVENING))
    beats = [time.perf_counter()]
    beat = QTimer()
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    with Journal.open(path, clock=Clock(EVENING)) as journal:
        page = open_trends(journal, chart_range="4 weeks")
        beat.start(5)
        beats[:] = [time.perf_counter()]
        page.ranges.buttons[4].click()
        qtbot.waitUntil(lambda: "of 28 days" not in page.subtitle.text(), timeout=30_000)
        wait_for_picture(qtbot, page.view)
        beat.stop()
    longest = max(late - early for early, late in pairwise(beats))
    # A ratio, because both grow on a busy machine: drawn here, it would be more than 1.
    assert longest < studio.seconds[-1] * 0.8


def test_the_old_picture_stays_until_the_new_one_is_there(qtbot, view, example) -> None:
    old = view.picture
    height = view.height()
    seen = set()

    def look_closely() -> None:
        seen.add((id(view.picture), view.height()))
        assert view.grab().toImage().pixelColor(5, 5).name().upper() == LIGHT.window

    show_weeks(view, example, 28)
    while not view.is_drawn:
        look_closely()
        qtbot.wait(5)
    assert (id(old), height) in seen
    assert view.picture is not old
    assert len(view.picture.period) == 28


def test_only_the_newest_of_two_wishes_is_shown(qtbot, view, example) -> None:
    shown = []
    show_weeks(view, example, 28)
    show_weeks(view, example, 183)
    while not view.is_drawn:
        shown.append(len(view.picture.period))
        qtbot.wait(5)
    assert set(shown) <= {84}
    assert len(view.picture.period) == 183


def test_a_drag_of_the_windows_edge_is_drawn_when_it_rests(qtbot, studio, open_trends, example):
    page = open_trends(example)
    qtbot.wait(120)
    wait_for_picture(qtbot, page.view)
    before = len(studio.widths)
    for width in range(1040, 1240, 20):
        page.window().resize(width, 720)
        qtbot.wait(5)
    qtbot.waitUntil(lambda: page.view.is_drawn, timeout=30_000)
    assert page.view.picture.width == page.view.width()
    assert len(studio.widths) - before < 5


def test_a_day_keeps_its_place_on_a_picture_of_another_width(qtbot, view, example) -> None:
    view.move_cursor(view.picture.period.first)
    left = view._cursor_x() / view.width()
    view.resize(900, view.height())
    assert view.picture.width == 600
    assert view._cursor_x() / view.width() == pytest.approx(left)
    wait_for_picture(qtbot, view)
    assert view.picture.width == 900
    assert view._cursor_x() / view.width() < left  # the column beside the panels keeps its width


def test_the_same_look_is_not_drawn_again(qtbot, studio, open_trends, example) -> None:
    page = open_trends(example)
    qtbot.wait(120)
    wait_for_picture(qtbot, page.view)
    picture = page.view.picture
    page.as_table.click()
    page.as_table.click()
    page.window().open_page("today")
    page.window().open_page("trends")
    qtbot.wait(120)
    wait_for_picture(qtbot, page.view)
    assert page.view.picture is picture


def test_a_finer_screen_gets_a_finer_picture(example: Journal) -> None:
    shown = read_range(example, Wanted(CHART, 84, None)).result
    frames = [Frame(600, ratio, 1.0, theme) for ratio, theme in ((1.0, LIGHT), (2.0, DARK))]
    one, two = (draw_chart(CHART, shown, shown.period, each, lambda *_: None) for each in frames)
    assert (one.width, one.height) == (two.width, two.height)
    assert (one.image.width(), one.image.height()) == (600, one.height)
    assert (two.image.width(), two.image.height()) == (1200, 2 * one.height)
    assert two.image.deviceIndependentSize().toSize() == one.image.size()
    assert two.image.pixelColor(2, 2).name().upper() == DARK.window
    assert two.drawn.left == pytest.approx(one.drawn.left)


def test_a_cancelled_drawing_ends_before_it_is_painted(example: Journal, studio) -> None:
    shown = read_range(example, Wanted(CHART, 84, None)).result

    def stop(_done: int, _total: int) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        draw_chart(studio.chart, shown, shown.period, Frame(600, 1.0, 1.0, look().theme), stop)
    assert studio.seconds == []
