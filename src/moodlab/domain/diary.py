"""A frozen snapshot of the journal: what summaries, charts and the page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.domain.metrics import TrackedMetric

if TYPE_CHECKING:
    from moodlab.domain.events import Event, Question
    from moodlab.domain.labs.results import LabResult
    from moodlab.domain.ratings import DayRecord, Rating
    from moodlab.domain.tracking.questionnaires import Questionnaire
    from moodlab.domain.treatments import Treatment


__all__ = ["Diary", "Identity", "Pin", "TrackedMetric"]


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
    """The parts of a journal that summaries need, ordered by day.

    `ratings` maps a metric's id to its ratings, `data_up_to` is the journal day of the last change
    (None in an empty journal). `begins` is the journal's first day with an entry, also where only
    later days were read. `catalogue` knows the units of the person's own tests.
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
    catalogue: Catalogue = BUILT_IN
    begins: date | None = None
    questionnaires: tuple["Questionnaire", ...] = ()
