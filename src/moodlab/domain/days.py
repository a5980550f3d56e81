"""Journal days: the date a rating describes, and how long after that day it was recorded.

A journal day ends some hours after midnight (04:00 unless set otherwise), so that a late evening
belongs to the day that is ending. A day is a date and never moves: not with travel, daylight saving
or the clock. What was recorded when is kept beside it (`Recorded`).
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from moodlab.domain.digits import western_digits
from moodlab.domain.errors import Refused
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

DEFAULT_DAY_END_MINUTES = 4 * 60
EARLIEST_DAY = date(1900, 1, 1)
LATEST_DAY = date(2199, 12, 31)
ONE_DAY = timedelta(days=1)
# In minutes. No place on earth is further from UTC than 14 hours.
_WIDEST_OFFSET = 18 * 60
LATEST_DAY_END = 12 * 60
LONGEST_YEAR = 366

Clock = Callable[[], datetime]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = (
    QT_TRANSLATE_NOOP("days", "Monday"),
    QT_TRANSLATE_NOOP("days", "Tuesday"),
    QT_TRANSLATE_NOOP("days", "Wednesday"),
    QT_TRANSLATE_NOOP("days", "Thursday"),
    QT_TRANSLATE_NOOP("days", "Friday"),
    QT_TRANSLATE_NOOP("days", "Saturday"),
    QT_TRANSLATE_NOOP("days", "Sunday"),
)


def local_now() -> datetime:
    """Return the moment with this computer's present offset from UTC. Raises Refused."""
    return local_time(datetime.now(UTC))


def local_time(moment: datetime) -> datetime:
    """Return `moment` with this computer's offset. Raises Refused if that is a day or more."""
    try:
        return moment.astimezone()
    except ValueError as error:
        raise Refused(
            translate(
                "days",
                "The time zone of this computer is more than a day away from UTC. Set it right"
                " (TZ), then start MoodLab again.",
            )
        ) from error


class Timeliness(StrEnum):
    """How long after the day it describes a value was recorded."""

    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"
    LATER = "later"
    UNKNOWN = "unknown"


class Recorded(NamedTuple):
    """When something was written down.

    `at` is the moment in UTC, `offset_minutes` the local clock's distance from it, and `day` the
    journal day it then was, fixed at writing so that a later change of the day's end or of the time
    zone cannot reclassify it.
    """

    at: datetime
    offset_minutes: int
    day: date

    @property
    def local(self) -> datetime:
        """The moment as the clock on the wall showed it."""
        return self.at.astimezone(timezone(timedelta(minutes=self.offset_minutes)))


class Period:
    """A stretch of journal days, both ends included."""

    __slots__ = ("first", "last")

    def __init__(self, first: date, last: date) -> None:
        if first > last:
            raise Refused(
                translate("days", "The period ends ({last}) before it begins ({first}).").format(
                    first=short_date(first), last=short_date(last)
                )
            )
        self.first = first
        self.last = last

    def __repr__(self) -> str:
        return f"Period({self.first!r}, {self.last!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.first, self.last) == (other.first, other.last)

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(len(self)))

    @classmethod
    def ending(cls, last: date, days: int) -> "Period":
        """The `days` days up to and including `last`."""
        return cls(last - timedelta(days=days - 1), last)


def journal_day(moment: datetime, day_end_minutes: int = DEFAULT_DAY_END_MINUTES) -> date:
    """Return the journal day that `moment` (with its own offset) belongs to."""
    return (moment.replace(tzinfo=None) - timedelta(minutes=day_end_minutes)).date()


