"""``treatment``: start a treatment, change its dose, or end it."""

from collections.abc import Mapping, Sequence

from moodlab.commands.command import Answer, Place, argument, command, flag, option, read_day
from moodlab.domain.courses import DoseEntry, enter_dose, join_courses
from moodlab.domain.days import parse_day, short_date
from moodlab.domain.errors import Refused
from moodlab.domain.ids import new_id
from moodlab.domain.treatments import Treatment, parse_kind
from moodlab.i18n import translate


@command(
    "treatment",
    [
        argument("name"),
        option("--dose", "TEXT", "The dose in your own words."),
        option("--from", "DAY", "First day of this dose."),
        option("--to", "DAY", "Last day of the treatment."),
        option("--kind", "KIND", "medicine, supplement, therapy, lifestyle, device or other."),
        option("--as-needed", "DAY", "A day on which it was taken; --dose says how much."),
        flag("--join", "Make one of the courses that share days."),
    ],
)
def treatment(
    place: Place, name: str, dose: str | None, *, join: bool, **texts: str | None
) -> Answer:
    """Save a treatment's dose from a day on; the same name again is a dose step."""
    if texts["as_needed"] is not None:
        return _take(place, name, texts["as_needed"], dose, join=join, others=texts)
    with place.open_journal() as journal:
        first, last = read_day(journal, texts["from"]), read_day(journal, texts["to"])
        kind = parse_kind(texts["kind"]) if texts["kind"] is not None else None
        entry = DoseEntry(" ".join(name.split()), dose, first, last, kind)
        courses = journal.treatments.read_courses(entry.name)
        if join:
            if any(each is not None for each in (dose, first, last, kind)):
                raise Refused(translate("treatments", "--join takes only the name."))
            entered = join_courses(courses)
        else:
            entered = enter_dose(entry, courses, new_id, confirmed=place.confirmed)
        journal.treatments.save_courses(entry.name, entered.courses)
    return Answer(" ".join(_echo(course) for course in entered.changed), _data(entered.changed))


def _take(
    place: Place,
    name: str,
    day_text: str,
    dose: str | None,
    *,
    join: bool,
    others: Mapping[str, str | None],
) -> Answer:
    if join or any(text is not None for key, text in others.items() if key != "as_needed"):
        raise Refused(translate("treatments", "--as-needed takes only the name and --dose."))
    with place.open_journal() as journal:
        day = parse_day(day_text, journal.today())
        courses = journal.treatments.read_courses(name)
        course = next((each for each in courses if each.holds(day)), None)
        if course is None:
            raise Refused(
                translate(
                    "treatments", "{name} has no course on {day}. Begin one with --from first."
                ).format(name=" ".join(name.split()), day=short_date(day))
            )
        taken = journal.treatments.take(course.id, day, " ".join((dose or "").split()))
    sentence = translate("treatments", "Saved: {name}, as needed on {day}.")
    return Answer(
        sentence.format(name=course.name, day=short_date(day)),
        _data([course]) | {"as_needed": {"id": taken, "day": day.isoformat()}},
    )


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


def _data(courses: Sequence[Treatment]) -> dict[str, object]:
    return {
        "id": courses[0].id,
        "name": courses[0].name,
        "doses": len(courses[0].doses),
        "courses": [
            {
                "id": course.id,
                "steps": [
                    {"from": step.first_day.isoformat(), "dose": step.text or None}
                    for step in course.doses
                ],
                "to": None if course.last_day is None else course.last_day.isoformat(),
            }
            for course in courses
        ],
    }
