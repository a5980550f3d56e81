"""What Today shows of one day, read in one go, and the words around it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from moodlab.domain.days import EARLIEST_DAY, ONE_DAY, WEEKDAYS, Period, brief_date, long_date
from moodlab.domain.metrics import SLEEP_HOURS, THOUSAND, Every, Metric, TrackedMetric
from moodlab.domain.ratings import Answer, DayRecord, DayState, Rating, answer_text
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.look.conventions import clock_text, decimal_text

if TYPE_CHECKING:
    from moodlab.domain.tracking.pauses import Pause

QUIET_DAYS = 3


class DaySheet(NamedTuple):
    """One day as the journal has it.

    `today` is the journal day that it is now, `latest` the newest day that may be rated (after
    midnight the calendar is ahead), `reach` the newest that may be opened: a day to come may hold
    something, such as after the clock was wrong. `metrics` are those asked on the day, `short` the
    ids of the short version's; hours asleep stand with the sleep that they are about. `pause` is
    the one that runs.
    """

    day: date
    today: date
    latest: date
    reach: date
    metrics: tuple[Metric, ...]
    answers: Mapping[str, Answer]
    sleep_minutes: int | None
    record: DayRecord
    saved_at: datetime | None
    short: frozenset[str]
    pause: "Pause | None"

    @property
    def is_unwell(self) -> bool:
        """Whether the day is marked too unwell to log."""
        return self.record.state is DayState.UNWELL

    def metrics_in(self, *, short: bool) -> tuple[Metric, ...]:
        """Return the ratings to show: all, or the short version's."""
        if not short:
            return self.metrics
        return tuple(metric for metric in self.metrics if metric.id in self.short)

    def in_words(self) -> str:
        """Return all answers as one sentence, for reading back."""
        said = [
            answer_words(metric, self.answers[metric.id])
            for metric in self.metrics
            if metric.id in self.answers
        ]
        return ", ".join(said)


def answer_words(metric: Metric, answer: Answer) -> str:
    """Return what was answered to what, as it is read back."""
    return f"{metric.shown_label} {decimal_text(answer_text(metric, answer))}"


def read_sheet(journal: Journal, day: date) -> DaySheet:
    """Read what Today shows of `day`."""
    today = journal.today()
    ratings = {name: found[0] for name, found in journal.days.read_ratings(day, day).items()}
    known = journal.read_metrics()
    asked = [tracked for tracked in known if _is_asked(journal, tracked, day, ratings)]
    metrics = tuple(tracked.metric for tracked in asked)
    if any(metric.id == "sleep" for metric in metrics):
        metrics = tuple(metric for metric in metrics if metric.id != SLEEP_HOURS)
    hours = ratings.get(SLEEP_HOURS)
    record = journal.days.read_day(day)
    moments = [rating.recorded.local for rating in ratings.values() if rating.recorded]
    if record.recorded is not None:
        moments.append(record.recorded.local)
    latest = max(today, journal.calendar_today())
    return DaySheet(
        day=day,
        today=today,
        latest=latest,
        reach=max(latest, journal.days.held_before(date.max) or latest),
        metrics=metrics,
        answers={
            name: Answer(rating.value, rating.source.partition(" ")[0] == "import")
            for name, rating in ratings.items()
            if name != SLEEP_HOURS or any(metric.id == name for metric in metrics)
        },
        sleep_minutes=hours.value // THOUSAND if hours and hours.value is not None else None,
        record=record,
        saved_at=max(moments, default=None),
        short=frozenset(tracked.metric.id for tracked in known if tracked.is_short),
        pause=journal.pauses.read(),
    )


def _is_asked(
    journal: Journal, tracked: TrackedMetric, day: date, ratings: Mapping[str, Rating]
) -> bool:
    """Whether a metric has a row on `day`: once a week or month until it has its answer."""
    metric = tracked.metric
    if metric.id in ratings:
        return True
    if not tracked.is_tracked_in(day, day):
        return False
    return metric.every is Every.DAY or not journal.days.is_answered(
        metric.id, *metric.every.around(day)
    )


def day_beside(journal: Journal, sheet: DaySheet, days: int) -> date | None:
    """Return the day that many days later, to open next; None where there is no more.

    Days to come, and those before 1900, are only opened where they hold something.
    """
    moved = sheet.day.toordinal() + days
    if EARLIEST_DAY.toordinal() <= moved <= sheet.latest.toordinal():
        return date.fromordinal(moved)
    if days > 0:
        if sheet.day >= date.max:
            return None
        held = journal.days.next_held(sheet.day + ONE_DAY)
        return min(held or EARLIEST_DAY, EARLIEST_DAY) if sheet.day < EARLIEST_DAY else held
    if sheet.day <= date.min:
        return None
    held = journal.days.held_before(sheet.day - ONE_DAY)
    return max(held or sheet.latest, sheet.latest) if sheet.day > sheet.latest else held


