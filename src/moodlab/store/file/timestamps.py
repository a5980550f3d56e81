"""Stores the moment of a write: three columns on every row that a person made."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from moodlab.domain.days import Recorded


def moment_text(moment: datetime) -> str:
    """Return a UTC moment as stored: ``2026-11-04T21:14:05.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def recorded_columns(record: Recorded) -> dict[str, Any]:
    """Return the three columns that keep when a row was written."""
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
