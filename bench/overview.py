"""The overview against bare matplotlib drawing the same marks, a cursor step, 30 years against 1,
and how long the window stands still while ten years are drawn.

    python bench/overview.py [--runs N]

Redraw: all metrics over ten years, all of it shown. The floor puts the same collections, lines and
texts with as many vertices on as many stock axes. Cursor: from one key press to its repaint.
Growth: the default 12 weeks read from the journal, computed and drawn, for 30 years and for 1.
Still: the longest pause between two beats of a timer while Trends is opened for the first time,
made wider and dressed in another theme. The kinds alternate, so that a busy machine slows all of
them. Budgets: 1.3 times, 16 ms, 1.2 times, 100 ms.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: TID253 - measured here
from matplotlib.collections import (  # noqa: TID253 - measured here
    LineCollection,
    PolyCollection,
)
from matplotlib.figure import Figure  # noqa: TID253 - measured here

from moodlab.analysis.overview import Overview
from moodlab.charts.drawing.render import new_figure
from moodlab.charts.overview import CHART
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from moodlab.theme import LIGHT

WIDTH = 576.0
REDRAW_BUDGET, CURSOR_BUDGET_MS, GROWTH_BUDGET, STILL_BUDGET_MS = 1.3, 16.0, 1.2, 100.0
BEAT_MS = 5


def draw_ours(overview: Overview) -> Figure:
    figure = new_figure(WIDTH, CHART.measure(overview, WIDTH))
    canvas = FigureCanvasAgg(figure)
    CHART.draw(figure, overview, LIGHT)
    canvas.draw()
    return figure


def draw_bare(model: Figure) -> None:
    """Draw what `model` holds, with stock axes and no thought."""
    figure = Figure(figsize=model.get_size_inches(), dpi=model.dpi)
    canvas = FigureCanvasAgg(figure)
    for axes, source in zip(
        figure.subplots(len(model.axes), 1, sharex=True), model.axes, strict=True
    ):
        for line in source.lines:
            axes.plot(
                line.get_xdata(), line.get_ydata(), linestyle=line.get_linestyle(),
                marker=line.get_marker(), markersize=line.get_markersize(),
            )  # fmt: skip
        for drawn in source.collections:
            if isinstance(drawn, LineCollection):
                axes.add_collection(LineCollection(drawn.get_segments()))
            else:
                outlines = [path.vertices for path in drawn.get_paths()]
                axes.add_collection(PolyCollection(outlines))
        for text in source.texts:
            axes.text(*text.get_position(), text.get_text(), fontsize=text.get_fontsize())
        axes.set_ylim(source.get_ylim())
        axes.set_xlim(source.get_xlim())
    for text in model.texts:
        figure.text(*text.get_position(), text.get_text(), fontsize=text.get_fontsize())
    canvas.draw()


def alternate(runs: int, *kinds: Callable[[], object]) -> list[float]:
    """Run the kinds by turns; return the median milliseconds of each."""
    spent: list[list[float]] = [[] for _ in kinds]
    for number in range(runs + 1):
        for kind, times in zip(kinds, spent, strict=True):
            begun = time.perf_counter()
            kind()
            if number:  # the first turn fills caches
                times.append((time.perf_counter() - begun) * 1000)
    return [statistics.median(times) for times in spent]


def measure_redraw(journal: Journal, runs: int) -> float:
    from moodlab.charts.overview import CHART
    from moodlab.ui.trends.range_data import Wanted, read_range

    overview = read_range(journal, Wanted(CHART, 0, None)).result
    model = draw_ours(overview)
    marks = sum(len(line.get_xdata()) for axes in model.axes for line in axes.lines)
    ours, bare = alternate(runs, lambda: draw_ours(overview), lambda: draw_bare(model))
    print(
        f"redraw  {len(overview.period)} days, {marks} points: ours {ours:.0f} ms,"
        f" bare {bare:.0f} ms, ratio {ours / bare:.2f}"
    )
    return ours / bare


def measure_cursor(journal: Journal, runs: int) -> float:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtTest import QTest

    from moodlab.charts.overview import CHART
    from moodlab.settings import Settings
    from moodlab.ui.application import make_application
    from moodlab.ui.trends.chart_view import ChartView
    from moodlab.ui.trends.range_data import Wanted, read_range
    from moodlab.ui.worker import Worker

    app = make_application(Settings())
    worker = Worker(journal)
    view = ChartView(CHART, worker)
    view.resize(768, 1000)
    view.show()
    overview = read_range(journal, Wanted(CHART, 0, None)).result
    view.show_result(overview, overview.period)
    wait_until(lambda: view.is_drawn)

    def step() -> None:
        QTest.keyClick(view, Qt.Key.Key_Left)
        view.read_cursor()
        app.processEvents()

    (spent,) = alternate(max(runs * 10, 50), step)
    view.deleteLater()
    app.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    worker.close()
    print(f"cursor  one step with its repaint: {spent:.1f} ms")
    return spent


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let events come until `is_so`; the Worker's thread runs meanwhile."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    look.start(10)
    loop.exec()


def measure_still(path: Path) -> float:
    from PySide6.QtCore import QTimer

    from moodlab.paths import find_paths
    from moodlab.settings import Settings
    from moodlab.ui.application import Window, make_application

    settings = Settings(theme="light", chart_range="All")
    app = make_application(settings)
    window = Window(app, Journal.open(path), settings, find_paths(data_dir=str(path.parent)))
    window.show()
    app.processEvents()
    beats: list[float] = []
    beat = QTimer()
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    beat.start(BEAT_MS)
    longest = {}
    rest = time.perf_counter() + 1
    wait_until(lambda: time.perf_counter() > rest)
    idle = max(late - early for early, late in pairwise(beats)) * 1000
    for name, act in (
        ("opened", lambda: window.main.open_page("trends")),
        ("widened", lambda: window.main.resize(1366, 768)),
        ("in dark", lambda: window.session.prefer(theme="dark")),
    ):
        beats[:] = [time.perf_counter()]
        act()
        wait_until(lambda: len(beats) > 1 and window.main.page.view.is_drawn)
        pauses = [late - early for early, late in pairwise(beats)]
        longest[name] = max(pauses) * 1000
    window.main.close()
    window.close()
    told = ", ".join(f"{name} {spent:.0f} ms" for name, spent in longest.items())
    print(f"still   longest pause while ten years are {told}; without work {idle:.0f} ms")
    return max(longest.values())


def measure_growth(young: Journal, old: Journal, runs: int) -> float:
    from moodlab.charts.overview import CHART
    from moodlab.ui.trends.range_data import Wanted, read_range

    one, thirty = alternate(
        runs,
        lambda: draw_ours(read_range(young, Wanted(CHART, 84, None)).result),
        lambda: draw_ours(read_range(old, Wanted(CHART, 84, None)).result),
    )
    print(
        f"growth  12 weeks of 1 year {one:.0f} ms, of 30 years {thirty:.0f} ms,"
        f" ratio {thirty / one:.2f}"
    )
    return thirty / one


def main() -> int:
    """Measure, print, and fail when a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        journals = {}
        for years in (1, 10, 30):
            path = Path(folder) / f"{years}.moodlab"
            make_example(path, years, 1)
            journals[years] = Journal.open(path)
        is_kept = measure_still(Path(folder) / "10.moodlab") <= STILL_BUDGET_MS
        is_kept &= measure_redraw(journals[10], runs) <= REDRAW_BUDGET
        is_kept &= measure_cursor(journals[10], runs) <= CURSOR_BUDGET_MS
        is_kept &= measure_growth(journals[1], journals[30], runs) <= GROWTH_BUDGET
        for journal in journals.values():
            journal.close()
    print(
        f"budgets {REDRAW_BUDGET}, {CURSOR_BUDGET_MS:.0f} ms, {GROWTH_BUDGET},"
        f" {STILL_BUDGET_MS:.0f} ms:"
        f" {'kept' if is_kept else 'exceeded'}"
    )
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
