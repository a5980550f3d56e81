"""The two axes: calendar time, shared by all panels, and each metric's own fixed scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from moodlab.analysis.series import MetricSeries
from moodlab.charts.drawing.fonts import text_width
from moodlab.charts.writing import written
from moodlab.domain.days import MONTHS, Period, brief_date, short_date
from moodlab.domain.metrics import THOUSAND, Kind
from moodlab.domain.ratings import number_text
from moodlab.i18n import translate

_LABEL_GAP = 8.0


@dataclass(frozen=True, slots=True)
class DateLabel:
    """A date under the axis: the day it stands for and where its text begins, in points."""

    day: date
    text: str
    left: float


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Calendar days over `width` points. A day is one unit wide, centred on its ordinal number."""

    period: Period
    width: float

    @property
    def limits(self) -> tuple[float, float]:
        """The outer edges of the first and the last day."""
        return self.period.first.toordinal() - 0.5, self.period.last.toordinal() + 0.5

    @property
    def points_per_day(self) -> float:
        """The width of one day in points."""
        return self.width / len(self.period)

    def offset(self, x: float) -> float:
        """Return how many points right of the axis's left end the ordinal `x` lies."""
        return (x - self.limits[0]) * self.points_per_day

    def ordinal(self, offset: float) -> float:
        """Return the ordinal `offset` points right of the left end."""
        return self.limits[0] + offset / self.points_per_day

    def begin_of(self, day: date) -> float:
        """Return the ordinal at which `day` begins, where a change on that day is drawn."""
        return day.toordinal() - 0.5

    def months(self) -> Iterator[date]:
        """Yield the first days of months within the period."""
        day = self.period.first.replace(day=1)
        while day <= self.period.last:
            if day >= self.period.first:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)

    def grid_days(self) -> tuple[date, ...]:
        """Return the days with a vertical grid line: Mondays, months, or years."""
        days = len(self.period)
        if days <= 62:
            return tuple(day for day in self.period if day.weekday() == 0)
        if days <= 1100:
            return tuple(self.months())
        return tuple(day for day in self.months() if day.month == 1)

    def date_labels(self, size: float, *, both_ends: bool = False) -> tuple[DateLabel, ...]:
        """Return the dates to print at `size` points: none cut, none touching another.

        A label begins at its day, as far left as keeps it inside the axis. With `both_ends` the
        first and the last day are among them, whatever stands between.
        """
        labels: list[DateLabel] = []
        reach = -_LABEL_GAP
        if both_ends and len(self.period) > 1:
            return self._between_ends(size)
        # Read in order, so a year that changes is named once. One year is named at the chart.
        named = (
            set() if self.period.first.year != self.period.last.year else {self.period.last.year}
        )
        for day in self._labelled_days():
            text = self._label(day, begins_year=day.year not in named)
            named.add(day.year)
            wide = text_width(text, size)
            left = min(self.offset(self.begin_of(day)), self.width - wide)
            if left >= reach + _LABEL_GAP:
                labels.append(DateLabel(day, text, left))
                reach = left + wide
        return tuple(labels)

    def _between_ends(self, size: float) -> tuple[DateLabel, ...]:
        first, last = self.period.first, self.period.last
        is_one_year = first.year == last.year
        texts = [brief_date(day, self.period) if is_one_year else short_date(day)
                 for day in (first, last)]  # fmt: skip
        begin = DateLabel(first, texts[0], 0.0)
        end = DateLabel(last, texts[1], self.width - text_width(texts[1], size))
        labels = [begin]
        reach = text_width(texts[0], size)
        for day in self.grid_days():
            text = self._label(day, begins_year=day.year != labels[-1].day.year)
            left = self.offset(self.begin_of(day))
            right = left + text_width(text, size)
            if left >= reach + _LABEL_GAP and right + _LABEL_GAP <= end.left:
                labels.append(DateLabel(day, text, left))
                reach = right
        return (*labels, end)

    def _labelled_days(self) -> Sequence[date]:
        days = len(self.period)
        regular = self.grid_days()
        if days > 1100:
            every = max(1, len(regular) // 12)
            return regular[::every] if regular else (self.period.first,)
        if days > 400:
            return tuple(day for day in regular if day.month % 3 == 1) or (self.period.first,)
        near = days / 12
        first = self.period.first
        # The first day is named unless a regular label stands close by.
        if regular and (regular[0] - first).days < near:
            return regular
        return (first, *regular)

    def _label(self, day: date, *, begins_year: bool) -> str:
        days = len(self.period)
        if days > 1100:
            return str(day.year)
        if days <= LONGEST_WITH_DAYS:
            return short_date(day) if begins_year else brief_date(day, Period.ending(day, 1))
        month = MONTHS[day.month - 1][:3]
        return f"{month} {day.year}" if day.month == 1 else month


LONGEST_WITH_DAYS = 183


@dataclass(frozen=True, slots=True)
class ValueScale:
    """A metric's vertical axis. Values in thousandths divided by `factor` are axis units."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    factor: int = THOUSAND


_RATINGS = ValueScale(-0.6, 10.6, ((0, "0"), (5, "5"), (10, "10")))
_HOUR = 60 * THOUSAND


def value_scale(series: MetricSeries) -> ValueScale:
    """Return the axis of a metric: the same 0 to 10 for every rating, whatever the data.

    Hours have 0 to 14 (24 once a value needs it); only a number with a unit of its own, such as
    weight, has limits from its data, since zero would hide everything.
    """
    metric = series.metric
    values = [point.value for point in series.points if point.value is not None]
    if metric.kind is Kind.SCALE:
        return _RATINGS
    if metric.kind is Kind.YES_NO:
        no, yes = translate("chart", "no"), translate("chart", "yes")
        return ValueScale(-0.3, 1.3, ((0, no), (1, yes)))
    if metric.kind is Kind.DURATION:
        high = 14 if max(values, default=0) <= 14 * _HOUR else 24
        step = 4 if high == 14 else 8
        return ValueScale(
            -0.6, high + 0.6, tuple((hour, f"{hour} h") for hour in range(0, high + 1, step)), _HOUR
        )
    return _number_scale(values, metric.least_step)


def _number_scale(values: Sequence[int], least_step: int) -> ValueScale:
    """Return an axis with lines at whole steps, begun at zero where the values are near to it.

    A step is never so small that an ordinary change of this metric fills the panel.
    """
    low, high = min(values, default=0), max(values, default=THOUSAND)
    if 0 <= 2 * low <= high:
        low = 0
    steps = [size * 10**power for power in range(1, 13) for size in (1, 2, 5)]
    # What is counted in fractions has smaller steps.
    least = min(least_step, next(step for step in reversed(steps) if step <= max(high, 20) / 2))
    step = next(step for step in steps if step >= least and step * 2 >= high - low)
    first = low // step * step
    ticks = [first, first + step, first + 2 * step]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    margin = 0.06 * (ticks[-1] - ticks[0]) / THOUSAND
    return ValueScale(
        ticks[0] / THOUSAND - margin,
        ticks[-1] / THOUSAND + margin,
        tuple((tick / THOUSAND, written(number_text(tick))) for tick in ticks),
    )
