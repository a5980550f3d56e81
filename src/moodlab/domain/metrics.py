"""What a person rates: the built-in metrics, as data.

TO ADD A METRIC: one entry in `METRICS`. Rows on Today, charts, the page and exports follow; no
migration, since ratings are stored one row each. People's own metrics live in the journal.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from moodlab.domain.errors import Refused
from moodlab.domain.texts import refuse_long
from moodlab.i18n import QT_TRANSLATE_NOOP, Marked, translate, translate_marked

THOUSAND = 1000


class Direction(StrEnum):
    """Which way a higher number points. It is printed, never flipped."""

    HIGHER_WORSE = "higher_worse"
    HIGHER_BETTER = "higher_better"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """What sort of answer a metric takes."""

    SCALE = "scale"  # whole numbers 0 to 10
    NUMBER = "number"  # a number with a unit
    DURATION = "duration"  # hours and minutes, kept in minutes
    YES_NO = "yes_no"  # 1 or 0


class Every(StrEnum):
    """How often a metric is asked: each day, or once in a calendar week or month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def around(self, day: date) -> tuple[date, date]:
        """Return the first and the last day of the day, week (from Monday) or month of `day`."""
        if self is Every.WEEK:
            first = date.fromordinal(max(1, day.toordinal() - day.weekday()))
            return first, date.fromordinal(min(date.max.toordinal(), first.toordinal() + 6))
        if self is Every.MONTH:
            return day.replace(day=1), _month_end(day)
        return day, day


def _month_end(day: date) -> date:
    if day.month == 12:
        return day.replace(day=31)
    return date.fromordinal(day.replace(month=day.month + 1, day=1).toordinal() - 1)


class Metric(NamedTuple):
    """One thing that is rated or measured, at most once a day.

    `minimum` and `maximum` are thousandths of `unit`, like every stored value; durations are
    thousandths of a minute. `daily` metrics are tracked from the first day of a new journal.
    `least_step` is the least distance between two lines of its chart, so that a small change does
    not look like a large one. `every` is how often the person is asked.
    """

    id: str
    label: str
    direction: Direction
    kind: Kind = Kind.SCALE
    low_anchor: str = ""
    high_anchor: str = ""
    unit: str = ""
    minimum: int = 0
    maximum: int = 10 * THOUSAND
    daily: bool = False
    question: str = ""
    least_step: int = THOUSAND
    every: Every = Every.DAY

    @property
    def direction_text(self) -> str:
        """``higher = worse`` or ``higher = better``; empty where neither holds."""
        return {
            Direction.HIGHER_WORSE: translate("metrics", "higher = worse"),
            Direction.HIGHER_BETTER: translate("metrics", "higher = better"),
            Direction.NEUTRAL: "",
        }[self.direction]

    @property
    def shown_label(self) -> str:
        """The label in the chosen language; a person's own stays as it was written."""
        return translate_marked(self.label) if isinstance(self.label, Marked) else self.label


# What stands in the short version of a day until the person chooses.
SHORT_VERSION = ("fatigue", "mood", "sleep")
# Asked in the line of last night's sleep, and not a row of its own there.
SLEEP_HOURS = "sleep_hours"

# What a metric of one's own may hold, in thousandths. A number may count anything.
_OWN_LIMITS = {
    Kind.SCALE: (0, 10 * THOUSAND),
    Kind.YES_NO: (0, THOUSAND),
    Kind.DURATION: (0, 24 * 60 * THOUSAND),
    Kind.NUMBER: (-(10**9) * THOUSAND, 10**9 * THOUSAND),
}


def own_metric(
    metric_id: str,
    label: str,
    direction: Direction,
    kind: Kind,
    *,
    low_anchor: str = "",
    high_anchor: str = "",
    unit: str = "",
) -> Metric:
    """Return a metric of the person's own, with the limits of its kind."""
    low, high = _OWN_LIMITS[kind]
    return Metric(metric_id, label, direction, kind, low_anchor, high_anchor, unit, low, high)


def refuse_odd_metric(metric: Metric) -> None:
    """Raise Refused for a metric of one's own without a name, or with a very long text."""
    if not metric.label.strip():
        raise Refused(translate("metrics", "A metric needs a name."))
    for text in (metric.id, metric.label, metric.low_anchor, metric.high_anchor, metric.unit):
        refuse_long(text)


