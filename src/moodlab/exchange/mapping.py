"""A mapping file: which column of a table is which metric. Documented in docs/interchange.md."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from moodlab.domain.errors import Refused
from moodlab.domain.metrics import BY_ID, Kind, Metric
from moodlab.domain.treatments import TreatmentKind, parse_kind
from moodlab.i18n import translate

SEVERAL = ("first", "last", "median", "mean")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One metric's column, its scale there, and what several answers on a day become."""

    metric: Metric
    column: str
    low: Decimal
    high: Decimal
    is_reversed: bool
    several: str

    @property
    def scale_text(self) -> str:
        """The source's own scale, kept beside every imported value."""
        turned = ", reversed" if self.is_reversed else ""
        return f"{self.column} {self.low}–{self.high}{turned}"


@dataclass(frozen=True, slots=True)
class RecordedMapping:
    """Where the moment of a row stands: the first column that holds a time that is known."""

    columns: tuple[str, ...]
    time_format: str = "%H:%M:%S"
    other_formats: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class TreatmentMapping:
    """A column that holds a dose; a new number is a new step, `ended_by` ends the treatment."""

    name: str
    column: str
    unit: str
    kind: TreatmentKind
    ended_by: str


@dataclass(frozen=True, slots=True)
class EventsMapping:
    """A column whose every new value is an event on the first day it is seen."""

    column: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RefuseMapping:
    """Rows that are refused because `column` holds `value`."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The whole mapping of one table."""

    name: str
    date_column: str
    date_format: str
    missing: tuple[str, ...]
    delimiter: str
    encoding: str
    columns: tuple[ColumnMapping, ...]
    recorded: RecordedMapping | None = None
    treatments: tuple[TreatmentMapping, ...] = ()
    events: EventsMapping | None = None
    refuse: tuple[RefuseMapping, ...] = field(default=())


def read_mapping(content: bytes) -> TableMapping:
    """Read a mapping from TOML. Raises Refused with what is wrong and where."""
    try:
        given = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(
            translate("mapping", "The mapping file can't be read: {error}.").format(
                error=str(error).rstrip(".")
            )
        ) from error
    known = {"file", "columns", "recorded", "treatment", "events", "refuse"}
    _refuse_unknown("", given, known)
    file = _table(given, "file")
    _refuse_unknown("file", file, {"name", "date", "date_format", "missing", "delimiter",
                                   "encoding"})  # fmt: skip
    return TableMapping(
        name=_text(file, "file", "name", "csv"),
        date_column=_text(file, "file", "date"),
        date_format=_text(file, "file", "date_format", "%Y-%m-%d"),
        missing=tuple(file.get("missing", ["", "NA"])),
        delimiter=_text(file, "file", "delimiter", ","),
        encoding=_text(file, "file", "encoding", "utf-8-sig"),
        columns=_read_columns(_table(given, "columns")),
        recorded=_read_recorded(given.get("recorded")),
        treatments=tuple(_read_treatment(table) for table in _tables(given, "treatment")),
        events=_read_events(given.get("events")),
        refuse=tuple(_read_refuse(table) for table in _tables(given, "refuse")),
    )


def _read_columns(given: Mapping[str, Any]) -> tuple[ColumnMapping, ...]:
    found: dict[str, ColumnMapping] = {}
    for name, table in given.items():
        where = f"columns.{name}"
        metric = BY_ID.get(name.strip().lower().replace("-", "_"))
        if metric is None or metric.kind is not Kind.SCALE:
            raise Refused(
                translate("mapping", "[{where}]: “{name}” is not a rating that I know.").format(
                    where=where, name=name
                )
            )
        if metric.id in found:
            raise Refused(
                translate("mapping", "[{where}]: {name} is mapped twice. Keep one column.").format(
                    where=where, name=metric.id
                )
            )
        found[metric.id] = _read_column(where, metric, table)
    if not found:
        raise Refused(translate("mapping", "The mapping names no column: add [columns.mood]."))
    return tuple(found.values())


