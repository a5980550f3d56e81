"""What stands in each cell of the calendar, and the words that say it; without Qt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from moodlab.domain.days import Period, Timeliness, long_date
from moodlab.domain.events import Event
from moodlab.domain.metrics import THOUSAND, Kind, Metric, TrackedMetric
from moodlab.domain.ratings import DayState, Rating, number_text, value_text
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.store.journal import Journal
from moodlab.ui.look.conventions import decimal_text

HIGHEST_LEVEL = 10
TIMELINESS_WORDS = {
    Timeliness.SAME_DAY: QT_TRANSLATE_NOOP("history", "same day"),
    Timeliness.NEXT_DAY: QT_TRANSLATE_NOOP("history", "next day"),
    Timeliness.LATER: QT_TRANSLATE_NOOP("history", "later"),
    Timeliness.UNKNOWN: QT_TRANSLATE_NOOP("history", "time of writing unknown"),
}
_LATE = (Timeliness.NEXT_DAY, Timeliness.LATER)
# As in the charts: a value of unknown time may be the latest of its day, but not after "later".
_LATENESS = (Timeliness.SAME_DAY, Timeliness.NEXT_DAY, Timeliness.UNKNOWN, Timeliness.LATER)


class Mark(StrEnum):
    """What a cell shows; every day is exactly one of these."""

    VALUE = "value"
    UNABLE = "unable"
    UNWELL = "unwell"
    PAUSED = "paused"
    EMPTY = "empty"
    NOT_ASKED = "not_asked"
    TO_COME = "to_come"


ANSWERS = (Mark.VALUE, Mark.UNABLE)
_STATE_MARKS = {DayState.UNWELL: Mark.UNWELL, DayState.PAUSED: Mark.PAUSED}


class DayCell(NamedTuple):
    """One day of the calendar.

    `text` is the value in short; `level` its place from 0 to 10 on the ramp (None off a scale) and
    `share` how much of the cell it fills where it has none. A day with a value keeps its `state`
    beside it. `words` is what is read out.
    """

    mark: Mark
    words: str
    text: str = ""
    level: int | None = None
    share: float = 0.0
    is_late: bool = False
    state: DayState | None = None
    has_event: bool = False
    is_today: bool = False


class Told(NamedTuple):
    """What was said about a day, before it is known whether it was asked for."""

    mark: Mark
    words: str
    text: str = ""
    level: int | None = None
    share: float = 0.0
    timeliness: Timeliness | None = None


class Subject:
    """What the calendar shows: one metric, or with None how complete each day is."""

    def __init__(self, tracked: TrackedMetric | None, counted: Sequence[TrackedMetric]) -> None:
        self.tracked = tracked
        self._counted = counted

    @property
    def id(self) -> str:
        """The metric's id; empty for how complete the days are."""
        return self.tracked.metric.id if self.tracked else ""

    @property
    def label(self) -> str:
        """What it is called."""
        if self.tracked is None:
            return translate("history", "How complete")
        return self.tracked.metric.shown_label

    @property
    def title(self) -> str:
        """The label to choose it by, with the unit that its cells leave out."""
        metric = self.metric
        if metric is None or metric.kind is not Kind.NUMBER or not metric.unit:
            return self.label
        return f"{self.label} ({metric.unit})"

    @property
    def metric(self) -> Metric | None:
        """The metric, if it is one."""
        return self.tracked.metric if self.tracked else None

    def is_asked_on(self, day: date) -> bool:
        """Whether an answer could be expected."""
        tracked = self._counted if self.tracked is None else (self.tracked,)
        return any(each.is_tracked_in(day, day) for each in tracked)

    def tell(self, day: date, given: Mapping[str, Rating]) -> Told | None:
        """Return what `given`, the answers of a day, say; None where they say nothing."""
        if self.tracked is None:
            return _tell_count(day, given, self._counted)
        rating = given.get(self.tracked.metric.id)
        return rating and _tell_rating(self.tracked.metric, rating)

    def nothing_words(self, mark: Mark) -> str:
        """Return what is read out of a day without an answer."""
        forms = {
            Mark.EMPTY: translate("history", "{label}: empty"),
            Mark.NOT_ASKED: translate("history", "{label}: not asked"),
            Mark.UNWELL: translate("history", "Too unwell to log"),
            Mark.PAUSED: translate("history", "Paused"),
            Mark.TO_COME: translate("history", "Not come yet"),
        }
        if self.tracked is None and mark is Mark.EMPTY:
            return translate("history", "Empty")
        if self.tracked is None and mark is Mark.NOT_ASKED:
            return translate("history", "Nothing was asked")
        return forms[mark].format(label=self.label)


def subjects(metrics: Iterable[TrackedMetric]) -> tuple[Subject, ...]:
    """Return what the calendar can show: each metric that was ever asked, then how complete."""
    asked = [tracked for tracked in metrics if tracked.spans]
    counted = [tracked for tracked in asked if is_counted(tracked.metric)]
    return (*(Subject(tracked, counted) for tracked in asked), Subject(None, counted))


