"""The day that a row describes, and the moment at which it was written, as its cells say them."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from moodlab.domain.days import ONE_DAY, Recorded, recorded, refuse_before_1900
from moodlab.domain.errors import Refused
from moodlab.exchange.mapping import RecordedMapping, TimeFormat
from moodlab.exchange.table.rows import TableRow

# Letters at the end of a format that tell the offset as %z would.
_SAYS_UTC = re.compile(r"(?<!%)(?:Z|UTC|GMT)$")


class Moment(NamedTuple):
    """When a row was written. `is_dated` where the cell says the day too, not only the hour."""

    at: datetime
    is_dated: bool

    def recorded(self, day: date, day_end_minutes: int) -> Recorded:
        """Return what is kept about it, for a row that describes `day`.

        A night belongs to the day that the source states: 01:23 on that day is not the day before.
        """
        kept = recorded(self.at, day_end_minutes)
        is_on_its_day = not self.is_dated or self.at.date() == day
        return kept._replace(day=day) if is_on_its_day else kept


class FoundTime(NamedTuple):
    """A row's moment, None if it is not known, and its text.

    `is_unread`: a time is there, but can't be read.
    """

    moment: Moment | None
    is_unread: bool
    text: str = ""


def parse_date(text: str, form: str, zone: ZoneInfo | None) -> date:
    """Read a date, in `zone` where it carries an offset. Raises ValueError."""
    moment = _read_moment(text, form)
    if moment.tzinfo is not None and zone is not None:
        try:
            moment = moment.astimezone(zone)
        except OverflowError as error:  # in the year 1 or 9999
            raise ValueError(text) from error
    return moment.date()


def _read_moment(text: str, form: str) -> datetime:
    moment = datetime.strptime(text, form)  # noqa: DTZ007 - the format says whether it has one
    if moment.tzinfo is None and _SAYS_UTC.search(form):
        return moment.replace(tzinfo=UTC)
    return moment


def find_time(
    row: TableRow, day: date, rule: RecordedMapping, missing: Sequence[str], calendar_today: date
) -> FoundTime:
    """Return the moment in the first column that holds a known time."""
    unread = ""
    for column in rule.columns:
        text = row.cell(column)
        if not text or text in missing or any(text.startswith(prefix) for prefix in rule.unknown):
            continue
        for form in (rule.time_format, *rule.other_formats):
            moment = _parse_moment(text, form, day, rule.zone)
            if moment is not None and _is_possible(moment, day, calendar_today):
                return FoundTime(moment, is_unread=False, text=text)
        unread = text
    return FoundTime(None, bool(unread), unread)


def _parse_moment(text: str, form: TimeFormat, day: date, zone: ZoneInfo | None) -> Moment | None:
    try:
        at = _read_moment(text, form)
        is_dated = has_date(form)
        if not is_dated:
            at = datetime.combine(day, at.timetz())
        if at.tzinfo is None:
            at = at.replace(tzinfo=zone or UTC)
        elif zone is not None:
            at = at.astimezone(zone)
        refuse_before_1900(at.date())
    except (ValueError, OverflowError, Refused):
        return None
    return Moment(at, is_dated)


def _is_possible(moment: Moment, day: date, calendar_today: date) -> bool:
    """Whether it is neither long before the day nor to come; offsets may shift it by a day."""
    return day - ONE_DAY <= moment.at.date() <= calendar_today + ONE_DAY


@cache
def has_date(form: TimeFormat) -> bool:
    """Whether a time format tells the day too."""
    return datetime(2021, 11, 23, tzinfo=UTC).strftime(form) != datetime(
        2022, 12, 24, tzinfo=UTC
    ).strftime(form)
