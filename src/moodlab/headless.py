"""The main job without a screen: the example journal, its page and two charts, as files."""

import sys
from datetime import timedelta
from pathlib import Path

from moodlab.domain.days import Period
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.report.files import save_atomically
from moodlab.report.model import build_report, choose_period, reading_for
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from moodlab.theme import DARK, LIGHT

WIDTH_PT = 600.0
CHART_DAYS = {"chart-12-weeks.png": (84, LIGHT), "chart-1-year.png": (365, DARK)}


def do_the_main_job(folder: Path) -> list[Path]:
    """Write page, text and charts of the example journal into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    journal_path = folder / "example.moodlab"
    if not journal_path.exists():
        make_example(journal_path)
    with Journal.open(journal_path, read_only=True) as journal:
        made = {**_write_page(journal), **_draw_charts(journal)}
    for name, content in made.items():
        save_atomically(folder / name, content)
    return [journal_path, *(folder / name for name in made)]


def _write_page(journal: Journal) -> dict[str, bytes]:
    from moodlab.report.pdf import write_pdf
    from moodlab.report.text import write_text

    period = choose_period(journal.today_where_last_written(), journal.events.read_events())
    diary = journal.read_diary(reading_for(period))
    model = build_report(diary, period, from_first_entry=True)
    return {"page.pdf": write_pdf(model).content, "page.txt": write_text(model).encode()}


def _draw_charts(journal: Journal) -> dict[str, bytes]:
    from moodlab.charts import ALL
    from moodlab.charts.drawing.render import to_png

    today = journal.today_where_last_written()
    chart = ALL[0]
    made = {}
    for name, (days, theme) in CHART_DAYS.items():
        period = Period.ending(today, days)
        diary = journal.read_diary(Period(period.first - timedelta(days=days), period.last))
        result = chart.read(diary, period)
        made[name] = to_png(
            WIDTH_PT,
            chart.measure(result, WIDTH_PT),
            lambda figure, result=result, theme=theme: chart.draw(figure, result, theme),  # type: ignore[misc]
        )
    return made


def main(arguments: list[str]) -> int:
    """Do the main job into the folder named first; return the exit status."""
    try:
        made = do_the_main_job(Path(arguments[0] if arguments else "out"))
    except MoodLabError as error:
        sys.stderr.write(error.sentence + "\n")
        return 1
    lines = [translate("headless", "The example journal, its page, its text and two charts:")]
    sys.stdout.write("\n".join([*lines, *(f"  {path}" for path in made)]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