def is_counted(metric: Metric) -> bool:
    """Whether a day is more complete with it, as Today counts its rows."""
    return metric.kind is Kind.SCALE


def read_cells(
    journal: Journal, period: Period, subject: Subject, events: Iterable[Event]
) -> dict[date, DayCell]:
    """Read the cells of the days of `period`."""
    today = journal.today()
    latest = max(today, journal.calendar_today())
    given = _by_day(journal.days.read_ratings(period.first, period.last))
    states = {
        record.day: record.state
        for record in journal.days.read_days(period.first, period.last)
        if record.state is not None
    }
    happened = _events_by_day(events, period)
    cells = {}
    for day in period:
        state, said = states.get(day), subject.tell(day, given.get(day, {}))
        if said is None:
            mark = _mark_without_answer(subject, day, latest, state)
            said = Told(mark, subject.nothing_words(mark))
        cells[day] = DayCell(
            said.mark,
            _read_out(day, today, said, state, happened.get(day, ())),
            said.text,
            said.level,
            said.share,
            said.timeliness in _LATE,
            state,
            day in happened,
            day == today,
        )
    return cells


def latest_timeliness(ratings: Iterable[Rating]) -> Timeliness | None:
    """Return the class of a day: that of the latest of its answers."""
    return max((each.timeliness for each in ratings), key=_LATENESS.index, default=None)


def _by_day(ratings: Mapping[str, Sequence[Rating]]) -> dict[date, dict[str, Rating]]:
    by_day: dict[date, dict[str, Rating]] = defaultdict(dict)
    for metric_id, answers in ratings.items():
        for rating in answers:
            by_day[rating.day][metric_id] = rating
    return by_day


def _events_by_day(events: Iterable[Event], period: Period) -> dict[date, list[Event]]:
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        if event.touches(period):
            last = event.last_day or event.first_day
            for day in Period(max(event.first_day, period.first), min(last, period.last)):
                by_day[day].append(event)
    return by_day


def _mark_without_answer(subject: Subject, day: date, latest: date, state: DayState | None) -> Mark:
    if state is not None:
        return _STATE_MARKS[state]
    if day > latest:
        return Mark.TO_COME
    return Mark.EMPTY if subject.is_asked_on(day) else Mark.NOT_ASKED


def _tell_rating(metric: Metric, rating: Rating) -> Told:
    label, value = metric.shown_label, rating.value
    if value is None:
        words = translate("history", "{label} could not say").format(label=label)
        return Told(Mark.UNABLE, words, "–", timeliness=rating.timeliness)
    words = f"{label} {decimal_text(value_text(metric, value))}"
    level = None
    if metric.kind is Kind.SCALE:
        level = min(max((value + THOUSAND // 2) // THOUSAND, 0), HIGHEST_LEVEL)
    share = 0.0 if metric.kind is Kind.YES_NO and not value else 1.0
    return Told(Mark.VALUE, words, short_text(metric, value), level, share, rating.timeliness)


def _tell_count(
    day: date, given: Mapping[str, Rating], counted: Iterable[TrackedMetric]
) -> Told | None:
    answers, asked = [], 0
    for tracked in counted:
        rating = given.get(tracked.metric.id)
        if rating is not None:
            answers.append(rating)
        asked += rating is not None or tracked.is_tracked_in(day, day)
    if not answers:
        return None
    words = translate("history", "{done} of {all} answered").format(done=len(answers), all=asked)
    text = f"{len(answers)}/{asked}"
    return Told(Mark.VALUE, words, text, None, len(answers) / asked, latest_timeliness(answers))


def short_text(metric: Metric, value: int) -> str:
    """Return a value as it fits a cell: ``7``, ``7:30``, ``71.4``, ``yes``."""
    if metric.kind is Kind.DURATION:
        hours, minutes = divmod(value // THOUSAND, 60)
        return f"{hours}:{minutes:02d}"
    if metric.kind is Kind.YES_NO:
        return value_text(metric, value)
    return decimal_text(number_text(value))


def _read_out(
    day: date, today: date, said: Told, state: DayState | None, events: Iterable[Event]
) -> str:
    parts = [said.words]
    if said.timeliness is not None:
        parts.append(translate_marked(TIMELINESS_WORDS[said.timeliness]))
    sentences = [long_date(day, Period.ending(today, 1)), ", ".join(parts)]
    if state is not None and said.mark is not _STATE_MARKS[state]:
        marked = {
            DayState.UNWELL: translate("history", "Too unwell to log"),
            DayState.PAUSED: translate("history", "Paused"),
        }
        sentences.append(marked[state])
    sentences += [" ".join(event.words.split()).rstrip(".") for event in events]
    return " ".join(f"{sentence}." for sentence in sentences)
