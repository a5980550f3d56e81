"""An example journal that looks like a life, written through the same doors as a real one.

The story (texts, treatments, results, what moves when) is data in ``resources/example``. Here it is
given its days and carried out evening by evening, so that history and recorded moments are real.
The same seed, day and clock give the same journal.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from moodlab import assets
from moodlab.atomic_replace import drop_draft, name_draft, place_new
from moodlab.domain.days import Clock, journal_day, local_now, refuse_future
from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.i18n import translate
from moodlab.store.backups.links import why_link_is_broken
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.example.days import plan_days
from moodlab.store.example.story import plan_story
from moodlab.store.example.timeline import Timeline
from moodlab.store.journal import Journal

DEFAULT_SEED = 228  # a draw in which the told story shows clearly
MOST_YEARS = 50
DAYS_A_YEAR = 365


def make_example(
    path: Path,
    years: int = 1,
    seed: int = DEFAULT_SEED,
    today: date | None = None,
    clock: Clock = local_now,
    key: Key | None = None,
) -> None:
    """Make an example journal of `years` × 365 days at `path` that ends on the journal day `today`.

    Nothing in it is recorded after `clock`'s present moment. It is built beside its place and
    linked there when complete. Raises Refused when something is there, or for a day to come.
    """
    if not 1 <= years <= MOST_YEARS:
        raise Refused(
            translate("example", "An example can cover 1 to {most} years.").format(most=MOST_YEARS)
        )
    if (broken := why_link_is_broken(path)) is not None:
        raise Refused(broken)
    if os.path.lexists(path):
        raise Refused(
            translate("store", "{name} already exists. MoodLab never overwrites a journal.").format(
                name=path.name
            )
        )
    now = clock()
    last_day = journal_day(now) if today is None else today
    refuse_future(last_day, now.date())
    draft = name_draft(path.parent)
    timeline = Timeline(last_day, now, seed)
    try:
        _write(draft, timeline, years, key)
        _publish(draft, path)
    finally:
        drop_draft(draft)


def _write(draft: Path, timeline: Timeline, years: int, key: Key | None) -> None:
    days = years * DAYS_A_YEAR
    timeline.moment = timeline.at(days, 20, 0)
    journal = Journal.create(
        draft, key=key, is_example=True, clock=lambda: timeline.moment, ids=timeline.new_id
    )
    with journal, translated_errors():
        # The draft is thrown away after a crash; it is synced once, when it is complete.
        journal.ledger.connection.execute("PRAGMA synchronous = OFF")
        life, earlier = _read("life.json"), _read("earlier.json")
        stories = [(0, life)]
        for year in range(1, years):
            stories.append((year * DAYS_A_YEAR, earlier[(year - 1) % len(earlier)]))
        for shift, story in stories:
            plan_story(timeline, shift, story)
        plan_days(timeline, days, stories)
        timeline.carry_out(journal)


def _read(name: str) -> Any:
    return json.loads(assets.path("example", name).read_text(encoding="utf-8"))


def _publish(draft: Path, path: Path) -> None:
    """Make the finished draft durable, then give it its name; a file already there stays."""
    try:
        place_new(draft, path)
    except OSError as error:
        raise JournalUnusable(
            translate("store", "Can't create a journal at {path}: {reason}.").format(
                path=path, reason=os.strerror(error.errno or 0)
            )
        ) from error
