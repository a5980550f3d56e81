"""Reads a range of days for a chart in Trends, and writes the line above it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from moodlab.analysis.coverage import Coverage, measure_coverage
from moodlab.analysis.series import since_first_entry
from moodlab.analysis.smoothing import bin_rule
from moodlab.charts.chart import Chart, Subject, Table
from moodlab.charts.words import span_words
from moodlab.charts.writing import writing
from moodlab.domain.days import EARLIEST_DAY, Period, short_date
from moodlab.domain.diary import Diary
from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.look.conventions import decimal_text

RANGES = (("4 weeks", 28), ("12 weeks", 84), ("6 months", 183), ("1 year", 365), ("All", 0))
DEFAULT_RANGE = 1
SHORTEST_ALL = 28
FIRST_PICTURE_DAYS = 7
# What lies further back from the rest is likelier a slip, and would make a speck of it.
LONGEST_SILENCE = 3653
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a chart is made of: `days` days (0: all) up to `last`, None for up to today.

    `subject` is the id of what the chart is about, or what was typed for it (`is_typed`).
    """

    chart: Chart
    days: int
    last: date | None
    subject: str = ""
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class RangeData:
    """What the Worker brings back: a chart's result, as a table too, the first and present day.

    `subjects` are what the chart can be about, `subject` what it is about; `result` is None where
    there is none, or where what was typed can't be understood (`trouble`). `far` are the days with
    entries, and those of draws, that "All" leaves out.
    """

    result: Any
    period: Period
    coverage: Coverage
    table: Table
    begins: date | None
    today: date
    holds_anything: bool
    subjects: tuple[Subject, ...] = ()
    subject: Subject | None = None
    trouble: str = ""
    far: tuple[date, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the journal has no entry, now or on any other day."""
        return self.begins is None and not self.holds_anything


def read_range(journal: Journal, wanted: Wanted) -> RangeData:
    """Read what a chart shows of a range of days."""
    chart = wanted.chart
    today = journal.today()
    span = journal.days.rated_span()
    begins = max(span[0], EARLIEST_DAY) if span else None
    far: tuple[date, ...] = ()
    if wanted.days:
        period = Period.ending(wanted.last or today, wanted.days)
    else:
        period, far = _all_days(journal, today)
    diary = journal.read_diary(_reach(chart, period, begins), proves_rows=False)
    period = since_first_entry(diary, period)
    subjects = chart.asked.offer(diary, today) if chart.asked else ()
    result, subject, trouble = None, None, ""
    try:
        subject = find_subject(wanted, subjects, diary, today)
    except Refused as error:
        trouble = error.sentence
    if subject is not None or not chart.asked:
        result = chart.read_subject(diary, period, subject.id if subject else "")
    with writing(decimal_text):
        table = chart.tabulate(result) if result is not None else Table((), ())
    return RangeData(
        result=result,
        period=period,
        coverage=measure_coverage(diary, period),
        table=table,
        begins=begins,
        today=today,
        holds_anything=bool(diary.labs or diary.treatments or diary.events),
        subjects=subjects,
        subject=subject,
        trouble=trouble,
        far=far,
    )


def find_subject(
    wanted: Wanted, subjects: tuple[Subject, ...], diary: Diary, today: date
) -> Subject | None:
    """Return what the chart is about: what was asked for, or else the first that is offered.

    Raises Refused for a typed text that can't be understood.
    """
    asked = wanted.chart.asked
    if asked is None:
        return None
    if wanted.subject and asked.read is not None and wanted.is_typed:
        return asked.read(wanted.subject, diary, today)
    known = next((each for each in subjects if each.id == wanted.subject), None)
    if known is None and wanted.subject and asked.read is not None:
        return asked.read(wanted.subject, diary, today)
    return known or asked.usual(subjects, today)


def _reach(chart: Chart, period: Period, begins: date | None) -> Period:
    """Return the days of which the chart needs to know: its period, or more before it."""
    if chart.days_back is None:
        first = min(begins or period.first, period.first)
    else:
        back = max(chart.days_back, 2 * len(period) if chart.asked else 0)
        first = max(date.min, period.last - timedelta(days=min(back, period.last.toordinal() - 1)))
    return Period(min(period.first, first), period.last)


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


def subtitle(chart: Chart, reading: RangeData) -> str:
    """Return ``13 August to 4 November · 65 of 84 days, 58 same-day``."""
    coverage = reading.coverage
    if not chart.follows_range:
        return ""
    text = translate("trends", "{span} · {n} of {days} days, {same} same-day").format(
        span=span_words(reading.period),
        n=coverage.days_with_rating,
        days=coverage.days,
        same=coverage.same_day,
    )
    if coverage.unknown:
        text += translate("trends", ", {n} at an unknown time").format(n=coverage.unknown)
    rule = bin_rule(len(reading.period))
    if rule is None:
        return text
    boxes = (
        translate("trends", "one box per week")
        if rule.name == "week"
        else translate("trends", "one box per month")
    )
    return f"{text} · {boxes}"


def advice(chart: Chart, reading: RangeData) -> str:
    """Return what is said instead of a chart, or above one of a first few days."""
    few = translate(
        "trends",
        "Two weeks of entries give a first picture. Three days a week are enough.",
    )
    if reading.is_empty:
        return translate("trends", "No entries yet. {few}").format(few=few)
    if reading.trouble:
        return reading.trouble
    if reading.result is None:
        return translate("trends", "There is nothing in the journal yet for this chart.")
    if reason := chart.explain_empty(reading.result):
        return reason
    if not chart.follows_range:
        return ""
    if reading.far:
        return translate(
            "trends", "Not drawn, as too far from the rest: {days}. Open the day to look at it."
        ).format(days=_far_words(reading.far))
    return few if reading.coverage.days_with_rating < FIRST_PICTURE_DAYS else ""


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
