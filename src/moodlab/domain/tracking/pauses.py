"""A pause: the days on which nothing is expected, up to a day or until the person resumes."""

from datetime import date, timedelta
from typing import NamedTuple

from moodlab.domain.days import (
    LONGEST_YEAR,
    Period,
    brief_date,
    brief_span,
    refuse_future,
    refuse_odd_day,
    short_date,
)
from moodlab.domain.errors import Refused
from moodlab.i18n import translate


class Pause(NamedTuple):
    """A pause from `first` to `last`, both included; without `last` until it is ended."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)

    def until(self, latest: date) -> Period | None:
        """Return its days up to `latest`; None where it begins later."""
        last = latest if self.last is None else min(self.last, latest)
        return Period(self.first, last) if self.first <= last else None

    def in_words(self, today: date) -> str:
        """Return ``Paused since 3 Nov.`` or ``Paused 3–16 Nov.``."""
        day = brief_date(self.first, Period.ending(today, 1))
        if self.last == self.first:
            return translate("pause", "Paused on {day}.").format(day=day)
        if self.last is not None:
            return translate("pause", "Paused {span}.").format(
                span=brief_span(Period(self.first, self.last), Period.ending(today, 1))
            )
        if self.first == today:
            return translate("pause", "Paused since today.")
        return translate("pause", "Paused since {day}.").format(day=day)


def pause_text(pause: Pause) -> str:
    """Return a pause as it is kept: two dates with a stroke between, the last one may be absent."""
    return f"{pause.first.isoformat()}/{pause.last.isoformat() if pause.last else ''}"


def parse_pause(text: str) -> Pause:
    """Read what `pause_text` returned. Raises ValueError for anything else."""
    first, stroke, last = text.partition("/")
    pause = Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    if not stroke or pause_text(pause) != text or (pause.last and pause.last < pause.first):
        raise ValueError(text)
    return pause


def refuse_odd_pause(pause: Pause, calendar_today: date) -> None:
    """Raise Refused for a pause that begins tomorrow or years ago, or ends before it begins."""
    refuse_odd_day(pause.first)
    refuse_future(pause.first, calendar_today)
    if pause.last is not None:
        refuse_odd_day(pause.last)
        if pause.last < pause.first:
            raise Refused(
                translate("pause", "The last day ({last}) is before the first ({first}).").format(
                    last=short_date(pause.last), first=short_date(pause.first)
                )
            )
    if pause.first < calendar_today - timedelta(days=LONGEST_YEAR):
        raise Refused(
            translate(
                "pause", "{day} is more than a year ago. A pause begins within the last year."
            ).format(day=short_date(pause.first))
        )