def is_back_after_a_gap(journal: Journal, sheet: DaySheet) -> bool:
    """Whether more than three days before today hold nothing, though earlier ones do."""
    span = journal.days.rated_span()
    if sheet.day != sheet.today or span is None or span[0] >= sheet.today:
        return False
    return not _has_entries(
        journal, sheet.today - timedelta(days=QUIET_DAYS), sheet.today - ONE_DAY
    )


def is_yesterday_open(journal: Journal, sheet: DaySheet) -> bool:
    """Whether yesterday may be offered: nothing in it, not declined, and not the first day."""
    yesterday = sheet.today - ONE_DAY
    span = journal.days.rated_span()
    if sheet.day != sheet.today or span is None or span[0] >= yesterday:
        return False
    return not (_has_entries(journal, yesterday, yesterday)) and not (
        journal.days.read_day(yesterday).left_empty
    )


def _has_entries(journal: Journal, first: date, last: date) -> bool:
    if journal.days.read_ratings(first, last):
        return True
    return any(record.state or record.note for record in journal.days.read_days(first, last))


def heading(sheet: DaySheet) -> str:
    """Return the page's question."""
    if sheet.day == sheet.today:
        return translate("today", "How was today overall?")
    if sheet.day == sheet.today - ONE_DAY:
        return translate("today", "How was yesterday overall?")
    return translate("today", "How was this day overall?")


def day_line(sheet: DaySheet, *, is_welcome: bool = False) -> str:
    """Return the line under the question: the date, and how the day will be marked."""
    parts = [_marked(sheet)]
    if is_welcome:
        parts.append(translate("today", "Welcome back."))
    if sheet.is_unwell:
        parts.append(translate("today", "too unwell to log"))
    return " · ".join(parts)


def _marked(sheet: DaySheet) -> str:
    name = long_date(sheet.day, Period.ending(sheet.today, 1))
    ago = (sheet.today - sheet.day).days
    if ago == 0 and sheet.latest > sheet.today:
        return translate("today", "{day} (evening)").format(day=name)
    if sheet.day > sheet.latest:
        return translate("today", "{day} · not come yet").format(day=name)
    if ago <= 0:
        return name
    if ago == 1:
        return translate("today", "{day} · added the next day").format(day=name)
    return translate("today", "{day} · {ago} days ago · added later").format(day=name, ago=ago)


def first_sentence(sheet: DaySheet) -> str:
    """Return what is said before anything was done on this day; empty where nothing need be."""
    if sheet.day > sheet.latest:
        return translate("today", "This day has not come yet. You can clear what is here.")
    if sheet.is_unwell:
        return translate("today", "Marked as too unwell to log. You can still add numbers.")
    if not sheet.answers:
        return translate(
            "today", "Type a number from 0 to 9, or click. Anything you leave out stays empty."
        )
    return ""


def filled_rows(sheet: DaySheet, shown: tuple[Metric, ...]) -> str:
    """Return how many of the rows have an answer, for a digit typed after the last one."""
    done = sum(metric.id in sheet.answers for metric in shown)
    if done == len(shown):
        return translate("today", "All {count} rows are filled.").format(count=done)
    return translate("today", "{done} of {count} rows are filled.").format(
        done=done, count=len(shown)
    )


def yesterday_question(sheet: DaySheet) -> str:
    """Return what is asked about an empty yesterday."""
    day = sheet.today - ONE_DAY
    return translate("today", "Yesterday ({weekday} {date}) is empty.").format(
        weekday=WEEKDAYS[day.weekday()][:3], date=brief_date(day, Period.ending(sheet.today, 1))
    )


def saved_line(sheet: DaySheet, shown: tuple[Metric, ...]) -> str:
    """Return ``Saved 21:14 · 3 of 7``; empty before anything was saved."""
    if sheet.saved_at is None:
        return ""
    clock = clock_text(sheet.saved_at)
    if sheet.is_unwell and not sheet.answers:
        return translate("today", "Saved {clock}").format(clock=clock)
    if sheet.saved_at.date() not in (sheet.day, sheet.today):
        clock = f"{brief_date(sheet.saved_at.date(), Period.ending(sheet.today, 1))}, {clock}"
    return translate("today", "Saved {clock} · {done} of {all}").format(
        clock=clock, done=sum(metric.id in sheet.answers for metric in shown), all=len(shown)
    )
