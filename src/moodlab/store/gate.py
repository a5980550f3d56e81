"""The gate: everything that comes in is made a record and checked by `domain`, whatever it was in.

An importer gives records, or the rows of another journal with their history. Either way the same
checks decide, so that no importer needs its own. `check` holds a journal's rows against them too.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from moodlab.domain import metrics as catalogue
from moodlab.domain.days import (
    LATEST_DAY_END,
    Recorded,
    latest_day_anywhere,
    refuse_future,
    refuse_odd_day,
    refuse_odd_moment,
)
from moodlab.domain.errors import Refused
from moodlab.domain.events import (
    Contact,
    Event,
    Question,
    refuse_odd_contact,
    refuse_odd_event,
    refuse_odd_question,
)
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.soundness import refuse_odd_analyte, refuse_odd_result
from moodlab.domain.metrics import Direction, Every, Kind, Metric, own_metric, refuse_odd_metric
from moodlab.domain.ratings import (
    DayState,
    Rating,
    refuse_long_note,
    refuse_odd_value,
)
from moodlab.domain.texts import LONGEST_NOTE, refuse_long
from moodlab.domain.tracking.pauses import parse_pause
from moodlab.domain.treatments import (
    Dose,
    Treatment,
    TreatmentKind,
    refuse_odd_dose,
    refuse_odd_treatment,
    refuse_odd_words,
)
from moodlab.i18n import translate
from moodlab.store.file.timestamps import recorded_or_unknown
from moodlab.store.ledger import ledger_sum
from moodlab.store.records.labs import read_analyte, read_lab

Row = Mapping[str, Any]
Record = Rating | Treatment | Event | LabResult


class Gate:
    """Raises Refused, in `domain`'s own sentence, for what no save of MoodLab's can hold."""

    def __init__(self, now: datetime, own_metrics: Iterable[Metric] = ()) -> None:
        """A day has come when it has somewhere on earth; metrics of one's own are rated, too."""
        self._calendar_today = now.date()
        self._latest_day = latest_day_anywhere(now)
        self._metrics = {**catalogue.BY_ID, **{metric.id: metric for metric in own_metrics}}
        self._checks: dict[str, Callable[[Row], object]] = {
            "journal": _check_setting,
            "metric": self._check_metric,
            "metric_span": _check_span,
            "day": self._check_day,
            "rating": lambda row: self.check(_rating(row)),
            "analyte": lambda row: refuse_odd_analyte(read_analyte(row)),
            "lab_result": lambda row: self.check(read_lab({**_LAB_DEFAULTS, **row})),
            "treatment": lambda row: refuse_odd_words(_treatment(row)),
            "dose": lambda row: refuse_odd_dose(_dose(row)),
            "as_needed": lambda row: self._refuse_day(_day(row["day"])),
            "event": lambda row: self.check(_event(row)),
            "question": self._check_question,
            "measure": self._check_measure,
            "questionnaire": self._check_measure,
            "pin": _check_texts,
        }

    def check(self, record: Record) -> None:
        """Check one record."""
        match record:
            case Rating():
                self._refuse_day(record.day)
                if (metric := self._metrics.get(record.metric)) is not None:
                    refuse_odd_value(metric, record.value)
                for text in (record.source, record.source_value, record.source_scale):
                    refuse_long(text or "")
                _refuse_moment(record.recorded)
            case Treatment():
                refuse_odd_treatment(record)
                for day in record.as_needed_days:
                    self._refuse_day(day)
            case Event():
                refuse_odd_event(record)
            case LabResult():
                refuse_odd_result(record)
                self._refuse_day(record.collected)

    def check_row(self, table: str, row: Row) -> None:
        """Check one row. Raises ValueError, TypeError or LookupError where it is no record."""
        try:
            self._checks[table](row)
        except RecursionError as error:
            raise ValueError(table) from error  # JSON within JSON without an end
        if "recorded_at" in row:
            self.check_moment(row)

    def check_moment(self, row: Row) -> None:
        """Check when a row or a change was written."""
        _refuse_moment(_recorded(row))

    def check_treatment(self, row: Row, doses: Iterable[Row], as_needed: Iterable[Row]) -> None:
        """Check a treatment with its doses and single days: they may contradict each other."""
        self.check(_treatment(row, doses, as_needed))

    def check_side(self, table: str, kept: str | None) -> None:
        """Check a row as the history keeps it. An older version's may lack a column."""
        if kept is None:
            return
        row = json.loads(kept)
        try:
            self.check_row(table, row)
        except KeyError:
            return

    def _refuse_day(self, day: date) -> None:
        refuse_odd_day(day)
        if day > self._latest_day:
            refuse_future(day, self._calendar_today)

    def _check_metric(self, row: Row) -> None:
        metric = own_metric(
            row["id"], row["label"], Direction(row["direction"]), Kind(row["kind"]),
            low_anchor=row["low_anchor"], high_anchor=row["high_anchor"], unit=row["unit"],
        )  # fmt: skip
        refuse_odd_metric(metric)
        self._metrics.setdefault(metric.id, metric)

    def _check_day(self, row: Row) -> None:
        self._refuse_day(_day(row["day"]))
        if row["state"] is not None:
            DayState(row["state"])
        refuse_long_note(row["note"])

    def _check_question(self, row: Row) -> None:
        question = Question(
            row["id"], _day(row["asked_day"]), row["text"],
            answered_day=_day_or_none(row.get("answered_day")), answer=row.get("answer", ""),
        )  # fmt: skip
        refuse_odd_question(question)
        self._refuse_day(question.asked_day)

    def _check_measure(self, row: Row) -> None:
        self._refuse_day(_day(row["day"]))
        _check_texts(row)
        for name in ("value", "total", "lowest", "highest"):
            if row.get(name) and not Decimal(row[name]).is_finite():
                raise Refused(
                    translate("gate", "“{text}” is not a number.").format(text=row[name][:60])
                )


