"""What the week grid shows: seven days, what is asked on them, and the words of every cell."""

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from moodlab.domain.days import WEEKDAYS, Period, Timeliness, brief_date, long_date
from moodlab.domain.history.steps import RowChange
from moodlab.domain.metrics import THOUSAND, Kind, Metric
from moodlab.domain.ratings import (
    PAPER,
    DayRecord,
    DayState,
    Rating,
    number_text,
    value_text,
)
from moodlab.domain.tracking.week import HOURS_ASLEEP, asked_in, is_typed_with_one_key
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.store.journal import Journal
from moodlab.ui.look.conventions import decimal_text

STATE, NOTE = "state", "note"
# As on paper, and as in charts.
UNABLE_SIGN, UNWELL_SIGN = "–", "×"
_LATE = {
    Timeliness.SAME_DAY: QT_TRANSLATE_NOOP("week", "same day"),
    Timeliness.NEXT_DAY: QT_TRANSLATE_NOOP("week", "added the next day"),
    Timeliness.LATER: QT_TRANSLATE_NOOP("week", "added later"),
    Timeliness.UNKNOWN: QT_TRANSLATE_NOOP("week", "time of writing unknown"),
}


class RowKind(Enum):
    """How a row is filled in."""

    RATING = auto()  # by one digit, X for ten
    YES_NO = auto()  # by one letter
    VALUE = auto()  # typed and read
    STATE = auto()  # too unwell, on or off
    NOTE = auto()  # words


class Row(NamedTuple):
    """One row of the grid; `id` is a metric's, `STATE` or `NOTE`."""

    id: str
    label: str
    kind: RowKind
    metric: Metric | None = None

    @property
    def is_answer(self) -> bool:
        """Whether Enter and digits walk through it."""
        return self.metric is not None


class Place(NamedTuple):
    """A cell by its day and its row's id, whatever else stands in the grid."""

    day: date
    row_id: str


class WeekEntries(NamedTuple):
    """Seven days as the journal has them. `latest` is the newest day that may be filled in."""

    week: Period
    today: date
    latest: date
    rows: tuple[Row, ...]
    ratings: Mapping[tuple[date, str], Rating]
    records: Mapping[date, DayRecord]
    asked: frozenset[tuple[date, str]]

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days."""
        return tuple(self.week)

    def rating(self, row: Row, day: date) -> Rating | None:
        """Return the answer in a cell, if it has one."""
        return self.ratings.get((day, row.id))

    def holds(self, row: Row, day: date) -> bool:
        """Whether a cell has something that could be cleared."""
        if row.kind is RowKind.STATE:
            return self.is_unwell(day)
        return bool(self.note(day)) if row.kind is RowKind.NOTE else (day, row.id) in self.ratings

    def is_unwell(self, day: date) -> bool:
        """Whether a day is marked too unwell to log."""
        return self._record(day).state is DayState.UNWELL

    def is_marked(self, day: date) -> bool:
        """Whether a day is marked too unwell or paused, so that no answer is waited for."""
        return self._record(day).state is not None

    def note(self, day: date) -> str:
        """Return a day's note."""
        return self._record(day).note

    def why_closed(self, row: Row, day: date) -> str:
        """Return why a cell can't be filled in; empty where it can."""
        if day > self.latest:
            return translate("week", "This day has not come yet.")
        if row.metric is None or (day, row.id) in self.asked or (day, row.id) in self.ratings:
            return ""
        return translate("week", "Not tracked on this day.")

    def text(self, row: Row, day: date) -> str:
        """Return what stands in a cell."""
        record = self._record(day)
        if row.kind is RowKind.NOTE:
            return " ".join(record.note.split())
        if row.kind is RowKind.STATE:
            marks = {DayState.UNWELL: UNWELL_SIGN, DayState.PAUSED: translate("week", "paused")}
            return marks[record.state] if record.state else ""
        rating = self.rating(row, day)
        if rating is None or row.metric is None:
            return ""
        if rating.value is None:
            return UNABLE_SIGN
        return written_value(row.metric, rating.value)

    def words(self, row: Row, day: date) -> str:
        """Return what a cell says when it is read out or chosen."""
        name = f"{row.label}, {long_date(day, Period.ending(self.today, 1))}"
        said = self._said(row, day) or self.why_closed(row, day) or translate("week", "empty")
        return f"{name}: {said}"

    def _said(self, row: Row, day: date) -> str:
        record = self._record(day)
        if row.kind is RowKind.NOTE:
            return record.note
        if row.kind is RowKind.STATE:
            marks = {
                DayState.UNWELL: translate("week", "yes"),
                DayState.PAUSED: translate("week", "paused"),
            }
            return marks[record.state] if record.state else ""
        rating = self.rating(row, day)
        if rating is None or row.metric is None:
            return ""
        value = (
            translate("week", "could not say")
            if rating.value is None
            else decimal_text(value_text(row.metric, rating.value))
        )
        return " · ".join((value, *self._came(rating)))

    def _came(self, rating: Rating) -> tuple[str, ...]:
        """Return how and when an answer was given."""
        late = translate_marked(_LATE[rating.timeliness])
        if rating.source == PAPER and rating.recorded is not None:
            typed = brief_date(rating.recorded.local.date(), Period.ending(self.today, 1))
            return translate("week", "from paper, typed on {day}").format(day=typed), late
        return (late,)

    def _record(self, day: date) -> DayRecord:
        return self.records.get(day) or DayRecord(day)


