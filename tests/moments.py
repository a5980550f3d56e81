"""A clock that stands still until a test moves it."""

from datetime import UTC, date, datetime, time, timedelta, timezone

EVENING = datetime(2026, 3, 4, 21, 0, tzinfo=timezone(timedelta(hours=1)))
TODAY = EVENING.date()


class Clock:
    """Call it for the moment; set `moment`, or use the words."""

    def __init__(self, moment: datetime = EVENING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def pass_time(self, **amount: float) -> None:
        self.moment += timedelta(**amount)

    def be(self, day: date, hour: int = 21, minute: int = 0) -> None:
        """Show this clock time on this calendar day, with the offset as before."""
        self.moment = datetime.combine(day, time(hour, minute), self.moment.tzinfo)


def days_ago(number: int, today: date = TODAY) -> date:
    return today - timedelta(days=number)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)