def rows_by_treatment(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of doses or single days by the treatment that they belong to."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["treatment"], []).append(row)
    return found


# Columns that are younger than some histories.
_LAB_DEFAULTS = {"status": "", "issued": "", "remark": ""}


def _day(text: str) -> date:
    # Python also reads 20260101, which no table of a journal holds.
    if len(text) != len("2026-01-01"):
        raise ValueError(text)
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return None if text is None else _day(text)


def _recorded(row: Row) -> Recorded | None:
    return recorded_or_unknown(row["recorded_at"], row["offset_minutes"], row["recorded_day"])


def _refuse_moment(record: Recorded | None) -> None:
    if record is not None:
        if record.at.tzinfo is None:
            raise ValueError("a moment needs its offset from UTC")
        refuse_odd_moment(record)


def _rating(row: Row) -> Rating:
    if not -(2**63) <= (row["value_thousandths"] or 0) < 2**63:
        raise OverflowError("a number that no table can hold")
    return Rating(
        _day(row["day"]), row["metric"], row["value_thousandths"], _recorded(row), row["source"],
        row["source_value"], row["source_scale"],
    )  # fmt: skip


def _event(row: Row) -> Event:
    return Event(
        row["id"], _day(row["first_day"]), row["text"], _day_or_none(row["last_day"]),
        whom=row.get("whom", ""),
    )  # fmt: skip


def _dose(row: Row) -> Dose:
    return Dose(row["id"], _day(row["first_day"]), row["text"])


def _treatment(row: Row, doses: Iterable[Row] = (), as_needed: Iterable[Row] = ()) -> Treatment:
    steps = sorted(map(_dose, doses), key=lambda dose: (dose.first_day, dose.id))
    return Treatment(
        row["id"], row["name"], TreatmentKind(row["kind"]), tuple(steps),
        _day_or_none(row["last_day"]), row["end_reason"], row["noticed"],
        tuple(_day(each["day"]) for each in as_needed),
    )  # fmt: skip


def _check_span(row: Row) -> None:
    days = [day for name in ("first_day", "last_day") if (day := _day_or_none(row[name]))]
    for day in days:
        refuse_odd_day(day)
    if days != sorted(days):
        raise Refused(
            translate("gate", "The span ends ({last}) before it begins ({first}).").format(
                first=row["first_day"], last=row["last_day"]
            )
        )


def _check_setting(row: Row) -> None:
    key, value = row["key"], row["value"]
    if key == ledger_sum.KEY:
        raise Refused(translate("gate", "Each journal makes its own sum over its history."))
    if key == "day_end_minutes" and not (
        value.isascii() and value.isdecimal() and int(value[:9]) <= LATEST_DAY_END
    ):
        raise Refused(
            translate("gate", "A day ends 0 to {most} minutes after midnight.").format(
                most=LATEST_DAY_END
            )
        )
    if key == "pause":
        parse_pause(value)
    if key == "contacts":
        for name, reach in json.loads(value):
            refuse_odd_contact(Contact(name, reach))
    if key == "lab_people":
        for facts in json.loads(value):
            frozenset(facts)
    if key in ("metric_order", "short_version"):
        for metric in json.loads(value):
            refuse_long(metric)
    if key == "metric_every":
        for metric, every in json.loads(value).items():
            refuse_long(metric)
            Every(every)
    if key == "metric_names":
        for label in json.loads(value).values():
            refuse_odd_metric(own_metric("own", label, Direction.NEUTRAL, Kind.SCALE))
    if key in ("journal_id", "person_name", "person_born"):
        refuse_long(value)


def _check_texts(row: Row) -> None:
    for value in _texts_of(row):
        refuse_long(value, LONGEST_NOTE)


def _texts_of(row: Row) -> Iterator[str]:
    return (value for value in row.values() if isinstance(value, str))
