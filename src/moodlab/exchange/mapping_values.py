"""What a value in a mapping file may be. Each reader accepts only values of its own type.

A reader raises Refused with what to write in place of the value; `mapping_file` adds the place.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from moodlab.domain.errors import Refused
from moodlab.domain.metrics import BY_ID, METRICS, Kind, Metric
from moodlab.domain.treatments import TreatmentKind, parse_kind
from moodlab.exchange.mapping import (
    CellText,
    DateFormat,
    Delimiter,
    Encoding,
    Name,
    Several,
    TimeFormat,
    parse_scale_number,
)
from moodlab.i18n import translate

_LONGEST_QUOTE = 60
# A day and an hour whose parts differ, by which formats are tried out.
_MOMENT = datetime(2021, 11, 23, 9, tzinfo=UTC)
_OTHER_DAYS = (_MOMENT.replace(year=2020), _MOMENT.replace(month=10), _MOMENT.replace(day=22))


def shorten(text: str) -> str:
    """Return a text on one line, short enough for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def as_table(value: Any) -> dict[str, Any]:
    """Return a value that is a table. Raises Refused for any other."""
    if not isinstance(value, dict):
        raise Refused(
            translate("mapping", "Write the name in brackets on a line of its own, its keys below.")
        )
    return value


def as_list(value: Any) -> list[Any]:
    """Return a value that is a list. Raises Refused for any other."""
    if not isinstance(value, list):
        raise Refused(translate("mapping", 'Write a list in brackets, such as ["a", "b"].'))
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(translate("mapping", "Write a text in quotes."))
    return value


def _name(value: Any) -> str:
    name = " ".join(_text(value).split())
    if not name:
        raise Refused(translate("mapping", "Write a name in the quotes."))
    return name


def _cell_text(value: Any) -> str:
    return str(value) if type(value) is int else _text(value)


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused(translate("mapping", "Write true or false."))
    return value


def _number(value: Any) -> Decimal:
    is_number = isinstance(value, int | float | str) and not isinstance(value, bool)
    # A whole number in hexadecimal may have more digits than Python writes.
    is_long = isinstance(value, int) and value.bit_length() > 64
    number = parse_scale_number(str(value)) if is_number and not is_long else None
    if number is None:
        raise Refused(translate("mapping", "Write a number, such as 0 or 10."))
    return number


def _several(value: Any) -> Several:
    try:
        return Several(_text(value))
    except ValueError:
        raise Refused(
            translate("mapping", "Write one of {known}.").format(known=", ".join(Several))
        ) from None


def _metric(name: Any) -> Metric:
    metric = BY_ID.get(name.strip().lower().replace("-", "_"))
    if metric is None or metric.kind is not Kind.SCALE:
        raise Refused(
            translate("mapping", "There is no rating called “{name}”. Use {known}.").format(
                name=shorten(name),
                known=", ".join(each.id for each in METRICS if each.kind is Kind.SCALE),
            )
        )
    return metric


def _date_format(value: Any) -> str:
    form = _moment_format(value)
    if not _tells_apart(form, _OTHER_DAYS):
        raise Refused(
            translate(
                "mapping",
                "“{form}” is no date format with day, month and year, such as %d/%m/%Y.",
            ).format(form=shorten(form))
        )
    return form


def _time_format(value: Any) -> str:
    form = _moment_format(value)
    if not _tells_apart(form, (_MOMENT.replace(hour=8),)):
        raise Refused(
            translate("mapping", "“{form}” is no time format with the hour, such as %H:%M.").format(
                form=shorten(form)
            )
        )
    parts = [_tells_apart(form, (other,)) for other in _OTHER_DAYS]
    if any(parts) and not all(parts):
        raise Refused(
            translate(
                "mapping", "“{form}” names a part of the date: name day, month and year, or none."
            ).format(form=shorten(form))
        )
    return form


def _moment_format(value: Any) -> str:
    """Return a format by which no part of a moment is lost."""
    form = _text(value)
    if "%Z" in form:
        raise Refused(
            translate(
                "mapping",
                "%Z is the name of a zone, which tells no offset. Write %z for Z or +01:00, or UTC"
                " as it stands.",
            )
        )
    if "%I" in form and "%p" not in form:
        raise Refused(
            translate(
                "mapping",
                "“{form}” does not tell morning from evening. Write %H for 0 to 23 hours, or add"
                " %p for am and pm.",
            ).format(form=shorten(form))
        )
    return form


def _tells_apart(form: str, others: Sequence[datetime]) -> bool:
    """Whether a format can be read, and writes `_MOMENT` otherwise than each of `others`."""
    try:
        written = _MOMENT.strftime(form)
        if written in [other.strftime(form) for other in others]:
            return False
        datetime.strptime(written, form)  # noqa: DTZ007 - only whether it can be read
    except (ValueError, re.error):  # re.error where a part is named twice
        return False
    return True


def _encoding(value: Any) -> str:
    name = _text(value)
    try:
        b"table".decode(name)
    except UnicodeDecodeError:
        pass  # the encoding exists, though these bytes are no text in it
    except (LookupError, ValueError):
        raise Refused(
            translate("mapping", "There is no encoding “{name}”. Use one such as utf-8.").format(
                name=shorten(name)
            )
        ) from None
    return name


def _delimiter(value: Any) -> str:
    sign = _text(value)
    if len(sign) != 1 or sign in '"\r\n\0':
        raise Refused(translate("mapping", "Write one sign, such as a comma or semicolon."))
    return sign


def _zone(value: Any) -> ZoneInfo:
    name = _text(value)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError for a region: Europe
        raise Refused(
            translate(
                "mapping", "There is no time zone “{zone}”. Use one such as Europe/Amsterdam."
            ).format(zone=shorten(name))
        ) from None


# The reader of each type that a key may have.
READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _bool,
    Decimal: _number,
    Metric: _metric,
    Several: _several,
    TreatmentKind: lambda value: parse_kind(_text(value)),
    ZoneInfo: _zone,
    CellText: _cell_text,
    Name: _name,
    DateFormat: _date_format,
    TimeFormat: _time_format,
    Encoding: _encoding,
    Delimiter: _delimiter,
}
