"""Which automatic copies may go, so that many recent and some old ones stay.

Everything goes by the order in which copies were made and by the days that have one, never by how
old a copy looks: a clock that jumps, or a year without the app, costs no copy.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from moodlab.store.backups.names import Copy

# Today and the two days before: at any hour that covers the last 48.
RECENT_DAYS = 3
# More than one in twenty entries fewer than in the copy before may mean that something was lost.
ALLOWED_SHARE = 0.95


@dataclass(slots=True)
class Stage:
    """Some slots for copies, one for each day, week or month that has any."""

    slots: int
    slot_of: Callable[[date], Hashable]
    taken: set[Hashable] = field(default_factory=set)


def _stages() -> tuple[Stage, ...]:
    return (
        Stage(12, lambda day: day),
        Stage(10, lambda day: day.isocalendar()[:2]),
        Stage(9, lambda day: (day.year, day.month)),
    )


def choose_obsolete(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """Return the copies that may be removed; `copies` in any order.

    Never the newest one, nor the one that holds most, and none at all after a loss of entries.
    """
    newest_first = sorted(copies, key=lambda copy: copy.number, reverse=True)
    if len(newest_first) < 2 or _lost_entries(*newest_first[:2]):
        return ()
    fullest = max(newest_first, key=lambda copy: copy.entries)
    recent = _recent_days(newest_first)
    stages = _stages()
    obsolete = []
    for copy in newest_first:
        if copy.day in recent or _finds_slot(copy, stages):
            for stage in stages:
                stage.taken.add(stage.slot_of(copy.day))
        elif copy is not fullest:
            obsolete.append(copy)
    return tuple(obsolete)


def _finds_slot(copy: Copy, stages: Iterable[Stage]) -> bool:
    """Whether a slot of the first stage that has any left is this copy's; it then takes it."""
    for stage in stages:
        if stage.slots:
            is_free = stage.slot_of(copy.day) not in stage.taken
            stage.slots -= is_free
            return is_free
    return False


def _recent_days(newest_first: Sequence[Copy]) -> frozenset[date]:
    return frozenset(list(dict.fromkeys(copy.day for copy in newest_first))[:RECENT_DAYS])


def _lost_entries(newest: Copy, before: Copy) -> bool:
    return newest.entries < before.entries * ALLOWED_SHARE
