"""``questionnaire``: the dated total of any questionnaire."""

from moodlab.commands.command import Answer, Place, argument, command, option
from moodlab.commands.records.shown import show_questionnaire
from moodlab.domain.days import parse_day
from moodlab.domain.errors import NeedsConfirmation
from moodlab.domain.ids import new_id
from moodlab.domain.tracking.questionnaires import Questionnaire, read_total
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
        given = Questionnaire(
            new_id(),
            parse_day(day, journal.today()),
            " ".join(name.split()),
            read_total(total),
            read_total(lowest) if lowest else "",
            read_total(highest) if highest else "",
        )
        if not place.confirmed and any(
            (other.day, other.name.casefold()) == (given.day, given.name.casefold())
            for other in journal.questionnaires.read_all()
        ):
            raise NeedsConfirmation(
                translate(
                    "questionnaires", "{name} has a total on that day already. Save another?"
                ).format(name=given.name)
            )
        journal.questionnaires.save(given)
    words, data = show_questionnaire(given)
    return Answer(translate("questionnaires", "Saved: {words}.").format(words=words), data)
