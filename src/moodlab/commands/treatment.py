"""``treatment``: start a treatment, change its dose, or end it."""

from moodlab.commands.command import Answer, Place, argument, command, option, read_day
from moodlab.domain.days import short_date
from moodlab.domain.ids import new_id
from moodlab.domain.treatments import DoseEntry, Treatment, enter_dose, parse_kind
from moodlab.i18n import translate


@command(
    "treatment",
    [
        argument("name"),
        option("--dose", "TEXT", "The dose in your own words."),
        option("--from", "DAY", "First day of this dose."),
        option("--to", "DAY", "Last day of the treatment."),
        option("--kind", "KIND", "medicine, supplement, therapy, lifestyle, device or other."),
    ],
)
def treatment(place: Place, name: str, dose: str | None, **texts: str | None) -> Answer:
    """Save a treatment's dose, starting on a day. The same name again changes the dose."""
    with place.open_journal() as journal:
        first, last = read_day(journal, texts["from"]), read_day(journal, texts["to"])
        kind = parse_kind(texts["kind"]) if texts["kind"] is not None else None
        words = " ".join(name.split())
        known = journal.treatments.find(words, first)
        saved = enter_dose(DoseEntry(words, dose, first, last, kind), known, new_id)
        journal.treatments.save(saved)
    return Answer(_echo(saved), _data(saved))


def _echo(saved: Treatment) -> str:
    steps = "; ".join(
        translate("treatments", "{dose} from {day}").format(
            dose=step.text or translate("treatments", "no dose given"),
            day=short_date(step.first_day),
        )
        for step in saved.doses
    )
    end = (
        translate("treatments", ", until {day}").format(day=short_date(saved.last_day))
        if saved.last_day
        else ""
    )
    return translate("treatments", "Saved: {name}, {steps}{end}.").format(
        name=saved.name, steps=steps, end=end
    )


def _data(saved: Treatment) -> dict[str, object]:
    return {
        "id": saved.id,
        "name": saved.name,
        "doses": len(saved.doses),
        "steps": [
            {"from": step.first_day.isoformat(), "dose": step.text or None} for step in saved.doses
        ],
        "to": None if saved.last_day is None else saved.last_day.isoformat(),
    }
