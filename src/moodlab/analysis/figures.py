"""How figures of a metric are written, the same way on the page, in charts and in tables."""

from decimal import Decimal

from moodlab.analysis.summaries import Summary
from moodlab.domain.metrics import THOUSAND, Every, Kind, Metric
from moodlab.domain.ratings import duration_text, number_text, value_text
from moodlab.i18n import translate


def figure_text(metric: Metric, value: Decimal) -> str:
    """Return one figure with its unit: ``6.5``, ``7 h 30 min``, ``71.4 kg``, ``−0.5``."""
    if metric.kind is Kind.DURATION:
        return duration_text(_minutes(value))
    if metric.kind is Kind.YES_NO:
        return value_text(metric, int(value))
    return _number(value) + (f" {metric.unit}" if metric.unit else "")


def short_figure_text(metric: Metric, value: Decimal) -> str:
    """Return one figure where the unit stands elsewhere: ``6.5``, ``7:30``, ``71.4``, ``−0.5``."""
    if metric.kind is Kind.DURATION:
        hours, minutes = divmod(_minutes(value), 60)
        return f"{hours}:{minutes:02d}"
    if metric.kind is Kind.YES_NO:
        return value_text(metric, int(value))
    return _number(value)


def titled(metric: Metric) -> str:
    """Return the name over figures without a unit: ``Weight (kg)``."""
    if metric.kind is Kind.NUMBER and metric.unit:
        return f"{metric.shown_label} ({metric.unit})"
    return metric.shown_label


def every_words(every: Every) -> str:
    """Return how often something is asked, ``once a week``; empty for every day."""
    return {
        Every.DAY: "",
        Every.WEEK: translate("figures", "once a week"),
        Every.MONTH: translate("figures", "once a month"),
    }[every]


def yes_days_text(summary: Summary) -> str:
    """Return ``yes on 12 of 30 days``, which holds for any number of days; empty for none."""
    if not summary.n:
        return ""
    if summary.n == 1:
        return translate("figures", "yes on {yes} of 1 day").format(yes=summary.above_zero)
    return translate("figures", "yes on {yes} of {n} days").format(
        yes=summary.above_zero, n=summary.n
    )


def middle_half_text(metric: Metric, summary: Summary) -> str:
    """Return ``6 (5–7)`` or ``71.4 kg (70.9–72)``; empty for too few values, and for yes or no."""
    if (
        metric.kind is Kind.YES_NO
        or summary.median is None
        or summary.q1 is None
        or summary.q3 is None
    ):
        return ""
    return _middle_half(
        figure_text(metric, summary.median), _bare(metric, summary.q1), _bare(metric, summary.q3)
    )


def short_middle_half_text(metric: Metric, summary: Summary) -> str:
    """Return ``6 (5–7)`` or ``7:30 (7:00–8:15)``; empty for too few values, and for yes or no."""
    if (
        metric.kind is Kind.YES_NO
        or summary.median is None
        or summary.q1 is None
        or summary.q3 is None
    ):
        return ""
    return _middle_half(
        *(short_figure_text(metric, value) for value in (summary.median, summary.q1, summary.q3))
    )


def span_of_values_text(metric: Metric, summary: Summary) -> str:
    """Return ``2–9``, the lowest and highest value; empty for none, and for yes or no."""
    if metric.kind is Kind.YES_NO or summary.lowest is None or summary.highest is None:
        return ""
    if summary.lowest == summary.highest:
        return figure_text(metric, summary.lowest)
    return f"{_bare(metric, summary.lowest)}–{figure_text(metric, summary.highest)}"


def _middle_half(median: str, q1: str, q3: str) -> str:
    return translate("figures", "{median} ({q1}–{q3})").format(median=median, q1=q1, q3=q3)


def _bare(metric: Metric, value: Decimal) -> str:
    """Return a figure without its unit, because another one names it; durations keep theirs."""
    return figure_text(metric, value) if metric.kind is Kind.DURATION else _number(value)


def _number(value: Decimal) -> str:
    return number_text(int(value * THOUSAND))


def _minutes(value: Decimal) -> int:
    return int(value + Decimal("0.5"))