def recorded(moment: datetime, day_end_minutes: int = DEFAULT_DAY_END_MINUTES) -> Recorded:
    """Return what is kept about a write made at `moment`, which must carry its offset."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its offset from UTC")
    at = moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
    return Recorded(at, int(offset.total_seconds()) // 60, journal_day(moment, day_end_minutes))


def timeliness(day: date, recorded_day: date | None) -> Timeliness:
    """Return the class of a value that describes `day` and was written on `recorded_day`."""
    if recorded_day is None:
        return Timeliness.UNKNOWN
    if recorded_day <= day:
        return Timeliness.SAME_DAY
    return Timeliness.NEXT_DAY if recorded_day == day + ONE_DAY else Timeliness.LATER


def parse_day(text: str, today: date) -> date:
    """Read ``today``, ``yesterday`` or ``YYYY-MM-DD``.

    Raises Refused for anything else, and for a date that does not exist or lies before 1900.
    """
    day = parse_any_day(text, today)
    refuse_odd_day(day)
    return day


def parse_any_day(text: str, today: date) -> date:
    """Read a day as `parse_day` does, also one that only an old journal can hold."""
    word = western_digits(text).strip().lower()
    if word == "today":
        return today
    if word == "yesterday":
        return today - ONE_DAY
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word):
            raise ValueError
        return date.fromisoformat(word)
    except ValueError:
        raise Refused(
            translate(
                "days",
                "“{text}” is not a day. Use today, yesterday or a date such as {example}.",
            ).format(text=text, example=today.isoformat())
        ) from None


def refuse_before_1900(day: date) -> None:
    """Raise Refused when `day` is before 1900, which is likelier a slip."""
    if day < EARLIEST_DAY:
        raise Refused(
            translate("days", "{day} is before 1900. Check the year.").format(day=short_date(day))
        )


def refuse_odd_day(day: date) -> None:
    """Raise Refused when `day` is before 1900 or after 2199: no journal reaches there."""
    refuse_before_1900(day)
    if day > LATEST_DAY:
        raise Refused(
            translate("days", "{day} is after 2199. Check the year.").format(day=short_date(day))
        )


def refuse_future(day: date, calendar_today: date) -> None:
    """Raise Refused when `day` has not come yet."""
    if day > calendar_today:
        raise Refused(
            translate("days", "{day} is in the future. Check the date.").format(day=short_date(day))
        )


def latest_day_anywhere(moment: datetime) -> date:
    """Return the latest calendar day that it is somewhere on earth at `moment`.

    What was written there may come in here, where it still is the day before.
    """
    return (moment.astimezone(UTC) + timedelta(hours=14)).date()


def refuse_odd_moment(record: Recorded) -> None:
    """Raise Refused for a time of writing that no clock shows, or on another day than it says."""
    is_near = abs(record.offset_minutes) <= _WIDEST_OFFSET
    is_shown = is_near and EARLIEST_DAY.year < record.at.year <= LATEST_DAY.year
    # A journal day ends at midnight or some hours later.
    if is_shown and (record.local.date() - record.day).days in (0, 1):
        return
    raise Refused(
        translate("days", "{at} with {minutes} minutes is no time of writing for {day}.").format(
            at=record.at.isoformat(), minutes=record.offset_minutes, day=record.day.isoformat()
        )
    )


def short_date(day: date) -> str:
    """Return ``4 Nov 2025``: the month as a word, because 04/11 is read two ways."""
    return f"{_day_and_month(day)} {day.year}"


def needs_year(day: date, among: Period) -> bool:
    """Whether `day` is ambiguous without its year where `among` is what is read about.

    It is not where `among` spans a year at most and ends in the year of `day`.
    """
    return day.year != among.last.year or len(among) > LONGEST_YEAR


def brief_date(day: date, among: Period) -> str:
    """Return ``4 Nov``, or ``4 Nov 2025`` where the year could be another one."""
    return short_date(day) if needs_year(day, among) else _day_and_month(day)


def long_date(day: date, among: Period | None = None) -> str:
    """Return ``Tuesday 4 November 2025``, for headings and for reading aloud.

    With `among`, the year is only named where it could be another one.
    """
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return text if among is not None and not needs_year(day, among) else f"{text} {day.year}"


def span_text(period: Period) -> str:
    """Return ``13 Aug – 4 Nov 2025``, naming the first year only where it differs."""
    return f"{brief_date(period.first, Period.ending(period.last, 1))} – {short_date(period.last)}"


def brief_span(period: Period, among: Period) -> str:
    """Return ``3–16 Oct``, ``28 Sep – 16 Oct`` or ``4 Nov``, with years where `brief_date` has."""
    first, last = period.first, period.last
    if first == last:
        return brief_date(first, among)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{brief_date(last, among)}"
    return f"{brief_date(first, among)} – {brief_date(last, among)}"


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"
