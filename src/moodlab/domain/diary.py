"""A frozen reading of the journal: everything that summaries, charts and the page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The window opens with TrackedMetric alone and does not wait for the rest.
    from moodlab.domain.events import Event, Question
    from moodlab.domain.labs import LabResult
    from moodlab.domain.metrics import Metric
    from moodlab.domain.ratings import DayRecord, Rating
    from moodlab.domain.treatments import Treatment


@dataclass(frozen=True, slots=True)
class TrackedMetric:
    """A metric with the spans of days in which it was asked; an open end is None."""

    metric: "Metric"
    spans: tuple[tuple[date | None, date | None], ...]

    def is_tracked_in(self, first: date, last: date) -> bool:
        """Whether it was asked on any day from `first` to `last`."""
        return any(
            (begin is None or begin <= last) and (end is None or end >= first)
            for begin, end in self.spans
        )


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned "Days when": conditions that the person chose, each (metric, operator, number)."""

    id: str
    conditions: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the page is about; both fields are optional and left blank otherwise."""

    name: str = ""
    born: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """All of a journal that reading needs, ordered by day.

    `ratings` maps a metric's id to its ratings, `data_up_to` is the journal day of the last change
    (None in an empty journal).
    """

    metrics: tuple[TrackedMetric, ...]
    ratings: Mapping[str, tuple["Rating", ...]]
    days: tuple["DayRecord", ...] = ()
    labs: tuple["LabResult", ...] = ()
    treatments: tuple["Treatment", ...] = ()
    events: tuple["Event", ...] = ()
    questions: tuple["Question", ...] = ()
    pins: tuple[Pin, ...] = ()
    identity: Identity = field(default_factory=Identity)
    data_up_to: date | None = None
    is_example: bool = False
