"""The page from a ten-year journal against drawing its panels and one typst compilation alone.

    python bench/page.py [--runs N]

Ours: from the open journal to the bytes of the PDF (read, reckon, measure, draw, set).
The floor: the same panels drawn by matplotlib and the finished document compiled once. Each run has
a period of its own, so that nothing is remembered from the run before; the kinds alternate. Budget:
1.5 times.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from moodlab.charts.page import LABS_HEIGHT, draw_panels
from moodlab.domain.days import Period
from moodlab.report import pdf
from moodlab.report.model import ReportModel, build_report, reading_for
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal

BUDGET = 1.5
PANEL_HEIGHT = 15.0
YEARS = 10


def read(journal: Journal, ago: int) -> ReportModel:
    period = Period.ending(journal.today() - timedelta(days=ago), 84)
    return build_report(journal.read_diary(reading_for(period)), period)


def measure(journal: Journal, runs: int) -> tuple[float, float]:
    """Return the median milliseconds of ours and of the floor."""
    ours, floor = [], []
    for run in range(runs + 1):
        begun = time.perf_counter()
        pdf.write_pdf(read(journal, 2 * run))
        ours.append((time.perf_counter() - begun) * 1000)

        model = read(journal, 2 * run + 1)
        document = pdf.typeset(model)
        metrics = frozenset(row.id for row in document.page.rows)
        begun = time.perf_counter()
        draw_panels(model.overview, metrics, PANEL_HEIGHT, LABS_HEIGHT)
        document.to_pdf()
        floor.append((time.perf_counter() - begun) * 1000)
    # The first turn imports and fills caches.
    return statistics.median(ours[1:]), statistics.median(floor[1:])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.moodlab"
        make_example(path, years=YEARS)
        with Journal.open(path) as journal:
            ours, floor = measure(journal, runs)
    print(
        f"page    {YEARS} years: ours {ours:.0f} ms, floor {floor:.0f} ms, ratio {ours / floor:.2f}"
    )
    return int(ours / floor > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
