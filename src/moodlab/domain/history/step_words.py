"""How a step is told: what it changed, of which day, and what it was before."""

from collections.abc import Mapping
from typing import Any

from moodlab.domain.history.deletions import day_contents
from moodlab.domain.history.row_words import (
    StepNames,
    day_words,
    other_words,
    row_words,
    shorten,
    value_words,
)
from moodlab.domain.history.steps import DELETE_DAY, Row, RowChange, Step
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked

# Of a step over several tables, the row of the first one here is told.
_TOLD_FIRST = (
    "rating", "day", "lab_result", "dose", "treatment", "as_needed", "event", "question",
    "questionnaire", "measure", "analyte", "metric", "metric_span", "pin", "journal",
)  # fmt: skip
# Told as a whole, as they mark many days.
_PAUSING = ("pause", "resume")
_OF_TRACKING = frozenset(
    ("metric", "change metric", "ask every", "short version", "order metrics", "stop metric",
     "resume metric", "delete metric")
)  # fmt: skip
# Where a setting of the journal is seen.
_SETTING_PLACES = {
    "day_end_minutes": (("settings", "day_end"),),
    "person_name": (("settings", "identity"), ("report", "")),
    "person_born": (("settings", "identity"), ("report", "")),
    "contacts": (("help_now", ""),),
}
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
    "ask every": QT_TRANSLATE_NOOP("steps", "how often a rating is asked"),
    "short version": QT_TRANSLATE_NOOP("steps", "the choice for the short version"),
    "order metrics": QT_TRANSLATE_NOOP("steps", "the order of ratings"),
    "stop metric": QT_TRANSLATE_NOOP("steps", "no longer asking a rating"),
    "resume metric": QT_TRANSLATE_NOOP("steps", "asking a rating again"),
    "delete metric": QT_TRANSLATE_NOOP("steps", "deleting a rating of your own"),
    "delete test": QT_TRANSLATE_NOOP("steps", "deleting a test of your own"),
    "delete day": QT_TRANSLATE_NOOP("steps", "deleting a day"),
    "settings": QT_TRANSLATE_NOOP("steps", "a setting"),
    "import": QT_TRANSLATE_NOOP("steps", "an import"),
    "put back": QT_TRANSLATE_NOOP("steps", "putting back something deleted"),
}


def name_step(kind: str) -> str:
    """Return the words for a step, to stand after "Undone:"."""
    words = _WORDS.get(kind)
    return kind if words is None else translate_marked(words)


def step_words(step: Step, names: StepNames) -> str:
    """Return what a step did, ``Mood 6 on 2 Nov``, for "Undo: …"."""
    change, names = _told(step), _with_own_names(step, names)
    if change is None:
        return _untold(step, names)
    if step.kind == DELETE_DAY:
        return translate("steps", "{what} removed").format(what=_whole_day(step, names))
    what = _plainly(change, step, names)
    if _takes_away(change):
        what = translate("steps", "{what} removed").format(what=what)
    return what + _and_more(step)


def undone_words(step: Step, names: StepNames) -> str:
    """Return what stands after a step was undone, ``Mood 3 on 2 Nov, was 6``."""
    change, names = _told(step), _with_own_names(step, names)
    if change is None:
        return _untold(step, names)
    if step.kind == DELETE_DAY:
        return translate("steps", "{what}, back again").format(what=_whole_day(step, names))
    return _moved(change.reversed, step, names) or translate("steps", "{what}, as it was").format(
        what=_plainly(change.reversed, step, names)
    )


def redone_words(step: Step, names: StepNames) -> str:
    """Return what stands after a step was redone, ``Mood 6 on 2 Nov, was 3``."""
    change, names = _told(step), _with_own_names(step, names)
    if change is None:
        return _untold(step, names)
    if step.kind == DELETE_DAY:
        return translate("steps", "{what}, removed").format(what=_whole_day(step, names))
    return _moved(change, step, names) or translate("steps", "{what}, changed again").format(
        what=_plainly(change, step, names)
    )


def places_of(step: Step) -> tuple[tuple[str, str], ...]:
    """Return the pages that show a step, each with the place on it, the most telling one first."""
    if step.kind in _PAUSING and (days := _paused_days(step)):
        paused = days[-1 if step.kind == "resume" else 0]
        return ("today", paused), ("history", paused)
    if step.kind in _OF_TRACKING:
        return (("tracking", _metric_of(step)),)
    change = _told(step)
    row = change and (change.after or change.before)
    if change is None or row is None:
        return ()
    named = (row.get(name) for name in ("day", "first_day", "collected", "asked_day"))
    day = ("history", next((str(each) for each in named if each), ""))
    match change.table:
        case "rating" | "day":
            return ("today", str(row["day"])), day
        case "lab_result":
            return ("labs", str(row["id"])), day
        case "analyte":
            return (("labs", str(row["id"])),)
        case "treatment":
            return (("treatments", f"treatment {row['id']}"),)
        case "dose" | "as_needed":
            return ("treatments", f"treatment {row['treatment']}"), day
        case "event":
            return ("treatments", f"event {row['id']}"), day
        case "question":
            return ("treatments", f"question {row['id']}"), ("report", ""), day
        case "questionnaire":
            return ("questionnaires", str(row["id"])), day
        case "measure":
            return (day,)
        case "metric" | "metric_span":
            return (("tracking", _metric_of(step)),)
        case "journal":
            return _SETTING_PLACES.get(str(row["key"]), ())
    # A pinned Days when is printed.
    return (("report", ""),)


