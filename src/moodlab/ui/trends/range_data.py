"""Reads a range of days for Trends, and writes the line above the chart."""

from dataclasses import dataclass
from datetime import date, timedelta

from moodlab.analysis.overview import Overview
from moodlab.analysis.series import since_first_entry
from moodlab.charts import overview
from moodlab.charts.chart import Table
from moodlab.charts.words import span_words
from moodlab.charts.writing import writing
from moodlab.domain.days import EARLIEST_DAY, Period, short_date
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.look.conventions import decimal_text

RANGES = (("4 weeks", 28), ("12 weeks", 84), ("6 months", 183), ("1 year", 365), ("All", 0))
DEFAULT_RANGE = 1
SHORTEST_ALL = 28
# The comparison with the 28 days before the last 28 looks back this far.
LOOKS_BACK = 56
FIRST_PICTURE_DAYS = 7
# What lies further back from the rest is likelier a slip, and would make a speck of it.
LONGEST_SILENCE = 3653
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class RangeData:
    """What the Worker brings back: the overview, as a table too, the first and the present day.

    `far` are the days with entries, and those of draws, that "All" leaves out.
    """

    overview: Overview
    table: Table
    begins: date | None
    today: date
    far: tuple[date, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the journal has no entry, now or on any other day."""
        return self.begins is None and self.overview.is_empty


def read_range(journal: Journal, days: int, last: date | None) -> RangeData:
    """Read the overview of `days` days (0: all) up to `last`, or up to today where that is None."""
    today = journal.today()
    span = journal.days.rated_span()
    begins = max(span[0], EARLIEST_DAY) if span else None
    far: tuple[date, ...] = ()
    if days:
        period = Period.ending(last or today, days)
    else:
        period, far = _all_days(journal, today)
    back = Period(min(period.first, period.last - timedelta(days=LOOKS_BACK)), period.last)
    diary = journal.read_diary(back, proves_rows=False)
    period = since_first_entry(diary, period)
    shown = overview.CHART.read(diary, period)
    with writing(decimal_text):
        table = overview.CHART.tabulate(shown)
    return RangeData(shown, table, begins, today, far)


def _all_days(journal: Journal, today: date) -> tuple[Period, tuple[date, ...]]:
    """Return the period with all that is near the rest, and the days that lie far off or ahead."""
    drawn = {result.collected for result in journal.labs.read_all()}
    held = sorted({*journal.days.held_days(), *drawn})
    first = today
    for day in reversed(held):
        if day <= today and (day < EARLIEST_DAY or (first - day).days > LONGEST_SILENCE):
            break
        first = min(first, day)
    period = Period(min(first, today - timedelta(days=SHORTEST_ALL - 1)), today)
    return period, tuple(day for day in held if day not in period)


def subtitle(shown: Overview) -> str:
    """Return ``13 August to 4 November · 65 of 84 days, 58 same-day``."""
    coverage = shown.coverage
    text = translate("trends", "{span} · {n} of {days} days, {same} same-day").format(
        span=span_words(shown.period),
        n=coverage.days_with_rating,
        days=coverage.days,
        same=coverage.same_day,
    )
    if coverage.unknown:
        text += translate("trends", ", {n} at an unknown time").format(n=coverage.unknown)
    if shown.binning is None:
        return text
    boxes = (
        translate("trends", "one box per week")
        if shown.binning.name == "week"
        else translate("trends", "one box per month")
    )
    return f"{text} · {boxes}"


def advice(reading: RangeData) -> str:
    """Return the sentence of an empty journal, or of one with a first few days."""
    if reading.far:
        return translate(
            "trends", "Not drawn, as too far from the rest: {days}. Open the day to look at it."
        ).format(days=_far_words(reading.far))
    few = translate(
        "trends",
        "Two weeks of entries give a first picture. Three days a week are enough.",
    )
    if reading.is_empty:
        return translate("trends", "No entries yet. {few}").format(few=few)
    return few if reading.overview.coverage.days_with_rating < FIRST_PICTURE_DAYS else ""


def _far_words(far: tuple[date, ...]) -> str:
    listed = ", ".join(short_date(day) for day in far[:MOST_NAMED])
    if len(far) <= MOST_NAMED:
        return listed
    return translate("trends", "{days} and {n} more").format(days=listed, n=len(far) - MOST_NAMED)


def range_words(name: str) -> str:
    """Return a range's name in the chosen language."""
    return {
        "4 weeks": translate("trends", "4 weeks"),
        "12 weeks": translate("trends", "12 weeks"),
        "6 months": translate("trends", "6 months"),
        "1 year": translate("trends", "1 year"),
        "All": translate("trends", "All"),
    }[name]


def range_number(name: str) -> int:
    """Return the place of a stored range's name; 12 weeks for one that is not known."""
    names = [known for known, _ in RANGES]
    return names.index(name) if name in names else DEFAULT_RANGE
