"""``questionnaire``: the dated total of any questionnaire."""

from moodlab.commands.command import Answer, Place, argument, command, option
from moodlab.commands.records.shown import show_questionnaire
from moodlab.domain.days import parse_day
from moodlab.domain.ids import new_id
from moodlab.domain.tracking.instruments import find_instrument
from moodlab.domain.tracking.questionnaires import (
    Questionnaire,
    question_second_total,
    read_total,
)
from moodlab.i18n import translate


@command(
    "questionnaire",
    [
        argument("day"),
        argument("name"),
        argument("total"),
        option("--lowest", "NUMBER", "The lowest total there can be."),
        option("--highest", "NUMBER", "The highest total there can be."),
    ],
)
def questionnaire(
    place: Place, day: str, name: str, total: str, lowest: str | None, highest: str | None
) -> Answer:
    """Save the total of a questionnaire on a day."""
    with place.open_journal() as journal:
        known = find_instrument(name)
        bounds = ("0", str(known.highest)) if known else ("", "")
        given = Questionnaire(
            new_id(),
            parse_day(day, journal.today()),
            known.name if known else " ".join(name.split()),
            read_total(total),
            read_total(lowest) if lowest else bounds[0],
            read_total(highest) if highest else bounds[1],
        )
        if not place.confirmed:
            question_second_total(given, journal.questionnaires.read_all())
        journal.questionnaires.save(given)
    words, data = show_questionnaire(given)
    return Answer(translate("questionnaires", "Saved: {words}.").format(words=words), data)
