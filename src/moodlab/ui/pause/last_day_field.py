"""The field for the last day of a pause, which may be still to come or stay open."""

from datetime import date

from moodlab.domain.days import LATEST_DAY, refuse_odd_day
from moodlab.domain.typed_days import parse_coming_day
from moodlab.ui.widgets.day_field import DayField


class LastDayField(DayField):
    """A `DayField` for days from today on; without a year the next such day is meant."""

    @property
    def latest(self) -> date:
        """The latest day that can be chosen."""
        return LATEST_DAY

    def read(self) -> date:
        """Return the day that is typed. Raises Refused for none, and for an odd year."""
        day = parse_coming_day(self.text(), self.today)
        refuse_odd_day(day)
        return day

    def read_or_open(self) -> date | None:
        """Return the day that is typed; None where the field is empty. Raises Refused."""
        return self.read() if self.text().strip() else None
