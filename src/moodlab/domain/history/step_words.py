"""How a step is told: what it changed, of which day, and what it was before."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from moodlab.domain.days import Period, brief_date
from moodlab.domain.history.steps import Row, RowChange, Step
from moodlab.domain.labs.analytes import display_unit
from moodlab.domain.metrics import Metric
from moodlab.domain.ratings import value_text
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked

LONGEST_TEXT = 40
# Of a step over several tables, the row of the first one here is told.
_TOLD_FIRST = (
    "rating", "day", "lab_result", "dose", "treatment", "as_needed", "event", "question",
    "questionnaire", "measure", "analyte",
)  # fmt: skip
# Told as a whole, as they mark many days.
_PAUSING = ("pause", "resume")
_WORDS = {
    "rate": QT_TRANSLATE_NOOP("steps", "a rating"),
    "clear": QT_TRANSLATE_NOOP("steps", "clearing a rating"),
    "log": QT_TRANSLATE_NOOP("steps", "entries of a day"),
    "mark": QT_TRANSLATE_NOOP("steps", "the mark of a day"),
    "pause": QT_TRANSLATE_NOOP("steps", "a pause"),
    "resume": QT_TRANSLATE_NOOP("steps", "the end of a pause"),
    "note": QT_TRANSLATE_NOOP("steps", "a note"),
    "leave empty": QT_TRANSLATE_NOOP("steps", "leaving a day empty"),
    "lab result": QT_TRANSLATE_NOOP("steps", "a blood result"),
    "delete lab result": QT_TRANSLATE_NOOP("steps", "deleting a blood result"),
    "test": QT_TRANSLATE_NOOP("steps", "a test of your own"),
    "unit": QT_TRANSLATE_NOOP("steps", "a unit of a test of your own"),
    "treatment": QT_TRANSLATE_NOOP("steps", "a treatment"),
    "delete treatment": QT_TRANSLATE_NOOP("steps", "deleting a treatment"),
    "event": QT_TRANSLATE_NOOP("steps", "an event"),
    "delete event": QT_TRANSLATE_NOOP("steps", "deleting an event"),
    "question": QT_TRANSLATE_NOOP("steps", "a question"),
    "delete question": QT_TRANSLATE_NOOP("steps", "deleting a question"),
    "as needed": QT_TRANSLATE_NOOP("steps", "a day taken as needed"),
    "delete as needed": QT_TRANSLATE_NOOP("steps", "deleting a day taken as needed"),
    "delete dose": QT_TRANSLATE_NOOP("steps", "deleting a dose"),
    "questionnaire": QT_TRANSLATE_NOOP("steps", "a questionnaire"),
    "delete questionnaire": QT_TRANSLATE_NOOP("steps", "deleting a questionnaire"),
    "delete measure": QT_TRANSLATE_NOOP("steps", "deleting a measure"),
    "pin": QT_TRANSLATE_NOOP("steps", "a pinned Days when"),
    "delete pin": QT_TRANSLATE_NOOP("steps", "deleting a pinned Days when"),
    "metric": QT_TRANSLATE_NOOP("steps", "a rating of your own"),
    "change metric": QT_TRANSLATE_NOOP("steps", "the name or words of a rating"),
    "order metrics": QT_TRANSLATE_NOOP("steps", "the order of ratings"),
    "stop metric": QT_TRANSLATE_NOOP("steps", "no longer asking a rating"),
    "resume metric": QT_TRANSLATE_NOOP("steps", "asking a rating again"),
    "delete metric": QT_TRANSLATE_NOOP("steps", "deleting a rating of your own"),
    "delete test": QT_TRANSLATE_NOOP("steps", "deleting a test of your own"),
    "settings": QT_TRANSLATE_NOOP("steps", "a setting"),
    "import": QT_TRANSLATE_NOOP("steps", "an import"),
    "put back": QT_TRANSLATE_NOOP("steps", "putting back something deleted"),
}


class StepNames(NamedTuple):
    """What the ids in a step's rows are called, and the day it is read on."""

    metrics: Mapping[str, Metric]
    tests: Mapping[str, str]
    treatments: Mapping[str, str]
    today: date


def name_step(kind: str) -> str:
    """Return the words for a step, to stand after "Undone:"."""
    words = _WORDS.get(kind)
    return kind if words is None else translate_marked(words)


