"""Stores the moment of a write: three columns on every row that a person made."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from moodlab.domain.days import Recorded

_MINUTES_OF_A_DAY = 24 * 60


def moment_text(moment: datetime) -> str:
    """Return a UTC moment as stored: ``2026-11-04T21:14:05.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# What stands in the three columns where nobody knows when a row was written.
UNKNOWN = {"recorded_at": "", "offset_minutes": 0, "recorded_day": ""}


def recorded_columns(record: Recorded | None) -> dict[str, Any]:
    """Return the three columns that keep when a row was written; None if nobody knows."""
    if record is None:
        return dict(UNKNOWN)
    return {
        "recorded_at": moment_text(record.at),
        "offset_minutes": record.offset_minutes,
        "recorded_day": record.day.isoformat(),
    }


def read_recorded(row: Mapping[str, Any]) -> Recorded:
    """Return the three recorded columns as one value."""
    return recorded_from(row["recorded_at"], row["offset_minutes"], row["recorded_day"])


def recorded_from(at: str, offset_minutes: int, day: str) -> Recorded:
    """Return a Recorded from its stored texts."""
    return Recorded(datetime.fromisoformat(at), offset_minutes, date.fromisoformat(day))


def day_end_from(text: str) -> int:
    """Return the minutes after midnight at which a journal day ends. Raises ValueError."""
    minutes = int(text)
    if not 0 <= minutes < _MINUTES_OF_A_DAY:
        raise ValueError(text)
    return minutes


def recorded_or_unknown(at: str, offset_minutes: int, day: str) -> Recorded | None:
    """Return a Recorded from its stored texts, None where both are empty."""
    return recorded_from(at, offset_minutes, day) if at or day else None
