"""A day's own history: each entry that was written, changed or taken away, and how it is told."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from moodlab.domain.days import Recorded, Timeliness, short_date, timeliness
from moodlab.domain.history.row_words import (
    StepNames,
    day_words,
    metric_name,
    name_of_test,
    treatment_name,
    value_words,
)
from moodlab.domain.history.steps import Row, RowChange
from moodlab.i18n import translate


class DayChange(NamedTuple):
    """One entry of a day before and after it was changed.

    `about` is the column that was changed of the table `day`, and empty elsewhere. What stood
    before can be put back (`can_return`) unless it is what stands there now.
    """

    key: str
    change: RowChange
    about: str
    recorded: Recorded
    can_return: bool

    @property
    def is_first(self) -> bool:
        """Whether nothing stood there before."""
        return not _stands(self.change.before, self.about)

    @property
    def is_last(self) -> bool:
        """Whether nothing stood there afterwards."""
        return not _stands(self.change.after, self.about)


class ChangeWords(NamedTuple):
    """A change in words: what was changed, what stood there after it and before it."""

    what: str
    after: str
    before: str


def change_words(change: DayChange, names: StepNames) -> ChangeWords:
    """Return a change in words; a side on which nothing stood is called empty."""
    row = change.change.after or change.change.before or {}
    table, before, after = change.change
    if table == "day":
        return ChangeWords(
            _about_words(change.about),
            _said(change.about, after),
            _said(change.about, before),
        )
    told = ChangeWords(
        _what(table, row, names), _value(table, after, names), _value(table, before, names)
    )
    if told.after == told.before:
        # The lab's name or a reason, say: it changed, and is read where the entry stands.
        details = translate("history", "{value}, with other details")
        return told._replace(before=details.format(value=told.before))
    return told


def written_words(
    change: DayChange, day: date, clock: Callable[[datetime], str] = "{:%H:%M}".format
) -> str:
    """Return when a change was written: ``5 Mar 2026, 21:10 · next day``."""
    local = change.recorded.local
    form = translate("history", "{day}, {clock} · {when}")
    return form.format(day=short_date(local.date()), clock=clock(local), when=_when(change, day))


def _stands(row: Row, about: str) -> bool:
    return row is not None and (not about or bool(row.get(about)))


def _when(change: DayChange, day: date) -> str:
    row = change.change.after
    if row is not None and row.get("source") == "import":
        return translate("history", "imported")
    if row is not None and row.get("source") == "paper":
        return translate("history", "typed in from paper")
    if change.recorded.day < day:
        return translate("history", "ahead")
    return {
        Timeliness.SAME_DAY: translate("history", "same day"),
        Timeliness.NEXT_DAY: translate("history", "next day"),
    }.get(timeliness(day, change.recorded.day), translate("history", "later"))


def _what(table: str, row: Row, names: StepNames) -> str:
    if row is None:
        return ""
    match table:
        case "rating":
            return metric_name(row["metric"], names)
        case "lab_result":
            return name_of_test(row["analyte"], names)
        case "dose":
            return treatment_name(row["treatment"], names)
        case "as_needed":
            form = translate("history", "{name}, as needed")
            return form.format(name=treatment_name(row["treatment"], names))
        case "treatment":
            return translate("history", "End of {name}").format(name=row["name"])
        case "event":
            if row["kind"] == "appointment":
                return translate("history", "Appointment")
            return translate("history", "Event")
        case "question":
            return translate("history", "Question")
    return str(row["name"] if table == "questionnaire" else row["kind"])


def _value(table: str, row: Row, names: StepNames) -> str:
    if row is None:
        return translate("history", "empty")
    if table == "event":
        until = row["last_day"]
        if until and until != row["first_day"]:
            form = translate("history", "{text}, until {day}")
            return form.format(text=_quote(row["text"]), day=day_words(until, names))
        return _quote(row["text"])
    if table == "question":
        form = translate("history", "{text} (answered)")
        text = _quote(row["text"])
        return form.format(text=text) if row["is_closed"] else text
    if table == "dose":
        form = translate("history", "{dose} from {day}")
        text = form.format(dose=row["text"], day=day_words(row["first_day"], names))
        return text.strip()
    if table == "as_needed":
        return str(row["text"]) or translate("history", "taken")
    return value_words(table, row, names) or translate("history", "ongoing")


def _about_words(about: str) -> str:
    return {
        "note": translate("history", "Note"),
        "note_for_doctor": translate("history", "For my doctor"),
        "state": translate("history", "Mark"),
        "left_empty": translate("history", "Left empty"),
    }[about]


def _said(about: str, row: Row) -> str:
    value = row.get(about) if row else None
    if about in ("note_for_doctor", "left_empty"):
        return translate("history", "yes") if value else translate("history", "no")
    if not value:
        return translate("history", "empty")
    marks = {
        "unwell": translate("history", "too unwell to log"),
        "paused": translate("history", "paused"),
    }
    return marks.get(str(value), str(value)) if about == "state" else _quote(value)


def _quote(text: object) -> str:
    """Return a person's own words apart from ours."""
    return f"“{text}”"
