"""The 28 days before and after a day that the person picks, side by side."""

from collections.abc import Iterator, Sequence
from datetime import date

from moodlab.analysis.comparison import AROUND_DAYS as DAYS
from moodlab.analysis.comparison import Comparison, compare_around
from moodlab.charts.chart import ALL_DAYS, Asked, Chart, Subject
from moodlab.charts.comparison import (
    describe_comparison,
    draw_comparison,
    explain_few_days,
    measure_comparison,
    tabulate_comparison,
)
from moodlab.domain.days import ONE_DAY, Period, short_date
from moodlab.domain.diary import Diary
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

MOST_OFFERED = 60


def _days(diary: Diary) -> Iterator[tuple[date, str]]:
    """Yield the days on which something began or ended, with what it was."""
    for treatment in diary.treatments:
        for dose in treatment.doses:
            yield dose.first_day, f"{treatment.name} {dose.text}".strip()
        if treatment.last_day is not None:
            ended = translate("chart", "{treatment} stopped").format(treatment=treatment.name)
            yield treatment.last_day + ONE_DAY, ended
    for event in diary.events:
        yield event.first_day, event.words
    for result in diary.labs:
        drawn = translate("chart", "blood drawn: {test}").format(test=result.label)
        yield result.collected, drawn


def offer(diary: Diary, today: date) -> tuple[Subject, ...]:
    """Offer dose steps, ends, events and draws, the newest first."""
    named: dict[date, list[str]] = {}
    for day, what in _days(diary):
        if day <= today and what not in named.setdefault(day, []):
            named[day].append(what)
    return tuple(
        Subject(day.isoformat(), f"{short_date(day)}: {', '.join(named[day])}")
        for day in sorted(named, reverse=True)[:MOST_OFFERED]
    )


def usual(offered: Sequence[Subject], today: date) -> Subject | None:
    """Return the newest day with all the days after it, or else the newest."""
    complete = (each for each in offered if (today - date.fromisoformat(each.id)).days >= DAYS)
    return next(complete, next(iter(offered), None))


def read_typed(text: str, _diary: Diary, today: date) -> Subject:
    """Read a day. Raises Refused for anything else."""
    day = parse_typed_day(text, today)
    return Subject(day.isoformat(), short_date(day))


def read(diary: Diary, _period: Period, subject: str) -> Comparison:
    """Compare the 28 days on both sides of the day that `subject` names."""
    return compare_around(diary, date.fromisoformat(subject))


CHART = Chart(
    id="around",
    name=QT_TRANSLATE_NOOP("chart", "Around a date"),
    title=QT_TRANSLATE_NOOP("chart", "What was it like before and after?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "The 28 days before the date are outlined, the 28 from that day on are filled. Each column"
        " says on how many days that number was given. The diamond is the middle value, the bar the"
        " middle half. Each side needs twelve days with a value. Nothing here shows a cause.",
    ),
    read=read,
    measure=measure_comparison,
    draw=draw_comparison,
    describe=describe_comparison,
    read_day=lambda comparison, _day: describe_comparison(comparison),
    tabulate=tabulate_comparison,
    asked=Asked(QT_TRANSLATE_NOOP("chart", "Date"), offer, read_typed, "3 Nov", usual),
    explain_empty=explain_few_days,
    days_back=ALL_DAYS,
    follows_range=False,
)
