"""``when``: on how many days conditions held together, and pinning that to the page."""

from collections.abc import Sequence

from moodlab.analysis.days_when import count_days_when
from moodlab.commands.command import Answer, Place, argument, command, flag, option, read_day
from moodlab.domain.days import Period
from moodlab.domain.diary import Pin
from moodlab.domain.errors import Refused
from moodlab.domain.ids import new_id
from moodlab.domain.tracking.conditions import condition_text, parse_conditions
from moodlab.i18n import translate


@command(
    "when",
    [
        argument("conditions", many=True),
        option("--from", "DAY", "First day; else the first one of the journal."),
        option("--to", "DAY", "Last day; else today."),
        flag("--pin", "Keep it, so that the page counts it."),
    ],
)
def when(place: Place, conditions: Sequence[str], pin: bool, **days: str | None) -> Answer:
    """Count the days on which conditions such as "mood>=5" held together."""
    with place.open_journal(read_only=not pin) as journal:
        known = tuple(tracked.metric for tracked in journal.read_metrics())
        asked = Pin(new_id(), parse_conditions(tuple(conditions), known))
        span = journal.days.rated_span()
        today = journal.today()
        first = read_day(journal, days["from"]) or (span[0] if span else today)
        last = read_day(journal, days["to"]) or max(today, first)
        period = Period(first, last)
        counted = count_days_when(journal.read_diary(period), asked, period)
        if pin:
            if any(
                other.conditions == asked.conditions for other in journal.questionnaires.read_pins()
            ):
                raise Refused(translate("when", "That is pinned already."))
            journal.questionnaires.pin(asked)
    words = [condition_text(condition, known) for condition in asked.conditions]
    return Answer(
        translate("when", "{conditions}: {days} of the {of} days with these values.").format(
            conditions=translate("when", " and ").join(words), days=counted.days, of=counted.of
        ),
        {
            "id": asked.id if pin else None,
            "conditions": words,
            "days": counted.days,
            "of": counted.of,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
        },
        only_tells=not pin,
    )
