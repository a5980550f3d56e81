"""One durable save against its floor: the same rows inserted through the raw driver.

    python bench/save.py [SAVES]

Both write to the same folder with the same settings of the same engine, by turns, so that a slow
moment of the disk meets both. The floor is one INSERT and COMMIT of the rating's row; the journal
also keeps the change and the step it belongs to. Budget: 1.5 times.
"""

import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from moodlab.store.file.engine import Connection, connect
from moodlab.store.journal import Journal

BUDGET = 1.5
FIRST_DAY = date(1950, 1, 1)

RATING = (
    "INSERT INTO rating (day, metric, value_thousandths, state, source, recorded_at,"
    " offset_minutes, recorded_day) VALUES (?, 'mood', 3000, 'value', 'manual', ?, 0, ?)"
)
MOMENT = "2026-01-01T00:00:00.000Z"


def save_raw(connection: Connection, day: date) -> float:
    """Return the seconds of one insert with its commit."""
    text = day.isoformat()
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(RATING, (text, MOMENT, text))
    connection.execute("COMMIT")
    return time.perf_counter() - begun


def save_in_journal(journal: Journal, day: date) -> float:
    """Return the seconds of one rating that is durable."""
    begun = time.perf_counter()
    journal.days.rate(day, "mood", 3000)
    return time.perf_counter() - begun


def main() -> int:
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        floor_path, path = Path(folder) / "floor.moodlab", Path(folder) / "journal.moodlab"
        Journal.create(floor_path).close()
        raw = connect(floor_path)
        journal = Journal.create(path)
        floor, ours = [], []
        for number in range(saves):
            day = FIRST_DAY + timedelta(days=number)
            floor.append(save_raw(raw, day))
            ours.append(save_in_journal(journal, day))
        raw.close()
        journal.close()
    low, high = statistics.median(floor), statistics.median(ours)
    print(f"floor {low * 1000:.3f} ms, journal {high * 1000:.3f} ms, medians of {saves} saves")
    print(f"ratio {high / low:.2f}, budget {BUDGET}")
    return 0 if high / low <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
