"""How a row is told: by what it is, with its value and its day."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from moodlab.domain.days import Period, brief_date
from moodlab.domain.history.steps import Row
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.metrics import Metric, TrackedMetric
from moodlab.domain.ratings import value_text
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate

LONGEST_TEXT = 40
# Settings whose value is a list for the program, and says nothing to a person.
_UNTOLD = frozenset(("metric_order", "metric_names", "metric_every", "short_version", "pause"))
# What of a row is told where its value stays the same.
_DAYS = ("day", "first_day", "last_day", "asked_day", "collected")
_ASPECTS = {
    "treatment": ("name",),
    "dose": ("first_day",),
    "as_needed": ("day",),
    "event": ("first_day", "last_day"),
    "question": ("text", "asked_day"),
    "lab_result": ("collected",),
    "questionnaire": ("name", "day"),
}


class StepNames(NamedTuple):
    """What the ids in a row are called, and the day it is read on."""

    metrics: Mapping[str, Metric]
    tests: Mapping[str, str]
    treatments: Mapping[str, str]
    today: date

    @classmethod
    def of(
        cls,
        metrics: Iterable[TrackedMetric],
        tests: Iterable[Analyte],
        treatments: Iterable[Treatment],
        today: date,
    ) -> "StepNames":
        """The names that these have."""
        return cls(
            {tracked.metric.id: tracked.metric for tracked in metrics},
            {test.id: test.label for test in tests},
            {treatment.id: treatment.name for treatment in treatments},
            today,
        )


def row_words(table: str, row: Mapping[str, Any], value: str, names: StepNames) -> str:
    """Return ``Mood 6 on 2 Nov``, ``CRP 48 mg/L of 20 Oct`` or ``event “Chest infection” on …``.

    Empty for a setting that has no name of its own.
    """
    match table:
        case "rating":
            form = translate("steps", "{name} {value} on {day}")
            label = metric_name(row["metric"], names)
            return form.format(name=label, value=value, day=day_words(row["day"], names))
        case "metric_span":
            return f"{metric_name(row['metric'], names)} {value}"
        case "lab_result":
            form = translate("steps", "{name} {value} of {day}")
            label = name_of_test(row["analyte"], names)
            return form.format(name=label, value=value, day=day_words(row["collected"], names))
        case "dose" | "as_needed":
            label = treatment_name(row["treatment"], names)
            first = row["first_day"] if table == "dose" else row["day"]
            form = (
                translate("steps", "{name} {value} from {day}")
                if table == "dose"
                else translate("steps", "{name} {value} on {day}")
            )
            text = form.format(name=label, value=value, day=day_words(first, names))
            return " ".join(text.split())
        case "treatment":
            return " ".join(f"{shorten(row['name'])} {value}".split())
        case "event":
            form = translate("steps", "event “{text}” on {day}")
            day = day_words(row["first_day"], names)
            return form.format(text=shorten(row["text"]), day=day)
        case "question":
            form = (
                translate("steps", "question “{text}” of {day}, answered")
                if row["is_closed"]
                else translate("steps", "question “{text}” of {day}")
            )
            day = day_words(row["asked_day"], names)
            return form.format(text=shorten(row["text"]), day=day)
        case "questionnaire" | "measure":
            name = str(row["name"] if table == "questionnaire" else row["kind"])
            form = translate("steps", "{name} {value} on {day}")
            return form.format(name=name, value=value, day=day_words(row["day"], names))
        case "metric":
            return translate("steps", "your rating “{name}”").format(name=shorten(row["label"]))
        case "pin":
            return translate("steps", "Days when {conditions}").format(conditions=value)
        case "journal":
            form = _setting_form(str(row["key"]))
            return form.format(value=value)
    return translate("steps", "test “{name}”").format(name=shorten(row["label"]))


def value_words(table: str, row: Row, names: StepNames) -> str:
    """Return the value that a row holds; empty where it has none of its own."""
    if row is None:
        return ""
    match table:
        case "rating":
            if row["value_thousandths"] is None:
                return translate("steps", "could not say")
            metric, value = names.metrics.get(str(row["metric"])), int(row["value_thousandths"])
            return value_text(metric, value) if metric else str(value)
        case "metric_span":
            return _span_words(row, names)
        case "lab_result":
            return f"{row['printed']} {display_unit(str(row['unit']))}".strip()
        case "dose" | "as_needed":
            return shorten(row["text"])
        case "treatment":
            if row["last_day"] is None:
                return translate("steps", "ongoing")
            return translate("steps", "until {day}").format(day=day_words(row["last_day"], names))
        case "questionnaire":
            return str(row["total"])
        case "measure":
            return f"{row['value']} {row['unit']}".strip()
        case "question":
            return (
                translate("steps", "answered") if row["is_closed"] else translate("steps", "open")
            )
        case "event":
            return shorten(row["text"])
        case "metric" | "analyte":
            return shorten(row["label"])
        case "pin":
            return _conditions_words(row, names)
        case "journal":
            return _setting_value(row)
    return ""


def other_words(table: str, before: Mapping[str, Any], now: Row, names: StepNames) -> str:
    """Return what else of a row was different before: its name or its day; empty for neither."""
    for name in _ASPECTS.get(table, ()):
        was = before.get(name)
        if now is not None and was is not None and was != now.get(name):
            return day_words(was, names) if name in _DAYS else shorten(was)
    return ""


def metric_name(metric_id: object, names: StepNames) -> str:
    """Return what a metric is called; its id where nobody knows."""
    metric = names.metrics.get(str(metric_id))
    return metric.shown_label if metric else str(metric_id)


def name_of_test(analyte: object, names: StepNames) -> str:
    """Return what a test is called; its id where nobody knows."""
    return names.tests.get(str(analyte), str(analyte))


def treatment_name(treatment_id: object, names: StepNames) -> str:
    """Return what a treatment is called."""
    return names.treatments.get(str(treatment_id), translate("steps", "a treatment"))


def day_words(text: object, names: StepNames) -> str:
    """Return a stored day as it is said today: ``4 Mar``, or with its year."""
    return brief_date(date.fromisoformat(str(text)), Period.ending(names.today, 1))


def shorten(text: object) -> str:
    """Return a text in one line of up to 40 characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1].rstrip() + "…"


