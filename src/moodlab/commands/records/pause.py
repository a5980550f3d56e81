"""``pause`` and ``resume``: days on which nothing is expected."""

from moodlab.commands.command import Answer, Place, argument, command, option, read_day
from moodlab.domain.days import long_date, parse_day
from moodlab.domain.errors import Refused
from moodlab.domain.tracking.pauses import Pause
from moodlab.i18n import translate


@command(
    "pause",
    [
        option("--from", "DAY", "The first paused day; today where it is left out."),
        option("--until", "DAY", "The last paused day, also one to come; else until resumed."),
    ],
)
def pause(place: Place, until: str | None, **texts: str | None) -> Answer:
    """Pause logging until a day or until resumed; days as they come are marked as paused."""
    with place.open_journal() as journal:
        today = journal.today()
        begun = Pause(read_day(journal, texts["from"]) or today, read_day(journal, until))
        journal.pauses.begin(begun)
    return Answer(
        begun.in_words(today),
        {"from": begun.first.isoformat(), "until": begun.last and begun.last.isoformat()},
    )


@command("resume", [argument("day", required=False)])
def resume(place: Place, day: str | None) -> Answer:
    """End a pause today, or on the DAY from which you were back."""
    with place.open_journal() as journal:
        today = journal.today()
        when = parse_day(day or "today", today)
        running = journal.pauses.read()
        if running is None or when < running.first:
            raise Refused(
                translate(
                    "pause",
                    "No pause runs on that day. “moodlab log DAY resumed” ends one that was marked"
                    " by a single day.",
                )
            )
        journal.pauses.resume(when)
        paused = running.until(when)
    days = len(paused) - (when in paused) if paused else 0
    return Answer(
        translate("pause", "Resumed from {day}.").format(day=long_date(when)),
        {"from": running.first.isoformat(), "resumed": when.isoformat(), "days": days},
    )