def step_words(step: Step, names: StepNames) -> str:
    """Return what a step did, ``Mood 6 on 2 Nov``, for "Undo: …"."""
    change = _told(step)
    if change is None:
        return _untold(step, names)
    if change.after is None:
        return translate("steps", "{what} removed").format(
            what=_with_value(change.before, change, names)
        )
    return _with_value(change.after, change, names) + _and_more(step)


def undone_words(step: Step, names: StepNames) -> str:
    """Return what stands after a step was undone, ``Mood 3 on 2 Nov, was 6``."""
    change = _told(step)
    return _untold(step, names) if change is None else _moved(change.reversed, step, names)


def redone_words(step: Step, names: StepNames) -> str:
    """Return what stands after a step was redone, ``Mood 6 on 2 Nov, was 3``."""
    change = _told(step)
    return _untold(step, names) if change is None else _moved(change, step, names)


def place_of(step: Step) -> tuple[str, str]:
    """Return the page and the place on it that show a step; empty where no page does."""
    if step.kind in _PAUSING and (days := _paused_days(step)):
        return "today", days[-1 if step.kind == "resume" else 0]
    change = _told(step)
    row = change and (change.after or change.before)
    if change is None or row is None:
        return "", ""
    if change.table in ("rating", "day"):
        return "today", str(row["day"])
    if change.table in ("lab_result", "analyte"):
        return "labs", str(row["id"])
    if change.table in ("dose", "as_needed"):
        return "treatments", f"treatment {row['treatment']}"
    if change.table in ("treatment", "event", "question"):
        return "treatments", f"{change.table} {row['id']}"
    if change.table == "questionnaire":
        return "questionnaires", str(row["id"])
    return "", ""


def _untold(step: Step, names: StepNames) -> str:
    """Return the words for a step by its kind; a pause also by its first day."""
    days = _paused_days(step) if step.kind == "pause" else []
    if not days:
        return name_step(step.kind)
    return translate("steps", "pause from {day}").format(day=_day(days[0], names))


def _paused_days(step: Step) -> list[str]:
    """Return the days that a pause or its end named, in order: its own, and those it marked."""
    days = [
        str(row["day"]) for change in step.rows if change.table == "day"
        and (row := change.after or change.before)
    ]  # fmt: skip
    kept = [
        str(row["value"]).partition("/")[0] for change in step.rows if change.table == "journal"
        and (row := change.after if step.kind == "pause" else change.before)
    ]  # fmt: skip
    return sorted({*days, *kept})


def _told(step: Step) -> RowChange | None:
    if step.kind in _PAUSING:
        return None
    told = [change for change in step.rows if change.table in _TOLD_FIRST]
    return min(told, key=lambda change: _TOLD_FIRST.index(change.table), default=None)


def _and_more(step: Step) -> str:
    change = _told(step)
    others = sum(each.table == change.table for each in step.rows) - 1 if change else 0
    return translate("steps", " and {n} more").format(n=others) if others else ""


def _moved(change: RowChange, step: Step, names: StepNames) -> str:
    """Return what stands now after `change`, and what stood before it."""
    now, before = change.after, change.before
    more = _and_more(step)
    if change.table == "rating":
        row = now or before
        value = _value(change.table, now, names) if now else translate("steps", "empty")
        was = _value(change.table, before, names) if before else translate("steps", "empty")
        what = _phrase(change.table, row, value, names)
        return translate("steps", "{what}, was {was}").format(what=what, was=was) + more
    if change.table == "day":
        return _day_moved(change, names) + more
    if now is None:
        what = _with_value(before, change, names)
        return translate("steps", "{what}, removed").format(what=what) + more
    what = _with_value(now, change, names)
    if before is None:
        return translate("steps", "{what}, back again").format(what=what) + more
    was = _value(change.table, before, names)
    if was and was != _value(change.table, now, names):
        return translate("steps", "{what}, was {was}").format(what=what, was=was) + more
    return translate("steps", "{what}, as it was").format(what=what) + more


def _with_value(row: Row, change: RowChange, names: StepNames) -> str:
    if change.table == "day":
        return _day_words(change, names)
    return _phrase(change.table, row, _value(change.table, row, names), names)


