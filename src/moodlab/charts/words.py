"""A chart in words: its alternative text, a day read aloud, and short figures.

They are made from the same results as the drawing, so the two agree.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.figures import (
    every_words,
    short_figure_text,
    short_middle_half_text,
    yes_days_text,
)
from moodlab.analysis.overview import Overview
from moodlab.analysis.series import MetricSeries
from moodlab.analysis.summaries import Block, Summary, shorten
from moodlab.charts.blood.words import MOST_DESCRIBED, describe_labs
from moodlab.charts.writing import written
from moodlab.domain.days import MONTHS, Period, brief_date, long_date, needs_year
from moodlab.domain.metrics import THOUSAND, Direction, Kind, Metric
from moodlab.domain.ratings import value_text
from moodlab.i18n import translate


def class_words(kind: DayClass) -> str:
    """Return what is known about a day, in words."""
    return {
        DayClass.SAME_DAY: translate("chart", "same day"),
        DayClass.NEXT_DAY: translate("chart", "next day"),
        DayClass.LATER: translate("chart", "later"),
        DayClass.UNKNOWN: translate("chart", "time of writing unknown"),
        DayClass.UNWELL: translate("chart", "too unwell to log"),
        DayClass.PAUSED: translate("chart", "paused"),
        DayClass.NO_ENTRY: translate("chart", "no entry"),
    }[kind]


def direction_words(direction: Direction) -> str:
    """Return the heading of the metrics of one direction."""
    return {
        Direction.HIGHER_WORSE: translate("chart", "HIGHER = WORSE"),
        Direction.HIGHER_BETTER: translate("chart", "HIGHER = BETTER"),
        Direction.NEUTRAL: translate("chart", "NEITHER WAY IS BETTER"),
    }[direction]


def lines_beside(series: MetricSeries) -> tuple[str, str]:
    """Return the figures of the last weeks and of those before: ``last 28 days: 6 (5–7), n 21``.

    Where too few days have a rating, the lines say how many have one.
    """
    recent, previous = series.recent, series.previous
    if series.is_yes_no:
        return _yes_lines(series)
    if series.is_sparse:
        return _sparse_lines(series)
    now = written(short_middle_half_text(series.metric, recent.summary))
    then = written(short_middle_half_text(series.metric, previous.summary))
    if then:
        second = translate("chart", "before: {middle}, n {n}").format(
            middle=then, n=previous.summary.n
        )
    elif now:
        second = translate("chart", "before: {n} of {days} days rated").format(
            n=previous.summary.n, days=len(previous.period)
        )
    else:
        second = translate("chart", "not enough to compare yet")
    if now:
        first = translate("chart", "last {days} days: {middle}, n {n}").format(
            days=len(recent.period), middle=now, n=recent.summary.n
        )
    else:
        first = translate("chart", "{n} of the last {days} days rated").format(
            n=recent.summary.n, days=len(recent.period)
        )
        first += "" if then else ":"
    return first, second


def _yes_lines(series: MetricSeries) -> tuple[str, str]:
    none = translate("chart", "no value")
    return (
        translate("chart", "last {days} days: {yes}").format(
            days=len(series.recent.period), yes=_yes_of(series.recent.summary) or none
        ),
        translate("chart", "before: {yes}").format(yes=_yes_of(series.previous.summary) or none),
    )


def _yes_of(summary: Summary) -> str:
    if not summary.n:
        return ""
    return translate("chart", "yes on {yes} of {n}").format(yes=summary.above_zero, n=summary.n)


def _sparse_lines(series: MetricSeries) -> tuple[str, str]:
    """Return how often it is asked and how many values there are, and the latest of them."""
    first = translate("chart", "{every}, n {n}").format(
        every=every_words(series.metric.every), n=len(series.points)
    )
    if not series.points:
        return first, translate("chart", "no value")
    return first, translate("chart", "latest: {value} on {day}").format(
        value=_latest_text(series), day=brief_date(series.points[-1].day, series.period)
    )


def _latest_text(series: MetricSeries) -> str:
    value = series.points[-1].value
    return "" if value is None else written(value_text(series.metric, value))


def span_words(period: Period) -> str:
    """Return ``13 August to 4 November 2025``, naming the first year only where it differs."""
    years = needs_year(period.first, Period.ending(period.last, 1))
    return translate("chart", "{first} to {last}").format(
        first=_day_words(period.first, with_year=years),
        last=_day_words(period.last, with_year=True),
    )


def _day_words(day: date, *, with_year: bool) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def describe_series(series: MetricSeries) -> str:
    """Return the alternative text of one panel."""
    metric = series.metric
    name = f"{metric.label}, {metric.direction_text}" if metric.direction_text else metric.label
    sentences = [
        translate(
            "chart",
            "{name}. {span}: {n} of {days} days have a rating, {same} of them on the same day.",
        ).format(
            name=name,
            span=span_words(series.period),
            n=len(series.points),
            days=len(series.period),
            same=series.same_day,
        ),
        *([_unknown_words(series.unknown)] if series.unknown else []),
    ]
    if series.is_sparse:
        if series.points:
            sentences.append(
                translate("chart", "Asked {every}. Latest: {value} on {day}.").format(
                    every=every_words(metric.every),
                    value=_latest_text(series),
                    day=brief_date(series.points[-1].day, series.period),
                )
            )
    else:
        sentences += [
            translate("chart", "Last {days} days: {middle}.").format(
                days=len(series.recent.period), middle=_middle_words(metric, series.recent)
            ),
            translate("chart", "The 28 days before: {middle}.").format(
                middle=_middle_words(metric, series.previous)
            ),
        ]
    if series.longest_gap is not None:
        sentences.append(
            translate("chart", "Longest stretch without a rating: {n} days ({span}).").format(
                n=len(series.longest_gap), span=span_words(series.longest_gap)
            )
        )
    return " ".join(sentences)


def _unknown_words(days: int) -> str:
    if days == 1:
        return translate("chart", "Time of writing unknown: 1 day.")
    return translate("chart", "Time of writing unknown: {n} days.").format(n=days)


def _middle_words(metric: Metric, block: Block) -> str:
    summary = block.summary
    if metric.kind is Kind.YES_NO:
        return yes_days_text(summary) or translate("chart", "no value")
    if summary.median is None or summary.q1 is None or summary.q3 is None:
        return summary.reason or ""
    return translate("chart", "middle value {median}, middle half {q1} to {q3}").format(
        median=written(short_figure_text(metric, summary.median)),
        q1=written(short_figure_text(metric, summary.q1)),
        q3=written(short_figure_text(metric, summary.q3)),
    )


def describe_overview(overview: Overview) -> str:
    """Return the alternative text of the whole overview."""
    coverage = overview.coverage
    sentences = [
        translate(
            "chart", "{span}: {n} of {days} days have a rating, {same} of them on the same day."
        ).format(
            span=span_words(overview.period),
            n=coverage.days_with_rating,
            days=coverage.days,
            same=coverage.same_day,
        )
    ]
    if coverage.unknown:
        sentences.append(_unknown_words(coverage.unknown))
    if coverage.longest_gap is not None and coverage.longest_gap_days >= 3:
        sentences.append(
            translate("chart", "Longest stretch without a rating: {n} days ({span}).").format(
                n=coverage.longest_gap_days, span=span_words(coverage.longest_gap)
            )
        )
    sentences += [describe_series(series) for series in overview.series if series.points]
    sentences += list(_other_sentences(overview))
    if overview.is_example:
        sentences.insert(0, translate("chart", "Example, invented data."))
    return " ".join(sentences)


def _other_sentences(overview: Overview) -> Iterator[str]:
    for labs in (overview.labs, *overview.other_labs):
        if sentence := describe_labs(labs):
            yield sentence
    if overview.timeline.changes:
        changes = overview.timeline.changes[-MOST_DESCRIBED:]
        parts = [f"{brief_date(change.day, overview.period)} {change.text}" for change in changes]
        if earlier := len(overview.timeline.changes) - len(changes):
            parts.insert(0, translate("chart", "{n} earlier changes").format(n=earlier))
        yield translate("chart", "Treatment changes: {changes}.").format(changes="; ".join(parts))


def read_day(overview: Overview, day: date) -> str:
    """Return what the chart shows on `day`, in the order of its panels."""
    number = (day - overview.period.first).days
    parts = [long_date(day), class_words(overview.classes[number])]
    for series in overview.series:
        value = next((point.value for point in series.points if point.day == day), None)
        if value is None:
            continue
        text = f"{series.metric.label} {written(value_text(series.metric, value))}"
        middle = series.line.medians[number] if series.line is not None else None
        if middle is not None:
            text += translate("chart", " (middle {middle})").format(
                middle=written(
                    short_figure_text(series.metric, shorten(Decimal(str(middle)) / THOUSAND))
                )
            )
        parts.append(text)
    parts += [
        f"{labs.label} {result.printed_with_unit}"
        for labs in (overview.labs, *overview.other_labs)
        for result in labs.results
        if result.collected == day
    ]
    parts += [change.text for change in overview.timeline.changes if change.day == day]
    parts += [each.event.words for each in overview.timeline.events if each.day == day]
    return " · ".join(parts)
