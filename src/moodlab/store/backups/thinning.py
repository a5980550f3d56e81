"""Chooses the automatic backups to remove: many recent and some old ones stay.

Only the order of backups and the days that have one count, never their age. So a clock that jumps
or a year without the app costs no backup.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from moodlab.store.backups.names import Backup

# Today and the two days before: at any hour that covers the last 48.
RECENT_DAYS = 3
# More than one in twenty entries fewer than in the backup before may mean that something was lost.
ALLOWED_SHARE = 0.95


@dataclass(slots=True)
class Stage:
    """A number of slots, each for one backup of a day, week or month."""

    slots: int
    slot_of: Callable[[date], Hashable]
    taken: set[Hashable] = field(default_factory=set)


def _stages() -> tuple[Stage, ...]:
    return (
        Stage(12, lambda day: day),
        Stage(10, lambda day: day.isocalendar()[:2]),
        Stage(9, lambda day: (day.year, day.month)),
    )


def choose_obsolete(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that may be removed; `backups` can be in any order.

    Keeps the latest backup and the one with the most entries, and all of them after a loss.
    """
    newest_first = sorted(backups, key=lambda backup: backup.number, reverse=True)
    if len(newest_first) < 2 or _lost_entries(*newest_first[:2]):
        return ()
    fullest = max(newest_first, key=lambda backup: backup.entries)
    recent = _recent_days(newest_first)
    stages = _stages()
    obsolete = []
    for backup in newest_first:
        if backup.day in recent or _finds_slot(backup, stages):
            for stage in stages:
                stage.taken.add(stage.slot_of(backup.day))
        elif backup is not fullest:
            obsolete.append(backup)
    return tuple(obsolete)


def _finds_slot(backup: Backup, stages: Iterable[Stage]) -> bool:
    """Take a slot for this backup in the first stage that has any left; say whether it got one."""
    for stage in stages:
        if stage.slots:
            is_free = stage.slot_of(backup.day) not in stage.taken
            stage.slots -= is_free
            return is_free
    return False


def _recent_days(newest_first: Sequence[Backup]) -> frozenset[date]:
    return frozenset(list(dict.fromkeys(backup.day for backup in newest_first))[:RECENT_DAYS])


def _lost_entries(newest: Backup, before: Backup) -> bool:
    return newest.entries < before.entries * ALLOWED_SHARE