def read_week(journal: Journal, week: Period) -> WeekEntries:
    """Read what the grid shows of seven days."""
    tracked = journal.read_metrics()
    by_metric = journal.days.read_ratings(week.first, week.last)
    metrics = asked_in(tracked, week, by_metric)
    asked = frozenset(
        (day, each.metric.id)
        for each in tracked
        for day in week
        if each.metric.id == HOURS_ASLEEP or each.is_tracked_in(day, day)
    )
    today = journal.today()
    return WeekEntries(
        week=week,
        today=today,
        latest=max(today, journal.calendar_today()),
        rows=(*map(_row, metrics), *_ends()),
        ratings={
            (rating.day, rating.metric): rating
            for ratings in by_metric.values()
            for rating in ratings
        },
        records={record.day: record for record in journal.days.read_days(week.first, week.last)},
        asked=asked,
    )


def changed_place(change: RowChange) -> Place | None:
    """Return the cell in which a changed row stands; None where no cell shows it."""
    row = change.after or change.before
    if row is None or change.table not in ("rating", "day"):
        return None
    day = date.fromisoformat(str(row["day"]))
    if change.table == "rating":
        return Place(day, str(row["metric"]))
    notes = [side.get("note") if side else None for side in (change.before, change.after)]
    return Place(day, NOTE if (notes[0] or "") != (notes[1] or "") else STATE)


def written_value(metric: Metric, thousandths: int) -> str:
    """Return a value as it stands in a cell, and as it can be typed again."""
    if metric.kind is Kind.DURATION:
        hours, minutes = divmod(thousandths // THOUSAND, 60)
        return f"{hours}:{minutes:02d}"
    if metric.kind is Kind.YES_NO:
        return decimal_text(value_text(metric, thousandths))
    return decimal_text(number_text(thousandths))


def scale_words(row: Row) -> str:
    """Return what the ends of a row's scale mean, or how it is filled in."""
    metric = row.metric
    if row.kind is RowKind.STATE:
        return translate("week", "Space or U marks the day, and takes the mark away.")
    if row.kind is RowKind.NOTE:
        return translate("week", "Type to write. Shift+Enter begins a new line.")
    if metric is None:
        return ""
    if row.kind is RowKind.YES_NO:
        return translate("week", "Y or N, – = could not say")
    if metric.kind is Kind.DURATION:
        return translate("week", "Hours and minutes, such as 7:30")
    if metric.kind is Kind.NUMBER:
        return (
            translate("week", "A number in {unit}").format(unit=metric.unit) if metric.unit else ""
        )
    ends = [
        translate("week", "{end} = {words}").format(end=end, words=words)
        for end, words in (("0", metric.low_anchor), ("10", metric.high_anchor))
        if words
    ]
    return " · ".join(part for part in (metric.direction_text, *ends) if part)


def day_heading(day: date, among: date, *, is_brief: bool = False) -> str:
    """Return ``Mon`` above ``2 Nov``, or above ``2``; with a year that is not that of `among`."""
    text = str(day.day) if is_brief else brief_date(day, Period.ending(among, 1))
    return f"{translate_marked(WEEKDAYS[day.weekday()])[:3]}\n{text}"


def _row(metric: Metric) -> Row:
    if is_typed_with_one_key(metric):
        kind = RowKind.RATING
    else:
        kind = RowKind.YES_NO if metric.kind is Kind.YES_NO else RowKind.VALUE
    unit = f" ({metric.unit})" if metric.kind is Kind.NUMBER and metric.unit else ""
    return Row(metric.id, metric.shown_label + unit, kind, metric)


def _ends() -> tuple[Row, Row]:
    return (
        Row(STATE, translate("week", "Too unwell"), RowKind.STATE),
        Row(NOTE, translate("week", "Note"), RowKind.NOTE),
    )