def _span_words(row: Mapping[str, Any], names: StepNames) -> str:
    first, last = row["first_day"], row["last_day"]
    if last is None:
        if first is None:
            return translate("steps", "asked")
        return translate("steps", "asked from {first}").format(first=day_words(first, names))
    if first is None:
        return translate("steps", "asked until {last}").format(last=day_words(last, names))
    return translate("steps", "asked from {first} until {last}").format(
        first=day_words(first, names), last=day_words(last, names)
    )


def _conditions_words(row: Mapping[str, Any], names: StepNames) -> str:
    from moodlab.domain.tracking.conditions import condition_text

    known = tuple(names.metrics.values())
    return translate("steps", " and ").join(
        condition_text((str(metric), str(sign), int(bound)), known)
        for metric, sign, bound in json.loads(row["conditions"])
    )


def _setting_form(key: str) -> str:
    return {
        "day_end_minutes": translate("steps", "a day ends at {value}"),
        "person_name": translate("steps", "name on the page {value}"),
        "person_born": translate("steps", "born on the page {value}"),
        "contacts": translate("steps", "your contacts {value}"),
        "metric_order": translate("steps", "the order of ratings"),
        "metric_names": translate("steps", "the names of ratings"),
        "metric_every": translate("steps", "how often a rating is asked"),
        "short_version": translate("steps", "the choice for the short version"),
    }.get(key, "")


def _setting_value(row: Mapping[str, Any]) -> str:
    key, value = str(row["key"]), str(row["value"])
    if key in _UNTOLD:
        return ""
    if key == "day_end_minutes" and value.isascii() and value.isdecimal():
        hours, minutes = divmod(int(value), 60)
        return f"{hours:02}:{minutes:02}"
    if key == "contacts":
        value = ", ".join(str(name) for name, _reach in json.loads(value))
    return shorten(value) or translate("steps", "empty")