def _untold(step: Step, names: StepNames) -> str:
    """Return the words for a step by its kind, a pause or its end with its day."""
    days = _paused_days(step) if step.kind in _PAUSING else []
    if not days:
        return name_step(step.kind)
    if step.kind == "pause":
        return translate("steps", "pause from {day}").format(day=day_words(days[0], names))
    return translate("steps", "the end of a pause on {day}").format(day=day_words(days[-1], names))


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


def _metric_of(step: Step) -> str:
    """Return the id of the metric that a step was about; empty where it was none alone."""
    for table, before, after in step.rows:
        row = after or before
        if row is not None and table in ("metric", "metric_span"):
            return str(row["metric" if table == "metric_span" else "id"])
    return ""


def _told(step: Step) -> RowChange | None:
    if step.kind in _PAUSING:
        return None
    told = [change for change in step.rows if change.table in _TOLD_FIRST]
    return min(told, key=lambda change: _TOLD_FIRST.index(change.table), default=None)


def _with_own_names(step: Step, names: StepNames) -> StepNames:
    """Add the names of what the step itself took away, which nobody else knows any more."""
    treatments: dict[str, str] = {}
    tests: dict[str, str] = {}
    for change in step.rows:
        row = change.after or change.before or {}
        if change.table == "treatment":
            treatments[str(row["id"])] = str(row["name"])
        elif change.table == "analyte":
            tests[str(row["id"])] = str(row["label"])
    return names._replace(
        treatments=treatments | dict(names.treatments), tests=tests | dict(names.tests)
    )


def _whole_day(step: Step, names: StepNames) -> str:
    rows = [(change.table, change.before or {}) for change in step.rows]
    day = next(str(row["day"]) for _, row in rows if "day" in row)
    return translate("steps", "{day}: {contents}").format(
        day=day_words(day, names), contents=day_contents(rows)
    )


def _and_more(step: Step) -> str:
    change = _told(step)
    others = sum(each.table == change.table for each in step.rows) - 1 if change else 0
    return translate("steps", " and {n} more").format(n=others) if others else ""


def _moved(change: RowChange, step: Step, names: StepNames) -> str:
    """Return what stands now, and what stood there before; empty where both read alike."""
    table, before, now = change
    what, was = _plainly(change, step, names), ""
    if table == "rating":
        empty = translate("steps", "empty")
        if now is None and before is not None:
            what = row_words(table, before, empty, names)
        was = value_words(table, before, names) or empty
    elif table == "day":
        was = _note_before(change)
    elif table == "journal" and not value_words(table, now or before, names):
        return ""
    elif now is not None and before is not None:
        was = value_words(table, before, names)
        if was == value_words(table, now, names):
            was = other_words(table, before, now, names)
        if not was:
            return ""
    if was:
        moved = translate("steps", "{what}, was {was}").format(what=what, was=was)
    elif _takes_away(change):
        moved = translate("steps", "{what}, removed").format(what=what)
    else:
        moved = translate("steps", "{what}, back again").format(what=what)
    return moved + _and_more(step)


def _plainly(change: RowChange, step: Step, names: StepNames) -> str:
    """Return what stands after `change`, or stood before where nothing does."""
    table, before, now = change
    row = now or before
    if row is None:
        return name_step(step.kind)
    if table == "day":
        return _day_words(change, row, names)
    return row_words(table, row, value_words(table, row, names), names) or name_step(step.kind)


def _takes_away(change: RowChange) -> bool:
    """Whether nothing stands there any more."""
    now = change.after
    return now is None or (change.table == "day" and not _day_value(now, _day_field(change)))


def _day_field(change: RowChange) -> str:
    """Return which column of a day was changed, the most telling one first."""
    fields = ("state", "note", "left_empty", "note_for_doctor")
    return next(
        (
            name
            for name in fields
            if _day_value(change.before, name) != _day_value(change.after, name)
        ),
        "state",
    )


def _day_value(row: Row, field: str) -> object:
    return (row.get(field) if row else None) or ""


def _note_before(change: RowChange) -> str:
    """Return the note that stood there before another one."""
    before, after = (_day_value(row, "note") for row in (change.before, change.after))
    is_note = _day_field(change) == "note" and before and after
    return f"“{shorten(before)}”" if is_note else ""


def _day_words(change: RowChange, row: Mapping[str, Any], names: StepNames) -> str:
    """Return what of a day was changed: its mark, its note, or that it is left empty."""
    field = _day_field(change)
    value = _day_value(change.after, field) or _day_value(change.before, field)
    forms = {
        "note": translate("steps", "note “{value}” on {day}"),
        "left_empty": translate("steps", "leaving {day} empty"),
        "note_for_doctor": translate("steps", "the tick at the note of {day}"),
        "unwell": translate("steps", "“too unwell to log” on {day}"),
        "paused": translate("steps", "“paused” on {day}"),
    }
    form = forms.get(str(value) if field == "state" else field)
    if form is None:
        form = translate("steps", "the mark of {day}")
    return form.format(value=shorten(value), day=day_words(row["day"], names))
