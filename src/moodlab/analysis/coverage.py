"""How complete and how prompt the entries of a period are, which clinicians ask first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from moodlab.domain.days import Period, Timeliness
from moodlab.domain.diary import Diary
from moodlab.domain.ratings import DayRecord, DayState, Rating, within


class DayClass(StrEnum):
    """What is known about one day. Every day of a period is exactly one of these."""

    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"
    LATER = "later"
    UNKNOWN = "unknown"
    UNWELL = "unwell"
    PAUSED = "paused"
    NO_ENTRY = "no_entry"


RATED = (DayClass.SAME_DAY, DayClass.NEXT_DAY, DayClass.LATER, DayClass.UNKNOWN)
# A value of unknown time may be the latest of its day, but nothing is later than "later".
_RANK = {
    Timeliness.SAME_DAY: 0, Timeliness.NEXT_DAY: 1, Timeliness.UNKNOWN: 2, Timeliness.LATER: 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many days of a period are what; the counts of all classes add up to `days`.

    `unknown` are the rated days of which nobody knows when they were written.
    `longest_gap` is the longest stretch without any rating since the journal began, too-unwell and
    paused days included; None where every day has one. `pauses` are the stretches of paused days.
    `not_begun` of the days without an entry lie before the journal began: they are not missing.
    """

    days: int
    same_day: int
    next_day: int
    later: int
    unknown: int
    unwell: int
    paused: int
    no_entry: int
    longest_gap: Period | None
    pauses: tuple[Period, ...] = ()
    not_begun: int = 0

    @property
    def days_begun(self) -> int:
        """The days since the journal began."""
        return self.days - self.not_begun

    @property
    def missing(self) -> int:
        """Days without an entry since the journal began."""
        return self.no_entry - self.not_begun

    @property
    def days_with_rating(self) -> int:
        """Days with at least one value; "could not say" is not a value."""
        return self.same_day + self.next_day + self.later + self.unknown

    @property
    def longest_gap_days(self) -> int:
        """The length of the longest stretch without a rating."""
        return len(self.longest_gap) if self.longest_gap else 0


def classify_days(diary: Diary, period: Period) -> dict[date, DayClass]:
    """Return the class of every day of `period`, in order.

    A day is as late as the latest of its present values: one edit days later makes it "later".
    """
    latest = _latest_timeliness(diary.ratings, period)
    marks = _marks(diary.days)
    return {day: _class_of(latest.get(day), marks.get(day)) for day in period}


def measure_coverage(diary: Diary, period: Period) -> Coverage:
    """Count the classes of the days of `period`."""
    classes = classify_days(diary, period)
    count = list(classes.values()).count
    return Coverage(
        days=len(period),
        same_day=count(DayClass.SAME_DAY),
        next_day=count(DayClass.NEXT_DAY),
        later=count(DayClass.LATER),
        unknown=count(DayClass.UNKNOWN),
        unwell=count(DayClass.UNWELL),
        paused=count(DayClass.PAUSED),
        no_entry=count(DayClass.NO_ENTRY),
        longest_gap=_longest_gap(classes, diary.begins or period.first),
        pauses=tuple(_find_pauses(classes)),
        not_begun=0 if diary.begins is None else sum(day < diary.begins for day in period),
    )


def _latest_timeliness(
    ratings: Mapping[str, Sequence[Rating]], period: Period
) -> dict[date, Timeliness]:
    latest: dict[date, Timeliness] = {}
    for answers in ratings.values():
        for rating in within(answers, period):
            if rating.value is None:
                continue
            known = latest.get(rating.day)
            if known is None or _RANK[rating.timeliness] > _RANK[known]:
                latest[rating.day] = rating.timeliness
    return latest


def _marks(days: Sequence[DayRecord]) -> dict[date, DayState]:
    return {record.day: record.state for record in days if record.state is not None}


def _class_of(timeliness: Timeliness | None, state: DayState | None) -> DayClass:
    if timeliness is not None:
        return DayClass(timeliness.value)
    return DayClass(state.value) if state is not None else DayClass.NO_ENTRY


def _find_pauses(classes: Mapping[date, DayClass]) -> Iterator[Period]:
    for is_paused, days in groupby(classes, lambda day: classes[day] is DayClass.PAUSED):
        if is_paused:
            stretch = tuple(days)
            yield Period(stretch[0], stretch[-1])


def _longest_gap(classes: Mapping[date, DayClass], begins: date) -> Period | None:
    longest: Period | None = None
    begin: date | None = None
    for day, kind in classes.items():
        if kind in RATED or day < begins:
            begin = None
            continue
        begin = begin or day
        stretch = Period(begin, day)
        if longest is None or len(stretch) > len(longest):
            longest = stretch
    return longest


@dataclass(frozen=True, slots=True)
class WeekCount:
    """The days of one week, Monday to Sunday, clipped to the period."""

    period: Period
    rated: int
    same_day: int
    away: int

    @property
    def missing(self) -> int:
        """Days without any entry: neither rated nor marked too unwell or paused."""
        return len(self.period) - self.rated - self.away


def count_weeks(classes: Sequence[DayClass], period: Period) -> tuple[WeekCount, ...]:
    """Count the days of each week of `period`; `classes` has the class of each of its days."""
    weeks = []
    first = period.first
    while first <= period.last:
        last = min(first + timedelta(days=6 - first.weekday()), period.last)
        begin = (first - period.first).days
        kinds = classes[begin : begin + (last - first).days + 1]
        weeks.append(
            WeekCount(
                Period(first, last),
                rated=sum(kind in RATED for kind in kinds),
                same_day=kinds.count(DayClass.SAME_DAY),
                away=sum(kind in (DayClass.UNWELL, DayClass.PAUSED) for kind in kinds),
            )
        )
        first = last + timedelta(days=1)
    return tuple(weeks)
