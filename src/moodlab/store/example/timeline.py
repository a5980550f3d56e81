"""When the example's steps happen: evenings counted back from its last day."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from moodlab.domain.ids import uuid7
from moodlab.store.journal import Journal

Act = Callable[[Journal], object]


class Timeline:
    """What is done when: actions with a moment each, counted in days before the last one."""

    def __init__(self, today: date, latest: datetime, seed: int) -> None:
        self._today = today
        self._latest = latest
        self._ids = random.Random(f"ids of {seed}")
        self._ids_made = 0
        self._actions: list[tuple[datetime, int, Act]] = []
        self.random = random.Random(seed)
        self.moment = latest

    def day(self, days_ago: int) -> date:
        """The journal day so many days before the last."""
        return self._today - timedelta(days=days_ago)

    def at(self, days_ago: int, hour: int, minute: int) -> datetime:
        """The moment of that clock time, never one to come; 24 o'clock is past midnight."""
        midnight = datetime.combine(self.day(days_ago), time(0), self._latest.tzinfo)
        return min(midnight + timedelta(hours=hour, minutes=minute), self._latest)

    def add(self, days_ago: int, hour: int, minute: int, act: Act) -> None:
        """Plan `act` for that moment."""
        self._actions.append((self.at(days_ago, hour, minute), len(self._actions), act))

    def carry_out(self, journal: Journal) -> None:
        """Do everything planned in order of time, one step of history each."""
        for moment, _, act in sorted(self._actions, key=lambda action: action[:2]):
            self.moment = moment
            with journal.ledger.batch("log"):
                act(journal)

    def new_id(self) -> str:
        """Return an id of the story's present moment, later in order than those before."""
        self._ids_made += 1
        chance = self._ids_made << 42 | self._ids.getrandbits(42)
        return uuid7(int(self.moment.timestamp() * 1000), chance)
