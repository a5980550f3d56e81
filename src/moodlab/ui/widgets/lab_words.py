"""What the window says about draws: their days, and the echo of a result before it is saved."""

from collections.abc import Mapping
from datetime import date

from moodlab.analysis.draws import Draw
from moodlab.analysis.figures import figure_text, span_of_values_text, yes_days_text
from moodlab.domain.days import Period, brief_date, long_date
from moodlab.domain.events import Event
from moodlab.domain.labs.analytes import display_unit
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.units import fold_unit
from moodlab.domain.labs.words import range_position_words
from moodlab.domain.metrics import Every, Kind, Metric
from moodlab.i18n import translate
from moodlab.ui.look.conventions import decimal_text

LONGEST_EVENT = 60


def event_words(event: Event, near: date) -> str:
    """Return ``Chest infection, 11–20 Sep``, cut where the person wrote a long text.

    The year is named unless it is that of `near`, the day beside which it is read.
    """
    text = " ".join(event.text.split())
    if len(text) > LONGEST_EVENT:
        text = text[: LONGEST_EVENT - 1].rstrip() + "…"
    days = days_words(Period(event.first_day, event.last_day or event.first_day), near)
    return translate("labs", "{event}, {days}").format(event=text, days=days)


def days_words(period: Period, near: date) -> str:
    """Return ``11–20 Sep``, ``28 Sep – 3 Oct`` or ``2 Oct``, with a year that is not `near`'s."""
    first, last = period.first, period.last
    until = brief_date(last, Period.ending(near, 1))
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"
    return f"{brief_date(first, Period.ending(last, 1))} – {until}"


def beside_words(draw: Draw, metrics: Mapping[str, Metric]) -> str:
    """Return how the days before a draw were: ``fatigue 6 (n 13); sleep: only 3 rated``."""
    heading = translate("labs", "In the {n} days before, {days}").format(
        n=len(draw.window), days=days_words(draw.window, draw.day)
    )
    parts = []
    for metric_id, summary in draw.metrics:
        if not summary.n:
            continue
        metric = metrics[metric_id]
        label = metric.label
        name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        if metric.kind is Kind.YES_NO:
            text = translate("labs", "{metric} {yes}").format(
                metric=name, yes=yes_days_text(summary)
            )
        elif metric.every is not Every.DAY:
            # Two weeks have two values of what is asked once a week.
            text = translate("labs", "{metric} {values} (n {n})").format(
                metric=name, values=span_of_values_text(metric, summary), n=summary.n
            )
        elif summary.median is None:
            text = translate("labs", "{metric}: only {n} rated").format(metric=name, n=summary.n)
        else:
            text = translate("labs", "{metric} {median} (n {n})").format(
                metric=name, median=decimal_text(figure_text(metric, summary.median)), n=summary.n
            )
        parts.append(text)
    if not parts:
        return translate("labs", "{heading}: no ratings.").format(heading=heading)
    return translate("labs", "{heading}: {figures}.").format(
        heading=heading, figures="; ".join(parts)
    )


def echo_of(result: LabResult, *, is_unit_typed: bool = False) -> str:
    """Return what a result means, in words, before it is saved.

    `is_unit_typed` says that the unit behind the value moved the one that is chosen beside it.
    """
    parts = [long_date(result.collected)]
    if result.value.is_censored:
        bound = {
            "<": translate("labs", "below {figure} (limit of the test)"),
            "<=": translate("labs", "{figure} or below (limit of the test)"),
            ">": translate("labs", "above {figure} (limit of the test)"),
            ">=": translate("labs", "{figure} or above (limit of the test)"),
        }[result.value.comparator or "<"]
        figure = decimal_text(result.canonical_text.lstrip("<>="))
        parts.append(f"{result.printed_with_unit}: " + bound.format(figure=figure))
    elif not result.is_converted and fold_unit(result.unit) == fold_unit(result.canonical_unit):
        parts.append(result.printed_with_unit)
    else:
        parts.append(f"{result.printed_with_unit} = {decimal_text(result.canonical_text)}")
    if is_unit_typed:
        parts.append(
            translate("labs", "unit as typed: {unit}").format(unit=display_unit(result.unit))
        )
    if (position := result.position) is not None:
        parts.append(range_position_words(position))
    if result.excluded:
        parts.append(translate("labs", "left out of summaries"))
    return " · ".join(parts)