class TrackedMetric(NamedTuple):
    """A metric with the spans of days in which it was asked; an open end is None.

    `is_short` metrics are those of the short version of a day.
    """

    metric: Metric
    spans: tuple[tuple[date | None, date | None], ...]
    is_short: bool = False

    def is_tracked_in(self, first: date, last: date) -> bool:
        """Whether it was asked on any day from `first` to `last`."""
        return any(
            (begin is None or begin <= last) and (end is None or end >= first)
            for begin, end in self.spans
        )

    def goes_on(self, today: date) -> bool:
        """Whether it is asked after `today`; one that was stopped with an answer is not."""
        return any(end is None or end > today for _, end in self.spans)


_WORSE, _BETTER, _NEUTRAL = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER, Direction.NEUTRAL

METRICS: tuple[Metric, ...] = (
    Metric(
        "fatigue", QT_TRANSLATE_NOOP("metrics", "Fatigue"), _WORSE, daily=True,
        low_anchor="no fatigue", high_anchor="as bad as I can imagine",
    ),
    Metric(
        "brain_fog", QT_TRANSLATE_NOOP("metrics", "Brain fog"), _WORSE, daily=True,
        low_anchor="clear-headed", high_anchor="cannot think at all",
    ),
    Metric(
        "sleep", QT_TRANSLATE_NOOP("metrics", "Sleep last night"), _BETTER, daily=True,
        low_anchor="very bad", high_anchor="very good",
    ),
    Metric(
        "mood", QT_TRANSLATE_NOOP("metrics", "Mood"), _BETTER, daily=True,
        low_anchor="as low as I can imagine", high_anchor="very good",
    ),
    Metric(
        "motivation", QT_TRANSLATE_NOOP("metrics", "Motivation"), _BETTER, daily=True,
        low_anchor="none", high_anchor="as much as I want",
    ),
    Metric(
        "pleasure", QT_TRANSLATE_NOOP("metrics", "Pleasure / interest"), _BETTER, daily=True,
        low_anchor="nothing gives pleasure", high_anchor="as much as I can imagine",
    ),
    Metric(
        "functioning", QT_TRANSLATE_NOOP("metrics", "Daily functioning"), _BETTER, daily=True,
        low_anchor="nothing possible", high_anchor="everything I usually do",
    ),
    Metric(
        "sleep_hours", QT_TRANSLATE_NOOP("metrics", "Hours asleep"), _NEUTRAL, Kind.DURATION,
        unit="min", maximum=24 * 60 * THOUSAND,
    ),
    Metric(
        "quality_of_life", QT_TRANSLATE_NOOP("metrics", "Quality of life"), _BETTER,
        low_anchor="as bad as I can imagine", high_anchor="as good as I can imagine",
    ),
    Metric(
        "stress", QT_TRANSLATE_NOOP("metrics", "Stress"), _WORSE,
        low_anchor="none", high_anchor="overwhelming",
    ),
    Metric(
        "pain", QT_TRANSLATE_NOOP("metrics", "Pain"), _WORSE,
        low_anchor="no pain", high_anchor="as bad as I can imagine",
    ),
    Metric(
        "anxiety", QT_TRANSLATE_NOOP("metrics", "Anxiety"), _WORSE,
        low_anchor="none", high_anchor="as bad as I can imagine",
    ),
    Metric(
        "appetite", QT_TRANSLATE_NOOP("metrics", "Appetite"), _NEUTRAL,
        low_anchor="none", high_anchor="very large",
    ),
    Metric(
        "activity_minutes", QT_TRANSLATE_NOOP("metrics", "Activity"), _NEUTRAL, Kind.NUMBER,
        unit="min", maximum=24 * 60 * THOUSAND, least_step=20 * THOUSAND,
    ),
    Metric(
        "weight", QT_TRANSLATE_NOOP("metrics", "Weight"), _NEUTRAL, Kind.NUMBER,
        unit="kg", minimum=10 * THOUSAND, maximum=600 * THOUSAND, least_step=5 * THOUSAND,
    ),
    Metric(
        "waist", QT_TRANSLATE_NOOP("metrics", "Waist"), _NEUTRAL, Kind.NUMBER,
        unit="cm", minimum=20 * THOUSAND, maximum=400 * THOUSAND, least_step=5 * THOUSAND,
    ),
    Metric(
        "resting_heart_rate", QT_TRANSLATE_NOOP("metrics", "Resting heart rate"), _NEUTRAL,
        Kind.NUMBER, unit="/min", minimum=20 * THOUSAND, maximum=250 * THOUSAND,
        least_step=10 * THOUSAND,
    ),
    Metric(
        "temperature", QT_TRANSLATE_NOOP("metrics", "Temperature"), _NEUTRAL, Kind.NUMBER,
        unit="°C", minimum=25 * THOUSAND, maximum=45 * THOUSAND,
    ),
)  # fmt: skip

BY_ID = {metric.id: metric for metric in METRICS}