def _phrase(table: str, row: Row, value: str, names: StepNames) -> str:
    """Return ``Mood 6 on 2 Nov``, ``CRP 48 mg/L of 20 Oct`` or ``event “Chest infection”``."""
    if row is None:
        return name_step(table)
    match table:
        case "rating":
            metric = names.metrics.get(str(row["metric"]))
            label = metric.label if metric else str(row["metric"])
            form = translate("steps", "{name} {value} on {day}")
            return form.format(name=label, value=value, day=_day(row["day"], names))
        case "lab_result":
            label = names.tests.get(str(row["analyte"]), str(row["analyte"]))
            form = translate("steps", "{name} {value} of {day}")
            return form.format(name=label, value=value, day=_day(row["collected"], names))
        case "dose" | "as_needed":
            label = names.treatments.get(str(row["treatment"]), translate("steps", "a treatment"))
            first = row["first_day"] if table == "dose" else row["day"]
            form = (
                translate("steps", "{name} {value} from {day}")
                if table == "dose"
                else translate("steps", "{name} {value} on {day}")
            )
            return " ".join(form.format(name=label, value=value, day=_day(first, names)).split())
        case "treatment":
            return " ".join(f"{_short(row['name'])} {value}".split())
        case "event":
            return translate("steps", "event “{text}”").format(text=_short(row["text"]))
        case "question":
            return translate("steps", "question “{text}”").format(text=_short(row["text"]))
        case "questionnaire" | "measure":
            name = str(row["name"] if table == "questionnaire" else row["kind"])
            form = translate("steps", "{name} {value} on {day}")
            return form.format(name=name, value=value, day=_day(row["day"], names))
    return translate("steps", "test “{name}”").format(name=_short(row["label"]))


def _value(table: str, row: Row, names: StepNames) -> str:
    """Return the value that a row holds; empty where it has none of its own."""
    if row is None:
        return ""
    match table:
        case "rating":
            if row["value_thousandths"] is None:
                return translate("steps", "could not say")
            metric, value = names.metrics.get(str(row["metric"])), int(row["value_thousandths"])
            return value_text(metric, value) if metric else str(value)
        case "lab_result":
            return f"{row['printed']} {display_unit(str(row['unit']))}".strip()
        case "dose" | "as_needed":
            return _short(row["text"])
        case "treatment":
            if row["last_day"] is None:
                return ""
            return translate("steps", "until {day}").format(day=_day(row["last_day"], names))
        case "questionnaire":
            return str(row["total"])
        case "measure":
            return f"{row['value']} {row['unit']}".strip()
        case "event" | "question":
            return _short(row["text"])
    return ""


def _day_moved(change: RowChange, names: StepNames) -> str:
    what, field = _day_words(change, names), _day_field(change)
    if not (change.after or {}).get(field):
        return translate("steps", "{what}, removed").format(what=what)
    if not (change.before or {}).get(field):
        return translate("steps", "{what}, back again").format(what=what)
    return translate("steps", "{what}, as it was").format(what=what)


def _day_field(change: RowChange) -> str:
    """Return which column of a day was changed, the most telling one first."""
    was, now = change.before or {}, change.after or {}
    fields = ("state", "note", "left_empty", "note_for_doctor")
    return next((name for name in fields if (was.get(name) or "") != (now.get(name) or "")), "")


def _day_words(change: RowChange, names: StepNames) -> str:
    """Return what of a day was changed: its mark, its note, or that it is left empty."""
    row = change.after or change.before
    if row is None:
        return name_step("mark")
    was, now = change.before or {}, change.after or {}
    forms = {
        "note": translate("steps", "the note of {day}"),
        "left_empty": translate("steps", "leaving {day} empty"),
        "note_for_doctor": translate("steps", "the tick at the note of {day}"),
    }
    marks = {
        "unwell": translate("steps", "“too unwell to log” on {day}"),
        "paused": translate("steps", "“paused” on {day}"),
    }
    mark = str(now.get("state") or was.get("state"))
    form = forms.get(_day_field(change)) or marks.get(mark, translate("steps", "the mark of {day}"))
    return form.format(day=_day(row["day"], names))


def _day(text: object, names: StepNames) -> str:
    return brief_date(date.fromisoformat(str(text)), Period.ending(names.today, 1))


def _short(text: object) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1].rstrip() + "…"