def _read_column(where: str, metric: Metric, table: Any) -> ColumnMapping:
    if not isinstance(table, dict):
        raise Refused(translate("mapping", "[{where}] is not a table.").format(where=where))
    _refuse_unknown(where, table, {"column", "low", "high", "reversed", "several"})
    low, high = (_number(table, where, end) for end in ("low", "high"))
    if low >= high:
        raise Refused(
            translate("mapping", "[{where}]: the scale goes from {low} to {high}; low < high.")
            .format(where=where, low=low, high=high)
        )  # fmt: skip
    several = _text(table, where, "several", "last")
    if several not in SEVERAL:
        raise Refused(
            translate("mapping", "[{where}]: several is one of {known}.").format(
                where=where, known=", ".join(SEVERAL)
            )
        )
    turned = table.get("reversed", False)
    if not isinstance(turned, bool):
        raise Refused(
            translate("mapping", "[{where}]: reversed is true or false.").format(where=where)
        )
    return ColumnMapping(metric, _text(table, where, "column"), low, high, turned, several)


def _read_recorded(table: Any) -> RecordedMapping | None:
    if table is None:
        return None
    _refuse_unknown("recorded", table, {"columns", "time_format", "other_formats", "unknown",
                                        "zone"})  # fmt: skip
    columns = table.get("columns", [])
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        raise Refused(translate("mapping", "[recorded]: columns is a list of column names."))
    zone = table.get("zone")
    try:
        known_zone = ZoneInfo(zone) if zone is not None else None
    except (ZoneInfoNotFoundError, ValueError, TypeError) as error:
        raise Refused(
            translate("mapping", "[recorded]: there is no time zone “{zone}”.").format(zone=zone)
        ) from error
    return RecordedMapping(
        tuple(columns),
        _text(table, "recorded", "time_format", "%H:%M:%S"),
        tuple(table.get("other_formats", [])),
        tuple(table.get("unknown", [])),
        known_zone,
    )


def _read_treatment(table: Mapping[str, Any]) -> TreatmentMapping:
    where = "treatment"
    _refuse_unknown(where, table, {"name", "column", "unit", "kind", "ended_by"})
    return TreatmentMapping(
        _text(table, where, "name"),
        _text(table, where, "column"),
        _text(table, where, "unit", ""),
        parse_kind(_text(table, where, "kind", "medicine")),
        _text(table, where, "ended_by", "0"),
    )


def _read_events(table: Any) -> EventsMapping | None:
    if table is None:
        return None
    _refuse_unknown("events", table, {"column", "texts"})
    texts = table.get("texts", {})
    return EventsMapping(
        _text(table, "events", "column"), {str(key): str(text) for key, text in texts.items()}
    )


def _read_refuse(table: Mapping[str, Any]) -> RefuseMapping:
    _refuse_unknown("refuse", table, {"column", "value", "reason"})
    return RefuseMapping(
        _text(table, "refuse", "column"),
        str(table.get("value", "1")),
        _text(table, "refuse", "reason"),
    )


def _table(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = given.get(name)
    if not isinstance(table, dict):
        raise Refused(translate("mapping", "The mapping has no table [{name}].").format(name=name))
    return table


def _tables(given: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = given.get(name, [])
    return found if isinstance(found, list) else [found]


def _text(table: Mapping[str, Any], where: str, key: str, default: str | None = None) -> str:
    text = table.get(key, default)
    if not isinstance(text, str):
        raise Refused(
            translate("mapping", "[{where}]: {key} is missing or no text.").format(
                where=where, key=key
            )
        )
    return text


def _number(table: Mapping[str, Any], where: str, key: str) -> Decimal:
    number = table.get(key)
    try:
        if isinstance(number, bool):
            raise InvalidOperation
        exact = Decimal(str(number))
        if not exact.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise Refused(
            translate("mapping", "[{where}]: {key} is missing or no number.").format(
                where=where, key=key
            )
        ) from None
    return exact


def _refuse_unknown(where: str, table: Any, known: set[str]) -> None:
    if not isinstance(table, dict):
        raise Refused(translate("mapping", "[{where}] is not a table.").format(where=where))
    for key in table:
        if key not in known:
            raise Refused(
                translate("mapping", "{where} “{key}” is not known. Known are {known}.").format(
                    where=f"[{where}]" if where else translate("mapping", "The table"),
                    key=key,
                    known=", ".join(sorted(known)),
                )
            )
